"""The review on the panels: a campaign under way handed in, reviewed, looked at, taken away."""

from __future__ import annotations

import base64
import io
import re
import sys
import zipfile
from datetime import UTC, date, datetime
from html import unescape

import pytest

from tests.sessions import REPLICATIONS, SEED
from tests.unit.views.panels.words import of_files
from workbench.inputs import make_city, write_register
from workbench.jobs import review
from workbench.labels import in_language, text
from workbench.simulation import simulate
from workbench.simulation.tracing import weekly_registers
from workbench.views.panels.planner import Planner
from workbench.views.review import sentences, tables

BEFORE, TODAY = date(2027, 8, 13), date(2027, 8, 20)


@pytest.fixture(scope="session")
def weeks(hamlet, small_rules, small_grouping):
    """The hamlet's campaign on two Fridays, as one replication has it."""
    return weekly_registers(hamlet, small_rules, small_grouping, days=[BEFORE, TODAY], replication=5)


@pytest.fixture(scope="session")
def files(weeks, hamlet, small_rules, small_grouping, tmp_path_factory) -> dict[str, bytes]:
    """What an office has by then: both registers, and what the plan came to."""
    folder = tmp_path_factory.mktemp("weeks")
    made = {day: write_register(weeks[day], folder / f"register_{day}.csv") for day in weeks}
    plan = simulate(hamlet, small_rules, small_grouping, replications=REPLICATIONS).save(folder / "outcome.nc")
    return {path.name: path.read_bytes() for path in (*made.values(), plan)}


@pytest.fixture(scope="session")
def reviewed(weeks, hamlet, small_rules, small_grouping):
    """The later week's review, as the first test's panel finds it."""
    plan = simulate(hamlet, small_rules, small_grouping, replications=REPLICATIONS)
    return review(
        weeks[TODAY], small_rules, None, TODAY, plan=plan, previous=weeks[BEFORE], since=BEFORE,
        replications=REPLICATIONS, seed=SEED,
    )  # fmt: skip


@pytest.fixture
def at_once(reviewed, monkeypatch):
    """Whatever is asked for is the later week's review, for tests of what is done with one."""
    monkeypatch.setattr(sys.modules["workbench.jobs.review"], "review", lambda *_, **__: reviewed)


@pytest.fixture
def shown(session):
    frame = Planner(session)
    frame.open_panel("review")
    return frame.panels["review"]


def upload(shown, part: str, name: str, content: bytes) -> None:
    at = datetime(2027, 8, 1, tzinfo=UTC)
    sent = {"name": name, "type": "", "size": len(content), "last_modified": at, "content": memoryview(content)}
    shown._uploads[part].value = [sent]
    shown.session.jobs.settle()


def press(shown, name: str) -> None:
    assert not shown._do[name].disabled
    shown._do[name].click()
    shown.session.jobs.settle()


def plain(*html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", each)) for each in html)


def whole(shown) -> str:
    return plain(shown._answer.value, *(part.value for part in shown._said.values()))


def test_a_register_handed_in_is_reviewed_as_the_package_reviews_it(shown, session, files, reviewed) -> None:
    upload(shown, "register", f"register_{TODAY}.csv", files[f"register_{TODAY}.csv"])
    upload(shown, "previous", f"register_{BEFORE}.csv", files[f"register_{BEFORE}.csv"])
    upload(shown, "plan", "outcome.nc", files["outcome.nc"])
    assert session.message is None
    assert shown._day.value == TODAY
    for name in files:
        assert name in shown._of.value
    press(shown, "review")
    found = shown.state.found
    assert found.forecast.dataset.equals(reviewed.forecast.dataset)
    assert found.score.planned
    assert found.score.table.equals(reviewed.score.table)
    for language in ("en", "zh", "en"):
        session.speak(language)
        with in_language(language):
            wanted = reviewed
            said = whole(shown)
            assert of_files(shown.view, but=tuple(files)) == []
            for line in (sentences.outlook(wanted), sentences.progress(wanted), *sentences.behind(wanted),
                         *sentences.helping(wanted), *sentences.moving(wanted), *sentences.filing(wanted)):  # fmt: skip
                assert line in said
            for row in tables.progress_table(wanted).rows():
                assert all(cell in said for cell in row)
            assert shown._pictures["fan"].tooltip.startswith(sentences.outlook(wanted))
            assert shown._pictures["states"].tooltip == sentences.progress(wanted)
            for picture in shown._pictures.values():
                assert bytes(picture.value[:4]) == b"\x89PNG"
                assert picture.layout.display == ""


@pytest.mark.usefixtures("at_once")
def test_notice_report_and_workbook_are_taken_away_in_the_language_in_use(shown, session, files) -> None:
    upload(shown, "register", f"register_{TODAY}.csv", files[f"register_{TODAY}.csv"])
    assert shown._do["review_files"].disabled
    press(shown, "review")
    press(shown, "review_files")
    found = dict(re.findall(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', shown._files.value))
    assert set(found) == {"notice.docx", "review.docx", "review.xlsx", "review.zip"}
    notice = zipfile.ZipFile(io.BytesIO(base64.b64decode(found["notice.docx"])))
    with in_language("en"):
        title = text("notice.title", date="20 August")
    assert title in re.sub(r"<[^>]+>", "", notice.read("word/document.xml").decode())
    names = zipfile.ZipFile(io.BytesIO(base64.b64decode(found["review.zip"]))).namelist()
    assert {"notice.html", "review.html", "forecast.nc", "figures/fan.png"} <= set(names)
    session.speak("zh")  # they were English
    assert shown._files.value == ""


def test_the_open_register_is_reviewed_where_it_is_dated(session, weeks, files, shown, tmp_path) -> None:
    with in_language("en"):
        assert text("panel.review_undated") in plain(shown._of.value)  # nothing has been done in it
    assert shown._day.value is None
    shown._do["review"].click()
    with in_language("en"):
        assert session.message.words == text("panel.review_no_day")
    path = tmp_path / "this week.csv"
    path.write_bytes(files[f"register_{TODAY}.csv"])
    session.open_register(path)
    session.jobs.settle()
    for language in ("zh", "en"):  # the page that reviews is named, and no command
        with in_language(language):
            assert text("panel.page_of", name=text("panel.name_review")) in session.message.words
            assert "workbench " not in session.message.words
    latest = weeks[TODAY][["branch_on", "filed_on", "approved_on", "attempt_on", "surveyed_on"]].max().max().date()
    assert BEFORE < latest <= shown._day.value <= TODAY
    with in_language("en"):
        assert text("panel.review_open", name="this week.csv") in plain(shown._of.value)


@pytest.mark.usefixtures("at_once")
def test_what_it_was_made_of_takes_it_away(shown, session, files) -> None:
    upload(shown, "register", f"register_{TODAY}.csv", files[f"register_{TODAY}.csv"])
    press(shown, "review")
    assert shown._whole.layout.display == ""
    shown._day.value = date(2027, 8, 18)
    assert shown.state.found is None
    assert shown._whole.layout.display == "none"
    press(shown, "review")
    session.move(session.board.responsible_units[0], 0)
    assert shown.state.found is None
    shown._do["review"].click()
    shown._do["review_back"].click()  # while it is being worked out
    session.jobs.settle()
    assert shown.state.found is None
    assert shown.state.own is None


@pytest.mark.parametrize("day", [date(2027, 7, 1), date(2029, 1, 1)])
def test_a_day_outside_the_campaign_is_refused(shown, session, files, day) -> None:
    upload(shown, "register", f"register_{TODAY}.csv", files[f"register_{TODAY}.csv"])
    shown._day.value = day
    assert session.message.level == "fault"
    assert str(day.year) in session.message.words
    assert shown._day.value == TODAY


def test_a_day_long_after_the_register_is_told(shown, files) -> None:
    upload(shown, "register", f"register_{BEFORE}.csv", files[f"register_{BEFORE}.csv"])
    shown._day.value = date(2027, 8, 30)
    with in_language("en"):
        assert text("panel.review_gap", latest="13 August 2027") in plain(shown._of.value)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("part", "name", "content"),
    [("register", "x.csv", b"a,b\n1,2\n"), ("register", "x.xlsx", b"no workbook"), ("plan", "outcome.nc", b"nothing"),
     ("previous", "x.parquet", b""), ("plan", "../../etc/outcome.nc", b"\x89HDF\r\n\x1a\n")],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_our_words(shown, session, part, name, content, language) -> None:
    session.speak(language)
    upload(shown, part, name, content)
    assert session.message.level == "fault"
    said = session.message.words
    with in_language(language):
        assert text("panel.unexpected", kind="", message="").split("{")[0][:12] not in said, said
    assert "Traceback" not in said
    assert "/" not in said.replace(" / ", ""), said
    assert not shown.state.handed_in


def test_a_plan_of_another_city_is_refused(shown, session, files, small_rules, tmp_path) -> None:
    other = simulate(make_city(60, 2, seed=9), small_rules, False, replications=20).save(tmp_path / "outcome.nc")
    upload(shown, "register", f"register_{TODAY}.csv", files[f"register_{TODAY}.csv"])
    upload(shown, "plan", "outcome.nc", other.read_bytes())
    press(shown, "review")
    assert session.message.level == "fault"
    with in_language("en"):
        assert text("error.review") in session.message.words
    assert shown.state.found is None


def test_it_is_reviewed_by_the_rules_there_are_or_by_the_plan_s(shown, session, files, small_rules) -> None:
    session.change({"targets.organization": 0.45})
    session.jobs.settle()
    upload(shown, "register", f"register_{TODAY}.csv", files[f"register_{TODAY}.csv"])
    press(shown, "review")
    assert shown.state.found.scenario.targets.organization == 0.45
    with in_language("en"):
        assert "45%" in plain(shown._answer.value)
    upload(shown, "plan", "outcome.nc", files["outcome.nc"])
    assert shown.state.found is None
    assert shown.state.rules == small_rules


def test_instructors_that_were_moved_count_and_strange_pins_do_not(session, hamlet, weeks) -> None:
    unit = session.board.responsible_units[0]
    session.move(unit, 0)
    assert session.rules_for(weeks[TODAY]).instructors.by_responsible == session.instructors
    strange = make_city(60, 3, seed=9)
    assert session.rules_for(strange).instructors.by_responsible == {}


def test_a_register_without_places_is_reviewed_without_joint_branches(shown, session, weeks, tmp_path) -> None:
    bare = weeks[TODAY].assign(x=float("nan"), y=float("nan"), lon=float("nan"), lat=float("nan"))
    path = write_register(bare, tmp_path / f"register_{TODAY}.csv")
    upload(shown, "register", path.name, path.read_bytes())
    press(shown, "review")
    assert shown.state.found is not None, session.message.words
    assert session.rules.grouping.facilities  # of the open plan nothing changes


def test_the_last_week_s_is_the_final_summary(shown, session, files, hamlet, small_rules, small_grouping) -> None:
    upload(shown, "register", f"register_{TODAY}.csv", files[f"register_{TODAY}.csv"])
    shown._day.value = small_rules.calendar.deadline
    press(shown, "review")
    assert shown.state.found.over
    press(shown, "review_files")
    assert 'download="summary.docx"' in shown._files.value
