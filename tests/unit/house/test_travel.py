"""What goes with the project: one version, actions pinned, no credentials kept, pages that a stranger looks for."""

from __future__ import annotations

import json
import re
import tomllib

import yaml

import workbench
from tests.unit.house.plan import ROOT
from workbench.version import VERSION

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def steps() -> list[dict]:
    jobs = [yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"] for path in WORKFLOWS]
    return [step for each in jobs for job in each.values() for step in job["steps"]]


def test_one_version():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert str(cited["version"]) == VERSION == workbench.__version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" in project["dynamic"]
    assert "version" not in project
    assert cited["repository-code"] == project["urls"]["Repository"]


def test_the_wheel_carries_all_data_but_an_offices_own():
    """Packed by name: what lies in `data/local` on the machine that builds must never travel."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packed = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    there = {f"data/{path.name}" for path in (ROOT / "data").iterdir() if path.name != "local"}
    assert {name for name in packed if name.split("/")[0] == "data"} == there
    assert all(place == f"workbench/shipped/{name}" for name, place in packed.items())


def test_actions_are_pinned_by_hash_with_their_version_beside():
    lines = [line for path in WORKFLOWS for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    assert not [line for line in lines if not re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)]


def test_no_credentials_stay_and_rights_are_asked_for_one_by_one():
    for step in steps():
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False
    for path in WORKFLOWS:
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {"contents": "read"}, path.name


def test_machines_run_what_people_run():
    """Every command of a workflow is a target of the Makefile, or the script that runs one."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for step in steps():
        if "run" in step:
            target = re.fullmatch(r"make (\w+)|\.ci/run", step["run"].strip())
            assert target, step["run"]
            assert target[1] is None or re.search(rf"^{target[1]}:", makefile, re.MULTILINE)


def test_format_is_held_before_a_commit_and_after():
    hooks = {
        hook["id"]
        for repository in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
        for hook in repository["hooks"]
    }
    assert {"ruff-check", "ruff-format", "mypy"} <= hooks
    assert "ruff format --check" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_what_a_stranger_looks_for_is_there():
    for name in ("SECURITY.md", "CODE_OF_CONDUCT.md", "CITATION.cff", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"):
        assert (ROOT / name).is_file(), name
    for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))
    assert json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))["image"]
    assert (ROOT / "binder/postBuild").stat().st_mode & 0o111
