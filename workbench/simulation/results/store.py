"""Outcomes on disk: one netCDF file, whose attributes are its manifest: schema, scenario, provenance and a digest.

The digest is of every number and word in the file. HDF5 notices a file that was cut short, but not a byte that changed
in what is not packed: a wrong count would be read as a right one. The seal at the file's end is a sum over its bytes: a
damaged file is refused before anything in it is unpacked, which may take any time and memory.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from workbench.arguments import as_path
from workbench.errors import StoreError
from workbench.files import written_beside
from workbench.inputs.scenario import Scenario
from workbench.labels import text

if TYPE_CHECKING:
    import xarray as xr

    from workbench.simulation.results.outcome import Outcome

#: Raised when what the file holds changes; older files must stay readable. Schema 1 had no digest; up to schema 2 the
#: street was the responsible unit, and the industry was not kept.
SCHEMA = 3
#: From this schema on a file ends with a sum over its bytes, after these letters.
SEALED_SINCE = 3
SEAL = b"\nworkbench blake2b "
#: What a file without one may hold unpacked: so many bytes, and so many for each of its own.
MOST_UNPACKED, MOST_PACKED = 2**24, 200


def save_outcome(outcome: Outcome, path: Path) -> Path:
    """Write an outcome; the file is whole or not there.

    Raises
    ------
    StoreError
        the place cannot be written.
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
    # The scenario is whole: what it was based on is in it.
    scenario = outcome.scenario.model_dump(mode="json", by_alias=True) | {"base": None}
    words = {
        "scenario": json.dumps(scenario, ensure_ascii=False),
        "provenance": json.dumps(outcome.provenance, ensure_ascii=False),
    }
    groups = {"case_days": outcome.case_days, "stages": outcome.stages, "organizations": organizations}
    digest = _digest(words, {"": outcome.dataset, **groups})
    root = outcome.dataset.assign_attrs(schema=SCHEMA, digest=digest, **words)
    # In memory first: HDF5 does not survive a disk that fills up under it.
    whole = BytesIO()
    _write(root, whole, None)
    for name, group in groups.items():
        _write(group, whole, name)
    with written_beside(path) as temporary, temporary.open("wb") as file:
        file.write(whole.getbuffer())
        file.write(SEAL + _seal(whole.getbuffer()))
    return path


def _seal(content: memoryview | bytes) -> bytes:
    """A sum over a file's bytes, as it stands at the file's end."""
    return blake2b(content, digest_size=16).hexdigest().encode()


def _check_bytes(path: Path) -> None:
    """Refuse a file whose bytes are not those that were written, before anything in it is unpacked.

    Files of schema 1 and 2 have no seal: of them the shapes must be plausible for the file's length.

    Raises
    ------
    ValueError
        the file is damaged.
    """
    content = path.read_bytes()
    at = len(content) - len(SEAL) - 32
    if at > 0 and content[at : at + len(SEAL)] == SEAL:
        if _seal(memoryview(content)[:at]) != content[at + len(SEAL) :]:
            raise ValueError("the bytes read are not those that were written")
        return
    h5py: Any = import_module("h5py")

    sizes = 0

    def add(_: str, part: Any) -> None:
        nonlocal sizes
        if isinstance(part, h5py.Dataset):
            sizes += int(np.prod(part.shape, dtype=np.float64)) * max(part.dtype.itemsize, 1)

    with h5py.File(BytesIO(content), "r") as file:
        if int(np.asarray(file.attrs["schema"]).ravel()[0]) >= SEALED_SINCE:
            raise ValueError("the file's end is missing")
        file.visititems(add)
    if sizes > MOST_UNPACKED + MOST_PACKED * len(content):
        raise ValueError("the file says that it holds more than it can")


def _digest(words: dict[str, str], parts: dict[str, xr.Dataset]) -> str:
    """Of all words and arrays, by name: the same for what was saved and for what is read again."""
    found = blake2b(digest_size=16)
    for name in sorted(words):
        found.update(f"{name}\0{words[name]}\0".encode())
    for part in sorted(parts):
        for key, variable in sorted(parts[part].variables.items(), key=lambda item: str(item[0])):
            values = variable.to_numpy()
            if values.dtype.kind in "OUT":
                content = "\0".join(map(str, values.ravel().tolist())).encode()
            elif values.dtype.kind == "M":
                content = values.astype("datetime64[us]").astype("<i8").tobytes()
            else:
                content = values.astype(values.dtype.newbyteorder("<")).tobytes()
            found.update(f"{part}\0{key}\0{variable.dims}\0{values.shape}\0".encode())
            found.update(content)
    return found.hexdigest()


def _write(dataset: xr.Dataset, file: BytesIO, group: str | None) -> None:
    numbers = [name for name, variable in dataset.data_vars.items() if variable.dtype.kind in "iuf"]
    packed = {name: {"zlib": True, "complevel": 1} for name in numbers}
    dataset.to_netcdf(file, mode="w" if group is None else "a", group=group, engine="h5netcdf", encoding=packed)


def load_outcome(path: str | Path) -> Outcome:
    """Read an outcome that `Outcome.save` wrote, of this or an older schema.

    Parameters
    ----------
    path
        the file, ``.nc``.

    Raises
    ------
    StoreError
        the file is not there, is no outcome, is damaged, or is of a newer workbench.
    """
    import xarray as xr

    from workbench.simulation.results.outcome import Outcome

    path = as_path(path)
    if not path.is_file():
        raise StoreError(text("error.outcome_missing", path=path.name))
    try:
        _check_bytes(path)
        with xr.open_dataset(path, engine="h5netcdf") as root:
            dataset = root.load()
        schema = int(dataset.attrs["schema"])
        if schema > SCHEMA:
            raise StoreError(text("error.outcome_newer", path=path.name, schema=schema, known=SCHEMA))
        groups = {}
        for name in ("case_days", "stages", "organizations"):
            with xr.open_dataset(path, engine="h5netcdf", group=name) as group:
                groups[name] = group.load()
        words = {name: str(dataset.attrs[name]) for name in ("scenario", "provenance")}
        if schema >= 2 and dataset.attrs["digest"] != _digest(words, {"": dataset, **groups}):
            raise ValueError("what was read is not what was saved")
        scenario = Scenario.model_validate(_of_today(json.loads(dataset.attrs["scenario"]), schema))
        provenance = json.loads(dataset.attrs["provenance"])
    except StoreError:
        raise
    except Exception as fault:
        # Whatever the layers below make of damaged bytes, it is one thing to the reader of the file.
        raise StoreError(text("error.outcome_unreadable", path=path.name)) from fault
    orgs = groups["organizations"].to_dataframe()
    if schema < 3:
        dataset, groups = _by_responsible(dataset), {name: _by_responsible(part) for name, part in groups.items()}
        orgs = orgs.assign(responsible=orgs["street"], industry="", assigned=False)[
            ["responsible", "street", "supervisor", "industry", "tier", "branch", "worked", "assigned", "case", "kind"]
        ]
    text_columns = ["responsible", "street", "supervisor", "industry", "tier", "kind"]
    orgs = orgs.astype(dict.fromkeys(text_columns, "str")).astype(dict.fromkeys(("branch", "worked", "assigned"), bool))
    for name in ("supervisor", "industry"):
        orgs[name] = orgs[name].where(orgs[name] != "", np.nan)
    orgs.index = pd.Index(orgs.index, dtype="str", name="org_id")
    dataset.attrs = {}
    return Outcome(dataset, orgs, groups["case_days"], groups["stages"], scenario, provenance)


def _by_responsible(part: xr.Dataset) -> xr.Dataset:
    """A part of an outcome from when the street was the responsible unit, as it is written today."""
    return part.rename({"street": "responsible"}) if "street" in part.variables else part


def _of_today(scenario: dict[str, Any], schema: int) -> dict[str, Any]:
    """A saved scenario with the keys of today."""
    if schema < 3:
        scenario.setdefault("instructors", {}).setdefault("standing", None)
        for section in ("instructors", "committee"):
            block = scenario.get(section, {})
            if "by_street" in block:
                block["by_responsible"] = block.pop("by_street")
        for arrival in scenario.get("instructors", {}).get("arrivals", ()):
            arrival["responsible"] = arrival.pop("street")
    return scenario
