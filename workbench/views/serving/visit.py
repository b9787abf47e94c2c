"""What the server tells the kernel of a visitor: which city, which plan, which language.

The server writes it into the environment that its kernels inherit; the notebook reads it back. A notebook that nobody
serves, in JupyterLab or under a test, finds nothing there and keeps what its parameters cell says.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args
from urllib.parse import parse_qs

Language = Literal["zh", "en"]

#: Names in the environment.
SCENARIO, REGISTER, LANG = "WORKBENCH_SCENARIO", "WORKBENCH_REGISTER", "WORKBENCH_LANG"
REPLICATIONS, SEED = "WORKBENCH_REPLICATIONS", "WORKBENCH_SEED"
#: What the address asked for after its question mark, as the web's gateways have always handed it on.
QUERY = "QUERY_STRING"


class Visit(NamedTuple):
    """What one visitor's page is about; None where nothing was said.

    Attributes
    ----------
    scenario, register : files, by absolute paths.
    language : of the address (``?lang=zh``) if it names one, else of the server.
    replications, seed : of the simulations.
    """

    scenario: str | None
    register: str | None
    language: Language | None
    replications: int | None
    seed: int | None


def visit(environment: Mapping[str, str] = os.environ) -> Visit:
    """Read what the server wrote.

    Parameters
    ----------
    environment : by default that of the process.

    Examples
    --------
    >>> visit({"WORKBENCH_SCENARIO": "/plans/a.yaml", "WORKBENCH_LANG": "en", "QUERY_STRING": "lang=zh"})
    Visit(scenario='/plans/a.yaml', register=None, language='zh', replications=None, seed=None)
    """
    asked = parse_qs(environment.get(QUERY, "")).get("lang", [""])[-1]
    languages = [word for word in (asked, environment.get(LANG)) if word in get_args(Language)]
    return Visit(
        scenario=environment.get(SCENARIO) or None,
        register=environment.get(REGISTER) or None,
        language=languages[0] if languages else None,  # type: ignore[arg-type]
        replications=_number(environment.get(REPLICATIONS)),
        seed=_number(environment.get(SEED)),
    )


def _number(word: str | None) -> int | None:
    return int(word) if word else None
