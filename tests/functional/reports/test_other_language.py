"""A result that was made in one language is told in another as if it had been made in that one: it keeps no words."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench.jobs.plan import make_plan
from workbench.labels import in_language
from workbench.numbers import target_percent
from workbench.views.formats import workbook_bytes
from workbench.views.report import plan_screen, report_docx, report_html
from workbench.views.report.workbook import plan_sheets
from workbench.views.review import review_screen
from workbench.views.review.workbook import review_sheets

#: Of measures one of each sort is left, and the one whose words hold a date.
STRUCK = (
    "two_weeks_later", "meetings_on_demand", "no_agenda_limit", "direct_decision", "open_with_survey", "saturdays",
    "joint_farther", "larger_groups", "strike_dormant",
)  # fmt: skip
#: No number of instructors, few measures, and money: what is not said is warned of.
SPARSE = {"name": "sparse", "costs": {"branch_start_up": 2000}, "measures": dict.fromkeys(STRUCK)}


@pytest.fixture(scope="module", params=["with places", "without places"])
def both(request):
    """The same plan made in Chinese and in English."""
    city = wb.make_city(36, 3, seed=4)
    if request.param == "without places":
        city = wb.check_register(city.drop(columns=["x", "y"]))
    made = {}
    for language in ("zh", "en"):
        with in_language(language):
            made[language] = make_plan(city, wb.Scenario.model_validate(SPARSE), replications=8, seed=2)
    return made


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_plan_keeps_no_words_of_the_language_it_was_made_in(both, language):
    with in_language(language):
        one, other = both["zh"], both["en"]
        assert one.warnings == other.warnings != ()
        assert plan_screen(one) == plan_screen(other)
        assert report_html(one, {}) == report_html(other, {})
        assert report_docx(one, {}) == report_docx(other, {})
        first = one.scenario.calendar.start
        assert workbook_bytes(plan_sheets(one), first) == workbook_bytes(plan_sheets(other), first)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_review_keeps_no_words_of_the_language_it_was_made_in(language):
    city, scenario = wb.make_city(36, 3, seed=4), wb.Scenario().replace("committee.every_weeks", 1)
    made = []
    for spoken in ("zh", "en"):
        with in_language(spoken):
            made.append(wb.review(city, scenario, False, "2027-08-06", learn=False, replications=8))
    with in_language(language):
        one, other = made
        assert len(one.measures)
        assert one.summary() == other.summary()
        assert target_percent(0.6) in one.summary()
        assert review_screen(one) == review_screen(other)
        day = one.as_of
        assert workbook_bytes(review_sheets(one), day) == workbook_bytes(review_sheets(other), day)
