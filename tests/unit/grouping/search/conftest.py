"""Parts of small maps with their relaxation."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.maps import instance
from workbench.grouping.models import Tightened, plain_duals, price_items, tighten
from workbench.grouping.problem import build_problem, core_of, parts_of, reduce_core
from workbench.grouping.search.by_hand import by_hand
from workbench.grouping.search.short_lists import little_slack


@pytest.fixture(scope="session", params=[("geocoded", 200, 0), ("uniform", 200, 1)], ids=["geocoded", "uniform"])
def solved(request):
    """A part, a planner's answer for it, and its relaxation."""
    core, _ = core_of(build_problem(*instance(*request.param)))
    part = max(parts_of(reduce_core(core).core), key=lambda part: part.core.items).core
    begin = by_hand(part, part.cost, "nearest", np.ones(len(part.item), np.bool_), part.lead < 0)
    covered, cost = part.total(begin)
    assert covered == part.size.sum()
    prices = price_items(part, covered, target=cost, rounds=400)
    listed = little_slack(part, plain_duals(part, prices), prices.bound, begin, 4000)
    proof = tighten(part, listed, covered, target=cost, rounds=20, most=10**5, tell=lambda _: True)
    assert isinstance(proof, Tightened)
    return part, begin, proof
