"""Every number that chance decides for one responsible unit, all attempts of them, in many replications at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.simulation.kernels import draw, draw_elections, room_for_draws, survey
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
        arrays (R, n) and (R, n, K); preparation is NaN and success False beyond a case's ``max_attempts``.
    """
    pool, rules = pool_of(setup, responsible), rules_of(setup, sample.seed)
    replications, cases = sample.parameters.late.size, pool.service.tie.size
    draws, columns = room_for_draws(replications, cases, pool.chances.units, int(setup.max_attempts.max()))
    number = np.uint64(sample.first)
    survey(pool.chances, rules, sample.parameters, 0, replications, number, columns, draws)
    draw(pool.chances, rules, sample.parameters, 0, replications, number, True, columns, draws)
    everybody = np.tile(np.arange(cases), (replications, 1))
    draw_elections(
        pool.chances, rules, sample.parameters, 0, replications, everybody, np.full(replications, cases), draws
    )
    return AllDraws(
        draws.survey[:, :cases],
        draws.release[:, :cases],
        np.moveaxis(draws.preparation[:, :, :cases], 0, 2),
        np.moveaxis(draws.success[:, :, :cases], 0, 2),
        draws.retry_delay[:, :cases],
        draws.election_lag[:, :cases],
    )
