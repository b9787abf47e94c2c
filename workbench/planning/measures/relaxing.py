"""A measure never tighten a rule that somebody has already (MODEL §9.1): what is looser of two values, path by path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from workbench.inputs.scenario import Law

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

Looser = Callable[[Any, Any], Any]

#: Where a committee's own rules stand; what is loosened for the city is loosened for each of them.
OWN_RULES = "committee.by_responsible"
#: From the strictest to the loosest.
APPROVALS = ("committee", "direct", "none")
SAME_STREET = ("require", "prefer", "ignore")


def _plain(values: Iterable[Any]) -> bool:
    """Whether values can be put in order: a law cannot."""
    return not any(isinstance(value, Law) for value in values)


def _most(present: Any, wanted: Any) -> Any:
    return max(present, wanted) if _plain((present, wanted)) else wanted


def _least(present: Any, wanted: Any) -> Any:
    return min(present, wanted) if _plain((present, wanted)) else wanted


def _most_or_no_limit(present: int | None, wanted: int | None) -> int | None:
    return None if present is None or wanted is None else max(present, wanted)


def _most_or_none(present: Any, wanted: Any) -> Any:
    """More where there is any: nothing is the least."""
    return wanted if present is None else present if wanted is None else max(present, wanted)


def _both(present: Iterable[Any], wanted: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*present, *wanted)))


def _further(order: tuple[str, ...]) -> Looser:
    return lambda present, wanted: max(present, wanted, key=order.index)


def _sooner_called(present: Any, wanted: Any) -> Any:
    """Meetings on demand for fewer cases and with less lead; none is the strictest."""
    if present is None or wanted is None:
        return wanted if present is None else present
    return {"cases": min(present.cases, wanted.cases), "lead": min(present.lead, wanted.lead)}


def _each_most(present: Mapping[str, int], wanted: Mapping[str, int]) -> dict[str, int]:
    return {name: max(present.get(name, 0), wanted.get(name, 0)) for name in (*present, *wanted)}


#: Path (with * for one step) -> the looser of what is and what is wanted. What is not listed has no order: it is set.
LOOSER: dict[str, Looser] = {
    "committee.weekdays": _both,
    "committee.every_weeks": _least,
    "committee.first": _least,
    "committee.agenda": _most_or_no_limit,
    "committee.notice": _least,
    "committee.extra": _both,
    "committee.on_demand": _sooner_called,
    "instructors.caseload": _most,
    "instructors.total": _most_or_none,
    "instructors.standing": _most_or_none,
    "instructors.by_responsible": _each_most,
    "grouping.facilities": _both,
    "grouping.min_members": _least,
    "grouping.max_units": _most,
    "grouping.max_distance_km": _most,
    "grouping.same_street": _further(SAME_STREET),
    "calendar.deadline": _most,
    "calendar.horizon": _most_or_none,
    "calendar.mobilisation": _least,
    "calendar.formation_opens": _least,
    "calendar.weekmask": _both,
    "calendar.extra_workdays": _both,
    "cases.*.approval": _further(APPROVALS),
    "cases.*.success": _most,
    "cases.*.max_attempts": _most,
}


def looser_of(path: str) -> Looser | None:
    """How two values at a path are put in order; None where they have none."""
    return next((rule for pattern, rule in LOOSER.items() if fnmatchcase(path, pattern)), None)


def relaxed(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with other values wherever they are looser than its own, also for committees with their own rules.

    Raises
    ------
    ScenarioError
        a path is unknown, or the values do not make a scenario.

    Examples
    --------
    >>> from workbench.inputs import Scenario
    >>> own = Scenario().replace("committee.agenda", None)
    >>> relaxed(own, {"committee.agenda": 40, "grouping.max_units": 10}).committee.agenda is None
    True
    """
    return loosened(scenario, typed(scenario, changes))


def typed(scenario: Scenario, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a file writes them, as the values that a scenario holds.

    Raises
    ------
    ScenarioError
        a path is unknown, or the values do not make a scenario.
    """
    # A deadline may pass a horizon that the scenario has: it is moved along.
    asked = scenario.replace({"calendar.horizon": None} | dict(changes)) if changes else scenario
    return {path: value_at(asked, path) for path in changes}


def loosened(scenario: Scenario, wanted: Mapping[str, Any]) -> Scenario:
    """The scenario with these values, as `typed` gives them, wherever they are looser than its own."""
    if not wanted:
        return scenario
    final: dict[str, Any] = {}
    own: dict[str, dict[str, Any]] = {}
    for path, value in wanted.items():
        looser = looser_of(path)
        final[path] = value if looser is None else looser(value_at(scenario, path), value)
        section, _, key = path.partition(".")
        if section == "committee" and looser is not None:
            for unit, rules in value_at(scenario, OWN_RULES).items():
                if key in rules.model_fields_set:
                    own.setdefault(unit, {})[key] = looser(getattr(rules, key), value)
    if own:
        rules = {unit: each.model_dump() for unit, each in value_at(scenario, OWN_RULES).items()}
        final[OWN_RULES] = {unit: each | own.get(unit, {}) for unit, each in rules.items()}
    horizon = scenario.calendar.horizon
    if horizon is not None:
        deadline = final.get("calendar.deadline", scenario.calendar.deadline)
        final["calendar.horizon"] = max(horizon, final.get("calendar.horizon", horizon), deadline)
    return scenario.replace(final)


def value_at(scenario: Scenario, path: str) -> Any:
    """What stands at a path."""
    value: Any = scenario
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else getattr(value, step)
    return value
