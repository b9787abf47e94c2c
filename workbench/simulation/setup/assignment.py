"""Who has an instructor assigned before any work begins (派驻, MODEL §5.2): apart from who is worked on when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workbench.inputs.scenario import Calendar
from workbench.simulation.setup.cases import LAST, Cases
from workbench.simulation.setup.instructors import Windows, arriving

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: The day of an assignment that nobody sees: before all others.
BEFORE_ALL = -1


@dataclass(frozen=True)
class StandingAssignment:
    """Each responsible unit's organizations in the order in which instructors are assigned to them.

    Attributes
    ----------
    day
        the working day on which all assign, or `NEVER`.
    counts
        whether an assigned instructor is work already (``policy.work_from``).
    standing
        organizations that one instructor may stand for.
    position
        int64 (organizations,), an organization's place in its responsible unit's order, `LAST` for those that need
        no instructor.
    responsible
        int64 (organizations,), codes.
    taken
        int64 (responsible units,), places that those with an instructor and no branch take already.
    windows
        of the responsible units' instructors.
    """

    day: int
    counts: bool
    standing: int
    position: NDArray[np.int64]
    responsible: NDArray[np.int64]
    taken: NDArray[np.int64]
    windows: tuple[Windows, ...]

    @classmethod
    def of(cls, cases: Cases, scenario: Scenario, calendar: Calendar, t0: float = 0.0) -> StandingAssignment:
        """What a register and a scenario make of it from t0 on: an assignment before is what the register says."""
        orgs = cases.organizations
        responsible = orgs["responsible"].to_numpy(dtype=np.int64)
        rules, units = scenario.instructors, len(cases.responsible_units)
        windows = tuple(arriving(cases.responsible_units, scenario, calendar))
        if rules.standing is None:
            nobody = np.full(len(orgs), LAST, dtype=np.int64)
            return cls(BEFORE_ALL, False, 0, nobody, responsible, np.zeros(units, np.int64), windows)
        branch, instructor = (orgs[name].to_numpy(dtype=bool) for name in ("branch", "instructor"))
        day = calendar.day_from(rules.assigned_on)
        return cls(
            day if t0 <= day <= calendar.horizon_day else BEFORE_ALL,
            scenario.policy.work_from == "assigned",
            rules.standing,
            cases.place_in_assignment,
            responsible,
            np.bincount(responsible[instructor & ~branch], minlength=units).astype(np.int64),
            windows,
        )

    @property
    def counted_on(self) -> int:
        """The day from which assigned instructors count as work, or `NEVER`."""
        return self.day if self.counts else BEFORE_ALL

    def present(self, responsible: int, instructors: int) -> int:
        """Instructors of a responsible unit whose window is open when it assigns."""
        own = self.windows[responsible]
        every = ((own.opening, own.horizon, instructors), *own.arrivals)
        return sum(count for start, stop, count in every if start <= self.day < stop)

    def places(self, responsible: int, instructors: int) -> int:
        """Organizations that a responsible unit with so many instructors (and its arrivals) assigns one to, at most."""
        if self.day == BEFORE_ALL:
            return 0
        return max(0, self.standing * self.present(responsible, instructors) - int(self.taken[responsible]))

    def all_places(self, instructors: NDArray[np.int64]) -> NDArray[np.int64]:
        """The same for all responsible units, by their codes."""
        return np.array([self.places(code, int(number)) for code, number in enumerate(instructors)], dtype=np.int64)

    def reached(self, places: NDArray[np.int64], rows: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.bool_]:
        """Which organizations have an instructor assigned, by the places of all responsible units."""
        return self.position[rows] < places[self.responsible[rows]]

    def enough(self, responsible: int) -> int:
        """The number of instructors from which one more assigns nobody else; arrivals not counted."""
        own = self.windows[responsible]
        if self.day == BEFORE_ALL or not own.opening <= self.day < own.horizon:
            return 0
        members = (self.responsible == responsible) & (self.position < LAST)
        return -(-(int(members.sum()) + int(self.taken[responsible])) // self.standing)


def numbers_of(instructors: Mapping[str, int], responsible_units: tuple[str, ...]) -> NDArray[np.int64]:
    """Instructors by the codes of the responsible units."""
    return np.array([instructors.get(name, 0) for name in responsible_units], dtype=np.int64)
