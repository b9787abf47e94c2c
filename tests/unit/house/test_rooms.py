"""Rooms and closets: imports point one way, go through a closet's door, and never in a circle."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

from tests.unit.house.plan import DOORS, HELPERS, MODULES, ORDER, PACKAGE, ROOMS, ROOT, dotted, relative, tree

#: Packages too heavy for `import workbench`; each loads when it is first used.
HEAVY = (
    "numba",
    "highspy",
    "matplotlib",
    "xarray",
    "scipy",
    "pandas",
    "pandera",
    "pyarrow",
    "holidays",
    "pyproj",
    "openpyxl",
    "xlsxwriter",
    "IPython",
)


NAMES = {dotted(path): path for path in MODULES}


class Import(NamedTuple):
    """One import: where it stands, the module it names, and whether only the type checker sees it."""

    importer: str
    line: int
    names: str
    for_types: bool
    when_called: bool


def imports(path: Path) -> Iterator[Import]:
    """Everything of this package that a module imports, at any depth of the code."""
    module = tree(path)
    for_types = {
        id(inner)
        for node in ast.walk(module)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    when_called = {
        id(inner)
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            # A module taken as a whole is what is imported, not the folder that it is in.
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in NAMES and not _reexported(node.module, name) else node.module for name in whole]
        else:
            continue
        for name in names:
            if name.split(".")[0] == "workbench":
                yield Import(dotted(path), node.lineno, name, id(node) in for_types, id(node) in when_called)


def _reexported(package: str, name: str) -> bool:
    """Whether a package gives something of its own, a function say, under the name of one of its modules."""
    if is_package(name):
        return False
    return any(
        isinstance(node, ast.ImportFrom) and node.module != package and alias.name == name.rsplit(".", 1)[1]
        for node in tree(NAMES[package]).body
        for alias in getattr(node, "names", ())
    )


def offered(module: str) -> bool:
    """Whether a closet gives a module of its own as a whole, by its name."""
    package, _, name = module.rpartition(".")
    return f'"{name}"' in NAMES[package].read_text(encoding="utf-8").partition("__all__")[2]


def room_of(module: str) -> str:
    """The part of the package that a dotted name is in: "inputs", "errors", "cli"; "" is the package."""
    return module.split(".")[1] if "." in module else ""


def closet_of(module: str) -> str:
    """The closet, or the file beside the closets, that a module of a room is in; "" is the room's own door."""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 else ""


def is_package(module: str) -> bool:
    return NAMES[module].name == "__init__.py"


def may_import(importer: str, imported: str) -> bool:
    """Whether one room may use another."""
    if importer in DOORS or imported == importer or imported == "__version__":
        return True
    return importer in ORDER and imported in ORDER and ORDER.index(imported) < ORDER.index(importer)


@cache
def every_import() -> list[Import]:
    return [each for path in MODULES for each in imports(path)]


def test_imports_point_to_an_earlier_room():
    wrong = [each for each in every_import() if not may_import(room_of(each.importer), room_of(each.names))]
    assert not wrong, "\n".join(map(str, wrong))


def test_imports_point_to_an_earlier_closet():
    """Within a room; what only the type checker sees may point anywhere in it."""
    wrong = []
    for each in every_import():
        room, mine, other = room_of(each.importer), closet_of(each.importer), closet_of(each.names)
        if room not in ROOMS or room_of(each.names) != room or each.for_types or not mine or mine == other:
            continue
        if not other or ROOMS[room].index(other) > ROOMS[room].index(mine):
            wrong.append(each)
    assert not wrong, "\n".join(map(str, wrong))


def test_nothing_reaches_past_a_closets_door():
    """Another closet, or another room, is asked at its door (`__init__`), not in one of its files."""
    wrong = []
    for each in every_import():
        there = each.names.split(".")
        if room_of(each.names) not in ROOMS or is_package(each.names) or offered(each.names):
            continue
        same_room = room_of(each.importer) == room_of(each.names)
        beside = len(there) == 3 and same_room
        same_closet = same_room and closet_of(each.importer) == closet_of(each.names)
        if not (beside or same_closet):
            wrong.append(each)
    assert not wrong, "\n".join(map(str, wrong))


def test_no_circles():
    """Of what is imported when a module is; a lazy import or one for types may close a circle."""
    graph: dict[str, set[str]] = {}
    for each in every_import():
        if not (each.for_types or each.when_called):
            graph.setdefault(each.importer, set()).add(each.names)
    inside = {name: {other for other in others if other != name} for name, others in graph.items()}
    try:
        list(TopologicalSorter(inside).static_order())
    except CycleError as circle:
        raise AssertionError(" < ".join(circle.args[1])) from None


def test_the_plan_names_every_closet():
    found: dict[str, set[str]] = {room: set() for room in ROOMS}
    for name in NAMES:
        if room_of(name) in ROOMS and closet_of(name):
            found[room_of(name)].add(closet_of(name))
    assert found == {room: set(closets) for room, closets in ROOMS.items()}


def test_a_closet_holds_at_most_a_dozen_files_or_so():
    """A folder of 30 files holds several ideas."""
    crowded = {
        relative(folder): len(list(folder.glob("*.py")))
        for folder in {path.parent for path in MODULES}
        if folder.name != "labels"
    }
    assert not {name: number for name, number in crowded.items() if number >= 30}


def test_the_rule_of_rooms_itself():
    assert may_import("views", "inputs")
    assert may_import("errors", "labels")
    assert may_import("inputs", "errors")
    assert may_import("cli", "views")
    assert not may_import("inputs", "grouping")
    assert not may_import("labels", "errors")
    assert not may_import("planning", "")
    assert not may_import("views", "cli")
    assert not may_import("jobs", "views")


def test_every_module_is_in_a_room():
    known = {*HELPERS, *ROOMS, *DOORS, "__init__"}
    parts = {relative(path): path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}
    assert not {name: part for name, part in parts.items() if part not in known}


def test_no_file_holds_more_than_one_idea():
    long = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {name: lines for name, lines in long.items() if lines > 500}


def test_the_package_prints_nothing():
    calls = [
        f"{relative(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not calls


def test_importing_the_workbench_loads_nothing_heavy():
    """What is loaded decides how long it takes; a clock would only measure the machine."""
    code = "import json, sys, workbench; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert not sorted(set(json.loads(run.stdout)) & set(HEAVY))


def test_no_public_class_name_stands_for_two_things():
    found: dict[str, list[str]] = {}
    for path in MODULES:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(relative(path))
    assert not {name: files for name, files in found.items() if len(files) > 1}


def _is_number(value: ast.expr | None) -> bool:
    """Whether an expression is a number, or arithmetic of numbers alone."""
    match value:
        case ast.Constant(value=bool()):
            return False
        case ast.Constant(value=int() | float()):
            return True
        case ast.UnaryOp(operand=operand):
            return _is_number(operand)
        case ast.BinOp(left=left, right=right):
            return _is_number(left) and _is_number(right)
        case _:
            return False


def _numbers(path: Path) -> Iterator[str]:
    """The names of a file's constants that are numbers."""
    for node in tree(path).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_number(value):
                yield name.lstrip("_")
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if _is_number(value):
                yield name.lstrip("_")


def test_a_number_has_a_name_of_its_own_and_stands_in_one_place():
    """`FEW` that is 3 here and 40 there tells nothing, and a limit that is written twice will one day be two limits."""
    found: dict[str, list[str]] = {}
    for path in MODULES:
        for name in _numbers(path):
            found.setdefault(name, []).append(relative(path))
    assert sum(map(len, found.values())) > 200
    assert not {name: files for name, files in found.items() if len(files) > 1}
