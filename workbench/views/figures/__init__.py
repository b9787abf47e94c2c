"""Figures: pure pictures of results, in the language in use, with nothing left open.

Each takes what another room made, draws into the axes given or into a picture of its own, and returns the
axes.
"""

from workbench.views.drawing import png
from workbench.views.figures.by_responsible import responsible_units, streets
from workbench.views.figures.ceiling_tiers import tiers
from workbench.views.figures.census_ceiling import census_ceiling
from workbench.views.figures.census_map import census_value
from workbench.views.figures.coverage import LOOKS, Measure, campaign_marks, date_axis, fan, fan_legend
from workbench.views.figures.differences import differences
from workbench.views.figures.forecast_fan import forecast_fan
from workbench.views.figures.frontier import frontier
from workbench.views.figures.gantt import gantt
from workbench.views.figures.gap_trace import gap_trace
from workbench.views.figures.gap_waterfall import waterfall
from workbench.views.figures.groups_map import map_groups
from workbench.views.figures.instructors import allocation, curve
from workbench.views.figures.measures_front import measures_front
from workbench.views.figures.scoreboard import scoreboard, states
from workbench.views.figures.tornado import tornado

__all__ = [
    "LOOKS",
    "Measure",
    "allocation",
    "campaign_marks",
    "census_ceiling",
    "census_value",
    "curve",
    "date_axis",
    "differences",
    "fan",
    "fan_legend",
    "forecast_fan",
    "frontier",
    "gantt",
    "gap_trace",
    "map_groups",
    "measures_front",
    "png",
    "responsible_units",
    "scoreboard",
    "states",
    "streets",
    "tiers",
    "tornado",
    "waterfall",
]
