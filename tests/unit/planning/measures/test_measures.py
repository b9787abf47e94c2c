"""The least that must be decided, held against a plain enumeration with `simulate`."""

from __future__ import annotations

import pickle
from datetime import date
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from workbench.errors import Cancelled, ScenarioError
from workbench.grouping import group
from workbench.inputs.scenario import DEFAULT_MEASURES
from workbench.labels import in_language
from workbench.numbers import date_words
from workbench.planning import measures
from workbench.simulation import simulate

REPLICATIONS, SEED, CONFIDENCE = 40, 5, 0.5
#: What the defaults are, written out as a planner would who changes the scenario by hand.
BY_HAND = {
    "weekly_meetings": {"committee.every_weeks": 1},
    "meetings_on_demand": {"committee.on_demand": {"cases": 3, "lead": 3}},
    "no_agenda_limit": {"committee.agenda": None},
    "direct_decision": {"cases.standalone.approval": "direct", "cases.assisted.approval": "direct"},
    "elections_prepared": {
        f"cases.{kind}.election": {"pert": [2, 2, 7]} for kind in ("standalone", "assisted", "joint")
    },
    "open_with_survey": {"calendar.formation_opens": "2027-07-15"},
    "saturdays": {"calendar.weekmask": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]},
    "joint_farther": {"grouping.max_distance_km": 5},
    "larger_groups": {"grouping.max_units": 10},
    "strike_dormant": {"policy.denominator": "active"},
    "count_from_approval": {"policy.counted_from": "approved"},
    "two_weeks_later": {"calendar.deadline": "2027-09-14"},
}
COUNTING = ("strike_dormant", "count_from_approval")


@pytest.fixture(scope="module")
def short(plan):
    """Meetings every two weeks, and a target that a few measures together reach."""
    return plan.replace({"committee.every_weeks": 2, "targets.organization": 0.5})


@pytest.fixture(scope="module")
def found(hamlet, short, joined):
    return measures(hamlet, short, joined, confidence=CONFIDENCE, most=2, replications=REPLICATIONS, seed=SEED)


@pytest.fixture(scope="module")
def by_hand(hamlet, short, joined, found):
    """Coverage under every set of up to two, from nothing but `replace`, `group` and `simulate`."""
    extra = found.listed["one_more_meeting"].set["committee.extra"]
    more = found.listed["half_more_instructors"].set
    changes = BY_HAND | {"one_more_meeting": {"committee.extra": extra}, "half_more_instructors": more}
    changes["hosts_take_two"] = {}

    def coverage(names):
        register, scenario = hamlet, short
        for name in names:
            scenario = scenario.replace(changes[name])
        if "hosts_take_two" in names:
            capacity = [2 if one == 1 else one for one in hamlet["host_capacity"]]
            register = hamlet.assign(host_capacity=np.array(capacity, dtype=np.int64))
        joint = joined
        if {"joint_farther", "larger_groups", "hosts_take_two"} & set(names):
            joint = group(register, scenario, effort="quick", gap=0.1, seed=SEED, start=joined)
        if "strike_dormant" in names:
            joint = group(register, scenario, effort="quick", gap=0.1, seed=SEED)
        return simulate(register, scenario, joint, replications=REPLICATIONS, seed=SEED)

    allowed = [name for name in changes if name not in COUNTING]
    sets = [(), *((name,) for name in changes), *combinations(allowed, 2)]
    return {frozenset(names): coverage(names) for names in sets}


def test_every_measure_alone_is_what_simulate_gives(found, by_hand):
    base = by_hand[frozenset()]
    assert found.expected == pytest.approx(base.expected(), abs=1e-12)
    assert found.probability == base.probability()
    assert list(found.alone.columns[:9]) == [
        "measure", "sort", "decided_by", "cost", "expected", "gain", "low", "high", "probability",
    ]  # fmt: skip
    assert {*found.alone["measure"], *found.idle} >= {*BY_HAND, "one_more_meeting", "hosts_take_two"}
    for name, row in found.alone.iterrows():
        outcome = by_hand[frozenset([name])]
        assert row["expected"] == pytest.approx(outcome.expected(), abs=1e-12), name
        assert row["probability"] == outcome.probability().value, name
        difference = outcome.by_deadline() - base.by_deadline()
        assert row["gain"] == pytest.approx(difference.mean(), abs=1e-12), name
        assert row["low"] <= row["gain"] + 1e-12
        assert row["gain"] <= row["high"] + 1e-12
        work = outcome.expected("work") - base.expected("work")
        assert row["work_gain"] == pytest.approx(work, abs=1e-12), name


def test_packages_are_all_sets_and_what_simulate_gives(found, by_hand):
    active = [name for name in found.alone["measure"] if name not in COUNTING]
    sets = [frozenset(names) for names in found.packages["measures"]]
    small = [each for each in sets if len(each) <= 2]
    assert len(sets) == len(set(sets))
    assert set(small) == {frozenset(names) for size in range(3) for names in combinations(active, size)}
    for row in found.packages[found.packages["number"] <= 2].to_dict("records"):
        outcome = by_hand[frozenset(row["measures"])]
        assert row["expected"] == pytest.approx(outcome.expected(), abs=1e-12), row["measures"]
        assert row["probability"] == outcome.probability().value, row["measures"]
    assert found.tried == len(sets) + len(COUNTING)


def test_the_least_is_the_least_of_the_enumeration(found, by_hand):
    enough = [
        (len(names), -outcome.probability().value)
        for names, outcome in by_hand.items()
        if outcome.probability().value >= CONFIDENCE and not names & set(COUNTING)
    ]
    assert found.least is not None
    assert (found.least.number, -found.least.sample_probability) == min(enough)
    assert found.least.number == len(found.least.measures) > 0


def test_what_is_told_of_the_least_is_fresh(found, hamlet, short, joined):
    """On replications that the choice has not seen: the next ones."""
    changed = short
    for name in found.least.measures:
        changed = changed.replace(dict(found.listed[name].set))
    longer = simulate(hamlet, changed, joined, replications=2 * REPLICATIONS, seed=SEED)
    reached = longer.by_deadline()[REPLICATIONS:] >= short.targets.organization
    if not any("grouping" in path or "register" in path for n in found.least.measures for path in found.listed[n].set):
        assert found.least.probability.value == pytest.approx(np.asarray(reached).mean())


def test_the_front_is_beaten_by_nobody(found):
    for row in found.front.to_dict("records"):
        others = found.packages
        better = others[
            (others["number"] <= row["number"]) & (others["cost"] <= row["cost"])
            & (others["probability"] >= row["probability"])
            & ((others["number"] < row["number"]) | (others["cost"] < row["cost"])
               | (others["probability"] > row["probability"]))
        ]  # fmt: skip
        assert better.empty
    assert found.front["measures"].iloc[0] == ()
    assert {"fresh", "fresh_low", "fresh_high"} <= set(found.front.columns)


def test_counting_is_apart_unless_asked_for(found, hamlet, short, joined):
    assert not any(set(names) & set(COUNTING) for names in found.packages["measures"])
    asked = measures(hamlet, short, joined, confidence=CONFIDENCE, most=1, counting=True, replications=10, seed=SEED)
    assert ("count_from_approval",) in asked.packages["measures"].tolist()


def test_a_plan_that_is_enough_needs_nothing(hamlet, short, joined):
    found = measures(hamlet, short.replace("targets.organization", 0.1), joined, most=1, replications=5)
    assert found.least.measures == ()
    assert found.date_reaching == found.reaching.on <= short.calendar.deadline
    assert "as it is" in found.summary()


def test_beyond_the_ceiling_everything_is_tried_and_nothing_is_enough(hamlet, short, joined):
    found = measures(hamlet, short.replace("targets.organization", 0.95), joined, most=1, replications=4)
    assert found.least is None
    assert found.date_reaching is None
    packed = [name for name, sort in found.alone["sort"].items() if sort != "counting"]
    # Grown until nothing is left to add.
    assert found.packages["number"].max() == len(packed)
    assert found.tried == len(found.packages) + len(found.alone) - len(packed)
    assert str(found.tried) in found.summary().splitlines()[-1]
    with in_language("zh"):
        assert "所列措施" in found.summary()


def test_who_decides_until_when(found, short):
    until = found.alone["until"]
    assert until["two_weeks_later"].date() == short.calendar.deadline
    assert until["open_with_survey"].date() == short.calendar.formation_opens
    assert until["weekly_meetings"].date() < short.calendar.deadline
    lines = found.summary()
    for name in found.least.measures:
        assert found.listed[name].label in lines
        assert found.listed[name].who in lines


def test_workers_change_nothing_and_it_travels(found, hamlet, short, joined):
    again = measures(
        hamlet, short, joined, confidence=CONFIDENCE, most=2, replications=REPLICATIONS, seed=SEED, workers=1
    )
    pd.testing.assert_frame_equal(again.packages, found.packages)
    assert pickle.loads(pickle.dumps(found)).least == found.least == again.least


def test_it_can_be_stopped(hamlet, short, joined):
    seen = []

    def stop(done, whole):
        seen.append((done, whole))
        return done < 3

    with pytest.raises(Cancelled):
        measures(hamlet, short, joined, most=1, replications=4, progress=stop)
    assert len(seen) == 3
    assert seen[0][0] == 1
    assert seen[0][1] > 10


@pytest.mark.parametrize("wrong", [{"confidence": 0}, {"confidence": 90}, {"most": 0}, {"replications": 1}])
def test_numbers_out_of_range(wrong, hamlet, short, joined):
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} = "):
        measures(hamlet, short, joined, **wrong)


def test_a_day_in_the_titles(found):
    day = found.listed["one_more_meeting"].set["committee.extra"][0]
    assert isinstance(day, date)
    assert date_words(day) in found.listed["one_more_meeting"].label


# --- a scenario's own ---------------------------------------------------------------------------------------------


def test_the_defaults_are_the_names_that_a_scenario_may_change(found):
    assert tuple(found.listed) == DEFAULT_MEASURES


def test_a_scenario_adds_changes_and_strikes(hamlet, short, joined):
    own = {
        "saturdays": None,
        "weekly_meetings": {"cost": 500, "decided_by": "市社会组织党工委"},
        "larger_agenda": {
            "title": {"zh": "每次研究 40 件", "en": "agendas of 40"}, "set": {"committee.agenda": 40},
            "sort": "decision", "cost": 100, "excludes": ["no_agenda_limit"],
        },
        "two_weeks_later": {"set": {"calendar.deadline": "2027-09-07"}},
    }  # fmt: skip
    scenario = short.replace("measures", own)
    found = measures(hamlet, scenario, joined, most=2, replications=10, seed=SEED)
    assert "saturdays" not in found.listed
    weekly = found.alone.loc["weekly_meetings"]
    assert (weekly["cost"], weekly["decided_by"]) == (500, "市社会组织党工委")
    assert found.listed["larger_agenda"].label == "agendas of 40"
    assert found.listed["larger_agenda"].who == ""
    assert found.listed["two_weeks_later"].label == "two_weeks_later"
    agenda = simulate(hamlet, short.replace("committee.agenda", 40), joined, replications=10, seed=SEED)
    assert found.alone.loc["larger_agenda", "expected"] == pytest.approx(agenda.expected(), abs=1e-12)
    pairs = [set(names) for names in found.packages["measures"]]
    assert {"larger_agenda", "no_agenda_limit"} not in pairs
    assert {"larger_agenda", "weekly_meetings"} in pairs
    both = found.packages.set_index("measures").loc[[("weekly_meetings", "larger_agenda")]]
    assert both["cost"].tolist() == [600]


def test_what_a_committee_has_already_is_not_taken_away(hamlet, short, joined):
    """An agenda of 40 for everybody leaves the committee without limit as it is."""
    unit = sorted(hamlet["responsible"].unique())[0]
    free = short.replace({"committee.by_responsible": {unit: {"agenda": None}}})
    asked = free.replace("measures", {"larger_agenda": {"set": {"committee.agenda": 40}}})
    found = measures(hamlet, asked, joined, most=1, replications=10, seed=SEED)
    loosest = free.replace({"committee.agenda": 40, "committee.by_responsible": {unit: {"agenda": None}}})
    outcome = simulate(hamlet, loosest, joined, replications=10, seed=SEED)
    assert found.alone.loc["larger_agenda", "expected"] == pytest.approx(outcome.expected(), abs=1e-12)


def test_two_values_without_an_order_exclude_each_other(hamlet, short, joined):
    own = {
        "fast": {"set": {"cases.joint.preparation": {"fixed": 3}}},
        "faster": {"set": {"cases.joint.preparation": {"fixed": 2}}},
    }
    found = measures(hamlet, short.replace("measures", own), joined, most=2, replications=4, seed=SEED)
    assert ("fast", "faster") not in found.packages["measures"].tolist()


WHOLE = {"title": {"zh": "甲", "en": "a"}, "set": {"committee.agenda": 40}, "sort": "decision"}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (
            {"x": WHOLE | {"excludes": ["x"]}},
            r"x\.excludes, found 'x': a measure excludes others, not itself",
        ),
        ({"x": WHOLE | {"excludes": ["nobody"]}}, "found 'nobody': excludes names listed measures"),
        ({"weekly_meeting": None}, "found 'weekly_meeting'"),
        ({"x": WHOLE | {"set": None}}, r"measures\.x"),
        ({"x": WHOLE | {"set": {"committee.agend": 3}}}, "committee.agend.*Did you mean committee.agenda"),
        ({"x": WHOLE | {"set": {"committee.agenda": -3}}}, "must be 0 or more"),
    ],
)
def test_a_measure_put_together_in_memory_is_looked_at_too(hamlet, short, joined, entry, told):
    with pytest.raises(ScenarioError, match=told):
        measures(hamlet, short.replace("measures", entry), joined, replications=5)


def test_a_unit_that_the_register_lacks_is_named(hamlet, short, joined):
    own = {"more": {"set": {"instructors.by_responsible": {"nowhere": 3}}}}
    with pytest.raises(ScenarioError, match=r"measures\.more.*nowhere"):
        measures(hamlet, short.replace("measures", own), joined, most=1, replications=4)
