"""Laws and numbers as a scenario's sections hold them: durations, rates, amounts, each within its bounds."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from workbench.inputs.scenario.laws import Law, Quantity, law_json_schema
from workbench.inputs.scenario.scalars import number, refuse


def quantity(value: object) -> Quantity:
    """A number, or a law with spread; a law without is its number."""
    if isinstance(value, (dict, Law)):
        law = Law.parse(value)
        return law.parameters[0] if law.is_fixed else law
    return number(value)


def _within(value: Quantity, low: float, high: float) -> None:
    """Refuse what can leave [low, high]; a law by its own bounds, so that no draw ever does."""
    least, most = (value.low, value.high) if isinstance(value, Law) else (value, value)
    if low <= least and most <= high:
        return
    if math.isfinite(high):
        raise refuse("between", low=f"{low:g}", high=f"{high:g}")
    raise refuse("at_least", limit=f"{low:g}")


def _quantity_within(low: float, high: float) -> Callable[[object], Quantity]:
    def check(value: object) -> Quantity:
        found = quantity(value)
        _within(found, low, high)
        return found

    return check


def _law_within(low: float, high: float) -> Callable[[object], Law]:
    def check(value: object) -> Law:
        law = Law.parse(value)
        _within(law, low, high)
        return law

    return check


def _speed(value: object) -> Law:
    law = Law.parse(value)
    if not law.is_positive:
        raise refuse("above", limit=0)
    return law


def _absence(value: object) -> Law:
    law = _law_within(0.0, 1.0)(value)
    if law.high >= 1.0:
        raise refuse("below", limit=1)
    return law


_Quantity = Annotated[float | Law, Field(union_mode="left_to_right")]
_SCHEMA: Any = WithJsonSchema(law_json_schema())

#: A law of working days, never below 0.
Duration = Annotated[Law, BeforeValidator(_law_within(0.0, math.inf))]
#: A factor that is never below 0.
Factor = Annotated[Law, BeforeValidator(_law_within(0.0, math.inf))]
#: A factor that preparations are divided by: above 0.
Speed = Annotated[Law, BeforeValidator(_speed)]
#: The share of instructors' time that is lost: 0 or more, below 1.
Absence = Annotated[Law, BeforeValidator(_absence)]
#: A law of a share.
ShareLaw = Annotated[Law, BeforeValidator(_law_within(0.0, 1.0))]
#: A share from 0 to 1, or a law of one.
Rate = Annotated[_Quantity, BeforeValidator(_quantity_within(0.0, 1.0)), _SCHEMA]
#: A number of 0 or more, or a law of one.
Size = Annotated[_Quantity, BeforeValidator(_quantity_within(0.0, math.inf)), _SCHEMA]
