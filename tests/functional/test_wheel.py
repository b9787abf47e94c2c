"""The package travels: installed from its wheel, without the checkout, it plans, serves and lays folders out."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
from pathlib import Path

import pytest

from tests.unit.house.plan import ROOT
from workbench.version import VERSION


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with nothing but the installed wheel; what it needs comes from the environment at hand."""
    built, target = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    quiet = {"check": True, "timeout": 300, "cwd": built}
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", ".", str(ROOT)], **quiet)
    (wheel,) = built.glob("*.whl")
    assert f"-{VERSION}-" in wheel.name
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", str(target), str(wheel)], **quiet)
    return target


def environment(installed: Path) -> dict[str, str]:
    """No path to the checkout: `-P` keeps the working folder out, and the wheel stands before an editable install."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"PYTHONPATH": os.pathsep.join([str(installed), sysconfig.get_path("purelib")])}


def workbench(installed: Path, here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "workbench", *arguments], cwd=here, env=environment(installed),
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


def test_it_is_the_installed_one(installed, tmp_path):
    code = "import workbench; print(workbench.__version__, workbench.__file__)"
    told = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=environment(installed), text=True, capture_output=True
    )
    version, file = told.stdout.split()
    assert version == VERSION
    assert Path(file).is_relative_to(installed)
    assert (installed / "workbench/py.typed").is_file()
    assert not (installed / "workbench/shipped/data/local").exists(), "an office's own data stays at home"


def test_it_plans_a_scenario_that_came_with_it(installed, tmp_path):
    done = workbench(installed, tmp_path, "plan", "county", "--replications", "10")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "results/county/plan.xlsx").is_file()


def test_it_lays_a_folder_out_that_works(installed, tmp_path):
    done = workbench(installed, tmp_path, "init", "ours", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert "测算文件夹已建好" in done.stdout
    done = workbench(installed, tmp_path / "ours", "check", "scenarios/my_city.yaml")
    assert done.returncode == 0, done.stderr
    assert "no fault" in done.stdout


def test_it_serves_the_planners_page(installed, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-P", "-m", "workbench", "app", "--port", str(port), "--token", "0123456789abcdef" * 2]
    server = subprocess.Popen(command, cwd=tmp_path, env=environment(installed), stdout=subprocess.PIPE, text=True)
    try:
        assert "ready" in server.stdout.readline()
        until = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/login", timeout=30) as page:
                    assert page.status == 200
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.2)
    finally:
        server.terminate()
        server.wait(30)
        server.stdout.close()
