"""The register (台账): reading, checking, writing, and who counts in which tier."""

from workbench.inputs.register.columns import BY_NAME, COLUMNS, KINDS, PARTS, Column
from workbench.inputs.register.encoding import decoded
from workbench.inputs.register.excel import EXCEL_DIGITS, MOST_EMPTY_ROWS, MOST_RATIO, SMALL_BYTES
from workbench.inputs.register.findings import Finding, shown
from workbench.inputs.register.fingerprint import frame_fingerprint
from workbench.inputs.register.in_memory import as_register
from workbench.inputs.register.inspection import inspect, nonsense
from workbench.inputs.register.privacy import is_personal_column
from workbench.inputs.register.read import check_register, examined, read_register
from workbench.inputs.register.responsibility import responsible_of
from workbench.inputs.register.table import FileTable, refuse
from workbench.inputs.register.tiers import TIERS, effective_members, in_scope, tiers, tiers_by_members
from workbench.inputs.register.write import write_register

__all__ = [
    "BY_NAME",
    "COLUMNS",
    "EXCEL_DIGITS",
    "KINDS",
    "MOST_EMPTY_ROWS",
    "MOST_RATIO",
    "PARTS",
    "SMALL_BYTES",
    "TIERS",
    "Column",
    "FileTable",
    "Finding",
    "as_register",
    "check_register",
    "decoded",
    "effective_members",
    "examined",
    "frame_fingerprint",
    "in_scope",
    "inspect",
    "is_personal_column",
    "nonsense",
    "read_register",
    "refuse",
    "responsible_of",
    "shown",
    "tiers",
    "tiers_by_members",
    "write_register",
]
