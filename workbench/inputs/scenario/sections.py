"""The sections of a scenario, one model each; every default is the shipped baseline's.

The keys are those of the scenario files. Where a number comes from stands in ``scenarios/baseline.yaml``
under `sources`; a test holds the defaults here and that file together.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
)

from workbench.inputs.scenario.discovery import Discovery
from workbench.inputs.scenario.frozen import FrozenMap, Section
from workbench.inputs.scenario.holidays import WEEKDAYS, public_days
from workbench.inputs.scenario.laws import Law
from workbench.inputs.scenario.quantities import Absence, Duration, Factor, Rate, ShareLaw, Size, Speed
from workbench.inputs.scenario.scalars import (
    Amount,
    Count,
    Day,
    Flag,
    List,
    Map,
    Number,
    OneOrMore,
    Positive,
    Share,
    Text,
    day,
    distinct,
    refuse,
)

CaseKind = Literal["standalone", "assisted", "joint", "attached", "outreach"]
FacilityKind = Literal["peer", "host", "community"]
Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
CASE_KINDS: tuple[CaseKind, ...] = get_args(CaseKind)


def _week(days: tuple[str, ...]) -> tuple[str, ...]:
    if not days:
        raise refuse("weekdays_empty")
    return tuple(name for name in WEEKDAYS if name in days)


def _holidays(value: object) -> str | tuple[date, ...] | None:
    if value is None:
        return None
    if isinstance(value, str):
        try:
            public_days(value, 2027, 2027)
        except ValueError:
            raise refuse("holidays_country") from None
        return value
    if isinstance(value, (list, tuple)):
        return distinct(tuple(day(each) for each in value))
    raise refuse("holidays_form")


Frozen = AfterValidator(FrozenMap)
Week = Annotated[tuple[Weekday, ...], List, AfterValidator(_week)]
Dates = Annotated[tuple[Day, ...], List, AfterValidator(distinct)]
Holidays = Annotated[
    str | tuple[date, ...] | None,
    BeforeValidator(_holidays),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "description": "a country's code, such as CN"},
                {"type": "array", "items": {"type": "string", "format": "date"}},
                {"type": "null"},
            ]
        }
    ),
]


class CalendarSpec(Section):
    """The campaign's dates (MODEL §3). `start`, `formation_opens` say *from*; the others say *by*."""

    start: Day = date(2027, 7, 15)
    mobilisation: Day = date(2027, 7, 25)
    census_end: Day = date(2027, 7, 31)
    formation_opens: Day = date(2027, 8, 1)
    review: Day = date(2027, 8, 16)
    deadline: Day = date(2027, 8, 31)
    weekmask: Week = ("Mon", "Tue", "Wed", "Thu", "Fri")
    holidays: Holidays = "CN"
    extra_workdays: Dates = ()
    horizon: Day | None = None

    @property
    def last(self) -> date:
        """The last date that is simulated: the horizon, or the deadline where none is given."""
        return self.horizon or self.deadline


class Targets(Section):
    """The coverages to reach by the deadline, as shares."""

    organization: Share = 0.60
    work: Share = 1.00


class Policy(Section):
    """The switches of MODEL §4: what the rules count, and how."""

    two_members: Literal["assisted", "joint"] = "assisted"
    counted_from: Literal["formed", "approved"] = "formed"
    member_basis: Literal["on_roll", "floating", "part_time"] = "part_time"
    denominator: Literal["all", "active"] = "all"
    responsibility: Literal["register", "street"] = "register"
    work_from: Literal["assigned", "dispatched"] = "assigned"


class Census(Section):
    """When organizations are surveyed (`late`: the share after the census, `tail`: by how much), and what is found."""

    late: Rate = 0.05
    tail: Duration = Law("exponential", (2.0,))
    discovery: Discovery | None = None


class Arrival(Section):
    """Instructors who come on top of the total, later or only for a time."""

    responsible: Text
    count: Positive
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None


def _limit(pair: tuple[int, int]) -> tuple[int, int]:
    if pair[0] > pair[1]:
        raise refuse("limits_order")
    return pair


Limit = Annotated[tuple[Count, Count], List, AfterValidator(_limit)]


class Instructors(Section):
    """Who does the work, and where. `by_responsible`, where given, wins over `total` and `share`; a `total` of null
    follows from the register's size (`workbench.inputs.instructors_total`)."""

    caseload: Positive = 2
    standing: Positive | None = 5
    assigned_on: Day = date(2027, 8, 1)
    total: Count | None = None
    share: Literal["equal", "by_organizations", "by_need"] = "by_need"
    by_responsible: Annotated[dict[Text, Count], Map, Frozen] = Field(default_factory=FrozenMap)
    limits: Annotated[dict[Text, Limit], Map, Frozen] = Field(default_factory=FrozenMap)
    arrivals: Annotated[tuple[Arrival, ...], List] = ()


class CaseRule(Section):
    """What happens to the cases of one kind (MODEL §5.3 to §5.6). Durations are in working days."""

    preparation: Duration = Law("pert", (2.0, 5.0, 12.0))
    per_km: Size = 0.0
    per_extra_unit: Size = 0.0
    success: Rate = 0.92
    retry_delay: Duration = Law("fixed", (3.0,))
    max_attempts: Positive = 3
    approval: Literal["committee", "direct", "none"] = "committee"
    election: Duration | None = Law("pert", (2.0, 7.0, 17.0))


class JointRule(CaseRule):
    """A joint branch: more to arrange, and all its units must agree."""

    preparation: Duration = Law("pert", (4.0, 10.0, 24.0))
    per_km: Size = 0.05
    per_extra_unit: Size = 0.15
    success: Rate = 0.78


class AttachedRule(CaseRule):
    """A unit joins a host's branch: the host must agree, too, but nobody votes."""

    per_km: Size = 0.05
    success: Rate = 0.85
    election: Duration | None = None


class OutreachRule(CaseRule):
    """A mass organization first: nothing to file, to approve or to elect."""

    success: Rate = 0.03
    max_attempts: Positive = 1
    approval: Literal["committee", "direct", "none"] = "none"
    election: Duration | None = None


class CaseRules(Section):
    """One rule a kind of case."""

    standalone: CaseRule = CaseRule()
    assisted: CaseRule = CaseRule()
    joint: JointRule = JointRule()
    attached: AttachedRule = AttachedRule()
    outreach: OutreachRule = OutreachRule()

    def of(self, kind: CaseKind) -> CaseRule:
        """The rule of one kind."""
        rule: CaseRule = getattr(self, kind)
        return rule


class OnDemand(Section):
    """Meetings called on demand (MODEL §5.5): once `cases` are filed and unheard, `lead` working days ahead."""

    cases: Positive
    lead: OneOrMore


class CommitteeOverride(Section):
    """What one responsible unit does otherwise: keys not written stay the city's, `extra` adds to the city's."""

    weekdays: Week | None = None
    every_weeks: Positive | None = None
    first: Day | None = None
    stagger: Flag | None = None
    agenda: Count | None = None
    extra: Dates | None = None
    on_demand: OnDemand | None = None

    @model_serializer(mode="wrap")
    def _written(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # Only what was written: null (no limit, no meetings on demand) differs from what is not mentioned.
        return {key: value for key, value in handler(self).items() if key in self.model_fields_set}


class Committee(Section):
    """When responsible units' committees meet, and how much they hear (MODEL §5.5).

    `agenda` null: without limit; `on_demand` null: regular meetings only.
    """

    weekdays: Week = ("Tue",)
    every_weeks: Positive = 2
    first: Day = date(2027, 8, 3)
    stagger: Flag = True
    agenda: Count | None = 15
    notice: Size = 2.0
    extra: Dates = ()
    on_demand: OnDemand | None = None
    by_responsible: Annotated[dict[Text, CommitteeOverride], Map, Frozen] = Field(default_factory=FrozenMap)

    def of(self, responsible: str) -> Committee:
        """The rules of one responsible unit: the city's, changed by what `by_responsible` writes for it."""
        override = self.by_responsible.get(responsible)
        if override is None:
            return self
        changes = {
            key: value
            for key in override.model_fields_set
            if (value := getattr(override, key)) is not None or key in ("agenda", "on_demand")
        }
        changes["extra"] = distinct((*self.extra, *(override.extra or ())))
        return self.model_copy(update=changes)


def _community(key: str) -> str:
    street, slash, community = key.partition("/")
    if not (slash and street.strip() and community.strip()) or "/" in community:
        raise refuse("community_key")
    return key


def _pair(pair: tuple[str, str]) -> tuple[str, str]:
    if pair[0] == pair[1]:
        raise refuse("pair_same")
    return pair


Community = Annotated[str, BeforeValidator(_community)]
Pair = Annotated[tuple[Text, Text], List, AfterValidator(_pair)]
Place = Annotated[tuple[Number, Number], List]
Pin = Annotated[tuple[FacilityKind, Text], List]
Ruled = Annotated[tuple[Text, FacilityKind, Text], List]
Facilities = Annotated[tuple[FacilityKind, ...], List, AfterValidator(distinct)]


class GroupingRules(Section):
    """Who may join whom, and what it costs (MODEL §8)."""

    facilities: Facilities = ("community", "host", "peer")
    min_members: Positive = 3
    max_units: Positive = 5
    max_distance_km: Amount = 3.0
    same_street: Literal["require", "prefer", "ignore"] = "prefer"
    w_industry: Amount = 0.3
    w_supervisor: Amount = 0.2
    w_street: Amount = 0.5
    open_peer: Amount = 0.3
    open_community: Amount = 0.5
    open_host: Amount = 0.1
    community_centres: Annotated[dict[Community, Place], Map, Frozen] = Field(default_factory=FrozenMap)
    must_link: Annotated[tuple[Pair, ...], List] = ()
    cannot_link: Annotated[tuple[Pair, ...], List] = ()
    pinned: Annotated[dict[Text, Pin], Map, Frozen] = Field(default_factory=FrozenMap)
    forbidden: Annotated[tuple[Ruled, ...], List] = ()


class Uncertainty(Section):
    """Factors drawn once a replication for the whole city (MODEL §6); a key that is not given is neutral."""

    speed: Speed | None = None
    failure: Factor | None = None
    absence: Absence | None = None
    approval_delay: Duration | None = None
    late: ShareLaw | None = None
    election: Factor | None = None


#: The spread that the baseline assumes; a scenario that writes `uncertainty` itself starts from none.
BASELINE_UNCERTAINTY = Uncertainty(
    speed=Law("pert", (0.8, 1.0, 1.2)),
    failure=Law("pert", (0.36, 1.0, 2.9)),
    absence=Law("pert", (0.0, 0.05, 0.15)),
    approval_delay=Law("pert", (0.0, 1.0, 4.0)),
)


class Costs(Section):
    """What the campaign costs, in yuan: an instructor a month, and the start-up grant of a branch."""

    instructor_month: Amount = 0.0
    branch_start_up: Amount = 2000.0
