"""Rules of thumb for sharing instructors out: what a planner does by hand, and greedy by marginal gain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workbench.planning.allocation.options import Options
from workbench.simulation.setup import Cases, instructors_by_responsible, share

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: The rules, in the order in which they are shown.
RULES = ("equal", "by_organizations", "by_need", "greedy")
SHARES = RULES[:3]


def by_rule(options: Options, cases: Cases, scenario: Scenario, total: int) -> dict[str, NDArray[np.int64]]:
    """A total shared out by each rule, within the limits.

    Who is beyond what a responsible unit can use, or beyond its limit, stays at home, as the rule has it; where a rule
    gives a responsible unit fewer than its least number, the responsible units with most to spare give.
    """
    shared = {}
    for rule in SHARES:
        changes = {"instructors.by_responsible": {}, "instructors.total": total, "instructors.share": rule}
        given = instructors_by_responsible(cases, scenario.replace(changes), total)
        wanted = np.array([given[responsible] for responsible in cases.responsible_units], dtype=np.int64)
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
    """What is above the least numbers, in proportion to the most that responsible units can use."""
    span = options.most - options.least
    names = {f"{responsible:09d}": int(most) for responsible, most in enumerate(span)}
    given = share(max(total - options.floor, 0), names)
    return within(options, options.least + np.array(list(given.values()), dtype=np.int64), total)


def greedy(options: Options, total: int) -> NDArray[np.int64]:
    """One instructor after the other to where mean coverage gains most; none where it gains nothing."""
    sums = options.sums
    chosen = options.least.copy()
    row = options.rows(chosen)
    gain = np.where(chosen < options.most, sums[np.minimum(row + 1, sums.size - 1)] - sums[row], 0)
    for _ in range(total - options.floor):
        responsible = int(np.argmax(gain)) if gain.size else 0
        if not gain.size or gain[responsible] <= 0:
            break
        chosen[responsible] += 1
        here = options.first[responsible] + chosen[responsible] - options.least[responsible]
        gain[responsible] = sums[here + 1] - sums[here] if chosen[responsible] < options.most[responsible] else 0
    return chosen
