"""Names as a register may hold them stand in every output as they are; what a format cannot hold is told."""

from __future__ import annotations

import html
import io
from dataclasses import replace

import docx
import openpyxl
import pytest

from workbench.labels import text
from workbench.views.report import report_docx, report_html
from workbench.views.report.workbook import write_workbook

#: Emoji, private use, rare characters, mathematics, markup, a formula, a file's longest name, and far too long.
NAMES = (
    "😀🎉社", "\ue000\uf8ff私用", "𠮷𪚥龘", r"$x^2$ \alpha_{1} $", "<script>&amp;'\"</script>", "=1+1", "甲" * 85,
    "长" * 10_000,
)  # fmt: skip


@pytest.fixture
def named(small_plan):
    """The plan of a city whose organizations have such names."""
    register, joint = small_plan.register, list(small_plan.grouping.assignment["org_id"])
    assert len(joint) > len(NAMES)
    names = register["name"].copy()
    names[joint] = [f"{NAMES[turn % len(NAMES)]}{turn}" for turn in range(len(joint))]
    return replace(small_plan, register=register.assign(name=names))


def test_a_name_stands_in_every_output_as_it_is(named, tmp_path):
    joint = named.grouping.assignment["org_id"]
    names = named.register["name"]
    book = openpyxl.load_workbook(write_workbook(named, tmp_path / "plan.xlsx"))
    cells = {cell.value for row in book[text("sheet.grouping")].iter_rows() for cell in row}
    assert set(names[joint]) <= cells
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)
    said = "\n".join(
        cell.text for table in docx.Document(io.BytesIO(report_docx(named, {}))).tables for cell in table._cells
    )
    page = report_html(named, {})
    for name in names[joint]:
        assert name in said
        assert html.escape(name, quote=True) in page
    assert "<script>" not in page
