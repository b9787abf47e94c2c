"""Every number that chance decides for one street, all attempts of them, in many replications at once."""

from __future__ import annotations

import numpy as np

from workbench.simulation.draws import Draws, draw, room_for_draws, survey
from workbench.simulation.engine import pool_of, rules_of
from workbench.simulation.run import Sample
from workbench.simulation.setup import Setup


def drawn(setup: Setup, street: int, sample: Sample) -> Draws:
    """What the replications of a sample draw for the cases of a street: the numbers that `trace` shows.

    Parameters
    ----------
    setup : from `prepare`.
    street : its number.
    sample : from `draw_sample`: R replications.

    Returns
    -------
    Draws : arrays (R, n) and (R, n, K); preparation is NaN and success False beyond a case's ``max_attempts``.
    """
    pool, rules = pool_of(setup, street), rules_of(setup, sample.seed)
    replications, cases = sample.parameters.late.size, pool.kind.size
    draws, columns = room_for_draws(replications, cases, int(setup.max_attempts.max()))
    first = np.uint64(sample.first)
    survey(pool, rules, sample.parameters, 0, replications, first, columns, draws)
    draw(pool, rules, sample.parameters, 0, replications, first, True, columns, draws)
    return Draws(
        draws.survey[:, :cases],
        draws.release[:, :cases],
        draws.preparation[:, :cases],
        draws.success[:, :cases],
        draws.retry_delay[:, :cases],
        draws.election_lag[:, :cases],
    )
