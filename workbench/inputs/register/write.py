"""A register out to a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from workbench.arguments import as_path
from workbench.inputs.register.columns import COLUMNS
from workbench.inputs.register.in_memory import as_register


def write_register(register: pd.DataFrame, path: str | Path) -> Path:
    """Write a register as CSV: UTF-8 with a mark (Excel opens it right), one line a row, file order kept.

    Columns in which every cell is its default are left out; `read_register` gives the same frame back. The
    file is written beside and renamed, so that a crash leaves the old one whole. Nothing is changed on the
    way: a name that begins with ``=`` stays, since the register is data, not a spreadsheet for people.

    Parameters
    ----------
    register
        a validated register.
    path
        where; its folder must exist.

    Returns
    -------
    Path
        The path.
    """
    register, path = as_register(register), as_path(path)
    out: dict[str, Any] = {"org_id": register.index.to_numpy(dtype=object)}
    for column in COLUMNS[1:]:
        series = register[column.name]
        default = register["street"] if column.name == "responsible" else column.default
        if column.required or not _is_default(series, default):
            out[column.name] = _written(series, column.holds)
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        beside = Path(file.name)
        try:
            pd.DataFrame(out).to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    beside.chmod(0o644)
    beside.replace(path)
    return path


def _is_default(series: pd.Series[Any], default: pd.Series[str] | int | bool | None) -> bool:
    return bool(series.isna().all()) if default is None else bool((series == default).all())


def _written(series: pd.Series[Any], holds: str) -> Any:
    if holds == "flag":
        return np.where(series.to_numpy(), "true", "false")
    if holds == "date":
        return series.dt.strftime("%Y-%m-%d").to_numpy(dtype=object)
    return series.to_numpy(dtype=object, na_value="")
