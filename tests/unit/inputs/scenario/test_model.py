"""Scenarios in memory: defaults, changes, fingerprints, and every fault at once."""

import copy
import pickle
import re
from datetime import date, datetime

import numpy as np
import pytest

from workbench.errors import ScenarioError
from workbench.inputs.scenario.laws import EXAMPLE, Law
from workbench.inputs.scenario.model import Scenario
from workbench.inputs.scenario.sections import CASE_KINDS
from workbench.labels import in_language, table


def faults(values: dict) -> dict[str, str]:
    """Place -> code of everything that is wrong."""
    with pytest.raises(ScenarioError) as caught:
        Scenario.model_validate(values)
    return {fault.place: fault.code for fault in caught.value.faults}


def nested(path: str, value: object) -> dict:
    for key in reversed(path.split(".")):
        value = {key: value}
    return value


# -- defaults and changes --------------------------------------------------------


def test_a_partial_map_is_a_scenario() -> None:
    ours = Scenario.model_validate({"cases": {"joint": {"success": 0.5}}, "targets": {"work": 0.9}})
    assert ours.cases.joint.success == 0.5
    assert ours.cases.joint.preparation == Scenario().cases.joint.preparation
    assert (ours.targets.organization, ours.targets.work) == (0.60, 0.9)
    assert Scenario() == Scenario.model_validate({})


def test_cases_by_kind() -> None:
    rules = Scenario().cases
    assert [rules.of(kind).approval for kind in CASE_KINDS] == ["committee"] * 4 + ["none"]
    assert [rules.of(kind).election is None for kind in CASE_KINDS] == [False, False, False, True, True]


def test_uncertainty_that_is_written_starts_from_none() -> None:
    ours = Scenario.model_validate({"uncertainty": {"speed": {"uniform": [0.9, 1.1]}}})
    assert ours.uncertainty.speed == Law("uniform", (0.9, 1.1))
    assert ours.uncertainty.failure is None
    assert Scenario.model_validate({"uncertainty": {}}).drawn_parameters == {}


def test_replace_changes_one_thing_and_checks() -> None:
    ours = Scenario()
    more = ours.replace("instructors.total", np.int64(80))
    assert (more.instructors.total, ours.instructors.total) == (80, None)
    assert more.replace("instructors.total", None) == ours
    assert ours.replace("cases.joint.election", None).cases.joint.election is None
    assert ours.replace("cases.joint.election", 3).cases.joint.election == Law("fixed", (3.0,))
    steady = ours.replace("uncertainty.speed.pert", [0.9, 1, 1.1]).uncertainty
    assert steady.speed == Law("pert", (0.9, 1, 1.1))
    assert steady.failure == ours.uncertainty.failure is not None
    assert ours.replace("register", "other.csv").register_path == "other.csv"
    with pytest.raises(ScenarioError) as caught:
        ours.replace({"instructors.totl": 3, "calendar.start.x": 1, "census.late": 7})
    assert [fault.code for fault in caught.value.faults] == ["date", "between", "key_unknown_near"]


def test_replace_takes_several_that_only_fit_together() -> None:
    later = {
        "calendar.start": date(2028, 7, 15),
        "calendar.mobilisation": "2028-07-25",
        "calendar.census_end": "2028-07-31",
        "calendar.formation_opens": "2028-08-01",
        "calendar.review": "2028-08-16",
        "calendar.deadline": datetime(2028, 8, 31),
    }
    ours = Scenario().replace(later)
    assert ours.calendar.deadline == date(2028, 8, 31)
    assert ours.calendar.last == date(2028, 8, 31)


def test_replace_keeps_what_streets_have_not_written() -> None:
    streets = {"A": {"agenda": None}, "B": {"every_weeks": 1}}
    ours = Scenario.model_validate({"committee": {"by_responsible": streets}})
    again = ours.replace("committee.agenda", 3)
    assert (again.committee.of("A").agenda, again.committee.of("B").agenda) == (None, 3)
    assert (again.committee.of("B").every_weeks, again.committee.of("C").every_weeks) == (1, 2)


def test_a_scenario_does_not_change() -> None:
    ours = Scenario.model_validate({"instructors": {"by_responsible": {"A": 3}}})
    with pytest.raises(ValueError, match="frozen"):
        ours.instructors.total = 3
    with pytest.raises(TypeError, match="replace"):
        ours.instructors.by_responsible["A"] = 4
    with pytest.raises(TypeError, match="replace"):
        Scenario().grouping.pinned.update({"a": ("peer", "b")})


# -- what it is --------------------------------------------------------


def test_the_fingerprint_is_of_the_content() -> None:
    ours = Scenario()
    same = Scenario.model_validate(
        {
            "name": "x",
            "title": {"zh": "甲", "en": "A"},
            "register": "r.csv",
            "sources": {"targets": "assumed: x"},
            "targets": {"organization": 0.6, "work": 1},
            "grouping": {"facilities": ["peer", "host", "community"]},
            "cases": {"joint": {"retry_delay": 3, "success": {"fixed": 0.78}}},
        }
    )
    assert same.fingerprint == ours.fingerprint
    others = {"targets.work": 0.99, "discipline": ["joint"], "committee.agenda": None, "costs.instructor_month": 1}
    assert len({ours.fingerprint, *(ours.replace(*other).fingerprint for other in others.items())}) == 5
    assert same in {same}


def test_the_order_of_keys_says_nothing_and_that_of_arrivals_does() -> None:
    one = Scenario.model_validate({"instructors": {"by_responsible": {"A": 1, "B": 2}}})
    two = Scenario.model_validate({"instructors": {"by_responsible": {"B": 2, "A": 1}}})
    assert one.fingerprint == two.fingerprint
    arrivals = [{"responsible": "A", "count": 1}, {"responsible": "B", "count": 1, "from": "2027-08-01"}]
    there = Scenario.model_validate({"instructors": {"arrivals": arrivals}})
    back = Scenario.model_validate({"instructors": {"arrivals": arrivals[::-1]}})
    assert there.fingerprint != back.fingerprint
    assert there.instructors.arrivals[1].from_ == date(2027, 8, 1)


def test_a_scenario_travels() -> None:
    values = {
        "instructors": {"by_responsible": {"A": 3}},
        "discipline": ["joint", "outreach"],
        "calendar": {"holidays": ["2027-08-02"]},
    }
    ours = Scenario.model_validate(values)
    for other in (pickle.loads(pickle.dumps(ours)), copy.deepcopy(ours)):
        assert other == ours
        assert other.fingerprint == ours.fingerprint
    assert ours.discipline == ("joint", "outreach")


def test_what_is_drawn_once_a_replication() -> None:
    ours = Scenario.model_validate(
        {
            "census": {"late": {"uniform": [0, 0.2]}},
            "committee": {"notice": {"pert": [1, 2, 5]}},
            "cases": {
                "joint": {
                    "success": {"uniform": [0.6, 0.9]},
                    "per_km": {"uniform": [0, 0.1]},
                    "per_extra_unit": {"fixed": 0.2},
                }
            },
        }
    )
    names = [
        "speed",
        "failure",
        "absence",
        "approval_delay",
        "census.late",
        "cases.joint.per_km",
        "cases.joint.success",
        "committee.notice",
    ]
    assert list(ours.drawn_parameters) == names
    late = ours.replace("uncertainty.late", {"uniform": [0.1, 0.3]}).drawn_parameters
    assert "census.late" not in late
    assert late["late"] == Law("uniform", (0.1, 0.3))


def test_the_label_speaks_the_language_in_use() -> None:
    ours = Scenario.model_validate({"name": "n", "title": {"zh": "甲", "en": "A"}})
    with in_language("zh"):
        assert ours.label == "甲"
    with in_language("en"):
        assert ours.label == "A"
    assert Scenario.model_validate({"name": "n"}).label == "n"


# -- faults --------------------------------------------------------

LAW = {"pert": [1, 2, 3]}
ONE_FAULT = [
    ("targets.organization", 60, "between"),
    ("targets.organization", "0.6", "number"),
    ("targets.organization", True, "number"),
    ("targets.work", float("nan"), "number_finite"),
    ("targets", 3, "map"),
    ("policy.two_members", "join", "one_of"),
    ("policy", None, "map"),
    ("census.late", 1.2, "between"),
    ("census.late", {"uniform": [0.5, 1.5]}, "between"),
    ("census.late", {"exponential": 0.1}, "between"),
    ("census.tail", {"uniform": [-1, 1]}, "at_least"),
    ("census.tail", None, "law_form"),
    ("instructors.caseload", 0, "at_least"),
    ("instructors.caseload", 2.5, "whole"),
    ("instructors.total", -1, "at_least"),
    ("instructors.total", "80", "whole"),
    ("instructors.total", False, "whole"),
    ("instructors.total", 10**9, "at_most"),
    ("instructors.share", "fair", "one_of"),
    ("instructors.by_responsible", [3], "map"),
    ("instructors.by_responsible.A", 1.5, "whole"),
    ("instructors.limits.A", [5, 2], "limits_order"),
    ("instructors.limits.A", [5], "list_length"),
    ("instructors.limits.A", [1, 2, 3], "list_length"),
    ("instructors.limits.A", 5, "list"),
    ("instructors.arrivals", {"responsible": "A"}, "list"),
    ("cases.joint.preparation", {"pert": [5, 2, 1]}, "law_order"),
    ("cases.joint.preparation", {"pert": [-1, 2, 3]}, "at_least"),
    ("cases.joint.preparation", -3, "at_least"),
    ("cases.joint.per_km", -0.1, "at_least"),
    ("cases.joint.success", {"uniform": [0.5, 1.01]}, "between"),
    ("cases.joint.max_attempts", 0, "at_least"),
    ("cases.joint.approval", "later", "one_of"),
    ("cases.joint.approval", None, "one_of"),
    ("cases.joint.election", "soon", "law_form"),
    ("cases.outreach.approval", "committee", "outreach_approval"),
    ("cases.outreach.election", LAW, "outreach_election"),
    ("committee.weekdays", [], "weekdays_empty"),
    ("committee.weekdays", "Tue", "list"),
    ("committee.every_weeks", 0, "at_least"),
    ("committee.agenda", -1, "at_least"),
    ("committee.notice", -1, "at_least"),
    ("committee.stagger", 1, "yes_or_no"),
    ("committee.first", 20270803, "date"),
    ("committee.first", "3.8.2027", "date"),
    ("committee.first", "3027-08-03", "date_year"),
    ("committee.first", datetime(2027, 8, 3, 9), "date"),
    ("committee.by_responsible.A.agnda", 3, "key_unknown_near"),
    ("discipline", "lifo", "discipline"),
    ("discipline", ["joint", "joint"], "discipline_kinds"),
    ("discipline", ["joints"], "discipline_kinds"),
    ("discipline", [], "discipline_kinds"),
    ("discipline", [["joint"]], "discipline_kinds"),
    ("grouping.min_members", 0, "at_least"),
    ("grouping.max_units", 0, "at_least"),
    ("grouping.max_distance_km", -1, "at_least"),
    ("grouping.community_centres.A", [1, 2], "community_key"),
    ("grouping.community_centres.A/B/C", [1, 2], "community_key"),
    ("grouping.community_centres.A/B", [1, 2, 3], "list_length"),
    ("uncertainty.speed", {"uniform": [0, 1]}, "above"),
    ("uncertainty.speed", {"exponential": 1}, "above"),
    ("uncertainty.failure", {"uniform": [-1, 1]}, "at_least"),
    ("uncertainty.absence", {"uniform": [0, 1]}, "below"),
    ("uncertainty.absence", {"uniform": [-0.1, 0.5]}, "between"),
    ("uncertainty.approval_delay", -1, "at_least"),
    ("uncertainty.late", {"uniform": [0, 2]}, "between"),
    ("uncertainty.sped", LAW, "key_unknown_near"),
    ("costs.branch_start_up", -1, "at_least"),
    ("calendar.holidays", "Atlantis", "holidays_country"),
    ("calendar.holidays", 3, "holidays_form"),
    ("calendar.weekmask", [], "weekdays_empty"),
    ("calendar.start", "2027-07-26", "date_too_late"),
    ("calendar.mobilisation", "2027-07-14", "date_too_early"),
    ("calendar.census_end", "2027-07-24", "date_too_early"),
    ("calendar.census_end", "2027-09-01", "date_too_late"),
    ("calendar.formation_opens", "2027-07-01", "date_too_early"),
    ("calendar.formation_opens", "2027-09-01", "date_too_late"),
    ("calendar.review", "2027-09-01", "date_too_late"),
    ("calendar.review", "2027-07-01", "date_too_early"),
    ("calendar.deadline", "2027-07-01", "date_too_early"),
    ("calendar.horizon", "2027-08-30", "date_too_early"),
    ("calendar.horizon", "2087-08-30", "calendar_long"),
    ("title", {"zh": "甲"}, "key_missing"),
    ("base", "baseline.yaml", "base_in_memory"),
    ("colour", "red", "key_unknown"),
]


@pytest.mark.parametrize(("path", "value", "code"), ONE_FAULT, ids=lambda each: str(each)[:40])
def test_each_fault_has_its_place_and_code(path: str, value: object, code: str) -> None:
    place = path + ".en" if code == "key_missing" else path
    assert faults(nested(path, value)) == {place: code}


@pytest.mark.parametrize(
    ("path", "value", "place", "code"),
    [
        ("committee.weekdays", ["Tuesday"], "committee.weekdays.0", "one_of"),
        ("calendar.extra_workdays", ["2027-07-18", "x"], "calendar.extra_workdays.1", "date"),
        ("instructors.arrivals", [{"responsible": "A", "count": 0}], "instructors.arrivals.0.count", "at_least"),
        ("instructors.arrivals", [{"count": 1}], "instructors.arrivals.0.responsible", "key_missing"),
        (
            "instructors.arrivals",
            [{"responsible": "A", "count": 1, "from": "2027-08-09", "until": "2027-08-01"}],
            "instructors.arrivals.0.until",
            "date_too_early",
        ),
        ("grouping.facilities", ["peers"], "grouping.facilities.0", "one_of"),
        ("grouping.must_link", [["a", "a"]], "grouping.must_link.0", "pair_same"),
        ("grouping.cannot_link", [["a", 1]], "grouping.cannot_link.0.1", "text"),
        ("grouping.pinned", {"a": ["pear", "b"]}, "grouping.pinned.a.0", "one_of"),
        ("grouping.forbidden", [["a", "peer"]], "grouping.forbidden.0", "list_length"),
    ],
    ids=str,
)
def test_faults_within_lists(path: str, value: object, place: str, code: str) -> None:
    assert faults(nested(path, value)) == {place: code}


def test_all_faults_come_at_once_also_those_between_values() -> None:
    found = faults(
        {
            "calendar": {"deadline": "2027-07-01", "weekmask": ["Mo"]},
            "cases": {"outreach": {"approval": "direct", "success": 3}},
            "deadline": "2027-08-31",
            "census": 7,
        }
    )
    assert found == {
        "calendar.deadline": "date_too_early",
        "calendar.weekmask.0": "one_of",
        "cases.outreach.approval": "outreach_approval",
        "cases.outreach.success": "between",
        "deadline": "key_unknown_near",
        "census": "map",
    }


def test_two_slips_in_one_list_do_not_hide_what_stands_beside() -> None:
    arrivals = [{"count": 0}, {"responsible": "A", "count": 0}]
    found = faults(
        {
            "instructors": {"arrivals": arrivals, "total": -1, "limits": {"A": [2, 1], "B": [1]}},
            "cases": {"outreach": {"election": 3}},
        }
    )
    assert found == {
        "instructors.arrivals.0.responsible": "key_missing",
        "instructors.arrivals.0.count": "at_least",
        "instructors.arrivals.1.count": "at_least",
        "instructors.total": "at_least",
        "instructors.limits.A": "limits_order",
        "instructors.limits.B": "list_length",
        "cases.outreach.election": "outreach_election",
    }


def test_a_scenario_is_its_own_copy() -> None:
    ours = Scenario()
    assert Scenario.model_validate(ours) is ours


def test_a_value_refused_is_not_held_against_others() -> None:
    assert faults({"calendar": {"start": "soon", "deadline": "2027-07-20"}}) == {
        "calendar.start": "date",
        "calendar.deadline": "date_too_early",
    }  # it is before the census ends
    assert faults({"calendar": {"deadline": "x", "start": "2027-07-20"}}) == {"calendar.deadline": "date"}


def test_one_slip_is_said_once() -> None:
    assert faults({"calendar": {"start": "2028-07-15"}}) == {"calendar.start": "date_too_late"}
    written = {"start": "2027-09-01", "mobilisation": "2027-07-25", "deadline": "2027-08-31"}
    assert faults({"calendar": written}) == {"calendar.start": "date_too_late"}
    two = {"mobilisation": "2027-08-02", "census_end": "2027-07-30", "horizon": "2027-08-01"}
    assert faults({"calendar": two}) == {"calendar.census_end": "date_too_early", "calendar.horizon": "date_too_early"}


def test_there_must_be_time_to_work() -> None:
    names = ("start", "mobilisation", "census_end", "review", "formation_opens")
    weekend = dict.fromkeys(names, "2027-08-28") | {"deadline": "2027-08-29"}
    assert faults({"calendar": weekend}) == {"calendar.deadline": "calendar_no_work"}
    Scenario.model_validate({"calendar": weekend | {"extra_workdays": ["2027-08-29"]}})


def test_an_unknown_key_is_led_to_the_nearest() -> None:
    with pytest.raises(ScenarioError) as caught:
        Scenario.model_validate({"instructors": {"totl": 3}, "agenda": 3, "cases": {"joints": {}}, "xyz": 1})
    assert {fault.value: fault.details.get("near") for fault in caught.value.faults} == {
        "totl": "instructors.total",
        "agenda": "committee.agenda, committee.by_responsible.agenda",
        "joints": "cases.joint",
        "xyz": None,
    }


def test_not_a_map_at_all() -> None:
    with pytest.raises(ScenarioError, match="map of keys"):
        Scenario.model_validate([1, 2])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_messages_are_sentences_without_jargon(language: str) -> None:
    with in_language(language):
        for path, value, _ in ONE_FAULT:
            with pytest.raises(ScenarioError) as caught:
                Scenario.model_validate(nested(path, value))
            words = "".join(fault.rule + fault.repair for fault in caught.value.faults).replace(EXAMPLE, "")
            assert not [bad for bad in ("Input", "pydantic", "valid", "dict", "{", "}") if bad in words]
            assert path in str(caught.value)


def test_every_fault_has_both_sentences_in_both_languages() -> None:
    words = table()
    codes = {key.split(".")[1] for key in words if key.startswith("fault.") and key.endswith(".rule")}
    assert {key.split(".")[1] for key in words if key.startswith("fault.") and key.endswith(".repair")} == codes
    assert {code for _, _, code in ONE_FAULT} <= codes


def test_words_that_clear_a_map() -> None:
    ours = Scenario.model_validate({"instructors": {"by_responsible": None}, "grouping": {"pinned": None}})
    assert ours.instructors.by_responsible == {}
    assert ours.fingerprint == Scenario().fingerprint


@pytest.mark.parametrize(("written", "repair"), [("90%", "Write 0.9"), ("60 %", "Write 0.6"), ("7.5％", "Write 0.075")])
def test_a_percentage_is_asked_back_as_a_share(written: str, repair: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        Scenario().replace("targets.organization", written)
    (fault,) = caught.value.faults
    assert (fault.code, fault.repair) == ("number_percent", repair)
    with pytest.raises(ScenarioError) as caught:
        Scenario().replace("targets.organization", "90 per cent")
    assert caught.value.faults[0].code == "number"


def test_no_rule_is_stated_as_a_fact() -> None:
    """A message that says “found '90%': this is a number” says the opposite of what is so."""
    from workbench.labels import table

    rules = {key: words[1] for key, words in table().items() if key.startswith("fault.") and key.endswith(".rule")}
    # What really is so may be said.
    facts = {
        "fault.file_is_folder.rule",
        "fault.lon_lat_unreadable.rule",
        "fault.text_unreadable.rule",
        "fault.yaml_two_meanings.rule",
    }
    assert {key for key, words in rules.items() if re.match(r"this is (an?|one|text|true)\b", words)} <= facts
