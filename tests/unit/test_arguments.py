"""Every public function refuses the same wrong numbers, with the same words, before it does any work."""

from __future__ import annotations

import inspect
from datetime import date, datetime
from functools import cache

import numpy as np
import pytest

import workbench as wb
from workbench import planning
from workbench.arguments import checked
from workbench.errors import ArgumentError
from workbench.inputs import Scenario, make_city
from workbench.labels import in_language

NAN = float("nan")
#: What is no whole number at all, then what is too small; what is optional may be None.
NO_COUNT = [2.5, "10", True, NAN, float("inf"), [3], -1]
NO_SHARE = ["0.9", True, NAN, -0.1, 1.5]
WRONG = {
    "replications": [*NO_COUNT, None, 0],
    "replication": [*NO_COUNT, None, 2**32],
    "seed": [*NO_COUNT, None, 2**64],
    "workers": [*NO_COUNT, 0],
    "total": NO_COUNT,
    "base": [*NO_COUNT, None, 8, 100, 1.5],
    "screening": [*NO_COUNT, None, 1, 6],
    "confidence": [*NO_SHARE, 0],
    "work": [*NO_SHARE, 0],
    "level": [*NO_SHARE, None, 0, 1],
    "threshold": NO_SHARE,
    "precision": ["0.9", True, NAN, 0, -1, float("inf")],
    "budget": ["9", True, NAN, -1, float("inf")],
}
#: Where an argument may be left out, None is no fault.
NEEDED = {"frontier": ["confidence"], "date_reaching": ["confidence"]}

PLANS = {
    "simulate": (), "trace": (), "group": (), "allocate": ("total",), "explain_gap": (), "sensitivity": (),
    "required_instructors": (), "required_members": (), "ceiling_table": (), "last_safe_dates": (),
    "extra_meetings": (), "date_reaching": (), "Desk": (), "assign": (), "sweep": (),
    "measures": (), "conventions": (), "simulate_census": (), "census_value": (), "forecast": (),
}  # fmt: skip
RESULTS = ("compare", "frontier")
#: They take no number, or say themselves what they refuse.
OTHERS = {"ceiling", "never_dispatched", "time_needed", "ResponseCache", "Responses"}


@cache
def few():
    return make_city(30, 2, seed=1)


def parameters(name):
    return set(inspect.signature(getattr(wb, name)).parameters) & WRONG.keys()


def ask(name, wrong):
    """Call a public function with one wrong argument."""
    if name in RESULTS:
        return getattr(wb, name)({}, **wrong)
    given = {"total": 5} if name == "allocate" and not wrong.keys() & {"total", "confidence", "budget"} else {}
    given |= {"grid": {"instructors.total": [1]}} if name == "sweep" else {}
    given |= {"as_of": "2027-08-10"} if name == "forecast" else {}
    return getattr(wb, name)(few(), Scenario(), **given, **wrong)


@pytest.mark.parametrize("name", [*PLANS, *RESULTS])
def test_wrong_numbers_are_refused_by_name(name):
    assert parameters(name)
    for argument in sorted(parameters(name)):
        for value in [*WRONG[argument], *([None] if argument in NEEDED.get(name, ()) else [])]:
            with pytest.raises(ValueError, match=r"must ") as refused:
                ask(name, {argument: value})
            shown = repr(value) if isinstance(value, str) else value
            assert str(refused.value).startswith(f"{argument} = {shown}: must "), (name, argument, value)


def test_no_public_function_is_left_out():
    results = {name for name in planning.__all__ if inspect.isclass(getattr(planning, name)) and name != "Desk"}
    named = {name for name in planning.__all__ if callable(getattr(planning, name))} - results
    assert named <= PLANS.keys() | set(RESULTS) | OTHERS


def test_all_that_is_wrong_is_named_at_once():
    with pytest.raises(ValueError, match=r"replications = 0: .*; seed = -1: .*; workers = 0: "):
        ask("simulate", {"replications": 0, "seed": -1, "workers": 0})


def test_whole_numbers_of_any_type_are_taken():
    assert checked(replications=np.int32(7), seed=2**64 - 1, workers=None, level=np.float32(0.5)) == [
        7, 2**64 - 1, None, 0.5,
    ]  # fmt: skip
    assert all(type(each) is int for each in checked(replications=np.int64(7), seed=3.0))
    with pytest.raises(ValueError, match="seed"):
        checked(seed=10**400)
    with pytest.raises(ValueError, match="level"):
        checked(level=10**400)


def test_several_confidences_and_the_last_date():
    with pytest.raises(ValueError, match=r"confidence = 90: must be a share above 0, at most 1"):
        ask("required_instructors", {"confidences": (0.5, 90)})
    with pytest.raises(ValueError, match=r"until = 'soon': must be a date"):
        ask("date_reaching", {"until": "soon"})
    with pytest.raises(ValueError, match=r"until = 5: must be a date"):
        ask("date_reaching", {"until": 5})
    nobody = Scenario().replace("instructors.total", 0)
    for until in ("2027-09-10", date(2027, 9, 10), datetime(2027, 9, 10)):
        found = wb.date_reaching(few(), nobody, target="work", until=until, replications=3)
        assert (found.on, found.looked_until) == (None, date(2027, 9, 10))


#: Words that are one of a few, wherever a public function takes one.
CHOICES = {
    "simulate keep": lambda city, plan, outcome: wb.simulate(city, plan, keep="x", replications=2),
    "probability": lambda city, plan, outcome: outcome.probability("x"),
    "expected": lambda city, plan, outcome: outcome.expected("x"),
    "probabilities": lambda city, plan, outcome: outcome.probabilities("x"),
    "quantiles": lambda city, plan, outcome: outcome.quantiles(target="x"),
    "date_reaching of an outcome": lambda city, plan, outcome: outcome.date_reaching(0.5, "x"),
    "date_reaching": lambda city, plan, outcome: wb.date_reaching(city, plan, target="x", replications=2),
    "desk": lambda city, plan, outcome: wb.Desk(city, plan, replications=2).probability("x"),
    "fan of a desk": lambda city, plan, outcome: wb.Desk(city, plan, replications=2).fan(target="x"),
    "compare target": lambda city, plan, outcome: wb.compare({"a": outcome, "b": outcome}, target="x"),
    "compare rank_by": lambda city, plan, outcome: wb.compare({"a": outcome, "b": outcome}, rank_by="x"),
    "sensitivity": lambda city, plan, outcome: wb.sensitivity(city, plan, target="x"),
    "frontier": lambda city, plan, outcome: wb.frontier({}, against="x"),
    "group method": lambda city, plan, outcome: wb.group(city, plan, method="x"),
    "group effort": lambda city, plan, outcome: wb.group(city, plan, effort="x"),
    "uniform purpose": lambda city, plan, outcome: wb.uniform(["a"], 0, 1, "x"),
    "uniform kind": lambda city, plan, outcome: wb.uniform(["a"], 0, 1, "success", kind="x"),
    "breakdown": lambda city, plan, outcome: outcome.breakdown("x"),
}


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_word_that_is_none_of_the_choices_is_told_in_our_words(name, language):
    city, plan = few(), wb.Scenario()
    outcome = wb.simulate(city, plan, replications=2)
    with in_language(language), pytest.raises(ArgumentError) as refused:
        CHOICES[name](city, plan, outcome)
    said = str(refused.value)
    assert "x" in said
    assert ("应为" in said or "可用" in said or "只能" in said) == (language == "zh"), said
