"""What a planner takes away of ledgers: marked copies, what was settled, the register. No widgets here."""

from __future__ import annotations

import tempfile
from pathlib import Path

from workbench.jobs.session import Ledgers, Ticket
from workbench.labels import text
from workbench.views.panels.archive import archive
from workbench.views.panels.downloads import Download


class LedgerFiles:
    """The files of the ledgers that were read; ``ledger_files`` is told when they are there, or true no more."""

    def __init__(self, ledgers: Ledgers) -> None:
        self.ledgers = ledgers
        self.made: tuple[Download, ...] = ()
        for subject in ("ledgers", "language"):
            ledgers.session.signals.watch(subject, self._drop)

    def prepare(self) -> None:
        """Make them, in a job: of one ledger its files, of several one archive."""
        ledgers, session = self.ledgers, self.ledgers.session
        read, collection = ledgers.read, ledgers.collection

        def work(ticket: Ticket) -> tuple[Download, ...]:
            from workbench.views.ledgers import write_checked, write_collected

            with tempfile.TemporaryDirectory(prefix="workbench-") as name:
                folder = Path(name)
                if collection is not None:
                    write_collected(collection, folder)
                else:
                    for turn, each in enumerate(read.values()):
                        ticket.progress(turn, len(read))
                        ticket.check()
                        if each.examination is not None:
                            write_checked(each.examination, folder if len(read) == 1 else folder / f"{turn + 1:03d}")
                files = sorted(path for path in folder.rglob("*") if path.is_file())
                if len(read) > 1:
                    return (Download("ledgers.zip", archive(folder, files), text("panel.ledger_archive")),)
                return tuple(Download(path.name, path.read_bytes(), path.name) for path in files)

        def done(files: tuple[Download, ...]) -> None:
            if ledgers.read is read:
                self.made = files
                session.signals.tell("ledger_files")

        session.run("ledger_files", work, done)

    def _drop(self) -> None:
        self.ledgers.session.jobs.cancel("ledger_files")
        if self.made:
            self.made = ()
            self.ledgers.session.signals.tell("ledger_files")
