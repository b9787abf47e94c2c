"""The laws of random durations and factors, drawn by inverse transform from one uniform number each.

Inverse transform couples scenarios: the same uniform number gives the same quantile of whatever law a
scenario holds, so that scenarios are compared on common random numbers (MODEL §6).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from workbench.inputs.scenario.scalars import number, refuse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Family = Literal["fixed", "uniform", "triangular", "pert", "lognormal", "exponential", "empirical"]
FAMILIES: tuple[str, ...] = get_args(Family)

#: What a family's numbers are called, in their order; `empirical` takes a list of any length.
NAMES: dict[str, tuple[str, ...]] = {
    "fixed": ("value",),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "pert": ("low", "mode", "high"),
    "lognormal": ("mean", "sd"),
    "exponential": ("mean",),
    "empirical": (),
}
#: How a law is written, for messages.
EXAMPLE = "{pert: [2, 5, 12]}"
#: The weight of the mode in a PERT law: mean = (low + 4 mode + high) / 6.
PERT_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Law:
    """A probability law of one number.

    Parameters
    ----------
    family
        ``fixed``, ``uniform``, ``triangular``, ``pert``, ``lognormal``, ``exponential`` or
    ``empirical``.
    parameters
        the family's numbers: ``(value,)``, ``(low, high)``, ``(low, mode, high)``, ``(mean, sd)`` of
    the
        variable itself, ``(mean,)``, or a list of observations, which is kept sorted.

    A law without spread (low = high, sd = 0, …) becomes ``fixed``, so that equal laws compare equal.

    Raises
    ------
    ValueError
        For an unknown family, a wrong count of numbers, numbers that are not finite or stand in the wrong
        order.

    Examples
    --------
    >>> preparation = Law.parse({"pert": [2, 5, 12]})
    >>> round(preparation.mean, 3), preparation.low, preparation.high
    (5.667, 2.0, 12.0)
    >>> preparation.quantile([0.5]).round(3)
    array([5.51])
    >>> Law.parse({"uniform": [3, 3]})
    Law(family='fixed', parameters=(3.0,))
    """

    family: Family
    parameters: tuple[float, ...]

    def __post_init__(self) -> None:
        family, values = _checked(self.family, self.parameters)
        if family == "empirical":
            values = tuple(sorted(values))
        fixed_at = _without_spread(family, values)
        if fixed_at is not None:
            family, values = "fixed", (fixed_at,)
        object.__setattr__(self, "family", family)
        object.__setattr__(self, "parameters", values)

    @classmethod
    def parse(cls, value: object) -> Law:
        """A law from a number, or from one family with its numbers, such as ``{"pert": [2, 5, 12]}``."""
        if isinstance(value, Law):
            return value
        if isinstance(value, Mapping):
            if len(value) != 1:
                raise refuse("law_form", example=EXAMPLE)
            ((family, parameters),) = value.items()
            if not isinstance(parameters, (list, tuple)):
                parameters = [parameters]
            return cls(family, tuple(parameters))
        if isinstance(value, (str, list, tuple)) or value is None:
            raise refuse("law_form", example=EXAMPLE)
        return cls("fixed", (number(value),))

    def dump(self) -> dict[str, float | list[float]]:
        """The law as a scenario file writes it."""
        if len(self.parameters) == 1 and self.family != "empirical":
            return {self.family: self.parameters[0]}
        return {self.family: list(self.parameters)}

    @property
    def is_fixed(self) -> bool:
        """Whether the law has no spread."""
        return self.family == "fixed"

    @property
    def mean(self) -> float:
        """The expected value."""
        values = self.parameters
        match self.family:
            case "pert":
                return (values[0] + PERT_WEIGHT * values[1] + values[2]) / (PERT_WEIGHT + 2.0)
            case "lognormal":
                return values[0]
            case _:  # the plain average: one number, two ends, three corners, or the observations
                return math.fsum(values) / len(values)

    @property
    def low(self) -> float:
        """The least value possible (for `lognormal` and `exponential` the bound 0)."""
        return 0.0 if self.family in ("lognormal", "exponential") else self.parameters[0]

    @property
    def high(self) -> float:
        """The largest value possible; infinite where there is none."""
        return math.inf if self.family in ("lognormal", "exponential") else self.parameters[-1]

    @property
    def is_positive(self) -> bool:
        """Whether the law keeps clear of 0 (a lognormal has the bound 0 but never takes it)."""
        return self.low > 0.0 or self.family == "lognormal"

    def scaled(self, times: float) -> Law:
        """The law of so many times as much, its numbers to three digits.

        >>> str(Law("pert", (2.0, 5.0, 12.0)).scaled(1.5))
        'pert [3, 7.5, 18]'
        """
        return Law(self.family, tuple(float(f"{value * times:.3g}") for value in self.parameters))

    def quantile(self, u: NDArray[np.float64] | list[float] | float) -> NDArray[np.float64]:
        """The values that the law reaches with probability `u`.

        Parameters
        ----------
        u
            numbers in (0, 1), any shape.

        Returns
        -------
        NDArray[np.float64]
            float64 of the same shape, in the law's unit. Closed forms; the PERT law by the inverse of the
            regularised incomplete beta function.
        """
        import numpy as np

        at = np.asarray(u, dtype=np.float64)
        values = self.parameters
        match self.family:
            case "fixed":
                return np.full(at.shape, values[0])
            case "uniform":
                return values[0] + (values[1] - values[0]) * at
            case "triangular":
                return _triangular(at, *values)
            case "pert":
                return _pert(at, *values)
            case "lognormal":
                from scipy.special import ndtri

                variance = math.log1p((values[1] / values[0]) ** 2)
                centre = math.log(values[0]) - variance / 2.0
                return np.asarray(np.exp(centre + math.sqrt(variance) * ndtri(at)), dtype=np.float64)
            case "exponential":
                return np.asarray(-values[0] * np.log1p(-at), dtype=np.float64)
            case "empirical":
                index = np.minimum(np.floor(at * len(values)).astype(np.int64), len(values) - 1)
                return np.asarray(values, dtype=np.float64)[index]

    def cdf(self, x: NDArray[np.float64] | list[float] | float) -> NDArray[np.float64]:
        """The probability of `x` or less: what `quantile` inverts.

        Parameters
        ----------
        x
            values in the law's unit, any shape.

        Returns
        -------
        NDArray[np.float64]
            float64 of the same shape, in [0, 1]; 1 from the largest value possible on.

        Examples
        --------
        >>> Law.parse({"uniform": [2, 6]}).cdf([1, 3, 6]).tolist()
        [0.0, 0.25, 1.0]
        """
        import numpy as np

        at = np.asarray(x, dtype=np.float64)
        values = self.parameters
        match self.family:
            case "fixed":
                return (at >= values[0]).astype(np.float64)
            case "uniform":
                return np.clip((at - values[0]) / (values[1] - values[0]), 0.0, 1.0)
            case "triangular":
                return _triangular_cdf(np.clip(at, values[0], values[2]), *values)
            case "pert":
                from scipy.special import betainc

                first, second, span = _pert_shape(*values)
                return np.asarray(betainc(first, second, np.clip((at - values[0]) / span, 0.0, 1.0)))
            case "lognormal":
                from scipy.special import ndtr

                variance = math.log1p((values[1] / values[0]) ** 2)
                centre = math.log(values[0]) - variance / 2.0
                with np.errstate(divide="ignore"):
                    return np.asarray(ndtr((np.log(np.maximum(at, 0.0)) - centre) / math.sqrt(variance)))
            case "exponential":
                return np.asarray(-np.expm1(-np.maximum(at, 0.0) / values[0]))
            case "empirical":
                return np.searchsorted(np.asarray(values), at, side="right") / len(values)

    def limited_mean(self, x: NDArray[np.float64] | list[float] | float) -> NDArray[np.float64]:
        """The mean of what is cut off at `x`: E[min(X, x)], the integral of 1 - `cdf` up to `x`.

        The mean of the cdf between a and b is 1 - (limited_mean(b) - limited_mean(a)) / (b - a).

        Parameters
        ----------
        x
            values in the law's unit, any shape; finite.

        Returns
        -------
        NDArray[np.float64]
            float64 of the same shape: `x` itself up to the least value possible, the mean from the largest on.

        References
        ----------
        Klugman, Panjer, Willmot: Loss Models, appendix A (limited expected values).

        Examples
        --------
        >>> Law.parse({"uniform": [2, 6]}).limited_mean([1, 4, 9]).tolist()
        [1.0, 3.5, 4.0]
        """
        import numpy as np

        at = np.asarray(x, dtype=np.float64)
        values = self.parameters
        match self.family:
            case "fixed":
                return np.minimum(at, values[0])
            case "uniform":
                over = np.clip(at - values[0], 0.0, values[1] - values[0])
                return np.minimum(at, values[1]) - over**2 / (2.0 * (values[1] - values[0]))
            case "triangular":
                return _triangular_limited_mean(at, *values)
            case "pert":
                from scipy.special import betainc

                first, second, span = _pert_shape(*values)
                share = np.clip((at - values[0]) / span, 0.0, 1.0)
                below = values[0] * betainc(first, second, share)
                below += span * first / (first + second) * betainc(first + 1.0, second, share)
                return np.asarray(below + at * betainc(second, first, 1.0 - share))
            case "lognormal":
                from scipy.special import ndtr

                variance = math.log1p((values[1] / values[0]) ** 2)
                sd = math.sqrt(variance)
                with np.errstate(divide="ignore"):
                    place = (np.log(np.maximum(at, 0.0)) - math.log(values[0]) + variance / 2.0) / sd
                return np.asarray(values[0] * ndtr(place - sd) + at * ndtr(-place))
            case "exponential":
                return np.where(at < 0.0, at, -values[0] * np.expm1(-np.maximum(at, 0.0) / values[0]))
            case "empirical":
                sums = np.concatenate([[0.0], np.cumsum(values)])
                below = np.searchsorted(np.asarray(values), at, side="right")
                return np.asarray((sums[below] + at * (len(values) - below)) / len(values))

    def __str__(self) -> str:
        numbers = ", ".join(f"{value:g}" for value in self.parameters)
        return numbers if self.is_fixed else f"{self.family} [{numbers}]"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(_dump)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls,
        schema: CoreSchema,
        handler: GetJsonSchemaHandler,
    ) -> dict[str, Any]:
        return law_json_schema()


#: A number that may carry a law instead; the law is drawn once a replication for the whole city.
Quantity: TypeAlias = float | Law


def _dump(law: Law) -> dict[str, float | list[float]]:
    return law.dump()


def law_json_schema() -> dict[str, Any]:
    """How an editor checks a law: a number, or one family with its numbers."""
    forms: list[dict[str, Any]] = [{"type": "number"}]
    for family, names in NAMES.items():
        numbers: dict[str, Any] = {"type": "array", "items": {"type": "number"}}
        if names:
            numbers |= {"minItems": len(names), "maxItems": len(names), "description": ", ".join(names)}
        else:
            numbers |= {"minItems": 1}
        form = {"anyOf": [{"type": "number"}, numbers]} if len(names) == 1 else numbers
        forms.append(
            {"type": "object", "properties": {family: form}, "required": [family], "additionalProperties": False}
        )
    return {"oneOf": forms}


def _checked(family: object, parameters: tuple[object, ...]) -> tuple[Any, tuple[float, ...]]:
    """The family and its numbers, or the refusal that fits."""
    if family not in FAMILIES:
        near = get_close_matches(str(family), FAMILIES, n=1)
        raise refuse("law_family", families=", ".join(FAMILIES), near=near[0] if near else "pert")
    names = NAMES[str(family)]
    if family == "empirical":
        if not parameters:
            raise refuse("law_empty")
    elif len(parameters) != len(names):
        raise refuse("law_count", family=family, names=", ".join(names))
    values = tuple(number(value) for value in parameters)
    if "low" in names and list(values) != sorted(values):
        raise refuse("law_order", family=family, names=" <= ".join(names))
    if family == "lognormal" and (values[0] <= 0.0 or values[1] < 0.0):
        raise refuse("law_lognormal")
    if family == "exponential" and values[0] < 0.0:
        raise refuse("law_exponential")
    return family, values


def _without_spread(family: str, values: tuple[float, ...]) -> float | None:
    """The value that a law without spread always takes."""
    if family == "lognormal":
        return values[0] if values[1] == 0.0 else None
    if family == "exponential":
        return 0.0 if values[0] == 0.0 else None
    return values[0] if values[0] == values[-1] else None


def _triangular(u: NDArray[np.float64], low: float, mode: float, high: float) -> NDArray[np.float64]:
    import numpy as np

    span = high - low
    left = low + np.sqrt(u * (span * (mode - low)))
    right = high - np.sqrt((1.0 - u) * (span * (high - mode)))
    return np.where(u * span < mode - low, left, right)


def _pert(u: NDArray[np.float64], low: float, mode: float, high: float) -> NDArray[np.float64]:
    import numpy as np
    from scipy.special import betaincinv

    first, second, span = _pert_shape(low, mode, high)
    return np.asarray(low + span * betaincinv(first, second, u), dtype=np.float64)


def _pert_shape(low: float, mode: float, high: float) -> tuple[float, float, float]:
    """The two shapes of the beta law, and its span."""
    span = high - low
    return 1.0 + PERT_WEIGHT * (mode - low) / span, 1.0 + PERT_WEIGHT * (high - mode) / span, span


def _triangular_cdf(x: NDArray[np.float64], low: float, mode: float, high: float) -> NDArray[np.float64]:
    import numpy as np

    span = high - low
    with np.errstate(divide="ignore", invalid="ignore"):
        left = (x - low) ** 2 / (span * (mode - low))
        right = 1.0 - (high - x) ** 2 / (span * (high - mode))
    return np.where(x < mode, left, right) if mode < high else np.where(x < high, left, 1.0)


def _triangular_limited_mean(x: NDArray[np.float64], low: float, mode: float, high: float) -> NDArray[np.float64]:
    import numpy as np

    span, at = high - low, np.clip(x, low, high)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = at - (at - low) ** 3 / (3.0 * span * (mode - low))
        right = (low + mode + high) / 3.0 - (high - at) ** 3 / (3.0 * span * (high - mode))
    inside = np.where(at < mode, left, right) if mode < high else np.where(at < high, left, (low + mode + high) / 3.0)
    return np.where(x < low, x, inside)
