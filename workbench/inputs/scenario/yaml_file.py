"""One scenario file: its values, and the line of each.

Only plain YAML is read: no tags, no anchors; keys are text as they are written; a key that stands twice is a
fault. What leaves the rest of the file readable is noted and reading goes on, so that all faults are said at
once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from workbench.errors import Fault, ScenarioError
from workbench.inputs.scenario.origin import Keys, Spot
from workbench.labels import text

#: Where ids and names stand: 007 is text there, not seven.
TEXT_PLACES: tuple[Keys, ...] = (
    ("name",),
    ("title",),
    ("base",),
    ("register",),
    ("sources",),
    ("grouping", "must_link"),
    ("grouping", "cannot_link"),
    ("grouping", "pinned"),
    ("grouping", "forbidden"),
)
TAG = "tag:yaml.org,2002:"
PLAIN_TAGS = {TAG + kind for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")}
#: A value shown in a message is cut here.
LONGEST_LINE = 60


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
    faults: list[Fault] = field(default_factory=list)

    def note(self, code: str, line: int, keys: Keys = (), value: str = "", **details: object) -> None:
        """Keep a fault that leaves the rest readable."""
        self.faults.append(Fault(code, f"{self.path.name}:{line} {'.'.join(keys)}".strip(), value, details))

    def refusal(
        self, code: str, line: int | None = None, keys: Keys = (), value: str = "", **details: object
    ) -> ScenarioError:
        """The error for a fault that ends the reading, with those noted before."""
        where = self.path.name if line is None else f"{self.path.name}:{line}"
        faults = [*self.faults, Fault(code, f"{where} {'.'.join(keys)}".strip(), value, details)]
        return ScenarioError(text("error.scenario_file", file=self.path.name, count=len(faults)), faults)


def read_yaml(path: Path, turn: int = 0) -> YamlFile:
    """Read one file.

    Raises
    ------
    OSError
        Where the file is not there or cannot be opened.
    ScenarioError
        Where it is not UTF-8, not YAML, empty, or not a map.
    """
    file = YamlFile(path, turn)
    node = _compose(file, path.read_bytes())
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
        node = yaml.compose(words, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = mark.line if mark else 0
        written = lines[at].strip() if at < len(lines) else ""
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
    if node.tag not in PLAIN_TAGS:
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
    if keys in file.spots:
        file.spots[keys] = Spot(file.path.name, file.turn, file.spots[keys].line, node.value)
    return _scalar(file, node, keys)


def _build_map(file: YamlFile, node: yaml.MappingNode, keys: Keys, seen: set[int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = _line(key_node)
        if not isinstance(key_node, yaml.ScalarNode):
            file.note("yaml_key", line, keys)
            continue
        key = key_node.value
        inner = (*keys, key)
        if key in lines:
            file.note("key_twice", line, inner, first=lines[key])
            continue
        lines[key] = line
        file.spots[inner] = Spot(file.path.name, file.turn, line)
        value = _build(file, value_node, inner, seen)
        if value is not UNUSABLE:
            values[key] = value
    return values


def _scalar(file: YamlFile, node: yaml.Node, keys: Keys) -> Any:
    """A single value: a number, a date, true, null or text."""
    if node.tag != TAG + "null" and any(keys[: len(place)] == place for place in TEXT_PLACES):
        return node.value
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node)
    except ValueError:  # a date such as 2027-02-30: left as text, the check of the key says what it wants
        return node.value
    finally:
        loader.dispose()
