"""From a register to one replication's cases, slots and meetings: the model's page in plain Python.

A second implementation, slow and obvious, that shares no code with the package: hashes, Philox, laws, days
and meetings are worked out here again. Scenarios are only read, never asked to compute.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

import pandas as pd

KINDS = ("standalone", "assisted", "joint", "attached", "outreach")
#: purpose -> word of the Philox block
WORDS = {
    **{"preparation": 0, "success": 1, "retry_delay": 2, "election": 3},
    **{"survey": 0, "discovery": 1, "members": 2},
}
#: What every trace shows of its cases, beside prep_k and success_k.
CASE_COLUMNS = [
    *(
        "case",
        "kind",
        "responsible",
        "units",
        "priority",
        "release",
        "rank",
        "max_attempts",
        "approval",
        "election",
    ),
    *("retry_delay", "election_lag"),
]
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Inputs:
    """What a trace shows of a replication before anything happens."""

    cases: pd.DataFrame
    slots: pd.DataFrame
    meetings: pd.DataFrame
    settings: dict[str, Any]


# --- uniform numbers ----------------------------------------------------------------------------------------


def hash_of(identifier: str, kind: str = "organization") -> int:
    """BLAKE2b with 8 bytes' digest, little-endian, of kind + NUL + identifier."""
    text = kind.encode() + b"\0" + identifier.encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


def philox(counter: tuple[int, ...], key: tuple[int, ...]) -> tuple[int, ...]:
    """Philox4x32-10 (Salmon and others 2011): four 32-bit words of a counter of four and a key of two."""
    mask = 2**32 - 1
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        product0, product1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1 = (product1 >> 32) ^ c1 ^ k0, product1 & mask
        c2, c3 = (product0 >> 32) ^ c3 ^ k1, product0 & mask
        k0, k1 = (k0 + 0x9E3779B9) & mask, (k1 + 0xBB67AE85) & mask
    return c0, c1, c2, c3


def uniform(identifier: str, replication: int, attempt: int, word: int, seed: int, kind: str = "organization") -> float:
    """The uniform number of an entity, an attempt and a purpose's word, strictly between 0 and 1."""
    hashed = hash_of(identifier, kind)
    counter = (hashed % 2**32, hashed >> 32, replication, attempt)
    return (philox(counter, (seed % 2**32, seed >> 32))[word] + 0.5) * 2.0**-32


def on_grid(value: float) -> float:
    """The nearest whole multiple of 2^-20; a half goes to the even one."""
    return round(value * 2**20) / 2**20


# --- laws and quantities ------------------------------------------------------------------------------------


def is_law(quantity: Any) -> bool:
    return hasattr(quantity, "family")


def quantile(law: Any, u: float) -> float:
    """The inverse of a law's distribution function, by its closed form."""
    from scipy.special import betaincinv, ndtri

    family, p = law.family, [float(number) for number in law.parameters]
    if family == "fixed":
        return p[0]
    if family == "exponential":
        return -p[0] * math.log1p(-u)
    if family == "empirical":
        return sorted(p)[math.floor(u * len(p))]
    if family == "lognormal":
        mean, sd = p
        if sd == 0:
            return mean
        variance = math.log1p((sd / mean) ** 2)
        return math.exp(math.log(mean) - variance / 2 + math.sqrt(variance) * float(ndtri(u)))
    low, high = p[0], p[-1]
    if low == high:
        return low
    if family == "uniform":
        return low + (high - low) * u
    mode = p[1]
    if family == "triangular":
        if u * (high - low) < mode - low:
            return low + math.sqrt(u * (high - low) * (mode - low))
        return high - math.sqrt((1 - u) * (high - low) * (high - mode))
    if family == "pert":
        a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
        return low + (high - low) * float(betaincinv(a, b, u))
    raise ValueError(family)


def mean_of(quantity: Any) -> float:
    """The mean of a law; a number is its own."""
    if not is_law(quantity):
        return float(quantity)
    p = [float(number) for number in quantity.parameters]
    if quantity.family in ("fixed", "exponential", "lognormal"):
        return p[0]
    if quantity.family == "pert":
        return (p[0] + 4 * p[1] + p[2]) / 6
    return sum(p) / len(p)  # uniform, triangular, empirical


class City:
    """Numbers drawn once a replication for the whole city, each under its own name."""

    def __init__(self, replication: int, seed: int) -> None:
        self.replication = replication
        self.seed = seed

    def value(self, name: str, quantity: Any) -> float:
        if not is_law(quantity):
            return float(quantity)
        return quantile(quantity, uniform(name, self.replication, 0, 0, self.seed, "parameter"))


# --- the calendar -------------------------------------------------------------------------------------------


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays(country, years=year))


@cache
def worked_in_return(country: str, year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays(country, years=(year, year + 1)).weekend_workdays)


class Days:
    """Working days counted from the first one on or after the start."""

    def __init__(self, spec: Any) -> None:
        self.weekmask = set(spec.weekmask)
        self.extra = set(spec.extra_workdays)
        self.holidays = spec.holidays
        self.first = self.next_working(spec.start)

    def is_working(self, day: date) -> bool:
        return (WEEKDAYS[day.weekday()] in self.weekmask and not self.is_holiday(day)) or self.is_extra(day)

    def is_extra(self, day: date) -> bool:
        country = self.holidays if isinstance(self.holidays, str) else None
        return day in self.extra or (country is not None and day in worked_in_return(country, day.year))

    def is_holiday(self, day: date) -> bool:
        if self.holidays is None:
            return False
        if isinstance(self.holidays, str):
            return day in public_holidays(self.holidays, day.year)
        return day in set(self.holidays)

    def next_working(self, day: date) -> date:
        while not self.is_working(day):
            day += timedelta(1)
        return day

    def before(self, day: date) -> int:
        """How many working days of the campaign lie before this date."""
        return sum(self.is_working(self.first + timedelta(n)) for n in range((day - self.first).days))

    def number_from(self, day: date) -> int:
        """Of the first working day on or after this date; before the campaign, day 0."""
        return self.before(day)

    def number_by(self, day: date) -> int:
        """Of the last working day on or before this date; -1 before the campaign."""
        return self.before(day + timedelta(1)) - 1


# --- one replication ----------------------------------------------------------------------------------------


def inputs(
    register: pd.DataFrame, scenario: Any, assignment: pd.DataFrame | None, replication: int, seed: int
) -> Inputs:
    """Everything random and everything planned of one replication, before the first case starts."""
    rows = in_scope(register, scenario)
    responsible_units = sorted({row["responsible"] for row in rows.values()})
    days, city = Days(scenario.calendar), City(replication, seed)
    horizon_day = days.number_by(scenario.calendar.horizon or scenario.calendar.deadline)
    cases = made_cases(rows, scenario, assignment)
    drawn = drawn_cases(cases, rows, scenario, days, city)
    delay = scenario.uncertainty.approval_delay
    delay = 0.0 if delay is None else city.value("approval_delay", delay)
    settings = {
        "notice": on_grid(city.value("committee.notice", scenario.committee.notice) + delay),
        "deadline_day": days.number_by(scenario.calendar.deadline),
        "horizon_day": horizon_day,
        "t0": 0.0,
        **made_calls(responsible_units, scenario.committee),
    }
    instructors = numbers_of_instructors(rows, responsible_units, cases, scenario, register)
    slots = made_slots(responsible_units, instructors, scenario, days, float(horizon_day + 1))
    meetings = made_meetings(responsible_units, scenario.committee, days, horizon_day)
    return Inputs(drawn, slots, meetings, settings)


def in_scope(register: pd.DataFrame, scenario: Any) -> dict[str, dict[str, Any]]:
    """The organizations that the scenario knows of, in org_id order."""
    rows = {
        org_id: {**row, "responsible": row["street" if scenario.policy.responsibility == "street" else "responsible"]}
        for org_id, row in sorted(register.to_dict("index").items())
    }
    if scenario.policy.denominator == "active":
        rows = {org_id: row for org_id, row in rows.items() if not row["dormant"]}
    return rows


def members_of(row: Mapping[str, Any], basis: str) -> int:
    if basis == "on_roll":
        return int(row["members_on_roll"])
    if basis == "floating":
        return int(row["members_on_roll"]) + int(row["members_floating"])
    return int(row["full_members"])


def made_cases(
    rows: Mapping[str, Mapping[str, Any]], scenario: Any, assignment: pd.DataFrame | None
) -> list[dict[str, Any]]:
    """case, kind, responsible unit (the pool), units (their org_ids, sorted) and the mean distance to the facility."""
    members = {
        org_id: members_of(row, scenario.policy.member_basis)
        for org_id, row in rows.items()
        if not row["has_branch"] and not row["dormant"]
    }
    fewest_alone = 2 if scenario.policy.two_members == "assisted" else 3
    units = {org_id for org_id, count in members.items() if 1 <= count < fewest_alone}
    placed = [] if assignment is None else assignment.to_dict("records")
    placed.sort(key=lambda row: row["org_id"])
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in placed:
        if row["org_id"] not in units:
            raise ValueError(f"{row['org_id']} is in the grouping but is no unit of this scenario")
        alone = (row["org_id"],) if row["facility_kind"] == "host" else ()
        groups.setdefault((row["facility_kind"], row["facility_id"], *alone), []).append(row)

    cases = []
    for (facility_kind, facility, *_), group in groups.items():
        names = [row["org_id"] for row in group]
        lead = min(names, key=lambda name: (hash_of(name), name))  # a host's unit is alone
        if facility_kind == "peer":
            lead = names[names.index(facility)]
        responsible = rows[facility if facility_kind == "host" else lead]["responsible"]
        distance = 0.0  # one after the other: from Python 3.12 on, sum() of floats carries errors along
        for row in group:
            distance += 0.0 if math.isnan(row["distance_km"]) else row["distance_km"]
        kind = "attached" if facility_kind == "host" else "joint"
        cases.append(_case(lead, kind, responsible, names, distance / len(names)))
    taken = {row["org_id"] for row in placed}
    for org_id, count in members.items():
        row = rows[org_id]
        if count >= fewest_alone:
            kind = "standalone" if count >= 3 else "assisted"
            cases.append(_case(org_id, kind, row["responsible"], [org_id], 0.0))
        elif org_id not in taken and not row["has_instructor"] and not row["has_mass_org"]:
            cases.append(_case(org_id, "outreach", row["responsible"], [org_id], 0.0))
    return sorted(cases, key=lambda case: case["case"])


def _case(lead: str, kind: str, responsible: str, units: list[str], distance: float) -> dict[str, Any]:
    return {"case": lead, "kind": kind, "responsible": responsible, "units": units, "distance": distance}


def factor_of(case: Mapping[str, Any], per_km: float, per_extra_unit: float) -> float:
    if case["kind"] not in ("joint", "attached"):
        return 1.0
    return 1 + per_km * case["distance"] + per_extra_unit * max(0, len(case["units"]) - 3)


def nominal_days(case: Mapping[str, Any], scenario: Any) -> float:
    """The mean preparation of one attempt, with distance and units, before anything random."""
    rule = scenario.cases.of(case["kind"])
    factor = factor_of(case, mean_of(rule.per_km), mean_of(rule.per_extra_unit))
    return mean_of(rule.preparation) * factor


def priorities(cases: list[dict[str, Any]], scenario: Any) -> dict[str, int]:
    """Classes of service, least first."""
    discipline = scenario.discipline
    if discipline == "fifo":
        return {case["case"]: 0 for case in cases}
    if not isinstance(discipline, str):
        order = [str(kind) for kind in discipline]
        places = {kind: order.index(kind) if kind in order else len(order) for kind in KINDS}
        return {case["case"]: places[case["kind"]] for case in cases}
    values = {}
    for case in cases:
        if case["kind"] != "outreach":
            nominal = nominal_days(case, scenario)
            values[case["case"]] = len(case["units"]) / nominal if nominal else math.inf
    outreach = [case["case"] for case in cases if case["kind"] == "outreach"]
    number = -1
    classes = {}
    if discipline == "work_first":
        number = 0  # outreach's class, though there may be no outreach
        classes.update(dict.fromkeys(outreach, number))
    first = None
    for name in sorted(values, key=lambda name: -values[name]):
        if first is None or values[name] < first * (1 - 1e-12):
            first, number = values[name], number + 1
        classes[name] = number
    if discipline == "formation_first":
        classes.update(dict.fromkeys(outreach, number + 1))
    return classes


def survey_time(org_id: str, late: float, tail: Any, census_end: float, city: City) -> float:
    u = uniform(org_id, city.replication, 0, WORDS["survey"], city.seed)
    start = 0.0
    if u < 1 - late:
        return on_grid(start + u / (1 - late) * (census_end - start))
    return on_grid(census_end + quantile(tail, max(0.0, (u - 1 + late) / late)))


def drawn_cases(
    cases: list[dict[str, Any]], rows: Iterable[str], scenario: Any, days: Days, city: City
) -> pd.DataFrame:
    """The trace's columns of every case."""
    uncertainty, calendar = scenario.uncertainty, scenario.calendar
    speed = city.value("speed", 1.0 if uncertainty.speed is None else uncertainty.speed)
    failure = city.value("failure", 1.0 if uncertainty.failure is None else uncertainty.failure)
    election = city.value("election", 1.0 if uncertainty.election is None else uncertainty.election)
    absence = city.value("absence", 0.0 if uncertainty.absence is None else uncertainty.absence)
    if uncertainty.late is not None:
        late = city.value("late", uncertainty.late)
    else:
        late = city.value("census.late", scenario.census.late)
    census_end = float(days.number_by(calendar.census_end) + 1)
    surveyed = {name: survey_time(name, late, scenario.census.tail, census_end, city) for name in rows}
    formation_opens = float(days.number_from(calendar.formation_opens))
    outreach_opens = float(days.number_by(calendar.mobilisation) + 1)

    in_order = sorted((surveyed[case["case"]], hash_of(case["case"]), case["case"]) for case in cases)
    rank = {name: place for place, (_, _, name) in enumerate(in_order)}
    priority = priorities(cases, scenario)
    most = max((scenario.cases.of(kind).max_attempts for kind in {case["kind"] for case in cases}), default=0)
    table = []
    for case in cases:
        lead, kind = case["case"], case["kind"]
        rule = scenario.cases.of(kind)

        def luck(attempt: int, purpose: str, lead: str = lead) -> float:
            return uniform(lead, city.replication, attempt, WORDS[purpose], city.seed)

        per_km = city.value(f"cases.{kind}.per_km", rule.per_km)
        per_extra_unit = city.value(f"cases.{kind}.per_extra_unit", rule.per_extra_unit)
        factor = factor_of(case, per_km, per_extra_unit)
        q = 1 - city.value(f"cases.{kind}.success", rule.success)
        # Certain failure stays certain, also where the odds are multiplied by nought (0/0 on the page).
        success = 1 - failure * q / (1 - q + failure * q) if q < 1 else 0.0
        opening = outreach_opens if kind == "outreach" else formation_opens
        row: dict[str, Any] = {
            "case": lead,
            "kind": kind,
            "responsible": case["responsible"],
            "units": len(case["units"]),
            "priority": priority[lead],
            "release": max([opening, *(surveyed[unit] for unit in case["units"])]),
            "rank": rank[lead],
            "max_attempts": rule.max_attempts,
            "approval": rule.approval,
            "election": rule.election is not None,
        }
        for k in range(1, most + 1):
            row[f"prep_{k}"] = row[f"success_{k}"] = math.nan
        for k in range(1, rule.max_attempts + 1):
            draw = quantile(rule.preparation, luck(k, "preparation"))
            row[f"prep_{k}"] = on_grid(draw * factor / (speed * (1 - absence)))
            row[f"success_{k}"] = float(luck(k, "success") < success)
        row["retry_delay"] = on_grid(quantile(rule.retry_delay, luck(1, "retry_delay")))
        row["election_lag"] = 0.0
        if rule.election is not None:
            row["election_lag"] = on_grid(quantile(rule.election, luck(1, "election")) * election)
        table.append(row)
    return pd.DataFrame(table, columns=None if table else CASE_COLUMNS)


# --- instructors --------------------------------------------------------------------------------------------


def numbers_of_instructors(
    rows: Mapping[str, Mapping[str, Any]],
    responsible_units: list[str],
    cases: list[dict[str, Any]],
    scenario: Any,
    register: pd.DataFrame,
) -> dict[str, int]:
    """Instructors of each responsible unit: as listed, or a total shared by largest remainder."""
    setting = scenario.instructors
    if setting.by_responsible:
        return {responsible: int(setting.by_responsible.get(responsible, 0)) for responsible in responsible_units}
    weights = dict.fromkeys(responsible_units, Fraction(0))
    if setting.share == "by_organizations":
        for row in rows.values():
            weights[row["responsible"]] += 1
    elif setting.share == "by_need":
        for case in cases:
            weights[case["responsible"]] += Fraction(nominal_days(case, scenario))
    total = setting.total
    if total is None:
        # By the register's size: one instructor for 2.2 organizations without a branch when the campaign starts.
        everybody = register.to_dict("records")
        without = sum(not row["has_branch"] or not pd.isna(row["branch_on"]) for row in everybody)
        total = max(round(without / 2.2), min(without, 1))
    return largest_remainder(int(total), weights)


def largest_remainder(total: int, weights: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole shares that add up to the total; ties by name; no weight at all: equal shares."""
    if not any(weights.values()):
        weights = dict.fromkeys(weights, Fraction(1))
    whole = sum(weights.values())
    exact = {name: total * weight / whole for name, weight in weights.items()}
    shares = {name: math.floor(share) for name, share in exact.items()}
    left = total - sum(shares.values())
    for name in sorted(exact, key=lambda name: (shares[name] - exact[name], name))[:left]:
        shares[name] += 1
    return shares


def made_slots(
    responsible_units: list[str], instructors: Mapping[str, int], scenario: Any, days: Days, horizon: float
) -> pd.DataFrame:
    """Slots by responsible unit in slot order: instructor by instructor, then arrivals; none with an empty window."""
    opening = float(days.number_by(scenario.calendar.mobilisation) + 1)
    caseload = int(scenario.instructors.caseload)
    arrivals = []
    for place, arrival in enumerate(scenario.instructors.arrivals):
        start = 0 if arrival.from_ is None else days.number_from(arrival.from_)
        stop = math.inf if arrival.until is None else days.number_by(arrival.until) + 1
        # In the order of the windows that they really have, then as in the file.
        window = max(float(start), opening), min(float(stop), horizon)
        arrivals.append((*window, place, arrival.responsible, int(arrival.count)))
    slots = []
    for responsible in responsible_units:
        slots += [(responsible, opening, horizon)] * (instructors[responsible] * caseload)
        for start, stop, _, where, count in sorted(arrivals):
            if where == responsible:
                slots += [(responsible, start, stop)] * (count * caseload)
    kept = [slot for slot in slots if slot[1] < slot[2]]
    return pd.DataFrame(kept, columns=["responsible", "start", "stop"])


# --- committees ---------------------------------------------------------------------------------------------


def made_calls(responsible_units: list[str], committee: Any) -> dict[str, Any]:
    """When meetings are called: [cases, lead] or None, and by whom with which agenda."""
    rules: dict[str, list[float] | None] = {}
    agendas: dict[str, float] = {}
    alike = True
    for responsible in responsible_units:
        rule, agenda = committee.on_demand, committee.agenda
        own = committee.by_responsible.get(responsible)
        if own is not None and "on_demand" in own.model_fields_set:
            rule, alike = own.on_demand, False
        if own is not None and "agenda" in own.model_fields_set:
            agenda = own.agenda
        rules[responsible] = None if rule is None else [rule.cases, rule.lead]
        agendas[responsible] = math.nan if agenda is None else float(agenda)
    wanted: dict[str, Any] = {"on_demand": next(iter(rules.values()), None) if alike else rules}
    return wanted | ({"called_agenda": agendas} if any(rules.values()) else {})


def made_meetings(responsible_units: list[str], committee: Any, days: Days, horizon_day: int) -> pd.DataFrame:
    """Meetings by responsible unit and day; agenda NaN where it is unlimited."""
    meetings: list[tuple[str, int, float]] = []
    for turn, responsible in enumerate(responsible_units):
        own = committee.by_responsible.get(responsible)

        def setting(name: str, own: Any = own) -> Any:
            written = own is not None and name in own.model_fields_set
            # Null changes nothing, but an agenda of null is one without limit.
            changed = written and (getattr(own, name) is not None or name == "agenda")
            return getattr(own if changed else committee, name)

        agenda = setting("agenda")
        offset = turn % setting("every_weeks") if setting("stagger") else 0
        rhythm = regular_dates(setting("weekdays"), setting("every_weeks"), setting("first"), offset)
        dates = {*rhythm, *committee.extra, *setting("extra")}
        numbers = set()
        for day in dates:
            moved = days.next_working(day)
            if moved >= days.first and days.number_from(moved) <= horizon_day:
                numbers.add(days.number_from(moved))
        meetings += [(responsible, day, math.nan if agenda is None else float(agenda)) for day in sorted(numbers)]
    return pd.DataFrame(meetings, columns=["responsible", "day", "agenda"])


def regular_dates(weekdays: Iterable[str], every_weeks: int, first: date, offset: int) -> Iterator[date]:
    """The regular dates, not before the first one, for two years: longer than any campaign."""
    monday = first - timedelta(first.weekday()) + timedelta(weeks=offset)
    for week in range(0, 104, every_weeks):
        for weekday in weekdays:
            day = monday + timedelta(weeks=week, days=WEEKDAYS.index(weekday))
            if day >= first + timedelta(weeks=offset):
                yield day


# --- from a state (MODEL §10) -------------------------------------------------------------------------------


def share_below(law: Any, x: float) -> float:
    """F(x): the probability that a law gives `x` or less."""
    from scipy.special import betainc, ndtr

    family, p = law.family, [float(number) for number in law.parameters]
    low, high = (0.0, math.inf) if family in ("exponential", "lognormal") else (min(p), max(p))
    if family == "fixed" or low == high or (family == "lognormal" and p[1] == 0):
        return float(x >= p[0])
    if x <= low and family != "empirical":
        return 0.0
    if x >= high:
        return 1.0
    if family == "exponential":
        return -math.expm1(-x / p[0])
    if family == "empirical":
        return sum(value <= x for value in p) / len(p)
    if family == "lognormal":
        variance = math.log1p((p[1] / p[0]) ** 2)
        return float(ndtr((math.log(x) - math.log(p[0]) + variance / 2) / math.sqrt(variance)))
    if family == "uniform":
        return (x - low) / (high - low)
    mode = p[1]
    if family == "triangular":
        if x < mode:
            return (x - low) ** 2 / ((high - low) * (mode - low))
        return 1 - (high - x) ** 2 / ((high - low) * (high - mode))
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    return float(betainc(a, b, (x - low) / (high - low)))


def drawn_from_state(
    cases: pd.DataFrame, known: Any, scenario: Any, assignment: pd.DataFrame, city: City, t0: float
) -> pd.DataFrame:
    """What chance decides of a trace's cases from t0 on, by case; NaN for attempts that are past.

    `known` gives each organization's `time` of survey where the register says so.
    """
    uncertainty, calendar = scenario.uncertainty, scenario.calendar
    speed = city.value("speed", 1.0 if uncertainty.speed is None else uncertainty.speed)
    absence = city.value("absence", 0.0 if uncertainty.absence is None else uncertainty.absence)
    factor_of_elections = city.value("election", 1.0 if uncertainty.election is None else uncertainty.election)
    name = "census.late" if uncertainty.late is None else "late"
    late = city.value(name, scenario.census.late if uncertainty.late is None else uncertainty.late)
    days = Days(calendar)
    end = float(days.number_by(calendar.census_end) + 1)
    outreach_opens = float(days.number_by(calendar.mobilisation) + 1)
    formation_opens = float(days.number_from(calendar.formation_opens))
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in assignment.to_dict("records"):
        key = row["org_id"] if row["facility_kind"] == "host" else f"{row['facility_kind']} {row['facility_id']}"
        groups.setdefault(key, []).append(row)
    by_unit = {row["org_id"]: group for group in groups.values() for row in group}
    covered = set(known.register.index[known.register["has_branch"]])
    table = {}
    for case in cases.to_dict("records"):
        lead, kind, rule = case["case"], case["kind"], scenario.cases.of(case["kind"])
        rows = [{"org_id": lead, "distance_km": 0.0}]
        if kind in ("joint", "attached"):
            rows = [row for row in by_unit[lead] if row["org_id"] not in covered]
            rows.sort(key=lambda row: row["org_id"])
        distance = 0.0
        for row in rows:
            distance += 0.0 if math.isnan(row["distance_km"]) else row["distance_km"]
        shape = {"kind": kind, "units": [row["org_id"] for row in rows], "distance": distance / len(rows)}
        factor = factor_of(
            shape,
            city.value(f"cases.{kind}.per_km", rule.per_km),
            city.value(f"cases.{kind}.per_extra_unit", rule.per_extra_unit),
        )
        surveyed = {
            unit: survey_from(unit, known, late, scenario.census.tail, end, city, t0) for unit in shape["units"]
        }
        opens = outreach_opens if kind == "outreach" else formation_opens
        drawn = {"release": max(t0, opens, *surveyed.values())}
        drawn["retry_delay"] = on_grid(
            quantile(rule.retry_delay, uniform(lead, city.replication, 1, WORDS["retry_delay"], city.seed))
        )
        before, state = int(case["attempts_before"]), case["state"]
        last = max(rule.max_attempts, before + 1 if state == "in_work" else 0)
        for k in range(1, sum(column.startswith("prep_") for column in cases.columns) + 1):
            drawn[f"prep_{k}"] = math.nan
            if state not in ("waiting", "in_work") or not before < k <= last:
                continue
            u = uniform(lead, city.replication, k, WORDS["preparation"], city.seed)
            if state == "in_work" and k == before + 1:
                x = t0 - case["since"]
                share = share_below(rule.preparation, x * speed * (1 - absence) / factor)
                if share == 1:
                    drawn[f"prep_{k}"] = x
                    continue
                u = share + u * (1 - share)
            drawn[f"prep_{k}"] = on_grid(quantile(rule.preparation, u) * factor / (speed * (1 - absence)))
        law = rule.election
        runs = state == "approved" or (state == "filed" and rule.approval == "none")
        u = uniform(lead, city.replication, 1, WORDS["election"], city.seed)
        if runs:
            x = t0 - case["since"]
            share = 1.0 if law is None else share_below(law, x / factor_of_elections)
            u = share + u * (1 - share)
            drawn["election_lag"] = x if share == 1 else on_grid(quantile(law, u) * factor_of_elections)
        else:
            drawn["election_lag"] = 0.0 if law is None else on_grid(quantile(law, u) * factor_of_elections)
        table[lead] = drawn
    return pd.DataFrame.from_dict(table, orient="index")


def survey_from(org_id: str, known: Any, late: float, tail: Any, end: float, city: City, t0: float) -> float:
    """When an organization is surveyed: by the register, or later than t0, or as ever where the register is silent."""
    if not known.surveyed:
        return survey_time(org_id, late, tail, end, city)
    found = known.time.loc[org_id, "surveyed_on"]
    if not math.isnan(found):
        return max(float(found), 0.0)
    share = (1 - late) * t0 / end if t0 < end else 1 - late + late * share_below(tail, t0 - end)
    if share == 1:
        return t0
    u = uniform(org_id, city.replication, 0, WORDS["survey"], city.seed)
    u = share + u * (1 - share)
    if u < 1 - late:
        return on_grid(u / (1 - late) * end)
    return on_grid(end + quantile(tail, max(0.0, (u - 1 + late) / late)))
