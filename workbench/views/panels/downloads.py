"""What a planner takes away: report, workbook and scenario of the present state. No widgets here."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from workbench.jobs.session import JobStages, Session, Ticket
from workbench.labels import text

#: The stages of making the files, in the order in which they are done.
STAGES = ("ceiling", "simulate", "explain", "measures", "allocate", "write")


class Download(NamedTuple):
    """A file to save: its name, its content, and what it is called."""

    name: str
    content: bytes
    words: str


class Downloads:
    """The files of one state; ``files`` is told when they are there, or not true any more."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.files: tuple[Download, ...] = ()
        for subject in ("answer", "language"):
            session.signals.watch(subject, self._drop)

    def prepare(self, name: str) -> None:
        """Make report, workbook and scenario file of the present state, in a job.

        Parameters
        ----------
        name
            of the scenario, and of the files.
        """
        session = self.session
        board, answer = session.board, session.answer
        if board is None or answer is None:
            return
        name = name.strip() or session.rules.name
        scenario = session.as_scenario(name)
        stem = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in name)

        def work(ticket: Ticket) -> tuple[Download, ...]:
            from workbench.jobs import make_plan
            from workbench.views.report import draw_pictures, report_html, write_workbook

            plan = make_plan(
                board.register,
                scenario,
                replications=session.replications,
                seed=session.seed,
                grouping=board.grouping,
                stages=JobStages(ticket, STAGES),
            )
            report = report_html(plan, draw_pictures(plan)).encode("utf-8")
            ticket.check()
            with tempfile.TemporaryDirectory() as folder:
                book = write_workbook(plan, Path(folder) / "plan.xlsx").read_bytes()
            return (
                Download(f"{stem}.html", report, text("panel.file_report")),
                Download(f"{stem}.xlsx", book, text("panel.file_workbook")),
                Download(f"{stem}.yaml", session.yaml_of(scenario).encode("utf-8"), text("panel.file_scenario")),
            )

        def done(files: tuple[Download, ...]) -> None:
            if session.answer is answer:
                self.files = files
                session.signals.tell("files")

        session.run("files", work, done)

    def _drop(self) -> None:
        """They are of another state, or in another language."""
        self.session.jobs.cancel("files")
        if self.files:
            self.files = ()
            self.session.signals.tell("files")
