"""A city as a modeller would write it down for a general simulator: pools, cases, rules, no addresses of draws."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from workbench.inputs.scenario.laws import Law, Quantity
from workbench.inputs.scenario.model import Scenario
from workbench.simulation import KINDS, Setup


class Case(NamedTuple):
    """A case: its kind, its class in the queue (least first), units, and what preparation is multiplied by."""

    kind: int
    priority: int
    units: int
    factor: float


@dataclass(frozen=True)
class ResponsibleUnit:
    """What one responsible unit has; slots are open from the opening to the end."""

    cases: list[Case]
    slots: int
    meetings: list[tuple[float, float]]  # day, agenda


@dataclass(frozen=True)
class City:
    """Everything that the peers read."""

    responsible_units: list[ResponsibleUnit]
    scenario: Scenario
    opening: list[float]
    census_end: float
    horizon: float


def city_of(setup: Setup) -> City:
    """The same city, from what the kernel reads; per_km and per_extra_unit are numbers here."""
    cases = setup.cases
    rules = [setup.scenario.cases.of(kind) for kind in KINDS]
    responsible_units = []
    for responsible in range(len(cases.responsible_units)):
        own = range(int(cases.pool_start[responsible]), int(cases.pool_start[responsible + 1]))
        meeting = slice(setup.meeting_start[responsible], setup.meeting_start[responsible + 1])
        listed = []
        for case in own:
            rule, units = rules[int(cases.kind[case])], int(cases.units[case])
            factor = 1.0
            if KINDS[int(cases.kind[case])] in ("joint", "attached"):
                extra = mean(rule.per_extra_unit) * max(units - 3, 0)
                factor += mean(rule.per_km) * float(cases.distance[case]) + extra
            listed.append(Case(int(cases.kind[case]), int(setup.priority[case]), units, factor))
        days = zip(setup.meeting_day[meeting].tolist(), setup.agenda[meeting].tolist(), strict=True)
        responsible_units.append(ResponsibleUnit(listed, setup.slots.of(responsible)[0].size, list(days)))
    return City(
        responsible_units,
        setup.scenario,
        setup.opening.tolist(),
        float(setup.calendar.census_end),
        float(setup.calendar.horizon),
    )


def mean(quantity: Quantity | None, default: float = 0.0) -> float:
    """A number, or the mean of its law."""
    if quantity is None:
        return default
    return quantity.mean if isinstance(quantity, Law) else float(quantity)


def draw(law: Law | Quantity | None, rng: random.Random, default: float = 0.0) -> float:
    """A number drawn the usual way, from Python's own generator."""
    if law is None:
        return default
    if not isinstance(law, Law):
        return float(law)
    p = law.parameters
    match law.family:
        case "fixed":
            return p[0]
        case "uniform":
            return rng.uniform(p[0], p[1])
        case "triangular":
            return rng.triangular(p[0], p[2], p[1])
        case "exponential":
            return rng.expovariate(1.0 / p[0])
        case "empirical":
            return rng.choice(p)
        case "lognormal":
            variance = float(np.log1p((p[1] / p[0]) ** 2))
            return rng.lognormvariate(float(np.log(p[0])) - variance / 2.0, variance**0.5)
        case _:
            low, mode, high = p
            a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
            return low + (high - low) * rng.betavariate(a, b)


class Luck(NamedTuple):
    """What a replication draws for the whole city."""

    pace: float
    failure: float
    notice: float
    late: float


def luck(scenario: Scenario, rng: random.Random) -> Luck:
    """Uncertain parameters, once a replication."""
    given = scenario.uncertainty
    pace = draw(given.speed, rng, 1.0) * (1.0 - draw(given.absence, rng))
    notice = draw(scenario.committee.notice, rng) + draw(given.approval_delay, rng)
    late = draw(given.late, rng) if given.late is not None else draw(scenario.census.late, rng)
    return Luck(pace, draw(given.failure, rng, 1.0), notice, late)


def success_rates(scenario: Scenario, chance: Luck, rng: random.Random) -> list[float]:
    """By kind, after the failure factor."""
    rates = []
    for kind in KINDS:
        fails = 1.0 - draw(scenario.cases.of(kind).success, rng)
        rates.append(1.0 - chance.failure * fails / (1.0 - fails + chance.failure * fails))
    return rates


def release(city: City, case: Case, chance: Luck, rng: random.Random) -> float:
    """Surveyed, all its units, and the kind open."""
    latest = city.opening[case.kind]
    for _ in range(case.units):
        if rng.random() < chance.late:
            surveyed = city.census_end + draw(city.scenario.census.tail, rng)
        else:
            surveyed = rng.random() * city.census_end
        latest = max(latest, surveyed)
    return latest
