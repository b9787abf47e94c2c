"""What a comparison says: every scenario against the baseline, who may be the best, where and when they part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from workbench.arguments import choice
from workbench.labels import text
from workbench.numbers import change, iso_date, odds, percent, points_between, signed_points, target_percent
from workbench.shown import Shown

if TYPE_CHECKING:
    from workbench.simulation.results import Target

#: Decimals to which two means of counts are the same.
LEVEL_DIGITS = 12
RankBy = Literal["expected", "probability"]


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Shown):
    """What tells scenarios apart. A gain is always a scenario's value minus the baseline's, a share.

    Attributes
    ----------
    baseline
        the scenario that the others are held against, the first one given.
    target
        ``"organization"`` or ``"work"`` coverage.
    level
        confidence of the intervals.
    rank_by
        ``"expected"`` coverage or ``"probability"`` of the target.
    replications, seed
        of all outcomes.
    table
        one row a scenario: expected (mean coverage by its deadline), gain with gain_low and gain_high; probability
        (of its target) with low and high; probability_gain with probability_gain_low and probability_gain_high;
        better, worse and tied, the shares of the replications in which it covers more than the baseline, less, or
        exactly as much, and better_low, better_high, worse_low, worse_high. Each interval holds by itself.
    pairs
        one row a pair (first, second): the same for second − first. These intervals hold all together, for all
        pairs, and so for whatever is picked from them.
    ranking
        one row a scenario, best first: rank, expected, probability; behind (what it lacks to the first one),
        behind_low, behind_high; best_rank and worst_rank, between which its true rank lies; among_best, whether it
        may be the best. The best is among those marked, and all ranks are right, with the confidence of `level`.
    by_responsible
        one row a (scenario, responsible unit): coverage, baseline, gain, gain_low, gain_high, and parts (the interval
        excludes 0). The intervals of all rows hold together; without responsible units in the outcomes they are NaN.
    by_day
        one row a (scenario, day): the same by date for the city, and probability with probability_gain;
        the days that all campaigns have, none where they lie in different years.
    same_aim
        whether all have one deadline and one target.
    predicted_from
        the first date from which dates rest on holidays that are not announced yet; None where none does.
    """

    shown_figure = "differences"

    baseline: str
    target: Target
    level: float
    rank_by: RankBy
    replications: int
    seed: int
    table: pd.DataFrame
    pairs: pd.DataFrame
    ranking: pd.DataFrame
    by_responsible: pd.DataFrame
    by_day: pd.DataFrame
    same_aim: bool
    predicted_from: date | None = None

    @property
    def best(self) -> list[str]:
        """The scenarios that may be the best, the one that looks best first."""
        return [str(name) for name in self.ranking.index[self.ranking["among_best"]]]

    @property
    def leaders(self) -> list[str]:
        """The best scenario, and whichever come to the very same: equal in what ranks, and in what breaks ties."""
        found = self.ranking[["expected", "probability"]].round(LEVEL_DIGITS)
        return [str(name) for name in found.index[(found == found.iloc[0]).all(axis=1)]]

    def parts_from(self, name: str) -> pd.Timestamp | None:
        """The first day on which a scenario is told apart from the baseline; None if none is."""
        if self.by_day.empty:  # campaigns that share no day
            return None
        rows = self.by_day.loc[choice("name", name, self.by_day.index.get_level_values(0).unique())]
        return rows.index[rows["parts"]].min() if rows["parts"].any() else None

    def parts_most_in(self, name: str) -> str | None:
        """The responsible unit in which a scenario is furthest from the baseline, of those that are told apart."""
        if self.by_responsible.empty:
            return None
        rows = self.by_responsible.loc[choice("name", name, self.by_responsible.index.get_level_values(0).unique())]
        rows = rows[rows["parts"]]
        return None if rows.empty else str(rows["gain"].abs().idxmax())

    def summary(self) -> str:
        """The comparison in a few rounded lines, in the language in use."""
        lines = [
            text(
                "comparison.head",
                replications=self.replications,
                seed=self.seed,
                coverage=text(f"comparison.{self.target}"),
                level=target_percent(self.level),
            )
        ]
        if not self.same_aim:
            lines.append(text("comparison.own_aim"))
        lines += [self._sentence(str(name)) for name in self.table.index if name != self.baseline]
        return "\n".join([*lines, self.verdict("comparison")])

    def verdict(self, key: str, written: Callable[[str], str] = str) -> str:
        """Which one is the best, or which come to the same; ``key`` is where the words stand (`comparison`, or a
        figure's title), ``written`` shortens a name. In the language in use."""
        leaders = self.leaders
        rivals = [name for name in self.best if name not in leaders]
        if len(leaders) == len(self.table):
            kind = "all_level"
        elif len(leaders) > 1:
            kind = "level_of" if rivals else "level"
        else:
            kind = "best_of" if rivals else "best"
        joint = text("comparison.and")
        return text(
            f"{key}.{kind}", best=joint.join(map(written, leaders)), rivals=joint.join(map(written, rivals)),
            measure=text(f"comparison.by_{self.rank_by}"), level=target_percent(self.level),
        )  # fmt: skip

    def _sentence(self, name: str) -> str:
        row = self.table.loc[name].to_dict()
        found = change(float(self.table["expected"].loc[self.baseline]), row["expected"])
        values: dict[str, Any] = {
            "name": name,
            "baseline": self.baseline,
            "expected": found.after,
            "before": found.before,
            "gain": points_between(row["gain"], row["gain_low"], row["gain_high"], found.gain),
            "probability": odds(row["probability"], self.replications),
            "chance": points_between(
                row["probability_gain"], row["probability_gain_low"], row["probability_gain_high"]
            ),
            **{key: percent(row[key]) for key in ("better", "worse", "tied")},
        }
        day, responsible = self.parts_from(name), self.parts_most_in(name)
        if row["tied"] == 1.0 and row["probability_gain"] == 0.0:
            # By the deadline: on the way there, or in single responsible units, they may have been told apart.
            words = text(
                "comparison.same" if day is None and responsible is None else "comparison.same_in_the_end", **values
            )
        else:
            words = text("comparison.line", **values)
        if day is not None:
            words += text("comparison.when", day=iso_date(day))
        if responsible is not None:
            gain = self.by_responsible["gain"].to_dict()[name, responsible]
            words += text("comparison.where", responsible=responsible, gain=signed_points(gain))
        return words
