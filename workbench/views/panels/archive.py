"""Several files as one to save."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

#: Of every file in an archive, so that the same files give the same bytes.
MADE = datetime(2000, 1, 1).timetuple()[:6]


def archive(folder: Path, files: Iterable[Path]) -> bytes:
    """Files of a folder as a ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, path.read_bytes())
    return buffer.getvalue()
