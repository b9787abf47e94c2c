"""The command line does each job from start to end, in both languages, and leaves what it promises."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextvars import copy_context
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from tests.functional.conftest import ROOT, furnish, leave_pictures_out, snapshot
from tests.patience import GIVE_UP
from workbench import cli

VERBS = ("plan", "check", "group", "simulate", "allocate", "measures", "assign", "compare", "city", "census",
         "forecast", "review", "collect", "init", "app")  # fmt: skip
#: What a verb has no use for.
WITHOUT = {"collect": {"--seed"}, "init": {"--seed", "--out"}, "app": {"--out"}}
QUICK = ("--replications", "40")


# --- Help and usage -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_by_an_example(type_in, verb):
    done = type_in(verb, "--help")
    assert done.code == 0
    assert f"Example: workbench {verb} " in done.out
    said = {option for option in ("--seed", "--lang", "--out") if f"{option} " in done.out}
    assert said == {"--seed", "--lang", "--out"} - WITHOUT.get(verb, set())


def test_the_help_names_every_verb_and_the_exit_codes(start):
    process = start("--help")
    out, err = process.communicate(timeout=GIVE_UP)
    assert process.returncode == 0
    assert err == ""
    named = out.partition("Commands:")[2].partition("Exit codes")[0]
    assert set(re.findall(r"^  (\w+) ", named, re.MULTILINE)) == set(VERBS)
    assert "0 done · 1 faults" in out


def test_help_loads_nothing_heavy():
    code = "import sys; from workbench import cli; cli.run(['--help']); sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert not loaded & {"numpy", "pandas", "numba", "matplotlib", "pydantic", "xarray", "rich"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["plans"],
        ["plan", "small.yaml", "--lang", "fr"],
        ["plan", "small.yaml", "--replications", "0"],
        ["plan", "small.yaml", "--seed", "-1"],
        ["plan", "small.yaml", "--sede", "1"],
        ["allocate", "small.yaml"],
        ["allocate", "small.yaml", "--total", "3", "--budget", "0.9"],
        ["allocate", "small.yaml", "--total", "3", "--confidence", "0.9"],
        ["allocate", "small.yaml", "--confidence", "1.2"],
        ["allocate", "small.yaml", "--confidence", "0"],
        ["allocate", "small.yaml", "--total", "3", "--work", "0"],
        ["allocate", "small.yaml", "--budget", "inf"],
        ["measures", "small.yaml", "--confidence", "90"],
        ["measures", "small.yaml", "--most", "0"],
        ["group", "small.yaml", "--method", "guess"],
        ["city"],
        [],
    ],
    ids=" ".join,
)
def test_what_makes_no_command_is_usage(here, type_in, arguments):
    before = snapshot(here)
    done = type_in(*arguments)
    assert done.code == 2
    assert "Usage: workbench" in done.err + done.out
    assert "Traceback" not in done.err
    assert snapshot(here) == before


# --- plan -----------------------------------------------------------------------------------------------------


def test_plan_in_a_process_of_its_own(here, start, type_in):
    """With its pictures, warnings as errors, and nothing on stderr where that is no terminal.

    The same plan here is the same: report, workbook and figures to the byte; the outcome holds timings.
    """
    process = start("plan", "small.yaml", "--lang", "zh", *QUICK)
    out, err = process.communicate(timeout=GIVE_UP)
    assert process.returncode == 0, err
    assert err == ""
    assert "一、上限" in out
    assert str(Path("results/small/report.html")) in out
    folder = here / "results" / "small"
    pictures = {
        f"figures/{name}.png"
        for name in ("tiers", "fan", "gap", "measures", "responsible_units", "map", "instructors", "curve")
    }
    files = snapshot(folder)
    assert set(files) == {"report.html", "report.docx", "plan.xlsx", "outcome.nc", "manifest.json", *pictures}
    assert all(files[name].startswith(b"\x89PNG") for name in pictures)
    assert files["report.html"].count(b"data:image/png;base64,") == len(pictures) + 1
    assert [path.name for path in (here / "results").iterdir()] == ["small"], "nothing temporary stays"
    assert type_in("plan", "small.yaml", "--lang", "zh", "--out", "again", *QUICK).code == 0
    again = snapshot(here / "again")
    timed = {"outcome.nc", "manifest.json"}
    assert again.keys() == files.keys()
    assert [name for name in files if name not in timed and files[name] != again[name]] == []


@pytest.fixture(scope="session")
def made_before(tmp_path_factory, small_city) -> dict[str, bytes]:
    """What one plan leaves, without its pictures: made once, for all tests that begin with results that are there."""
    office = tmp_path_factory.mktemp("office")
    furnish(office, small_city)
    with pytest.MonkeyPatch.context() as patch:
        leave_pictures_out(patch)
        patch.chdir(office)
        assert copy_context().run(cli.run, ["plan", "small.yaml", "--seed", "7", *QUICK]) == 0
    return snapshot(office / "results" / "small")


@pytest.fixture
def results(here, made_before) -> Path:
    """The folder of an earlier plan."""
    folder = here / "results" / "small"
    for name, content in made_before.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_the_manifest_tells_what_made_the_files(here, results):
    folder = results
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = snapshot(folder)
    del files["manifest.json"]
    assert manifest["files"] == {name: sha256(content).hexdigest() for name, content in files.items()}
    assert manifest["seed"] == 7
    assert manifest["replications"] == 40
    scenario = wb.read_scenario(here / "small.yaml")
    assert manifest["fingerprints"]["scenario"] == scenario.fingerprint
    assert manifest["libraries"]["numpy"]
    assert list(manifest["seconds"]) == [
        "read",
        "group",
        "ceiling",
        "simulate",
        "explain",
        "measures",
        "allocate",
        "write",
    ]


def test_another_register_than_the_scenarios(here, type_in, without_pictures):
    wb.write_register(wb.make_city(40, 3, seed=2), here / "other.csv")
    done = type_in("plan", "small.yaml", "--register", "other.csv", *QUICK)
    assert done.code == 0
    assert "40 organizations of 3 responsible units" in done.out


def test_the_outcome_can_be_read_again(results):
    outcome = wb.load_outcome(results / "outcome.nc")
    assert outcome.replications == 40


def test_results_are_replaced_and_what_is_the_planners_stays(here, type_in, without_pictures, results, made_before):
    """And another seed is another answer."""
    folder = results
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    for version in ("first", "second"):
        (folder / "plan.xlsx").write_bytes(version.encode())
        assert type_in("plan", "small.yaml", "--seed", "1", *QUICK).code == 0
    files = snapshot(folder)
    assert files["notes.txt"] == b"mine"
    assert files["plan.xlsx"].startswith(b"PK")
    assert files["report.html"] != made_before["report.html"]
    assert {files["plan.edited.xlsx"], files["plan.edited-2.xlsx"]} == {b"first", b"second"}
    assert [path.name for path in (here / "results").iterdir()] == ["small"]


def test_a_folder_of_something_else_is_left_alone(here, type_in):
    (here / "letters").mkdir()
    (here / "letters" / "dear.txt").write_text("x", encoding="utf-8")
    before = snapshot(here)
    done = type_in("plan", "small.yaml", "--out", "letters", *QUICK)
    assert done.code == 1
    assert "letters" in done.err
    assert "--out" in done.err
    assert snapshot(here) == before


def test_a_name_of_a_scenario_is_no_path(here, type_in, without_pictures):
    (here / "odd.yaml").write_text("base: small.yaml\nname: ../../每周 开会\n", encoding="utf-8")
    assert type_in("plan", "odd.yaml", *QUICK).code == 0
    assert [path.name for path in (here / "results").iterdir()] == ["每周_开会"]


# --- Ends before the end --------------------------------------------------------------------------------------


def stop_in(monkeypatch, what: BaseException, where: str = "workbench.jobs.plan.explain_gap") -> None:
    def interrupted(*_, **__):
        raise what

    monkeypatch.setattr(where, interrupted)


def test_stopped_by_hand_leaves_earlier_results_whole(here, type_in, results, monkeypatch):
    before = snapshot(here)
    stop_in(monkeypatch, KeyboardInterrupt())
    done = type_in("plan", "small.yaml", "--seed", "1", *QUICK)
    assert done.code == 130
    assert done.err == "stopped; nothing was written\n"
    assert snapshot(here) == before


@pytest.mark.skipif(os.name == "nt", reason="signals as on Unix")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_real_signal_stops_it(here, start, how):
    process = start("plan", "small.yaml", "--replications", "20000")
    while process.poll() is None and not list(here.glob("results/.small.*.tmp")):
        time.sleep(0.01)
    process.send_signal(how)
    _, err = process.communicate(timeout=GIVE_UP)
    assert process.returncode == 130
    assert err == "stopped; nothing was written\n"
    assert list((here / "results").iterdir()) == []


def test_a_reader_who_leaves_does_not_stop_the_job(here, start):
    """As with ``workbench plan … | head -1``."""
    process = start("plan", "small.yaml", *QUICK)
    assert "90 organizations" in process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=GIVE_UP) == 0
    assert process.stderr.read() == ""
    assert (here / "results" / "small" / "manifest.json").is_file()


def test_our_own_mistake_is_a_sentence_and_a_trace_only_if_asked_for(here, type_in, monkeypatch):
    stop_in(monkeypatch, ZeroDivisionError("division\nby zero"))
    done = type_in("plan", "small.yaml", *QUICK)
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert "ZeroDivisionError: division by zero" in done.err
    assert "--debug" in done.err
    traced = type_in("--debug", "plan", "small.yaml", *QUICK)
    assert traced.code == 1
    assert "Traceback (most recent call last)" in traced.err
    assert not list(here.glob("results/*"))


def test_main_exits_with_the_code_and_keeps_the_language(here, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["check", "city.csv", "--lang", "zh"])
    assert left.value.code == 0
    assert "没有问题" in capsys.readouterr().out
    assert wb.labels.language() == "en"


# --- The other verbs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_check_tells_what_is_in_a_register(here, type_in, lang):
    done = type_in("check", "city.csv", "--lang", lang)
    assert done.code == 0
    assert "90" in done.out.splitlines()[0]
    tiers = [re.split("[:：]", line)[1] for line in done.out.splitlines()[1:6]]
    assert sum(int(re.search(r"\d+", words)[0]) for words in tiers) == 90


def test_check_reads_a_scenario_with_its_register(here, type_in):
    (here / "none.yaml").write_text("base: small.yaml\ninstructors: {total: 0}\n", encoding="utf-8")
    done = type_in("check", "none.yaml")
    assert done.code == 0
    assert "no fault" in done.out
    assert "! " in done.out, "nobody works there: a warning"


def test_check_writes_the_faults_down(here, type_in):
    (here / "bad.csv").write_text("org_id,street,full_members,has_branch\na,x,-1,no\na,x,1.5,no\n", encoding="utf-8")
    done = type_in("check", "bad.csv", "--out", "faults.csv")
    assert done.code == 1
    table = pd.read_csv(here / "faults.csv")
    assert list(table.columns) == ["place", "found", "rule", "repair"]
    assert len(table) == 3
    assert type_in("check", "city.csv", "--out", "faults.csv").code == 0
    assert pd.read_csv(here / "faults.csv").empty


@pytest.mark.parametrize("method", ["optimal", "nearest"])
def test_group_writes_who_joins_whom(here, type_in, method):
    done = type_in("group", "small.yaml", "--method", method, "--out", "groups.csv")
    assert done.code == 0
    register, scenario = wb.read_register(here / "city.csv"), wb.read_scenario(here / "small.yaml")
    expected = wb.group(register, scenario, method=method)
    assert expected.summary() in done.out
    assert set(pd.read_csv(here / "groups.csv")["org_id"]) == set(expected.assignment["org_id"])


def test_simulate_says_and_keeps_the_outcome(here, type_in):
    done = type_in("simulate", "small.yaml", "--out", "numbers/outcome.nc", *QUICK)
    assert done.code == 0
    outcome = wb.load_outcome(here / "numbers" / "outcome.nc")
    assert outcome.summary() in done.out
    assert type_in("simulate", "small.yaml", "--out", "outcome.csv", *QUICK).code == 1


def test_an_allocation_becomes_a_scenario_to_plan_with(here, type_in):
    (here / "made").mkdir()
    done = type_in("allocate", "small.yaml", "--total", "10", "--out", "made/wiser.yaml", *QUICK)
    assert done.code == 0
    scenario = wb.read_scenario(here / "made" / "wiser.yaml")
    assert scenario.name == "wiser"
    assert scenario.register_file.samefile(here / "city.csv")
    assert 0 < sum(scenario.instructors.by_responsible.values()) <= 10
    assert type_in("simulate", "made/wiser.yaml", *QUICK).code == 0


def test_the_least_that_must_be_decided(here, type_in):
    done = type_in("measures", "small.yaml", "--most", "1", "--confidence", "0.1", "--out", "sets.csv", *QUICK)
    assert done.code == 0
    assert "weekly committee meetings" in done.out
    table = pd.read_csv(here / "sets.csv")
    assert {"measures", "number", "cost", "expected", "gain", "probability"} <= set(table.columns)
    assert table["number"].min() == 0
    assert type_in("measures", "small.yaml", "--out", "sets.docx", *QUICK).code == 1


def test_the_fewest_instructors_for_a_confidence(here, type_in):
    done = type_in("allocate", "small.yaml", "--confidence", "0.9", "--out", "few.csv", *QUICK)
    assert done.code == 0
    assert list(pd.read_csv(here / "few.csv").columns) == [
        *("responsible", "now", "recommended"), *("branches_before", "branches_after", "works_before", "works_after"),
    ]  # fmt: skip


def test_a_budget_and_a_condition_on_work(here, type_in):
    rules = "base: small.yaml\ncosts: {instructor_month: 300}\ntargets: {work: 0.5}\n"
    (here / "paid.yaml").write_text(rules, encoding="utf-8")
    done = type_in("allocate", "paid.yaml", "--budget", "2000", "--work", "0.5", *QUICK)
    assert done.code == 0
    assert "budget 2,000 yuan" in done.out
    assert "at least 50% was asked for" in done.out
    free = type_in("allocate", "small.yaml", "--budget", "2000", *QUICK)
    assert free.code == 1
    assert "a budget limits nothing" in free.err


def test_city_makes_the_same_city_again(here, type_in):
    options = ("--organizations", "70", "--streets", "5", "--seed", "9", "--covered", "0.2")
    assert type_in("city", "--out", "new/made.csv", *options).code == 0
    made = wb.read_register(here / "new" / "made.csv")
    pd.testing.assert_frame_equal(made, wb.make_city(70, 5, seed=9, covered=0.2))


def test_warnings_go_to_stderr_where_the_answer_is_for_a_pipe(here, type_in):
    (here / "none.yaml").write_text("base: small.yaml\ninstructors: {total: 0}\n", encoding="utf-8")
    done = type_in("simulate", "none.yaml", *QUICK)
    assert done.code == 0
    assert done.err.startswith("! ")
