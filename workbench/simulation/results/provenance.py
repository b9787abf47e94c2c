"""Where a result comes from: versions and fingerprints of what went in."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from workbench.version import VERSION

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario


def frame_fingerprint(frame: pd.DataFrame) -> str:
    """A hash of a table's content; the order of its rows does not matter."""
    rows = pd.util.hash_pandas_object(frame, index=True).to_numpy(dtype=np.uint64, copy=True)
    rows.sort()
    return sha256("|".join(map(str, frame.columns)).encode() + rows.astype("<u8").tobytes()).hexdigest()[:16]


def provenance(register: pd.DataFrame, scenario: Scenario, grouping: Grouping | bool | None) -> dict[str, Any]:
    """Version and fingerprints of register, scenario and grouping."""
    return {
        "version": VERSION,
        "scenario": scenario.name,
        "scenario_fingerprint": scenario.fingerprint,
        "register_fingerprint": frame_fingerprint(register),
        "grouping_fingerprint": "none"
        if grouping is None or isinstance(grouping, bool)
        else frame_fingerprint(grouping.assignment),
    }
