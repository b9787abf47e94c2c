"""What is said of a plan: findings, tables, parameters, on the screen, as HTML and as a workbook."""

from workbench.views.report import findings
from workbench.views.report.census import visiting_list, visits_block
from workbench.views.report.checking import check_file, faults_table, is_register
from workbench.views.report.deciding import MEASURE_COLUMNS, PACKAGE_COLUMNS, alone_table, measure_rows, package_rows
from workbench.views.report.pictures import draw_pictures
from workbench.views.report.report import page_html, report_docx, report_html
from workbench.views.report.screen import files_screen, plan_screen
from workbench.views.report.tables import joint_branches, name_of
from workbench.views.report.tasks import light
from workbench.views.report.workbook import COLOURS, write_workbook

__all__ = [
    "COLOURS",
    "MEASURE_COLUMNS",
    "PACKAGE_COLUMNS",
    "alone_table",
    "check_file",
    "draw_pictures",
    "faults_table",
    "files_screen",
    "findings",
    "is_register",
    "joint_branches",
    "light",
    "measure_rows",
    "name_of",
    "package_rows",
    "page_html",
    "plan_screen",
    "report_docx",
    "report_html",
    "visiting_list",
    "visits_block",
    "write_workbook",
]
