"""How many tables, and how large."""

from __future__ import annotations

from .errors import NoLegalSplit, NotEnoughPeople


def sizes_for(n: int, *, table_min: int, table_size: int, table_max: int) -> tuple[int, ...]:
    """Table sizes for `n` people: within one of each other, largest first.

    Of the legal numbers of tables the one with mean size nearest `table_size` wins; on a tie
    the one with smaller tables. Raises `NotEnoughPeople` or `NoLegalSplit`.
    """
    if n < table_min:
        raise NotEnoughPeople(
            f"{_people(n)} here and a table needs at least {table_min}: "
            f"wait for {table_min - n} more."
        )
    counts = _legal_counts(n, table_min, table_max)
    if not counts:
        raise NoLegalSplit(_split_advice(n, table_min, table_max))
    count = min(counts, key=lambda g: (abs(n / g - table_size), -g))
    small, larger = divmod(n, count)
    return (small + 1,) * larger + (small,) * (count - larger)


def forced_repeats(n: int, tables: int) -> int:
    """Fewest pairs that must meet again in round 2, by pigeonhole.

    Both rounds have `tables` tables of sizes within one of each other: a table of s people
    sends at least this many pairs together onto `tables` tables.
    """
    if n < 0 or tables < 1:
        raise ValueError(f"Cannot spread {n} people over {tables} tables: use at least one table.")
    small, larger = divmod(n, tables)
    return larger * together(small + 1, tables) + (tables - larger) * together(small, tables)


def together(people: int, tables: int) -> int:
    """Fewest pairs at one table when so many people spread over so many tables (pigeonhole)."""
    low, high = divmod(people, tables)
    return high * (low + 1) * low // 2 + (tables - high) * low * (low - 1) // 2


def _legal_counts(n: int, table_min: int, table_max: int) -> range:
    return range(-(-n // table_max), n // table_min + 1)


def _split_advice(n: int, table_min: int, table_max: int) -> str:
    smaller = next(m for m in range(table_min, 0, -1) if _legal_counts(n, m, table_max))
    larger = next(m for m in range(table_max, n + 1) if _legal_counts(n, table_min, m))
    more = next(k for k in range(n, n + table_min + 1) if _legal_counts(k, table_min, table_max))
    return (
        f"{n} people cannot sit at tables of {table_min} to {table_max}: "
        f"allow tables of {smaller}, or of {larger}, or wait for {more - n} more."
    )


def _people(n: int) -> str:
    return "1 person is" if n == 1 else f"{n} people are"
