"""Controls of single rules: each is bound to a path in the scenario, shows its value, and gives a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.inputs.scenario import WEEKDAYS
from workbench.jobs.session import Session
from workbench.labels import text
from workbench.views.panels import parts
from workbench.views.panels.reading import read_days, read_number

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: Told the path and the new value of a rule.
Change = Callable[[str, Any], None]
WIDE = {"description_width": "13.5em"}


def value_at(rules: Scenario, path: str) -> Any:
    """The value of a rule by its path, as a file would write it: lists for tuples."""
    value: Any = rules
    for key in path.split("."):
        value = getattr(value, key)
    return list(value) if isinstance(value, tuple) else value


class Control:
    """A rule with a widget. Subclasses say how a value looks in it.

    Parameters
    ----------
    session
        for its language and status line.
    path
        the rule, as in a scenario file.
    widget
        shows and takes the value.
    changed
        called with path and value when a planner changes it.
    """

    def __init__(self, session: Session, path: str, widget: Any, changed: Change) -> None:
        self.session, self.path, self.widget = session, path, widget
        self.quiet = parts.Quiet()
        self.changed = changed
        parts.on_change(session, widget, lambda _: self.tell(), self.quiet)

    @property
    def view(self) -> Any:
        """What stands on the page."""
        return self.widget

    @property
    def value(self) -> Any:
        """The value in the widget, as a file would write it."""
        return self.widget.value

    def tell(self) -> None:
        """A planner changed it; what cannot be read is said, and the control goes back to what holds."""
        try:
            value = self.value
        except WorkbenchError:
            if self.session.board is not None:
                self.show(self.session.rules)
            raise
        self.changed(self.path, value)

    def show(self, rules: Scenario) -> None:
        """Show what the rules say."""
        with self.quiet():
            self.put(value_at(rules, self.path))

    def put(self, value: Any) -> None:
        """A value into the widget; one that it cannot hold, such as a law, leaves it out of use."""
        try:
            self.widget.value = value
            self.widget.disabled = False
        except Exception:  # traitlets refuses what is not of its kind
            self.widget.disabled = True

    def relabel(self) -> None:
        """Say its name in the language in use."""
        with self.quiet():
            self.widget.description = text(f"parameter.{self.path}")


class Choice(Control):
    """One of a few words."""

    def __init__(self, session: Session, path: str, values: Sequence[str], changed: Change) -> None:
        self._values = values
        made = widgets.Dropdown(options=[(value, value) for value in values], style=WIDE, layout={"width": "440px"})
        super().__init__(session, path, made, changed)

    def relabel(self) -> None:
        super().relabel()
        with self.quiet():
            shown = self.widget.value
            parts.set_options(self.widget, [(text(f"choice.{value}"), value) for value in self._values], shown)


class NumberControl(Control):
    """A number that is typed: what is not one is said, and never taken for another one."""

    def __init__(
        self, session: Session, path: str, bounds: tuple[float, float], changed: Change, *, is_whole: bool
    ) -> None:
        self.bounds, self.is_whole = bounds, is_whole
        made = widgets.Text(continuous_update=False, style=WIDE, layout={"width": "290px"})
        super().__init__(session, path, made, changed)

    @property
    def value(self) -> float:
        number = read_number(self.widget.value, *self.bounds, whole=self.is_whole)
        return int(number) if self.is_whole else number

    def put(self, value: Any) -> None:
        plain = isinstance(value, (int, float))  # a law is left alone
        self.widget.disabled = not plain
        self.widget.value = f"{value:g}" if plain else ""


def whole(session: Session, path: str, least: int, most: int, changed: Change) -> Control:
    """A whole number."""
    return NumberControl(session, path, (least, most), changed, is_whole=True)


def number(session: Session, path: str, most: float, changed: Change) -> Control:
    """A number from nought on."""
    return NumberControl(session, path, (0.0, most), changed, is_whole=False)


class Switch(Control):
    """On or off."""

    def __init__(self, session: Session, path: str, changed: Change) -> None:
        made = widgets.Checkbox(indent=False, layout={"width": "auto"})
        super().__init__(session, path, made, changed)


class Day(Control):
    """A date."""

    def __init__(self, session: Session, path: str, changed: Change) -> None:
        super().__init__(session, path, widgets.DatePicker(style=WIDE, layout={"width": "360px"}), changed)

    def tell(self) -> None:
        if self.widget.value is not None:  # while it is being typed
            super().tell()


class Days(Control):
    """Several dates, written one after the other."""

    def __init__(self, session: Session, path: str, changed: Change) -> None:
        made = widgets.Text(continuous_update=False, style=WIDE, layout={"width": "440px"})
        super().__init__(session, path, made, changed)

    @property
    def value(self) -> list[date]:
        board = self.session.board
        if board is None:
            return []
        calendar = board.calendar
        return read_days(self.widget.value, calendar.first, calendar.date_of(calendar.deadline_day))

    def put(self, value: Any) -> None:
        self.widget.value = ", ".join(on.isoformat() for on in value)

    def relabel(self) -> None:
        super().relabel()
        self.widget.placeholder = text("panel.dates_example")


class Most(Control):
    """A whole number, or no limit."""

    def __init__(self, session: Session, path: str, changed: Change) -> None:
        made = widgets.Text(value="15", continuous_update=False, style=WIDE, layout={"width": "290px"})
        self._free: Any = widgets.Checkbox(indent=False, layout={"width": "auto"})
        super().__init__(session, path, made, changed)
        parts.on_change(session, self._free, lambda _: self.tell(), self.quiet)
        self._view: Any = widgets.HBox([made, self._free])

    @property
    def view(self) -> Any:
        return self._view

    @property
    def value(self) -> int | None:
        return None if self._free.value else int(read_number(self.widget.value, 0, 100_000, whole=True))

    def put(self, value: Any) -> None:
        self._free.value = value is None
        self.widget.disabled = value is None
        if value is not None:
            self.widget.value = str(value)

    def relabel(self) -> None:
        super().relabel()
        with self.quiet():
            self._free.description = text("value.no_limit")


class Weekdays(Control):
    """Days of the week, a button each."""

    def __init__(self, session: Session, path: str, changed: Change) -> None:
        self._name = parts.html()
        self._quiet = parts.Quiet()
        self._buttons = {name: widgets.ToggleButton(layout={"width": "58px"}) for name in WEEKDAYS}
        for made in self._buttons.values():
            parts.on_change(session, made, lambda _: self.tell(), self._quiet)
        self._view: Any = widgets.VBox(
            [self._name, widgets.HBox(list(self._buttons.values()), layout={"flex_flow": "row wrap"})]
        )
        self.session, self.path, self.changed = session, path, changed

    @property
    def view(self) -> Any:
        return self._view

    @property
    def value(self) -> list[str]:
        return [name for name, made in self._buttons.items() if made.value]

    def show(self, rules: Scenario) -> None:
        chosen = value_at(rules, self.path)
        with self._quiet():
            for name, made in self._buttons.items():
                made.value = name in chosen
                made.button_style = "info" if made.value else ""

    def relabel(self) -> None:
        parts.put(self._name, text(f"parameter.{self.path}"))
        for name, made in self._buttons.items():
            made.description = text(f"panel.short_{name}")
            made.tooltip = text(f"choice.{name}")


class Holidays(Control):
    """Whether public holidays are days off; a list of a scenario's own comes back when switched on again."""

    def __init__(self, session: Session, path: str, changed: Change) -> None:
        self._on: Any = "CN"
        super().__init__(session, path, widgets.Checkbox(indent=False, layout={"width": "auto"}), changed)

    @property
    def value(self) -> Any:
        return self._on if self.widget.value else None

    def put(self, value: Any) -> None:
        self._on = value or self._on
        self.widget.value = bool(value)

    def relabel(self) -> None:
        with self.quiet():
            self.widget.description = text("panel.holidays")


class Several(Control):
    """Any of a few words, a box each."""

    def __init__(self, session: Session, path: str, values: Sequence[str], changed: Change) -> None:
        self._name = parts.html()
        self._quiet = parts.Quiet()
        self._boxes = {value: widgets.Checkbox(indent=False, layout={"width": "auto"}) for value in values}
        for made in self._boxes.values():
            parts.on_change(session, made, lambda _: self.tell(), self._quiet)
        boxes = widgets.HBox(list(self._boxes.values()), layout={"flex_flow": "row wrap"})
        self._view: Any = widgets.VBox([self._name, boxes])
        self.session, self.path, self.changed = session, path, changed

    @property
    def view(self) -> Any:
        return self._view

    @property
    def value(self) -> list[str]:
        return [value for value, made in self._boxes.items() if made.value]

    def show(self, rules: Scenario) -> None:
        chosen = value_at(rules, self.path)
        with self._quiet():
            for value, made in self._boxes.items():
                made.value = value in chosen

    def relabel(self) -> None:
        parts.put(self._name, text(f"parameter.{self.path}"))
        with self._quiet():
            for value, made in self._boxes.items():
                made.description = text(f"choice.{value}")
