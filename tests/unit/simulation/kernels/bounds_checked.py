"""Run everything compiled; meant for ``NUMBA_BOUNDSCHECK=1``, where an index out of bounds raises IndexError."""

from __future__ import annotations

import sys

import numpy as np
from numba import njit

from tests.oracle.instances import instance
from tests.oracle.test_kernel import kernel_serve
from tests.unit.simulation.kernels.quantile_loop import quantiles
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.simulation import draw_sample, prepare, responsible_units_of, simulate, uniform
from workbench.simulation.kernels.quantiles import LawTable


@njit
def _beyond(array):
    return array[array.size]


def checks_are_on() -> None:
    """Without them, this whole run would prove nothing."""
    try:
        _beyond(np.zeros(3))
    except IndexError:
        sys.stdout.write("checks\n")


def instances() -> None:
    """Kernel inputs in which nearly everything happens at the same time."""
    for seed in range(30_000, 30_200):
        given = instance(seed)
        kernel_serve(given.cases, given.slots, given.meetings, given.settings)
    sys.stdout.write("instances\n")


def cities() -> None:
    """From registers on: no organization to speak of, one pool, a few; laws of every family; long and short."""
    laws = {"standalone": {"lognormal": [4, 3]}, "assisted": {"triangular": [0, 1, 9]}, "joint": {"exponential": 5},
            "attached": {"empirical": [1, 2, 8]}, "outreach": {"uniform": [0, 4]}}  # fmt: skip
    varied = {f"cases.{kind}.preparation": law for kind, law in laws.items()} | {
        "census.late": 0.3, "discipline": "work_first", "committee.agenda": 1, "cases.standalone.max_attempts": 6,
        "policy.counted_from": "approved",
    }  # fmt: skip
    for organizations, responsible_units in ((1, 1), (40, 1), (130, 5)):
        register = make_city(
            organizations, responsible_units, seed=organizations, covered=0.0 if organizations == 1 else 0.3
        )
        for changes in ({}, varied, {"instructors.total": 0}, {"calendar.horizon": "2027-12-01"}):
            scenario = Scenario().replace(changes)
            grouping = group(register, scenario, method="nearest")
            simulate(register, scenario, grouping, replications=40, keep="city", workers=1)
            simulate(register, scenario, grouping, replications=5, workers=1)
            setup = prepare(register, scenario, grouping)
            for responsible in responsible_units_of(setup, draw_sample(setup, 0, 40, 0)):
                responsible.added(range(0, responsible.cases + 1, 7))
    words = np.array([0, 1, 2**31, 2**32 - 1], dtype=np.uint64)
    table = LawTable.of([Scenario().cases.of("joint").preparation, Scenario().census.tail])
    for law in range(2):
        quantiles(words, law, table, np.empty(words.size))
    uniform(["a"], 0, 0, "survey")
    sys.stdout.write("cities\n")


if __name__ == "__main__":
    checks_are_on()
    instances()
    cities()
