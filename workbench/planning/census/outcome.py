"""What many censuses and campaigns show: the ceiling, the chance of the target, and where the spread comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from workbench.arguments import as_shares
from workbench.labels import text
from workbench.numbers import chance_words, percent, thousands
from workbench.planning.census.required import RequiredFindings, required_findings
from workbench.shown import Shown
from workbench.simulation import Estimate
from workbench.targets import least_count

if TYPE_CHECKING:
    from workbench.grouping import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.planning.census.found import FindingChances


@dataclass(frozen=True, eq=False, repr=False)
class CensusOutcome(Shown):
    """C census outcomes, each with R replications of the campaign.

    Attributes
    ----------
    table
        one row per census outcome: found, lost (members), possible (organizations that can be covered), ceiling (a
        share), expected (mean coverage by the deadline, a share) and probability (share of its replications that
        reach the target).
    probability
        P(organization coverage >= target): the mean over outcomes, with a 95 % interval of Student's t on the C
        means; replications of one outcome are not independent of each other.
    variance
        of coverage by the deadline (a share), by source: ``census`` (between outcomes, unbiased, no less than 0),
        ``campaign`` (within) and ``total``.
    organizations, target
        N and the organization target, a share.
    provenance
        version, seed, outcomes, replications, fingerprints.
    ungrouped
        organizations that need a joint branch where joint branches were left out; else 0.
    """

    table: pd.DataFrame
    probability: Estimate
    variance: pd.Series[float]
    organizations: int
    target: float
    provenance: dict[str, object] = field(repr=False)
    _inputs: tuple[pd.DataFrame, Scenario, Grouping | Literal[False], FindingChances] = field(repr=False)
    ungrouped: int = 0

    @cached_property
    def required(self) -> RequiredFindings:
        """Members that must be found for the ceiling to reach the target in 90 % of outcomes; found when asked for."""
        register, scenario, grouping, chances = self._inputs
        seed = self.provenance["seed"]
        assert isinstance(seed, int)
        return required_findings(register, scenario, grouping, chances, len(self.table), seed)

    @property
    def ceiling(self) -> pd.Series[float]:
        """The ceiling of each census outcome, a share."""
        return self.table["ceiling"]

    @property
    def ceiling_reaches(self) -> float:
        """The share of census outcomes under which the target can be reached at all."""
        return float((self.table["possible"] >= least_count(self.target, self.organizations)).mean())

    def quantiles(self, levels: tuple[float, ...] = (0.05, 0.5, 0.95)) -> pd.Series[float]:
        """The ceiling's quantiles over census outcomes: each a ceiling that did occur."""
        levels = tuple(as_shares("levels", levels))
        values = np.quantile(self.table["ceiling"], levels, method="inverted_cdf")
        return pd.Series(values, index=pd.Index(levels, name="level"), name="ceiling")

    def _chance(self) -> str:
        """The chance with its interval; where none or each of the simulations reached the target, of how many: where
        all outcomes agree, no interval tells how far they could be from it."""
        outcomes, replications = self.provenance["outcomes"], self.provenance["replications"]
        assert isinstance(outcomes, int)
        assert isinstance(replications, int)
        runs = outcomes * replications
        if self.probability.value == 1.0:
            return text("number.always", runs=thousands(runs))
        return chance_words(self.probability, runs)

    def summary(self) -> str:
        """The answer in a few rounded lines, in the language in use."""
        low, median, high = (percent(value) for value in self.quantiles())
        total = float(self.variance["total"])
        lines = [
            text(
                "census.ceiling",
                low=low,
                median=median,
                high=high,
                reaches=percent(self.ceiling_reaches),
                outcomes=len(self.table),
            ),
            text("census.probability", chance=self._chance()),
        ]
        if total > 0:
            lines.append(text("census.variance", census=percent(float(self.variance["census"]) / total)))
        lines.append(self.required.summary())
        return "\n".join(lines)
