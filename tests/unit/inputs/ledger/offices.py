"""Made ledgers as district offices export them, each with many oddities at once, and what a careful clerk makes of it.

python -m tests.unit.inputs.ledger.offices FOLDER      # write them all, to look at
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.unit.inputs.ledger.messy import Case, book, branches, hide_rows, members, merged, one, text, write
from workbench.credit_code import ALPHABET


def code(turn: int, kind: int = 1) -> str:
    """A made-up credit code with its check digits."""
    body = f"5{kind}330000{turn:08d}"
    check = -sum(int(one) * weight for one, weight in zip(body[8:], (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    body += "X" if check == 10 else str(check)
    total = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + ALPHABET[-total % 31]


def changed(*changes: Callable[[Any], None]) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for each in changes:
            each(sheet)

    return change


def hide_columns(*letters: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for each in letters:
            sheet.column_dimensions[each].hidden = True

    return change


#: A district's export: two levels, sub-columns, persons, subtotals, signatures.
DISTRICT_HEAD = (
    [
        *("序号", "社会组织名称", "统一社会信用代码", "类别", "业务主管单位", "所在镇街", "从业人员数（人）"),
        *("党员情况", None, None, "党组织建设情况", None, None, "党建指导员", None, None, "备注"),
    ],
    [
        *[None] * 7,
        *("党员总数", "其中：正式党员", "其中：预备党员", "是否建立党组织", "党组织名称", "成立时间"),
        *("是否选派", "姓名", "联系电话", None),
    ],
)
DISTRICT_MERGED = merged(
    *("A1:Q1", "A2:Q2", "H3:J3", "K3:M3", "N3:P3", *(f"{one}3:{one}4" for one in "ABCDEFGQ")),
)


def district_row(turn: int, street: str | None, branch: str = "否", **more: Any) -> list[Any]:
    full = more.get("full", turn % 4)
    return [
        *(turn, f"青澜区第{turn}协会", code(turn), "社会团体", "区民政局", street, 12, full + 1, full, 1, branch),
        *((f"青澜区第{turn}协会党支部", "2024年6月12日") if branch == "是" else ("无", None)),
        *("是" if turn % 2 else "否", more.get("who"), None, None),
    ]


def subtotal(word: str, column: int, *cells: Any, width: int = 17) -> list[Any]:
    row: list[Any] = [None] * width
    row[column] = word
    for at, cell in zip(range(6, 6 + len(cells)), cells, strict=True):
        row[at] = cell
    return row


DISTRICT = one(
    ["青澜区社会组织党建工作台账（2027年7月）"],
    ["填报单位：青澜区民政局          填报日期：2027年7月28日"],
    *DISTRICT_HEAD,
    district_row(1, "岚汀街道", "是", who="某甲"),
    district_row(2, None),
    district_row(3, None),
    subtotal("小计", 1, 36, 9, 6, 3),
    district_row(4, "河口镇"),
    district_row(5, None, "是"),
    subtotal("河口镇小计", 5, 24, 5, 3, 2),
    subtotal("合  计", 0, 60, 14, 9, 5),
    ["填表人：某乙", None, None, "审核人：某丙", None, None, "联系电话：", None, "日期：2027.7.28"],
    change=changed(DISTRICT_MERGED, merged("F5:F7", "F9:F10")),
)

CITY_HEAD = ["序号", "单位名称", "登记证号/统一社会信用代码", "镇（街道）", "党员人数\n（正式）", "党组织（有/无）"]


def city_row(turn: int, *, street: Any = "岚汀街道", full: Any = 2, branch: Any = "无") -> list[Any]:
    return [turn, f"岚汀第{turn}商会", code(turn), street, full, branch]


CITY_HEAD_TEXT = [word.replace("\n", "") for word in CITY_HEAD]
CITY = [city_row(turn) for turn in range(1, 7)]


def columns(changes: dict[int, Sequence[Any]], head: Sequence[Any] = CITY_HEAD, rows: Any = CITY) -> list[list[Any]]:
    """The city's rows with some columns' cells replaced."""
    lines = [list(head), *(list(row) for row in rows)]
    for at, cells in changes.items():
        for row, cell in zip(lines[1:], cells, strict=False):
            row[at] = cell
    return lines


def more(header: str, *cells: Any, lines: Sequence[Sequence[Any]] | None = None) -> list[list[Any]]:
    """One more column."""
    head, *rows = lines or [CITY_HEAD, *CITY]
    return [[*head, header], *([*row, cell] for row, cell in zip(rows, [*cells, *[cells[-1]] * 9], strict=False))]


DAY = datetime.datetime(2027, 7, 3)


def called(suffix: str, make: Callable[[Path], None]) -> Callable[[Path], None]:
    """A file of another kind than its ending says."""

    def write_it(path: Path) -> None:
        make(path.with_suffix(suffix))
        path.with_suffix(suffix).rename(path)

    return write_it


OFFICES: list[Case] = [
    Case(
        "a district's export",
        DISTRICT,
        "findings",
        at=[("personal_column_dropped", 4, "O"), ("personal_column_dropped", 4, "P"), ("merged", 5, "F")],
        check=lambda r: (
            r["street"].tolist() == ["岚汀街道"] * 3 + ["河口镇"] * 2
            and members(r) == [1, 2, 3, 0, 1]
            and r["members_probationary"].tolist() == [1] * 5
            and branches(r) == [True, False, False, False, True]
            and r["branch_on"].notna().sum() == 2
            and set(r["responsible"]) == {"青澜区民政局"}
            and r["has_instructor"].tolist() == [True, False, True, False, True]
        ),
    ),
    Case(
        "brackets say which members",
        one(CITY_HEAD, *CITY),
        "accept",
        organizations=6,
        check=lambda r: members(r) == [2] * 6 and r.index[0] == code(1),
    ),
    Case(
        "without probationary ones, it says",
        one([*CITY_HEAD[:4], "党员数（不含预备党员）", CITY_HEAD[5]], *CITY),
        "accept",
        organizations=6,
    ),
    Case(
        "signed by nobody yet",
        one(
            ["岚汀街道社会组织台账"],
            ["填报单位（盖章）：", None, "填报日期：2027年7月28日", None, "单位：人、家"],
            CITY_HEAD,
            *CITY,
        ),
        "accept",
        organizations=6,
        check=lambda r: set(r["responsible"]) == {"岚汀街道"},
    ),
    Case(
        "unit and date without a blank between",
        one(["填报单位：市科学技术协会填报日期：2027年7月28日"], CITY_HEAD, *CITY),
        "findings",
        organizations=6,
        check=lambda r: set(r["responsible"]) == {"市科学技术协会"},
    ),
    Case(
        "unit and its name in two cells",
        one(["填报单位：", "市科学技术协会", None, "填报日期", DAY], CITY_HEAD, *CITY),
        "findings",
        organizations=6,
        check=lambda r: set(r["responsible"]) == {"市科学技术协会"},
    ),
    Case(
        "a town's government for the street",
        one(["填报单位：蘅栎镇人民政府"], *([*row[:3], *row[4:]] for row in [CITY_HEAD, *CITY])),
        "findings",
        organizations=6,
        check=lambda r: set(r["street"]) == {"蘅栎镇"},
    ),
    Case(
        "Excel's own total rows",
        one(CITY_HEAD, *CITY, ["汇总", None, None, None, 12, None], ["Total", None, None, None, 12, None]),
        "accept",
        organizations=6,
    ),
    Case(
        "of which, and shares",
        one(
            CITY_HEAD,
            *CITY,
            ["合计", None, None, None, 12, 0],
            ["其中：社会团体", None, None, None, 12, 0],
            ["党组织组建率", None, None, None, "0%", None],
        ),
        "accept",
        organizations=6,
    ),
    Case(
        "total first",
        one(CITY_HEAD, ["合计", "6家", None, None, 12, None], *CITY),
        "accept",
        organizations=6,
    ),
    Case(
        "sums as Excel's subtotals write them",
        one(
            CITY_HEAD,
            *CITY[:3],
            ["岚汀街道 汇总", None, None, None, 6, None],
            *CITY[3:],
            ["总计", None, None, None, 12, None],
            ["平均值", None, None, None, 2, None],
        ),
        "accept",
        organizations=6,
    ),
    Case("a workbook called CSV", called(".xlsx", one(CITY_HEAD, *CITY)), "accept", organizations=6, suffix=".csv"),
    Case(
        "text called XLS",
        called(".txt", text(CITY_HEAD_TEXT, *CITY, separator="\t", encoding="gb18030")),
        "accept",
        organizations=6,
        suffix=".xls",
    ),
    Case(
        "a page called XLS",
        lambda path: path.write_text("<html><table><tr><td>序号\t</td></tr></table>", encoding="gbk") and None,
        "refuse",
        at=[("file_save_as", None, "")],
        suffix=".xls",
    ),
    Case(
        "a column for each kind of branch",
        one(
            [*CITY_HEAD[:5], "党委", "党总支", "党支部", "联合党支部"],
            *([*row[:5], *("√" if turn == at else None for at in range(4))] for turn, row in enumerate(CITY)),
        ),
        "accept",
        organizations=6,
        check=lambda r: branches(r) == [True] * 4 + [False] * 2,
    ),
    Case(
        "kinds of branch under one header",
        one(
            [*CITY_HEAD[:5], "党组织设置情况", None, None, None],
            [*[None] * 5, "党委", "总支", "党支部", "未建"],
            *([*row[:5], *("√" if min(turn, 3) == at else None for at in range(4))] for turn, row in enumerate(CITY)),
            change=merged("F1:I1", *(f"{one}1:{one}2" for one in "ABCDE")),
        ),
        "accept",
        organizations=6,
        check=lambda r: branches(r) == [True] * 3 + [False] * 3,
    ),
    Case(
        "rows of the form that nobody filled in",
        one(CITY_HEAD, *CITY, [7, None, None, "岚汀街道", None, None], [8, None, None, "河口镇", 0, None]),
        "accept",
        organizations=6,
    ),
    Case(
        "notes over three lines",
        one(
            CITY_HEAD,
            *CITY,
            ["填表说明：1.本表由各镇街填写。"],
            ["2.正式党员不含预备党员。"],
            ["3.每周五下班前报送。"],
            ["以下空白"],
        ),
        "accept",
        organizations=6,
    ),
    Case(
        "two tables below each other",
        one(
            ["岚汀街道社会组织台账"],
            CITY_HEAD,
            *CITY[:3],
            ["合计", None, None, None, 6, None],
            [],
            ["河口镇社会组织台账"],
            CITY_HEAD,
            *([*row[:3], "河口镇", *row[4:]] for row in CITY[3:]),
            ["合计", None, None, None, 6, None],
        ),
        "accept",
        organizations=6,
        check=lambda r: r["street"].tolist() == ["岚汀街道"] * 3 + ["河口镇"] * 3,
    ),
    Case(
        "sections by kind",
        one(CITY_HEAD, ["（一）社会团体（3家）"], *CITY[:3], ["（二）民办非企业单位（3家）"], *CITY[3:]),
        "accept",
        organizations=6,
    ),
    Case(
        "sections by street with counts",
        one(
            *([*row[:3], *row[4:]] for row in [CITY_HEAD]),
            ["岚汀街道（共3家）"],
            *([*row[:3], *row[4:]] for row in CITY[:3]),
            ["河口镇（共3家）"],
            *([*row[:3], *row[4:]] for row in CITY[3:]),
        ),
        "findings",
        organizations=6,
        check=lambda r: r["street"].tolist() == ["岚汀街道"] * 3 + ["河口镇"] * 3,
    ),
    Case(
        "a summary of numbers beside the streets' sheets",
        book(
            (
                "汇总",
                [
                    ["全市社会组织党建情况汇总表"],
                    ["镇街", "社会组织数", "从业人员数", "正式党员数", "党组织数"],
                    ["岚汀街道", 3, 40, 6, 0],
                    ["河口镇", 3, 30, 6, 0],
                    ["合计", 6, 70, 12, 0],
                ],
            ),
            ("岚汀街道", [["岚汀街道台账"], CITY_HEAD, *CITY[:3]]),
            ("河口镇", [["河口镇台账"], CITY_HEAD, *([*row[:3], "河口镇", *row[4:]] for row in CITY[3:])]),
            ("Sheet3", []),
        ),
        "accept",
        at=[("sheet_aside", None, "")],
        organizations=6,
        check=lambda r: set(r["street"]) == {"岚汀街道", "河口镇"},
    ),
    Case(
        "one organization over two rows",
        one(
            [*CITY_HEAD, "联系人"],
            [*CITY[0], "某甲"],
            [None, None, None, None, None, None, "某乙"],
            *([*row, None] for row in CITY[1:]),
            change=merged("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:F3"),
        ),
        "findings",
        organizations=6,
        at=[("personal_column_dropped", 1, "G")],
    ),
    Case(
        "one header twice, with other numbers",
        one(*more("党员人数\n（正式）", 5)),
        "refuse",
        at=[("column_twice", 1, "G")],
    ),
    Case("one header twice, with the same", one(*more("党员人数\n（正式）", 2)), "accept", organizations=6),
    Case(
        "two columns of years",
        one(
            [*CITY_HEAD[:4], "2026年", "2027年", CITY_HEAD[5]],
            [None, None, None, None, "正式党员", "正式党员", None],
            *([*row[:4], 1, *row[4:]] for row in CITY),
            change=merged("A1:A2", "B1:B2", "C1:C2", "D1:D2", "G1:G2"),
        ),
        "refuse",
        at=[("column_twice", 2, "F")],
    ),
    Case(
        "in all the ways of saying yes and no",
        one(*columns({5: ["已建立", "×", "Ｙ", "尚未组建", "单独组建", "□"]})),
        "accept",
        organizations=6,
        check=lambda r: branches(r) == [True, False, True, False, True, False],
    ),
    Case(
        "flags as numbers",
        text(*columns({5: [1, 0, "1", "0", 1, 0]}, CITY_HEAD_TEXT), encoding="gb18030"),
        "accept",
        organizations=6,
        suffix=".csv",
        check=lambda r: branches(r) == [True, False] * 3,
    ),
    Case(
        "counts in all the ways of writing them",
        one(*columns({4: ["４人", "三名", " 12 ", "3 人", "一百零五", "0"]})),
        "accept",
        organizations=6,
        check=lambda r: members(r) == [4, 3, 12, 3, 105, 0],
    ),
    Case(
        "full and probationary in a cell",
        one(*columns({4: ["3（其中1名预备党员）", "3（含预备党员1名）", "正式3人，预备1人", "2（其中预备1人）"]})),
        "findings",
        organizations=6,
        check=lambda r: members(r)[:4] == [2, 2, 3, 1] and r["members_probationary"].tolist()[:4] == [1, 1, 1, 1],
    ),
    Case(
        "probationary, in the number or beside it",
        one(*columns({4: ["3（预备1）"]})),
        "refuse",
        at=[("count_unreadable", 2, "E")],
    ),
    Case(
        "dates as they come",
        one(
            *more(
                "党组织成立时间",
                *(DAY, 46571, "2027.7.3", "20270703", "2027/7/3 0:00:00", "2027年07月03日"),
                lines=columns({5: ["有"] * 6}),
            )
        ),
        "accept",
        organizations=6,
        check=lambda r: set(r["branch_on"]) == {DAY},
    ),
    Case(
        "months and years only",
        one(*more("党组织成立时间", 2019.06, "2019年6月", "2019-06", "2019年", 2019, lines=columns({5: ["有"] * 6}))),
        "findings",
        organizations=6,
        at=[("date_month_only", row, "G") for row in (2, 3, 4)],
        check=lambda r: r["branch_on"].isna().all(),
    ),
    Case(
        "running numbers by a formula without a value",
        one(CITY_HEAD, *([f"=ROW()-{1}", *row[1:]] for row in CITY), ["合计", None, None, None, "=SUM(E2:E7)", None]),
        "accept",
        organizations=6,
    ),
    Case(
        "filtered rows and a hidden column",
        one(CITY_HEAD, *CITY, change=changed(hide_rows(3), hide_columns("E"))),
        "findings",
        organizations=6,
        at=[("hidden_rows", 3, ""), ("hidden_column", 1, "E")],
    ),
    Case(
        "kinds of activity, not of organization",
        one(*more("类别", "科技类", "公益慈善类", "城乡社区服务类")),
        "findings",
        organizations=6,
        at=[("kind_column_other", 1, "G")],
        check=lambda r: r["kind"].isna().all(),
    ),
    Case(
        "an English export",
        text(
            [
                *("No.", "Name of organization", "Unified Social Credit Code", "Subdistrict / Town"),
                *("Full Party members (persons)", "Party branch established (Y/N)", "Contact person", "Phone"),
            ],
            *([*row[:5], "Y" if row[0] % 2 else "N", "x", ""] for row in CITY),
            ["", "Total", "", "", 12, "", "", ""],
            encoding="utf-8-sig",
        ),
        "findings",
        organizations=6,
        suffix=".csv",
        check=lambda r: branches(r) == [True, False] * 3,
    ),
    Case(
        "a semicolon file with titles",
        text(
            ["岚汀街道社会组织台账"],
            ["填报单位：岚汀街道", "", "填报日期：2027.7.28"],
            CITY_HEAD_TEXT,
            *CITY,
            ["填表人：某甲"],
            encoding="gb18030",
            separator=";",
        ),
        "accept",
        organizations=6,
        suffix=".csv",
    ),
    Case(
        "a tab file with trailing tabs",
        text([*CITY_HEAD_TEXT, "", ""], *([*row, "", ""] for row in CITY), encoding="utf-16-le", separator="\t"),
        "accept",
        organizations=6,
        suffix=".txt",
    ),
    Case(
        "an unlabelled first column of numbers",
        one([None, *CITY_HEAD[1:]], *([row[0] - 1, *row[1:]] for row in CITY)),
        "accept",
        organizations=6,
    ),
    Case(
        "more full members than members",
        one(*more("党员总数", 1, 5)),
        "findings",
        organizations=6,
        at=[("members_above_total", 2, "E")],
    ),
    Case(
        "one name under two codes",
        one(*columns({1: ["岚汀第2商会"], 4: [1]})),
        "findings",
        organizations=6,
        at=[("name_again", 3, "B")],
    ),
    Case(
        "a street's short name",
        one(*columns({3: ["岚汀"]})),
        "findings",
        organizations=6,
        at=[("street_near", 2, "D")],
    ),
    Case(
        "districts on sheets of their own",
        book(
            ("东区", [CITY_HEAD, *([*row[:3], "城关镇", *row[4:]] for row in CITY[:3])]),
            ("西区", [CITY_HEAD, *([*row[:3], "城关镇", *row[4:]] for row in CITY[3:])]),
        ),
        "findings",
        organizations=6,
        check=lambda r: r["street"].tolist() == ["东区城关镇"] * 3 + ["西区城关镇"] * 3,
    ),
    Case(
        "no members, it says, and three",
        one(*more("未建原因", "无党员", "应建未建")),
        "findings",
        organizations=6,
        at=[("reason_against_members", 2, "G")],
    ),
]


if __name__ == "__main__":
    for each in OFFICES:
        write(each, Path(sys.argv[1]))
