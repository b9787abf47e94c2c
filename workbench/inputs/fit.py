"""Whether a scenario speaks of the responsible units, organizations and communities that the register has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from workbench.errors import Fault, ScenarioError
from workbench.inputs.register import responsible_of
from workbench.inputs.scenario import Keys, Scenario
from workbench.labels import text

if TYPE_CHECKING:
    import pandas as pd

#: A warning names so many responsible units, and counts the rest.
NAMED = 12

Named = tuple[Keys, str]


def check_fits(scenario: Scenario, register: pd.DataFrame) -> list[str]:
    """Hold a scenario against its register.

    Parameters
    ----------
    scenario
        whatever names responsible units, organizations or communities in it.
    register
        as `read_register` gives it.

    Returns
    -------
    list[str]
        Warnings for people, in the language in use: what is allowed but probably not meant, such as a responsible
        unit without any instructor.

    Raises
    ------
    ScenarioError
        With every name that the register lacks, where it stands and the nearest ones that it has; and where
        the scenario counts members by a basis (`policy.member_basis`) that the register does not tell apart.
    """
    responsible_units = sorted(responsible_of(register, scenario).unique())
    places = register.loc[register["community"].notna(), ["street", "community"]].drop_duplicates()
    communities = [f"{street}/{name}" for street, name in places.itertuples(index=False)]
    organizations = list(_organizations(scenario))
    faults = [
        *_unknown(scenario, "responsible_unknown", _responsible_units(scenario), responsible_units),
        *_unknown(scenario, "organization_unknown", organizations, set(register.index) if organizations else ()),
        *_unknown(scenario, "community_unknown", _communities(scenario), communities),
        *_parts(scenario, register),
    ]
    if faults:
        raise ScenarioError(text("error.fit", count=len(faults)), faults)
    return list(_warnings(scenario, responsible_units))


def _unknown(scenario: Scenario, code: str, named: Iterable[Named], known: Iterable[str]) -> Iterator[Fault]:
    known = known if isinstance(known, set) else set(known)
    ordered: list[str] | None = None
    for keys, name in named:
        if name in known:
            continue
        ordered = sorted(known) if ordered is None else ordered
        near = get_close_matches(name, ordered, n=3, cutoff=0.5)
        details: dict[str, object] = {"near": ", ".join(near)}
        yield Fault(f"{code}_near" if near else code, scenario.origin.place(keys), name, details)


def _responsible_units(scenario: Scenario) -> Iterator[Named]:
    instructors = scenario.instructors
    yield from ((("instructors", "by_responsible", name), name) for name in instructors.by_responsible)
    yield from ((("instructors", "limits", name), name) for name in instructors.limits)
    for index, arrival in enumerate(instructors.arrivals):
        yield ("instructors", "arrivals", str(index), "responsible"), arrival.responsible
    yield from ((("committee", "by_responsible", name), name) for name in scenario.committee.by_responsible)


def _organizations(scenario: Scenario) -> Iterator[Named]:
    rules = scenario.grouping
    for key, pairs in (("must_link", rules.must_link), ("cannot_link", rules.cannot_link)):
        for index, pair in enumerate(pairs):
            yield from ((("grouping", key, str(index), str(side)), name) for side, name in enumerate(pair))
    for name, (kind, facility) in rules.pinned.items():
        yield ("grouping", "pinned", name), name
        if kind != "community":
            yield ("grouping", "pinned", name, "1"), facility
    for index, (name, kind, facility) in enumerate(rules.forbidden):
        yield ("grouping", "forbidden", str(index), "0"), name
        if kind != "community":
            yield ("grouping", "forbidden", str(index), "2"), facility


def _communities(scenario: Scenario) -> Iterator[Named]:
    rules = scenario.grouping
    yield from ((("grouping", "community_centres", name), name) for name in rules.community_centres)
    for name, (kind, facility) in rules.pinned.items():
        if kind == "community":
            yield ("grouping", "pinned", name, "1"), facility
    for index, (_, kind, facility) in enumerate(rules.forbidden):
        if kind == "community":
            yield ("grouping", "forbidden", str(index), "2"), facility


def _parts(scenario: Scenario, register: pd.DataFrame) -> Iterator[Fault]:
    """A basis that leaves members out needs to know how many there are of each part."""
    basis = scenario.policy.member_basis
    lacking = register.index[register["members_on_roll"].isna()]
    if basis != "part_time" and len(lacking):
        yield Fault(
            "parts_missing",
            scenario.origin.place(("policy", "member_basis")),
            basis,
            {"count": len(lacking), "organizations": len(register), "first": lacking[0]},
        )


def _warnings(scenario: Scenario, responsible_units: list[str]) -> Iterator[str]:
    instructors = scenario.instructors
    later = {arrival.responsible for arrival in instructors.arrivals}
    if instructors.by_responsible:
        without = [name for name in responsible_units if not instructors.by_responsible.get(name) and name not in later]
        if without:
            yield text("warning.responsible_without_instructor", count=len(without), names=_some(without))
    elif not instructors.total and not later:
        yield text("warning.no_instructors")


def _some(names: list[str]) -> str:
    listed = ", ".join(names[:NAMED])
    return listed if len(names) <= NAMED else text("fit.and_more", names=listed, count=len(names) - NAMED)
