"""The benchmarks' frame: every section is whole, and rewrites its own part of the file alone."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.__main__ import main
from benchmarks.measuring import cpu_seconds, in_child, peak_mib, setting, table
from benchmarks.sections import SECTIONS, put, section


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_says_what_it_shows_and_measures_nothing_on_import(name):
    found = section(name)
    assert found.__doc__
    assert found.TITLE
    assert found.LONG in (True, False)
    assert callable(found.measure)


def test_unknown_sections_are_refused(capsys):
    with pytest.raises(ValueError, match="no section 'nonsense': there is simulation"):
        section("nonsense")
    with pytest.raises(SystemExit):
        main(["nonsense"])
    assert "simulation" in capsys.readouterr().err


def test_the_list_names_every_section(capsys):
    assert main(["--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(SECTIONS)


def test_a_section_rewrites_its_own_part_alone(tmp_path):
    path = tmp_path / "RESULTS.md"
    put("theirs", "## Theirs\n\nold", path)
    put("simulation", "## Simulation\n\nfirst", path)
    put("simulation", "## Simulation\n\nsecond\\1", path)
    text = path.read_text(encoding="utf-8")
    assert "first" not in text
    assert text.startswith("# What was measured")
    # In the order of `SECTIONS`; parts that it does not know stay, behind them.
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Simulation", "## Theirs"]
    assert text.index("second\\1") < text.index("\nold")
    put("theirs", "## Theirs\n\nold", path)
    assert path.read_text(encoding="utf-8") == text


def test_tables_are_markdown():
    numbers = {"cases": [5_000], "ns": [1234.5], "ratio": [1.2345], "gap": [float("nan")]}
    frame = pd.DataFrame({"peer": ["Ciw|3"]} | numbers)
    assert table(frame, index=False).splitlines() == [
        "| peer | cases | ns | ratio | gap |",
        "| --- | ---: | ---: | ---: | ---: |",
        r"| Ciw\|3 | 5,000 | 1,234 | 1.23 | – |",
    ]


def test_a_child_is_fresh_and_measured():
    child = in_child(os.getpid)
    assert child.result != os.getpid()
    assert child.cpu >= 0.0
    assert child.clock >= 0.0
    assert 1.0 < child.peak_mib < 4096.0
    assert peak_mib() > 1.0


def test_cpu_time_grows_with_the_work():
    short = min(cpu_seconds(lambda: sum(range(10)), 3))
    assert min(cpu_seconds(lambda: sum(range(1_000_000)), 3)) > short


def test_the_setting_names_no_path():
    line = setting("numpy")
    assert "numpy 2" in line
    assert str(Path.home()) not in line
