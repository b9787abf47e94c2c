"""Where cases stand by the dates of a register: one example of each rule of MODEL §10, and what is not known yet."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.cities import placed
from workbench.arguments import as_date
from workbench.errors import ArgumentError
from workbench.grouping import group
from workbench.inputs import Scenario, check_register
from workbench.inputs.fit import is_dated
from workbench.labels import in_language
from workbench.planning.forecast import forecast
from workbench.simulation import prepare
from workbench.simulation.kernels import hashes
from workbench.simulation.setup import BEFORE, NOT_YET, Placement
from workbench.simulation.start import date_findings, known_by, prepare_from, states

# 15 July 2027 is working day 0, a Thursday; 2 August is day 12, 9 August day 17, 16 August day 22.
SCENARIO = Scenario.model_validate({"calendar": {"holidays": None}})
NOTHING: dict[str, Any] = {"has_branch": False, "has_instructor": False, "has_mass_org": False}


def register(rows: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Organizations of one street, three members each unless they say otherwise."""
    plain = {"street": "s", "full_members": 3, **NOTHING}
    return check_register(pd.DataFrame([{"org_id": name, **plain, **row} for name, row in rows.items()]))


def found(rows: dict[str, dict[str, Any]], as_of: str) -> dict[str, tuple[str, float | None, int]]:
    frame = states(register(rows), SCENARIO, None, as_of=as_of)
    return {
        row.case: (row.state, None if math.isnan(row.since) else row.since, row.attempts_before)
        for row in frame.itertuples()
    }


def test_one_of_each() -> None:
    rows = {
        "formed": {"has_branch": True, "branch_on": "2027-08-09"},
        "had one": {"has_branch": True},
        "approved": {"attempt_on": "2027-08-02", "filed_on": "2027-08-06", "approved_on": "2027-08-10"},
        "filed": {"attempt_on": "2027-08-02", "filed_on": "2027-08-06", "attempts": 1},
        "in work": {"attempt_on": "2027-08-02", "attempts": 1},
        "waiting": {"attempts": 2},
        "given up": {"attempts": 3},
        "assigned": {"has_instructor": True, "instructor_on": "2027-08-02"},
    }
    assert found(rows, "2027-08-12") == {
        "approved": ("approved", 18.5, 0),
        "filed": ("filed", 16.5, 1),
        "in work": ("in_work", 12.5, 1),
        "waiting": ("waiting", None, 2),
        "given up": ("abandoned", None, 3),
        "assigned": ("waiting", None, 0),
    }


def test_later_dates_are_not_known_yet() -> None:
    rows = {
        "a": {
            **{"attempt_on": "2027-08-02", "filed_on": "2027-08-06", "approved_on": "2027-08-10"},
            **{"branch_on": "2027-08-13", "has_branch": True, "attempts": 1},
        }
    }
    assert found(rows, "2027-07-30") == {"a": ("waiting", None, 0)}
    assert found(rows, "2027-08-02") == {"a": ("in_work", 12.5, 1)}
    assert found(rows, "2027-08-09") == {"a": ("filed", 16.5, 1)}
    assert found(rows, "2027-08-12") == {"a": ("approved", 18.5, 1)}
    assert found(rows, "2027-08-13") == {}


def test_a_date_on_a_day_off_counts_on_the_working_day_before() -> None:
    # 7 and 8 August are a Saturday and a Sunday; the 6th is day 16. Monday, day 17, is where a forecast begins then.
    rows = {"a": {"attempt_on": "2027-08-08"}, "b": {"attempt_on": "2027-07-10"}}
    assert found(rows, "2027-08-07")["a"] == ("waiting", None, 0)
    assert found(rows, "2027-08-08") == {"a": ("in_work", 16.5, 0), "b": ("in_work", -0.5, 0)}
    for as_of, t0 in (("2027-08-06", 17.0), ("2027-08-08", 17.0), ("2027-08-09", 18.0), ("2027-07-01", 0.0)):
        assert known_by(register(rows), SCENARIO, date.fromisoformat(as_of)).t0 == t0


def test_outreach_ends_with_a_mass_organization() -> None:
    rows = {
        "begun": {"full_members": 0, "attempt_on": "2027-07-27", "has_instructor": True, "instructor_on": "2027-07-27"},
        "done": {"full_members": 0, "has_mass_org": True, "mass_org_on": "2027-08-03"},
        "looked after": {"full_members": 0, "has_instructor": True},
        "assigned": {"full_members": 0, "has_instructor": True, "instructor_on": "2027-08-02"},
    }
    assert found(rows, "2027-08-02") == {
        "begun": ("in_work", 8.5, 0),
        "done": ("waiting", None, 0),
        "assigned": ("waiting", None, 0),
    }
    assert set(found(rows, "2027-08-03")) == {"begun", "assigned"}


def test_what_has_happened_is_counted_on_its_day() -> None:
    rows = {
        "formed": {
            "has_branch": True,
            "branch_on": "2027-08-09",
            "has_instructor": True,
            "instructor_on": "2027-08-02",
        },
        "had one": {"has_branch": True},
        "begun": {"attempt_on": "2027-08-05"},
        "failed": {"attempts": 1},
        "idle": {},
    }
    setup = prepare_from(register(rows), SCENARIO, None, "2027-08-12")
    assert setup.start is not None
    names = list(setup.cases.organizations.index)
    assert dict(zip(names, setup.start.branch_day, strict=True)) == {
        **dict.fromkeys(rows, NOT_YET),
        "formed": 17,
        "had one": BEFORE,
    }
    # A failed attempt whose date nobody wrote down was made on the last day before t0 at the latest: day 20.
    assert dict(zip(names, setup.start.work_day, strict=True)) == {
        "formed": 12,
        "had one": BEFORE,
        "begun": 15,
        "failed": 20,
        "idle": NOT_YET,
    }
    assert setup.cases.organizations["worked"].to_dict() == {name: name != "idle" for name in names}


def test_who_has_a_branch_leaves_the_group() -> None:
    places = {"x": 0.0, "y": 0.0, "full_members": 1}
    rows = {name: dict(places) for name in "abcd"}
    plain = register(rows)
    scenario = SCENARIO.replace("grouping.facilities", ["peer"])
    grouping = group(plain, scenario)
    (lead,) = set(grouping.assignment["facility_id"])
    other = next(name for name in "abcd" if name != lead)
    formed = {"has_branch": True, "branch_on": "2027-08-09"}
    one_less = states(register(rows | {other: rows[other] | formed}), scenario, grouping, as_of="2027-08-09")
    assert one_less[["case", "kind", "units"]].to_numpy().tolist() == [[lead, "joint", 3]]
    dissolved = states(register(rows | {lead: rows[lead] | formed}), scenario, grouping, as_of="2027-08-09")
    assert set(dissolved["kind"]) == {"outreach"}
    assert len(dissolved) == 3


def test_instructors_stay_where_they_were_sent() -> None:
    """Those that are shared by need are shared by the cases of the first day, whoever is formed since."""
    rows = {f"{street}{i}": {"street": street} for street in "st" for i in range(6)}
    before = prepare(register(rows), SCENARIO, None).instructors
    for name in rows:
        if name.startswith("s"):
            rows[name] |= {"has_branch": True, "branch_on": "2027-08-09"}
    assert prepare_from(register(rows), SCENARIO, None, "2027-08-12").instructors == before


def test_a_register_with_dates_from_the_start_on_is_one_of_a_campaign_under_way() -> None:
    assert not is_dated(register({"a": {}, "b": {"has_branch": True, "branch_on": "2019-05-01"}}), SCENARIO)
    assert is_dated(register({"a": {"surveyed_on": "2027-07-20"}}), SCENARIO)


def test_a_day_is_a_day() -> None:
    assert as_date(pd.Timestamp("2027-08-20 13:00")) == as_date("2027-08-20") == date(2027, 8, 20)
    for wrong in ("soon", 20270820, None, np.nan, True):
        with pytest.raises(ArgumentError, match="as_of"):
            as_date(wrong)


def test_odd_dates_are_told_with_their_place() -> None:
    rows = {
        "early": {"attempt_on": "2027-07-01"},
        "old branch": {"has_branch": True, "branch_on": "2019-05-01"},
        "sunday": {"attempt_on": "2027-08-08"},
        "undated": {"has_branch": True, "filed_on": "2027-08-06"},
        "tried": {"attempts": 1},
        "sent": {"attempts": 1, "has_instructor": True, "instructor_on": "2027-08-03"},
        "later": {"attempt_on": "2027-08-12"},
    }
    told = date_findings(register(rows), SCENARIO, None, "2027-08-10")
    assert told[["org_id", "column"]].to_numpy().tolist() == [
        ["early", "attempt_on"],
        ["sunday", "attempt_on"],
        ["tried", "attempts"],
        ["undated", "branch_on"],
    ]
    assert "2027-08-06" in told.set_index("org_id").loc["sunday", "rule"]
    weekly = date_findings(register(rows), SCENARIO, None, "2027-08-10", weekly=True)
    assert set(weekly["org_id"]) - set(told["org_id"]) == {"later"}
    assert date_findings(register({"a": {}}), SCENARIO, None).empty


def test_units_that_tell_another_state_than_their_lead_are_told() -> None:
    rows = {name: {"x": 0.0, "y": 0.0, "full_members": 1} for name in "abcd"}
    scenario = SCENARIO.replace("grouping.facilities", ["peer"])
    grouping = group(register(rows), scenario)
    (lead,) = set(grouping.assignment["facility_id"])
    begun = {name: row | {"attempt_on": "2027-08-05"} for name, row in rows.items()}
    assert date_findings(register(begun), scenario, grouping, "2027-08-10").empty
    other = next(name for name in rows if name != lead)
    told = date_findings(register(begun | {other: rows[other]}), scenario, grouping, "2027-08-10")
    assert told["org_id"].tolist() == [other]
    assert lead in told["rule"].item()
    # What is kept with a forecast is said in the language of whoever reads it.
    with in_language("zh"):
        kept = forecast(register(begun | {other: rows[other]}), scenario, grouping, "2027-08-10", replications=2)
    for said, states_ in (("zh", ("待办", "在办")), ("en", ("waiting", "in work"))):
        with in_language(said):
            (finding,) = kept.findings
            assert all(word in str(finding) for word in states_)
    formed = begun | {lead: begun[lead] | {"has_branch": True, "branch_on": "2027-08-09"}}
    left = date_findings(register(formed), scenario, grouping, "2027-08-10")
    assert set(left["org_id"]) == set(rows) - {lead}


def test_a_community_is_led_by_the_unit_of_the_least_hash():
    """Wherever the others stand by name (MODEL §4)."""
    rng = np.random.default_rng(0)
    for _ in range(30):
        units = [f"u{each:03d}" for each in rng.choice(1000, 6, replace=False)]
        home = dict(zip(units, ["s/a", "s/b"] * 3, strict=True))
        hash_of = dict(zip(units, hashes(np.array(units, dtype=object)).tolist(), strict=True))
        wanted = {name: min((each for each in units if home[each] == home[name]), key=hash_of.get) for name in units}
        rows = {name: {"community": home[name].removeprefix("s/"), "full_members": 1} for name in units}
        people = register(rows)
        found = Placement.of(people, placed(*((name, "community", home[name]) for name in units)))
        assert found is not None
        assert dict(zip(found.org_id, people.index[found.lead], strict=True)) == wanted
