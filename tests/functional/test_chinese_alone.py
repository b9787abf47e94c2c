"""Chinese outputs hold no English but ids, names, keys, file names and units: every file, screen and figure."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from html import unescape

import docx
import openpyxl
import pytest
from matplotlib.text import Text

import workbench as wb
from tests.functional.handed_in import Handed
from workbench import figures
from workbench.jobs import Review
from workbench.labels import in_language
from workbench.planning.census import census_value
from workbench.views.drawing import figure_of
from workbench.views.files import census_screen, write_visits
from workbench.views.formats import Block, word_bytes, workbook_bytes
from workbench.views.report import page_html, plan_screen, report_docx, report_html, write_workbook
from workbench.views.review import documents, review_screen
from workbench.views.review.workbook import review_sheets

#: Ids, keys of a scenario, checksums, file names and commands, and the names of two laws and of a unit.
ALLOWED = re.compile(
    r"SO\d+|\b(?:small|discipline)\b|\b[a-z]+(?:[._][a-z0-9_]+)+\b|\b[0-9a-f]{12,}\b|\bworkbench( [a-z]+)?\b"
    r"|\bPERT\b|\bkm\b"
)
ENGLISH = re.compile("[A-Za-z]{2,}")


def english(words: Iterable[object]) -> list[str]:
    """The texts that hold English."""
    return [each for each in map(str, words) if ENGLISH.search(ALLOWED.sub("", each))]


def in_word(content: bytes) -> list[str]:
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for cell in table._cells]
    foot = [line.text for section in file.sections for line in section.footer.paragraphs]
    return [*(line.text for line in file.paragraphs), *cells, *foot, file.core_properties.title]


def in_book(book: openpyxl.Workbook) -> list[str]:
    cells = [cell.value for page in book for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    return [*book.sheetnames, *cells]


def in_page(page: str) -> list[str]:
    """What a reader sees of it, and what is read out to who cannot."""
    body = re.sub(r"<style.*?</style>|<script.*?</script>|<!--.*?-->", "", page, flags=re.DOTALL)
    return [*re.findall(r'alt="([^"]*)"', body), *map(unescape, re.split(r"<[^>]+>", body))]


def in_figure(drawn: object) -> list[str]:
    return [each.get_text() for each in figure_of(drawn).findobj(Text)]


@pytest.fixture(autouse=True)
def chinese():
    with in_language("zh"):
        yield


def test_of_a_plan(handed: Handed, tmp_path):
    plan = handed.plan
    assert english(plan_screen(plan).splitlines()) == []
    assert english(in_word(report_docx(plan, {}))) == []
    assert english(in_page(report_html(plan, {}))) == []
    assert english(in_book(openpyxl.load_workbook(write_workbook(plan, tmp_path / "plan.xlsx")))) == []
    drawn = [
        figures.tiers(plan.register, plan.scenario, plan.ceiling), figures.fan(plan.outcome),
        figures.waterfall(plan.gap), figures.measures_front(plan.measures), figures.responsible_units(plan.outcome),
        figures.map_groups(plan.register, plan.grouping, scenario=plan.scenario), figures.allocation(plan.allocation),
        figures.curve(plan.allocation),
    ]  # fmt: skip
    assert english(words for each in drawn for words in in_figure(each)) == []


@pytest.mark.parametrize("day", ["2027-08-13", "2027-08-31"])
def test_of_a_review_and_of_the_final_summary(handed: Handed, day: str):
    review = wb.review(handed.register, handed.scenario, handed.grouping, day, replications=10, seed=1)
    assert review.over == (day == "2027-08-31")
    assert english(review_screen(review).splitlines()) == []
    for blocks in (list(documents.notice(review)), list(documents.report(review, {}))):
        assert english(of_both(blocks, documents.title_of(review), review)) == []
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(review_sheets(review), review.as_of)))
    assert english(in_book(book)) == []
    drawn = [figures.forecast_fan(review), figures.scoreboard(review.score), figures.states(review.score)]
    assert english(words for each in drawn for words in in_figure(each)) == []


def of_both(blocks: list[Block], title: str, review: Review) -> list[str]:
    return [*in_word(word_bytes(blocks, title, title, review.as_of)), *in_page(page_html(blocks, title, 300))]


def test_of_the_census(handed: Handed, tmp_path):
    scenario = handed.scenario.replace("census.discovery", {"chance": 0.3, "more": {1: 1.0}})
    found = wb.simulate_census(handed.register, scenario, handed.grouping, outcomes=4, replications=4, seed=1)
    values = census_value(handed.register, scenario, handed.grouping, seed=1)
    assert english(census_screen(found, values, handed.register, scenario).splitlines()) == []
    book = openpyxl.load_workbook(write_visits(values, handed.register, scenario, tmp_path / "visits.xlsx"))
    assert english(in_book(book)) == []
    drawn = [figures.census_ceiling(found), figures.census_value(values, handed.register)]
    assert english(words for each in drawn for words in in_figure(each)) == []
