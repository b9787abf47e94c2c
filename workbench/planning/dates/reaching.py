"""By when the target would be reached, if the campaign went on beyond its deadline (MODEL §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from workbench.arguments import Rule, broken, checked
from workbench.errors import ArgumentError
from workbench.grouping import joined
from workbench.inputs import asked
from workbench.labels import text
from workbench.numbers import date_words, iso_date, target_percent
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
    ungrouped
        organizations that need a joint branch where joint branches were left out; else 0.
    predicted_from
        the first date from which dates rest on holidays that are not announced yet; None where none that is said does.
    """

    shown_table = ""

    on: date | None
    looked_until: date
    probability: Estimate
    confidence: float
    target: Target
    ungrouped: int = 0
    predicted_from: date | None = None

    def summary(self) -> str:
        """The answer in one sentence, in the language in use."""
        return self.sentence("reaching")

    def sentence(self, about: str) -> str:
        """The same said of the present plan (``about`` as the words are called: `reaching`, `reaching.present`)."""
        return text(
            f"{about}.never" if self.on is None else f"{about}.date",
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
    raise ArgumentError(broken("until", until, Rule(bool, "day")))


@asked
def date_reaching(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
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
        rule = text("argument.rule.not_before", deadline=iso_date(deadline))
        raise ArgumentError(text("argument.line", name="until", value=iso_date(last), rule=rule))
    grouping = joined(register, scenario, grouping)
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
    last_said, calendar = on or end, outcome.calendar
    since = calendar.predicted_from if calendar.is_predicted(last_said) else None
    chance = outcome.probability(target, by=last_said)
    return Reaching(on, end, chance, confidence, target, outcome.ungrouped, since)
