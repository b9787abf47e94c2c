"""A small city on the panels, opened once; tests get sessions of their own on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module

import pandas as pd
import pytest

from workbench.grouping import Grouping, group, grouping_fingerprint
from workbench.inputs import Scenario
from workbench.inputs.register import frame_fingerprint
from workbench.jobs.session.session import Session
from workbench.planning.measures import Measures

REPLICATIONS, SEED = 40, 3


@pytest.fixture(scope="session")
def small_rules() -> Scenario:
    """Few instructors, branches counted on approval, meetings every week: every part of the answer moves."""
    return Scenario().replace(
        {
            "instructors.total": 14,
            "committee.every_weeks": 1,
            "policy.counted_from": "approved",
            "targets.organization": 0.5,
        }
    )


@pytest.fixture(scope="session")
def small_grouping(hamlet: pd.DataFrame, small_rules: Scenario) -> Grouping:
    return group(hamlet, small_rules, seed=SEED)


@pytest.fixture
def opened(hamlet: pd.DataFrame, small_rules: Scenario) -> Callable[..., Session]:
    """Opens a session on the hamlet; without a grouping it finds its own."""

    def make(grouping: Grouping | None = None, language: str = "en", **changes: object) -> Session:
        session = Session(language=language, replications=REPLICATIONS, seed=SEED, today=date(2027, 8, 2))
        rules = small_rules.replace({key.replace("__", "."): value for key, value in changes.items()})
        session.open(hamlet, rules, grouping)
        session.jobs.settle()
        assert session.message is None, session.message.words
        return session

    return make


@pytest.fixture
def search_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search the measures of a campaign once for all tests that ask what becomes of the answer: it is always the same.

    A campaign that was not searched yet is searched as ever.
    """
    # The function of this name stands before its module in the package.
    planning = import_module("workbench.planning.measures")
    monkeypatch.setattr(planning, "measures", partial(remembered, planning.measures))


#: Answers to a search, by the campaign that was searched and its sample.
ANSWERS: dict[tuple[object, ...], Measures] = {}


def remembered(search: Callable[..., Measures], *campaign, progress, **sample) -> Measures:
    """The answer for a campaign, searched for when it is asked for the first time."""
    register, scenario, grouping = campaign
    key = frame_fingerprint(register), scenario.fingerprint, grouping_fingerprint(grouping), *sorted(sample.items())
    if key not in ANSWERS:
        ANSWERS[key] = search(*campaign, progress=progress, **sample)
    return ANSWERS[key]


@pytest.fixture
def session(opened: Callable[..., Session]) -> Session:
    return opened()
