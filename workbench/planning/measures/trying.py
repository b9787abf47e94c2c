"""Packages that somebody chose: what each comes to on a sample, and the campaign that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from workbench.planning.measures.experiment import Counts, Experiment
from workbench.planning.measures.measure import HOST_CAPACITY, Measure
from workbench.planning.measures.packages import together, try_all
from workbench.planning.measures.result import Least, Measures
from workbench.planning.measures.search import package_row
from workbench.progress import Progress

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: Columns of a table of measures that a sample decides.
WORKED_OUT = ("expected", "gain", "low", "high", "probability", "work_gain")


class PackageTrial:
    """One campaign under packages of measures, on the random numbers that `simulate` sees under the seed.

    Parameters
    ----------
    register, scenario, grouping
        the campaign as it stands.
    listed
        every measure by name (`Measures.listed`).
    replications, seed
        as for `simulate`.

    Examples
    --------
    >>> from workbench.grouping import group
    >>> from workbench.inputs import Scenario, make_city
    >>> city, scenario = make_city(60, 3, seed=1), Scenario()
    >>> every = {"weekly": Measure("weekly", {"committee.every_weeks": 1}, "decision")}
    >>> trial = PackageTrial(city, scenario, group(city, scenario), every, replications=20)
    >>> trial.rows([("weekly",)])["number"].tolist(), trial.campaign(["weekly"])[0].committee.every_weeks
    ([1], 1)
    """

    def __init__(
        self,
        register: pd.DataFrame,
        scenario: Scenario,
        grouping: Grouping,
        listed: Mapping[str, Measure],
        *,
        replications: int = 1000,
        seed: int = 0,
    ) -> None:
        self.listed = listed
        self._own = scenario.model_dump(mode="json", by_alias=True)["measures"]
        plain = scenario.replace("measures", {}) if scenario.measures else scenario
        self._experiment = Experiment(register, plain, grouping, replications=replications, seed=seed)

    def rows(self, packages: Iterable[Sequence[str]], progress: Progress | None = None) -> pd.DataFrame:
        """What packages come to: one row each, in the order given, with the columns of `Measures.packages`.

        Raises
        ------
        Cancelled
            `progress`, called with (done, in all), returned False.
        """
        sets = [(), *(tuple(names) for names in packages)]
        done = [0]

        def step() -> bool | None:
            done[0] += 1
            return None if progress is None else progress(done[0], len(sets))

        present, *tried = list(try_all(self._experiment, self.listed, sets, None, step))
        rows = [package_row(each, present.counts) for each in tried]
        return pd.DataFrame(rows, columns=list(package_row(present, present.counts)))

    def told(self, found: Measures, progress: Progress | None = None) -> Measures:
        """A search on other random numbers, with all that it tells worked out on these: no choice has seen them.

        Each measure alone, the front's ``fresh`` columns, the least package and the best one; what was tried stays as
        the search saw it.
        """
        present, front = self._experiment.run(), found.front
        told = {package: self._counts(package) for package in ((), *map(tuple, front["measures"]))}
        alone = self.rows([(name,) for name in found.alone["measure"]], progress).set_index(found.alone.index)
        chances = [told[tuple(names)].probability for names in front["measures"]]
        fresh = dict(zip(("fresh", "fresh_low", "fresh_high"), zip(*chances, strict=True), strict=True))
        return replace(
            found,
            alone=found.alone.assign(**{name: alone[name] for name in WORKED_OUT}),
            front=front.assign(expected=[told[tuple(names)].expected for names in front["measures"]], **fresh),
            least=None if found.least is None else self._anew(found.least),
            best=self._anew(found.best),
            expected=present.expected,
            expected_work=present.expected_work,
            probability=present.probability,
        )

    def _counts(self, names: Iterable[str]) -> Counts:
        return self._experiment.run([self.listed[name] for name in names])

    def _anew(self, package: Least) -> Least:
        counts, present = self._counts(package.measures), self._experiment.run()
        return package._replace(
            expected=counts.expected,
            gain=counts.expected - present.expected,
            probability=counts.probability,
            expected_work=counts.expected_work,
        )

    def campaign(self, names: Iterable[str]) -> tuple[Scenario, Grouping]:
        """The scenario with a package in it, and its joint branches: what `rows` simulates for the package.

        What a measure changes of the register (`of_register`) is left out: no scenario can hold it.
        """
        chosen = [name for name in names if HOST_CAPACITY not in self.listed[name].set]
        changed = self._experiment.changed([self.listed[name] for name in chosen])
        # A session always has joint branches.
        assert changed.grouping is not False
        return changed.scenario.replace("measures", self._own) if self._own else changed.scenario, changed.grouping

    def of_register(self, names: Iterable[str]) -> list[str]:
        """Those measures that change the register, and not the scenario."""
        return [name for name in names if HOST_CAPACITY in self.listed[name].set]

    def excluded(self, names: Sequence[str]) -> set[str]:
        """Measures that cannot be taken with these."""
        return {name for name in self.listed if name not in names and not together(self.listed, [*names, name])}
