"""From what the models refuse to what a planner reads: faults with place, value, rule and repair."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

import yaml
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from workbench.errors import Fault
from workbench.inputs.scenario.origin import Keys, Origin
from workbench.inputs.scenario.rules import broken_rules
from workbench.labels import table, text
from workbench.numbers import iso_date
from workbench.privacy import masked

if TYPE_CHECKING:
    from workbench.inputs.scenario.model import Scenario

Placed = tuple[Keys, Fault]

#: pydantic's own error types that the sections can meet, and the sentence for each.
SENTENCES = {
    "model_type": "map",
    "model_attributes_type": "map",
    "dict_type": "map",
    "string_type": "text",
    "tuple_type": "list",
}
#: Keys that had another name until version 0.2, numbers of list members left out: what they are called today.
RENAMED: dict[Keys, str] = {
    ("instructors", "by_street"): "by_responsible",
    ("instructors", "arrivals", "street"): "responsible",
    ("committee", "by_street"): "by_responsible",
}
#: A value shown in a message is cut here.
LONGEST_SCENARIO_VALUE = 60


def faults_of(errors: Iterable[ErrorDetails], model: type[BaseModel], origin: Origin) -> list[Placed]:
    """One fault for each thing that the models refuse."""
    placed: dict[tuple[Keys, str], Placed] = {}
    for error in errors:
        keys = _keys(error)
        code, details = _sentence(error, keys, model)
        if code == "key_missing" or origin.is_elsewhere(keys):
            value = ""
        elif code.startswith(("key_unknown", "key_renamed")):
            value = keys[-1]
        else:
            value = origin.written(keys) or shown(error["input"])
        # A short list is refused once for each member that it lacks: the last of these knows how many it
        # takes.
        place = masked(origin.place(keys)) or text("scenario.whole")
        placed[keys, code] = keys, Fault(code, place, masked(value), details)
    # The key of today is not missing where it stands under its old name.
    named = {tuple(str(fault.details["new"]).split(".")) for _, fault in placed.values() if fault.code == "key_renamed"}
    return [each for each in placed.values() if each[1].code != "key_missing" or each[0] not in named]


def cross_faults(scenario: Scenario, origin: Origin, spoiled: Sequence[Keys] = ()) -> list[Placed]:
    """The rules between values that `scenario` breaks, save those that rest on a value refused before.

    Parameters
    ----------
    spoiled
        where values were refused; the scenario holds the defaults there.
    """
    placed = []
    for broken in broken_rules(scenario, [keys for keys in spoiled if len(keys) > 1]):
        touched = (broken.keys, *broken.others)
        if any(keys[: len(bad)] == bad for keys in touched for bad in spoiled):
            continue
        elsewhere = origin.is_elsewhere(broken.keys)
        value = "" if elsewhere else origin.written(broken.keys) or shown(broken.value)
        place = masked(origin.place(broken.keys))
        placed.append((broken.keys, Fault(broken.code, place, masked(value), broken.details)))
    return placed


def without(data: Any, errors: Iterable[ErrorDetails]) -> tuple[Any, tuple[Keys, ...]]:
    """The values without those refused, and where these stood: keys of maps, so that lists stay whole."""
    spoiled: set[Keys] = set()
    for error in errors:
        keys: list[str] = []
        inner = data
        for step in error["loc"]:
            if not isinstance(step, str) or not isinstance(inner, dict) or step not in inner:
                break
            keys.append(step)
            inner = inner[step]
        spoiled.add(tuple(keys))
    rest = copy.deepcopy(data) if isinstance(data, dict) else {}
    # From the inside out, so that what holds a refused value is still there when its turn comes.
    for *outer, last in sorted((keys for keys in spoiled if keys), key=len, reverse=True):
        holder = rest
        for key in outer:
            holder = holder[key]
        del holder[last]
    return rest, tuple(spoiled)


def shown(value: object) -> str:
    """A value as a scenario file would write it, cut where it is long."""
    if isinstance(value, str):
        words = value
    elif isinstance(value, date):
        words = iso_date(value)
    else:
        try:
            words = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000)
        except yaml.YAMLError:
            words = str(value)
        words = words.strip().removesuffix("...").strip()
    return words if len(words) <= LONGEST_SCENARIO_VALUE else words[: LONGEST_SCENARIO_VALUE - 1] + "…"


def _keys(error: ErrorDetails) -> Keys:
    steps = [step for step in error["loc"] if step != "[key]"]
    if error["type"] == "missing" and isinstance(steps[-1], int):
        steps.pop()  # a member that a list lacks is a fault of the list
    return tuple(str(step) for step in steps)


def _sentence(error: ErrorDetails, keys: Keys, model: type[BaseModel]) -> tuple[str, dict[str, object]]:
    """The fault's code and what its sentences fill in."""
    kind = error["type"]
    details: dict[str, object] = dict(error.get("ctx", {}))
    last = error["loc"][-1] if error["loc"] else ""
    if f"fault.{kind}.rule" in table():
        return kind, details
    if kind == "extra_forbidden" and (new := _renamed(keys)):
        return "key_renamed", {"new": new}
    if kind == "extra_forbidden":
        near = _near_key(keys, model)
        if near:
            return "key_unknown_near", {"near": near}
        return "key_unknown", {"known": ", ".join(_key_names(_model_at(keys[:-1], model)))}
    if kind == "missing" and isinstance(last, int):
        return "list_length", {"count": last + 1}
    if kind == "missing":
        return "key_missing", {"key": last}
    if kind == "too_long":
        return "list_length", {"count": details["max_length"]}
    if kind == "literal_error":
        return "one_of", {"words": str(details["expected"]).replace("'", "").replace(" or ", ", ")}
    return SENTENCES.get(kind, "not_usable"), {}


def _renamed(keys: Keys) -> str:
    """What a key that had another name is called today; nothing where it never had one."""
    plain = tuple(key for key in keys if not key.isdigit())
    new = RENAMED.get(plain)
    return ".".join((*keys[:-1], new)) if new else ""


def _near_key(keys: Keys, model: type[BaseModel]) -> str:
    """The key that was probably meant: the same word in another section, or one like it in this one."""
    elsewhere = [path for path in _all_paths(model) if path[-1] == keys[-1]]
    if elsewhere:
        return ", ".join(".".join(path) for path in elsewhere[:3])
    section = keys[:-1]
    near = get_close_matches(keys[-1], _key_names(_model_at(section, model)), n=1)
    return ".".join((*section, *near)) if near else ""


def _key_names(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_at(keys: Keys, model: type[BaseModel]) -> type[BaseModel]:
    """The section that `keys` lead to; names of streets and numbers of list members are stepped over."""
    for key in keys:
        for name, info in model.model_fields.items():
            if key == (info.alias or name):
                model = next(_models(info.annotation), model)
                break
    return model


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _all_paths(model: type[BaseModel], above: Keys = ()) -> Iterator[Keys]:
    for name, info in model.model_fields.items():
        here = (*above, info.alias or name)
        yield here
        for inner in _models(info.annotation):
            yield from _all_paths(inner, here)
