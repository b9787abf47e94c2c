"""The lock, the project file and the conda environment name the same packages, each for a reason."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.unit.house.plan import ROOT


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lock() -> dict[str, dict[str, str]]:
    """Part -> package -> its whole entry, hashes and all."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    parts: dict[str, dict[str, str]] = {}
    for name, body in re.findall(r"^# === (\w+) ===\n(.*?)(?=^# ===|\Z)", text, re.MULTILINE | re.DOTALL):
        entries = re.split(r"\n(?=[A-Za-z0-9])", body.strip())
        parts[name] = {canonicalize_name(re.match(r"[\w.-]+", entry)[0]): entry for entry in entries}
    return parts


def needs(project: dict, *extras: str) -> list[Requirement]:
    section = project["project"]
    lists = [section["optional-dependencies"][extra] for extra in extras] or [section["dependencies"]]
    return [Requirement(line) for lines in lists for line in lines]


def test_lock_has_its_five_parts_and_no_package_twice(lock):
    assert list(lock) == ["run", "lab", "docs", "dev", "bench"]
    names = [name for part in lock.values() for name in part]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("extras", "parts"),
    [
        ((), ("run",)),
        (("build",), ("run",)),
        (("lab",), ("run", "lab")),
        (("docs",), ("run", "lab", "docs")),
        (("cluster",), ("run", "lab", "docs", "dev")),
        (("sensitivity",), ("run", "lab")),
        (("dev",), ("run", "lab", "docs", "dev")),
        (("bench",), ("run", "lab", "docs", "dev", "bench")),
    ],
    ids=["run", "build", "lab", "docs", "cluster", "sensitivity", "dev", "bench"],
)
def test_every_dependency_is_pinned_in_its_part(project, lock, extras, parts):
    """And at a version that the project file allows."""
    pinned = {name: entry for part in parts for name, entry in lock[part].items()}
    for requirement in needs(project, *extras):
        entry = pinned.get(canonicalize_name(requirement.name))
        assert entry is not None, f"{requirement.name} is not in part {' or '.join(parts)}: run `make lock`"
        version = re.match(r"[^=]+==([^\s;]+)", entry)[1]
        assert version in requirement.specifier, f"{requirement} is locked at {version}: run `make lock`"


def test_every_extra_is_looked_at(project):
    assert set(project["project"]["optional-dependencies"]) == {
        *("build", "lab", "cluster", "sensitivity", "docs", "dev", "bench")
    }


def test_lock_pins_by_version_and_hash_and_names_no_index(lock):
    for part in lock.values():
        for name, entry in part.items():
            assert re.match(r"[A-Za-z0-9._-]+(\[[^]]+\])?==[^\s;]+", entry), name
            assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), name
    assert not re.search(
        r"://|index-url|find-links|trusted-host", (ROOT / "requirements.lock").read_text(encoding="utf-8")
    )


def test_one_python_everywhere(project):
    """Conda, lock, linter, type checker and the checks' machine speak of the oldest Python allowed."""
    oldest = re.fullmatch(r">=(\d+\.\d+)", project["project"]["requires-python"])[1]
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    tests = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]["test"]
    assert f"python={oldest}" in conda
    assert f'"--python-version", "{oldest}"' in (ROOT / "tools/lock.py").read_text(encoding="utf-8")
    assert project["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    assert project["tool"]["mypy"]["python_version"] == oldest
    assert [step["with"]["python-version"] for step in tests["steps"] if "python" in step.get("uses", "")] == [oldest]


def test_every_python_that_is_promised_is_tried(project):
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    tried = workflow["jobs"]["check"]["strategy"]["matrix"]["python"]
    words = "Programming Language :: Python :: 3."
    promised = [line.removeprefix(words) for line in project["project"]["classifiers"] if line.startswith(words)]
    assert [f"3.{minor}" for minor in promised] == tried


def test_conda_takes_every_package_from_the_lock(project):
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    plain = [item for item in environment["dependencies"] if isinstance(item, str)]
    pip = [item["pip"] for item in environment["dependencies"] if isinstance(item, dict)]
    assert [item.split("=")[0] for item in plain] == ["python", "pip"]
    assert pip == [["-r requirements.lock"]]
    assert environment["name"] == project["project"]["name"]


def test_the_conda_route_works(tmp_path):
    """Its step: pip reads the lock by itself, and finds every dependency in it or fails; what is not here is not asked.

    The part for benchmarks is nobody's but theirs: `make test` does not install it.
    """
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").partition("# === bench ===")[0]
    (tmp_path / "requirements.lock").write_text(lines, encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--dry-run", "--no-index"]
    done = subprocess.run(
        [*pip, "-r", "requirements.lock"], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Would install" not in done.stdout, done.stdout.splitlines()[-1]


def test_every_dependency_has_its_reason(project):
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    reasons = page.split("## Why each dependency")[1].split("\n## ")[0]
    named = {canonicalize_name(word) for word in re.findall(r"[A-Za-z0-9][\w-]*", reasons)}
    extras = project["project"]["optional-dependencies"]
    wanted = {canonicalize_name(requirement.name) for requirement in needs(project) + needs(project, *extras)}
    assert not sorted(wanted - named), "give the reason in docs/architecture.md"
