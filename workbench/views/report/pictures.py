"""The figures of a plan, drawn once, for the report and for the folder of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.jobs import Plan


def draw_pictures(plan: Plan) -> dict[str, bytes]:
    """Every figure of the report as a PNG, by name, in the language in use."""
    from workbench.views import figures

    drawn = {
        "tiers": figures.tiers(plan.register, plan.scenario, plan.ceiling),
        "fan": figures.fan(plan.outcome),
        "gap": figures.waterfall(plan.gap),
        "measures": figures.measures_front(plan.measures),
        "responsible_units": figures.responsible_units(plan.outcome),
        "map": figures.map_groups(plan.register, plan.grouping, scenario=plan.scenario),
    }
    if plan.instructors:
        drawn["curve"] = figures.curve(plan.allocation)
        if plan.worth_moving:
            drawn["instructors"] = figures.allocation(plan.allocation)
    return {name: figures.png(axes) for name, axes in drawn.items()}
