"""The screen and what it is made of: the answer in the right words, columns that line up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.small_plan import quick_plan
from workbench.labels import in_language, text
from workbench.numbers import date_words, odds
from workbench.simulation import Estimate
from workbench.views.formats.terminal import WIDTH, text_table, width, wrap
from workbench.views.report import findings, instructors, tables
from workbench.views.report.screen import plan_screen


def with_probability(plan, value: float):
    gap = replace(plan.gap, probability=Estimate(value, value, value))
    return replace(plan, gap=gap, ceiling=replace(plan.ceiling, target=0.0))


@pytest.mark.parametrize(
    ("probability", "verdict"), [(0.0, "out_of_reach"), (0.3, "unlikely"), (0.5, "likely"), (0.9, "safe")]
)
def test_the_verdict_follows_the_probability(small_plan, probability, verdict, either_language):
    plan = with_probability(small_plan, probability)
    assert findings.verdict(plan) == verdict
    assert odds(probability, plan.outcome.replications) in findings.answer(plan)


def test_a_ceiling_below_the_target_comes_before_any_probability(small_plan, either_language):
    plan = replace(small_plan, ceiling=replace(small_plan.ceiling, target=1.0))
    assert findings.verdict(plan) == "impossible"
    assert str(plan.ceiling.missing) in findings.answer(plan)
    assert findings.obstacles(plan)[0].part == "structure"


def test_what_no_campaign_changes_is_no_obstacle_where_the_ceiling_suffices(small_plan):
    plan = with_probability(small_plan, 0.3)
    assert "structure" not in [each.part for each in findings.obstacles(plan)]


def test_the_screen_has_its_sections_in_order_and_fits(small_plan, either_language):
    screen = plan_screen(small_plan)
    titles = [line for line in screen.splitlines() if line.startswith("── ")]
    sections = ("answer", "conventions", "ceiling", "probability", "obstacles", "measures", "instructors", "grouping")
    assert [title.strip("─ ") for title in titles] == [text(f"screen.{name}") for name in (*sections, "mind")]
    assert ("上限" in titles[2]) == (either_language == "zh")
    assert max(width(line) for line in screen.splitlines()) <= WIDTH + 2


def test_no_label_is_left_unfilled(small_plan, either_language):
    assert "{" not in plan_screen(small_plan)


def test_obstacles_are_sorted_and_above_nothing(small_plan, either_language):
    shares = [each.share for each in findings.obstacles(small_plan)]
    assert shares == sorted(shares, reverse=True)
    assert min(shares) >= findings.LEAST_SHARE


@pytest.fixture(scope="module")
def without_instructors(mischief_register, small_scenario):
    return quick_plan(mischief_register, small_scenario.replace("instructors.total", 0), replications=20)


def test_a_plan_without_instructors(without_instructors, mischief_register, either_language):
    plan = without_instructors
    assert plan.gap.expected == pytest.approx(float(mischief_register["has_branch"].mean()))
    assert instructors.allocation_sentences(plan)[0] in plan_screen(plan).replace("\n  ", " ")


def test_dormant_organizations_limit_work_coverage(small_plan):
    dormant = small_plan.register["dormant"]
    assert dormant.any()
    with in_language("en"):
        said = findings.work_limit(small_plan)
    lacking = dormant & ~small_plan.register["has_mass_org"]
    assert f"{int(lacking.sum())} dormant" in said


# --- The last meeting -----------------------------------------------------------------------------------------


def test_what_counts_from_approval_on_waits_for_no_election(mischief_register, small_scenario):
    plan = quick_plan(mischief_register, small_scenario.replace("policy.counted_from", "approved"), replications=20)
    assert plan.dates.first_to_close is None
    assert findings.last_meeting(plan) is None


def test_meetings_in_time_are_counted(small_plan):
    closing = small_plan.dates.by_kind.loc[small_plan.dates.first_to_close]
    assert closing["meeting_50"].date() < small_plan.outcome.deadline
    assert closing["possible"] >= closing["meeting_50"] >= closing["meeting_90"]
    held = small_plan.dates.meetings
    assert (held["in_time"] <= held["meetings"]).all()
    with in_language("en"):
        assert date_words(closing["meeting_50"]) in findings.last_meeting(small_plan)
        assert date_words(date(2027, 8, 3), year=True) == "3 August 2027"


def test_last_dates_are_told_kind_by_kind(small_plan):
    rows = tables.last_dates_by_kind(small_plan)
    assert rows["cases"].equals(small_plan.dates.by_kind["cases"])
    # Outreach counts from its dispatch on: until the deadline, and nothing is filed or heard.
    outreach = rows.loc["outreach", list(tables.LAST_DATES)]
    assert [on.date() for on in outreach.dropna()] == [small_plan.outcome.deadline] * 2
    assert outreach.isna().tolist() == [False] * 2 + [True] * 4
    assert rows.at["outreach", "at_opening"] == 1.0


# --- Layout ---------------------------------------------------------------------------------------------------


def test_columns_line_up_in_both_scripts():
    lines = text_table(["镇街", "now"], [["东山镇", "1"], ["Harbour", "1,234"]]).splitlines()
    assert len({width(line) for line in lines}) == 1


def test_wrapped_lines_never_begin_with_a_closing_sign():
    words = "到期之前，全部完成；否则，不算。" * 6
    lines = wrap(words, columns=20).splitlines()
    assert "".join(lines) == words
    assert not [line for line in lines if line[0] in "，；。"]


def test_wrapped_lines_never_end_with_an_opening_sign():
    lines = wrap("甲（乙）" * 20, columns=11).splitlines()
    assert not [line for line in lines if line[-1] in "（"]
