"""Every result says what is true of its case, in the extremes and in both languages."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

import workbench as wb
from tests.extremes import CASES, NONSENSE
from workbench.labels import in_language

RUNS = 10
#: Of all extremes those in which some result has nothing, or everything, to say.
ASKED = (
    "no instructors", "no meetings", "all covered", "nobody left", "one unit", "one organization", "deadline tomorrow",
    "instructors come later",
)  # fmt: skip
#: A share before and after with what it gains, as `numbers.change` writes them.
CHANGE = re.compile(r"([\d.]+)% → ([\d.]+)%[ （(，,相差a difference of]*([+-][\d.]+)")
#: A chance of nothing is told as none of so many simulations, never as a percentage.
NO_CHANCE = re.compile(r"(chance|probability)( of the target)? 0\.0%(?! \(none above)|达标概率：? ?0\.0%(?!（任何)")


def every_result(case: str) -> dict[str, object]:
    """What every question about a campaign comes to."""
    register, scenario = CASES[case]()
    grouping = wb.group(register, scenario)
    given, few = (register, scenario, grouping), {"replications": RUNS}
    outcome = wb.simulate(*given, **few)
    weekly = wb.simulate(register, scenario.replace("committee.every_weeks", 1), grouping, **few)
    return {
        "scenario": scenario,
        "grouping": grouping,
        "outcome": outcome,
        "ceiling": wb.ceiling(*given),
        "gap": wb.explain_gap(*given, **few),
        "measures": wb.measures(*given, most=1, **few),
        "allocation": wb.allocate(*given, total=10, **few),
        "fewest": wb.allocate(*given, confidence=0.9, **few),
        "assignment": wb.assign(*given),
        "required instructors": wb.required_instructors(*given, confidences=(0.5, 0.9), **few),
        "required members": wb.required_members(*given),
        "sensitivity": wb.sensitivity(*given, base=16, screening=16),
        "census": wb.simulate_census(register, scenario, outcomes=4, replications=5),
        "last safe dates": wb.last_safe_dates(*given, **few),
        "never dispatched": wb.never_dispatched(outcome),
        "extra meetings": wb.extra_meetings(*given, **few),
        "reaching": wb.date_reaching(*given, **few),
        "trace": wb.trace(*given),
        "comparison": wb.compare({"as it is": outcome, "weekly": weekly}),
        "the same twice": wb.compare({"one": outcome, "other": outcome}),
        "forecast": wb.forecast(*given, as_of=scenario.calendar.review, **few),
        "review": wb.review(*given, as_of=scenario.calendar.review, **few),
        "conventions": wb.conventions(*given, **few),
    }


@pytest.fixture(scope="module", params=ASKED)
def found(request) -> dict[str, object]:
    return every_result(request.param)


@pytest.fixture(params=["zh", "en"])
def said(request, found) -> dict[str, str]:
    with in_language(request.param):
        return {name: result.summary() for name, result in found.items()}


def test_nothing_said_is_nonsense(said):
    assert not {name: words for name, words in said.items() if NONSENSE.search(words)}


def test_what_is_gained_is_what_the_ends_say(said):
    told = [(name, *map(Decimal, pair)) for name, words in said.items() for pair in CHANGE.findall(words)]
    assert not [(name, one, two, gain) for name, one, two, gain in told if two - one != gain]


def test_no_chance_is_none_of_so_many_simulations(said):
    assert not {name: words for name, words in said.items() if NO_CHANCE.search(words)}


def test_nothing_is_said_twice(said):
    for name, words in said.items():
        lines = words.splitlines()
        assert len(lines) == len(set(lines)), name


def test_none_looks_better_than_its_equal(found, said):
    equal = {"zh": "不相上下", "en": "come to the same"}
    assert any(words in said["the same twice"] for words in equal.values())
    table = found["comparison"].table
    same = bool((table["tied"] == 1.0).all() and (table["probability_gain"] == 0.0).all())
    assert any(words in said["comparison"] for words in equal.values()) == same


def test_a_number_of_instructors_is_named_only_where_it_brings_something(found, said):
    best = found["fewest"]
    if not best.reached and best.probability_bound == 0.0:
        assert (
            "with any, the target is reached" in said["required instructors"]
            or "多少名都不够（" in said["required instructors"]
        )


def test_whoever_is_not_there_on_the_day_is_told_apart_from_whoever_is_not_there_at_all(found, said):
    assignment, words = found["assignment"], said["assignment"]
    assert ("there on" in words or "派驻日" in words) == (assignment.away > 0)
