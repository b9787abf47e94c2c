"""Outcomes on disk: one netCDF file with a schema version."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbench.errors import StoreError
from workbench.files import written_beside
from workbench.inputs.scenario import Scenario
from workbench.labels import text

if TYPE_CHECKING:
    import xarray as xr

    from workbench.simulation.outcome import Outcome

#: Raised when what the file holds changes; older files must stay readable.
SCHEMA = 1


def save_outcome(outcome: Outcome, path: Path) -> Path:
    """Write an outcome; the file is whole or not there.

    Raises
    ------
    StoreError : the place cannot be written.
    """
    import xarray as xr

    orgs = outcome.organizations
    organizations = xr.Dataset(
        {
            name: ("org_id", column.fillna("").to_numpy(dtype=object) if column.dtype == "str" else column.to_numpy())
            for name, column in orgs.items()
        },
        {"org_id": orgs.index.to_numpy(dtype=object)},
    )
    root = outcome.dataset.assign_attrs(
        schema=SCHEMA,
        # The scenario is whole: what it was based on is in it.
        scenario=json.dumps(
            outcome.scenario.model_dump(mode="json", by_alias=True) | {"base": None}, ensure_ascii=False
        ),
        provenance=json.dumps(outcome.provenance, ensure_ascii=False),
    )
    groups = {"case_days": outcome.case_days, "stages": outcome.stages, "organizations": organizations}
    # In memory first: HDF5 does not survive a disk that fills up under it.
    whole = BytesIO()
    _write(root, whole, None)
    for name, group in groups.items():
        _write(group, whole, name)
    with written_beside(path) as temporary:
        temporary.write_bytes(whole.getbuffer())
    return path


def _write(dataset: xr.Dataset, file: BytesIO, group: str | None) -> None:
    numbers = [name for name, variable in dataset.data_vars.items() if variable.dtype.kind in "if"]
    packed = {name: {"zlib": True, "complevel": 1} for name in numbers}
    dataset.to_netcdf(file, mode="w" if group is None else "a", group=group, engine="h5netcdf", encoding=packed)


def load_outcome(path: str | Path) -> Outcome:
    """Read an outcome that `Outcome.save` wrote, of this or an older schema.

    Raises
    ------
    StoreError : the file is not there, is no outcome, or is of a newer workbench.
    """
    import xarray as xr

    from workbench.simulation.outcome import Outcome

    path = Path(path)
    if not path.is_file():
        raise StoreError(text("error.outcome_missing", path=path.name))
    try:
        with xr.open_dataset(path, engine="h5netcdf") as root:
            dataset = root.load()
        schema = int(dataset.attrs["schema"])
        if schema > SCHEMA:
            raise StoreError(text("error.outcome_newer", path=path.name, schema=schema, known=SCHEMA))
        groups = {}
        for name in ("case_days", "stages", "organizations"):
            with xr.open_dataset(path, engine="h5netcdf", group=name) as group:
                groups[name] = group.load()
        scenario = Scenario.model_validate_json(dataset.attrs["scenario"])
        provenance = json.loads(dataset.attrs["provenance"])
    except StoreError:
        raise
    except Exception as fault:
        # Whatever the layers below make of damaged bytes, it is one thing to the reader of the file.
        raise StoreError(text("error.outcome_unreadable", path=path.name)) from fault
    orgs = groups["organizations"].to_dataframe()
    text_columns = ["street", "supervisor", "tier", "kind"]
    orgs = orgs.astype(dict.fromkeys(text_columns, "str")).astype({"branch": bool, "worked": bool})
    orgs["supervisor"] = orgs["supervisor"].where(orgs["supervisor"] != "", np.nan)
    orgs.index = pd.Index(orgs.index, dtype="str", name="org_id")
    dataset.attrs = {}
    return Outcome(dataset, orgs, groups["case_days"], groups["stages"], scenario, provenance)
