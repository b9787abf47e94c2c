"""`workbench review`: from a campaign's folder to the notice, the report and the workbook, in both languages."""

from __future__ import annotations

import json
import re
import shutil
import zipfile

import pytest

from workbench.cli.main import run
from workbench.shipped import shipped

CAMPAIGN = shipped() / "data/campaign"
QUICK = ["--replications", "40", "--no-learn"]


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """A campaign's folder of a city of our own, with its plan."""
    folder = tmp_path_factory.mktemp("campaign")
    shutil.copytree(CAMPAIGN / "registers", folder / "registers")
    (folder / "scenarios").mkdir()
    shutil.copy(shipped() / "scenarios/baseline.yaml", folder / "scenarios/baseline.yaml")
    rules = (CAMPAIGN / "scenarios/campaign.yaml").read_text("utf-8").replace("../../../scenarios/", "")
    (folder / "scenarios/my_city.yaml").write_text(rules, "utf-8")
    out = folder / "results/campaign/outcome.nc"
    out.parent.mkdir(parents=True)
    scenario = str(folder / "scenarios/my_city.yaml")
    assert run(["simulate", scenario, "--replications", "60", "--out", str(out), "--lang", "en"]) == 0
    return folder


@pytest.fixture(autouse=True)
def at_home(ours, monkeypatch):
    monkeypatch.chdir(ours)


def words_of(path) -> str:
    with zipfile.ZipFile(path) as file:
        return re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_week_leaves_notice_report_workbook_and_figures(ours, language, capsys):
    assert run(["review", ".", "--as-of", "2027-08-13", "--lang", language, *QUICK]) == 0
    said = capsys.readouterr().out
    place = ours / "results/campaign/2027-08-13"
    there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert there == {
        "notice.docx", "notice.html", "review.docx", "review.html", "review.xlsx", "forecast.nc", "manifest.json",
        "figures/fan.png", "figures/scoreboard.png", "figures/states.png",
    }  # fmt: skip
    manifest = json.loads((place / "manifest.json").read_text("utf-8"))
    assert manifest["as_of"] == "2027-08-13"
    assert manifest["plan"]["made_before"] is True
    assert manifest["language"] == language
    assert "88" in said
    wanted = {
        "zh": ("进展通报", "已建党组织 88 家", "派驻率"),
        "en": ("Notice of progress", "88 of 260", "with an instructor: "),
    }
    for words in (words_of(place / "notice.docx"), (place / "notice.html").read_text("utf-8")):
        assert all(each in words for each in wanted[language])
    title = {"zh": "中期评估报告", "en": "Review of the campaign"}[language]
    assert title in words_of(place / "review.docx")
    assert (ours / "results/campaign/outcome.nc").is_file()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_last_day_is_the_final_summary_with_candidates(ours, language, capsys):
    assert run(["review", "--lang", language, *QUICK]) == 0
    place = ours / "results/campaign/2027-08-31"
    assert (place / "summary.docx").is_file()
    assert not (place / "review.docx").exists()
    words = words_of(place / "summary.docx")
    assert {"zh": "先进集体候选", "en": "Candidates for commendation"}[language] in words
    assert {"zh": "未达到目标", "en": "is missed"}[language] in words
    assert {"zh": "未达到目标", "en": "is missed"}[language] in capsys.readouterr().out


def test_a_missing_week_is_told_and_new_is_counted_from_the_one_before(ours, capsys, tmp_path, monkeypatch):
    other = tmp_path / "other"
    shutil.copytree(ours, other, ignore=shutil.ignore_patterns("2027-*"))
    monkeypatch.chdir(other)
    (other / "registers/register_2027-08-13.csv").unlink()
    assert run(["review", ".", "--as-of", "2027-08-20", "--lang", "en", *QUICK]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "there is no register of the week from 2027-08-09 to 2027-08-15" in said
    assert "(since 6 August: 35)" in said


@pytest.mark.parametrize(
    ("what", "options", "wanted"),
    [
        ("twice", [], "Keep the right one and move the other away"),
        ("day", ["--as-of", "2027-08-15"], "Take --as-of 2027-08-13"),
        ("plan", ["--plan", "strange.nc"], "the plan must be of this register"),
        (
            "previous",
            ["--as-of", "2027-08-13", "--previous", "registers/register_2027-08-20.csv"],
            "Give an earlier one",
        ),
    ],
)
def test_what_cannot_be_told_is_asked_for(ours, what, options, wanted, capsys, tmp_path, monkeypatch):
    other = tmp_path / "other"
    shutil.copytree(ours, other, ignore=shutil.ignore_patterns("2027-*"))
    monkeypatch.chdir(other)
    if what == "twice":
        shutil.copy(other / "registers/register_2027-08-20.csv", other / "registers/register_2027-08-20 (2).csv")
    if what == "plan":
        strange = ["simulate", "county.yaml", "--replications", "5", "--out", "strange.nc", "--lang", "en"]
        assert run(strange) == 0
    capsys.readouterr()
    assert run(["review", ".", "--lang", "en", *options, *QUICK]) == 1
    assert wanted in capsys.readouterr().err
    assert not (other / "results/campaign/2027-08-13").exists()


def test_a_lone_register_takes_its_day_from_its_name_and_its_rules_from_the_plan(ours, tmp_path, capsys):
    lone = tmp_path / "register_2027-08-13.csv"
    shutil.copy(CAMPAIGN / "registers/register_2027-08-13.csv", lone)
    plan = ["--plan", "results/campaign/outcome.nc", "--out", str(tmp_path / "out")]
    assert run(["review", str(lone), "--lang", "en", *plan, *QUICK]) == 0
    assert "as of 13 August 2027" in capsys.readouterr().out
    assert (tmp_path / "out/notice.docx").is_file()


def test_bad_days_are_usage(capsys):
    assert run(["review", ".", "--as-of", "13.8.", "--lang", "en"]) == 2
