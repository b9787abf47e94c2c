"""How the app is served: the settings, checked, and what follows from them."""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from workbench.labels import Language, text
from workbench.views.serving.visit import environment_of

#: Letters that need no quoting in an address; long enough that nobody guesses it.
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,}")
#: Seconds without a visitor after which a kernel ends, and how often that is looked at.
IDLE, LOOK = 600, 60
#: Visitors at a time, each of whom has a process of their own.
VISITORS = 12
#: Bytes of a file that a page takes.
LARGEST_UPLOAD = 100 << 20


@dataclass(frozen=True)
class Service:
    """One app, served.

    Attributes
    ----------
    notebook, scenario, register
        files, by absolute paths.
    language
        of a page whose address names none.
    token
        what an address must carry; never empty.
    ip, port
        where it listens.
    names
        host names under which a proxy in front shows it; with one, what the proxy says of its visitor's connection
        (``X-Forwarded-Proto``) is believed.
    preheat
        kernels kept ready for the next visitors.
    visitors
        how many may be there at a time.
    visits
        the folder that visitors' work is kept in between two visits; None keeps none.
    replications, seed
        of the simulations.
    idle, look
        seconds until a kernel without a visitor ends; how often that is looked at.
    """

    notebook: Path
    scenario: Path
    register: Path
    language: Language
    token: str
    ip: str = "127.0.0.1"
    port: int = 8866
    names: tuple[str, ...] = ()
    preheat: int = 0
    visitors: int = VISITORS
    visits: Path | None = None
    replications: int = 1000
    seed: int = 0
    idle: int = IDLE
    look: int = LOOK

    @property
    def private(self) -> bool:
        """Only this machine can reach it."""
        return is_loopback(self.ip)

    @property
    def address(self) -> str:
        """What to open in a browser, token and all."""
        host = self.ip
        if host in ("0.0.0.0", "::", ""):  # everywhere: named by the machine
            host = socket.gethostname()
        if ":" in host:
            host = f"[{host}]"
        return f"http://{host}:{self.port}/?token={self.token}"

    @property
    def environment(self) -> dict[str, str]:
        """What the kernels are told (`as_served` reads it)."""
        return environment_of(
            scenario=self.scenario,
            register=self.register,
            language=self.language,
            replications=self.replications,
            seed=self.seed,
            **({} if self.visits is None else {"visits": self.visits}),
        )


def new_token() -> str:
    """A token that nobody has seen: 192 bits of the system's randomness."""
    return secrets.token_hex(24)


def check_token(token: str) -> str:
    """Give the token back, or refuse it.

    Raises
    ------
    ValueError
        it is empty, could be guessed, or would not survive in an address.
    """
    if not TOKEN.fullmatch(token):
        raise ValueError(text("app.token_weak"))
    return token


def check_address(ip: str) -> str:
    """Give the address back, or refuse it.

    Raises
    ------
    ValueError
        neither an IP address nor ``localhost``.
    """
    if ip != "localhost":
        try:
            ipaddress.ip_address(ip)
        except ValueError:
            raise ValueError(text("app.ip_unknown", ip=ip)) from None
    return ip


def is_loopback(ip: str) -> bool:
    """Whether only this machine can reach the address."""
    return ip == "localhost" or ipaddress.ip_address(ip).is_loopback
