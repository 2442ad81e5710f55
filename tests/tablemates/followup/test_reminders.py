"""Reminders by the clock: two at most, none after, none to whoever wants none or has nothing to do."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from events.models import Attendee, Block, Event
from tablemates.followup.models import Card, Letter, Promise, Quiet, Reminder
from tablemates.followup.runner import follow_up
from tests.flaky_mail import Crash, FlakyBackend
from tests.introductions import end, evening_of_two, introduce
from tests.mailserver import mail_server
from tests.rows import make_attendee, make_event
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

SITE = "https://tables.example"
NAMES = ["Ada Lovelace", "Bo Diddley", "Cleo Dane", "Dan Brown"]


@pytest.fixture(autouse=True)
def mailbox(settings: SettingsWrapper) -> Iterator[None]:
    settings.EMAIL_BACKEND = "tests.flaky_mail.FlakyBackend"
    yield
    FlakyBackend.closed, FlakyBackend.fates = False, []


def tick(event: Event, hours: float) -> list[str]:
    """Let the clock do its work so many hours after the end; who gets a mail."""
    del mail.outbox[:]
    event.refresh_from_db()
    assert event.ended_at
    done = follow_up(SITE, event.ended_at + timedelta(hours=hours))
    assert done.reminded == len(mail.outbox)
    return [to for message in mail.outbox for to in message.to]


def evening() -> tuple[Event, Attendee, Attendee]:
    """Ada and Bo were introduced, at an evening that ended long ago."""
    ada, bo = evening_of_two()
    end(ada.event, timedelta(hours=100))
    return Event.objects.get(), ada, bo


def write(sender: Attendee, recipient: Attendee) -> None:
    own = Letter.objects.count()
    Letter.objects.create(
        sender=sender, recipient=recipient, channel="own", digest=own, sent_at=sender.created_at
    )


def promise(owner: Attendee, to: Attendee, **more: Any) -> Promise:
    return Promise.objects.create(owner=owner, to=to, text="the book", due=date(2026, 1, 1), **more)


pytestmark = pytest.mark.django_db
BOTH = ["ada@example.org", "bo@example.org"]


# ------------------------------------------------------------------------------------------------------- by the clock


def test_one_comes_after_a_day_one_after_two_and_none_after(mailbox: None) -> None:
    event, _ada, _bo = evening()
    hours = [1, 23.99, 24, 24.01, 30, 47.9, 48, 48.1, 59, 60, 72, 90]
    sent = {hour: tick(event, hour) for hour in hours}
    assert {hour: to for hour, to in sent.items() if to} == {24: BOTH, 48: BOTH}


@pytest.mark.parametrize(
    ("starts", "sent"), [(47.99, [47.99, 48]), (48, [48]), (59.99, [59.99]), (60, []), (500, [])]
)
def test_server_that_was_down_sends_what_is_not_too_late(starts: float, sent: list[float]) -> None:
    event, _ada, _bo = evening()
    hours = [hour for hour in (24, 47.99, 48, 59.99, 60, 500) if hour >= starts]
    assert [hour for hour in hours if tick(event, hour)] == sent


def test_who_has_written_and_kept_their_promises_is_left_in_peace() -> None:
    event, ada, bo = evening()
    write(ada, bo)
    assert tick(event, 24) == ["bo@example.org"]
    open_one = promise(ada, bo)
    promise(bo, ada, status="done")
    write(bo, ada)
    assert tick(event, 47) == ["ada@example.org"]
    open_one.status = "dropped"
    open_one.save()
    assert tick(event, 48) == []


@pytest.mark.parametrize("why", ["one-sided", "cancelled", "blocked", "blocks", "organiser blocks"])
def test_people_who_are_not_there_any_more_are_nothing_to_do(why: str) -> None:
    event, ada, bo = evening()
    promise(ada, bo, status="dropped" if why == "one-sided" else "open")
    if why == "one-sided":
        bo.picks.all().delete()
    elif why in ("cancelled", "organiser blocks"):
        status = "cancelled" if why == "cancelled" else "blocked"
        Attendee.objects.filter(pk=bo.pk).update(status=status)
    else:
        pair = (ada, bo) if why == "blocks" else (bo, ada)
        Block.objects.create(blocker=pair[0], blocked=pair[1])
    assert tick(event, 24) == tick(event, 48) == []


@pytest.mark.parametrize("why", ["quiet", "no address", "no ticket"])
def test_who_wants_none_or_cannot_be_reached_gets_none(why: str) -> None:
    event, _ada, bo = evening()
    if why == "quiet":
        Quiet.objects.create(attendee=bo)
    elif why == "no address":
        Attendee.objects.filter(pk=bo.pk).update(email="")
    else:
        bo.tickets.update(revoked_at=bo.created_at)
    assert tick(event, 24) == tick(event, 48) == ["ada@example.org"]


def test_walk_in_is_reminded_at_the_address_on_their_card_and_a_guest_where_their_ticket_went() -> (
    None
):
    event, ada, bo = evening()
    Card.objects.create(attendee=ada, email="ada@kiln.example")
    Card.objects.create(attendee=bo, email="bo@kiln.example")
    Attendee.objects.filter(pk=bo.pk).update(email="")
    assert tick(event, 24) == ["ada@example.org", "bo@kiln.example"]


def test_reminder_names_nobody_and_leads_to_ones_own_page() -> None:
    event, ada, bo = evening()
    tick(event, 24)
    first, last = mail.outbox[0], tick(event, 48) and mail.outbox[0]
    own = ada.tickets.get(issuer="tablemates").secret
    for message in (first, last):
        assert message.subject == "After Spring evening: something waits on your page"
        assert message.body.startswith("Hello Ada,\n\nsomething from Spring evening is still open")
        assert message.body.count(f"\n{SITE}/t#{own}\n") == 1
        assert (message.subject + message.body).count(bo.first_name) == 0
        link = message.extra_headers["List-Unsubscribe"].strip("<>")
        assert message.body.count(f"\n{link}\n") == 1
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert last.body.count("This is the last time that we remind you.") == 1
    assert first.body.count("This is the last time that we remind you.") == 0


# --------------------------------------------------------------------------------------------- when something goes wrong


@pytest.mark.parametrize(
    ("fate", "later"),
    [
        ("later", BOTH[:1]),
        ("not now", BOTH[:1]),
        ("never", []),
        ("not this", []),
        ("line breaks", BOTH[1:]),
        ("crash", BOTH[1:]),
    ],
)
def test_reminder_is_tried_again_only_where_it_surely_has_not_left_and_may(
    fate: str, later: list[str]
) -> None:
    event, _ada, _bo = evening()
    FlakyBackend.fates = [fate]
    with suppress(Crash):
        tick(event, 24)
    assert [tick(event, 24.1), tick(event, 24.2)] == [later, []]


def test_mail_server_that_does_not_answer_costs_nobody_their_reminder() -> None:
    event, _ada, _bo = evening()
    FlakyBackend.closed = True
    assert tick(event, 24) == []
    FlakyBackend.closed = False
    assert tick(event, 24.1) == BOTH


def test_who_asks_for_quiet_while_mails_go_out_gets_none() -> None:
    event, _ada, bo = evening()

    class Asking(list[str]):
        def pop(self, _place: Any = 0) -> str:
            Quiet.objects.get_or_create(attendee=bo)
            return ""

    FlakyBackend.fates = Asking([""])
    assert tick(event, 24) == ["ada@example.org"]


def test_nothing_is_sent_with_links_that_open_nowhere(settings: SettingsWrapper) -> None:
    event, _ada, _bo = evening()
    assert event.ended_at
    now = event.ended_at + timedelta(hours=24)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert [follow_up(site, now).reminded for site in ("", "http://localhost:8000")] == [0, 0]
    assert Reminder.objects.count() == 0


def test_real_mail_server_takes_a_reminder_and_refuses_another_for_good(
    settings: SettingsWrapper,
) -> None:
    event, _ada, _bo = evening()
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        box.unknown.add("ada@example.org")
        assert event.ended_at
        now = event.ended_at + timedelta(hours=24)
        assert [follow_up(SITE, now).reminded for _ in range(2)] == [1, 0]
    (message,) = box.mails
    assert (message["To"], box.receivers) == ("bo@example.org", ["bo@example.org"])
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


# ------------------------------------------------------------------------------------------------------ as a whole

acts = st.tuples(
    st.sampled_from(["write", "promise", "settle", "quiet", "loud", "cancel", "return", "block"]),
    st.integers(0, 3),
    st.integers(0, 3),
)
fates = st.just([]) | st.lists(
    st.sampled_from(["", "", "crash", "line breaks", "never", "not this", "later", "not now"]),
    max_size=3,
)
# Half hours after the end; most lie where something is due.
hours_after = st.integers(46, 121).map(lambda n: n / 2)
steps = st.lists(
    st.tuples(
        hours_after, st.lists(acts, max_size=4), fates, st.sampled_from([False] * 5 + [True])
    ),
    min_size=2,
    max_size=6,
).map(lambda steps: sorted(steps, key=lambda step: step[0]))
pairs = st.sets(st.sampled_from([(i, j) for j in range(4) for i in range(j)]), max_size=3)


class Model:
    """What the rules say, told a second time and without a database."""

    def __init__(self, introduced: set[tuple[int, int]]) -> None:
        self.introduced = introduced
        self.written: set[tuple[int, int]] = set()
        self.promised: set[tuple[int, int]] = set()
        self.quiet: set[int] = set()
        self.away: set[int] = set()
        self.apart: set[frozenset[int]] = set()
        self.claimed: set[tuple[int, str]] = set()

    def act(self, verb: str, i: int, j: int) -> None:
        one_row = {"quiet": self.quiet.add, "loud": self.quiet.discard}
        one_row |= {"cancel": self.away.add, "return": self.away.discard}
        if verb in one_row:
            one_row[verb](i)
        elif verb == "settle":
            self.promised = {pair for pair in self.promised if pair[0] != i}
        elif i != j and verb == "block":
            self.apart.add(frozenset((i, j)))
        elif i != j:
            (self.written if verb == "write" else self.promised).add((i, j))

    def busy(self, i: int) -> bool:
        to_write = {b if a == i else a for a, b in self.introduced if i in (a, b)}
        others = {j for j in to_write if (i, j) not in self.written}
        others |= {j for a, j in self.promised if a == i}
        return any(j not in self.away and frozenset((i, j)) not in self.apart for j in others)

    def tick(self, hours: float, fates: list[str], closed: bool) -> list[int]:
        kind = "first" if 24 <= hours < 48 else "last" if 48 <= hours < 60 else ""
        sent: list[int] = []
        for i in [] if closed or not kind else range(4):
            free = i not in self.quiet | self.away and (i, kind) not in self.claimed
            if not free or not self.busy(i):
                continue
            fate = fates.pop(0) if fates else ""
            if fate not in ("later", "not now"):
                self.claimed.add((i, kind))
            if not fate:
                sent.append(i)
            if fate in ("crash", "line breaks"):
                break
        return sent


def perform(people: list[Attendee], verb: str, i: int, j: int) -> None:
    one, other = people[i], people[j]
    if verb in ("cancel", "return"):
        status = "cancelled" if verb == "cancel" else "registered"
        Attendee.objects.filter(pk=one.pk).update(status=status)
    elif verb == "quiet":
        Quiet.objects.get_or_create(attendee=one)
    elif verb == "loud":
        Quiet.objects.filter(attendee=one).delete()
    elif verb == "settle":
        one.promises.update(status="done")
    elif i != j and verb == "block":
        Block.objects.get_or_create(blocker=one, blocked=other)
    elif i != j:
        (write if verb == "write" else promise)(one, other)


@given(introduced=pairs, steps=steps)
@example(introduced={(0, 1)}, steps=[(h, [], [], False) for h in (24, 47, 48, 59, 60)])
@example(
    introduced={(0, 1), (2, 3)},
    steps=[
        (24, [], ["", "line breaks"], False),
        (25, [], ["later", "never"], False),
        (26, [], [], True),
        (48, [("write", 2, 3)], ["", "crash"], False),
        (49, [("quiet", 0, 0)], [], False),
    ],
)
@example(
    introduced=set(),
    steps=[
        (24, [("promise", 0, 1), ("promise", 2, 3), ("block", 1, 0)], [], False),
        (30, [("promise", 3, 1), ("cancel", 1, 1)], [], False),
        (48, [("settle", 2, 2), ("return", 1, 1)], [], False),
    ],
)
@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_happens_the_rules_hold(introduced: set[Any], steps: list[Any]) -> None:
    with transaction.atomic():
        event = make_event()
        people = [
            make_attendee(event, name, email=f"{n}@x.example") for n, name in enumerate(NAMES)
        ]
        end(event, timedelta(hours=200))
        for i, j in introduced:
            introduce(people[i], people[j])
        model, received = Model(introduced), []
        for hours, todo, fate, closed in steps:
            for act in todo:
                perform(people, *act)
                model.act(*act)
            FlakyBackend.closed, FlakyBackend.fates = closed, list(fate)
            wanted = model.tick(hours, list(fate), closed)
            with suppress(Crash):
                tick(event, hours)
            sent = [to for message in mail.outbox for to in message.to]
            assert sent == [f"{i}@x.example" for i in wanted]
            received += sent
        assert all(received.count(address) <= 2 for address in received)
        assert set(Reminder.objects.values_list("attendee", "kind")) == {
            (people[i].pk, kind) for i, kind in model.claimed
        }
        transaction.set_rollback(True)


def test_two_servers_at_once_send_each_reminder_once(
    transactional_db: None, tmp_path: Path
) -> None:
    with database_of_threads(tmp_path):
        event, _ada, _bo = evening()
        assert event.ended_at
        now = event.ended_at + timedelta(hours=24)
        done = at_once(*[lambda: follow_up(SITE, now).reminded] * 3)
        assert sum(done) == 2
        assert sorted(to for message in mail.outbox for to in message.to) == BOTH
