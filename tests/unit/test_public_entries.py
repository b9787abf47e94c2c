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
