"""Notice, report, summary and workbook of a campaign under way: true in the extremes, the same in Word and HTML."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pandas as pd
import pytest

import workbench as wb
from workbench.errors import Fault
from workbench.labels import in_language
from workbench.numbers import percent
from workbench.simulation.tracing import weekly_registers
from workbench.views.formats import PAGE_ROWS, Heading, Sentence, TableBlock, word_bytes, workbook_bytes
from workbench.views.report import page_html
from workbench.views.review import review_screen, sentences, tables
from workbench.views.review.documents import cards, notice, report, title_of
from workbench.views.review.workbook import review_sheets

PLAN = wb.Scenario().replace({"committee.every_weeks": 1, "committee.agenda": None, "instructors.total": 30})
MISCHIEF = "<script>alert(1)</script>"


def reviewed(register, day, scenario=PLAN, findings=()):
    return wb.review(register, scenario, False, day, learn=False, replications=20, findings=findings)


@pytest.fixture(scope="module")
def city():
    made = wb.make_city(110, 4, seed=5, mean_members=4.0)
    made["name"] = [MISCHIEF if turn % 9 == 0 else name for turn, name in enumerate(made["name"])]
    return made


@pytest.fixture(scope="module")
def weeks(city):
    days = [date(2027, 8, 6), date(2027, 8, 20), date(2027, 8, 31)]
    return {str(day): week for day, week in weekly_registers(city, PLAN, False, days=days, seed=3).items()}


@pytest.fixture(scope="module")
def everything(city):
    """Whatever can be formed is: no task is open, and nobody is without a branch but those who cannot have one."""
    open_ = ~city["has_branch"] & ~city["dormant"] & (city["full_members"] > 0)
    on = pd.Series(pd.NaT, city.index, dtype="datetime64[us]").mask(open_, pd.Timestamp("2027-08-10"))
    return city.assign(has_branch=city["has_branch"] | open_, branch_on=on)


@pytest.fixture(scope="module")
def cases(weeks, everything, city):
    """Reviews by the names of their cases, each made when it is first asked for."""
    nobody = city.assign(has_branch=city["has_branch"] | ~city["dormant"])
    missing = Fault("week_missing", "ours/registers", "", {"first": "2027-08-09", "last": "2027-08-15"})
    given = {
        "nothing formed": (weeks["2027-08-06"], "2027-08-06"),
        "middle": (weeks["2027-08-20"], "2027-08-20", PLAN, [missing]),
        "everything formed": (everything, "2027-08-20"),
        "last week": (weeks["2027-08-20"], "2027-08-27"),
        "last day": (weeks["2027-08-31"], "2027-08-31"),
        "after it": (weeks["2027-08-31"], "2027-09-15"),
        "no task at all": (nobody, "2027-08-20"),
        "no instructors": (weeks["2027-08-06"], "2027-08-06", PLAN.replace("instructors.total", 0)),
        "target beyond": (weeks["2027-08-20"], "2027-08-20", PLAN.replace("targets.organization", 0.99)),
        "target low": (weeks["2027-08-31"], "2027-08-31", PLAN.replace("targets.organization", 0.1)),
    }
    assert set(given) == set(NAMES)
    return Reviews(given)


class Reviews(dict):
    """Reviews by name, and what each is of."""

    def __init__(self, given) -> None:
        super().__init__()
        self.given = given

    def __missing__(self, name):
        self[name] = reviewed(*self.given[name])
        return self[name]


NAMES = ("nothing formed", "middle", "everything formed", "last week", "last day", "after it", "no task at all",
         "no instructors", "target beyond", "target low")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_document_is_whole_in_every_case(cases, name, language):
    review = cases[name]
    with in_language(language):
        for blocks in (list(notice(review)), list(report(review, {}))):
            title = title_of(review)
            html, word = page_html(blocks, title, 300), word_bytes(blocks, title, title, review.as_of)
            words = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word)).paragraphs)
            said = [block.words for block in blocks if isinstance(block, Sentence)]
            assert said
            for line in said:
                assert not re.search(r"[{}]|nan|NaT|<NA>", line), line
                assert line in words
            assert "<script>" not in html
            for block in blocks:
                if isinstance(block, TableBlock):
                    cells = [cell for row in [*block.rows(), block.last() or []] for cell in row]
                    assert not [cell for cell in cells if cell in ("nan", "NaT", "<NA>")]
        screen = review_screen(review)
        assert not re.search(r"[{}]|nan\b|NaT|<NA>", screen)
        book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(review_sheets(review), review.as_of)))
        assert len(book.sheetnames) == len(set(book.sheetnames)) >= 5


def test_what_is_said_of_nothing_and_of_everything_is_true(cases):
    with in_language("en"):
        start, done = cases["nothing formed"], cases["everything formed"]
        assert start.score.city["formed"] == 0
        assert "of them formed 0 (since 30 July: 0)" in sentences.progress(start)
        assert done.score.city["formed"] == done.score.city["tasks"] > 0
        assert sentences.filing(done) == ["No task is left to be filed."]
        assert done.filing.empty
        # What is reached already needs no chance of being reached.
        assert done.reached
        assert not start.reached
        for said in (sentences.outlook(done), done.summary()):
            assert "is reached already" in said
            assert "chance" not in said.splitlines()[0]
        assert "chance" in sentences.outlook(start)
        assert [any("chance" in label for label, _, _ in cards(each)) for each in (start, done)] == [True, False]
        assert (done.score.table["branches"] == done.score.table["possible"]).all()
        # Nothing can be gained where everything is formed.
        assert not done.measures["helps"].any()
        assert sentences.helping(done)[0].startswith("No measure of the list")
        assert sentences.moving(cases["no instructors"]) == ["The scenario has no instructors to send."]
        # There are instructors, and nothing for them to do.
        idle = cases["no task at all"]
        assert not len(idle.forecast.cases)
        assert sentences.moving(idle) == ["No task is left: no instructor has to go elsewhere."]
        assert len(idle.measures) > 0


@pytest.mark.parametrize("name", ["middle", "last week", "last day"])
def test_sections_are_numbered_as_they_come(cases, name):
    review = cases[name]
    assert (review.final, review.over) == (name != "middle", name == "last day")
    for language, numbers in (("zh", "一二三四五六"), ("en", "123456")):
        with in_language(language):
            said = [block.words for block in report(review, {}) if isinstance(block, Heading) and block.level == 2]
            sections = [words[0] for words in said if not words.startswith(("附件", "Annex"))]
            assert sections == list(numbers[: len(sections)])
            assert len(sections) == {"middle": 5, "last week": 6, "last day": 4}[name]


def test_what_an_old_register_says_of_the_end_is_no_last_word(weeks, city):
    """An old register, or one without a date, may be silent of what was done: 'missed' is said with that."""
    undated = city.assign(has_branch=False)
    for register, why in ((weeks["2027-08-06"], "latest date is "), (undated, "holds no date of the campaign")):
        old = reviewed(register, "2027-09-15")
        for language, unsure in (("en", "may be higher."), ("zh", "实际可能更高。")):
            with in_language(language):
                assert unsure in sentences.outlook(old)
                assert unsure in old.summary()
        with in_language("en"):
            assert why in sentences.outlook(old)


def test_after_the_deadline_it_speaks_of_what_happened(cases):
    with in_language("en"):
        for name in ("last day", "after it"):
            review = cases[name]
            assert review.final
            assert review.over
            assert "is missed" in sentences.outlook(review)
            assert sentences.helping(review) == sentences.moving(review) == []
            assert "Final summary" in title_of(review)
            assert sentences.verdict(review) == "out_of_reach"
            # What the plan foresaw stands beside what happened: there is no forecast of what is over.
            told = next(block for block in report(review, {}) if isinstance(block, TableBlock))
            assert [name for name, _, _ in told.columns][1:5] == ["branches", "plan_low", "plan_median", "plan_high"]
            assert not {"median", "sure", "light"} & {name for name, _, _ in told.columns}
            score = review.score.table
            assert told.frame["plan_high"].tolist() == pytest.approx(score["plan_high"].tolist(), nan_ok=True)
            assert "forecast" not in [sheet.name for sheet in review_sheets(review)]
        reached = cases["target low"]
        assert "is reached" in sentences.outlook(reached)
        assert sentences.verdict(reached) == "safe"
        assert cases["last day"].doubt is reached.doubt is None
        filing = pd.DataFrame({"when": ["in_time", "hurry", "late", "late"], "safe": pd.Timestamp("2027-08-20"),
                               "even": pd.Timestamp("2027-08-24")})  # fmt: skip
        told = sentences.filing(replace(cases["middle"], filing=filing))
        # Of those still to be filed, not of those that are past the safe day.
        assert [line.split(":")[0].split(" past")[0] for line in told[1:]] == [
            "Of these 1 is", "Another 2 are most likely too late already, even if filed at once.",
        ]  # fmt: skip
        told = sentences.filing(replace(cases["middle"], filing=filing.iloc[[0, 2]]))
        assert told[1] == "Of these 1 is most likely too late already, even if filed at once."
        left = len(cases["last day"].filing)
        assert sentences.filing(cases["last day"]) == ([f"Tasks never filed by the deadline: {left}."] if left else [])


def test_a_target_above_the_ceiling_is_told_before_any_chance(cases):
    with in_language("en"):
        assert "above the ceiling" in sentences.outlook(cases["target beyond"])
        assert "chance" not in sentences.outlook(cases["target beyond"])


def test_a_unit_with_nothing_to_form_stands_nowhere(cases):
    rows = tables.units_rows(cases["no task at all"])
    assert (rows["place"] == "–").all()
    assert (rows["light"] == "").all()
    with in_language("en"):
        assert sentences.behind(cases["no task at all"])[0] == "No responsible unit can be held against a plan."
        assert "Every organization that is not dormant" in sentences.instructed(cases["no task at all"])


def test_the_progress_table_is_the_score(cases):
    review = cases["middle"]
    table = tables.progress_table(review, whole=True)
    score = review.score.table
    for row in table.frame.to_dict("records"):
        own = score.loc[row["responsible"]]
        for name in ("tasks", "formed", "this_week", "in_work", "filed", "approved", "coverage", "of_ceiling"):
            assert row[name] == own[name]
    last = dict(zip([name for name, _, _ in table.columns], table.last(), strict=True))
    assert last["tasks"] == f"{score['tasks'].sum():,}"
    assert last["coverage"] == percent(score["branches"].sum() / len(review.register))


def test_candidates_are_ordered_by_their_own_plan_not_by_rate(cases):
    for review in map(cases.__getitem__, NAMES):
        found = review.score.candidates
        assert (found["percentile"] > 50).all()
        assert found["percentile"].is_monotonic_decreasing
        assert set(found.index) == set(review.score.table.index[review.score.table["percentile"] > 50])


def test_what_must_be_looked_at_is_on_page_one_and_in_the_annex(cases):
    with in_language("zh"):
        blocks = list(report(cases["middle"], {}))
        said = [block.words for block in blocks if isinstance(block, Sentence)]
        assert any("2027-08-09" in line for line in said)
        assert any(isinstance(block, TableBlock) and "place" in block.frame for block in blocks)


@pytest.mark.parametrize("units", [31, 40])
def test_a_city_with_many_units_keeps_its_pages(units):
    city = wb.make_city(units * 6, units, seed=1)
    review = reviewed(city, "2027-08-20")
    table = tables.progress_table(review)
    assert len(table.frame) == min(units, PAGE_ROWS)
    assert table.frame["tasks"].sum() == review.score.city["tasks"]
    assert len(tables.progress_table(review, whole=True).frame) == units
