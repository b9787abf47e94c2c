"""Sets of measures: every small one, larger ones grown from the best; the least that is enough, and the front."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import combinations, islice

from workbench.errors import Cancelled
from workbench.labels import text
from workbench.planning.measures.experiment import Counts, Experiment
from workbench.planning.measures.measure import Measure
from workbench.simulation import processors
from workbench.stopping import Threads
from workbench.targets import reaches

#: Larger packages are grown from so many of the best of each size.
GROWN_FROM = 3


@dataclass(frozen=True, eq=False)
class Package:
    """A set of measures and what it comes to on the sample.

    Attributes
    ----------
    names
        of its measures, in the order in which measures are listed.
    cost
        yuan, once.
    counts
        coverage, replication by replication.
    """

    names: tuple[str, ...]
    cost: float
    counts: Counts

    @property
    def number(self) -> int:
        """How many measures it has."""
        return len(self.names)


def together(listed: Mapping[str, Measure], names: Sequence[str]) -> bool:
    """Whether no two of the measures exclude each other."""
    return not any(listed[one].conflicts(listed[other]) for one, other in combinations(names, 2))


def all_sets(listed: Mapping[str, Measure], most: int) -> list[tuple[str, ...]]:
    """All sets of one to `most` measures that do not exclude each other, smaller ones first."""
    sizes = range(1, min(most, len(listed)) + 1)
    return [each for size in sizes for each in combinations(listed, size) if together(listed, each)]


def try_all(
    experiment: Experiment,
    listed: Mapping[str, Measure],
    sets: Iterable[tuple[str, ...]],
    workers: int | None = None,
    progress: Callable[[], bool | None] | None = None,
) -> Iterator[Package]:
    """Simulate sets of measures side by side; given in the order of the sets.

    Raises
    ------
    Cancelled
        `progress` returned False.
    """
    threads = workers or processors()

    def tried(names: tuple[str, ...]) -> Package:
        chosen = [listed[name] for name in names]
        return Package(names, sum(measure.cost for measure in chosen), experiment.run(chosen))

    with Threads(threads) as pool:
        every = iter(sets)
        waiting: dict[Future[Package], None] = {}
        ordered: list[Future[Package]] = []
        # A few at a time, so that a stop is heard at once.
        for names in islice(every, 2 * threads):
            ordered.append(pool.submit(tried, names))
            waiting[ordered[-1]] = None
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                del waiting[future]
                future.result()
                if progress is not None and progress() is False:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise Cancelled(text("error.cancelled"))
                for names in islice(every, 1):
                    ordered.append(pool.submit(tried, names))
                    waiting[ordered[-1]] = None
    yield from (future.result() for future in ordered)


def larger_sets(listed: Mapping[str, Measure], packages: Sequence[Package], size: int) -> list[tuple[str, ...]]:
    """Sets of `size` measures: the best ones of one measure less, each with one more."""
    best = sorted((each for each in packages if each.number == size - 1), key=_worth, reverse=True)[:GROWN_FROM]
    order = list(listed)
    grown = {
        tuple(sorted({*package.names, name}, key=order.index))
        for package in best
        for name in listed
        if name not in package.names and together(listed, [*package.names, name])
    }
    return sorted(grown, key=lambda names: [order.index(name) for name in names])


def least_package(packages: Iterable[Package], confidence: float) -> Package | None:
    """The package that reaches the confidence with the fewest measures, then the least cost, then the highest P; of
    equal ones the one of greater coverage, then the first. None where none does."""
    enough = [each for each in packages if reaches(each.counts.times, confidence, each.counts.covered.size)]
    return min(
        enough, key=lambda each: (each.number, each.cost, -each.counts.times, -each.counts.expected), default=None
    )


def best_package(packages: Iterable[Package]) -> Package:
    """The package of the highest P; of equal ones that of the highest coverage, then the smaller and cheaper one."""
    return max(packages, key=lambda each: (*_worth(each), -each.number, -each.cost))


def front(packages: Iterable[Package]) -> list[Package]:
    """The packages that no other one beats: none has a P as high with no more measures at no more cost, and less of
    either or a higher P. Fewest measures first, then the cheapest."""
    kept: list[Package] = []
    ordered = sorted(packages, key=lambda each: (each.number, each.cost, -each.counts.times, -each.counts.expected))
    for package in ordered:
        if not any(other.cost <= package.cost and other.counts.times >= package.counts.times for other in kept):
            kept.append(package)
    return kept


def _worth(package: Package) -> tuple[int, float]:
    return package.counts.times, package.counts.expected
