"""A small city on the panels, opened once; tests get sessions of their own on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from workbench.grouping import Grouping, group
from workbench.inputs import Scenario
from workbench.jobs.session.session import Session

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
def session(opened: Callable[..., Session]) -> Session:
    return opened()
