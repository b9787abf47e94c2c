"""Make the ledger template and the demo ledgers: python -m tools.ledgers. The same bytes every time; all is made up."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from workbench import check_register, collect, write_register
from workbench.credit_code import ALPHABET

DATA = Path(__file__).resolve().parents[1] / "data"
MADE = datetime.datetime(2027, 7, 15)
YES_NO = ("是", "否")
#: Header, width, note, and what may be chosen or must hold.
COLUMNS: tuple[tuple[str, int, str, Any], ...] = (
    ("统一社会信用代码", 22, "18 位，按登记证书填写；本列为文本格式", None),
    ("社会组织名称", 28, "登记证书上的全称", None),
    ("社会组织类型", 16, "从下拉列表选择", ("社会团体", "社会服务机构", "基金会")),
    ("所在镇街", 14, "全市统一写法，不得有“/”", None),
    ("社区", 14, "可不填；不填则不能社区统建", None),
    ("责任单位", 14, "负责组建的单位；不填即所在镇街", None),
    ("业务主管单位", 18, "没有的留空", None),
    ("行业", 12, "可不填", None),
    ("从业人员数", 10, "整数", "count"),
    ("正式党员数", 10, "不含预备党员；等于后三项之和", "count"),
    ("专职已转关系", 10, "三项同填或同不填", "count"),
    ("专职未转关系", 10, "三项同填或同不填", "count"),
    ("兼职党员数", 10, "三项同填或同不填", "count"),
    ("预备党员数", 10, "不计入正式党员", "count"),
    ("党务工作人员数", 10, "整数", "count"),
    ("是否建立党组织", 10, "必填", YES_NO),
    ("党组织成立时间", 13, "如 2027-08-05；只有已建的填写", "date"),
    ("未建原因", 22, "未建的填写", ("应建未建", "有党员但不符合建立党组织条件", "无党员")),
    ("是否派驻党建指导员", 12, "不填即否；不填姓名", YES_NO),
    ("派驻时间", 13, "如 2027-08-02", "date"),
    ("工会", 8, "不填即否", YES_NO),
    ("共青团", 8, "不填即否", YES_NO),
    ("妇联", 8, "不填即否", YES_NO),
    ("可挂靠单位数", 10, "已建党组织还能接纳的挂靠单位数", "count"),
    ("是否名存实亡", 10, "不填即否", YES_NO),
    ("经度", 11, "WGS-84，如 120.123456", "number"),
    ("纬度", 11, "WGS-84，如 30.123456", "number"),
    ("排查时间", 13, "如 2027-07-26", "date"),
)
EXPLAINED = (
    "填写说明",
    "1. 一行一家社会组织，从第 3 行起填写；示例三行请覆盖或删除。表头已保护，请勿改名。",
    "2. 只填组织和人数。姓名、身份证号、电话、邮箱一律不填；填了也不会被读取。",
    "3. 正式党员含未接转组织关系的流动党员和兼职人员党员，不含预备党员。",
    "4. 没有的留空，不写“无”“—”；人数为 0 的填 0。",
    "5. 填好后可用 workbench check 文件名 自查，再报送汇总单位。",
)


def credit_code(turn: int, sort: int = 1) -> str:
    """A made-up unified social credit code that passes its check digits."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    body = f"9{turn:07d}"
    check = -sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    code = f"5{sort}100000{body}{'X' if check == 10 else check}"
    total = sum(ALPHABET.index(one) * pow(3, place, 31) for place, one in enumerate(code))
    return code + ALPHABET[-total % 31]


def template(path: Path) -> None:
    """The template: a protected header, drop-downs, a note on each header, three made-up organizations."""
    day = datetime.datetime(2027, 7, 26)
    examples: list[dict[str, Any]] = [
        {
            "统一社会信用代码": credit_code(1),
            "社会组织名称": "岚汀书画协会",
            "社会组织类型": "社会团体",
            "所在镇街": "岚汀街道",
            "社区": "明林社区",
            "业务主管单位": "市文化局",
            "行业": "文化",
            "从业人员数": 6,
            "正式党员数": 4,
            "专职已转关系": 2,
            "专职未转关系": 1,
            "兼职党员数": 1,
            "预备党员数": 1,
            "党务工作人员数": 1,
            "是否建立党组织": "是",
            "党组织成立时间": datetime.datetime(2026, 3, 12),
            "是否派驻党建指导员": "是",
            "派驻时间": datetime.datetime(2026, 3, 1),
            "工会": "是",
            "可挂靠单位数": 2,
            "经度": 120.1234,
            "纬度": 30.2345,
            "排查时间": day,
        },
        {
            "统一社会信用代码": credit_code(2, 2),
            "社会组织名称": "河口小水滴养老服务中心",
            "社会组织类型": "社会服务机构",
            "所在镇街": "河口镇",
            "责任单位": "市民政局",
            "业务主管单位": "市民政局",
            "从业人员数": 15,
            "正式党员数": 1,
            "专职已转关系": 0,
            "专职未转关系": 1,
            "兼职党员数": 0,
            "是否建立党组织": "否",
            "未建原因": "有党员但不符合建立党组织条件",
            "经度": 120.2234,
            "纬度": 30.2445,
            "排查时间": day,
        },
        {
            "统一社会信用代码": credit_code(3, 3),
            "社会组织名称": "岚汀助学基金会",
            "社会组织类型": "基金会",
            "所在镇街": "岚汀街道",
            "从业人员数": 3,
            "正式党员数": 0,
            "专职已转关系": 0,
            "专职未转关系": 0,
            "兼职党员数": 0,
            "是否建立党组织": "否",
            "未建原因": "无党员",
            "排查时间": day,
        },
    ]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": MADE, "title": "社会组织党建工作台账"})
        sheet = book.add_worksheet("台账")
        last = len(COLUMNS) - 1
        title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        head = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
                "bg_color": "#D9E2EF",
                "border": 1,
            }
        )
        sheet.merge_range(0, 0, 0, last, "社会组织党建工作台账", title)
        sheet.set_row(0, 30)
        sheet.set_row(1, 34)
        sheet.freeze_panes(2, 2)
        for place, (header, width, note, holds) in enumerate(COLUMNS):
            form = {"date": "yyyy-mm-dd", "count": "0", "number": "0.000000"}.get(str(holds), "@")
            look = book.add_format({"locked": False, "num_format": form, "border": 1, "border_color": "#BFBFBF"})
            sheet.set_column(place, place, width, look)
            sheet.write_string(1, place, header, head)
            sheet.write_comment(1, place, note, {"author": "", "x_scale": 1.4, "y_scale": 0.6})
            if isinstance(holds, tuple):
                sheet.data_validation(
                    2,
                    place,
                    5001,
                    place,
                    {"validate": "list", "source": list(holds), "error_title": header, "error_message": note},
                )
            elif holds == "count":
                sheet.data_validation(
                    2,
                    place,
                    5001,
                    place,
                    {"validate": "integer", "criteria": ">=", "value": 0, "error_title": header, "error_message": note},
                )
            for turn, example in enumerate(examples, 2):
                value = example.get(header)
                if isinstance(value, datetime.datetime):
                    sheet.write_datetime(turn, place, value, look)
                elif value is not None:
                    sheet.write(turn, place, value, look)
        sheet.protect(
            "",
            {
                "format_columns": True,
                "insert_rows": True,
                "delete_rows": True,
                "sort": True,
                "autofilter": True,
                "select_locked_cells": True,
            },
        )
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        page = book.add_worksheet("填写说明")
        page.set_column(0, 0, 110)
        for turn, words in enumerate(EXPLAINED):
            page.write_string(turn, 0, words)


def plain_book(
    path: Path,
    lines: Sequence[Sequence[Any]],
    merges: Sequence[str] = (),
    hidden: Sequence[int] = (),
    name: str = "Sheet1",
    more: Sequence[tuple[str, Sequence[Sequence[Any]], bool]] = (),
) -> None:
    """A workbook as an office would make it."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        book.set_properties({"created": MADE})
        day = book.add_format({"num_format": "yyyy/m/d"})
        head = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1})
        for title, rows, aside in ((name, lines, False), *more):
            sheet = book.add_worksheet(title)
            if aside:
                sheet.hide()
            for turn, cells in enumerate(rows):
                for place, value in enumerate(cells):
                    if isinstance(value, datetime.datetime):
                        sheet.write_datetime(turn, place, value, day)
                    elif value is not None:
                        sheet.write(turn, place, value)
            if not aside and title == name:
                for each in merges:
                    first = xlsxwriter.utility.xl_cell_to_rowcol(each.split(":")[0])
                    sheet.merge_range(each, lines[first[0]][first[1]], head)
                for row in hidden:
                    sheet.set_row(row - 1, None, None, {"hidden": True})
                sheet.set_column(0, 12, 14)


def demo(folder: Path) -> None:
    """Seven units' ledgers of one week, with what happens in real life; an eighth unit handed nothing in."""
    (folder / "last_week").mkdir(parents=True, exist_ok=True)
    code = [credit_code(100 + turn, 1 + turn % 3) for turn in range(60)]
    # 岚汀街道: a title, a header on two levels, a merged street, a subtotal, who filled it in.
    rows: list[list[Any]] = [
        ["岚汀街道社会组织“建组织扩覆盖”工作台账", *[None] * 10],
        ["填报单位：岚汀街道", *[None] * 10],
        [
            "序号",
            "社会组织名称",
            "统一社会信用代码",
            "所在镇街",
            "党员情况（名）",
            None,
            "是否建立党组织",
            "群团组织",
            None,
            None,
            "备注",
        ],
        [None, None, None, None, "正式", "预备", None, "工会", "共青团", "妇联", None],
    ]
    names = ("书画协会", "商会", "太极拳协会", "小水滴托育中心", "助学基金会", "戏曲学会")
    for turn, name in enumerate(names):
        rows.append(
            [
                turn + 1,
                f"岚汀{name}",
                code[turn],
                "岚汀街道" if not turn else None,
                (4, 3, 2, 1, 0, 6)[turn],
                1 if not turn else None,
                "√" if turn in (0, 5) else "×",
                "√" if turn == 1 else None,
                None,
                "√" if turn == 3 else None,
                None,
            ]
        )
    rows += [["合计", None, None, None, 16, 1, 2, 1, 0, 1, None], ["填表人：某甲", None, None, "审核人：某乙"]]
    plain_book(
        folder / "岚汀街道.xlsx",
        rows,
        ("A1:K1", "A2:K2", *(f"{one}3:{one}4" for one in "ABCDGK"), "E3:F3", "H3:J3", "D5:D10"),
    )
    # 河口镇: a text file in GBK, full-width digits, units, yes and no in several ways.
    lines = [["社会组织名称", "登记证号", "镇街", "正式党员", "是否已建党组织", "是否派驻党建指导员", "业务主管单位"]]
    for turn, (members, branch, sent) in enumerate(
        [
            ("４人", "已建", "Y"),
            ("2", "未建", "N"),
            ("1名", "否", "是"),
            ("0", "否", ""),
            ("三", "是", "有"),
            ("1", "否", "无"),
        ]
    ):
        lines.append(
            [
                f"河口{('渔业协会', '老年协会', '小太阳幼儿园', '志愿者协会', '龙舟协会', '读书会')[turn]}",
                code[10 + turn],
                "河口镇",
                members,
                branch,
                sent,
                "直接登记" if turn == 3 else "市民政局",
            ]
        )
    (folder / "河口镇.csv").write_bytes("\r\n".join(",".join(line) for line in lines).encode("gbk") + b"\r\n")
    # 霁笙镇: a hidden row and a hidden sheet, probationary members in brackets, a branch on its way.
    rows = [["社会组织名称", "统一社会信用代码", "所在镇街", "正式党员数", "是否建立党组织", "未建原因"]]
    for turn, (members, branch, reason) in enumerate(
        [
            ("2（含预备1）", "否", "有党员但不符合建立党组织条件"),
            (3, "筹建中", "应建未建"),
            (5, "是", None),
            (0, "否", "无党员"),
            (1, "否", "有党员但不符合建立党组织条件"),
        ]
    ):
        rows.append(
            [
                f"霁笙{('护理服务中心', '农技协会', '商会', '小学校友会', '社工服务站')[turn]}",
                code[20 + turn],
                "霁笙镇",
                members,
                branch,
                reason,
            ]
        )
    plain_book(folder / "霁笙镇.xlsx", rows, hidden=(5,), name="霁笙镇", more=[("上周", rows[:4], True)])
    # 市民政局: responsible for organizations in several streets; one of them stands in 岚汀街道's ledger, too.
    rows = [
        ["市民政局直管社会组织台账"],
        ["填报单位：市民政局"],
        ["社会组织名称", "统一社会信用代码", "所在镇街", "正式党员数", "是否建立党组织", "从业人员数"],
    ]
    for turn, (street, members, staff) in enumerate(
        [("岚汀街道", 3, 20), ("河口镇", 2, 9), ("蘅栎镇", 1, 3), ("霁笙镇", 6, 4)]
    ):
        rows.append(
            [
                f"市{('慈善总会', '养老服务协会', '社工协会', '殡葬行业协会')[turn]}",
                code[30 + turn],
                street,
                members,
                "是" if turn == 3 else "否",
                staff,
            ]
        )
    rows.append(["岚汀小水滴托育中心", code[3], "岚汀街道", 1, "否", 8])
    plain_book(folder / "市民政局.xlsx", rows, ("A1:F1", "A2:F2"))
    # 市教育局: counts all members; a mapping beside the ledger says that they are full ones.
    rows = [["单位名称", "统一社会信用代码", "所在镇街", "党员总数", "党组织是否建立", "联系人", "联系电话"]]
    for turn, (members, branch) in enumerate([(7, "已建立"), (3, "未建立"), (1, "未建立"), (2, "未建立")]):
        rows.append(
            [
                f"{('启明', '星河', '青禾', '小荷')[turn]}培训学校",
                code[40 + turn],
                ("岚汀街道", "河口镇")[turn % 2],
                members,
                branch,
                "某丙",
                "13800000000",
            ]
        )
    plain_book(folder / "市教育局.xlsx", rows)
    (folder / "市教育局.mapping.yaml").write_text(
        "# 市教育局确认：党员总数一列只填正式党员\ncolumns:\n  党员总数: full_members\nresponsible: 市教育局\n",
        encoding="utf-8",
    )
    # 市科协: a code with a wrong check digit, dates in several forms.
    rows = [
        ["填报单位：市科协"],
        ["学会名称", "统一社会信用代码", "所在镇街", "正式党员数", "是否建立党组织", "党组织成立时间"],
    ]
    when = [datetime.datetime(2026, 5, 4), "2026年5月4日", "2026.5.4", None]
    for turn in range(4):
        each = code[50 + turn]
        rows.append(
            [
                f"市{('气象', '农学', '地理', '心理')[turn]}学会",
                each[:-1] + ("0" if each[-1] != "0" else "1") if turn == 3 else each,
                "蘅栎镇",
                turn + 2,
                "是" if turn < 3 else "否",
                when[turn],
            ]
        )
    plain_book(folder / "市科协.xlsx", rows)
    # 蘅栎镇: refused: a code twice, a count missing, a day that may be two.
    rows = [
        [
            "社会组织名称",
            "统一社会信用代码",
            "所在镇街",
            "正式党员数",
            "是否建立党组织",
            "派驻时间",
            "是否派驻党建指导员",
        ]
    ]
    for turn, (members, day) in enumerate([(3, None), (None, None), (1, "5/8/2027"), (0, None)]):
        rows.append(
            [
                f"蘅栎{('茶业协会', '摄影协会', '象棋协会', '义工协会')[turn]}",
                code[55 + (turn if turn < 3 else 0)],
                "蘅栎镇",
                members,
                "否",
                day,
                "是" if day else "否",
            ]
        )
    plain_book(folder / "蘅栎镇.xlsx", rows)
    (folder / "units.txt").write_text(
        "# 应报送台账的责任单位\n岚汀街道\n河口镇\n霁笙镇\n蘅栎镇\n望河街道\n市民政局\n市教育局\n市科协\n",
        encoding="utf-8",
    )
    last_week(folder, code)


def last_week(folder: Path, code: Sequence[str]) -> None:
    """The register of the week before: two units' ledgers were still good, some organizations were otherwise."""
    now = collect(folder).register.reset_index()
    before = now[~now["org_id"].isin([code[5], code[15]])].copy()
    for turn, members in ((1, 2), (12, 2), (40, 9)):
        before.loc[before["org_id"] == code[turn], "full_members"] = members
    before.loc[before["org_id"] == code[10], ["has_branch"]] = False
    before.loc[before["org_id"] == code[2], ["street", "responsible"]] = "河口镇"
    others = [
        ("蘅栎镇", f"蘅栎{name}", code[55 + turn]) for turn, name in enumerate(("茶业协会", "摄影协会", "象棋协会"))
    ]
    others += [("望河街道", f"望河{name}", code[58 + turn]) for turn, name in enumerate(("商会", "读书会"))]
    more = pd.DataFrame(
        [
            {"org_id": org_id, "name": name, "street": street, "full_members": 2, "has_branch": False}
            for street, name, org_id in others
        ]
    )
    write_register(check_register(pd.concat([before, more], ignore_index=True)), folder / "last_week" / "register.csv")


if __name__ == "__main__":
    template(DATA / "ledger_template.xlsx")
    demo(DATA / "demo_ledgers")
