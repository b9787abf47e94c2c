"""Kernels that one process forks: each what Jupyter would have started, and none left behind by whoever ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.patience import GIVE_UP
from workbench.views.serving.forking import Template, can_fork
from workbench.views.serving.forking.kernels import LONGEST_SOCKET, STUB

jupyter_client = pytest.importorskip("jupyter_client")
pytestmark = pytest.mark.skipif(not can_fork(), reason="kernels are forked on Linux only")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    made = Template(tmp_path_factory.mktemp("f"))
    if len(made.address.encode()) > LONGEST_SOCKET:
        pytest.skip("this machine's folder for tests has too long a name for a socket")
    assert made.start()
    assert made.loaded()
    yield made
    made.end()


class Kernel:
    """A stub, and the client of the kernel that it stands for."""

    def __init__(self, address: str, folder: Path, **environment: str) -> None:
        self.file = folder / "kernel-under-test.json"
        jupyter_client.connect.write_connection_file(str(self.file), transport="ipc", ip=str(folder / "wire"))
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", str(self.file)]
        stub = [sys.executable, "-I", "-S", str(STUB), address, *command]
        self.stub = subprocess.Popen(stub, cwd=folder, env={**os.environ, **environment}, start_new_session=True)
        self.client = jupyter_client.BlockingKernelClient(connection_file=str(self.file))
        self.client.load_connection_file()
        self.client.start_channels(hb=False)
        self.client.kernel_info(reply=True, timeout=GIVE_UP)  # whenever it is there

    def ask(self, expression: str) -> str:
        told = self.run("", it=expression)
        return str(told["user_expressions"]["it"]["data"]["text/plain"])

    def run(self, code: str, **expressions: str) -> dict[str, Any]:
        """Run code; the answer on the channel it was asked on: what is broadcast may be over before anybody listens."""
        told = self.client.execute(code, user_expressions=expressions, reply=True, timeout=GIVE_UP)
        assert told["content"]["status"] == "ok", told["content"]
        return told["content"]

    @property
    def process(self) -> int:
        return int(self.ask("__import__('os').getpid()"))

    def end(self) -> None:
        self.client.stop_channels()
        self.stub.kill()
        self.stub.wait(GIVE_UP)


@pytest.fixture
def kernel(template: Template, tmp_path: Path) -> Iterator[Kernel]:
    made = Kernel(template.address, tmp_path, WORKBENCH_TEST="here")
    yield made
    made.end()


def gone(process: int) -> bool:
    """Whether a process has ended, or will in a while."""
    give_up = time.monotonic() + GIVE_UP
    while time.monotonic() < give_up:
        try:
            if "\nState:\tZ" in Path(f"/proc/{process}/status").read_text():
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def test_it_is_what_was_asked_for_with_everything_loaded(kernel: Kernel, tmp_path: Path) -> None:
    assert kernel.ask("__import__('os').environ['WORKBENCH_TEST']") == "'here'"
    assert kernel.ask("__import__('os').getcwd()") == repr(str(tmp_path))
    assert kernel.ask("'workbench.views.panels.reach' in __import__('sys').modules") == "True"
    assert kernel.ask("__import__('gc').isenabled()") == "True"
    # A page asks for all widgets in one question, as of any kernel.
    assert kernel.ask("sorted(__import__('comm').get_comm_manager().targets)") == repr(
        ["jupyter.widget", "jupyter.widget.control"]
    )
    # It is interrupted alone, and shares the processors out with all others by rank: Linux weighs sessions first.
    process = kernel.process
    assert os.getpgid(process) == process
    assert os.getsid(process) == os.getsid(0)
    assert kernel.process != kernel.stub.pid


def test_two_know_nothing_of_each_other(kernel: Kernel, template: Template, tmp_path_factory) -> None:
    other = Kernel(template.address, tmp_path_factory.mktemp("other"))
    try:
        assert other.process != kernel.process
        assert other.ask("__import__('os').environ.get('WORKBENCH_TEST')") == "None"
        assert other.ask("len(__import__('ipywidgets').Widget.widgets)") == "0"
        # Luck of its own: nobody draws what another one drew.
        assert other.ask("__import__('random').random()") != kernel.ask("__import__('random').random()")
    finally:
        other.end()


def test_whoever_ends_the_stub_ends_the_kernel(kernel: Kernel) -> None:
    process = kernel.process
    kernel.stub.kill()
    assert gone(process)


def test_the_stub_ends_with_its_kernel(kernel: Kernel) -> None:
    os.kill(kernel.process, signal.SIGKILL)
    assert kernel.stub.wait(GIVE_UP) != 0


def test_a_kernel_that_is_asked_to_end_ends_well(kernel: Kernel) -> None:
    process = kernel.process
    os.kill(kernel.stub.pid, signal.SIGINT)  # as Jupyter does before
    kernel.client.shutdown()
    assert kernel.stub.wait(GIVE_UP) == 0
    assert gone(process)


def test_it_plans_as_any_other(kernel: Kernel) -> None:
    kernel.run(
        "import workbench as wb; city = wb.make_city(80, 3, seed=1); rules = wb.Scenario(); "
        "joined = wb.group(city, rules); told = wb.simulate(city, rules, joined, replications=20).expected()"
    )
    import workbench as wb

    city, rules = wb.make_city(80, 3, seed=1), wb.Scenario()
    here = wb.simulate(city, rules, wb.group(city, rules), replications=20).expected()
    assert kernel.ask("told") == repr(here)


def test_without_a_template_it_is_an_ordinary_kernel(tmp_path: Path) -> None:
    kernel = Kernel(str(tmp_path / "nobody"), tmp_path)
    try:
        assert kernel.process == kernel.stub.pid
    finally:
        kernel.end()


def test_all_end_with_the_template(tmp_path_factory: pytest.TempPathFactory) -> None:
    template = Template(tmp_path_factory.mktemp("f"))
    if not template.start():
        pytest.skip("this machine's folder for tests has too long a name for a socket")
    kernel = Kernel(template.address, tmp_path_factory.mktemp("k"))
    process = kernel.process
    template.end()
    assert gone(process)
    assert kernel.stub.wait(GIVE_UP) != 0
    kernel.end()
    assert not Path(template.address).exists()


def test_a_folder_with_too_long_a_name_forks_nothing(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    template = Template(folder)
    assert not template.start()
    template.end()
