"""Where machine code is kept, and when what is kept may be used.

One file for each function, kind of arguments, source and processor, named by a hash of all of these: nothing is ever
changed in place, so that processes that start together do each other no harm, and what is stale is simply not found.
A file begins with a sum over its content: damaged machine code would end the process without a word.

Nothing here may fail a run. Where there is no folder to keep anything in, the code is compiled at every start.
"""

from __future__ import annotations

import os
import pickle
import platform
import time
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs
from numba.core import compiler, config, serialize, types
from numba.core.caching import _Cache

from workbench.compiled.sources import fingerprint
from workbench.errors import StoreError, WorkbenchWarning
from workbench.files import reason_of, written_beside
from workbench.labels import text

_SETTINGS: Any = config
_RESULT: Any = compiler.CompileResult
_TO_BYTES: Any = serialize.dumps
#: Bytes of the sum in front of each file.
_SUM = 32
#: What nobody used for so many days is swept away.
_KEPT_DAYS = 90
#: Numba's settings that change what it makes.
_CODE_SETTINGS = ("BOUNDSCHECK", "OPT", "LOOP_VECTORIZE", "SLP_VECTORIZE", "ENABLE_AVX", "DEBUGINFO_DEFAULT")


def folder() -> Path:
    """Where machine code is kept: in ``NUMBA_CACHE_DIR`` if that is set, else in this user's cache folder."""
    named = _SETTINGS.CACHE_DIR
    root = Path(named) if named else platformdirs.user_cache_path("campaign-workbench", appauthor=False)
    return root / "compiled"


class Store(_Cache):
    """The machine code of one function: what numba asks before it compiles, and gives what it compiled.

    Parameters
    ----------
    function
        what is compiled; a plain function of a module.
    options
        how: numba's target options.
    """

    def __init__(self, function: Callable[..., Any], options: Mapping[str, object]) -> None:
        self._function = function
        self._options = sorted((name, str(value)) for name, value in options.items())
        self._enabled = function.__closure__ is None

    @property
    def cache_path(self) -> str:
        return str(folder())

    def enable(self) -> None:
        self._enabled = True

    def disable(self) -> None:
        self._enabled = False

    def flush(self) -> None:
        with suppress(OSError):
            for path in folder().glob(f"{self._name()}-*"):
                path.unlink(missing_ok=True)

    def load_overload(self, signature: Any, target: Any) -> Any:
        """What was compiled for this signature, or None."""
        target.refresh()
        place = self._place(signature, target.codegen())
        if place is None:
            return None
        try:
            kept = place.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            return _say("compiled.not_kept", place.parent, fault)
        if kept[:_SUM] == blake2b(kept[_SUM:], digest_size=_SUM).digest():
            with suppress(Exception):  # whatever is wrong with it, it is compiled anew
                result = _RESULT._rebuild(target, *pickle.loads(kept[_SUM:]))
                _used(place)
                return result
        with suppress(OSError):
            place.unlink()
        return _say("compiled.damaged", place.parent)

    def save_overload(self, signature: Any, result: Any) -> None:
        """Keep what was compiled, if there is a place for it."""
        place = self._place(signature, result.codegen)
        lifted = any(not each.can_cache for each in result.lifted)
        if place is None or lifted or result.library.has_dynamic_globals:
            return
        content = _TO_BYTES(result._reduce())
        try:
            _prepared(place.parent)
            with written_beside(place) as temporary:
                temporary.write_bytes(blake2b(content, digest_size=_SUM).digest() + content)
        except StoreError as fault:
            _say("compiled.not_kept", place.parent, fault.__cause__ or fault)
        except OSError as fault:
            _say("compiled.not_kept", place.parent, fault)

    def _name(self) -> str:
        return f"{self._function.__module__.rpartition('.')[2]}.{self._function.__qualname__}"

    def _place(self, signature: Any, codegen: Any) -> Path | None:
        if not self._enabled:
            return None
        try:
            made_of = fingerprint(Path(self._function.__code__.co_filename), self._function.__name__)
        except (OSError, ValueError, SyntaxError):
            return None
        arguments = [_described(each) for each in signature]
        settings = [str(getattr(_SETTINGS, name, "")) for name in _CODE_SETTINGS]
        names = self._function.__module__, self._function.__qualname__
        key = made_of, names, self._options, arguments, codegen.magic_tuple(), _tools(), settings
        return folder() / f"{self._name()}-{blake2b(repr(key).encode(), digest_size=16).hexdigest()}.bin"


def _described(kind: Any) -> str:
    """A type of numba's in words; a named tuple with its fields, which its own name leaves out."""
    tuples: Any = types.BaseTuple
    if isinstance(kind, tuples):
        made: Any = getattr(kind, "instance_class", tuple)
        each: list[str] = [_described(part) for part in kind.types]
        return f"{made.__module__}.{made.__qualname__} {getattr(kind, 'fields', '')} ({', '.join(each)})"
    return str(kind)


@cache
def _tools() -> tuple[str, ...]:
    """What compiles: another version may make other code, or lay arrays out in another way."""
    return (platform.python_version(), *(version(name) for name in ("numba", "llvmlite", "numpy")))


@cache
def _prepared(place: Path) -> None:
    """Make the folder, for this user alone, and sweep away what has long been of no use; once a process."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    long_ago = time.time() - _KEPT_DAYS * 86_400
    for path in place.iterdir():
        with suppress(OSError):
            if path.stat().st_mtime < long_ago:
                path.unlink()


def _used(place: Path) -> None:
    """Note that a file is still of use, in a folder that may be written."""
    with suppress(OSError):
        if place.stat().st_mtime < time.time() - 86_400:
            os.utime(place)


_said: set[str] = set()


def _say(key: str, place: Path, fault: BaseException | None = None) -> None:
    """Tell once in a process; the run goes on."""
    if key not in _said:
        _said.add(key)
        words = text(key, folder=str(place), reason=reason_of(fault)) if fault else text(key, folder=str(place))
        warnings.warn(words, WorkbenchWarning, stacklevel=2)
