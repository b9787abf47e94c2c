"""Joint branches of a nation: 10,000 and 100,000 units, against the hand methods; no other peer ends in time."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from benchmarks.grouping import scores
from benchmarks.measuring import table

TITLE = "Joint branches, large"
LONG = True
#: By map, units and seconds for each method.
SIZES = {
    "islands": {10_000: 60.0},
    "uniform": {10_000: 150.0, 100_000: 900.0},
    "clustered": {10_000: 150.0, 100_000: 900.0},
}
HANDS = ("nearest by hand",)


def measure() -> Iterator[str]:
    """One table; a size of a map at a time."""
    rows = []
    for family, sizes in SIZES.items():
        for units, seconds in sizes.items():
            rows += [{"map": family, **row} for row in scores(family, units, seconds, HANDS)]
    yield table(pd.DataFrame(rows), index=False)
