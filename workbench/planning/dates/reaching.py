"""By when the target would be reached, if the campaign went on beyond its deadline (MODEL §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from workbench.arguments import checked
from workbench.inputs import asked
from workbench.labels import text
from workbench.numbers import date_words, target_percent
from workbench.shown import Shown
from workbench.simulation import simulate
from workbench.simulation.results import Estimate, Target

if TYPE_CHECKING:
    import pandas as pd

    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: How far to look beyond the deadline, in days: a little, then further.
DAYS_BEYOND_DEADLINE = (0, 30, 90, 180, 365)


@dataclass(frozen=True, repr=False)
class Reaching(Shown):
    """When the probability of the target would reach a given confidence.

    Attributes
    ----------
    on
        the first working day by which it does; None if it does not within the dates that were looked at.
    looked_until
        the last date that was looked at.
    probability
        P(target) by `on`, or by `looked_until`.
    confidence, target
        what was asked.
    """

    shown_table = ""

    on: date | None
    looked_until: date
    probability: Estimate
    confidence: float
    target: Target

    def summary(self) -> str:
        """The answer in one sentence, in the language in use."""
        return text(
            "reaching.never" if self.on is None else "reaching.date",
            on=self.on and date_words(self.on, year=True),
            until=date_words(self.looked_until, year=True),
            confidence=target_percent(self.confidence),
            probability=str(self.probability),
        )


def _date(until: date | str) -> date:
    """A date, also one in a text such as 2027-09-30."""
    if isinstance(until, str):
        try:
            return date.fromisoformat(until)
        except ValueError:
            pass
    elif isinstance(until, datetime):
        return until.date()
    elif isinstance(until, date):
        return until
    raise ValueError(f"until = {until!r}: must be a date, such as 2027-09-30")


@asked
def date_reaching(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | None = None,
    *,
    confidence: float = 0.9,
    target: Target = "organization",
    until: date | str | None = None,
    replications: int = 1000,
    seed: int = 0,
    workers: int | None = None,
) -> Reaching:
    """By when P(target) would reach `confidence`, looking beyond the deadline as far as needed.

    What happens by a day is the same however far one looks, so the horizon is moved out step by step. Meetings go on
    as the committee's rules say; instructors stay.

    Parameters
    ----------
    register, scenario, grouping, replications, seed, workers
        as for `simulate`.
    confidence
        a share above 0.
    target
        ``"organization"`` or ``"work"``.
    until
        the last date to look at, also as text (2027-09-30); by default a year after the deadline.

    Returns
    -------
    Reaching
        Reaching

    Raises
    ------
    ScenarioError, InfeasibleError
        the scenario or grouping does not fit the register.
    ValueError
        a number outside its range, or `until` lies before the deadline.

    Examples
    --------
    >>> from workbench.inputs import Scenario, make_city
    >>> from workbench.planning import date_reaching
    >>> scenario = Scenario().replace({"targets.organization": 0.4, "instructors.total": 8})
    >>> found = date_reaching(make_city(80, 2, seed=1), scenario, replications=50)
    >>> found.on > scenario.calendar.deadline, found.probability.value >= 0.9
    (True, True)
    """
    confidence, replications, seed, workers = checked(
        confidence=confidence, replications=replications, seed=seed, workers=workers
    )
    deadline = scenario.calendar.deadline
    last = deadline + timedelta(days=DAYS_BEYOND_DEADLINE[-1]) if until is None else _date(until)
    if last < deadline:
        raise ValueError(f"until = {last}: must not lie before the deadline, {deadline}")
    ends = [min(deadline + timedelta(days=days), last) for days in DAYS_BEYOND_DEADLINE]
    ends = sorted({*ends, last})
    for end in ends:
        outcome = simulate(
            register, scenario.replace("calendar.horizon", end), grouping,
            replications=replications, seed=seed, keep="city", workers=workers,
        )  # fmt: skip
        on = outcome.date_reaching(confidence, target)
        # Where the ceiling (a count, divided once) is below the target, no later date helps.
        hopeless = target == "organization" and outcome.ceiling < scenario.targets.organization
        if on is not None or end == last or hopeless:
            break
    return Reaching(on, end, outcome.probability(target, by=on or end), confidence, target)
