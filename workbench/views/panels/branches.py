"""Joint branches: who joins whom on a map, why, what else is possible; pin, forbid, and solve again from there."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import ipywidgets as widgets

from workbench.inputs.scenario import GroupingRules
from workbench.jobs.session import Session
from workbench.labels import text
from workbench.numbers import decimal, signed_decimal
from workbench.views.formats import tag
from workbench.views.panels import parts
from workbench.views.panels.branches_map import BranchesMap
from workbench.views.panels.controls import Choice, Control, Several, number, value_at, whole
from workbench.views.panels.live import Fan
from workbench.views.report import name_of

METHODS = ("optimal", "nearest", "community", "supervisor")
#: The list of organizations offers so many; another street, or its id typed in full, reaches the others.
MOST_OFFERED = 600
#: Nobody's id: a map that is not drawn yet.
NOBODY = ""


class BranchesPanel:
    """The map at the left; rules and one organization at the right."""

    name = "branches"

    def __init__(self, session: Session, fan: Fan) -> None:
        self.session, self._fan = session, fan
        self.quiet = parts.Quiet()
        self._shown_rules: GroupingRules | None = None
        self._ringed: str | None = NOBODY
        self._map = parts.ClickedPicture(session, 900, self._clicked)
        self._drawn: BranchesMap | None = None
        self._ids: dict[str, str] = {}
        self._chosen: str | None = None
        #: Said in place of "not there" where several have the words in their names.
        self._several: str | None = None
        wide = {"description_width": "initial"}
        self._street: Any = widgets.Dropdown(options=[("", "")], style=wide, layout={"width": "300px"})
        self._organization: Any = widgets.Combobox(
            ensure_option=False, continuous_update=False, style=wide, layout={"width": "calc(100% - 6px)"}
        )
        self._why = parts.html(css="wb-explain")
        self._places: Any = widgets.Dropdown(options=[("", None)], style=wide, layout={"width": "calc(100% - 6px)"})
        self._do = {
            "pin": parts.button(session, self._pin),
            "pin_there": parts.button(session, self._pin_there),
            "forbid": parts.button(session, self._forbid),
            "free": parts.button(session, self._free),
        }
        self._method: Any = widgets.Dropdown(
            options=[(method, method) for method in METHODS],
            style={"description_width": "13.5em"},
            layout={"width": "440px"},
        )
        draft = lambda path, value: None  # noqa: E731 - nothing happens until it is solved
        self._rules: list[Control] = [
            number(session, "grouping.max_distance_km", 500.0, draft),
            whole(session, "grouping.max_units", 1, 100, draft),
            Choice(session, "grouping.same_street", ("require", "prefer", "ignore"), draft),
            Several(session, "grouping.facilities", ("peer", "host", "community"), draft),
        ]
        self._solve = parts.button(session, self._solve_now, primary=True)
        self._undo = parts.button(session, session.undo)
        self._summary = parts.html(css="wb-note")
        self._heads = {name: parts.html() for name in ("rules", "organization")}
        left = widgets.VBox(
            [self._street, self._map.view, self._summary], layout={"flex": "1 1 660px", "min_width": "0"}
        )
        right = widgets.VBox(
            [
                self._heads["organization"], self._organization, self._why, self._places,
                widgets.HBox(list(self._do.values()), layout={"flex_flow": "row wrap"}),
                self._heads["rules"], self._method, *(rule.view for rule in self._rules),
                widgets.HBox([self._solve, self._undo], layout={"flex_flow": "row wrap"}),
            ],
            layout={"flex": "0 1 470px", "min_width": "440px"},
        )  # fmt: skip
        self.view: Any = widgets.HBox([left, right], layout={"flex_flow": "row wrap"})
        parts.on_change(session, self._street, lambda _: self.refresh(), self.quiet)
        parts.on_change(session, self._organization, self.choose, self.quiet)
        session.signals.watch("opened", self._opened)
        session.signals.watch("grouping", self.refresh)
        session.signals.watch("rules", self._show_rules)
        session.signals.watch("jobs", self._busy)

    # -- what is shown ---------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language in use."""
        with self.quiet():
            self._street.description = text("panel.map_of")
            self._organization.description = text("term.organization")
            self._organization.placeholder = text("panel.choose_organization")
            self._places.description = text("panel.other_places")
            self._method.description = text("panel.method")
            methods = [(text(f"panel.method_{method}"), method) for method in METHODS]
            parts.set_options(self._method, methods, self._method.value)
        self._map.relabel()
        for name, made in self._do.items():
            made.description = text(f"panel.do_{name}")
            made.tooltip = text(f"panel.tip_{name}")
        self._solve.description = text("panel.do_solve")
        self._solve.tooltip = text("panel.tip_solve")
        self._undo.description = text("panel.do_undo")
        for name, head in self._heads.items():
            parts.put(head, tag("h2", text(f"panel.head_{name}")))
        for rule in self._rules:
            rule.relabel()
        self._show_rules()
        self.refresh()

    def _opened(self) -> None:
        self._chosen = None
        with self.quiet():
            self._street.value = self._street.options[0][1]
            self._organization.value = ""

    def _show_rules(self) -> None:
        if self.session.board is None or self.session.rules.grouping == self._shown_rules:
            return  # what is being written is not lost to a change of something else
        self._shown_rules = self.session.rules.grouping
        for rule in self._rules:
            rule.show(self.session.rules)

    def _busy(self) -> None:
        busy, ready = self.session.stale, self.session.board is not None
        self._solve.disabled = busy or not ready
        self._undo.disabled = not self.session.can_undo
        placed = self._chosen is not None and ready and not busy
        for made in self._do.values():
            made.disabled = not placed

    def refresh(self) -> None:
        """Draw the map and tell about the organization that is chosen."""
        board, register = self.session.board, self.session.register
        self._busy()
        if board is None or register is None or not self._fan.shows(self.name):
            return
        with self.quiet():
            streets = [(text("panel.whole_city"), ""), *((street, street) for street in board.streets)]
            kept = self._street.value if self._street.value in board.streets else ""
            parts.set_options(self._street, streets, kept)
        grouping, street = board.grouping, self._street.value or None
        units = self._units()
        names = {unit: name_of(register, unit) for unit in units[:MOST_OFFERED]}
        self._ids = {unit if name == unit else f"{unit} {name}": unit for unit, name in names.items()}
        with self.quiet():
            self._organization.options = tuple(self._ids)
        if self._drawn is None or not self._drawn.shows(grouping, street):
            self._drawn = BranchesMap(register, grouping, board.rules, street)
            self._ringed = NOBODY
        parts.put(self._summary, parts.lines(grouping.summary().splitlines()))
        self._tell()

    def _units(self) -> list[str]:
        """Who takes part in joint branches in the street that is shown; those left out come first."""
        board, register = self.session.board, self.session.register
        if board is None or register is None:
            return []
        units = [*board.grouping.left_out["org_id"], *board.grouping.assignment["org_id"]]
        if self._street.value:
            here = set(register.index[register["street"] == self._street.value])
            units = [unit for unit in units if unit in here]
        return units

    def _clicked(self, across: float, down: float) -> None:
        """Look at whoever stands where the map was clicked."""
        found = self._drawn.near(across, down, set(self._units()), self._chosen) if self._drawn else None
        if found is not None:
            with self.quiet():
                self._organization.value = next((words for words, unit in self._ids.items() if unit == found), found)
            self._several, self._chosen = None, found
            self._tell()

    def choose(self, written: str) -> None:
        """Look at an organization, by the words in the list or by its id."""
        words = written.strip()
        register = self.session.register
        found = self._ids.get(words) or (words.split()[0] if words else None)
        self._several = None
        if words and register is not None and found not in register.index and "name" in register:
            named = register.index[register["name"].fillna("").str.contains(words, regex=False)]
            exact = register.index[register["name"] == words]
            named = exact if len(exact) == 1 else named
            if len(named) == 1:
                found = str(named[0])
            elif len(named):
                names = text("panel.and").join(f"{org_id} {name_of(register, org_id)}" for org_id in named[:8])
                self._several = text("panel.several_organizations", words=words, names=names)
        self._chosen = found
        self._tell()

    def _tell(self) -> None:
        """Why the chosen organization is where it is; without one, how to choose."""
        board, register, chosen = self.session.board, self.session.register, self._chosen
        if board is None or register is None or self._drawn is None:
            return
        why = text("panel.nobody_chosen")
        places: list[tuple[str, tuple[str, str] | None]] = [("", None)]
        if chosen is not None:
            if chosen not in register.index:
                why, self._chosen = self._several or text("panel.no_organization", org_id=chosen), None
            elif chosen in set(board.grouping.assignment["org_id"]) | set(board.grouping.left_out["org_id"]):
                told = board.grouping.explain(chosen)
                why = told.text
                rows = told.places.to_dict("records")
                places = [(_place(row), (row["facility_kind"], row["facility_id"])) for row in rows] or places
            else:
                why, self._chosen = text("panel.no_unit", org_id=chosen), None
        if self._ringed != self._chosen:
            words = board.grouping.summary()
            self._map.show(self._drawn.draw(self._chosen), words if self._chosen is None else f"{words}\n{why}")
            self._ringed = self._chosen
        parts.put(self._why, why)
        with self.quiet():
            parts.set_options(self._places, places, places[0][1])
        self._busy()

    # -- what is done ----------------------------------------------------------------------------------------

    def _solve_now(self) -> None:
        rules = self.session.rules
        changes = {rule.path: rule.value for rule in self._rules if rule.value != value_at(rules, rule.path)}
        self.session.regroup(self._method.value, changes=changes, warm=False)

    def _here(self) -> tuple[str, str] | None:
        """The place of the chosen organization."""
        board = self.session.board
        if board is None or self._chosen is None:
            return None
        told = board.grouping.explain(self._chosen)
        if told.facility_kind is None or told.facility_id is None:
            org_id = self._chosen
            self.session.say("note", lambda: text("panel.is_left_out", org_id=org_id))
            return None
        return told.facility_kind, told.facility_id

    def _pin(self) -> None:
        here = self._here()
        if self._chosen is not None and here is not None:
            self.session.pin(self._chosen, *here)

    def _pin_there(self) -> None:
        if self._chosen is not None and self._places.value is not None:
            self.session.pin(self._chosen, *self._places.value)

    def _forbid(self) -> None:
        here = self._here()
        if self._chosen is not None and here is not None:
            self.session.forbid(self._chosen, *here)

    def _free(self) -> None:
        if self._chosen is not None:
            self.session.unpin(self._chosen)


def _place(row: Mapping[Hashable, Any]) -> str:
    """Another place in words: how far, and what it would cost or why it cannot be."""
    kind, km = text(f"facility.{row['facility_kind']}"), decimal(row["distance_km"], 2)
    key = "panel.place_open" if not row["obstacle"] else "panel.place_shut"
    why = text(f"obstacle.{row['obstacle']}") if row["obstacle"] else ""
    return text(key, kind=kind, facility=row["facility_id"], km=km, change=signed_decimal(row["change"], 2), why=why)
