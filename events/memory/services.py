"""Remember people across a series who want it, and forget them again. Nothing here is told to anyone but themselves.

Whoever writes about ties takes the series first (`lock_memory`), after the event where both are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest, Lower
from django.utils.translation import gettext as _

from events.keeping_apart import keep_persons_apart
from events.models import Admiration, Attendee, Block, Event, Person, Series, Ticket, Tie
from events.names import called
from events.search import fold
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

MOST_ADMIRED = 3
OWN = "tablemates"


def lock_memory(series_id: UUID) -> Series:
    """The series, locked until the transaction ends: what it remembers is written by one at a time."""
    return Series.objects.select_for_update(no_key=True).get(pk=series_id)


def recognise(attendee: Attendee, earlier: Collection[str] = ()) -> bool:
    """Link somebody to who they are in the series, if they have said yes to that before, and can prove it.

    The proof is the secret of an earlier ticket of theirs, or the address that this one was mailed to. Changes nothing
    for all others, and says whether they are remembered. Lock the event first.
    """
    if attendee.person_id or not attendee.event.series_id:
        return attendee.person_id is not None
    person = (earlier and _by_earlier_ticket(attendee, earlier)) or _by_address(attendee)
    if person is None:
        return False
    link(attendee, person)
    return True


def link(attendee: Attendee, person: Person) -> None:
    """Let an attendee be this person from now on; whom they keep away from tonight, they do across the series."""
    Attendee.objects.filter(pk=attendee.pk).update(person=person)
    attendee.person = person
    about = Q(blocker=attendee) | Q(blocked=attendee)
    for block in Block.objects.filter(about).select_related("blocker", "blocked"):
        keep_persons_apart(block.blocker, block.blocked)


def _by_earlier_ticket(attendee: Attendee, earlier: Collection[str]) -> Person | None:
    """The person of an earlier ticket that the phone still holds, the latest one first."""
    tickets = Ticket.objects.filter(secret__in=earlier, issuer=OWN, revoked_at=None)
    proven = tickets.filter(attendee__person=OuterRef("pk"), event__series=OuterRef("series"))
    latest = Subquery(proven.order_by("-event__created_at").values("event__created_at")[:1])
    return _same(attendee, _candidates(attendee).filter(Exists(proven)).order_by(latest.desc()))


def _by_address(attendee: Attendee) -> Person | None:
    """The person of the address that this attendee's ticket was mailed to."""
    if not attendee.email:
        return None
    same = (
        _candidates(attendee)
        .annotate(address=Lower("email"))
        .filter(address=attendee.email.lower())
    )
    return _same(attendee, same.filter(Exists(_mailed_tickets(attendee))))


def _mailed_tickets(attendee: Attendee) -> QuerySet[Ticket]:
    """Their tickets that were mailed to the address they have now: an import may have changed it since."""
    own = Ticket.objects.filter(attendee=attendee, issuer=OWN)
    return own.annotate(went_to=Lower("mailed_to")).filter(went_to=attendee.email.lower())


def _candidates(attendee: Attendee) -> QuerySet[Person]:
    """People of the series who are not here yet: two attendees of one event are never one person.

    Locked, or somebody could be forgotten while an attendee is being linked to them.
    """
    here = Attendee.objects.filter(event=attendee.event_id, person=OuterRef("pk"))
    people = Person.objects.filter(series=attendee.event.series_id).exclude(Exists(here))
    return people.select_for_update(of=("self",), no_key=True)


def _same(attendee: Attendee, people: QuerySet[Person]) -> Person | None:
    """The first of them who is called as the attendee is: couples share phones, and addresses."""
    own = fold(called(attendee.name)[0])
    return next((person for person in people if fold(called(person.name)[0]) == own), None)


def remember(attendee: Attendee, earlier: Collection[str] = ()) -> Person:
    """Remember somebody who says yes, as who they have been before if they can prove it. Lock the event first."""
    if not recognise(attendee, earlier):
        assert attendee.event.series_id
        person = Person.objects.create(series_id=attendee.event.series_id, name=attendee.name)
        link(attendee, person)
    assert attendee.person
    person = attendee.person
    person.name = attendee.name
    if not person.email:
        person.email = _proven_address(attendee)
    person.save(update_fields=["name", "email"])
    return person


def _proven_address(attendee: Attendee) -> str:
    """The address that their ticket was mailed to, unless somebody else of the series goes by it."""
    if not attendee.email or not _mailed_tickets(attendee).exists():
        return ""
    taken = Person.objects.annotate(address=Lower("email")).filter(
        series=attendee.event.series_id, address=attendee.email.lower()
    )
    return "" if taken.exists() else attendee.email


@transaction.atomic
def change_memory(
    *, person: Person, changes: dict[str, Any], admires: Sequence[str] | None = None
) -> None:
    """Note what a person would like: `askable`, `mix`, and names of whom they would like to learn from.

    A wish that can come about for nobody (oneself, somebody unknown, somebody who keeps away) is kept like any other.
    """
    for name, value in changes.items():
        setattr(person, name, value)
    person.save(update_fields=[*changes])
    if admires is None:
        return
    wanted = {fold(name)[:120]: " ".join(name.split()) for name in admires}
    wanted.pop("", None)
    person.admires.exclude(key__in=wanted).delete()
    for key, name in list(wanted.items())[:MOST_ADMIRED]:
        Admiration.objects.update_or_create(person=person, key=key, defaults={"name": name})


@transaction.atomic
def correct_tie(*, tie: Tie, changes: dict[str, Any]) -> Tie:
    """Correct what is written of a tie, on one's own side only: `times`, `first_met`, `last_met`."""
    lock_memory(tie.owner.series_id)
    tie = Tie.objects.select_related("owner", "other").get(pk=tie.pk)
    last_was = tie.last_met
    for name, value in changes.items():
        setattr(tie, name, value)
    if tie.first_met and tie.last_met and tie.first_met > tie.last_met:
        raise Refusal(
            "invalid",
            _("The first time comes before the last. Change one of the two days."),
            status=400,
            field="first_met" if "first_met" in changes else "last_met",
        )
    if tie.last_contact is None or tie.last_contact == last_was:
        tie.last_contact = tie.last_met
    tie.save()
    return tie


@transaction.atomic
def forget_tie(*, tie: Tie) -> None:
    """Delete what two people have with each other, on both sides. Who keeps away from the other still does."""
    lock_memory(tie.owner.series_id)
    both = _between(tie.owner_id, tie.other_id)
    both.filter(apart=False).delete()
    both.update(
        first_met=None, last_met=None, times=0, last_contact=None, introduced_at=None, helped=0
    )


@transaction.atomic
def forget_person(*, person: Person) -> None:
    """Delete all that a series remembers of somebody, on both sides."""
    # Whoever changes one of their attendees meanwhile would write down again who it was.
    events = Attendee.objects.filter(person=person).values("event")
    list(Event.objects.select_for_update(no_key=True).filter(pk__in=events).order_by("pk"))
    lock_memory(person.series_id)
    # Locked before anything is deleted: an attendee who is being linked at a door is found, or finds nobody.
    for locked in Person.objects.select_for_update().filter(pk=person.pk):
        locked.delete()


@transaction.atomic
def note_contact(a: Attendee, b: Attendee, *, at: datetime, helped: Attendee | None = None) -> None:
    """Note that two people were in touch, and that it helped one of them. Without a tie between them nothing is noted."""
    if not (a.person_id and b.person_id and a.event.series_id):
        return
    lock_memory(a.event.series_id)
    both = _between(a.person_id, b.person_id).filter(times__gt=0)
    both.update(last_contact=Greatest("last_contact", at))
    if helped:
        both.filter(owner=helped.person_id).update(helped=F("helped") + 1)


@transaction.atomic
def note_introduction(a: Attendee, b: Attendee, *, at: datetime) -> None:
    """Note that two people were introduced to each other, if they have a tie and it does not say so yet."""
    if a.person_id and b.person_id and a.event.series_id:
        lock_memory(a.event.series_id)
        both = _between(a.person_id, b.person_id).filter(times__gt=0)
        both.filter(introduced_at=None).update(introduced_at=at)


def _between(one: UUID, other: UUID) -> QuerySet[Tie]:
    return Tie.objects.filter(Q(owner=one, other=other) | Q(owner=other, other=one))
