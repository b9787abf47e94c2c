"""What `workbench forecast` says on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.labels import text
from workbench.numbers import decimal, iso_date, percent
from workbench.planning.forecast import FEWEST_EFFECTIVE

if TYPE_CHECKING:
    from workbench.simulation import Outcome


def forecast_screen(outcome: Outcome) -> str:
    """What had happened, where it will end, what was learnt, and which dates are odd, in the language in use."""
    assert outcome.as_of is not None
    today = min(max(outcome.calendar.day_by(outcome.as_of), 0), outcome.dataset.sizes["day"] - 1)
    counts = outcome.counts().to_numpy()[0]
    lines = [
        text(
            "forecast.today",
            day=iso_date(outcome.as_of), branches=int(counts[today]), coverage=percent(counts[today] / outcome.total),
        ),
        outcome.summary(),
    ]  # fmt: skip
    posterior = outcome.posterior
    if posterior is not None:
        for factor, row in posterior.iterrows():
            numbers = {name: decimal(float(row[name]), 2) for name in ("prior_mean", "mean", "low", "high")}
            lines.append(text("forecast.learnt", factor=text(f"parameter.uncertainty.{factor}"), **numbers))
        if float(posterior["effective"].min()) < FEWEST_EFFECTIVE:
            lines.append(text("forecast.outside", effective=decimal(float(posterior["effective"].min()), 0)))
    lines += [f"  ! {fault}" for fault in outcome.findings[1:]]
    return "\n".join(lines)
