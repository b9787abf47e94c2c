"""Ledger: one as an office keeps it, or one of each unit; settled where it must be, and made the register."""

from __future__ import annotations

from collections import Counter
from typing import Any

import ipywidgets as widgets

from workbench.inputs.ledger import LEDGERS, Examination, Label, called, column_of, why
from workbench.inputs.register import BY_NAME, shown
from workbench.jobs.session import Ledgers, ReadLedger, Session
from workbench.labels import text
from workbench.numbers import percent
from workbench.views.formats import Markup, tag
from workbench.views.ledgers import groups_of, place_of, quoted_values
from workbench.views.panels import parts
from workbench.views.panels.ledger_files import LedgerFiles
from workbench.views.panels.live import Fan
from workbench.views.panels.uploads import received

#: A header is taken without a question from here on; below it a person is asked to look.
UNQUESTIONED = 0.9
EVERYWHERE = ("responsible", "street")
WIDE = {"style": {"description_width": "initial"}, "layout": {"width": "calc(100% - 6px)"}}


class LedgerPanel:
    """The mapping and what can be settled at the left, the findings by kind at the right."""

    name = "ledger"

    def __init__(self, session: Session, fan: Fan) -> None:
        self.session, self._fan = session, fan
        self.state = Ledgers(session)
        self.files = LedgerFiles(self.state)
        self.quiet = parts.Quiet()
        self._upload: Any = widgets.FileUpload(accept=",".join(LEDGERS), multiple=True, layout={"width": "auto"})
        self._previous: Any = widgets.Checkbox(indent=False, layout={"width": "auto"})
        self._note = parts.html(css="wb-note")
        self._units = parts.html()
        self._which: Any = widgets.Dropdown(options=[("", "")], **WIDE)
        self._verdict = parts.html(css="wb-explain")
        self._mapping = parts.html()
        self._settle_head = parts.html()
        self._header: Any = widgets.Dropdown(options=[("", "")], **WIDE)
        self._column: Any = widgets.Dropdown(options=[("", None)], **WIDE)
        self._all: dict[str, Any] = {name: widgets.Text(continuous_update=False, **WIDE) for name in EVERYWHERE}
        self._do = {
            "settle": parts.button(session, self._settle),
            "unsettle": parts.button(session, lambda: self.state.unsettle(self._which.value)),
            "ledger_files": parts.button(session, self.files.prepare),
            "go_on": parts.button(session, self.state.go_on, primary=True),
        }
        self._findings = parts.html()
        self._links = parts.html()
        top = widgets.HBox(
            [self._upload, self._previous, self._do["go_on"], self._do["ledger_files"]],
            layout={"flex_flow": "row wrap", "align_items": "center"},
        )
        settling = widgets.VBox([
            self._settle_head, self._header, self._column,
            widgets.HBox([self._do["settle"], self._do["unsettle"]], layout={"flex_flow": "row wrap"}),
            *self._all.values(),
        ])  # fmt: skip
        left = widgets.VBox([self._mapping, settling], layout={"flex": "1 1 560px", "min_width": "0"})
        right = widgets.VBox([self._findings], layout={"flex": "1 1 560px", "min_width": "0"})
        self._both: Any = widgets.HBox([left, right], layout={"flex_flow": "row wrap"})
        self.view: Any = widgets.VBox(
            [top, self._note, self._links, self._units, self._which, self._verdict, self._both]
        )
        parts.on_change(session, self._upload, self._uploaded, self.quiet)
        parts.on_change(session, self._which, lambda _: self.refresh(), self.quiet)
        for name, made in self._all.items():
            parts.on_change(session, made, self._everywhere(name), self.quiet)
        for subject in ("ledgers", "ledger_files"):
            session.signals.watch(subject, self.refresh)
        session.signals.watch("jobs", self._busy)

    # -- what is shown ---------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language in use."""
        with self.quiet():
            self._upload.description = text("panel.do_upload_ledger")
            self._previous.description = text("panel.ledger_previous")
            self._which.description = text("panel.ledger_which")
            self._header.description = text("panel.ledger_header")
            self._column.description = text("panel.ledger_column")
            for name, made in self._all.items():
                made.description = text(f"panel.ledger_{name}")
                made.placeholder = text("panel.ledger_everywhere")
        for name, made in self._do.items():
            made.description = text(f"panel.do_{name}")
            made.tooltip = text(f"panel.tip_{name}")
        parts.put(self._settle_head, tag("h2", text("panel.ledger_settle")))
        self.refresh()

    def _busy(self) -> None:
        running = {job.name for job in self.session.jobs.running}
        reading, read = "ledger" in running, self._read()
        settled = bool(self.state.settled.get(self._which.value))
        for name in ("settle", "unsettle"):
            self._do[name].disabled = reading or read is None or (name == "unsettle" and not settled)
        self._do["go_on"].disabled = reading or self.state.register is None
        self._do["ledger_files"].disabled = reading or not self.state.read or "ledger_files" in running

    def _read(self) -> ReadLedger | None:
        return self.state.read.get(self._which.value)

    def refresh(self) -> None:
        """Show the ledgers that were read, and the one of them that is chosen."""
        if not self._fan.shows(self.name):
            return
        names = list(self.state.read)
        with self.quiet():
            chosen = self._which.value if self._which.value in names else names[0] if names else ""
            parts.set_options(self._which, [(name, name) for name in names] or [("", "")], chosen)
        read = self._read()
        parts.put(self._note, text("panel.ledger_note"))
        for widget, there in (
            (self._which, len(names) > 1),
            (self._both, read is not None),
            (self._verdict, bool(read)),
        ):
            parts.show(widget, there)
        parts.put(self._units, self._together())
        parts.put(self._links, Markup("".join(parts.download(*file) for file in self.files.made)))
        if read is not None:
            self._tell(read)
        self._busy()

    def _together(self) -> Markup:
        """Several ledgers side by side, and what they come to; why they cannot be put together."""
        collection, refused = self.state.collection, self.state.refused
        if collection is None:
            return Markup("") if refused is None else tag("div", str(refused), "wb-explain fault")
        header = [text(f"collect.head.{name}") for name in ("unit", "verdict", "organizations", "faults", "findings")]
        rows = [
            [
                shown(row["unit"]),
                text(f"verdict.{row['verdict']}"),
                row["organizations"],
                row["faults"],
                row["findings"],
            ]
            for row in collection.ledgers.to_dict("records")
        ]
        return Markup(tag("div", collection.summary(), "wb-explain") + parts.table(header, rows, "ttnnn"))

    def _tell(self, read: ReadLedger) -> None:
        found = read.examination
        if found is None:
            parts.put(self._verdict, str(read.error))
            for part in (self._mapping, self._findings):
                parts.put(part, "")
            return
        counts = Counter(note.severity for note in found.notes)
        values = {"count": len(found.frame), "faults": counts["fault"], "findings": counts["finding"]}
        parts.put(self._verdict, text(f"check.ledger.{found.verdict}", name=shown(found.name), **values))
        labels = _labels(found)
        header = [text(f"panel.ledger_{name}") for name in ("yours", "ours", "sure", "why")]
        # What must be settled is asked first, then what gives nothing so far.
        faulty = {note.header for note in found.notes if note.severity == "fault"}
        rows = [[f"{each.letter} {shown(each.header)}", _ours(each), _sure(each, faulty), why(each)] for each in labels]
        title = tag("h2", text("check.ledger.mapping"))
        parts.put(self._mapping, Markup(title + parts.table(header, rows, "tttt")))
        parts.put(self._findings, _by_kind(found))
        unsure = sorted(labels, key=lambda each: (each.header not in faulty, bool(column_of(each))))
        headers = list(dict.fromkeys(each.header for each in unsure))
        settled = self.state.settled.get(self._which.value, {})
        with self.quiet():
            chosen = self._header.value if self._header.value in headers else headers[0] if headers else ""
            parts.set_options(self._header, [(shown(word), word) for word in headers] or [("", "")], chosen)
            columns = [(text("panel.ledger_nothing"), None), *((called(name), name) for name in BY_NAME)]
            parts.set_options(self._column, columns, self._column.value)
            for name, made in self._all.items():
                made.value = settled.get(name, "")

    # -- what is done ----------------------------------------------------------------------------------------

    def _uploaded(self, files: Any) -> None:
        if not files:
            return
        taken = received(files, "ledger.xlsx")
        with self.quiet():
            self._upload.value = ()
        self.state.receive(taken, previous=bool(self._previous.value))

    def _settle(self) -> None:
        if self._header.value:
            self.state.settle(self._which.value, self._header.value, self._column.value)

    def _everywhere(self, name: str) -> Any:
        return lambda written: self.state.settle_all(self._which.value, name, written)


def _labels(found: Examination) -> list[Label]:
    """The headers of all sheets, those that several sheets share once."""
    every = [label for labels in found.labels.values() for label in labels]
    return list({(label.header, column_of(label), label.why): label for label in every}.values())


def _ours(label: Label) -> str:
    column = column_of(label)
    return "–" if column is None else called(column) if column in BY_NAME else column.replace("_", " ")


def _sure(label: Label, faulty: set[str]) -> str:
    """How sure a header's meaning is; where a person should look, that too."""
    if column_of(label) is None and label.header in faulty:
        return text("check.ledger.confirm")
    if not label.target:
        return "–"
    sure = percent(label.confidence, 0) if label.confidence < 1 else percent(1.0, 0)
    return sure if label.confidence >= UNQUESTIONED else f"{sure} {text('check.ledger.confirm')}"


def _by_kind(found: Examination) -> Markup:
    """What is said of a ledger: the heaviest first, one line a kind."""
    blocks = []
    for severity in ("fault", "finding", "note"):
        notes = [note for note in found.notes if note.severity == severity]
        if not notes:
            continue
        header = [text(f"panel.finding_{name}") for name in ("where", "found", "count", "rule", "repair")]
        rows = [
            [place_of(group), quoted_values(group), len(group), group[0].rule, group[0].repair]
            for group in groups_of(notes)
        ]
        blocks.append(tag("h2", text(f"check.list.{severity}")) + parts.table(header, rows, "ttntt"))
    return Markup("".join(blocks) or tag("div", text("panel.ledger_clean"), "wb-note"))
