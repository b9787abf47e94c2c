"""A register that a caller hands over in memory: taken as it is where it has a register's exact form, else checked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from workbench.inputs.register.columns import COLUMNS, LARGEST_ENTRY
from workbench.inputs.register.read import check_register
from workbench.inputs.register.rules import dates_agree


def as_register(frame: Any) -> pd.DataFrame:
    """The register that a frame is, or becomes once it is checked.

    What `read_register`, `check_register` and `make_city` give has a form that no other frame has by chance: it comes
    back itself, after a look at its types, ids, counts and dates (some 2 ms, at 100,000 organizations 10). Whatever
    else (as `pandas.read_csv` gives it, without its index, with counts or dates changed) goes through `check_register`.

    Raises
    ------
    ArgumentError
        what is given is not a frame.
    RegisterError
        every fault of a frame that is not a register.

    Examples
    --------
    >>> from workbench.inputs.city import make_city
    >>> register = make_city(30, 2)
    >>> as_register(register) is register, as_register(register.reset_index()).equals(register)
    (True, True)
    >>> as_register(register.assign(full_members=-5))
    Traceback (most recent call last):
        ...
    workbench.errors.RegisterError: ...
    """
    return frame if isinstance(frame, pd.DataFrame) and _has_form(frame) else check_register(frame)


def _has_form(frame: pd.DataFrame) -> bool:
    """Whether a frame has every column with its exact type, distinct ids, and counts that can be counts.

    Columns of a caller's own beside them are nobody's business.
    """
    if frame.index.name != "org_id" or not frame.columns.is_unique:
        return False
    types: dict[Any, Any] = dict(zip(frame.columns, frame.dtypes, strict=True))
    if any(str(types.get(column.name)) != column.dtype for column in COLUMNS[1:]):
        return False
    if str(frame.index.dtype) != "str" or frame.index.hasnans or not frame.index.is_unique:
        return False
    for column in COLUMNS[1:]:
        cells = frame[column.name]
        if column.required and column.holds == "text" and cells.isna().any():
            return False
        if column.holds == "count":
            whole = cells.to_numpy(dtype=np.int64, na_value=0)
            if whole.min(initial=0) < 0 or whole.max(initial=0) > LARGEST_ENTRY:
                return False
    return dates_agree(frame)
