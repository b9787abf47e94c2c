"""The files of a plan: report, workbook, figures, numbers and manifest, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.labels import language
from workbench.views.formats import write_manifest, write_pictures
from workbench.views.report import draw_pictures, report_docx, report_html, write_workbook

if TYPE_CHECKING:
    from workbench.jobs import Plan, Stages


def write_plan(plan: Plan, folder: Path, stages: Stages) -> None:
    """Write everything of a plan into a folder that is there, the manifest last.

    Parameters
    ----------
    plan
        what `make_plan` found out.
    folder
        a folder of its own, such as `folder_beside` gives.
    stages
        told about the stage ``"write"``; its seconds go into the manifest.

    Raises
    ------
    OSError, StoreError
        the disk is full, or the folder cannot be written.
    """
    with stages("write"):
        pictures = draw_pictures(plan)
        write_pictures(pictures, folder)
        (folder / "report.html").write_text(report_html(plan, pictures), encoding="utf-8")
        (folder / "report.docx").write_bytes(report_docx(plan, pictures))
        write_workbook(plan, folder / "plan.xlsx")
        plan.outcome.save(folder / "outcome.nc")
    write_manifest(plan, folder, stages.seconds, language())
