"""Machine code that is kept gives the numbers of the source at hand, on whatever machine and in whatever state."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

import pytest

from tests.unit.house.plan import PACKAGE

#: A small kernel in a closet of its own, which calls another closet's function and reads a third one's number.
FILES = {
    "tiny/one/kernels.py": "from workbench.compiled import kernel\n"
    "from workbench.tiny.two import twice\n"
    "from workbench.tiny.pair import Pair\n"
    "import workbench.tiny.number as held\n"
    "PLUS = held.PLUS\n"
    "@kernel\ndef answer(pair):\n    return twice(pair.first) + PLUS\n"
    "GIVEN = Pair(20, 9)\n",
    "tiny/pair.py": "from collections import namedtuple\nPair = namedtuple('Pair', 'first other')\n",
    "tiny/two/__init__.py": "from workbench.tiny.two.twice import twice\n",
    "tiny/two/twice.py": "from workbench.compiled import kernel\n@kernel\ndef twice(x):\n    return 2 * x\n",
    "tiny/number.py": "PLUS = 1\n",
}
CODE = "from workbench.tiny.one.kernels import *; print(answer(GIVEN), sum(answer._cache_hits.values()))"


@pytest.fixture
def package(tmp_path) -> Path:
    """A copy of what compiles, with the small kernels."""
    return copy_to(tmp_path)


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> tuple[Path, Path]:
    """The same, and the folder that a first run filled."""
    place = tmp_path_factory.mktemp("filled")
    package, named = copy_to(place), place / "named"
    assert run(package, NUMBA_CACHE_DIR=str(named)) == ("41 0", "")
    return package, named


def copy_to(folder: Path) -> Path:
    there = folder / "checkout/workbench"
    ignored = shutil.ignore_patterns("__pycache__")
    for part in ("compiled", "files", "labels"):
        shutil.copytree(PACKAGE / part, there / part, ignore=ignored)
    for part in ("__init__.py", "errors.py", "stopping.py", "version.py"):
        shutil.copy(PACKAGE / part, there / part)
    for name, code in FILES.items():
        place = there / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(code, encoding="utf-8")
    return there


def start(package: Path, **surroundings: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NUMBA_", "XDG_", "PYTHON"))}
    return subprocess.Popen(
        [sys.executable, "-B", "-c", CODE], cwd=package.parent, env=kept | surroundings,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(package: Path, **surroundings: str) -> tuple[str, str]:
    """What the kernel answers with how often it was found, and what was told beside."""
    return ended(start(package, **surroundings))


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    out, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    return out.strip(), told


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_named_folder_is_used_and_nothing_else_is_written(package, tmp_path):
    before, named = kept(package), tmp_path / "named"
    assert run(package, NUMBA_CACHE_DIR=str(named), HOME=str(tmp_path / "home")) == ("41 0", "")
    assert len(kept(named)) == 2
    assert run(package, NUMBA_CACHE_DIR=str(named), HOME=str(tmp_path / "home")) == ("41 1", "")
    assert kept(package) == before
    assert not kept(tmp_path / "home")


def test_a_changed_module_anywhere_is_noticed(package, tmp_path):
    """With the code kept in the user's own folder, as where the package cannot be written."""
    home = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert run(package, **home)[0] == "41 0"
    for name, before, after, answer in (
        ("tiny/number.py", "1", "5", "45 0"),
        ("tiny/two/twice.py", "2 * x", "3 * x", "65 0"),
        ("tiny/one/kernels.py", "+ PLUS", "- PLUS", "55 0"),
        ("tiny/pair.py", "first other", "other first", "22 0"),
    ):
        place = package / name
        stamp = place.stat()
        place.write_text(place.read_text().replace(before, after))
        os.utime(place, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))  # a copy with its old date and size is no less new
        assert run(package, **home)[0] == answer, name
    assert kept(tmp_path / "cache/campaign-workbench/compiled")


@pytest.mark.parametrize("nowhere", ["/dev/null/nobody", "{file}"], ids=["missing", "a file"])
def test_without_a_folder_it_runs_and_says_so_once(package, tmp_path, nowhere):
    file = tmp_path / "file"
    file.write_text("taken")
    home = nowhere.format(file=file)
    answer, told = run(package, HOME=home, XDG_CACHE_HOME=home)
    assert answer == "41 0"
    assert told.count("WorkbenchWarning") == 1
    assert home in told
    assert "NUMBA_CACHE_DIR" in told
    assert "Traceback" not in told
    assert file.read_text() == "taken"


def _cut(content: bytes) -> bytes:
    return b""


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _overwritten(content: bytes) -> bytes:
    """Machine code with other bytes in it, which would end the process if it ran."""
    return content[:2000] + bytes(len(content) - 2000)


def _strange(content: bytes) -> bytes:
    """Not ours at all."""
    return b"\x80\x05K\x01." * 9


@pytest.mark.parametrize("damage", [_cut, _half, _overwritten, _strange])
def test_what_is_damaged_is_compiled_again(filled, tmp_path, damage):
    package, named = filled[0], tmp_path / "named"
    shutil.copytree(filled[1], named)
    whole = {path: path.read_bytes() for path in kept(named)}
    for path, content in whole.items():
        path.write_bytes(damage(content))
    answer, told = run(package, NUMBA_CACHE_DIR=str(named))
    assert answer == "41 0"
    assert told.count("WorkbenchWarning") == 1
    assert str(named) in told
    assert sorted(whole) == kept(named)
    for path in [path for path in whole if path.name.startswith("kernels.")]:
        content = path.read_bytes()
        assert content[:32] == blake2b(content[32:], digest_size=32).digest(), "whole again"


def test_many_may_start_at_once(package, tmp_path):
    surroundings = {"NUMBA_CACHE_DIR": str(tmp_path / "named")}
    crowd = [start(package, **surroundings) for _ in range(4)]
    assert {ended(process)[0][:2] for process in crowd} == {"41"}
    assert len(kept(tmp_path / "named")) == 2, "and nothing half-written stays"
