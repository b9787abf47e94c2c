"""Names of folders and files that come from people."""

from __future__ import annotations

import re


def folder_name(name: str) -> str:
    """A scenario's name as a folder's: what a file system or a shell could misread becomes ``_``.

    >>> folder_name("每周 开会/../x")
    '每周_开会_.._x'
    """
    return re.sub(r"[^\w.\-]+", "_", name).strip("._") or "scenario"
