"""Variance-based sensitivity of any model whose runs also depend on luck: design, screening, Sobol indices.

The model is a function of points in the unit cube. Luck is one more input beside the parameters: runs of one row share
their luck whatever the parameters are (common random numbers), and it has an index like any other input. Sampling
and estimators are SALib's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import WorkbenchError
from workbench.labels import text
from workbench.planning.comparison import mean_difference

#: The input that stands for everything that the parameters do not decide.
LUCK = "luck"
#: How far screening moves a parameter: half of its probability, from wherever it is.
SCREENING_STEP = 0.5
#: Resamples behind the intervals of Sobol indices.
RESAMPLES = 200

#: (points (n, d) in (0, 1), whether other luck than the usual is wanted) -> output by name, (n,) each.
Model = Callable[[NDArray[np.float64], bool], dict[str, NDArray[np.float64]]]


class Sobol(NamedTuple):
    """What a Sobol design found.

    indices : output -> DataFrame by input (the names, then `LUCK`): first, first_low, first_high, total, total_low,
        total_high, shares of the output's variance.
    points : (2n, d), all points that are independent of each other; outputs : by name, (2n,) each.
    runs : how many runs of the model that took.
    """

    indices: dict[str, pd.DataFrame]
    points: NDArray[np.float64]
    outputs: dict[str, NDArray[np.float64]]
    runs: int


def salib(module: str) -> Any:
    """A module of SALib, or how to install it."""
    if find_spec("SALib") is None:
        raise WorkbenchError(text("error.no_salib"))
    return import_module(f"SALib.{module}")


def open_unit(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Numbers of [0, 1] as the simulation's uniforms are: (k + ½) · 2^-32, never 0 or 1.

    >>> bool(open_unit(np.array([0.0]))[0] > 0), bool(open_unit(np.array([1.0]))[0] < 1)
    (True, True)
    """
    cells = np.minimum(np.floor(values * 2.0**32), 2.0**32 - 1.0)
    return (cells + 0.5) * 2.0**-32


def design(inputs: int, base: int, seed: int) -> NDArray[np.float64]:
    """Saltelli's design on a scrambled Sobol sequence, (base, inputs + 2, inputs): A, A with each column of B, B."""
    problem = {"num_vars": inputs, "names": [f"x{i}" for i in range(inputs)], "bounds": [[0.0, 1.0]] * inputs}
    rows = salib("sample.sobol").sample(problem, base, calc_second_order=False, seed=seed)
    return open_unit(np.asarray(rows, dtype=np.float64).reshape(base, inputs + 2, inputs))


def screen(model: Model, names: Sequence[str], base: int, seed: int, output: str) -> pd.DataFrame:
    """Morris's elementary effects: each parameter moved by half of its probability, alone, on the same luck.

    Parameters
    ----------
    model
        as above. names : of its parameters. base : starting points. output : which one is looked at.

    Returns
    -------
    pd.DataFrame
        DataFrame by name: effect (mu*, mean of the absolute change), effect_low, effect_high; spread (sigma, standard
        deviation of the signed change for the whole range: large against `effect` where it depends on the others).
    """
    start = design(max(len(names), 1), base, seed)[:, 0, : len(names)]
    before = model(start, False)[output]
    rows = []
    for place in range(len(names)):
        moved = start.copy()
        moved[:, place] = (moved[:, place] + SCREENING_STEP) % 1.0
        change = model(moved, False)[output] - before
        size = mean_difference(np.abs(change))
        signed = change * np.sign(moved[:, place] - start[:, place])
        rows.append((float(size.value), max(float(size.low), 0.0), float(size.high), float(signed.std(ddof=1))))
    columns = ["effect", "effect_low", "effect_high", "spread"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index(list(names), name="parameter", dtype="str"))


def sobol(model: Model, names: Sequence[str], base: int, seed: int, level: float = 0.95) -> Sobol:
    """First-order and total Sobol indices of every output, with bootstrap intervals (Saltelli 2010, Jansen 1999).

    Parameters
    ----------
    model, names
        as for `screen`. base : a power of two; it takes base · (len(names) + 3) runs.

    Returns
    -------
    Sobol
        an output that never varies has indices of 0.
    """
    inputs = len(names) + 1
    cube = design(inputs, base, seed)[:, :, : len(names)]
    # A, A with one parameter of B in turn, A with the luck of B, and B, which has its own of both.
    blocks = [model(cube[:, place], False) for place in range(inputs)]
    blocks += [model(cube[:, 0], True), model(cube[:, -1], True)]
    found = {}
    for output in blocks[0]:
        columns = np.stack([block[output] for block in blocks], axis=1)
        found[output] = _indices(columns.reshape(-1), [*names, LUCK], seed, level)
    ends = (blocks[0], blocks[-1])
    return Sobol(
        indices=found,
        points=np.concatenate([cube[:, 0], cube[:, -1]]),
        outputs={output: np.concatenate([end[output] for end in ends]) for output in ends[0]},
        runs=base * (inputs + 2),
    )


def _indices(values: NDArray[np.float64], names: list[str], seed: int, level: float) -> pd.DataFrame:
    """SALib's estimates for values in its order; intervals are cut to [0, 1], where the indices are."""
    index = pd.Index(names, name="parameter", dtype="str")
    columns = ["first", "first_low", "first_high", "total", "total_low", "total_high"]
    if np.ptp(values) == 0.0:
        return pd.DataFrame(0.0, index=index, columns=columns)
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    estimate = salib("analyze.sobol").analyze(
        # Seed 0 would send SALib to numpy's global generator.
        problem, values, calc_second_order=False, num_resamples=RESAMPLES, conf_level=level, seed=seed + 1,
    )  # fmt: skip
    table: dict[str, NDArray[np.float64]] = {}
    for name, key in (("first", "S1"), ("total", "ST")):
        value, half = np.asarray(estimate[key]), np.nan_to_num(np.asarray(estimate[f"{key}_conf"]))
        table |= {name: value, f"{name}_low": value - half, f"{name}_high": value + half}
    return pd.DataFrame(table, index=index).clip(0.0, 1.0)[columns]
