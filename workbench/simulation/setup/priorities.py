"""Order of service: which class of cases goes first (MODEL §5, `discipline`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workbench.inputs.scenario import Law, Quantity
from workbench.simulation.setup.cases import ATTACHED, JOINT, KINDS, OUTREACH, Cases

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: A value more than this relative below its class's first begins a new class.
SAME_CLASS = 1e-12


def nominal(quantity: Quantity) -> float:
    """A number, or the mean of the law that it carries."""
    return quantity.mean if isinstance(quantity, Law) else float(quantity)


def factors(cases: Cases, per_km: NDArray[np.float64], per_extra_unit: NDArray[np.float64]) -> NDArray[np.float64]:
    """What distance and size multiply preparation by; `per_km` and `per_extra_unit` are one number a kind."""
    shared = (cases.kind == JOINT) | (cases.kind == ATTACHED)
    extra = np.maximum(cases.units - 3, 0)
    factor = 1.0 + per_km[cases.kind] * cases.distance + per_extra_unit[cases.kind] * extra
    return np.where(shared, factor, 1.0)


def nominal_preparation(cases: Cases, scenario: Scenario) -> NDArray[np.float64]:
    """Mean working days of one attempt, with its distance and unit factors, before any random factor."""
    rules = [scenario.cases.of(kind) for kind in KINDS]
    mean = np.array([rule.preparation.mean for rule in rules])
    per_km = np.array([nominal(rule.per_km) for rule in rules])
    per_extra_unit = np.array([nominal(rule.per_extra_unit) for rule in rules])
    return mean[cases.kind] * factors(cases, per_km, per_extra_unit)


def priorities(cases: Cases, scenario: Scenario) -> NDArray[np.int64]:
    """The class of each case; 0 goes first.

    `formation_first` puts the most units per expected working day first and outreach last, `work_first` puts
    outreach before them, `fifo` knows one class, and a list of kinds is taken as it stands (kinds that it does
    not name come after).
    """
    discipline = scenario.discipline
    if discipline == "fifo":
        return np.zeros(len(cases), dtype=np.int64)
    if not isinstance(discipline, str):
        turn = np.array([discipline.index(kind) if kind in discipline else len(discipline) for kind in KINDS])
        return turn[cases.kind].astype(np.int64)

    outreach = cases.kind == OUTREACH
    days = nominal_preparation(cases, scenario)[~outreach]
    with np.errstate(divide="ignore"):
        worth = cases.units[~outreach] / days
    classes = _classes(worth)
    count = int(classes.max(initial=-1)) + 1
    priority = np.empty(len(cases), dtype=np.int64)
    priority[~outreach] = classes + (discipline == "work_first")
    priority[outreach] = 0 if discipline == "work_first" else count
    return priority


def _classes(worth: NDArray[np.float64]) -> NDArray[np.int64]:
    """Number of the class of each value, from high to low, near-equal values in one class."""
    values, inverse = np.unique(worth, return_inverse=True)
    number = np.zeros(values.size, dtype=np.int64)
    first, current = np.inf, -1
    for i in range(values.size - 1, -1, -1):
        # Infinite worth (no preparation at all) is a class of its own.
        if current < 0 or (values[i] < first * (1.0 - SAME_CLASS) if np.isfinite(first) else values[i] < first):
            current += 1
            first = values[i]
        number[i] = current
    return number[inverse]
