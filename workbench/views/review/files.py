"""The files of a review: notice, report or final summary, workbook, figures, the forecast, and their manifest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.labels import language, text
from workbench.numbers import date_words, iso_date
from workbench.views.formats import (
    DOCUMENT_ROWS,
    Block,
    folder_name,
    word_bytes,
    workbook_bytes,
    write_listing,
    write_pictures,
)
from workbench.views.report import page_html
from workbench.views.review.documents import notice, report, title_of
from workbench.views.review.workbook import review_sheets

if TYPE_CHECKING:
    from workbench.jobs import Review, Stages
    from workbench.simulation.results import Outcome


def review_folder(review: Review, results: Path) -> Path:
    """Where a review's files go: by scenario, then by day."""
    return results / folder_name(review.scenario.name) / iso_date(review.as_of)


def write_review(review: Review, folder: Path, stages: Stages) -> None:
    """Write everything of a review into a folder that is there, the manifest last.

    Parameters
    ----------
    review
        what `workbench.review` found out.
    folder
        a folder of its own, such as `folder_beside` gives.
    stages
        told about the stage ``"write"``; its seconds go into the manifest.

    Raises
    ------
    OSError, StoreError
        the disk is full, or the folder cannot be written.
    """
    from workbench.views import figures

    with stages("write"):
        pictures = {
            "fan": figures.png(figures.forecast_fan(review)),
            "scoreboard": figures.png(figures.scoreboard(review.score)),
            "states": figures.png(figures.states(review.score)),
        }
        write_pictures(pictures, folder)
        _write(folder, "notice", text("notice.title", date=date_words(review.as_of)), notice(review), review)
        _write(folder, report_name(review), title_of(review), report(review, pictures), review)
        (folder / "review.xlsx").write_bytes(workbook_bytes(review_sheets(review), review.as_of))
        review.forecast.save(folder / "forecast.nc")
    write_listing(
        _content(review) | {"seconds": {name: round(taken, 3) for name, taken in stages.seconds.items()}}, folder
    )


def report_name(review: Review) -> str:
    """The name of the report's files: the final summary has its own."""
    return "summary" if review.final else "review"


def _write(folder: Path, name: str, title: str, blocks: Iterable[Block], review: Review) -> None:
    whole = list(blocks)
    (folder / f"{name}.html").write_text(page_html(whole, title, DOCUMENT_ROWS), encoding="utf-8")
    (folder / f"{name}.docx").write_bytes(word_bytes(whole, title, title, review.as_of, DOCUMENT_ROWS))


def _content(review: Review) -> dict[str, object]:
    def made_from(outcome: Outcome) -> dict[str, str]:
        return {name: str(value) for name, value in outcome.provenance.items() if name.endswith("_fingerprint")}

    return {
        "scenario": review.scenario.name,
        "as_of": iso_date(review.as_of),
        "language": language(),
        "seed": int(review.forecast.provenance["seed"]),
        "replications": review.forecast.replications,
        "fingerprints": made_from(review.forecast),
        "plan": made_from(review.plan) | {"made_before": review.score.planned},
        "findings": [each.code for each in review.findings],
    }
