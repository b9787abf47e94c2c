"""A planning folder: all that an office needs to plan its own city, laid out once."""

from __future__ import annotations

import shutil
from pathlib import Path

from workbench.errors import StoreError
from workbench.files import settled, written_beside
from workbench.jobs.campaign import REGISTERS
from workbench.labels import text
from workbench.shipped import shipped

#: What is copied from what came with the package.
PARTS = ("scenarios", "data", "notebooks/app", "notebooks/guide")
#: Files of the folder's own, beside what is copied.
OWN = Path(__file__).with_name("planning_folder")


def lay_out(folder: Path) -> Path:
    """Make a planning folder: scenarios, made-up cities, the ledger's template, notebooks, what to do first.

    Parameters
    ----------
    folder
        where; it must not be there yet, or be empty.

    Raises
    ------
    StoreError
        the folder holds something, or cannot be written.
    """
    folder = settled(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(text("error.init_not_empty", path=str(folder)))
    with written_beside(folder) as temporary:
        for part in PARTS:
            shutil.copytree(shipped() / part, temporary / part, ignore=_not_ours, dirs_exist_ok=True)
        shutil.copytree(OWN, temporary, dirs_exist_ok=True)
        (temporary / "data/local").mkdir()
        (temporary / REGISTERS).mkdir()
        if folder.is_dir():
            folder.rmdir()
    return folder


def _not_ours(folder: str, names: list[str]) -> list[str]:
    """What lies beside the shipped files in a checkout: an office's own data, what Jupyter and git leave."""
    return [name for name in names if name.startswith(".") or name in ("local", "README.md", "__pycache__")]
