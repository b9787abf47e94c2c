"""Compare the package with the twins until they differ: ``python -m tests.oracle.catch``, in a copy's folder.

The copy runs uncompiled, since compiling takes longer than what is compared. What is printed is JSON: `caught`, what
differed (null where nothing did), and `tried`, how many instances were compared before.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import numpy as np

from tests.oracle import plain_twin, test_kernel, test_start
from tests.oracle.instances import from_a_state, instance, with_calls
from workbench.grouping import group
from workbench.inputs import Scenario
from workbench.simulation.kernels import bitset, quantiles

#: Instances of nearly everything at once; then registers, their draws and their counts.
INSTANCES = 1500
COUNTED = ("laws", "formed"), ("no_time_at_all", "approved")
REPLICATIONS = 12


def uncompiled() -> None:
    """Give plain Python what numba has in machine code only."""
    bitset.trailing_zeros = lambda word: (int(word) & -int(word)).bit_length() - 1
    quantiles._bits = lambda value: np.float64(value).view(np.int64)
    # Philox multiplies modulo 2^64 by intent.
    warnings.filterwarnings("ignore", "overflow encountered", RuntimeWarning)


def first_difference() -> tuple[str | None, int]:
    """What differs first, and after how many instances."""
    for number in range(INSTANCES):
        given = instance(number)
        frames = given.cases, given.slots, given.meetings, given.settings
        try:
            test_kernel.same(test_kernel.kernel_serve(*frames), plain_twin.serve(*frames), f"instance {number}")
            calling = with_calls(given, number)
            frames = calling.cases, calling.slots, calling.meetings, calling.settings
            called: list[tuple[str, float]] = []
            expected = plain_twin.serve(*frames, called)
            test_kernel.same(test_kernel.kernel_serve(*frames), expected, f"instance {number} on demand")
            assert test_kernel.kernel_calls(*frames) == called, f"instance {number}: meetings called"
            begun = from_a_state(calling if number % 2 else given, number)
            frames = begun.cases, begun.slots, begun.meetings, begun.settings
            test_kernel.same(
                test_kernel.kernel_serve(*frames), plain_twin.serve(*frames), f"instance {number} under way"
            )
        except (Exception, test_kernel.pytest.fail.Exception) as fault:
            return said(fault), number
    try:
        register, scenario = test_kernel.city(0), Scenario.model_validate(test_kernel.VARIANTS["laws"])
        groups = group(register, scenario, method="nearest")
        test_kernel.compare(register, scenario, groups, 1, 5, "made-up city")
        for name, counted_from in COUNTED:
            test_kernel.test_simulate_counts_what_the_traces_show(name, counted_from)
        test_kernel.every_replication_is_its_trace("fifo", REPLICATIONS)
        test_start.test_traces_from_a_register("default")
    except (Exception, test_kernel.pytest.fail.Exception) as fault:
        return said(fault), INSTANCES
    return None, INSTANCES


def said(fault: BaseException) -> str:
    """A fault's kind and its first line."""
    first = str(fault).strip().splitlines()
    return " ".join([type(fault).__name__, *first[:1]])


if __name__ == "__main__":
    here = Path(sys.modules["workbench"].__file__).parent.parent
    if here != Path.cwd():
        raise SystemExit("workbench is not this folder's: run it where the copy is")
    uncompiled()
    found, tried = first_difference()
    sys.stdout.write(json.dumps({"caught": found, "tried": tried}) + "\n")
