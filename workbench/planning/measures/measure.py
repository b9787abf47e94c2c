"""A measure: a named change of the scenario that somebody can decide (MODEL §9.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from workbench.inputs.scenario import HOST_CAPACITY as HOST_CAPACITY
from workbench.labels import language, text
from workbench.labels import table as words
from workbench.numbers import date_words
from workbench.planning.measures.relaxing import looser_of

Sort = Literal["decision", "resource", "calendar", "counting"]


@dataclass(frozen=True, eq=False)
class Measure:
    """What is changed, by whom, and for how much.

    Attributes
    ----------
    name
        by which it is known.
    set
        path of the scenario -> value, as a file writes it; what is stricter than the scenario's own is left as it is.
    sort
        ``decision``, ``resource``, ``calendar`` or ``counting`` (changes what is counted, not what is done).
    decided_by
        who decides: a word that labels know, or a planner's own.
    cost
        yuan, once.
    excludes
        names of measures that cannot be taken with it.
    title
        what people read, by language, where a scenario gives it; else the labels know it.
    values
        what the words of its title speak of, such as the day of a meeting.
    """

    name: str
    set: Mapping[str, Any]
    sort: Sort
    decided_by: str = ""
    cost: float = 0.0
    excludes: tuple[str, ...] = ()
    title: Mapping[str, str] | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def of_scenario(self) -> dict[str, Any]:
        """What it changes of the scenario, without what it changes of the register."""
        return {path: value for path, value in self.set.items() if path != HOST_CAPACITY}

    @property
    def label(self) -> str:
        """Its title in the language in use; the name where there is none."""
        if self.title is not None:
            return self.title[language()]
        key = f"measure.{self.name}"
        values = {name: date_words(value) if isinstance(value, date) else value for name, value in self.values.items()}
        return text(key, **values) if key in words() else self.name

    @property
    def who(self) -> str:
        """Who decides, in the language in use."""
        return decider(self.decided_by)

    def conflicts(self, other: Measure) -> bool:
        """Whether the two cannot be taken together: one excludes the other, or both set one path to different values
        that have no order."""
        if other.name in self.excludes or self.name in other.excludes:
            return True
        shared = self.set.keys() & other.set.keys() - {HOST_CAPACITY}
        return any(self.set[path] != other.set[path] and looser_of(path) is None for path in shared)


def decider(code: str) -> str:
    """Who decides, in the language in use: a word that labels know, or a planner's own as it stands."""
    key = f"decided_by.{code}"
    return text(key) if key in words() else code
