"""A dated register as it was known on a day: later dates are not known yet, so that one register tells every week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.inputs.fit import DATED
from workbench.inputs.scenario import Calendar

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: What a date says yes to.
FLAGS: Final = {"branch_on": "has_branch", "instructor_on": "has_instructor", "mass_org_on": "has_mass_org"}


class Known(NamedTuple):
    """What was known at the end of a day.

    Attributes
    ----------
    as_of
        the day; what is dated later than the last simulated date is never known.
    t0
        the start of the first working day after it.
    register
        the register with its flags as they were; `attempts` is 0 where the attempt that it counts up to is not known.
    time
        float64 by org_id, the columns of `DATED`: the middle of the date's working day (or of the one before it,
        where it is none), -1/2 for what was before the campaign; NaN where nothing is known.
    surveyed
        whether the register says who was surveyed when.
    worked_before
        bool, who had an instructor or a mass organization before the campaign, or has a mass organization by now:
        they need no outreach.
    """

    as_of: date
    t0: float
    register: pd.DataFrame
    time: pd.DataFrame
    surveyed: bool
    worked_before: NDArray[np.bool_]


def known_by(register: pd.DataFrame, scenario: Scenario, as_of: date) -> Known:
    """What a register tells of the campaign by the end of a day.

    Parameters
    ----------
    register
        a validated register.
    scenario
        its calendar says which days are worked.
    as_of
        the day; the day before the start for what was so when the campaign began.
    """
    calendar = Calendar.of(scenario.calendar)
    last = min(as_of, calendar.spec.last)
    dates = register[list(DATED)]
    seen = (dates <= pd.Timestamp(last)).to_numpy()
    time = pd.DataFrame(np.where(seen, _middles(dates, calendar), np.nan), register.index, list(DATED))
    flags = {flag: register[flag] & (dates[column].isna() | time[column].notna()) for column, flag in FLAGS.items()}
    hidden = (dates["attempt_on"].notna() & time["attempt_on"].isna()).to_numpy()
    attempts = np.where(hidden, 0, register["attempts"].to_numpy())
    undated = dates["instructor_on"].isna() | (dates["instructor_on"] < pd.Timestamp(calendar.first))
    return Known(
        as_of,
        float(calendar.day_by(last) + 1),
        register.assign(**flags, attempts=attempts),
        time,
        bool(dates["surveyed_on"].notna().any()),
        ((register["has_instructor"] & undated) | flags["has_mass_org"]).to_numpy(dtype=bool),
    )


def _middles(dates: pd.DataFrame, calendar: Calendar) -> NDArray[np.float64]:
    """The middle of each date's working day; each distinct date is looked up once."""
    codes, distinct = pd.factorize(dates.to_numpy().ravel())
    days = [calendar.day_by(pd.Timestamp(each).date()) + 0.5 for each in distinct]
    return np.append(days, np.nan)[codes].reshape(dates.shape)


def day_before_start(scenario: Scenario) -> date:
    """The day as of which nothing of the campaign has happened."""
    return Calendar.of(scenario.calendar).first - timedelta(days=1)
