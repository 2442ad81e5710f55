"""What organisers do with events, and what is known of the people who come."""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from events import payloads
from events.importing import fold_interest
from events.models import Attendee, Event, Interest, Series, Ticket
from events.selectors import interests_by_key, room_now, topics_of
from tablemates.live.publish import Facts, publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.selectors import Room
    from tablemates.accounts.models import Team

MAX_INTERESTS = 8
SHORT_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")


def create_event(*, team: Team, title: str, slug: str = "") -> Event:
    """Create a planned event. Without a slug one is made from the title; a taken or odd slug is refused."""
    if slug and not SHORT_NAME.fullmatch(slug):
        raise Refusal(
            "slug_invalid",
            _("A short name has up to 60 letters a-z, digits, - and _. Choose another."),
            status=400,
            field="slug",
        )
    wanted = slug or slugify(title)[:50] or "event"
    if slug and Event.objects.filter(slug=slug).exists():
        raise Refusal("slug_taken", _("This short name is taken. Choose another."), field="slug")
    taken = set(Event.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{n}" for n in count(2))
    free = next(slug for slug in chain([wanted], numbered) if slug not in taken)
    try:
        with transaction.atomic():
            return Event.objects.create(team=team, title=title, slug=free)
    except IntegrityError as race:
        raise Refusal("slug_taken", _("This short name was taken just now. Try again.")) from race


def lock_event(event: Event) -> Event:
    """The event's row as it is now, locked until the transaction ends.

    Whoever writes about an event's people takes it first: then two writers never hold what the other waits for, and
    nobody comes in through a door that is being shut.
    """
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)


@transaction.atomic
def open_doors(*, event: Event) -> Event:
    """Let people check in from now on. An ended event stays ended."""
    event = lock_event(event)
    if event.phase == Event.Phase.ENDED:
        raise Refusal("event_ended", _("This evening has ended. Create a new event."))
    if event.phase == Event.Phase.PLANNED:
        event.phase = Event.Phase.OPEN
        event.opened_at = timezone.now()
        event.save(update_fields=["phase", "opened_at"])
        _publish_event(event, "event.opened")
    return event


@transaction.atomic
def end_event(*, event: Event) -> Event:
    """Close the evening for good: nobody checks in any more. Ending twice changes nothing."""
    event = lock_event(event)
    if event.phase == Event.Phase.PLANNED:
        raise Refusal("not_open", _("The doors have not been open yet. Open them first."))
    if event.phase == Event.Phase.OPEN:
        event.phase = Event.Phase.ENDED
        event.ended_at = timezone.now()
        event.save(update_fields=["phase", "ended_at"])
        _publish_event(event, "event.ended")
    return event


@transaction.atomic
def change_event(*, event: Event, changes: dict[str, Any]) -> Event:
    """Change title, when and where (`starts_at`, `time_zone`, `place`), `language`, `poster_mode`, table sizes, `pick_limit`.

    `series` is the name of one, made if it is new; None takes the event out of any.
    """
    event = lock_event(event)
    before = event.series
    if "series" in changes:
        changes = {**changes, "series": _series_named(event.team, changes["series"])}
        # Who somebody is in one series says nothing of who they are in another.
        known = event.attendees.exclude(person=None)
        known.exclude(person__series=changes["series"]).update(person=None)
    for name, value in changes.items():
        setattr(event, name, value)
    if not 3 <= event.table_min <= event.table_size <= event.table_max <= 8:
        raise Refusal(
            "table_sizes",
            _("Table sizes must rise from smallest to usual to largest, within 3 and 8."),
            status=400,
            field="table_size",
        )
    event.save()
    if before and before != event.series:
        # A name that was mistyped leaves nothing behind.
        Series.objects.filter(pk=before.pk, events=None, people=None, past_outcomes=None).delete()
    _publish_event(event, "event.changed")
    return event


def _series_named(team: Team, name: str | None) -> Series | None:
    return Series.objects.get_or_create(team=team, name=name)[0] if name else None


def _publish_event(event: Event, type: str) -> None:
    publish(
        stream=event.pk,
        type=type,
        audiences={
            "console": {"set": {"event": payloads.event_for_console(event)}},
            "screen": {"set": {"event": payloads.event_for_screen(event)}},
            "phones": {"set": {"event": payloads.event_for_phone(event, topics_of(event))}},
        },
        ring=True,
    )


def interests_from_labels(
    event: Event, labels: Iterable[str], known: dict[str, Interest] | None = None
) -> list[Interest]:
    """The event's interests for these labels, created where new; spellings of one topic fold together.

    Keeps the first `MAX_INTERESTS`; labels without a letter or digit are dropped. For many people in one transaction give
    `known`, as `interests_by_key(event)` has it once the event is locked: it is asked instead, and told what is new.
    """
    wanted: dict[str, str] = {}
    for label in labels:
        wanted.setdefault(fold_interest(label)[:60], " ".join(label.split())[:60])
    wanted.pop("", None)
    known = interests_by_key(event, wanted) if known is None else known
    picked: dict[int, Interest] = {}
    for key, label in wanted.items():
        if len(picked) == MAX_INTERESTS:
            break
        if key not in known:
            known[key] = Interest.objects.get_or_create(
                event=event, key=key, defaults={"label": label}
            )[0]
        picked.setdefault(known[key].pk, known[key])
    return list(picked.values())


@transaction.atomic
def register_attendee(
    *, event: Event, name: str, interests: Iterable[str] = (), **fields: Any
) -> Attendee:
    """Add a person with a ticket of ours. Publishes nothing: the caller knows what it means (import, walk-in)."""
    attendee = Attendee.objects.create(event=event, name=" ".join(name.split()), **fields)
    attendee.interests.set(interests_from_labels(event, interests))
    Ticket.objects.create(event=event, attendee=attendee)
    return attendee


@transaction.atomic
def change_attendee(
    *, attendee: Attendee, changes: dict[str, Any], interests: Iterable[str] | None = None
) -> Attendee:
    """Change what a person says of themselves; tells the console, this person, and the room what it is about now."""
    lock_event(attendee.event)
    attendee = Attendee.objects.select_related("event").get(pk=attendee.pk)
    if "name" in changes:
        changes = {**changes, "name": " ".join(changes["name"].split())}
        _note_set_here(attendee, "name", changes["name"])
    for name, value in changes.items():
        setattr(attendee, name, value)
    attendee.save()
    if interests is not None:
        attendee.interests.set(interests_from_labels(attendee.event, interests))
    publish(
        stream=attendee.event_id,
        type="attendee.changed",
        audiences=attendee_facts(attendee),
        ring=True,
    )
    return attendee


def _note_set_here(attendee: Attendee, what: str, value: str) -> None:
    if value != getattr(attendee, what):
        attendee.set_here = sorted({*attendee.set_here, what})


@transaction.atomic
def change_guest(*, attendee: Attendee, changes: dict[str, Any]) -> Attendee:
    """Note what the organiser says of a person: `status`, `host`, `first_timer`, `needs`, `trade`.

    Who is inside already stays so, whatever the status, until they are checked out. What is so already is told to nobody.
    """
    lock_event(attendee.event)
    attendee = Attendee.objects.select_related("event").get(pk=attendee.pk)
    fresh = {what: said for what, said in changes.items() if said != getattr(attendee, what)}
    if fresh:
        if "status" in fresh:
            _note_set_here(attendee, "status", fresh["status"])
        for what, said in fresh.items():
            setattr(attendee, what, said)
        attendee.save(update_fields=[*fresh, "set_here"])
        facts = attendee_facts(attendee)
        publish(stream=attendee.event_id, type="attendee.changed", audiences=facts, ring=True)
    return attendee


def attendee_facts(attendee: Attendee, ticket: Ticket | None = None) -> dict[str, Facts]:
    """What everyone is told when a person came, left or changed; `ticket` is their own valid one, if it is at hand."""
    room = room_now(attendee.event, attendee)
    holds = payloads.Holds(room.mine, ticket) if ticket else payloads.Holds.of(attendee)
    about = payloads.attendee_for_console(attendee, holds)
    me = payloads.attendee_for_phone(attendee, room.mine)
    told = room_facts(attendee.event, room)
    return {
        "console": {"set": {f"attendees/{attendee.pk}": about}},
        **told,
        f"attendee:{attendee.pk}": {"set": {**told["phones"]["set"], "me": me}},
    }


def room_facts(event: Event, room: Room) -> dict[str, Facts]:
    """What screen and phones are told of who is here."""
    topics = {
        "event": payloads.event_for_phone(event, room.topics),
        "room": payloads.room_for_phone(room),
    }
    return {
        "screen": {"set": {"room": payloads.room_for_screen(room)}},
        "phones": {"set": topics},
    }
