"""Waits against a Kaplan-Meier estimator written out case by case, and against the laws themselves."""

import math

import numpy as np
import pytest

from workbench.inputs import make_city
from workbench.inputs.scenario import Scenario
from workbench.simulation import simulate, trace
from workbench.simulation.kernels import STAGES
from workbench.simulation.results.waits import kaplan_meier
from workbench.simulation.setup import KINDS

FORMING = KINDS[:4]


def by_hand(through, watched):
    """Restricted mean and share left, walking through the days."""
    days, share, mean, longer = len(through), 1.0, 0.0, math.nan
    for day in range(days):
        at_risk = sum(through[day:]) + sum(watched[day:])
        if not at_risk:
            break
        share *= 1.0 - through[day] / at_risk
        mean += share
        longer = share
    return mean if sum(through) else math.nan, longer


def test_kaplan_meier_is_the_product_taken_day_by_day():
    rng = np.random.default_rng(5)
    for _ in range(1500):
        days = int(rng.integers(1, 9))
        through, watched = rng.integers(0, 4, days), rng.integers(0, 4, days) * rng.integers(0, 2)
        found = kaplan_meier(through, watched)
        wanted = by_hand(through.tolist(), watched.tolist())
        assert found == pytest.approx(wanted, nan_ok=True, abs=1e-12)


@pytest.fixture(scope="module")
def city():
    return make_city(120, 3, seed=2)


@pytest.fixture(scope="module")
def plan():
    return Scenario().replace({"instructors.total": 18, "committee.every_weeks": 1})


def with_election(plan, law):
    return plan.replace({f"cases.{kind}.election": law for kind in FORMING})


def test_lengths_are_those_of_the_cases_one_by_one(city, plan):
    outcome = simulate(city, plan, False, replications=6)
    days = outcome.dataset.sizes["day"]
    through, watched = (np.zeros((len(KINDS), len(STAGES), days), np.int64) for _ in range(2))
    for replication in range(6):
        for row in trace(city, plan, False, replication=replication).cases.to_dict("records"):
            kind = KINDS.index(row["kind"])
            done = row["mass_org"] if row["kind"] == "outreach" else row["filed"]
            times = [row["release"], row["dispatched"], done, row["approved"], row["formed"]]
            tried = [row[f"success_{k}"] for k in range(1, row["max_attempts"] + 1)]
            for stage in range(2 if row["kind"] == "outreach" else 4):
                came, left = times[stage], times[stage + 1]
                if math.isnan(came) or came >= days or (stage == 1 and math.isnan(left) and not any(tried)):
                    continue
                if math.isnan(left):
                    watched[kind, stage, days - 1 - int(came)] += 1
                else:
                    through[kind, stage, int(left) - int(came)] += 1
    np.testing.assert_array_equal(outcome.stages["through"], through)
    np.testing.assert_array_equal(outcome.stages["watched"], watched)


def test_lengths_are_those_of_the_first_replications_and_of_every_eighth(city, plan):
    """Counted in all they cost more than all else that is counted; means of those who got through are of all."""
    told = {n: simulate(city, plan, False, replications=n, workers=2).stages for n in (256, 257, 264, 265, 272)}
    lengths = {n: (stages["through"] + stages["watched"]).sum(["stage", "kind"]) for n, stages in told.items()}
    for fewer, more, grows in ((256, 257, True), (257, 264, False), (264, 265, True), (265, 272, False)):
        assert int(lengths[more].sum() > lengths[fewer].sum()) == grows, (fewer, more)
        assert told[more]["cases"].sum() > told[fewer]["cases"].sum()
    assert int(told[256]["through"].sum()) == int(told[256]["cases"].sum())


def test_a_mean_of_many_replications_is_that_of_some_but_for_chance(city, plan):
    """The correction comes of some replications: it moves a mean by a fraction of a day."""
    slow = plan.replace("instructors.total", 8)
    few, many = (simulate(city, slow, False, replications=n).passages for n in (256, 1000))
    exact = simulate(city, slow, False, replications=1000, seed=1).passages
    assert (many["never"] > 0.05 * many["entered"]).any()
    for stage in STAGES:
        near = many["mean"].xs(stage, level="stage") - exact["mean"].xs(stage, level="stage")
        assert near.abs().max() < 0.25, stage
    assert few["mean"].isna().equals(many["mean"].isna())


def test_where_nobody_is_cut_short_the_mean_is_exact(city, plan):
    outcome = simulate(city, plan.replace("calendar.horizon", "2028-06-30"), False, replications=20)
    total = outcome.stages[["days", "cases"]].sum("responsible")
    uncut = outcome.passages.loc[[(kind, "approval") for kind in ("standalone", "assisted")]]
    assert (uncut["never"] == 0).all()
    for kind in ("standalone", "assisted"):
        place = {"kind": kind, "stage": "approval"}
        exact = float(total["days"].sel(place) / total["cases"].sel(place))
        assert outcome.waits.loc[kind, "approval"] == exact


LAWS = [({"pert": [2, 6, 14]}, 20 / 3), ({"fixed": 8}, 8.0), ({"uniform": [2, 12]}, 7.0)]


@pytest.mark.parametrize(("law", "mean"), LAWS)
def test_a_wait_is_the_laws_mean_although_many_never_get_through(city, plan, law, mean):
    outcome = simulate(city, with_election(plan, law), False, replications=300)
    row = outcome.passages.loc["standalone", "election"]
    assert row["never"] > 0.1 * row["entered"]
    assert row["longer"] == pytest.approx(0.0, abs=0.02)
    assert row["mean"] == pytest.approx(mean, rel=0.03)
    # The mean of those alone who got through is what misled.
    total = outcome.stages[["days", "cases"]].sum("responsible").sel(kind="standalone", stage="election")
    if "fixed" not in law:
        assert float(total["days"] / total["cases"]) < mean - 0.25


def test_a_longer_election_never_reads_as_a_shorter_one(city, plan):
    waits = []
    for days in (0, 1, 3, 5, 8, 12, 16, 20):
        outcome = simulate(city, with_election(plan, {"fixed": days}), False, replications=40)
        waits.append(outcome.waits.loc["standalone", "election"])
    got = [wait for wait in waits if not math.isnan(wait)]
    assert got == [0.0, 1.0, 3.0, 5.0, 8.0, 12.0, 16.0, 20.0][: len(got)]
    assert len(got) >= 5
    # Nobody gets through: no number, and no nought.
    never = simulate(city, with_election(plan, {"fixed": 40}), False, replications=5)
    assert math.isnan(never.waits.loc["standalone", "election"])
    row = never.passages.loc["standalone", "election"]
    assert (row["passed"], row["longer"]) == (0.0, 1.0)
    assert row["never"] == row["entered"] > 0


def test_longer_preparation_leaves_the_other_waits_what_they_are(city, plan):
    waits = []
    for scale in (1, 1.5, 2):
        law = {"uniform": [3 * scale, 7 * scale]}
        slower = plan.replace({f"cases.{kind}.preparation": law for kind in FORMING} | {"uncertainty": {}})
        waits.append(simulate(city, slower, False, replications=300).waits.loc["standalone"])
    assert waits[0]["preparation"] < waits[1]["preparation"] < waits[2]["preparation"]
    elections = [each["election"] for each in waits]
    assert max(elections) - min(elections) < 0.5
