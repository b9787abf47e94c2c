"""A scenario: everything about a campaign that is not in the register (docs/how-to/write-a-scenario.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from html import escape
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from workbench.arguments import Rule, as_path, broken
from workbench.arguments import refuse as refuse_arguments
from workbench.errors import Fault, ScenarioError
from workbench.inputs.scenario.bases import read_merged
from workbench.inputs.scenario.faults import Placed, cross_faults, faults_of, shown, without
from workbench.inputs.scenario.frozen import FrozenMap, Section
from workbench.inputs.scenario.laws import Law
from workbench.inputs.scenario.measures import Measures, measure_faults
from workbench.inputs.scenario.names import parameter_name
from workbench.inputs.scenario.origin import Origin
from workbench.inputs.scenario.scalars import Map, Text, refuse
from workbench.inputs.scenario.sections import (
    BASELINE_UNCERTAINTY,
    CASE_KINDS,
    CalendarSpec,
    CaseKind,
    CaseRules,
    Census,
    Committee,
    Costs,
    GroupingRules,
    Instructors,
    Policy,
    Targets,
    Uncertainty,
)
from workbench.inputs.scenario.title import Title
from workbench.labels import language, text
from workbench.numbers import iso_date, target_percent
from workbench.shown import table_html

Discipline = Literal["formation_first", "work_first", "fifo"] | tuple[CaseKind, ...]
DISCIPLINES = ("formation_first", "work_first", "fifo")
#: What names a scenario, says where it comes from, or could be decided: nothing that changes what is simulated.
UNFINGERPRINTED = {"name", "title", "base", "register_path", "measures", "sources"}


def _discipline(value: object) -> Any:
    if isinstance(value, str) and value in DISCIPLINES:
        return value
    if isinstance(value, (list, tuple)):
        named = [kind for kind in CASE_KINDS if kind in value]
        if not named or len(named) < len(value):
            raise refuse("discipline_kinds", kinds=", ".join(CASE_KINDS))
        return tuple(value)
    raise refuse("discipline", words=", ".join(DISCIPLINES), kinds=", ".join(CASE_KINDS))


#: What a notebook shows of a scenario; the file holds all.
TELLING = (
    "calendar.start", "calendar.formation_opens", "calendar.deadline", "targets.organization", "targets.work",
    "policy.two_members", "instructors.total", "instructors.caseload", "committee.every_weeks", "committee.agenda",
)  # fmt: skip


class Scenario(Section):
    """A campaign's rules, resources and assumptions; frozen, and checked as a whole.

    Every key has a default, the shipped baseline's, so that a partial map is a scenario:
    ``Scenario.model_validate({"instructors": {"total": 80}})``. Attributes are the keys of the file; only
    `register` is `register_path` here.

    Raises
    ------
    ScenarioError
        With every fault found: the place (file, line and path), the value, the rule and the repair.

    Examples
    --------
    >>> scenario = Scenario()
    >>> scenario.calendar.deadline, scenario.cases.of("joint").preparation.mean
    (datetime.date(2027, 8, 31), 11.333333333333334)
    >>> scenario.replace("instructors.total", 80).instructors.total
    80
    >>> Scenario.model_validate({"targets": {"organization": 1.6}})
    Traceback (most recent call last):
        ...
    workbench.errors.ScenarioError: The scenario cannot be used; faults: 1
      - targets.organization, found '1.6': the value must lie between 0 and 1. Write a number from 0 to 1 (a
      law stays within, too); 60 % is 0.6.
    """

    model_config = ConfigDict(title="Scenario of a campaign")

    name: Text = "scenario"
    title: Title | None = None
    base: str | None = None
    register_path: Text | None = Field(default=None, alias="register")
    calendar: CalendarSpec = CalendarSpec()
    targets: Targets = Targets()
    policy: Policy = Policy()
    census: Census = Census()
    instructors: Instructors = Instructors()
    cases: CaseRules = CaseRules()
    committee: Committee = Committee()
    discipline: Annotated[
        Discipline,
        BeforeValidator(_discipline),
        WithJsonSchema(
            {
                "anyOf": [
                    {"enum": list(DISCIPLINES)},
                    {"type": "array", "items": {"enum": list(CASE_KINDS)}, "minItems": 1, "uniqueItems": True},
                ]
            },
        ),
    ] = "formation_first"
    grouping: GroupingRules = GroupingRules()
    uncertainty: Uncertainty = BASELINE_UNCERTAINTY
    costs: Costs = Costs()
    measures: Measures = Field(default_factory=FrozenMap)
    sources: Annotated[dict[str, Text], Map, AfterValidator(FrozenMap)] = Field(default_factory=FrozenMap)

    _origin: Origin = PrivateAttr(default_factory=Origin)

    @model_validator(mode="wrap")
    @classmethod
    def _every_fault_at_once(
        cls,
        data: Any,
        handler: ModelWrapValidatorHandler[Self],
        info: ValidationInfo,
    ) -> Self:
        if isinstance(data, Scenario):
            return handler(data)
        origin = info.context if isinstance(info.context, Origin) else Origin()
        faults: list[Placed] = []
        if info.context is None and isinstance(data, dict) and data.get("base") is not None:
            # A map in memory has no folder to look for the base in: not reading it quietly would be a trap.
            faults.append((("base",), Fault("base_in_memory", "base", shown(data["base"]))))
        scenario: Self | None = None
        spoiled: tuple[tuple[str, ...], ...] = ()
        try:
            scenario = handler(data)
        except ValidationError as error:
            found = error.errors(include_url=False)
            faults += faults_of(found, cls, origin)
            data, spoiled = without(data, found)
            # What hangs together is checked on the rest, so that one slip does not hide another.
            with suppress(ValidationError):
                scenario = handler(data)
        if scenario is not None:
            faults += cross_faults(scenario, origin, spoiled)
        everything = origin.in_reading_order(faults)
        if everything or scenario is None:
            raise ScenarioError(origin.headline(len(everything)), everything)
        scenario._origin = origin.read()
        return scenario

    def summary(self) -> str:
        """The scenario in a line, in the language in use."""
        return text(
            "scenario.summary",
            label=self.label,
            name=self.name,
            start=iso_date(self.calendar.start),
            deadline=iso_date(self.calendar.deadline),
            organization=target_percent(self.targets.organization),
            work=target_percent(self.targets.work),
        )

    def __repr__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        import pandas as pd

        values = {parameter_name(path): shown(attrgetter(path)(self)) for path in TELLING}
        table = pd.Series(values, name=self.name, dtype="object")
        return f"<pre>{escape(self.summary())}</pre>\n{table_html(table)}"

    @property
    def label(self) -> str:
        """The title in the language in use, or the name where there is none."""
        if self.title is None:
            return self.name
        return self.title.zh if language() == "zh" else self.title.en

    @property
    def origin(self) -> Origin:
        """Where its values stand: files and lines, for messages."""
        return self._origin

    @property
    def register_file(self) -> Path | None:
        """Where the register lies, seen from the folder of the file that names it (or the working folder)."""
        if self.register_path is None:
            return None
        return (self._origin.register_folder or Path()) / self.register_path

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the content (32 hex digits), not of name, title, sources, register path, folder or
        measures that could be taken."""
        content = self.model_dump(mode="json", by_alias=True, exclude=UNFINGERPRINTED)
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False)
        return blake2b(canonical.encode(), digest_size=16).hexdigest()

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    @property
    def drawn_parameters(self) -> dict[str, Law]:
        """Everything drawn once a replication: the uncertain factors by name, other numbers by their path."""
        drawn = {
            name: law for name in Uncertainty.model_fields if isinstance(law := getattr(self.uncertainty, name), Law)
        }
        numbers: dict[str, object] = {}
        if self.uncertainty.late is None:
            numbers["census.late"] = self.census.late
        for kind in CASE_KINDS:
            rule = self.cases.of(kind)
            numbers |= {
                f"cases.{kind}.per_km": rule.per_km,
                f"cases.{kind}.per_extra_unit": rule.per_extra_unit,
                f"cases.{kind}.success": rule.success,
            }
        numbers["committee.notice"] = self.committee.notice
        return drawn | {path: law for path, law in numbers.items() if isinstance(law, Law)}

    def replace(self, path: str | Mapping[str, Any], value: Any = None) -> Scenario:
        """A checked copy with other values.

        Parameters
        ----------
        path
            a dotted path as in the file, such as ``"instructors.total"``, or a map of paths to values.
        value
            the new value, as a file would write it; a map or a list replaces the old one whole.

        Raises
        ------
        ScenarioError
            Where a path is unknown or the values do not make a scenario.
        """
        changes = path if isinstance(path, Mapping) else {path: value} if isinstance(path, str) else {0: value}
        if not all(isinstance(each, str) for each in changes):
            refuse_arguments([broken("path", path, Rule(bool, "changes"))])
        # Only what was written: defaults stay defaults, which tells a slip from what it breaks. Uncertainty
        # is the exception: a block that is written is neutral in what it does not name.
        content: dict[str, Any] = self.model_dump(by_alias=True, exclude_unset=True)
        content["uncertainty"] = self.uncertainty.model_dump()
        for where, new in changes.items():
            *outer, last = where.split(".")
            inner = content
            for key in outer:
                step = inner.get(key)
                if not isinstance(step, dict):
                    step = inner[key] = {}
                inner = step
            inner[last] = new
        origin = self._origin.changed(tuple(where.split(".")) for where in changes)
        return Scenario.model_validate(content, context=origin)


def read_scenario(path: str | Path, *, shipped: str | Path | None = None) -> Scenario:
    """Read a scenario file with all that it inherits through `base:`.

    Maps merge key by key; laws and lists are replaced whole; `name` and `title` are a file's own. The file is YAML in
    UTF-8, read by the core schema of YAML 1.2; only regular files of at most 16 MiB are read.

    Parameters
    ----------
    path
        the scenario file.
    shipped
        a folder of scenarios, for a file that a stranger sent (an upload): its `base:` may name a scenario of
        this folder, its `register:` one that these name, and nothing else; it may take 2 MiB.

    Raises
    ------
    ScenarioError
        With every fault of the file and of those that it inherits from: file, line, path, value, rule and
        repair. Values are quoted of the file asked for only.
    """
    values, origin = read_merged(as_path(path), None if shipped is None else as_path(shipped))
    scenario = Scenario.model_validate(values, context=origin)
    if faults := measure_faults(scenario):
        raise ScenarioError(origin.headline(len(faults)), origin.in_reading_order(faults))
    return scenario
