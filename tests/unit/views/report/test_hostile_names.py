"""Names as a register may hold them stand in every output as they are; what no reader would see is told."""

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

#: Emoji, rare characters, mathematics, markup, formulas, a file's longest name, and far too long.
NAMES = (
    "😀🎉社", "𠮷𪚥龘", r"$x^2$ \alpha_{1} $", "<script>&amp;'\"</script>", "=1+1", "+1", "-1", "@SUM(A1)",
    "\t=1+1", "甲" * 85, "长" * 10_000,
)  # fmt: skip
#: No font has a sign for these, or what they do is not seen: private use, the third plane, a control character, an
#: escape to the terminal, what turns the direction of writing; and how they are told.
TOLD = {
    "\ue000\uf8ff私用": "[U+E000][U+F8FF]私用", "\U00030edd面": "[U+30EDD]面", "铃\x07": "铃[U+0007]",
    "\x1b[31m红": "[U+001B][31m红", "甲\u202etxt": "甲[U+202E]txt", "\U000f0000乙": "[U+F0000]乙",
}  # fmt: skip
UNSEEN = set("\ue000\uf8ff\U00030edd\x07\x1b\u202e\U000f0000")


@pytest.fixture
def named(small_plan):
    """The plan of a city whose organizations have such names."""
    register, joint = small_plan.register, list(small_plan.grouping.assignment["org_id"])
    assert len(joint) > len((*NAMES, *TOLD))
    every = [*NAMES, *TOLD]
    names = register["name"].copy()
    names[joint] = [f"{every[turn % len(every)]}{turn}" for turn in range(len(joint))]
    return replace(small_plan, register=register.assign(name=names))


def test_a_name_stands_in_every_output_as_it_is(named, tmp_path):
    joint = named.grouping.assignment["org_id"]
    names = named.register["name"][joint]
    for seen, told in TOLD.items():
        names = names.str.replace(seen, told, regex=False)
    book = openpyxl.load_workbook(write_workbook(named, tmp_path / "plan.xlsx"))
    cells = {cell.value for row in book[text("sheet.grouping")].iter_rows() for cell in row}
    assert set(names) <= cells
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)
    said = "\n".join(
        cell.text for table in docx.Document(io.BytesIO(report_docx(named, {}))).tables for cell in table._cells
    )
    page = report_html(named, {})
    assert not [sign for words in (said, page, *filter(None, map(str, cells))) for sign in words if sign in UNSEEN]
    for name in names:
        assert name in said
        assert html.escape(name, quote=True) in page
    assert "<script>" not in page
