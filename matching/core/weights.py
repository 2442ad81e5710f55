"""The numbers of the scoring model, in one place for the solver and the referee alike."""

KEEN_PULL = 0.6
"""How far one rare topic that both are keen on brings two people together (0..1)."""
HELP_PULL = 0.8
"""The same for a topic that one asks about and the other offers."""
HELP_RARITY_FLOOR = 0.15
"""Help with a common topic still counts at least this much."""
RARITY_FLOOR = 0.05
"""A topic that everybody shares still counts this much."""

SHARED_WEIGHT = 1.0
HELP_WEIGHT = 1.2
INTENT_WEIGHT = 0.4
TIES_WEIGHT = 1.0
MET_COST = 8.0
"""Cost of a pair that met before, times the square of how often.

More than a topic for a whole table brings, so that nobody meets twice for its sake.
"""

TOPIC_WEIGHT = 0.6
TOPIC_BASE = 0.3
"""Worth of the most common topic; the rarest is worth 1."""
NEAR_TOPIC_SHARE = 0.4
"""Worth of a topic that all but one hold, as a share of one that all hold."""
NEAR_TOPIC_SIZE = 4
"""Smallest table at which all-but-one counts."""

FLOOR_WEIGHT = 16.0
FLOOR_SHARE = 0.7
FLOOR_RANK = 3
"""A person falls short below FLOOR_SHARE of their FLOOR_RANK-th best partner in the room."""

BALANCE_WEIGHT = 0.2
"""Cost of the first person above a value's fair share of a table; the e-th above costs e times."""
MOVE_COST = 0.5
"""Cost of each person who is moved from the table where they sit."""
BROKEN_RULE = 1000.0
TRADE_CAP = 2
"""Most people of one trade at a table."""

AFFINITY_SCALE = 9009
"""Ticks in 1.0 of affinity: the search counts in whole numbers."""
UNIT = 180180
"""Score units in a tick: half the least common multiple of 1..15, so that the mean over 1 to 15
tablemates is a whole number."""
SCORE_SCALE = AFFINITY_SCALE * UNIT
"""Score units in 1.0 of score."""

RARE = 0.5
"""Rarity from which organisers are told that a topic is rare."""

SELL = "sell"
INTENTS = (SELL, "buy", "hire", "find_work", "peers", "learn", "help")

INTENT_FIT = {
    ("sell", "buy"): 1.0,
    ("hire", "find_work"): 1.0,
    ("learn", "help"): 0.8,
    ("peers", "peers"): 0.6,
    ("find_work", "help"): 0.4,
    ("peers", "learn"): 0.3,
    ("peers", "help"): 0.3,
    ("learn", "learn"): 0.2,
    ("sell", "peers"): -0.2,
    ("buy", "buy"): -0.3,
    ("hire", "hire"): -0.3,
    ("find_work", "find_work"): -0.3,
    ("sell", "find_work"): -0.3,
    ("sell", "sell"): -1.0,
}
"""How well two intents go together, either way round; pairs not listed are neutral."""
