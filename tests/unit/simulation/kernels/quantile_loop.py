"""The compiled quantiles, one a word: what the draws do, for tests to call."""

from __future__ import annotations

from numba import njit

from workbench.simulation.kernels.philox import uniform_of
from workbench.simulation.kernels.quantiles import evaluate


@njit(error_model="numpy")
def quantiles(words, law, laws, out):
    """Fill out[i] with the quantile of row `law` at the uniform of words[i]."""
    for i in range(words.size):
        out[i] = evaluate(uniform_of(words[i]), law, laws)
