"""The benchmark: its instances, its yardsticks and its command. How fast it is, is not tested."""

import json
from io import StringIO
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.bench import rooms
from matching.bench.instances import BOUNDS, FAMILIES, GROUPS, INTENT_SHARES, TOPICS, instance, room
from matching.bench.peers import PEERS, Peer
from matching.bench.plots import draw
from matching.bench.report import machine
from matching.bench.run import MaxCpuTime
from tablemates.figures import as_text

small_families = pytest.mark.parametrize("family", FAMILIES)


def bench(*words: object) -> str:
    out = StringIO()
    call_command("bench", "matching", *map(str, words), stdout=out, stderr=StringIO())
    return out.getvalue()


@small_families
def test_an_instance_is_symmetric_in_range_and_the_same_again(family: str) -> None:
    case, again, other = (instance(family, 120, seed) for seed in (3, 3, 4))
    assert case.matrix.shape == (120, 120)
    assert (case.matrix == case.matrix.T).all()
    assert not case.matrix.diagonal().any()
    assert (case.matrix == again.matrix).all()
    assert case.sizes == again.sizes
    assert (case.matrix != other.matrix).any()
    if not family.startswith("Geo"):
        assert 0 <= case.matrix.min() < 1
        assert 99 < case.matrix.max() <= 100


@small_families
def test_group_sizes_follow_the_recipe(family: str) -> None:
    case = instance(family, 240)
    if family == "T5":
        assert case.sizes == [(5, 5)] * 48
    elif family.endswith("ss"):
        assert case.sizes == [(20, 20)] * GROUPS[240]
    else:
        low, high = BOUNDS[240]
        assert len(set(case.sizes)) > 1
        assert all(low <= least <= 20 <= most <= high for least, most in case.sizes)


def test_integers_are_whole_and_reals_have_three_decimals() -> None:
    integers = instance("RanInt-ss", 120).matrix
    reals = instance("RanReal-ss", 120).matrix
    assert (integers == integers.round()).all()
    assert (reals == reals.round(3)).all()
    assert (reals != reals.round(2)).any()


def test_distances_keep_to_the_triangle_inequality() -> None:
    distance = instance("Geo-ss", 120).matrix
    detours = distance[:, :, None] + distance[None, :, :]
    assert (distance[:, None, :] <= detours + 1e-4).all()


def test_random_groups_are_legal_and_their_value_is_recounted() -> None:
    case = instance("RanInt-ds", 120)
    groups = case.random_groups(1)
    sizes = np.bincount(groups, minlength=len(case.sizes))
    assert (case.least <= sizes).all()
    assert (sizes <= case.most).all()
    pairs = [(i, j) for i in range(120) for j in range(i) if groups[i] == groups[j]]
    assert case.value(groups) == sum(case.matrix[pair] for pair in pairs)


@pytest.mark.parametrize(
    ("family", "n", "message"),
    [
        ("RanInt", 120, r"^There is no family RanInt: choose from RanInt-ss, "),
        ("T5", 121, r"^T5 does not come with 121 people: choose from 60, 120, "),
    ],
)
def test_an_instance_that_is_not_there_says_what_is(family: str, n: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        instance(family, n)


def test_a_room_is_a_crowd_of_sellers_with_one_to_three_interests() -> None:
    crowd, again = room(400, 2), room(400, 2)
    picks = crowd.holds.sum(axis=1)
    assert crowd.interests.shape == (400, TOPICS)
    assert set(picks.tolist()) == {1, 2, 3}
    assert (crowd.interests == again.interests).all()
    assert crowd.intents is not None
    for intent, share in INTENT_SHARES.items():
        assert crowd.intents.count(intent) / 400 == pytest.approx(share, abs=0.08)
    held = np.sort(crowd.holds.sum(axis=0))
    assert held[-1] > 4 * held[0]


@pytest.mark.parametrize("peer", PEERS.values(), ids=PEERS)
@pytest.mark.parametrize("family", ["T5", "RanInt-ds", "RanReal-ss", "Geo-ds"])
def test_a_yardstick_answers_with_legal_groups_worth_what_it_says(peer: Peer, family: str) -> None:
    case = instance(family, 120)
    value, groups = peer(case.matrix, case.least, case.most, 0.05, 1)
    sizes = np.bincount(groups, minlength=len(case.sizes))
    assert (case.least <= sizes).all()
    assert (sizes <= case.most).all()
    assert value == pytest.approx(case.value(groups))
    assert value > case.value(case.random_groups(1))


@pytest.mark.parametrize("peer", PEERS.values(), ids=PEERS)
@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    bounds=st.sampled_from([((3, 3), (3, 3)), ((2, 2, 2), (2, 2, 2)), ((1, 2, 1), (3, 4, 2))]),
)
def test_a_yardstick_solves_what_can_be_tried_out(
    peer: Peer, seed: int, bounds: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    least, most = (np.array(bound, dtype=np.int32) for bound in bounds)
    values = np.triu(np.random.default_rng(seed).integers(0, 100, (6, 6)), 1).astype(float)
    matrix = values + values.T
    value, _ = peer(matrix, least, most, 0.01, seed)
    assert value == best_of_all(matrix, least, most)


def best_of_all(matrix: np.ndarray, least: np.ndarray, most: np.ndarray) -> float:
    found = 0.0
    for choice in product(range(len(least)), repeat=len(matrix)):
        groups = np.array(choice)
        sizes = np.bincount(groups, minlength=len(least))
        if (least <= sizes).all() and (sizes <= most).all():
            found = max(found, matrix[groups[:, None] == groups].sum() / 2)
    return found


def test_a_yardstick_refuses_groups_that_do_not_fit() -> None:
    case = instance("T5", 60)
    with pytest.raises(ValueError, match=r"^60 people do not fit groups of 55 to 55 in all\.$"):
        PEERS["IMS"](case.matrix, case.least[1:], case.most[1:], 0.01, 1)


def test_the_cpu_time_rule_tells_the_share_used_since_it_was_made() -> None:
    stop = MaxCpuTime(2.0, begun=0.0)
    early, late = stop(0, 0.0), stop(1000, 1000.0)
    assert 0 < early <= late


def test_the_command_tells_each_figure_with_its_baselines() -> None:
    told = json.loads(
        bench("--family", "T5", "--n", 60, "--seconds", 0.05, "--repeats", 1, "--json")
    )
    rows = told["grouping"]
    assert [row["method"] for row in rows] == ["tablemates", "IMS", "TPSDP"]
    assert max(row["distance"] for row in rows) == 0
    assert all(row["over_random"] > 1 for row in rows)
    assert told["machine"]["parts"]["numpy"] == np.__version__
    assert told["parameters"] == {"cases": [["T5", 60]], "seconds": [0.05], "repeats": 1}


def test_the_command_prints_aligned_tables() -> None:
    lines = bench("--family", "T5", "--n", 60, "--seconds", 0.05, "--repeats", 1).splitlines()
    assert lines[0] == str(machine())
    head, *rows = lines[3:]
    assert head.split()[:2] == ["family", "people"]
    assert len({len(line) for line in [head, *rows]}) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--seconds", 0), r"^Choose more than 0 seconds, and 1 repeat or more\.$"),
        (("--repeats", 0), r"^Choose more than 0 seconds, and 1 repeat or more\.$"),
        (("--n", 61), r"^Nothing comes with so many people: choose from 60, 120, "),
        (("--quick", "--full"), r"not allowed with argument --quick"),
        (("--family", "T6"), r"invalid choice: 'T6'"),
    ],
)
def test_options_that_make_no_sense_are_refused(words: tuple[object, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message) as refused:
        bench(*words)
    assert refused.value.returncode in {1, 2}


def test_rows_of_text_put_words_left_and_figures_right() -> None:
    rows = [rooms.StartRow("import NumPy", 90.4, 80.0, 1.0), rooms.StartRow("x", 9.0, 8.0, 0.1)]
    assert as_text(rows) == [
        "new process   ms  CPU ms  x importing NumPy",
        "import NumPy  90      80               1.00",
        "x              9       8               0.10",
    ]
    assert as_text([]) == []


def test_rooms_are_measured_against_a_longer_run_and_chance() -> None:
    short, longest = rooms.rooms([30], [0.05], 0.2, 1)
    assert (short.n, short.seconds, longest.seconds) == (30, 0.05, 0.2)
    assert longest.ratio == 1
    assert longest.broken == 0
    assert longest.random_broken > 0


def test_rounds_are_measured_against_random_rounds() -> None:
    rows = rooms.rounds(30, 3, 0.2)
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[0].repeats == rows[0].random_repeats == 0
    assert sum(row.repeats for row in rows) < sum(row.random_repeats for row in rows)


def test_golfers_never_meet_twice_where_that_is_easy() -> None:
    easy, uneven = rooms.golfer([rooms.Golf(12, 3, 2), rooms.Golf(14, 4, 1)], 0.5)
    assert (easy.case, easy.repeats, easy.known) == ("4-3-2", 0, 0)
    assert (uneven.case, uneven.repeats) == ("4-4-1 (14 people)", 0)


def test_late_arrivals_find_a_seat_and_nobody_moves_for_an_insert() -> None:
    rows = {row.how: row for row in rooms.arrivals(40, 0.05)}
    assert {row.arrivals for row in rows.values()} == {4}
    assert rows["nobody moves"].moves == rows["random table"].moves == 0


def test_a_start_is_told_as_a_ratio_to_importing_numpy() -> None:
    numpy, seated = rooms.starts(1)
    assert numpy.ratio == 1
    assert seated.ratio == seated.ms / numpy.ms


def test_pictures_are_drawn_as_svg_and_png(tmp_path: Path) -> None:
    files = draw(tmp_path / "new", people=60, budgets=(0.01, 0.02), seconds=0.05)
    assert [path.name for path in files] == [
        f"{name}.{kind}" for name in ("affinity", "fairness", "anytime") for kind in ("svg", "png")
    ]
    assert all(path.stat().st_size > 1000 for path in files)
