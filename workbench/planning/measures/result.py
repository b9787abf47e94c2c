"""What measures come to: each alone, packages of them, and the least that must be decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd

from workbench.labels import text
from workbench.numbers import chance_words, change_words, date_words, money, odds, percent, target_percent
from workbench.planning.dates import Reaching
from workbench.planning.measures.measure import Measure
from workbench.shown import Shown
from workbench.simulation.results import Estimate


class Least(NamedTuple):
    """A package of measures as it is told.

    measures : names, in the order of the list. number, cost : how many, and yuan, once. expected, gain : mean coverage,
        and what it adds, shares. probability : P(target) on fresh replications, which the choice has not seen.
    sample_probability : the same on the sample that it was chosen on. expected_work : mean work coverage, a share.
    """

    measures: tuple[str, ...]
    number: int
    cost: float
    expected: float
    gain: float
    probability: Estimate
    sample_probability: float
    expected_work: float


@dataclass(frozen=True, eq=False, repr=False)
class Measures(Shown):
    """What each measure brings, and the least that must be decided (MODEL §9.1).

    Attributes
    ----------
    alone
        one row a measure that changes anything: measure (the index, too), sort, decided_by, cost (yuan, once),
        expected (mean coverage with it, a share), gain, low, high (what it adds, with its paired 95 % interval),
        probability (P(target)), work_gain (what it adds to work coverage), until (the date by which it must be decided;
        NaT where none is early enough).
    packages
        one row a set that was tried, in the order of the search: measures (names), number, cost, expected, gain, low,
        high, probability, work_gain.
    least
        the package that reaches the confidence with the fewest measures, then the least cost, then the highest P; the
        empty one where the present plan does. None where no set that was tried reaches it.
    best
        the package of the highest P.
    front
        the packages that no other beats in number, cost and P, fewest first: columns as `packages`, and fresh,
        fresh_low, fresh_high (P on fresh replications).
    tried
        how many sets were simulated, single measures and the present plan among them.
    reaching
        by when the present plan would reach the target so surely, with a horizon further out.
    idle
        measures of the list that change nothing here: the scenario has it so already.
    listed
        every measure by name.
    expected, expected_work, probability
        the present plan's mean coverages, shares, and P(target), on the same sample.
    target, confidence
        what was asked for.
    ungrouped
        organizations that need a joint branch where joint branches were left out; else 0.
    """

    shown_table = "alone"

    alone: pd.DataFrame
    packages: pd.DataFrame
    least: Least | None
    best: Least
    front: pd.DataFrame
    tried: int
    reaching: Reaching
    idle: tuple[str, ...]
    listed: Mapping[str, Measure]
    expected: float
    expected_work: float
    probability: Estimate
    target: float
    confidence: float
    ungrouped: int = 0

    @property
    def date_reaching(self) -> date | None:
        """By when the present plan would reach the target so surely; None within the dates that were looked at."""
        return self.reaching.on

    @property
    def predicted_from(self) -> date | None:
        """The first date that rests on predicted holidays, where one that is said does; else None."""
        return self.reaching.predicted_from

    def names(self, measures: tuple[str, ...]) -> str:
        """The measures of a package as people read them, in the language in use."""
        return text("measures.and").join(self.listed[name].label for name in measures)

    def answer(self) -> str:
        """The least that must be decided, or that nothing listed is enough and by when the present plan gets there."""
        found = self.best if self.least is None else self.least
        values = {
            "target": target_percent(self.target), "confidence": target_percent(self.confidence),
            "measures": self.names(found.measures), "probability": chance_words(found.probability),
            "expected": percent(found.expected), "number": found.number, "cost": money(found.cost),
        }  # fmt: skip
        if self.least is None:
            key = "measures.none" if found.number else "measures.nothing_listed"
            first = text(key, **values)
            if found.number and found.probability.value >= self.confidence:
                again = text("measures.fresh_above", sample=odds(found.sample_probability, found.probability.trials))
                first = text("measures.joined", first=first, second=again)
            return text("measures.joined", first=first, second=self.reaching.sentence("reaching.present"))
        return text("measures.least" if self.least.number else "measures.unneeded", **values)

    def summary(self) -> str:
        """The answer, what it costs the other target, who decides until when, and what was tried; in the language in
        use."""
        lines = [self.answer()]
        least = self.least
        if least is not None and least.number:
            if least.probability.value < self.confidence:
                lines.append(text("measures.fresh_below"))
            if least.expected_work != self.expected_work:
                change = change_words(self.expected_work, least.expected_work)
                lines.append(text("measures.work", change=change))
            lines += [self.decision(name) for name in least.measures]
        lines.append(text("measures.tried", tried=self.tried))
        return "\n".join(lines)

    def decision(self, name: str) -> str:
        """Who decides on a measure, and until when, in the language in use."""
        measure, until = self.listed[name], self.alone["until"].dropna().dt.date.get(name)
        key = "measures.too_late" if until is None else "measures.decide"
        return text(key, measure=measure.label, who=measure.who or "–", until=until and date_words(until))
