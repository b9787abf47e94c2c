"""What holds of every register and scenario: counts that only grow, within bounds, whatever the order of the rows."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from workbench.grouping import Grouping, group
from workbench.inputs import Scenario, make_city
from workbench.planning import COVERED, NOT_COVERED, ceiling
from workbench.simulation import KINDS, Outcome, build_cases, simulate, trace
from workbench.simulation.tracing.replay import replay

FEW = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
Case = tuple[pd.DataFrame, Scenario, Grouping | Literal[False]]

DAYS = st.sampled_from([0, 1, 0.5, 3, {"pert": [0, 2, 9]}, {"exponential": 4}, {"uniform": [0, 6]},
                        {"lognormal": [3, 2]}, {"empirical": [0, 1, 1, 8]}, {"triangular": [1, 1, 5]}])  # fmt: skip
RATES = st.sampled_from([0, 0.3, 0.8, 1, {"uniform": [0.2, 1]}])


@st.composite
def campaigns(draw: st.DrawFn) -> Case:
    """A small city, a scenario that reaches most rules, and a grouping or False."""
    register = make_city(
        draw(st.integers(1, 45)), draw(st.integers(1, 4)), seed=draw(st.integers(0, 10**6)),
        covered=draw(st.sampled_from([0.0, 0.3])), hosts=0.7, dormant=draw(st.sampled_from([0.0, 0.15])),
    )  # fmt: skip
    changes: dict[str, Any] = {
        "instructors.total": draw(st.integers(0, 20)),
        "instructors.caseload": draw(st.integers(1, 3)),
        "instructors.share": draw(st.sampled_from(["equal", "by_organizations", "by_need"])),
        "policy.two_members": draw(st.sampled_from(["assisted", "joint"])),
        "policy.counted_from": draw(st.sampled_from(["formed", "approved"])),
        "policy.denominator": draw(st.sampled_from(["all", "active"])),
        "policy.member_basis": draw(st.sampled_from(["on_roll", "floating", "part_time"])),
        "census.late": draw(st.sampled_from([0, 0.3, 1, {"uniform": [0, 1]}])),
        "census.tail": draw(DAYS),
        "committee.every_weeks": draw(st.integers(1, 3)),
        "committee.stagger": draw(st.booleans()),
        "committee.agenda": draw(st.sampled_from([0, 1, 4, None])),
        "committee.notice": draw(st.sampled_from([0, 1.5, {"uniform": [0, 4]}])),
        "discipline": draw(st.sampled_from(["formation_first", "work_first", "fifo", ["joint", "outreach"]])),
        "calendar.horizon": draw(st.sampled_from([None, "2027-09-17"])),
        "calendar.formation_opens": draw(st.sampled_from(["2027-07-15", "2027-08-01"])),
    }
    for kind in KINDS:
        changes |= {
            f"cases.{kind}.preparation": draw(DAYS), f"cases.{kind}.success": draw(RATES),
            f"cases.{kind}.max_attempts": draw(st.integers(1, 3)),
        }  # fmt: skip
        if kind != "outreach":
            changes |= {
                f"cases.{kind}.approval": draw(st.sampled_from(["committee", "committee", "direct", "none"])),
                f"cases.{kind}.election": draw(st.one_of(st.none(), DAYS)),
            }
    scenario = Scenario().replace(changes)
    method = draw(st.sampled_from(["nearest", "community", None]))
    return register, scenario, group(register, scenario, method=method) if method else False


def run(case: Case, **options: Any) -> Outcome:
    return simulate(*case, replications=6, seed=3, workers=1, **options)


def tables(outcome: Outcome) -> tuple[np.ndarray, np.ndarray]:
    """Organizations with a branch and with work, (replication, day, responsible unit)."""
    return tuple(array.to_numpy() for array in outcome.dataset.values())


@FEW
@given(campaigns())
def test_counts_only_grow_within_their_bounds(case):
    register, scenario, grouping = case
    outcome = run(case)
    branches, works = tables(outcome)
    responsible_units = outcome.dataset["responsible"].to_numpy()
    in_responsible = outcome.organizations["responsible"].value_counts().loc[responsible_units].to_numpy()
    # A branch is work, and whoever forms one was dispatched to before.
    assert (branches >= 0).all()
    assert (branches <= works).all()
    assert (works <= in_responsible).all()
    for counts in (branches, works):
        assert (np.diff(counts, axis=1) >= 0).all()
    top = ceiling(register, scenario, grouping)
    assert (branches[:, -1].sum(axis=1) <= top.possible).all()
    by_responsible = top.by_responsible.loc[responsible_units]
    assert (branches[:, -1] <= by_responsible["possible"].to_numpy()).all()
    assert (branches[:, 0] >= by_responsible["at_start"].to_numpy()).all()
    assert outcome.ceiling == top.value


@FEW
@given(campaigns())
def test_nobody_is_lost_or_counted_twice(case):
    register, scenario, grouping = case
    cases = build_cases(register, scenario, grouping)
    assert np.unique(cases.unit_row).size == cases.unit_row.size == cases.units.sum()
    orgs = cases.organizations.iloc[cases.unit_row]
    assert not orgs["branch"].any()
    assert not orgs["dormant"].any()
    table = ceiling(register, scenario, grouping).table
    assert table["organizations"].sum() == len(cases.organizations)
    assert list(table.index) == [*COVERED, *NOT_COVERED]
    outcome = run(case)
    for by in ("responsible", "supervisor", "tier", "kind"):
        found = outcome.breakdown(by)
        assert found["organizations"].sum() == len(cases.organizations)
        assert np.isclose(found["expected"].sum(), outcome.expected() * outcome.total)
        assert np.isclose(found["expected_work"].sum(), outcome.expected("work") * outcome.total)
        covered = found[["at_start", "expected", "possible"]].to_numpy()
        assert (np.diff(covered, axis=1) >= -1e-9).all()


@FEW
@given(campaigns(), st.randoms(use_true_random=False))
def test_row_order_changes_nothing(case, random):
    register, scenario, grouping = case
    order = list(register.index)
    random.shuffle(order)
    first, second = run(case), run((register.loc[order], scenario, grouping))
    for one, other in zip(tables(first), tables(second), strict=True):
        assert one.tobytes() == other.tobytes()
    pd.testing.assert_frame_equal(first.cases, second.cases, check_exact=True)
    pd.testing.assert_frame_equal(first.waits, second.waits, check_exact=True)
    assert first.provenance["register_fingerprint"] == second.provenance["register_fingerprint"]


@FEW
@given(campaigns())
def test_responsible_units_names_in_the_same_order_change_nothing_but_names(case):
    register, scenario, grouping = case
    method = grouping.provenance["method"] if grouping else None
    renamed = register.assign(responsible="第" + register["responsible"])
    again = method is not None and group(renamed, scenario, method=method)
    first, second = run(case), run((renamed, scenario, again))
    assert ("第" + first.dataset["responsible"].to_series()).tolist() == second.dataset[
        "responsible"
    ].to_numpy().tolist()
    for one, other in zip(tables(first), tables(second), strict=True):
        assert one.tobytes() == other.tobytes()
    pd.testing.assert_frame_equal(
        first.cases.drop(columns="responsible"), second.cases.drop(columns="responsible"), check_exact=True
    )


@FEW
@given(campaigns(), st.randoms(use_true_random=False))
def test_responsible_units_names_in_another_order_change_nothing_without_turns(case, random):
    """Names matter to the committees' turns, to ties among largest remainders, and to nothing else."""
    register, scenario, grouping = case
    responsible_units = sorted(set(register["responsible"]))
    by_responsible = {responsible: random.randint(0, 4) for responsible in responsible_units}
    scenario = scenario.replace({"committee.stagger": False, "instructors.by_responsible": by_responsible})
    method = grouping.provenance["method"] if grouping else None
    names = [f"{place:02d}" for place in range(len(responsible_units))]
    random.shuffle(names)
    new = dict(zip(responsible_units, names, strict=True))
    renamed = register.assign(responsible=register["responsible"].map(new).astype("str"))
    changed = scenario.replace(
        "instructors.by_responsible", {new[responsible]: count for responsible, count in by_responsible.items()}
    )
    grouping = method is not None and group(register, scenario, method=method)
    again = method is not None and group(renamed, changed, method=method)
    if grouping:
        # Hand methods may break ties by facility_id, which holds a community's pool: then they are other groupings.
        same_units = grouping.assignment["facility_id"].str.split("/").str[-1]
        assume(same_units.equals(again.assignment["facility_id"].str.split("/").str[-1]))
    first, second = run((register, scenario, grouping)), run((renamed, changed, again))
    # A responsible unit whose organizations are all left out of the count is in neither.
    counted = first.dataset["responsible"].to_numpy().tolist()
    assert {new[responsible] for responsible in counted} == set(second.dataset["responsible"].to_numpy())
    for one, other in zip(first.dataset.values(), second.dataset.values(), strict=True):
        for responsible in counted:
            assert (
                one.sel(responsible=responsible).to_numpy().tobytes()
                == other.sel(responsible=new[responsible]).to_numpy().tobytes()
            )
    pd.testing.assert_frame_equal(
        first.cases.drop(columns="responsible").sort_index(), second.cases.drop(columns="responsible").sort_index(),
        check_exact=True,
    )  # fmt: skip


@FEW
@given(campaigns(), st.integers(0, 2**40))
def test_times_follow_the_way_of_a_case(case, replication):
    """Released, dispatched, filed, approved, formed: in this order, on the grid, and never at or after the end."""
    register, scenario, grouping = case
    shown = trace(register, scenario, grouping, replication=replication % 2**32, seed=1)
    cases, end = shown.cases, shown.settings["horizon_day"] + 1.0
    times = cases[["release", "dispatched", "filed", "approved", "formed"]].to_numpy()
    assert (np.isnan(times) | (times * 2**20 % 1 == 0)).all()
    assert (np.isnan(times[:, 1:]) | ((times[:, 1:] >= 0) & (times[:, 1:] < end))).all()
    for earlier in range(4):
        for later in range(earlier + 1, 5):
            both = ~np.isnan(times[:, earlier]) & ~np.isnan(times[:, later])
            assert (times[both, earlier] <= times[both, later]).all()
    started = cases["dispatched"].notna()
    assert (cases.loc[started, "attempts"].between(1, cases.loc[started, "max_attempts"])).all()
    assert (cases.loc[~started, "attempts"] == 0).all()
    outreach = cases["kind"] == "outreach"
    assert cases.loc[outreach, ["filed", "approved", "formed"]].isna().all(axis=None)
    assert cases.loc[~outreach, "mass_org"].isna().all()
    committee = cases["approval"].eq("committee") & cases["approved"].notna()
    held = set(zip(shown.meetings["responsible"], shown.meetings["day"], strict=True))
    assert set(zip(cases.loc[committee, "responsible"], cases.loc[committee, "approved"], strict=True)) <= held
    heard = cases[committee].groupby(["responsible", "approved"]).size()
    room = shown.meetings.set_index(["responsible", "day"])["agenda"]
    assert all(count <= room.loc[key] for key, count in heard.items() if not np.isnan(room.loc[key]))


#: Where a case can be at the end of a day, in the order of its way.
STAGES = ("to come", "waiting", "in work", "between attempts", "given up", "founded", "filed", "approved", "formed")


def way(case: dict[str, Any], attempts: pd.DataFrame, horizon: float) -> list[tuple[float, str]]:
    """When a case comes to each stage, and to which; each step is held against the one before."""
    steps = [(-np.inf, "to come"), (case["release"], "waiting")]
    due = case["release"]
    for row in attempts.to_dict("records"):
        assert row["waits_from"] == due
        assert row["start"] >= due
        assert row["end"] == row["start"] + case[f"prep_{row['attempt']}"]
        steps.append((row["start"], "in work"))
        last = row["attempt"] == case["max_attempts"]
        due = row["end"] + case["retry_delay"]
        if not row["success"]:
            steps += [(row["end"], "given up")] if last else [(row["end"], "between attempts"), (due, "waiting")]
            continue
        steps.append((row["end"], "founded" if case["kind"] == "outreach" else "filed"))
    done = {"founded": case["mass_org"], "filed": case["filed"], "approved": case["approved"], "formed": case["formed"]}
    steps += [(done[stage], stage) for stage in ("approved", "formed") if not np.isnan(done[stage])]
    for time, stage in steps:
        if stage in done and time < horizon:
            assert done[stage] == time
    return steps


@FEW
@given(campaigns())
def test_units_are_conserved_each_day(case):
    """Every unit is in one stage at the end of each day, none leaves the last ones, and the outcome counts the same."""
    register, scenario, grouping = case
    outcome = run(case)
    shown = trace(register, scenario, grouping, replication=4, seed=3)
    horizon, days = shown.settings["horizon_day"] + 1.0, int(shown.settings["horizon_day"]) + 1
    attempts = dict(list(replay(shown).groupby("case")))
    none = replay(shown).iloc[:0]
    units = dict.fromkeys(STAGES, np.zeros(days, dtype=np.int64))
    approved_counts = scenario.policy.counted_from == "approved"
    counted = np.zeros(days, dtype=np.int64)
    for row in shown.cases.to_dict("records"):
        steps = way(row, attempts.get(row["case"], none), horizon)
        times = np.array([time for time, _ in steps])
        assert (np.diff(times) >= 0).all()
        at = np.searchsorted(times, np.arange(days) + 1.0, side="left") - 1
        for stage in STAGES:
            here = np.array([steps[i][1] == stage for i in at])
            units[stage] = units[stage] + here * row["units"]
        counts = row["filed" if approved_counts and row["approval"] == "none" else
                     "approved" if approved_counts else "formed"]  # fmt: skip
        counted += (np.arange(days) >= np.floor(counts)) * row["units"]
    assert (sum(units.values()) == shown.cases["units"].sum()).all()
    for stage in ("given up", "founded", "formed"):
        assert (np.diff(units[stage]) >= 0).all()
    assert (np.diff(units["to come"]) <= 0).all()
    branches = tables(outcome)[0][4].sum(axis=1)
    start = outcome.organizations["branch"].sum()
    assert (branches - start).tolist() == counted.tolist()
    if not approved_counts:
        assert (branches - start).tolist() == units["formed"].tolist()


@FEW
@given(campaigns())
def test_never_more_at_work_than_slots(case):
    register, scenario, grouping = case
    shown = trace(register, scenario, grouping, replication=0, seed=1)
    once = shown.cases[(shown.cases["attempts"] == 1) & (shown.cases["prep_1"] > 0)]
    for responsible, rows in once.groupby("responsible"):
        slots = int((shown.slots["responsible"] == responsible).sum())
        starts, ends = rows["dispatched"].to_numpy(), (rows["dispatched"] + rows["prep_1"]).to_numpy()
        assert max(((starts <= t) & (t < ends)).sum() for t in starts) <= slots
