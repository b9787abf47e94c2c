"""The campaign in SimPy, as its documentation teaches: processes, a PriorityResource a responsible unit, a committee
process.

It says what the model says but for equal times: SimPy serves in the order of requests, so neither the rank among equal
priorities nor the slot of least index can be told, and its draws follow the order of events.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Generator

import simpy

from benchmarks.peers.city import Case, City, Luck, ResponsibleUnit, draw, luck, release, success_rates
from workbench.simulation import KINDS

Process = Generator[simpy.Event, object, None]


class Pool:
    """A responsible unit's instructors, and the cases before its committee."""

    def __init__(self, env: simpy.Environment, responsible: ResponsibleUnit) -> None:
        self.instructors = simpy.PriorityResource(env, responsible.slots) if responsible.slots else None
        self.filed: deque[tuple[float, simpy.Event]] = deque()


def one_case(
    env: simpy.Environment, city: City, pool: Pool, case: Case, chance: Luck, rates: list[float],
    rng: random.Random, formed: list[float],
) -> Process:  # fmt: skip
    """The life of a case; units that are covered in the end are added to `formed`."""
    if pool.instructors is None:
        return
    rules = city.scenario.cases.of(KINDS[case.kind])
    yield env.timeout(release(city, case, chance, rng))
    for _ in range(rules.max_attempts):
        with pool.instructors.request(priority=case.priority) as slot:
            yield slot
            yield env.timeout(draw(rules.preparation, rng) * case.factor / chance.pace)
        if rng.random() < rates[case.kind]:
            break
        yield env.timeout(draw(rules.retry_delay, rng))
    else:
        return
    if KINDS[case.kind] == "outreach":
        return
    if rules.approval == "committee":
        heard = env.event()
        pool.filed.append((env.now, heard))
        yield heard
    elif rules.approval == "direct":
        yield env.timeout(chance.notice)
    yield env.timeout(draw(rules.election, rng))
    formed[0] += case.units


def committee(env: simpy.Environment, responsible: ResponsibleUnit, pool: Pool, notice: float) -> Process:
    """Meetings on their days, each hearing so many of those filed in time, first come first."""
    for day, agenda in responsible.meetings:
        yield env.timeout(day - env.now)
        room = agenda
        while pool.filed and room > 0 and pool.filed[0][0] + notice <= env.now:
            pool.filed.popleft()[1].succeed()
            room -= 1


def simulate(city: City, replication: int) -> float:
    """One replication: how many units are newly covered by the horizon."""
    rng = random.Random(replication)
    chance = luck(city.scenario, rng)
    rates = success_rates(city.scenario, chance, rng)
    env, formed = simpy.Environment(), [0.0]
    for responsible in city.responsible_units:
        pool = Pool(env, responsible)
        env.process(committee(env, responsible, pool, chance.notice))
        for case in responsible.cases:
            env.process(one_case(env, city, pool, case, chance, rates, rng, formed))
    env.run(until=city.horizon)
    return formed[0]
