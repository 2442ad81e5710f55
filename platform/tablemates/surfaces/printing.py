"""Paper for the evening: poster, tickets, badges and table cards, laid out sheet by sheet for A4 or Letter.

Nothing is left to the browser's own page breaks: every sheet is cut to measure, so that what is seen is what is printed.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from events.gone import is_gone
from events.models import Attendee
from events.names import called
from events.payloads import event_for_console, poster_path
from events.selectors import events_of
from events.ticket_mail import ticket_link
from events.tickets import badge_tickets
from events.wording import short_code, when
from matching.models import Round
from tablemates.accounts.selectors import signed_in
from tablemates.links import absolute, opens_here_only
from tablemates.qr import QUARTILE, Code
from tablemates.surfaces.paper import A4, PAPERS, Grid, Paper, badges_on, tickets_on
from tablemates.surfaces.views import gone_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from events.models import Event

# A code reads from ten times its width; on the wall it gets a fifth more where the paper has room.
REACH, RESERVE = 10, 1.2
NEAREST, USUAL, FARTHEST = 0.3, 1.5, 20.0
MOST_TOPICS = 3

Card = TypeVar("Card")


@dataclass(frozen=True)
class Order:
    """What is to be printed: of which event, on which paper, read from how far (metres)."""

    request: HttpRequest
    event: Event
    paper: Paper
    distance: float


@never_cache
@login_required
def print_page(request: HttpRequest, event_id: UUID, kind: str) -> HttpResponse:
    """One kind of paper, with a bar above it that is not printed."""
    if is_gone(event_id):
        return gone_page(request)
    event = get_object_or_404(events_of(signed_in(request)), pk=event_id)
    if kind not in KINDS:
        raise Http404
    paper = PAPERS.get(request.GET.get("paper", ""), A4)
    order = Order(request, event, paper, _distance(request.GET.get("distance", "")))
    frame = {
        "event": event,
        "kind": kind,
        "kinds": {name: title for name, (title, _make) in KINDS.items()},
        "paper": paper,
        "papers": PAPERS.values(),
        "distance": f"{order.distance:g}",
    }
    # It is the guests who read it.
    with translation.override(event.language):
        sheets = {"when": when(event), **KINDS[kind][1](order)}
        return render(request, f"print/{kind}.html", frame | sheets)


@login_required
def old_poster_page(request: HttpRequest, event_id: UUID) -> HttpResponseBase:
    """Where the poster was to be found before."""
    return redirect("print", event_id=event_id, kind="poster")


def _distance(text: str) -> float:
    try:
        metres = float(text)
    except ValueError:
        return USUAL
    return min(max(round(metres, 1), NEAREST), FARTHEST) if math.isfinite(metres) else USUAL


def _poster(order: Order) -> dict[str, Any]:
    """The poster at the door; where paper will not do, why and what will."""
    event, paper = order.event, order.paper
    if event.poster_mode == event.PosterMode.ROTATING:
        return {"rotating": True, "screen": event_for_console(event)["poster_screen_url"]}
    link = absolute(order.request, poster_path(event))
    code = Code(link, QUARTILE)
    needed, largest = order.distance * 1000 / REACH, paper.largest_code(code)
    if needed > largest:
        return {"too_small": _too_small(order, needed, largest), "fits": _fits(largest)}
    module = min(needed * RESERVE, largest) / code.size
    return {
        "notes": _here_only(link),
        "link": link,
        "code": code,
        "width": f"{(code.size + 8) * module:.2f}",
    }


def _fits(largest: float) -> str:
    """The longest distance that a paper serves, rounded down."""
    return f"{math.floor(largest / 100 * 10) / 10:g}"


def _too_small(order: Order, needed: float, largest: float) -> str:
    return _(
        "To be read from %(distance)s m the code must be %(needed)d mm wide, and %(paper)s has room for %(largest)d mm. "
        "Print the poster for %(fits)s m and have it enlarged to at least %(percent)d %%, or hang it where people come closer."
    ) % {
        "distance": f"{order.distance:g}",
        "needed": math.ceil(needed),
        "paper": order.paper.name,
        "largest": largest,
        "fits": _fits(largest),
        "percent": math.ceil(needed / (float(_fits(largest)) * 100) * 100),
    }


def _here_only(link: str) -> list[str]:
    if not opens_here_only(link):
        return []
    words = _(
        "The address in the code opens on this computer only, on no phone. "
        "Set PUBLIC_URL, or start the server with --host 0.0.0.0, and print it then."
    )
    return [words]


def _tickets(order: Order) -> dict[str, Any]:
    """A ticket for everyone who is expected, ten on a sheet."""
    people = _people(order.event)
    own = {t.attendee_id: t for t in order.event.tickets.all() if t.opens_page}
    site = absolute(order.request, "/").rstrip("/")
    cards = [
        {
            "person": person,
            "code": Code(ticket_link(own[person.pk], site)),
            "short": short_code(own[person.pk]),
        }
        for person in people
        if person.pk in own
    ]
    without = len(people) - len(cards)
    grid = tickets_on(order.paper)
    return {
        "grid": grid,
        "sheets": _sheets(cards, grid),
        "notes": _here_only(site) + _without(without),
    }


def _without(count: int) -> list[str]:
    if not count:
        return []
    words = ngettext(
        "%(count)d guest has no valid ticket and is left out. Make a new one in the guest list.",
        "%(count)d guests have no valid ticket and are left out. Make new ones in the guest list.",
        count,
    )
    return [words % {"count": count}]


def _badges(order: Order) -> dict[str, Any]:
    """A badge for everyone who is expected: what they are called, and what to talk about with them."""
    people = _people(order.event)
    badges = badge_tickets(event=order.event, people=people)
    cards = [
        {
            "person": person,
            "name": called(person.name),
            "topics": [interest.label for interest in person.interests.all()[:MOST_TOPICS]],
            "code": Code(badges[person.pk].secret),
        }
        for person in people
    ]
    grid = badges_on(order.paper)
    return {"grid": grid, "sheets": _sheets(cards, grid)}


def _table_cards(order: Order) -> dict[str, Any]:
    """Tents to stand on the tables: of the drafted round, else of the one that is on, else blank ones to write on."""
    rounds = Round.objects.filter(mixer__event=order.event)
    round = (
        rounds.filter(status=Round.Status.DRAFT).first()
        or rounds.filter(status=Round.Status.PUBLISHED).first()
    )
    tables = list(round.tables.select_related("topic")) if round else []
    cards = [(table.number, table.topic.label if table.topic else "") for table in tables]
    if not cards:
        people = order.event.attendees.filter(status=Attendee.Status.REGISTERED).count()
        count = max(1, math.ceil(people / order.event.table_size))
        cards = [(number, "") for number in range(1, count + 1)]
    return {
        "cards": cards,
        "round": round,
        "blank": not tables,
        "fold": f"M4,{order.paper.height / 2:.2f}h6M{order.paper.width - 10:.2f},{order.paper.height / 2:.2f}h6",
    }


def _people(event: Event) -> list[Attendee]:
    """Who is expected, A to Z."""
    expected = event.attendees.filter(status=Attendee.Status.REGISTERED)
    return sorted(expected.prefetch_related("interests"), key=lambda person: _a_to_z(person.name))


def _a_to_z(name: str) -> tuple[str, str]:
    """Zoë stands where Zoe does."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)), name


def _sheets(cards: Sequence[Card], grid: Grid) -> list[Sequence[Card]]:
    return [cards[n : n + grid.each] for n in range(0, len(cards), grid.each)]


KINDS: dict[str, tuple[Any, Callable[[Order], dict[str, Any]]]] = {
    "poster": (gettext_lazy("Poster"), _poster),
    "tickets": (gettext_lazy("Tickets"), _tickets),
    "badges": (gettext_lazy("Badges"), _badges),
    "table-cards": (gettext_lazy("Table cards"), _table_cards),
}
