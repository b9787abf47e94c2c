"""What a check and a collection leave on disk: marked copies, register, mapping, scenario, notice."""

from __future__ import annotations

from pathlib import Path

import yaml

from workbench.files import written_beside
from workbench.inputs.ledger import Examination, column_of
from workbench.inputs.register import shown, write_register
from workbench.jobs.collect import Collection
from workbench.labels import text
from workbench.numbers import iso_date
from workbench.views.files import write_table
from workbench.views.formats import folder_name
from workbench.views.ledgers.marked import marked_copy


def write_checked(examination: Examination, folder: Path) -> list[Path]:
    """Everything that a check leaves: the marked copy and the mapping; if accepted, register and scenario too."""
    stem = folder_name(Path(examination.name).stem)
    written = [
        _write(folder / f"{stem}_{text('check.ledger.marked')}.xlsx", marked_copy(examination)),
        _write(folder / f"{stem}.mapping.yaml", _mapping(examination).encode()),
    ]
    if examination.error() is None:
        written.append(write_register(examination.frame.set_index("org_id"), folder / "register.csv"))
        written.append(_write(folder / f"{stem}.yaml", _scenario(stem).encode()))
    return written


def write_collected(collection: Collection, folder: Path) -> list[Path]:
    """Everything that a collection leaves: register, changes, notice, findings, and for each unit its marked ledger."""
    day = f"_{iso_date(collection.as_of)}" if collection.as_of else ""
    folder.mkdir(parents=True, exist_ok=True)
    written = [
        write_register(collection.register, folder / f"register{day}.csv"),
        _write(folder / f"register{day}.yaml", _scenario(f"register{day}", f"register{day}.csv").encode()),
        write_table(collection.findings.astype("str").replace("<NA>", ""), folder / f"findings{day}.xlsx"),
        write_table(collection.changes, folder / f"changes{day}.xlsx"),
        _write(folder / f"notice{day}.txt", (collection.notice() + "\n").encode("utf-8-sig")),
    ]
    back = folder / "send_back"
    for each in collection.handed_in:
        if each.examination is not None and each.examination.verdict != "accept":
            name = f"{folder_name(shown(each.unit))}{day}.xlsx"
            written.append(_write(back / name, marked_copy(each.examination)))
    return written


def _write(path: Path, content: bytes) -> Path:
    with written_beside(path) as temporary:
        temporary.write_bytes(content)
    return path


def _mapping(examination: Examination) -> str:
    """How each header was understood, to be settled, and used again next week."""
    lines = [text("mapping.head"), "columns:"]
    known = set()
    for labels in examination.labels.values():
        for label in labels:
            header = label.header.rpartition(" / ")[2] if label.target in (None, "") else label.header
            if header in known or shown(header) != header:
                continue
            known.add(header)
            key = yaml.safe_dump(header, allow_unicode=True, width=1000).strip().removesuffix("...").strip()
            column = column_of(label)
            if column and label.why in ("exact", "pattern", "settled") and column == label.target:
                lines.append(f"  {key}: {column}")
            else:
                lines.append(f"  # {key}: {text('mapping.open')}")
    if lines[-1] == "columns:" or all(line.startswith("  #") for line in lines[2:]):
        lines[1] = "columns: {}"
    return "\n".join(lines) + "\n"


def _scenario(name: str, register: str = "register.csv") -> str:
    return text("scenario.for_ledger") + "\n" + yaml.safe_dump({"name": name, "register": register}, allow_unicode=True)
