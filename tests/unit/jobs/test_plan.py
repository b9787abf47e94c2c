"""The main job works out each scenario once, however many questions it asks of it."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.jobs.plan import make_plan
from workbench.planning import allocate, explain_gap, last_safe_dates, measures
from workbench.simulation import prepare, simulate


@pytest.fixture
def prepared(monkeypatch):
    """Whatever is prepared from here on, by what it is prepared of."""
    module = sys.modules["workbench.simulation.setup.prepare"]
    original, calls = module.prepare, []

    def counted(register, scenario, grouping=None, **more):
        calls.append((scenario.fingerprint, id(register), id(grouping)))
        return original(register, scenario, grouping, **more)

    for name, each in list(sys.modules.items()):
        if name.startswith("workbench") and getattr(each, "prepare", None) is original:
            monkeypatch.setattr(each, "prepare", counted)
    return calls


def test_one_plan_prepares_its_scenario_once(prepared):
    city, scenario = make_city(60, 3, seed=1), Scenario()
    plan = make_plan(city, scenario, replications=10)
    own = scenario.fingerprint, id(city), id(plan.grouping)
    times = Counter(prepared)
    assert times[own] == 1
    # A set of measures is worked out once for the sample; those that are told once more for their fresh replications.
    twice = [each for each, count in times.items() if count > 1]
    assert max(times.values()) <= 2
    assert len(twice) <= len(plan.measures.front) + 2


def test_what_is_prepared_is_taken_as_it_is(prepared):
    city, scenario = make_city(60, 3, seed=1), Scenario().replace("instructors.total", 6)
    plain = {"grouping": group(city, scenario), "replications": 10}
    given = plain | {"setup": prepare(city, scenario, plain["grouping"])}
    assert simulate(city, scenario, **given).expected() == simulate(city, scenario, **plain).expected()
    assert allocate(city, scenario, total=5, **given).instructors.equals(
        allocate(city, scenario, total=5, **plain).instructors
    )
    assert last_safe_dates(city, scenario, **given).table.equals(last_safe_dates(city, scenario, **plain).table)
    assert explain_gap(city, scenario, **given).table.equals(explain_gap(city, scenario, **plain).table)


def test_another_scenario_s_set_up_is_refused():
    city, scenario = make_city(60, 3, seed=1), Scenario()
    setup = prepare(city, scenario.replace("instructors.total", 3))
    for function in (simulate, explain_gap, last_safe_dates, measures):
        with pytest.raises(ValueError, match="setup: belongs to another scenario"):
            function(city, scenario, replications=10, setup=setup)
    with pytest.raises(ValueError, match="setup: belongs to another register"):
        simulate(city.iloc[:20], setup.scenario, replications=10, setup=setup)
