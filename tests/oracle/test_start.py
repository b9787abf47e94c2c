"""Campaigns under way (MODEL §10): the kernel from random states, traces, and forecasts of many replications."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from tests.oracle import model_twin, plain_twin, simpy_twin
from tests.oracle.campaigns import FLAGS, anything
from tests.oracle.instances import TICK, Instance, from_a_state, instance, with_calls
from tests.oracle.test_kernel import VARIANTS, across_streets, city, kernel_calls, kernel_serve, near, same, told_apart
from workbench.arguments import as_date
from workbench.grouping import Grouping, group
from workbench.inputs import Calendar, Scenario, make_city
from workbench.inputs.register import write_register
from workbench.jobs.campaign import read_quietly
from workbench.planning.forecast import regrouped
from workbench.simulation import Trace, draw_sample, kernel, prepare, responsible_units_of, trace
from workbench.simulation.start import known_by, prepare_from, states
from workbench.simulation.tracing.exchange import kernel_inputs, serve_trace

#: Random instances of each kind; ``WORKBENCH_INSTANCES=1500 pytest …`` compares more.
INSTANCES = int(os.environ.get("WORKBENCH_INSTANCES", "250"))


def states_of(seed: int, *, calls: bool) -> Instance:
    given = instance(seed)
    return from_a_state(with_calls(given, seed) if calls else given, seed)


# --- the kernel ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("calls", [False, True], ids=["regular", "on demand"])
def test_kernel_from_a_state_equals_the_plain_twin(calls: bool) -> None:
    for seed in range(80_000, 80_000 + 2 * INSTANCES):
        given = states_of(seed, calls=calls)
        frames = given.cases, given.slots, given.meetings, given.settings
        called: list[tuple[str, float]] = []
        same(kernel_serve(*frames), plain_twin.serve(*frames, called), f"state {seed}")
        if calls:
            assert kernel_calls(*frames) == called, f"state {seed}"


def with_room(given: Instance) -> Instance:
    """The same with a slot for every case in one window, so that nobody waits for one: the kernel's shorter way."""
    slots = []
    for name, own in given.cases.groupby("responsible"):
        there = given.slots[given.slots["responsible"] == name]
        window = there.iloc[0] if len(there) else pd.Series({"start": 0.0, "stop": 1.0 + given.settings["horizon_day"]})
        slots += [{"responsible": name, "start": window["start"], "stop": window["stop"]}] * len(own)
    return replace(given, slots=pd.DataFrame(slots, columns=["responsible", "start", "stop"]))


def test_the_shorter_way_from_a_state_equals_the_plain_twin() -> None:
    for seed in range(100_000, 100_000 + 2 * INSTANCES):
        given = with_room(states_of(seed, calls=seed % 2 == 1))
        frames = given.cases, given.slots, given.meetings, given.settings
        same(kernel_serve(*frames), plain_twin.serve(*frames), f"state {seed}, room for all")


@pytest.mark.parametrize("calls", [False, True], ids=["regular", "on demand"])
def test_kernel_from_a_state_equals_the_simpy_twin(calls: bool) -> None:
    for seed in range(90_000, 90_000 + INSTANCES):
        given = states_of(seed, calls=calls)
        if given.settings["t0"] <= given.settings["horizon_day"]:  # SimPy has no time before it begins
            frames = given.cases, given.slots, given.meetings, given.settings
            same(kernel_serve(*frames), simpy_twin.serve(*frames), f"state {seed}")


def test_states_reach_every_outcome() -> None:
    """More in work than slots, a window shut under a case in work, a filing heard late, an election cut short: all."""
    happened = dict.fromkeys(("crowded", "shut", "unheard", "at once", "given up", "again", "beyond", "never"), 0)
    for seed in range(300):
        given = states_of(seed, calls=seed % 2 == 1)
        served = plain_twin.serve(given.cases, given.slots, given.meetings, given.settings)
        t0, cases = given.settings["t0"], given.cases.join(served)
        for name, own in cases.groupby("responsible"):
            slots = given.slots[given.slots["responsible"] == name]
            working = own[own["state"] == "in_work"]
            happened["crowded"] += len(working) > len(slots) > 0
            happened["shut"] += len(working) > 0 and bool((slots["stop"] <= t0).any())
        filed = cases[cases["state"] == "filed"]
        happened["unheard"] += int(((filed["approval"] == "committee") & (filed["approved"] > t0)).sum())
        happened["at once"] += int(((cases["state"] == "approved") & (cases["formed"] == t0)).sum())
        happened["given up"] += int((cases["state"] == "abandoned").sum())
        waiting = (cases["state"] == "waiting") & (cases["attempts_before"] > 0)
        happened["again"] += int((waiting & (cases["attempts"] > cases["attempts_before"])).sum())
        happened["beyond"] += int(
            ((cases["state"] == "in_work") & (cases["attempts_before"] >= cases["max_attempts"])).sum()
        )
        happened["never"] += int((waiting & (cases["attempts_before"] >= cases["max_attempts"])).sum())
    assert min(happened.values()) >= 10, happened


# --- from the register on -----------------------------------------------------------------------------------

#: Where the drawn part of an attempt in work, or of an election, has atoms, or no end.
LAWS: dict[str, dict[str, Any]] = {
    "default": {},
    **{name: VARIANTS[name] for name in ("regulation", "uncertain_city", "uncertain_rules", "laws", "lognormal")},
    **{name: VARIANTS[name] for name in ("all_late", "no_time_at_all", "on_demand", "on_demand_alone", "calendar")},
}


@pytest.mark.parametrize("name", LAWS)
def test_traces_from_a_register(name: str) -> None:
    """The trace's draws are the model twin's, and its times are what the twins make of them."""
    rng = random.Random(f"as of {name}")
    for seed in range(3):
        plain = across_streets(city(seed % 2)) if seed == 2 else city(seed)
        scenario = Scenario.model_validate(LAWS[name])
        grouping = group(plain, scenario, method="nearest")
        register = anything(plain, scenario, seed)
        start = pd.Timestamp(scenario.calendar.start)
        for _ in range(2):
            as_of = (start + pd.Timedelta(days=rng.randint(-2, 50))).date()
            replication, draws = rng.randrange(2**20), rng.randrange(2**64)
            traced = trace(register, scenario, grouping, replication=replication, seed=draws, as_of=as_of)
            label = f"{name}, city {seed}, as of {as_of}"
            same_times(traced, label)
            same_draws(traced, register, scenario, grouping, replication, draws, as_of, label)


def test_traces_from_registers_in_files(tmp_path: Path) -> None:
    """As an office hands them in, written down and read again: any state, slots that close under a case in work,
    meetings on demand, groups whose units tell different states, and groups found anew."""
    for seed in range(max(INSTANCES // 25, 1)):
        rng = random.Random(f"file {seed}")
        plain = make_city(rng.choice((20, 40, 60)), rng.choice((1, 2, 4)), seed=seed)
        start = pd.Timestamp("2027-07-15")
        windows = [
            {"responsible": unit, "count": rng.randint(1, 3), "from": (start + pd.Timedelta(days=since)).date(),
             "until": (start + pd.Timedelta(days=since + rng.randint(3, 20))).date()}
            for unit in sorted(plain["responsible"].unique()) for since in rng.sample(range(10, 30), rng.randint(0, 2))
        ]  # fmt: skip
        law = rng.choice(("default", "laws", "on_demand", "uncertain_rules"))
        scenario = Scenario.model_validate(LAWS[law]).replace({
            "instructors.by_responsible": {}, "instructors.total": rng.choice((0, 2, 8, 200)),
            "instructors.arrivals": windows, "committee.agenda": rng.choice((None, 1, 15)),
        })  # fmt: skip
        grouping = group(plain, scenario, method="nearest")
        register = read_quietly(write_register(anything(plain, scenario, seed), tmp_path / f"{seed}.csv"))
        as_of = (start + pd.Timedelta(days=rng.randint(-2, 50))).date()
        if rng.random() < 0.3:
            grouping = regrouped(register, scenario, grouping, as_of)
        traced = trace(register, scenario, grouping, replication=rng.randrange(99), seed=seed, as_of=as_of)
        same_times(traced, f"register {seed} as of {as_of}")


def same_times(traced: Trace, name: str) -> None:
    regular, called = told_apart(traced.meetings)
    frames = traced.cases, traced.slots, regular, traced.settings
    calls: list[tuple[str, float]] = []
    same(traced.cases, plain_twin.serve(*frames, calls), f"{name} (plain)")
    assert list(zip(called["responsible"], called["day"], strict=True)) == calls, name
    if traced.settings["t0"] <= traced.settings["horizon_day"]:
        same(traced.cases, simpy_twin.serve(*frames), f"{name} (simpy)")
    same(serve_trace(traced).astype(float), traced.cases, f"{name} (served again)")


def same_draws(
    traced: Trace,
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping,
    replication: int,
    seed: int,
    as_of: Any,
    name: str,
) -> None:
    """Every number that chance decides, drawn once more case by case: given what has lasted until t0."""
    known = known_by(register, scenario, as_date(as_of))
    city_wide = model_twin.City(replication, seed)
    t0, cases = traced.settings["t0"], traced.cases.set_index("case")
    shown = states(register, scenario, grouping, as_of=as_of).set_index("case")
    assert shown["state"].to_dict() == cases["state"].to_dict()
    expected = model_twin.drawn_from_state(traced.cases, known, scenario, grouping.assignment, city_wide, t0)
    for column in expected.columns:
        near(cases[column].loc[expected.index].fillna(-1.0), expected[column].fillna(-1.0), f"{name}: {column}")


def test_the_beginning_is_simulate_s_to_the_last_bit() -> None:
    register, scenario = city(1), Scenario.model_validate(VARIANTS["uncertain_city"])
    grouping = group(register, scenario, method="nearest")
    plain = wb.simulate(register, scenario, grouping, replications=60, seed=3)
    begins = wb.forecast(register, scenario, grouping, "2027-07-14", replications=60, seed=3)
    assert plain.dataset.identical(begins.dataset)
    assert plain.case_days.identical(begins.case_days)
    assert plain.stages.identical(begins.stages)
    pd.testing.assert_frame_equal(plain.organizations, begins.organizations)
    shown = trace(register, scenario, grouping, replication=7, seed=3)
    again = trace(register, scenario, grouping, replication=7, seed=3, as_of="2027-07-14")
    pd.testing.assert_frame_equal(shown.cases, again.cases[shown.cases.columns])
    pd.testing.assert_frame_equal(shown.meetings, again.meetings)


@pytest.mark.parametrize("counted_from", ["formed", "approved"])
@pytest.mark.parametrize("name", ["default", "laws", "on_demand", "uncertain_city"])
def test_forecasts_count_what_the_traces_show(name: str, counted_from: str) -> None:
    """Facts on their days, and what each replication's trace adds to them, day by day."""
    scenario = Scenario.model_validate(LAWS[name]).replace("policy.counted_from", counted_from)
    plain = city(1)
    grouping = group(plain, scenario, method="nearest")
    register, as_of, replications = anything(plain, scenario, 5), "2027-08-12", 12
    outcome = wb.forecast(register, scenario, grouping, as_of, replications=replications, seed=2)
    assert outcome.as_of == as_date(as_of)
    shown = states(register, scenario, grouping, as_of=as_of).set_index("case")
    branch, work = facts(register, scenario, grouping, as_of)
    units = units_of(plain, scenario, grouping)
    left, t0 = set(shown.index), known_by(register, scenario, as_date(as_of)).t0
    for replication in range(replications):
        cases = trace(register, scenario, grouping, replication=replication, seed=2, as_of=as_of).cases
        branch_at, work_at = dict(branch), dict(work)
        for case in cases.to_dict("records"):
            covered = case["formed"]
            if counted_from == "approved":
                # Who is dated as approved is, though nobody need approve.
                silent = case["approval"] == "none" and np.isnan(case["approved"])
                covered = case["filed"] if silent else case["approved"]
            for unit in (each for each in units[case["case"]] if not branch[each] < np.inf):
                if not np.isnan(covered):
                    branch_at[unit] = covered
                began = [time for time in (case["dispatched"], covered, case["mass_org"]) if not np.isnan(time)]
                if case["state"] in ("in_work", "filed", "approved") or case["attempts_before"] > 0:
                    began.append(t0 - 0.5)
                work_at[unit] = min([work_at[unit], *began])
        assert set(cases["case"]) == left
        days = outcome.dataset.sizes["day"]
        found = outcome.counts("organization").to_numpy()[replication]
        wanted = [sum(time < day + 1 for time in branch_at.values()) for day in range(days)]
        assert found.tolist() == wanted, replication
        found = outcome.counts("work").to_numpy()[replication]
        assert (np.diff(found) >= 0).all()
        # Work that has no date of its own counts on the last day before t0 at the latest.
        last = int(t0) - 1
        wanted = [sum(time < day + 1 for time in work_at.values()) for day in range(days)]
        assert found[last:].tolist() == wanted[last:], replication


def units_of(register: pd.DataFrame, scenario: Scenario, grouping: Grouping) -> dict[str, list[str]]:
    """Each organization is the unit of its own case, and of the one that its group leads."""
    cases = prepare(register, scenario, grouping).cases
    units: dict[str, list[str]] = {org_id: [org_id] for org_id in register.index}
    for number, lead in enumerate(cases.ids):
        rows = cases.unit_row[cases.unit_start[number] : cases.unit_start[number + 1]]
        units[lead] = list(cases.organizations.index[rows])
    return units


def facts(
    register: pd.DataFrame, scenario: Scenario, grouping: Grouping, as_of: str
) -> tuple[dict[str, float], dict[str, float]]:
    """Since when each has a branch, and any work, by its own dates."""
    calendar, last = Calendar.of(scenario.calendar), pd.Timestamp(as_of)
    branch, work = {}, {}
    for org_id, row in register.to_dict("index").items():
        had = {}
        for column, flag in FLAGS.items():
            if not row[flag] or row[column] > last:
                had[flag] = np.inf
            else:
                had[flag] = -1.0 if pd.isna(row[column]) else calendar.day_by(row[column].date()) + 0.5
        branch[org_id], work[org_id] = had["has_branch"], min(had.values())
    return branch, work


def test_conditional_draws_end_after_t0() -> None:
    """An attempt that has outlasted its law ends at t0; none ends before."""
    register, scenario = anything(city(0), Scenario(), 1), Scenario()
    grouping = group(city(0), scenario, method="nearest")
    for replication in range(20):
        traced = trace(register, scenario, grouping, replication=replication, as_of="2027-08-25")
        t0, cases = traced.settings["t0"], traced.cases
        working = cases[cases["state"] == "in_work"]
        assert len(working) > 10
        for case in working.to_dict("records"):
            assert case["since"] + case[f"prep_{case['attempts_before'] + 1}"] >= t0 - TICK / 4
        approved = cases[cases["state"] == "approved"]
        assert ((approved["since"] + approved["election_lag"]) >= t0).all()


@pytest.mark.parametrize("counted_from", ["formed", "approved"])
@pytest.mark.parametrize("name", ["default", "laws", "on_demand"])
def test_every_number_of_instructors_from_a_state(name: str, counted_from: str) -> None:
    """What allocation asks of a campaign under way: all numbers at once are each number alone, to the last bit."""
    scenario = Scenario.model_validate(LAWS[name]).replace(
        {"policy.counted_from": counted_from, "calendar.horizon": "2027-09-10"}
    )
    plain = city(1)
    grouping = group(plain, scenario, method="nearest")
    for as_of in ("2027-08-12", "2027-08-27", "2027-09-02"):
        setup = prepare_from(anything(plain, scenario, 4), scenario, grouping, as_of)
        deadline = setup.calendar.deadline_day
        for unit in responsible_units_of(setup, draw_sample(setup, 0, 20, 1)):
            numbers = [0, 1, 2, 4, 9]
            branches, works = unit.added(numbers)
            for place, number in enumerate(numbers):
                alone = unit.respond(number)
                assert branches[place].tolist() == alone.branches[deadline].tolist(), (as_of, number)
                assert works[place].tolist() == alone.works[deadline].tolist(), (as_of, number)


def test_serve_takes_the_words_of_a_trace() -> None:
    given = states_of(80_001, calls=False)
    traced = Trace(given.cases, given.slots, given.meetings, given.settings)
    for responsible in sorted(set(given.cases["responsible"])):
        inputs = kernel_inputs(traced, responsible)
        words = given.cases.loc[given.cases["responsible"] == responsible, "state"].to_numpy()
        one, other = kernel.serve(**inputs), kernel.serve(**(inputs | {"state": words}))
        assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, other, strict=True))
    with pytest.raises(ValueError, match="state"):
        kernel.serve(**(inputs | {"state": ["resting"] * len(words)}))
