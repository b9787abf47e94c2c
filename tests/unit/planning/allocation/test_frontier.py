"""The frontier against its definition: what is efficient, what is needed, what it costs."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.errors import ScenarioError
from workbench.labels import in_language
from workbench.planning import allocate, frontier
from workbench.planning.allocation.frontier import _efficient
from workbench.simulation import wilson


@pytest.fixture(scope="module")
def allocations(hamlet, plan, joined):
    rules = plan.replace({"targets.organization": 0.36, "costs.instructor_month": 300})
    dear = rules.replace({"committee.agenda": None, "costs.instructor_month": 900})
    hopeless = rules.replace("targets.organization", 0.99)
    return {
        name: allocate(hamlet, each, joined, total=10, replications=40, seed=2)
        for name, each in {"plan": rules, "dear": dear, "hopeless": hopeless}.items()
    }


def plainly_efficient(effort, chance):
    pairs = list(zip(effort, chance, strict=True))
    return [not any(e <= x and p >= y and (e < x or p > y) for e, p in pairs) for x, y in pairs]


@pytest.mark.parametrize("seed", range(20))
def test_efficient_is_what_nothing_beats(seed):
    """With many ties."""
    rng = np.random.default_rng(seed)
    effort, chance = rng.integers(0, 6, 30).astype(float), rng.integers(0, 6, 30) / 5
    assert _efficient(effort, chance).tolist() == plainly_efficient(effort, chance)


@pytest.mark.parametrize("against", ["instructors", "cost"])
def test_the_table_holds_the_curves(allocations, against):
    found = frontier(allocations, against=against, confidence=0.5)
    for name, allocation in allocations.items():
        rows = found.table.loc[name]
        assert rows["probability"].tolist() == allocation.curve["probability"].tolist()
        assert rows["expected"].tolist() == allocation.curve["expected"].tolist()
        assert rows["cost"].loc[allocation.total] == pytest.approx(allocation.cost)
        assert rows["cost"].loc[0] == 0.0
        assert rows["bound"].tolist() == allocation.curve["bound"].tolist()
        for row in rows.to_dict("records"):
            assert (row["low"], row["high"]) == tuple(wilson(round(row["probability"] * 40), 40))[1:]
    totals = found.table.index.get_level_values("total")
    effort = totals if against == "instructors" else found.table["cost"]
    assert found.table["efficient"].tolist() == plainly_efficient(effort, found.table["probability"])


def test_what_is_needed(allocations):
    found = frontier(allocations, confidence=0.5)
    for name in ("plan", "dear"):
        chance = allocations[name].curve["probability"]
        assert found.needed["total"].loc[name] == min(n for n, value in chance.items() if value >= 0.5)
        assert found.needed["probability"].loc[name] == chance.max()
        assert chance.loc[found.needed["at"].loc[name]] == chance.max()
    for name, row in found.needed.iterrows():
        assert row["asked"] == allocations[name].total
        assert tuple(row[["fresh", "fresh_low", "fresh_high"]]) == tuple(allocations[name].probability)
    assert np.isnan(found.needed["total"].loc["hopeless"])
    assert found.cheapest == found.needed["total"].idxmin()
    by_cost = frontier(allocations, against="cost", confidence=0.5)
    assert by_cost.cheapest == by_cost.needed["cost"].idxmin()


def test_in_both_languages(allocations):
    found = frontier(allocations, confidence=0.5)
    assert "hopeless: out of reach (at best 0.0%, with 0)" in found.summary()
    assert f"plan: {int(found.needed['total'].loc['plan'])} instructors" in found.summary()
    by_cost = frontier(allocations, against="cost", confidence=0.5)
    assert f"dear: {by_cost.needed['cost'].loc['dear']:,.0f} yuan" in by_cost.summary()
    with in_language("zh"):
        assert "达不到" in found.summary()


def test_what_is_refused(allocations, hamlet, plan, joined):
    with pytest.raises(ScenarioError, match="No allocation"):
        frontier({})
    free = allocate(hamlet, plan, joined, total=3, replications=5)
    with pytest.raises(ScenarioError, match="In free an instructor costs nothing"):
        frontier({**allocations, "free": free}, against="cost")
    with pytest.raises(ValueError, match="against = 'time': must be one of instructors, cost"):
        frontier(allocations, against="time")
    with pytest.raises(ValueError, match="confidence = 0"):
        frontier(allocations, confidence=0)
