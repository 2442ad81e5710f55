"""A talk in the calendar (iCalendar, RFC 5545): when it could be, and the file that puts it there.

All times are by the clocks of the event's place, and the file brings the rules of those clocks for its year along.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as Entry

from tablemates.followup.letters.card import clean
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from events.models import Attendee, Event

LENGTH = timedelta(minutes=45)
LUNCH = time(12, 30)
WEEK = timedelta(days=7)
FURTHEST = timedelta(days=366)
SATURDAY = 5
FORMAT = "%Y-%m-%dT%H:%M"


def suggested(event: Event, now: datetime) -> str:
    """A week after the evening, at lunch, on a working day; a week later again once that is over."""
    zone = ZoneInfo(event.time_zone)
    day = (event.ended_at or now).astimezone(zone).date() + WEEK
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)
    while datetime.combine(day, LUNCH, zone) <= now:
        day += WEEK
    return datetime.combine(day, LUNCH).strftime(FORMAT)


def read_at(text: str, event: Event, now: datetime) -> datetime:
    """The moment that somebody chose by the event's clock; one that the clock skips is as much later as it skips.

    Raises Refusal for what is no moment, is over, or is more than a year away.
    """
    try:
        naive = datetime.strptime(text, FORMAT)  # noqa: DTZ007 (the zone is the event's)
        at = naive.replace(tzinfo=ZoneInfo(event.time_zone)).astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise _odd(_("Choose a day and a time, as in 2026-12-01T12:30.")) from problem
    if naive.strftime(FORMAT) != text:
        raise _odd(_("Choose a day and a time, as in 2026-12-01T12:30."))
    if not now < at <= now + FURTHEST:
        raise _odd(_("Choose a time that is still to come, within a year."))
    return at


def talk(
    *, event: Event, people: tuple[Attendee, Attendee], at: datetime, about: str, now: datetime
) -> bytes:
    """The entry for the calendar of the first of two people; for both it is the same entry, whenever it is made."""
    zone = ZoneInfo(event.time_zone)
    entry = Entry()
    entry.add("uid", f"{uuid5(event.pk, ' '.join(sorted(str(one.pk) for one in people)))}")
    entry.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    local = at.astimezone(zone)
    entry.add("dtstart", at if _is_utc(event) else local)
    # Not the end by the clock: in the hour that a clock goes through twice it could lie before the start.
    entry.add("duration", LENGTH)
    entry.add("summary", _("Talk with %(name)s") % {"name": clean(people[1].name)})
    entry.add("description", clean(about))
    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", "-//Tablemates//EN")
    if not _is_utc(event):
        file.add_component(_clocks(zone, event.time_zone, local.year))
    file.add_component(entry)
    return file.to_ical()


def _odd(message: str) -> Refusal:
    return Refusal("invalid", message, status=400, field="at")


def _is_utc(event: Event) -> bool:
    return event.time_zone == "UTC"


def _clocks(zone: tzinfo, name: str, year: int) -> Timezone:
    """How the clocks of a zone go in one year."""
    clocks = Timezone()
    clocks.add("tzid", name)
    start = datetime(year, 1, 1, tzinfo=UTC) - timedelta(days=1)
    before = _offset(start, zone)
    for moment in (start, *_changes(zone, start, start + timedelta(days=368))):
        local = moment.astimezone(zone)
        rule = TimezoneDaylight() if local.dst() else TimezoneStandard()
        # The onset is told by the clock that is about to change.
        rule.add("dtstart", (moment + before).replace(tzinfo=None))
        rule.add("tzoffsetfrom", before)
        rule.add("tzoffsetto", _offset(moment, zone))
        rule.add("tzname", local.tzname())
        clocks.add_component(rule)
        before = _offset(moment, zone)
    return clocks


def _changes(zone: tzinfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The moments between two others at which the clocks of a zone are put forward or back."""
    step = timedelta(days=7)
    while start < end:
        before, after = start, start + step
        old = _offset(before, zone)
        if _offset(after, zone) != old:
            while after - before > timedelta(seconds=1):
                middle = before + (after - before) // 2
                before, after = (
                    (middle, after) if _offset(middle, zone) == old else (before, middle)
                )
            yield after.replace(microsecond=0)
        start += step


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)
