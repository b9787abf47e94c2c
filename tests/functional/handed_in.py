"""What is handed in, read back, and what register, grouping and saved outcome come to in plain pandas.

What a plan takes from searches and bounds of its own is found a second way (`second_methods`): last safe dates and the
gap's shares whole; the allocation by trying every other one, the set of measures by choosing anew from those listed; of
the grouping what it comes to (`tests/oracle` says which is best).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, NamedTuple

import docx
import numpy as np
import openpyxl
import pandas as pd
import pytest

import workbench as wb
from workbench.inputs import make_city
from workbench.jobs.plan import Plan, make_plan
from workbench.labels import in_language, text
from workbench.planning.measures.experiment import CLOSE_ENOUGH
from workbench.views.formats.blocks import written_as
from workbench.views.report import report_docx
from workbench.views.report.workbook import write_workbook

RUNS = 40
KEPT = ("weekly_meetings", "elections_prepared", "saturdays", "count_from_approval")
STRUCK = (
    "meetings_on_demand", "no_agenda_limit", "one_more_meeting", "direct_decision", "open_with_survey",
    "half_more_instructors", "joint_farther", "larger_groups", "hosts_take_two", "strike_dormant", "two_weeks_later",
)  # fmt: skip
KINDS = ("standalone", "assisted", "joint", "attached", "outreach")
FORMING = KINDS[:4]
NUMBER = re.compile(r"\d")
Truth = Mapping[str, tuple[str, Callable[[Any], Any]]]


class Handed(NamedTuple):
    """The plan, and what was saved of it: register and outcome as files, the workbook and the Word file read back."""

    register: pd.DataFrame
    scenario: wb.Scenario
    outcome: wb.Outcome
    grouping: wb.Grouping
    plan: Plan
    book: Any
    word: Any


@pytest.fixture(scope="session")
def handed(tmp_path_factory) -> Handed:
    folder = tmp_path_factory.mktemp("handed")
    wb.write_register(make_city(90, 4, seed=11), folder / "city.csv")
    register = wb.read_register(folder / "city.csv")
    scenario = wb.Scenario.model_validate({
        "name": "small", "instructors": {"total": 16}, "costs": {"instructor_month": 300, "branch_start_up": 2000},
        "measures": dict.fromkeys(STRUCK),
    })  # fmt: skip
    with in_language("en"):
        plan = make_plan(register, scenario, replications=RUNS, seed=3)
        plan.outcome.save(folder / "outcome.nc")
        write_workbook(plan, folder / "plan.xlsx")
        word = docx.Document(io.BytesIO(report_docx(plan, {})))
    grouping = wb.group(register, scenario, seed=3)
    outcome = wb.load_outcome(folder / "outcome.nc")
    return Handed(register, scenario, outcome, grouping, plan, openpyxl.load_workbook(folder / "plan.xlsx"), word)


@pytest.fixture(scope="session")
def units(handed: Handed) -> pd.DataFrame:
    """One row per organization: what the census counts, its case and what happens to it, and its share of work."""
    register, outcome = handed.register, handed.outcome
    found = register[["street", "responsible", "supervisor"]].copy()
    found["supervisor"] = found["supervisor"].fillna("(none given)")
    found["organizations"], found["members"] = 1, register["full_members"]
    found["at_start"] = register["has_branch"].astype(int)
    idle = ~register["has_branch"] & ~register["dormant"]
    for tier, fits in (("T3", found["members"] >= 3), ("T2", found["members"] == 2), ("T1", found["members"] == 1),
                       ("T0", found["members"] == 0)):  # fmt: skip
        found[tier] = (~register["has_branch"] & fits).astype(int)
    for name in ("dormant", "has_instructor", "has_mass_org"):
        found[name] = register[name].astype(int)
    group = handed.grouping.assignment.set_index("org_id")
    case = pd.Series(register.index, index=register.index, dtype=object)
    for org_id, row in group.iterrows():
        peers = group.index[
            (group["facility_kind"] == row["facility_kind"]) & (group["facility_id"] == row["facility_id"])
        ]
        by_hash = min(peers, key=lambda peer: digest(str(peer)))
        case[org_id] = {"peer": row["facility_id"], "community": by_hash, "host": org_id}[row["facility_kind"]]
    kind = pd.Series("", index=register.index)
    kind[idle & (found["members"] >= 3)], kind[idle & (found["members"] == 2)] = "standalone", "assisted"
    kind[group.index] = np.where(group["facility_kind"] == "host", "attached", "joint")
    reached = register["has_instructor"] | register["has_mass_org"]
    kind[idle & (kind == "") & ~reached] = "outreach"
    found["kind"], found["case"] = kind, case.where(kind != "")
    found["possible"] = (register["has_branch"] | kind.isin(FORMING)).astype(int)
    formed = found["case"].map(outcome.cases["p_formed"]).astype(float).where(kind.isin(FORMING), 0.0).fillna(0.0)
    found["expected"] = found["at_start"] + formed
    had = register["has_branch"] | register["has_instructor"] | register["has_mass_org"]
    sent = found["case"].map(outcome.cases["p_dispatched"]).astype(float).fillna(0.0)
    found["worked"] = np.where(had | standing(handed), 1.0, sent)
    return found


def digest(org_id: str) -> int:
    return int.from_bytes(blake2b(b"organization\0" + org_id.encode(), digest_size=8).digest(), "little")


def standing(handed: Handed) -> pd.Series:
    """Whom an instructor stands for (MODEL §5.2): by tier, then hash, as many as each unit's instructors may."""
    register, outcome = handed.register, handed.outcome
    stages = outcome.stages
    now = pd.Series(stages["instructors"].to_numpy(), stages["responsible"].to_numpy())
    found = pd.Series(False, index=register.index)
    for unit, part in register.groupby("responsible"):
        idle = part[~part["has_branch"]]
        room = handed.scenario.instructors.standing * now[unit] - int(idle["has_instructor"].sum())
        asked = idle[~idle["has_instructor"] & ~idle["dormant"]]
        order = sorted(asked.index, key=lambda org_id: (-min(asked["full_members"][org_id], 3), digest(org_id)))
        found[order[: max(room, 0)]] = True
    return found


def in_time(handed: Handed, name: str = "organizations_with_branch") -> pd.DataFrame:
    """Replication × responsible unit: organizations by the deadline."""
    days = handed.outcome.dataset[name]
    return days.sel(day=pd.Timestamp(handed.outcome.deadline)).to_pandas()


def by(units: pd.DataFrame, key: str) -> pd.DataFrame:
    """Sums by a key, the city as ``total``, and the shares of them."""
    numbers = units.select_dtypes("number").columns
    found = units.groupby(key)[list(numbers)].sum()
    found.loc["total"] = found.sum()
    found["ceiling"], found["coverage"], found["work"] = (
        found[name] / found["organizations"] for name in ("possible", "expected", "worked")
    )
    return found


class Table(NamedTuple):
    """A table as it was read: its headings, its rows by heading, and whether its cells are texts."""

    headings: list[str]
    rows: list[dict[str, Any]]
    texts: bool


def sheet(handed: Handed, name: str) -> Table:
    lines = list(handed.book[text(f"sheet.{name}")].iter_rows(min_row=3, values_only=True))
    head = [each for each in lines[0] if each is not None]
    full = [line[: len(head)] for line in lines[1:]]
    until = next((turn for turn, line in enumerate(full) if all(cell is None for cell in line)), len(full))
    return Table(head, [dict(zip(head, line, strict=True)) for line in full[:until]], False)


def in_word(handed: Handed, *headings: str) -> Table:
    """The table of the Word file that begins with these headings; of several the longest."""
    fitting = []
    for table in handed.word.tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if rows[0][: len(headings)] == list(headings):
            fitting.append(rows)
    rows = max(fitting, key=len)
    return Table(rows[0], [dict(zip(rows[0], line, strict=True)) for line in rows[1:]], True)


def hold(table: Table, keys: tuple[str, ...], truth: Truth, free: tuple[str, ...] = ()) -> int:
    """Compare every cell with a number in it but keys and ids; how many were compared. Nothing goes unexplained."""
    count = 0
    for row in table.rows:
        key = tuple(row[name] for name in keys)
        key = key[0] if len(key) == 1 else key
        for heading, cell in row.items():
            if heading in keys or heading in free:
                continue
            if heading not in truth:
                assert not isinstance(cell, (int, float, datetime)), (heading, cell)
                assert not (table.texts and NUMBER.search(str(cell))), (heading, cell)
                continue
            sort, of = truth[heading]
            value = of(key)
            count += 1
            if table.texts:
                assert cell == ("" if value is None else written_as(value, sort)), (key, heading)
            elif value is None or value != value or value is pd.NaT:
                assert cell is None, (key, heading)
            elif sort == "date":
                assert cell == pd.Timestamp(value), (key, heading)
            else:
                assert cell == pytest.approx(value * 100 if sort == "points" else value, abs=1e-9), (key, heading)
    assert count
    return count


def column(frame: Any, name: str, but: tuple[str, ...] = ()) -> Callable[[Any], Any]:
    """A column of a frame, or of series by name."""
    return lambda key: None if key in but else frame[name].loc[key]


def tasks(handed: Handed, units: pd.DataFrame, safe: Any) -> pd.DataFrame:
    """By case: members, dates and chances, and the light."""
    outcome, opens = handed.outcome, pd.Timestamp(handed.scenario.calendar.formation_opens)
    found = outcome.cases[["kind", "responsible", "p_dispatched", "p_formed", "formed_q50"]].copy()
    found["members"] = units.groupby("case")["members"].sum()
    days = outcome.dataset["day"].to_numpy()
    for case, row in found.iterrows():
        if row["kind"] == "outreach":
            found.loc[case, "due"] = pd.Timestamp(outcome.deadline)
        else:
            last = safe.table.loc[(row["responsible"], row["kind"])]
            found.loc[case, "due"] = next((day for day in last[["filing_90", "filing_50"]] if day >= opens), pd.NaT)
        median = row["formed_q50"]
        found.loc[case, "on"] = pd.NaT if median != median else pd.Timestamp(days[int(median)])
    sure = found["p_formed"].where(found["kind"] != "outreach", found["p_dispatched"])
    found["light"] = np.where(sure >= 0.9, "blue", np.where(sure >= 0.5, "yellow", "red"))
    return found


def meetings(handed: Handed) -> dict[str, list[pd.Timestamp]]:
    """Every second Tuesday from 3 August on, units in name order by turns a week later; no holiday falls on one."""
    spec, last = handed.scenario.committee, pd.Timestamp(handed.outcome.deadline)
    assert (list(spec.weekdays), spec.every_weeks, spec.stagger, spec.on_demand) == (["Tue"], 2, True, None)
    found = {}
    for turn, unit in enumerate(sorted(handed.register["responsible"].unique())):
        day = pd.Timestamp(spec.first) + timedelta(weeks=turn % spec.every_weeks)
        found[unit] = list(pd.date_range(day, last, freq="14D"))
    return found


class Came(NamedTuple):
    """What a changed scenario comes to on the plan's replications: shares."""

    ceiling: float
    expected: float
    work: float
    chance: float


@pytest.fixture(scope="session")
def simulated(handed: Handed) -> Callable[..., Came]:
    """A scenario with some of its values changed, grouped and simulated anew."""
    done: dict[str, Came] = {}

    def run(changes: Mapping[str, Any]) -> Came:
        name = repr(sorted(changes.items(), key=str))
        if name not in done:
            scenario = handed.scenario.replace(dict(changes))
            same = not any(path.startswith("policy.") for path in changes)
            grouping = (
                handed.grouping
                if same
                else wb.group(handed.register, scenario, effort="quick", gap=CLOSE_ENOUGH, seed=3)
            )
            outcome = wb.simulate(handed.register, scenario, grouping, replications=RUNS, seed=3, keep="city")
            done[name] = Came(
                outcome.ceiling, outcome.expected(), outcome.expected("work"), outcome.probability().value
            )
        return done[name]

    return run


def numbers(words: str) -> list[str]:
    """The numbers in a text, as they are written."""
    return re.findall(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?%?", words)
