"""Ledgers (台账) as offices keep them: spreadsheets that nobody designed for a program, read into a register."""

from workbench.inputs.ledger.called import CalledColumn, called, header_of
from workbench.inputs.ledger.cells import written
from workbench.inputs.ledger.headers import Label, is_person
from workbench.inputs.ledger.notes import Note, NotedChange
from workbench.inputs.ledger.notes import table as notes_table
from workbench.inputs.ledger.read import LEDGERS, Examination, examine, first_words, read_ledger, runs
from workbench.inputs.ledger.result import Ledger, column_of, mapping_table, rows_table, why
from workbench.inputs.ledger.settled import beside
from workbench.inputs.ledger.sheets import LedgerSheet, letter

__all__ = [
    "LEDGERS",
    "CalledColumn",
    "Examination",
    "Label",
    "Ledger",
    "LedgerSheet",
    "Note",
    "NotedChange",
    "beside",
    "called",
    "column_of",
    "examine",
    "first_words",
    "header_of",
    "is_person",
    "letter",
    "mapping_table",
    "notes_table",
    "read_ledger",
    "rows_table",
    "runs",
    "why",
    "written",
]
