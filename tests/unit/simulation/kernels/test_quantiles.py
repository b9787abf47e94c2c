"""Compiled quantiles against the laws' closed forms, at the bounds and in the middle."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.simulation.kernels.quantile_loop import quantiles
from workbench.errors import ScenarioError
from workbench.inputs.scenario.laws import FAMILIES, Law
from workbench.simulation.kernels.quantiles import LawTable

TICK = 2.0**-20
EDGES = [0, 1, 2, 3, 2**16, 2**31 - 1, 2**31, 2**31 + 1, 2**32 - 2**16, 2**32 - 3, 2**32 - 2, 2**32 - 1]
POWERS = [2**k + d for k in range(2, 32) for d in (-1, 0, 1)]
WORDS = np.unique(
    np.concatenate([EDGES, POWERS, np.random.default_rng(1).integers(0, 2**32, 20_000)]).astype(np.uint64)
)
U = (WORDS.astype(np.float64) + 0.5) * 2.0**-32

LAWS = [
    Law("fixed", (0.0,)),
    Law("fixed", (7.25,)),
    Law("uniform", (0.0, 1e-6)),
    Law("uniform", (3.0, 400.0)),
    Law("triangular", (0.0, 0.0, 5.0)),
    Law("triangular", (1.0, 6.0, 6.0)),
    Law("triangular", (2.0, 2.000001, 90.0)),
    Law("pert", (2.0, 5.0, 12.0)),
    Law("pert", (0.0, 0.0, 10.0)),
    Law("pert", (0.0, 10.0, 10.0)),
    Law("pert", (0.0, 1e-9, 250.0)),
    Law("pert", (5.0, 5.0000001, 5.0000002)),
    Law("pert", (-3.0, 0.0, 1.0)),
    Law("lognormal", (5.0, 0.001)),
    Law("lognormal", (5.0, 3.0)),
    Law("lognormal", (0.5, 2.0)),
    Law("lognormal", (1e-3, 1e-3)),
    Law("exponential", (1e-6,)),
    Law("exponential", (2.0,)),
    Law("exponential", (365.0,)),
    Law("empirical", (4.0, 1.0, 1.0, 9.5)),
    Law("empirical", (3.0, 3.5)),
    Law("empirical", tuple(float(k % 17) for k in range(1000))),
]


@pytest.fixture(scope="module")
def table():
    return LawTable.of(LAWS)


def drawn(table, law):
    out = np.full(WORDS.size, np.nan)
    quantiles(WORDS, law, table, out)
    return out


def test_every_family_is_here():
    assert {law.family for law in LAWS} == set(FAMILIES)


@pytest.mark.parametrize("law", range(len(LAWS)), ids=[str(law) if len(str(law)) < 40 else "long" for law in LAWS])
def test_within_a_tick_of_the_closed_form(table, law):
    found = drawn(table, law)
    assert np.abs(found - LAWS[law].quantile(U)).max() <= TICK
    assert np.all(np.diff(found) >= -TICK)
    assert LAWS[law].low - TICK <= found.min()
    assert found.max() <= LAWS[law].high + TICK


@pytest.mark.parametrize("law", [i for i, law in enumerate(LAWS) if law.family == "empirical"])
def test_lists_are_exact(table, law):
    assert drawn(table, law).tolist() == LAWS[law].quantile(U).tolist()


def test_the_same_law_twice_draws_the_same():
    laws = [Law("pert", (2.0, 5.0, 12.0)), Law("fixed", (1.0,)), Law("pert", (2.0, 5.0, 12.0))]
    table = LawTable.of(laws)
    assert drawn(table, 0).tolist() == drawn(table, 2).tolist()
    assert drawn(table, 0).tolist() == drawn(LawTable.of(laws[:1]), 0).tolist()


def test_a_law_too_wide_to_be_exact_is_refused():
    with pytest.raises(ScenarioError, match="too wide"):
        LawTable.of([Law("lognormal", (1000.0, 1e6))])
