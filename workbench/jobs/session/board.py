"""What the panels show of a simulated state, and the board that works it out for any instructors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.planning.desk import Desk, ResponseCache
from workbench.planning.gap import ceiling
from workbench.simulation import simulate
from workbench.simulation.results import Estimate, Outcome, Target
from workbench.simulation.setup import instructors_by_responsible

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.progress import Progress

TARGETS: tuple[Target, ...] = ("organization", "work")
#: The fan's quantiles: nine in ten, half of the runs, and the median.
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, eq=False)
class Answer:
    """One simulated state.

    Attributes
    ----------
    instructors
        by responsible unit.
    dates
        of the working days that are simulated.
    fan
        for each target, quantiles of coverage by working day, float64 (levels, days).
    probability, expected
        for each target, by the deadline.
    by_responsible
        expected organization coverage by the deadline of each responsible unit's own organizations, a share.
    """

    instructors: dict[str, int]
    dates: tuple[date, ...]
    fan: dict[Target, NDArray[np.float64]]
    probability: dict[Target, Estimate]
    expected: dict[Target, float]
    by_responsible: dict[str, float]

    @classmethod
    def of(cls, desk: Desk) -> Answer:
        """What stands on a desk now."""
        instructors, coverage = desk.instructors, desk.by_responsible()["coverage"]
        return cls(
            instructors={str(responsible): int(number) for responsible, number in instructors.items()},
            dates=dates_of(desk.dates),
            fan={target: desk.fan(LEVELS, target).T for target in TARGETS},
            probability={target: desk.probability(target) for target in TARGETS},
            expected={target: desk.expected(target) for target in TARGETS},
            by_responsible={str(responsible): float(share) for responsible, share in coverage.items()},
        )


def dates_of(days: pd.DatetimeIndex) -> tuple[date, ...]:
    """Days as plain dates."""
    return tuple(stamp.date() for stamp in days)


class Place(NamedTuple):
    """What no instructor changes of a pool: organizations, shares with a branch at the start and at best."""

    organizations: int
    start: float
    ceiling: float


class Board:
    """Register, rules and grouping, ready to answer for any instructors by responsible unit.

    Parameters
    ----------
    register, rules, grouping
        as for `simulate`; the instructors of `rules` are where it begins.
    replications, seed
        as for `simulate`.
    kept
        responses of other boards, so that responsible units that are the same are not simulated again.
    asked
        the rules as they were asked for, where the register made them others (`plannable`); by default `rules`.
    """

    def __init__(
        self,
        register: pd.DataFrame,
        rules: Scenario,
        grouping: Grouping,
        *,
        replications: int,
        seed: int,
        kept: ResponseCache | None = None,
        asked: Scenario | None = None,
    ) -> None:
        self.register, self.rules, self.grouping = register, rules, grouping
        self.asked = asked or rules
        self.replications, self.seed = replications, seed
        self.desk = Desk(register, rules, grouping, replications=replications, seed=seed, kept=kept)
        self.setup = self.desk.responses.setup
        self.ceiling = ceiling(register, rules, grouping)
        self.calendar = self.setup.calendar
        #: Asked for with every move, so worked out once.
        self.reachable = self.ceiling.reachable
        fixed = self.ceiling.by_responsible
        columns = (fixed[name].to_numpy(dtype=np.float64) for name in ("organizations", "at_start", "ceiling"))
        self.places = {
            str(responsible): Place(int(organizations), float(start / organizations), float(top))
            for responsible, organizations, start, top in zip(fixed.index, *columns, strict=True)
        }
        self.given: dict[str, int] = dict(self.setup.instructors)

    @property
    def responsible_units(self) -> tuple[str, ...]:
        """Names of the responsible units, sorted."""
        return self.setup.cases.responsible_units

    @property
    def without_places(self) -> bool:
        """Whether joint branches were asked for and not planned, because the register has no places."""
        return bool(self.asked.grouping.facilities) and not self.rules.grouping.facilities

    @property
    def streets(self) -> tuple[str, ...]:
        """Names of the streets, where organizations are, sorted."""
        return tuple(sorted(self.register["street"].unique()))

    def enough(self, responsible: str) -> int:
        """Instructors from which one more changes nothing in a responsible unit: a slot for every case."""
        return self.desk.enough(responsible)

    def shared(self, total: int, how: str) -> dict[str, int]:
        """A total shared ``equal``, ``by_organizations`` or ``by_need``."""
        rules = self.rules.replace(
            {"instructors.total": total, "instructors.share": how, "instructors.by_responsible": {}}
        )
        return instructors_by_responsible(self.setup.cases, rules, total)

    def outcome(self, instructors: Mapping[str, int], progress: Progress | None = None) -> Outcome:
        """The whole simulation, with everything that reports and comparisons read."""
        return simulate(
            self.register,
            self.rules.replace("instructors.by_responsible", dict(instructors)),
            self.grouping,
            replications=self.replications,
            seed=self.seed,
            progress=progress,
        )

    def answer(self, instructors: Mapping[str, int]) -> Answer:
        """What the panels show with so many instructors; what changed since the last time is simulated."""
        self.desk.set(dict(instructors))
        return Answer.of(self.desk)
