"""Every number that chance decides for one responsible unit, all attempts of them, in many replications at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.simulation.kernels import (
    IN_WORK,
    Pool,
    draw,
    draw_electing,
    draw_elections,
    draw_under_way,
    room_for_draws,
    survey,
    survey_known,
)
from workbench.simulation.run import Sample
from workbench.simulation.setup import Setup, pool_of, rules_of


class AllDraws(NamedTuple):
    """What chance decides for the cases of one responsible unit: (R) replications, (n) cases, K attempts."""

    survey: NDArray[np.float64]  # (R, n) the lead's survey time
    release: NDArray[np.float64]  # (R, n)
    preparation: NDArray[np.float64]  # (R, n, K)
    success: NDArray[np.bool_]  # (R, n, K)
    retry_delay: NDArray[np.float64]  # (R, n)
    election_lag: NDArray[np.float64]  # (R, n)


def all_draws(setup: Setup, responsible: int, sample: Sample) -> AllDraws:
    """What the replications of a sample draw for the cases of a responsible unit: the numbers that `trace` shows.

    Parameters
    ----------
    setup
        from `prepare`.
    responsible
        its number.
    sample
        from `draw_sample`: R replications.

    Returns
    -------
    AllDraws
        arrays (R, n) and (R, n, K); preparation is NaN and success False beyond a case's ``max_attempts``. Of a
        forecast K counts from the first attempt of all: NaN and False where that is past, or will not be made.
    """
    pool, rules = pool_of(setup, responsible), rules_of(setup, sample.seed)
    replications, cases = sample.parameters.late.size, pool.service.tie.size
    draws, columns = room_for_draws(replications, cases, pool.chances.units, attempts_of(setup))
    number = np.uint64(sample.first)
    chances, start, parameters = pool.chances, pool.start, sample.parameters
    if start.surveyed.size:
        survey_known(start, chances, rules, parameters, 0, replications, number, columns, draws)
    else:
        survey(chances, rules, parameters, 0, replications, number, columns, draws)
    if start.moved:
        draw_under_way(start, chances, rules, parameters, 0, replications, number, True, columns, draws)
    else:
        draw(chances, rules, parameters, 0, replications, number, True, columns, draws)
    everybody = np.tile(np.arange(cases), (replications, 1))
    draw_elections(chances, rules, parameters, 0, replications, everybody, np.full(replications, cases), draws)
    draw_electing(start, chances, rules, parameters, 0, replications, draws)
    preparation = np.moveaxis(draws.preparation[:, :, :cases], 0, 2)
    success = np.moveaxis(draws.success[:, :, :cases], 0, 2)
    if start.moved:
        preparation, success = _from_the_first(pool, preparation, success, attempts_of(setup))
    return AllDraws(
        draws.survey[:, :cases],
        np.maximum(draws.release[:, :cases], start.t0),
        preparation,
        success,
        draws.retry_delay[:, :cases],
        draws.election_lag[:, :cases],
    )


def attempts_of(setup: Setup) -> int:
    """K, the attempts that any case makes at most, the first of all counted."""
    most = int(setup.max_attempts.max())
    if setup.start is None:
        return most
    return max(most, int(setup.start.before[setup.start.state == IN_WORK].max(initial=-1)) + 1)


def _from_the_first(
    pool: Pool, preparation: NDArray[np.float64], success: NDArray[np.bool_], attempts: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Attempts numbered from the first of all: as many places later as have failed before."""
    start, left = pool.start, pool.service.max_attempts
    every = np.arange(attempts)
    drawn = every - start.before[:, None]
    there = start.comes[:, None] & (drawn >= 0) & (drawn < left[:, None])
    place = np.where(there, drawn, 0)[None, :, :]
    return (
        np.where(there, np.take_along_axis(preparation, place, axis=2), np.nan),
        there & np.take_along_axis(success, place, axis=2),
    )
