"""An allocation's face: what is refused, moves, cost, text; limits; the same for the same seed."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from workbench.errors import InfeasibleError, ScenarioError
from workbench.labels import in_language
from workbench.planning import allocate
from workbench.simulation import simulate, wilson


@pytest.fixture(scope="module")
def rules(plan):
    return plan.replace({"targets.organization": 0.38, "instructors.caseload": 2, "costs.instructor_month": 300})


@pytest.fixture(scope="module")
def allocation(hamlet, rules, joined):
    return allocate(hamlet, rules, joined, total=12, replications=60, seed=2)


def series(**numbers):
    return pd.Series(numbers, dtype="int64").rename_axis("street")


def moved(allocation, before):
    """What an allocation becomes by the steps of `moves`."""
    now = before.to_dict()
    for step in allocation.moves(before).itertuples():
        assert step.count > 0
        assert step.street_from != step.street_to
        if step.street_from:
            now[step.street_from] -= step.count
            assert now[step.street_from] >= 0
        if step.street_to:
            now[step.street_to] = now.get(step.street_to, 0) + step.count
    return {street: number for street, number in now.items() if number}


@pytest.mark.parametrize("given", [{}, {"total": 5, "confidence": 0.9}])
def test_exactly_one_of_total_and_confidence(hamlet, rules, given):
    with pytest.raises(ScenarioError, match="exactly one of total and confidence"):
        allocate(hamlet, rules, **given)


@pytest.mark.parametrize("total", [4, 0, -1])
def test_limits_above_the_total(hamlet, rules, total):
    streets = sorted(hamlet["street"].unique())
    limits = {streets[0]: [3, 9], streets[2]: [2, 2]}
    with pytest.raises(InfeasibleError, match=f"add up to 5, more than the total of {total}"):
        allocate(hamlet, rules.replace("instructors.limits", limits), total=total, replications=2)


def test_limits_hold(hamlet, rules, joined):
    streets = sorted(hamlet["street"].unique())
    limits = {streets[0]: [3, 9], streets[1]: [0, 0], streets[2]: [0, 1], streets[3]: [1, 50]}
    limited = rules.replace("instructors.limits", limits)
    for total in (4, 6, 12, 60):
        found = allocate(hamlet, limited, joined, total=total, replications=20)
        assert found.total <= total
        for street, (low, high) in limits.items():
            assert low <= found.instructors[street] <= high
    # A street that must have more than it can use keeps them.
    many = allocate(
        hamlet, rules.replace("instructors.limits", {streets[0]: [99, 99]}), joined, total=100, replications=5
    )
    assert many.instructors[streets[0]] == 99


def test_fields(allocation, hamlet, rules):
    streets = sorted(hamlet["street"].unique())
    assert allocation.instructors.index.tolist() == streets
    assert allocation.instructors.index.name == "street"
    assert str(allocation.instructors.dtype) == "int64"
    assert allocation.total == allocation.instructors.sum() <= 12
    assert (allocation.instructors >= 0).all()
    assert (allocation.reached, allocation.confidence) == (True, None)
    assert (allocation.replications, allocation.seed) == (60, 2)
    assert allocation.scenario.instructors.by_street == allocation.instructors.to_dict()
    assert allocation.start.to_dict() == dict(zip(streets, allocation.start.tolist(), strict=True))
    assert allocation.start.sum() == rules.instructors.total


def test_it_is_judged_on_fresh_replications(allocation, hamlet, joined):
    outcome = simulate(hamlet, allocation.scenario, joined, replications=120, seed=2)
    fresh = outcome.by_deadline()[60:]
    assert allocation.probability == wilson(int((fresh >= 0.38).sum()), 60)
    assert allocation.expected_coverage == pytest.approx(fresh.mean(), abs=1e-12)
    # The optimum of the sample: no allocation does better on it, and this one does not either.
    assert outcome.by_deadline()[:60].mean() <= allocation.expected_bound + 1e-12
    assert (outcome.by_deadline()[:60] >= 0.38).mean() <= allocation.probability_bound


def test_the_curve_holds_every_total(allocation):
    curve = allocation.curve
    assert curve.index.tolist() == list(range(13))
    assert curve.index.name == "total"
    assert curve["expected"].is_monotonic_increasing
    assert curve["probability"].between(0, 1).all()
    assert allocation.expected_bound == curve.loc[allocation.total, "expected"] == curve["expected"].max()


def test_same_seed_same_answer(allocation, hamlet, rules, joined):
    again = allocate(hamlet.iloc[::-1], rules, joined, total=12, replications=60, seed=2, workers=1)
    assert again.instructors.equals(allocation.instructors)
    assert again.curve.equals(allocation.curve)
    assert (again.probability, again.probability_bound) == (allocation.probability, allocation.probability_bound)
    assert (again.expected_coverage, again.expected_bound) == (allocation.expected_coverage, allocation.expected_bound)


def test_instructors_cost_from_the_opening_to_the_deadline(allocation):
    # Working days 7 to 33, 21.75 a month, 300 yuan.
    assert allocation.cost == pytest.approx(allocation.total * 27 / 21.75 * 300)


def test_more_than_enough_stay_at_home(hamlet, rules, joined):
    found = allocate(hamlet, rules, joined, total=10_000, replications=10)
    assert found.total < 60


@pytest.mark.parametrize(
    "before",
    [
        {"a": 3, "b": 0, "c": 0}, {"a": 0, "b": 0, "c": 0}, {"a": 9, "b": 9, "c": 9}, {"a": 1, "b": 2, "c": 4},
        {"a": 0, "b": 0, "c": 7}, {"a": 2, "b": 3, "c": 2, "gone": 4}, {"c": 1},
    ],
    ids=str,
)  # fmt: skip
def test_moves_turn_one_into_the_other(allocation, before):
    made = replace(allocation, instructors=series(a=2, b=3, c=2))
    assert moved(made, series(**before)) == {"a": 2, "b": 3, "c": 2}
    steps = made.moves(series(**before))
    # As few people move as can: whoever is too many somewhere, or is missing, whichever is more.
    change = {street: {"a": 2, "b": 3, "c": 2}.get(street, 0) - before.get(street, 0) for street in {*before, *"abc"}}
    give, take = sum(-n for n in change.values() if n < 0), sum(n for n in change.values() if n > 0)
    assert steps["count"].sum() == max(give, take)
    assert len(steps.drop_duplicates(["street_from", "street_to"])) == len(steps)


def test_moves_from_the_scenario_s_own(allocation):
    assert moved(allocation, allocation.start) == {s: n for s, n in allocation.instructors.items() if n}
    assert allocation.moves().equals(allocation.moves(allocation.start))
    assert replace(allocation, start=allocation.instructors).moves().empty


def test_who_gives_and_needs_most_comes_first(allocation):
    steps = replace(allocation, instructors=series(a=0, b=5, c=1, d=2)).moves(series(a=4, b=0, c=3, d=1))
    assert [tuple(step) for step in steps.itertuples(index=False)] == [("a", "b", 4), ("c", "b", 1), ("c", "d", 1)]
    coming = replace(allocation, instructors=series(a=2, b=1)).moves(series(a=0, b=0))
    assert [tuple(step) for step in coming.itertuples(index=False)] == [("", "a", 2), ("", "b", 1)]
    going = replace(allocation, instructors=series(a=0, b=1)).moves(series(a=2, b=1))
    assert [tuple(step) for step in going.itertuples(index=False)] == [("a", "", 2)]


def test_a_confidence_out_of_reach(hamlet, rules, joined):
    found = allocate(hamlet, rules.replace("targets.organization", 1.0), joined, confidence=0.9, replications=10)
    assert not found.reached
    assert found.confidence == 0.9
    assert (found.probability.value, found.probability_bound) == (0.0, 0.0)
    assert "No number of instructors" in found.summary()
    with in_language("zh"):
        assert "90%" in found.summary()


def test_a_confidence_that_nobody_is_needed_for(hamlet, rules, joined):
    found = allocate(hamlet, rules.replace("targets.organization", 0.0), joined, confidence=0.99, replications=10)
    assert found.reached
    assert found.total == 0
    assert found.probability.value == 1.0


def test_summary(allocation):
    text = allocation.summary()
    assert f"{allocation.total} instructors" in text
    assert f"{allocation.expected_coverage:.1%}" in text
    assert "No number" not in text
