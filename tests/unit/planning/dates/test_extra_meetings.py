"""One more meeting against plain simulations of the same change; who is never dispatched, against traces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from workbench.errors import Cancelled
from workbench.labels import in_language
from workbench.planning import DIRECT, extra_meetings, last_safe_dates, never_dispatched
from workbench.simulation import simulate

REPLICATIONS = 40
#: Kinds that a committee hears.
HEARD = ("standalone", "assisted", "joint", "attached")
DAYS = [date(2027, 8, day) for day in (10, 16, 18, 21, 31)]  # the 21st is a Saturday: the 23rd


@pytest.fixture(scope="module", params=[None, {"cases": 2, "lead": 2}], ids=["regular", "on demand"])
def rules(request, hamlet, plan):
    """Meetings every other week, alone or with meetings on demand; one responsible unit has its own, and meets on the
    18th anyway."""
    responsible = sorted(hamlet["responsible"].unique())[1]
    own = {responsible: {"extra": ["2027-08-18"]}}
    return plan.replace(
        {
            "committee.every_weeks": 2,
            "committee.on_demand": request.param,
            "targets.organization": 0.36,
            "committee.by_responsible": own,
            "instructors.total": 12,
        }
    )


@pytest.fixture(scope="module")
def found(hamlet, rules, joined):
    return extra_meetings(hamlet, rules, joined, days=DAYS, replications=REPLICATIONS, seed=3)


def run(hamlet, rules, joined, replications=REPLICATIONS):
    return simulate(hamlet, rules, joined, replications=replications, seed=3)


@pytest.mark.parametrize("day", ["2027-08-10", "2027-08-18", "2027-08-23", "2027-08-31"])
def test_a_meeting_of_all_responsible_units_against_its_simulation(found, hamlet, rules, joined, day):
    base, other = run(hamlet, rules, joined), run(hamlet, rules.replace("committee.extra", [day]), joined)
    row, gained = found.table.loc[day], other.by_deadline() - base.by_deadline()
    assert found.expected == pytest.approx(base.expected())
    assert tuple(found.probability) == tuple(base.probability())
    assert row["expected"] == pytest.approx(other.expected())
    assert row["gain"] == pytest.approx(gained.mean(), abs=1e-12)
    assert row["gain_low"] <= row["gain"] <= row["gain_high"]
    assert row["probability"] == other.probability().value
    assert row["probability_gain"] == pytest.approx(other.probability().value - base.probability().value)
    assert row["helps"] == (gained > 1e-9).mean()
    assert row["harms"] == (gained < -1e-9).mean()


def test_a_direct_decision_against_its_simulation(found, hamlet, rules, joined):
    direct = rules.replace({f"cases.{kind}.approval": "direct" for kind in HEARD})
    assert found.table["expected"].loc[DIRECT] == pytest.approx(run(hamlet, direct, joined).expected())
    assert np.isnan(found.table["closed"].loc[DIRECT])


def test_a_meeting_of_one_responsible_against_its_simulation(found, hamlet, rules, joined):
    base = run(hamlet, rules, joined)
    own = {
        responsible: each.model_dump(mode="json", exclude_unset=True)
        for responsible, each in rules.committee.by_responsible.items()
    }
    for responsible in sorted(hamlet["responsible"].unique()):
        day = "2027-08-16"
        changed = {**own, responsible: {"extra": [*own.get(responsible, {}).get("extra", []), day]}}
        other = run(hamlet, rules.replace("committee.by_responsible", changed), joined)
        gained = (other.by_deadline() - base.by_deadline()) * base.total
        assert found.by_responsible["organizations"].loc[day, responsible] == pytest.approx(gained.mean(), abs=1e-9)


def test_responsible_units_that_meet_anyway_gain_nothing(found, hamlet):
    responsible = sorted(hamlet["responsible"].unique())[1]
    row = found.by_responsible.loc["2027-08-18", responsible]
    assert row["meets"]
    assert (row["organizations"], row["organizations_low"], row["organizations_high"]) == (0.0, 0.0, 0.0)
    assert found.table["responsible_units"].loc["2027-08-18"] <= 3
    assert found.table["responsible_units"].loc["2027-08-16"] == 4


def test_responsible_units_add_up_to_the_city(found, hamlet):
    for candidate, row in found.table.iterrows():
        together = found.by_responsible["organizations"].loc[candidate].sum()
        assert together == pytest.approx(row["gain"] * len(hamlet), abs=1e-9)


def test_the_best_day_is_judged_on_fresh_replications(found, hamlet, rules, joined):
    responsible_units = found.best.index[found.best["day"].notna()]
    assert len(responsible_units)
    days = found.by_responsible["organizations"].drop(index=DIRECT, level="candidate").unstack("responsible")
    for responsible in responsible_units:
        assert found.best["day"].loc[responsible] == pd.Timestamp(days[responsible].idxmax())
    twice = run(hamlet, rules, joined, 2 * REPLICATIONS).by_deadline()[REPLICATIONS:]
    own = {
        responsible: each.model_dump(mode="json", exclude_unset=True)
        for responsible, each in rules.committee.by_responsible.items()
    }
    for responsible in responsible_units:
        extra = [*own.get(responsible, {}).get("extra", []), found.best["day"].loc[responsible].date().isoformat()]
        own[responsible] = {"extra": extra}
    all_best = rules.replace("committee.by_responsible", own)
    other = run(hamlet, all_best, joined, 2 * REPLICATIONS).by_deadline()[REPLICATIONS:]
    assert found.each_best.value == pytest.approx((other - twice).mean(), abs=1e-12)
    assert found.best["organizations"].sum() == pytest.approx(found.each_best.value * len(hamlet), abs=1e-9)


def test_days_that_are_too_late_are_marked(found, hamlet, rules, joined):
    dates = last_safe_dates(hamlet, rules, joined, replications=REPLICATIONS, seed=3).by_kind
    heard = dates[dates["committee"]]
    for day in found.table.index.drop(DIRECT):
        late = [kind for kind in heard.index if not heard["meeting_50"].loc[kind] >= pd.Timestamp(day)]
        assert found.table["closed"].loc[day] == heard["cases"].loc[late].sum() / heard["cases"].sum()
    assert found.table["closed"].is_monotonic_increasing or found.table["closed"].iloc[:-1].is_monotonic_increasing


def test_the_same_for_any_number_of_workers(found, hamlet, rules, joined):
    for workers in (1, 2):
        again = extra_meetings(hamlet, rules, joined, days=DAYS, replications=REPLICATIONS, seed=3, workers=workers)
        pd.testing.assert_frame_equal(again.table, found.table)
        pd.testing.assert_frame_equal(again.by_responsible, found.by_responsible)
        pd.testing.assert_frame_equal(again.best, found.best)


def test_where_nothing_is_heard_by_a_committee(hamlet, rules, joined):
    decided = rules.replace({f"cases.{kind}.approval": "direct" for kind in HEARD})
    found = extra_meetings(hamlet, decided, joined, days=DAYS[:2], replications=5)
    assert found.best_day is None
    assert found.table.index.tolist() == ["2027-08-10", "2027-08-16"]
    assert (found.table["gain"] == 0.0).all()
    assert found.best["day"].isna().all()
    assert tuple(found.each_best) == (0.0, 0.0, 0.0)
    assert found.table["closed"].isna().all()
    assert "makes no difference that can be told" in found.summary()


def test_the_summary_in_both_languages(found):
    english = found.summary()
    assert f"brings most on {found.best_day}: " in english
    assert "direct decisions" in english
    with in_language("zh"):
        assert "加开一次会" in found.summary()
    without = replace(found, table=found.table.drop(index=DIRECT))
    assert "direct" not in without.summary()


def test_progress_stopping_and_what_is_refused(hamlet, rules, joined):
    told = []
    extra_meetings(hamlet, rules, joined, days=DAYS[:1], replications=4, progress=lambda *steps: told.append(steps))
    assert told[-1][0] == told[-1][1]
    with pytest.raises(Cancelled):
        extra_meetings(hamlet, rules, joined, days=DAYS[:1], replications=4, progress=lambda done, _: False)
    for wrong in ({"replications": 1}, {"level": 0.0}, {"seed": -1}):
        with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
            extra_meetings(hamlet, rules, joined, **wrong)
    with pytest.raises(ValueError, match="no day to try"):
        extra_meetings(hamlet, rules, joined, days=[], direct=False, replications=4)


def test_days_may_be_written(hamlet, rules, joined):
    written, dated = (
        extra_meetings(hamlet, rules, joined, days=[day], direct=False, replications=4).table
        for day in ("2027-08-21", date(2027, 8, 21))
    )
    assert written.equals(dated)


# --- Who is never dispatched ----------------------------------------------------------------------------------


def test_never_dispatched_against_the_traces(outcome, traces):
    found = never_dispatched(outcome)
    deadline = traces[0].settings["deadline_day"]
    left: dict[tuple[str, str], list[float]] = {}
    short: dict[str, list[bool]] = {}
    orgs = outcome.organizations
    for trace in traces:
        times = trace.cases.set_index("case")["dispatched"]
        dispatched = {case for case, time in times.items() if np.floor(time) <= deadline}
        names = outcome.case_days["case"].to_numpy()
        without: dict[str, bool] = dict.fromkeys(orgs["responsible"], False)
        for _, org in orgs[~orgs["worked"]].iterrows():
            reached = org["case"] >= 0 and names[org["case"]] in dispatched
            kind = org["kind"] if org["case"] >= 0 else "none"
            left.setdefault((org["responsible"], kind), []).append(0.0 if reached else 1.0)
            without[org["responsible"]] |= not reached
        for responsible, each in without.items():
            short.setdefault(responsible, []).append(each)
    for (responsible, kind), row in found.table.iterrows():
        values = left[responsible, kind]
        assert row["organizations"] == len(values) / len(traces)
        assert row["expected"] == pytest.approx(sum(values) / len(traces))
        assert row["share"] == pytest.approx(np.mean(values))
    assert {key for key, values in left.items() if sum(values)} == set(found.table.index)
    for responsible, row in found.by_responsible.iterrows():
        assert row["short"] == np.mean(short[responsible])
    assert found.expected == pytest.approx(found.table["expected"].sum())
    assert found.expected == pytest.approx((1 - outcome.expected("work")) * outcome.total)


def test_never_dispatched_in_words(outcome):
    found = never_dispatched(outcome)
    assert f"{found.expected:.1f} organizations are left without" in found.summary()
    assert "make no case" in found.summary()
    assert len(found.summary(rows=1).splitlines()) == 3
    with in_language("zh"):
        assert "未派驻指导员" in found.summary()


def test_with_enough_instructors_only_those_without_a_case_are_left(hamlet, plan, joined):
    many = dict.fromkeys(hamlet["responsible"].unique(), 200)
    active = plan.replace(
        {"instructors.by_responsible": many, "policy.denominator": "active", "calendar.deadline": "2027-12-31"}
    )
    found = never_dispatched(simulate(hamlet, active, joined, replications=5, keep="city"))
    assert found.expected == 0.0
    assert found.table.empty
    assert "somebody is sent to every organization" in found.summary()
    assert found.by_responsible["short"].isna().all()


# --- Nobody to meet about ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("organizations", [0, 1], ids=["no organization", "no case"])
@pytest.mark.parametrize("keep", ["responsible", "city"])
def test_where_there_is_no_case_the_tables_are_empty_and_typed(hamlet, plan, outcome, found, organizations, keep):
    covered = hamlet[hamlet["has_branch"]].iloc[:organizations]
    never = never_dispatched(simulate(covered, plan, replications=3, keep=keep))
    full = never_dispatched(outcome)
    assert never.table.empty
    assert never.table.dtypes.equals(full.table.dtypes)
    assert never.table.index.dtypes.equals(full.table.index.dtypes)
    assert never.by_responsible.dtypes.equals(full.by_responsible.dtypes)
    assert (never.expected, never.never, len(never.by_responsible)) == (0.0, 0, organizations)
    assert ("no organization in the register" in never.summary()) is (organizations == 0)

    meetings = extra_meetings(covered, plan, days=DAYS, replications=3)
    assert meetings.table.index.equals(found.table.index)
    assert (meetings.table[["gain", "helps", "harms"]] == 0.0).all(axis=None)
    assert len(meetings.best) == organizations
    for name in ("table", "by_responsible", "best"):
        assert getattr(meetings, name).dtypes.equals(getattr(found, name).dtypes), name
    assert meetings.best_day is None
    assert "makes no difference that can be told" in meetings.summary()
