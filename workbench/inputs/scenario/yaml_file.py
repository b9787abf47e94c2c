"""One scenario file: its values, and the line of each.

Only plain YAML is read, by the core schema of YAML 1.2: no tags, no anchors, no word that YAML 1.1 reads otherwise;
keys are text as they are written; a key that stands twice is a fault. What leaves the rest of the file readable is
noted and reading goes on, so that all faults are said at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from workbench.errors import Fault, ScenarioError
from workbench.files import read_regular
from workbench.inputs.scenario.core_schema import LongNumber, ambiguous, core, other_meaning
from workbench.inputs.scenario.origin import Keys, Spot
from workbench.labels import text

#: Where ids, names and dates stand: 007 is text there, not seven. A star is any one key.
TEXT_PLACES: tuple[Keys, ...] = (
    ("name",),
    ("title",),
    ("base",),
    ("register",),
    ("calendar", "holidays"),
    ("instructors", "arrivals", "*", "responsible"),
    ("measures", "*", "title"),
    ("measures", "*", "decided_by"),
    ("measures", "*", "excludes"),
    ("sources",),
    ("grouping", "must_link"),
    ("grouping", "cannot_link"),
    ("grouping", "pinned"),
    ("grouping", "forbidden"),
)
#: The tag that plain words get here; all others are refused but the text in quotes.
PLAIN = "!plain"
TEXT = "tag:yaml.org,2002:str"
MAP, LIST = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
#: A scenario is seven maps deep; what recurses over one relies on this.
DEEPEST_NESTING = 30
#: A value shown in a message is cut here.
LONGEST_LINE = 60
#: Bytes of a scenario file: a large city's with every unit pinned takes a tenth of it. A stranger's holds less.
LARGEST_FILE = 16 * 2**20
LARGEST_UPLOADED_SCENARIO = 2 * 2**20


class _Loader(yaml.SafeLoader):
    """Leaves plain words as they are written: `core_schema` says what they mean."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """The tag of a node that is written without one."""
        if kind is yaml.ScalarNode:
            return PLAIN if implicit[0] else TEXT
        return MAP if kind is yaml.MappingNode else LIST


class _Unusable:
    """Stands for a value that was refused already: its key is left out, so that it is not refused again."""


UNUSABLE = _Unusable()


@dataclass
class YamlFile:
    """One file of a chain of bases; `turn` 0 is the one that was asked for."""

    path: Path
    turn: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    spots: dict[Keys, Spot] = field(default_factory=dict)
    faults: list[tuple[Spot, Fault]] = field(default_factory=list)

    def note(self, code: str, line: int, keys: Keys = (), value: str = "", **details: object) -> None:
        """Keep a fault that leaves the rest readable."""
        fault = Fault(code, f"{self.path.name}:{line} {'.'.join(keys)}".strip(), "" if self.turn else value, details)
        self.faults.append((Spot(self.path.name, self.turn, line), fault))

    def refusal(
        self, code: str, line: int | None = None, keys: Keys = (), value: str = "", **details: object
    ) -> ScenarioError:
        """The error for a fault that ends the reading, with those noted before."""
        where = self.path.name if line is None else f"{self.path.name}:{line}"
        earlier = [fault for _, fault in self.faults]
        place = f"{where} {'.'.join(keys)}".strip()
        faults = [*earlier, Fault(code, place, "" if self.turn else value, details)]
        return ScenarioError(text("error.scenario_file", file=self.path.name, count=len(faults)), faults)


def read_yaml(path: Path, turn: int = 0, most: int = LARGEST_FILE) -> YamlFile:
    """Read one file of at most `most` bytes.

    Raises
    ------
    OSError
        Where the file is not there, cannot be opened, is not a regular file or is too large.
    ScenarioError
        Where it is not UTF-8, not YAML, empty, or not a map.
    """
    file = YamlFile(path, turn)
    node = _compose(file, read_regular(path, most))
    values = _build(file, node, (), set())
    if not isinstance(values, dict):
        raise file.refusal("yaml_map", _line(node))
    file.values = values
    return file


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _compose(file: YamlFile, content: bytes) -> yaml.Node:
    """The file's YAML nodes, or the refusal that says what is wrong on which line."""
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise file.refusal("yaml_encoding", content.count(b"\n", 0, error.start) + 1) from None
    lines = words.splitlines()
    try:
        node = yaml.compose(words, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = mark.line if mark else 0
        # A line of another file is not quoted: who names a file need not be allowed to read it.
        written = lines[at].strip() if at < len(lines) and not file.turn else ""
        raise file.refusal("yaml_syntax", at + 1, value=written[:LONGEST_LINE]) from None
    except yaml.reader.ReaderError as error:
        line = words.count("\n", 0, error.position) + 1
        raise file.refusal("yaml_character", line, value=f"U+{ord(words[error.position]):04X}") from None
    except RecursionError:
        raise file.refusal("yaml_deep") from None
    if node is None:
        raise file.refusal("yaml_empty")
    return node


def _build(file: YamlFile, node: yaml.Node, keys: Keys, seen: set[int]) -> Any:
    """The value of a node; notes the place of everything below it."""
    if id(node) in seen:  # an alias: the node stands elsewhere already
        file.note("yaml_alias", _line(node), keys)
        return UNUSABLE
    seen.add(id(node))
    if len(keys) > DEEPEST_NESTING:
        raise file.refusal("yaml_deep", _line(node))
    if node.tag not in (PLAIN, TEXT, MAP, LIST):
        file.note("yaml_tag", _line(node), keys, node.tag)
        return UNUSABLE
    if isinstance(node, yaml.MappingNode):
        return _build_map(file, node, keys, seen)
    if isinstance(node, yaml.SequenceNode):
        members = []
        for index, member in enumerate(node.value):
            inner = (*keys, str(index))
            file.spots[inner] = Spot(file.path.name, file.turn, _line(member))
            members.append(_build(file, member, inner, seen))
        return UNUSABLE if UNUSABLE in members else members
    if not isinstance(node, yaml.ScalarNode):  # a tag that says one thing before another
        file.note("yaml_tag", _line(node), keys, node.tag)
        return UNUSABLE
    if keys in file.spots:
        file.spots[keys] = Spot(file.path.name, file.turn, file.spots[keys].line, node.value)
    return _scalar(file, node, keys)


def _build_map(file: YamlFile, node: yaml.MappingNode, keys: Keys, seen: set[int]) -> Any:
    """A map's values; unusable as a whole where nothing of it is left, as a law without its numbers."""
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = _line(key_node)
        if not isinstance(key_node, yaml.ScalarNode):
            file.note("yaml_key", line, keys)
            continue
        key = key_node.value
        if not key.isascii() and _unwritable(file, key_node, keys):
            continue
        inner = (*keys, key)
        if key in lines:
            file.note("key_twice", line, inner, first=lines[key])
            continue
        lines[key] = line
        file.spots[inner] = Spot(file.path.name, file.turn, line)
        value = _build(file, value_node, inner, seen)
        if value is not UNUSABLE:
            values[key] = value
    return values if values or not lines or not keys else UNUSABLE


def _scalar(file: YamlFile, node: yaml.ScalarNode, keys: Keys) -> Any:
    """A single value: a number, true, false, null or text; dates are text as they are written."""
    word: str = node.value
    if node.tag == TEXT:
        return UNUSABLE if _unwritable(file, node, keys) else word
    try:
        value = core(word)
        if value is None:
            return None
        if any(_stands_in(keys, place) for place in TEXT_PLACES):
            return word
        if ambiguous(word):
            old = other_meaning(word)
            file.note("yaml_two_meanings", _line(node), keys, word, old=_said(old), new=_said(value))
            return UNUSABLE
    except LongNumber:
        file.note("number_long", _line(node), keys, word[:LONGEST_LINE] + "…")
        return UNUSABLE
    return value


def _stands_in(keys: Keys, place: Keys) -> bool:
    return len(keys) >= len(place) and all(part in ("*", key) for part, key in zip(place, keys, strict=False))


def _said(value: object) -> str:
    """A value in a message: text in quotes, so that it differs from a number or a truth value."""
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def _unwritable(file: YamlFile, node: yaml.ScalarNode, keys: Keys) -> bool:
    """Whether text holds half a character, written by an escape such as \\ud800: no file can hold it."""
    half = next((letter for letter in node.value if "\ud800" <= letter <= "\udfff"), None)
    if half is not None:
        file.note("yaml_character", _line(node), keys, f"U+{ord(half):04X}")
    return half is not None
