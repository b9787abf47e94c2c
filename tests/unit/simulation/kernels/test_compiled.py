"""Every kernel is compiled for one kind of arguments: a second one would cost its time again, at a planner's desk."""

from __future__ import annotations

import importlib
import pkgutil

from tests.oracle.instances import instance
from tests.oracle.test_kernel import kernel_serve
from workbench import simulation
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.simulation import draw_sample, prepare, responsible_units_of, simulate, trace, uniform
from workbench.simulation.tracing.all_draws import all_draws


def kernels():
    """The compiled functions of the room that Python calls."""
    found = {}
    for module in pkgutil.walk_packages(simulation.__path__, f"{simulation.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            # What is only ever written into others is not compiled alone.
            if getattr(value, "targetoptions", {}).get("nogil"):
                found[name] = value
    return found


def test_one_signature_a_kernel():
    town, scenario = make_city(60, 3, seed=4), Scenario()
    grouping = group(town, scenario, method="nearest")
    for keep in ("responsible", "city"):
        simulate(town, scenario, grouping, replications=3, keep=keep, workers=1)
    simulate(town, scenario.replace({"instructors.total": 2, "census.late": 0}), None, replications=2, workers=1)
    trace(town, scenario, grouping)
    setup = prepare(town, scenario, grouping)
    sample = draw_sample(setup, 0, 3, 0)
    responsible_units_of(setup, sample)[0].respond(2)
    for agenda in (None, 1):
        other = prepare(town, scenario.replace("committee.agenda", agenda), grouping)
        responsible_units_of(other, sample)[0].added([0, 2])
    all_draws(setup, 0, sample)
    uniform(["a"], 0, 0, "survey")
    for seed in range(20):
        given = instance(seed)
        kernel_serve(given.cases, given.slots, given.meetings, given.settings)
    signatures = {name: len(kernel.signatures) for name, kernel in kernels().items()}
    assert {name: number for name, number in signatures.items() if number > 1} == {}
    # Those that only others call may come with them from what is kept on disk.
    called = ["replicate", "sweep", "work_through", "start_at_release", "decide", "survey", "draw", "draw_elections"]
    called += ["_words"]
    assert [signatures[name] for name in called] == [1] * len(called)


def test_kernels_count_no_references():
    """Numba would count them in every turn of a loop, in memory that all threads share."""
    for name, kernel in kernels().items():
        assert kernel.targetoptions.get("_nrt") is False, name
