"""What must hold between the values of a scenario, each of which is fine by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel

from workbench.inputs.scenario.calendar import Calendar
from workbench.inputs.scenario.origin import Keys
from workbench.inputs.scenario.sections import CalendarSpec
from workbench.numbers import iso_date
from workbench.privacy import secret, secrets_of

if TYPE_CHECKING:
    from workbench.inputs.scenario.model import Scenario

#: No campaign that is planned in working days lasts longer; a slip in a year would.
LONGEST_YEARS = 3
#: Where organizations are named by their org_id.
IDENTIFIERS = {("grouping", name) for name in ("must_link", "cannot_link", "pinned", "forbidden")}
#: (earlier, later): the first date is not after the second.
ORDER = (
    ("start", "deadline"),
    ("start", "mobilisation"),
    ("mobilisation", "census_end"),
    ("census_end", "deadline"),
    ("start", "formation_opens"),
    ("formation_opens", "deadline"),
    ("start", "review"),
    ("review", "deadline"),
    ("deadline", "horizon"),
)


@dataclass(frozen=True)
class Broken:
    """A rule that does not hold: said at `keys`; `others` are the values that it is held against."""

    code: str
    keys: Keys
    value: object
    others: tuple[Keys, ...] = ()
    details: dict[str, object] = field(default_factory=dict)


def broken_rules(scenario: Scenario, refused: Collection[Keys] = ()) -> Iterator[Broken]:
    """Every rule between values that a scenario breaks; dates at `refused` places are not looked at."""
    yield from _dates_in_order(scenario.calendar, {keys[1] for keys in refused if keys[0] == "calendar"})
    yield from _time_to_work(scenario.calendar)
    yield from _arrivals(scenario)
    yield from _outreach(scenario)
    yield from _persons(scenario)


def _dates_in_order(spec: CalendarSpec, refused: set[str]) -> Iterator[Broken]:
    names, written = list(CalendarSpec.model_fields), spec.model_fields_set
    dates: dict[str, date | None] = {name: getattr(spec, name) for pair in ORDER for name in pair}
    wrong = [
        (earlier, later)
        for earlier, later in ORDER
        if (first := dates[earlier]) and (second := dates[later]) and first > second and not refused & {earlier, later}
    ]
    while wrong:
        # One slip is said once: the date that breaks most pairs is blamed, rather one that was written than a
        # default, rather a later one than an earlier one; then those pairs are settled.
        breaks = Counter(name for pair in wrong for name in pair)
        blamed = max(breaks, key=lambda name: (breaks[name], name in written, names.index(name)))
        earlier, later = next(pair for pair in wrong if blamed in pair)
        code, other = ("date_too_early", earlier) if blamed == later else ("date_too_late", later)
        yield Broken(
            code,
            ("calendar", blamed),
            dates[blamed],
            (("calendar", other),),
            {"other": other, "date": str(dates[other])},
        )
        wrong = [pair for pair in wrong if blamed not in pair]


def _time_to_work(spec: CalendarSpec) -> Iterator[Broken]:
    if spec.start > spec.deadline:
        return
    end = "deadline" if spec.horizon is None else "horizon"
    if spec.last.year - spec.start.year > LONGEST_YEARS:
        yield Broken("calendar_long", ("calendar", end), spec.last, (("calendar", "start"),), {"years": LONGEST_YEARS})
    elif Calendar.of(spec).deadline_day < 0:
        rests_on = tuple(("calendar", key) for key in ("start", "weekmask", "holidays", "extra_workdays"))
        yield Broken(
            "calendar_no_work", ("calendar", "deadline"), spec.deadline, rests_on, {"start": iso_date(spec.start)}
        )


def _arrivals(scenario: Scenario) -> Iterator[Broken]:
    for index, arrival in enumerate(scenario.instructors.arrivals):
        keys: Keys = ("instructors", "arrivals", str(index))
        comes, leaves = arrival.from_, arrival.until
        if comes is not None and leaves is not None and leaves < comes:
            yield Broken(
                "date_too_early",
                (*keys, "until"),
                leaves,
                ((*keys, "from"),),
                {"other": "from", "date": iso_date(comes)},
            )


def _outreach(scenario: Scenario) -> Iterator[Broken]:
    rule = scenario.cases.outreach
    if rule.approval != "none":
        yield Broken("outreach_approval", ("cases", "outreach", "approval"), rule.approval)
    if rule.election is not None:
        yield Broken("outreach_election", ("cases", "outreach", "election"), rule.election.dump())


def _persons(scenario: Scenario) -> Iterator[Broken]:
    """Texts that hold a person's number or address, as the register may not (`workbench.privacy`)."""
    texts = [(keys, words) for keys, words in _texts((), scenario) if any(map(str.isdigit, words)) or "@" in words]
    named = [(keys, words) for keys, words in texts if keys[:2] in IDENTIFIERS]
    found = [(keys, words) for keys, words in texts if keys[:2] not in IDENTIFIERS and secret(words)]
    held = secrets_of([words for _, words in named], identifiers=True)
    found += [each for each, holds in zip(named, held, strict=True) if holds]
    for keys, words in found:
        yield Broken("personal_text", keys, words)


def _texts(keys: Keys, value: object) -> Iterator[tuple[Keys, str]]:
    """Every text in a value, names that somebody chose as keys among them, with its place."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts((*keys, name), getattr(value, name))
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield (*keys, str(name)), str(name)
            yield from _texts((*keys, str(name)), each)
    elif isinstance(value, (tuple, list)):
        for place, each in enumerate(value):
            yield from _texts((*keys, str(place)), each)
