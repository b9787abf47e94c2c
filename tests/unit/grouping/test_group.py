"""`group`: awkward small instances, each with its right answer, and the ways to stop."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from tests.oracle.grouping_instances import at, city, rules
from workbench.errors import Cancelled
from workbench.grouping import Grouping, group
from workbench.inputs import make_city


def _checked(register, scenario, **how) -> Grouping:
    grouping = group(register, scenario, **how)
    report = grouping.check(register, scenario)
    assert report.ok, report.summary()
    return grouping


def test_nobody_to_group_is_an_answer():
    grouping = _checked(city({"full_members": 0}), rules())
    assert (grouping.covered, grouping.covered_bound, grouping.cost, grouping.status) == (
        0,
        0,
        0.0,
        "optimal",
    )
    assert grouping.gap == 0.0
    assert grouping.assignment.columns.tolist() == [
        "org_id",
        "facility_kind",
        "facility_id",
        "distance_km",
        "cost",
    ]


@pytest.mark.parametrize("method", ["optimal", "nearest", "community", "supervisor"])
def test_two_units_cannot_reach_three_members(method):
    grouping = _checked(at((0, 0), (1, 0)), rules(), method=method)
    assert grouping.covered == 0
    assert grouping.left_out["reason"].tolist() == ["too_few_members"] * 2


def test_three_on_one_point():
    grouping = _checked(at((1, 1), (1, 1), (1, 1)), rules())
    assert (grouping.covered, grouping.status) == (3, "optimal")
    assert grouping.cost == pytest.approx(0.3)


def test_many_on_one_point_need_the_fewest_groups():
    grouping = _checked(at(*[(1, 1)] * 42), rules())
    assert (grouping.covered, len(grouping.groups), grouping.status) == (42, 9, "optimal")
    assert grouping.cost == pytest.approx(2.7)


def test_a_line_is_cut_into_groups():
    grouping = _checked(at(*[(k, 0) for k in range(11)]), rules(max_distance_km=1.0, open_peer=0.0))
    assert grouping.covered == 9
    assert grouping.status == "optimal"


def test_islands_are_solved_apart():
    points = [(100 * k + dx, 0) for k in range(6) for dx in (0, 1, 2)]
    grouping = _checked(at(*points), rules())
    assert grouping.covered == 18
    assert grouping.groups["facility_id"].tolist() == [f"u{3 * k + 1:02d}" for k in range(6)]


def test_hosts_only():
    hosts = [{"has_branch": True, "full_members": 4, "host_capacity": 2, "x": float(k)} for k in (0, 10)]
    units = [{"x": float(x)} for x in (1, 2, 3, 11)]
    grouping = _checked(city(*hosts, *units), rules(facilities=["host"], max_distance_km=3))
    assert grouping.covered == 3
    assert grouping.left_out["reason"].tolist() == ["no_room"]
    assert grouping.left_out["org_id"].tolist() == ["u04"]


def test_a_host_that_nobody_can_reach_is_no_help():
    register = city({"has_branch": True, "full_members": 3, "host_capacity": 5}, {"x": 9.0})
    grouping = _checked(register, rules(facilities=["host"]))
    assert grouping.left_out["reason"].tolist() == ["out_of_reach"]


def test_communities_lead_at_most_one_group():
    register = at(*[(0, 0)] * 7, community="东社区")
    grouping = _checked(register, rules(facilities=["community"]))
    assert (grouping.covered, len(grouping.groups)) == (5, 1)


def test_coverage_comes_before_any_cost():
    # Left alone, the three in the middle would be a cheap trio; the outer two need them.
    points = [(0, 0), (3, 0), (3, 0.1), (3.1, 0), (6, 0)]
    grouping = _checked(at(*points), rules(w_street=0, max_distance_km=3.2))
    assert grouping.covered == 5


def test_two_member_units_count_two():
    register = city({"full_members": 2}, {"x": 1.0})
    grouping = _checked(register, rules(policy={"two_members": "joint"}))
    assert grouping.covered == 2
    assert grouping.groups["members"].tolist() == [3]


def test_must_link_keeps_together_or_leaves_out_both():
    register = at((0, 0), (0, 1), (1, 0), (50, 50))
    grouping = _checked(register, rules(must_link=[["u00", "u03"]]))
    assert grouping.covered == 0
    assert set(grouping.left_out["reason"]) == {"linked", "too_few_members", "out_of_reach"}
    near = _checked(register, rules(must_link=[["u00", "u01"], ["u01", "u02"]]))
    assert near.covered == 3


def test_cannot_link_in_a_chain():
    points = at(*[(0, 0)] * 6)
    chain = [[f"u{k:02d}", f"u{k + 1:02d}"] for k in range(5)]
    grouping = _checked(points, rules(cannot_link=chain))
    assert (grouping.covered, len(grouping.groups)) == (6, 2)


def test_a_pinned_peer_leads_and_its_group_fills_up():
    grouping = _checked(at((0, 0), (1, 0), (2, 0), (2.5, 0)), rules(pinned={"u00": ["peer", "u02"]}))
    row = grouping.assignment.set_index("org_id").loc["u00"]
    assert (row["facility_kind"], row["facility_id"]) == ("peer", "u02")
    assert "u02" in grouping.assignment["org_id"].tolist()


def test_a_pinned_unit_without_a_place_counts_no_distance():
    register = city({"x": np.nan, "y": np.nan}, {}, {"x": 1.0})
    grouping = _checked(register, rules(pinned={"u00": ["peer", "u01"]}))
    assert grouping.covered == 3
    assert grouping.assignment.set_index("org_id").loc["u00", "distance_km"] == 0.0
    assert group(register, rules()).left_out.set_index("org_id").loc["u00", "reason"] == "no_place"


def test_tables_are_typed_and_sorted():
    grouping = group(make_city(200, 4, seed=3), rules())
    assert grouping.assignment["org_id"].is_monotonic_increasing
    assert [str(kind) for kind in grouping.assignment.dtypes] == ["str", "str", "str", "float64", "float64"]
    assert grouping.groups["units"].sum() == grouping.covered
    assert grouping.groups["cost"].sum() == pytest.approx(grouping.cost)
    leaders = grouping.assignment.query("facility_kind == 'peer' and facility_id == org_id")
    assert (leaders[["distance_km", "cost"]] == 0).all(axis=None)


def test_methods_efforts_and_gaps_are_checked():
    register, scenario = at((0, 0)), rules()
    for wrong in ({"method": "magic"}, {"effort": "huge"}, {"effort": 0}, {"gap": -0.1}, {"effort": True}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            group(register, scenario, **wrong)


def test_cancelling_keeps_the_best_answer():
    register, scenario = make_city(300, 6, seed=5), rules()
    seen = []

    def stop(progress):
        seen.append(progress)
        return False

    grouping = _checked(register, scenario, progress=stop)
    assert grouping.status == "cancelled"
    assert grouping.covered > 0
    assert len(seen) == 1


def test_cancelling_by_raising_is_the_same():
    def stop(progress):
        raise Cancelled("enough")

    assert group(make_city(300, 6, seed=5), rules(), progress=stop).status == "cancelled"


def test_an_error_in_the_callback_is_not_swallowed():
    def broken(progress):
        raise RuntimeError("in the panel")

    with pytest.raises(RuntimeError, match="in the panel"):
        group(make_city(300, 6, seed=5), rules(), progress=broken)


def test_a_time_limit_of_nothing_still_answers():
    grouping = _checked(make_city(300, 6, seed=5), rules(), time_limit=0.0)
    assert grouping.status == "time_limit"
    assert grouping.covered > 0


def test_progress_ends_at_one_and_the_trace_only_improves():
    seen = []
    grouping = group(make_city(400, 6, seed=5), rules(), progress=seen.append)
    assert seen[-1].fraction == 1.0
    trace = grouping.trace
    assert trace["covered"].is_monotonic_increasing
    assert trace["covered_bound"].is_monotonic_decreasing
    assert trace["seconds"].is_monotonic_increasing
    assert trace["covered"].iloc[-1] == grouping.covered


def test_the_same_seed_and_effort_give_the_same_answer():
    register, scenario = make_city(400, 6, seed=7), rules()
    first, second = (group(register, scenario, effort=4, seed=11) for _ in range(2))
    pd.testing.assert_frame_equal(first.assignment, second.assignment)
    assert first.cost_bound == second.cost_bound


def test_a_warm_start_is_never_made_worse():
    register, scenario = make_city(400, 6, seed=7), rules()
    best = group(register, scenario)
    stopped = _checked(register, scenario, start=best, progress=lambda progress: False)
    assert (stopped.covered, stopped.cost) == (best.covered, pytest.approx(best.cost))


def test_of_a_start_that_breaks_rules_the_legal_groups_are_kept():
    register = at((0, 0), (1, 0), (2, 0), (10, 0), (11, 0), (12, 0))
    wide = group(register, rules())
    tight = rules(forbidden=[["u00", "peer", "u01"]])
    grouping = _checked(register, tight, start=wide)
    assert grouping.covered == 6


def test_summary_speaks_both_languages():
    from workbench.labels import in_language

    grouping = group(at((0, 0), (1, 0), (2, 0), (9, 9)), rules())
    assert "3 of 4 units covered" in grouping.summary()
    with in_language("zh"):
        assert "4 家单位中覆盖 3 家" in grouping.summary()
        assert "距离以内没有可去之处" in grouping.reasons["words"].tolist()


@pytest.mark.parametrize("seconds", [-1.0, float("nan")])
def test_a_time_limit_is_seconds_from_0_up(seconds):
    with pytest.raises(ValueError, match=r"time_limit = .*: must be a number of seconds, 0 or more"):
        group(at((0, 0)), rules(), time_limit=seconds)


def test_no_time_at_all_still_gives_an_answer():
    register = at(*[(k % 4 * 0.3, k // 4 * 0.3) for k in range(12)])
    grouping = _checked(register, rules(w_industry=0.1), time_limit=0)
    assert (grouping.covered, grouping.covered_bound) == (12, 12)
    assert grouping.cost_bound <= grouping.cost


@pytest.mark.parametrize(
    ("start", "shown"), [("grouping.csv", "'grouping.csv'"), (at((0, 0)), "a DataFrame"), ({}, "{}"), (0, "0")]
)
def test_a_start_that_is_no_grouping_is_refused(start, shown):
    with pytest.raises(ValueError, match=f"^start = {re.escape(shown)}: must be a Grouping, as group gives it"):
        group(at((0, 0)), rules(), start=start)
