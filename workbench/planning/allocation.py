"""Where instructors go: the best allocation of a total, or the least total for a confidence (MODEL §9)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InfeasibleError, ScenarioError
from workbench.labels import text
from workbench.planning.responses import Responses
from workbench.simulation import Estimate, checked_seed, instructors_by_street, prepare, share, wilson

if TYPE_CHECKING:
    from workbench.grouping import Grouping
    from workbench.inputs.scenario import Scenario

#: Working days in the month that an instructor's monthly cost pays for.
DAYS_A_MONTH = 21.75
#: Where instructors are that no street has; stands beside the streets' codes.
HOME = -1
#: Passes of the exchange search: each tries every move of one instructor between two streets.
MOST_EXCHANGES = 500


@dataclass(frozen=True, eq=False)
class Allocation:
    """Instructors by street, with what is proven about them.

    Attributes
    ----------
    instructors : by street, whole numbers.
    probability : P(organization target by the deadline), on fresh replications.
    probability_bound : no allocation of this total within the limits does better on the optimised sample.
    expected_coverage : mean coverage by the deadline, on fresh replications; a share.
    expected_bound : the optimum of the sample average, exact by dynamic programming; bounds every allocation of
        this total on that sample (not on another).
    reached : whether the confidence asked for was reached on the optimised sample; True where a total was given.
    confidence : what was asked for, or None.
    cost : yuan, of these instructors from the opening to the deadline.
    curve : one row a total: expected coverage and P on the optimised sample, of the best allocation in expectation.
    start : what the scenario itself gives each street.
    scenario : the scenario with this allocation.
    replications, seed : the optimised sample's.
    """

    instructors: pd.Series[int]
    probability: Estimate
    probability_bound: float
    expected_coverage: float
    expected_bound: float
    reached: bool
    confidence: float | None
    cost: float
    curve: pd.DataFrame
    start: pd.Series[int]
    scenario: Scenario
    responses: Responses
    replications: int
    seed: int

    @property
    def total(self) -> int:
        """Instructors in all."""
        return int(self.instructors.sum())

    def moves(self, from_: pd.Series[int] | None = None) -> pd.DataFrame:
        """Steps from another allocation (by default the scenario's own) to this one.

        Returns
        -------
        DataFrame : street_from, street_to, count; empty text for instructors that come new or go home. Streets
        that give most give first, to the streets that need most.
        """
        before = self.start if from_ is None else from_
        change = {str(street): int(n) for street, n in self.instructors.sub(before, fill_value=0).items()}
        giving = sorted(((street, -n) for street, n in change.items() if n < 0), key=lambda one: (-one[1], one[0]))
        taking = sorted(((street, n) for street, n in change.items() if n > 0), key=lambda one: (-one[1], one[0]))
        # One entry an instructor: pairs of equal neighbours are one step. Whoever finds no partner comes new or goes.
        givers = [street for street, n in giving for _ in range(n)]
        takers = [street for street, n in taking for _ in range(n)]
        steps = Counter(zip_longest(givers, takers, fillvalue=""))
        rows = [(giver, taker, count) for (giver, taker), count in steps.items()]
        return pd.DataFrame(rows, columns=["street_from", "street_to", "count"])

    def summary(self) -> str:
        """The allocation's worth in a sentence or two, in the language in use."""
        lines = []
        if not self.reached:
            lines.append(text("allocation.not_reached", confidence=f"{self.confidence:.0%}"))
        lines.append(
            text(
                "allocation.summary",
                total=self.total,
                expected=f"{self.expected_coverage:.1%}",
                bound=f"{self.expected_bound:.1%}",
                probability=str(self.probability),
                probability_bound=f"{self.probability_bound:.1%}",
            )
        )
        return "\n".join(lines)


def allocate(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | None = None,
    *,
    total: int | None = None,
    confidence: float | None = None,
    replications: int = 1000,
    seed: int = 0,
    workers: int | None = None,
) -> Allocation:
    """Share out a total of instructors as well as possible, or find the least total that gives a confidence.

    Expected coverage is a sum over streets, so its best allocation is found exactly by dynamic programming on the
    responses of the sample. From there single instructors change streets as long as P(target) on the sample rises
    (ties by expected coverage). What the result says of itself is measured on fresh replications.

    Parameters
    ----------
    register, scenario, grouping, workers : as for `simulate`; ``instructors.limits`` hold, arrivals come on top.
    total : at most so many instructors.
    confidence : the least total with P(target) >= this on the sample; where no total reaches it, the best there is.
    replications, seed : the sample that is optimised; as many fresh ones judge the result.

    Raises
    ------
    ScenarioError : both or neither of total and confidence.
    InfeasibleError : the limits' least numbers exceed the total.
    """
    if (total is None) == (confidence is None):
        raise ScenarioError(text("error.allocation_one_of"))
    if confidence is not None and not 0 < confidence <= 1:
        raise ValueError(f"confidence = {confidence}: must be a share above 0, at most 1")
    if replications < 1:
        raise ValueError(f"replications = {replications}: must be at least 1")
    if total is not None and total != int(total):
        raise ValueError(f"total = {total}: must be a whole number")
    seed = checked_seed(seed)
    setup = prepare(register, scenario, grouping)
    sample = Responses(setup, replications=replications, seed=seed)
    least, most = _limits(sample, scenario)
    if total is not None and sum(least) > total:
        raise InfeasibleError(text("error.allocation_limits", least=sum(least), total=total))
    top = sum(most) if total is None else min(total, sum(most))
    most = [max(low, min(high, top)) for low, high in zip(least, most, strict=True)]
    sample.fill(most, workers)
    optimum = best_in_expectation(sample, least, most, top)
    needed = scenario.targets.organization
    curve = _curve(sample, optimum, needed)

    if confidence is None:
        chosen, reached = _best_found(sample, optimum, least, most, top, needed), True
    else:
        chosen, reached = _fewest(sample, optimum, least, most, needed, confidence)
    # What is proven holds for every allocation of the total that was asked about, or of the one that was found.
    bounded = top if confidence is None else sum(chosen)
    judged = Responses(setup, replications=replications, seed=seed, first=replications)
    coverage = judged.branches(chosen) / max(judged.organizations, 1)
    streets = pd.Index(sample.streets, name="street", dtype="str")
    given = dict(zip(sample.streets, map(int, chosen), strict=True))
    start = instructors_by_street(setup.cases, scenario)
    return Allocation(
        instructors=pd.Series(chosen, index=streets, name="instructors", dtype=np.int64),
        probability=wilson(int((coverage >= needed).sum()), replications),
        probability_bound=probability_bound(sample, least, most, bounded, needed),
        expected_coverage=float(coverage.mean()),
        expected_bound=float(curve["expected"].loc[bounded]),
        reached=reached,
        confidence=confidence,
        cost=_cost(scenario, sample, sum(chosen)),
        curve=curve,
        start=pd.Series(start, name="instructors", dtype=np.int64).rename_axis("street"),
        scenario=scenario.replace("instructors.by_street", given),
        responses=sample,
        replications=replications,
        seed=seed,
    )


def _limits(sample: Responses, scenario: Scenario) -> tuple[list[int], list[int]]:
    """The least and the most useful number for each street."""
    least, most = [], []
    for street, name in enumerate(sample.streets):
        low, high = scenario.instructors.limits.get(name, (0, None))
        enough = sample.enough(street)
        least.append(low)
        most.append(max(low, enough if high is None else min(high, enough)))
    return least, most


@dataclass(frozen=True)
class Optimum:
    """Best allocations in expectation for every total.

    value : float64 (totals + 1,), summed responses' means, -inf where the limits forbid a total.
    choice : int64 (streets, totals + 1), instructors of the street in the best allocation of its prefix.
    """

    value: NDArray[np.float64]
    choice: NDArray[np.int64]

    def allocation(self, total: int) -> list[int]:
        """The best allocation of at most `total`."""
        left = int(np.argmax(self.value[: total + 1]))
        chosen = []
        for street in range(len(self.choice) - 1, -1, -1):
            chosen.append(int(self.choice[street, left]))
            left -= chosen[-1]
        return chosen[::-1]


def best_in_expectation(sample: Responses, least: list[int], most: list[int], top: int) -> Optimum:
    """Dynamic programming over streets: exact on the sample, whatever shape the responses have."""
    value = np.full(top + 1, -np.inf)
    value[0] = 0.0
    choice = np.zeros((len(least), top + 1), dtype=np.int64)
    for street, (low, high) in enumerate(zip(least, most, strict=True)):
        best = np.full(top + 1, -np.inf)
        for n in range(low, min(high, top) + 1):
            # Sums of whole numbers: exact, so that equal allocations are equal and the smaller number stays.
            candidate = np.full(top + 1, -np.inf)
            candidate[n:] = value[: top + 1 - n] + float(sample.of(street, n).branches.sum())
            better = candidate > best
            best[better] = candidate[better]
            choice[street, better] = n
        value = best
    return Optimum(value, choice)


def _curve(sample: Responses, optimum: Optimum, needed: float) -> pd.DataFrame:
    """Expected coverage and P(target) on the sample for every total; a total may leave some at home."""
    organizations = max(sample.organizations, 1)
    reachable = np.maximum.accumulate(optimum.value)
    rows = {}
    for total in range(len(reachable)):
        if np.isfinite(reachable[total]):
            counts = sample.branches(optimum.allocation(total))
            rows[total] = (counts.mean() / organizations, (counts / organizations >= needed).mean())
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["expected", "probability"])
    return table.rename_axis("total")


def _exchange(
    sample: Responses, allocation: list[int], least: list[int], most: list[int], total: int, needed: float
) -> list[int]:
    """Move one instructor at a time while P(target), then expected coverage, rises on the sample.

    A move goes from a street to another, from home to a street as long as the total allows, or home: with
    priorities, retries or an agenda one instructor more may cost coverage.
    """
    chosen = list(allocation)
    counts = sample.branches(chosen)
    worth = _worth(sample, counts, needed)
    for _ in range(MOST_EXCHANGES):
        best: tuple[int, int, NDArray[np.int64]] | None = None
        for giver in range(HOME, len(chosen)):
            if chosen[giver] <= least[giver] if giver != HOME else sum(chosen) >= total:
                continue
            without = counts + _change(sample, chosen, giver, -1)
            for taker in range(HOME, len(chosen)):
                if taker == giver or (taker != HOME and chosen[taker] >= most[taker]):
                    continue
                moved = without + _change(sample, chosen, taker, 1)
                found = _worth(sample, moved, needed)
                if found > worth:
                    worth, best = found, (giver, taker, moved)
        if best is None:
            break
        for street, change in ((best[0], -1), (best[1], 1)):
            if street != HOME:
                chosen[street] += change
        counts = best[2]
    return chosen


def _best_found(
    sample: Responses, optimum: Optimum, least: list[int], most: list[int], total: int, needed: float
) -> list[int]:
    """The best that the exchange finds from several starts: the best in expectation of this total and of some below,
    and what is in proportion to the most that streets can use."""
    below = [n for n in (total, total - 1, total - 2, total - total // 4) if n >= sum(least)]
    starts = [optimum.allocation(n) for n in below]
    spread = share(
        total - sum(least), {f"{i:06d}": high - low for i, (low, high) in enumerate(zip(least, most, strict=True))}
    )
    starts.append([min(high, low + n) for low, high, n in zip(least, most, spread.values(), strict=True)])
    found = [_exchange(sample, start, least, most, total, needed) for start in starts]
    return max(found, key=lambda chosen: _worth(sample, sample.branches(chosen), needed))


def _worth(sample: Responses, counts: NDArray[np.int64], needed: float) -> tuple[int, int]:
    """How often the target is reached on the sample, then how many are covered in all."""
    return int((counts / max(sample.organizations, 1) >= needed).sum()), int(counts.sum())


def _change(sample: Responses, chosen: list[int], street: int, change: int) -> NDArray[np.int64] | int:
    """What one instructor more or fewer in a street adds, int64 (R,); at home it adds nothing."""
    if street == HOME:
        return 0
    return sample.of(street, chosen[street] + change).branches - sample.of(street, chosen[street]).branches


def _fewest(
    sample: Responses, optimum: Optimum, least: list[int], most: list[int], needed: float, confidence: float
) -> tuple[list[int], bool]:
    """The least total whose best allocation found reaches the confidence; else the one of greatest P found."""
    relaxation = Relaxation.of(sample, least, most)
    totals = range(sum(least), sum(most) + 1)
    bound = {total: relaxation.probability(sample, total, needed) for total in totals}
    tried: dict[int, tuple[tuple[int, int], list[int]]] = {}

    def attempt(total: int) -> float:
        chosen = _exchange(sample, optimum.allocation(total), least, most, total, needed)
        tried[total] = _worth(sample, sample.branches(chosen), needed), chosen
        return tried[total][0][0] / sample.replications

    for total in totals:
        if bound[total] >= confidence and attempt(total) >= confidence:
            return tried[total][1], True
    # Out of reach: the best there is, among totals that may still be better than what was found.
    best = -1.0
    for total in sorted(totals, key=lambda total: (-bound[total], total)):
        if bound[total] > best:
            best = max(best, attempt(total) if total not in tried else tried[total][0][0] / sample.replications)
    return max(tried.values(), key=lambda one: one[0])[1], False


@dataclass(frozen=True)
class Relaxation:
    """The total's limit replaced by a price on every instructor (Lagrange): bounds each replication's best.

    Attributes
    ----------
    prices : float64 (P,), organizations an instructor must bring to be worth sending.
    values : float64 (P, R), what the streets bring at best when instructors cost that much.
    """

    prices: NDArray[np.float64]
    values: NDArray[np.float64]

    @classmethod
    def of(cls, sample: Responses, least: list[int], most: list[int]) -> Relaxation:
        """Price a ladder of prices from nought up."""
        prices = np.concatenate([[0.0], np.geomspace(0.02, 8.0, 40)])
        values = np.zeros((prices.size, sample.replications))
        for street, (low, high) in enumerate(zip(least, most, strict=True)):
            numbers = np.arange(low, high + 1)
            gain = np.stack([sample.of(street, int(n)).branches for n in numbers]).astype(np.float64)
            for i, price in enumerate(prices):
                values[i] += (gain - price * numbers[:, None]).max(axis=0)
        return cls(prices, values)

    def probability(self, sample: Responses, total: int, needed: float) -> float:
        """No allocation of at most `total` reaches the target on a greater share of the sample."""
        most = (self.values + self.prices[:, None] * total).min(axis=0)
        # Counts are whole numbers; the small addition keeps rounding in the prices from cutting one off.
        covered = sample.branches_at_start + np.floor(most + 1e-6)
        return float((covered / max(sample.organizations, 1) >= needed).mean())


def probability_bound(sample: Responses, least: list[int], most: list[int], total: int, needed: float) -> float:
    """No allocation of at most `total` within the limits reaches the target on a greater share of the sample."""
    return Relaxation.of(sample, least, most).probability(sample, total, needed)


def _cost(scenario: Scenario, sample: Responses, instructors: int) -> float:
    """Yuan for so many instructors from the opening to the deadline."""
    calendar = sample.setup.calendar
    months = (calendar.deadline_day + 1 - calendar.instructors_open) / DAYS_A_MONTH
    return float(instructors * months * scenario.costs.instructor_month)
