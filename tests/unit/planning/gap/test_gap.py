"""The gap's parts: they add up without remainder, and an obstacle that is not there takes nothing."""

from __future__ import annotations

import pickle
from itertools import permutations

import pytest

from tests.cities import organization, placed, register, scenario
from workbench.errors import Cancelled
from workbench.labels import in_language
from workbench.planning import PARTS, ceiling, explain_gap
from workbench.simulation import simulate


@pytest.fixture(scope="module")
def gap(hamlet, plan, joined):
    return explain_gap(hamlet, plan, joined, replications=40, seed=5)


def test_parts_add_up(gap):
    assert tuple(gap.table.index) == PARTS
    assert gap.table["points"].sum() == pytest.approx(1 - gap.expected, abs=1e-12)
    assert list(gap.table.columns) == ["part", "points", "alone", "last"]
    assert tuple(gap.table["part"]) == PARTS


def test_it_passes_the_ceiling_on_its_way(gap, hamlet, plan, joined):
    top = ceiling(hamlet, plan, joined)
    points = gap.table["points"]
    assert gap.ceiling == top.value
    assert points[:"grouping"].sum() == pytest.approx(1 - gap.ceiling, abs=1e-12)
    assert points["time":].sum() == pytest.approx(gap.ceiling - gap.expected, abs=1e-12)
    share = top.table["share"]
    assert gap.table.loc["structure", "points"] == pytest.approx(share["no_member"] + share["dormant"], abs=1e-12)
    assert gap.table.loc["grouping", "points"] == pytest.approx(share["left_out"], abs=1e-12)


def test_it_ends_at_what_a_simulation_expects(gap, hamlet, plan, joined):
    base = simulate(hamlet, plan, joined, replications=40, seed=5)
    assert (gap.expected, gap.probability) == (base.expected(), base.probability())
    assert gap.target == plan.targets.organization
    given = explain_gap(hamlet, plan, joined, replications=40, seed=5, outcome=base)
    assert given.table.equals(gap.table)


@pytest.mark.parametrize("other", ["seed", "replications", "scenario", "grouping", "register"])
def test_another_campaigns_outcome_is_refused(hamlet, plan, joined, other):
    """Its parts would sum as well, and mean nothing."""
    given = {"register": hamlet, "scenario": plan, "grouping": joined, "seed": 5, "replications": 10}
    given |= {
        "seed": {"seed": 6},
        "replications": {"replications": 11},
        "scenario": {"scenario": plan.replace("census.late", 0.2)},
        "grouping": {"grouping": False},
        "register": {"register": hamlet.assign(dormant=True), "grouping": False},
    }[other]
    with pytest.raises(ValueError, match=rf"outcome = an Outcome: .* differs in .*{other}"):
        explain_gap(hamlet, plan, joined, replications=10, seed=5, outcome=simulate(**given))


def test_what_is_in_the_way_takes_something(gap):
    """The hamlet has few instructors, failures, committees and elections; its groups take everybody, in time."""
    assert (gap.table["points"].drop(["grouping", "time"]) > 0.001).all()
    assert gap.table.loc[["grouping", "time"], "points"].tolist() == pytest.approx([0, 0], abs=1e-12)


def test_a_late_census_takes_time(hamlet, plan, joined):
    late = plan.replace({"census.late": 0.5, "census.tail": {"exponential": 30}})
    assert explain_gap(hamlet, late, joined, replications=10).table.loc["time", "points"] > 0.05


FORMED = ("standalone", "assisted", "joint", "attached")


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("instructors", {"instructors.total": 2000, "instructors.share": "equal"}),
        ("failure", {f"cases.{kind}.success": 1.0 for kind in FORMED}),
        ("approval", {f"cases.{kind}.approval": "none" for kind in FORMED}),
        ("election", {f"cases.{kind}.election": None for kind in FORMED}),
        ("election", {"policy.counted_from": "approved"}),
        ("time", {f"cases.{kind}.preparation": 0 for kind in FORMED} | {"census.late": 0}),
    ],
    ids=["instructors", "failure", "approval", "election", "counted_from_approval", "time"],
)
def test_an_obstacle_that_is_not_there_takes_nothing(hamlet, plan, joined, part, changes):
    table = explain_gap(hamlet, plan.replace(changes), joined, replications=10).table
    assert table.loc[part, "points"] == pytest.approx(0, abs=1e-12)
    assert (table["points"].drop(part) != 0).any()


def test_a_city_without_structure_or_grouping_losses():
    orgs = register(*(organization(f"p{n}", 1) for n in range(3)), organization("a"))
    trio = placed(*((f"p{n}", "peer", "p0") for n in range(3)))
    table = explain_gap(orgs, scenario(instructors__total=1), trio, replications=2).table
    assert table.loc["structure", "points"] == table.loc["grouping", "points"] == 0
    alone = explain_gap(orgs, scenario(instructors__total=1), False, replications=2).table
    assert alone.loc["grouping", "points"] == 0.75


def test_summary_says_shares_and_what_each_brings_alone(gap):
    assert gap.holding_back["points"].is_monotonic_decreasing
    first, *lines, last = gap.summary().splitlines()
    assert f"{gap.expected:.1%}" in first
    assert f"{gap.holding_back['points'].iloc[0] * 100:.1f} points" in lines[0]
    approval = gap.table.loc["approval"]
    said = (
        f"if it alone goes: {approval['alone'] * 100:.1f}; still lost if it alone stays: {approval['last'] * 100:.1f}"
    )
    assert any(said in line for line in lines)
    assert "do not say what to change first" in last
    with in_language("zh"):
        assert "不表示先改哪一项" in gap.summary()


def test_it_travels_to_other_processes(gap):
    again = pickle.loads(pickle.dumps(gap))
    assert again.table.equals(gap.table)


def test_it_can_be_stopped(hamlet, plan, joined):
    seen = []

    def stop(done, whole):
        seen.append((done, whole))
        return done < 3

    with pytest.raises(Cancelled):
        explain_gap(hamlet, plan, joined, replications=10, progress=stop)
    assert seen == [(1, 16), (2, 16), (3, 16)]


def test_workers_change_nothing(gap, hamlet, plan, joined):
    again = explain_gap(hamlet, plan, joined, replications=40, seed=5, workers=1)
    assert again.table.equals(gap.table)


# --- The oracle: every order walked, step by step, with `simulate` ---------------------------------------------------

OBSTACLES = ("instructors", "failure", "approval", "election")


def removal(hamlet, name):
    """What a planner would write to take an obstacle away."""
    return {
        "instructors": {"instructors.by_responsible": dict.fromkeys(hamlet["street"].unique(), 200)},
        "failure": {f"cases.{kind}.success": 1.0 for kind in (*FORMED, "outreach")},
        "approval": {f"cases.{kind}.approval": "none" for kind in FORMED},
        "election": {f"cases.{kind}.election": None for kind in FORMED},
    }[name]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"committee.agenda": 1, "discipline": "fifo", "policy.counted_from": "approved"},
        {"instructors.total": 2, "cases.standalone.approval": "direct", "uncertainty.failure": {"uniform": [0.5, 3]}},
        {"instructors.total": 0},
        {"committee.agenda": 0, "cases.joint.election": None},
    ],
    ids=["plan", "agenda_of_one", "direct", "no_instructors", "nothing_heard"],
)
def test_shares_are_averages_over_all_orders(changes, hamlet, plan, joined):
    plan, worth = plan.replace(changes), {}
    table = explain_gap(hamlet, plan, joined, replications=15, seed=5).table

    def reached(removed):
        key = frozenset(removed)
        if key not in worth:
            changed = plan
            for name in removed:
                changed = changed.replace(removal(hamlet, name))
            worth[key] = simulate(hamlet, changed, joined, replications=15, seed=5, keep="city").expected()
        return worth[key]

    orders = list(permutations(OBSTACLES))
    for name in OBSTACLES:
        steps = [reached(order[: order.index(name) + 1]) - reached(order[: order.index(name)]) for order in orders]
        others = [other for other in OBSTACLES if other != name]
        assert table.loc[name, "points"] == pytest.approx(sum(steps) / len(steps), abs=1e-12)
        assert table.loc[name, "alone"] == pytest.approx(reached([name]) - reached([]), abs=1e-12)
        assert table.loc[name, "last"] == pytest.approx(reached(OBSTACLES) - reached(others), abs=1e-12)
    assert len(worth) == 16
    top = ceiling(hamlet, plan, joined).value
    assert table.loc["time", "points"] == pytest.approx(top - reached(OBSTACLES), abs=1e-12)
    assert table.loc[["structure", "grouping", "time"], ["alone", "last"]].isna().all(axis=None)


def test_a_gap_can_be_sent_to_another_process(hamlet, plan, joined):
    gap = explain_gap(hamlet, plan, joined, replications=10)
    again = pickle.loads(pickle.dumps(gap))
    assert again.summary() == gap.summary()
    assert again.table.equals(gap.table)
