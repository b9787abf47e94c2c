"""Ledgers read to a verdict, many collected, a bomb refused: seconds and memory, against peers that only read."""

from __future__ import annotations

import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import xlsxwriter

from benchmarks.measuring import Child, in_child, table

TITLE = "Ledgers"
LONG = False
PACKAGES = ("openpyxl", "pandas", "xlsxwriter")
SIZES = (1_000, 10_000, 100_000)
UNITS, ROWS = 24, 50
HEADER = (
    *("序号", "社会组织名称", "统一社会信用代码", "社会组织类型", "业务主管单位", "所在镇街", "从业人员数"),
    *("党员总数", "正式党员数", "是否建立党组织", "党组织成立时间", "是否选派党建指导员", "未建原因", "备注"),
)


def write_ledger(path: str, rows: int, unit: str = "") -> None:
    """A ledger as an office keeps it: titles, 14 columns, a total and a signature at the foot."""
    with xlsxwriter.Workbook(path, {"constant_memory": rows > 20_000}) as book:
        page = book.add_worksheet("台账")
        page.write_row(0, 0, ["社会组织党建工作台账"])
        page.write_row(1, 0, [f"填报单位：{unit}"] if unit else ["单位：人、家"])
        page.write_row(2, 0, HEADER)
        for turn in range(rows):
            page.write_row(3 + turn, 0, _row(turn, unit))
        page.write_row(3 + rows, 0, ["合计", *[None] * 7, sum(turn % 7 for turn in range(rows))])
        page.write_row(4 + rows, 0, ["填表人："])


def _row(turn: int, unit: str) -> list[object]:
    branch = turn % 5 == 0
    return [
        *(turn + 1, f"{unit}第{turn + 1}协会", f"DJ-{unit}{turn + 1:06d}", ("社会团体", "民办非企业单位")[turn % 2]),
        *("市民政局", f"岚汀第{turn % 97}街道", 12 + turn % 5, turn % 7 + 1, turn % 7, "已建" if branch else "未建"),
        *("2024年6月12日" if branch else None, "√" if turn % 3 else "×", None if branch else "应建未建", None),
    ]


def to_a_verdict(path: str) -> int:
    """What is measured: from the file to a register."""
    from workbench.inputs import read_ledger

    return len(read_ledger(path).register)


def by_pandas(path: str) -> int:
    """A peer: pandas with openpyxl, which reads cells and says nothing of them."""
    return len(pd.read_excel(path, header=2, dtype=str))


def by_openpyxl(path: str) -> int:
    """A peer: openpyxl's full reader, the only one of its two that knows of merged cells and hidden rows."""
    from openpyxl import load_workbook

    return sum(1 for _ in load_workbook(path, data_only=True).worksheets[0].iter_rows(values_only=True))


def nothing() -> None:
    """Imports alone, whose memory and time are no reader's."""
    import workbench.inputs

    assert workbench.inputs.read_ledger


def collect_all(folder: str) -> int:
    """Many ledgers into one register."""
    from workbench.jobs import collect

    return len(collect(folder).register)


def refuse_bomb(path: str) -> str:
    """A workbook of a megabyte that unpacks to a gigabyte."""
    from workbench.errors import RegisterError
    from workbench.inputs import read_ledger

    try:
        read_ledger(path)
    except RegisterError as error:
        return error.faults[0].code
    raise AssertionError("the bomb was read")


def measure() -> Iterator[str]:
    """Blocks of Markdown."""
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        yield from _sizes(Path(folder))
        yield _collected(Path(folder))
        yield _bomb(Path(folder))


def _sizes(folder: Path) -> Iterator[str]:
    bare = in_child(nothing)
    yield (
        f"XLSX ledgers of {len(HEADER)} columns with titles, a total and a signature, each in a fresh process. Times "
        f"are without imports; a process that has only imported holds {bare.peak_mib:.0f} MiB. *verdict*: "
        "`read_ledger`, to a register and its findings. *pandas*: `pandas.read_excel`. *openpyxl*: its full reader, "
        "which keeps merged cells and hidden rows as a ledger needs them."
    )
    rows = []
    for size in SIZES:
        path = str(folder / f"{size}.xlsx")
        write_ledger(path, size)
        found: dict[str, Child] = {
            name: in_child(work, path)
            for name, work in (("verdict", to_a_verdict), ("pandas", by_pandas), ("openpyxl", by_openpyxl))
        }
        assert found["verdict"].result == size
        rows.append(
            {
                "rows": size,
                **{f"{name}, CPU s": child.cpu for name, child in found.items()},
                **{f"{name}, MiB": child.peak_mib for name, child in found.items()},
                "verdict / pandas": found["verdict"].cpu / found["pandas"].cpu,
                "verdict / openpyxl": found["verdict"].cpu / found["openpyxl"].cpu,
            }
        )
    yield table(pd.DataFrame(rows), index=False)


def _collected(folder: Path) -> str:
    many = folder / "many"
    many.mkdir()
    for turn in range(UNITS):
        write_ledger(str(many / f"岚汀{turn + 1}镇.xlsx"), ROWS, f"岚汀{turn + 1}镇")
    child = in_child(collect_all, str(many))
    return (
        f"{UNITS} ledgers of {ROWS} rows collected into one register of {child.result:,}: {child.cpu:.2g} s of "
        f"CPU, {child.peak_mib:.0f} MiB."
    )


def _bomb(folder: Path) -> str:
    path = folder / "bomb.xlsx"
    write_ledger(str(path), 10)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/b.bin", "w") as part:
        for _ in range(1_000):
            part.write(bytes(1_000_000))
    child = in_child(refuse_bomb, str(path))
    return (
        f"A workbook of {path.stat().st_size / 1e6:.1f} MB that unpacks to a gigabyte is refused ({child.result}) in "
        f"{child.cpu:.2g} s of CPU, {child.peak_mib:.0f} MiB."
    )
