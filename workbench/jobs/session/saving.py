"""A session's work as plain data, and back: what autosave writes, and what is carried over to another register.

States are saved by what leads to them, not by what came of them: a scenario that is solved to the same grouping, the
instructors that were moved, the total. Scenarios that several states share are written once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench.errors import WorkbenchError
from workbench.jobs.session.scenario_file import as_saved, held, scenario_yaml
from workbench.jobs.session.states import KeptPlan, Step
from workbench.labels import text

if TYPE_CHECKING:
    import pandas as pd

    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.jobs.session.board import Answer, Board
    from workbench.jobs.session.session import Session
    from workbench.jobs.session.threads import Ticket

#: Of the format; another one is not read.
VERSION = 1
#: Steps that are saved: those before are gone after a reload.
MOST_SAVED = 20
#: What a step names scenarios for, by their number.
ROLES = ("rules", "leads")


class Revived(NamedTuple):
    """Work that was taken up again; `lost` names kept plans that the register does not allow."""

    rules: Scenario
    first: Scenario
    board: Board
    answer: Answer
    baseline: Answer
    now: Step
    steps: list[Step]
    undone: list[Step]
    kept: dict[str, KeptPlan]
    lost: list[str]


def snapshot(session: Session) -> dict[str, Any]:
    """What there is to save of a session that is ready; plain data, to be written as JSON."""
    if session.board is None or session.begun is None:
        raise RuntimeError("nothing is open")
    scenarios: list[Scenario] = []
    held_of: dict[tuple[int, str], Scenario] = {}

    def number(scenario: Scenario) -> int:
        for turn, known in enumerate(scenarios):
            if known is scenario or known == scenario:
                return turn
        scenarios.append(scenario)
        return len(scenarios) - 1

    def leads_to(step: Step) -> Scenario:
        """The rules that `group` finds a step's grouping from."""
        if step.leads is not None:
            return step.leads
        if step.solved or step.grouping is None:
            return step.rules
        key = (id(step.grouping), step.rules.fingerprint)
        if key not in held_of:
            held_of[key] = held(step.rules, step.grouping)
        return held_of[key]

    def plain(step: Step) -> dict[str, Any]:
        return {
            "rules": number(step.rules),
            "leads": number(leads_to(step)),
            "own": step.own,
            "total": step.total,
            "solved": step.solved,
        }

    steps, undone = session.steps
    written: dict[str, Any] = {
        "version": VERSION,
        "at": datetime.now().isoformat(timespec="minutes"),
        "first": number(session.begun),
        "now": plain(session.present),
        "steps": [plain(step) for step in steps[-MOST_SAVED:]],
        "undone": [plain(step) for step in undone[-MOST_SAVED:]],
        "kept": {name: plain(state.step) for name, state in session.kept.items()},
        "keep_total": session.keep_total,
        "panels": session.memory.saved(),
    }
    written["scenarios"] = [scenario.model_dump(mode="json", by_alias=True) for scenario in scenarios]
    return written


def contents(saved: Mapping[str, Any] | None) -> dict[str, str]:
    """What is written of each kept plan, whatever numbers its scenarios have: two plans are alike where this is."""
    told = saved or {}
    return {
        name: json.dumps({**plain, **{role: told["scenarios"][plain[role]] for role in ROLES}}, sort_keys=True)
        for name, plain in told.get("kept", {}).items()
    }


def another_name(name: str, taken: Callable[[str], bool]) -> str:
    """A name after this one that no plan has."""
    return next(again for n in count(2) if not taken(again := text("panel.kept_again", name=name, number=n)))


def with_others(
    saved: dict[str, Any], there: Mapping[str, Any] | None, ever: Iterable[str], seen: Mapping[str, str]
) -> dict[str, Any]:
    """Work with the plans that another page of the visitor's has saved meanwhile: none is lost.

    Parameters
    ----------
    saved
        as `snapshot` gave it.
    there
        what is saved by now.
    ever
        names of all plans that were ever kept here, and maybe dropped.
    seen
        `contents` as they were when this page last looked.
    """
    scenarios, kept, own = list(saved["scenarios"]), dict(saved["kept"]), set(ever)
    ours, theirs = contents(saved), contents(there)
    for name, plain in (there or {}).get("kept", {}).items():
        if theirs[name] in (seen.get(name), ours.get(name)) and (name in kept or name in own):
            continue  # as it was: it is replaced or dropped here, or stays
        put = name
        if name in kept and ours[name] != seen.get(name):  # both pages have kept one since
            if theirs[name] in ours.values():
                continue
            put = another_name(name, {*kept, *theirs}.__contains__)
        kept[put] = dict(plain)
        for role in ROLES:
            kept[put][role] = len(scenarios)
            scenarios.append(there["scenarios"][plain[role]])  # type: ignore[index]  # it has plans, so it is there
    return {**saved, "scenarios": scenarios, "kept": kept}


class _Solver:
    """Boards for several states of one register; what they share is solved once."""

    def __init__(self, register: pd.DataFrame, replications: int, seed: int, ticket: Ticket) -> None:
        self.register, self.replications, self.seed, self.ticket = register, replications, seed, ticket
        self._groupings: dict[str, Grouping] = {}
        self._responses: Any = None

    def board(self, rules: Scenario, leads: Scenario) -> Board:
        from workbench.grouping import group
        from workbench.jobs.plan import plannable
        from workbench.jobs.session.board import Board

        fitting, _ = plannable(self.register, rules)
        fixed, _ = plannable(self.register, leads)
        key = repr((fixed.grouping, fixed.policy))
        if key not in self._groupings:
            self._groupings[key] = group(self.register, fixed, seed=self.seed, progress=self.ticket.grouping)
        self.ticket.check()
        made = Board(
            self.register, fitting, self._groupings[key],
            replications=self.replications, seed=self.seed, kept=self._responses, asked=rules,
        )  # fmt: skip
        self._responses = made.desk.kept
        return made


def revive(
    saved: Mapping[str, Any],
    register: pd.DataFrame,
    *,
    replications: int,
    seed: int,
    ticket: Ticket,
    free: Mapping[str, Any] | None = None,
    named: str | None = None,
) -> Revived:
    """Take saved work up again, on its register or on another one.

    Parameters
    ----------
    saved
        as `snapshot` gave it.
    register
        what to plan for.
    replications, seed, ticket
        of the session.
    free
        for another register: rules that name organizations, as they were before any was pinned.
    named
        what scenarios are to call the register.

    Raises
    ------
    WorkbenchError
        the work of the moment does not fit the register.
    """
    from workbench.inputs.scenario import Scenario

    changes = {**(free or {}), **({"register": named} if named is not None else {})}
    scenarios = [Scenario.model_validate(content) for content in saved["scenarios"]]
    if changes:
        scenarios = [scenario.replace(changes) for scenario in scenarios]
    solver = _Solver(register, replications, seed, ticket)

    def step(plain: Mapping[str, Any], units: tuple[str, ...]) -> Step:
        own = plain["own"]
        fits = own is None or set(own) == set(units)
        rules, leads = scenarios[plain["rules"]], scenarios[plain["leads"]]
        solved = bool(plain["solved"]) or bool(free)
        return Step(rules, own if fits else None, None, solved, int(plain["total"]), leads)

    now = saved["now"]
    rules = scenarios[now["rules"]]
    board = solver.board(rules, scenarios[now["leads"]])
    units = board.responsible_units
    present = step(now, units)._replace(grouping=board.grouping, leads=None)
    if present.own is None:
        present = present._replace(total=sum(board.given.values()))
    first = scenarios[saved["first"]]
    begun = board if first == rules else solver.board(first, first)
    kept: dict[str, KeptPlan] = {}
    lost: list[str] = []
    for name, plain in saved["kept"].items():
        state = step(plain, units)
        try:
            own_board = solver.board(state.rules, scenarios[plain["leads"]])
        except WorkbenchError:
            lost.append(name)
            continue
        answer = own_board.answer(state.own or own_board.given)
        scenario = as_saved(name, state.rules, answer.instructors, own_board.grouping, solved=state.solved)
        kept[name] = KeptPlan(
            name, scenario, own_board.grouping, answer, own_board.ceiling.value,
            state._replace(grouping=own_board.grouping, leads=None),
            scenario_yaml(scenario, replications=replications, seed=seed, register=named or ""),
        )  # fmt: skip
    return Revived(
        rules, first, board, board.answer(present.own or board.given), begun.answer(begun.given), present,
        [step(each, units) for each in saved["steps"]], [step(each, units) for each in saved["undone"]], kept, lost,
    )  # fmt: skip
