"""Ledgers that were uploaded: read, settled where they could be meant in two ways, and made the register.

What came from a visitor lies on the disk only while it is read: ledgers hold persons' data. So they are not saved with
the visitor's work, but what was settled of them is; whoever would leave them unfinished is warned.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from workbench.errors import RegisterError
from workbench.jobs.session.session import Session
from workbench.jobs.session.threads import Ticket

if TYPE_CHECKING:
    import pandas as pd

    from workbench.inputs.ledger import Examination
    from workbench.jobs.collect import Collection


class ReadLedger(NamedTuple):
    """One ledger as it was read: what was found in it, and why it is refused, if it is."""

    examination: Examination | None
    error: RegisterError | None


class Ledgers:
    """One ledger, or one of each unit; ``ledgers`` is told when they were read anew."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.read: dict[str, ReadLedger] = {}
        #: Several together, or one against the register that is open.
        self.collection: Collection | None = None
        #: Why several cannot be put together.
        self.refused: RegisterError | None = None
        self.settled: dict[str, dict[str, Any]] = {}
        self._files: dict[str, bytes] = {}
        self._previous = False
        #: Whether the register that these ledgers make is being opened, or was.
        self._gone_on = False
        session.memory.attach("ledgers", self, lambda: bool(self.read) and not self._gone_on)

    def saved(self) -> dict[str, Any]:
        """What was settled."""
        return {"settled": self.settled}

    def take_up(self, saved: Mapping[str, Any]) -> None:
        """What was settled holds again for ledgers of the same names."""
        self.settled = {str(name): dict(known) for name, known in saved["settled"].items()}

    def forget(self) -> None:
        """No ledger was brought in."""
        self.session.jobs.cancel("ledger")
        self.read, self.collection, self.refused, self.settled, self._files = {}, None, None, {}, {}
        self.session.signals.tell("ledgers")

    @property
    def register(self) -> pd.DataFrame | None:
        """The register that the ledgers make, where they are accepted."""
        if self.collection is not None:
            return self.collection.register
        if len(self.read) != 1:
            return None
        only = next(iter(self.read.values()))
        return only.examination.frame.set_index("org_id") if only.examination is not None and not only.error else None

    def receive(self, files: Mapping[str, bytes], *, previous: bool = False) -> None:
        """Read ledgers by their files' names; with `previous` the register that is open is last week's."""
        self._files, self._previous = dict(files), previous
        self._read()

    def settle(self, name: str, header: str, column: str | None) -> None:
        """Say what a header of a ledger means (None: nothing that is needed), and read it again."""
        columns = self.settled.get(name, {}).get("columns", {})
        self._settle(name, {"columns": {**columns, header: column}})

    def settle_all(self, name: str, what: str, value: str) -> None:
        """Say what stands for every row of a ledger: its ``responsible`` unit, or its ``street``; nothing unsays it."""
        self._settle(name, {what: value.strip() or None})

    def unsettle(self, name: str) -> None:
        """Take back all that was settled of a ledger."""
        if self.settled.pop(name, None):
            self.session.signals.tell("remembered")
            self._read()

    def go_on(self) -> None:
        """Plan with the register that the ledgers make, under the rules there are."""
        from workbench.inputs.register import write_register

        register = self.register
        if register is None:
            return
        stem = Path(next(iter(self.read))).stem if len(self.read) == 1 else "register"
        self._gone_on = True
        folder = Path(tempfile.mkdtemp(prefix="workbench-"))
        path = write_register(register, folder / f"{stem}.csv")
        self.session.open_register(path, cleanup=lambda: shutil.rmtree(folder, ignore_errors=True))

    def _settle(self, name: str, changes: dict[str, Any]) -> None:
        known = {**self.settled.get(name, {}), **changes}
        self.settled[name] = {key: value for key, value in known.items() if value is not None}
        self.session.signals.tell("remembered")
        self._read()

    @contextmanager
    def _on_disk(self) -> Iterator[list[Path]]:
        """The ledgers as files, with what was settled beside them."""
        from workbench.inputs.ledger import beside

        with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
            paths = []
            for name, content in self._files.items():
                path = Path(folder) / name
                path.write_bytes(content)
                if self.settled.get(name):
                    settled = yaml.safe_dump(self.settled[name], allow_unicode=True, sort_keys=False)
                    beside(path).write_text(settled, encoding="utf-8")
                paths.append(path)
            yield paths

    def _read(self) -> None:
        if not self._files:
            return
        files, session = self._files, self.session
        previous = session.register if self._previous else None

        def work(ticket: Ticket) -> tuple[dict[str, ReadLedger], Collection | None, RegisterError | None]:
            from workbench.jobs.collect import collect

            with self._on_disk() as paths:
                if len(paths) == 1 and previous is None:
                    return {paths[0].name: _examined(paths[0])}, None, None
                try:
                    collection = collect(paths, previous)
                except RegisterError as error:
                    read = {}
                    for turn, path in enumerate(paths):
                        ticket.progress(turn, len(paths))
                        ticket.check()
                        read[path.name] = _examined(path)
                    return read, None, error
            told = {each.path.name: ReadLedger(each.examination, each.error) for each in collection.handed_in}
            return told, collection, None

        def done(result: tuple[dict[str, ReadLedger], Collection | None, RegisterError | None]) -> None:
            if self._files is files:
                self.read, self.collection, self.refused = result
                self._gone_on = False
                session.signals.tell("ledgers")

        session.run("ledger", work, done)


def _examined(path: Path) -> ReadLedger:
    """One ledger, or why nothing of it can be read."""
    from workbench.inputs.ledger import examine

    try:
        examination = examine(path)
    except RegisterError as error:
        return ReadLedger(None, error)
    return ReadLedger(examination, examination.error())
