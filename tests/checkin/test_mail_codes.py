"""The code by mail: to whom it goes, what it opens, and how often."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.utils import timezone, translation

from checkin.mail_codes import check_in_by_mail_code, send_mail_code
from checkin.models import CheckIn, MailCode
from events.models import Attendee, Event
from events.services import end_event
from tablemates.refusals import Refusal
from tests.rows import arrive, make_attendee, make_event, make_nonce

if TYPE_CHECKING:
    from uuid import UUID

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_event(title="Spring evening")


@pytest.fixture
def ada(event: Event) -> Attendee:
    return make_attendee(event, "Ada Lovelace", email="Ada@example.org")


def ask(event: Event, email: str = "ada@example.org") -> str:
    """Ask for a code, and read it in the mail; "" without one."""
    before = len(mail.outbox)
    send_mail_code(event=event, email=email)
    return mail.outbox[-1].body.split()[0] if len(mail.outbox) > before else ""


def check(
    event: Event,
    digits: str,
    *,
    email: str = "ada@example.org",
    nonce: str = "",
    chosen: UUID | None = None,
) -> CheckIn | list[Attendee] | None:
    return check_in_by_mail_code(
        event=event, nonce=nonce or make_nonce(), email=email, digits=digits, chosen=chosen
    )


def other_than(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"


def test_mail_is_plain_words_with_six_digits_and_no_link(
    event: Event, ada: Attendee, settings: SettingsWrapper
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Tables <tables@example.org>"
    digits = ask(event)
    (sent,) = mail.outbox
    assert re.fullmatch(r"\d{6}", digits)
    assert (sent.to, sent.from_email) == (["Ada@example.org"], "Tables <tables@example.org>")
    assert sent.subject == f"{digits} is your code for Spring evening"
    assert sent.body == (
        f"{digits}\n\n"
        "This is your code to check in at Spring evening. Type it on the page that asked for it, within 15 minutes.\n\n"
        "You did not ask for it? Then somebody mistyped an address. Ignore this mail: nothing happens without the code.\n"
    )
    message = sent.message()
    assert (message.get_content_type(), message.is_multipart()) == ("text/plain", False)
    assert message["Auto-Submitted"] == "auto-generated"


def test_title_with_line_breaks_stays_one_line_of_the_subject(ada: Attendee) -> None:
    Event.objects.update(title="Spring\nBcc: eve@example.org")
    ask(Event.objects.get())
    assert mail.outbox[0].subject.endswith("Spring Bcc: eve@example.org")
    assert mail.outbox[0].recipients() == ["Ada@example.org"]


def test_words_are_in_the_language_of_the_request(event: Event, ada: Attendee) -> None:
    with translation.override("de"):
        assert ask(event)
        words = translation.gettext("%(code)s is your code for %(title)s")
    assert mail.outbox[0].subject == words % {"code": mail.outbox[0].body[:6], "title": event.title}


@pytest.mark.parametrize("email", ["eve@example.org", "ada@example.org.evil", "adaexample.org"])
def test_unknown_address_gets_nothing_and_leaves_no_trace(
    event: Event, ada: Attendee, email: str
) -> None:
    assert ask(event, email) == ""
    assert (len(mail.outbox), MailCode.objects.count()) == (0, 0)


def test_guest_of_another_event_gets_nothing(ada: Attendee) -> None:
    assert ask(make_event(title="Other evening")) == ""


def test_code_lets_its_owner_in_once(event: Event, ada: Attendee) -> None:
    digits = ask(event, "ADA@EXAMPLE.ORG")
    row = check(event, digits)
    assert isinstance(row, CheckIn)
    assert (row.outcome, row.attendee, row.station.kind) == ("entry", ada, "poster")
    assert check(event, digits) is None


def test_repeated_nonce_gets_the_first_answer_though_the_code_is_used(
    event: Event, ada: Attendee
) -> None:
    digits, nonce = ask(event), make_nonce()
    first = check(event, digits, nonce=nonce)
    assert check(event, digits, nonce=nonce) == first
    assert CheckIn.objects.count() == 1


def test_whoever_is_in_already_is_told_so(event: Event, ada: Attendee) -> None:
    arrive(ada)
    row = check(event, ask(event))
    assert isinstance(row, CheckIn)
    assert row.outcome == "already_in"


def test_code_is_kept_as_a_digest_only(event: Event, ada: Attendee) -> None:
    digits = ask(event)
    kept = MailCode.objects.get()
    assert kept.email == "ada@example.org"
    assert len(kept.digest) == 64
    assert kept.digest.count(digits) == 0


def test_fifth_wrong_try_ends_a_code(event: Event, ada: Attendee) -> None:
    digits = ask(event)
    for _ in range(4):
        assert check(event, other_than(digits)) is None
    row = check(event, digits)
    assert isinstance(row, CheckIn)

    digits = ask(event)
    for _ in range(5):
        assert check(event, other_than(digits)) is None
    assert check(event, digits) is None
    assert CheckIn.objects.count() == 1


def test_code_is_good_for_a_quarter_of_an_hour(event: Event, ada: Attendee) -> None:
    digits = ask(event)
    MailCode.objects.update(valid_until=timezone.now())
    assert check(event, digits) is None


def test_mails_may_overtake_each_other(event: Event, ada: Attendee) -> None:
    older, newer = ask(event), ask(event)
    assert isinstance(check(event, older), CheckIn)
    assert isinstance(check(event, newer), CheckIn)


def test_wrong_try_counts_for_each_code_that_is_still_good(event: Event, ada: Attendee) -> None:
    older, newer = ask(event), ask(event)
    wrong = next(f"{n:06}" for n in range(3) if f"{n:06}" not in (older, newer))
    for _ in range(5):
        check(event, wrong)
    assert [check(event, older), check(event, newer)] == [None, None]


def test_fourth_mail_in_a_quarter_of_an_hour_is_not_sent(event: Event, ada: Attendee) -> None:
    assert [ask(event) != "" for _ in range(4)] == [True, True, True, False]
    MailCode.objects.update(valid_until=timezone.now())
    assert ask(event)


def test_group_with_one_address_gets_a_mail_for_each_of_them(event: Event) -> None:
    for n in range(5):
        make_attendee(event, f"Friend {n}", email="group@example.org")
    codes = [ask(event, "group@example.org") != "" for _ in range(6)]
    assert codes == [True] * 5 + [False]


def test_codes_of_no_use_are_deleted_with_the_next_one(event: Event, ada: Attendee) -> None:
    ask(event)
    MailCode.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    ask(event)
    assert MailCode.objects.count() == 1


def test_friends_with_one_address_are_asked_who_they_are_and_the_code_still_counts(
    event: Event, ada: Attendee
) -> None:
    bo = make_attendee(event, "Bo Diddley", email="ada@example.org")
    digits = ask(event)
    assert check(event, digits) == [ada, bo]
    row = check(event, digits, chosen=bo.pk)
    assert isinstance(row, CheckIn)
    assert (row.attendee, row.outcome) == (bo, "entry")


def test_choosing_a_stranger_is_asking_again(event: Event, ada: Attendee) -> None:
    bo = make_attendee(event, "Bo Diddley", email="ada@example.org")
    eve = make_attendee(event, "Eve Arden", email="eve@example.org")
    assert check(event, ask(event), chosen=eve.pk) == [ada, bo]
    assert event.checkins.count() == 0


def test_friends_who_cancelled_are_not_among_those_to_choose_from(
    event: Event, ada: Attendee
) -> None:
    make_attendee(event, "Bo Diddley", email="ada@example.org", status="cancelled")
    row = check(event, ask(event))
    assert isinstance(row, CheckIn)
    assert row.attendee == ada


@pytest.mark.parametrize("status", ["cancelled", "blocked"])
def test_who_is_not_welcome_is_refused_and_the_code_stays(event: Event, status: str) -> None:
    make_attendee(event, "Ada", email="ada@example.org", status=status)
    row = check(event, ask(event))
    assert isinstance(row, CheckIn)
    assert row.outcome == status
    assert MailCode.objects.get().used_at is None


def test_code_does_not_open_another_event_or_another_address(event: Event, ada: Attendee) -> None:
    other = make_event(title="Other evening")
    make_attendee(other, "Ada Lovelace", email="ada@example.org")
    make_attendee(event, "Bo Diddley", email="bo@example.org")
    digits = ask(event)
    assert check(other, digits) is None
    assert check(event, digits, email="bo@example.org") is None


@pytest.mark.parametrize("email", ["ada@example.org", "eve@example.org"])
def test_before_and_after_the_evening_no_mail_is_sent_to_anybody(email: str) -> None:
    event = make_event(doors=False)
    make_attendee(event, email="ada@example.org")
    with pytest.raises(Refusal, match="The doors are not open yet"):
        ask(event, email)
    open_event = make_event()
    make_attendee(open_event, email="ada@example.org")
    ended = end_event(event=open_event)
    with pytest.raises(Refusal, match="This evening is over"):
        ask(ended, email)
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["ada@example.org", "eve@example.org"])
def test_mail_server_out_of_reach_is_said_alike_to_known_and_unknown(
    event: Event,
    ada: Attendee,
    email: str,
    settings: SettingsWrapper,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(Refusal) as caught:
        send_mail_code(event=event, email=email)
    assert (caught.value.status, caught.value.code) == (503, "mail_failed")
    assert caught.value.message == (
        "We cannot send mail just now. The people at the door also find you by name."
    )
    (line,) = caplog.messages
    assert line.startswith("The mail server cannot be reached: ")
    assert MailCode.objects.count() == 0
