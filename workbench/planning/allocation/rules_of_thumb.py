"""Rules of thumb for sharing instructors out: what a planner does by hand, and greedy by marginal gain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workbench.planning.allocation.options import Options
from workbench.simulation.setup import Cases, instructors_by_street, share

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: The rules, in the order in which they are shown.
RULES = ("equal", "by_organizations", "by_need", "greedy")
SHARES = RULES[:3]


def by_rule(options: Options, cases: Cases, scenario: Scenario, total: int) -> dict[str, NDArray[np.int64]]:
    """A total shared out by each rule, within the limits.

    Who is beyond what a street can use, or beyond its limit, stays at home, as the rule has it; where a rule gives a
    street fewer than its least number, the streets with most to spare give.
    """
    shared = {}
    for rule in SHARES:
        changes = {"instructors.by_street": {}, "instructors.total": total, "instructors.share": rule}
        given = instructors_by_street(cases, scenario.replace(changes))
        wanted = np.array([given[street] for street in cases.streets], dtype=np.int64)
        shared[rule] = within(options, wanted, total)
    shared["greedy"] = greedy(options, total)
    return shared


def within(options: Options, wanted: NDArray[np.int64], total: int) -> NDArray[np.int64]:
    """An allocation moved into the limits and the total: cut above, filled below."""
    chosen = np.clip(wanted, options.least, options.most)
    while chosen.sum() > total:
        chosen[np.argmax(chosen - options.least)] -= 1
    return chosen


def in_proportion(options: Options, total: int) -> NDArray[np.int64]:
    """What is above the least numbers, in proportion to the most that streets can use."""
    span = options.most - options.least
    names = {f"{street:09d}": int(most) for street, most in enumerate(span)}
    given = share(max(total - options.floor, 0), names)
    return within(options, options.least + np.array(list(given.values()), dtype=np.int64), total)


def greedy(options: Options, total: int) -> NDArray[np.int64]:
    """One instructor after the other to where mean coverage gains most; none where it gains nothing."""
    sums = options.branches.sum(axis=1, dtype=np.int64)
    chosen = options.least.copy()
    row = options.rows(chosen)
    gain = np.where(chosen < options.most, sums[np.minimum(row + 1, sums.size - 1)] - sums[row], 0)
    for _ in range(total - options.floor):
        street = int(np.argmax(gain)) if gain.size else 0
        if not gain.size or gain[street] <= 0:
            break
        chosen[street] += 1
        here = options.first[street] + chosen[street] - options.least[street]
        gain[street] = sums[here + 1] - sums[here] if chosen[street] < options.most[street] else 0
    return chosen
