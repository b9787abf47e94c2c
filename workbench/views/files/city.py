"""Made-up cities as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from workbench.errors import StoreError, WorkbenchError
from workbench.files import reason_of, written_beside
from workbench.inputs.city import make_city
from workbench.inputs.register import write_register
from workbench.labels import text
from workbench.views.files.exports import refuse_kind
from workbench.views.formats import Sheet, workbook_bytes

ENDINGS = (".csv", ".xlsx", ".parquet")


def write_city(path: Path, arguments: dict[str, Any]) -> Path:
    """Make a city up and write its register.

    Parameters
    ----------
    path
        ``.csv``, ``.xlsx`` or ``.parquet``.
    arguments
        those of `make_city`.

    Raises
    ------
    WorkbenchError
        arguments that make no city.
    StoreError
        another ending, or the place cannot be written.
    """
    refuse_kind(path, ENDINGS)
    try:
        city = make_city(**arguments)
    except ValueError as fault:
        raise WorkbenchError(text("error.city", reason=fault)) from fault
    if path.suffix.lower() == ".csv":
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return write_register(city, path)
        except OSError as fault:
            raise StoreError(text("error.cannot_write", path=str(path), reason=reason_of(fault))) from fault
    with written_beside(path) as temporary:
        if path.suffix.lower() == ".parquet":
            city.to_parquet(temporary)
        else:
            table = city.dropna(axis="columns", how="all").reset_index()
            sorts = {column: "text" if table[column].dtype in ("str", "bool") else "number" for column in table.columns}
            columns = [(column, column, sorts[column]) for column in table.columns]
            temporary.write_bytes(workbook_bytes([Sheet("register", table, columns)], date(2000, 1, 1)))
    return path
