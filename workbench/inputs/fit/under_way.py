"""A register of a campaign under way: told before it is read as if nothing had been done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from workbench.inputs.register import COLUMNS
from workbench.inputs.scenario import Calendar
from workbench.labels import text
from workbench.numbers import iso_date, thousands

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: What is dated in a register, in the order in which it happens to an organization.
DATED: Final = tuple(column.name for column in COLUMNS if column.holds == "date")
#: Registers come every week: one that knows nothing of so many days is probably not of the day that is asked about.
WEEK: Final = timedelta(days=7)


def campaign_dates(register: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """The dates of a register from the campaign's first working day on; NaT for all others."""
    dates = register[list(DATED)]
    return dates.where(dates >= pd.Timestamp(Calendar.of(scenario.calendar).first))


def is_dated(register: pd.DataFrame, scenario: Scenario) -> bool:
    """Whether a register is of a campaign under way: something in it is dated from the start on."""
    return bool(campaign_dates(register, scenario).notna().to_numpy().any())


def latest_date(register: pd.DataFrame, scenario: Scenario) -> date | None:
    """The last date of the campaign that a register holds."""
    last = campaign_dates(register, scenario).max().max()
    return last.date() if pd.notna(last) else None


def is_silent(latest: date | None, scenario: Scenario, day: date) -> bool:
    """Whether a register whose last date is `latest` (None: it has none) says nothing of more than a week before a
    day."""
    calendar = Calendar.of(scenario.calendar)
    return min(day, calendar.spec.last) - (latest or calendar.first) > WEEK


def under_way(scenario: Scenario, register: pd.DataFrame) -> Iterator[str]:
    """What a register of a campaign under way needs, in the language in use."""
    dates = campaign_dates(register, scenario)
    there = dates.notna().any(axis=1)
    if there.any():
        yield text(
            "warning.under_way",
            count=thousands(int(there.sum())), first=iso_date(dates.min().min().date()),
            last=iso_date(dates.max().max().date()),
        )  # fmt: skip
