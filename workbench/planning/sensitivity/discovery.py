"""Scenario discovery: a plain rule for when something happens, such as "approval delay > 4 and speed < 0.9".

A box in the space of parameters is peeled from all sides as in PRIM (Friedman and Fisher 1999; Bryant and Lempert
2010) until it holds hardly anything but what is looked for; then limits that are not worth their words are dropped,
the others are moved to where they do best, and the rule is judged on points that it has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workbench.inputs.scenario import short_name
from workbench.labels import text
from workbench.simulation.results import Estimate, wilson

#: Share of the box that one peeling takes away, and share of all points that must stay.
PEELED_AT_ONCE, LEAST_SUPPORT = 0.05, 0.03
#: A rule of more limits than this is no plain rule.
MOST_LIMITS = 3
#: A limit must raise the rule's merit by this much to be worth its words.
LEAST_MERIT_OF_A_LIMIT = 0.015
#: Campaigns in which it happens, and campaigns in a rule, that it takes to make one and to judge it: a rule from one
#: campaign is no rule.
FEWEST_CAMPAIGNS = 10
#: Places at which a limit is tried when it is moved, shares of the points.
LIMITS_TRIED = np.linspace(0.02, 0.98, 49)


@dataclass(frozen=True)
class Limit:
    """One condition of a rule: the parameter at the place `place` lies above (or below) `value`."""

    place: int
    name: str
    above: bool
    value: float

    def holds(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """For which points (n, d) it holds, bool (n,)."""
        column = points[:, self.place]
        return column > self.value if self.above else column < self.value

    def __str__(self) -> str:
        return text("rule.above" if self.above else "rule.below", name=short_name(self.name), value=f"{self.value:.3g}")


@dataclass(frozen=True)
class DiscoveredRule:
    """When something happens, as far as a few limits tell.

    Attributes
    ----------
    limits
        all must hold.
    density
        share of the points in the rule at which it happens. coverage : share of all points at which it happens
        that lie in the rule. Both with their 95 % intervals, on points that the rule was not made from.
    support
        share of all points that lie in the rule. base : share of all points at which it happens.
    points
        how many points judged the rule.
    """

    limits: tuple[Limit, ...]
    density: Estimate
    coverage: Estimate
    support: float
    base: float
    points: int

    def __str__(self) -> str:
        return text("rule.and").join(str(limit) for limit in self.limits)


def discover(
    points: NDArray[np.float64],
    happens: NDArray[np.bool_],
    names: Sequence[str],
    *,
    fresh: tuple[NDArray[np.float64], NDArray[np.bool_]],
    most_limits: int = MOST_LIMITS,
) -> DiscoveredRule | None:
    """The rule that tells best when something happens; None where nothing happens, all does, or no rule tells.

    A rule is told only if it stands on points that it was not made from: it happens there, and inside the rule, often
    enough to be judged, and more often inside than at large, beyond doubt at 95 %.

    What is best: the weighted harmonic mean of density and coverage in which density counts double (van Rijsbergen's
    F of one half), since a rule is read as "when this, then that", yet must not be about hardly anything.

    Parameters
    ----------
    points
        (n, d), values of the parameters. happens : bool (n,). names : d names.
    fresh
        other points with what happens there, which judge the rule.
    most_limits
        conditions at most.
    """
    if min(int(happens.sum()), int(fresh[1].sum())) < FEWEST_CAMPAIGNS or happens.all():
        return None
    limits = _simplified(_peeled(points, happens, names), points, happens, most_limits)
    limits = _moved(limits, points, happens)
    if not limits or _merit(limits, points, happens) < _merit((), points, happens) + LEAST_MERIT_OF_A_LIMIT:
        return None
    rule = _judged(limits, *fresh)
    return rule if round(rule.support * rule.points) >= FEWEST_CAMPAIGNS and rule.density.low > rule.base else None


def _inside(limits: Sequence[Limit], points: NDArray[np.float64]) -> NDArray[np.bool_]:
    inside = np.ones(len(points), dtype=np.bool_)
    for limit in limits:
        inside &= limit.holds(points)
    return inside


def _merit(limits: Sequence[Limit], points: NDArray[np.float64], happens: NDArray[np.bool_]) -> float:
    """F of one half: mean of density and coverage, density counting double; 0 where neither is more."""
    inside = _inside(limits, points)
    return float(1.25 * np.count_nonzero(inside & happens) / max(inside.sum() + 0.25 * happens.sum(), 1.0))


def _peeled(points: NDArray[np.float64], happens: NDArray[np.bool_], names: Sequence[str]) -> tuple[Limit, ...]:
    """The best box on the way of peeling slice after slice off, each time where the rest gets densest."""
    inside = np.ones(len(points), dtype=np.bool_)
    box: dict[tuple[int, bool], Limit] = {}
    best: tuple[Limit, ...] = ()
    best_merit = _merit(best, points, happens)
    while True:
        choice = None
        for place, name in enumerate(names):
            values = points[inside, place]
            for above, level in ((True, PEELED_AT_ONCE), (False, 1.0 - PEELED_AT_ONCE)):
                limit = Limit(place, name, above, float(np.quantile(values, level)))
                kept = inside & limit.holds(points)
                left = int(kept.sum())
                if LEAST_SUPPORT * len(points) <= left < inside.sum():
                    density = np.count_nonzero(kept & happens) / left
                    if choice is None or density > choice[0]:
                        choice = density, limit, kept
        if choice is None:
            return best
        _, limit, inside = choice
        box[limit.place, limit.above] = limit
        limits = tuple(box[key] for key in sorted(box))
        merit = _merit(limits, points, happens)
        if merit > best_merit:
            best, best_merit = limits, merit


def _simplified(
    limits: tuple[Limit, ...], points: NDArray[np.float64], happens: NDArray[np.bool_], most: int
) -> tuple[Limit, ...]:
    """Without the limits that are not worth their words, the least useful first."""
    while limits:
        merit = _merit(limits, points, happens)
        without = [(limits[:i] + limits[i + 1 :]) for i in range(len(limits))]
        merits = [_merit(rest, points, happens) for rest in without]
        least = int(np.argmax(merits))
        if len(limits) <= most and merits[least] < merit - LEAST_MERIT_OF_A_LIMIT:
            break
        limits = without[least]
    return limits


def _moved(limits: tuple[Limit, ...], points: NDArray[np.float64], happens: NDArray[np.bool_]) -> tuple[Limit, ...]:
    """Each limit in turn moved to where the rule does best, until none moves."""
    merit = _merit(limits, points, happens)
    moved = True
    while moved:
        moved = False
        for i, limit in enumerate(limits):
            for value in np.quantile(points[:, limit.place], LIMITS_TRIED):
                tried = (*limits[:i], replace(limit, value=float(value)), *limits[i + 1 :])
                found = _merit(tried, points, happens)
                if found > merit + 1e-12:
                    limits, merit, moved = tried, found, True
    return limits


def _judged(limits: tuple[Limit, ...], points: NDArray[np.float64], happens: NDArray[np.bool_]) -> DiscoveredRule:
    inside = _inside(limits, points)
    both, inner, all_that_happens = (int(np.count_nonzero(each)) for each in (inside & happens, inside, happens))
    unknown = Estimate(0.0, 0.0, 1.0)
    return DiscoveredRule(
        limits=limits,
        density=wilson(both, inner) if inner else unknown,
        coverage=wilson(both, all_that_happens),
        support=inner / len(points),
        base=all_that_happens / len(points),
        points=len(points),
    )
