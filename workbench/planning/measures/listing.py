"""Which measures a scenario can be asked for: the defaults, with what the scenario adds, changes and strikes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.errors import Fault, ScenarioError
from workbench.inputs import check_fits
from workbench.inputs.scenario import HOST_CAPACITY, measure_faults
from workbench.labels import text
from workbench.planning.measures.defaults import defaults
from workbench.planning.measures.measure import Measure
from workbench.planning.measures.relaxing import relaxed

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario
    from workbench.planning.measures.experiment import Experiment

#: What a scenario may say of a measure, beside its title.
FIELDS = ("set", "sort", "decided_by", "cost", "excludes")


def listed(experiment: Experiment, scenario: Scenario) -> dict[str, Measure]:
    """Every measure by name: the defaults in their order, then the scenario's own.

    Parameters
    ----------
    experiment
        the campaign as it stands: what the defaults come to depends on it.
    scenario
        whose `measures` add, change and strike.

    Raises
    ------
    ScenarioError
        a measure cannot be, or speaks of units, communities or organizations that the register lacks.
    """
    # A file is looked at as it is read; what was put together in memory has not been.
    refuse_measures([fault for _, fault in measure_faults(scenario)])
    found = {measure.name: measure for measure in defaults(experiment)}
    faults: list[Fault] = []
    for name, entry in scenario.measures.items():
        if entry is None:
            found.pop(name, None)
            continue
        found[name] = replace(found.get(name, Measure(name, {}, "decision")), **_written(name, entry.model_dump()))
        faults += _strangers(found[name], experiment, scenario)
    refuse_measures(faults)
    return found


def refuse_measures(faults: list[Fault]) -> None:
    """One error for all that is wrong with the scenario's measures, if anything is."""
    if faults:
        raise ScenarioError(text("error.measures", count=len(faults)), faults)


def changes_anything(measure: Measure, experiment: Experiment) -> bool:
    """Whether a measure changes anything of the campaign: what is so already needs no decision."""
    present = experiment.present
    if HOST_CAPACITY in measure.set:
        capacity = present.register["host_capacity"]
        if bool(((capacity > 0) & (capacity < int(measure.set[HOST_CAPACITY]))).any()):
            return True
    return relaxed(present.scenario, measure.of_scenario).fingerprint != present.scenario.fingerprint


def _written(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a scenario's entry gives; what it does not say stays as it is."""
    given = {field: entry[field] for field in FIELDS if entry.get(field) is not None}
    if entry.get("title") is not None:
        given["title"] = dict(entry["title"])
    elif "set" in given:
        # The words of a default speak of what it sets, and of nothing else.
        given["title"] = {"zh": name, "en": name}
    return given


def _strangers(measure: Measure, experiment: Experiment, scenario: Scenario) -> list[Fault]:
    """Names in a measure that the register lacks, each at the measure's place."""
    try:
        check_fits(relaxed(experiment.present.scenario, measure.of_scenario), experiment.present.register)
    except ScenarioError as refused:
        place = scenario.origin.place(("measures", measure.name))
        return [replace(fault, place=f"{place}: {fault.place}") for fault in refused.faults]
    return []
