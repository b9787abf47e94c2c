"""The planted mistakes are still mistakes in today's kernel; a few are planted here, all of them in the benchmarks."""

from __future__ import annotations

import ast

import pytest

from benchmarks.mutations import caught
from tests.oracle.mutants import MUTANTS, source


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_what_a_mistake_replaces_stands_there(mutant):
    assert mutant.old != mutant.new
    ast.parse(source(mutant))


def test_names_are_their_own():
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 15


@pytest.mark.parametrize("name", ["clock_backward", "agenda_off_by_one"])
def test_a_mistake_is_caught(name):
    found, after = caught(next(mutant for mutant in MUTANTS if mutant.name == name))
    assert found is not None
    assert "instance" in found
    assert after < 200


def test_text_that_is_gone_is_an_error():
    with pytest.raises(ValueError, match="mutant agenda_off_by_one: its text stands 0 times"):
        source(next(each for each in MUTANTS if each.name == "agenda_off_by_one")._replace(old="no such text"))
