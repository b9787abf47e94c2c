"""A campaign's folder: the register of every week by its date, the scenario, and what the plan came to.

Nothing is guessed: a week that is missing is told, one that was handed in twice is asked for.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

import pandas as pd

from workbench.errors import Fault, RegisterError, RegisterWarning, ScenarioError, StoreError
from workbench.files import folder_name
from workbench.inputs.register import read_register, write_register
from workbench.inputs.scenario import Calendar, read_scenario
from workbench.jobs.collect import changes_between
from workbench.labels import text
from workbench.numbers import iso_date

#: Folders of a campaign, and its own scenario where it has several.
REGISTERS, SCENARIOS, OWN, RESULTS = "registers", "scenarios", "my_city.yaml", "results"
#: What the plan left.
PLAN: Final = "outcome.nc"
KINDS: Final = (".csv", ".xlsx", ".parquet")
_DATE: Final = re.compile(r"(?<![0-9])(20[0-9]{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])(?![0-9])")
ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Campaign:
    """What a campaign's folder holds for the review of a day.

    Attributes
    ----------
    folder
        where.
    scenario_file
        the plan's rules; None where a lone register does not say.
    weeks
        the register of every week, by its date, up to the reviewed one.
    plan_file
        what the plan came to; None where nobody has planned here.
    findings
        weeks that are missing, or that repeat the one before.
    """

    folder: Path
    scenario_file: Path | None
    weeks: Mapping[date, Path]
    plan_file: Path | None
    findings: tuple[Fault, ...]

    @property
    def as_of(self) -> date:
        """The day of the reviewed register."""
        return max(self.weeks)

    @property
    def register_file(self) -> Path:
        """The reviewed register."""
        return self.weeks[self.as_of]

    @property
    def previous(self) -> tuple[date, Path] | None:
        """The week before, as far as there is one."""
        earlier = [day for day in self.weeks if day < self.as_of]
        return (max(earlier), self.weeks[max(earlier)]) if earlier else None


def is_campaign(folder: Path) -> bool:
    """Whether a folder is a campaign's: it holds the weeks' registers."""
    return (folder / REGISTERS).is_dir()


def open_campaign(folder: Path, as_of: date | None = None, scenario_file: Path | None = None) -> Campaign:
    """Find the registers of a campaign, its scenario and its plan.

    Parameters
    ----------
    folder
        holds ``registers/register_<date>.csv``, ``scenarios/`` and, once it was planned, ``results/<scenario>/``.
    as_of
        the day of the review; by default the latest register's.
    scenario_file
        by default the only one in ``scenarios/``, or ``scenarios/my_city.yaml``.

    Raises
    ------
    RegisterError
        there is no register of that day, or of some day there are two.
    ScenarioError
        the scenario cannot be told.
    """
    weeks = _weeks(folder)
    chosen = scenario_file or _scenario_file(folder)
    if as_of is not None and as_of not in weeks:
        latest = max((day for day in weeks if day < as_of), default=min(weeks))
        details: dict[str, object] = {"latest": iso_date(latest)}
        raise _refused(Fault("no_register_of_day", _place(folder), iso_date(as_of), details))
    day = max(weeks) if as_of is None else as_of
    until = {each: path for each, path in sorted(weeks.items()) if each <= day}
    scenario = read_scenario(chosen)
    own = (place / RESULTS / folder_name(scenario.name) / PLAN for place in (folder, Path()))
    return Campaign(
        folder, chosen, until, next((plan for plan in own if plan.is_file()), None),
        (*missing_weeks(folder, list(until), Calendar.of(scenario.calendar)), *_repeated(folder, until)),
    )  # fmt: skip


def lone_register(path: Path, as_of: date | None = None, scenario_file: Path | None = None) -> Campaign:
    """One register as a campaign of one week; within a campaign's folder, that folder as of its day.

    Raises
    ------
    RegisterError
        its day is neither given nor in its name.
    """
    day = as_of or date_in(path.stem)
    if day is None:
        raise _refused(Fault("week_undated", path.name))
    folder = path.resolve().parent.parent
    if path.resolve().parent.name == REGISTERS and date_in(path.stem) == day and path.is_file():
        return open_campaign(folder, day, scenario_file)
    return Campaign(folder, scenario_file, {day: path}, None, ())


def date_in(name: str) -> date | None:
    """The date in a file's name; None without one, or with two different ones.

    >>> date_in("register_2027-08-13.csv"), date_in("register.csv"), date_in("20270813 (2)")
    (datetime.date(2027, 8, 13), None, datetime.date(2027, 8, 13))
    """
    found = {"-".join(each) for each in _DATE.findall(name)}
    if len(found) != 1:
        return None
    try:
        return date.fromisoformat(found.pop())
    except ValueError:
        return None


def _weeks(folder: Path) -> dict[date, Path]:
    place = folder / REGISTERS
    files = sorted(
        path
        for path in (place.iterdir() if place.is_dir() else ())
        if path.suffix.lower() in KINDS and not path.name.startswith((".", "~$")) and path.is_file()
    )
    if not files:
        raise _refused(Fault("campaign_without_registers", _place(folder)))
    faults, weeks = [], dict[date, Path]()
    for path in files:
        day = date_in(path.stem)
        if day is None:
            faults.append(Fault("week_undated", _place(folder), path.name))
        elif day in weeks:
            faults.append(
                Fault("week_twice", _place(folder), path.name, {"other": weeks[day].name, "day": iso_date(day)})
            )
        else:
            weeks[day] = path
    if faults:
        raise _refused(*faults)
    return weeks


def _refused(*faults: Fault) -> RegisterError:
    return RegisterError(text("error.campaign"), faults)


def _place(folder: Path) -> str:
    return f"{folder.name or folder}/{REGISTERS}"


def _scenario_file(folder: Path) -> Path:
    place = folder / SCENARIOS
    found = sorted(place.glob("*.yaml")) if place.is_dir() else []
    if len(found) == 1:
        return found[0]
    if (place / OWN).is_file():
        return place / OWN
    fault = Fault("campaign_scenario", f"{folder.name or folder}/{SCENARIOS}", "", {"count": len(found)})
    raise ScenarioError(text("error.campaign"), [fault])


def missing_weeks(folder: Path, days: Sequence[date], calendar: Calendar) -> list[Fault]:
    """Weeks between the first register and the last in which days are worked and no register was handed in."""
    there = {_monday(day) for day in days}
    found, monday = [], min(there)
    while monday < max(there):
        monday += WEEK
        worked = [on for on in (monday + each * ONE_DAY for each in range(7)) if calendar.is_working_day(on)]
        if monday not in there and worked and max(worked) >= calendar.first:
            details: dict[str, object] = {"first": iso_date(monday), "last": iso_date(monday + 6 * ONE_DAY)}
            found.append(Fault("week_missing", _place(folder), "", details))
    return found


def _monday(day: date) -> date:
    return day - day.weekday() * ONE_DAY


def _repeated(folder: Path, weeks: Mapping[date, Path]) -> list[Fault]:
    """Registers that are the one of the week before, byte for byte: handed in again, most likely."""
    found, before, last = [], "", ""
    for path in weeks.values():
        content = sha256(path.read_bytes()).hexdigest()
        if content == before:
            found.append(Fault("week_repeated", _place(folder), path.name, {"other": last}))
        before, last = content, path.name
    return found


def week_before(folder: Path, day: date) -> Path | None:
    """The register of the latest week before a day; None where the folder holds none.

    Raises
    ------
    RegisterError
        two registers are of one day, or one is of none.
    """
    weeks = _weeks(folder) if any((folder / REGISTERS).glob("register_*")) else {}
    earlier = [each for each in weeks if each < day]
    return weeks[max(earlier)] if earlier else None


def put_week(folder: Path, register: pd.DataFrame, day: date) -> Path:
    """Put a week's register into a campaign's folder.

    Raises
    ------
    StoreError
        there is another register of that day already: which of the two is meant cannot be told.
    """
    place = folder / REGISTERS
    place.mkdir(parents=True, exist_ok=True)
    for other in place.iterdir():
        if other.suffix.lower() in KINDS and date_in(other.stem) == day and not _same(other, register):
            fault = Fault("week_there", _place(folder), other.name, {"day": iso_date(day)})
            raise StoreError(text("error.campaign"), [fault])
    return write_register(register, place / f"register_{iso_date(day)}.csv")


def _same(path: Path, register: pd.DataFrame) -> bool:
    try:
        there = read_quietly(path)
    except RegisterError:
        return False
    return changes_between(there, register).empty


def read_quietly(path: Path) -> pd.DataFrame:
    """A register of an earlier week: what was odd in it was told then."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RegisterWarning)
        return read_register(path)
