"""The public face's docstrings are true numpydoc: every parameter said, none that is not there, no type twice."""

from __future__ import annotations

import inspect
import re

import griffe
import pytest

import workbench
from tests.unit.house.plan import ROOT

#: Sections of numpydoc, as griffe knows them.
SECTIONS = griffe.DocstringSectionKind


@pytest.fixture(scope="module")
def package() -> griffe.Object:
    return griffe.load("workbench", search_paths=[ROOT], docstring_parser="numpy", allow_inspection=False)


def public() -> dict[str, object]:
    """Every public function, class and public method, by its dotted name; nothing that comes from elsewhere."""
    found: dict[str, object] = {}
    for name in workbench.__all__:
        thing = getattr(workbench, name)
        if not (inspect.isfunction(thing) or inspect.isclass(thing)):
            continue
        found[f"{thing.__module__}.{thing.__qualname__}"] = thing
        for key, member in vars(thing).items() if inspect.isclass(thing) else ():
            plain = inspect.unwrap(getattr(member, "__func__", member))
            ours = inspect.isfunction(plain) and plain.__module__.startswith("workbench.")
            if ours and not key.startswith("_"):
                found[f"{thing.__module__}.{thing.__qualname__}.{key}"] = plain
    return found


def said(package: griffe.Object, name: str, kind: griffe.DocstringSectionKind) -> set[str]:
    """The names that a section of a docstring explains."""
    docstring = package[name.removeprefix("workbench.")].docstring
    sections = docstring.parse("numpy", warnings=False) if docstring else []
    return {
        part.strip().lstrip("*")
        for section in sections
        if section.kind is kind
        for each in section.value
        for part in each.name.split(",")
    }


def parameters(thing: object) -> set[str]:
    return {name for name in inspect.signature(thing).parameters if name not in ("self", "cls")}


def functions() -> list[str]:
    return [name for name, thing in public().items() if inspect.isfunction(thing)]


def test_everything_public_says_what_it_is(package):
    assert not [name for name in public() if not (inspect.getdoc(public()[name]) or "").strip()]


def test_every_parameter_of_a_public_function_is_explained(package):
    """A method whose one sentence says all about its one argument needs no section."""
    lacking = {}
    for name in functions():
        wanted, found = parameters(public()[name]), said(package, name, SECTIONS.parameters)
        method = name.rsplit(".", 2)[-2][0].isupper()
        if wanted - found and not (method and not found):
            lacking[name] = sorted(wanted - found)
    assert not lacking


def test_no_section_explains_what_is_not_there(package):
    unknown = {name: said(package, name, SECTIONS.parameters) - parameters(public()[name]) for name in functions()}
    assert not {name: sorted(extra) for name, extra in unknown.items() if extra}


def test_types_stand_in_annotations_only(package):
    """`name : type` would be a second copy, which nobody checks."""
    twice = {
        name: lines
        for name, thing in public().items()
        if (lines := re.findall(r"^ *\w+ : .*$", _entries(inspect.getdoc(thing) or ""), re.MULTILINE))
    }
    assert not twice


def _entries(docstring: str) -> str:
    """The sections whose entries are names."""
    parts = re.split(r"^([A-Z]\w+(?: \w+)?)\n-+$", docstring, flags=re.MULTILINE)
    return "\n".join(
        body
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
        if title in ("Parameters", "Attributes", "Other Parameters")
    )


def test_the_parser_has_nothing_to_complain_about(package, caplog):
    with caplog.at_level("WARNING", logger="griffe"):
        for name in public():
            docstring = package[name.removeprefix("workbench.")].docstring
            if docstring is not None:
                docstring.parse("numpy", warnings=True)
    assert not [record.getMessage() for record in caplog.records]
