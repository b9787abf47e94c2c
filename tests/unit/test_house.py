"""The house: the lock, the rooms, the words and the links fit together.

Nothing here tests what the workbench computes; it tests what keeps the project in order while it grows.
"""

from __future__ import annotations

import ast
import json
import re
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from workbench.labels import table, text

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "workbench"
MODULES = sorted(PACKAGE.rglob("*.py"))

#: What every room may use, then the rooms: each imports only from itself and from those before it.
HELPERS = ("labels", "errors", "arguments", "stopping", "files", "compiled")
ORDER = (*HELPERS, "inputs", "grouping", "simulation", "planning", "views")
#: The front doors, which see everything.
DOORS = ("", "cli", "__main__")

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

#: What only a finished house can show: the words that the views speak, the pages that others link to.
when_it_speaks = pytest.mark.skipif(not (PACKAGE / "cli.py").exists(), reason="the command line is not built yet")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=relative(path))


# --- Lock, project file and conda environment ---------------------------------------------------------------


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lock() -> dict[str, dict[str, str]]:
    """Part -> package -> its whole entry, hashes and all."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    parts: dict[str, dict[str, str]] = {}
    for name, body in re.findall(r"^# === (\w+) ===\n(.*?)(?=^# ===|\Z)", text, re.MULTILINE | re.DOTALL):
        entries = re.split(r"\n(?=[A-Za-z0-9])", body.strip())
        parts[name] = {canonicalize_name(re.match(r"[\w.-]+", entry)[0]): entry for entry in entries}
    return parts


def needs(project: dict, *extras: str) -> list[Requirement]:
    section = project["project"]
    lists = [section["optional-dependencies"][extra] for extra in extras] or [section["dependencies"]]
    return [Requirement(line) for lines in lists for line in lines]


def test_lock_has_its_four_parts_and_no_package_twice(lock):
    assert list(lock) == ["run", "lab", "dev", "bench"]
    names = [name for part in lock.values() for name in part]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("extras", "parts"),
    [
        ((), ("run",)),
        (("build",), ("run",)),
        (("lab",), ("run", "lab")),
        (("cluster",), ("run", "lab", "dev")),
        (("sensitivity",), ("run", "lab")),
        (("dev",), ("run", "lab", "dev")),
        (("bench",), ("run", "lab", "dev", "bench")),
    ],
    ids=["run", "build", "lab", "cluster", "sensitivity", "dev", "bench"],
)
def test_every_dependency_is_pinned_in_its_part(project, lock, extras, parts):
    """And at a version that the project file allows."""
    pinned = {name: entry for part in parts for name, entry in lock[part].items()}
    for requirement in needs(project, *extras):
        entry = pinned.get(canonicalize_name(requirement.name))
        assert entry is not None, f"{requirement.name} is not in part {' or '.join(parts)}: run `make lock`"
        version = re.match(r"[^=]+==([^\s;]+)", entry)[1]
        assert version in requirement.specifier, f"{requirement} is locked at {version}: run `make lock`"


def test_every_extra_is_looked_at(project):
    assert set(project["project"]["optional-dependencies"]) == {
        *("build", "lab", "cluster", "sensitivity", "dev", "bench")
    }


def test_lock_pins_by_version_and_hash_and_names_no_index(lock):
    for part in lock.values():
        for name, entry in part.items():
            assert re.match(r"[A-Za-z0-9._-]+(\[[^]]+\])?==[^\s;]+", entry), name
            assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), name
    assert not re.search(
        r"://|index-url|find-links|trusted-host", (ROOT / "requirements.lock").read_text(encoding="utf-8")
    )


def test_one_python_everywhere(project):
    """Conda, lock, linter, type checker and the checks' machine speak of the oldest Python allowed."""
    oldest = re.fullmatch(r">=(\d+\.\d+)", project["project"]["requires-python"])[1]
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["test"]["steps"]
    assert f"python={oldest}" in conda
    assert f'"--python-version", "{oldest}"' in (ROOT / "tools/lock.py").read_text(encoding="utf-8")
    assert project["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    assert project["tool"]["mypy"]["python_version"] == oldest
    assert [step["with"]["python-version"] for step in steps if "python" in step.get("uses", "")] == [oldest]


def test_conda_takes_every_package_from_the_lock(project):
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    plain = [item for item in environment["dependencies"] if isinstance(item, str)]
    pip = [item["pip"] for item in environment["dependencies"] if isinstance(item, dict)]
    assert [item.split("=")[0] for item in plain] == ["python", "pip"]
    assert pip == [["-r requirements.lock"]]
    assert environment["name"] == project["project"]["name"]


def test_every_dependency_has_its_reason(project):
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    reasons = page.split("## Why each dependency")[1].split("\n## ")[0]
    named = {canonicalize_name(word) for word in re.findall(r"[A-Za-z0-9][\w-]*", reasons)}
    extras = project["project"]["optional-dependencies"]
    wanted = {canonicalize_name(requirement.name) for requirement in needs(project) + needs(project, *extras)}
    assert not sorted(wanted - named), "give the reason in docs/architecture.md"


# --- Rooms --------------------------------------------------------------------------------------------------


def room_of(module: str) -> str:
    """The part of the package that a dotted name is in: "inputs", "errors", "cli"; "" is the package."""
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything of this package that a module imports, at any depth of the code."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"workbench.{alias.name}" for alias in node.names] if node.module == "workbench" else [node.module]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] == "workbench")


def may_import(importer: str, imported: str) -> bool:
    if importer in DOORS or imported == importer or imported == "__version__":
        return True
    return importer in ORDER and imported in ORDER and ORDER.index(imported) < ORDER.index(importer)


def test_imports_point_to_an_earlier_room():
    wrong = []
    for path in MODULES:
        importer = room_of(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
        wrong += [
            f"{relative(path)}:{line} imports {name}"
            for line, name in imports(path)
            if not may_import(importer, room_of(name))
        ]
    assert not wrong, "\n".join(wrong)


def test_the_rule_of_rooms_itself():
    assert may_import("views", "inputs")
    assert may_import("errors", "labels")
    assert may_import("inputs", "errors")
    assert may_import("cli", "views")
    assert not may_import("inputs", "grouping")
    assert not may_import("labels", "errors")
    assert not may_import("planning", "")
    assert not may_import("views", "cli")


def test_every_module_is_in_a_room():
    known = {*ORDER, *DOORS, "__init__"}
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


# --- Words --------------------------------------------------------------------------------------------------


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_label_is_there_in_both_languages():
    unsaid = [key for key, words in table().items() if not all(word.strip() for word in words)]
    assert not unsaid


def test_both_languages_fill_in_the_same_values():
    uneven = {
        key: (chinese, english) for key, (chinese, english) in table().items() if blanks(chinese) != blanks(english)
    }
    assert not uneven
    assert not [key for key, words in table().items() if "" in blanks(words[0])], "blanks have names"


def nouns() -> dict[str, str]:
    """One -> many, of the nouns that some English text counts: ``{total:instructor|instructors}``."""
    specs = [spec for _, english in table().values() for _, _, spec, _ in string.Formatter().parse(english)]
    pairs = [[form.split()[0] for form in spec.split("|")] for spec in specs if "|" in (spec or "")]
    return {one: many for one, many in pairs if many == one + "s"}


def test_one_is_not_spoken_of_as_many():
    """In no English text stands "1 organizations", or "2 organization", whatever is filled in."""
    # These have decimals.
    fixed = dict.fromkeys(("expected", "mean", "election", "waiting", "queue"), "1.0")
    for count, between, wrong in (("1", r"(?:\w+ )?", nouns().values()), ("2", "", nouns().keys())):
        pattern = re.compile(rf"(?<!\S){count} {between}({'|'.join(sorted(wrong))})\b")
        spoken = {key: text(key, **dict.fromkeys(blanks(table()[key][1]), count) | fixed) for key in table()}
        assert not {key: words for key, words in spoken.items() if pattern.search(words)}
    assert not [key for key, (chinese, _) in table().items() if "|" in "".join(re.findall(r"{.*?}", chinese))]


def test_every_fault_says_its_rule_and_its_repair():
    ends: dict[str, set[str]] = {}
    for key in table():
        found = re.fullmatch(r"fault\.(.+)\.(rule|repair)", key)
        if found:
            ends.setdefault(found[1], set()).add(found[2])
            assert not [word for word in table()[key] if word.endswith((".", "。"))], f"{key}: no full stop"
    assert not {code for code, both in ends.items() if both != {"rule", "repair"}}


def spoken() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every text in the package outside the labels, and the pattern of every text that is put together there.

    ``f"fault.{code}.rule"`` is the pattern ``fault\\.(.+)\\.rule``, ``"kind." + kind`` is ``kind\\.(.+)``.
    """
    texts: set[str] = set()
    patterns: set[str] = set()
    for path in MODULES:
        if path.parent == PACKAGE / "labels" and path.name != "__init__.py":
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
                if re.fullmatch(r"[a-z_]+(\.[a-z_]+)*\.", node.value):
                    patterns.add(re.escape(node.value) + "(.+)")
            elif isinstance(node, ast.JoinedStr):
                pattern = "".join(
                    re.escape(part.value) if isinstance(part, ast.Constant) else "(.+)" for part in node.values
                )
                literals = [part.value for part in node.values if isinstance(part, ast.Constant)]
                if literals and all(re.fullmatch(r"[a-z_.]+", literal) for literal in literals):
                    patterns.add(pattern)
    return texts, [re.compile(pattern) for pattern in sorted(patterns)]


@when_it_speaks
def test_no_label_is_left_over():
    """A label is used if its key stands in the code, or is put together from parts that stand there."""
    texts, patterns = spoken()

    def used(words: str, depth: int = 3) -> bool:
        if words in texts:
            return True
        found = (pattern.fullmatch(words) for pattern in patterns)
        return depth > 0 and any(match and all(used(part, depth - 1) for part in match.groups()) for match in found)

    assert not [key for key in table() if not used(key)]


# --- Links --------------------------------------------------------------------------------------------------


def pages() -> list[Path]:
    """Every Markdown page of the project, not of what is installed or produced beside it."""
    folders = {path: path.relative_to(ROOT).parts[:-1] for path in ROOT.rglob("*.md")}
    return sorted(
        path
        for path, parts in folders.items()
        if "results" not in parts and not any(part.startswith(".") for part in parts)
    )


def anchors(page: Path) -> set[str]:
    """The names that headings get on the usual hosts."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}


@when_it_speaks
@pytest.mark.parametrize("page", pages(), ids=relative)
def test_every_link_leads_somewhere(page):
    source = page.read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", source, flags=re.MULTILINE | re.DOTALL)
    broken = []
    for target in re.findall(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name) if name else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            broken.append(target)
    assert not broken
