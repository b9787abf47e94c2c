"""`workbench forecast`: from a dated register to where the campaign will end, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbench as wb
from workbench.cli.context import register_of
from workbench.cli.main import run
from workbench.labels import in_language
from workbench.shipped import shipped

CAMPAIGN = shipped() / "data/campaign"
SCENARIO = str(CAMPAIGN / "scenarios/campaign.yaml")
REGISTER = str(CAMPAIGN / "registers/register_2027-08-20.csv")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_says_what_has_happened_and_where_it_will_end(lang, tmp_path, capsys):
    out = tmp_path / "forecast.nc"
    asked = ["forecast", SCENARIO, "--register", REGISTER, "--as-of", "2027-08-20", "--replications", "40"]
    assert run([*asked, "--learn", "--lang", lang, "--out", str(out)]) == 0
    said, warned = capsys.readouterr()
    # It goes on from today: no word that a plan would not.
    assert "workbench review" not in warned
    found = wb.load_outcome(out)
    assert found.as_of.isoformat() == "2027-08-20"
    assert "2027-08-20" in said.splitlines()[0]
    branches = int(found.counts().sel(day="2027-08-20")[0])
    assert str(branches) in said.splitlines()[0]
    assert (found.counts().sel(day="2027-08-20") == branches).all()
    assert found.posterior.index.tolist() == ["speed", "failure", "absence", "election"]
    assert f"{found.posterior.loc['speed', 'mean']:.2f}" in said


@pytest.mark.parametrize("day", ["soon", "2027-13-01"])
def test_a_day_that_is_none_is_a_fault(day, capsys):
    assert run(["forecast", SCENARIO, "--register", REGISTER, "--as-of", day, "--lang", "en"]) == 1
    assert "as_of" in capsys.readouterr().err


def test_a_plan_says_that_the_campaign_is_under_way(capsys):
    quick = ["--replications", "20", "--effort", "quick"]
    arguments = ["simulate", SCENARIO, "--register", REGISTER, *quick, "--lang", "en"]
    assert run(arguments) == 0
    assert "workbench forecast" in capsys.readouterr().err


def test_what_is_probably_not_meant_is_told_in_a_line_of_its_own(tmp_path, capsys, recwarn):
    """By every verb that reads a register, and never as a line of code."""
    odd = tmp_path / "odd.csv"
    lines = Path(REGISTER).read_text("utf-8-sig").splitlines()
    odd.write_text("\n".join([*lines, "NEW1" + lines[1][lines[1].index(",") :]]), "utf-8")
    with in_language("en"):
        register_of(odd)
    said = capsys.readouterr().err
    assert said.startswith("! The register odd.csv holds what is probably not meant")
    assert not recwarn.list
