"""The two compiled searches: `GroupSearch` for the pure problem, `RoomSearch` for real rooms.

Both keep the best they have found, go on from call to call of `step`, and release the GIL while
they work. The same seed and the same steps give the same seating on every machine.
"""

from __future__ import annotations

import ctypes
import math
from ctypes import c_int32, c_int64, c_uint64, c_void_p
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from matching.core import weights
from matching.core.model import BROKEN_UNIT, MET_UNIT, SHORTFALL_UNIT, TOPIC_UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from matching.core.model import Model

STEP_WORK = 400_000
"""About how many people a step of kicks looks at: some milliseconds of work."""
STEP_PROPOSALS = 2_000
PROPOSALS = 1_000
"""As many random changes of an annealing count as one iteration, as a kick does."""
RESCUE = 0.3
"""Share of the budget in which a start that breaks rules may break others on its way to none."""
SCALDING = (0.4 * weights.BROKEN_RULE, 0.06 * weights.BROKEN_RULE)
"""Temperatures at which it begins to, and ends."""
TOLERANCE = 200
"""Per mille of recent losses that kicks accept at the start; at the end they accept none."""
FINE_KICK = 2
"""The most swaps in a kick at tables."""
COARSE = 10
"""From this many people a group on, groups are coarse: a small kick would be undone at once."""
COARSE_TOLERANCE = 1_000
COARSE_KICK = (1.2, 0.1)
"""The most swaps in a kick there, as a share of a group, at the start and at the end."""
ANNEALED = 0.9
"""Share of the budget that goes into annealing a room; the rest goes into kicks."""
HOT, COLD = 0.3, 0.04
"""Temperatures where that begins and ends, in score: two with a rare topic are worth about 0.5."""
SHARES = np.rint(-1000 * np.log((np.arange(1024) + 0.5) / 1024)).astype(np.int32)
"""Quantiles of the exponential law, in per mille."""


Method = Literal["anneal", "kick", "recast"]


class CompiledSearch:
    """A search that lives in the library: `step` until the budget is used, then take `best`.

    iterations: kicks, and thousands of annealing proposals.
    """

    name: ClassVar[str]

    def __init__(self, library: ctypes.CDLL, shape: tuple[int, int], looks: int) -> None:
        self.iterations = 0
        self._annealed = 0
        self._shape = shape
        self._looks = looks
        self._library = library
        self._state: c_void_p | None = None

    def __del__(self) -> None:
        if self._state:
            self._call("free", self._state)

    @property
    def best(self) -> NDArray[np.intp]:
        """The table of each person in each round of the best plan so far: (rounds, n)."""
        return self._best()[0]

    @property
    def gain(self) -> int:
        """How much more the best so far scores than the start, in units."""
        return self._best()[1] - self._worth_at_start

    def _best(self) -> tuple[NDArray[np.intp], int]:
        found = np.empty(self._shape, dtype=np.int32)
        worth = self._call("best", self._state, _pointer(found), kind=c_int64)
        return found.astype(np.intp), int(worth)

    def _call(self, verb: str, *words: Any, kind: Any = None) -> Any:
        function = getattr(self._library, f"{self.name}_{verb}")
        function.restype = kind
        return function(*words)

    def _open(self, *words: Any) -> None:
        state = self._call("new", *words, kind=c_void_p)
        if not state:
            raise MemoryError("There is not enough memory for this search.")
        self._state = c_void_p(state)
        self._worth_at_start = self._best()[1]

    def _kick(self, tolerance: float, limit: int, *words: Any) -> None:
        kicks = c_int64(limit - self._annealed)
        looks, per_mille = c_int64(self._looks), c_int32(int(tolerance))
        done = self._call("run", self._state, looks, kicks, per_mille, *words, kind=c_int64)
        self.iterations = self._annealed + done

    def _anneal(self, verb: str, temperature: float, limit: int) -> None:
        thousands = min(STEP_PROPOSALS // PROPOSALS, limit - self.iterations)
        # Six digits: what different machines make of a power may differ in the last ones.
        units = c_int64(int(float(f"{temperature:.6g}")))
        self._call(verb, self._state, c_int64(thousands * PROPOSALS), units, _pointer(SHARES))
        self._annealed += thousands
        self.iterations += thousands


class GroupSearch(CompiledSearch):
    """The pure problem (groups.c). start: (1, n), the group of each person."""

    name = "groups"

    def __init__(
        self, library: ctypes.CDLL, model: Model, start: NDArray[np.intp], seed: int
    ) -> None:
        super().__init__(library, (1, model.n), max(16, STEP_WORK // (2 * model.n)))
        self._held = model, np.ascontiguousarray(start, dtype=np.int32)
        arrays = (model.pair, model.least, model.most, self._held[1])
        self._open(c_int32(model.n), c_int32(model.tables), *map(_pointer, arrays), c_uint64(seed))
        self._size = model.n / model.tables

    def step(self, share: float, limit: int) -> None:
        """Search on; share: how much of the budget is used. limit: the most iterations in all."""
        left = max(0.0, 1 - share)
        if self._size < COARSE:
            self._kick(TOLERANCE * left, limit, c_int32(FINE_KICK))
        else:
            early, late = COARSE_KICK
            swaps = round(self._size * (late + (early - late) * left))
            self._kick(COARSE_TOLERANCE * left, limit, c_int32(max(1, swaps)))


class RoomSearch(CompiledSearch):
    """Real rooms (room.c), one round or several together.

    start: (rounds, n). partners: (n, p), whom each should sit with. method: "anneal" begins
    with heat and forgets the start, "kick" goes on from it, and "recast" keeps who meets whom in
    it and only searches for who plays which part.
    """

    name = "room"

    def __init__(
        self,
        library: ctypes.CDLL,
        model: Model,
        start: NDArray[np.intp],
        partners: NDArray[np.intp],
        seed: int,
        *,
        method: Method = "anneal",
    ) -> None:
        super().__init__(library, (model.rounds, model.n), max(4, STEP_WORK // 4_000))
        self._method = method
        self._held = (
            np.ascontiguousarray(start, dtype=np.int32),
            np.ascontiguousarray(partners, dtype=np.int32),
        )
        self._model = _room_model(model, self._held[1])
        self._open(ctypes.byref(self._model), _pointer(self._held[0]), c_uint64(seed))
        breaks = bool((self.scores() < -BROKEN_UNIT // 2).any())
        self._rescue = RESCUE if breaks and method == "anneal" else 0.0

    def step(self, share: float, limit: int) -> None:
        """Search on; share: how much of the budget is used. limit: the most iterations in all."""
        heat = self._heat(share) * weights.SCORE_SCALE
        if self._method == "recast":
            self._anneal("recast", heat, limit)
        elif self._method == "anneal" and share < ANNEALED:
            self._anneal("anneal", heat, limit)
        else:
            self._kick(TOLERANCE * max(0.0, 1 - share), limit)

    def _heat(self, share: float) -> float:
        if share < self._rescue:
            return _between(*SCALDING, share / self._rescue)
        return _between(HOT, COLD, min(1.0, (share - self._rescue) / (ANNEALED - self._rescue)))

    def scores(self) -> NDArray[np.int64]:
        """What each table is worth as the search stands, in units: (rounds, K)."""
        found = np.empty((self._shape[0], self._model.tables), dtype=np.int64)
        self._call("scores", self._state, _pointer(found))
        return found


class _RoomModel(ctypes.Structure):
    """`Model` of room.c, field by field."""

    _fields_ = [
        *((name, c_int32) for name in ("n", "tables", "width", "rounds")),
        *((name, c_int32) for name in ("words", "category_kinds", "values", "partners_each")),
        *(
            (name, c_void_p)
            for name in (
                "least", "most", "pair", "between", "floor", "topics", "worth", "alone", "hosts",
                "categories", "limits", "category_cost", "place", "size_cost", "partners",
            )
        ),
        *(
            (name, c_int64)
            for name in (
                "pair_unit", "topic_unit", "near_per_cent", "shortfall_unit", "met_cost", "broken",
            )
        ),
        ("host_rule", c_int32),
        ("near_size", c_int32),
    ]  # fmt: skip


def _room_model(model: Model, partners: NDArray[np.int32]) -> _RoomModel:
    arrays = {
        name: np.ascontiguousarray(getattr(model, name))
        for name, *_ in _RoomModel._fields_
        if isinstance(getattr(model, name, None), np.ndarray)
    }
    arrays["partners"] = partners
    filled = _RoomModel(
        n=model.n,
        tables=model.tables,
        width=model.width,
        rounds=model.rounds,
        words=model.topics.shape[1],
        category_kinds=len(model.categories),
        values=model.limits.shape[1] if model.limits.ndim == 3 else 0,
        partners_each=partners.shape[1],
        pair_unit=2 * weights.UNIT,
        topic_unit=TOPIC_UNIT,
        near_per_cent=round(100 * weights.NEAR_TOPIC_SHARE),
        shortfall_unit=SHORTFALL_UNIT,
        met_cost=MET_UNIT,
        broken=BROKEN_UNIT,
        host_rule=model.host_rule,
        near_size=weights.NEAR_TOPIC_SIZE,
        **{name: value.ctypes.data for name, value in arrays.items()},
    )
    # What the structure points at has to live as long as it does.
    filled.held = arrays
    return filled


def _between(hot: float, cold: float, share: float) -> float:
    """The temperature when this share of the cooling is over: geometric."""
    return hot * math.pow(cold / hot, share)


def _pointer(array: NDArray[Any]) -> c_void_p:
    return c_void_p(array.ctypes.data)
