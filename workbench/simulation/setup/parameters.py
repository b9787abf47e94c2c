"""What a replication draws once for the whole city (MODEL §6): uncertain factors, and rules that carry a law."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.inputs.scenario import Law, Quantity
from workbench.simulation.kernels import hashes, to_ticks, uniforms
from workbench.simulation.setup.cases import KINDS

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario


class Parameters(NamedTuple):
    """What holds for the whole city, one row per replication.

    Attributes
    ----------
    late
        (R,), the share of the census that comes late.
    pace
        (R,), speed · (1 − absence), which divides preparation.
    speed, absence
        (R,), what it is made of.
    notice
        (R,), working days, rounded.
    success, per_km, per_extra_unit
        (R, kinds).
    election
        (R,), multiplies the election's draw.
    lasted, elected
        (R, …), of a forecast: the share of its law that an attempt in work, or a running election, has outlasted by t0,
        by their columns (`elapsed`).
    surveyed
        (R,), of a forecast: the probability that an organization is surveyed by t0.
    """

    late: NDArray[np.float64]
    pace: NDArray[np.float64]
    notice: NDArray[np.float64]
    success: NDArray[np.float64]
    per_km: NDArray[np.float64]
    per_extra_unit: NDArray[np.float64]
    election: NDArray[np.float64]
    speed: NDArray[np.float64]
    absence: NDArray[np.float64]
    lasted: NDArray[np.float64]
    elected: NDArray[np.float64]
    surveyed: NDArray[np.float64]


def with_failure_factor(success: NDArray[np.float64], factor: NDArray[np.float64]) -> NDArray[np.float64]:
    """Success rates once the odds of failing are multiplied by `factor`; certain failure stays certain.

    >>> with_failure_factor(np.array([0.8, 0.0]), np.array([2.0, 0.0])).round(4).tolist()
    [0.6667, 0.0]
    """
    fails = 1.0 - success
    certain = fails == 1.0
    scale = np.where(certain, 1.0, 1.0 - fails + factor * fails)
    return np.where(certain, 0.0, 1.0 - factor * fails / scale)


@lru_cache(maxsize=32)
def _drawn(law: Law, name: str, replications: bytes, seed: int) -> NDArray[np.float64]:
    """A parameter's draws, kept for scenarios that differ in other things: an inverse beta costs more than a street."""
    numbers = np.frombuffer(replications, np.int64).astype(np.uint64)
    return law.quantile(uniforms(hashes([name], "parameter"), numbers, 0, 0, seed))


def draw_parameters(
    scenario: Scenario,
    replications: NDArray[np.int64],
    seed: int,
    given: Mapping[str, NDArray[np.float64]] | None = None,
) -> Parameters:
    """The city-wide draws of some replications.

    Parameters
    ----------
    given
        uniform numbers in (0, 1), (R,), to take for some parameters in place of the replications' own; by the
        names of `Scenario.drawn_parameters`. A designed experiment puts its points here.
    """
    count = replications.size
    given = given or {}

    def drawn(name: str, value: Quantity | None, neutral: float = 0.0) -> NDArray[np.float64]:
        if value is None:
            return np.full(count, neutral)
        if not isinstance(value, Law):
            return np.full(count, float(value))
        if name in given:
            return value.quantile(given[name])
        return _drawn(value, name, replications.tobytes(), seed).copy()

    def by_kind(name: str) -> NDArray[np.float64]:
        rules = [(kind, scenario.cases.of(kind)) for kind in KINDS]
        return np.stack([drawn(f"cases.{kind}.{name}", getattr(rule, name)) for kind, rule in rules], axis=1)

    uncertainty = scenario.uncertainty
    speed = drawn("speed", uncertainty.speed, 1.0)
    absence = drawn("absence", uncertainty.absence)
    notice = drawn("committee.notice", scenario.committee.notice)
    late = drawn("census.late", scenario.census.late)
    success = by_kind("success")
    if uncertainty.failure is not None:
        success = with_failure_factor(success, drawn("failure", uncertainty.failure)[:, None])
    return Parameters(
        late=late if uncertainty.late is None else drawn("late", uncertainty.late),
        pace=speed * (1.0 - absence),
        notice=to_ticks(notice + drawn("approval_delay", uncertainty.approval_delay)),
        success=success,
        per_km=by_kind("per_km"),
        per_extra_unit=by_kind("per_extra_unit"),
        election=drawn("election", uncertainty.election, 1.0),
        speed=speed,
        absence=absence,
        lasted=np.empty((count, 0)),
        elected=np.empty((count, 0)),
        surveyed=np.zeros(count),
    )
