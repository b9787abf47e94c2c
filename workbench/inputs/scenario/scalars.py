"""What a single value of a scenario may be: a number, a whole number, a date, a text.

Each check refuses with a code of the labels table, so that a planner reads a sentence about the value and not
about types. The refusals are `ValueError`s; `workbench.inputs.scenario.faults` turns them into faults.
"""

from __future__ import annotations

import math
import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime, time
from numbers import Integral, Real
from typing import Annotated, Any, LiteralString

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from workbench.labels import text

#: No count in a scenario is larger: a slip of the finger, not a city.
LARGEST_COUNT = 1_000_000
#: The years that a campaign's dates can lie in.
YEARS = range(2000, 2101)


_PERCENT = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?[%％]")


def refuse(code: LiteralString, **details: object) -> PydanticCustomError:
    """The refusal named `code`; its sentence stands in the labels table as ``fault.<code>.rule``."""
    # pydantic types these as literals; the sentences stand in the labels table instead.
    rule: Any = text(f"fault.{code}.rule", **details)
    return PydanticCustomError(code, rule, details)


def number(value: object) -> float:
    """`value` as a finite float; numpy's numbers are welcome, text and truth values are not."""
    if isinstance(value, str) and (percent := _PERCENT.fullmatch(value.strip())):
        raise refuse("number_percent", share=f"{float(percent[1]) / 100:g}")
    if isinstance(value, bool) or not isinstance(value, Real):
        raise refuse("number")
    try:
        found = float(value)
    except OverflowError:  # a whole number or a fraction beyond every float
        raise refuse("number_finite") from None
    if not math.isfinite(found):
        raise refuse("number_finite")
    return found


def whole(value: object) -> int:
    """`value` as an int; 80.0 is 80, 80.5 is refused."""
    if isinstance(value, bool):
        raise refuse("whole")
    if isinstance(value, Integral):
        count = int(value)
    elif isinstance(value, Real) and number(value).is_integer():
        count = int(number(value))
    else:
        raise refuse("whole")
    if count > LARGEST_COUNT:
        raise refuse("at_most", limit=LARGEST_COUNT)
    return count


def count_from(least: int) -> BeforeValidator:
    """A whole number of at least `least`."""

    def check(value: object) -> int:
        count = whole(value)
        if count < least:
            raise refuse("at_least", limit=least)
        return count

    return BeforeValidator(check)


def between(low: float, high: float) -> BeforeValidator:
    """A number from `low` to `high`, both included."""

    def check(value: object) -> float:
        found = number(value)
        if not low <= found <= high:
            raise (
                refuse("between", low=f"{low:g}", high=f"{high:g}")
                if math.isfinite(high)
                else refuse("at_least", limit=f"{low:g}")
            )
        return found

    return BeforeValidator(check)


def day(value: object) -> date:
    """`value` as a date: a date, or text such as ``2027-08-31``. A bare number is not taken for a date."""
    found: date | None = None
    if isinstance(value, datetime):
        if value.time() == time():
            found = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, str):
        with suppress(ValueError):
            found = datetime.strptime(value.strip(), "%Y-%m-%d").date()
    if found is None:
        raise refuse("date")
    if found.year not in YEARS:
        raise refuse("date_year", first=YEARS[0], last=YEARS[-1])
    return found


def yes_or_no(value: object) -> bool:
    """`value` as a truth value; 0 and 1 are not taken for one."""
    if not isinstance(value, bool):
        raise refuse("yes_or_no")
    return value


def some_text(value: object) -> str:
    """`value` as text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise refuse("text")
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n" for letter in value):
        raise refuse("text_character")
    return value


def listed(value: object) -> object:
    """Anything but a list is refused before its members are looked at."""
    if not isinstance(value, (list, tuple)):
        raise refuse("list")
    return value


def mapped(value: object) -> object:
    """Anything but a map is refused; null is the empty one: so a scenario clears what its base sets."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise refuse("map")
    return value


Number = Annotated[float, BeforeValidator(number)]
Share = Annotated[float, between(0.0, 1.0), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
Amount = Annotated[float, between(0.0, math.inf), WithJsonSchema({"type": "number", "minimum": 0})]
#: Working days, one at least.
OneOrMore = Annotated[float, between(1.0, math.inf), WithJsonSchema({"type": "number", "minimum": 1})]
Count = Annotated[int, count_from(0), WithJsonSchema({"type": "integer", "minimum": 0})]
Positive = Annotated[int, count_from(1), WithJsonSchema({"type": "integer", "minimum": 1})]
Day = Annotated[date, BeforeValidator(day)]
Flag = Annotated[bool, BeforeValidator(yes_or_no)]
Text = Annotated[str, BeforeValidator(some_text), StringConstraints(min_length=1)]
List = BeforeValidator(listed)
Map = BeforeValidator(mapped)


def distinct(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Sorted, each once: for lists whose order says nothing."""
    return tuple(sorted(set(values)))
