"""The workbook: what goes in comes out, text is text, and the same plan gives the same bytes."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pandas as pd
import pytest

import workbench as wb
from workbench.errors import StoreError
from workbench.labels import in_language, text
from workbench.views.files.exports import write_table
from workbench.views.formats.terminal import width
from workbench.views.formats.xlsx import Sheet, workbook_bytes
from workbench.views.report import tables
from workbench.views.report.workbook import plan_sheets, write_workbook

SHEETS = (
    "cover", "tasks", "mass", "by_responsible", "by_street", "by_supervisor", "lights", "overdue", "grouping",
    "left_out", "assignment", "instructors", "moves", "calendar", "dates", "measures", "packages", "parameters",
)  # fmt: skip


@pytest.fixture(scope="module")
def books(small_plan, tmp_path_factory):
    """The workbook in either language, written once: tests only read it."""

    def written(language: str):
        with in_language(language):
            return openpyxl.load_workbook(write_workbook(small_plan, tmp_path_factory.mktemp(language) / "plan.xlsx"))

    return {language: written(language) for language in ("en", "zh")}


@pytest.fixture
def book(books, either_language):
    return books[either_language]


class Read:
    """A sheet as it was read back: its title, its rows by heading, its row of totals."""

    def __init__(self, sheet) -> None:
        lines = list(sheet.iter_rows(values_only=True))
        self.title, self.facts = lines[0][0], lines[1][0]
        filtered = sheet.auto_filter.ref
        last = openpyxl.utils.cell.range_boundaries(filtered)[3] if filtered else 3
        # Chinese headings say where they break.
        self.head = [each and each.replace("\n", "") for each in lines[2]]
        self.rows = [dict(zip(self.head, line, strict=True)) for line in lines[3:last]]
        below = lines[last] if len(lines) > last else None
        self.total = dict(zip(self.head, below, strict=True)) if below and below[0] == text("brief.total") else None

    def column(self, key: str) -> list:
        return [row[text(f"column.{key}")] for row in self.rows]


def read(book, name: str) -> Read:
    return Read(book[text(f"sheet.{name}")])


def test_sheets_are_named_in_the_language(book):
    assert book.sheetnames == [text(f"sheet.{name}") for name in SHEETS]


def test_every_sheet_is_built_to_be_handed_on(book, small_plan):
    """Title, who reports, frozen and filtered headings, A4 landscape, one page wide."""
    for sheet in book.worksheets[1:]:
        assert sheet["A1"].value
        assert small_plan.scenario.label in sheet["A2"].value
        assert sheet.freeze_panes == "A4"
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$3:$3"
        for cell in sheet[3]:
            if cell.value and sheet.max_row > 4:
                below = sheet.cell(row=4, column=cell.column)
                assert cell.alignment.horizontal == below.alignment.horizontal


def printed(page) -> int:
    """How many columns are printed, from the first."""
    _, _, last, _ = openpyxl.utils.cell.range_boundaries(page.print_area.split("!")[1].replace("$", ""))
    return last


def test_no_sentence_widens_the_page_that_is_printed(book):
    """What runs on over the table would print the sheet smaller: it breaks, and its row has room for every line."""
    for sheet in book.worksheets[1:]:
        last, wide = printed(sheet), 0.0
        for columns in sheet.column_dimensions.values():
            wide += columns.width * max(min(columns.max, last) - columns.min + 1, 0)
        wide += 9 * max(last - max(columns.max for columns in sheet.column_dimensions.values()), 0)
        merged = {area.min_row: area for area in sheet.merged_cells.ranges}
        alone = [row[0] for row in sheet.iter_rows(min_row=2, max_col=1) if row[0].row in merged]
        assert alone[0].row == 2
        for cell in alone:
            assert merged[cell.row].max_col == last
            assert cell.alignment.wrap_text
            assert 0.9 * width(cell.value) <= wide * (sheet.row_dimensions[cell.row].height or 15) / 15


def test_tasks_are_printed_large_enough_to_read(book):
    """A4 landscape holds some 145 letters at full size: nine points at the least, with the columns that tell a task."""
    page = book[text("sheet.tasks")]
    last = printed(page)
    headings = [cell.value.replace("\n", "") for cell in page[3][:last]]
    assert {text(f"column.{name}") for name in ("names", "kind", "responsible", "person", "due", "sure")} <= {*headings}
    letters = [openpyxl.utils.get_column_letter(place) for place in range(1, last + 1)]
    assert sum(page.column_dimensions[letter].width for letter in letters) < 145 * 11 / 9


def test_names_of_the_register_stay_text(book, small_plan):
    """Neither formula nor link nor number: the very names, as strings."""
    found = {*read(book, "tasks").column("lead"), *read(book, "mass").column("lead")}
    leads = small_plan.outcome.cases.index
    assert found == {tables.name_of(small_plan.register, lead) for lead in leads}
    for page in book:
        assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_the_cover_fills_in_the_plans_second_paragraph(book, small_plan):
    """Every blank, counted anew from the register."""
    register = small_plan.register
    free = ~register["has_branch"]
    members = register["full_members"]
    counts = [
        len(register), members.sum(), register["has_branch"].sum(), (free & (members >= 3)).sum(),
        (free & (members == 2)).sum(), (free & (members == 1)).sum(), (free & (members == 0)).sum(),
    ]  # fmt: skip
    said = [row[0] for row in book.worksheets[0].iter_rows(values_only=True) if row[0]]
    paragraph = next(line for line in said if f"{counts[1]:,}" in line and f"{counts[0]:,}" in line)
    for count in counts:
        assert f"{count:,}" in paragraph
    assert "60%" in paragraph
    assert "100%" in paragraph
    assert said[-1].endswith(text("sheet.parameters"))


def test_every_task_is_there_once_with_what_the_outcome_says_of_it(book, small_plan):
    cases = small_plan.outcome.cases
    branches, mass = read(book, "tasks"), read(book, "mass")
    ids = [*branches.column("case"), *mass.column("case")]
    assert sorted(ids) == sorted(cases.index)
    assert {cases.loc[each, "kind"] for each in mass.column("case")} <= {"outreach"}
    assert "outreach" not in {cases.loc[each, "kind"] for each in branches.column("case")}
    for row in branches.rows:
        case = cases.loc[row[text("column.case")]]
        sure = row[text("column.sure")]
        assert sure == pytest.approx(case["p_formed"])
        assert row[text("column.responsible")] == case["responsible"]
        assert row[text("column.light")] == text(
            "light.blue" if sure >= 0.9 else "light.yellow" if sure >= 0.5 else "light.red"
        )
        assert row[text("column.person")] is None
        dates = small_plan.dates.table.loc[(case["responsible"], case["kind"])]
        opens = pd.Timestamp(small_plan.scenario.calendar.formation_opens)
        due = next((dates[level] for level in ("filing_90", "filing_50") if dates[level] >= opens), pd.NaT)
        assert row[text("column.due")] == (None if pd.isna(due) else due.to_pydatetime())
    orgs = small_plan.outcome.organizations
    in_branches = orgs[orgs["kind"].isin([kind for kind in cases["kind"].unique() if kind != "outreach"])]
    assert branches.total[text("column.members_count")] == small_plan.register["full_members"][in_branches.index].sum()


@pytest.mark.parametrize("by", ["responsible", "street", "supervisor"])
def test_the_census_by_each_key_is_counted_anew(book, small_plan, by):
    found = read(book, f"by_{by}")
    register = small_plan.register
    rows = {row[text(f"column.{by}")]: row for row in found.rows}
    assert set(rows) - {text("term.none")} == set(register[by].dropna())
    expected = small_plan.outcome.breakdown(by)
    for name, part in register.groupby(by):
        row = rows[name]
        assert row[text("column.organizations")] == len(part)
        assert row[text("column.members_count")] == part["full_members"].sum()
        assert row[text("column.at_start")] == part["has_branch"].sum()
        assert row[text("column.T3")] == ((part["full_members"] >= 3) & ~part["has_branch"]).sum()
        assert row[text("column.dormant")] == part["dormant"].sum()
        assert row[text("column.expected_count")] == pytest.approx(expected.loc[name, "expected"])
        assert row[text("column.ceiling")] == pytest.approx(expected.loc[name, "ceiling"])
    assert found.total[text("column.organizations")] == len(register)
    assert found.total[text("column.coverage_share")] == pytest.approx(small_plan.outcome.expected())


def test_lights_hold_a_unit_to_what_it_can_reach(book, small_plan):
    found = read(book, "lights")
    outcome = small_plan.outcome
    last = outcome.dataset["organizations_with_branch"].isel(day=outcome.calendar.deadline_day)
    units = outcome.breakdown("responsible")
    for row in found.rows:
        name = row[text("column.responsible")]
        unit = units.loc[name]
        wanted = next(count for count in range(10**6) if count / unit["organizations"] >= 0.6)
        needed = min(wanted, unit["possible"])
        assert row[text("column.needed")] == needed
        sure = float((last.sel(responsible=name) >= needed).mean())
        assert row[text("column.sure")] == pytest.approx(sure)
        assert bool(row[text("column.capped")]) == (unit["possible"] < wanted)


def test_who_should_have_a_branch_and_has_none(book, small_plan):
    register = small_plan.register
    rows = register[(register["full_members"] >= 3) & ~register["has_branch"] & ~register["dormant"]]
    assert sorted(read(book, "overdue").column("org_id")) == sorted(rows.index)


def test_every_unit_is_with_its_group(book, small_plan):
    rows = read(book, "grouping").rows
    ids, facility = text("column.org_id"), text("column.facility_id")
    written = {(row[ids], row[facility]) for row in rows}
    given = small_plan.grouping.assignment
    assert written == set(zip(given["org_id"], given["facility_id"], strict=True))
    numbers = {row[facility]: row[text("column.group")] for row in rows}
    assert sorted(numbers.values()) == list(range(1, len(small_plan.grouping.groups) + 1))


def test_units_left_out_have_a_reason(book, small_plan):
    found = read(book, "left_out")
    assert found.column("org_id") == small_plan.grouping.left_out["org_id"].to_list()
    assert all(reason and "_" not in reason for reason in found.column("reason"))


def test_the_assignment_can_be_handed_out(book, small_plan):
    found = read(book, "assignment")
    given = small_plan.assignment.table
    pairs = zip(found.column("instructor"), found.column("org_id"), strict=True)
    assert list(pairs) == list(zip(given["instructor"], given["org_id"], strict=True))
    assert not [person for person in found.column("person") if person]


def test_moves_lead_from_now_to_recommended(book, small_plan):
    allocation = small_plan.allocation
    change = dict.fromkeys(allocation.instructors.index, 0)
    for row in read(book, "moves").rows:
        for column, sign in (("from", -1), ("to", 1)):
            unit = row[text(f"column.{column}")]
            if unit in change:
                change[unit] += sign * row[text("column.count")]
    wanted = allocation.instructors - allocation.start if small_plan.worth_moving else allocation.start * 0
    assert change == wanted.to_dict()


def test_dates_of_formation_are_dates(book, small_plan):
    days = read(book, "tasks").column("expected_on")
    known = [day.date() for day in days if day is not None]
    assert known
    assert date(2027, 8, 1) < min(known) <= max(known) <= date(2027, 8, 31)
    assert len(known) == small_plan.outcome.cases["formed_q50"].notna().sum()


def test_a_mass_organization_is_as_sure_as_somebody_is_sent(book, small_plan):
    found = read(book, "mass")
    cases = small_plan.outcome.cases
    for case, sure in zip(found.column("case"), found.column("p_dispatched"), strict=True):
        assert sure == pytest.approx(cases.loc[case, "p_dispatched"])


def test_the_same_plan_gives_the_same_bytes(small_plan):
    with in_language("zh"):
        first, second = (workbook_bytes(plan_sheets(small_plan), date(2027, 7, 15)) for _ in range(2))
    assert first == second
    assert openpyxl.load_workbook(io.BytesIO(first)).properties.created.date() == date(2027, 7, 15)


def test_a_text_longer_than_a_cell_goes_on_below():
    long = "长" * 70_000
    table = pd.DataFrame({"name": ["a", long, "b"], "count": [1, 2, 3]})
    columns = [("name", "name", "text"), ("count", "count", "whole")]
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes([Sheet("x", table, columns)], date(2027, 1, 1))))
    rows = list(book["x"].iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == [1, 2, None, None, 3]
    assert "".join(row[0] for row in rows[1:4]) == long


def test_what_xml_cannot_hold_is_told_by_its_number():
    table = pd.DataFrame({"name": ["铃\x07", "😀", "$x^2$", "<b>"]})
    book = openpyxl.load_workbook(
        io.BytesIO(workbook_bytes([Sheet("x", table, [("name", "name", "text")])], date(2027, 1, 1)))
    )
    assert [row[0] for row in book["x"].iter_rows(min_row=2, values_only=True)] == ["铃[U+0007]", "😀", "$x^2$", "<b>"]


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


def test_the_calendar_holds_every_meeting_and_every_last_day(book, small_plan):
    """Counted anew from the dates and the task list; every day of the campaign stands in it."""
    found = read(book, "calendar")
    due = [each for each in read(book, "tasks").column("due") if each is not None]
    days = found.column("date")
    assert days == sorted(set(days))
    calendar = small_plan.outcome.calendar
    assert {day.date() for day in days} >= {day.date() for day in calendar.dates(calendar.deadline_day + 1)}
    assert dict(zip(days, found.column("to_file"), strict=True)) == {day: due.count(day) for day in days}
    held = small_plan.dates.meetings["meetings"].sum()
    assert sum(found.column("meetings")) == held == found.total[text("column.meetings")]
    for count, who in zip(found.column("meetings"), found.column("who_meets"), strict=True):
        assert count == (len(who.split(text("value.and"))) if who else 0)
    assert found.total[text("column.to_file")] == len(due)
    phases = " ".join(each for each in found.column("phase") if each)
    assert text("parameter.calendar.deadline") in phases
    assert text("parameter.calendar.formation_opens") in phases


def test_a_row_of_long_texts_is_as_high_as_they_are():
    table = pd.DataFrame({"said": ["短", "很长的一段话" * 40]})
    made = workbook_bytes([Sheet("页", table, [("said", "话", "wide")], "题")], date(2027, 8, 1))
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    assert page.row_dimensions[4].height in (None, 15)
    # Forty times twelve half-widths, in a column that has the page to itself.
    assert 480 / page.column_dimensions["A"].width * 15 <= page.row_dimensions[5].height <= 12 * 15


def test_a_chinese_workbook_holds_no_english(small_plan, tmp_path):
    """But identifiers, names of the register, units, and the paths by which a scenario is changed."""
    with in_language("zh"):
        book = openpyxl.load_workbook(write_workbook(small_plan, tmp_path / "plan.xlsx"))
        path = text("column.path")
    names = {str(each) for each in (*small_plan.register["name"], *small_plan.register.index)}
    allowed = re.compile(r"PERT|km|WGS|plan\.xlsx")
    for page in book:
        heads = {cell.column: cell.value for cell in page[3]}
        for row in page.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str) or heads.get(cell.column) == path or cell.value in names:
                    continue
                words = cell.value
                for name in sorted(names, key=len, reverse=True):
                    words = words.replace(name, "")
                if page.title == "参数及依据" and heads.get(cell.column) == "依据":
                    continue  # this scenario of the test says in English where its values come from
                assert not re.search("[A-Za-z]{3,}", allowed.sub("", words)), (page.title, cell.coordinate, words)
