"""Thousands of replications: split, run side by side, added up to the same bits however they were split."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor, Future, as_completed
from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import checked, shown
from workbench.errors import ArgumentError, Cancelled
from workbench.inputs import asked
from workbench.labels import text
from workbench.progress import Progress
from workbench.simulation.executors import cluster, processors, running, workers_of
from workbench.simulation.kernels import Counters, case_counts, empty_counters, replicate, workspace_of
from workbench.simulation.results import Outcome, provenance, wilson
from workbench.simulation.setup import Parameters, Setup, draw_parameters, pool_of, prepared, rules_of, with_elapsed
from workbench.targets import reaches

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

Keep = Literal["responsible", "city"]
#: Parts a worker: enough that progress moves and that workers end together.
PARTS_A_WORKER = 4
#: Cases times replications of a part at most: less than a second's work, so that a stop is heard.
WORK_OF_A_PART = 8_000_000
#: Replications in a part at least; responsible units in a part at least, and cases at most, where the work is split by
#: responsible units.
LEAST_CHUNK = 16
LEAST_STREETS = 4
MOST_CASES = 20_000
#: With `precision`, each round multiplies the replications by this, up to the limit.
GROWTH = 1.6
MOST_REPLICATIONS = 200_000


@asked
def simulate(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    replications: int = 1000,
    precision: float | None = None,
    seed: int = 0,
    keep: Keep = "responsible",
    workers: int | None = None,
    executor: Executor | Any | None = None,
    progress: Progress | None = None,
    setup: Setup | None = None,
) -> Outcome:
    """Simulate the campaign many times over (MODEL §5-§7).

    Parameters
    ----------
    register
        a validated register.
    scenario
        the rules, laws and instructors.
    grouping
        who joins whom; None: as `workbench.group` finds it, once per register and rules. False leaves joint branches
        out: no group takes anybody, and single members are left to outreach; the summary says so.
    replications
        how many; with `precision` the number to begin with.
    precision
        run until the 95 % interval on P(organization target) is no wider than this (a share: 0.05 is five
        points). Stopping by a look biases the estimate slightly.
    seed
        64 bits; the same seed gives the same bits on any number of workers.
    keep
        ``"responsible"`` keeps coverage by replication, day and responsible unit; ``"city"`` by replication and day,
        and responsible units as means.
    workers
        threads; by default one a processor of this machine that may be used.
    executor
        run the parts there instead: any executor (a process pool), a dask ``Client``, or the address of a dask
        scheduler.
    progress
        called with (done, in all); it may return False to stop.
    setup
        what `prepare` gave for these three, where it is there already.

    Returns
    -------
    Outcome
        Outcome

    Raises
    ------
    ValueError
        a number outside its range, or none.
    ScenarioError, InfeasibleError
        the scenario or grouping does not fit the register.
    Cancelled
        `progress` returned False.
    """
    replications, seed, workers, precision = checked(
        replications=replications, seed=seed, workers=workers, precision=precision
    )
    if keep not in ("responsible", "city"):
        renamed = str(keep) == "street"
        raise ArgumentError(text("argument.keep_renamed" if renamed else "argument.keep", value=shown(keep)))
    begun = perf_counter()
    setup = prepared(setup, register, scenario, grouping)
    return simulated(
        setup, register, begun,
        replications=replications, precision=precision, seed=seed, keep=keep, workers=workers, executor=executor,
        progress=progress,
    )  # fmt: skip


def simulated(
    setup: Setup,
    register: pd.DataFrame,
    begun: float,
    *,
    replications: int,
    seed: int,
    workers: int | None,
    progress: Progress | None,
    precision: float | None = None,
    keep: Keep = "responsible",
    executor: Executor | Any | None = None,
) -> Outcome:
    """The replications of a set-up that is ready, of what has been looked at: the arguments of `simulate`.

    Parameters
    ----------
    register
        the one that the set-up is of.
    begun
        when preparing it began, by `perf_counter`.
    """
    ready = perf_counter()
    executor = cluster() if executor is None and workers is None else executor
    workers = workers or processors()
    with running(executor, workers) as pool:
        workers = workers if executor is None else workers_of(pool)
        counters = _run(setup, 0, replications, seed, keep, workers, pool, progress)
        while precision is not None:
            done = counters.branches.shape[1]
            estimate = _target_met(setup, counters)
            interval = wilson(int(estimate.sum()), done)
            if interval.high - interval.low <= precision or done >= MOST_REPLICATIONS:
                break
            more = min(max(int(done * (GROWTH - 1.0)), 1), MOST_REPLICATIONS - done)
            counters = add_up([counters, _run(setup, done, more, seed, keep, workers, pool, progress)])
    simulated = perf_counter()
    return Outcome.of(
        setup,
        counters,
        keep,
        provenance(register, setup.scenario, setup.cases.grouping)
        | {
            "ungrouped": setup.cases.ungrouped,
            "seed": seed,
            "replications": int(counters.branches.shape[1]),
            "precision": precision,
            "seconds_prepare": ready - begun,
            "seconds_simulate": simulated - ready,
        },
    )


class Chunk(NamedTuple):
    """A share of the work: some responsible units in some replications."""

    responsible_units: range
    first: int
    replications: int


def _run(
    setup: Setup,
    first: int,
    count: int,
    seed: int,
    keep: Keep,
    workers: int,
    executor: Executor,
    progress: Progress | None,
) -> Counters:
    """Replications first … first + count - 1, in parts on the executor, added up as they come: in whole numbers."""
    parts = _parts(setup, first, count, keep, workers)
    places = len(setup.cases.responsible_units) if keep == "responsible" else 1
    total = empty_counters(
        count, setup.days, places, len(setup.cases), len(setup.cases.responsible_units), case_counts(count)
    )
    waiting: dict[Future[Counters], Chunk] = {
        executor.submit(run_part, setup, part, seed, keep): part for part in parts
    }
    work = len(setup.cases.responsible_units) * count
    done = 0
    # An executor may do its work only when asked for results: where nobody watches, ask for one after the other.
    for future in list(waiting) if progress is None else as_completed(list(waiting)):
        part = waiting.pop(future)
        _add(total, future.result(), setup, part, first)
        done += len(part.responsible_units) * part.replications
        if progress is not None and progress(first + count * done // max(work, 1), first + count) is False:
            for other in waiting:
                other.cancel()
            raise Cancelled(text("error.cancelled"))
    return total


def _parts(setup: Setup, first: int, count: int, keep: Keep, workers: int) -> list[Chunk]:
    """The work in parts: enough that progress moves, workers end together, and no part takes much memory.

    Responsible units are told apart only where coverage is not kept by responsible unit: a case may cover units of
    another one.
    """
    responsible_units, starts = len(setup.cases.responsible_units), setup.cases.pool_start
    wanted = max(workers * PARTS_A_WORKER, -(-len(setup.cases) // MOST_CASES))
    if keep == "city" and responsible_units >= wanted * LEAST_STREETS:
        # Responsible units of about as many cases in all.
        edges = np.searchsorted(starts, np.linspace(0, len(setup.cases), wanted + 1)[1:-1])
        edges = np.unique(np.concatenate([[0], edges, [responsible_units]]))
        return [Chunk(range(int(begin), int(end)), first, count) for begin, end in pairwise(edges)]
    size = max(LEAST_CHUNK, -(-count // (workers * PARTS_A_WORKER)))
    size = min(size, max(1, WORK_OF_A_PART // max(len(setup.cases), 1)))
    every = range(responsible_units)
    return [Chunk(every, start, min(size, first + count - start)) for start in range(first, first + count, size)]


def _add(total: Counters, part: Counters, setup: Setup, done: Chunk, first: int) -> None:
    """Add a part to the counters of replications from `first` on."""
    rows = slice(done.first - first, done.first - first + done.replications)
    starts, responsible_units = setup.cases.pool_start, slice(done.responsible_units.start, done.responsible_units.stop)
    cases = slice(int(starts[responsible_units.start]), int(starts[responsible_units.stop]))
    for name, where in (
        ("branches", (slice(None), rows)),
        ("works", (slice(None), rows)),
        ("formed_on", (cases,)),
        ("dispatched_on", (cases,)),
        ("stage_ticks", (responsible_units,)),
        ("stage_count", (responsible_units,)),
        ("worked_ticks", (responsible_units,)),
        ("moved", (slice(None),)),
        ("came", (slice(None),)),
        ("lost", (slice(None),)),
    ):
        counted = getattr(total, name)[where]
        # The total is no wider than its replications need.
        np.add(counted, getattr(part, name), out=counted, casting="unsafe")


def add_up(parts: list[Counters]) -> Counters:
    """Counters of consecutive replications: coverage one after the other, everything else summed."""
    if len(parts) == 1:
        return parts[0]
    rows = [np.concatenate([getattr(part, name) for part in parts], axis=1) for name in ("branches", "works")]
    dtype = case_counts(rows[0].shape[1])
    days = [
        np.sum([getattr(part, name) for part in parts], axis=0, dtype=np.int64).astype(dtype)
        for name in ("formed_on", "dispatched_on")
    ]
    return Counters(*rows, *days, *(np.sum([part[i] for part in parts], axis=0) for i in range(4, len(parts[0]))))


def run_part(setup: Setup, part: Chunk, seed: int, keep: Keep) -> Counters:
    """Some pools in some replications, on this thread; cases and pools are numbered from the part's first."""
    starts, by_responsible = setup.cases.pool_start, keep == "responsible"
    begin, end = int(starts[part.responsible_units.start]), int(starts[part.responsible_units.stop])
    responsible_units = len(part.responsible_units)
    counters = empty_counters(
        part.replications, setup.days, responsible_units if by_responsible else 1, end - begin, responsible_units
    )
    sample = draw_sample(setup, part.first, part.replications, seed)
    for number, responsible in enumerate(part.responsible_units):
        _replicate(setup, responsible, sample, int(starts[responsible]) - begin, number, by_responsible, counters)
    return counters


class Sample(NamedTuple):
    """Some replications under a seed, with what they draw for the whole city."""

    first: int
    seed: int
    parameters: Parameters


def draw_sample(
    setup: Setup, first: int, count: int, seed: int, given: Mapping[str, NDArray[np.float64]] | None = None
) -> Sample:
    """Replications first … first + count - 1; `given` as for `draw_parameters`."""
    numbers = np.arange(first, first + count, dtype=np.int64)
    if given is None and setup.start is not None:
        given = {name: uniform[first : first + count] for name, uniform in setup.start.factors.items()}
    return Sample(first, seed, with_elapsed(setup, draw_parameters(setup.scenario, numbers, seed, given)))


def _replicate(
    setup: Setup,
    responsible: int,
    sample: Sample,
    first_case: int,
    number: int,
    by_responsible: bool,
    counters: Counters,
) -> None:
    pool = pool_of(setup, responsible)
    if pool.service.tie.size:
        workspace, rules = workspace_of(pool, sample.parameters.late.size, setup.days), rules_of(setup, sample.seed)
        replicate(pool, rules, sample.parameters, sample.first, first_case, number, workspace, by_responsible, counters)


def _target_met(setup: Setup, counters: Counters) -> NDArray[np.bool_]:
    """Whether each replication reaches the organization target by the deadline."""
    start = int(setup.cases.organizations["branch"].sum())
    added = counters.branches[:, :, : setup.calendar.deadline_day + 1].sum(axis=(0, 2))
    return np.asarray(reaches(start + added, setup.scenario.targets.organization, len(setup.cases.organizations)))
