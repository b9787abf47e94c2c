"""Set-up compiles every kernel of the grouping, once, for the types that a search brings."""

from __future__ import annotations

from types import ModuleType

from workbench.grouping import group
from workbench.grouping.models import columns, fixing, lagrangian, set_partitioning, subset_rows
from workbench.grouping.patterns import patterns
from workbench.grouping.problem import pairings
from workbench.grouping.search import neighbourhoods
from workbench.inputs import Scenario, make_city
from workbench.jobs.compile_ahead import compile_ahead


def _signatures(*modules: ModuleType) -> dict[str, int]:
    return {
        name: len(kernel.signatures)
        for module in modules
        for name, kernel in vars(module).items()
        if hasattr(kernel, "signatures") and kernel.py_func.__module__ == module.__name__
    }


def test_every_kernel_is_compiled_ahead_with_one_signature():
    compile_ahead()
    group(make_city(150, 2, seed=1), Scenario.model_validate({}))
    group(make_city(150, 2, seed=1).assign(x=0.0, y=0.0), Scenario.model_validate({}), effort="quick")
    found = _signatures(pairings, lagrangian, columns, fixing, set_partitioning, patterns, subset_rows, neighbourhoods)
    # None: compiled into the kernel that calls it. Read from what was kept, it then has no signature of its own.
    assert set(found.values()) <= {0, 1}, found
    assert sum(found.values()) >= 6, found
