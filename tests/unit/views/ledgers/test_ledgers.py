"""How a planner is led: one line for one problem, a copy that marks cells and holds nobody, a mapping that stays."""

import io
import zipfile

import openpyxl
from typer.testing import CliRunner

from tests.unit.inputs.ledger.messy import CASES, GOOD, HEAD, one, with_column, write
from workbench.cli.main import command_line
from workbench.inputs import read_ledger, read_register
from workbench.inputs.ledger import examine
from workbench.labels import in_language
from workbench.shipped import shipped
from workbench.views.ledgers import check_screen, marked_copy

DEMO = shipped() / "data" / "demo_ledgers"


def run(*arguments):
    return CliRunner().invoke(command_line, [str(each) for each in arguments])


def test_one_problem_of_many_rows_is_one_line(tmp_path):
    path = tmp_path / "台账.xlsx"
    one(HEAD, *([f"A{turn}", "x", "岚汀街道", None, "否"] for turn in range(400)))(path)
    with in_language("zh"):
        screen = check_screen(examine(path))
    assert "D 列“正式党员数” 第 2–401 行（400 处，同一问题）" in screen
    assert screen.count("此格必填") == 1
    assert len(screen.splitlines()) < 20


def test_the_copy_marks_each_cell_and_changes_no_other(tmp_path):
    path = tmp_path / "台账.xlsx"
    one(["台账"], HEAD, *GOOD[:2], ["DJ-9", "＝某会", "岚汀街道", "约4人", "否"])(path)
    examination = examine(path)
    copy = openpyxl.load_workbook(io.BytesIO(marked_copy(examination)))
    sheet = copy["台账"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=5)] == [
        HEAD,
        *GOOD[:2],
        ["DJ-9", "＝某会", "岚汀街道", "约4人", "否"],
    ]
    assert sheet["B5"].data_type == "s"
    commented = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert commented == {"D5", "B5"} - (
        {"B5"} if examination.verdict == "refuse" and not sheet["B5"].comment else set()
    )
    assert sheet["D5"].fill.fgColor.rgb == "FFF8B4B4"
    assert marked_copy(examination) == marked_copy(examine(path))


def dressed(path):
    """A ledger with its office's own looks, its maker's name, a remark with a name, and a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in [
        ["台账"],
        [*HEAD, "联系人"],
        *([*row, "张某某"] for row in GOOD),
        ["DJ-9", "某会", "岚汀街道", "约4人"],
    ]:
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    sheet["A1"].font = openpyxl.styles.Font(name="方正小标宋简体", size=20, bold=True, color="FFC00000")
    sheet["B3"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF92D050")
    sheet["D8"].font = openpyxl.styles.Font(name="仿宋", size=14)
    sheet["D3"].number_format = "0.00"
    sheet["B4"].comment = openpyxl.comments.Comment("张某某：已核", "张某某")
    sheet.column_dimensions["B"].width = 33
    sheet.freeze_panes = "A3"
    for cells, words in (("E3:E99", '"是,否"'), ("F3:F99", '"张某某,李某某"')):
        rule = openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1=words)
        rule.add(cells)
        sheet.add_data_validation(rule)
    sheet.oddFooter.left.text = "填表人：张某某"
    book.properties.creator = book.properties.lastModifiedBy = "张某某"
    book.save(path)


def test_the_copy_of_a_workbook_keeps_its_looks_and_nobody(tmp_path):
    path = tmp_path / "台账.xlsx"
    dressed(path)
    examination = examine(path)
    content = marked_copy(examination)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["台账"]
    assert (sheet["A1"].font.name, sheet["A1"].font.sz, sheet["A1"].font.color.rgb) == (
        "方正小标宋简体",
        20,
        "FFC00000",
    )
    assert sheet["B3"].fill.fgColor.rgb == "FF92D050"
    assert (sheet["D8"].font.name, sheet["D8"].font.sz, sheet["D8"].fill.fgColor.rgb) == ("仿宋", 14, "FFF8B4B4")
    assert "整数" in sheet["D8"].comment.text or "whole number" in sheet["D8"].comment.text
    assert sheet["D3"].number_format == "0.00"
    assert sheet.column_dimensions["B"].width == 33
    assert sheet.freeze_panes == "A3"
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["E3:E99"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "某某" not in "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    assert content == marked_copy(examine(path))


def test_who_handed_it_in_and_when_stays_in_the_copy(tmp_path):
    path = tmp_path / "台账.xlsx"
    title = "填报单位：市科学技术协会　填报日期：2027年7月28日　填报人：张某某"
    one([title], ["填表说明：1.正式党员不含预备党员。"], HEAD, *GOOD)(path)
    sheet = openpyxl.load_workbook(io.BytesIO(marked_copy(examine(path))))["台账"]
    assert "市科学技术协会" in sheet["A1"].value
    assert "2027年7月28日" in sheet["A1"].value
    assert "张某某" not in sheet["A1"].value
    assert "正式党员不含预备党员" in sheet["A2"].value


def test_a_copy_that_cannot_be_written_into_is_written_anew(tmp_path):
    case = next(case for case in CASES if case.name == "strict")
    copy = openpyxl.load_workbook(io.BytesIO(marked_copy(examine(write(case, tmp_path)))))
    assert [cell.value for cell in copy["台账"][2]] == GOOD[0]
    dressed(path := tmp_path / "gone.xlsx")
    examination = examine(path)
    path.unlink()
    assert openpyxl.load_workbook(io.BytesIO(marked_copy(examination)))["台账"]["B4"].value == GOOD[1][1]


def test_the_copy_holds_nobody(tmp_path):
    path = tmp_path / "台账.xlsx"
    lines = with_column("联系人", "张某某", "李某某")
    lines = [[*row, tail] for row, tail in zip(lines, ["备注", "电话13800000000", *[None] * 4], strict=True)]
    one(*lines, ["填表人：王某某  联系电话：13800000001"])(path)
    copy = openpyxl.load_workbook(io.BytesIO(marked_copy(examine(path))))
    words = " ".join(str(cell.value) for sheet in copy for row in sheet.iter_rows() for cell in row)
    for name in ("张某某", "李某某", "王某某", "13800000000", "13800000001"):
        assert name not in words
    ledger = read_ledger(path)
    everything = " ".join(table.to_csv() for table in (ledger.register, ledger.findings, ledger.mapping, ledger.rows))
    assert "某某" not in everything + str(ledger.warnings)


def test_check_writes_a_register_a_mapping_and_a_scenario(tmp_path):
    result = run("check", DEMO / "岚汀街道.xlsx", "--lang", "zh", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    register = read_register(tmp_path / "out/register.csv")
    assert len(register) == 6
    again = read_ledger(DEMO / "岚汀街道.xlsx", tmp_path / "out/岚汀街道.mapping.yaml")
    assert again.register.equals(register)
    assert (again.mapping["confidence"][again.mapping["column"].notna()] == 1).all()
    check = run("check", tmp_path / "out/岚汀街道.yaml")
    assert check.exit_code == 0, check.output


def test_check_of_a_refused_ledger_exits_with_one_and_still_marks_it(tmp_path):
    result = run("check", DEMO / "蘅栎镇.xlsx", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "refused; 3 faults" in result.output
    assert (tmp_path / "out/蘅栎镇_marked.xlsx").is_file()
    assert not (tmp_path / "out/register.csv").exists()


def test_collect_writes_the_same_bytes_twice(tmp_path):
    for turn in ("one", "two"):
        result = run(
            "collect",
            DEMO,
            "--previous",
            DEMO / "last_week/register.csv",
            "--as-of",
            "2027-07-30",
            "--out",
            tmp_path / turn,
        )
        assert result.exit_code == 0, result.output
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) >= 8
    for path in files:
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes(), path


def test_a_wrong_date_is_usage(tmp_path):
    assert run("collect", DEMO, "--as-of", "soon", "--out", tmp_path).exit_code == 2
