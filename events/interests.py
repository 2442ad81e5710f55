"""Topics of an event: which may mean the same, and what the organiser says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from events import payloads
from events.likeness import likely_pairs
from events.models import Attendee, Event, Interest, InterestsApart, InterestSpelling
from events.selectors import room_now, topics_of
from events.services import interests_from_labels, lock_event, room_facts
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from events.likeness import Why

# Every two are compared, so of more topics than this only the most picked are looked at.
MOST_COMPARED = 600
MOST_PROPOSED = 50


class Proposal(NamedTuple):
    """Two topics that may mean the same. Only the organiser merges them."""

    one: Interest
    other: Interest
    why: Why


def propose_merges(event: Event) -> list[Proposal]:
    """Pairs of topics that may mean the same, the likeliest first, without those that the organiser keeps apart."""
    topics = list(_counted(event)[:MOST_COMPARED])
    apart = set(event.interests_apart.values_list("key", "other_key"))
    pairs = (
        Proposal(topics[pair.one], topics[pair.other], pair.why)
        for pair in likely_pairs([topic.label for topic in topics])
    )
    return [pair for pair in pairs if _in_order(*pair[:2]) not in apart][:MOST_PROPOSED]


def topics_for_console(event: Event) -> dict[str, Any]:
    """`Topics` of the contract: what people picked, as they wrote it, and what may mean the same."""
    spellings: dict[int, list[str]] = {}
    written = dict(event.interests.values_list("key", "label"))
    for key, topic in event.interest_spellings.order_by("key").values_list("key", "interest_id"):
        spellings.setdefault(topic, []).append(written.get(key, key))
    return {
        "topics": [
            {
                **payloads.topic(topic),
                "count": topic.count,
                "spellings": spellings.get(topic.pk, []),
            }
            for topic in _counted(event)
        ],
        "proposals": [
            {"one": one.pk, "other": other.pk, "why": why}
            for one, other, why in propose_merges(event)
        ],
    }


@transaction.atomic
def merge_interests(
    *, event: Event, keep: int, merge: Collection[int], label: str = ""
) -> Interest:
    """Make topics one: everyone who picked one of `merge` has picked `keep` (ids) from now on, and so has who picks it later.

    With `label` all of them become the topic of that name instead, which is made where it is new. The rows stay, under
    the words they had: tables that sit by them keep their topic.
    """
    event = lock_event(event)
    topics = [_topic(event, pk) for pk in sorted({keep, *merge})]
    kept = _named(event, label) if label else next(one for one in topics if one.pk == keep)
    merged = [topic for topic in topics if topic != kept]
    if not merged or (keep in merge and not label):
        raise Refusal("same_topic", _("Choose two different topics."), status=400, field="merge")
    people = event.attendees.filter(interests__in=merged).distinct()
    touched = list(people.values_list("pk", flat=True))
    _move_picks(kept, merged)
    InterestSpelling.objects.filter(interest__in=merged).update(interest=kept)
    InterestSpelling.objects.bulk_create(
        InterestSpelling(event=event, key=topic.key, interest=kept) for topic in merged
    )
    _publish(event, touched)
    return kept


@transaction.atomic
def keep_apart(*, event: Event, one: int, other: int) -> None:
    """Remember that two topics (ids) are not the same: they are not proposed again."""
    event = lock_event(event)
    if one == other:
        raise Refusal("same_topic", _("Choose two different topics."), status=400, field="topics")
    key, other_key = _in_order(_topic(event, one), _topic(event, other))
    InterestsApart.objects.get_or_create(event=event, key=key, other_key=other_key)


def _counted(event: Event) -> Any:
    """Topics with how many people picked them, the most picked first."""
    return topics_of(event).annotate(count=Count("attendees")).order_by("-count", "label")


def _in_order(one: Interest, other: Interest) -> tuple[str, str]:
    first, second = sorted((one.key, other.key))
    return first, second


def _topic(event: Event, pk: int) -> Interest:
    topic = topics_of(event).filter(pk=pk).first()
    if topic is None:
        raise Refusal(
            "unknown_topic",
            _(
                "This topic is not there any more: someone may have merged it. Load the topics again."
            ),
            status=404,
        )
    return topic


def _named(event: Event, label: str) -> Interest:
    topics = interests_from_labels(event, [label])
    if not topics:
        raise Refusal(
            "label_invalid",
            _("A topic needs a letter or a digit. Write its name again."),
            status=400,
            field="label",
        )
    return topics[0]


def _move_picks(kept: Interest, merged: Collection[Interest]) -> None:
    picks = Attendee.interests.through.objects
    moved = picks.filter(interest__in=merged)
    people = set(moved.values_list("attendee_id", flat=True))
    people -= set(picks.filter(interest=kept).values_list("attendee_id", flat=True))
    moved.delete()
    picks.bulk_create(picks.model(attendee_id=pk, interest=kept) for pk in people)


def _publish(event: Event, touched: Collection[Any]) -> None:
    """Tell everyone the topics, and who picked one of these what they have picked now."""
    told: dict[str, Any] = {**room_facts(event, room_now(event))}
    about = told["phones"]["set"]
    people = event.attendees.filter(pk__in=touched).prefetch_related("interests", "tickets")
    told |= {
        f"attendee:{person.pk}": {"set": {**about, "me": payloads.attendee_for_phone(person)}}
        for person in people
    }
    told["console"] = {
        "set": {f"attendees/{p.pk}": payloads.attendee_for_console(p) for p in people}
    }
    publish(stream=event.pk, type="topics.merged", audiences=told, ring=True)
