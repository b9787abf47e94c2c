"""What a planner has settled about a ledger, in a small YAML file beside it.

``columns`` says what a header means (null: not needed), ``sheets`` which sheets to read, ``responsible`` and ``street``
what stands for every row where the ledger has no such column. A file that is a plain table of headers says the
columns only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from workbench.arguments import as_path
from workbench.errors import Fault, RegisterError
from workbench.files import reason_of
from workbench.inputs.ledger.called import column_called
from workbench.inputs.ledger.synonyms import plain_forms
from workbench.inputs.register import BY_NAME, shown
from workbench.labels import text

#: A ledger's settled mapping is the file of its name with this ending.
ENDING: Final = ".mapping.yaml"
_KEYS: Final = ("columns", "sheets", "responsible", "street")
_MOST_SETTLED_BYTES: Final = 100_000


@dataclass(frozen=True)
class Settled:
    """A planner's decisions: plain header -> column (None: not needed), sheets, and what stands for all rows."""

    columns: dict[str, str | None] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    everywhere: dict[str, str] = field(default_factory=dict)

    def of(self, header: str) -> tuple[bool, str | None]:
        """Whether a header is settled, and as what."""
        for form in plain_forms(header)[:1]:
            if form in self.columns:
                return True, self.columns[form]
        return False, None


def beside(ledger: Path) -> Path:
    """Where a ledger's settled mapping is kept."""
    return ledger.with_name(ledger.stem + ENDING)


def settled(ledger: Path, mapping: str | Path | Mapping[str, Any] | None) -> Settled:
    """A planner's decisions: as given, else from the file beside the ledger, else none.

    Raises
    ------
    RegisterError
        the file cannot be read, or names a column that the register has not.
    """
    if mapping is None:
        path = beside(ledger)
        return read_settled(path) if path.is_file() else Settled()
    if isinstance(mapping, Mapping):
        return _settled(mapping, "mapping")
    return read_settled(as_path(mapping, "mapping"))


def read_settled(path: Path) -> Settled:
    """Read the file."""
    try:
        if not path.is_file():
            raise _refuse(path.name, "file_missing")
        if path.stat().st_size > _MOST_SETTLED_BYTES:
            raise _refuse(path.name, "file_large", size="0.1", most="0.1")
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _refuse(path.name, "file_unreadable", reason=reason_of(error)) from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _refuse(path.name, "mapping_unreadable") from error
    return _settled({} if content is None else content, path.name)


def _settled(content: Any, name: str) -> Settled:
    if not isinstance(content, Mapping):
        raise _refuse(name, "mapping_unreadable")
    flat = not set(content) & set(_KEYS[:2]) and not all(key in _KEYS for key in content)
    columns = content if flat else content.get("columns") or {}
    sheets = () if flat else content.get("sheets") or ()
    if not isinstance(columns, Mapping):
        raise _refuse(name, "mapping_unreadable")
    sheets = (sheets,) if isinstance(sheets, str) else sheets
    known: dict[str, str | None] = {}
    faults = []
    for key, value in columns.items():
        header, column = str(key), value
        if header in BY_NAME and isinstance(value, str) and column_called(value) is None:
            header, column = value, header  # written the other way round
        meant = None if column is None else column_called(column)
        if column is not None and meant is None:
            faults.append(Fault("mapping_column", shown(header), shown(column), {"known": ", ".join(BY_NAME)}))
            continue
        for form in plain_forms(header)[:1]:
            known[form] = meant
    if faults:
        raise RegisterError(text("error.mapping", name=name), faults)
    everywhere = {} if flat else {key: str(content[key]) for key in ("responsible", "street") if content.get(key)}
    return Settled(known, tuple(str(sheet) for sheet in sheets), everywhere)


def _refuse(name: str, code: str, **details: object) -> RegisterError:
    return RegisterError(text("error.mapping", name=name), [Fault(code, name, details=details)])
