"""What a compiled function is made of: the content of its module and of all that it imports from this package.

Machine code holds what a function calls and the constants that it reads, from whatever module they come. Numba looks
at the function's own file only. So does nothing here: a change anywhere among the sources gives another fingerprint.
Words for people are left out (`labels`): they change often, and no compiled code holds one.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
_WORDS = PACKAGE / "labels"
#: An import at any depth of the code; one that only the type checker sees does no harm.
_IMPORT = re.compile(
    rf"^[ \t]*(?:from[ \t]+({PACKAGE.name}[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)|import[ \t]+([^\n]*))",
    re.MULTILINE,
)


@cache
def fingerprint(file: Path) -> str:
    """A hash of a module's content and of everything of this package that it imports, directly or not.

    Raises
    ------
    OSError
        a source cannot be read, as in an archive or where only byte code was installed.
    """
    content = blake2b(digest_size=16)
    for path in sources(file):
        place = path.relative_to(PACKAGE).as_posix() if path.is_relative_to(PACKAGE) else path.name
        content.update(f"{place}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return content.hexdigest()


def sources(file: Path) -> list[Path]:
    """The module's file and those of all that it imports from this package, in a fixed order."""
    found: set[Path] = set()
    waiting = [file.resolve()]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path)
    return sorted(found)


@cache
def _imported(path: Path) -> list[Path]:
    names: set[str] = set()
    for package, given, plain in _IMPORT.findall(path.read_text(encoding="utf-8")):
        if package:
            names |= {package, *(f"{package}.{name}" for name in re.findall(r"\w+", given))}
        else:
            names |= set(re.findall(rf"\b{PACKAGE.name}[\w.]*", plain))
    files = (_file_of(name) for name in sorted(names) if name != PACKAGE.name)
    return [each for each in files if each is not None and _WORDS not in each.parents]


def _file_of(name: str) -> Path | None:
    place = PACKAGE.parent.joinpath(*name.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)
