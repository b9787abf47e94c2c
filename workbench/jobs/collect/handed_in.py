"""What each unit handed in: its ledger, read or refused, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from workbench.errors import Fault, RegisterError
from workbench.inputs.ledger import LEDGERS, Examination, beside, examine
from workbench.labels import text

#: A file in a folder of ledgers that settles the headers of all that have no settled mapping of their own.
SHARED_MAPPING: Final = "mapping.yaml"
#: A file that lists the units from which a ledger is expected, one per line.
UNITS: Final = ("units.txt", "责任单位.txt")
_MOST_FILES: Final = 2_000
_NOISE: Final = re.compile(
    r"[0-9]{4}[-年.][0-9]{1,2}[-月.][0-9]{1,2}日?|[0-9]{1,2}月[0-9]{1,2}日|第[0-9一二三四五六七八九十]+周|20[0-9]{6}"
    r"|[(（【\[].*?[)）】\]]|社会组织|党建|工作|台账|排查|摸底|情况|统计表|汇总表|明细表|登记表|报送|上报|最终版?|定稿|副本|终稿|版本?[0-9]+|[_\-\s+.]+|[0-9]+$|^[0-9]+"
)
#: What the name of a unit ends in.
_UNIT: Final = re.compile(
    r".{1,20}(街道|镇|乡|办事处|局|委|委员会|办|办公室|系统|工委|党委|部|会|院|中心|厅|处|署|联|集团|学校|园区|开发区|新区|区)$"
)


@dataclass(frozen=True)
class HandedIn:
    """One ledger of a collection.

    Attributes
    ----------
    unit
        the responsible unit whose ledger it is.
    path
        its file.
    examination
        what was found in it; None where the file could not be read at all.
    error
        why it is refused; None where it is accepted.
    named
        whether the unit is named as one: in the ledger, in the list of units, or by its ending.
    """

    unit: str
    path: Path
    examination: Examination | None
    error: RegisterError | None
    named: bool

    @property
    def accepted(self) -> bool:
        """Whether it goes into the register."""
        return self.error is None


def ledger_files(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """The files of ledgers in a folder, or those given, in the order of their names.

    Raises
    ------
    RegisterError
        there is no such folder, or nothing in it that may be a ledger.
    """
    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    files: list[Path] = []
    for path in given:
        if path.is_dir():
            files += [each for each in path.iterdir() if _is_ledger(each)]
        else:
            files.append(path)
    if not files:
        name = given[0].name if given else "-"
        raise RegisterError(text("error.collect"), [Fault("folder_without_ledgers", name)])
    if len(files) > _MOST_FILES:
        raise RegisterError(
            text("error.collect"), [Fault("folder_too_full", given[0].name, details={"most": _MOST_FILES})]
        )
    return sorted(dict.fromkeys(files), key=lambda path: (path.name, str(path)))


def _is_ledger(path: Path) -> bool:
    return (
        path.suffix.lower() in LEDGERS
        and not path.name.startswith((".", "~$"))
        and path.name not in UNITS
        and path.is_file()
    )


def expected_units(files: Sequence[Path], previous: pd.DataFrame | None) -> list[str]:
    """The units from which a ledger is expected: those of last week's register, and those listed beside the ledgers."""
    units = [] if previous is None else list(dict.fromkeys(previous["responsible"]))
    for folder in dict.fromkeys(path.parent for path in files):
        for name in UNITS:
            listed = folder / name
            if listed.is_file() and listed.stat().st_size < 1_000_000:
                lines = listed.read_text(encoding="utf-8-sig", errors="replace").splitlines()
                units += [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return sorted(dict.fromkeys(units))


def hand_in(path: Path, units: Sequence[str]) -> HandedIn:
    """Read one ledger."""
    shared = path.parent / SHARED_MAPPING
    try:
        examination = examine(path, shared if shared.is_file() and not beside(path).is_file() else None)
    except RegisterError as error:
        unit, named = _by_file(path, units)
        return HandedIn(unit, path, None, error, named)
    unit, named = _unit(path, examination, units)
    return HandedIn(unit, path, examination, examination.error(), named)


def _unit(path: Path, examination: Examination, units: Sequence[str]) -> tuple[str, bool]:
    """Whose ledger it is: as it says itself, by its file's name, or by who is responsible in all of its rows."""
    if examination.unit:
        # 蘅栎镇人民政府 is 蘅栎镇 on the list of units.
        known = [unit for unit in units if unit in examination.unit]
        return (max(known, key=len) if known else examination.unit), True
    by_file = _by_file(path, units)
    if by_file[1]:
        return by_file
    said = set(examination.frame["responsible"].dropna()) if "responsible" in examination.frame else set()
    return (str(said.pop()), False) if len(said) == 1 else by_file


def _by_file(path: Path, units: Sequence[str]) -> tuple[str, bool]:
    known = [unit for unit in units if unit in path.stem]
    if known:
        return max(known, key=len), True
    plain = _NOISE.sub("", path.stem)
    return (plain, True) if _UNIT.fullmatch(plain) else (path.stem, False)
