"""What a job leaves on disk."""

from workbench.views.files.allocation import ENDINGS, allocation_screen, write_allocation
from workbench.views.files.assignment import assignment_screen, assignment_table, write_assignment
from workbench.views.files.census import census_screen, write_visits
from workbench.views.files.city import write_city
from workbench.views.files.comparison import comparison_screen, refuse_place, write_comparison, written_screen
from workbench.views.files.exports import KINDS, refuse_kind, write_table
from workbench.views.files.forecast import forecast_screen
from workbench.views.files.measures import measures_screen, write_measures
from workbench.views.files.plan import write_plan
from workbench.views.files.results import to_excel
from workbench.views.report import visiting_list

__all__ = [
    "ENDINGS",
    "KINDS",
    "allocation_screen",
    "assignment_screen",
    "assignment_table",
    "census_screen",
    "comparison_screen",
    "forecast_screen",
    "measures_screen",
    "refuse_kind",
    "refuse_place",
    "to_excel",
    "visiting_list",
    "write_allocation",
    "write_assignment",
    "write_city",
    "write_comparison",
    "write_measures",
    "write_plan",
    "write_table",
    "write_visits",
    "written_screen",
]
