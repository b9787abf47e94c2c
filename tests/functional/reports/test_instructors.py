"""What a plan says of instructors is true where it says it: both coverages, in the extremes, too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cities import organization, register, scenario
from workbench.inputs.scenario import DEFAULT_MEASURES
from workbench.jobs.plan import make_plan
from workbench.labels import in_language, text
from workbench.numbers import change_words
from workbench.planning import Prospect, allocate
from workbench.simulation import Estimate
from workbench.views.report import findings, instructors
from workbench.views.report.brief import money_of
from workbench.views.report.screen import plan_screen
from workbench.views.report.units import brief_rows
from workbench.views.report.workbook import plan_sheets


def prospect(chance: float, expected: float, work: float) -> Prospect:
    return Prospect(Estimate(chance, 0.0, 1.0), expected, Estimate(0.0, 0.0, 1.0), work)


def with_prospects(plan, before, after, **more):
    return replace(plan, allocation=replace(plan.allocation, before=before, after=after, **more))


@pytest.fixture
def bare(small_scenario):
    """Without measures: what is said of instructors does not hang on them, and they are what takes long."""
    return small_scenario.replace("measures", dict.fromkeys(DEFAULT_MEASURES))


@pytest.fixture(autouse=True)
def english():
    with in_language("en"):
        yield


def test_a_better_allocation_is_judged_on_fresh_numbers(small_plan):
    """Before and after on the same replications, so that the difference is the allocation's."""
    allocation = small_plan.allocation
    start = small_plan.scenario.replace("instructors.by_responsible", allocation.start.to_dict())
    same = allocate(
        small_plan.register, start, small_plan.grouping, total=small_plan.instructors, replications=60, seed=1
    )
    assert (same.start == allocation.start).all()
    assert same.before == allocation.before
    said = " ".join(instructors.allocation_sentences(small_plan))
    for target in findings.TARGETS:
        before, after = allocation.before.of(target)[0], allocation.after.of(target)[0]
        assert f"expected {change_words(before, after)}" in said


def test_what_the_other_target_loses_is_said(small_plan):
    plan = with_prospects(small_plan, prospect(0.2, 0.412, 0.981), prospect(0.3, 0.413, 0.965))
    assert plan.worth_moving
    said = "\n".join(instructors.allocation_sentences(plan))
    assert "work coverage: expected 98.1% → 96.5% (-1.6 points)" in said
    assert "Mind what it costs: work coverage is expected to be 1.6 points lower." in said
    assert "organization coverage is expected to be" not in said
    fewer = with_prospects(small_plan, prospect(0.2, 0.412, 0.9), prospect(0.3, 0.402, 0.9))
    assert "organization coverage is expected to be 1.0 points lower" in "\n".join(
        instructors.allocation_sentences(fewer)
    )


@pytest.mark.parametrize(
    ("before", "after", "moves"),
    [
        (prospect(0.6, 0.5, 0.9), prospect(0.5, 0.6, 0.9), False),  # the chance falls: no moves
        (prospect(0.6, 0.5, 0.9), prospect(0.6, 0.5, 0.9), False),
        (prospect(0.59, 0.5, 0.9), prospect(1.0, 0.5, 0.9), True),  # the chance rises alone
        (prospect(0.0, 0.5, 0.9), prospect(0.0, 0.51, 0.9), True),
        (prospect(0.0, 0.5, 0.375), prospect(0.0, 0.5, 0.98), True),  # work coverage rises alone
        (prospect(0.0, 0.5, 0.98), prospect(0.0, 0.5, 0.375), False),
        (prospect(0.0, 0.5, 0.9), prospect(0.0, 0.5004, 0.9), False),
    ],
)
def test_moves_are_recommended_only_where_they_bring_something(small_plan, before, after, moves):
    given = small_plan.allocation.start.copy()
    given.iloc[0] += 1
    plan = with_prospects(small_plan, before, after, instructors=given)
    assert plan.worth_moving is moves
    assert ("leave them where they are" in instructors.allocation_sentences(plan)[0]) is not moves
    assert bool(len(instructors.moves(plan))) is moves
    assert (plan.recommended.equals(given)) is moves
    sheets = {sheet.name: sheet.table for sheet in plan_sheets(plan)}
    assert bool(len(sheets["Moves"])) is moves


def test_who_is_not_needed_brings_neither_coverage(small_plan):
    """County's eleven had "nothing to do", yet without them work coverage fell."""
    plan = make_plan(
        small_plan.register, small_plan.scenario.replace({"committee.agenda": 0, "instructors.total": 30}),
        replications=30, seed=1,
    )  # fmt: skip
    allocation, spare = plan.allocation, plan.instructors - plan.allocation.total
    said = "\n".join(instructors.allocation_sentences(plan))
    assert ("no use was found for the other" in said) is (plan.worth_moving and spare > 0)
    curve = allocation.curve
    assert (curve.loc[allocation.total :, ["coverage", "work"]] == curve[["coverage", "work"]].iloc[-1]).all(axis=None)
    enough = instructors.enough_instructors(plan)
    near = curve.loc[enough, ["coverage", "work", "probability"]] - curve[["coverage", "work", "probability"]].iloc[-1]
    assert (near >= -instructors.SAME_SHARE).all()
    assert (curve["work"].iloc[-1] - curve["work"].loc[: enough - 1] > 0.0).all()


def test_nobody_at_all_may_be_enough():
    """All are covered: no instructor adds anything, and none is said to come near."""
    covered = register(*(organization(f"o{i}", 3, has_branch=True) for i in range(4)))
    plan = make_plan(covered, scenario(instructors__total=5), replications=10)
    said = "\n".join(instructors.allocation_sentences(plan))
    assert "leave them where they are" in said
    assert "0 come" not in said
    improved = with_prospects(plan, prospect(0.0, 0.5, 0.5), prospect(0.5, 0.6, 0.6))
    assert "0 come" not in "\n".join(instructors.allocation_sentences(improved))


def test_who_arrives_later_exists(small_plan, mischief_register, bare):
    unit = str(mischief_register["responsible"].iloc[0])
    late = {"responsible": unit, "count": 40, "from": "2027-08-05"}
    rules = bare.replace({"instructors.total": 0, "instructors.arrivals": [late]})
    plan = make_plan(mischief_register, rules, replications=10)
    said = instructors.allocation_sentences(plan)
    assert said == [
        "Nobody is there at the start; 40 instructors arrive later (from 5 August on), each where the scenario says, "
        "so that there is nobody to send elsewhere."
    ]
    assert "The scenario has no instructors" not in plan_screen(plan)
    some = replace(small_plan, scenario=small_plan.scenario.replace("instructors.arrivals", [late]))
    assert "40 further instructors arrive later" in instructors.allocation_sentences(some)[-1]
    # They are counted where they will be, as many as are paid for.
    now, then = (brief_rows(each)["instructors"] for each in (small_plan, some))
    assert (then - now)[unit] == (then - now).sum() == 40
    assert then.sum() == money_of(some)["number"]
    (sheet,) = [each for each in plan_sheets(some) if each.name == text("sheet.instructors")]
    assert sheet.totals["arriving"] == 40
    too_late = replace(small_plan, scenario=small_plan.scenario.replace("instructors.arrivals", [
        late | {"from": "2027-12-01"}]))  # fmt: skip
    assert brief_rows(too_late)["instructors"].equals(now)
    none = make_plan(mischief_register, bare.replace("instructors.total", 0), replications=10)
    assert instructors.allocation_sentences(none) == ["The scenario has no instructors."]


def test_a_unit_that_a_shared_total_leaves_without_anybody_is_named(mischief_register, bare):
    units = sorted(mischief_register["responsible"].unique())
    alone = bare.replace("instructors.by_responsible", dict.fromkeys(units[1:], 1))
    plan = make_plan(mischief_register, alone, replications=10)
    (said,) = [each for each in plan.warnings if "no instructor" in each]
    assert said.startswith("1 responsible unit has ")
    assert units[0] in said
    arriving = alone.replace("instructors.arrivals", [{"responsible": units[0], "count": 1}])
    assert not [e for e in make_plan(mischief_register, arriving, replications=10).warnings if "no instructor" in e]


def test_instructors_alone_says_no_more_than_was_tried(small_plan):
    work = Estimate(1.0, 0.9, 1.0), 1.0
    never = replace(small_plan, unlimited=Prospect(Estimate(0.4, 0.3, 0.5), 0.6, *work))
    enough = replace(small_plan, unlimited=Prospect(Estimate(0.97, 0.9, 1.0), 0.7, *work))
    assert "Of the numbers tried" in instructors.instructors_alone(never)
    assert "no number" not in instructors.instructors_alone(never)
    assert "--confidence 0.9" in instructors.instructors_alone(enough)
    few = with_prospects(never, prospect(0.2, 0.4, 0.9), prospect(1.0, 0.6, 0.9))
    assert "more are not always better" in instructors.instructors_alone(few)
