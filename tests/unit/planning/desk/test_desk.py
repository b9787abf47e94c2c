"""The desk says what a simulation says, to the last bit, whatever was moved before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tests.cities import organization, register, scenario
from workbench.errors import ScenarioError
from workbench.planning import Desk, ResponseCache
from workbench.planning.desk.quantile_rows import quantile_rows
from workbench.simulation import simulate

REPLICATIONS = 60


@pytest.fixture(scope="module")
def desk(hamlet, plan, joined):
    responsible_units = sorted(hamlet["responsible"].unique())
    arrivals = [{"responsible": responsible_units[1], "count": 2, "from": "2027-08-10", "until": "2027-08-20"}]
    changed = plan.replace(
        {"calendar.horizon": "2027-09-10", "targets.organization": 0.4, "targets.work": 0.8,
         "instructors.arrivals": arrivals}
    )  # fmt: skip
    return Desk(hamlet, changed, joined, replications=REPLICATIONS, seed=3)


def assert_equal(desk, outcome):
    """Every number of a desk against the outcome of a simulation."""
    for target in ("organization", "work"):
        assert (desk.counts(target) == outcome.counts(target).to_numpy()).all()
        assert desk.probability(target) == outcome.probability(target)
        assert desk.probability(target, "2027-08-20") == outcome.probability(target, "2027-08-20")
        assert desk.expected(target) == outcome.expected(target)
        assert desk.expected(target, by="2027-09-03") == outcome.expected(target, by="2027-09-03")
        assert desk.date_reaching(0.5, target) == outcome.date_reaching(0.5, target)
        levels = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
        assert desk.quantiles(levels, target).equals(outcome.quantiles(levels, target))
    assert (desk.coverage == outcome.coverage.to_numpy()).all()
    assert (desk.work_coverage == outcome.work_coverage.to_numpy()).all()
    assert desk.deadline == outcome.deadline
    assert desk.dates.equals(outcome.quantiles().index)
    mine, theirs = desk.by_responsible(), outcome.breakdown("responsible")
    assert mine.columns[0] == "instructors"
    assert mine["instructors"].equals(desk.instructors)
    assert mine.index.tolist() == theirs.index.tolist()
    for column in ("organizations", "at_start", "possible", "ceiling"):
        assert (mine[column] == theirs[column]).all()
    for column in ("expected", "expected_work", "coverage", "work_coverage"):
        assert np.allclose(mine[column], theirs[column], rtol=0, atol=1e-12)
    # The outcome's own sum is of whole numbers here: exact.
    by_deadline = outcome.dataset["organizations_with_branch"].sel(day=str(outcome.deadline)).sum("replication")
    assert (mine["expected"] == by_deadline.to_numpy() / outcome.replications).all()


def simulated(desk, hamlet, joined):
    return simulate(hamlet, desk.scenario, joined, replications=REPLICATIONS, seed=3)


def test_it_starts_with_the_scenario(desk, hamlet, plan, joined):
    untouched = Desk.of(desk.responses)
    assert untouched.total == plan.instructors.total
    assert_equal(untouched, simulated(untouched, hamlet, joined))


def test_any_moves_in_any_order(desk, hamlet, joined):
    rng = np.random.default_rng(0)
    for move in range(12):
        responsible = desk.responsible_units[int(rng.integers(len(desk.responsible_units)))]
        desk.set(responsible, int(rng.integers(0, desk.enough(responsible) + 3)))
        if move % 3 == 0:
            assert_equal(desk, simulated(desk, hamlet, joined))


def test_several_responsible_units_at_once(desk, hamlet, joined):
    wanted = dict(zip(desk.responsible_units, (3, 0, 2, 40), strict=True))
    desk.set(wanted)
    assert desk.instructors.to_dict() == wanted
    assert desk.total == 45
    assert_equal(desk, simulated(desk, hamlet, joined))
    desk.set(desk.instructors - desk.instructors + 1)
    assert desk.instructors.tolist() == [1, 1, 1, 1]
    assert_equal(desk, simulated(desk, hamlet, joined))


def test_a_copy_goes_its_own_way(desk, hamlet, joined):
    before = desk.copy()
    counts, kept = desk.counts(), desk.instructors
    desk.set(desk.responsible_units[0], int(kept.iloc[0]) + 2)
    assert before.instructors.equals(kept)
    assert (before.counts() == counts).all()
    assert_equal(before, simulated(before, hamlet, joined))
    assert_equal(desk, simulated(desk, hamlet, joined))
    assert before.kept is desk.kept


def test_one_thread_or_two_and_many_replications(hamlet, plan, joined):
    """Enough replications for a responsible unit to be simulated by halves."""
    desks = [Desk(hamlet, plan, joined, replications=301, seed=1, workers=workers) for workers in (1, 2)]
    for desk in desks:
        desk.set(desk.responsible_units[2], 1)
    outcome = simulate(hamlet, desks[0].scenario, joined, replications=301, seed=1)
    for desk in desks:
        assert (desk.counts() == outcome.counts().to_numpy()).all()
        assert (desk.counts("work") == outcome.counts("work").to_numpy()).all()
        assert np.allclose(
            desk.by_responsible()["expected"], outcome.breakdown("responsible")["expected"], rtol=0, atol=1e-12
        )


@pytest.mark.parametrize("number", [-1, 1.5, None, float("nan"), float("inf"), "x"])
def test_numbers_that_are_none(desk, number):
    before = desk.instructors
    with pytest.raises(ValueError, match="whole number"):
        desk.set({desk.responsible_units[0]: 1, desk.responsible_units[1]: number})
    assert desk.instructors.equals(before)


def test_unknown_responsible_units_targets_and_days(desk):
    with pytest.raises(ScenarioError, match="No responsible unit is called Nowhere"):
        desk.set("Nowhere", 1)
    with pytest.raises(ScenarioError, match="Nowhere"):
        desk.enough("Nowhere")
    with pytest.raises(ValueError, match="organization, work"):
        desk.probability("members")
    with pytest.raises(ValueError, match="2030-01-01"):
        desk.expected(by="2030-01-01")
    for level in (2.0, -0.1, float("nan"), "0.5"):
        with pytest.raises(ValueError, match=r"levels = .*: must be a share, from 0 to 1"):
            desk.fan((0.5, level))
        with pytest.raises(ValueError, match="levels"):
            desk.quantiles((level,), "work")
    assert (desk.fan((0.0, 1.0))[:, 0] <= desk.fan((0.0, 1.0))[:, 1]).all()
    with pytest.raises(ValueError, match="confidence = 90"):
        desk.date_reaching(90)


def test_no_replications(hamlet, plan):
    with pytest.raises(ValueError, match="at least 1"):
        Desk(hamlet, plan, replications=0)


def test_a_city_without_any_case():
    desk = Desk(register(organization("a", has_branch=True)), scenario(), replications=2)
    assert desk.expected() == 1.0
    assert desk.fan((0.5,)).tolist() == [[1.0]] * len(desk.dates)
    assert desk.enough("S") == 0


# --- What is kept -------------------------------------------------------------------------------------------------


def test_what_another_scenario_leaves_alone_is_not_simulated_again(hamlet, plan, joined):
    kept = ResponseCache()
    desk = Desk(hamlet, plan, joined, replications=20, kept=kept)
    held = len(kept)
    assert held == len(desk.responsible_units)
    # Targets, costs and other responsible units' committees change nothing in a responsible unit.
    own = {desk.responsible_units[0]: {"agenda": 1}}
    other = plan.replace({"targets.organization": 0.1, "costs.branch_start_up": 1, "committee.by_responsible": own})
    changed = Desk(hamlet, other.replace("instructors.by_responsible", desk.instructors.to_dict()), joined,
                   replications=20, kept=kept)  # fmt: skip
    assert len(kept) == held + 1
    assert changed.responses.by_day(1, 2) is desk.responses.by_day(1, 2)
    for different in ({"replications": 21}, {"replications": 20, "seed": 1}):
        before = len(kept)
        Desk(hamlet, plan, joined, kept=kept, **different)
        assert len(kept) == before + len(desk.responsible_units)
    before = len(kept)
    Desk(hamlet, plan.replace("cases.joint.success", 0.5), joined, replications=20, kept=kept)
    assert len(kept) == before + len(desk.responsible_units)


def test_the_budget_holds_and_the_least_recently_used_goes_first():
    kept = ResponseCache(most_bytes=100)
    for name in "abc":
        assert kept.put(name, name.upper(), 40) == name.upper()
        assert kept.bytes <= 100
    assert [kept.get(name) for name in "abc"] == [None, "B", "C"]
    kept.get("b")
    kept.put("d", "D", 40)
    assert [kept.get(name) for name in "bcd"] == ["B", None, "D"]
    assert kept.put("b", "other", 40) == "B"
    assert kept.put("huge", "H", 101) == "H"
    assert kept.get("huge") is None
    assert (len(kept), kept.bytes) == (2, 80)


def test_many_threads_keep_one(hamlet):
    kept = ResponseCache()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda i: kept.put("key", i, 10), range(100)))
    assert len(set(found)) == 1
    assert kept.bytes == 10


def test_a_small_budget_changes_no_number(hamlet, plan, joined):
    small = Desk(hamlet, plan, joined, replications=20, kept=ResponseCache(most_bytes=1))
    large = Desk(hamlet, plan, joined, replications=20)
    for number in (3, 1, 4):
        for desk in (small, large):
            desk.set(desk.responsible_units[1], number)
        assert (small.counts() == large.counts()).all()
    assert len(small.kept) == 0


# --- Quantiles of rows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 3, 7, 40, 999, 1000])
def test_quantiles_are_numpy_s_to_the_last_bit(size):
    rng = np.random.default_rng(size)
    for _ in range(30):
        counts = rng.integers(0, rng.integers(1, 60), (3, size)).astype(np.int32)
        levels = (0.0, *rng.random(5), 0.5, 1.0)
        divisor = int(rng.integers(1, 2000))
        expected = np.quantile(counts / divisor, levels, axis=1).T
        assert (quantile_rows(counts, levels, divisor) == expected).all()
