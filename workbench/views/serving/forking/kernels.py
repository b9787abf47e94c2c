"""The server's side: a template of its own, and kernels that are started as stubs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import Unicode

STUB = Path(__file__).with_name("stub.py")
#: The longest address that a socket may have on every system that has them.
LONGEST_SOCKET = 100

#: What the template says when it has loaded everything.
LOADED = b"!"
#: Threads do not survive a fork: the libraries of algebra and of tables shall begin none.
NO_THREADS = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}


def can_fork() -> bool:
    """Whether this system has what forking kernels takes; macOS has it and forbids it to what a program has loaded."""
    return sys.platform == "linux" and hasattr(socket, "send_fds")


class Template:
    """The process that loads everything once, for as long as this one lives.

    Parameters
    ----------
    folder
        closed to others, for the socket at which it is asked.
    """

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "template")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> bool:
        """Begin to load, beside; whether kernels may be forked at all."""
        if not can_fork() or len(self.address.encode()) > LONGEST_SOCKET:
            return False
        # Listening before it is loaded: whoever comes first waits at the door, and finds it whenever it opens.
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(self.address)
            Path(self.address).chmod(0o600)
            door.listen(64)
            environment = {**NO_THREADS, **os.environ}
            command = [sys.executable, "-m", "workbench.views.serving.forking.template", str(door.fileno())]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[door.fileno()], env=environment,
                process_group=0,
            )  # fmt: skip
        return True

    def loaded(self) -> bool:
        """Wait until it has loaded everything; False where it cannot fork, and every stub becomes a kernel itself."""
        process = self._process
        return process is not None and process.stdout is not None and process.stdout.read(1) == LOADED

    def end(self) -> None:
        """End it, and with it what it forked."""
        process = self._process
        if process is not None:
            for stream in filter(None, (process.stdin, process.stdout)):
                stream.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            Path(self.address).unlink(missing_ok=True)
            self._process = None


class ForkedKernelManager(ServerKernelManager):
    """Starts a stub in the place of each kernel."""

    template = Unicode("", help="The template's address.").tag(config=True)

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """The kernel's command, behind the stub's."""
        command: list[str] = super().format_kernel_cmd(extra_arguments)
        stub: list[Any] = [sys.executable, "-I", "-S", str(STUB), self.template]
        return [*stub, *command] if self.template else command
