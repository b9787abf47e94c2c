"""Ledgers on the panels: uploaded, seen through, settled, planned with, taken away."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import openpyxl
import pytest

from tests.unit.views.panels.words import of_files
from workbench.labels import in_language, text
from workbench.views.panels.planner import Planner
from workbench.views.panels.uploads import LONGEST_FILE_NAME, file_name, received

DEMO = Path(__file__).resolve().parents[4] / "data" / "demo_ledgers"
TOTALS = "单位名称,镇街,党员总数,是否建立党组织\n甲协会,东街,3,是\n乙商会,东街,2,否\n丙学会,西街,0,否\n"


@pytest.fixture
def shown(session):
    frame = Planner(session)
    frame.open_panel("ledger")
    return frame.panels["ledger"]


def upload(shown, files: dict[str, bytes]) -> None:
    at = datetime(2027, 8, 1, tzinfo=UTC)
    shown._upload.value = [
        {"name": name, "type": "", "size": len(content), "last_modified": at, "content": memoryview(content)}
        for name, content in files.items()
    ]
    shown.session.jobs.settle()


def links(html: str) -> dict[str, bytes]:
    found = re.findall(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', html)
    return {name: base64.b64decode(data) for name, data in found}


def test_a_header_is_settled_and_the_ledger_planned_with(shown, session) -> None:
    upload(shown, {"镇街台账.csv": TOTALS.encode()})
    assert shown._do["go_on"].disabled
    assert "党员总数" in shown._mapping.value
    with in_language("en"):
        assert escape(text("fault.members_ambiguous.rule", header="党员总数")) in shown._findings.value
        assert text("check.list.fault") in shown._findings.value
    assert shown._header.value == "党员总数"  # what is not sure is asked first
    for language in ("zh", "en"):
        session.speak(language)
        assert of_files(shown.view) == []
    shown._column.value = "full_members"
    shown._do["settle"].click()
    session.jobs.settle()
    assert not shown._do["go_on"].disabled
    shown._do["go_on"].click()
    session.jobs.settle()
    assert list(session.register["full_members"]) == [3, 2, 0]
    assert session.register_name == "镇街台账.csv"


def test_several_are_put_together_and_each_can_be_looked_at(shown, session) -> None:
    files = {path.name: path.read_bytes() for path in sorted(DEMO.iterdir()) if path.suffix in (".xlsx", ".csv")}
    upload(shown, files)
    assert [value for _, value in shown._which.options] == list(shown.state.read)
    assert shown._which.layout.display == ""
    for name in shown.state.read:
        shown._which.value = name
        assert name in shown._verdict.value
        for language in ("zh", "en"):
            session.speak(language)
            assert of_files(shown.view, but=tuple(files)) == []
    shown._do["ledger_files"].click()
    session.jobs.settle()
    (archive,) = links(shown._links.value).values()
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert "register.csv" in names
    assert any(name.startswith("send_back/") for name in names)


def test_the_marked_copy_of_one_is_taken_away_until_it_is_read_anew(shown, session) -> None:
    upload(shown, {"镇街台账.csv": TOTALS.encode()})
    shown._do["ledger_files"].click()
    session.jobs.settle()
    files = links(shown._links.value)
    book = next(content for name, content in files.items() if name.endswith(".xlsx"))
    assert len(openpyxl.load_workbook(io.BytesIO(book)).sheetnames) == 2
    shown._do["settle"].click()
    session.jobs.settle()
    assert links(shown._links.value) == {}


def test_what_is_no_ledger_is_told_in_its_place(shown, session) -> None:
    upload(shown, {"a.xlsx": b"nothing of the kind"})
    assert "a.xlsx" in shown._verdict.value
    assert shown._do["go_on"].disabled
    assert shown._mapping.value == ""
    upload(shown, {"<b>.csv": TOTALS.replace("甲协会", "<i>甲</i>").encode(), "b.csv": b"x\n1\n"})
    every = shown._verdict.value + shown._mapping.value + shown._findings.value + shown._units.value
    assert "<i>" not in every
    assert "<b>.csv" not in every


@pytest.mark.parametrize(
    "given", ["../../etc/passwd.csv", "..", "", "/", "a\\..\\b.xlsx", "名" * 300 + ".xlsx", "\n.csv"]
)
def test_a_strangers_name_for_a_file_leads_nowhere(given, tmp_path) -> None:
    name = file_name(given, "ledger.xlsx")
    assert len(name.encode()) <= LONGEST_FILE_NAME + 12
    assert (tmp_path / name).resolve().parent == tmp_path.resolve()
    (tmp_path / name).write_bytes(b"")


def test_two_files_of_one_name_are_both_read() -> None:
    files = [
        {"name": "a/x.csv", "content": b"1"},
        {"name": "b/X.csv", "content": b"2"},
        {"name": "x.csv", "content": b"3"},
    ]
    assert received(files, "ledger.xlsx") == {"x.csv": b"1", "X_2.csv": b"2", "x_3.csv": b"3"}
