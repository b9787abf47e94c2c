"""The benchmarks' peer in SimPy says what the workbench says, with draws of its own: else its time means nothing."""

from __future__ import annotations

import numpy as np

from benchmarks.agreement import mismatches
from benchmarks.peers import simpy_model
from benchmarks.peers.city import city_of
from tests.oracle.instances import instance
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.simulation import Trace, prepare, simulate

REPLICATIONS = 120


def test_the_idiomatic_model_covers_as_many():
    register = make_city(160, 3, seed=2)
    scenario = Scenario().replace({"instructors.total": 16, "committee.agenda": 4, "committee.every_weeks": 1})
    grouping = group(register, scenario, method="nearest")
    outcome = simulate(register, scenario, grouping, replications=600, keep="city", seed=1)
    ours = outcome.counts().to_numpy()[:, -1] - outcome.organizations["branch"].sum()
    city = city_of(prepare(register, scenario, grouping))
    theirs = np.array([simpy_model.simulate(city, replication) for replication in range(REPLICATIONS)])
    error = np.hypot(ours.std() / np.sqrt(ours.size), theirs.std() / np.sqrt(theirs.size))
    assert ours.mean() > 8
    assert abs(ours.mean() - theirs.mean()) < 4 * error
    assert 0.7 < ours.std() / theirs.std() < 1.4


def test_the_agreement_counts_what_differs():
    given = instance(1)
    shown = Trace(given.cases, given.slots, given.meetings, given.settings)
    assert mismatches(shown) == {"plain": 0, "SimPy": 0}
