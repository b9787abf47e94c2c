"""Measures as changes of a scenario: what a planner decides, written as paths and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario


def for_every_committee(scenario: Scenario, rule: str, value: int | None) -> dict[str, Any]:
    """One rule for the city's committees and for those that have their own; everything else of theirs stays."""
    own = {
        responsible: committee.model_dump(mode="json", exclude_unset=True) | {rule: value}
        for responsible, committee in scenario.committee.by_responsible.items()
    }
    return {f"committee.{rule}": value, "committee.by_responsible": own}


def both_rules(scenario: Scenario) -> dict[str, Any]:
    """Weekly meetings without a limit on what they hear."""
    weekly = for_every_committee(scenario, "every_weeks", 1)
    return weekly | for_every_committee(scenario.replace(weekly), "agenda", None)
