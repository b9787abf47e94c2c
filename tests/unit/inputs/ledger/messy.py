"""Made messy ledgers: each as an office might hand it in, with the verdict, rows and cells that are expected.

python -m tests.unit.inputs.ledger.messy FOLDER      # write them all, to look at
"""

from __future__ import annotations

import datetime
import io
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

HEAD = ["统一社会信用代码", "社会组织名称", "所在镇街", "正式党员数", "是否建立党组织"]
CODES = ["51100000500000015P"]


def line(turn: int, **changes: Any) -> list[Any]:
    """A good organization's cells under `HEAD`, by number."""
    cells = {
        "code": f"DJ-{turn:03d}",
        "name": f"岚汀第{turn}学会",
        "street": "岚汀街道",
        "members": turn % 4,
        "branch": "否",
    }
    return list((cells | changes).values())


GOOD = [line(turn) for turn in range(1, 6)]


@dataclass(frozen=True)
class Case:
    """One messy ledger.

    Attributes
    ----------
    name, suffix
        of the file.
    make
        writes it.
    verdict
        accept, findings or refuse.
    organizations
        how many are taken, where it is not refused.
    at
        (code, row, column letters) that must be among what is said.
    check
        looks at the register.
    mapping
        what a planner settled.
    """

    name: str
    make: Callable[[Path], None]
    verdict: str
    organizations: int = 5
    at: Sequence[tuple[str, int | None, str]] = ()
    check: Callable[[Any], bool] | None = None
    suffix: str = ".xlsx"
    mapping: dict[str, Any] | None = None
    only: bool = True
    tags: frozenset[str] = field(default_factory=frozenset)


def book(
    *sheets: tuple[str, Sequence[Sequence[Any]]], change: Callable[[Any], None] | None = None
) -> Callable[[Path], None]:
    """A workbook of these sheets."""

    def make(path: Path) -> None:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for name, lines in sheets:
            sheet = workbook.create_sheet(name)
            for cells in lines:
                sheet.append(list(cells))
        if change:
            change(workbook)
        workbook.save(path)

    return make


def one(*lines: Sequence[Any], change: Callable[[Any], None] | None = None) -> Callable[[Path], None]:
    """A workbook of one sheet; `change` gets the sheet."""
    return book(("台账", lines), change=(lambda workbook: change(workbook["台账"])) if change else None)


def text(
    *lines: Sequence[Any], encoding: str = "utf-8", separator: str = ",", end: str = "\r\n"
) -> Callable[[Path], None]:
    """A text file."""

    def make(path: Path) -> None:
        rows = [separator.join("" if cell is None else str(cell) for cell in cells) for cells in lines]
        path.write_bytes((end.join(rows) + end).encode(encoding))

    return make


def with_column(header: str, *cells: Any, head: Sequence[str] = HEAD) -> list[list[Any]]:
    """The good ledger with one more column; cells for its rows in turn, the last one repeated."""
    cells = (*cells, *[cells[-1]] * 5)
    return [[*head, header], *([*row, cell] for row, cell in zip(GOOD, cells, strict=False))]


def replaced(column: str, header: str | None, *cells: Any) -> list[list[Any]]:
    """The good ledger with one column's header and first cells replaced."""
    at = HEAD.index(column)
    lines = [list(HEAD), *(list(row) for row in GOOD)]
    if header is not None:
        lines[0][at] = header
    for row, cell in zip(lines[1:], cells, strict=False):
        row[at] = cell
    return lines


def without(column: str) -> list[list[Any]]:
    """The good ledger without a column."""
    at = HEAD.index(column)
    return [[cell for turn, cell in enumerate(row) if turn != at] for row in [HEAD, *GOOD]]


def merged(*ranges: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for each in ranges:
            sheet.merge_cells(each)

    return change


def formulas(cached: bool) -> Callable[[Path], None]:
    """Members by a formula, with its value or without."""

    def make(path: Path) -> None:
        with xlsxwriter.Workbook(path) as workbook:
            sheet = workbook.add_worksheet("台账")
            for turn, row in enumerate([HEAD, *GOOD]):
                sheet.write_row(turn, 0, row)
            sheet.write_formula(2, 3, "=1+1", None, 2 if cached else "")

    if cached:
        return make
    return one(HEAD, GOOD[0], [*GOOD[1][:3], "=1+1", "否"], *GOOD[2:])


def strict(path: Path) -> None:
    """The strict dialect of the standard: other namespaces."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet("台账")
        for turn, row in enumerate([HEAD, *GOOD]):
            sheet.write_row(turn, 0, row)
    with zipfile.ZipFile(buffer) as archive, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in archive.namelist():
            content = archive.read(name)
            content = content.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            out.writestr(name, content)


def patched(
    make: Callable[[Path], None], *changes: tuple[str, bytes, bytes], more: dict[str, bytes] | None = None
) -> Callable[[Path], None]:
    """A workbook with bytes of a part replaced, and parts added."""

    def patch(path: Path) -> None:
        whole = path.with_suffix(".whole")
        make(whole.with_suffix(".xlsx"))
        with (
            zipfile.ZipFile(whole.with_suffix(".xlsx")) as archive,
            zipfile.ZipFile(path.with_suffix(".tmp"), "w", zipfile.ZIP_DEFLATED) as out,
        ):
            for name in archive.namelist():
                content = archive.read(name)
                for part, old, new in changes:
                    if name == part:
                        assert old in content
                        content = content.replace(old, new)
                out.writestr(name, content)
            for name, content in (more or {}).items():
                out.writestr(name, content)
        path.with_suffix(".tmp").replace(path)

    return patch


def renamed(path: Path) -> None:
    """A workbook of today's kind under yesterday's ending."""
    one(HEAD, *GOOD)(path.with_suffix(".xlsx"))
    path.with_suffix(".xlsx").rename(path)


def hide_rows(*rows: int) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True

    return change


def two_level(sheet: Any) -> None:
    for each in ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "A1:F1"):
        sheet.merge_cells(each)


DAY = datetime.datetime(2027, 8, 5)
BRANCHED = replaced("是否建立党组织", None, *["是"] * 5)


def dated(header: str, *cells: Any) -> list[list[Any]]:
    return [[*row, cell] for row, cell in zip(BRANCHED, (header, *cells, *[None] * 5), strict=False)]


def members(register: Any) -> list[int]:
    return [int(value) for value in register["full_members"]]


def branches(register: Any) -> list[bool]:
    return [bool(value) for value in register["has_branch"]]


def parts(*names: str) -> list[list[Any]]:
    """Full members by their three parts instead of the sum."""
    head, *rows = without("正式党员数")
    return [[*head, *names], *([*row, 1, 0, 2] for row in rows)]


CASES: list[Case] = [
    # -- as it should be, and nearly so --
    Case("plain", one(HEAD, *GOOD), "accept"),
    Case(
        "titles above",
        one(
            ["岚汀街道社会组织党建工作台账"],
            ["单位：（盖章）", None, None, "单位：名"],
            HEAD,
            *GOOD,
            change=merged("A1:E1"),
        ),
        "accept",
    ),
    Case("blank rows and columns", one([], [], [None, *HEAD], [], *([None, *row] for row in GOOD), []), "accept"),
    Case(
        "spaces and line breaks in headers",
        one(
            [
                "统一社会\n信用代码",
                "社会组织 名称",
                "所在镇街\n（必填）",
                "*正式党员数（人）",
                "是否建立党组织（是/否）",
            ],
            *GOOD,
        ),
        "accept",
    ),
    Case("English headers", one(["Code", "Organization", "Street", "Full members", "Has branch"], *GOOD), "accept"),
    Case(
        "the register's own headers", one(["org_id", "name", "street", "full_members", "has_branch"], *GOOD), "accept"
    ),
    Case(
        "two levels",
        one(
            ["台账"],
            [*HEAD[:3], "党员情况", None, "是否建立党组织"],
            [None, None, None, "正式", "预备"],
            *([*row[:4], 1, row[4]] for row in GOOD),
            change=two_level,
        ),
        "accept",
        check=lambda r: r["members_probationary"].tolist() == [1] * 5,
    ),
    Case(
        "two levels as text",
        text(
            ["台账"],
            [*HEAD[:3], "党员情况", None, "是否建立党组织"],
            ["", "", "", "正式党员", "预备党员", ""],
            *([*row[:4], 1, row[4]] for row in GOOD),
        ),
        "accept",
        suffix=".csv",
        check=lambda r: members(r) == [1, 2, 3, 0, 1],
    ),
    Case(
        "three levels",
        one(
            [*HEAD[:3], "党员情况", None, "党建情况"],
            [None, None, None, "党员数", None, "是否建立党组织"],
            [None, None, None, "正式党员", "预备党员", None],
            *([*row[:4], 0, row[4]] for row in GOOD),
            change=merged("A1:A3", "B1:B3", "C1:C3", "D1:E1", "D2:E2", "F2:F3"),
        ),
        "accept",
    ),
    Case(
        "yes and no in two columns",
        one(
            [*HEAD[:4], "是否建立党组织", None],
            [None, None, None, None, "是", "否"],
            *([*row[:4], "√" if turn % 2 else None, None if turn % 2 else "√"] for turn, row in enumerate(GOOD)),
            change=merged("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"),
        ),
        "accept",
        check=lambda r: branches(r) == [False, True, False, True, False],
    ),
    Case("column numbers below the header", one(HEAD, [1, 2, 3, 4, 5], *GOOD), "accept"),
    Case("甲乙 below the header", one(HEAD, ["甲", "乙", "丙", 1, 2], *GOOD), "accept", only=False),
    Case("an example row", one(HEAD, ["示例", "某某协会", "某某街道", 3, "是"], *GOOD), "accept"),
    Case("header again on each page", one(HEAD, *GOOD[:3], HEAD, *GOOD[3:]), "accept"),
    Case(
        "a number and remarks",
        one(["序号", *HEAD, "备注"], *([turn, *row, "x"] for turn, row in enumerate(GOOD, 1))),
        "accept",
    ),
    # -- rows that are no organization --
    Case(
        "subtotal and total",
        one(HEAD, *GOOD[:2], ["小计", None, None, 3, None], *GOOD[2:], ["合计", None, None, 9, None]),
        "accept",
    ),
    Case(
        "total in the name column",
        one(
            ["序号", *HEAD[1:], HEAD[0]],
            *([turn, *row[1:], row[0]] for turn, row in enumerate(GOOD, 1)),
            [None, "合计", None, 9, None, None],
        ),
        "accept",
    ),
    Case("a street's subtotal", one(HEAD, *GOOD[:2], [None, None, "岚汀街道小计", 3, None], *GOOD[2:]), "accept"),
    Case("spaced total", one(HEAD, *GOOD, ["合  计", None, None, 9, None]), "accept"),
    Case("who filled it in", one(HEAD, *GOOD, ["填表人：某某", None, "审核人：某某", None, "2027年7月30日"]), "accept"),
    Case(
        "notes at the foot",
        one(HEAD, *GOOD, ["注：1.正式党员含流动党员；2.数据截至7月30日。"], change=merged("A7:E7")),
        "accept",
    ),
    Case("who filled it in, with a number", one(HEAD, *GOOD, ["填报人：某某  联系电话：0571-20000000"]), "accept"),
    Case(
        "running numbers without organizations",
        one(["序号", *HEAD], *([turn, *row] for turn, row in enumerate(GOOD, 1)), [6], [7], [8]),
        "accept",
    ),
    Case(
        "sections by street",
        one(
            without("所在镇街")[0],
            ["一、岚汀街道"],
            *without("所在镇街")[1:4],
            ["二、河口镇"],
            *without("所在镇街")[4:],
        ),
        "findings",
        check=lambda r: r["street"].tolist() == ["岚汀街道"] * 3 + ["河口镇"] * 2,
    ),
    # -- merged cells --
    Case(
        "merged streets",
        one(HEAD, GOOD[0], *([*row[:2], None, *row[3:]] for row in GOOD[1:]), change=merged("C2:C6")),
        "accept",
        at=[("merged", 2, "C")],
        check=lambda r: set(r["street"]) == {"岚汀街道"},
    ),
    Case(
        "merged counts",
        one(HEAD, [*GOOD[0][:3], 3, "否"], [*GOOD[1][:3], None, "否"], *GOOD[2:], change=merged("D2:D3")),
        "findings",
        at=[("merged_count", 2, "D")],
        check=lambda r: members(r)[:2] == [3, 3],
    ),
    Case(
        "as above",
        one(HEAD, GOOD[0], *([*row[:2], "同上", *row[3:]] for row in GOOD[1:])),
        "accept",
        check=lambda r: set(r["street"]) == {"岚汀街道"},
    ),
    # -- cells --
    Case(
        "full-width digits",
        one(*replaced("正式党员数", None, "４", "１２")),
        "accept",
        check=lambda r: members(r)[:2] == [4, 12],
    ),
    Case(
        "units",
        one(*replaced("正式党员数", None, "4人", "3名", "1,200")),
        "findings",
        at=[("members_many", 4, "D")],
        check=lambda r: members(r)[:3] == [4, 3, 1200],
    ),
    Case(
        "Chinese numbers",
        one(*replaced("正式党员数", None, "三", "十二", "无")),
        "accept",
        check=lambda r: members(r)[:3] == [3, 12, 0],
    ),
    Case(
        "probationary in brackets",
        one(*replaced("正式党员数", None, "2（含预备1）", "5(其中预备党员2名)")),
        "findings",
        at=[("probationary_split", 2, "D"), ("probationary_split", 3, "D")],
        check=lambda r: members(r)[:2] == [1, 3] and r["members_probationary"].iloc[0] == 1,
    ),
    Case("a sum in a cell", one(*replaced("正式党员数", None, "2+1")), "refuse", at=[("count_unreadable", 2, "D")]),
    Case("about four", one(*replaced("正式党员数", None, "约4人")), "refuse", at=[("count_unreadable", 2, "D")]),
    Case("a range", one(*replaced("正式党员数", None, "3-5")), "refuse", at=[("count_unreadable", 2, "D")]),
    Case("half a member", one(*replaced("正式党员数", None, 2.5)), "refuse", at=[("count_fractional", 2, "D")]),
    Case("fewer than none", one(*replaced("正式党员数", None, -1)), "refuse", at=[("count_negative", 2, "D")]),
    Case(
        "no members given",
        one(*replaced("正式党员数", None, None, "—", "/")),
        "refuse",
        at=[("missing_value", 2, "D"), ("missing_value", 3, "D"), ("missing_value", 4, "D")],
    ),
    Case("a date for a count", one(*replaced("正式党员数", None, DAY)), "refuse", at=[("excel_date", 2, "D")]),
    Case(
        "yes in five ways",
        one(*replaced("是否建立党组织", None, "√", "已建", "Y", "有", 1)),
        "accept",
        check=lambda r: all(branches(r)),
    ),
    Case(
        "no in five ways",
        one(*replaced("是否建立党组织", None, "×", "未建", "N", "无", 0)),
        "accept",
        check=lambda r: not any(branches(r)),
    ),
    Case(
        "ticks and blanks",
        one(*replaced("是否建立党组织", None, "√", None, "√", None, None)),
        "accept",
        check=lambda r: branches(r) == [True, False, True, False, False],
    ),
    Case(
        "yes and blanks", one(*replaced("是否建立党组织", None, "是", None)), "refuse", at=[("missing_value", 3, "E")]
    ),
    Case(
        "on its way",
        one(*replaced("是否建立党组织", None, "筹建中")),
        "findings",
        at=[("flag_coming", 2, "E")],
        check=lambda r: not branches(r)[0],
    ),
    Case("perhaps", one(*replaced("是否建立党组织", None, "也许")), "refuse", at=[("flag_unreadable", 2, "E")]),
    Case(
        "yes with a bracket",
        one(*replaced("是否建立党组织", None, "是（联合）")),
        "findings",
        at=[("bracket_left", 2, "E")],
        check=lambda r: branches(r)[0],
    ),
    Case(
        "kinds in words",
        one(*with_column("社会组织类型", "社会团体", "民办非企业单位", "基金会", "民非", "社会服务机构")),
        "accept",
        check=lambda r: r["kind"].tolist() == ["association", "service", "foundation", "service", "service"],
    ),
    Case("an unknown kind", one(*with_column("社会组织类型", "企业")), "refuse", at=[("kind_unknown", 2, "F")]),
    Case(
        "no supervisor",
        one(*with_column("业务主管单位", "无", "直接登记", "—", "市民政局", None)),
        "accept",
        check=lambda r: r["supervisor"].isna().tolist() == [True, True, True, False, True],
    ),
    Case(
        "dates in many forms",
        one(*dated("党组织成立时间", DAY, "2027年8月5日", "2027.8.5", "20270805", "二〇二七年八月五日")),
        "accept",
        check=lambda r: r["branch_on"].nunique() == 1 and r["branch_on"].notna().all(),
    ),
    Case(
        "dates with a time and as numbers",
        one(*dated("党组织成立时间", "2027-08-05 14:30", 46604, "２０２７／８／５", "2027年08月05日", "无")),
        "accept",
        check=lambda r: r["branch_on"].dropna().nunique() == 1 and r["branch_on"].notna().sum() == 4,
    ),
    Case("a month only", one(*dated("党组织成立时间", "2027年8月")), "findings", at=[("date_month_only", 2, "F")]),
    Case(
        "a day without a year", one(*dated("党组织成立时间", "8月5日")), "findings", at=[("date_without_year", 2, "F")]
    ),
    Case("a day that may be two", one(*dated("党组织成立时间", "5/8/2027")), "refuse", at=[("date_ambiguous", 2, "F")]),
    Case("30 February", one(*dated("党组织成立时间", "2027-02-30")), "refuse", at=[("date_unreadable", 2, "F")]),
    Case(
        "a date without a branch",
        one(*with_column("党组织成立时间", "2027-08-05", None)),
        "refuse",
        at=[("date_without_yes", 2, "F")],
    ),
    Case(
        "a place in one cell",
        one(*with_column("经纬度", "120.12,30.22", "30.23，120.13", None)),
        "accept",
        check=lambda r: r["lon"].dropna().tolist() == [120.12, 120.13],
    ),
    Case(
        "degrees and minutes",
        one([*HEAD, "经度", "纬度"], *([*row, "120°12′36″", "北纬30.2°"] for row in GOOD)),
        "accept",
        check=lambda r: abs(r["lon"].iloc[0] - 120.21) < 1e-6,
    ),
    Case(
        "longitude and latitude swapped",
        one([*HEAD, "经度", "纬度"], *([*row, 41.2, 80.1] for row in GOOD)),
        "findings",
        at=[("place_swapped", 2, "F")],
    ),
    Case(
        "half a place",
        one([*HEAD, "经度", "纬度"], *([*row, 120.1, None] for row in GOOD)),
        "refuse",
        at=[("half_a_place", 2, "G")],
    ),
    Case(
        "NBSP and full-width spaces",
        one(*replaced("社会组织名称", None, "岚汀\u3000商会", "\xa0岚汀学会", "岚汀\n协会")),
        "accept",
        check=lambda r: r["name"].tolist()[:3] == ["岚汀商会", "岚汀学会", "岚汀协会"],
    ),
    Case(
        "a begun formula",
        one(*replaced("社会组织名称", None, "＝cmd|' /C calc'!A0", "@某会", "-某会")),
        "findings",
        at=[("formula_like", 2, "B"), ("formula_like", 3, "B")],
    ),
    Case("formulas with values", formulas(True), "accept", check=lambda r: members(r)[1] == 2),
    Case("formulas never computed", formulas(False), "refuse", at=[("formula_empty", 3, "D")]),
    Case(
        "a failed formula",
        one(*replaced("正式党员数", None, "#N/A")),
        "refuse",
        at=[("excel_error", 2, "D")],
        only=False,
    ),
    # -- identifiers --
    Case(
        "codes in small letters",
        one(*replaced("统一社会信用代码", None, CODES[0].lower())),
        "accept",
        check=lambda r: r.index[0] == CODES[0],
    ),
    Case(
        "a code with a wrong check digit",
        one(*replaced("统一社会信用代码", None, CODES[0][:-1] + "Q")),
        "findings",
        at=[("credit_code_wrong", 2, "A")],
    ),
    Case(
        "a code kept as a number",
        one(*replaced("统一社会信用代码", None, 513300005000000150)),
        "refuse",
        at=[("excel_long_number", 2, "A")],
    ),
    Case(
        "a code as 5E+17",
        text(*replaced("统一社会信用代码", None, "5.133E+17")),
        "refuse",
        at=[("id_scientific", 2, "A")],
        suffix=".csv",
    ),
    Case("a code twice", one(*replaced("统一社会信用代码", None, "A1", "A1")), "refuse", at=[("duplicate_id", 3, "A")]),
    Case(
        "a code twice in another case",
        one(*replaced("统一社会信用代码", None, "dj-a1", "DJ-A1")),
        "refuse",
        at=[("spelt_twice", 3, "A")],
    ),
    Case(
        "a code missing", one(*replaced("统一社会信用代码", None, "A1", None)), "refuse", at=[("missing_value", 3, "A")]
    ),
    Case(
        "no column of codes",
        one(*without("统一社会信用代码")),
        "findings",
        at=[("name_as_id", 1, "A")],
        check=lambda r: r.index[0] == "岚汀第1学会",
    ),
    Case(
        "a running number for a code",
        one(*replaced("统一社会信用代码", "编号", 1, 2, 3, 4, 5)),
        "findings",
        at=[("name_as_id", 1, "B")],
    ),
    Case(
        "the same name twice",
        one(*without("统一社会信用代码")[:2], without("统一社会信用代码")[1]),
        "refuse",
        at=[("duplicate_id", 3, "A")],
    ),
    # -- streets --
    Case(
        "districts",
        one(
            ["区县", *HEAD],
            *([district, *row] for district, row in zip(["东区", "东区", "西区", "西区", "西区"], GOOD, strict=True)),
        ),
        "accept",
        check=lambda r: set(r["street"]) == {"东区岚汀街道", "西区岚汀街道"},
    ),
    Case("a slash in a street", one(*replaced("所在镇街", None, "岚汀/河口")), "refuse", at=[("slash", 2, "C")]),
    Case("no street", one(*without("所在镇街")), "refuse", at=[("ledger_column_missing", 1, "")]),
    Case(
        "the unit for the street",
        one(["填报单位：岚汀街道"], *without("所在镇街")),
        "findings",
        check=lambda r: set(r["street"]) == {"岚汀街道"},
    ),
    # -- members --
    Case(
        "all members are not full members",
        one(*replaced("正式党员数", "党员总数")),
        "refuse",
        at=[("members_ambiguous", 1, "D")],
    ),
    Case(
        "members, with probationary ones",
        one(*replaced("正式党员数", "党员数（含预备党员）")),
        "refuse",
        at=[("members_ambiguous", 1, "D")],
    ),
    Case(
        "all members, settled",
        one(*replaced("正式党员数", "党员总数")),
        "accept",
        mapping={"columns": {"党员总数": "full_members"}},
        check=lambda r: members(r) == [1, 2, 3, 0, 1],
    ),
    Case(
        "all members beside full ones",
        one(*with_column("党员总数", 9)),
        "accept",
        check=lambda r: members(r) == [1, 2, 3, 0, 1],
    ),
    Case(
        "three parts",
        one(*parts("专职已转关系", "专职未转关系", "兼职党员数")),
        "accept",
        check=lambda r: members(r) == [3] * 5,
    ),
    Case("one part beside the sum", one(*with_column("兼职党员数", 1)), "findings", at=[("parts_left", 1, "F")]),
    Case(
        "parts that do not add up",
        one([*HEAD, "专职已转关系", "专职未转关系", "兼职党员"], *([*row, 5, 5, 5] for row in GOOD)),
        "refuse",
        at=[("parts_mismatch", 2, "D")],
    ),
    Case(
        "more members than staff",
        one(*with_column("从业人员数", 0, 9)),
        "findings",
        at=[("members_above_staff", 2, "D")],
    ),
    # -- mass organizations and the rest --
    Case(
        "mass organizations in three columns",
        one(
            [*HEAD, "工会", "共青团", "妇联"],
            *([*row, "有" if turn == 1 else "无", "×", None] for turn, row in enumerate(GOOD)),
        ),
        "accept",
        check=lambda r: r["has_mass_org"].tolist() == [False, True, False, False, False],
    ),
    Case(
        "mass organizations as a list",
        one(*with_column("已建群团组织", "工会、妇联", "无", "团支部", "是", None)),
        "accept",
        check=lambda r: r["has_mass_org"].tolist() == [True, False, True, True, False] and r["has_union"].tolist()[0],
    ),
    Case(
        "reasons not formed",
        one(*with_column("未建原因", "应建未建", "有党员但不符合建立党组织条件", "应建未建", "无党员", "应建未建")),
        "accept",
        check=lambda r: r["not_formed_reason"].iloc[3] == "无党员",
    ),
    Case(
        "asleep by status",
        one(*with_column("状态", "正常", "僵尸型", "正常")),
        "accept",
        check=lambda r: r["dormant"].tolist() == [False, True, False, False, False],
    ),
    Case(
        "asleep the other way round",
        one(*with_column("是否正常运行", "是", "否", "是")),
        "accept",
        check=lambda r: r["dormant"].tolist() == [False, True, False, False, False],
    ),
    Case("struck off", one(*with_column("状态", "注销", "正常")), "findings", at=[("struck_off", 2, "F")]),
    Case(
        "covered by what",
        one(*replaced("是否建立党组织", "覆盖情况", "组织覆盖", "工作覆盖", "未覆盖", "组织覆盖", "未覆盖")),
        "accept",
        check=lambda r: branches(r) == [True, False, False, True, False] and r["has_instructor"].tolist()[1],
    ),
    Case(
        "a branch by its name",
        one(*replaced("是否建立党组织", "党组织名称", "岚汀第一党支部", None, None, None, None)),
        "findings",
        at=[("branch_by_name", 1, "E")],
        check=lambda r: branches(r) == [True] + [False] * 4,
    ),
    Case(
        "a branch named and denied",
        one(*with_column("党组织名称", "岚汀第一党支部", None)),
        "findings",
        at=[("branch_name_without_yes", 2, "E")],
    ),
    # -- persons --
    Case(
        "columns of persons",
        one(
            *[
                [*row, who]
                for row, who in zip(
                    with_column("法定代表人", "某甲"), ["联系电话", "13800000000", *[None] * 4], strict=True
                )
            ]
        ),
        "findings",
        at=[("personal_column_dropped", 1, "F"), ("personal_column_dropped", 1, "G")],
    ),
    Case(
        "names under instructors",
        one(*with_column("党建指导员", "某甲", None, "无", "有", None)),
        "findings",
        at=[("instructor_as_flag", 1, "F")],
        check=lambda r: r["has_instructor"].tolist() == [True, False, False, True, False],
    ),
    Case(
        "a telephone number in the remarks",
        one(*with_column("备注", None, "联系 138 0000 0000", None)),
        "findings",
        at=[("personal_number_dropped", 3, "F")],
    ),
    Case(
        "an identity number in a name",
        one(*replaced("社会组织名称", None, "某会110101190001010006")),
        "refuse",
        at=[("identity_number", 2, "B")],
    ),
    Case(
        "an identity number for a code",
        one(*replaced("统一社会信用代码", None, "110101190001010006")),
        "refuse",
        at=[("identity_number", 2, "A")],
    ),
    # -- sheets --
    Case(
        "the ledger among others", book(("填表说明", [["请如实填写"], ["一、范围"]]), ("台账", [HEAD, *GOOD])), "accept"
    ),
    Case(
        "a sheet per unit",
        book(("岚汀街道", without("所在镇街")[:3]), ("河口镇", [without("所在镇街")[0], *without("所在镇街")[3:]])),
        "findings",
        check=lambda r: set(r["street"]) == {"岚汀街道", "河口镇"},
    ),
    Case(
        "a summary beside them",
        book(("汇总", [HEAD, *GOOD]), ("岚汀街道", [HEAD, *GOOD[:3]]), ("河口镇", [HEAD, *GOOD[3:]])),
        "findings",
        only=False,
    ),
    Case(
        "a hidden sheet",
        book(
            ("台账", [HEAD, *GOOD]),
            ("旧数据", [HEAD, *GOOD]),
            change=lambda b: setattr(b["旧数据"], "sheet_state", "hidden"),
        ),
        "findings",
        at=[("sheet_hidden", None, "")],
    ),
    Case("hidden rows", one(HEAD, *GOOD, change=hide_rows(3, 4)), "findings", at=[("hidden_rows", 3, "")]),
    Case("no header", one(*GOOD), "refuse", at=[("ledger_no_header", None, "")]),
    Case("nothing but a header", one(HEAD), "refuse", at=[("no_rows", 1, "")], only=False),
    # -- text files --
    Case("GBK", text(HEAD, *GOOD, encoding="gbk"), "accept", suffix=".csv"),
    Case("UTF-16", text(HEAD, *GOOD, encoding="utf-16", separator="\t"), "accept", suffix=".csv"),
    Case("tabs", text(HEAD, *GOOD, separator="\t"), "accept", suffix=".txt"),
    Case("semicolons", text(HEAD, *GOOD, separator=";"), "accept", suffix=".csv"),
    Case("sep=", text(["sep=;"], HEAD, *GOOD, separator=";"), "accept", suffix=".csv"),
    Case(
        "a short row",
        text(HEAD, *GOOD[:4], ["DJ-9", "岚汀第9学会", "岚汀街道"]),
        "refuse",
        at=[("missing_value", 6, "D"), ("missing_value", 6, "E")],
        suffix=".csv",
    ),
    Case(
        "a cut character",
        lambda path: (
            path.write_bytes(
                ",".join(HEAD).encode()
                + b"\n"
                + "1,某学会,岚汀街道,1,否\n".encode().replace(b"\xe5\xad\xa6", b"\xe5\xad", 1)
                + "2,某学会二,岚汀街道,1,否\n".encode() * 5
            )
            and None
        ),
        "refuse",
        at=[("file_encoding_damaged", None, "")],
        suffix=".csv",
    ),
    Case(
        "an open quote",
        lambda path: path.write_text(",".join(HEAD) + '\n1,"某学会,岚汀街道,1,否\n', encoding="utf-8") and None,
        "refuse",
        at=[("quotes_unclosed", None, "")],
        suffix=".csv",
    ),
    # -- files --
    Case("strict", strict, "accept"),
    Case(
        "XLSX under another name",
        renamed,
        "accept",
        suffix=".xls",
    ),
    Case(
        "no true XLS",
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" * 9) and None,
        "refuse",
        at=[("file_save_as", None, "")],
        suffix=".xls",
    ),
    Case(
        "not a workbook",
        lambda path: path.write_bytes(b"PK\x03\x04 nothing") and None,
        "refuse",
        at=[("file_broken", None, "")],
    ),
    Case(
        "another kind",
        lambda path: path.write_bytes(b"x") and None,
        "refuse",
        at=[("file_kind", None, "")],
        suffix=".doc",
    ),
    Case(
        "macros",
        patched(one(HEAD, *GOOD), more={"xl/vbaProject.bin": b"x"}),
        "findings",
        at=[("carries_macros", None, "")],
    ),
    Case(
        "links",
        patched(one(HEAD, *GOOD), more={"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "findings",
        at=[("carries_links", None, "")],
    ),
    Case(
        "a far cell",
        one(HEAD, *GOOD, change=lambda sheet: sheet.__setitem__("XFD1048576", "x")),
        "findings",
        at=[("stray_cell", None, "")],
        only=False,
    ),
    Case(
        "a row number of eleven digits",
        patched(one(HEAD, *GOOD), ("xl/worksheets/sheet1.xml", b'<row r="6"', b'<row r="99999999999"')),
        "accept",
        only=False,
    ),
    Case(
        "a bomb",
        patched(one(HEAD, *GOOD), more={"xl/media/big.bin": bytes(30_000_000)}),
        "refuse",
        at=[("file_bomb", None, "")],
    ),
    Case(
        "entities",
        patched(
            one(HEAD, *GOOD), ("xl/worksheets/sheet1.xml", b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
        ),
        "refuse",
        at=[("file_broken", None, "")],
    ),
    Case(
        "escapes",
        one(*replaced("统一社会信用代码", None, "DJ-0x005F_01", "DJ_x000D_")),
        "accept",
        check=lambda r: r.index[0] == "DJ-0x005F_01",
        only=False,
    ),
]


def write(case: Case, folder: Path) -> Path:
    """The case's file."""
    path = folder / f"{case.name.replace(' ', '_').replace('=', '')}{case.suffix}"
    case.make(path)
    return path


if __name__ == "__main__":
    for each in CASES:
        write(each, Path(sys.argv[1]))
