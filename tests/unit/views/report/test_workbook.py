"""The workbook: what goes in comes out, text is text, and the same plan gives the same bytes."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pandas as pd
import pytest

import workbench as wb
from workbench.errors import StoreError
from workbench.labels import in_language, text
from workbench.views.files.exports import write_table
from workbench.views.formats.xlsx import workbook_bytes
from workbench.views.report import tables
from workbench.views.report.workbook import plan_sheets, write_workbook


@pytest.fixture
def book(small_plan, either_language, tmp_path):
    return openpyxl.load_workbook(write_workbook(small_plan, tmp_path / "plan.xlsx"))


def rows_of(sheet) -> list[dict]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_sheets_are_named_in_the_language(book):
    names = ("answer", "grouping", "left_out", "instructors", "moves", "streets", "dates", "cases", "parameters")
    assert book.sheetnames == [text(f"sheet.{name}") for name in names]


def test_headers_stay_in_sight_and_columns_can_be_filtered(book):
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        if sheet.max_row > 1:
            assert sheet.auto_filter.ref == sheet.dimensions


def test_names_of_the_register_stay_text(book, small_plan):
    """Neither formula nor link nor number: the very names, as strings."""
    sheet = book[text("sheet.cases")]
    place = [cell.value for cell in sheet[1]].index(text("column.name"))
    cells = [row[place] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    leads = small_plan.outcome.cases.index
    assert {cell.value for cell in cells} == {tables.name_of(small_plan.register, lead) for lead in leads}
    for page in book:
        assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]


def test_every_unit_is_with_its_group(book, small_plan):
    rows = rows_of(book[text("sheet.grouping")])
    ids, facility = text("column.org_id"), text("column.facility_id")
    written = {(row[ids], row[facility]) for row in rows}
    given = small_plan.grouping.assignment
    assert written == set(zip(given["org_id"], given["facility_id"], strict=True))
    numbers = {row[facility]: row[text("column.group")] for row in rows}
    assert sorted(numbers.values()) == list(range(1, len(small_plan.grouping.groups) + 1))


def test_units_left_out_have_a_reason(book, small_plan):
    rows = rows_of(book[text("sheet.left_out")])
    assert [row[text("column.org_id")] for row in rows] == small_plan.grouping.left_out["org_id"].to_list()
    assert all(row[text("column.reason")] and "_" not in row[text("column.reason")] for row in rows)


def test_numbers_are_numbers_with_their_format(book, small_plan):
    sheet = book[text("sheet.streets")]
    rows = rows_of(sheet)
    assert sum(row[text("column.organizations")] for row in rows) == small_plan.outcome.total
    place = [cell.value for cell in sheet[1]].index(text("column.ceiling"))
    assert {row[place].number_format for row in sheet.iter_rows(min_row=2)} == {"0.0%"}
    answer = {row[0]: row[1] for row in book[text("sheet.answer")].iter_rows(min_row=2, values_only=True)}
    assert answer[text("figure_of.ceiling")] == pytest.approx(small_plan.gap.ceiling)
    assert answer[text("figure_of.seed")] == 1


def test_moves_lead_from_now_to_recommended(book, small_plan):
    change = dict.fromkeys(small_plan.allocation.instructors.index, 0)
    for row in rows_of(book[text("sheet.moves")]):
        for column, sign in (("from", -1), ("to", 1)):
            street = row[text(f"column.{column}")]
            if street in change:
                change[street] += sign * row[text("column.count")]
    allocation = small_plan.allocation
    assert change == (allocation.instructors - allocation.start).to_dict()


def test_dates_of_formation_are_dates(book, small_plan):
    days = [row[text("column.formed_median")] for row in rows_of(book[text("sheet.cases")])]
    known = [day.date() for day in days if day is not None]
    assert known
    assert date(2027, 8, 1) < min(known) <= max(known) <= date(2027, 8, 31)
    assert len(known) == small_plan.outcome.cases["formed_q50"].notna().sum()


def test_the_same_plan_gives_the_same_bytes(small_plan):
    with in_language("zh"):
        first, second = (workbook_bytes(plan_sheets(small_plan), date(2027, 7, 15)) for _ in range(2))
    assert first == second
    assert openpyxl.load_workbook(io.BytesIO(first)).properties.created.date() == date(2027, 7, 15)


# --- Single tables --------------------------------------------------------------------------------------------


def test_a_table_in_csv_carries_no_formula(tmp_path):
    table = pd.DataFrame({"name": ["=1+1", "+2", "-3", "@x", "\tx", "plain", "有名"], "count": [-1, 2, 3, 4, 5, 6, 7]})
    back = pd.read_csv(write_table(table, tmp_path / "t.csv"), dtype={"name": str})
    assert back["name"].to_list() == ["'=1+1", "'+2", "'-3", "'@x", "'\tx", "plain", "有名"]
    assert back["count"].to_list() == table["count"].to_list()


def test_a_table_in_xlsx_keeps_its_text(tmp_path):
    table = pd.DataFrame({"name": ["=1+1", "007"], "count": [1, 2]})
    sheet = openpyxl.load_workbook(write_table(table, tmp_path / "t.xlsx")).active
    assert list(sheet.iter_rows(values_only=True)) == [("name", "count"), ("=1+1", 1), ("007", 2)]
    assert [row[0].data_type for row in sheet.iter_rows(min_row=2)] == ["s", "s"]


def test_another_ending_is_refused(tmp_path):
    with in_language("en"), pytest.raises(StoreError, match=r"ends in \.doc; it can be one of: \.csv, \.xlsx"):
        write_table(pd.DataFrame({"a": [1]}), tmp_path / "t.doc")


def test_a_made_up_city_comes_back_from_every_kind_of_file(tmp_path):
    from workbench.views.files.city import write_city

    made = wb.make_city(60, 4, seed=5)
    for ending in (".csv", ".xlsx", ".parquet"):
        path = write_city(tmp_path / f"city{ending}", {"organizations": 60, "streets": 4, "seed": 5})
        pd.testing.assert_frame_equal(wb.read_register(path), made)
