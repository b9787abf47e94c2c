"""What a planner takes away of a review: notice, report, workbook, and an archive of everything. No widgets here."""

from __future__ import annotations

import tempfile
from pathlib import Path

from workbench.jobs.session import JobStages, Reviewing, Ticket
from workbench.labels import text
from workbench.views.panels.archive import archive
from workbench.views.panels.downloads import Download

STAGES = ("write",)


class ReviewFiles:
    """The files of a review, in the language that it was asked for in.

    ``review_files`` is told when they are there, or true no more.
    """

    def __init__(self, reviewing: Reviewing) -> None:
        self.reviewing = reviewing
        self.made: tuple[Download, ...] = ()
        for subject in ("review", "language"):
            reviewing.session.signals.watch(subject, self._drop)

    def prepare(self) -> None:
        """Make them, in a job."""
        reviewing, session = self.reviewing, self.reviewing.session
        found = reviewing.found
        if found is None:
            return

        def work(ticket: Ticket) -> tuple[Download, ...]:
            from workbench.views.review import report_name, write_review

            with tempfile.TemporaryDirectory(prefix="workbench-") as name:
                folder = Path(name)
                write_review(found, folder, JobStages(ticket, STAGES))
                ticket.check()
                report = report_name(found)
                words = {
                    "notice.docx": "panel.review_notice",
                    f"{report}.docx": f"panel.review_{'summary' if found.final else 'report'}",
                    "review.xlsx": "panel.review_workbook",
                }
                files = sorted(path for path in folder.rglob("*") if path.is_file())
                return (
                    *(Download(each, (folder / each).read_bytes(), text(key)) for each, key in words.items()),
                    Download(f"{report}.zip", archive(folder, files), text("panel.review_archive")),
                )

        def done(files: tuple[Download, ...]) -> None:
            self.made = files
            session.signals.tell("review_files")

        session.run("review_files", work, done)

    def _drop(self) -> None:
        """They are of another review, or in another language."""
        self.reviewing.session.jobs.cancel("review_files")
        if self.made:
            self.made = ()
            self.reviewing.session.signals.tell("review_files")
