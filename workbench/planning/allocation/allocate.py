"""Where instructors go: the best allocation of a total, or the least total for a confidence (MODEL §9)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import checked
from workbench.errors import ArgumentError, InfeasibleError, ScenarioError
from workbench.inputs import asked
from workbench.labels import text
from workbench.numbers import change_words, money, percent, target_percent
from workbench.planning.allocation.costs import cost_each, expected_branches
from workbench.planning.allocation.options import Options, Worth
from workbench.planning.allocation.search import Found, Search
from workbench.planning.allocation.simple_rules import by_rule, in_proportion
from workbench.planning.allocation.watch import Watch
from workbench.planning.desk import Prospect, ResponseCache, Responses, prospect, whole_number
from workbench.progress import Progress
from workbench.shown import Shown
from workbench.simulation.results import Estimate, Target
from workbench.simulation.setup import Cases, Setup, prepared
from workbench.targets import least_count

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario


@dataclass(frozen=True, eq=False, repr=False)
class Allocation(Shown):
    """Instructors by responsible unit, with what is proven about them.

    Attributes
    ----------
    instructors
        by responsible unit, whole numbers.
    before, after
        both coverages and the chance of both targets with the scenario's own instructors, and with these: side by
        side on fresh replications, which the search has not seen.
    sample_probability
        P(organization target) on the sample that was optimised: flattered by the search.
    probability_bound
        no allocation of this total within the limits reaches the target in a greater share of that
        sample, whether it meets a condition on work or not.
    sample_expected
        mean organization coverage on the sample that was optimised, a share.
    expected_bound
        the optimum of the sample average, exact by dynamic programming; bounds every allocation of
        this total on that sample (not on another).
    proven
        whether, on the sample, no allocation of this total is worth more (a total or a budget was given, or the
        confidence was not reached), or no fewer instructors reach the confidence. Where it is False,
        that was searched for and not found.
    reached
        whether what was asked for was reached on the sample: the confidence, and the condition on work.
    confidence, budget, work
        what was asked for, or None.
    by_responsible
        one row a responsible: instructors, and recommended; then what its cases add on average to what is there at the
        start, on the fresh replications: branches_before, branches_after (organizations with a branch),
        works_before, works_after (with a branch, an instructor or a mass organization).
    cost
        yuan, of these instructors from the opening to the deadline: what a budget limits. Start-up money is no part
        of it (`start_up_cost`), since it is paid for a branch, whoever forms it.
    curve
        one row a total, for the best of at most that many: expected, the greatest expected coverage; probability,
        the greatest P found; bound, what no P exceeds; coverage and work, expected organization and work coverage of
        the allocation that this P was found with. On the sample that was optimised.
    rules
        one row a plain rule (equal, by_organizations, by_need, greedy) for the same total, within the same
        limits and on the same sample: instructors, expected, probability, work (expected work coverage).
    start
        what the scenario itself gives each responsible unit.
    scenario
        the scenario with this allocation.
    replications, seed
        the optimised sample's; the fresh one is the next so many of the same seed.
    """

    shown_table = "instructors"
    shown_figure = "curve"

    instructors: pd.Series[int]
    before: Prospect
    after: Prospect
    sample_probability: float
    probability_bound: float
    sample_expected: float
    expected_bound: float
    proven: bool
    reached: bool
    confidence: float | None
    budget: float | None
    work: float | None
    by_responsible: pd.DataFrame
    cost: float
    curve: pd.DataFrame
    rules: pd.DataFrame
    start: pd.Series[int]
    scenario: Scenario
    responses: Responses
    replications: int
    seed: int

    @property
    def total(self) -> int:
        """Instructors in all."""
        return int(self.instructors.sum())

    @property
    def probability(self) -> Estimate:
        """P(organization target by the deadline), on fresh replications."""
        return self.after.probability

    @property
    def expected_coverage(self) -> float:
        """Mean organization coverage by the deadline, on fresh replications; a share."""
        return self.after.expected

    @property
    def work_probability(self) -> Estimate:
        """P(work target by the deadline), on fresh replications."""
        return self.after.work_probability

    @property
    def expected_work(self) -> float:
        """Mean work coverage by the deadline, on fresh replications; a share."""
        return self.after.expected_work

    @cached_property
    def start_up_cost(self) -> float:
        """Yuan of start-up money to be expected for the branches that are founded by the deadline
        (``costs.branch_start_up`` each; one for a joint branch, none where a unit joins a host's branch), on the fresh
        replications: simulated when first asked for."""
        each = self.scenario.costs.branch_start_up
        branches = expected_branches(
            self.responses.setup, {str(responsible): int(number) for responsible, number in self.instructors.items()},
            first=self.replications, replications=self.replications, seed=self.seed,
        ) if each else 0.0  # fmt: skip
        return each * branches

    @asked
    def moves(self, from_: Mapping[str, int] | pd.Series[int] | None = None) -> pd.DataFrame:
        """Steps from another allocation (by default the scenario's own) to this one.

        Parameters
        ----------
        from_
            instructors by responsible unit, whole numbers; responsible units that are not named have none.

        Raises
        ------
        ValueError
            responsible units that this allocation does not know, or numbers that are not whole or below 0, all of them.

        Returns
        -------
        pd.DataFrame
            responsible_from, responsible_to, count; empty text for instructors that come new or go home. Responsible
            units that give most give first, to the responsible units that need most.
        """
        before = _numbers(self.start if from_ is None else from_, self.instructors.index)
        change = {
            str(responsible): int(n) - before.get(str(responsible), 0) for responsible, n in self.instructors.items()
        }
        giving = sorted(((unit, -n) for unit, n in change.items() if n < 0), key=lambda one: (-one[1], one[0]))
        taking = sorted(((unit, n) for unit, n in change.items() if n > 0), key=lambda one: (-one[1], one[0]))
        # One entry an instructor: pairs of equal neighbours are one step. Whoever finds no partner comes new or goes.
        givers = [responsible for responsible, n in giving for _ in range(n)]
        takers = [responsible for responsible, n in taking for _ in range(n)]
        steps = Counter(zip_longest(givers, takers, fillvalue=""))
        rows = [(giver, taker, count) for (giver, taker), count in steps.items()]
        return pd.DataFrame(rows, columns=["responsible_from", "responsible_to", "count"])

    @property
    def ungrouped(self) -> int:
        """Organizations that need a joint branch where joint branches were left out; else 0."""
        return self.responses.setup.cases.ungrouped

    @property
    def forbidden(self) -> bool:
        """Whether a proof or a bound says that no allocation reaches what was asked for; else it was only searched for
        and not found."""
        return not self.reached and (
            self.proven or (self.confidence is not None and self.probability_bound < self.confidence)
        )

    def summary(self) -> str:
        """The allocation's worth in a few sentences, in the language in use."""
        lines = []
        if not self.reached:
            key = "allocation.not_reached" if self.forbidden else "allocation.not_found"
            lines.append(text(key, asked=self._asked()))
        shares = {
            "sample_expected": self.sample_expected,
            "expected_bound": self.expected_bound,
            "sample_probability": self.sample_probability,
            "probability_bound": self.probability_bound,
        }
        said = {name: percent(share) for name, share in shares.items()}
        lines.append(text("allocation.summary", total=self.total, now=int(self.start.sum())))
        lines += [self._before_and_after("organization"), self._before_and_after("work")]
        lines.append(text("allocation.sample", **said))
        if self.proven:
            fewest = self.confidence is not None and self.reached
            best = "allocation.proven" if self.work is None else "allocation.proven_work"
            lines.append(text("allocation.proven_fewest" if fewest else best))
        if self.work is not None:
            lines.append(text("allocation.work", work=target_percent(self.work)))
        if self.budget is not None:
            yuan = {"cost": self.cost, "budget": self.budget, "start_up": self.start_up_cost}
            lines.append(text("allocation.budget", **{name: money(value) for name, value in yuan.items()}))
        return "\n".join(lines)

    def _before_and_after(self, target: Target) -> str:
        """One coverage with the scenario's own instructors and with these."""
        (before, chance_before), (after, chance) = self.before.of(target), self.after.of(target)
        return text(
            "allocation.before_and_after",
            coverage=text(f"comparison.{target}"),
            change=change_words(before, after),
            chance_before=str(chance_before),
            chance=str(chance),
        )

    def _asked(self) -> str:
        """What was asked for, in words."""
        target, work = self.scenario.targets.organization, self.scenario.targets.work
        parts = []
        if self.confidence is not None:
            parts.append(
                text(
                    "allocation.asked",
                    target=target_percent(target),
                    confidence=target_percent(self.confidence),
                )
            )
        if self.work is not None:
            parts.append(
                text(
                    "allocation.asked_work",
                    target=target_percent(work),
                    confidence=target_percent(self.work),
                )
            )
        return text("allocation.and").join(parts)


def _numbers(given: Mapping[str, int] | pd.Series[int], known: pd.Index[str]) -> dict[str, int]:
    """Instructors by responsible unit as plain whole numbers, or an ArgumentError with every fault."""
    numbers: dict[str, int] = {}
    faults = []
    for responsible, number in given.items():
        name = str(responsible)
        if name not in known:
            faults.append(text("argument.no_such_unit", name=name))
        elif name in numbers:
            faults.append(text("argument.named_twice", name=name))
        try:
            numbers[name] = whole_number(name, number)
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        raise ArgumentError(f"from_: {text('argument.between').join(faults)}")
    return numbers


@asked
def allocate(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    total: int | None = None,
    confidence: float | None = None,
    budget: float | None = None,
    work: float | None = None,
    fixed: Mapping[str, int] | None = None,
    replications: int = 1000,
    seed: int = 0,
    workers: int | None = None,
    kept: ResponseCache | None = None,
    progress: Progress | None = None,
    setup: Setup | None = None,
) -> Allocation:
    """Share out a total of instructors as well as possible, or find the fewest that give a confidence.

    Expected coverage is a sum over responsible units, so its best allocation is found exactly by dynamic programming on
    the responses of the sample. From there, and from other starts, instructors change responsible units as long as
    P(target) on the sample rises (ties by expected coverage, then by expected work coverage, then by fewer
    instructors); on small cities the search ends with a proof. What the result says of itself is measured on fresh
    replications.

    Parameters
    ----------
    register, scenario, grouping, workers
        as for `simulate`; ``instructors.limits`` hold, arrivals come on top.
    total
        at most so many instructors.
    confidence
        the fewest with P(target) >= this on the sample; where no total reaches it, the best there is.
    budget
        at most what so many yuan pay for, by ``costs.instructor_month``; start-up money comes on top.
    work
        a condition: P(work target) >= this on the sample comes before P(organization target). Where no allocation
        meets it, `reached` is False, and work coverage is as likely as the search could make it.
    fixed
        responsible units whose number is settled.
    replications, seed
        the sample that is optimised; as many fresh ones judge the result.
    kept
        responses that are there already, such as a desk's.
    progress
        called with (done, in all) as pieces of the responses are simulated, and while the search goes on, several
        times a second; it may return False to stop.
    setup
        what `prepare` gave for register, scenario and grouping, where it is there already.

    Raises
    ------
    ValueError
        a number outside its range.
    ScenarioError
        not exactly one of total, confidence and budget; a budget where instructors cost nothing; a fixed
        responsible unit that the register does not have.
    InfeasibleError
        the limits' least numbers exceed the total.
    Cancelled
        `progress` returned False.

    Examples
    --------
    >>> from workbench.inputs import Scenario, make_city
    >>> city, scenario = make_city(60, 3, seed=1), Scenario().replace("targets.organization", 0.42)
    >>> found = allocate(city, scenario, total=6, replications=100)
    >>> found.total, found.proven
    (6, True)
    >>> bool(found.rules["probability"].max() <= found.sample_probability <= found.probability_bound)
    True
    """
    check_asked(total, confidence, budget, work, replications)
    total, confidence, budget, work, replications, seed, workers = checked(
        total=total, wanted_confidence=confidence, budget=budget, work=work,
        replications=replications, seed=seed, workers=workers,
    )  # fmt: skip
    setup = prepared(setup, register, scenario, grouping)
    sample = Responses(setup, replications=replications, seed=seed, kept=kept)
    each = cost_each(scenario, sample.setup.calendar)
    if budget is not None:
        if each <= 0:
            raise ScenarioError(text("error.allocation_budget"))
        # A budget that pays for whole instructors pays for them, whatever the division's last bit says.
        total = math.floor(budget / each * (1 + 1e-12))
    least, most = _limits(sample, scenario, fixed or {})
    if total is not None and sum(least) > total:
        raise InfeasibleError(text("error.allocation_limits", least=sum(least), total=total))
    top = sum(most) if total is None else min(total, sum(most))
    most = [max(low, min(high, top)) for low, high in zip(least, most, strict=True)]
    watch = Watch(progress)
    sample.fill(most, workers, watch.piece, least=least)

    options = Options.of(sample, least, most, work)
    search = Search(options, top, _shares(options, setup.cases, scenario, top), watch.tick)
    wanted = None if confidence is None else least_count(confidence, replications)
    found, reached = (search.most(top), True) if wanted is None else search.fewest(wanted)
    # What is proven holds for every allocation of the total that was found, or of any where none is enough.
    bounded = int(found.chosen.sum()) if wanted is not None and reached else top
    bounds = search.bounds_with(found, bounded, wanted if reached else None)
    judged = Responses(setup, replications=replications, seed=seed, first=replications, kept=sample.kept)
    start = [setup.instructors[responsible] for responsible in sample.responsible_units]
    curve = _curve(search, bounds, sample, found, bounded)
    watch.end()
    names = pd.Index(sample.responsible_units, name="responsible", dtype="str")
    given = dict(zip(sample.responsible_units, found.chosen.tolist(), strict=True))
    return Allocation(
        instructors=pd.Series(found.chosen, index=names, name="instructors", dtype=np.int64),
        before=prospect(judged, start, workers),
        after=prospect(judged, found.chosen.tolist(), workers),
        sample_probability=found.worth.reached / replications,
        probability_bound=float(curve["bound"].loc[bounded]),
        sample_expected=_expected(found.worth.covered, sample),
        expected_bound=float(curve["expected"].loc[bounded]),
        proven=found.proven,
        reached=reached and found.worth.work >= options.work_wanted,
        confidence=confidence,
        budget=budget,
        work=work,
        by_responsible=_by_responsible(judged, start, found.chosen.tolist()),
        cost=float(found.chosen.sum() * each),
        curve=curve,
        rules=_rules(options, sample, scenario, bounded),
        start=pd.Series(setup.instructors, name="instructors", dtype=np.int64).rename_axis("responsible"),
        scenario=scenario.replace("instructors.by_responsible", given),
        responses=sample,
        replications=replications,
        seed=seed,
    )


def check_asked(
    total: int | None, confidence: float | None, budget: float | None, work: float | None, replications: int
) -> None:
    """Refuse what `allocate` cannot be asked, before anything is read or simulated.

    Raises
    ------
    ScenarioError
        not exactly one of total, confidence and budget.
    ValueError
        a number outside its range.
    """
    if sum(given is not None for given in (total, confidence, budget)) != 1:
        raise ScenarioError(text("error.allocation_one_of"))
    checked(total=total, wanted_confidence=confidence, budget=budget, work=work, replications=replications)


def _limits(sample: Responses, scenario: Scenario, fixed: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """The least and the most useful number for each responsible unit."""
    unknown = sorted(set(fixed) - set(sample.responsible_units))
    if unknown:
        shown = ", ".join(sample.responsible_units[:8])
        raise ScenarioError(text("error.desk_responsible", responsible=", ".join(unknown), responsible_units=shown))
    least, most = [], []
    for responsible, name in enumerate(sample.responsible_units):
        low, high = scenario.instructors.limits.get(name, (0, None))
        if name in fixed:
            low = high = whole_number(name, fixed[name])
        enough = sample.enough(responsible)
        least.append(low)
        most.append(max(low, enough if high is None else min(high, enough)))
    return least, most


def _shares(options: Options, cases: Cases, scenario: Scenario, top: int) -> tuple[NDArray[np.int64], ...]:
    """Where the search may start, beside what programming finds: simple rules, for the whole total."""
    return (*by_rule(options, cases, scenario, top).values(), in_proportion(options, top))


def _rules(options: Options, sample: Responses, scenario: Scenario, total: int) -> pd.DataFrame:
    """What the simple rules come to on the sample."""
    rows = []
    for rule, chosen in by_rule(options, sample.setup.cases, scenario, total).items():
        worth = options.worth(chosen)
        shares = _expected(worth.covered, sample), worth.reached / sample.replications, _worked(worth, sample)
        rows.append((rule, -worth.home, *shares))
    return pd.DataFrame(rows, columns=["rule", "instructors", "expected", "probability", "work"]).set_index("rule")


def _by_responsible(judged: Responses, before: Sequence[int], after: Sequence[int]) -> pd.DataFrame:
    """What the cases of each responsible add, with what it has and with what it is given."""
    columns: dict[str, list[float]] = {"instructors": list(before), "recommended": list(after)}
    for measure in ("branches", "works"):
        for when, numbers in (("before", before), ("after", after)):
            added = (judged.of(responsible, number) for responsible, number in enumerate(numbers))
            columns[f"{measure}_{when}"] = [float(getattr(each, measure).mean()) for each in added]
    return pd.DataFrame(columns, index=pd.Index(judged.responsible_units, name="responsible", dtype="str"))


def _worked(worth: Worth, sample: Responses) -> float:
    """Mean work coverage on the sample."""
    every = sample.works_at_start * sample.replications + worth.worked
    return every / (max(sample.organizations, 1) * sample.replications)


def _expected(covered: int, sample: Responses) -> float:
    """Mean coverage, from what all replications add together."""
    # Whole numbers until they are divided: the last bit is that of a simulation's mean of counts.
    every = sample.branches_at_start * sample.replications + covered
    return every / (max(sample.organizations, 1) * sample.replications)


def _curve(search: Search, bounds: NDArray[np.int64], sample: Responses, found: Found, total: int) -> pd.DataFrame:
    """The best of at most each total on the sample; of the total found, what was found."""
    expected, best = search.optimum.at_most(), {}
    for size, (worth, _) in search.by_total.items():
        best[size] = max(worth, found.worth) if size >= total else worth
    totals = list(best)
    return pd.DataFrame(
        {
            "expected": [_expected(int(expected[size]), sample) for size in totals],
            "probability": [worth.reached / sample.replications for worth in best.values()],
            "bound": bounds[totals] / sample.replications,
            "coverage": [_expected(worth.covered, sample) for worth in best.values()],
            "work": [_worked(worth, sample) for worth in best.values()],
        },
        index=pd.Index(totals, name="total"),
    )
