"""The visiting list as it is handed on: an office's sheet, and what a census says where every simulation agrees."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

import workbench as wb
from workbench.labels import text
from workbench.views.files import write_visits


@pytest.fixture
def values():
    """Three organizations at which a member more counts, and one at which it does not."""
    city = wb.make_city(40, 2, seed=1)
    ids = city.index[:4]
    return city, pd.DataFrame({
        "responsible": city["responsible"].loc[ids], "street": city["street"].loc[ids], "tier": "T1",
        "members": city["full_members"].loc[ids], "value": [2, 0, 1, 1], "value_bound": 3,
    })  # fmt: skip


def test_the_visiting_list_is_a_sheet_as_an_office_hands_it_on(values, either_language, tmp_path):
    city, worth = values
    sheet = openpyxl.load_workbook(write_visits(worth, city, wb.Scenario(), tmp_path / "visits.xlsx")).active
    assert sheet["A1"].value == text("sheet.visits")
    assert text("book.unit") in sheet["A2"].value
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert [cell.replace("\n", "") for cell in rows[0][:2]] == [
        text(f"census.column.{name}") for name in ("responsible", "visit")
    ]
    assert {row[2] for row in rows[1:4]} == set(worth.index[worth["value"] > 0])
    assert rows[4][0] == text("brief.total")
    assert rows[4][2] == "3"
    assert sheet.page_setup.orientation == "landscape"


def test_a_visiting_list_for_a_program_is_data_alone(values, tmp_path):
    city, worth = values
    lines = write_visits(worth, city, wb.Scenario(), tmp_path / "visits.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 4


def test_a_census_under_which_every_simulation_ends_well_says_so_in_counts():
    city = wb.make_city(40, 2, seed=1).assign(has_branch=True)
    found = wb.simulate_census(wb.check_register(city), wb.Scenario(), False, outcomes=2, replications=3)
    assert "in all of 6 simulations" in found.summary()
    assert "[" not in found.summary().splitlines()[1]
    less = replace(found, probability=wb.Estimate(0.5, 0.4, 0.6))
    assert "50.0% [40.0%, 60.0%]" in less.summary()
