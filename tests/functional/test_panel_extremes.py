"""Plans at their ends, in every panel with all that can be asked for: whole words, and no number that is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from tests.extremes import STRUCK
from tests.unit.views.panels.words import of_files
from workbench.inputs import Scenario, make_city
from workbench.jobs.session import Session, census
from workbench.views.panels import PANELS
from workbench.views.panels.planner import Planner

Plan = tuple[pd.DataFrame, dict[str, object]]


def city(organizations: int = 40, **columns: object) -> pd.DataFrame:
    return make_city(organizations, 3, seed=4).assign(**columns)


def lone(*, covered: bool) -> pd.DataFrame:
    register = city(30, has_branch=covered)
    return register.iloc[:1]


#: Each at an end: nobody, nothing, everything, one, no time.
ENDS: dict[str, Callable[[], Plan]] = {
    "no instructors": lambda: (city(), {"instructors.total": 0}),
    "one meeting, too late": lambda: (city(), {"committee.every_weeks": 20, "committee.first": "2027-08-31"}),
    "nothing heard": lambda: (city(), {"committee.agenda": 0}),
    "everything covered": lambda: (city(has_branch=True, mass_org=True), {}),
    "nothing covered": lambda: (city(has_branch=False), {"targets.organization": 1.0}),
    "one organization": lambda: (lone(covered=False), {}),
    "one, covered": lambda: (lone(covered=True), {}),
    "no members": lambda: (city(full_members=0, has_branch=False), {}),
    "deadline tomorrow": lambda: (city(), {"calendar.deadline": "2027-08-03", "calendar.review": "2027-08-02"}),
    "no places": lambda: (city(x_km=float("nan"), y_km=float("nan")), {}),
    "names as formulas": lambda: (city(name="=1+1 $a_b$ <b>x</b>", street="a$b$c"), {}),
}


def all_asked(register: pd.DataFrame, rules: Scenario) -> Planner:
    """The page with everything on it."""
    session = Session(language="zh", replications=40, seed=3, today=date(2027, 8, 2))
    session.open(register, rules)
    session.jobs.settle()
    assert session.ready, session.message
    frame = Planner(session)
    for name in PANELS:
        frame.open_panel(name)
    return frame


def spoken(frame: Planner) -> list[str]:
    wrong = []
    for language in ("zh", "en"):
        frame.session.speak(language)
        for name in PANELS:
            frame.open_panel(name)
            wrong += [f"{language}, {name}: {each}" for each in of_files(frame.view, but=("a$b$c", "a_b"))]
    return wrong


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A census is told in the same words however many outcomes it has."""
    monkeypatch.setattr(census, "OUTCOMES", 6)
    monkeypatch.setattr(census, "CAMPAIGNS", 10)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("end", ENDS)
def test_at_its_ends_a_plan_is_told_in_whole_words(end: str) -> None:
    register, changes = ENDS[end]()
    frame = all_asked(register, Scenario().replace({"measures": STRUCK, **changes}))
    panels, session = frame.panels, frame.session
    assert spoken(frame) == []
    first = session.board.responsible_units[0]
    session.optimise()
    session.jobs.settle()
    session.keep("A")
    session.move(first, session.instructors[first] + 1)
    session.keep("B")
    for press in (
        panels["compare"].state.compare, session.explain, panels["reach"].census.state.find,
        panels["measures"].state.find, lambda: panels["files"].state.prepare("A"),
    ):  # fmt: skip
        with session.guarded():
            press()
        session.jobs.settle()
        told = session.message
        assert told is None or told.level != "fault", told.words
    packages = list(panels["measures"].state.packages)
    panels["measures"].tick(packages[0] if packages else ())
    session.jobs.settle()
    assert spoken(frame) == []
