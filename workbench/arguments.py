"""What public functions are asked with: one rule an argument, the same wherever it is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from numbers import Real
from typing import Any, NamedTuple


class Rule(NamedTuple):
    """What an argument must be: `taken` gives its plain value, or None where it breaks the rule that `words` say."""

    taken: Callable[[Any], Any]
    words: str
    optional: bool = False


def _number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def whole_or_none(value: Any) -> int | None:
    """A whole number as an int; text, truth values and fractions are none."""
    if not _number(value):
        return None
    try:
        whole = int(value)
    except (ValueError, OverflowError):  # not a number, or infinite
        return None
    return whole if whole == value else None


def _real(value: Any) -> float | None:
    """A number as a float; text, truth values and what is not a number are none."""
    if not _number(value):
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
    words = f"must be at least {least}, a whole number" if least else "must be a whole number, 0 or more"
    return Rule(_whole_where(lambda whole: whole >= least), words, optional)


def _power_of_two(least: int) -> Rule:
    return Rule(
        _whole_where(lambda whole: whole >= least and not whole & (whole - 1)),
        f"must be a power of two, at least {least}",
    )


def _share_above_nought(optional: bool = False) -> Rule:
    return Rule(_real_where(lambda real: 0.0 < real <= 1.0), "must be a share above 0, at most 1", optional)


RULES: dict[str, Rule] = {
    "replications": _at_least(1),
    # An interval of a difference needs two.
    "paired replications": _at_least(2),
    "replication": Rule(_whole_where(lambda whole: 0 <= whole < 2**32), "must be a whole number from 0 to 2^32 - 1"),
    "seed": Rule(_whole_where(lambda whole: 0 <= whole < 2**64), "must be a whole number from 0 to 2^64 - 1"),
    "workers": _at_least(1, optional=True),
    "precision": Rule(_real_where(lambda real: 0.0 < real < math.inf), "must be a share above 0", optional=True),
    "total": _at_least(0, optional=True),
    "budget": Rule(_real_where(lambda real: 0.0 <= real < math.inf), "must be yuan, 0 or more", optional=True),
    "confidence": _share_above_nought(),
    "wanted confidence": _share_above_nought(optional=True),
    "work": _share_above_nought(optional=True),
    "level": Rule(_real_where(lambda real: 0.0 < real < 1.0), "must lie between 0 and 1"),
    "quantile": Rule(_real_where(lambda real: 0.0 <= real <= 1.0), "must be a share, from 0 to 1"),
    "threshold": Rule(
        _real_where(lambda real: 0.0 <= real <= 1.0), "must be a share of the organizations, from 0 to 1", optional=True
    ),
    # Of so many points at least one lies in every tenth of a parameter, on either half of the design.
    "base": _power_of_two(16),
    "screening": _power_of_two(2),
}


def checked(**given: Any) -> list[Any]:
    """The arguments in their plain types, in the order in which they are given.

    Parameters
    ----------
    given
        by the name of their rule; of ``paired_replications`` the last word is the argument's name.

    Raises
    ------
    ValueError
        all that break their rule, each with its value.

    >>> checked(replications=10.0, workers=None)
    [10, None]
    >>> checked(replications=2.5, level="0.9")
    Traceback (most recent call last):
        ...
    ValueError: replications = 2.5: must be at least 1, a whole number; level = '0.9': must lie between 0 and 1
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
            shown = repr(value) if isinstance(value, str | bytes) else value
            faults.append(f"{name.split('_')[-1]} = {shown}: {rule.words}")
    if faults:
        raise ValueError("; ".join(faults))
    return plain
