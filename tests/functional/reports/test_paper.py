"""The notice is one page and the report's first part two: counted by LibreOffice where it is here."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date

import pytest

import workbench as wb
from workbench.errors import Fault
from workbench.jobs.campaign import read_quietly
from workbench.labels import in_language
from workbench.shipped import shipped
from workbench.views import figures
from workbench.views.formats import Block, NewPage, TableBlock, word_bytes
from workbench.views.review.documents import FINDINGS, MEASURES, notice, report, title_of

PLACE = shipped() / "data/campaign"
PAGES = re.compile(rb"/Type\s*/Page[^s]")
WRITER = shutil.which("soffice")
#: In the middle, and the final summary.
DAYS = ("2027-08-13", "2027-08-31")
ALLOWED = {"notice": 1, "report": 2}


@pytest.fixture(scope="module")
def documents():
    """What comes before the annexes, by name, day and language; with more findings than a page has room for."""
    scenario = wb.read_scenario(PLACE / "scenarios/campaign.yaml")
    begin = read_quietly(PLACE / "registers/register_2027-07-14.csv")
    grouping = wb.group(begin, scenario)
    odd = [Fault("organization_gone", f"SO{turn:04}", "河口镇", {"name": "社会服务中心协会"}) for turn in range(40)]
    found: dict[tuple[str, str, str], tuple[str, list[Block]]] = {}
    for day in DAYS:
        register = read_quietly(PLACE / f"registers/register_{day}.csv")
        review = wb.review(register, scenario, grouping, day, replications=40, findings=odd)
        for language in ("zh", "en"):
            with in_language(language):
                title = title_of(review)
                whole = list(report(review, {"fan": figures.png(figures.forecast_fan(review))}))
                begins = [turn for turn, block in enumerate(whole) if isinstance(block, NewPage)]
                found["notice", day, language] = title, list(notice(review))
                found["report", day, language] = title, whole[: begins[1]]
    return found


def test_pages_hold_no_more_than_there_is_room_for(documents):
    for (name, _, _), (_, blocks) in documents.items():
        assert sum(isinstance(block, NewPage) for block in blocks) == ALLOWED[name] - 1
        tables = [block for block in blocks if isinstance(block, TableBlock)]
        assert len(tables) <= 2 * ALLOWED[name]
        assert sum(len(list(block.rows())) for block in tables) <= 30 * ALLOWED[name]
        said = sum("SO00" in str(getattr(block, "words", "")) for block in blocks)
        assert said <= FINDINGS + MEASURES


@pytest.mark.skipif(WRITER is None, reason="LibreOffice counts the pages")
def test_word_has_as_many_pages_as_it_may(documents, tmp_path):
    for (name, day, language), (title, blocks) in documents.items():
        (tmp_path / f"{name}-{day}-{language}.docx").write_bytes(
            word_bytes(blocks, title, title, date.fromisoformat(day))
        )
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = sorted(map(str, tmp_path.glob("*.docx")))
    done = subprocess.run(
        [str(WRITER), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    found = {path.stem: len(PAGES.findall(path.read_bytes())) for path in tmp_path.glob("*.pdf")}
    wanted = {f"{name}-{day}-{language}": ALLOWED[name] for name, day, language in documents}
    assert found == wanted, done.stderr.decode()
