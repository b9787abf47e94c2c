"""A scenario as the YAML file that `workbench plan` reads: whole, so that it needs no base beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from workbench.labels import text

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario


def scenario_yaml(scenario: Scenario, *, replications: int, seed: int, register: str = "") -> str:
    """The file's text; `read_scenario` gives back a scenario with the same fingerprint.

    Parameters
    ----------
    scenario
        everything in it is written, whether it came from a base or not.
    replications, seed
        named in the head, so that whoever runs it gets the same numbers.
    register
        the name of the register that was open, for the head; the scenario itself names none.
    """
    content: dict[str, Any] = scenario.model_dump(mode="json", by_alias=True)
    content["base"] = None
    content = {key: value for key, value in content.items() if key == "base" or value is not None}
    head = text("panel.yaml_head", replications=replications, seed=seed, register=register or "–")
    body = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100, default_flow_style=None)
    return "".join(f"# {line}\n" for line in head.splitlines()) + body


def as_saved(name: str, rules: Scenario, instructors: dict[str, int], grouping: Grouping, *, solved: bool) -> Scenario:
    """A state as a scenario of its own, that leads to the same grouping and the same numbers.

    It names no register: from where a browser saves it, no path of this machine leads anywhere.
    """
    scenario = rules.replace({"name": name, "title": None, "register": None, "instructors.by_responsible": instructors})
    return scenario if solved else held(scenario, grouping)


def held(scenario: Scenario, grouping: Grouping) -> Scenario:
    """The scenario that leads to this very grouping: who is placed is pinned, who is left out stays out.

    A grouping that was made by hand, or from an earlier one, is not what solving anew would give. Pinned, it is.
    """
    table = grouping.assignment
    pins = {
        str(org_id): [str(kind), str(facility)]
        for org_id, kind, facility in zip(table["org_id"], table["facility_kind"], table["facility_id"], strict=True)
    }
    shut = {tuple(rule) for rule in scenario.grouping.forbidden}
    for org_id in grouping.left_out["org_id"]:
        places = grouping.explain(org_id).places
        kinds, facilities = places["facility_kind"], places["facility_id"]
        shut |= {(str(org_id), str(kind), str(place)) for kind, place in zip(kinds, facilities, strict=True)}
    return scenario.replace({"grouping.pinned": pins, "grouping.forbidden": [list(rule) for rule in sorted(shut)]})
