"""Better by moving a few instructors at a time: the exchange search, compiled (MODEL §9)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import inlined, kernel
from workbench.planning.allocation.options import Options
from workbench.planning.allocation.watch import Tick, unwatched

#: Comparisons between two ticks, at most: a fraction of a second.
MOST_AT_ONCE = 100_000_000


def exchange(
    options: Options, start: NDArray[np.int64], total: int, step: int = 1, tick: Tick = unwatched
) -> NDArray[np.int64]:
    """Move instructors as long as an allocation is worth more on the sample (`Worth`), at most `total` in all.

    A move takes up to `step` instructors from a responsible unit, or from home as long as the total allows, and gives
    up to `step` to another, or sends them home: with priorities, retries or an agenda one instructor more may cost
    coverage. Of each giver's moves the best is made at once, until nobody has a better one.

    Parameters
    ----------
    start
        int64 (responsible units,), within limits and total.
    tick
        called every fraction of a second; what it raises ends the search.
    """
    chosen = start.astype(np.int64)
    arrays = (
        options.branches, options.works, options.sums, options.work_sums, options.first, options.least, options.most,
    )  # fmt: skip
    slack, work_slack, state = _begin(*arrays, chosen, options.needed, options.work_needed, options.work_wanted)
    comparisons = max((chosen.size + 1) * options.replications * step * step, 1)
    givers = max(MOST_AT_ONCE // comparisons, 1)
    improved = True
    while improved:
        improved = False
        for first in range(-1, chosen.size, givers):
            tick()
            last = min(first + givers, chosen.size)
            improved |= _exchange_search(
                *arrays, chosen, slack, work_slack, state, total, options.work_wanted, step, first, last
            )
    return chosen


@kernel
def _reached(base, other, now):
    """In how many replications base + other - now is not negative."""
    count = 0
    for r in range(base.size):
        if base[r] + other[r] - now[r] >= 0:
            count += 1
    return count


@kernel
def _exchange(base, slack, other, now):
    """base = slack + other - now."""
    for r in range(base.size):
        base[r] = slack[r] + other[r] - now[r]


@inlined
def _better(
    work, reached, covered, worked, used, than_work, than_reached, than_covered, than_worked, than_used
):  # fmt: skip
    """Is the first worth more than the second?"""
    if work != than_work:
        return work > than_work
    if reached != than_reached:
        return reached > than_reached
    if covered != than_covered:
        return covered > than_covered
    if worked != than_worked:
        return worked > than_worked
    return used < than_used


# Home is responsible unit -1: it gives what the total leaves over, and takes whoever is sent there. Its row stays the
# same row.


@kernel
def _begin(branches, works, sums, work_sums, first, least, most, chosen, needed, work_needed, work_wanted):
    """Where an allocation stands: what each replication has beyond what it needs, and its worth."""
    count = branches.shape[1]
    nothing = np.zeros(count, np.int32)
    slack, work_slack = np.full(count, -needed, np.int32), np.full(count, -work_needed, np.int32)
    covered = worked = used = work = 0
    for responsible in range(chosen.size):
        row = first[responsible] + chosen[responsible] - least[responsible]
        covered += sums[row]
        worked += work_sums[row]
        used += chosen[responsible]
        _exchange(slack, slack, branches[row], nothing)
        if work_wanted > 0:
            _exchange(work_slack, work_slack, works[row], nothing)
    if work_wanted > 0:
        work = min(_reached(work_slack, nothing, nothing), work_wanted)
    reached = _reached(slack, nothing, nothing)
    return slack, work_slack, np.array([work, reached, covered, worked, used], np.int64)


@kernel
def _exchange_search(
    branches, works, sums, work_sums, first, least, most, chosen, slack, work_slack, state, total, work_wanted, step,
    begin, end,
):  # fmt: skip
    """Make the best move of each giver from `begin` to `end` - 1, if it is better; whether any was made."""
    responsible_units, count = chosen.size, branches.shape[1]
    base, work_base = np.zeros(count, np.int32), np.zeros(count, np.int32)
    work, reached, covered, worked, used = state[0], state[1], state[2], state[3], state[4]
    improved = False
    for giver in range(begin, end):
        best_work, best_reached, best_covered, best_worked, best_used = work, reached, covered, worked, used
        best_taker, best_down, best_up = -1, 0, 0
        give = first[giver] + chosen[giver] - least[giver] if giver >= 0 else 0
        for down in range(1 if giver >= 0 else 0, min(step, chosen[giver] - least[giver]) + 1 if giver >= 0 else 1):
            lost, work_lost = sums[give - down] - sums[give], work_sums[give - down] - work_sums[give]
            _exchange(base, slack, branches[give - down], branches[give])
            if work_wanted > 0:
                _exchange(work_base, work_slack, works[give - down], works[give])
            freed = min(total - used + down, step)
            for taker in range(-1, responsible_units):
                if taker == giver:
                    continue
                ups = min(freed, most[taker] - chosen[taker]) if taker >= 0 else 0
                take = first[taker] + chosen[taker] - least[taker] if taker >= 0 else 0
                for up in range(1 if taker >= 0 else 0, ups + 1):
                    now_work = 0
                    if work_wanted > 0:
                        now_work = min(_reached(work_base, works[take + up], works[take]), work_wanted)
                        if now_work < best_work:
                            continue
                    now_reached = _reached(base, branches[take + up], branches[take])
                    now_covered = covered + lost + sums[take + up] - sums[take]
                    now_worked = worked + work_lost + work_sums[take + up] - work_sums[take]
                    now_used = used - down + up
                    if _better(
                        now_work, now_reached, now_covered, now_worked, now_used,
                        best_work, best_reached, best_covered, best_worked, best_used,
                    ):  # fmt: skip
                        best_work, best_reached, best_covered, best_worked, best_used = (
                            now_work, now_reached, now_covered, now_worked, now_used,
                        )  # fmt: skip
                        best_taker, best_down, best_up = taker, down, up
        if best_down + best_up == 0:
            continue
        improved = True
        work, reached, covered, worked, used = best_work, best_reached, best_covered, best_worked, best_used
        if best_down > 0:
            _exchange(slack, slack, branches[give - best_down], branches[give])
            if work_wanted > 0:
                _exchange(work_slack, work_slack, works[give - best_down], works[give])
            chosen[giver] -= best_down
        if best_up > 0:
            take = first[best_taker] + chosen[best_taker] - least[best_taker]
            _exchange(slack, slack, branches[take + best_up], branches[take])
            if work_wanted > 0:
                _exchange(work_slack, work_slack, works[take + best_up], works[take])
            chosen[best_taker] += best_up
    state[:] = np.array([work, reached, covered, worked, used], np.int64)
    return improved
