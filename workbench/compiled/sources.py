"""What a compiled function is made of: the files that hold it and everything that it calls or reads, in this package.

Machine code holds the functions that it calls and the constants that it reads, from whatever module they come; numba
looks only at the file that a function stands in. Here names are followed from the function on, through imports, to
where they are bound. A change in any of those files gives another fingerprint; a change elsewhere compiles nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parents[1]
_HOW = Path(__file__).resolve().with_name("decorators.py")


class Module(NamedTuple):
    """What a module binds at its top level.

    Attributes
    ----------
    uses
        a name -> the names that stand in whatever binds or changes it.
    imported
        a name -> the file that it is imported from, and its name there; empty for a module as a whole.
    """

    uses: dict[str, set[str]]
    imported: dict[str, tuple[Path, str]]


def fingerprint(file: Path, name: str) -> str:
    """A hash of all files that a function is made of.

    Parameters
    ----------
    file
        the module that it stands in.
    name
        its name there.

    Raises
    ------
    OSError
        a source cannot be read, as in an archive or where only byte code was installed.
    """
    content = blake2b(digest_size=16)
    for path in sources(file, name):
        content.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return content.hexdigest()


@cache
def sources(file: Path, name: str) -> tuple[Path, ...]:
    """Those files, in a fixed order."""
    found: set[tuple[Path, str]] = set()
    waiting = [(file.resolve(), name), (_HOW, "")]
    while waiting:
        here = waiting.pop()
        if here in found:
            continue
        path, called = here
        if path.parent == _HOW.parent and path != _HOW:
            waiting.append((_HOW, ""))  # how it is compiled counts, not where it is kept
            continue
        found.add(here)
        if path == _HOW:
            continue
        module = _module(path)
        if not called:  # a module as a whole
            waiting += [(path, each) for each in module.uses] + list(module.imported.values())
        elif called in module.imported:
            waiting.append(module.imported[called])
        else:
            waiting += [(path, each) for each in module.uses.get(called, ())]
    return tuple(sorted({path for path, _ in found}))


@cache
def _module(path: Path) -> Module:
    module = Module({}, {})
    for statement in ast.parse(path.read_bytes()).body:
        if isinstance(statement, ast.ImportFrom | ast.Import):
            module.imported.update(_imports(statement))
        elif isinstance(statement, ast.FunctionDef | ast.ClassDef):
            module.uses.setdefault(statement.name, set()).update(_names(statement))
        else:  # whatever stands in one statement may change with it
            names = set(_names(statement))
            for each in names:
                module.uses.setdefault(each, set()).update(names)
            for inner in ast.walk(statement):
                if isinstance(inner, ast.ImportFrom | ast.Import):
                    module.imported.update(_imports(inner))
    return module


def _names(node: ast.AST) -> Iterator[str]:
    """The names in a piece of code, but for those in annotations."""
    if isinstance(node, ast.Name):
        yield node.id
    for field, value in ast.iter_fields(node):
        if field not in ("annotation", "returns"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _names(child)


def _imports(statement: ast.ImportFrom | ast.Import) -> Iterator[tuple[str, tuple[Path, str]]]:
    """Each name that an import of this package binds, the file that it names, and the name in there."""
    for alias in statement.names:
        bound = alias.asname or alias.name.split(".")[0]
        if isinstance(statement, ast.Import):
            file = _file_of(alias.name)
            if file:
                yield bound, (file, "")
        else:
            whole, file = _file_of(f"{statement.module}.{alias.name}"), _file_of(statement.module or "")
            if whole:
                # A package may give something of its own under the name of one of its modules.
                own = file is not None and file != whole and alias.name in _module(file).imported
                yield bound, (file, alias.name) if own and file else (whole, "")
            elif file:
                yield bound, (file, alias.name)


def _file_of(name: str) -> Path | None:
    """The file of a module of this package."""
    parts = name.split(".")
    if parts[0] != PACKAGE.name:
        return None
    place = PACKAGE.joinpath(*parts[1:])
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)
