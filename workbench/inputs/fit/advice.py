"""What is allowed but probably not meant, and what a scenario takes from elsewhere without saying so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from workbench.inputs.fit.size import (
    MOST_PER_INSTRUCTOR,
    ORGANIZATIONS_PER_INSTRUCTOR,
    instructors_total,
    without_branch,
)
from workbench.inputs.register import responsible_of
from workbench.inputs.scenario import Calendar, Scenario, meetings
from workbench.labels import text
from workbench.numbers import decimal, iso_date, percent, target_percent, thousands

if TYPE_CHECKING:
    import pandas as pd

#: A warning names so many responsible units, and counts the rest.
UNITS_NAMED: Final = 12
#: The dates of a campaign, wherever they stand.
DATES: Final = (
    *(("calendar", key) for key in ("start", "mobilisation", "census_end", "formation_opens", "review", "deadline")),
    ("instructors", "assigned_on"),
    ("committee", "first"),
)


def advice(scenario: Scenario, register: pd.DataFrame) -> Iterator[str]:
    """What is probably not meant, and what comes from elsewhere, in the language in use."""
    yield from _number_of_instructors(scenario, register)
    yield from _who_is_left_without(scenario, register)
    yield from _inherited_dates(scenario)
    yield from _dates_without_effect(scenario, register)
    yield from _predicted_holidays(scenario)
    yield from _lost_beyond_none(scenario, register)


def notes(scenario: Scenario, register: pd.DataFrame) -> list[str]:
    """What is meant and still worth knowing beside the numbers, in the language in use: what each denominator gives
    where dormant organizations alone keep work coverage below its target.
    """
    return list(_dormant(scenario, register))


# -- instructors -------------------------------------------------------------------------------------------


def _number_of_instructors(scenario: Scenario, register: pd.DataFrame) -> Iterator[str]:
    rules = scenario.instructors
    if rules.by_responsible:
        return
    total, without = instructors_total(scenario, register), without_branch(scenario, register)
    arriving = sum(arrival.count for arrival in rules.arrivals)
    if rules.total is None:
        yield text(
            "warning.instructors_by_size",
            total=thousands(total), without=thousands(without), each=f"{ORGANIZATIONS_PER_INSTRUCTOR:g}",
        )  # fmt: skip
    elif not total + arriving:
        yield text("warning.no_instructors")
    elif total > without:
        yield text("warning.instructors_many", total=thousands(total), without=thousands(without))
    elif total + arriving and without / (total + arriving) > MOST_PER_INSTRUCTOR + 0.1:
        yield text(
            "warning.instructors_few",
            total=thousands(total + arriving), without=thousands(without), each=decimal(without / (total + arriving)),
            most=f"{MOST_PER_INSTRUCTOR:g}",
        )  # fmt: skip


def _who_is_left_without(scenario: Scenario, register: pd.DataFrame) -> Iterator[str]:
    """Responsible units with organizations to form, and nobody to do it, now or later."""
    rules = scenario.instructors
    to_form = ~register["has_branch"] & ~register["dormant"]
    units = sorted(responsible_of(register, scenario)[to_form].unique())
    later = {arrival.responsible for arrival in rules.arrivals}
    if rules.by_responsible:
        without = [name for name in units if not rules.by_responsible.get(name) and name not in later]
        if without:
            yield text("warning.responsible_without_instructor", count=len(without), names=some(without))
        return
    total = instructors_total(scenario, register)
    waiting = [name for name in units if name not in later]
    if not total and later and waiting:
        yield text("warning.responsible_without_instructor", count=len(waiting), names=some(waiting))
    elif 0 < total < len(units) and len(waiting) > total:
        yield text(
            "warning.instructors_too_few_to_share",
            total=thousands(total), units=thousands(len(units)), least=thousands(len(waiting) - total),
        )  # fmt: skip


# -- dates -------------------------------------------------------------------------------------------------


def _inherited_dates(scenario: Scenario) -> Iterator[str]:
    """Dates that come from a base, or from nowhere, beside a register of the file's own: whose are they?"""
    origin = scenario.origin
    register, said = origin.spot(("register",)), origin.spot(("sources", "calendar"))
    if register is None or ("calendar" in scenario.sources and said is not None and said.turn <= register.turn):
        return
    dates = {
        keys: on
        for keys in DATES
        if isinstance(on := getattr(getattr(scenario, keys[0]), keys[1], None), date)  # who is assigned may have none
    }
    spots = {keys: origin.spot(keys) for keys in dates}
    foreign = [keys for keys, spot in spots.items() if spot is None or spot.turn > register.turn]
    if not foreign:
        return
    files = sorted({spot.file for keys in foreign if (spot := spots[keys])}) or [text("warning.defaults")]
    between = text("fit.between")
    named = between.join(f"{'.'.join(keys)} {iso_date(dates[keys])}" for keys in foreign)
    yield text("warning.dates_inherited", files=between.join(files), dates=named)


def _dates_without_effect(scenario: Scenario, register: pd.DataFrame) -> Iterator[str]:
    """Arrivals after the end, and committees that do not meet while branches are formed."""
    spec = scenario.calendar
    late = [each.responsible for each in scenario.instructors.arrivals if each.from_ and each.from_ > spec.last]
    if late:
        yield text("warning.arrivals_late", count=len(late), names=some(late), last=iso_date(spec.last))
    if all(scenario.cases.of(kind).approval != "committee" for kind in ("standalone", "assisted", "joint", "attached")):
        return
    calendar = Calendar.of(spec)
    to_form = ~register["has_branch"] & ~register["dormant"]
    units = sorted(responsible_of(register, scenario)[to_form].unique())
    table = meetings(scenario, calendar, units)
    opens = calendar.formation_opens
    heard = table[(table["day"] >= opens) & (table["day"] <= calendar.deadline_day) & ~(table["agenda"] == 0)]
    silent = sorted(set(units) - set(heard["responsible"]))
    if silent and not getattr(scenario.committee, "on_demand", None):
        yield text(
            "warning.no_meeting",
            count=len(silent), units=len(units), names=some(silent), first=iso_date(spec.formation_opens),
            last=iso_date(spec.deadline),
        )  # fmt: skip


def _predicted_holidays(scenario: Scenario) -> Iterator[str]:
    calendar = Calendar.of(scenario.calendar)
    if calendar.predicted_holidays:
        years = sorted({day.year for day in calendar.predicted_holidays})
        yield text(
            "warning.holidays_predicted",
            years=", ".join(map(str, years)), until=calendar.announced_until,
            holidays=some([iso_date(day) for day in calendar.predicted_holidays]),
        )  # fmt: skip


# -- the census --------------------------------------------------------------------------------------------


def _lost_beyond_none(scenario: Scenario, register: pd.DataFrame) -> Iterator[str]:
    """A census that takes more members away than any organization has: whoever it meets is left with none."""
    discovery = scenario.census.discovery
    if discovery is None:
        return
    to_form = register[~register["has_branch"]]
    column = discovery.column
    groups = {"": to_form}
    if column is not None:
        groups = {str(name): each for name, each in to_form.groupby(to_form[column].astype(object).fillna(""))}
    for name, organizations in groups.items():
        rule, most = discovery.of(name), int(organizations["full_members"].max()) if len(organizations) else 0
        least = min(count for count, weight in rule.more.items() if weight > 0)
        if rule.fewer > 0 and least > most:
            who = name or text("warning.every_organization")
            yield text("warning.lost_beyond_none", who=who, least=thousands(least), most=thousands(most))


# -- what is counted ---------------------------------------------------------------------------------------


def _dormant(scenario: Scenario, register: pd.DataFrame) -> Iterator[str]:
    """Dormant organizations without anything alone may forbid the work target: what either denominator gives."""
    everybody, asleep = len(register), register["dormant"]
    nothing = asleep & ~(register["has_branch"] | register["has_instructor"] | register["has_mass_org"])
    most = (everybody - int(nothing.sum())) / everybody
    if scenario.policy.denominator != "all" or most >= scenario.targets.work:
        return
    active = register[~asleep]
    if active.empty:  # without the dormant ones there is nothing to be a share of
        return
    covered = (int(register["has_branch"].sum()), int(active["has_branch"].sum()))
    yield text(
        "warning.dormant_forbid",
        dormant=thousands(int(nothing.sum())), organizations=thousands(everybody), active=thousands(len(active)),
        target=target_percent(scenario.targets.work), most=percent(most),
        now=percent(covered[0] / everybody), now_active=percent(covered[1] / len(active)),
    )  # fmt: skip


def some(names: Iterable[str]) -> str:
    """Names in a sentence: the first dozen, and how many more."""
    every = list(names)
    listed = text("fit.between").join(every[:UNITS_NAMED])
    return listed if len(every) <= UNITS_NAMED else text("fit.and_more", names=listed, count=len(every) - UNITS_NAMED)
