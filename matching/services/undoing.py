"""Taking a publish back: the draft is there again as it was, and what was on before is on again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.models import Mixer, Round, Seat, Table, Wish
from matching.selectors import current_round, tables_with_people
from matching.services.acting import organiser_acts
from matching.services.noting import kept_out
from matching.services.parting import seats_to_give_up
from matching.services.rolling import count_seating, free
from matching.services.telling import tell_console, tell_new_round, tell_wish
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablemates.live.publish import Facts

    Memory = dict[str, Any]

TIME_TO_UNDO = timedelta(seconds=60)
OF_A_TABLE = ("id", "number", "topic_id", "why", "shared", "pinned")
OF_A_SEAT = ("table_id", "attendee_id", "pinned")


def undo_publish(*, round: Round, version: int, by: str = "") -> Mixer:
    """Take a publish back within a minute: nobody has settled by then.

    Who was seated in it meanwhile loses that seat; rolling tables go on where they were.
    """
    event = round.mixer.event
    with organiser_acts(event, version, by) as act:
        mixer, round = act.mixer, _expect_undoable(round)
        act.note("publish_undone", round=round.number)
        published = mixer.changes.filter(kind="round_published").latest("version")
        memory: Memory = published.params["draft"]
        wishes = _give_back_wishes(round, memory)
        opened = [f"tables/{pk}" for pk in round.tables.values_list("pk", flat=True)]
        before = _make_a_draft(round) or current_round(event)
        tables = _restore(round, memory)
        count_seating(mixer)
        _part(before)
        told = _tell(mixer, before, round, tables)
        told["screen"]["unset"] = opened
        restored = {f"tables/{table.pk}" for table in tables}
        told["console"]["unset"] = [path for path in opened if path not in restored]
        for person, wish in wishes.items():
            tell_wish(told, person, wish)
        publish(stream=event.pk, type="publish.undone", audiences=told, ring=True)
    return mixer


def _expect_undoable(round: Round) -> Round:
    fresh = Round.objects.select_related("mixer__event", "replaced").get(pk=round.pk)
    published = fresh.published_at if fresh.status == Round.Status.PUBLISHED else None
    if (
        fresh.kind != Round.Kind.TIMED
        or published is None
        or timezone.now() - published > TIME_TO_UNDO
    ):
        raise Refusal(
            "undo_over",
            _(
                "A publish can be taken back for a minute, while its round is on. End the round instead."
            ),
        )
    if fresh.mixer.rounds.filter(status=Round.Status.DRAFT).exists():
        raise Refusal(
            "draft_waiting", _("There is a draft of the next round. Discard it, then undo.")
        )
    return fresh


def _make_a_draft(round: Round) -> Round | None:
    """Make the round a draft again, and put the one it replaced on again, which is returned."""
    before, round.replaced = round.replaced, None
    round.status = Round.Status.DRAFT
    round.published_at = round.starts_at = round.ends_at = round.paused_at = None
    round.save()
    if before:
        before.status = Round.Status.PUBLISHED
        before.save(update_fields=["status"])
    return before


def _part(before: Round | None) -> None:
    """Whoever has come to keep away from somebody at their old table does not sit down there again."""
    if before and before.status == Round.Status.PUBLISHED:
        seats = before.seats.filter(left_at=None).select_related("attendee").order_by("pk")
        if uneasy := seats_to_give_up(before.mixer.event, seats):
            free(uneasy, before)


def _restore(round: Round, memory: Memory) -> list[Table]:
    round.left_out.all().delete()
    round.tables.all().delete()
    Table.objects.bulk_create(Table(round=round, **row) for row in memory["tables"])
    Seat.objects.bulk_create(Seat(round=round, **row) for row in memory["seats"])
    return list(tables_with_people(round.tables.all()))


def _give_back_wishes(round: Round, memory: Memory) -> dict[UUID, Wish | None]:
    """Undo what the publish did to wishes; returns those that changed, by attendee id."""
    bound = Wish.objects.filter(round=round)
    made = bound.filter(attendee__in=kept_out(round), since=F("round__published_at"))
    changed: dict[UUID, Wish | None] = dict.fromkeys(made.values_list("attendee_id", flat=True))
    made.delete()
    bound.update(round=None)
    since = {UUID(pk): datetime.fromisoformat(time) for pk, time in memory["wishes"].items()}
    waiting = round.mixer.event.attendees.filter(pk__in=since, present_since__isnull=False)
    for person in waiting.filter(wish=None):
        changed[person.pk] = Wish.objects.create(
            attendee=person, kind=Wish.Kind.DRAW_ME_IN, since=since[person.pk]
        )
    return changed


def _tell(
    mixer: Mixer, shown: Round | None, draft: Round, tables: Iterable[Table]
) -> dict[str, Facts]:
    told: dict[str, Facts]
    if shown:
        told = tell_new_round(mixer, shown, draft)
    else:
        nothing: Facts = {"set": {"round": None, "seat": None}}
        told = {"phones": nothing, "screen": {"set": {"round": None}}, "console": {"set": {}}}
    told["console"]["set"] |= tell_console(mixer, [draft], tables)["set"]
    return told


def remember(draft: Round) -> Memory:
    """All that undoing its publish needs to know of a draft."""
    wishes = Wish.objects.filter(
        attendee__event=draft.mixer.event, kind=Wish.Kind.DRAW_ME_IN, attendee__seats__round=draft
    )
    return {
        "tables": [_as_json(row) for row in draft.tables.values(*OF_A_TABLE)],
        "seats": [_as_json(row) for row in draft.seats.order_by("pk").values(*OF_A_SEAT)],
        "wishes": {str(wish.attendee_id): wish.since.isoformat() for wish in wishes},
    }


def _as_json(row: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, UUID) else value for name, value in row.items()}
