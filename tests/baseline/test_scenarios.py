"""The numbers of the shipped scenarios, to six digits; and an outcome of the first file format: it loads for ever."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.baseline.regenerate import PINNED, SCENARIOS, change_lines, numbers
from workbench.simulation import load_outcome

CONTENT = json.loads(PINNED.read_text("utf-8"))
HELP = "if it is meant: python -m tests.baseline.regenerate, and a line under 'Numbers changed' in CHANGELOG.md"


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_numbers(path):
    assert numbers(path) == CONTENT["scenarios"][path.stem], HELP


def test_every_scenario_is_pinned_and_no_other():
    assert list(CONTENT["scenarios"]) == [path.stem for path in SCENARIOS]


def test_every_change_has_its_line():
    lines = change_lines()
    assert CONTENT["changes"] <= (0 if lines is None else len(lines)), HELP


def test_the_scenarios_tell_different_stories():
    """Where a scenario stands to the target is what the README says of it."""
    found = CONTENT["scenarios"]
    assert found["baseline"]["ceiling"] > 0.6 > found["baseline"]["organization_q95"]
    assert found["members_on_roll"]["ceiling"] < 0.6
    assert found["weekly_meetings"]["expected_organization"] > found["baseline"]["expected_organization"]
    assert found["low_start"]["expected_organization"] < found["baseline"]["expected_organization"]
    assert 0.2 <= found["reachable"]["probability_organization"] <= 0.8
    assert found["work_first"]["expected_work"] >= found["baseline"]["expected_work"]
    # Two members who must join others help to fill groups, but groups take longer.
    assert found["regulation_two_members"]["units_covered"] > found["baseline"]["units_covered"]
    assert found["regulation_two_members"]["expected_organization"] < found["baseline"]["expected_organization"]


# --- files of older versions --------------------------------------------------------------------------------

#: Written once by version 0.1.0; never write it again, or nothing is tested. Later formats get files of their own.
SCHEMA_1 = Path(__file__).with_name("outcome_schema_1.nc")


def test_an_outcome_of_format_1_loads_and_is_saved_as_today_s(tmp_path):
    old = load_outcome(SCHEMA_1)
    new = load_outcome(old.save(tmp_path / "outcome.nc"))
    assert new.dataset.identical(old.dataset)
    assert new.cases.equals(old.cases)
    assert new.scenario == old.scenario
    assert new.provenance == old.provenance


def test_an_outcome_of_format_1_loads():
    outcome = load_outcome(SCHEMA_1)
    assert (outcome.replications, outcome.total) == (6, 9)
    assert outcome.provenance["seed"] == 2027
    assert outcome.provenance["version"] == "0.1.0"
    at_deadline = {
        target: outcome.counts(target).isel(day=33).to_numpy().tolist() for target in ("organization", "work")
    }
    assert at_deadline == {"organization": [5, 5, 6, 6, 2, 6], "work": [8] * 6}
    assert outcome.dataset["responsible"].to_numpy().tolist() == ["东山镇", "河口街道"]
    assert outcome.dataset["organizations_with_branch"].isel(day=-1).to_numpy().tolist() == [[2, 5]] * 6
    assert outcome.probability().value == 0.0
    assert outcome.expected(by="2027-09-10") == pytest.approx(7 / 9)
    assert str(outcome.date_reaching(0.5)) == "2027-09-06"
    assert outcome.ceiling == pytest.approx(7 / 9)
    assert "6 replications" in outcome.summary()


def test_its_cases_stages_and_organizations_too():
    outcome = load_outcome(SCHEMA_1)
    cases = outcome.cases
    assert cases.index.tolist() == ["挂靠", "空白", "机构甲", "机构乙", "单位一"]
    assert cases["kind"].tolist() == ["attached", "outreach", "standalone", "assisted", "joint"]
    assert cases["units"].tolist() == [1, 1, 1, 1, 3]
    assert cases["p_formed"].round(6).tolist() == [1.0, 0.0, 0.5, 0.0, 0.833333]
    assert cases["formed_mean"].round(6).tolist()[2:] == [32.166667, 36.0, 30.0]
    assert cases["formed_q90"].tolist()[2:] == [38.0, 39.0, 37.0]
    assert np.isnan(cases["formed_q50"].iloc[1])
    by_supervisor = outcome.breakdown("supervisor")
    assert by_supervisor["expected"].to_dict() == {"(none given)": 1.0, "市文化局": 2.5, "市民政局": 1.5}
    assert outcome.breakdown("tier")["organizations"].to_dict() == {"branch": 1, "T3": 2, "T2": 1, "T1": 4, "T0": 1}
    assert outcome.breakdown("kind").loc["none", "organizations"] == 1
    waits = outcome.waits.round(6)
    assert waits.loc["joint"].tolist() == [0.012602, 9.271695, 2.0, 6.808596]
    assert np.isfinite(outcome.utilisation).all()


def test_its_scenario_too():
    scenario = load_outcome(SCHEMA_1).scenario
    assert (scenario.name, scenario.targets.organization, scenario.discipline) == (
        "first",
        0.7,
        ("joint", "standalone"),
    )
    assert scenario.instructors.by_responsible == {"河口街道": 1}
    assert str(scenario.instructors.arrivals[0].from_) == "2027-08-02"
    assert scenario.cases.of("standalone").preparation.parameters == (2.0, 3.0, 9.0)
    assert scenario.committee.by_responsible["东山镇"].agenda is None
    assert str(scenario.calendar.horizon) == "2027-09-10"
