"""What a campaign under way keeps for its measures gives each the set-up that it would have had by itself."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

import workbench as wb
from workbench.jobs.campaign import read_quietly
from workbench.planning.measures import FromToday, Measure
from workbench.shipped import shipped
from workbench.simulation.start import prepare_from

PLACE = shipped() / "data/campaign"
DAY = date(2027, 8, 13)
SATURDAYS = {"calendar.weekmask": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]}
#: Each asks for other cases at first, for other days of the same dates, for both, or for neither.
CHANGES = (
    {"policy.two_members": "joint"},
    SATURDAYS,
    {"policy.two_members": "joint"} | SATURDAYS,
    {"instructors.caseload": 9},
)


@pytest.fixture(scope="module")
def under_way() -> FromToday:
    scenario = wb.read_scenario(PLACE / "scenarios/campaign.yaml").replace("cases.assisted.preparation", {"fixed": 40})
    register = read_quietly(PLACE / f"registers/register_{DAY}.csv")
    experiment = FromToday(register, scenario, wb.group(register, scenario), DAY, replications=2)
    assert experiment.setup is experiment.setup
    return experiment


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: "+".join(change))
def test_a_measure_s_set_up_is_its_own(under_way, change) -> None:
    changed = under_way.changed([Measure("change", change, "decision")])
    kept = under_way.from_today(changed)
    anew = prepare_from(*changed, DAY, planned=under_way.present.grouping)
    assert kept.instructors == anew.instructors
    for part in ("slots", "start", "cases", "priority", "lead_unit", "meeting_start"):
        assert pickle.dumps(getattr(kept, part)) == pickle.dumps(getattr(anew, part)), part


def test_the_changes_ask_for_different_cases(under_way) -> None:
    """Else the test above could not tell one's cases from another's: long visits take instructors along."""
    present, joint = (under_way.from_today(under_way.changed([Measure("change", change, "decision")] if change else []))
                      for change in ({}, CHANGES[0]))  # fmt: skip
    assert present.instructors != joint.instructors
