"""How close two people are, what kind of company that makes them, and what such company is worth at a table. Pure.

Closeness grows with every evening at one table, an introduction and every promise that helped, each adding less than the
one before, and fades without contact. That ties fade, and fade more slowly the more there was, is what R. S. Burt found
("Decay functions", Social Networks 22, 2000, 1-28), and that it takes contact to keep them, S. G. B. Roberts and R. I. M.
Dunbar ("The costs of family and friends", Evolution and Human Behavior 32, 2011, 186-197). The numbers are ours.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

HALF_LIFE = timedelta(days=180)
WELL = 0.5
"""From this closeness on two people know each other well."""
EVENING, INTRODUCED, HELPED = 1.0, 1.0, 1.0
ENOUGH = 3.0
"""So many evenings bring two people 63 % of the way. One, even with an introduction, does not make them know each other well."""
PREFERENCE = 0.3
"""What a wish for a kind of people, or against it, adds to what they are worth."""


class Kind(models.TextChoices):
    """What somebody is to a person; see `kind_of`."""

    NEW = "new", _("new")
    MET = "met", _("met before")
    CLOSE = "close", _("well known")
    DORMANT = "dormant", _("well known, and not seen for long")
    ADMIRED = "admired", _("somebody to learn from")


CHOSEN = (Kind.NEW, Kind.MET, Kind.DORMANT, Kind.ADMIRED)
"""Kinds that a person may wish for. Whoever knows somebody well needs no table to meet them."""
WORTH = {
    Kind.NEW: 0.10,
    Kind.MET: -0.15,
    Kind.CLOSE: -0.60,
    Kind.DORMANT: 0.40,
    Kind.ADMIRED: 0.50,
}


class Known(Protocol):
    """What a person has with another, as `Tie` keeps it."""

    @property
    def times(self) -> int: ...
    @property
    def introduced_at(self) -> datetime | None: ...
    @property
    def helped(self) -> int: ...
    @property
    def last_contact(self) -> datetime | None: ...


def closeness(tie: Known) -> float:
    """How much there has been between two people, as if it were yesterday: 0..1, never quite 1."""
    introduced = INTRODUCED if tie.introduced_at else 0.0
    points = EVENING * tie.times + introduced + HELPED * tie.helped
    return -math.expm1(-points / ENOUGH)


def strength(tie: Known, now: datetime) -> float:
    """What is left of it: half of it after each `HALF_LIFE` without contact."""
    return closeness(tie) * _left(tie, now)


def _left(tie: Known, now: datetime) -> float:
    idle = now - tie.last_contact if tie.last_contact else timedelta()
    return 0.5 ** float(max(idle, timedelta()) / HALF_LIFE)


def kind_of(tie: Known | None, *, admired: bool, now: datetime) -> Kind:
    """What the other is to a person: a wish comes before what there was."""
    if admired:
        return Kind.ADMIRED
    if tie is None or not tie.times:
        return Kind.NEW
    close = closeness(tie)
    if close < WELL:
        return Kind.MET
    return Kind.CLOSE if close * _left(tie, now) >= WELL else Kind.DORMANT


def worth(kind: Kind, mix: Mapping[str, Any]) -> float:
    """What a tablemate of this kind is worth to somebody who would like this mix (`Person.mix`): -1..1."""
    wish = mix.get(kind, 0) if kind in CHOSEN else 0
    return max(-1.0, min(1.0, WORTH[kind] + PREFERENCE * wish))
