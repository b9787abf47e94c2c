"""Joint branches where nobody says which: found once per register and rules, and the same for whoever asks."""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Literal

from workbench.errors import ArgumentError
from workbench.grouping.answer import Grouping
from workbench.grouping.solve import group
from workbench.inputs.register import frame_fingerprint
from workbench.labels import text

if TYPE_CHECKING:
    import pandas as pd

    from workbench.inputs.scenario import Scenario

#: Switches of ``policy`` that decide who needs a joint branch; the others leave a grouping as it is.
GROUPED_BY = ("two_members", "member_basis", "denominator")
#: Groupings that are kept, the latest asked for.
GROUPINGS_KEPT = 8

_kept: OrderedDict[tuple[str, str], Grouping] = OrderedDict()
_lock = Lock()


def joined(
    register: pd.DataFrame, scenario: Scenario, grouping: Grouping | Literal[False] | None
) -> Grouping | Literal[False]:
    """Who joins whom, for everything that takes a `grouping`: as given; None: as `group` finds it; False: nobody.

    What was found for a register and a scenario's rules is kept, so that every question that is asked of them without
    a grouping rests on the same one, and finds it once.

    Raises
    ------
    ScenarioError, InfeasibleError
        as for `group`, where it is found.
    """
    if grouping is not None:
        return grouping
    key = frame_fingerprint(register), grouping_rules(scenario)
    # One at a time: whoever asks for the same meanwhile waits for it rather than finding it again.
    with _lock:
        found = _kept.pop(key, None) or group(register, scenario)
        _kept[key] = found
        while len(_kept) > GROUPINGS_KEPT:
            _kept.popitem(last=False)
    return found


def joint_branches(register: pd.DataFrame, scenario: Scenario, grouping: Grouping | Literal[False] | None) -> Grouping:
    """As `joined`, for questions about joint branches: without any there is nothing to ask.

    Raises
    ------
    ArgumentError
        `grouping` is False.
    """
    found = joined(register, scenario, grouping)
    if found is False:
        raise ArgumentError(text("argument.joint_branches"))
    return found


def grouping_rules(scenario: Scenario) -> str:
    """Everything in a scenario that a grouping depends on."""
    rules = scenario.grouping.model_dump(mode="json", by_alias=True)
    return json.dumps([rules, [str(getattr(scenario.policy, name)) for name in GROUPED_BY]], sort_keys=True)


def grouping_fingerprint(grouping: Grouping | bool | None) -> str:
    """A hash of who joins whom; ``"none"`` where joint branches are left out."""
    return fingerprint_of(None if grouping is None or isinstance(grouping, bool) else grouping.assignment)


def fingerprint_of(assignment: pd.DataFrame | None) -> str:
    """The same of an assignment, None where there is none."""
    return "none" if assignment is None else frame_fingerprint(assignment)
