"""Rounds over HTTP: every route, for the own team only, and every refusal as {code, message}."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from events.models import Event
from matching.models import Mixer, Round, Table, VenueTable
from matching.selectors import mixer_of
from matching.services import draft_round, publish_round
from matching.urls import urlpatterns
from tablemates.live.models import Message
from tests.rows import make_crowd, make_event, make_organiser

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db

ROUND_ACTS = (
    "publish", "undo", "discard", "resolve", "start", "pause", "resume", "extend", "end",
)  # fmt: skip


class Console:
    """An organiser's browser."""

    def __init__(self, event: Event, email: str = "ada@example.org") -> None:
        self.client = Client()
        self.client.force_login(make_organiser(email, event.team))
        self.event = event

    @property
    def version(self) -> int:
        return Mixer.objects.get(event=self.event).version

    def send(self, path: str, method: str = "post", **body: Any) -> HttpResponse:
        send = getattr(self.client, method)
        answer: HttpResponse = send(f"/api/v1/{path}", body, content_type="application/json")
        return answer

    def event_act(self, act: str, **body: Any) -> HttpResponse:
        return self.send(f"events/{self.event.pk}/{act}", **body)

    def round_act(self, pk: str | UUID, act: str, **body: Any) -> HttpResponse:
        return self.send(f"rounds/{pk}/{act}", **{"version": self.version, **body})


@pytest.fixture
def console() -> Console:
    event = make_event()
    make_crowd(event, "farming", "chess")
    mixer_of(event)
    return Console(event)


def said(answer: HttpResponse) -> tuple[int, Any]:
    return answer.status_code, answer.json()


def refusal(answer: HttpResponse) -> tuple[int, str]:
    """Status and code of a refusal, whose body holds a code, a sentence and perhaps a field."""
    body = answer.json()
    assert set(body) - {"field", "changes"} == {"code", "message"}
    assert body["message"].endswith((".", "?"))
    return answer.status_code, body["code"]


def test_round_from_draft_to_end_answers_the_new_version_each_time(console: Console):
    answer = console.event_act("rounds", version=0)
    drafted = Round.objects.get()
    assert said(answer) == (201, {"id": str(drafted.pk), "version": 1})
    acts = [
        console.round_act(drafted.pk, "publish"),
        console.round_act(drafted.pk, "start"),
        console.round_act(drafted.pk, "pause"),
        console.round_act(drafted.pk, "resume"),
        console.round_act(drafted.pk, "extend", minutes=2),
        console.round_act(drafted.pk, "end"),
    ]
    assert [said(act) for act in acts] == [(200, {"version": n}) for n in range(2, 8)]
    assert Round.objects.get().status == "done"


def test_draft_is_discarded(console: Console):
    pk = console.event_act("rounds", version=0).json()["id"]
    assert said(console.round_act(pk, "discard")) == (200, {"version": 2})
    assert Round.objects.count() == 0


def test_drafts_are_edited_pinned_solved_again_published_and_undone(console: Console):
    pk = console.event_act("rounds", version=0).json()["id"]
    round = Round.objects.get(pk=pk)
    one, other = (table.seats.first() for table in round.tables.all())
    table = str(other.table_id)
    here, there = str(one.attendee_id), str(other.attendee_id)
    acts = [
        console.round_act(pk, "move", attendee=here, table=table),
        console.round_act(pk, "move", attendee=here, table=None),
        console.round_act(pk, "move", attendee=here, table=table, swap=there),
        console.round_act(pk, "pin", on=True, attendee=here),
        console.round_act(pk, "pin", on=True, table=table),
        console.round_act(pk, "pin", on=False, table=table),
        console.round_act(pk, "resolve"),
        console.round_act(pk, "publish"),
        console.round_act(pk, "move", attendee=here, table=None, confirmed=True),
        console.round_act(pk, "undo"),
    ]
    assert [said(act) for act in acts] == [(200, {"version": n}) for n in range(2, 12)]
    assert Round.objects.get().status == "draft"


def test_a_colleague_with_an_older_version_reads_what_was_done_and_by_whom(console: Console):
    pk = console.event_act("rounds", version=0).json()["id"]
    seat = Round.objects.get(pk=pk).seats.first()
    console.round_act(pk, "move", attendee=str(seat.attendee_id), table=None)
    answer = console.send(f"rounds/{pk}/publish", version=0)
    assert refusal(answer) == (409, "version_conflict")
    changes = answer.json()["changes"]
    assert [(c["version"], c["by"], c["kind"], c["params"]) for c in changes] == [
        (1, "ada@example.org", "round_drafted", {"round": 1}),
        (
            2,
            "ada@example.org",
            "person_moved",
            {"round": 1, "person": seat.attendee.name, "from": seat.table.number, "table": None},
        ),
    ]


@pytest.mark.parametrize("version", [7, 10**30])
def test_a_version_that_never_was_is_a_conflict_without_changes(console: Console, version: int):
    answer = console.event_act("rounds", version=version)
    assert (refusal(answer), "changes" in answer.json()) == ((409, "version_conflict"), False)


PERSON = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    ("act", "body", "field"),
    [
        ("move", {}, "attendee"),
        ("move", {"attendee": PERSON}, "table"),
        ("move", {"attendee": "Ada", "table": None}, "attendee"),
        ("move", {"attendee": PERSON, "table": "4"}, "table"),
        ("move", {"attendee": PERSON, "table": None, "swap": None}, "swap"),
        ("move", {"attendee": PERSON, "table": PERSON, "swap": PERSON}, "swap"),
        ("move", {"attendee": PERSON, "table": None, "confirmed": "perhaps"}, "confirmed"),
        ("pin", {"attendee": PERSON}, "on"),
        ("pin", {"on": True}, ""),
        ("pin", {"on": True, "attendee": PERSON, "table": PERSON}, ""),
        ("pin", {"on": True, "table": [PERSON]}, "table"),
    ],
)
def test_a_senseless_edit_is_refused_and_names_the_field(
    console: Console, act: str, body: dict[str, Any], field: str
):
    round = draft_round(event=console.event, version=0)
    answer = console.round_act(round.pk, act, **body)
    assert (refusal(answer), answer.json().get("field", "")) == ((400, "invalid"), field)
    assert mixer_of(console.event).version == 1


def test_people_and_tables_that_are_not_there_are_not_found(console: Console):
    round = draft_round(event=console.event, version=0)
    person = str(round.seats.first().attendee_id)
    stranger = make_crowd(make_event(), "farming", each=1)[0]
    bodies = [
        {"attendee": PERSON, "table": None},
        {"attendee": str(stranger.pk), "table": None},
        {"attendee": person, "table": PERSON},
        {"attendee": person, "table": str(round.tables.first().pk), "swap": PERSON},
    ]
    answers = [console.round_act(round.pk, "move", **body) for body in bodies]
    answers += [console.round_act(round.pk, "pin", on=True, attendee=PERSON)]
    answers += [console.round_act(round.pk, "pin", on=True, table=PERSON)]
    assert [refusal(answer) for answer in answers] == [(404, "not_found")] * 6


def test_a_table_of_another_round_is_unknown_to_this_one(console: Console):
    old = draft_round(event=console.event, version=0)
    publish_round(round=old, version=1)
    round = draft_round(event=console.event, version=2)
    table, person = str(old.tables.first().pk), str(round.seats.first().attendee_id)
    moved = console.round_act(round.pk, "move", attendee=person, table=table)
    pinned = console.round_act(round.pk, "pin", on=True, table=table)
    assert [refusal(moved), refusal(pinned)] == [(422, "unknown_table")] * 2


TABLE = {"number": 1, "chairs": 6, "x": 10, "y": 20, "features": ["quiet"], "closed": False}
DOOR = {"x": 50, "y": 100}


def test_the_plan_of_the_room_is_set_and_read_in_the_snapshot(console: Console):
    path = f"events/{console.event.pk}"
    tables = [TABLE | {"number": 7}, TABLE]
    answer = console.send(f"{path}/venue", "put", version=0, entrance=DOOR, tables=tables)
    assert said(answer) == (200, {"version": 1})
    state = console.client.get(f"/api/v1/{path}/snapshot").json()["state"]
    assert (state["venue"], state["mixer"]["entrance"]) == ([TABLE, TABLE | {"number": 7}], DOOR)
    old = console.send(f"{path}/venue", "put", version=0, entrance=DOOR, tables=[])
    assert refusal(old) == (409, "version_conflict")


@pytest.mark.parametrize(
    "change",
    [
        {"entrance": None},
        {"entrance": {"x": 101, "y": 0}},
        {"entrance": {"x": 5}},
        {"tables": None},
        {"tables": "none"},
        {"tables": [7]},
        {"tables": [TABLE, TABLE]},
        {"tables": [TABLE | {"number": 0}]},
        {"tables": [TABLE | {"number": "one"}]},
        {"tables": [TABLE | {"chairs": 0}]},
        {"tables": [TABLE | {"chairs": 17}]},
        {"tables": [TABLE | {"x": -1}]},
        {"tables": [TABLE | {"y": 100.5}]},
        {"tables": [TABLE | {"features": ["loud"]}]},
        {"tables": [TABLE | {"features": "quiet"}]},
        {"tables": [TABLE | {"closed": "maybe"}]},
        {"tables": [{"number": 1}]},
        {"tables": [TABLE | {"number": n} for n in range(1, 202)]},
    ],
)
def test_a_senseless_plan_of_the_room_is_refused(console: Console, change: dict[str, Any]):
    body = {"version": 0, "entrance": DOOR, "tables": [TABLE]} | change
    answer = console.send(f"events/{console.event.pk}/venue", "put", **body)
    assert (refusal(answer), answer.json()["field"]) == ((400, "invalid"), next(iter(change)))
    assert not VenueTable.objects.exists()


def test_rolling_goes_on_and_off(console: Console):
    assert said(console.event_act("rolling", version=0, on=True)) == (200, {"version": 1})
    assert said(console.event_act("rolling", version=1, on=False)) == (200, {"version": 2})


def test_settings_change_title_sizes_and_times_in_one_go(console: Console):
    answer = console.send(
        f"events/{console.event.pk}", "patch", title="Supper", table_size=4, gap_minutes=0
    )
    assert said(answer) == (200, {"version": 1})
    event = Event.objects.get(pk=console.event.pk)
    assert (event.title, event.table_size, mixer_of(event).gap_minutes) == ("Supper", 4, 0)


def test_settings_say_when_and_where_and_how_the_poster_is_shown(console: Console):
    path = f"events/{console.event.pk}"
    when = {"starts_at": "2026-03-14T19:05:00+01:00", "time_zone": "Europe/Berlin"}
    answer = console.send(path, "patch", **when, place=" Hall 2 ", poster_mode="rotating")
    assert said(answer) == (200, {"version": 0})
    event = Event.objects.get(pk=console.event.pk)
    assert event.starts_at == datetime(2026, 3, 14, 18, 5, tzinfo=UTC)
    assert (event.time_zone, event.place, event.poster_mode) == (
        "Europe/Berlin",
        "Hall 2",
        "rotating",
    )

    console.send(path, "patch", starts_at=None, place="", poster_mode="static")
    event = Event.objects.get(pk=console.event.pk)
    assert (event.starts_at, event.place, event.poster_mode) == (None, "", "static")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"starts_at": "2026-03-14T18:05:00"},
            "Say the time zone too, as in 2026-03-14T18:05:00Z.",
        ),
        (
            {"starts_at": "1999-12-31T18:00:00Z"},
            "Choose a day between the years 2000 and 2100.",
        ),
        (
            {"time_zone": "Berlin"},
            "This time zone is not known. Choose one by its name, as in Europe/Berlin.",
        ),
    ],
)
def test_a_refused_setting_says_what_to_send_instead(
    console: Console, change: dict[str, Any], message: str
):
    answer = console.send(f"events/{console.event.pk}", "patch", **change)
    (field,) = change
    assert said(answer) == (400, {"code": "invalid", "message": message, "field": field})


def test_settings_are_changed_all_or_none(console: Console):
    path = f"events/{console.event.pk}"
    answer = console.send(path, "patch", title="Supper", gap_minutes=1, version=7)
    assert refusal(answer) == (409, "version_conflict")
    assert Event.objects.get(pk=console.event.pk).title == console.event.title


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"table_size": 2}, "table_size"),
        ({"table_size": "many"}, "table_size"),
        ({"table_min": 6}, "table_size"),
        ({"table_max": 4}, "table_size"),
        ({"starts_at": "tomorrow at six"}, "starts_at"),
        ({"starts_at": "2026-03-14T18:05:00"}, "starts_at"),
        ({"starts_at": "2026-02-30T18:05:00Z"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "starts_at"),
        ({"starts_at": "9999-12-31T23:59:59-12:00"}, "starts_at"),
        ({"starts_at": 1742000000}, "starts_at"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        ({"time_zone": "America"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "x" * 65}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
        ({"time_zone": None}, "time_zone"),
        ({"place": "x" * 161}, "place"),
        ({"place": "Hall\0"}, "place"),
        ({"poster_mode": "spinning"}, "poster_mode"),
        ({"round_minutes": 7}, "round_minutes"),
        ({"round_minutes": 61}, "round_minutes"),
        ({"gap_minutes": -1}, "gap_minutes"),
        ({"gap_minutes": 16}, "gap_minutes"),
    ],
)
def test_settings_out_of_range_are_refused_and_name_the_field(
    console: Console, change: dict[str, Any], field: str
):
    answer = console.send(f"events/{console.event.pk}", "patch", **change)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert refusal(answer)[0] == 400


def test_evening_ends(console: Console):
    answer = console.event_act("end", version=0)
    assert said(answer) == (200, {"phase": "ended", "version": 1})
    assert refusal(console.event_act("rounds", version=1)) == (409, "not_open")


@pytest.mark.parametrize("minutes", ["two", -5, 0, 31, None, 1.5, [], "2 "])
def test_senseless_minutes_are_refused_and_change_nothing(console: Console, minutes: Any):
    round = draft_round(event=console.event, version=0)
    publish_round(round=round, version=1)
    ends = Round.objects.get().ends_at
    answer = console.round_act(round.pk, "extend", minutes=minutes)
    if minutes == "2 ":
        assert said(answer) == (200, {"version": 3})
    else:
        assert refusal(answer) == (400, "invalid")
        assert Round.objects.get().ends_at == ends


@pytest.mark.parametrize("version", ["one", -1, None, [], {}, 1.5])
def test_senseless_version_is_refused(console: Console, version: Any):
    answer = console.event_act("rounds", version=version)
    assert (refusal(answer), answer.json()["field"]) == ((400, "invalid"), "version")


def test_missing_version_is_refused_on_every_act(console: Console):
    round = draft_round(event=console.event, version=0)
    answers = [console.event_act(act) for act in ("rounds", "rolling", "end")]
    answers += [console.send(f"rounds/{round.pk}/{act}") for act in ROUND_ACTS]
    assert [refusal(answer) for answer in answers] == [(400, "invalid")] * 12


def test_old_version_is_a_conflict_on_every_act(console: Console):
    round = draft_round(event=console.event, version=0)
    answers = [console.event_act(act, version=0, on=True) for act in ("rounds", "rolling", "end")]
    answers += [
        console.send(f"rounds/{round.pk}/{act}", version=0, minutes=1) for act in ROUND_ACTS
    ]
    assert [refusal(answer) for answer in answers] == [(409, "version_conflict")] * 12


def test_acts_that_do_not_fit_the_round_are_refused(console: Console):
    round = draft_round(event=console.event, version=0)
    assert refusal(console.round_act(round.pk, "pause")) == (409, "not_on")
    publish_round(round=round, version=1)
    assert refusal(console.round_act(round.pk, "resume")) == (409, "not_paused")
    assert refusal(console.round_act(round.pk, "publish")) == (409, "not_a_draft")
    assert refusal(console.event_act("rolling", version=2, on=True)) == (409, "round_on")
    console.round_act(round.pk, "end")
    assert refusal(console.round_act(round.pk, "end")) == (409, "not_on")


def test_too_few_people_is_a_refusal_that_says_how_many_are_missing():
    console = Console(make_event())
    answer = console.event_act("rounds", version=0)
    assert refusal(answer) == (409, "not_enough_people")


def _routes(event: Event, round: UUID | str) -> list[tuple[str, str]]:
    """Method and path of every route of this room that organisers have."""
    table = Table.objects.filter(round=round).first()
    ids = {"event_id": event.pk, "round_id": round, "table_id": table.pk if table else uuid4()}
    paths = [str(route.pattern) for route in urlpatterns]
    paths = [path for path in paths if not path.startswith("me/")]
    for name, value in ids.items():
        paths = [path.replace(f"<uuid:{name}>", str(value)) for path in paths]
    return [(_method(path), path) for path in paths]


def _method(path: str) -> str:
    if path.endswith("/venue"):
        return "put"
    return "patch" if path.count("/") == 1 else "post"


def test_another_teams_events_and_rounds_are_answered_like_ones_that_are_not_there(
    console: Console,
):
    round = draft_round(event=console.event, version=0)
    stranger = Console(make_event(), "eve@example.org")
    before = Message.objects.count()
    body = {"version": 1, "on": True, "minutes": 2, "title": "Mine now"}
    nowhere = Event(pk=uuid4())
    for (method, path), (_, unknown) in zip(
        _routes(console.event, round.pk), _routes(nowhere, uuid4()), strict=True
    ):
        answer = stranger.send(path, method, **body)
        assert refusal(answer) == (404, "not_found")
        assert answer.json() == stranger.send(unknown, method, **body).json()
    assert (Message.objects.count(), Round.objects.get().status) == (before, "draft")


def test_nobody_acts_without_signing_in(console: Console):
    round = draft_round(event=console.event, version=0)
    for method, path in _routes(console.event, round.pk):
        answer = getattr(Client(), method)(
            f"/api/v1/{path}", {"version": 1}, content_type="application/json"
        )
        assert (answer.status_code, set(answer.json())) == (403, {"code", "message"})


def test_act_without_the_csrf_token_is_refused(console: Console):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = console.client.cookies
    answer = browser.post(
        f"/api/v1/events/{console.event.pk}/rounds", {"version": 0}, content_type="application/json"
    )
    assert answer.status_code == 403
    assert Round.objects.count() == 0


def test_other_methods_are_refused(console: Console):
    for method, path in _routes(console.event, uuid4()):
        other = "patch" if method == "post" else "post"
        assert refusal(console.send(path, other)) == (405, "method_not_allowed")
