"""What the answer rests on is computed: each convention's worth is what `simulate` gives with the other value."""

from __future__ import annotations

import pytest

from tests.cities import organization, register, scenario
from workbench.errors import Cancelled
from workbench.grouping import group
from workbench.labels import in_language
from workbench.planning import ceiling, conventions
from workbench.simulation import simulate

PATHS = {
    "counted_from": "policy.counted_from",
    "member_basis": "policy.member_basis",
    "denominator": "policy.denominator",
    "every_weeks": "committee.every_weeks",
    "two_members": "policy.two_members",
}


@pytest.fixture(scope="module")
def short(plan):
    return plan.replace({"committee.every_weeks": 2, "instructors.total": 3})


@pytest.fixture(scope="module")
def found(hamlet, short, joined):
    return conventions(hamlet, short, joined, replications=20, seed=5)


def test_each_is_what_simulate_gives(found, hamlet, short, joined):
    base = simulate(hamlet, short, joined, replications=20, seed=5)
    assert found.expected == pytest.approx(base.expected(), abs=1e-12)
    assert len(found.table) == 1 + 2 + 1 + 2 + 1
    for row in found.table.to_dict("records"):
        changed = short.replace(PATHS[row["convention"]], row["value"])
        joint = joined
        if row["convention"] in ("member_basis", "two_members", "denominator"):
            joint = group(hamlet, changed, effort="quick", gap=0.1, seed=5)
        outcome = simulate(hamlet, changed, joint, replications=20, seed=5)
        assert row["expected"] == pytest.approx(outcome.expected(), abs=1e-12), row
        assert row["probability"] == outcome.probability().value, row
        assert row["ceiling"] == pytest.approx(ceiling(hamlet, changed, joint).value, abs=1e-12), row
        difference = outcome.by_deadline().mean() - base.by_deadline().mean()
        assert row["gain"] == pytest.approx(difference, abs=1e-12), row
        assert row["low"] - 1e-12 <= row["gain"] <= row["high"] + 1e-12


def test_what_moves_it_most_comes_first(found):
    assert found.worth.is_monotonic_decreasing
    assert list(dict.fromkeys(found.table["convention"])) == list(found.worth.index)
    assert len(found.lines()) == 5
    with in_language("zh"):
        assert all("若按" in line for line in found.lines())


def test_more_two_member_branches_than_instructors_are_told():
    city = register(*(organization(f"a{n}", 2) for n in range(5)))
    few = conventions(city, scenario(instructors__total=3), replications=2)
    assert (few.two_member_branches, few.instructors, few.without_third_member) == (5, 3, 2)
    assert "2 of them cannot be formed" in few.third_member()
    later = {"instructors.arrivals": [{"responsible": "S", "count": 2}]}
    assert conventions(city, scenario(instructors__total=3).replace(later), replications=2).third_member() is None
    assert conventions(city, scenario(instructors__total=5), replications=2).third_member() is None


def test_a_register_without_parts_leaves_the_basis_out():
    city = register(*(organization(f"a{n}", 2) for n in range(5)))
    found = conventions(city, scenario(instructors__total=3), replications=2)
    assert "member_basis" not in set(found.table["convention"])


def test_a_committee_of_its_own_follows_the_cadence(hamlet, short, joined):
    unit = sorted(hamlet["responsible"].unique())[0]
    own = short.replace({"committee.by_responsible": {unit: {"every_weeks": 3, "agenda": 1}}})
    found = conventions(hamlet, own, joined, replications=5, seed=5).table.set_index(["convention", "value"])
    weekly = own.replace(
        {"committee.every_weeks": 1, "committee.by_responsible": {unit: {"every_weeks": 1, "agenda": 1}}}
    )
    outcome = simulate(hamlet, weekly, joined, replications=5, seed=5)
    assert found.loc[("every_weeks", 1), "expected"] == pytest.approx(outcome.expected(), abs=1e-12)


def test_it_can_be_stopped(hamlet, short, joined):
    with pytest.raises(Cancelled):
        conventions(hamlet, short, joined, replications=2, progress=lambda done, whole: False)
