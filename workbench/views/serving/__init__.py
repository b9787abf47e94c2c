"""The planners' app over HTTP: a notebook as a page, to those who hold its token, with nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from workbench.views.serving.opening import NOTEBOOK, SCENARIO, check_lab, check_notebook, find
from workbench.views.serving.service import Service, check_address, check_token, new_token
from workbench.views.serving.visit import as_served


def serve(service: Service, ready: Callable[[], None]) -> None:
    """Serve the page until stopped; Voila loads here, so that what is asked before needs no lab extra."""
    from workbench.views.serving.server import serve as serve_until_stopped

    serve_until_stopped(service, ready)


__all__ = [
    "NOTEBOOK",
    "SCENARIO",
    "Service",
    "as_served",
    "check_address",
    "check_lab",
    "check_notebook",
    "check_token",
    "find",
    "new_token",
    "serve",
]
