"""The header of a register: which columns are there, and which are missing, misspelt, twice or refused."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence

from workbench.inputs.register.columns import BY_NAME, COLUMNS, PARTS
from workbench.inputs.register.findings import Findings, shown
from workbench.inputs.register.privacy import is_personal_column


def check_headers(headers: Sequence[str], findings: Findings) -> dict[str, int]:
    """Which column of the table holds which column of the register.

    Parameters
    ----------
    headers
        as they stand, trimmed.
    findings
        receives a fault for every header that is unknown, personal, missing or there twice.

    Returns
    -------
    dict[str, int]
        Canonical name -> position among `headers`, for the columns to read. A column of persons is not read.
    """
    places: dict[str, int] = {}
    strangers: list[str] = []
    for place, header in enumerate(headers):
        if header in BY_NAME:
            if header in places:
                findings.add("duplicate_column", None, header)
            else:
                places[header] = place
        elif is_personal_column(header):
            findings.add("personal_column", None, header)
        else:
            strangers.append(header)
    missing = _missing(places)
    blamed: set[str] = set()
    for name in missing:
        if near := nearest_header(name, strangers):
            blamed.add(near)
            findings.add("missing_column_near", None, name, near=shown(near))
        else:
            findings.add("missing_column", None, name, required=", ".join(_required()))
    for header in strangers:
        if header in blamed:
            continue
        if near := nearest_column(header):
            findings.add("unknown_column_near", None, header, near=near)
        else:
            findings.add("unknown_column", None, header, known=", ".join(BY_NAME))
    return places


def _required() -> list[str]:
    return [column.name for column in COLUMNS if column.required]


def _missing(places: dict[str, int]) -> list[str]:
    missing = [name for name in _required() if name not in places]
    parts = [part for part in PARTS if part in places]
    if len(parts) == len(PARTS) and "full_members" in missing:
        missing.remove("full_members")  # the three parts add up to it
    if parts:
        missing += [part for part in PARTS if part not in places]
    return missing


def nearest_column(header: str) -> str | None:
    """The column of the register that a header most likely means, if any is near.

    >>> nearest_column("fullmembers"), nearest_column("镇街"), nearest_column("zzz")
    ('full_members', 'street', None)
    """
    plain = _plain(header)
    spellings = {_plain(word): column.name for column in COLUMNS for word in (column.name, *column.headers)}
    found = difflib.get_close_matches(plain, spellings, n=1, cutoff=0.75)
    return spellings[found[0]] if found else None


def nearest_header(name: str, headers: Sequence[str]) -> str | None:
    """The header that most likely was to be the column `name`, if any is near.

    >>> nearest_header("has_branch", ["hasbranch", "note"])
    'hasbranch'
    """
    column = BY_NAME[name]
    near = [header for header in headers if nearest_column(header) == name]
    wanted = [_plain(word) for word in (name, *column.headers)]

    def likeness(header: str) -> float:
        return max(difflib.SequenceMatcher(None, _plain(header), word).ratio() for word in wanted)

    return max(near, key=likeness) if near else None


def _plain(word: str) -> str:
    return re.sub(r"[\s_\-()]+", "", unicodedata.normalize("NFKC", word).casefold())
