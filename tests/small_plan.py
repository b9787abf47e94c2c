"""One small plan that the tests of the views share; its register holds names that mean mischief."""

from __future__ import annotations

from functools import partial

import pandas as pd
import pytest

import workbench as wb
from workbench.inputs import make_city
from workbench.inputs.scenario.model import Scenario
from workbench.jobs.plan import Plan, make_plan
from workbench.labels import in_language

#: Names as a register could hold them: markup, a script, a formula, a link, a number.
MISCHIEF = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    "+86",
    "-1",
    "@SUM(A1)",
    "a & b < c",
    "http://x.example",
]


def quick_plan(register: pd.DataFrame, scenario: Scenario, **options: int) -> Plan:
    """A plan that tries sets of two measures at most: what is said of them does not hang on how many there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.jobs.plan.measures", partial(wb.measures, most=2))
        return make_plan(register, scenario, **options)


@pytest.fixture(scope="session")
def mischief_register():
    city = make_city(160, 6, seed=3)
    city["name"] = [MISCHIEF[turn % len(MISCHIEF)] for turn in range(len(city))]
    return wb.check_register(city)


@pytest.fixture(scope="session")
def small_scenario() -> Scenario:
    return Scenario.model_validate(
        {
            "name": "small",
            "title": {"zh": "<b>小城</b>", "en": "<b>Small</b>"},
            "instructors": {"total": 30},
            "sources": {
                "targets": "sourced: the plan",
                "census.late": "derived: from <i>two</i> figures",
                "cases": "assumed: nobody has measured it",
            },
        }
    )


@pytest.fixture(scope="session")
def small_plan(mischief_register, small_scenario) -> Plan:
    with in_language("en"):
        return quick_plan(mischief_register, small_scenario, replications=60, seed=1)


@pytest.fixture(params=["en", "zh"])
def either_language(request):
    with in_language(request.param):
        yield request.param
