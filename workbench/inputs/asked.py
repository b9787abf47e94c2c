"""The entry of public functions: what they are asked with is taken, or told in our words, before any work."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import nullcontext
from difflib import get_close_matches
from functools import wraps
from os import PathLike
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from workbench.arguments import Rule, broken, is_number, refuse, shown
from workbench.inputs.register import as_register
from workbench.inputs.scenario import Scenario
from workbench.labels import text
from workbench.progress import Bar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def _of(kind: type | tuple[type, ...]) -> Callable[[Any], Any]:
    return lambda value: value if isinstance(value, kind) else None


def _with(*attributes: str) -> Callable[[Any], Any]:
    """By what it can do: results come from rooms that stand after this one."""
    return lambda value: value if all(hasattr(value, each) for each in attributes) else None


def _map_with(*attributes: str) -> Callable[[Any], Any]:
    good = _with(*attributes)
    return lambda value: (
        value if isinstance(value, Mapping) and all(good(each) is not None for each in value.values()) else None
    )


def _all_with(*attributes: str) -> Callable[[Any], Any]:
    """A map of names to results, or a list of them."""
    mapped, good = _map_with(*attributes), _with(*attributes)
    return lambda value: (
        value if isinstance(value, (list, tuple)) and all(good(each) is not None for each in value) else mapped(value)
    )


def _listed(value: Any) -> Any:
    return value if isinstance(value, Sequence) and not isinstance(value, (str, bytes)) else None


def _paths(value: Any) -> Any:
    if isinstance(value, Iterator):  # looked at when its turn comes
        return value
    several = value if isinstance(value, (Sequence, Set)) and not isinstance(value, (str, bytes)) else [value]
    return value if all(isinstance(each, (str, PathLike)) for each in several) else None


#: Arguments by name, where their type says whether they can be what is wanted; numbers are `checked` where they count.
TYPES: dict[str, Rule] = {
    "register": Rule(_of(pd.DataFrame), "register"),
    "scenario": Rule(_of(Scenario), "scenario"),
    "grouping": Rule(lambda value: value if value is False else _with("assignment")(value), "grouping"),
    "start": Rule(_with("assignment", "left_out"), "grouping"),
    "outcome": Rule(_with("provenance", "probability"), "outcome"),
    "outcomes": Rule(_all_with("provenance", "probability"), "outcomes"),
    "allocations": Rule(_map_with("instructors", "moves"), "allocations"),
    "fixed": Rule(_of(Mapping), "fixed"),
    "from_": Rule(_of((Mapping, pd.Series)), "fixed"),
    "allocation": Rule(
        lambda value: value if isinstance(value, (Mapping, pd.Series)) else _with("instructors", "moves")(value),
        "allocation",
    ),
    "values": Rule(
        lambda value: value if isinstance(value, pd.DataFrame) and {"value", "value_bound"} <= {*value} else None,
        "values",
    ),
    "question": Rule(lambda value: value if callable(value) else None, "question"),
    "setup": Rule(_with("scenario", "cases", "calendar"), "setup"),
    "kept": Rule(_with("get", "put"), "kept"),
    "confidences": Rule(_listed, "listed", {"example": "0.5, 0.9"}),
    "levels": Rule(_listed, "listed", {"example": "0.05, 0.5, 0.95"}),
    "days": Rule(_listed, "listed", {"example": '"2027-08-20"'}),
    "progress": Rule(lambda value: value if callable(value) or value is True else None, "progress"),
    "executor": Rule(
        lambda value: value if isinstance(value, str) and ":" in value else _with("submit")(value),
        "executor",
    ),
    "time_limit": Rule(lambda value: value if is_number(value) else None, "seconds"),
    "gap": Rule(lambda value: value if is_number(value) else None, "at_least_nought"),
    **{name: Rule(_of((bool, np.bool_)), "switch") for name in ("direct", "learn", "regroup", "counting")},
    "path": Rule(_of((str, PathLike)), "path"),
    "paths": Rule(_paths, "paths"),
}
READERS = {"register": "read_register", "scenario": "read_scenario", "outcome": "load_outcome"}


def asked(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Have the arguments of a public function looked at before it works.

    A register that is handed over as any frame is checked once, or taken as it is; ``progress=True`` becomes a bar;
    what has the wrong type is refused with what is wanted instead, everything at once.

    Raises
    ------
    ArgumentError
        an argument is of the wrong type, or has a name that the function does not know.
    RegisterError
        a frame is not a register.

    Examples
    --------
    >>> @asked
    ... def ceiling(register, scenario, grouping=None, *, replications=1):
    ...     return len(register)
    >>> ceiling(Scenario(), "baseline.yaml", replication=3)
    Traceback (most recent call last):
        ...
    workbench.errors.ArgumentError: replication = 3: is not an argument of ceiling; did you mean replications?
    >>> ceiling(Scenario(), "baseline.yaml")
    Traceback (most recent call last):
        ...
    workbench.errors.ArgumentError: register = a Scenario: must be a register, as read_register gives it; scenario =
    'baseline.yaml': must be a Scenario, as read_scenario gives it, or Scenario.model_validate of a map; read it with
    read_scenario first
    """
    signature = inspect.signature(function)
    # A number by one of these names (so many census outcomes) is looked at where it counts.
    typed = [name for name, each in signature.parameters.items() if name in TYPES and type(each.default) is not int]
    # An argument that may be left out may be None, too.
    optional = {name for name in typed if signature.parameters[name].default is None}

    takes_any = any(each.kind is inspect.Parameter.VAR_KEYWORD for each in signature.parameters.values())

    @wraps(function)
    def ask(*positional: Asked.args, **named: Asked.kwargs) -> Answer:
        strange = () if takes_any else named.keys() - signature.parameters.keys()
        refuse([_unknown(name, named[name], function, signature) for name in sorted(strange)])
        try:
            given = signature.bind(*positional, **named)
        except TypeError:  # too many, or one is missing: Python says it well
            return function(*positional, **named)
        values = given.arguments
        wrong = [
            name
            for name in typed
            if name in values
            and not (values[name] is None and name in optional)
            and not (name == "progress" and values[name] is False)
            and TYPES[name].taken(values[name]) is None
        ]
        refuse([broken(name, values[name], TYPES[name], _hint(name, values, function, typed)) for name in wrong])
        if isinstance(values.get("register"), pd.DataFrame):
            values["register"] = as_register(values["register"])
        progress = values.get("progress")
        if not isinstance(progress, bool):
            return function(*given.args, **given.kwargs)
        with Bar(_called(function)) if progress else nullcontext(None) as values["progress"]:
            return function(*given.args, **given.kwargs)

    return ask


def _called(function: Callable[..., Any]) -> str:
    """What a caller writes: of a class its own name."""
    return function.__qualname__.removesuffix(".__init__")


def _unknown(name: str, value: Any, function: Callable[..., Any], signature: inspect.Signature) -> str:
    names = [each for each in signature.parameters if each != "self"]
    near = get_close_matches(name, names, n=1)
    code, details = ("near", {"near": near[0]}) if near else ("known", {"known": ", ".join(names)})
    words = text(f"argument.rule.{code}", function=_called(function), **details)
    return text("argument.line", name=name, value=shown(value), rule=words)


def _hint(name: str, values: Mapping[str, Any], function: Callable[..., Any], typed: list[str]) -> str:
    """What probably happened: two arguments swapped, or a file that is not read yet."""
    for other in (each for each in typed if each in values and TYPES[each].code != TYPES[name].code):
        if TYPES[name].taken(values[other]) is None or TYPES[other].taken(values[name]) is None:
            continue
        order = ", ".join(each for each in typed if each in ("register", "scenario", "grouping"))
        return text("argument.hint.swapped", function=_called(function), order=order)
    if name in READERS and isinstance(values[name], (str, PathLike)):
        return text("argument.hint.path", reader=READERS[name])
    return ""
