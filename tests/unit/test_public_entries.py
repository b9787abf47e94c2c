"""Every public function looks at what it is given, before it does any work: frames, swapped arguments, paths, names."""

from __future__ import annotations

import inspect

import pandas as pd
import pytest

import workbench as wb
from workbench.errors import ArgumentError, RegisterError


def parameters(name: str) -> set[str]:
    asked = getattr(wb, name)
    takes = inspect.isroutine(asked) or (inspect.isclass(asked) and not issubclass(asked, Exception | Warning))
    return set(inspect.signature(asked).parameters) if takes else set()


NAMES = sorted(name for name in wb.__all__ if {"register", "scenario"} <= parameters(name))
NEEDED = {"allocate": {"total": 2}, "sweep": {"grid": {"instructors.total": [1]}}}


@pytest.fixture(scope="module")
def city() -> pd.DataFrame:
    return wb.make_city(30, 2, seed=1)


def call(name, *given, **more):
    return getattr(wb, name)(*given, **NEEDED.get(name, {}), **more)


def test_there_are_many():
    assert len(NAMES) >= 15


@pytest.mark.parametrize("name", NAMES)
def test_wrong_things_are_told_in_our_words(name, city):
    scenario = wb.Scenario()
    with pytest.raises(ArgumentError, match="two seem to be swapped"):
        call(name, scenario, city)
    with pytest.raises(ArgumentError, match="read it with read_register first"):
        call(name, "data/demo_city.csv", scenario)
    with pytest.raises(ArgumentError, match="read it with read_scenario first"):
        call(name, city, "scenarios/baseline.yaml")
    with pytest.raises(ArgumentError, match=f"is not an argument of {name}"):
        call(name, city, scenario, sede=1)
    for spoilt in (city.reset_index(drop=True), pd.concat([city, city]), city.assign(full_members=-5), pd.DataFrame()):
        with pytest.raises(RegisterError):
            call(name, spoilt, scenario)
    if "grouping" in parameters(name):
        with pytest.raises(ArgumentError, match="must be a Grouping"):
            call(name, city, scenario, grouping=city)
    if "progress" in parameters(name):
        with pytest.raises(ArgumentError, match="progress = 3"):
            call(name, city, scenario, progress=3)


def test_a_raw_frame_gives_the_very_same_answer(city, tmp_path):
    raw = pd.read_csv(wb.write_register(city, tmp_path / "city.csv"))
    scenario = wb.Scenario().replace("instructors.total", 3)
    grouping = wb.group(raw, scenario)
    checked = wb.simulate(city, scenario, wb.group(city, scenario), replications=20)
    found = wb.simulate(raw, scenario, grouping, replications=20)
    assert found.dataset.identical(checked.dataset)
    assert found.provenance["register_fingerprint"] == checked.provenance["register_fingerprint"]
    assert wb.simulate(raw.set_index("org_id"), scenario, grouping, replications=20).dataset.identical(found.dataset)


def test_results_ask_back(city, tmp_path):
    outcome = wb.simulate(city, wb.Scenario(), replications=3)
    with pytest.raises(ArgumentError, match=r"confidence = 90: must be a share, from 0 to 1; write 0.9 for 90 %"):
        outcome.date_reaching(90)
    with pytest.raises(ArgumentError, match="by = 'street': must be a date"):
        outcome.probability(by="street")
    for name in ("x.xlsx", "x.CSV"):
        with pytest.raises(ArgumentError, match="netCDF"):
            outcome.save(tmp_path / name)
    for wrong in (outcome, [outcome, city], {"plan": outcome, "other": 3}, "outcomes", 3):
        with pytest.raises(ArgumentError, match=r"outcomes = .*map of names to outcomes.*, or a list of outcomes"):
            wb.compare(wrong)
    with pytest.raises(ArgumentError, match="must be an Outcome"):
        wb.never_dispatched(city)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: wb.read_register(3),
        lambda: wb.read_scenario(None),
        lambda: wb.load_outcome([1]),
        lambda: wb.check_register([1, 2]),
        lambda: wb.inspect(wb.Scenario()),
        lambda: wb.write_register(wb.Scenario(), "x.csv"),
        lambda: wb.uniform("SO0001", 0, 0, "survey"),
        lambda: wb.Scenario().replace(["a"], 3),
        lambda: wb.make_city("many"),
        lambda: wb.make_city(10.5),
        lambda: wb.make_city(10, 2, mean_members="x"),
        lambda: wb.make_city(10, 2, covered=None),
        lambda: wb.make_city(10, 2, seed=-1),
    ],
)
def test_other_entries(ask):
    with pytest.raises(ArgumentError, match="must be"):
        ask()


# --- every parameter of every public function and of every result's methods, with what it cannot be ------------------


class Odd:
    """Neither a number, text, a date nor a result."""


#: Methods of results that take what a result computes from, not what a person asks.
INNER = {"Outcome.of", "Desk.of", "Comparison.verdict", "Reaching.sentence", "Conventions.label", "Measures.names"}
#: A switch's or a name's parameter takes what is looked at where it counts, or anything that can be called.
FREE = {"ax"}


@pytest.fixture(scope="module")
def things(city, tmp_path_factory):
    """What the functions take, by the name of the parameter, and a result of each kind by the name of its class."""
    scenario = wb.Scenario().replace("instructors.total", 3)
    grouping = wb.group(city, scenario)
    outcome = wb.simulate(city, scenario, grouping, replications=3)
    path = wb.write_register(city, tmp_path_factory.mktemp("asked") / "city.csv")
    allocation = wb.allocate(city, scenario, grouping, total=2, replications=20)
    given = {
        "register": city, "scenario": scenario, "grouping": grouping, "outcome": outcome, "result": outcome,
        "outcomes": {"a": outcome, "b": outcome}, "allocations": {"a": allocation}, "frame": city, "path": path,
        "paths": [path], "grid": {"instructors.total": [1]}, "as_of": "2027-08-05", "ids": ["a"], "replication": 0,
        "attempt": 1, "purpose": "success", "total": 2, "start": grouping, "responsible": city["responsible"].iloc[0],
        "org_id": city.index[0], "language": "en", "code": "en", "target": "organization", "instructors": 1,
        "replications": 3, "outcomes_count": 2, "most": 1, "levels": (0.5,), "from_": {},
    }  # fmt: skip
    results = [
        scenario, grouping, outcome, allocation, wb.Desk(city, scenario, grouping, replications=5),
        wb.explain_gap(city, scenario, grouping, replications=5), wb.assign(city, scenario, grouping),
        wb.compare({"a": outcome, "b": outcome}), wb.ceiling(city, scenario, grouping),
        wb.simulate_census(city, scenario, outcomes=2, replications=2),
    ]  # fmt: skip
    return given, {type(each).__name__: each for each in results}


def asked_parameters(function):
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return [each for each in inspect.signature(function).parameters.values() if each.kind in kinds]


def public_functions():
    for name in wb.__all__:
        found = getattr(wb, name)
        if inspect.isroutine(found) or name == "Desk":
            yield name


def arguments_of(function, given):
    """The required ones, and few replications wherever there are any."""
    wanted = {}
    for each in asked_parameters(function):
        if type(each.default) is int and each.name in ("replications", "outcomes", "most"):
            wanted[each.name] = {"replications": 3, "outcomes": 2, "most": 1}[each.name]
        elif each.default is inspect.Parameter.empty:
            wanted[each.name] = given.get(each.name, Odd())
    return wanted


def refused(function, wanted, name):
    for wrong in (Odd(), [Odd()], {"x": Odd()}):
        # Words come before errors: which language they are in is chosen without these.
        with pytest.raises(ValueError if name == "language" else wb.WorkbenchError) as told:
            function(**wanted | {name: wrong})
        words = str(told.value)
        assert words
        assert "object at 0x" not in words


def parameters_to_try(function):
    return [each.name for each in asked_parameters(function) if each.name not in FREE]


@pytest.mark.parametrize("name", list(public_functions()))
def test_no_parameter_of_a_function_takes_what_it_cannot_be(name, things):
    function, (given, _) = getattr(wb, name), things
    wanted = arguments_of(function, given) | ({"total": 2} if name == "allocate" else {})
    for each in parameters_to_try(function):
        alone = {
            key: value
            for key, value in wanted.items()
            if not (name == "allocate" and key == "total" != each and each in ("confidence", "budget"))
        }
        refused(function, alone, each)


@pytest.mark.parametrize(
    "name",
    [
        "Scenario",
        "Grouping",
        "Outcome",
        "Allocation",
        "Desk",
        "Gap",
        "Assignment",
        "Comparison",
        "Ceiling",
        "CensusOutcome",
    ],
)
def test_no_parameter_of_a_results_methods_takes_what_it_cannot_be(name, things):
    given, results = things
    result = results[name]
    own = {
        method for kind in type(result).__mro__ if kind.__module__.startswith("workbench") for method in vars(kind)
        if not method.startswith(("_", "model_")) and inspect.isfunction(vars(kind)[method])
    }  # fmt: skip
    for method in sorted(own):
        if f"{name}.{method}" in INNER:
            continue
        function = getattr(result, method)
        for each in parameters_to_try(function):
            refused(function, arguments_of(function, given), each)
