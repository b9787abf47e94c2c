"""What a plan takes from its own searches and bounds, found a second way: by trying, and by plain arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations, permutations, product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from tests.functional.handed_in import FORMING, RUNS, Came, Handed, in_time, meetings, sheet

#: Replications that last safe dates rest on by default, and how sure a date is.
FOR_DATES, LEVELS = 200, {"50": 0.5, "90": 0.9}
#: Obstacle -> what takes it away.
REMOVALS: dict[str, dict[str, Any]] = {
    "election": {f"cases.{kind}.election": None for kind in FORMING},
    "approval": {f"cases.{kind}.approval": "none" for kind in FORMING},
    "failure": {f"cases.{kind}.success": 1.0 for kind in (*FORMING, "outreach")},
}
Simulated = Callable[[Mapping[str, Any]], Came]
Days = np.ndarray[Any, Any]


def gap(handed: Handed, units: pd.DataFrame, simulated: Simulated) -> pd.DataFrame:
    """The parts of the gap: every set of obstacles taken away in a simulation of its own, then every order of them."""
    cases = handed.outcome.cases["responsible"].value_counts()
    plenty = {unit: int(cases.get(unit, 1)) for unit in handed.register["responsible"].unique()}
    removals = REMOVALS | {"instructors": {"instructors.by_responsible": plenty}}
    worth = {}
    for size in range(len(removals) + 1):
        for names in combinations(removals, size):
            changes = {path: value for name in names for path, value in removals[name].items()}
            worth[frozenset(names)] = simulated(changes).expected
    orders = list(permutations(removals))
    shares = dict.fromkeys(removals, 0.0)
    for order in orders:
        for turn, name in enumerate(order):
            before = frozenset(order[:turn])
            shares[name] += (worth[before | {name}] - worth[before]) / len(orders)
    whole, nothing, total = frozenset(removals), frozenset[str](), len(units)
    possible = units["possible"].sum()
    never = int(((units["possible"] == 0) & ((units["members"] == 0) | (units["dormant"] == 1))).sum())
    rows = {
        "structure": (never / total, np.nan, np.nan),
        "grouping": ((total - possible - never) / total, np.nan, np.nan),
        "time": (possible / total - worth[whole], np.nan, np.nan),
        **{name: (shares[name], worth[frozenset({name})] - worth[nothing], worth[whole] - worth[whole - {name}])
           for name in removals},
    }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index", columns=["points", "alone", "last"])


def on_fresh(handed: Handed, changes: Mapping[str, Any]) -> Came:
    """What a changed scenario comes to on the replications that follow the plan's own."""
    scenario = handed.scenario.replace(dict(changes))
    outcome = wb.simulate(handed.register, scenario, handed.grouping, replications=2 * RUNS, seed=3, keep="city")
    day, wanted = outcome.calendar.deadline_day, scenario.targets.organization
    fresh = outcome.coverage[RUNS:, day].to_numpy()
    work = outcome.work_coverage[RUNS:, day].to_numpy()
    reached = fresh * outcome.total >= np.ceil(wanted * outcome.total - 1e-9) - 1e-6
    return Came(outcome.ceiling, float(fresh.mean()), float(work.mean()), float(reached.mean()))


def package_chosen(handed: Handed, confidence: float = 0.9) -> dict[str, Any]:
    """Of the sets of measures that the workbook lists, the one to recommend: the smallest and cheapest that is enough,
    or else the likeliest; of equal ones the one that covers more."""
    rows = sheet(handed, "packages").rows
    enough = [row for row in rows if row["chance of target"] >= confidence]
    if enough:
        return min(enough, key=lambda row: (
            row["number"], row["cost, yuan"], -row["chance of target"], -row["expected"]
        ))  # fmt: skip
    return max(rows, key=lambda row: (row["chance of target"], row["expected"], -row["number"], -row["cost, yuan"]))


class Sent(NamedTuple):
    """Instructors by responsible unit, as they are and as recommended; and what both come to on fresh replications."""

    now: pd.Series[int]
    recommended: pd.Series[int]
    before: Came
    after: Came


@pytest.fixture(scope="session")
def sent(handed: Handed) -> Sent:
    """The allocation that the workbook lists, held against every other one of as many instructors or fewer."""
    stages = handed.outcome.stages
    now = pd.Series(stages["instructors"].to_numpy(), stages["responsible"].to_numpy())
    rows = sheet(handed, "instructors").rows[:-1]
    listed = pd.Series({row["responsible unit"]: row["recommended"] for row in rows}).reindex(now.index)

    def came(numbers: pd.Series[int]) -> Came:
        return on_fresh(handed, {"instructors.by_responsible": {str(unit): int(n) for unit, n in numbers.items()}})

    # Units share nothing: what so many instructors bring to each is simulated once, for all units alike.
    total, counts = int(now.sum()), []
    for number in range(total + 1):
        scenario = handed.scenario.replace("instructors.by_responsible", dict.fromkeys(map(str, now.index), number))
        outcome = wb.simulate(handed.register, scenario, handed.grouping, replications=RUNS, seed=3)
        told = handed._replace(outcome=outcome)
        counts.append(
            [in_time(told, f"organizations_with_{part}")[now.index].to_numpy() for part in ("branch", "work")]
        )
    every = np.array([each for each in product(range(total + 1), repeat=len(now)) if sum(each) <= total])
    number, place = np.array(counts), np.arange(len(now))
    # Shape: allocation × responsible unit × part × replication; summed over units.
    branches, work = np.moveaxis(number[every, :, :, place].sum(axis=1), 1, 0)
    wanted = np.ceil(handed.scenario.targets.organization * len(handed.register) - 1e-9)
    worth = list(zip(
        (branches >= wanted).sum(axis=1), branches.sum(axis=1), work.sum(axis=1), -every.sum(axis=1), strict=True
    ))  # fmt: skip
    best, before = every[worth.index(max(worth))], came(now)
    after = came(pd.Series(best, now.index))
    gains = [after.chance - before.chance, after.expected - before.expected, after.work - before.work]
    if next((gain for gain in gains if abs(gain) > 0.0005), 0.0) <= 0.0:
        assert (listed == now).all()
    else:
        of = {tuple(each): value for each, value in zip(every.tolist(), worth, strict=True)}
        assert of[tuple(listed)] == max(worth)
    return Sent(now, listed, before, came(listed))


class Dates(NamedTuple):
    """Last safe dates: by responsible unit and kind, by kind, and how many meetings are held, and in time."""

    table: pd.DataFrame
    by_kind: pd.DataFrame
    meetings: pd.DataFrame


@pytest.fixture(scope="session")
def safe(handed: Handed) -> Dates:
    """Every morning is tried for each case alone, in one replication after the other: who is dispatched, who files, and
    whose case is heard on it, is in time or not."""
    every = pd.concat([_tried(handed, replication) for replication in range(FOR_DATES)], ignore_index=True)
    calendar, opening = handed.outcome.calendar, int(handed.outcome.calendar.formation_opens)
    held = {unit: [calendar.day_by(day.date()) for day in days] for unit, days in meetings(handed).items()}
    mornings = [name for name in every if isinstance(name, tuple)]

    def last(rows: pd.DataFrame, step: str, level: float, allowed: list[int]) -> pd.Timestamp:
        shares = rows[[name for name in mornings if name[0] == step]].mean()
        days = [day for (_, day), share in shares.items() if share >= level and day in allowed]
        return pd.Timestamp(calendar.date_of(max(days))) if days else pd.NaT

    def dates(rows: pd.DataFrame, heard: list[int]) -> dict[str, Any]:
        all_days = list(range(calendar.deadline_day + 1))
        allowed = {"dispatch": all_days[opening:], "filing": all_days, "meeting": heard}
        found: dict[str, Any] = {
            f"{step}_{name}": last(rows, step, level, days)
            for step, days in allowed.items() for name, level in LEVELS.items()
        }  # fmt: skip
        return found | {"at_opening": rows["dispatch", opening].mean()}

    by_unit = {key: dates(rows, held[key[0]]) for key, rows in every.groupby(["responsible", "kind"])}
    by_kind = {kind: dates(rows, list(range(calendar.deadline_day + 1))) for kind, rows in every.groupby("kind")}
    in_time = {
        unit: sum(all(rows["meeting", day].mean() >= LEVELS["50"] for _, rows in part.groupby("kind")) for day in days)
        for unit, days in held.items() for part in [every[every["responsible"] == unit]]
    }  # fmt: skip
    table = pd.DataFrame.from_dict(by_unit, orient="index")
    table.index = pd.MultiIndex.from_tuples(by_unit, names=["responsible", "kind"])
    deadline = pd.Timestamp(handed.outcome.deadline)
    mass = {"dispatch_50": deadline, "dispatch_90": deadline, "at_opening": 1.0}
    outreach = handed.outcome.cases.query("kind == 'outreach'")["responsible"].unique()
    for unit in outreach:
        table.loc[(unit, "outreach"), list(mass)] = list(mass.values())
    kinds = pd.DataFrame.from_dict(by_kind, orient="index")
    kinds.loc["outreach", list(mass)] = list(mass.values())
    dated = [name for name in table if name != "at_opening"]
    return Dates(
        table.assign(**{name: pd.to_datetime(table[name]) for name in dated}),
        kinds.assign(**{name: pd.to_datetime(kinds[name]) for name in dated}),
        pd.DataFrame({"meetings": pd.Series({unit: len(days) for unit, days in held.items()}), "in_time": in_time}),
    )


def _tried(handed: Handed, replication: int) -> pd.DataFrame:
    """One replication: a row per case that forms a branch, and for each step and morning whether it is in time."""
    shown = wb.trace(handed.register, handed.scenario, handed.grouping, replication=replication, seed=3)
    end, notice = int(shown.settings["deadline_day"]), float(shown.settings["notice"])
    # After the last meeting there is none.
    days_of = {unit: np.append(part["day"], np.inf) for unit, part in shown.meetings.groupby("responsible")}
    mornings = np.arange(end + 1.0)
    cases = shown.cases[shown.cases["kind"] != "outreach"]
    rows: dict[str, list[Days]] = {"meeting": [], "filing": [], "dispatch": []}
    for case in cases.to_dict("records"):
        days, lag = days_of[case["responsible"]], case["election_lag"]

        def counts(heard: Days, lag: float = lag) -> Days:
            return np.floor(heard + lag) <= end

        def filed(at: Days, days: Days = days, counts: Callable[[Days], Days] = counts) -> Days:
            return counts(days[np.searchsorted(days, at + notice)])

        rows["meeting"].append(counts(mornings))
        rows["filing"].append(filed(mornings))
        rows["dispatch"].append(filed(_ready(case, mornings)))
    tried = {(step, day): column for step, each in rows.items() for day, column in enumerate(np.array(each).T)}
    return pd.DataFrame({"responsible": cases["responsible"].to_numpy(), "kind": cases["kind"].to_numpy(), **tried})


def _ready(case: Mapping[Any, Any], at: Days) -> Days:
    """When a case that is dispatched then is ready to be filed; never, if no attempt succeeds."""
    for attempt in range(1, int(case["max_attempts"]) + 1):
        at = at + case[f"prep_{attempt}"]
        if case[f"success_{attempt}"]:
            return at
        at = at + case["retry_delay"]
    return np.full_like(at, np.inf)
