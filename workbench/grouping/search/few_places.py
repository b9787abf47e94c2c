"""Where many stand at one address and hardly two are alike: an answer by hand, bettered among few places for each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from workbench.grouping.models import Watch
from workbench.grouping.patterns import Apart, choose_apart, few_places
from workbench.grouping.problem import Core, Ints
from workbench.grouping.search.by_hand import by_hand
from workbench.grouping.search.effort import Effort
from workbench.grouping.search.local_moves import improve_locally


def choose_among_few(
    core: Core,
    chosen: Ints,
    *,
    effort: Effort,
    seed: int,
    gap: float,
    left: Callable[[], float],
    watch: Watch,
) -> Apart | None:
    """An answer no dearer than `chosen` that covers as much, with a bound; None where few places are too many still.

    Parameters
    ----------
    left
        says how many seconds are left.
    watch
        hears cost and bound as they get better, and says whether to go on.
    """
    covered, cost = core.total(chosen)
    few = core.keep(few_places(core, chosen, effort.places, seed))
    # Down the list, everybody to where it costs least: among few places that does well.
    every = np.ones(len(few.item), np.bool_)
    hand = improve_locally(few, by_hand(few, few.cost, "nearest", every, few.lead < 0, seed), effort.passes)
    if few.allows(hand) and few.total(hand)[0] >= covered and few.total(hand)[1] < cost:
        chosen = hand
    return choose_apart(
        core, few, covered, start=chosen, looks=50 * effort.looks, seed=seed, gap=gap, left=left, watch=watch
    )
