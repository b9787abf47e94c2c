"""Instructors assigned apart from work: what counts, who is told, and sliders that agree with the simulation."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from tests.cities import DEADLINE_DAY, organization, register, scenario
from workbench.planning.desk import Desk

#: Nobody is worked on before the deadline, so that what counts is the assignment.
IDLE = {"instructors__caseload": 1, "calendar__formation_opens": "2027-08-31"}


def rules(**changes):
    given = {"instructors__by_responsible": {"S": 1}, "instructors__standing": 2}
    return scenario(**given, instructors__assigned_on="2027-08-02", **changes)


def test_tiers_first_then_hash_and_places_already_taken():
    orgs = register(
        organization("t3", 3), organization("t2", 2), organization("t1", 1),
        organization("has", 0, has_instructor=True), organization("asleep", 5, dormant=True),
    )  # fmt: skip
    # Two places, one of them taken already: the one of most members has it.
    outcome = wb.simulate(orgs, rules(), False, replications=2)
    assert outcome.organizations.index[outcome.organizations["assigned"]].tolist() == ["t3"]
    outcome = wb.simulate(orgs, rules().replace("instructors.standing", 3), False, replications=2)
    assert outcome.organizations.index[outcome.organizations["assigned"]].tolist() == ["t2", "t3"]


def test_assigned_and_at_work_are_told_apart():
    orgs = register(*(organization(f"o{n}", 0) for n in range(4)))
    nobody_works = rules(cases__outreach__preparation=1000)
    outcome = wb.simulate(orgs, nobody_works, None, replications=3)
    table = outcome.work_breakdown()
    # One instructor stands for two and works on one.
    assert table.loc["S", ["organizations", "at_start", "assigned", "at_work"]].tolist() == [4, 0, 2, 2 * 0 + 1 + 1]
    by_day = outcome.work_by_day()
    assert by_day.iloc[-1].sum() == outcome.counts("work").to_numpy()[:, -1].mean()
    assert outcome.expected("work") == by_day.iloc[DEADLINE_DAY].sum() / 4
    alone = wb.simulate(orgs, nobody_works.replace("policy.work_from", "dispatched"), None, replications=3)
    assert alone.expected("work") == table.loc["S", "at_work"] / 4 <= outcome.expected("work")


@pytest.mark.parametrize("seed", range(4))
def test_sliders_agree_with_the_simulation_across_responsible_units(seed):
    """Work coverage of an organization in another one's case rests on two numbers of instructors."""
    rng = random.Random(seed)
    city = wb.make_city(120, 5, seed=seed)
    city["responsible"] = pd.Series(
        [rng.choice(("system A", "system B", street, street, street)) for street in city["street"]], city.index, "str"
    )
    given = {
        "instructors.total": rng.choice((8, 20, 40)),
        "instructors.standing": rng.choice((1, 2, 4)),
        "instructors.assigned_on": ("2027-07-27", "2027-08-02", "2027-08-20", "2027-08-30")[seed],
        "committee.on_demand": rng.choice((None, {"cases": 2, "lead": 1})),
    }
    plan = wb.Scenario().replace(given)
    groups = wb.group(city, plan, method="nearest")
    desk = Desk(city, plan, groups, replications=40, seed=seed)
    for _ in range(3):
        desk.set({name: rng.randint(0, 6) for name in rng.sample(list(desk.responsible_units), 2)})
        outcome = wb.simulate(city, desk.scenario, groups, replications=40, seed=seed)
        for target in ("organization", "work"):
            assert (desk.counts(target) == outcome.counts(target).to_numpy()).all()
        mine, theirs = desk.by_responsible(), outcome.breakdown("responsible")
        assert mine["expected_work"].tolist() == theirs.loc[mine.index, "expected_work"].tolist()
        works = desk.responses.works([int(number) for number in desk.instructors])
        assert works.tolist() == outcome.counts("work").to_numpy()[:, outcome.calendar.deadline_day].tolist()
        assert np.allclose(outcome.work_by_day().sum(axis=1), outcome.counts("work").to_numpy().mean(axis=0))
