"""Every file that a compiled function is made of counts, and none that has nothing to do with it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.house.plan import MODULES, PACKAGE, dotted
from workbench.compiled.sources import fingerprint, sources


def kernels() -> dict[str, Callable]:
    """Every compiled function of the package, by its module and name."""
    found = {}
    for path in MODULES:
        if "from workbench.compiled import" in path.read_text(encoding="utf-8"):
            for name, value in vars(importlib.import_module(dotted(path))).items():
                if hasattr(value, "py_func") and value.py_func.__module__ == dotted(path):
                    found[f"{dotted(path)}.{name}"] = value.py_func
    return found


def file_of(function: Callable) -> Path:
    return Path(function.__code__.co_filename)


def called(function: Callable) -> set[Callable]:
    """A function and all of this package's that it calls, as Python itself resolves their names."""
    found, waiting = set(), [function]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            others = (here.__globals__.get(name) for name in here.__code__.co_names)
            others = (getattr(each, "py_func", each) for each in others)
            waiting += [each for each in others if hasattr(each, "__code__") and PACKAGE in file_of(each).parents]
    return found


def test_whatever_a_kernel_calls_is_among_its_sources():
    found = kernels()
    assert len(found) > 40
    for name, function in found.items():
        wanted = {file_of(each) for each in called(function)}
        assert wanted <= set(sources(file_of(function), function.__name__)), name


def test_what_has_nothing_to_do_with_a_kernel_is_not():
    """A word for people, a chart or a rule of the register changes no machine code, and compiles none."""
    rooms = ("labels", "views", "inputs", "errors.py", "files.py", "arguments.py")
    for name, function in kernels().items():
        parts = {path.relative_to(PACKAGE).parts[0] for path in sources(file_of(function), function.__name__)}
        assert not parts & set(rooms), name


def test_constants_are_followed_to_where_they_stand():
    """Through a package's door, a module taken as a whole, and names that are worked out from others."""
    found = sources(PACKAGE / "simulation/kernels/committee.py", "last_filing")
    assert PACKAGE / "simulation/kernels/exact_time.py" in found
    found = sources(PACKAGE / "grouping/models/columns.py", "_enumerate")
    assert PACKAGE / "grouping/tolerances.py" in found


def test_a_source_that_cannot_be_read_is_an_error_that_the_store_knows(tmp_path):
    with pytest.raises(OSError, match="gone"):
        fingerprint(tmp_path / "gone.py", "answer")
