"""What the server tells the kernel of a visitor: which city, which plan, which language.

The server writes it into the environment that its kernels inherit; the notebook reads it back. A notebook that nobody
serves, in JupyterLab or under a test, finds nothing there and keeps what its parameters cell says.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args
from urllib.parse import parse_qs

from workbench.jobs.session import VisitStore
from workbench.labels import Language

#: Parameter -> its name in the environment, and how it is read from there.
WRITTEN: dict[str, tuple[str, Callable[[str], Any]]] = {
    "scenario": ("WORKBENCH_SCENARIO", str),
    "register": ("WORKBENCH_REGISTER", str),
    "language": ("WORKBENCH_LANG", str),
    "replications": ("WORKBENCH_REPLICATIONS", int),
    "seed": ("WORKBENCH_SEED", int),
    "visits": ("WORKBENCH_VISITS", str),
}
#: What the address asked for after its question mark, as the web's gateways have always handed it on.
QUERY = "QUERY_STRING"
#: How the server tells a kernel whose work it is: the header that it adds to a request, and where the kernel finds it.
VISIT_HEADER = "X-Workbench-Visit"
VISIT = "HTTP_X_WORKBENCH_VISIT"


def environment_of(**parameters: object) -> dict[str, str]:
    """What the server writes.

    >>> environment_of(language="zh", seed=7)
    {'WORKBENCH_LANG': 'zh', 'WORKBENCH_SEED': '7'}
    """
    return {WRITTEN[name][0]: str(value) for name, value in parameters.items()}


def as_served(environment: Mapping[str, str] = os.environ, **parameters: Any) -> dict[str, Any]:
    """The parameters of a notebook, with what the server knows better in their place.

    Parameters
    ----------
    environment
        by default that of the process.
    parameters
        ``scenario``, ``register``, ``language``, ``replications``, ``seed`` as the notebook has them. A
        language that the address asks for (``?lang=zh``) goes before that of the server. The visitor's ``store``
        and the ``settings`` of a link are added where there are any, and whether somebody waits for the ``page``.

    Examples
    --------
    >>> served = {"WORKBENCH_SCENARIO": "/plans/a.yaml", "WORKBENCH_LANG": "en", "QUERY_STRING": "lang=zh"}
    >>> as_served(served, scenario="b.yaml", language="en", seed=3)
    {'scenario': '/plans/a.yaml', 'language': 'zh', 'seed': 3, 'page': 'later'}
    """
    known = {
        name: read(environment[key])
        for name, (key, read) in WRITTEN.items()
        if name in parameters and environment.get(key)
    }
    asked = parse_qs(environment.get(QUERY, "")).get("lang", [""])[-1]
    if "language" in parameters and asked in get_args(Language):
        known["language"] = asked
    if environment.get(WRITTEN["scenario"][0]):
        known["page"] = "coming" if environment.get(VISIT) else "later"
    plan = parse_qs(environment.get(QUERY, "")).get("plan", [""])[-1]
    if plan:
        known["settings"] = plan
    folder = environment.get(WRITTEN["visits"][0])
    if folder:
        whose = environment.get(VISIT) or None
        known["store"] = VisitStore(Path(folder), lambda: whose or _told_later(Path(folder)))
    return {**parameters, **known}


def _told_later(folder: Path) -> str | None:
    """Whose work it is, where the kernel was there first: the server leaves word under the kernel's name."""
    from ipykernel import get_connection_file

    try:
        kernel = Path(get_connection_file()).stem.removeprefix("kernel-")
        return (folder / f"{kernel}.visit").read_text(encoding="ascii").strip() or None
    except (OSError, RuntimeError):
        return None
