"""How a table felt. Organisers are told of patterns, and at once of `unsafe`; nobody is told of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.services import lock_event
from matching.models import Round, Seat
from tablemates.followup.models import Flag
from tablemates.followup.payloads import alert_for_console, patterns_of
from tablemates.followup.selectors import is_over
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from events.models import Attendee, Event
    from tablemates.live.publish import Facts


@transaction.atomic
def flag_table(
    *,
    reporter: Attendee,
    table_id: UUID,
    kinds: Collection[str],
    words: str = "",
    named: bool = False,
) -> None:
    """Say all that went wrong at a table one sat at: what is not said any more is taken back.

    `words`, and one's name where `named`, go with `unsafe` alone. Refuses tables of others (404), and once the evening
    is two days ago (409). The console hears only of what it shows: fewer than three people have not said anything yet.
    """
    event = lock_event(reporter.event)
    _expect_may_flag(event, reporter, table_id)
    mine = Flag.objects.filter(reporter=reporter, table=table_id)
    before = _told(event, mine)
    mine.exclude(kind__in=kinds).delete()
    for kind in kinds:
        flag = mine.filter(kind=kind).first() or Flag(
            reporter=reporter, table_id=table_id, kind=kind
        )
        _say(flag, *((words, named) if kind == Flag.Kind.UNSAFE else ("", False)))
    after = _told(event, mine)
    changed = {path: told for path, told in after.items() if before.get(path) != told}
    gone = [path for path in before if path not in after]
    if changed or gone:
        audiences: dict[str, Facts] = {"console": {"set": changed, "unset": gone}}
        publish(stream=event.pk, type="table.flagged", audiences=audiences)


def _expect_may_flag(event: Event, reporter: Attendee, table_id: UUID) -> None:
    if is_over(event):
        message = _("The evening is more than two days ago. Write to its organisers.")
        raise Refusal("window_over", message)
    sat = Seat.objects.filter(attendee=reporter, table=table_id)
    if not sat.exclude(round__status=Round.Status.DRAFT).exists():
        raise Refusal("not_found", _("You have not sat at this table."), status=404)


def _say(flag: Flag, words: str, named: bool) -> None:
    """Write a flag down. Who says something else than before says it anew: it is not taken care of any more."""
    if flag.pk is None or (flag.words, flag.named) != (words, named):
        flag.words, flag.named = words, named
        flag.raised_at, flag.settled_at = timezone.now(), None
        flag.save()


def _told(event: Event, mine: QuerySet[Flag]) -> dict[str, Any]:
    """What the console shows of flags, as far as these could change it."""
    alerts = mine.filter(kind=Flag.Kind.UNSAFE, settled_at=None).select_related("table__round")
    told = {f"alerts/{flag.pk}": alert_for_console(flag) for flag in alerts}
    return {"patterns": patterns_of(event), **told}


@transaction.atomic
def settle_alert(*, alert: Flag) -> None:
    """Note that an organiser has taken care of it; the second time too."""
    event = lock_event(alert.reporter.event)
    open_ = Flag.objects.filter(pk=alert.pk, settled_at=None)
    if open_.update(settled_at=timezone.now()):
        gone: Facts = {"unset": [f"alerts/{alert.pk}"]}
        publish(stream=event.pk, type="alert.settled", audiences={"console": gone})
