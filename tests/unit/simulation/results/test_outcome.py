"""What an outcome says, against what its replications' traces show and by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.cities import DEADLINE_DAY, organization, register, scenario
from workbench.grouping import group
from workbench.simulation import KINDS, Outcome, simulate, trace, wilson

TIMES = ("dispatched", "filed", "approved", "formed", "mass_org")


@pytest.fixture(scope="module")
def every(traces):
    """All cases of all replications."""
    return pd.concat([trace.cases.assign(replication=r) for r, trace in enumerate(traces)], ignore_index=True)


def with_counts(outcome: Outcome, counts: list[list[int]], total: int) -> Outcome:
    """An outcome of one responsible unit that shows these counts, replication by day."""
    import xarray as xr

    array = np.array(counts, dtype=np.int32)[:, :, None]
    names = ("organizations_with_branch", "organizations_with_work")
    dataset = xr.Dataset({name: (["replication", "day", "responsible"], array) for name in names})
    return replace(outcome, dataset=dataset, organizations=outcome.organizations.iloc[:total])


# --- coverage -----------------------------------------------------------------------------------------------


def test_the_dataset_is_labelled(outcome, hamlet, plan):
    dataset = outcome.dataset
    assert dict(dataset.sizes) == {"replication": 30, "day": DEADLINE_DAY + 1, "responsible": 4}
    assert dataset["responsible"].to_numpy().tolist() == sorted(hamlet["responsible"].unique())
    assert dataset["day"].to_numpy()[[0, -1]].astype("datetime64[D]").tolist() == [date(2027, 7, 15), date(2027, 8, 31)]
    assert {str(variable.dtype) for variable in dataset.values()} == {"int32"}
    assert outcome.deadline == plan.calendar.deadline
    assert (outcome.replications, outcome.total) == (30, 90)


def test_coverage_is_a_share(outcome):
    for target, coverage in (("organization", outcome.coverage), ("work", outcome.work_coverage)):
        assert coverage.dims == ("replication", "day")
        assert float(coverage.min()) >= 0
        assert float(coverage.max()) <= 1
        counts = outcome.counts(target).to_numpy()
        assert coverage.to_numpy().tolist() == (counts / 90).tolist()
        assert outcome.by_deadline(target).tolist() == (counts[:, DEADLINE_DAY] / 90).tolist()
        assert outcome.expected(target) == pytest.approx(counts[:, DEADLINE_DAY].mean() / 90)


def test_it_begins_with_what_the_register_has(outcome, hamlet):
    first = outcome.dataset.isel(day=0)
    for responsible in hamlet["responsible"].unique():
        orgs = hamlet[hamlet["responsible"] == responsible]
        has = orgs["has_branch"]
        assert (first["organizations_with_branch"].sel(responsible=responsible) == has.sum()).all()
        worked = (has | orgs["has_instructor"] | orgs["has_mass_org"]).sum()
        assert (first["organizations_with_work"].sel(responsible=responsible) == worked).all()


def test_quantiles_are_numpy_s_by_day(outcome):
    levels = (0.0, 0.1, 0.5, 1.0)
    for target in ("organization", "work"):
        fan = outcome.quantiles(levels, target)
        share = outcome.counts(target).to_numpy() / 90
        assert list(fan.columns) == list(levels)
        assert fan.index.equals(outcome.calendar.dates(DEADLINE_DAY + 1))
        for day in range(DEADLINE_DAY + 1):
            assert fan.iloc[day].tolist() == np.quantile(share[:, day], levels).tolist()
        assert (np.diff(fan.to_numpy(), axis=0) >= 0).all()
    assert list(outcome.quantiles().columns) == [0.05, 0.25, 0.5, 0.75, 0.95]


# --- probability --------------------------------------------------------------------------------------------


def test_probability_is_a_share_of_replications_with_its_interval(outcome):
    for target in ("organization", "work"):
        wanted = float(np.sort(outcome.by_deadline(target))[20])
        outcome = replace(outcome, scenario=outcome.scenario.replace(f"targets.{target}", wanted))
        hits = int((outcome.by_deadline(target) >= wanted).sum())
        assert 0 < hits < 30 or target == "work"
        assert outcome.probability(target) == wilson(hits, 30)


@pytest.mark.parametrize(("needed", "share"), [(0.6, 1.0), (np.nextafter(0.6, 1), 0.0), (0.0, 1.0), (1.0, 0.0)])
def test_a_target_is_met_at_the_double(outcome, needed, share):
    """Three of five are 0.6 in doubles."""
    made = with_counts(outcome, [[3] * (DEADLINE_DAY + 1)] * 4, total=5)
    made = replace(made, scenario=made.scenario.replace({"targets.organization": float(needed)}))
    assert made.probability().value == share


def test_probability_by_another_date(outcome):
    base = outcome.scenario.replace("targets.organization", 0.35)
    outcome = replace(outcome, scenario=base)
    seen = []
    for day, on in enumerate(outcome.calendar.dates(DEADLINE_DAY + 1)):
        share = outcome.counts().to_numpy()[:, day] / 90
        expected = wilson(int((share >= 0.35).sum()), 30)
        assert outcome.probability(by=on.date()) == outcome.probability(by=str(on.date())) == expected
        # Whole numbers until they are divided: the last bit is right.
        assert outcome.expected(by=on.date()) == int(outcome.counts().to_numpy()[:, day].sum()) / (90 * 30)
        seen.append(expected.value)
    assert seen == sorted(seen)
    assert seen[0] < seen[-1]
    # By a Sunday is by the Friday before.
    assert outcome.probability(by="2027-08-22") == outcome.probability(by="2027-08-20")


@pytest.mark.parametrize("by", ["2027-07-14", "2027-09-01", "2031-01-01"])
def test_a_day_that_was_not_simulated(outcome, by):
    with pytest.raises(ValueError, match=by):
        outcome.probability(by=by)
    with pytest.raises(ValueError, match="horizon"):
        outcome.by_deadline(by=by)


@pytest.mark.parametrize("ask", ["counts", "by_deadline", "expected", "date_reaching", "quantiles"])
def test_a_target_that_is_none(outcome, ask):
    with pytest.raises((ValueError, AttributeError)):
        getattr(outcome, ask)(target="members")


@pytest.mark.parametrize("ask", ["probability", "date_reaching"])
def test_a_target_that_is_none_is_said_plainly(outcome, ask):
    with pytest.raises(ValueError, match="organization, work"):
        getattr(outcome, ask)(target="members")


def test_date_reaching(outcome):
    last = [0] * (DEADLINE_DAY + 1)
    rows = [last.copy() for _ in range(10)]
    for replication, row in enumerate(rows):
        row[20 + replication :] = [3] * (len(row) - 20 - replication)
    made = with_counts(outcome, rows, total=5)
    made = replace(made, scenario=made.scenario.replace("targets.organization", 0.6))
    date_of = made.calendar.date_of
    assert made.date_reaching(0.1) == date_of(20)
    assert made.date_reaching(0.9) == made.date_reaching() == date_of(28)
    assert made.date_reaching(1.0) == date_of(29)
    assert made.date_reaching(0.0) == date_of(0)
    never = replace(made, scenario=made.scenario.replace("targets.organization", 0.61))
    assert never.date_reaching(0.1) is None


def test_date_reaching_with_a_further_horizon(hamlet, plan, joined):
    changes = {"targets.organization": 0.5, "calendar.horizon": "2027-12-31"}
    far = simulate(hamlet, plan.replace(changes), joined, replications=30, seed=7)
    reached = far.date_reaching(0.9)
    assert reached is not None
    assert reached > far.deadline
    assert far.probability(by=reached).value >= 0.9
    day_before = far.calendar.date_of(far.calendar.day_by(reached) - 1)
    assert far.probability(by=day_before).value < 0.9


# --- cases --------------------------------------------------------------------------------------------------


def least_day(days, level):
    """The least day by which a share of the formations has happened."""
    days = sorted(days)
    return days[math.ceil(level * len(days)) - 1]


def test_cases_are_what_the_traces_show(outcome, every):
    table = outcome.cases
    assert sorted(table.index) == sorted(every["case"].unique())
    for case, rows in every.groupby("case"):
        shown = table.loc[case]
        assert (shown["kind"], shown["responsible"], shown["units"]) == tuple(
            rows[["kind", "responsible", "units"]].iloc[0]
        )
        in_time = {name: (np.floor(rows[name]) <= DEADLINE_DAY).mean() for name in ("dispatched", "formed")}
        assert (shown["p_dispatched"], shown["p_formed"]) == (in_time["dispatched"], in_time["formed"])
        days = np.floor(rows["formed"].dropna()).tolist()
        if days:
            assert shown["formed_mean"] == pytest.approx(np.mean(days), rel=1e-12)
            for level in (0.1, 0.5, 0.9):
                assert shown[f"formed_q{level * 100:.0f}"] == least_day(days, level)
        else:
            assert shown[["formed_mean", "formed_q10", "formed_q50", "formed_q90"]].isna().all()


def test_undispatched_are_those_without_an_instructor_by_the_deadline(hamlet, plan, joined):
    """Dispatched after the deadline is too late for this measure, within a further horizon or not."""
    few = plan.replace({"instructors.total": 2, "instructors.standing": None, "calendar.horizon": "2027-10-29"})
    found = simulate(hamlet, few, joined, replications=10, seed=7)
    shown = [trace(hamlet, few, joined, replication=r, seed=7).cases for r in range(10)]
    every = pd.concat(shown)
    late = (~(np.floor(every["dispatched"]) <= DEADLINE_DAY)).groupby(every["case"]).mean()
    wanted = late[late > 0]
    assert found.undispatched["never"].sort_index().to_dict() == pytest.approx(wanted.to_dict())
    assert (np.diff(found.undispatched["never"]) <= 0).all()
    assert (found.undispatched["never"] == 1.0).any()
    units = found.cases["units"].loc[found.undispatched.index]
    assert (found.undispatched["units"] == units).all()
    plenty = simulate(hamlet, plan.replace("instructors.total", 400), joined, replications=5)
    assert plenty.undispatched.empty


def test_cases_beyond_the_deadline(hamlet, plan, joined):
    """Shares are by the deadline, days of all that form within the horizon."""
    far = simulate(hamlet, plan.replace("calendar.horizon", "2027-12-31"), joined, replications=30, seed=7).cases
    forms = far[far["kind"] != "outreach"]
    assert (forms["formed_q90"] > DEADLINE_DAY).any()
    assert (forms["p_formed"] < 1).any()
    assert forms["p_dispatched"].between(forms["p_formed"], 1).all()
    assert (far.loc[far["kind"] == "outreach", "p_formed"] == 0).all()


@pytest.mark.parametrize("formations", [1, 2, 3, 7, 10, 30, 70, 90, 1000])
def test_quantiles_of_one_formation_a_day(outcome, formations):
    import xarray as xr

    formed = np.zeros((2, 1000), dtype=np.int32)
    formed[0, :formations] = 1
    formed[1, formations - 1] = 7
    fields = {name: ("case", outcome.case_days[name].to_numpy()[:2]) for name in ("kind", "responsible", "units")}
    days = xr.Dataset({"dispatched": (["case", "day"], formed), "formed": (["case", "day"], formed), **fields},
                      {"case": ["a", "b"]})  # fmt: skip
    table = replace(outcome, case_days=days).cases
    for percent in (10, 50, 90):
        assert table.loc["a", f"formed_q{percent}"] == -(-percent * formations // 100) - 1
        assert table.loc["b", f"formed_q{percent}"] == formations - 1


# --- breakdowns ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["responsible", "supervisor", "tier", "kind"])
def test_breakdowns_add_up(outcome, by):
    table = outcome.breakdown(by)
    assert table["organizations"].sum() == 90
    assert table["at_start"].sum() == outcome.organizations["branch"].sum()
    assert table["possible"].sum() == pytest.approx(outcome.ceiling * 90)
    assert table["expected"].sum() == pytest.approx(outcome.expected("organization") * 90, rel=1e-12)
    assert table["expected_work"].sum() == pytest.approx(outcome.expected("work") * 90, rel=1e-12)
    for share, count in (("coverage", "expected"), ("ceiling", "possible"), ("work_coverage", "expected_work")):
        assert table[share].tolist() == pytest.approx((table[count] / table["organizations"]).tolist(), rel=1e-15)
    assert table["coverage"].between(table["at_start"] / table["organizations"], table["ceiling"] + 1e-12).all()


def test_responsible_units_are_the_organizations_own(outcome):
    table = outcome.breakdown("responsible")
    last = outcome.dataset.isel(day=DEADLINE_DAY).mean("replication")
    for responsible in table.index:
        assert table.loc[responsible, "expected"] == pytest.approx(
            float(last["organizations_with_branch"].sel(responsible=responsible))
        )
        expected_work = float(last["organizations_with_work"].sel(responsible=responsible))
        assert table.loc[responsible, "expected_work"] == pytest.approx(expected_work)


def test_an_organization_counts_in_its_own_responsible_where_another_s_case_covers_it():
    from tests.cities import placed

    orgs = register(
        *(organization(name, 1, responsible) for name, responsible in (("p1", "A"), ("p2", "A"), ("p3", "B"))),
        organization("u", 1, "A"), organization("host", 5, "C", has_branch=True, host_capacity=1),
    )  # fmt: skip
    trio = [(name, "peer", "p3") for name in ("p1", "p2", "p3")]
    rules = scenario(instructors__by_responsible={"B": 1, "C": 1}, committee__agenda=None, committee__stagger=False)
    table = simulate(orgs, rules, placed(*trio, ("u", "host", "host")), replications=1).breakdown("responsible")
    assert table["expected"].to_dict() == {"A": 3.0, "B": 1.0, "C": 1.0}


def test_groups_stand_in_their_order(outcome, hamlet):
    assert outcome.breakdown("tier").index.tolist() == ["branch", "T3", "T2", "T1", "T0"]
    kinds = outcome.breakdown("kind").index.tolist()
    assert kinds == [kind for kind in ("branch", *KINDS, "none") if kind in kinds]
    assert {"branch", *KINDS, "none"} == set(kinds)
    supervisors = outcome.breakdown("supervisor")
    assert supervisors.loc["(none given)", "organizations"] == hamlet["supervisor"].isna().sum()
    assert outcome.breakdown("industry")["organizations"].sum() == len(hamlet)
    with pytest.raises(ValueError, match="must be one of responsible, street, supervisor"):
        outcome.breakdown("weather")


def test_tiers_are_those_of_the_register(outcome, hamlet):
    table = outcome.breakdown("tier")
    assert table.loc["T0", "expected"] == 0
    for tier, members in (("T3", range(3, 99)), ("T2", [2]), ("T1", [1]), ("T0", [0])):
        wanted = (~hamlet["has_branch"] & hamlet["full_members"].isin(list(members))).sum()
        assert table.loc[tier, "organizations"] == wanted


# --- waits and utilisation ----------------------------------------------------------------------------------


def test_waits_are_means_of_everybody_exact_where_all_got_through(outcome, every):
    done = every["filed"].fillna(every["mass_org"])
    stages = {
        "dispatch": every["dispatched"] - every["release"],
        "preparation": done - every["dispatched"],
        "approval": every["approved"] - every["filed"],
        "election": every["formed"] - every["approved"],
    }
    assert list(outcome.waits.columns) == list(stages)
    watched = outcome.stages["watched"].sum("length")
    for stage, days in stages.items():
        expected = days.groupby(every["kind"]).mean().reindex(list(KINDS))
        all_through = (watched.sel(stage=stage) == 0).to_numpy()
        np.testing.assert_allclose(outcome.waits[stage][all_through], expected[all_through], rtol=1e-9)
        # Whoever is still waiting has waited at least so long: the mean is no shorter than of those who got through.
        assert (outcome.waits[stage][~all_through].dropna() >= expected[~all_through].dropna() - 1e-9).all()
    assert bool((watched > 0).any())
    assert bool((watched == 0).any())


def test_waits_without_approval_end_at_filing(hamlet, plan, joined):
    changes = {f"cases.{kind}.approval": "none" for kind in KINDS}
    waits = simulate(hamlet, plan.replace(changes), joined, replications=5).waits
    assert (waits.loc[waits.index != "outreach", "approval"] == 0).all()
    assert waits.loc["standalone", "election"] > 0
    assert waits.loc["outreach", ["approval", "election"]].isna().all()


def work_within(trace):
    """Slot days worked, up to the horizon, by responsible unit: each attempt's preparation from its start."""
    horizon = trace.settings["horizon_day"] + 1.0
    worked = dict.fromkeys(trace.slots["responsible"].unique(), 0.0)
    for row in trace.cases.to_dict("records"):
        start = row["dispatched"]
        if row["attempts"] == 1:  # later attempts' starts are not in a trace
            worked[row["responsible"]] += min(row["prep_1"], horizon - start)
    return worked


def test_utilisation_by_hand():
    """Two slots from day 7 to 34, three cases of two days released at 12: 6 of 54 days."""
    orgs = register(*(organization(f"o{n}") for n in range(3)), organization("b", responsible="B"))
    rules = scenario(instructors__by_responsible={"S": 1})
    used = simulate(orgs, rules, replications=4).utilisation
    assert used["S"] == 6 / 54
    assert np.isnan(used["B"])
    # Work that the horizon cuts off counts up to it: one case of 100 days from day 12 on.
    long = simulate(orgs, rules.replace("cases.standalone.preparation", 100), replications=1).utilisation
    assert long["S"] == 44 / 54


def test_utilisation_is_what_the_traces_show(hamlet, plan, joined):
    single = plan.replace({f"cases.{kind}.max_attempts": 1 for kind in KINDS})
    outcome = simulate(hamlet, single, joined, replications=6, seed=3)
    shown = [trace(hamlet, single, joined, replication=r, seed=3) for r in range(6)]
    offered = (shown[0].slots["stop"] - shown[0].slots["start"]).groupby(shown[0].slots["responsible"]).sum()
    worked = pd.DataFrame([work_within(one) for one in shown]).mean()
    for responsible in offered.index:
        assert outcome.utilisation[responsible] == pytest.approx(worked[responsible] / offered[responsible], rel=1e-9)
        assert 0 <= outcome.utilisation[responsible] <= 1


def test_utilisation_is_a_share_where_instructors_leave():
    orgs = register(organization("a"))
    arrivals = [{"responsible": "S", "count": 1, "from": "2027-08-02", "until": "2027-08-02"}]
    rules = scenario(instructors__total=0, instructors__caseload=1, instructors__arrivals=arrivals)
    rules = rules.replace("cases.standalone.preparation", 10)
    assert 0 <= simulate(orgs, rules, replications=1).utilisation["S"] <= 1


# --- text and small things ----------------------------------------------------------------------------------


def test_summary_speaks_both_languages(outcome):
    from workbench.labels import in_language

    english = outcome.summary()
    assert "30 replications" in english
    assert "2027-08-31" in english
    assert f"{outcome.expected():.1%}" in english
    with in_language("zh"):
        assert "党的组织覆盖率" in outcome.summary()


def test_ceiling(outcome, hamlet, plan, joined):
    from workbench.planning import ceiling

    assert outcome.ceiling == ceiling(hamlet, plan, joined).value


def test_provenance(hamlet, plan, joined):
    from workbench.simulation.results.provenance import frame_fingerprint

    found = simulate(hamlet, plan, joined, replications=2, seed=2**64 - 1).provenance
    assert (found["seed"], found["replications"], found["precision"]) == (2**64 - 1, 2, None)
    assert found["scenario_fingerprint"] == plan.fingerprint
    assert found["register_fingerprint"] == frame_fingerprint(hamlet) == frame_fingerprint(hamlet.iloc[::-1])
    assert found["grouping_fingerprint"] == frame_fingerprint(joined.assignment)
    assert min(found["seconds_prepare"], found["seconds_simulate"]) >= 0
    changed = hamlet.assign(full_members=hamlet["full_members"] + 1)
    assert frame_fingerprint(changed) != frame_fingerprint(hamlet)
    assert simulate(hamlet, plan, False, replications=1).provenance["grouping_fingerprint"] == "none"
    found_anew = simulate(hamlet, plan, replications=1).provenance["grouping_fingerprint"]
    assert found_anew == frame_fingerprint(group(hamlet, plan).assignment)
