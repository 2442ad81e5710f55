"""A list somebody keeps by hand: any table with a column of names."""

from events.importing.sources.source import Source

PLAIN = Source(name="plain", own_aliases={}, marks=frozenset())
