"""Packages of the measures that still help, from today's state: the least that must be decided now (MODEL §9.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from workbench.planning.measures.from_today import FromToday
from workbench.planning.measures.packages import all_sets, best_package, least_package, try_all
from workbench.planning.measures.result import Least
from workbench.planning.measures.search import COLUMNS, package_row, told_package
from workbench.progress import Progress

if TYPE_CHECKING:
    from workbench.planning.measures.measure import Measure

#: Packages are made of so many of the measures that bring most alone, and of so many at most: all of them together take
#: no longer than the rest of a review.
PACKED, MOST = 6, 3
#: How sure a package must make the target to be enough.
CONFIDENCE: Final = 0.9


class PackagesFromToday(NamedTuple):
    """What sets of measures bring that are decided today.

    Attributes
    ----------
    table
        one row per set that was tried, single measures among them: the columns of `Measures.packages`.
    least
        the package that is enough with the fewest measures, then the least cost; None where none is.
    best
        the package of the highest P, then of the highest coverage; both tell P on fresh replications.
    of
        the measures of which packages were made; `left`, how many more still help.
    confidence
        P(target) from which on a package is enough.
    """

    table: pd.DataFrame
    least: Least | None
    best: Least
    of: tuple[str, ...]
    left: int
    confidence: float


def packages_from_today(
    experiment: FromToday,
    measures: Mapping[str, Measure],
    alone: pd.DataFrame,
    *,
    confidence: float = CONFIDENCE,
    workers: int | None = None,
    progress: Progress | None = None,
) -> PackagesFromToday | None:
    """Try the measures that still help together, two and three at a time; None where fewer than two help.

    Parameters
    ----------
    experiment, measures
        as for `still_helping`.
    alone
        what that found.
    workers, progress
        as for `measures`.
    """
    helping = alone.loc[alone["helps"], "measure"].tolist()
    if len(helping) < 2:
        return None
    packed = {name: measures[name] for name in helping[:PACKED]}
    sets, done = all_sets(packed, MOST), [0]

    def step() -> bool | None:
        done[0] += 1
        return None if progress is None else progress(done[0], len(sets))

    present = experiment.run()
    packages = list(try_all(experiment, packed, sets, workers, step))
    least, best, fresh = least_package(packages, confidence), best_package(packages), experiment.fresh()
    again = {
        each.names: fresh.run([packed[name] for name in each.names]) for each in (best, *([least] if least else []))
    }
    return PackagesFromToday(
        table=pd.DataFrame([package_row(each, present) for each in packages], columns=COLUMNS),
        least=None if least is None else told_package(least, present, again),
        best=told_package(best, present, again),
        of=tuple(packed),
        left=len(helping) - len(packed),
        confidence=confidence,
    )
