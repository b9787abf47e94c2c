"""The package against the twins: the kernel to the last bit, and traces from the register on."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest

from tests.oracle import model_twin, plain_twin, simpy_twin
from tests.oracle.counts_twin import counts
from tests.oracle.instances import TICK, instance, with_calls
from workbench.grouping import Grouping, group
from workbench.inputs.city.make import make_city
from workbench.inputs.register.read import read_register
from workbench.inputs.scenario.model import Scenario, read_scenario
from workbench.simulation import Trace, kernel, simulate, trace, uniform
from workbench.simulation.tracing.exchange import kernel_inputs, serve_trace

OUTPUTS = plain_twin.OUTPUTS
SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


def kernel_serve(
    cases: pd.DataFrame, slots: pd.DataFrame, meetings: pd.DataFrame, settings: dict[str, float]
) -> pd.DataFrame:
    """The package's kernel behind the twins' face."""
    return serve_trace(Trace(cases, slots, meetings, settings)).astype(float)


def kernel_calls(
    cases: pd.DataFrame, slots: pd.DataFrame, meetings: pd.DataFrame, settings: dict[str, Any]
) -> list[tuple[str, float]]:
    """The meetings that the kernel calls: (responsible, day)."""
    given = Trace(cases, slots, meetings, settings)
    return [
        (name, day)
        for name in sorted(set(cases["responsible"]))
        for day in kernel.serve(**kernel_inputs(given, name)).called.tolist()
    ]


# --- the kernel ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", range(6))
def test_kernel_equals_the_plain_twin(block: int) -> None:
    for seed in range(10_000 + block * 500, 10_000 + (block + 1) * 500):
        given = instance(seed)
        frames = given.cases, given.slots, given.meetings, given.settings
        same(kernel_serve(*frames), plain_twin.serve(*frames), f"instance {seed}")


def test_kernel_equals_the_plain_twin_in_a_crowd() -> None:
    """More cases than the bits of a word, and than one word's worth of words' bits."""
    for seed in range(30_000, 30_060):
        given = instance(seed, cases=random.Random(seed).choice((63, 64, 65, 100, 129, 200)))
        frames = given.cases, given.slots, given.meetings, given.settings
        same(kernel_serve(*frames), plain_twin.serve(*frames), f"crowd {seed}")


@pytest.mark.parametrize("block", range(2))
def test_kernel_equals_the_simpy_twin(block: int) -> None:
    for seed in range(20_000 + block * 400, 20_000 + (block + 1) * 400):
        given = instance(seed)
        frames = given.cases, given.slots, given.meetings, given.settings
        same(kernel_serve(*frames), simpy_twin.serve(*frames), f"instance {seed}")


@pytest.mark.parametrize("block", range(4))
def test_meetings_on_demand_equal_the_plain_twin(block: int) -> None:
    for seed in range(50_000 + block * 500, 50_000 + (block + 1) * 500):
        given = with_calls(instance(seed), seed)
        frames = given.cases, given.slots, given.meetings, given.settings
        called: list[tuple[str, float]] = []
        same(kernel_serve(*frames), plain_twin.serve(*frames, called), f"on demand {seed}")
        assert kernel_calls(*frames) == called, f"on demand {seed}"


def test_meetings_on_demand_equal_the_simpy_twin() -> None:
    for seed in range(60_000, 60_400):
        given = with_calls(instance(seed), seed)
        frames = given.cases, given.slots, given.meetings, given.settings
        same(kernel_serve(*frames), simpy_twin.serve(*frames), f"on demand {seed}")


def same(found: pd.DataFrame, expected: pd.DataFrame, name: str) -> None:
    """Equal to the last bit, with NaN equal to NaN; else say which case and which output."""
    for column in OUTPUTS:
        left, right = found[column].to_numpy(dtype=float), expected[column].to_numpy(dtype=float)
        if not np.array_equal(left, right, equal_nan=True):
            case = next(i for i in range(left.size) if not np.array_equal(left[i], right[i], equal_nan=True))
            pytest.fail(f"{name}, row {case}: {column} is {float(left[case])}, the twin's is {float(right[case])}")


# --- uniform numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, 1, 2**32, 2**63 + 12345, 2**64 - 1])
def test_uniform(seed: int) -> None:
    names = ["A001", "机构甲", "", "x" * 200]
    for replication in (0, 7, 2**31 + 3):
        for purpose, word in model_twin.WORDS.items():
            attempt = 0 if purpose in ("survey", "discovery", "members") else 1
            found = uniform(names, replication, attempt, purpose, seed=seed)
            expected = [model_twin.uniform(name, replication, attempt, word, seed) for name in names]
            assert np.asarray(found).tolist() == expected
        parameters = ["speed", "cases.joint.success", "committee.notice"]
        found = uniform(parameters, replication, 0, "value", seed=seed, kind="parameter")
        expected = [model_twin.uniform(name, replication, 0, 0, seed, "parameter") for name in parameters]
        assert np.asarray(found).tolist() == expected


# --- traces of made-up cities under scenarios that reach every rule -----------------------------------------

VARIANTS: dict[str, dict[str, Any]] = {
    "default": {},
    "regulation": {
        "policy": {"two_members": "joint", "member_basis": "floating", "denominator": "active"},
        "discipline": "work_first",
    },
    "on_roll": {"policy": {"member_basis": "on_roll"}, "discipline": ["attached", "outreach", "joint"]},
    "uncertain_rules": {
        "discipline": "fifo",
        "census": {"late": {"uniform": [0.1, 0.6]}, "tail": {"exponential": 3}},
        "committee": {"notice": {"triangular": [0, 1, 3]}},
        "cases": {
            "standalone": {"success": {"pert": [0.3, 0.6, 0.9]}},
            "joint": {
                "success": {"uniform": [0.2, 0.9]},
                "per_km": {"pert": [0, 0.1, 0.4]},
                "per_extra_unit": {"uniform": [0, 0.5]},
            },
            "attached": {"per_km": {"uniform": [0, 1]}},
        },
    },
    "uncertain_city": {
        "uncertainty": {
            "speed": {"lognormal": [1, 0.3]},
            "failure": {"uniform": [0, 4]},
            "absence": {"pert": [0, 0.2, 0.5]},
            "approval_delay": {"exponential": 1.5},
            "election": {"uniform": [0.5, 2]},
            "late": {"uniform": [0, 1]},
        }
    },
    "certain": {
        "uncertainty": {"speed": None, "failure": None, "absence": None, "approval_delay": None},
        "census": {"late": 0},
        "instructors": {"share": "equal", "total": 23, "caseload": 3},
    },
    "never_or_always": {
        "uncertainty": {"failure": {"fixed": 0}},
        "cases": {"standalone": {"success": 0}, "joint": {"success": 0.01}},
    },
    "all_late": {
        "census": {"late": 1, "tail": {"empirical": [0, 0, 1, 4.5, 11]}},
        "instructors": {"share": "by_organizations", "total": 17, "caseload": 1},
    },
    "laws": {
        "cases": {
            "standalone": {
                "preparation": {"exponential": 6},
                "max_attempts": 5,
                "success": 0.4,
                "retry_delay": {"exponential": 1},
            },
            "assisted": {
                "preparation": {"empirical": [1, 1, 2, 9]},
                "election": {"uniform": [0, 2]},
                "approval": "direct",
            },
            "joint": {
                "preparation": {"pert": [0, 0, 30]},
                "election": {"exponential": 3},
                "per_extra_unit": 0.7,
            },
            "attached": {"preparation": {"triangular": [0, 0, 6]}, "approval": "none", "max_attempts": 1},
            "outreach": {"preparation": {"uniform": [0.5, 4]}, "success": 0.7, "max_attempts": 2},
        }
    },
    "lognormal": {
        "census": {"late": 0.3, "tail": {"lognormal": [3, 4]}},
        "cases": {
            "standalone": {"preparation": {"lognormal": [5, 2]}, "retry_delay": {"lognormal": [1, 1]}},
            "joint": {"preparation": {"lognormal": [10, 5]}, "election": {"lognormal": [2, 1]}},
        },
    },
    "no_time_at_all": {
        "cases": {
            kind: {"preparation": 0, "retry_delay": 0, "success": 0.5, "max_attempts": 4, "election": None}
            for kind in ("standalone", "assisted", "joint", "attached", "outreach")
        },
        "uncertainty": {"speed": None, "failure": None, "absence": None, "approval_delay": None},
        "committee": {"agenda": 1, "notice": 0, "weekdays": ["Mon", "Wed", "Fri"], "every_weeks": 1},
        "instructors": {"total": 3, "share": "equal", "caseload": 1},
    },
    "crowded_agenda": {
        "cases": {"outreach": {"success": 0.9}, "standalone": {"election": None}},
        "committee": {"agenda": 2, "every_weeks": 1, "notice": 0.25},
    },
    "calendar": {
        "calendar": {
            "start": "2027-07-10",
            "horizon": "2027-11-20",
            "weekmask": ["Mon", "Tue", "Wed", "Thu", "Sat"],
            "extra_workdays": ["2027-08-01", "2027-08-29"],
            "census_end": "2027-08-01",
            "mobilisation": "2027-07-23",
        },
        "committee": {
            "weekdays": ["Fri", "Tue"],
            "every_weeks": 3,
            "first": "2027-07-01",
            "agenda": 4,
            "extra": ["2027-08-08", "2027-10-03"],
        },
    },
    "on_demand": {
        "committee": {"every_weeks": 2, "agenda": 3, "notice": 1, "on_demand": {"cases": 2, "lead": 2}},
    },
    "on_demand_alone": {
        "committee": {"first": "2027-09-30", "agenda": None, "on_demand": {"cases": 1, "lead": 1.5}},
        "calendar": {"horizon": "2027-10-15"},
    },
    "holidays_by_hand": {
        "calendar": {"holidays": ["2027-08-03", "2027-08-17", "2027-08-31", "2027-07-15"]},
        "committee": {"agenda": 0, "extra": ["2027-08-30"], "stagger": False},
    },
}
#: Few instructors who stand for few organizations, so that many are not reached, or late, or by who arrives.
STANDING: dict[str, dict[str, Any]] = {
    "standing_early": {"instructors": {"total": 14, "standing": 3, "assigned_on": "2027-07-28"}},
    "standing_late": {
        "instructors": {
            "total": 20,
            "standing": 2,
            "assigned_on": "2027-08-14",
            "arrivals": [{"responsible": "system 1", "count": 2, "from": "2027-08-16"}],
        },
    },
    "standing_before_anybody_is_there": {"instructors": {"total": 20, "standing": 2, "assigned_on": "2027-07-15"}},
    "standing_beyond_the_end": {"instructors": {"standing": 2, "assigned_on": "2027-09-01"}},
    "no_standing": {"instructors": {"total": 30, "standing": None}},
    "standing_for_nothing": {"instructors": {"total": 30, "standing": 4}, "policy": {"work_from": "dispatched"}},
}
#: Variants that name responsible units are made for the city at hand.
NAMING = ("arrivals", "own_committees", "own_calls")


def variant(name: str, responsible_units: list[str]) -> dict[str, Any]:
    if name == "arrivals":
        last = responsible_units[-1]
        arrivals = [
            {"responsible": responsible_units[0], "count": 2, "from": "2027-08-07", "until": "2027-08-20"},
            {"responsible": responsible_units[0], "count": 1, "from": "2027-08-02"},
            {"responsible": responsible_units[0], "count": 1, "from": "2027-08-07", "until": "2027-08-10"},
            {"responsible": last, "count": 1, "until": "2027-08-14"},
            {"responsible": last, "count": 2, "from": "2027-07-01", "until": "2027-07-20"},
            {"responsible": last, "count": 1, "from": "2027-07-20", "until": "2027-08-10"},
        ]
        return {
            "instructors": {"by_responsible": {responsible_units[0]: 2, responsible_units[1]: 1}, "arrivals": arrivals}
        }
    if name == "own_calls":
        own: dict[str, Any] = {
            responsible_units[0]: {"on_demand": {"cases": 1, "lead": 3}, "agenda": None},
            responsible_units[1]: {"on_demand": None},
            responsible_units[2]: {"agenda": 0},
        }
        return {"committee": {"by_responsible": own, "agenda": 2, "on_demand": {"cases": 3, "lead": 1}}}
    by_responsible = {
        responsible_units[0]: {"agenda": None, "extra": ["2027-08-12"]},
        responsible_units[1]: {"weekdays": ["Thu"], "every_weeks": 1, "agenda": 2},
        responsible_units[2]: {"first": "2027-08-19", "stagger": False},
        responsible_units[3]: {"stagger": True, "every_weeks": 3},
    }
    return {"committee": {"by_responsible": by_responsible, "stagger": True, "every_weeks": 2, "extra": ["2027-08-05"]}}


@cache
def city(seed: int) -> pd.DataFrame:
    """A small city; its rows are shuffled, since their order means nothing."""
    register = make_city(90 + 15 * seed, 4 + seed, seed=seed, covered=0.25, dormant=0.08, hosts=0.4)
    return register.sample(frac=1, random_state=seed)


def across_streets(register: pd.DataFrame) -> pd.DataFrame:
    """The same where two systems are responsible for a third of the organizations, whatever street they are in."""
    rng = random.Random(3)
    systems = [rng.choice(("system 1", "system 2", None, None, None, None)) for _ in range(len(register))]
    return register.assign(responsible=pd.Series(systems, register.index, "str").fillna(register["street"]))


@pytest.mark.parametrize("name", VARIANTS)
def test_trace_across_streets(name: str) -> None:
    """Units of one case have other responsible units than its lead, and so has a host."""
    register = across_streets(city(1))
    scenario = Scenario.model_validate(VARIANTS[name])
    compare(register, scenario, group(register, scenario, method="nearest"), 2, 9, f"{name}, across streets")
    by_street = scenario.replace("policy.responsibility", "street")
    ignored = trace(register, by_street, False, replication=2, seed=9).cases
    plain = trace(city(1), scenario, False, replication=2, seed=9).cases
    pd.testing.assert_frame_equal(ignored, plain)


@pytest.mark.parametrize("name", [*VARIANTS, *NAMING])
@pytest.mark.parametrize("city_seed", [0, 1])
def test_trace_of_made_up_cities(name: str, city_seed: int) -> None:
    register = city(city_seed)
    responsible_units = sorted(set(register["responsible"]))
    scenario = Scenario.model_validate(
        VARIANTS.get(name) or (variant(name, responsible_units) if name != "default" else {})
    )
    grouping = group(register, scenario, method="nearest") if city_seed else group(register, scenario)
    rng = random.Random(f"{name} {city_seed}")
    for replication, seed in ((0, 0), (rng.randrange(2**20), rng.randrange(2**64))):
        compare(register, scenario, grouping, replication, seed, f"{name}, city {city_seed}")


def test_trace_without_a_grouping() -> None:
    compare(city(2), Scenario(), False, 3, 4, "no grouping")


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_trace_of_shipped_scenarios(path: Path) -> None:
    scenario = read_scenario(path)
    assert scenario.register_file is not None
    register = read_register(scenario.register_file)
    grouping = group(register, scenario, method="nearest")
    compare(register, scenario, grouping, 1, 0, path.stem)


def compare(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False],
    replication: int,
    seed: int,
    name: str,
) -> None:
    """The trace's inputs are the model twin's, and its outputs are what the twins make of its inputs."""
    name = f"{name}, replication {replication}, seed {seed}"
    traced = trace(register, scenario, grouping, replication=replication, seed=seed)
    assignment = grouping.assignment if grouping else None
    expected = model_twin.inputs(register, scenario, assignment, replication, seed)
    same_inputs(traced, expected, name, tabulated=scenario.census.tail.family in ("pert", "lognormal"))
    regular, called = told_apart(traced.meetings)
    frames = traced.cases, traced.slots, regular, traced.settings
    calls: list[tuple[str, float]] = []
    same(traced.cases, plain_twin.serve(*frames, calls), f"{name} (plain)")
    assert list(zip(called["responsible"], called["day"], strict=True)) == calls, name
    same(traced.cases, simpy_twin.serve(*frames), f"{name} (simpy)")


def told_apart(meetings: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A trace's regular meetings, and those that were called."""
    called = meetings["called"].to_numpy(dtype=bool)
    return meetings[~called].drop(columns="called").reset_index(drop=True), meetings[called]


def same_inputs(traced: Trace, expected: model_twin.Inputs, name: str, *, tabulated: bool) -> None:
    """Equal; durations, and releases after a `tabulated` census tail, to a tick."""
    assert repr(dict(traced.settings)) == repr(expected.settings), name  # in which NaN is NaN
    for frame in ("slots", "meetings"):
        found, wanted = getattr(traced, frame), getattr(expected, frame)
        if frame == "meetings":
            found, called = told_apart(found)
            agendas = [expected.settings["called_agenda"][name] for name in called["responsible"]]
            assert np.array_equal(called["agenda"], agendas, equal_nan=True), name
        wanted = wanted.astype(found.dtypes.to_dict()) if wanted.empty else wanted
        pd.testing.assert_frame_equal(
            found, wanted, check_dtype=False, check_index_type=False, check_exact=True, obj=f"{name}: {frame}"
        )
    found = traced.cases.sort_values("case", ignore_index=True)
    wanted = expected.cases.sort_values("case", ignore_index=True)
    near(found["release"], wanted["release"], f"{name}: release", ticks=int(tabulated))
    exact = ["case", "kind", "responsible", "units", "priority", "rank", "max_attempts", "approval", "election"]
    for column in exact:
        assert found[column].tolist() == wanted[column].tolist(), f"{name}: {column}"
    for k in range(1, 1 + max(wanted["max_attempts"], default=0)):
        used = wanted["max_attempts"] >= k
        successes = found.loc[used, f"success_{k}"].astype(float)
        assert successes.tolist() == wanted.loc[used, f"success_{k}"].tolist(), f"{name}: success_{k}"
        assert found.loc[~used, f"prep_{k}"].isna().all(), f"{name}: prep_{k}"
        near(found.loc[used, f"prep_{k}"], wanted.loc[used, f"prep_{k}"], f"{name}: prep_{k}")
    near(found["retry_delay"], wanted["retry_delay"], f"{name}: retry_delay")
    near(found["election_lag"], wanted["election_lag"], f"{name}: election_lag")


def near(found: pd.Series, expected: pd.Series, name: str, *, ticks: int = 1) -> None:
    """Multiples of 2^-20, at most so many ticks apart: the fast side may read quantiles from a table."""
    left, right = found.to_numpy(), expected.to_numpy()
    assert (np.rint(left / TICK) * TICK == left).all(), name
    worst = np.max(np.abs(left - right), initial=0.0)
    assert worst <= ticks * TICK, f"{name}: {worst / TICK:.2f} ticks apart"


# --- many replications at once ------------------------------------------------------------------------------


#: Few slots, so that who comes first decides nearly everything.
SCARCE: dict[str, dict[str, Any]] = {
    "fifo": {"discipline": "fifo", "instructors": {"by_responsible": {}, "total": 5, "share": "equal", "caseload": 1}},
    "priorities": {"census": {"late": 0.5}, "instructors": {"total": 8}, "committee": {"agenda": 1, "every_weeks": 1}},
    "enough": {"instructors": {"total": 200}, "cases": {"joint": {"max_attempts": 1}}},
}


def every_replication_is_its_trace(name: str, replications: int) -> None:
    """Case by case and day by day; and the working days of every stage, exactly."""
    register, scenario = city(1), Scenario.model_validate(SCARCE[name])
    grouping = group(register, scenario, method="nearest")
    outcome = simulate(register, scenario, grouping, replications=replications, seed=9, workers=2)
    shown = [trace(register, scenario, grouping, replication=r, seed=9).cases for r in range(replications)]
    every = pd.concat(shown, ignore_index=True)
    cases, days = outcome.case_days["case"].to_numpy().tolist(), int(outcome.case_days.sizes["day"])
    for column in ("dispatched", "formed"):
        happened = every.dropna(subset=[column])
        expected = np.zeros((len(cases), days), dtype=int)
        rows = pd.Index(cases).get_indexer(pd.Index(happened["case"]))
        np.add.at(expected, (rows, np.floor(happened[column]).astype(int)), 1)
        assert (outcome.case_days[column].to_numpy() == expected).all(), f"{name}: {column}"
    done = every["filed"].fillna(every["mass_org"])
    spent = {
        "dispatch": every["dispatched"] - every["release"],
        "preparation": done - every["dispatched"],
        "approval": every["approved"] - every["filed"],
        "election": every["formed"] - every["approved"],
    }
    for stage, times in spent.items():
        total = times.groupby([every["responsible"], every["kind"]]).sum()
        for (responsible, kind), expected_days in total.items():
            found = float(outcome.stages["days"].sel(responsible=responsible, kind=kind, stage=stage))
            assert found == expected_days, f"{name}: {stage} of {kind} in {responsible}"


@pytest.mark.parametrize("name", SCARCE)
def test_every_replication_is_its_trace(name: str) -> None:
    every_replication_is_its_trace(name, 40)


@pytest.mark.parametrize("counted_from", ["formed", "approved"])
@pytest.mark.parametrize(
    "name",
    ["default", "regulation", "laws", "uncertain_city", "no_time_at_all", "calendar", "on_demand", *STANDING],
)
def test_simulate_counts_what_the_traces_show(name: str, counted_from: str) -> None:
    """Organizations with a branch, and with work, by day and by their own responsible unit, from the twin's times."""
    register = across_streets(city(1)) if name in STANDING else city(1)
    given = STANDING.get(name) or VARIANTS[name]
    policy = {**given.get("policy", {}), "counted_from": counted_from}
    scenario = Scenario.model_validate({**given, "policy": policy})
    grouping = group(register, scenario, method="nearest")
    dataset = simulate(register, scenario, grouping, replications=8, seed=5).dataset
    rows = model_twin.in_scope(register, scenario)
    made = model_twin.made_cases(rows, scenario, grouping.assignment)
    units = {case["case"]: case["units"] for case in made}
    names = sorted({row["responsible"] for row in rows.values()})
    instructors = model_twin.numbers_of_instructors(rows, names, made, scenario, register)
    for replication in (0, 3, 7):
        traced = trace(register, scenario, grouping, replication=replication, seed=5)
        regular, _ = told_apart(traced.meetings)
        times = plain_twin.serve(traced.cases, traced.slots, regular, traced.settings)
        cases = traced.cases[["case", "approval"]].join(times)
        tables = counts(register, scenario, units, cases, int(dataset.sizes["day"]), instructors)
        for variable, counted in zip(("organizations_with_branch", "organizations_with_work"), tables, strict=True):
            found = dataset[variable].isel(replication=replication).transpose("responsible", "day")
            shown = dict(zip(found["responsible"].to_numpy().tolist(), found.to_numpy().tolist(), strict=True))
            assert shown == counted, f"{name}: {variable} of replication {replication}"
