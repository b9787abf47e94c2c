"""The campaign in Ciw, a queueing-network simulator: an approximation, since a network of queues is not all of it.

Nodes of a responsible unit: instructors (a priority queue), the delay before a further attempt, the notice, the
committee (slotted services: so many at a meeting), the election. What Ciw cannot express, and how it is done instead:

- a limit of attempts: by a routing of its own, which counts;
- a case's own units, distance and election by kind: each kind takes their mean;
- draws once a replication for the whole city: the factors are drawn outside;
- windows that differ by slot, ranks among equals, and an order of equal times: not at all;
- draws that do not depend on the order of events: not at all, it has one generator.
"""

from __future__ import annotations

import random
from typing import Any

from benchmarks.peers.city import City, Luck, ResponsibleUnit, draw, luck, release, success_rates
from workbench.simulation import KINDS

INSTRUCTORS, RETRY, NOTICE, COMMITTEE, ELECTION = range(1, 6)
UNLIMITED = 10**9


def simulate(city: City, replication: int) -> float:
    """One replication, responsible unit by responsible unit: how many units are newly covered by the horizon."""
    import ciw

    rng = random.Random(replication)
    chance = luck(city.scenario, rng)
    rates = success_rates(city.scenario, chance, rng)
    ciw.seed(replication)
    return sum(_responsible(ciw, city, responsible, chance, rates, rng) for responsible in city.responsible_units)


def _responsible(
    ciw: Any, city: City, responsible: ResponsibleUnit, chance: Luck, rates: list[float], rng: random.Random
) -> float:
    kinds = sorted({case.kind for case in responsible.cases})
    if not kinds or not responsible.slots or not responsible.meetings:
        return 0.0

    class Drawn(ciw.dists.Distribution):
        """A law of the scenario, times a factor."""

        def __init__(self, law: Any, factor: float = 1.0) -> None:
            self.law, self.factor = law, factor

        def sample(self, t: float | None = None, ind: Any = None) -> float:
            return draw(self.law, rng) * self.factor

    class After(ciw.routing.NodeRouting):
        """From the instructors: on by success, back by failure, out when the attempts are used up."""

        def next_node(self, ind: Any) -> Any:
            kind = int(ind.customer_class)
            ind.attempts = getattr(ind, "attempts", 0) + 1
            rules = city.scenario.cases.of(KINDS[kind])
            if rng.random() < rates[kind]:
                if KINDS[kind] == "outreach":
                    return self.simulation.nodes[-1]
                return self.simulation.nodes[NOTICE if rules.approval != "none" else ELECTION]
            return self.simulation.nodes[RETRY if ind.attempts < rules.max_attempts else -1]

    class Heard(ciw.routing.NodeRouting):
        """From the notice: to the committee, or past it."""

        def next_node(self, ind: Any) -> Any:
            rules = city.scenario.cases.of(KINDS[int(ind.customer_class)])
            return self.simulation.nodes[COMMITTEE if rules.approval == "committee" else ELECTION]

    arrivals, services, units = {}, {}, {}
    for kind in kinds:
        own = [case for case in responsible.cases if case.kind == kind]
        times = sorted(release(city, case, chance, rng) for case in own)
        between = [time - before for time, before in zip(times, [0.0, *times[:-1]], strict=True)]
        rules = city.scenario.cases.of(KINDS[kind])
        factor = sum(case.factor for case in own) / len(own) / chance.pace
        name = str(kind)
        arrivals[name] = [ciw.dists.Sequential([*between, float("inf")]), None, None, None, None]
        services[name] = [
            Drawn(rules.preparation, factor), Drawn(rules.retry_delay), ciw.dists.Deterministic(chance.notice),
            ciw.dists.Deterministic(0.0), Drawn(rules.election),
        ]  # fmt: skip
        units[name] = sum(case.units for case in own) / len(own)
    order = sorted({case.priority for case in responsible.cases})
    priority = {
        str(kind): order.index(min(case.priority for case in responsible.cases if case.kind == kind)) for kind in kinds
    }
    used = sorted(set(priority.values()))
    days = [day for day, _ in responsible.meetings]
    rooms = [int(min(agenda, UNLIMITED)) for _, agenda in responsible.meetings]
    network = ciw.create_network(
        arrival_distributions=arrivals,
        service_distributions=services,
        priority_classes={name: used.index(place) for name, place in priority.items()},
        # Slots come round again: a last one beyond the horizon keeps the first from coming twice.
        number_of_servers=[responsible.slots, float("inf"), float("inf"),
                           ciw.Slotted(slots=[*days, city.horizon + 1.0], slot_sizes=[*rooms, 0]), float("inf")],
        routing={
            str(kind): ciw.routing.NetworkRouting(
                routers=[After(), ciw.routing.Direct(to=INSTRUCTORS), Heard(), ciw.routing.Direct(to=ELECTION),
                         ciw.routing.Leave()]
            )
            for kind in kinds
        },
    )  # fmt: skip
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(city.horizon)
    formed = [r for r in simulation.get_all_records() if r.node == ELECTION and r.exit_date < city.horizon]
    return float(sum(units[record.customer_class] for record in formed))
