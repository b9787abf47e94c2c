"""Odd dates that an outcome keeps are told in the language in use, whichever version kept them."""

from __future__ import annotations

import pytest

from workbench.labels import in_language
from workbench.simulation.results.odd_dates import with_findings

NOW = {"lead": "B", "state": "waiting", "own": "in_work"}
BEFORE = {"lead": "B", "state": "待办"}


@pytest.mark.parametrize(
    ("language", "value", "details", "own", "leads"),
    [
        ("en", "", NOW, "in work", "waiting"),
        ("zh", "", NOW, "在办", "待办"),
        ("zh", "在办", BEFORE, "在办", "待办"),
        ("en", "在办", BEFORE, "在办", "待办"),
    ],
)
def test_a_unit_s_state_and_its_lead_s(language, value, details, own, leads):
    kept = {"code": "unit_differs", "place": "A attempt_on", "value": value, "details": details, "count": 1}
    with in_language(language):
        said = with_findings("summary", {"findings": [kept]})
    assert said.startswith("summary\n")
    assert own in said
    assert leads in said
