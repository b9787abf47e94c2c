"""Planning end to end on a small city: ceiling, gap and allocation tell one story, and a lever moves what it should."""

from __future__ import annotations

import pytest

from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.planning import allocate, ceiling, explain_gap
from workbench.simulation import KINDS, prepare, simulate

REPLICATIONS = 60


@pytest.fixture(scope="module")
def city():
    return make_city(110, 4, seed=8, hosts=0.5)


@pytest.fixture(scope="module")
def within_reach(city):
    """Approval without an agenda, counted at once: instructors decide."""
    scenario = Scenario().replace(
        {"policy.counted_from": "approved", "committee.agenda": None, "committee.every_weeks": 1,
         "instructors.total": 10, "targets.organization": 0.5}
    )  # fmt: skip
    return scenario, group(city, scenario)


@pytest.fixture(scope="module")
def best(city, within_reach):
    return allocate(city, *within_reach, total=10, replications=REPLICATIONS)


@pytest.fixture(scope="module")
def gap(city, within_reach):
    return explain_gap(city, *within_reach, replications=20)


def sampled(city, grouping, scenario):
    """Expected coverage and P on the sample that the optimiser sees."""
    outcome = simulate(city, scenario, grouping, replications=REPLICATIONS, keep="city")
    return outcome.expected(), outcome.probability().value


def test_the_best_allocation_beats_every_rule_of_sharing(city, within_reach, best):
    """On the sample that it was optimised on: likelier than the rules, or as likely and covering no fewer."""
    scenario, grouping = within_reach
    expected, chance = sampled(city, grouping, best.scenario)
    for rule in ("equal", "by_organizations", "by_need"):
        other = sampled(city, grouping, scenario.replace("instructors.share", rule))
        assert other[0] <= best.expected_bound + 1e-12
        assert other[1] <= best.probability_bound
        assert chance >= other[1] or expected > other[0]
    assert best.total <= 10


def test_more_instructors_never_bound_worse(city, within_reach):
    found = [allocate(city, *within_reach, total=total, replications=20) for total in (0, 5, 10, 20)]
    bounds = [one.expected_bound for one in found]
    assert bounds == sorted(bounds)
    assert [one.probability_bound for one in found] == sorted(one.probability_bound for one in found)
    assert found[0].instructors.sum() == 0
    start = city["has_branch"].mean()
    assert found[0].expected_coverage == pytest.approx(start, abs=1e-12)
    assert found[0].expected_bound == pytest.approx(start, abs=1e-12)


def test_the_fewest_for_a_confidence_reach_it_and_one_fewer_does_not(city, within_reach):
    scenario, grouping = within_reach
    found = allocate(city, scenario, grouping, confidence=0.8, replications=REPLICATIONS)
    assert found.reached
    assert sampled(city, grouping, found.scenario)[1] >= 0.8
    fewer = allocate(city, scenario, grouping, total=found.total - 1, replications=REPLICATIONS)
    assert sampled(city, grouping, fewer.scenario)[1] < 0.8


def test_arrivals_come_on_top(city, within_reach):
    """Whoever arrives anyway makes the responsible unit need fewer of the total."""
    scenario, grouping = within_reach
    responsible = sorted(city["responsible"].unique())[0]
    arrivals = [{"responsible": responsible, "count": 50, "from": "2027-07-26"}]
    found = allocate(city, scenario.replace("instructors.arrivals", arrivals), grouping, total=10, replications=20)
    assert found.instructors[responsible] == 0
    assert found.expected_bound >= allocate(city, scenario, grouping, total=10, replications=20).expected_bound


def test_limits_cost_something(city, within_reach, best):
    scenario, grouping = within_reach
    responsible = best.instructors.idxmax()
    limited = scenario.replace("instructors.limits", {responsible: [0, 1]})
    found = allocate(city, limited, grouping, total=10, replications=REPLICATIONS)
    assert found.instructors[responsible] <= 1
    assert found.expected_bound < best.expected_bound


def test_moves_begin_with_the_scenario_s_own(city, within_reach, best):
    scenario, grouping = within_reach
    assert best.start.to_dict() == prepare(city, scenario, grouping).instructors
    moved = best.moves()
    assert moved["count"].sum() == max(
        (best.instructors - best.start).clip(lower=0).sum(), (best.start - best.instructors).clip(lower=0).sum()
    )


def test_gap_and_ceiling_agree(city, within_reach, gap):
    scenario, grouping = within_reach
    top = ceiling(city, scenario, grouping)
    assert gap.ceiling == top.value == simulate(city, scenario, grouping, replications=1).ceiling
    assert gap.expected <= top.value
    assert gap.table["points"].sum() == pytest.approx(1 - gap.expected, abs=1e-12)


@pytest.mark.parametrize(
    ("part", "worse"),
    [
        ("instructors", {"instructors.total": 3}),
        ("failure", {f"cases.{kind}.success": 0.4 for kind in KINDS}),
        ("approval", {"committee.every_weeks": 3, "committee.agenda": 2}),
        ("election", {"policy.counted_from": "formed"}),
        ("time", {"census.late": 0.8, "census.tail": {"exponential": 20}}),
        ("grouping", {"grouping.max_distance_km": 0.01, "grouping.facilities": ["peer"]}),
        ("structure", {"policy.member_basis": "on_roll"}),
    ],
)
def test_what_gets_worse_shows_in_its_own_part(city, within_reach, gap, part, worse):
    scenario, grouping = within_reach
    before = gap.table["points"]
    changed = scenario.replace(worse)
    regrouped = group(city, changed) if part in ("grouping", "structure") else grouping
    after = explain_gap(city, changed, regrouped, replications=20).table["points"]
    assert after[part] > before[part] + 0.005


def test_nothing_helps_above_the_ceiling(city, within_reach):
    """The first thing to say: where the members are not there, P is 0 for every allocation."""
    scenario, grouping = within_reach
    top = ceiling(city, scenario, grouping)
    beyond = scenario.replace("targets.organization", top.value + 0.01)
    assert not ceiling(city, beyond, grouping).reachable
    found = allocate(city, beyond, grouping, confidence=0.9, replications=20)
    assert (found.reached, found.probability.value, found.probability_bound) == (False, 0.0, 0.0)
