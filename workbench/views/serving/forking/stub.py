"""Stands for a kernel that the template forks: ``python stub.py SOCKET COMMAND …``. Needs nothing but Python itself.

It ends with the kernel's exit code. Where there is no template to ask, it becomes the kernel that the command names.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from pathlib import Path

#: Seconds that a template may take to load everything.
LOADING_SECONDS = 30.0


def ask(address: str, command: list[str]) -> int | None:
    """Have the template fork a kernel, and wait until it ends: its exit code. None where nobody forks."""
    request = json.dumps({"argv": command, "env": dict(os.environ), "cwd": str(Path.cwd())}).encode()
    try:
        with socket.socket(socket.AF_UNIX) as wire:
            wire.settimeout(LOADING_SECONDS)
            wire.connect(address)
            socket.send_fds(wire, [len(request).to_bytes(8, "big")], [0, 1, 2])
            wire.sendall(request)
            if wire.recv(1) != b"!":
                return None
            wire.settimeout(None)
            code = wire.recv(1)  # comes when the kernel has ended
            return code[0] if code else 1
    except OSError:
        return None


if __name__ == "__main__":
    # Jupyter interrupts before it asks a kernel to end; that is answered by the kernel alone.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ended = ask(sys.argv[1], sys.argv[2:])
    if ended is None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execv(sys.argv[2], sys.argv[2:])
    sys.exit(ended)
