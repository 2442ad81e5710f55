"""From the question after a round to a letter that arrives, on real phones in a real Chromium, with a real mail server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
import vobject
from playwright.sync_api import expect

from tests import services
from tests.browser.evening import (
    EVERYBODY_IN,
    PHONE,
    Evening,
    begin_evening,
    focused,
    serious_trouble,
    tab_to,
)
from tests.mailserver import MailServer, mail_server
from tests.serving import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

GUESTS = dict.fromkeys(("Ada Lovelace", "Bo Diddley", "Cleo Laine", "Dee Brown"), "Night trains")
QUESTION = "Would you like a longer talk in the next week?"
NARROW = {"width": 320, "height": 640}
OWN = "Shall we take the night train to Trieste in March?"

# Everybody sat at one table, and the round is over. Each has an address, as the guest list knows it.
A_ROUND = (
    """
Event.objects.filter(slug={slug!r}).update(time_zone="Europe/Berlin")
for person in Event.objects.get(slug={slug!r}).attendees.all():
    person.email = person.name.split()[0].lower() + "@guests.example"
    person.save()
"""
    + EVERYBODY_IN
    + """
from matching.models import Round
from matching.selectors import mixer_of
from matching.services import draft_round, end_evening, end_round, publish_round, start_round
version = lambda: mixer_of(event).version
held = draft_round(event=event, version=version())
for step in (publish_round, start_round, end_round):
    step(round=Round.objects.get(pk=held.pk), version=version())
"""
)
# The evening is over for more than an hour: time is moved by writing when it ended.
REVEALED = """
from datetime import timedelta
from django.utils import timezone
from events.models import Event
from matching.selectors import mixer_of
from matching.services import end_evening
event = Event.objects.get(slug={slug!r})
if event.phase == "open":
    end_evening(event=event, version=mixer_of(event).version)
Event.objects.filter(pk=event.pk).update(ended_at=timezone.now() - timedelta(minutes=61))
"""
# Ada picked Bo and Cleo, who picked her; Dee asks to meet Ada, and waits for her yes.
MUTUAL = """
from tablemates.followup.models import IntroduceMe, Pick, Promise
ada, bo, cleo, dee = event.attendees.order_by("name")
for one, other in ((ada, bo), (bo, ada), (ada, cleo), (cleo, ada)):
    Pick.objects.create(picker=one, picked=other, shares=["email"] if one == bo else [])
IntroduceMe.objects.create(
    asker=dee, name="Ada", target=ada, via=cleo, status="with_target", asker_shares=["email"]
)
for owner, to, text in ((ada, bo, "Send the timetable"), (bo, ada, "Lend a record")):
    Promise.objects.create(owner=owner, to=to, text=text, due=timezone.now().date() + timedelta(days=3))
"""
# The clock's part of "introduce me": whoever knows both is asked. Says who that is.
PASSED_ON = """
from events.models import Event
from tablemates.followup.services import forward_requests
event = Event.objects.get(slug={slug!r})
forward_requests(event_id=event.pk)
print(event.attendees.get(introduces__status="with_via").name)
"""
GONE = """
from events.models import Event
from tablemates.followup.services import delete_event
delete_event(event=Event.objects.get(slug={slug!r}))
"""


@pytest.fixture(scope="module")
def mailbox() -> Iterator[MailServer]:
    with mail_server() as box:
        yield box


@pytest.fixture(scope="module")
def mailing(tmp_path_factory: pytest.TempPathFactory, mailbox: MailServer) -> Iterator[Server]:
    """A server whose mail goes out."""
    home = tmp_path_factory.mktemp("mailing")
    port = services.free_port()
    mail = {"EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}"}
    env = {**os.environ, "TABLEMATES_HOME": str(home), **mail}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    served = Server(f"http://localhost:{port}", env)
    served.tablemates("migrate", "--verbosity", "0")
    log = home / "server.log"
    with serving(served, port, log):
        yield served
    assert "Traceback" not in log.read_text(errors="replace")


@pytest.fixture(scope="module")
def ended(mailing: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    """An evening that ended an hour ago, with introductions."""
    folder = tmp_path_factory.mktemp("ended")
    begun = begin_evening(
        mailing, folder, "ended", GUESTS, doors=True, then=A_ROUND + REVEALED + MUTUAL
    )
    yield begun
    begun.close()


@pytest.fixture
def own_page(ended: Evening, browser: Browser) -> Iterator[Any]:
    """own_page(name, size) -> Page: somebody's page after that evening."""

    def open_page(name: str, size: dict[str, int] = PHONE) -> Page:
        page = ended.page(browser, size, ended.ticket_link(name))
        expect(page.get_by_role("heading", name="Was it worth your time?")).to_be_visible()
        return page

    yield open_page
    ended.close()


def say_yes(phone: Page, name: str) -> Locator:
    """Would like a longer talk with somebody; their row."""
    row = phone.get_by_role("group", name=name, exact=True)
    row.get_by_role("button", name=f"{name} Yes").click()
    expect(row.get_by_text("✓ Saved").first).to_be_visible()
    return row


def introduced(phone: Page, name: str) -> Locator:
    return phone.get_by_role("article", name=name)


def fetched(phone: Page, button: Locator) -> vobject.base.Component:
    """What a button downloads, read by another library."""
    with phone.expect_download() as download:
        button.click()
    return vobject.readOne(download.value.path().read_text(encoding="utf-8"))


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def answer_the_question(ada: Page, bo: Page) -> None:
    """Both would like a longer talk; Bo shares his address, and Ada notes what they talked about."""
    for phone in (ada, bo):
        expect(phone.get_by_role("heading", level=1, name=QUESTION)).to_be_visible()
    row = say_yes(ada, "Bo")
    row.get_by_role("button", name="More Bo").click()
    with ada.expect_response("**/api/v1/me/notes/*"):
        row.get_by_label("What we talked about").fill("His record shop")
        ada.get_by_role("button", name="Done").click()
    expect(ada.get_by_role("heading", level=1, name="Time is up")).to_be_visible()
    row = say_yes(bo, "Ada")
    row.get_by_role("button", name="More Ada").click()
    with bo.expect_response("**/api/v1/me/picks/*"):
        row.get_by_role("button", name="E-mail").click()
    expect(row.get_by_label("E-mail")).to_have_value("bo@guests.example")


def take_files(phone: Page, card: Locator) -> None:
    """The card and a day for the calendar hold what the page shows."""
    vcard = fetched(phone, card.get_by_role("button", name="Save to my contacts"))
    assert (vcard.fn.value, vcard.email.value) == ("Bo Diddley", "bo@guests.example")
    card.get_by_text("Find a day for the longer talk").click()
    at = card.get_by_label("When").input_value()
    talk = fetched(phone, card.get_by_role("button", name="Put it in my calendar")).vevent
    assert talk.dtstart.value.strftime("%Y-%m-%dT%H:%M") == at
    assert talk.dtstart.value.tzname() in ("CET", "CEST")


def write_letter(phone: Page, card: Locator) -> None:
    """Not without words of one's own; and a tunnel in between loses nothing and sends nothing twice."""
    send = card.get_by_role("button", name="Send it for me")
    card.get_by_text("Write to Bo").click()
    letter = card.get_by_label("Your letter")
    expect(letter).to_have_value(
        "Hello Bo,\n\nWe sat together at Evening through and talked about Night trains.\n\nHis record shop"
    )
    send.click()
    expect(card.get_by_text("7 more letters of your own")).to_be_visible()
    letter.press_sequentially(f". {OWN}")
    phone.context.set_offline(True)
    send.click()
    expect(card.get_by_text("No connection to the event")).to_be_visible()
    phone.context.set_offline(False)
    send.click()
    expect(card.get_by_text("✓ Your letter went out on")).to_be_focused()


def test_two_phones_go_from_the_question_to_a_letter_that_arrives(
    mailing: Server, mailbox: MailServer, tmp_path: Path, browser: Browser
) -> None:
    evening = begin_evening(mailing, tmp_path, "through", GUESTS, doors=True, then=A_ROUND)
    ada, bo = (
        evening.page(browser, PHONE, evening.ticket_link(name))
        for name in ("Ada Lovelace", "Bo Diddley")
    )
    answer_the_question(ada, bo)
    mailing.shell(REVEALED.format(slug=evening.slug))
    for phone in (ada, bo):
        phone.reload()
    card = introduced(ada, "Bo Diddley")
    expect(card.get_by_role("link", name="bo@guests.example")).to_be_visible()
    expect(
        introduced(bo, "Ada Lovelace").get_by_text("shares no way to reach them")
    ).to_be_visible()
    expect(bo.get_by_text("ada@guests.example")).to_have_count(0)
    take_files(ada, card)
    write_letter(ada, card)

    (mail,) = (mail for mail in mailbox.mails if OWN in " ".join(mail.get_content().split()))
    assert mail["To"].addresses[0].addr_spec == "bo@guests.example"
    assert mail["From"].addresses[0].display_name == "Ada Lovelace via Tablemates"
    assert "ada@guests.example" not in mail.as_string()
    ada.reload()
    expect(card.get_by_text("✓ Your letter went out on")).to_be_visible()
    evening.close()


def test_a_letter_is_written_and_sent_by_keyboard_alone(own_page: Any, mailbox: MailServer) -> None:
    page = own_page("Cleo Laine")
    tab_to(page, "Write to Ada")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your letter")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your letter")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(f"\n\n{OWN}")
    tab_to(page, "Send it for me")
    page.keyboard.press("Enter")
    expect(page.get_by_text("✓ Your letter went out on")).to_be_focused()
    assert mailbox.mails[-1]["To"].addresses[0].addr_spec == "ada@guests.example"


def test_promises_are_kept_and_thanked_for_on_both_sides(own_page: Any) -> None:
    bo = own_page("Bo Diddley")
    mine = bo.get_by_role("listitem").filter(has_text="Lend a record")
    mine.get_by_role("button", name="Done").click()
    expect(mine.get_by_text("To Ada · done")).to_be_visible()
    expect(mine.get_by_role("button", name="It is still open")).to_be_visible()
    ada = own_page("Ada Lovelace")
    theirs = ada.get_by_role("listitem").filter(has_text="Lend a record")
    theirs.get_by_role("button", name="That helped, thank you").click()
    expect(theirs.get_by_text("Bo · you said that it helped")).to_be_visible()
    expect(theirs.get_by_text("Saved")).to_be_attached()
    bo.reload()
    expect(mine.get_by_text("To Ada · Ada says that it helped")).to_be_visible()


def test_who_is_asked_for_says_yes_with_what_they_share_and_both_find_each_other(
    own_page: Any,
) -> None:
    ada = own_page("Ada Lovelace")
    asked = ada.get_by_role("listitem").filter(has_text="Dee B. would like to meet you")
    asked.get_by_role("button", name="Phone").click()
    asked.get_by_label("Phone").fill("+49 30 5550100")
    asked.get_by_role("button", name="Introduce us").click()
    card = introduced(ada, "Dee Brown")
    expect(card.get_by_text("Cleo L. brought you together.")).to_be_visible()
    dee = own_page("Dee Brown")
    contact = introduced(dee, "Ada Lovelace").get_by_role("link", name="+49 30 5550100")
    expect(contact).to_be_visible()


def test_introduce_me_goes_through_who_knows_both_and_needs_the_yes_of_either(
    ended: Evening, own_page: Any
) -> None:
    dee = own_page("Dee Brown")
    dee.get_by_text("Introduce me to somebody").click()
    dee.get_by_label("Their name").fill("bo diddley")
    dee.get_by_role("button", name="Ask for me").click()
    expect(dee.get_by_text("We see what we can do.")).to_be_visible()
    between = own_page(ended.server.shell(PASSED_ON.format(slug=ended.slug)).strip())
    wish = between.get_by_role("listitem").filter(has_text="Dee B. would like to meet Bo D.")
    wish.get_by_role("button", name="Yes, ask them").click()
    expect(wish).to_have_count(0)
    bo = own_page("Bo Diddley")
    asked = bo.get_by_role("listitem").filter(has_text="Dee B. would like to meet you")
    dee.reload()
    expect(dee.get_by_role("heading", name="Was it worth your time?")).to_be_visible()
    expect(introduced(dee, "Bo Diddley")).to_have_count(0)
    asked.get_by_role("button", name="Introduce us").click()
    expect(introduced(bo, "Dee Brown")).to_be_visible()
    dee.reload()
    expect(introduced(dee, "Bo Diddley")).to_be_visible()


def test_page_reads_well_narrow_and_right_to_left_and_axe_finds_nothing(own_page: Any) -> None:
    page = own_page("Ada Lovelace", NARROW)
    for row in page.locator("summary").all():
        row.click()
    expect(page.get_by_label("Their name")).to_be_visible()
    trouble = {"opened": serious_trouble(page), "overflow": overflow(page)}
    page.evaluate("document.documentElement.dir = 'rtl'")
    trouble["overflow, right to left"] = overflow(page)
    assert trouble == {"opened": [], "overflow": 0, "overflow, right to left": 0}


def test_one_tap_and_nobody_is_written_to_any_more(own_page: Any) -> None:
    bo = own_page("Bo Diddley")
    bo.get_by_role("button", name="Leave me alone").click()
    expect(bo.get_by_text("You are left alone")).to_be_visible()
    expect(bo.get_by_text("Saved")).to_be_attached()
    ada = own_page("Ada Lovelace")
    card = introduced(ada, "Bo Diddley")
    card.get_by_text("Write to Bo").click()
    expect(card.get_by_text("Bo gets no mail through us")).to_be_visible()
    expect(card.get_by_role("button", name="Send it for me")).to_have_count(0)
    assert focused(ada).startswith("Write to Bo")


def test_links_of_an_evening_that_was_deleted_say_so_and_nothing_else(
    ended: Evening, browser: Browser
) -> None:
    ended.server.shell(GONE.format(slug=ended.slug))
    page = ended.page(browser, PHONE, ended.ticket_link("Ada Lovelace"))
    expect(page.get_by_role("heading", name="This evening has been deleted")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("scan the poster at the door")
    assert serious_trouble(page) == []
    forged = ended.page(browser, PHONE, f"{ended.server.url}/t#forged")
    expect(forged.get_by_text("To get a new one, scan the poster at the door")).to_be_visible()
