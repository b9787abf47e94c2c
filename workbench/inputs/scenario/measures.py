"""Measures of a scenario's own: named changes that somebody can decide (MODEL §9.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from workbench.errors import Fault, ScenarioError
from workbench.inputs.scenario.frozen import FrozenMap, Section
from workbench.inputs.scenario.origin import Keys
from workbench.inputs.scenario.scalars import Amount, List, Map, Text, refuse
from workbench.inputs.scenario.title import Title

if TYPE_CHECKING:
    from workbench.inputs.scenario.model import Scenario

#: The measures that every scenario has; `measures:` changes or strikes them by these names.
DEFAULT_MEASURES: Final = (
    *("weekly_meetings", "meetings_on_demand", "no_agenda_limit", "one_more_meeting", "direct_decision"),
    *("elections_prepared", "open_with_survey", "half_more_instructors", "saturdays", "joint_farther"),
    *("larger_groups", "hosts_take_two", "strike_dormant", "count_from_approval", "two_weeks_later"),
)
#: What a measure may set beside the scenario's own paths: units that every host takes at least.
HOST_CAPACITY: Final = "register.host_capacity"


def _changes(value: object) -> object:
    if value is not None and (not isinstance(value, dict) or not value):
        raise refuse("measure_set")
    return value


class MeasureSpec(Section):
    """One measure as a scenario writes it; what is not written stays the default's of that name."""

    title: Title | None = None
    set: Annotated[
        dict[Text, Any] | None,
        BeforeValidator(_changes),
        AfterValidator(lambda changes: changes and FrozenMap(changes)),
        WithJsonSchema({"type": "object", "description": "path of the scenario: the value that it gets"}),
    ] = None
    sort: Literal["decision", "resource", "calendar", "counting"] | None = None
    decided_by: Text | None = None
    cost: Amount | None = None
    excludes: Annotated[tuple[Text, ...], List] | None = None


Measures = Annotated[dict[Text, MeasureSpec | None], Map, AfterValidator(FrozenMap)]


def measure_faults(scenario: Scenario) -> list[tuple[Keys, Fault]]:
    """What no single measure can know of itself: paths that there are not, values that make no scenario, names of
    measures that there are not, and a measure of one's own that changes nothing."""
    known = sorted({*DEFAULT_MEASURES, *scenario.measures})
    plain = scenario.replace("measures", {}) if scenario.measures else scenario
    placed: list[tuple[Keys, Fault]] = []
    for name, measure in scenario.measures.items():
        keys: Keys = ("measures", name)
        place = scenario.origin.place(keys)
        if measure is None:
            if name not in DEFAULT_MEASURES:
                placed.append((keys, Fault("measure_unknown", place, name, {"known": ", ".join(DEFAULT_MEASURES)})))
            continue
        for other in measure.excludes or ():
            inner = (*keys, "excludes")
            if other == name:
                placed.append((inner, Fault("measure_excludes_itself", scenario.origin.place(inner), other)))
            elif other not in known:
                details: dict[str, object] = {"known": ", ".join(known)}
                placed.append((inner, Fault("measure_excludes_unknown", scenario.origin.place(inner), other, details)))
        if measure.set is None and name not in DEFAULT_MEASURES:
            placed.append((keys, Fault("measure_sets_nothing", place, name)))
        changes = {path: value for path, value in (measure.set or {}).items() if path != HOST_CAPACITY}
        try:
            plain.replace(changes)
        except ScenarioError as refused:
            for fault in refused.faults:
                inner = (*keys, "set", fault.place)
                at = f"{scenario.origin.place((*keys, 'set'))}: {fault.place}"
                placed.append((inner, Fault(fault.code, at, fault.value, fault.details)))
    return placed
