"""`workbench compare`: scenarios side by side, as tables, a workbook and figures; what cannot be compared is said."""

from __future__ import annotations

import json
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

import workbench as wb
from tests.functional.conftest import snapshot

QUICK = ("--replications", "40")


@pytest.fixture
def plans(here):
    """Two more scenarios beside the office's own."""
    weekly = "base: small.yaml\ntitle: {zh: 每周开会, en: Weekly}\ncommittee: {every_weeks: 1}\n"
    (here / "weekly.yaml").write_text(weekly, encoding="utf-8")
    (here / "apart.yaml").write_text("base: small.yaml\ngrouping: {max_distance_km: 1}\n", encoding="utf-8")
    return here


def test_the_screen_and_the_folder(plans, type_in):
    done = type_in("compare", "small.yaml", "weekly.yaml", "apart.yaml", *QUICK, "--out", "side", "--seed", "5")
    assert done.code == 0, done.err
    assert "Weekly against small" in done.out
    assert "By expected coverage, Weekly is the best" in done.out
    files = snapshot(plans / "side")
    assert set(files) == {"comparison.csv", "comparison.xlsx", "differences.png", "days.png", "manifest.json"}
    assert files["differences.png"].startswith(b"\x89PNG")
    manifest = json.loads(files["manifest.json"])
    assert (manifest["seed"], manifest["replications"], manifest["scenarios"][1]) == (5, 40, "Weekly")
    # The same numbers as from Python.
    register = wb.read_register("city.csv")
    scenarios = [wb.read_scenario(f"{name}.yaml") for name in ("small", "weekly")]
    runs = {
        scenario.label: wb.simulate(register, scenario, wb.group(register, scenario, seed=5), replications=40, seed=5)
        for scenario in scenarios
    }
    found = wb.compare(runs).table
    table = pd.read_csv(plans / "side" / "comparison.csv").set_index("scenario")
    for column in ("expected", "gain", "gain_low", "probability", "better"):
        assert table[column].loc["Weekly"] == pytest.approx(found[column].loc["Weekly"])
    book = openpyxl.load_workbook(BytesIO(files["comparison.xlsx"]), read_only=True)
    assert book.sheetnames == ["scenarios", "pairs", "responsible units", "days"]
    assert [cell.value for cell in next(book["scenarios"].rows)][:3] == ["scenario", "expected coverage", "difference"]


def test_again_into_the_same_folder_gives_the_same_bytes(plans, type_in):
    for _ in range(2):
        assert type_in("compare", "small.yaml", "weekly.yaml", *QUICK, "--out", "side").code == 0
        files = snapshot(plans / "side")
    assert type_in("compare", "small.yaml", "weekly.yaml", *QUICK, "--out", "again").code == 0
    assert snapshot(plans / "again") == files


@pytest.mark.parametrize("name", ["side.csv", "side.xlsx"])
def test_a_single_file(plans, type_in, name):
    done = type_in("compare", "small.yaml", "weekly.yaml", *QUICK, "--lang", "zh", "--out", name)
    assert done.code == 0
    assert f"已写入 {name}" in done.out
    assert (plans / name).stat().st_size > 300


@pytest.mark.parametrize("name", ["side.pdf", "side.docx", "side.png"])
def test_a_file_of_another_kind_is_refused_before_any_work(plans, type_in, name):
    before = snapshot(plans)
    done = type_in("compare", "small.yaml", "weekly.yaml", *QUICK, "--out", name)
    assert done.code == 1
    assert f"{name} ends in {name[-4:] if name[-5] != '.' else name[-5:]}; it can be one of: .csv, .xlsx" in done.err
    assert "against small" not in done.out
    assert snapshot(plans) == before


def test_a_folder_may_have_a_dot(plans, type_in):
    done = type_in("compare", "small.yaml", "weekly.yaml", *QUICK, "--out", "june.1")
    assert done.code == 0
    assert (plans / "june.1" / "comparison.csv").is_file()


def test_scenarios_of_one_title_go_by_their_files(plans, type_in):
    (plans / "copy.yaml").write_text("name: small\nbase: small.yaml\n", encoding="utf-8")
    done = type_in("compare", "small.yaml", "copy.yaml", *QUICK)
    assert done.code == 0
    assert "copy.yaml against small.yaml: the same in every replication" in " ".join(done.out.split())


def test_work_coverage_ranked_by_chance(plans, type_in):
    done = type_in("compare", "small.yaml", "weekly.yaml", *QUICK, "--target", "work", "--rank-by", "probability")
    assert done.code == 0
    assert "work coverage" in done.out
    assert "By the probability of the target" in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["small.yaml"],
        ["small.yaml", "small.yaml"],
        ["small.yaml", "weekly.yaml", "--replications", "1"],
        ["small.yaml", "weekly.yaml", "--target", "all"],
    ],
    ids=" ".join,
)
def test_what_makes_no_comparison_is_usage(plans, type_in, arguments):
    before = snapshot(plans)
    done = type_in("compare", *arguments)
    assert done.code == 2
    assert "Usage: workbench compare" in done.err
    assert snapshot(plans) == before


def test_other_organizations_are_a_fault(plans, type_in):
    wb.write_register(wb.make_city(60, 3, seed=2), plans / "other.csv")
    (plans / "other.yaml").write_text("register: other.csv\n", encoding="utf-8")
    done = type_in("compare", "small.yaml", "other.yaml", *QUICK)
    assert done.code == 1
    assert "same organizations" in done.err
    assert "Traceback" not in done.err


def test_four_columns_are_enough_to_compare(plans, type_in):
    """Without places there are no joint branches; that is said, and the rest is compared."""
    register = wb.read_register("city.csv")[["street", "full_members", "has_branch"]]
    register.to_csv(plans / "city.csv")
    done = type_in("compare", "small.yaml", "weekly.yaml", *QUICK)
    assert done.code == 0, done.err
    assert done.err.count("no places") == 1
    assert "Weekly against small" in done.out


def test_a_folder_of_something_else_is_left_alone(plans, type_in):
    (plans / "mine").mkdir()
    (plans / "mine" / "notes.txt").write_text("keep", encoding="utf-8")
    done = type_in("compare", "small.yaml", "weekly.yaml", *QUICK, "--out", "mine")
    assert done.code == 1
    assert snapshot(plans / "mine") == {"notes.txt": b"keep"}
