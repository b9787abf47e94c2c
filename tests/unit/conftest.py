"""Which tests have their lines counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import pytest

#: Of so many cases of a parametrised test.
COUNTED: Final = 3


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Count lines in a test's first cases only: the others walk the same ones, and counting doubles their time."""
    begun: Counter[str] = Counter()
    for item in items:
        test = item.nodeid.partition("[")[0]
        if begun[test] >= COUNTED:
            item.add_marker("no_cover")
        begun[test] += 1
