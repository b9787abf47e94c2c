"""Whether the names in a scenario are those of the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from workbench.errors import Fault
from workbench.inputs.register import responsible_of
from workbench.inputs.scenario import Keys, Scenario

if TYPE_CHECKING:
    import pandas as pd

Named = tuple[Keys, str]


def unknown_names(scenario: Scenario, register: pd.DataFrame) -> Iterator[Fault]:
    """Every name of a responsible unit, organization or community that the register lacks, with the nearest ones."""
    known: dict[str, tuple[Callable[[Scenario], Iterator[Named]], Callable[[], Iterable[str]]]] = {
        "responsible_unknown": (_responsible_units, lambda: responsible_of(register, scenario).unique()),
        "organization_unknown": (_organizations, lambda: register.index),
        "community_unknown": (_communities, lambda: _communities_of(register)),
    }
    for code, (names_in, those_of_register) in known.items():
        # Most scenarios name nobody: then nothing is looked up.
        if named := list(names_in(scenario)):
            yield from _unknown(scenario, code, named, set(those_of_register()))


def _communities_of(register: pd.DataFrame) -> Iterator[str]:
    places = register.loc[register["community"].notna(), ["street", "community"]].drop_duplicates()
    return (f"{street}/{name}" for street, name in places.itertuples(index=False))


def _unknown(scenario: Scenario, code: str, named: Iterable[Named], known: set[str]) -> Iterator[Fault]:
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
