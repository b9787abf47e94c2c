"""Which tests have their lines counted."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Count lines in a test's first case only: the others walk the same ones, and counting takes as long as they do."""
    begun: set[str] = set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        if test in begun:
            item.add_marker("no_cover")
        begun.add(test)
