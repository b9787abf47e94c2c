"""Instructors by responsible unit, and the slots they give (MODEL §5.2, §9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.inputs.scenario import Calendar
from workbench.simulation.setup.cases import Cases
from workbench.simulation.setup.priorities import nominal_preparation

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario


@dataclass(frozen=True)
class Slots:
    """Slots of all responsible units, responsible unit by responsible unit, in slot order.

    Attributes
    ----------
    start, stop
        float64 (slots,), the windows, clipped to the horizon.
    responsible_start
        int64 (responsible units + 1,), the slice of each responsible unit.
    """

    start: NDArray[np.float64]
    stop: NDArray[np.float64]
    responsible_start: NDArray[np.int64]

    def of(self, responsible: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Starts and stops of one responsible unit's slots."""
        part = slice(self.responsible_start[responsible], self.responsible_start[responsible + 1])
        return self.start[part], self.stop[part]


def share(total: int, weights: Mapping[str, Fraction | int]) -> dict[str, int]:
    """Share whole instructors in proportion to weights, by largest remainder, ties by name.

    Exact arithmetic: equal remainders are equal. Without any weight the shares are equal.

    >>> share(5, {"a": 1, "b": 1, "c": 2})
    {'a': 1, 'b': 1, 'c': 3}
    """
    names = sorted(weights)
    if not names:
        return {}
    exact = {name: Fraction(weights[name]) for name in names}
    whole = sum(exact.values())
    quota = {name: total * exact[name] / whole if whole else Fraction(total, len(names)) for name in names}
    given = {name: int(quota[name]) for name in names}
    left = total - sum(given.values())
    for name in sorted(names, key=lambda name: (given[name] - quota[name], name))[:left]:
        given[name] += 1
    return given


def exact_sums(values: NDArray[np.float64], place: NDArray[np.int64], places: int) -> list[Fraction]:
    """Sums by place without any rounding, so that equal needs are equal in whatever order they were added.

    Parameters
    ----------
    values
        float64 (n,), not negative, fewer than 2^21.
    place
        int64 (n,), 0 … places - 1.

    >>> exact_sums(np.array([0.1] * 10 + [1.0]), np.array([0] * 10 + [1]), 2)[0] == 10 * Fraction(0.1)
    True
    """
    fraction, exponent = np.frexp(values)
    whole = np.ldexp(fraction, 53).astype(np.int64)  # value = whole · 2^(exponent - 53)
    sums = [Fraction(0)] * places
    for power in np.unique(exponent):
        own = exponent == power
        # In halves of which a double holds every sum.
        high, low = (np.bincount(place[own], part[own], places) for part in (whole >> 32, whole & 0xFFFFFFFF))
        for at in np.flatnonzero(high + low):
            sums[at] += Fraction(2) ** int(power - 53) * ((int(high[at]) << 32) + int(low[at]))
    return sums


def instructors_by_responsible(cases: Cases, scenario: Scenario, total: int | None = None) -> dict[str, int]:
    """How many instructors each responsible unit has from the opening on, arrivals not counted.

    ``by_responsible``, if it names any responsible unit, is the whole allocation; else `total` is shared, by default
    the scenario's (where that is null, only the register tells: `instructors_total`).
    """
    rules = scenario.instructors
    if rules.by_responsible:
        return {responsible: rules.by_responsible.get(responsible, 0) for responsible in cases.responsible_units}
    weights: dict[str, Fraction | int]
    if rules.share == "equal":
        weights = dict.fromkeys(cases.responsible_units, 1)
    elif rules.share == "by_organizations":
        counts = np.bincount(cases.organizations["responsible"], minlength=len(cases.responsible_units))
        weights = {responsible: int(count) for responsible, count in zip(cases.responsible_units, counts, strict=True)}
    else:
        sums = exact_sums(nominal_preparation(cases, scenario), cases.pool, len(cases.responsible_units))
        weights = dict(zip(cases.responsible_units, sums, strict=True))
    total = rules.total if total is None else total
    if total is None:
        raise ValueError("instructors.total is null: give the total that follows from the register's size")
    return share(total, weights)


def build_slots(
    instructors: Mapping[str, int], responsible_units: tuple[str, ...], scenario: Scenario, calendar: Calendar
) -> Slots:
    """The slots of so many instructors a responsible unit, with the scenario's caseload and arrivals.

    Slots whose window is empty are left out.
    """
    parts = [
        responsible_slots(instructors.get(responsible, 0), windows, scenario.instructors.caseload)
        for responsible, windows in zip(responsible_units, arriving(responsible_units, scenario, calendar), strict=True)
    ]
    return Slots(
        np.concatenate([*(start for start, _ in parts), np.empty(0)]),
        np.concatenate([*(stop for _, stop in parts), np.empty(0)]),
        np.concatenate([[0], np.cumsum([start.size for start, _ in parts])]).astype(np.int64),
    )


class Windows(NamedTuple):
    """When a responsible unit's instructors may start work: those of the opening, and the arrivals in slot order."""

    opening: float
    horizon: float
    arrivals: tuple[tuple[float, float, int], ...]


def arriving(responsible_units: tuple[str, ...], scenario: Scenario, calendar: Calendar) -> list[Windows]:
    """The windows of each responsible unit."""
    horizon, opening = calendar.horizon, calendar.instructors_open
    found: dict[str, list[tuple[float, float, int]]] = {responsible: [] for responsible in responsible_units}
    for arrival in scenario.instructors.arrivals:
        start = opening if arrival.from_ is None else max(opening, float(calendar.day_from(arrival.from_)))
        stop = horizon if arrival.until is None else min(horizon, calendar.day_by(arrival.until) + 1.0)
        if arrival.responsible in found:
            found[arrival.responsible].append((start, stop, arrival.count))
    # Stable: arrivals of equal window stand as in the file.
    return [
        Windows(opening, horizon, tuple(sorted(found[s], key=lambda window: window[:2]))) for s in responsible_units
    ]


def responsible_slots(
    instructors: int, windows: Windows, caseload: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Starts and stops of the slots of so many instructors in one responsible unit, arrivals after them."""
    every = ((windows.opening, windows.horizon, instructors), *windows.arrivals)
    every = tuple(window for window in every if window[0] < window[1])
    count = np.array([number * caseload for _, _, number in every], dtype=np.int64)
    starts = np.repeat(np.array([window[0] for window in every], dtype=np.float64), count)
    stops = np.repeat(np.array([window[1] for window in every], dtype=np.float64), count)
    return starts, stops
