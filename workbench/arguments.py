"""What public functions are asked with: one rule an argument, the same wherever it is asked for."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from numbers import Real
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from workbench.errors import ArgumentError
from workbench.labels import text


class Rule(NamedTuple):
    """What an argument must be: `taken` gives its plain value, or None where it breaks the rule.

    The rule's words stand in the labels table under ``argument.rule.<code>``; `details` fill them in.
    """

    taken: Callable[[Any], Any]
    code: str
    details: Mapping[str, object] = {}
    optional: bool = False
    #: A share: 90 is asked back as 90 %.
    share: bool = False


def is_number(value: Any) -> bool:
    """Whether a value is a number; truth values are not."""
    return isinstance(value, Real) and not isinstance(value, bool)


def whole_or_none(value: Any) -> int | None:
    """A whole number as an int; None for text, truth values and fractions."""
    if not is_number(value):
        return None
    try:
        whole = int(value)
    except (ValueError, OverflowError):  # not a number, or infinite
        return None
    return whole if whole == value else None


def _real(value: Any) -> float | None:
    """A number as a float; None for text, truth values and NaN."""
    if not is_number(value):
        return None
    try:
        real = float(value)
    except OverflowError:
        return None
    return None if math.isnan(real) else real


def _whole_where(holds: Callable[[int], bool]) -> Callable[[Any], int | None]:
    return lambda value: whole if (whole := whole_or_none(value)) is not None and holds(whole) else None


def _real_where(holds: Callable[[float], bool]) -> Callable[[Any], float | None]:
    return lambda value: real if (real := _real(value)) is not None and holds(real) else None


def _at_least(least: int, optional: bool = False) -> Rule:
    code = "count" if least else "natural"
    return Rule(_whole_where(lambda whole: whole >= least), code, {"least": least}, optional)


def _below_power(power: int) -> Rule:
    return Rule(_whole_where(lambda whole: 0 <= whole < 2**power), "below_power", {"power": power})


def _power_of_two(least: int) -> Rule:
    return Rule(
        _whole_where(lambda whole: whole >= least and not whole & (whole - 1)), "power_of_two", {"least": least}
    )


def _share_above_nought(optional: bool = False) -> Rule:
    return Rule(_real_where(lambda real: 0.0 < real <= 1.0), "share_above", {}, optional, share=True)


RULES: dict[str, Rule] = {
    "replications": _at_least(1),
    # An interval of a difference needs two.
    "paired replications": _at_least(2),
    "paired outcomes": _at_least(2),
    "replication": _below_power(32),
    "attempt": _below_power(32),
    "seed": _below_power(64),
    "workers": _at_least(1, optional=True),
    # A package has a measure at least.
    "most": _at_least(1),
    "precision": Rule(_real_where(lambda real: 0.0 < real < math.inf), "positive", {}, optional=True),
    "total": _at_least(0, optional=True),
    "budget": Rule(_real_where(lambda real: 0.0 <= real < math.inf), "yuan", {}, optional=True),
    "confidence": _share_above_nought(),
    "wanted confidence": _share_above_nought(optional=True),
    # Looked up in what is simulated already: nought is asked for, too.
    "any confidence": Rule(_real_where(lambda real: 0.0 <= real <= 1.0), "share", {}, share=True),
    "work": _share_above_nought(optional=True),
    "level": Rule(_real_where(lambda real: 0.0 < real < 1.0), "inside", {}, share=True),
    "quantile": Rule(_real_where(lambda real: 0.0 <= real <= 1.0), "share", {}, share=True),
    "threshold": Rule(_real_where(lambda real: 0.0 <= real <= 1.0), "threshold", {}, optional=True, share=True),
    # A made-up city's sizes; their ends are its own.
    "organizations": _at_least(0),
    "streets": _at_least(0),
    "communities": _at_least(0),
    "systems": _at_least(0),
    # Of so many points at least one lies in every tenth of a parameter, on either half of the design.
    "base": _power_of_two(16),
    "screening": _power_of_two(2),
}
#: Text that can be one day only.
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?")
#: A value shown in a message is cut here.
LONGEST_VALUE = 40


def checked(**given: Any) -> list[Any]:
    """The arguments in their plain types, in the order in which they are given.

    Parameters
    ----------
    given
        by the name of their rule; of ``paired_replications`` the last word is the argument's name.

    Raises
    ------
    ArgumentError
        all that break their rule, each with its value; it is a ValueError.

    >>> checked(replications=10.0, workers=None)
    [10, None]
    >>> checked(replications=2.5, level="0.9", confidence=90)
    Traceback (most recent call last):
        ...
    workbench.errors.ArgumentError: replications = 2.5: must be at least 1, a whole number; level = '0.9': must lie
    between 0 and 1; confidence = 90: must be a share above 0, at most 1; write 0.9 for 90 %
    """
    plain: list[Any] = []
    faults = []
    for name, value in given.items():
        rule = RULES[name.replace("_", " ")]
        if value is None and rule.optional:
            plain.append(None)
            continue
        taken = rule.taken(value)
        plain.append(taken)
        if taken is None:
            faults.append(broken(name.split("_")[-1], value, rule))
    refuse(faults)
    return plain


def choice(name: str, value: Any, known: Iterable[str]) -> str:
    """One of some words.

    Raises
    ------
    ArgumentError
        it is none of them: what there is, and the nearest.

    >>> choice("target", "works", ["organization", "work"])
    Traceback (most recent call last):
        ...
    workbench.errors.ArgumentError: target = 'works': must be one of organization, work; did you mean work?
    """
    words = list(known)
    if not isinstance(value, str) or value not in words:
        near = get_close_matches(value, words, n=1) if isinstance(value, str) else []
        hint = text("argument.hint.near", near=near[0]) if near else ""
        refuse([broken(name, value, Rule(bool, "one_of", {"known": ", ".join(words)}), hint)])
    return str(value)


def as_path(value: Any, name: str = "path") -> Path:
    """Where a file is, or is to be.

    Raises
    ------
    ArgumentError
        what is given is not a path.
    """
    if not isinstance(value, (str, PathLike)):
        refuse([broken(name, value, Rule(bool, "path"))])
    return Path(value)


def as_date(value: Any, name: str = "as_of") -> date:
    """A date as callers write it: a date, a timestamp, or text such as 2027-08-20; 3/8 may be either, and is refused.

    Raises
    ------
    ArgumentError
        it is none.

    Examples
    --------
    >>> as_date("2027-08-20")
    datetime.date(2027, 8, 20)
    """
    import numpy as np
    import pandas as pd

    taken: Any = None
    if isinstance(value, str):
        value = value.strip()
        taken = pd.to_datetime(value, format="ISO8601", errors="coerce") if _ISO.fullmatch(value) else None
    elif isinstance(value, (date, np.datetime64)):
        taken = pd.to_datetime(value, errors="coerce")
    if not isinstance(taken, pd.Timestamp):
        refuse([broken(name, value, Rule(bool, "day"))])
    return date(taken.year, taken.month, taken.day)


def as_shares(name: str, values: Any) -> list[float]:
    """Shares of a list, each from 0 to 1.

    Raises
    ------
    ArgumentError
        what is given is not a list of these.

    >>> as_shares("levels", (0.05, 0.95))
    [0.05, 0.95]
    """
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        refuse([broken(name, values, Rule(bool, "listed", {"example": "0.05, 0.5, 0.95"}))])
    rule = RULES["quantile"]
    found = [(value, rule.taken(value)) for value in values]
    refuse([broken(name, value, rule) for value, share in found if share is None])
    return [share for _, share in found]


def refuse(faults: list[str]) -> None:
    """Raise one error for all that is wrong, if anything is."""
    if faults:
        raise ArgumentError(text("argument.between").join(faults))


def broken(name: str, value: Any, rule: Rule, hint: str = "") -> str:
    """What is given, what is wanted, what to do."""
    words = text(f"argument.rule.{rule.code}", **rule.details) + hint
    share = _real(value) if rule.share else None
    if share is not None and 1.0 < share <= 100.0:
        words += text("argument.hint.percent", value=f"{share:g}", share=f"{share / 100.0:g}")
    return text("argument.line", name=name, value=shown(value), rule=words)


def shown(value: Any) -> str:
    """A value in a message: short values as they are written, everything else by what it is."""
    if value is None or isinstance(value, (Real, str, bytes)):
        written = repr(value) if isinstance(value, (str, bytes)) else str(value)
    elif isinstance(value, (list, tuple, dict, set)) and len(repr(value)) <= LONGEST_VALUE:
        written = repr(value)
    else:
        name = type(value).__name__
        return text("argument.an" if name[0] in "AEIOaeio" else "argument.a", type=name)
    return written if len(written) <= LONGEST_VALUE else written[: LONGEST_VALUE - 1] + "…"
