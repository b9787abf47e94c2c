"""The widgets: handlers called as a planner's hand calls them, without a browser."""

from __future__ import annotations

import base64
import io
import re
from datetime import UTC, date, datetime
from html import unescape

import openpyxl
import pytest

from tests.sessions import REPLICATIONS, SEED
from tests.unit.views.panels.words import HALF_WIDTH, KEY, of_files, texts
from workbench.inputs import check_register, read_scenario, write_register
from workbench.labels import in_language, text
from workbench.views.panels import PANELS, planner
from workbench.views.panels import parts as pieces
from workbench.views.panels.branches_map import BranchesMap
from workbench.views.panels.planner import Planner


@pytest.fixture
def frame(session) -> Planner:
    return Planner(session)


@pytest.fixture
def panel(frame):
    """Opens a panel and gives it."""

    def opened(name: str):
        frame.open_panel(name)
        return frame.panels[name]

    return opened


CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_panel_speaks_both_languages(frame, session) -> None:
    """In English no Chinese but the names of streets and communities, and the switch itself."""
    session.keep("kept")
    names = set(session.register["street"]) | set(session.register["community"].dropna()) | {"中文"}
    names |= set(session.register["name"].dropna())
    for language in ("en", "zh"):
        frame._language.value = language
        for name in PANELS:
            frame.open_panel(name)
            words = [
                re.sub(
                    r"<style>.*?</style>|data:[^\"]+|class=\"[^\"]*\"|download=\"[^\"]*\"", "", word, flags=re.DOTALL
                )
                for word in texts(frame.view)
            ]
            if language == "en":
                for word in words:
                    for known in sorted(names, key=len, reverse=True):
                        word = word.replace(known, "")
                    assert not CHINESE.search(word), (name, word)
            else:
                sentences = [re.sub(r"<[^>]+>", " ", word) for word in words]
                english = [word for word in sentences if re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", word)]
                assert not english, (name, english)


@pytest.mark.parametrize(
    "changes",
    [{"committee.weekdays": []}, {"committee.agenda": -1}, {"calendar.deadline": date(2020, 1, 1)},
     {"committee.every_weeks": 0}, {"calendar.formation_opens": date(2030, 1, 1), "grouping.max_units": 0}],
    ids=str,
)  # fmt: skip
def test_a_message_names_rules_as_the_page_does(frame, session, changes) -> None:
    session.speak("zh")
    with session.guarded():
        session.change(changes)
    words = re.sub(r"<[^>]+>", " ", frame._words.value)
    assert session.message.level == "fault"
    assert not KEY.search(words), words
    assert not HALF_WIDTH.search(words), words
    assert ".yaml" not in words
    assert "/" not in words


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_panel_speaks_the_language_of_files(frame, session, language) -> None:
    session.speak(language)
    session.keep("甲")
    for name in PANELS:
        frame.open_panel(name)
        assert of_files(frame.view) == [], name


def test_a_slider_moves_instructors_and_everything_shows_it(panel, frame, session) -> None:
    shown = panel("instructors")
    row = shown._rows[1]
    strip, picture, cells = frame._strip.value, shown.view.children[1].children[0].value, row.cells.value
    row.slider.value += 2
    assert session.instructors[row.responsible] == row.slider.value
    assert frame._strip.value != strip
    assert shown.view.children[1].children[0].value != picture
    assert row.cells.value != cells
    chance = session.answer.probability["organization"]
    assert f"{chance.value:.1%}" in frame._strip.value
    assert sum(each.slider.value for each in shown._rows) == session.total == 14
    shown._buttons["undo"].click()
    assert row.cells.value == cells
    assert shown._buttons["undo"].disabled


def test_the_total_is_kept_or_free(panel, session) -> None:
    shown = panel("instructors")
    shown._keep.value = False
    row = max(shown._rows, key=lambda row: row.slider.max - row.slider.value)
    row.slider.value += 3
    assert session.total == int(shown._total.value) == 17
    shown._keep.value = True
    shown._total.value = "12"
    assert session.total == sum(session.instructors.values()) == 12
    shown._total.value = "15"
    assert "3" in shown._reserve.value


def test_buttons_share_and_optimise(panel, session) -> None:
    shown = panel("instructors")
    for name in ("equal", "by_need", "optimise"):
        shown._buttons[name].click()
        session.jobs.settle()
        assert session.message is None or session.message.level != "fault"
    assert sum(session.instructors.values()) <= 14


def test_streets_are_ordered_and_paged(session, monkeypatch) -> None:
    monkeypatch.setattr("workbench.views.panels.instructors.ROWS_ON_A_PAGE", 3)
    frame = Planner(session, ("instructors",))
    shown = frame.panels["instructors"]
    streets = list(session.board.streets)
    assert [row.responsible for row in shown._rows] == streets[:3]
    shown._page.value = 1
    assert shown._rows[0].responsible == streets[3]
    assert [row.view.layout.display for row in shown._rows] == ["", "none", "none"]
    shown._page.value = 0
    shown._order.value = "coverage"
    coverage = session.answer.by_responsible
    assert [row.responsible for row in shown._rows] == sorted(streets, key=coverage.get)[:3]
    for order in ("gap", "organizations", "name"):
        shown._order.value = order
    assert [row.responsible for row in shown._rows] == streets[:3]
    assert not session.can_undo


def test_rules_are_changed_by_their_controls(panel, session) -> None:
    shown = panel("calendar")
    controls = {control.path: control for group in shown._groups.values() for control in group}
    controls["committee.every_weeks"].widget.value = "3"
    controls["committee.weekdays"]._buttons["Thu"].value = True
    controls["committee.agenda"].widget.value = "7"
    controls["committee.extra"].widget.value = "2027-08-20，2027-08-24"
    controls["calendar.weekmask"]._buttons["Sat"].value = True
    controls["calendar.holidays"].widget.value = False
    controls["calendar.deadline"].widget.value = date(2027, 8, 30)
    controls["discipline"].widget.value = "fifo"
    controls["policy.two_members"].widget.value = "joint"
    session.jobs.settle()
    rules = session.rules
    assert rules.committee.every_weeks == 3
    assert rules.committee.weekdays == ("Tue", "Thu")
    assert rules.committee.agenda == 7
    assert rules.committee.extra == (date(2027, 8, 20), date(2027, 8, 24))
    assert rules.calendar.weekmask == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
    assert rules.calendar.holidays is None
    assert rules.calendar.deadline == date(2027, 8, 30)
    assert rules.discipline == "fifo"
    assert rules.policy.two_members == "joint"
    assert session.board.rules == rules
    controls["committee.agenda"]._free.value = True
    controls["calendar.holidays"].widget.value = True
    session.jobs.settle()
    assert session.rules.committee.agenda is None
    assert session.rules.calendar.holidays == "CN"


@pytest.mark.parametrize("written", ["tomorrow", "2027-13-01"])
def test_what_cannot_be_is_said_and_the_control_goes_back(panel, session, written) -> None:
    shown = panel("calendar")
    controls = {control.path: control for group in shown._groups.values() for control in group}
    controls["committee.extra"].widget.value = written
    assert session.message.level == "fault"
    assert written in session.message.words
    day = controls["calendar.deadline"].widget
    day.value = date(2020, 1, 1)
    assert session.message.level == "fault"
    assert day.value == session.rules.calendar.deadline == date(2027, 8, 31)
    day.value = None
    assert session.rules.calendar.deadline == date(2027, 8, 31)


def test_a_law_in_a_rule_is_left_alone(opened) -> None:
    session = opened(committee__notice={"uniform": [1, 3]})
    frame = Planner(session, ("calendar",))
    notice = next(c for c in frame.panels["calendar"]._groups["committee"] if c.path == "committee.notice")
    assert notice.widget.disabled
    assert session.rules.committee.notice.mean == 2.0


def test_an_organization_is_explained_forbidden_pinned_and_freed(panel, session) -> None:
    shown = panel("branches")
    unit = session.board.grouping.assignment
    unit = str(unit.loc[unit["org_id"] != unit["facility_id"], "org_id"].iloc[0])
    before = shown._map.picture.value
    option = next(option for option in shown._organization.options if option.split()[0] == unit)
    shown._organization.value = option
    assert shown._map.picture.value != before
    with in_language("en"):
        assert session.board.grouping.explain(unit).text.splitlines()[0] in shown._why.value.replace("&#x27;", "'")
    place = session.board.grouping.explain(unit)
    shown._do["forbid"].click()
    session.jobs.settle()
    assert session.rules.grouping.forbidden == ((unit, place.facility_kind, place.facility_id),)
    shown._do["free"].click()
    session.jobs.settle()
    assert session.rules.grouping.forbidden == ()
    shown._do["pin"].click()
    session.jobs.settle()
    assert unit in session.rules.grouping.pinned
    assert "pins it there" in shown._why.value


def test_a_click_on_the_map_chooses_who_stands_there(panel, session, hamlet) -> None:
    shown = panel("branches")
    drawn = shown._drawn
    box, axes = drawn._axes.get_position(), drawn._axes

    def place_of(unit: str) -> tuple[float, float]:
        across, up = drawn._points[hamlet.index.get_loc(unit)]
        (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
        return (
            box.x0 + (across - left) / (right - left) * box.width,
            1 - box.y0 - (up - low) / (high - low) * box.height,
        )

    units = [*session.board.grouping.assignment["org_id"]]
    chosen = set()
    for unit in units:
        across, down = place_of(unit)
        shown._map._field.value = f"{across} {down}"
        assert shown._map._field.value == ""
        here = drawn._points[hamlet.index.get_loc(shown._chosen)]
        assert (here == drawn._points[hamlet.index.get_loc(unit)]).all()
        assert shown._chosen in shown._organization.value
        with in_language("en"):
            assert session.board.grouping.explain(shown._chosen).text in unescape(shown._why.value)
        chosen.add(shown._chosen)
    assert len(chosen) > len(units) / 2
    before = shown._chosen
    shown._map._field.value = "0.001 0.001"  # nobody is there
    assert shown._chosen == before


def test_who_stand_in_one_place_are_chosen_one_after_the_other(opened, hamlet) -> None:
    first, second = hamlet.index[:2]
    together = hamlet.copy()
    for column in ("x", "y"):
        together.loc[second, column] = together.loc[first, column]
    session = opened()
    drawn = BranchesMap(together, session.board.grouping, session.rules, None)
    units = {first, second}
    box, axes = drawn._axes.get_position(), drawn._axes
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    across, up = drawn._points[0]
    at = (
        box.x0 + (across - left) / (right - left) * box.width,
        1 - box.y0 - (up - low) / (high - low) * box.height,
    )
    one = drawn.near(*at, units)
    other = drawn.near(*at, units, one)
    assert {one, other} == units
    assert drawn.near(*at, units, other) == one


def test_a_unit_is_sent_to_another_place(panel, session) -> None:
    """Where a move is possible as things stand, doing it does it."""
    shown = panel("branches")
    for unit in session.board.grouping.assignment["org_id"]:
        shown._organization.value = str(unit)
        told = session.board.grouping.explain(str(unit))
        open_places = told.places[told.places["obstacle"] == ""]
        if len(open_places):
            target = open_places.iloc[0]
            break
    else:
        pytest.fail("nobody has another place")
    shown._places.value = (target["facility_kind"], target["facility_id"])
    shown._do["pin_there"].click()
    session.jobs.settle()
    here = session.board.grouping.explain(str(unit))
    assert (here.facility_kind, here.facility_id) == (target["facility_kind"], target["facility_id"])


def test_who_is_left_out_or_unknown_has_no_place_to_pin(opened) -> None:
    session = opened(grouping__max_distance_km=0.2)
    shown = Planner(session, ("branches",)).panels["branches"]
    shown._organization.value = "nobody"
    assert "nobody" in shown._why.value
    assert shown._do["pin"].disabled
    member = str(session.register.index[session.register["has_branch"]][0])
    shown._organization.value = member
    assert shown._do["pin"].disabled
    shown._organization.value = str(session.board.grouping.left_out["org_id"].iloc[0])
    shown._do["pin"].click()
    assert session.message.level == "note"
    assert session.rules.grouping.pinned == {}


def test_rules_of_joint_branches_hold_once_they_are_solved(panel, session) -> None:
    shown = panel("branches")
    rules = {rule.path: rule for rule in shown._rules}
    rules["grouping.max_distance_km"].widget.value = "8.0"
    rules["grouping.facilities"]._boxes["host"].value = False
    shown._method.value = "nearest"
    assert session.rules.grouping.max_distance_km == 3.0
    shown._solve.click()
    session.jobs.settle()
    assert session.rules.grouping.max_distance_km == 8.0
    assert "host" not in session.rules.grouping.facilities
    assert session.board.grouping.status == "by_hand"
    assert not (session.board.grouping.assignment["facility_kind"] == "host").any()


def test_a_street_is_shown_closer(panel, session) -> None:
    shown = panel("branches")
    city = shown._map.picture.value
    shown._street.value = session.board.streets[0]
    assert shown._map.picture.value != city
    here = set(session.register.index[session.register["street"] == session.board.streets[0]])
    assert {option.split()[0] for option in shown._organization.options} <= here


def files_in(html: str) -> dict[str, bytes]:
    found = re.findall(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', html)
    return {name: base64.b64decode(content) for name, content in found}


def test_states_are_kept_compared_and_saved(panel, session, tmp_path) -> None:
    shown = panel("compare")
    assert shown._compare.disabled
    shown._name.value = "as it is"
    shown._keep.click()
    session.change({"committee.every_weeks": 4})
    session.jobs.settle()
    shown._keep.click()
    assert [name for name, _ in shown._which.options] == ["as it is", "state 2"]
    shown._compare.click()
    session.jobs.settle()
    comparison = shown.state.comparison
    answers = [state.answer.expected["organization"] for state in session.kept.values()]
    assert comparison.table.loc["state 2", "gain"] == pytest.approx(answers[1] - answers[0])
    assert comparison.summary().splitlines()[0] in shown._found.value
    assert shown._picture.layout.display == ""
    files = files_in(shown._files.value)
    assert set(files) == {"as_it_is.yaml", "state_2.yaml"}
    (tmp_path / "s.yaml").write_bytes(files["state_2.yaml"])
    assert read_scenario(tmp_path / "s.yaml").committee.every_weeks == 4
    shown._which.value = "as it is"
    shown._do["go_back"].click()
    session.jobs.settle()
    assert session.rules.committee.every_weeks == 1
    shown._do["drop"].click()
    assert shown.state.comparison is None
    assert shown._compare.disabled
    shown.state.compare()
    assert "two" in session.message.words


def test_the_gap_is_drawn_and_taken_away(panel, session) -> None:
    shown = panel("gap")
    shown._explain.click()
    assert shown._explain.disabled
    session.jobs.settle()
    assert shown._picture.layout.display == ""
    assert shown._picture.tooltip == session.gap.summary()
    session.share_out("equal")
    assert shown._picture.layout.display == "none"
    assert session.gap is None


def test_results_are_taken_away_as_files(panel, session, tmp_path) -> None:
    shown = panel("files")
    shown._name.value = "our plan/1"
    shown._prepare.click()
    session.jobs.settle()
    assert session.message is None, session.message.words
    files = files_in(shown._links.value)
    assert list(files) == ["our_plan_1.html", "our_plan_1.xlsx", "our_plan_1.yaml"]
    report = files["our_plan_1.html"].decode("utf-8")
    assert f"{session.answer.expected['organization']:.1%}" in report
    book = openpyxl.load_workbook(io.BytesIO(files["our_plan_1.xlsx"]), read_only=True)
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert session.answer.probability["organization"].value in cells
    (tmp_path / "s.yaml").write_bytes(files["our_plan_1.yaml"])
    assert read_scenario(tmp_path / "s.yaml").name == "our plan/1"
    made = shown.state.files
    session.speak("zh")  # what was made speaks the other language
    assert files_in(shown._links.value) == {}
    shown.state.files = made
    session.signals.tell("files")
    assert list(files_in(shown._links.value)) == list(files)
    session.move(session.board.streets[0], 0)
    assert shown._links.value == ""


def upload(shown, name: str, content: bytes, button: str = "_upload") -> None:
    when = datetime(2027, 8, 1, tzinfo=UTC)
    file = {"name": name, "type": "", "size": len(content), "content": memoryview(content), "last_modified": when}
    getattr(shown, button).value = (file,)


def test_a_register_is_uploaded(panel, session, hamlet, tmp_path) -> None:
    write_register(hamlet.iloc[10:], tmp_path / "a.csv")
    shown = panel("files")
    upload(shown, "../../my city.csv", (tmp_path / "a.csv").read_bytes())
    session.jobs.settle()
    assert session.message is None, session.message.words
    assert len(session.register) == len(hamlet) - 10
    assert session.rules.register_path == "my city.csv"
    assert "80" in shown._open.value
    assert shown._upload.value == ()


def test_a_saved_scenario_is_opened_again(panel, session) -> None:
    session.change({"committee.agenda": 2})
    session.jobs.settle()
    session.move(session.board.streets[1], 5)
    saved, answer = session.yaml_of(session.as_scenario("mine")).encode("utf-8"), session.answer
    session.share_out("equal")
    shown = panel("files")
    upload(shown, "mine.yaml", saved, "_scenario")
    session.jobs.settle()
    assert session.rules.name == "mine"
    assert session.answer.instructors == answer.instructors
    assert session.answer.probability == answer.probability
    upload(shown, "odd.yaml", b"committee: {agenda: many}", "_scenario")
    session.jobs.settle()
    assert "odd.yaml" in session.message.words
    assert session.rules.name == "mine"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_broken_upload_is_told_in_the_status_line(panel, frame, session, language) -> None:
    frame._language.value = language
    shown = panel("files")
    upload(shown, "broken.csv", b"org_id,street,full_members,has_branch\nA,<b>S</b>,-1,no\nA,S,1,perhaps\n")
    session.jobs.settle()
    words = frame._words.value
    assert 'class="fault"' in words
    for part in ("broken.csv", "-1", "perhaps", "full_members"):
        assert part in words
    assert "<b>" not in words
    assert ("cannot be used" in words) == (language == "en")
    upload(shown, "notes.txt", b"hello")
    session.jobs.settle()
    assert ".txt" in frame._words.value


def test_names_from_a_register_are_text_everywhere(hamlet, small_rules) -> None:
    evil = '<img src=x onerror="alert(1)">'
    register = check_register(
        hamlet.assign(name=evil, street=hamlet["street"].replace({hamlet["street"].iloc[0]: "<script>s<|script>"}))
    )
    view = planner(small_rules, register, language="en", replications=REPLICATIONS, seed=SEED)
    frame = view.planner
    frame.session.keep(evil)
    for name in PANELS:
        frame.open_panel(name)
    unit = str(frame.session.board.grouping.assignment["org_id"].iloc[0])
    frame.open_panel("branches")
    frame.panels["branches"]._organization.value = unit

    def html_of(widget) -> list[str]:
        own = [widget.value] if type(widget).__name__ == "HTML" else []
        return own + [word for child in getattr(widget, "children", ()) for word in html_of(child)]

    for name in PANELS:
        frame.open_panel(name)
        page = "".join(html_of(frame.view))
        assert "<script" not in page
        assert "<img" not in page


def test_the_frame_says_what_runs_and_stops_it(frame, session) -> None:
    session.optimise()
    assert 'class="note busy"' in frame._words.value
    assert frame._stop.layout.display == ""
    frame._stop.click()
    session.jobs.settle()
    assert session.jobs.running == ()
    assert frame._stop.layout.display == "none"


def test_a_cell_gives_the_panels_asked_for_and_shows_errors_in_place(hamlet, small_rules, tmp_path) -> None:
    view = planner(small_rules, hamlet, panels=["gap"], language="en", replications=20)
    assert view.planner._nav.layout.display == "none"
    assert view.planner.session.ready
    with pytest.raises(ValueError, match="nonsense"):
        planner(small_rules, hamlet, panels=["nonsense"])
    with in_language("zh"):
        view = planner(tmp_path / "not_there.yaml", wait=True)
    assert view.planner.session.language == "zh"
    assert "not_there.yaml" in view.planner._words.value
    for name in PANELS:
        view.planner.open_panel(name)


@pytest.mark.parametrize("page", ["coming", "later"])
def test_a_page_is_told_nothing_before_it_says_that_it_is_there(hamlet, small_rules, page) -> None:
    frame = planner(small_rules, hamlet, replications=40, language="en", wait=True, page=page).planner
    session = frame.session
    assert [job.name for job in session.jobs.running] == ([] if page == "coming" else ["open"])
    with in_language("en"):
        assert text("panel.opening") in frame._strip.value
        assert not session.ready
        assert frame._here in frame.view.children
        frame._here.value = "1234.5"
        session.jobs.settle()
        assert session.ready
        assert text("term.ceiling") in frame._strip.value
    answer = session.answer
    frame._here.value = "2345.6"  # it may say so more than once
    session.jobs.settle()
    assert session.answer is answer


def test_days_are_counted_from_today(session) -> None:
    from workbench.views.panels.reach import days_left

    calendar = session.board.calendar
    with in_language("en"):
        session.today = date(2027, 8, 30)
        assert days_left(session, calendar).startswith("2 working days")
        session.today = date(2027, 9, 1)
        assert "passed" in days_left(session, calendar)
        session.today = date(2027, 7, 14)
        assert "in 1 day; until" in days_left(session, calendar)


def test_a_change_is_marked_by_sign_not_by_colour_alone() -> None:
    assert "+1.2" in pieces.change(0.012)
    assert "−1.2" in pieces.change(-0.012)
    assert "±0.0" in pieces.change(0.0004)
