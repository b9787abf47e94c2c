"""The job: read each ledger, put them together, compare with last week."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.arguments import Rule, as_date, broken, refuse
from workbench.errors import RegisterError, RegisterWarning
from workbench.inputs import asked, check_register, read_register
from workbench.inputs.ledger import notes_table
from workbench.inputs.register import as_register, inspect, shown
from workbench.jobs.collect.changes import changes_between
from workbench.jobs.collect.handed_in import HandedIn, expected_units, hand_in, ledger_files
from workbench.jobs.collect.one_register import Said, carried_over, keep_identifiers, rows_of, without_twice
from workbench.jobs.collect.result import Collection
from workbench.labels import text


@asked
def collect(
    paths: str | Path | Iterable[str | Path],
    previous: str | Path | pd.DataFrame | None = None,
    *,
    as_of: date | str | None = None,
) -> Collection:
    """Put the ledgers of many responsible units together into one register.

    Each ledger is read as `read_ledger` does; one that is refused holds nothing up: its unit's organizations of last
    week stay, and so do those of a unit that handed nothing in. An organization keeps last week's identifier where it
    is known by its code or name. Of one that stands in two ledgers the responsible unit's row is taken. The result is
    a pure function of the files: the same ledgers give the same bytes.

    Parameters
    ----------
    paths
        a folder, or files, one ledger per responsible unit. In a folder, ``mapping.yaml`` settles headers for all,
        and ``units.txt`` lists the units from which a ledger is expected.
    previous
        last week's register, or its file: what changed is told against it, and its units are expected again.
    as_of
        the register's date.

    Returns
    -------
    Collection
        `register`, `ledgers`, `findings`, `changes`, `missing`.

    Raises
    ------
    RegisterError
        there is no ledger, all of them are refused, or together they break a rule that none breaks alone.
    """
    day = None if as_of is None else as_date(as_of)
    files = ledger_files(paths)
    before = _last_week(previous)
    expected = expected_units(files, before)
    ledgers = [hand_in(path, expected) for path in files]
    accepted = [each for each in ledgers if each.accepted]
    if not accepted:
        faults = [fault for each in ledgers if each.error for fault in each.error.faults]
        raise RegisterError(text("error.collect_refused", count=len(ledgers)), faults)
    said: list[Said] = []
    rows = without_twice(keep_identifiers(rows_of(ledgers, said), before, said), before, said)
    units = {each.unit for each in accepted} | set(rows["responsible"])
    refused = {each.unit for each in ledgers} - units
    missing = tuple(unit for unit in expected if unit not in units and unit not in refused)
    rows = carried_over(rows, before, sorted({*missing, *refused}), said)
    register = check_register(rows[[column for column in rows.columns if not column.startswith("_")]])
    changes = changes_between(register if before is None else before, register)
    return Collection(
        register, _ledgers(ledgers), _findings(ledgers, said, register), changes, missing, day, tuple(ledgers)
    )


def _last_week(previous: Any) -> pd.DataFrame | None:
    """Last week's register; what was odd in it was told last week."""
    if previous is None or isinstance(previous, pd.DataFrame):
        return None if previous is None else as_register(previous)
    if not isinstance(previous, (str, PathLike)):
        refuse([broken("previous", previous, Rule(bool, "register"))])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RegisterWarning)
        return read_register(previous)


def _ledgers(ledgers: list[HandedIn]) -> pd.DataFrame:
    rows = []
    for each in ledgers:
        notes = each.examination.notes if each.examination else []
        faults = len(each.error.faults) if each.error else 0
        verdict = "refuse" if each.error else each.examination.verdict if each.examination else "refuse"
        taken = len(each.examination.frame) if each.examination and each.accepted else 0
        rows.append(
            (each.unit, each.path.name, verdict, taken, faults, sum(note.severity == "finding" for note in notes))
        )
    frame = pd.DataFrame(rows, columns=["unit", "file", "verdict", "organizations", "faults", "findings"])
    return frame.astype({"unit": "str", "file": "str", "verdict": "str"})


def _findings(ledgers: list[HandedIn], said: list[Said], register: pd.DataFrame) -> pd.DataFrame:
    """What is said of each ledger, of two together, and of the register as a whole."""
    tables = []
    for each in ledgers:
        if each.examination is not None:
            tables.append(notes_table(each.examination.notes).assign(unit=each.unit, file=each.path.name))
        elif each.error is not None:
            tables.append(
                pd.DataFrame(
                    [
                        ("fault", "", pd.NA, "", shown(fault.value), fault.rule, fault.repair)
                        for fault in each.error.faults
                    ],
                    columns=["severity", "sheet", "row", "column", "value", "rule", "repair"],
                ).assign(unit=each.unit, file=each.path.name)
            )
    tables += [notes_table([each.note]).assign(unit=each.unit, file=each.file) for each in said]
    table = pd.concat(
        [each.astype({"row": "Int64"}) for each in tables if len(each)] or [notes_table([]).assign(unit="", file="")],
        ignore_index=True,
    )
    odd = inspect(register)
    known = set(zip(table["value"], table["rule"], strict=True))
    odd = odd[[pair not in known for pair in zip(odd["value"], odd["rule"], strict=True)]]
    if len(odd):
        more = odd.assign(
            severity="finding",
            sheet="",
            row=None,
            unit=register["responsible"].reindex(odd["org_id"]).to_numpy(),
            file="",
        )
        table = pd.concat(
            [
                table,
                more[["severity", "sheet", "row", "column", "value", "rule", "repair", "unit", "file"]].astype(
                    {"row": "Int64"}
                ),
            ],
            ignore_index=True,
        )
    return table[["unit", "file", "severity", "sheet", "row", "column", "value", "rule", "repair"]]
