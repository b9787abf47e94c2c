"""Calendar and rules: when committees meet, which days are worked, what is counted."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.jobs.session import Session
from workbench.labels import text
from workbench.views.formats import tag
from workbench.views.panels import parts
from workbench.views.panels.controls import Choice, Control, Day, Days, Holidays, Most, Switch, Weekdays, number, whole
from workbench.views.panels.live import Fan
from workbench.views.panels.shapes import BESIDE


class CalendarPanel:
    """Every change is worked out at once; what cannot be is said, and the rule goes back."""

    name = "calendar"

    def __init__(self, session: Session, fan: Fan) -> None:
        self.session, self._fan = session, fan
        change = self._change
        self._groups: dict[str, list[Control]] = {
            "committee": [
                Weekdays(session, "committee.weekdays", change),
                whole(session, "committee.every_weeks", 1, 20, change),
                Day(session, "committee.first", change),
                Switch(session, "committee.stagger", change),
                Most(session, "committee.agenda", change),
                number(session, "committee.notice", 60.0, change),
                Days(session, "committee.extra", change),
            ],
            "calendar": [
                Weekdays(session, "calendar.weekmask", change),
                Holidays(session, "calendar.holidays", change),
                Days(session, "calendar.extra_workdays", change),
                Day(session, "calendar.formation_opens", change),
                Day(session, "calendar.deadline", change),
            ],
            "policy": [
                Choice(session, "discipline", ("formation_first", "work_first", "fifo"), change),
                Choice(session, "policy.two_members", ("assisted", "joint"), change),
                Choice(session, "policy.member_basis", ("on_roll", "floating", "part_time"), change),
                Choice(session, "policy.counted_from", ("formed", "approved"), change),
                Choice(session, "policy.denominator", ("all", "active"), change),
            ],
        }
        self._heads = {name: parts.html() for name in self._groups}
        self._undo = parts.button(session, session.undo)
        blocks = [
            widgets.VBox([self._heads[name], *(control.view for control in controls)])
            for name, controls in self._groups.items()
        ]
        left = widgets.VBox([*blocks, self._undo], layout={"flex": "0 1 500px", "min_width": "460px"})
        self._note = parts.html(css="wb-note")
        right = widgets.VBox(
            [fan.picture(self.name, BESIDE), self._note], layout={"flex": "1 1 560px", "min_width": "0"}
        )
        self.view: Any = widgets.HBox([left, right], layout={"flex_flow": "row wrap"})
        for subject in ("rules", "answer"):
            session.signals.watch(subject, self.refresh)

    def _change(self, path: str, value: Any) -> None:
        try:
            self.session.change({path: value})
        except Exception:
            # Said by who called; the control goes back to what holds.
            self.refresh()
            raise

    def relabel(self) -> None:
        """Say everything in the language in use."""
        for name, controls in self._groups.items():
            parts.put(self._heads[name], tag("h2", text(f"section.{name}")))
            for control in controls:
                control.relabel()
        self._undo.description = text("panel.do_undo")
        self._undo.tooltip = text("panel.tip_undo")
        parts.put(self._note, text("panel.calendar_note"))
        self.refresh()

    def refresh(self) -> None:
        """Show the rules that hold."""
        self._undo.disabled = not self.session.can_undo
        if self.session.board is not None and self._fan.shows(self.name):
            for controls in self._groups.values():
                for control in controls:
                    control.show(self.session.rules)
