"""Many censuses, each with campaigns of its own (MODEL §11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import checked
from workbench.errors import Cancelled
from workbench.grouping import Grouping, group, grouping_fingerprint, joined
from workbench.inputs import asked, refuse_misfit
from workbench.labels import text
from workbench.planning.census.found import FindingChances, chances_of, changed_register, drawn_change
from workbench.planning.census.outcome import CensusOutcome
from workbench.planning.gap import ceiling
from workbench.progress import Progress
from workbench.simulation import Chunk, Estimate, build_cases, prepare, processors, provenance, run_part
from workbench.stopping import Threads
from workbench.targets import reaches

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: Groupings of census outcomes stop this near their bound on cost, once coverage is proven.
NEAR_ENOUGH = 0.02


@asked
def simulate_census(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    outcomes: int = 100,
    replications: int = 200,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress | None = None,
) -> CensusOutcome:
    """Simulate the campaign under many registers that the census could turn out (MODEL §11).

    Census outcome c changes the members of organizations without a branch as ``census.discovery`` says; its
    organizations are tiered and grouped anew, starting from the register's own grouping, and replications
    c·R … c·R + R - 1 run on it. Without a discovery every outcome is the register itself.

    Parameters
    ----------
    register, scenario
        as for `simulate`.
    grouping
        who joins whom in the register as it is; None finds it, False leaves joint branches out of every outcome.
    outcomes
        census outcomes C, two or more.
    replications
        of the campaign, R for each outcome, two or more.
    seed
        64 bits; the same seed gives the same bits on any number of workers.
    workers
        threads; by default one a processor that may be used.
    progress
        called with (done, in all); it may return False to stop.

    Returns
    -------
    CensusOutcome
        ceiling, chance of the target, variance by source, members that must be found.

    Raises
    ------
    ValueError
        a number outside its range.
    ScenarioError, InfeasibleError
        the scenario does not fit the register.
    Cancelled
        `progress` returned False.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(80, 3, seed=1)
    >>> found = wb.Scenario().replace("census.discovery", {"chance": 0.2})
    >>> census = wb.simulate_census(city, found, outcomes=5, replications=10)
    >>> len(census.table), bool((census.table["found"] > 0).all())
    (5, True)
    """
    outcomes, paired, seed, workers = checked(
        paired_outcomes=outcomes, paired_replications=replications, seed=seed, workers=workers
    )
    chances = chances_of(register, scenario)
    own = joined(register, scenario, grouping)
    refuse_misfit(scenario, register)
    columns = ["found", "lost", "possible", "ceiling", "expected", "probability"]
    rows: list[tuple[float, ...]] = []
    counts = np.zeros((outcomes, paired), np.int64)
    with Threads(workers or processors()) as pool:
        waiting = [
            pool.submit(_outcome, register, scenario, own, chances, number, paired, seed) for number in range(outcomes)
        ]
        try:
            for number, future in enumerate(waiting):
                row, counts[number] = future.result()
                rows.append(row)
                if progress is not None and progress(number + 1, outcomes) is False:
                    raise Cancelled(text("error.cancelled"))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    table = pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(outcomes, name="outcome"))
    table = table.astype(dict.fromkeys(columns[:3], "int64"))
    top = ceiling(register, scenario, own)
    scope = int(top.table["organizations"].sum())
    return CensusOutcome(
        table,
        _probability(table["probability"].to_numpy()),
        _variance(counts / max(scope, 1)),
        scope,
        scenario.targets.organization,
        provenance(register, scenario, grouping_fingerprint(own))
        | {"seed": seed, "outcomes": outcomes, "replications": paired},
        (register, scenario, own, chances),
        top.ungrouped,
    )


def _outcome(
    register: pd.DataFrame,
    scenario: Scenario,
    own: Grouping | Literal[False],
    chances: FindingChances,
    number: int,
    replications: int,
    seed: int,
) -> tuple[tuple[float, ...], NDArray[np.int64]]:
    """One census outcome: its row of the table, and the organizations with a branch by the deadline, by replication."""
    change = drawn_change(chances, number, seed)
    turned_out = changed_register(register, chances.rows, change)
    own_now = own
    if turned_out is not register and own is not False:
        own_now = group(turned_out, scenario, start=own, effort="quick", gap=NEAR_ENOUGH, seed=seed)
    # The names in the scenario were held against the register already, and a census changes none.
    cases = build_cases(turned_out, scenario, own_now)
    possible = int(cases.coverable.sum())
    setup = prepare(turned_out, scenario, own_now, cases=cases)
    every = range(len(setup.cases.responsible_units))
    counters = run_part(setup, Chunk(every, number * replications, replications), seed, "city")
    by_deadline = counters.branches[:, :, : setup.calendar.deadline_day + 1].sum(axis=(0, 2))
    branches = int(setup.cases.organizations["branch"].sum()) + by_deadline.astype(np.int64)
    total = max(len(setup.cases.organizations), 1)
    reached = reaches(branches, scenario.targets.organization, total)
    before = register["full_members"].to_numpy(dtype=np.int64)
    gained = turned_out["full_members"].to_numpy(dtype=np.int64) - before
    row = (
        float(gained[gained > 0].sum()),
        float(-gained[gained < 0].sum()),
        float(possible),
        possible / total,
        int(branches.sum()) / (total * replications),
        int(reached.sum()) / replications,
    )
    return row, branches


def _probability(means: NDArray[np.float64]) -> Estimate:
    """The mean of C means with a 95 % interval of Student's t; held to shares."""
    from scipy.special import stdtrit

    count = len(means)
    value = float(means.mean())
    half = float(stdtrit(count - 1, 0.975) * means.std(ddof=1) / np.sqrt(count))
    return Estimate(value, max(0.0, value - half), min(1.0, value + half))


def _variance(coverage: NDArray[np.float64]) -> pd.Series[float]:
    """Variance between census outcomes (analysis of variance, unbiased, no less than 0), within, and in all."""
    replications = coverage.shape[1]
    within = float(coverage.var(axis=1, ddof=1).mean())
    between = float(coverage.mean(axis=1).var(ddof=1)) - within / replications
    census = max(0.0, between)
    return pd.Series({"census": census, "campaign": within, "total": census + within}, name="variance")
