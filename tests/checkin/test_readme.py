"""The door's words are the same in the code, in its own README and in the pages' contract."""

from __future__ import annotations

import re
from pathlib import Path

from checkin.api.answers import STATUS
from checkin.models import CheckIn

ROOT = Path(__file__).parents[2]
OUTCOMES = set(CheckIn.Outcome.values)


def test_readme_tells_every_outcome_with_its_status() -> None:
    text = (ROOT / "checkin" / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.MULTILINE))
    assert set(told) == OUTCOMES
    # What a scanner without rights asks is refused before there is an outcome to answer.
    scanned = OUTCOMES - {"revoked_station"}
    assert {name: int(told[name]) for name in scanned} == {
        name: STATUS.get(name, 409) for name in scanned
    }


def test_contract_of_the_pages_names_the_same_outcomes() -> None:
    text = (ROOT / "frontend" / "src" / "live" / "contract.ts").read_text(encoding="utf-8")
    (union,) = re.findall(r"export type Outcome =\n((?:\s+\| '\w+'\n?)+)", text.replace(";", "\n"))
    assert set(re.findall(r"'(\w+)'", union)) == OUTCOMES
