"""What the solver refuses, each with a code for programs and a next step for people."""

from __future__ import annotations


class MatchingError(ValueError):
    """A refusal: `code` is stable and in snake_case, the message says what to do next."""

    code = "matching_error"


class InvalidProblem(MatchingError):
    """The input contradicts itself; the message names the person or topic at fault."""

    code = "invalid_problem"

    def __init__(self, message: str, *, code: str = "invalid_problem") -> None:
        super().__init__(message)
        self.code = code


class Unsolvable(MatchingError):
    """The input is sound, but nobody can be seated by these table sizes."""

    code = "unsolvable"


class NotEnoughPeople(Unsolvable):
    """Fewer people than one table needs."""

    code = "not_enough_people"


class NoLegalSplit(Unsolvable):
    """No number of tables keeps every table between the smallest and the largest size."""

    code = "no_legal_split"


class NoFreeChairs(Unsolvable):
    """The people of a table cannot all sit down at the others."""

    code = "no_free_chairs"


class NobodyToSpare(Unsolvable):
    """No other table can give anybody away."""

    code = "nobody_to_spare"
