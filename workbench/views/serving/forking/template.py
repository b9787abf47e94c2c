"""The process that has loaded everything: ``python -m workbench.views.serving.forking.template SOCKET_NUMBER``.

It answers stubs at a socket that listens already, forks a kernel for each, tells them when theirs has ended, and ends
with all of them when the server that started it is gone (its standard input closes).
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbench.views.serving.forking.kernels import LOADED

#: What a stub is told: its kernel is there.
THERE = b"!"


def load() -> None:
    """Load what a visitor will need, by planning for a few made-up organizations on the panels.

    Without joint branches: what plans them may leave threads behind, and those do not survive a fork.
    """
    import ipykernel.ipkernel
    import ipykernel.kernelapp  # noqa: F401 (the kernels' own)
    import ipywidgets
    from matplotlib.backends import backend_agg  # noqa: F401

    from workbench.grouping import group, search  # noqa: F401 (loaded, not run)
    from workbench.inputs import Scenario, make_city
    from workbench.views import figures, review  # noqa: F401
    from workbench.views.panels import PANELS, planner
    from workbench.views.serving import as_served  # noqa: F401

    rules = Scenario().replace({"grouping.facilities": [], "instructors.total": 4})
    frame = planner(rules, make_city(30, 2, seed=1), replications=20, language="en", wait=True).planner
    for name in PANELS:
        frame.open_panel(name)
    frame.session.speak("zh")
    ipywidgets.Widget.close_all()
    # Loaded within a kernel it would do so itself. Without, a page asks for each widget alone, and where that takes
    # more than two seconds it may give up with nothing to show.
    ipywidgets.register_comm_target()


class Forking:
    """Stubs and their kernels."""

    def __init__(self, door: socket.socket) -> None:
        self.door = door
        self._wires: dict[int, socket.socket] = {}
        self._watch = selectors.DefaultSelector()
        self._ended, told = socket.socketpair()
        for one in (self._ended, told):
            one.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
        self._told = told

    def serve(self) -> None:
        """Until the server is gone."""
        self._watch.register(self.door, selectors.EVENT_READ, self._asked)
        self._watch.register(self._ended, selectors.EVENT_READ, self._reap)
        self._watch.register(0, selectors.EVENT_READ, self._alone)
        while True:
            for key, _ in self._watch.select():
                key.data(key.fileobj)

    def _asked(self, _: Any) -> None:
        wire, _address = self.door.accept()
        try:
            wire.settimeout(5.0)
            size, streams, *_flags = socket.recv_fds(wire, 8, 3)
            request = json.loads(_whole(wire, int.from_bytes(size, "big")))
            wire.sendall(THERE)  # fails where the stub waited too long and became a kernel itself
        except (OSError, ValueError):
            wire.close()
            return
        child = os.fork()
        if child == 0:
            self._become(request, streams)
        for stream in streams:
            os.close(stream)
        self._wires[child] = wire
        self._watch.register(wire, selectors.EVENT_READ, lambda gone: self._left(child, gone))

    def _left(self, child: int, wire: socket.socket) -> None:
        """The stub was ended: its kernel goes, too."""
        self._watch.unregister(wire)
        wire.close()
        if self._wires.pop(child, None) is not None:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def _reap(self, _: Any) -> None:
        with suppress(BlockingIOError):
            self._ended.recv(4096)
        while True:
            try:
                child, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not child:
                return
            wire = self._wires.pop(child, None)
            if wire is not None:
                self._watch.unregister(wire)
                with suppress(OSError):
                    wire.sendall(bytes([os.waitstatus_to_exitcode(status) & 0xFF]))
                wire.close()

    def _alone(self, _: Any) -> None:
        """The server is gone."""
        for child in self._wires:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        os._exit(0)

    def _become(self, request: dict[str, Any], streams: list[int]) -> None:
        """In the child: be the kernel that was asked for. Never returns."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._watch.close()
            for wire in (self.door, self._ended, self._told, *self._wires.values()):
                wire.close()
            # A group of its own, so that it is interrupted alone; but no session: Linux shares processors out between
            # sessions first (autogroups), and a search that gives way would give way to nobody but its own visitor.
            os.setpgid(0, 0)
            for place, stream in enumerate(streams):
                os.dup2(stream, place)
                os.close(stream)
            os.environ.clear()
            os.environ.update(request["env"])
            os.chdir(request["cwd"])
            argv = request["argv"]
            # As `python -m ipykernel_launcher -f FILE` has them.
            sys.argv = [argv[0], *argv[argv.index("-f") :]]
            gc.enable()
            from ipykernel.kernelapp import launch_new_instance

            launch_new_instance()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            with suppress(Exception):
                atexit._run_exitfuncs()  # as an interpreter that ends would: what waits to be written is
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)


def _whole(wire: socket.socket, size: int) -> bytes:
    parts = []
    while size > 0:
        part = wire.recv(min(size, 1 << 16))
        if not part:
            raise OSError("cut off")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def threads() -> int:
    """Threads of this process, those of libraries among them."""
    return len(list(Path("/proc/self/task").iterdir()))


def main(number: int) -> None:
    """Load, then fork for whoever asks."""
    # The kernels' parent is this process; ipykernel reads it when it is loaded.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    gc.disable()
    door = socket.socket(fileno=number)
    load()
    if threads() != 1:
        sys.exit(1)  # forks would hang: every stub becomes a kernel of its own
    gc.collect()
    gc.freeze()  # what a collector writes beside objects would be copied for each visitor
    os.write(1, LOADED)
    Forking(door).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
