"""The small plan that the tests of the views share, in either language."""

from __future__ import annotations

import pytest

from tests.small_plan import mischief_register, small_plan, small_scenario
from workbench.labels import in_language

__all__ = ["mischief_register", "small_plan", "small_scenario"]


@pytest.fixture(params=["en", "zh"])
def either_language(request):
    with in_language(request.param):
        yield request.param
