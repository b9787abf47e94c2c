"""Proof for small cities: branch and bound over responsible units, each replication bounded by what it could have at
best.

Had one known a replication beforehand, one could have sent instructors best for it alone. What that gives at most is
found for every responsible unit on, for every number left, by dynamic programming replication by replication. The share
that reaches the target even so bounds P of every allocation: the wait-and-see bound of stochastic programming (Birge &
Louveaux 2011, ch. 4).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import inlined, kernel
from workbench.planning.allocation.options import Options
from workbench.planning.allocation.watch import Tick, unwatched

#: Numbers (responsible units x totals x replications) that the bounds of a proof may take, of 4 bytes each.
MOST_NUMBERS = 24_000_000
#: Comparisons that a proof may cost before it is given up: a fraction of a second.
MOST_FORESIGHT = 600_000_000
#: Additions that the bound replication by replication may cost; above, prices bound it (`prices`).
MOST_ADDITIONS = 3_000_000_000


class TreeSearch(NamedTuple):
    """What branch and bound found: the best allocation, and whether the search was ended."""

    chosen: NDArray[np.int64]
    proven: bool


def tractable(options: Options, total: int) -> bool:
    """Whether a proof may be tried at all."""
    numbers = (options.responsible_units + 1) * (min(total, options.top) - options.floor + 1) * options.replications
    return (
        numbers * (2 if options.work_wanted else 1) <= MOST_NUMBERS and foresight_cost(options, total) <= MOST_FORESIGHT
    )


def foresight_cost(options: Options, total: int) -> int:
    """Additions that `foresight` takes."""
    spare = min(total, options.top) - options.floor + 1
    return int(np.minimum(options.most - options.least + 1, spare).sum()) * spare * options.replications


def foresight(options: Options, total: int, tick: Tick = unwatched) -> NDArray[np.int64]:
    """Replications that reach the organization target at best, for 0 … `total` - `options.floor` above the least
    numbers: int64, no allocation of at most that many reaches it in more."""
    spare = min(total, options.top) - options.floor
    best = np.zeros((spare + 1, options.replications), np.int32)
    for responsible in range(options.responsible_units - 1, -1, -1):
        tick()
        best = _onward(
            best, options.branches, options.first[responsible], options.most[responsible] - options.least[responsible]
        )
    return np.asarray((best >= options.needed).sum(axis=1, dtype=np.int64))


def prove(
    options: Options, best: NDArray[np.int64], total: int, above: int | None = None, most_work: int = MOST_FORESIGHT
) -> TreeSearch:
    """Find the allocation of at most `total` that is worth most on the sample, or give up.

    Parameters
    ----------
    best
        the best one known.
    above
        only look for one that reaches the target in more than so many replications.
    """
    spare = min(total, options.top) - options.floor
    shape = (options.responsible_units + 1, spare + 1, options.replications)
    onward = np.zeros(shape, np.int32)
    work_onward = np.zeros(shape if options.work_wanted else (1, 1, options.replications), np.int32)
    for responsible in range(options.responsible_units - 1, -1, -1):
        span = options.most[responsible] - options.least[responsible]
        onward[responsible] = _onward(onward[responsible + 1], options.branches, options.first[responsible], span)
        if options.work_wanted:
            work_onward[responsible] = _onward(
                work_onward[responsible + 1], options.works, options.first[responsible], span
            )
    # Both coverages of the best in expectation from a responsible on: covered first, then worked.
    sum_onward = np.zeros((options.responsible_units + 1, spare + 1, 2), np.int64)
    for responsible in range(options.responsible_units - 1, -1, -1):
        span = options.most[responsible] - options.least[responsible]
        _sums_onward(
            sum_onward[responsible + 1],
            options.sums,
            options.work_sums,
            options.first[responsible],
            span,
            sum_onward[responsible],
        )
    known = options.worth(best)
    chosen = best.astype(np.int64)
    limit = np.array([known.work, known.reached, known.covered, known.worked], np.int64)
    if above is not None:
        most = np.iinfo(np.int64).max
        limit[:] = options.work_wanted, above, most, most
    proven = _branch(
        options.branches, options.works, options.first, options.most - options.least, onward, work_onward,
        sum_onward, options.sums, options.work_sums, spare, options.needed, options.work_needed, options.work_wanted,
        most_work, limit, chosen, options.least,
    )  # fmt: skip
    return TreeSearch(chosen, bool(proven))


@kernel
def _onward(after, rows, first, span):
    """What this pool and those after it bring at best, for every number left and column; `after` is without it."""
    best = np.zeros_like(after)
    for left in range(after.shape[0]):
        for number in range(min(span, left) + 1):
            row = rows[first + number]
            rest = after[left - number]
            here = best[left]
            if number == 0:
                for r in range(here.size):
                    here[r] = row[r] + rest[r]
            else:
                for r in range(here.size):
                    here[r] = max(here[r], row[r] + rest[r])
    return best


@kernel
def _sums_onward(after, sums, work_sums, first, span, best):
    """The same in expectation into `best` (left, 2): the most covered, and of those the most with work."""
    for left in range(after.shape[0]):
        for number in range(min(span, left) + 1):
            covered = sums[first + number] + after[left - number, 0]
            worked = work_sums[first + number] + after[left - number, 1]
            if number == 0 or covered > best[left, 0] or (covered == best[left, 0] and worked > best[left, 1]):
                best[left, 0], best[left, 1] = covered, worked


@inlined
def _beats(work, reached, covered, worked, limit):
    """Is it worth more than the best known?"""
    if work != limit[0]:
        return work > limit[0]
    if reached != limit[1]:
        return reached > limit[1]
    if covered != limit[2]:
        return covered > limit[2]
    return worked > limit[3]


@kernel
def _possible(part, row, onward, needed):
    """Replications that may still reach what is needed."""
    count = 0
    for r in range(part.size):
        if part[r] + row[r] + onward[r] >= needed:
            count += 1
    return count


@kernel
def _branch(
    branches, works, first, span, onward, work_onward, sum_onward, sums, work_sums, spare, needed, work_needed,
    work_wanted, most_work, limit, chosen, least,
):  # fmt: skip
    """Depth first through the responsible units, the most promising number first; fills `chosen` and `limit`.

    Gives False where it was given up.
    """
    responsible_units, count = first.size, branches.shape[1]
    widest = span.max() + 1 if responsible_units > 0 else 1
    part = np.zeros((responsible_units + 1, count), np.int32)
    work_part = np.zeros((responsible_units + 1, count), np.int32)
    sum_part, work_sum_part = np.zeros(responsible_units + 1, np.int64), np.zeros(responsible_units + 1, np.int64)
    left = np.zeros(responsible_units + 1, np.int64)
    left[0] = spare
    number = np.zeros(responsible_units, np.int64)
    # Numbers to try in each responsible unit, best bound first, with their bounds.
    queue = np.zeros((responsible_units + 1, widest), np.int64)
    bound = np.zeros((responsible_units + 1, widest, 4), np.int64)
    size, at = np.zeros(responsible_units + 1, np.int64), np.zeros(responsible_units + 1, np.int64)
    done, responsible, entering = 0, 0, True
    while responsible >= 0:
        if responsible == responsible_units:
            # Every bound on the way was beaten, so this one is.
            limit[0] = 0
            if work_wanted > 0:
                limit[0] = min(_possible(work_part[responsible], work_part[0], work_part[0], work_needed), work_wanted)
            limit[1] = _possible(part[responsible], part[0], part[0], needed)
            limit[2], limit[3] = sum_part[responsible], work_sum_part[responsible]
            for i in range(responsible_units):
                chosen[i] = least[i] + number[i]
            responsible -= 1
            entering = False
            continue
        if entering:
            size[responsible] = at[responsible] = 0
            for n in range(min(span[responsible], left[responsible]) + 1):
                row, rest = first[responsible] + n, left[responsible] - n
                work = 0
                if work_wanted > 0:
                    work = _possible(
                        work_part[responsible], works[row], work_onward[responsible + 1, rest], work_needed
                    )
                    work = min(work, work_wanted)
                reached = _possible(part[responsible], branches[row], onward[responsible + 1, rest], needed)
                covered = sum_part[responsible] + sums[row] + sum_onward[responsible + 1, rest, 0]
                worked = work_sum_part[responsible] + work_sums[row] + sum_onward[responsible + 1, rest, 1]
                done += 2 * count if work_wanted > 0 else count
                # Insert by bound: numbers are few.
                place = size[responsible]
                while place > 0:
                    before = bound[responsible, place - 1]
                    if not _beats(work, reached, covered, worked, before):
                        break
                    queue[responsible, place] = queue[responsible, place - 1]
                    bound[responsible, place] = before
                    place -= 1
                queue[responsible, place] = n
                bound[responsible, place, 0], bound[responsible, place, 1] = work, reached
                bound[responsible, place, 2], bound[responsible, place, 3] = covered, worked
                size[responsible] += 1
            if done > most_work:
                return False
        entering = False
        place = at[responsible]
        if place == size[responsible]:
            responsible -= 1
            continue
        best = bound[responsible, place]
        if not _beats(best[0], best[1], best[2], best[3], limit):
            responsible -= 1  # those behind it have lower bounds
            continue
        at[responsible] += 1
        n = queue[responsible, place]
        number[responsible] = n
        row = first[responsible] + n
        for r in range(count):
            part[responsible + 1, r] = part[responsible, r] + branches[row, r]
        if work_wanted > 0:
            for r in range(count):
                work_part[responsible + 1, r] = work_part[responsible, r] + works[row, r]
        sum_part[responsible + 1] = sum_part[responsible] + sums[row]
        work_sum_part[responsible + 1] = work_sum_part[responsible] + work_sums[row]
        left[responsible + 1] = left[responsible] - n
        responsible += 1
        entering = True
    return True
