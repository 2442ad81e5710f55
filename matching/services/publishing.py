"""From a draft to a round that is on, in one transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.laying import chairs_by_number
from matching.models import LeftOut, Mixer, Round, Wish
from matching.selectors import current_round, seatable, waiting
from matching.services.acting import organiser_acts, round_on
from matching.services.noting import kept_out
from matching.services.parting import seats_to_give_up
from matching.services.rounds import expect_draft
from matching.services.telling import tell_new_round, tell_wish
from matching.services.undoing import remember
from matching.services.wording import reword
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime


def publish_round(*, round: Round, version: int, by: str = "") -> Mixer:
    """Send everyone to their table: after the gap the talk begins by itself. Rolling tables end here.

    Who has left or sits out since the draft is dropped from it, as long as every table stays legal.
    """
    event = round.mixer.event
    with organiser_acts(event, version, by) as act:
        mixer, round = act.mixer, expect_draft(round)
        act.note("round_published", round=round.number, draft=remember(round))
        shown, on = current_round(event), round_on(mixer)
        if on and on.kind == Round.Kind.TIMED:
            raise Refusal("round_on", _("Round %d is still on. End it first.") % on.number)
        empty = _drop_who_is_gone(round)
        if on:
            on.status = Round.Status.DONE
            on.save(update_fields=["status"])
        moment = _set_going(round, on)
        wishes = _settle_who_sits_out(round, moment)
        told = tell_new_round(mixer, round, on or shown)
        told["console"]["unset"] = empty
        for wish in wishes:
            tell_wish(told, wish.attendee_id, wish)
        publish(stream=event.pk, type="round.published", audiences=told, ring=True)
    return mixer


def _set_going(round: Round, replaced: Round | None) -> datetime:
    mixer, now = round.mixer, timezone.now()
    round.status, round.replaced = Round.Status.PUBLISHED, replaced
    round.published_at, round.starts_at = now, now + timedelta(minutes=mixer.gap_minutes)
    round.ends_at = round.starts_at + timedelta(minutes=mixer.round_minutes)
    round.save()
    round.seats.update(seated_at=now)
    return now


def _settle_who_sits_out(round: Round, moment: datetime) -> list[Wish]:
    """Remember who is left out, and bind wishes to sit out to this round.

    Returns new wishes: of those whom an organiser has moved out, who are not seated until they say otherwise.
    """
    event = round.mixer.event
    out = kept_out(round)
    moved_out = [person for person in waiting(event, round) if person.pk in out]
    wishes = Wish.objects.bulk_create(
        Wish(attendee=person, kind=Wish.Kind.SIT_OUT, since=moment)
        for person in moved_out
        if not hasattr(person, "wish")
    )
    open_wishes = Wish.objects.filter(attendee__event=event, kind=Wish.Kind.SIT_OUT, round=None)
    open_wishes.update(round=round)
    left = seatable(event, round).exclude(seats__round=round)
    LeftOut.objects.bulk_create(LeftOut(round=round, attendee=person) for person in left)
    return wishes


def _drop_who_is_gone(round: Round) -> list[str]:
    """Take off a draft who has left, sits out or keeps away from somebody at their table, and tables nobody sits at.

    Returns the console's paths of these.
    """
    mixer = round.mixer
    seats = round.seats.select_related("attendee").order_by("pk")
    uneasy = [seat.pk for seat in seats_to_give_up(mixer.event, seats)]
    there = Q(attendee__in=seatable(mixer.event))
    gone = round.seats.filter(~there | Q(pk__in=uneasy))
    shrunk = set(gone.values_list("table__number", flat=True))
    gone.delete()
    sizes = dict(round.tables.annotate(size=Count("seats")).values_list("number", "size"))
    _expect_legal(mixer, sizes, shrunk)
    reword(mixer.event, round, shrunk)
    empty = round.tables.filter(number__in=[number for number, size in sizes.items() if not size])
    paths = [f"tables/{pk}" for pk in empty.values_list("pk", flat=True)]
    empty.delete()
    return paths


def _expect_legal(mixer: Mixer, sizes: Mapping[int, int], shrunk: Collection[int]) -> None:
    """Refuse if a table has become too small, or has too few chairs by now. Small by an organiser's wish is no reason."""
    if not any(sizes.values()):
        words = _("Nobody of this draft is here any more. Draft again when people are here.")
        raise Refusal("draft_outdated", words)
    chairs, least = chairs_by_number(mixer), mixer.event.table_min
    illegal = [
        number
        for number, size in sizes.items()
        if (0 < size < least and number in shrunk) or size > chairs[number]
    ]
    if illegal:
        words = ngettext(
            "The room has changed since this draft: table %(tables)s does not work out any more. "
            "Solve again, then publish.",
            "The room has changed since this draft: tables %(tables)s do not work out any more. "
            "Solve again, then publish.",
            len(illegal),
        )
        raise Refusal("draft_outdated", words % {"tables": ", ".join(map(str, illegal))})
