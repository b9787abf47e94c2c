"""Every parameter of a scenario as people read it: name, value, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
from pydantic import BaseModel

from workbench.inputs.scenario import CASE_KINDS, Law, parameter_name
from workbench.labels import source_words, text
from workbench.numbers import date_words, target_percent

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: How much is known of a value; what stands for a value of which nothing is said comes last.
MARKS = ("sourced", "derived", "assumed", "unmarked")

#: The parameters by section, in the order of a scenario file; those of `cases` stand once for each kind.
SECTIONS: dict[str, tuple[str, ...]] = {
    "calendar": (
        "start", "mobilisation", "census_end", "formation_opens", "review", "deadline", "horizon", "weekmask",
        "holidays", "extra_workdays",
    ),
    "targets": ("organization", "work"),
    "policy": ("two_members", "counted_from", "member_basis", "denominator", "work_from", "responsibility"),
    "census": ("late", "tail"),
    "instructors": ("total", "share", "caseload", "standing", "assigned_on", "by_responsible", "limits", "arrivals"),
    "cases": (
        "preparation", "per_km", "per_extra_unit", "success", "retry_delay", "max_attempts", "approval", "election",
    ),
    "committee": (
        "weekdays", "every_weeks", "first", "stagger", "agenda", "notice", "on_demand", "extra",
        "by_responsible",
    ),
    "discipline": (),
    "grouping": (
        "facilities", "min_members", "max_units", "max_distance_km", "same_street", "w_industry", "w_supervisor",
        "w_street", "open_peer", "open_community", "open_host", "community_centres", "must_link", "cannot_link",
        "pinned", "forbidden",
    ),
    "uncertainty": ("speed", "failure", "absence", "approval_delay", "late", "election"),
    "costs": ("instructor_month", "branch_start_up"),
}  # fmt: skip

#: Shown as per cent.
SHARES = {"targets.organization", "targets.work", "census.late", "uncertainty.absence", "uncertainty.late"}
#: What nothing means where it means something: no limit; a number by the register's size.
MEANT = {"committee.agenda": "value.no_limit", "instructors.total": "value.by_size"}


def parameters(scenario: Scenario) -> pd.DataFrame:
    """One row a parameter.

    Returns
    -------
    pd.DataFrame
        DataFrame by path as in the file: section, name, value (text in the language in use), mark (one of
        `MARKS`) and source (in the language in use if the scenario is a shipped one, else as it says). A parameter
        that is empty or neutral and of which nothing is said is left out.

    Examples
    --------
    >>> from workbench.inputs.scenario.model import Scenario
    >>> table = parameters(Scenario.model_validate({"sources": {"targets": "sourced: the plan"}}))
    >>> table.loc["targets.organization", ["value", "mark", "source"]].to_list()
    ['60%', 'sourced', 'the plan']
    """
    rows = {}
    for path in parameter_paths():
        value = _value_at(scenario, path)
        mark, source = _source(scenario.sources, path)
        if mark == "unmarked" and path not in MEANT and _is_nothing(value):
            continue
        rows[path] = (
            text(f"section.{path.split('.')[0]}"),
            parameter_name(path),
            _shown(path, value),
            mark,
            source_words(source),
        )
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["section", "name", "value", "mark", "source"], dtype="str"
    ).rename_axis("path")


def parameter_paths() -> Iterator[str]:
    """The path of every parameter, in the order of a scenario file."""
    for section, keys in SECTIONS.items():
        if section == "cases":
            yield from (f"{section}.{kind}.{key}" for kind in CASE_KINDS for key in keys)
        else:
            yield from (f"{section}.{key}" for key in keys) if keys else [section]


def _value_at(scenario: Scenario, path: str) -> object:
    value: object = scenario
    for key in path.split("."):
        value = getattr(value, key)
    return value


def _source(sources: Mapping[str, str], path: str) -> tuple[str, str]:
    """The mark and the words of the nearest path that has any."""
    keys = path.split(".")
    while keys:
        said = sources.get(".".join(keys))
        if said is not None:
            found = re.match(r"\s*(\w+)\s*:\s*(.*)", said, re.DOTALL)
            if found and found[1] in MARKS:
                return found[1], " ".join(found[2].split())
            return (said.strip(), "") if said.strip() in MARKS else ("unmarked", " ".join(said.split()))
        keys.pop()
    return "unmarked", ""


def _shown(path: str, value: object) -> str:
    """A value in words."""
    if path in MEANT and value is None:
        return text(MEANT[path])
    as_share = path in SHARES or path.endswith(".success")
    return _in_words(value, as_share)


def _is_nothing(value: object) -> bool:
    return value is None or value == () or value == {}


def _in_words(value: object, as_share: bool = False) -> str:
    if _is_nothing(value):
        return text("value.nothing")
    match value:
        case bool():
            return text("value.yes" if value else "value.no")
        case int() | float():
            return target_percent(value) if as_share else f"{value:g}"
        case Law():
            return _law(value, as_share)
        case date():
            return date_words(value, year=True)
        case str():
            return text(f"choice.{value}") if value in CHOICES else value
        case tuple():
            return text("value.and").join(_in_words(each) for each in value)
        case Mapping():
            return text("value.and").join(f"{key}: {_in_words(each)}" for key, each in value.items())
        case BaseModel():
            written = {key: getattr(value, key) for key in type(value).model_fields if getattr(value, key) is not None}
            return " ".join(_in_words(each) for each in written.values())
    return str(value)


def _law(law: Law, as_share: bool) -> str:
    numbers = ", ".join(_in_words(number, as_share) for number in law.parameters)
    return text(f"law.{law.family}", numbers=numbers)


#: Words of the scenario file that have words for people.
CHOICES = frozenset(
    (
        "assisted", "joint", "standalone", "attached", "outreach", "formed", "approved", "on_roll", "floating",
        "part_time", "all", "active", "equal", "by_organizations", "by_need", "committee", "direct", "none",
        "formation_first", "work_first", "fifo", "require", "prefer", "ignore", "peer", "host", "community",
        "assigned", "dispatched", "register", "street", "CN", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
    )
)  # fmt: skip
