"""A city in which there is nothing to say of something says so, and draws no empty picture of it."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench.jobs.plan import make_plan
from workbench.labels import in_language, text
from workbench.views.formats import PictureBlock
from workbench.views.report import findings
from workbench.views.report.annexes import annexes
from workbench.views.report.workbook import plan_sheets


@pytest.fixture(scope="module")
def without_places():
    """Joint branches are not looked for, and whoever could form a branch has one."""
    city = wb.make_city(14, 2, seed=4).drop(columns=["x", "y"])
    city["has_branch"] = city["full_members"] >= 2
    return make_plan(wb.check_register(city), wb.Scenario(), replications=4, seed=2)


def test_nothing_is_proven_of_joint_branches_that_nobody_looked_for(without_places):
    with in_language("en"):
        said = findings.grouping_sentence(without_places)
        assert said.endswith("left out.")
        assert "proven" not in said
    drawn = [block for block in annexes(without_places, {"map": b"", "fan": b""}) if isinstance(block, PictureBlock)]
    assert len(drawn) == 1


def test_no_sheet_is_empty_without_a_word_and_no_share_is_of_nothing(without_places, either_language):
    cover, *sheets = plan_sheets(without_places)
    empty = [sheet for sheet in sheets if not len(sheet.table)]
    assert {text("sheet.tasks"), text("sheet.grouping"), text("sheet.moves")} <= {sheet.name for sheet in empty}
    assert all(sheet.note.startswith(text("table.none")) for sheet in empty)
    # The plan's own indicators stand second: of no task at all, no share is one kind.
    assert cover.lines[1].count("–") == 2
