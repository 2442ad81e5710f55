"""A crowd that asks at once is answered by few look-ups, each with its own answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tablemates.surfaces import together
from tablemates.surfaces.together import Together

if TYPE_CHECKING:
    from collections.abc import Collection

pytestmark = pytest.mark.usefixtures("loop_end")


class Book:
    """Knows the length of every word but of "unknown"; counts how often it is opened."""

    def __init__(self) -> None:
        self.opened: list[int] = []

    def look_up(self, words: Collection[str]) -> dict[str, int]:
        self.opened.append(len(words))
        if "broken" in words:
            raise LookupError("broken")
        return {word: len(word) for word in words if word != "unknown"}


async def test_many_at_once_are_answered_by_two_look_ups_at_most() -> None:
    book = Book()
    lengths = Together(book.look_up)
    words = [("x" * n) for n in range(1, 200)]
    assert await asyncio.gather(*map(lengths.ask, words)) == list(range(1, 200))
    assert (len(book.opened) <= 2, sum(book.opened)) == (True, 199)


async def test_no_answer_is_none_and_the_same_question_gets_the_same_answer() -> None:
    lengths = Together(Book().look_up)
    asked = await asyncio.gather(*map(lengths.ask, ["ada", "unknown", "ada"]))
    assert asked == [3, None, 3]


async def test_more_than_a_look_up_takes_are_asked_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(together, "MOST", 10)
    book = Book()
    lengths = Together(book.look_up)
    assert len(await asyncio.gather(*(lengths.ask(str(n)) for n in range(35)))) == 35
    assert max(book.opened) == 10


async def test_a_failed_look_up_is_told_to_all_of_it_and_the_next_one_is_made() -> None:
    lengths = Together(Book().look_up)
    with pytest.raises(LookupError):
        await lengths.ask("broken")
    assert await lengths.ask("ada") == 3


async def test_whoever_hangs_up_takes_no_answer_from_others() -> None:
    lengths = Together(Book().look_up)
    first = asyncio.create_task(lengths.ask("ada"))
    second = asyncio.create_task(lengths.ask("ada"))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == 3
