"""The manifest of a folder of results: what made it, from what, and the hash of every file in it."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.version import VERSION
from workbench.views.formats.folder import MANIFEST, file_hash

if TYPE_CHECKING:
    from workbench.jobs import Plan

#: Raised when what the manifest holds changes.
MANIFEST_SCHEMA = 1
#: The libraries that numbers and looks depend on.
LIBRARIES = (
    "numpy",
    "pandas",
    "scipy",
    "numba",
    "highspy",
    "xarray",
    "pydantic",
    "holidays",
    "matplotlib",
    "xlsxwriter",
)


def library_versions() -> dict[str, str]:
    """Python and the main libraries, name -> version."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def write_manifest(plan: Plan, folder: Path, seconds: Mapping[str, float], language: str) -> Path:
    """Write the manifest of the files that stand in `folder`; the last thing that is written.

    Parameters
    ----------
    plan
        what the files say.
    folder
        where they are.
    seconds
        how long each stage took.
    language
        what the files speak.
    """
    content: dict[str, Any] = {
        "scenario": plan.scenario.name,
        "language": language,
        "seed": plan.seed,
        "replications": plan.outcome.replications,
        "fingerprints": fingerprints(plan),
        "seconds": {stage: round(taken, 3) for stage, taken in seconds.items()},
    }
    return write_listing(content, folder)


def write_listing(content: Mapping[str, Any], folder: Path) -> Path:
    """Write a manifest with `content`, and with versions and the hash of every file that stands in `folder`."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    whole = {
        "schema": MANIFEST_SCHEMA,
        "workbench": VERSION,
        **content,
        "libraries": library_versions(),
        "files": {path.relative_to(folder).as_posix(): file_hash(path) for path in files},
    }
    place = folder / MANIFEST
    place.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return place


def fingerprints(plan: Plan) -> dict[str, str]:
    """Content hashes of what went in."""
    provenance = plan.outcome.provenance
    return {name: str(provenance[f"{name}_fingerprint"]) for name in ("scenario", "register", "grouping")}
