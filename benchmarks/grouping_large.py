"""Joint branches of a nation: 10,000 and 100,000 units, against the hand methods; no other peer ends in time."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from benchmarks.grouping import FAMILIES, scores
from benchmarks.measuring import table

TITLE = "Joint branches, large"
LONG = True
#: Units, and seconds for each method.
SIZES = {10_000: 300.0, 100_000: 900.0}
HANDS = ("nearest by hand",)


def measure() -> Iterator[str]:
    """One table; a size of a family at a time."""
    rows = []
    for units, seconds in SIZES.items():
        for family in FAMILIES:
            rows += [{"map": family, **row} for row in scores(family, units, seconds, HANDS)]
    yield table(pd.DataFrame(rows), index=False)
