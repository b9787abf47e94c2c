"""Made once a run: a hamlet with every kind of case, under the default scenario. Tests change copies of it."""

from __future__ import annotations

import gc

import pandas as pd
import pytest

from workbench.grouping import Grouping, group
from workbench.inputs import Scenario, make_city
from workbench.simulation import Outcome, Trace, simulate, trace

#: Objects made before Python looks for circles among them: by default 700, and a tenth of all tests' time is spent
#: walking modules that stay anyway.
gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def hamlet() -> pd.DataFrame:
    """90 organizations in 4 streets; all five kinds of cases, dormant organizations, and some without a supervisor."""
    city = make_city(90, 4, seed=1, hosts=0.6, dormant=0.05)
    return city.assign(supervisor=city["supervisor"].where(city["supervisor"] != city["supervisor"].iloc[0]))


@pytest.fixture(scope="session")
def plan() -> Scenario:
    """The default scenario, with few instructors and short agendas so that cases wait at every stage."""
    return Scenario().replace({"instructors.total": 9, "committee.agenda": 3, "committee.every_weeks": 1})


@pytest.fixture(scope="session")
def joined(hamlet: pd.DataFrame, plan: Scenario) -> Grouping:
    """Who joins whom in the hamlet."""
    return group(hamlet, plan)


@pytest.fixture(scope="session")
def outcome(hamlet: pd.DataFrame, plan: Scenario, joined: Grouping) -> Outcome:
    """30 replications of the hamlet under seed 7."""
    return simulate(hamlet, plan, joined, replications=30, seed=7)


@pytest.fixture(scope="session")
def traces(hamlet: pd.DataFrame, plan: Scenario, joined: Grouping) -> list[Trace]:
    """The same replications, case by case."""
    return [trace(hamlet, plan, joined, replication=r, seed=7) for r in range(30)]
