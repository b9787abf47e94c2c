"""The register (台账): one row a social organization, read and checked before anything else happens.

A register is a pandas DataFrame with index `org_id` and every column of `columns.COLUMNS`, in that
order and with those dtypes. It holds organizations and counts of members; columns and numbers of persons
are refused.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from workbench.arguments import Rule, as_path, broken, refuse
from workbench.errors import RegisterWarning
from workbench.inputs.register.columns import BY_NAME, COLUMNS, MASS_ORGS, PARTS, Column, Holds, schema
from workbench.inputs.register.files import read_table
from workbench.inputs.register.findings import Findings
from workbench.inputs.register.headers import check_headers
from workbench.inputs.register.inspection import inspect
from workbench.inputs.register.responsibility import responsible_or_street
from workbench.inputs.register.rules import check_rules
from workbench.inputs.register.table import FileTable, frame_table
from workbench.inputs.register.values import ParsedColumn, read_column, read_kind
from workbench.labels import text
from workbench.privacy import secrets_of

if TYPE_CHECKING:
    from pandera.errors import SchemaErrors


def read_register(path: str | Path) -> pd.DataFrame:
    """Read a register from a file, or say everything that is wrong with it.

    Parameters
    ----------
    path
        a CSV file (UTF-8, or GB18030 as Excel writes it in China), a Parquet file or an XLSX workbook,
        with the headers of the data dictionary.

    Returns
    -------
    pd.DataFrame
        The register: index `org_id`, all columns, exact dtypes, rows in the file's order. Outer blanks are
        trimmed and full-width digits read as digits; nothing else is changed.

    Raises
    ------
    RegisterError
        the file cannot be read, or breaks rules: every fault with its row in the file, column,
        value, rule and repair.

    Warns
    -----
    RegisterWarning
        one that counts what breaks no rule but is probably not meant: `inspect` lists it.

    Examples
    --------
    >>> register = read_register("data/county.csv")
    >>> len(register), register.index.name
    (213, 'org_id')
    """
    path = as_path(path)
    register = _checked(read_table(path), path.name)
    if count := len(inspect(register)):
        warnings.warn(RegisterWarning(text("warning.register", name=path.name, count=count)), stacklevel=2)
    return register


def check_register(frame: Any) -> pd.DataFrame:
    """Check a register that is in memory, as `read_register` checks a file.

    Parameters
    ----------
    frame
        with `org_id` as its index or a column; typed, or text as in a file; optional columns may be
        absent.

    Returns
    -------
    pd.DataFrame
        A new frame: the register. What already is one comes back equal.

    Raises
    ------
    RegisterError
        every fault; rows are counted from 1.

    Examples
    --------
    >>> rows = {"org_id": ["007"], "street": ["岚汀街道"], "full_members": ["３"], "has_branch": ["是"]}
    >>> register = check_register(pd.DataFrame(rows))
    >>> register.index[0], int(register["full_members"].iloc[0]), bool(register["community"].isna().all())
    ('007', 3, True)
    """
    if not isinstance(frame, pd.DataFrame):
        refuse([broken("register", frame, Rule(bool, "register"))])
    return _checked(frame_table(frame), None)


def _checked(table: FileTable, name: str | None) -> pd.DataFrame:
    frame, findings = examined(table)
    findings.raise_if_any(name)
    return frame.set_index("org_id")


def examined(table: FileTable) -> tuple[pd.DataFrame, Findings]:
    """A table read column by column, and every fault of it; the frame is a register only where there is none."""
    findings = Findings(table.rows)
    places = check_headers(table.headers, findings)
    for mark in table.marks:
        column = "" if mark.place is None else table.headers[mark.place]
        findings.seal(mark.code, mark.position, column, mark.value, **mark.details)
    if not len(table.rows):
        findings.add("no_rows", None, "")
    read = {column: read_column(table.cells[place], _holds(column)) for column, place in places.items()}
    for column, cells in read.items():
        for code, where in cells.faults.items():
            findings.add_where(code, where, column, cells.shown)
        if _holds(column) == "text":
            _refuse_secrets(column, cells, findings)
    frame = pd.DataFrame({column.name: _typed(column, read, findings) for column in COLUMNS})
    frame["responsible"] = responsible_or_street(frame)
    _mass_orgs(frame, read.get("has_mass_org"), findings)
    _check_schema(frame, read, findings)
    check_rules(frame, findings)
    return frame, findings


def _holds(name: str) -> Holds:
    return BY_NAME[name].holds


def _typed(column: Column, read: dict[str, ParsedColumn], findings: Findings) -> pd.Series[Any]:
    """A column with its final dtype; what is missing or could not be read holds its default."""
    count = len(findings.rows)
    cells = read.get(column.name)
    if column.name == "full_members" and all(part in read for part in PARTS):
        cells = _sum_of_parts(cells, read)
    if cells is None:
        return pd.Series(_nothing(column), index=range(count), dtype=column.dtype)
    bad = np.logical_or.reduce([cells.missing, *cells.faults.values()])
    if column.required and column.holds != "text":
        findings.add_where("missing_value", cells.missing, column.name, np.full(count, ""))
    if column.name == "kind":
        return pd.Series([cell and read_kind(cell) for cell in cells.values], dtype="str")
    if column.holds == "text":
        return pd.Series(cells.values, dtype="str")
    if column.holds == "date":
        return pd.Series(np.where(bad, np.datetime64("NaT", "us"), cells.values))
    values = np.where(bad, float(column.default or 0), cells.values)
    if column.holds == "number":
        return pd.Series(np.where(bad, np.nan, values))
    whole = np.clip(values, -(2**53), 2**53)
    if column.dtype == "Int64":
        return pd.Series(pd.arrays.IntegerArray(whole.astype(np.int64), np.array(bad)))
    return pd.Series(whole.astype(column.dtype))


def _nothing(column: Column) -> Any:
    """What stands in every row of a column that the register lacks."""
    if column.default is not None:
        return column.default
    return {"int64": 0, "bool": False, "Int64": pd.NA, "datetime64[us]": pd.NaT}.get(column.dtype, np.nan)


def _sum_of_parts(given: ParsedColumn | None, read: dict[str, ParsedColumn]) -> ParsedColumn:
    """Full members where only the parts are given."""
    parts = [read[part] for part in PARTS]
    total = np.sum([part.values for part in parts], axis=0)
    if given is None:
        # A row that lacks a part is reported as such, not as one that lacks the sum as well.
        none = np.logical_and.reduce([part.missing for part in parts])
        return ParsedColumn(np.nan_to_num(total), none, {}, total.astype(object))
    filled = given.missing & ~np.isnan(total)
    return ParsedColumn(np.where(filled, total, given.values), given.missing & ~filled, given.faults, given.shown)


def _mass_orgs(frame: pd.DataFrame, given: ParsedColumn | None, findings: Findings) -> None:
    """A union, a youth league or a women's federation is a mass organization, where none is said to be there or not."""
    some = frame[list(MASS_ORGS)].to_numpy().any(axis=1)
    said = np.zeros(len(frame), dtype=np.bool_) if given is None else ~given.missing
    denied = said & some & ~frame["has_mass_org"].to_numpy() & ~findings.flagged("has_mass_org")
    findings.add_where("mass_org_denied", denied, "has_mass_org", np.full(len(frame), "false"))
    frame["has_mass_org"] |= some & ~said


def _refuse_secrets(column: str, cells: ParsedColumn, findings: Findings) -> None:
    """A personal number in a text cell."""
    codes, distinct = pd.factorize(cells.shown)
    secrets = secrets_of(distinct, identifiers=column == "org_id")
    for secret in ("identity_number", "telephone_number", "email_address"):
        where = np.array([found == secret for found in secrets], dtype=np.bool_)[codes]
        findings.add_where(secret, where, column, cells.shown)


def _check_schema(frame: pd.DataFrame, read: dict[str, ParsedColumn], findings: Findings) -> None:
    """Ranges, allowed words, missing and repeated text: what the pandera schema finds, in our words.

    A column in which nothing is given holds what we put there, which is in order.
    """
    from pandera.errors import SchemaErrors

    given = tuple(c.name for c in COLUMNS if c.required or (c.name in read and not read[c.name].missing.all()))
    try:
        schema(given).validate(frame[list(given)], lazy=True)
    except SchemaErrors as error:
        _report(error, frame, read, findings)


def _report(error: SchemaErrors, frame: pd.DataFrame, read: dict[str, ParsedColumn], findings: Findings) -> None:
    first = {org_id: place for place, org_id in reversed(list(enumerate(frame["org_id"])))}
    for case in error.failure_cases.itertuples(index=False):
        column, position = str(case.column), int(case.index)
        if column not in read and column != "full_members":
            continue  # a required column that is not there has its fault already
        value: Any = read[column].shown[position] if column in read else frame[column].iloc[position]
        if case.check == "not_nullable":
            findings.add("missing_value", position, column)
        elif case.check != "field_uniqueness":
            findings.add(str(case.check), position, column, value)
        elif not read[column].missing[position]:
            findings.add("duplicate_id", position, column, value, row=int(findings.rows[first[value]]))
