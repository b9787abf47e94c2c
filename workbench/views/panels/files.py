"""Files: another register or scenario in; report, workbook and scenario out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from workbench.jobs.session import Session
from workbench.labels import text
from workbench.numbers import thousands
from workbench.views.formats import Markup, escape, tag
from workbench.views.panels import parts
from workbench.views.panels.downloads import Downloads
from workbench.views.panels.live import Fan
from workbench.views.panels.uploads import received

#: Kinds of files that a register may be.
ACCEPTED = ".csv,.xlsx,.parquet"


class FilesPanel:
    """Upload and download; what is wrong with a file is said in full, and the plan stays as it was."""

    name = "files"

    def __init__(self, session: Session, fan: Fan) -> None:
        self.session, self._fan = session, fan
        self.state = Downloads(session)
        self._quiet = parts.Quiet()
        self._heads = {name: parts.html() for name in ("register", "results")}
        self._about = parts.html(css="wb-note")
        self._upload: Any = widgets.FileUpload(accept=ACCEPTED, multiple=False, layout={"width": "auto"})
        self._scenario: Any = widgets.FileUpload(accept=".yaml,.yml", multiple=False, layout={"width": "auto"})
        self._open = parts.html()
        self._over = parts.button(session, session.start_over)
        self._saved = parts.html(css="wb-note")
        self._link = parts.html()
        self._name: Any = widgets.Text(style={"description_width": "initial"}, layout={"width": "380px"})
        self._prepare = parts.button(session, lambda: self.state.prepare(self._name.value), primary=True)
        self._note = parts.html(css="wb-note")
        self._links = parts.html()
        self.view: Any = widgets.VBox(
            [
                self._heads["register"], self._open,
                widgets.HBox([self._upload, self._scenario, self._over], layout={"flex_flow": "row wrap"}),
                self._about, self._saved, self._link,
                self._heads["results"], widgets.HBox([self._name, self._prepare], layout={"flex_flow": "row wrap"}),
                self._note, self._links,
            ]
        )  # fmt: skip
        parts.on_change(session, self._upload, self._uploaded, self._quiet)
        parts.on_change(session, self._scenario, self._scenario_uploaded, self._quiet)
        for subject in ("files", "opened", "answer"):
            session.signals.watch(subject, self.refresh)
        session.signals.watch("jobs", self._busy)

    def relabel(self) -> None:
        """Say everything in the language in use."""
        for name, head in self._heads.items():
            parts.put(head, tag("h2", text(f"panel.head_{name}")))
        self._upload.description = text("panel.do_upload")
        self._scenario.description = text("panel.do_upload_scenario")
        parts.put(self._about, text("panel.upload_note"))
        self._over.description = text("panel.do_start_over")
        self._over.tooltip = text("panel.tip_start_over")
        self._name.description = text("panel.plan_name")
        self._prepare.description = text("panel.do_prepare")
        self._prepare.tooltip = text("panel.tip_prepare")
        parts.put(self._note, text("panel.files_note"))
        self.refresh()

    def _busy(self) -> None:
        session = self.session
        running = [job.name for job in session.jobs.running]
        self._prepare.disabled = session.board is None or "files" in running or session.stale

    def refresh(self) -> None:
        """Show which register is open, and the files that are ready."""
        session = self.session
        if not self._fan.shows(self.name):
            return
        self._busy()
        self._over.disabled = session.served is None
        parts.put(self._saved, text("panel.saved_note") if session.saves else "")
        link = session.link
        shown = Markup(f'<a href="?plan={link}">{escape(text("panel.settings_link"))}</a>') if link else Markup("")
        parts.put(self._link, shown)
        if session.register is not None:
            streets = session.register["street"].nunique()
            words = text("panel.open_register", organizations=thousands(len(session.register)), streets=streets)
            parts.put(self._open, tag("div", words))
        links = [parts.download(file.name, file.content, file.words) for file in self.state.files]
        parts.put(self._links, Markup("".join(links)))

    def _uploaded(self, files: Any) -> None:
        self._receive(files, self._upload, "register.csv", self.session.open_register)

    def _scenario_uploaded(self, files: Any) -> None:
        self._receive(files, self._scenario, "scenario.yaml", self.session.open_scenario)

    def _receive(self, files: Any, widget: Any, nameless: str, read: Callable[..., None]) -> None:
        """Put a file that came where it can be read, under its own name, which messages repeat.

        Its folder goes away once it is read.
        """
        if not files:
            return
        (name, content), *_ = received(files, nameless).items()
        with self._quiet():
            widget.value = ()
        folder = Path(tempfile.mkdtemp(prefix="workbench-"))
        path = folder / name
        path.write_bytes(content)
        read(path, cleanup=lambda: shutil.rmtree(folder, ignore_errors=True))
