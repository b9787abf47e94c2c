"""Opening a plan: read, join, simulate; from files or from what a notebook has already."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from workbench.errors import RegisterWarning, ScenarioError, WorkbenchError
from workbench.grouping import group
from workbench.grouping.answer import Grouping
from workbench.inputs.register import inspect, read_register
from workbench.inputs.scenario import Scenario, read_scenario
from workbench.jobs.plan import plannable
from workbench.jobs.session.board import Answer, Board
from workbench.jobs.session.link import settings_from_link
from workbench.jobs.session.saving import Revived, revive
from workbench.jobs.session.threads import Ticket
from workbench.labels import text
from workbench.shipped import shipped

#: Sentences in the language in use.
Told = Callable[[], Sequence[str]]


class Opened(NamedTuple):
    """A plan that was read and simulated; `rules` as they were asked for.

    What to mind about it is `told` in the language in use, whenever it is asked for.
    """

    register: pd.DataFrame
    rules: Scenario
    board: Board
    answer: Answer
    told: list[Told]
    asked: Scenario
    revived: Revived | None = None


def read_and_plan(
    register: pd.DataFrame | str | Path | None,
    scenario: Scenario | str | Path,
    grouping: Grouping | None,
    replications: int,
    seed: int,
    ticket: Ticket,
    named: str | None = None,
    uploaded: bool = False,
    saved: Mapping[str, Any] | None = None,
    free: Mapping[str, Any] | None = None,
    settings: str | None = None,
) -> Opened:
    """Read what is not read yet, join, simulate; the scenario calls the register `named`.

    A scenario that was `uploaded` may name shipped scenarios, and no other file of this machine. Work that was `saved`
    is taken up again, on another register with the rules `free` that name organizations.

    Raises
    ------
    RegisterError, ScenarioError, InfeasibleError
        what is wrong with the files, or with both together.
    """
    if isinstance(scenario, Scenario):
        rules = scenario
    else:
        # The scenarios that came with the workbench are the only files that an uploaded one may name.
        rules = read_scenario(scenario, shipped=shipped() / "scenarios" if uploaded else None)
    asked, notes = rules, list[Told]()
    if settings and saved is None:
        try:
            rules = rules.replace(settings_from_link(settings))
        except (ScenarioError, ValueError):
            notes.append(lambda: [text("panel.link_unreadable")])
    if named is None and isinstance(register, (str, Path)):
        named = Path(register).name
    if named is not None:
        rules = rules.replace("register", named)
    if register is None:
        register = rules.register_file
        if register is None:
            raise ScenarioError(text("error.no_register", scenario=rules.name))
    table, odd = (register, []) if isinstance(register, pd.DataFrame) else _read(register)
    notes += odd
    ticket.check()
    if saved is not None:
        try:
            revived = revive(
                saved, table, replications=replications, seed=seed, ticket=ticket, free=free, named=named
            )  # fmt: skip
        except (WorkbenchError, KeyError, TypeError, ValueError, IndexError) as fault:
            reason = str(fault) if isinstance(fault, WorkbenchError) else "–"
            notes.append(lambda: [text("panel.not_revived", reason=reason)])
        else:
            now = revived.rules
            notes.append(lambda: plannable(table, now)[1])
            if free is None:
                at = str(saved.get("at", "")).replace("T", " ")
                notes.append(lambda: [text("panel.revived", at=at)])
            if revived.lost:
                lost = revived.lost
                notes.append(lambda: [text("panel.kept_lost", names=text("panel.and").join(lost))])
            return Opened(table, revived.rules, revived.board, revived.answer, notes, asked, revived)
    fitting, _ = plannable(table, rules)
    notes.append(lambda: plannable(table, rules)[1])
    if grouping is None:
        grouping = group(table, fitting, seed=seed, progress=ticket.grouping)
    ticket.check()
    board = Board(table, fitting, grouping, replications=replications, seed=seed, asked=rules)
    return Opened(table, rules, board, board.answer(board.given), notes, asked)


def _read(path: str | Path) -> tuple[pd.DataFrame, list[Told]]:
    """A register, and what in it breaks no rule but is probably not meant: on a page nobody hears Python's warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RegisterWarning)
        table = read_register(path)
    count = len(inspect(table))
    return table, [lambda: [text("panel.register_odd", count=count)]] if count else []
