"""What is handed in, as files: the brief, the workbook and the figures of a plan, and workbooks of many tasks."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from datetime import date
from time import process_time

import pandas as pd

from benchmarks.measuring import in_child, table

TITLE = "Outputs"
LONG = False
PACKAGES = ("xlsxwriter", "python-docx", "matplotlib", "pandas")
TASKS = (1_000, 10_000, 100_000)
#: Organizations and streets of the made-up city whose plan is written; fewer replications do not change the files.
CITY, REPLICATIONS = (1_200, 30), 60


def tasks(count: int) -> pd.DataFrame:
    """A task list of so many rows, as `task_table` takes it."""
    day = pd.Timestamp(2027, 8, 13)
    return pd.DataFrame(
        {
            "number": range(1, count + 1),
            "case": [f"SO{turn:06d}" for turn in range(count)],
            "lead": [f"岚汀第{turn}行业协会" for turn in range(count)],
            "names": [f"岚汀第{turn}行业协会、河口第{turn}商会" for turn in range(count)],
            "kind": ["standalone", "joint"] * (count // 2),
            "dual": [False, True] * (count // 2),
            "members": [turn % 9 for turn in range(count)],
            "responsible": [f"岚汀第{turn % 97}街道" for turn in range(count)],
            "person": "",
            "street": [f"岚汀第{turn % 97}街道" for turn in range(count)],
            "due": day,
            "formed_median": day,
            "p_formed": [turn % 100 / 100 for turn in range(count)],
            "light": ["red", "yellow"] * (count // 2),
            "reason": "应建未建",
        }
    )


def as_an_office(count: int) -> tuple[int, float]:
    """The workbook's own sheet: title, widths, formats, colours, filter, totals. Its bytes, and seconds of writing."""
    from workbench.views.formats import Sheet, workbook_bytes
    from workbench.views.report.workbook import task_table

    found = tasks(count)
    begun = process_time()
    sheet = Sheet.of("任务分解表", task_table(found), "填报单位：")
    return len(workbook_bytes([sheet], date(2027, 7, 15))), process_time() - begun


def by_pandas(count: int) -> tuple[int, float]:
    """A peer: pandas with the same writer, cells alone."""
    found = tasks(count)
    begun = process_time()
    buffer = io.BytesIO()
    found.to_excel(buffer, engine="xlsxwriter", index=False)
    return len(buffer.getvalue()), process_time() - begun


def all_files() -> dict[str, tuple[int, float]]:
    """Bytes of each file of a plan, and CPU seconds of making it."""
    import workbench as wb
    from workbench.inputs import make_city
    from workbench.jobs import make_plan
    from workbench.views.report import draw_pictures, report_docx, report_html
    from workbench.views.report.workbook import plan_sheets, workbook_bytes

    plan = make_plan(make_city(*CITY, seed=1), wb.Scenario(), replications=REPLICATIONS, seed=1)
    found: dict[str, tuple[int, float]] = {}
    begun = process_time()
    pictures = draw_pictures(plan)
    found["figures"] = sum(map(len, pictures.values())), process_time() - begun
    for name, make in (
        ("report.docx", lambda: report_docx(plan, pictures)),
        ("report.html", lambda: report_html(plan, pictures).encode()),
        ("plan.xlsx", lambda: workbook_bytes(plan_sheets(plan), plan.scenario.calendar.start)),
    ):
        begun = process_time()
        found[name] = len(make()), process_time() - begun
    return found


def measure() -> Iterator[str]:
    """Blocks of Markdown."""
    warnings.simplefilter("ignore")
    found = in_child(all_files).result
    yield f"Everything of a plan for {CITY[0]:,} organizations in {CITY[1]} streets, beyond the computing:"
    files = [{"file": name, "MB": size / 1e6, "CPU s": seconds} for name, (size, seconds) in found.items()]
    yield table(pd.DataFrame(files), index=False)
    yield f"Together {sum(seconds for _, seconds in found.values()):.2g} s of CPU."
    yield (
        "A task list of 15 columns. *office*: as in plan.xlsx, with title, widths, formats, colours, filter, totals. "
        "*pandas*: `DataFrame.to_excel` with the same writer, cells alone."
    )
    rows = []
    for count in TASKS:
        own, peer = in_child(as_an_office, count), in_child(by_pandas, count)
        rows.append(
            {
                "tasks": count,
                "office, CPU s": own.result[1],
                "pandas, CPU s": peer.result[1],
                "office / pandas": own.result[1] / peer.result[1],
                "office, MiB": own.peak_mib,
                "pandas, MiB": peer.peak_mib,
                "office, MB": own.result[0] / 1e6,
            }
        )
    yield table(pd.DataFrame(rows), index=False)
