"""The command line as a planner types it, on a small city of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextvars import copy_context
from pathlib import Path
from typing import NamedTuple

import pytest

import workbench as wb
from tests.extremes import STRUCK
from tests.functional.handed_in import handed as handed
from tests.functional.handed_in import simulated as simulated
from tests.functional.handed_in import units as units
from tests.functional.second_methods import safe as safe
from tests.functional.second_methods import sent as sent
from tests.serving import hear_interrupts
from workbench import cli

ROOT = Path(__file__).resolve().parents[2]


class Done(NamedTuple):
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def small_city(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("city") / "city.csv"
    wb.write_register(wb.make_city(90, 4, seed=11), path)
    return path


@pytest.fixture
def here(tmp_path, monkeypatch, small_city) -> Path:
    """An office: a register and a scenario, and the working folder among them."""
    furnish(tmp_path, small_city)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def furnish(office: Path, city: Path) -> None:
    """Lay a register and a scenario into a folder."""
    (office / "city.csv").write_bytes(city.read_bytes())
    scenario = {"name": "small", "register": "city.csv", "instructors": {"total": 16}, "measures": STRUCK}
    # JSON is YAML, too.
    (office / "small.yaml").write_text(json.dumps(scenario), encoding="utf-8")


@pytest.fixture
def type_in(capsys) -> Callable[..., Done]:
    """Run a command within this process; its language does not stay."""

    def run(*arguments: str | Path) -> Done:
        capsys.readouterr()
        code = copy_context().run(cli.run, [str(argument) for argument in arguments])
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture
def start(tmp_path) -> Callable[..., subprocess.Popen]:
    """Start a real process; whatever still runs at the end of the test is ended."""
    running = []

    def run(*arguments: str | Path, **options) -> subprocess.Popen:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
        command = [sys.executable, "-m", "workbench", *map(str, arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = subprocess.Popen(
            command, env=environment, cwd=tmp_path, preexec_fn=hear_interrupts, **pipes, **options
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


@pytest.fixture(scope="module")
def cluster():
    """The executor of a dask cluster of two workers on this machine."""
    distributed = pytest.importorskip("distributed")
    # Any free port: tests that run side by side have a cluster each.
    ours = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, protocol="tcp", **ours) as local,
        distributed.Client(local, set_as_default=False) as client,
        client.get_executor() as executor,
    ):
        yield executor


#: A picture of one white point: a real one, since the Word file looks into it.
ONE_POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a4944415478da63f80f0001"
    "0101001cb08c990000000049454e44ae426082"
)


@pytest.fixture
def without_pictures(monkeypatch) -> None:
    """Leave the drawing out, where a test is about something else."""
    leave_pictures_out(monkeypatch)


def leave_pictures_out(patch: pytest.MonkeyPatch) -> None:
    """Leave the drawing out until the patch is undone."""
    patch.setattr("workbench.views.files.plan.draw_pictures", lambda plan: {"fan": ONE_POINT})


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
