"""Every number of the workbook is recomputed; where the Word file has the same table, its cells too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from tests.functional.handed_in import (
    FORMING,
    RUNS,
    Came,
    Truth,
    by,
    column,
    hold,
    in_time,
    in_word,
    meetings,
    sheet,
    standing,
    tasks,
)
from workbench.labels import in_language
from workbench.numbers import odds


@pytest.fixture(autouse=True)
def english():
    with in_language("en"):
        yield


def _dash(value: Any, key: str) -> Any:
    return None if value is None and key == "total" else float("nan") if value is None else value


def measures(scenario: wb.Scenario) -> dict[str, dict[str, Any]]:
    """What each measure that is left changes, by its title."""
    shorter = {}
    for kind in FORMING:
        law = scenario.cases.of(kind).election
        if law is not None:
            assert law.family == "pert"
            low, mode, _ = law.parameters
            shorter[f"cases.{kind}.election"] = {"pert": [low, low, mode]}
    return {
        "weekly committee meetings": {"committee.every_weeks": 1},
        "elections prepared ahead": shorter,
        "Saturdays worked": {"calendar.weekmask": [*scenario.calendar.weekmask, "Sat"]},
    }


def last_days(safe: Any) -> tuple[pd.Timestamp, ...]:
    """Until when each of these must be decided: while a meeting or a dispatch of some kind still is in time."""
    last = safe.by_kind.drop("outreach")
    doors = {step: last[f"{step}_90"].fillna(last[f"{step}_50"]).min() for step in ("meeting", "dispatch")}
    return doors["meeting"], doors["meeting"], doors["dispatch"]


@pytest.mark.parametrize("key", ["responsible", "street", "supervisor"])
def test_the_census_tables(handed, units, key):
    found = by(units, key)
    truth: Truth = {
        "organizations": ("whole", column(found, "organizations")), "members": ("whole", column(found, "members")),
        "at the start": ("whole", column(found, "at_start")),
        "none, 3 or more members": ("whole", column(found, "T3")), "none, 2 members": ("whole", column(found, "T2")),
        "none, 1 member": ("whole", column(found, "T1")), "none, no member": ("whole", column(found, "T0")),
        "dormant": ("whole", column(found, "dormant")),
        "with an instructor": ("whole", column(found, "has_instructor")),
        "with a mass organization": ("whole", column(found, "has_mass_org")),
        "possible": ("whole", column(found, "possible")), "expected": ("days", column(found, "expected")),
        "ceiling": ("share", column(found, "ceiling")), "organization coverage": ("share", column(found, "coverage")),
        "work coverage": ("share", column(found, "work")),
    }  # fmt: skip
    table = sheet(handed, f"by_{key}")
    assert hold(table, (table.headings[0],), truth) == len(found) * len(truth)
    if key == "responsible":
        exact = in_time(handed).mean()
        assert found["expected"].drop("total").to_dict() == pytest.approx(exact.to_dict())
        work = in_time(handed, "organizations_with_work").mean()
        assert found["worked"].drop("total").to_dict() == pytest.approx(work.to_dict())


def test_the_task_lists(handed, units, safe):
    found = tasks(handed, units, safe)
    forming = found[found["kind"] != "outreach"]

    def of(name: str, total: Any = None) -> Callable[[Any], Any]:
        return lambda key: found[name][key] if key in found.index else total

    truth: Truth = {
        "members": ("whole", of("members", forming["members"].sum())), "expected on": ("date", of("on")),
        "how sure": ("share", of("p_formed")), "due (to be filed by)": ("date", of("due")),
    }  # fmt: skip
    table = sheet(handed, "tasks")
    hold(table, ("case",), truth, free=("no.",))
    assert [row["no."] for row in table.rows] == [*range(1, len(forming) + 1), "total"]
    assert table.rows[-1]["case"] == str(len(forming))
    mass = sheet(handed, "mass")
    hold(
        mass,
        ("case",),
        {"due": ("date", of("due")), "chance of an instructor": ("share", of("p_dispatched"))},
        ("no.",),
    )
    outreach = int((found["kind"] == "outreach").sum())
    assert [row["no."] for row in mass.rows] == [*range(1, outreach + 1), "total"]
    own = units[(units["T3"] == 1) & (units["dormant"] == 0)]
    of_own: Truth = truth | {
        "members": ("whole", lambda key: own["members"].sum() if key == "total" else own["members"][key])
    }
    overdue = sheet(handed, "overdue")
    hold(overdue, ("org_id",), of_own, free=("name",))
    assert overdue.rows[-1]["name"] == str(len(own))


def test_who_is_behind(handed, units, safe):
    found, counts, lit = by(units, "responsible"), in_time(handed), tasks(handed, units, safe)
    wanted = np.ceil(found["organizations"] * 0.6 - 1e-9)
    found["needed"] = np.minimum(wanted, found["possible"])
    found.loc["total", "needed"] = found["needed"].drop("total").sum()
    lights = pd.crosstab(lit["responsible"], lit["light"]).reindex(columns=["red", "yellow", "blue"], fill_value=0)
    lights.loc["total"] = lights.sum()
    sure = {unit: float((counts[unit] >= found["needed"][unit]).mean()) for unit in counts}
    truth: Truth = {
        "how sure": ("share", sure.get), "needed": ("whole", column(found, "needed")),
        "expected": ("days", column(found, "expected")), "possible": ("whole", column(found, "possible")),
        **{name: ("whole", column(lights, name)) for name in ("red", "yellow", "blue")},
    }  # fmt: skip
    hold(sheet(handed, "lights"), ("responsible unit",), truth)


def test_joint_branches(handed, units):
    register, placed = handed.register, handed.grouping.assignment.set_index("org_id")
    spots = register[["x", "y"]]

    def distance(org_id: str) -> Any:
        if org_id not in placed.index:
            return None
        kind, facility = placed.loc[org_id, ["facility_kind", "facility_id"]]
        if kind == "community":
            street, community = facility.split("/")
            at = spots[(register["street"] == street) & (register["community"] == community)].mean()
        else:
            at = spots.loc[facility]
        return float(np.hypot(*(spots.loc[org_id] - at)))

    def members(org_id: str) -> int:
        return int(units["members"].get(org_id, units["members"][placed.index].sum()))

    table = sheet(handed, "grouping")
    hold(table, ("org_id",), {"members": ("whole", members), "distance, km": ("km", distance)}, ("group", "its id"))
    assert table.rows[-1]["org_id"] == str(len(placed))
    groups = pd.DataFrame(table.rows[:-1]).groupby("group")
    assert list(groups.groups) == list(range(1, len(groups) + 1))
    word = in_word(handed, "group", "way")
    hold(word, ("group",), {
        "members": ("whole", lambda key: sum(members(each) for each in groups.get_group(int(key))["org_id"])),
        "mean distance, km": ("km", lambda key: groups.get_group(int(key))["org_id"].map(distance).mean()),
    }, ("units",))  # fmt: skip
    for row in word.rows:
        ids = groups.get_group(int(row["group"]))["org_id"]
        assert row["units"] == ", ".join(f"{register['name'][each]} ({members(each)})" for each in ids)
    alone = units[(units["T1"] == 1) & (units["dormant"] == 0) & ~units.index.isin(placed.index)]
    out = sheet(handed, "left_out")
    hold(out, ("org_id",), {
        "members": ("whole", lambda key: alone["members"].sum() if key == "total" else alone["members"][key])
    }, ("name",))  # fmt: skip
    assert out.rows[-1]["name"] == str(len(alone)) == str(len(out.rows) - 1)


def test_instructors_and_who_stands_for_whom(handed, sent):
    outcome = handed.outcome
    stages = outcome.stages
    now, given = sent.now, sent.recommended
    busy = pd.Series(stages["worked"].to_numpy() / (stages["offered"].to_numpy() * RUNS), now.index)
    numbers = pd.DataFrame({"now": now, "recommended": given, "change": given - now})
    numbers.loc["total"] = numbers.sum()
    truth: Truth = {name: ("whole", column(numbers, name)) for name in ("now", "recommended")}
    truth |= {"change": ("signed", column(numbers, "change")), "busy now": ("share", lambda key: busy.get(key))}
    hold(sheet(handed, "instructors"), ("responsible unit",), truth)
    moved = sheet(handed, "moves").rows
    assert moved[-1]["number"] == sum(row["number"] for row in moved[:-1])
    for unit, change in (given - now).items():
        gone = sum(row["number"] for row in moved if row["from"] == unit)
        assert sum(row["number"] for row in moved if row["to"] == unit) - gone == change
    listed = sheet(handed, "assignment").rows
    assert int(listed[-1]["org_id"]) == len(listed) - 1
    idle = ~handed.register["has_branch"]
    assert {row["org_id"] for row in listed[:-1]} >= set(handed.register.index[standing(handed) & idle])


def test_dates_and_the_calendar(handed, units, safe):
    found, held = tasks(handed, units, safe), meetings(handed)
    forming = found[found["kind"] != "outreach"]
    on = [day for days in held.values() for day in days]

    def many(days: list[Any]) -> Callable[[Any], Any]:
        return lambda key: days.count(key) if key != "total" else len(days)

    due, formed = list(forming["due"].dropna()), list(forming["on"].dropna())
    agenda = handed.scenario.committee.agenda
    truth: Truth = {
        "tasks to be filed": ("whole", many(due)), "meetings": ("whole", many(on)),
        "cases heard at most": ("whole", lambda key: on.count(key) * agenda if on.count(key) else None),
        "tasks formed": ("whole", many(formed)),
    }  # fmt: skip
    table = sheet(handed, "calendar")
    hold(table, ("date",), truth)
    word = in_word(handed, "date", "weekday")
    days = {f"{row['date'].day} {row['date']:%B}": row["date"] for row in table.rows[:-1]} | {"total": "total"}
    hold(word, ("date",), {
        heading: (sort, lambda key, of=of: _dash(of(days[key]), key)) for heading, (sort, of) in truth.items()
    })  # fmt: skip
    steps = {
        f"last {step}, {odds}": ("date", f"{step}_{level}")
        for step in ("dispatch", "filing", "meeting") for odds, level in (("even odds", "50"), ("9 in 10", "90"))
    }  # fmt: skip
    opens = pd.Timestamp(handed.scenario.calendar.formation_opens)
    apart, alike = ({name: days[name].where(days[name] >= opens) for _, name in steps.values()}
                    for days in (safe.table, safe.by_kind))  # fmt: skip
    dates: Truth = {heading: (sort, column(apart, name)) for heading, (sort, name) in steps.items()}
    dates |= {"in time if at the opening": ("share", column(safe.table, "at_opening"))}
    cases = found.groupby(["responsible", "kind"]).size()
    dates |= {"cases": ("whole", cases.get), "meetings": ("whole", lambda key: len(held[key[0]]))}
    dates |= {"meetings in time": ("whole", lambda key: safe.meetings["in_time"][key[0]])}
    hold(sheet(handed, "dates"), ("responsible unit", "kind"), dates)
    whole: Truth = {heading: (sort, column(alike, name)) for heading, (sort, name) in steps.items()}
    whole |= {"in time if at the opening": ("share", column(safe.by_kind, "at_opening"))}
    hold(in_word(handed, "kind", "cases"), ("kind",), whole | {"cases": ("whole", found.groupby("kind").size().get)})


def test_measures_and_packages(handed, simulated, safe):
    sets, present = measures(handed.scenario), simulated({})
    until = dict(zip(sets, last_days(safe), strict=True))

    def came(names: str) -> Came:
        return simulated(
            {path: value for name in names.split(" + ") if name in sets for path, value in sets[name].items()}
        )

    truth: Truth = {
        "cost, yuan": ("money", lambda key: 0.0), "expected": ("share", lambda key: came(key).expected),
        "points gained": ("points", lambda key: came(key).expected - present.expected),
        "work coverage, points": ("points", lambda key: came(key).work - present.work),
    }  # fmt: skip
    alone = truth | {"decide by": ("date", until.get)}
    share = {"chance of target": ("share", lambda key: came(key).chance)}
    table = sheet(handed, "measures")
    hold(table, ("measure",), alone | share)
    assert {row["measure"] for row in table.rows} == set(sets)
    words = {"chance of target": ("number", lambda key: odds(came(key).chance, RUNS))}
    hold(in_word(handed, "measure"), ("measure",), alone | words)
    number = {"number": ("whole", lambda key: sum(name in sets for name in key.split(" + ")))}
    packages = sheet(handed, "packages")
    hold(packages, ("measures together",), truth | share | number)
    assert len(packages.rows) == 2 ** len(sets)
    hold(in_word(handed, "measures together"), ("measures together",), truth | words | number)
