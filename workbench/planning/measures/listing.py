"""Which measures a scenario can be asked for: the defaults, with what the scenario adds, changes and strikes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.errors import Fault, ScenarioError
from workbench.inputs import refuse_misfit
from workbench.labels import text
from workbench.planning.measures.defaults import defaults
from workbench.planning.measures.measure import HOST_CAPACITY, Measure
from workbench.planning.measures.relaxing import relaxed

if TYPE_CHECKING:
    import pandas as pd

    from workbench.inputs.scenario import Scenario
    from workbench.planning.measures.experiment import Experiment

#: What a scenario may say of a measure, beside its title.
FIELDS = ("set", "sort", "decided_by", "cost", "excludes")


def listed(experiment: Experiment) -> dict[str, Measure]:
    """Every measure by name: the defaults in their order, then the scenario's own.

    Raises
    ------
    ScenarioError
        a measure sets a path that there is not or a value that cannot be, or excludes itself or one that is not
        listed; every such fault, each at its place.
    """
    scenario = experiment.present.scenario
    found = {measure.name: measure for measure in defaults(experiment)}
    own: Mapping[str, Any] = getattr(scenario, "measures", {}) or {}
    known = {*found, *own}
    for name, entry in own.items():
        if entry is None:
            found.pop(name, None)
            continue
        given = _written(entry)
        title = given.pop("title", None)
        base = found.get(name, Measure(name, {}, "decision"))
        # A title with a date or a number in it speaks of the default's: who changes the measure words it anew.
        found[name] = replace(base, **given, title=title if title is not None else base.title)
    faults = [
        fault
        for measure in found.values()
        for fault in _faults(measure, own, known, scenario, experiment.present.register)
    ]
    if faults:
        raise ScenarioError(text("error.measures", count=len(faults)), faults)
    return found


def changes_anything(measure: Measure, experiment: Experiment) -> bool:
    """Whether a measure changes anything of the campaign: what is so already needs no decision."""
    present = experiment.present
    if HOST_CAPACITY in measure.set:
        capacity = present.register["host_capacity"]
        if bool(((capacity > 0) & (capacity < int(measure.set[HOST_CAPACITY]))).any()):
            return True
    changes = {path: value for path, value in measure.set.items() if path != HOST_CAPACITY}
    return relaxed(present.scenario, changes).fingerprint != present.scenario.fingerprint


def _written(entry: Any) -> dict[str, Any]:
    """What a scenario's entry gives, whether as a model or as a map."""
    content = entry if isinstance(entry, Mapping) else entry.model_dump(exclude_unset=True)
    given = {name: content[name] for name in FIELDS if content.get(name) is not None}
    if "excludes" in given:
        given["excludes"] = tuple(given["excludes"])
    if content.get("title") is not None:
        title = content["title"]
        given["title"] = dict(title) if isinstance(title, Mapping) else {"zh": str(title), "en": str(title)}
    return given


def _faults(
    measure: Measure, own: Mapping[str, Any], known: set[str], scenario: Scenario, register: pd.DataFrame
) -> list[Fault]:
    if measure.name not in own:
        return []
    place = scenario.origin.place(("measures", measure.name))
    faults = []
    for name in measure.excludes:
        if name == measure.name:
            faults.append(Fault("measure_excludes_itself", place, name))
        elif name not in known:
            faults.append(Fault("measure_excludes_unknown", place, name, {"known": ", ".join(sorted(known))}))
    if not measure.set:
        faults.append(Fault("measure_sets_nothing", place, measure.name))
    try:
        changes = {path: value for path, value in measure.set.items() if path != HOST_CAPACITY}
        refuse_misfit(relaxed(scenario, changes), register)
    except ScenarioError as refused:
        faults += [replace(fault, place=f"{place}: {fault.place}") for fault in refused.faults]
    return faults
