"""From an empty folder to a campaign's: laid out, each week collected into it by its date."""

from __future__ import annotations

import shutil

import pytest

from workbench.cli.main import run
from workbench.jobs.campaign import read_quietly
from workbench.shipped import shipped

LEDGERS = shipped() / "data/demo_ledgers"


@pytest.fixture
def ours(tmp_path, monkeypatch):
    assert run(["init", str(tmp_path / "ours"), "--lang", "en"]) == 0
    monkeypatch.chdir(tmp_path / "ours")
    return tmp_path / "ours"


def test_a_new_folder_is_a_campaign_s(ours):
    assert (ours / "registers").is_dir()
    assert not list((ours / "registers").iterdir())
    assert (ours / "data/campaign/registers/register_2027-08-13.csv").is_file()


def test_a_collected_week_finds_its_place_and_the_week_before(ours, capsys):
    assert run(["collect", str(LEDGERS), "--as-of", "2027-08-06", "--lang", "en"]) == 0
    first = ours / "registers/register_2027-08-06.csv"
    assert str(first.relative_to(ours)) in capsys.readouterr().out
    assert run(["collect", str(LEDGERS), "--as-of", "2027-08-13", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "register_2027-08-13.csv" in said
    assert read_quietly(first).equals(read_quietly(ours / "registers/register_2027-08-13.csv"))
    # The same week once more changes nothing; another register of that day is asked for.
    assert run(["collect", str(LEDGERS), "--as-of", "2027-08-13", "--lang", "en"]) == 0
    shutil.copy(shipped() / "data/campaign/registers/register_2027-08-06.csv", first)
    capsys.readouterr()
    assert run(["collect", str(LEDGERS), "--as-of", "2027-08-06", "--lang", "en"]) == 1
    assert "move the old one away" in capsys.readouterr().err
    assert read_quietly(first).shape[0] == 260


def test_elsewhere_a_collection_keeps_no_week(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["collect", str(LEDGERS), "--as-of", "2027-08-06", "--lang", "en"]) == 0
    assert not (tmp_path / "registers").exists()
    assert run(["collect", str(LEDGERS), "--as-of", "2027-08-06", "--campaign", "there", "--lang", "en"]) == 0
    assert (tmp_path / "there/registers/register_2027-08-06.csv").is_file()
