"""The brief says what outcome and register say: read back from Word and HTML, every number recomputed."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx
import pandas as pd
import pytest

from workbench.labels import in_language, text
from workbench.numbers import decimal, money, percent, thousands
from workbench.views.formats import PAGE_ROWS, NewPage, TableBlock, word_bytes
from workbench.views.formats.blocks import Heading, Sentence
from workbench.views.report import findings, units
from workbench.views.report.brief import brief, key_figures, money_of, packages_table
from workbench.views.report.report import report_docx, report_html

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
PICTURES = dict.fromkeys(("tiers", "fan", "gap", "responsible_units", "map", "instructors", "curve"), PNG)


@pytest.fixture
def word(small_plan, either_language):
    return docx.Document(io.BytesIO(report_docx(small_plan, PICTURES)))


def test_word_has_real_headings_captions_page_numbers_and_a4(word):
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") >= 13
    assert styles.count("Caption") >= 8
    section = word.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert "PAGE" in section.footer._element.xml
    assert word.styles["Normal"].element.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia")) == "仿宋"


def test_two_pages_stand_before_the_annexes(small_plan, either_language, word):
    blocks = brief(small_plan, PICTURES)
    assert sum(isinstance(block, NewPage) for block in blocks) == 1
    begin = [each.text for each in word.paragraphs if each.paragraph_format.page_break_before]
    assert begin == [text("brief.units"), text("report.annex", number=1, title=text("report.ceiling"))]


def test_html_and_word_say_the_same(small_plan, either_language, word):
    page = re.sub(r"<[^>]*>", "\n", report_html(small_plan, PICTURES))
    for table in word.tables[:6]:
        for cell in table._cells:
            for line in cell.text.splitlines():
                assert html_text(line) in page


def html_text(words: str) -> str:
    import html

    return html.escape(words)


def test_page_two_is_recomputed_from_register_and_outcome(small_plan, either_language, word):
    register, outcome = small_plan.register, small_plan.outcome
    grid = next(table for table in word.tables if table.rows[0].cells[0].text == text("column.responsible"))
    head = [cell.text for cell in grid.rows[0].cells]
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in grid.rows}
    last = outcome.dataset["organizations_with_branch"].isel(day=outcome.calendar.deadline_day)
    cases = outcome.cases

    def said(unit: str, column: str) -> str:
        return rows[unit][head.index(text(column))]

    for unit, part in register.groupby("responsible"):
        mean = float(last.sel(responsible=unit).mean())
        wanted = next(count for count in range(10**6) if count / len(part) >= 0.6)
        assert said(unit, "column.units_count") == thousands(len(part))
        assert said(unit, "column.at_start") == thousands(part["has_branch"].sum())
        assert said(unit, "column.expected_count") == decimal(mean)
        assert said(unit, "column.short") == decimal(wanted - mean)
        open_ = part[~part["has_branch"] & ~part["dormant"] & (part["full_members"] > 0)]
        assert said(unit, "column.to_form") == thousands(len(open_))
        for kind in ("standalone", "assisted", "joint", "attached", "outreach"):
            count = ((cases["responsible"] == unit) & (cases["kind"] == kind)).sum()
            assert said(unit, f"short.kind.{kind}") == thousands(count)
    total = rows[text("brief.total")]
    assert total[head.index(text("column.units_count"))] == thousands(outcome.total)
    assert total[head.index(text("column.expected_count"))] == decimal(float(last.sum("responsible").mean()))


def test_key_figures_are_the_outcomes(small_plan, either_language):
    outcome = small_plan.outcome
    numbers = [number for _, number, _ in key_figures(small_plan)]
    share = (outcome.by_deadline() >= 0.6).mean()
    assert numbers == [
        percent(outcome.ceiling), percent(outcome.by_deadline().mean()), percent(share) if share else "0",
        percent(outcome.by_deadline("work").mean()),
    ]  # fmt: skip


def test_a_chance_of_nothing_names_the_simulations(small_plan):
    for language, words in (("zh", "60 次模拟中 0 次"), ("en", "in 0 of 60 simulations")):
        with in_language(language):
            said = " ".join(note for _, _, note in key_figures(small_plan)) + findings.answer(small_plan)
            assert small_plan.gap.probability.value > 0 or words in said


def test_money_is_what_instructors_and_branches_cost(small_plan):
    costs = small_plan.scenario.replace({"costs.instructor_month": 300, "costs.branch_start_up": 2000})
    parts = money_of(replace(small_plan, scenario=costs))
    cases = small_plan.outcome.cases
    founded = cases[cases["kind"].isin(["standalone", "assisted", "joint"])]["p_formed"].sum()
    assert parts["branches"] == pytest.approx(founded)
    assert parts["start_up"] == pytest.approx(2000 * founded)
    calendar = small_plan.outcome.calendar
    months = (calendar.deadline_day + 1 - calendar.instructors_open) / 21.75
    assert parts["instructors"] == pytest.approx(300 * months * small_plan.instructors)
    assert money(parts["total"]) == f"{round(parts['instructors'] + parts['start_up']):,}"


def test_those_who_come_later_cost_money_too(small_plan):
    """Two who come on the day on which formation opens, and leave with August: paid for the days they are there."""
    unit = str(small_plan.outcome.stages["responsible"].to_numpy()[0])
    calendar = small_plan.outcome.calendar
    arrivals = [{"responsible": unit, "count": 2, "from": calendar.spec.formation_opens}]
    paid = small_plan.scenario.replace({"costs.instructor_month": 300, "instructors.arrivals": arrivals})
    without = money_of(replace(small_plan, scenario=paid.replace("instructors.arrivals", [])))
    parts = money_of(replace(small_plan, scenario=paid))
    days = calendar.deadline_day + 1 - calendar.day_from(calendar.spec.formation_opens)
    assert parts["instructors"] - without["instructors"] == pytest.approx(2 * 300 * days / 21.75)
    assert parts["number"] == without["number"] + 2


def test_a_city_with_many_units_still_has_two_pages():
    rows = pd.DataFrame({"short": range(90), "organizations": 2}, index=[f"u{turn}" for turn in range(90)])
    shown = units.fitting(rows.rename_axis("responsible"))
    assert len(shown) == PAGE_ROWS
    assert shown["organizations"].sum() == rows["organizations"].sum()
    assert shown["short"].sum() == rows["short"].sum()
    assert list(shown.index[:2]) == ["u89", "u88"]


def test_word_holds_names_as_they_are():
    nasty = ["铃\x07", "😀", "$x^2$", "<b>&", "长" * 10_000, "\ud800"]
    table = TableBlock(pd.DataFrame({"name": nasty}, dtype="object"), [("name", "name", "wide")])
    from datetime import date

    held = word_bytes([Heading("a\x00b"), Sentence("\x01"), table], "t\x02", "f\x03", date(2027, 7, 15))
    back = docx.Document(io.BytesIO(held))
    assert [row.cells[0].text for row in back.tables[0].rows][1:] == [
        "铃[U+0007]", "😀", "$x^2$", "<b>&", "长" * 10_000, "[U+D800]",
    ]  # fmt: skip
    assert back.paragraphs[0].text == "a[U+0000]b"


#: What may be Latin in a Chinese document: names and ids of the register, file formats, units, laws of chance.
LATIN = re.compile(r"[A-Za-z][A-Za-z._-]{2,}")


def test_chinese_documents_hold_no_english_but_ids_names_and_keys(small_plan):
    said: list[str] = []
    with in_language("zh"):
        for block in brief(small_plan, {}):
            if isinstance(block, (Heading, Sentence)):
                said.append(block.words)
            elif isinstance(block, TableBlock):
                said += [*block.headings, block.title, block.note, *(cell for row in block.rows() for cell in row)]
    # Warnings are said in the language of the job.
    said = [words for words in said if words not in small_plan.warnings]
    known = {"small", *small_plan.register.index}
    assert not {words for words in said if set(LATIN.findall(words)) - known}


@pytest.mark.parametrize(("decided", "rows"), [(0, 3), (2, 3), (4, 4), (6, 4)])
def test_page_one_says_of_each_measure_that_is_decided_by_whom_and_until_when(small_plan, decided, rows):
    """Three measures stand there, or a larger set whole, as far as there is room: those to be decided first."""
    found = small_plan.measures
    names = tuple(name for name in found.alone.index if found.alone["sort"][name] != "counting")[:decided]
    least = (found.least or found.best)._replace(measures=names, number=decided)
    plan = replace(small_plan, measures=replace(found, least=least))
    page = [block for block in brief(plan, {}) if isinstance(block, TableBlock) and "who" in block.frame]
    (shown,) = [block.frame["measure"].to_list() for block in page]
    assert len(shown) == rows
    assert set(shown[:decided]) <= set(names)
    assert set(shown) >= set(names) or rows == 4 < decided


@pytest.mark.parametrize("hopeless", [False, True])
def test_a_page_lists_no_set_of_measures_of_which_a_part_does_as_well(small_plan, hopeless):
    """Where no set has a chance, coverage tells them apart: a page of the plan alone as it stands would be empty."""
    found = small_plan.measures
    if hopeless:
        found = replace(found, packages=found.packages.assign(probability=0.0))
        small_plan = replace(small_plan, measures=found)
    tried = found.packages.to_dict("records")
    # What is better, as far as a chance, and without any the coverage, tells.
    worth = [
        (frozenset(row["measures"]), row["probability"] or row["expected"] - 1.0, row["cost"], row) for row in tried
    ]
    needed = [
        found.names(tuple(row["measures"])) or text("measures.present")
        for measures, good, cost, row in sorted(worth, key=lambda one: (-one[1], len(one[0]), one[2]))
        if not any(part < measures and as_good >= good and less <= cost for part, as_good, less, _ in worth)
    ]
    every, page = packages_table(small_plan), packages_table(small_plan, len(tried))
    assert len(every.frame) == len(tried)
    assert page.frame["measures"].tolist() == needed
    assert 10 < len(needed) < len(tried)
