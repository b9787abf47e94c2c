"""What is known of one plan at work: opened, changed, answered, kept. What can be done with it is the session's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from workbench.jobs.session.memory import Memory
from workbench.jobs.session.observable import Observable
from workbench.jobs.session.states import KeptPlan, Step
from workbench.labels import Language

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from workbench.inputs.scenario import Scenario
    from workbench.jobs.session.board import Answer, Board
    from workbench.planning.gap import Gap


class State(Observable):
    """Register, rules, grouping, instructors and what comes of them.

    Parameters
    ----------
    language
        of every word; it can be switched.
    replications, seed
        of every simulation.
    today
        for the days that are left.

    Whoever shows something watches `signals`: ``opened``, ``rules``, ``grouping``, ``answer``, ``gap``, ``kept``,
    ``jobs``, ``message``, ``language``. Errors go to `message`.
    """

    def __init__(
        self,
        *,
        language: Language = "zh",
        replications: int = 1000,
        seed: int = 0,
        today: date | None = None,
    ) -> None:
        super().__init__(language)
        self.replications, self.seed = replications, seed
        self.today = today or date.today()
        self.register: pd.DataFrame | None = None
        self.board: Board | None = None
        self.answer: Answer | None = None
        #: The answer before the last change, and the one that the session began with.
        self.last: Answer | None = None
        self.baseline: Answer | None = None
        self.gap: Gap | None = None
        self.kept: dict[str, KeptPlan] = {}
        self.total = 0
        self.keep_total = True
        #: The rules that the session began with, and whether the register is the visitor's own.
        self.begun: Scenario | None = None
        self.own_register = False
        #: What panels have of their own.
        self.memory = Memory()
        #: Whether the work is saved by itself.
        self.saves = False
        #: What a plan is called that is to be kept under a name: otherwise where another page of the visitor's has one.
        self.free_name: Callable[[str], str] = lambda name: name
        #: The served scenario, as everybody is given it: what a link's settings are laid over.
        self.link_base: Scenario | None = None
        #: What a visitor is given who has no work of their own: register and scenario.
        self.served: tuple[pd.DataFrame | str | Path | None, Scenario | str | Path] | None = None
        self._rules: Scenario | None = None
        self._own: dict[str, int] | None = None
        self._solved = False
        self._fair: dict[str, int] = {}
        self._demands: dict[str, Any] = {}
        #: The scenario that was asked for: where its register cannot be read, another one may.
        self._asked: Scenario | str | Path | None = None
        self._steps: list[Step] = []
        self._undone: list[Step] = []
        self._last_move: tuple[str, float] = ("", float("-inf"))

    @property
    def ready(self) -> bool:
        """Whether there is an answer."""
        return self.answer is not None

    @property
    def rules(self) -> Scenario:
        """The scenario with all changes, but for the instructors that sliders moved."""
        if self._rules is None:
            raise RuntimeError("nothing is open")
        return self._rules

    @property
    def scenario(self) -> Scenario:
        """The whole state as it is planned: without joint branches where the register has no places."""
        rules = self.rules
        if self.board is not None and self.board.without_places:
            rules = rules.replace("grouping.facilities", [])
        return rules if self._own is None else rules.replace("instructors.by_responsible", self._own)

    def rules_for(self, register: pd.DataFrame) -> Scenario:
        """The whole state for a register that is not open, without what names units or organizations that it lacks."""
        from workbench.errors import ScenarioError
        from workbench.jobs.plan import plannable

        wanted = self.rules if self._own is None else self.rules.replace("instructors.by_responsible", self._own)
        try:
            plannable(register, wanted)
        except ScenarioError:
            return self.rules.replace(self._demands)
        return wanted

    @property
    def register_name(self) -> str:
        """What the register is called: its file's name, where there is one."""
        written = self._rules.register_path if self._rules else None
        return written.replace("\\", "/").rsplit("/", 1)[-1] if written else ""

    @property
    def instructors(self) -> dict[str, int]:
        """Instructors by responsible unit: those that were moved, or what the scenario gives."""
        if self._own is not None:
            return dict(self._own)
        return dict(self.board.given) if self.board else {}

    @property
    def reserve(self) -> int:
        """Instructors of the total that no responsible unit has."""
        return self.total - sum(self.instructors.values())

    @property
    def stale(self) -> bool:
        """Whether what is shown is being worked out anew."""
        return any(job.name in ("open", "recompute") for job in self.jobs.running)

    @property
    def present(self) -> Step:
        """The state there is, as a step to go back to."""
        grouping = self.board.grouping if self.board is not None else None
        return Step(self.rules, self._own, grouping, self._solved, self.total)

    @property
    def steps(self) -> tuple[list[Step], list[Step]]:
        """The steps that can be undone, and those that were and can be done again; the nearest last."""
        return list(self._steps), list(self._undone)

    @property
    def can_redo(self) -> bool:
        """Whether a step that was undone can be done again."""
        return bool(self._undone)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to go back."""
        return bool(self._steps)

    @property
    def link(self) -> str | None:
        """The settings of the present state, for an address; None where they are too long for one."""
        if self.link_base is None or self.board is None:
            return None
        from workbench.jobs.session.link import settings_in_link

        return settings_in_link(self.link_base, self.rules.replace("instructors.by_responsible", self.instructors))

    def as_scenario(self, name: str) -> Scenario:
        """The present state as a scenario of its own, that leads to the same grouping and the same numbers."""
        if self.board is None:
            raise RuntimeError("nothing is open")
        from workbench.jobs.session.scenario_file import as_saved

        return as_saved(name, self.rules, self.instructors, self.board.grouping, solved=self._solved)

    def yaml_of(self, scenario: Scenario) -> str:
        """A scenario as a file for `workbench plan`."""
        from workbench.jobs.session.scenario_file import scenario_yaml

        named = self.register_name
        return scenario_yaml(scenario, replications=self.replications, seed=self.seed, register=named)
