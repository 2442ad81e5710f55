"""Say what changed, inside the transaction that changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models.expressions import RawSQL

from tablemates.live.models import Message, Stream
from tablemates.live.transport import send_after_commit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

MESSAGES = "live.messages"
BELL = "live.bell"


class Facts(TypedDict, total=False):
    """What one audience is told: paths ("record" or "collection/id") to overwrite, and paths to remove.

    `close` ends its sockets instead: what let them in is not valid any more. `reload` stands for more than can be told:
    whoever hears it fetches the snapshot.
    """

    set: dict[str, Any]
    unset: list[str]
    close: bool
    reload: bool


encode = DjangoJSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
"""JSON text of a frame, or of a part of one."""


def in_words(audiences: Mapping[str, Facts]) -> tuple[dict[str, str], frozenset[str]]:
    """Each audience's facts as JSON, encoded once for all sockets and processes; and whose sockets end."""
    words = {audience: encode(facts) for audience, facts in audiences.items()}
    return words, frozenset(audience for audience, facts in audiences.items() if facts.get("close"))


def publish(*, stream: UUID, type: str, audiences: Mapping[str, Facts], ring: bool = False) -> int:
    """Write the next message of a stream and send it after commit; returns its `seq`. `ring` wakes the matcher too.

    Must run inside the transaction of the change itself (raises RuntimeError otherwise): the row of the stream stays
    locked until commit, so `seq` is the order of commits. Call it last, to hold that lock briefly.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("publish() belongs inside the transaction of the change it tells of.")
    seq = _next_seq(stream)
    told: dict[str, Facts] = {
        audience: {"set": {}, "unset": [], **facts} for audience, facts in audiences.items()
    }
    words, ends = in_words(told)
    Message.objects.create(stream_id=stream, seq=seq, type=type, audiences=_stored(words))
    message = {"stream": str(stream), "seq": seq, "name": type, "words": words, "ends": [*ends]}
    bell = {BELL: {"stream": str(stream)}} if ring else {}
    send_after_commit({MESSAGES: {"message": message}, **bell})
    return seq


def _stored(words: Mapping[str, str]) -> RawSQL:
    """The words as the row keeps them, as they are: a thousand seats need not be encoded twice."""
    whole = ",".join(f"{encode(audience)}:{facts}" for audience, facts in words.items())
    form = "%s::jsonb" if connection.vendor == "postgresql" else "%s"
    return RawSQL(form, [f"{{{whole}}}"])


def _next_seq(stream: UUID) -> int:
    """Take the next number of a stream, begun where it is new, and hold its row: one statement, which the ORM lacks."""
    table, key = Stream._meta.db_table, Stream._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, last_seq) VALUES (%s, 1)"
            f" ON CONFLICT (id) DO UPDATE SET last_seq = {table}.last_seq + 1 RETURNING last_seq",
            [key.get_db_prep_value(stream, connection)],
        )
        return int(cursor.fetchone()[0])


def said_since(*, stream: UUID, seq: int, types: Collection[str]) -> list[Message]:
    """Messages of these types after `seq`, oldest first."""
    return list(Message.objects.filter(stream_id=stream, seq__gt=seq, type__in=types))


def last_seq(stream: UUID) -> int:
    """The seq that a snapshot taken from here on stands for. Read it before the state, never after."""
    return Stream.objects.filter(pk=stream).values_list("last_seq", flat=True).first() or 0


def ring_bell(stream: UUID) -> None:
    """Wake the matcher for an event, after commit. A lost ring costs one tick of it."""
    send_after_commit({BELL: {"stream": str(stream)}})
