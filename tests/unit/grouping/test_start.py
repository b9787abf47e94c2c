"""From last week's groups: what did not change is not searched again, and groups stay unless something is gained."""

from __future__ import annotations

import pandas as pd
import pytest

import workbench as wb
from workbench.grouping import solve
from workbench.grouping.search import ComponentSearch
from workbench.inputs import Scenario, make_city


@pytest.fixture(scope="module")
def towns() -> pd.DataFrame:
    """Three towns that nobody would go between: each at least one part of its own."""
    parts = []
    for number in range(3):
        town = make_city(90, 2, seed=number)
        parts.append(
            town.assign(x=town["x"] + 100.0 * number, street=f"{number}" + town["street"]).set_axis(
                [f"{number}-{name}" for name in town.index]
            )
        )
    return wb.check_register(pd.concat(parts).rename_axis("org_id"))


@pytest.fixture(scope="module")
def before(towns):
    return wb.group(towns, Scenario())


@pytest.fixture
def searched(monkeypatch) -> list[ComponentSearch]:
    """The parts that are searched, not recalled."""
    found: list[ComponentSearch] = []
    run = solve._run_all
    monkeypatch.setattr(
        solve, "_run_all", lambda searches, monitor: (found.extend(searches), run(searches, monitor))[1]
    )
    return found


def same(one, other) -> bool:
    tables = ((one.assignment, other.assignment), (one.groups, other.groups), (one.left_out, other.left_out))
    figures = [(g.covered, g.covered_bound, g.cost, g.cost_bound, g.status) for g in (one, other)]
    return figures[0] == figures[1] and all(a.equals(b) for a, b in tables)


def test_nothing_changed_nothing_is_searched(towns, before, searched):
    again = wb.group(towns, Scenario(), start=before)
    assert searched == []
    assert same(again, before)
    assert again.moved_from(before) == 0


def test_what_is_proven_serves_any_effort_and_else_only_the_same(towns, before, searched):
    assert before.status == "optimal"
    wb.group(towns, Scenario(), start=before, effort="quick", seed=5)
    assert searched == []


def test_a_changed_town_is_searched_anew_and_no_other(towns, before, searched):
    """And the answer is what a fresh search gives, figure by figure."""
    unit = next(name for name in before.assignment["org_id"] if name.startswith("1-"))
    changed = towns.copy()
    changed.loc[unit, ["full_members", "members_on_roll", "members_floating", "members_part_time"]] = [5, 5, 0, 0]
    changed = wb.check_register(changed)
    again = wb.group(changed, Scenario(), start=before)
    assert 1 <= len(searched) < len(before._solved)
    fresh = wb.group(changed, Scenario())
    assert (again.covered, again.covered_bound, again.cost, again.status) == (
        fresh.covered,
        fresh.covered_bound,
        pytest.approx(fresh.cost),
        fresh.status,
    )
    assert again.check(changed, Scenario()).faults == ()
    elsewhere = again.assignment[~again.assignment["org_id"].str.startswith("1-")].reset_index(drop=True)
    known = before.assignment[~before.assignment["org_id"].str.startswith("1-")].reset_index(drop=True)
    assert elsewhere.equals(known)


def test_a_pinned_unit_moves_and_the_others_only_for_a_gain(towns, before):
    table = before.assignment
    host = table[table["facility_kind"] == "host"].iloc[0]
    pinned = Scenario().replace("grouping.forbidden", [[host["org_id"], "host", host["facility_id"]]])
    again = wb.group(towns, pinned, start=before)
    moved = again.moved_from(before)
    assert moved >= 1
    assert moved <= wb.group(towns, pinned).moved_from(before)
    assert again.check(towns, pinned).faults == ()


def test_equally_good_groups_of_a_planner_stay(towns):
    """Of two on one point either may lead: the planner's choice is kept, whoever comes first in the register."""
    three = towns.iloc[:3].assign(
        full_members=1, members_on_roll=1, members_floating=0, members_part_time=0, has_branch=False, host_capacity=0,
        x=0.0, y=0.0, industry="a", supervisor="b", street="c", community=None, dormant=False,
    )  # fmt: skip
    three = wb.check_register(three)
    rules = Scenario().replace("grouping.facilities", ["peer"])
    for leader in three.index:
        pinned = wb.group(three, rules.replace("grouping.pinned", {three.index[0]: ["peer", leader]}))
        assert set(pinned.assignment["facility_id"]) == {leader}
        again = wb.group(three, rules, start=pinned)
        assert again.moved_from(pinned) == 0
        assert again.status == "optimal"


def test_a_search_that_was_stopped_teaches_nothing(towns, searched):
    stopped = wb.group(towns, Scenario(), progress=lambda _: False)
    assert stopped._solved == {}
    searched.clear()
    assert wb.group(towns, Scenario(), start=stopped).status == "optimal"
    assert searched
