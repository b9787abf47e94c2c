"""A table's fingerprint: two tables that say the same have the same one."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
import pandas as pd


def frame_fingerprint(frame: pd.DataFrame) -> str:
    """A hash of a table's content; the order of its rows does not matter."""
    rows = pd.util.hash_pandas_object(frame, index=True).to_numpy(dtype=np.uint64, copy=True)
    rows.sort()
    return sha256("|".join(map(str, frame.columns)).encode() + rows.astype("<u8").tobytes()).hexdigest()[:16]
