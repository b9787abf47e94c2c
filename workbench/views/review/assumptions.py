"""What was assumed wrongly: sentences and a table of what was observed against what the scenario assumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.labels import text
from workbench.views.formats import TableBlock

if TYPE_CHECKING:
    from workbench.jobs import Review


def assumption_sentences(review: Review) -> list[str]:
    """Which assumptions fail, in sentences."""
    return [text("assumptions.not_learnt")]


def assumptions_table(review: Review) -> TableBlock | None:
    """Every assumption, with what was observed; None where nothing was learnt."""
    return None
