"""A forecast: the simulation of what is left of a campaign, from the state that its dated register gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from workbench.arguments import as_date, checked
from workbench.inputs import asked
from workbench.planning.forecast.evidence import Evidence
from workbench.planning.forecast.groups import regrouped
from workbench.planning.forecast.learning import learning_scenario, learnt
from workbench.progress import Progress
from workbench.simulation import Outcome, simulated
from workbench.simulation.start import Dates, cases_at_first, date_faults, planned_groups, prepare_from

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario


@asked
def forecast(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    as_of: date | str | None = None,
    *,
    learn: bool = False,
    regroup: bool = False,
    replications: int = 1000,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Where the campaign will end, given what its dated register says by the end of a day (MODEL §10).

    What is dated `as_of` or before has happened, in every replication on its own day; later dates are not known yet, so
    that one register gives the forecast of every week. From the first working day after `as_of` on it is `simulate`,
    from the state that the dates give, with the same random numbers. Without dates, and before the start, it is
    `simulate` to the last bit.

    Parameters
    ----------
    register
        a validated register of the campaign, with the dates of what was done.
    scenario
        the rules, laws and instructors of the plan.
    grouping
        who joins whom, as it was planned; by default as `workbench.group` finds it for the register as it was before
        the start. False: no group takes anybody.
    as_of
        the last day of which what it says has happened.
    learn
        take the uncertain factors (speed, failure, absence, election) as what was observed makes them likely, not as
        the scenario assumes them: see `Outcome.posterior`.
    regroup
        group anew who is in no group that has been begun.
    replications, seed, workers, progress
        as for `simulate`.

    Returns
    -------
    Outcome
        coverage by day with the facts before, `Outcome.as_of`, and what is odd about the dates: `Outcome.findings`.

    Raises
    ------
    ArgumentError
        `as_of` is not a day, or a number is outside its range.
    ScenarioError, InfeasibleError
        the scenario or grouping does not fit the register.

    Examples
    --------
    Twelve branches were formed in the first week of August; the forecast holds them for certain:

    >>> import pandas as pd
    >>> import workbench as wb
    >>> city = wb.make_city(60, 2, seed=1)
    >>> formed = city.index[~city["has_branch"]][:12]
    >>> city.loc[formed, ["has_branch", "branch_on"]] = True, pd.Timestamp("2027-08-06")
    >>> outcome = forecast(city, wb.Scenario(), False, "2027-08-08", replications=50)
    >>> counts = outcome.counts("organization").sel(day=["2027-08-05", "2027-08-06"])
    >>> (counts[:, 1] - counts[:, 0]).to_numpy().tolist() == [12] * 50
    True
    """
    replications, seed, workers = checked(replications=replications, seed=seed, workers=workers)
    begun = perf_counter()
    day, dates = as_date(as_of), Dates.of(register, scenario)
    planned = grouping = planned_groups(register, scenario, grouping, dates=dates)
    if regroup and grouping is not False:
        grouping = regrouped(register, scenario, grouping, day)
    prior = learning_scenario(scenario) if learn else scenario
    at_first = cases_at_first(register, prior, planned, dates=dates)
    setup = prepare_from(register, prior, grouping, day, at_first=at_first, dates=dates)
    odd = date_faults(register, scenario, planned, day, setup if grouping is planned else None, dates=dates)
    told: dict[str, Any] = {"as_of": day.isoformat(), "findings": [
        {"code": fault.code, "place": fault.place, "value": fault.value, "details": fault.details, "count": count}
        for fault, count in odd
    ]}  # fmt: skip
    if learn:
        assert setup.start is not None
        evidence = Evidence.of(register, scenario, planned, day, at_first=at_first, dates=dates)
        found = learnt(evidence, prior, replications, seed)
        setup = replace(setup, start=replace(setup.start, factors=found.factors))
        told["posterior"] = found.table.reset_index().to_dict("records")
    outcome = simulated(
        setup, register, begun, replications=replications, seed=seed, workers=workers, progress=progress
    )  # fmt: skip
    fingerprint = {"scenario_fingerprint": scenario.fingerprint}
    return replace(outcome, scenario=scenario, provenance=outcome.provenance | fingerprint | told)
