"""States that a session can go back to: a step of an undo, and what was kept under a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.jobs.session.board import Answer


class Step(NamedTuple):
    """What an undo goes back to. Without a grouping, it is solved again from the rules that lead to it."""

    rules: Scenario
    own: dict[str, int] | None
    grouping: Grouping | None
    solved: bool
    total: int
    leads: Scenario | None = None


@dataclass(frozen=True, eq=False)
class KeptPlan:
    """A state that was kept: `scenario` and the file `yaml` lead to the same numbers, `step` back to it."""

    name: str
    scenario: Scenario
    grouping: Grouping
    answer: Answer
    ceiling: float
    step: Step
    yaml: str
