"""Thousands of replications: split, run side by side, added up to the same bits however they were split."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import Cancelled
from workbench.labels import text
from workbench.simulation.engine import pool_of, rules_of
from workbench.simulation.estimate import wilson
from workbench.simulation.outcome import Outcome
from workbench.simulation.parameters import Parameters, draw_parameters
from workbench.simulation.philox import checked_seed
from workbench.simulation.provenance import provenance
from workbench.simulation.replicate import replicate, workshop
from workbench.simulation.setup import Setup, prepare
from workbench.simulation.tally import Counters, nought

if TYPE_CHECKING:
    from workbench.grouping import Grouping
    from workbench.inputs.scenario import Scenario

Keep = Literal["street", "city"]
#: Told (done, in all) as replications finish; returning False stops the work.
Progress = Callable[[int, int], bool | None]

#: Chunks a worker: enough that progress moves and that workers end together.
CHUNKS_A_WORKER = 4
LEAST_CHUNK = 16
#: With `precision`, each round multiplies the replications by this, up to the limit.
GROWTH = 1.6
MOST_REPLICATIONS = 200_000


def simulate(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | None = None,
    *,
    replications: int = 1000,
    precision: float | None = None,
    seed: int = 0,
    keep: Keep = "street",
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Simulate the campaign many times over (MODEL §5-§7).

    Parameters
    ----------
    register : a validated register.
    scenario : the rules, laws and instructors.
    grouping : who joins whom; None means that no group takes anybody, and single members are left to outreach.
    replications : how many; with `precision` the number to begin with.
    precision : run until the 95 % interval on P(organization target) is no wider than this (a share: 0.05 is five
        points). Stopping by a look biases the estimate slightly.
    seed : 64 bits; the same seed gives the same bits on any number of workers.
    keep : ``"street"`` keeps coverage by replication, day and street; ``"city"`` by replication and day, and
        streets as means.
    workers : threads; by default one a processor of this machine that may be used.
    executor : run the chunks there instead (a process pool, a dask client's).
    progress : called with (done, in all); it may return False to stop.

    Returns
    -------
    Outcome

    Raises
    ------
    ScenarioError, InfeasibleError : the scenario or grouping does not fit the register.
    Cancelled : `progress` returned False.
    """
    if replications < 1:
        raise ValueError(f"replications = {replications}: must be at least 1")
    if keep not in ("street", "city"):
        raise ValueError(f"keep {keep!r}: must be 'street' or 'city'")
    seed = checked_seed(seed)
    begun = perf_counter()
    setup = prepare(register, scenario, grouping)
    prepared = perf_counter()
    workers = workers or processors()
    with _running(executor, workers) as pool:
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
        provenance(register, scenario, grouping)
        | {
            "seed": seed,
            "replications": int(counters.branches.shape[1]),
            "precision": precision,
            "seconds_prepare": prepared - begun,
            "seconds_simulate": simulated - prepared,
        },
    )


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _running(executor: Executor | None, workers: int) -> Iterator[Executor]:
    if executor is not None:
        yield executor
        return
    with ThreadPoolExecutor(workers) as threads:
        yield threads


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
    """Replications first … first + count - 1, in chunks on the executor, added up in order."""
    size = max(LEAST_CHUNK, -(-count // (workers * CHUNKS_A_WORKER)))
    chunks = [(start, min(size, first + count - start)) for start in range(first, first + count, size)]
    futures: list[Future[Counters]] = [executor.submit(run_chunk, setup, *chunk, seed, keep) for chunk in chunks]
    if progress is not None:
        size_of = {future: chunk[1] for future, chunk in zip(futures, chunks, strict=True)}
        done = first
        for future in as_completed(futures):
            done += size_of[future]
            if progress(done, first + count) is False:
                for waiting in futures:
                    waiting.cancel()
                raise Cancelled(text("error.cancelled"))
    return add_up([future.result() for future in futures])


def add_up(parts: list[Counters]) -> Counters:
    """Counters of consecutive chunks: coverage one after the other, everything else summed, in whole numbers."""
    if len(parts) == 1:
        return parts[0]
    rows = [np.concatenate([getattr(part, name) for part in parts], axis=1) for name in ("branches", "works")]
    sums = [np.sum([part[i] for part in parts], axis=0, dtype=parts[0][i].dtype) for i in range(2, len(parts[0]))]
    return Counters(*rows, *sums)


def run_chunk(setup: Setup, first: int, count: int, seed: int, keep: Keep) -> Counters:
    """Replications first … first + count - 1 of all streets, on this thread."""
    cases = setup.cases
    by_street = keep == "street"
    counters = nought(count, setup.days, len(cases.streets) if by_street else 1, len(cases), len(cases.streets))
    sample = draw_sample(setup, first, count, seed)
    for street in range(len(cases.streets)):
        _replicate(setup, street, sample, int(cases.pool_start[street]), by_street, counters)
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
    return Sample(first, seed, draw_parameters(setup.scenario, numbers, seed, given))


def _replicate(setup: Setup, street: int, sample: Sample, first_case: int, by_street: bool, counters: Counters) -> None:
    pool = pool_of(setup, street)
    if pool.service.tie.size:
        shop, rules = workshop(pool, sample.parameters.late.size), rules_of(setup, sample.seed)
        replicate(pool, rules, sample.parameters, sample.first, first_case, street, shop, by_street, counters)


def _target_met(setup: Setup, counters: Counters) -> NDArray[np.bool_]:
    """Whether each replication reaches the organization target by the deadline."""
    start = int(setup.cases.organizations["branch"].sum())
    added = counters.branches[:, :, : setup.calendar.deadline_day + 1].sum(axis=(0, 2))
    organizations = max(len(setup.cases.organizations), 1)
    return np.asarray((start + added) / organizations >= setup.scenario.targets.organization)
