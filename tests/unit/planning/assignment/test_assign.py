"""The assignment list: who is concerned, whom instructors reach, even loads, cases together, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests import cities
from workbench.errors import ScenarioError
from workbench.labels import in_language
from workbench.planning import allocate, assign
from workbench.planning.assignment.blocks import _even, _loads
from workbench.simulation import prepare
from workbench.views.files import assignment_table, write_assignment


@pytest.fixture(scope="module")
def rules(plan):
    return plan.replace("instructors.total", 14)


@pytest.fixture(scope="module")
def found(hamlet, rules, joined):
    return assign(hamlet, rules, joined, standing=5)


def test_everybody_concerned_is_listed_once(found, hamlet):
    wanted = hamlet[~hamlet["has_branch"] & ~hamlet["has_instructor"] & ~hamlet["dormant"]]
    listed = [*found.table["org_id"], *found.unassigned["org_id"]]
    assert sorted(listed) == sorted(wanted.index)
    assert found.table.columns.tolist() == ["instructor", "responsible", "org_id", "case", "kind"]
    assert (found.table["responsible"] == hamlet.loc[found.table["org_id"], "responsible"].to_numpy()).all()


def test_instructors_are_numbered_within_their_unit(found, hamlet, rules, joined):
    own = found.instructors
    for unit, rows in own.groupby("responsible"):
        assert rows.index.tolist() == [f"{unit}-{number}" for number in range(1, len(rows) + 1)]
    loads = found.table["instructor"].value_counts().reindex(own.index, fill_value=0)
    assert (loads == own["organizations"]).all()
    assert len(own) == 14
    assert loads.max() <= 5
    assert found.check(hamlet, rules, joined).ok, found.check(hamlet, rules, joined).summary()


def test_units_of_one_case_stand_under_one_instructor(found):
    cases = found.table[found.table["case"] != ""]
    assert (cases.groupby(["responsible", "case"])["instructor"].nunique() == 1).all()
    assert (cases.groupby("case").size() > 1).any()


def test_the_cost_is_what_it_says(found, hamlet):
    places = found.table.join(hamlet[["x", "y"]], on="org_id")
    cost = sum(((part[["x", "y"]] - part[["x", "y"]].mean()) ** 2).to_numpy().sum()
               for _, part in places.groupby("instructor"))  # fmt: skip
    assert found.cost == pytest.approx(cost)
    assert found.cost == pytest.approx(found.instructors["cost"].sum())
    assert 0.0 <= found.cost_bound <= found.cost * (1 + 1e-9)


def test_too_few_instructors_reach_those_with_most_members_first(hamlet, rules, joined):
    few = assign(hamlet, rules.replace("instructors.total", 4), joined, standing=3)
    assert len(few.table) <= 12
    assert len(few.unassigned)
    members = hamlet["full_members"].clip(upper=3)
    for unit, left in few.unassigned.groupby("responsible"):
        own = few.table.loc[few.table["responsible"] == unit, "org_id"]
        if len(own):
            assert members[own].min() >= members[left["org_id"]].max()
    assert "too few instructors" in few.summary()
    with in_language("zh"):
        assert "暂未派驻" in few.summary()


def test_whoever_has_an_instructor_takes_room(hamlet, rules, joined):
    """k times the instructors, less the unit's organizations that have one already and no branch."""
    free = hamlet.assign(has_instructor=False)
    own = free.index[~free["has_branch"] & ~free["dormant"]]
    unit = free.loc[own, "responsible"].value_counts().index[0]
    busy = free.copy()
    busy.loc[own[free.loc[own, "responsible"] == unit][:2], "has_instructor"] = True
    few = rules.replace("instructors.by_responsible", {unit: 1})
    before, after = (assign(each, few, standing=5).table for each in (free, busy))
    assert (before["responsible"] == unit).sum() == 5
    assert (after["responsible"] == unit).sum() == 3


def test_the_simulation_assigns_the_same_organizations(hamlet, rules, joined):
    """Everybody whom the simulation counts as assigned stands on the list; a case that does not fit whole may wait."""
    few = rules.replace({"instructors.total": 6, "instructors.standing": 3})
    setup = prepare(hamlet, few, joined)
    rule = setup.assignment
    places = rule.all_places(np.array([setup.instructors[unit] for unit in setup.cases.responsible_units]))
    reached = set(setup.cases.organizations.index[rule.reached(places)])
    found = assign(hamlet, few, joined)
    assert set(found.table["org_id"]) <= reached
    assert len(reached) - len(found.table) <= 3
    assert found.standing == 3


def test_who_arrives_later_is_not_there(hamlet, rules, joined):
    free = hamlet.assign(has_instructor=False)
    unit = free.loc[~free["has_branch"] & ~free["dormant"], "responsible"].value_counts().index[0]
    nobody = rules.replace("instructors.by_responsible", dict.fromkeys(hamlet["responsible"].unique(), 0))
    late, early = (
        nobody.replace("instructors.arrivals", [{"responsible": unit, "count": 2, "from": day}])
        for day in ("2027-08-05", "2027-07-30")
    )
    assert assign(free, late, standing=5).table.empty
    there = assign(free, early, standing=5)
    assert there.table["responsible"].unique().tolist() == [unit]
    assert len(there.table) == 10


def test_an_allocation_says_how_many_there_are(hamlet, rules, joined):
    given = allocate(hamlet, rules.replace("targets.organization", 0.38), joined, total=10, replications=20)
    found = assign(hamlet, rules, joined, given, standing=5)
    assert found.units["instructors"].to_dict() == {unit: int(given.instructors[unit]) for unit in found.units.index}
    with pytest.raises(ScenarioError, match="Nowhere"):
        assign(hamlet, rules, joined, {"Nowhere": 3}, standing=5)


@pytest.mark.parametrize("standing", [0, 2.5, "5", True])
def test_how_many_an_instructor_may_stand_for_is_asked(hamlet, rules, standing):
    with pytest.raises(ScenarioError, match=r"instructors\.standing"):
        assign(hamlet, rules, standing=standing)


def test_row_order_and_threads_change_nothing(found, hamlet, rules, joined):
    again = assign(hamlet.iloc[::-1], rules, joined, standing=5, workers=1)
    pd.testing.assert_frame_equal(again.table, found.table)
    assert (again.cost, again.cost_bound) == (found.cost, found.cost_bound)


def test_without_places_nothing_costs_and_loads_are_even(hamlet, rules, joined):
    nowhere = assign(hamlet.assign(x=np.nan, y=np.nan), rules, joined, standing=5)
    assert (nowhere.cost, nowhere.cost_bound) == (0.0, 0.0)
    spread = nowhere.instructors.groupby("responsible")["organizations"].agg(lambda loads: loads.max() - loads.min())
    assert spread.max() <= 4  # as far as units of one case allow


def test_degrees_are_kilometres(hamlet, rules, joined):
    """The same town on the globe: the same list, and nearly the same squares."""
    lon, lat = 113.0 + hamlet["x"] / 102.0, 23.0 + hamlet["y"] / 110.77
    globe = assign(hamlet.assign(x=np.nan, y=np.nan, lon=lon, lat=lat), rules, joined, standing=5)
    plane = assign(hamlet, rules, joined, standing=5)
    assert globe.cost == pytest.approx(plane.cost, rel=0.02)


def test_a_case_larger_than_one_may_stand_for_is_cut():
    city = cities.register(*(cities.organization(f"o{i}", 1, x=float(i), y=0.0) for i in range(5)))
    together = cities.placed(*((f"o{i}", "peer", "o0") for i in range(5)))
    rules = cities.scenario(instructors__total=3)
    found = assign(city, rules, together, standing=2)
    assert sorted(found.instructors["organizations"]) == [1, 2, 2]
    assert found.check(city, rules, together).ok


def test_nobody_is_concerned():
    covered = cities.register(*(cities.organization(f"o{i}", 3, has_branch=True) for i in range(3)))
    found = assign(covered, cities.scenario(instructors__total=2), standing=5)
    assert found.table.empty
    assert (found.cost, found.cost_bound, found.gap) == (0.0, 0.0, 0.0)
    assert found.check(covered, cities.scenario()).ok
    assert "0 organizations" in found.summary()


def test_the_check_finds_what_is_wrong(found, hamlet, rules, joined):
    table = found.table.copy()
    other = table["instructor"].iloc[-1]
    table.loc[0, "instructor"] = other
    wrong = replace(found, table=pd.concat([table, table.tail(1)], ignore_index=True))
    codes = {fault.code for fault in wrong.check(hamlet, rules, joined).faults}
    assert {"assigned_twice", "assigned_elsewhere", "assigned_cost"} <= codes
    codes = {fault.code for fault in replace(found, table=table.iloc[1:]).check(hamlet, rules, joined).faults}
    assert "assigned_missing" in codes
    codes = {fault.code for fault in replace(found, standing=1).check(hamlet, rules, joined).faults}
    assert "assigned_too_many" in codes
    codes = {fault.code for fault in replace(found, cost_bound=found.cost + 1).check(hamlet, rules, joined).faults}
    assert codes == {"assigned_bound"}


def test_loads_are_even_to_one_where_that_can_be():
    assert sorted(_even([3, 3, 2, 2, 2], 2)) == [6, 6]  # largest first alone gives 5 and 7
    assert max(_loads([3, 3, 2, 2, 2], 2)) == 6
    assert _even([4, 1], 2) is None
    assert sorted(_loads([4, 1], 2)) == [1, 4]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_list_can_be_handed_out(found, hamlet, tmp_path, ending):
    with in_language("zh"):
        path = write_assignment(found, hamlet, tmp_path / f"list{ending}")
        shown = assignment_table(found, hamlet)
    assert shown.columns.tolist() == ["指导员", "责任单位", "编号", "名称", "组建任务", "组建方式"]
    assert len(shown) == len(found.table) + len(found.unassigned)
    assert not shown.isna().any(axis=None)
    read = pd.read_csv(path) if ending == ".csv" else pd.read_excel(path, engine="openpyxl")
    assert len(read) == len(shown)
