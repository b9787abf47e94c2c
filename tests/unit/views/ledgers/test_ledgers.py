"""How a planner is led: one line for one problem, a copy that marks cells and holds nobody, a mapping that stays."""

import io

import openpyxl
import pytest
from typer.testing import CliRunner

from tests.unit.inputs.ledger.messy import CASES, GOOD, HEAD, one, with_column, write
from workbench.cli.main import command_line
from workbench.errors import RegisterError
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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_says_everything(tmp_path, language):
    for case in CASES:
        path = write(case, tmp_path)
        try:
            examination = examine(path, case.mapping)
        except RegisterError:
            continue
        with in_language(language):
            screen = check_screen(examination)
        assert all(note.rule in screen for note in examination.notes) or language == "zh", case.name
        assert str(tmp_path) not in screen


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
