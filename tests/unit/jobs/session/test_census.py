"""The census of the plan that is open."""

from __future__ import annotations

import pytest

from workbench.jobs.session import CensusWork
from workbench.jobs.session import census as module
from workbench.planning.census import simulate_census


@pytest.fixture
def state(session, monkeypatch) -> CensusWork:
    monkeypatch.setattr(module, "OUTCOMES", 6)
    monkeypatch.setattr(module, "CAMPAIGNS", 10)
    return CensusWork(session)


def test_chances_that_are_entered_are_rules_and_can_be_undone(state, session) -> None:
    assert state.chances == (0.0, 0.0)
    state.expect(0.2, 0.05)
    session.jobs.settle()
    assert state.chances == (0.2, 0.05)
    assert session.rules.census.discovery.chance == 0.2
    session.undo()
    session.jobs.settle()
    assert state.chances == (0.0, 0.0)


def test_it_finds_what_the_package_finds_and_holds_no_longer_than_the_plan(state, session, hamlet) -> None:
    state.expect(0.2, 0.0)
    session.jobs.settle()
    state.find()
    session.jobs.settle()
    alone = simulate_census(
        hamlet, session.scenario, session.board.grouping, outcomes=6, replications=10, seed=session.seed
    )
    assert state.found.table.equals(alone.table)
    assert state.found.probability == alone.probability
    assert set(state.values.columns) >= {"value", "members", "responsible"}
    session.share_out("equal")
    assert state.found is None
    assert state.values is None


def test_what_else_the_scenario_says_of_the_census_stays(opened, monkeypatch) -> None:
    said = {"chance": 0.1, "more": {1: 0.5, 2: 0.5}, "by": {"kind": {"service": {"chance": 0.3}}}}
    session = opened(census__discovery=said)
    state = CensusWork(session)
    state.expect(0.2, 0.1)
    session.jobs.settle()
    law = session.rules.census.discovery
    assert (law.chance, law.fewer, dict(law.more)) == (0.2, 0.1, {1: 0.5, 2: 0.5})
    assert law.of("service").chance == 0.3
