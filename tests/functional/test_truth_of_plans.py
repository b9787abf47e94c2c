"""Every sentence is true of the case in which it is said: the extremes, claims held against the numbers."""

from __future__ import annotations

import re
from functools import partial

import pytest

import workbench as wb
from tests.extremes import CASES, NONSENSE
from tests.small_plan import quick_plan
from workbench.jobs.plan import Plan
from workbench.labels import in_language, text
from workbench.numbers import Share
from workbench.views.formats import Heading, Sentence, TableBlock
from workbench.views.report import findings, plan_screen
from workbench.views.report.annexes import annexes
from workbench.views.report.brief import brief
from workbench.views.report.workbook import plan_sheets


@pytest.fixture(scope="module", params=CASES)
def plan(request) -> Plan:
    """With few censuses: what is said of them does not hang on how many there are, either."""
    register, scenario = CASES[request.param]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.jobs.plan.simulate_census", partial(wb.simulate_census, outcomes=20))
        return quick_plan(register, scenario, replications=20)


@pytest.fixture(params=["zh", "en"])
def language(request):
    with in_language(request.param):
        yield request.param


def every_sentence(plan: Plan) -> list[str]:
    """All that screen, brief, annexes and workbook say in words."""
    said = plan_screen(plan).splitlines()
    for block in [*brief(plan, {}), *annexes(plan, {})]:
        if isinstance(block, (Heading, Sentence)):
            said.append(block.words)
        elif isinstance(block, TableBlock):
            said += [block.title, block.note, *(cell for row in block.rows() for cell in row), *(block.last() or [])]
    for sheet in plan_sheets(plan):
        said += [sheet.title, sheet.facts, sheet.note, *sheet.lines]
    return [each for each in said if each]


@pytest.fixture(scope="module")
def told(plan) -> dict[str, list[str]]:
    """What has been said of this plan, by language."""
    return {}


@pytest.fixture
def sentences(plan, language, told) -> list[str]:
    if language not in told:
        told[language] = every_sentence(plan)
    return told[language]


def test_no_sentence_is_nonsense(sentences):
    assert not [each for each in sentences if NONSENSE.search(each)]


def test_the_verdict_is_what_the_numbers_say(plan, language):
    outcome, target = plan.outcome, plan.scenario.targets.organization
    reached = (outcome.by_deadline() >= target).mean()
    verdict = findings.verdict(plan)
    if outcome.ceiling < target:
        assert verdict == "impossible"
    else:
        wanted = "safe" if reached >= 0.9 else "likely" if reached >= 0.5 else None
        assert verdict == wanted or (wanted is None and verdict in ("unlikely", "out_of_reach"))


def test_what_is_said_of_ceiling_and_target_is_so(plan, language):
    """Above, equal or below: the very words, and the percentages beside them in that order."""
    words = plan.ceiling.summary()
    shares = [float(each) for each in re.findall(r"(\d+(?:\.\d+)?)%", words)]
    ceiling, target = plan.ceiling.value, plan.ceiling.target
    above = {"zh": ("高于", "低于"), "en": ("above", "short of")}[language]
    if ceiling > target:
        assert above[0] in words
        assert shares[0] > shares[1]
    elif ceiling == target:
        assert above[0] not in words
        assert shares[0] == shares[1]
    else:
        assert above[1] in words
        assert shares[0] < shares[1]
        missing = next(n for n in range(10**6) if (plan.ceiling.possible + n) / max(plan.outcome.total, 1) >= target)
        assert str(missing) in words


def test_no_instructors_is_said_where_there_are_none_and_only_there(plan, sentences):
    said = "\n".join(sentences).replace("\n", " ")
    coming = sum(each.count for each in plan.scenario.instructors.arrivals)
    assert (text("finding.no_instructors") in said) == (plan.instructors + coming == 0)


def test_joint_branches_are_spoken_of_where_there_are_units(plan, language):
    sentence = findings.grouping_sentence(plan)
    units = plan.grouping.covered + len(plan.grouping.left_out)
    assert (sentence == text("finding.no_units")) == (units == 0)


def test_a_wait_of_nobody_is_never_a_number(plan, language):
    """The mean of nobody is a dash, and how many never got through is said beside every wait."""
    found = {each.part: each.sentence for each in findings.obstacles(plan)}
    passed = plan.outcome.stages["cases"].sum("responsible").sel(kind=["standalone", "assisted", "joint", "attached"])
    for part, stage in (("approval", "approval"), ("instructors", "dispatch")):
        if part in found and part == "approval" and not int(passed.sel(stage="preparation").sum()):
            assert {"zh": "没有任务报批", "en": "Nothing is filed"}[language] in found[part]
        elif part in found:
            assert "%" in found[part]
            if not int(passed.sel(stage=stage).sum()):
                assert "– 个工作日" in found[part] or "– working days" in found[part]


def test_a_recommendation_moves_somebody_and_brings_something(plan, sentences):
    same = text("finding.allocation_same", total=plan.instructors).split("：")[0].split(",")[0][:12]
    said = "\n".join(sentences)
    if plan.instructors and not plan.worth_moving:
        assert same in said
        assert (plan.recommended == plan.allocation.start).all()


def test_shares_stand_in_their_true_order_in_every_label():
    """The mechanism behind it all: whatever two shares a sentence holds, written they compare as they do in truth."""
    for low, high in ((0.5996, 0.6), (0.65499, 0.655), (0.0, 1e-5), (0.99996, 1.0)):
        one, two = Share(low), Share(high)
        written = [float(each.beside((one, two)).rstrip("%")) for each in (one, two)]
        assert written[0] < written[1]
