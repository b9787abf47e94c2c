"""An allocation's face: what is refused, moves, cost, text; limits; the same for the same seed."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from workbench.errors import Cancelled, InfeasibleError, ScenarioError
from workbench.labels import in_language
from workbench.numbers import change_words
from workbench.planning import Desk, ResponseCache, Responses, allocate
from workbench.planning.allocation import Options, watch
from workbench.planning.allocation.search import Search
from workbench.planning.allocation.watch import Watch
from workbench.simulation import prepare, simulate, wilson


@pytest.fixture(scope="module")
def rules(plan):
    return plan.replace({"targets.organization": 0.38, "instructors.caseload": 2, "costs.instructor_month": 300})


@pytest.fixture(scope="module")
def allocation(hamlet, rules, joined):
    return allocate(hamlet, rules, joined, total=12, replications=60, seed=2)


def series(**numbers):
    return pd.Series(numbers, dtype="int64").rename_axis("responsible")


def moved(allocation, before):
    """What an allocation becomes by the steps of `moves`."""
    now = before.to_dict()
    for step in allocation.moves(before).itertuples():
        assert step.count > 0
        assert step.responsible_from != step.responsible_to
        if step.responsible_from:
            now[step.responsible_from] -= step.count
            assert now[step.responsible_from] >= 0
        if step.responsible_to:
            now[step.responsible_to] = now.get(step.responsible_to, 0) + step.count
    return {responsible: number for responsible, number in now.items() if number}


@pytest.mark.parametrize(
    "given",
    [{}, {"total": 5, "confidence": 0.9}, {"total": 5, "budget": 1}, {"total": 5, "confidence": 0.9, "budget": 1}],
)
def test_exactly_one_of_total_confidence_and_budget(hamlet, rules, given):
    with pytest.raises(ScenarioError, match="exactly one of total, confidence and budget"):
        allocate(hamlet, rules, **given)


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"total": -1}, "total = -1: must be a whole number, 0 or more"),
        ({"total": 5.5}, "whole number"), ({"total": float("inf")}, "whole number"),
        ({"total": float("nan")}, "whole number"),
        ({"confidence": 0}, "a share above 0"), ({"confidence": 1.1}, "at most 1"),
        ({"budget": -1}, "0 or more"), ({"budget": float("inf")}, "0 or more"),
        ({"total": 5, "work": 0.0}, "a share above 0"), ({"total": 5, "replications": 0}, "at least 1"),
        ({"total": 5, "fixed": {"f": 1}}, "No responsible unit is called f"),
    ],
    ids=str,
)  # fmt: skip
def test_numbers_that_make_no_sense(hamlet, rules, given, rule):
    with pytest.raises((ValueError, ScenarioError), match=rule):
        allocate(hamlet, rules, **{"replications": 2} | given)


def test_a_budget_pays_for_whole_instructors(hamlet, rules, joined, allocation):
    each = 27 / 21.75 * 300
    for budget, total in ((12 * each, 12), (12 * each - 1, 11), (0, 0)):
        found = allocate(hamlet, rules, joined, budget=budget, replications=60, seed=2, kept=allocation.responses.kept)
        assert found.total <= total == found.curve.index[-1]
        assert found.cost <= budget == found.budget
        if total == 12:
            assert found.instructors.equals(allocation.instructors)
            assert f"budget {budget:,.0f} yuan" in found.summary()
    with pytest.raises(ScenarioError, match="a budget limits nothing"):
        allocate(hamlet, rules.replace("costs.instructor_month", 0), joined, budget=1000, replications=2)


def test_fixed_responsible_units_keep_their_number(hamlet, rules, joined):
    responsible_units = sorted(hamlet["responsible"].unique())
    limited = rules.replace("instructors.limits", {responsible_units[1]: [0, 1]})
    found = allocate(
        hamlet, limited, joined, total=10, fixed={responsible_units[0]: 1, responsible_units[1]: 3}, replications=20
    )
    assert found.instructors[responsible_units[0]] == 1
    assert found.instructors[responsible_units[1]] == 3  # a number that is settled goes before a limit
    assert found.total <= 10
    with pytest.raises(ValueError, match="whole number"):
        allocate(hamlet, rules, joined, total=10, fixed={responsible_units[0]: -1}, replications=2)
    with pytest.raises(InfeasibleError, match="add up to 11"):
        allocate(hamlet, rules, joined, total=10, fixed={responsible_units[0]: 11}, replications=2)


def test_what_a_desk_simulated_is_not_simulated_again(hamlet, rules, joined):
    kept = ResponseCache()
    first = allocate(hamlet, rules, joined, total=6, replications=20, kept=kept)
    held = len(kept)
    again = allocate(hamlet, rules, joined, total=6, replications=20, kept=kept)
    assert len(kept) == held
    assert again.instructors.equals(first.instructors)


def test_it_tells_how_far_it_is_and_can_be_stopped(hamlet, rules, joined):
    told = []
    allocate(hamlet, rules, joined, total=3, replications=5, progress=lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len({of for _, of in told}) == 1
    assert told[-1][0] == told[-1][1]
    with pytest.raises(Cancelled):
        allocate(hamlet, rules, joined, total=3, replications=5, progress=lambda done, of: done < 4)


def test_a_search_tells_and_hears_while_it_goes_on(monkeypatch):
    """Large cities search for minutes: several times a second somebody is told, and may stop it."""
    monkeypatch.setattr(watch, "REPORT_SECONDS", 0.0)
    told = []
    watched = Watch(lambda *step: told.append(step))
    watched.piece(4, 4)
    for _ in range(1000):
        watched.tick()
    watched.end()
    done = [step for step, _ in told]
    assert done == sorted(done)
    assert {of for _, of in told} == {8}
    assert done[-1] == 8 > done[-2]
    stopped = Watch(lambda *_: False)
    with pytest.raises(Cancelled):
        stopped.tick()


def test_a_search_is_stopped_at_its_next_tick(hamlet, rules, joined):
    options = Options.of(Responses(prepare(hamlet, rules, joined), replications=5, seed=1), [0] * 4, [3] * 4)
    for ticks in (0, 1, 5, 20):
        left = iter(range(ticks))

        def tick(left=left):
            if next(left, None) is None:
                raise Cancelled("stop")

        with pytest.raises(Cancelled):
            Search(options, options.top, (), tick).most(options.top)


def test_simple_rules_stand_beside_it(allocation, hamlet, rules, joined):
    table = allocation.rules
    assert table.index.tolist() == ["equal", "by_organizations", "by_need", "greedy"]
    assert (table["instructors"] <= 12).all()
    assert table["expected"].max() <= allocation.expected_bound
    assert table["probability"].max() <= allocation.sample_probability <= allocation.probability_bound
    # Where nobody is beyond use, they are what the scenario's own rule gives.
    for rule in ("equal", "by_organizations", "by_need"):
        outcome = simulate(hamlet, rules.replace({"instructors.total": 12, "instructors.share": rule}), joined,
                           replications=60, seed=2)  # fmt: skip
        assert table.loc[rule, "expected"] == pytest.approx(outcome.expected(), abs=1e-12)
        assert table.loc[rule, "probability"] == outcome.probability().value


@pytest.mark.parametrize("total", [4, 0])
def test_limits_above_the_total(hamlet, rules, total):
    responsible_units = sorted(hamlet["responsible"].unique())
    limits = {responsible_units[0]: [3, 9], responsible_units[2]: [2, 2]}
    with pytest.raises(InfeasibleError, match=f"add up to 5, more than the total of {total}"):
        allocate(hamlet, rules.replace("instructors.limits", limits), total=total, replications=2)


def test_limits_hold(hamlet, rules, joined):
    responsible_units = sorted(hamlet["responsible"].unique())
    limits = {
        responsible_units[0]: [3, 9],
        responsible_units[1]: [0, 0],
        responsible_units[2]: [0, 1],
        responsible_units[3]: [1, 50],
    }
    limited = rules.replace("instructors.limits", limits)
    for total in (4, 6, 12, 60):
        found = allocate(hamlet, limited, joined, total=total, replications=20)
        assert found.total <= total
        for responsible, (low, high) in limits.items():
            assert low <= found.instructors[responsible] <= high
    # A responsible unit that must have more than it can use keeps them.
    many = allocate(
        hamlet, rules.replace("instructors.limits", {responsible_units[0]: [99, 99]}), joined, total=100, replications=5
    )
    assert many.instructors[responsible_units[0]] == 99


def test_fields(allocation, hamlet, rules):
    responsible_units = sorted(hamlet["responsible"].unique())
    assert allocation.instructors.index.tolist() == responsible_units
    assert allocation.instructors.index.name == "responsible"
    assert str(allocation.instructors.dtype) == "int64"
    assert allocation.total == allocation.instructors.sum() <= 12
    assert (allocation.instructors >= 0).all()
    assert (allocation.reached, allocation.confidence) == (True, None)
    assert (allocation.replications, allocation.seed) == (60, 2)
    assert allocation.scenario.instructors.by_responsible == allocation.instructors.to_dict()
    assert allocation.start.to_dict() == dict(zip(responsible_units, allocation.start.tolist(), strict=True))
    assert allocation.start.sum() == rules.instructors.total


def test_it_is_judged_on_fresh_replications(allocation, hamlet, joined):
    outcome = simulate(hamlet, allocation.scenario, joined, replications=120, seed=2)
    fresh, seen = outcome.by_deadline()[60:], outcome.by_deadline()[:60]
    assert allocation.sample_expected == pytest.approx(seen.mean(), abs=1e-12)
    assert allocation.sample_probability == (seen >= 0.38).mean()
    work = int((outcome.by_deadline("work")[60:] >= 1.0).sum())
    assert allocation.work_probability == wilson(work, 60)
    assert allocation.probability == wilson(int((fresh >= 0.38).sum()), 60)
    assert allocation.expected_coverage == pytest.approx(fresh.mean(), abs=1e-12)
    assert allocation.expected_work == pytest.approx(outcome.by_deadline("work")[60:].mean(), abs=1e-12)
    # The optimum of the sample: no allocation does better on it, and this one does not either.
    assert outcome.by_deadline()[:60].mean() <= allocation.expected_bound + 1e-12
    assert (outcome.by_deadline()[:60] >= 0.38).mean() <= allocation.probability_bound


def test_the_scenario_s_own_stands_beside_it_on_the_same_fresh_replications(allocation, hamlet, rules, joined):
    outcome = simulate(hamlet, rules, joined, replications=120, seed=2)
    for target in ("organization", "work"):
        seen = outcome.by_deadline(target)[60:]
        expected, chance = allocation.before.of(target)
        assert expected == pytest.approx(seen.mean(), abs=1e-12)
        assert chance == wilson(int((seen >= getattr(rules.targets, target)).sum()), 60)


def test_what_each_unit_adds_sums_to_both_coverages(allocation, hamlet):
    table = allocation.by_responsible
    assert table["instructors"].tolist() == allocation.start.tolist()
    assert table["recommended"].tolist() == allocation.instructors.tolist()
    worked = allocation.responses.works_at_start
    for when, given in (("before", allocation.before), ("after", allocation.after)):
        branches = (hamlet["has_branch"].sum() + table[f"branches_{when}"].sum()) / len(hamlet)
        assert given.expected == pytest.approx(branches, abs=1e-12)
        assert given.expected_work == pytest.approx((worked + table[f"works_{when}"].sum()) / len(hamlet), abs=1e-12)


def test_nobody_is_sent_home_who_reaches_somebody(hamlet, rules, joined):
    """Without any meeting no instructor brings a branch; each is sent where work coverage still gains."""
    idle = rules.replace("committee.agenda", 0)
    found = allocate(hamlet, idle, joined, total=9, replications=40, seed=2)
    assert found.expected_coverage == found.before.expected
    assert found.expected_work > 0.5
    less = allocate(hamlet, idle, joined, total=found.total - 1, replications=40, seed=2)
    assert less.curve["work"].iloc[-1] < found.curve["work"].iloc[-1]
    assert "work coverage: expected" in found.summary()


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))],
                         ids=["copy", "deepcopy", "pickle"])  # fmt: skip
def test_a_copy_is_the_same_allocation(allocation, again):
    """Also in another process: what its responses are asked for is simulated anew, to the same bits."""
    other = again(allocation)
    assert other.summary() == allocation.summary()
    assert other.curve.equals(allocation.curve)
    chosen = allocation.instructors.to_list()
    assert (other.responses.branches(chosen) == allocation.responses.branches(chosen)).all()
    assert Desk.of(other.responses).by_responsible().equals(Desk.of(allocation.responses).by_responsible())
    if again is not copy.copy:
        assert len(pickle.dumps(other)) < 2_000_000
        assert other.responses.kept is not allocation.responses.kept


def test_the_curve_holds_every_total(allocation):
    curve = allocation.curve
    assert curve.index.tolist() == list(range(13))
    assert curve.index.name == "total"
    assert curve["expected"].is_monotonic_increasing
    assert curve["probability"].between(0, 1).all()
    assert curve["probability"].is_monotonic_increasing
    assert (curve["probability"] <= curve["bound"]).all()
    assert curve.loc[12, "probability"] == allocation.sample_probability
    assert curve.loc[12, "coverage"] == allocation.sample_expected
    assert (curve["coverage"] <= curve["expected"]).all()
    assert curve.loc[12, "bound"] == allocation.probability_bound
    assert allocation.expected_bound == curve.loc[allocation.total, "expected"] == curve["expected"].max()


def test_same_seed_same_answer(allocation, hamlet, rules, joined):
    again = allocate(hamlet.iloc[::-1], rules, joined, total=12, replications=60, seed=2, workers=1)
    assert again.instructors.equals(allocation.instructors)
    assert again.curve.equals(allocation.curve)
    assert (again.probability, again.probability_bound) == (allocation.probability, allocation.probability_bound)
    assert (again.expected_coverage, again.expected_bound) == (allocation.expected_coverage, allocation.expected_bound)


def test_instructors_cost_from_the_opening_to_the_deadline(allocation):
    # Working days 7 to 33, 21.75 a month, 300 yuan.
    assert allocation.cost == pytest.approx(allocation.total * 27 / 21.75 * 300)


def test_start_up_money_stands_beside_the_cost(allocation, hamlet, rules, joined):
    """2,000 yuan a branch founded on the fresh replications: simulated in full, without those that were seen."""
    founded = 0
    for replications, sign in ((120, 1), (60, -1)):
        outcome = simulate(hamlet, allocation.scenario, joined, replications=replications, seed=2)
        kinds = outcome.cases["kind"].isin(["standalone", "assisted", "joint"]).to_numpy()
        days = outcome.case_days["formed"].to_numpy()[kinds, : outcome.calendar.deadline_day + 1]
        founded += sign * int(days.sum(dtype="int64"))
    assert allocation.start_up_cost == pytest.approx(2000 * founded / 60)
    # Several units of a joint branch are one branch, and a host's is there already.
    added = allocation.expected_coverage * len(hamlet) - hamlet["has_branch"].sum()
    assert 0 < founded / 60 < added
    assert replace(allocation, scenario=rules.replace("costs.branch_start_up", 0)).start_up_cost == 0.0
    within = replace(allocation, budget=9000.0)
    assert f"start-up money for new branches comes on top, {allocation.start_up_cost:,.0f} yuan" in within.summary()


def test_more_than_enough_stay_at_home(hamlet, rules, joined):
    found = allocate(hamlet, rules, joined, total=10_000, replications=10)
    assert found.total < 60


@pytest.mark.parametrize(
    "before",
    [
        {"a": 3, "b": 0, "c": 0}, {"a": 0, "b": 0, "c": 0}, {"a": 9, "b": 9, "c": 9}, {"a": 1, "b": 2, "c": 4},
        {"a": 0, "b": 0, "c": 7}, {"a": 2, "b": 3, "c": 2}, {"c": 1}, {},
    ],
    ids=str,
)  # fmt: skip
def test_moves_turn_one_into_the_other(allocation, before):
    made = replace(allocation, instructors=series(a=2, b=3, c=2))
    assert moved(made, series(**before)) == {"a": 2, "b": 3, "c": 2}
    steps = made.moves(series(**before))
    # As few people move as can: whoever is too many somewhere, or is missing, whichever is more.
    change = {
        responsible: {"a": 2, "b": 3, "c": 2}.get(responsible, 0) - before.get(responsible, 0)
        for responsible in {*before, *"abc"}
    }
    give, take = sum(-n for n in change.values() if n < 0), sum(n for n in change.values() if n > 0)
    assert steps["count"].sum() == max(give, take)
    assert len(steps.drop_duplicates(["responsible_from", "responsible_to"])) == len(steps)


def test_moves_from_a_mapping_or_a_series_of_any_whole_numbers(allocation):
    made = replace(allocation, instructors=series(a=2, b=3, c=2))
    wanted = made.moves(series(a=4, b=0, c=1))
    for before in ({"a": 4, "c": 1}, pd.Series({"a": 4.0, "b": 0.0, "c": 1.0}), {"c": np.int8(1), "a": np.float32(4)}):
        assert made.moves(before).equals(wanted)


def test_moves_from_what_is_no_allocation_names_every_fault(allocation):
    made = replace(allocation, instructors=series(a=2, b=3, c=2))
    for wrong in ({"a": 1.5}, {"a": -1}, {"a": float("nan")}, {"a": "3"}, {"a": None}, {"a": pd.NA}, {"a": True},
                  pd.Series({"a": None, "b": 2.0}), {"gone": 4}):  # fmt: skip
        with pytest.raises(ValueError, match=r"^from_: "):
            made.moves(wrong)
    with pytest.raises(ValueError, match="from_") as refused:
        made.moves({"a": float("nan"), "b": 2, "gone": 1, "c": -2})
    assert str(refused.value) == (
        "from_: instructors of a = nan: must be a whole number, 0 or more; no responsible unit is called gone; "
        "instructors of c = -2: must be a whole number, 0 or more"
    )
    with pytest.raises(ValueError, match="a is named twice"):
        made.moves(pd.Series([1, 2], index=["a", "a"]))


def test_moves_from_the_scenario_s_own(allocation):
    assert moved(allocation, allocation.start) == {s: n for s, n in allocation.instructors.items() if n}
    assert allocation.moves().equals(allocation.moves(allocation.start))
    assert replace(allocation, start=allocation.instructors).moves().empty


def test_who_gives_and_needs_most_comes_first(allocation):
    steps = replace(allocation, instructors=series(a=0, b=5, c=1, d=2)).moves(series(a=4, b=0, c=3, d=1))
    assert [tuple(step) for step in steps.itertuples(index=False)] == [("a", "b", 4), ("c", "b", 1), ("c", "d", 1)]
    coming = replace(allocation, instructors=series(a=2, b=1)).moves(series(a=0, b=0))
    assert [tuple(step) for step in coming.itertuples(index=False)] == [("", "a", 2), ("", "b", 1)]
    going = replace(allocation, instructors=series(a=0, b=1)).moves(series(a=2, b=1))
    assert [tuple(step) for step in going.itertuples(index=False)] == [("a", "", 2)]


def test_a_confidence_out_of_reach(hamlet, rules, joined):
    found = allocate(hamlet, rules.replace("targets.organization", 1.0), joined, confidence=0.9, replications=10)
    assert not found.reached
    assert found.confidence == 0.9
    assert (found.probability.value, found.probability_bound) == (0.0, 0.0)
    assert "No allocation reaches organization coverage of 100% with a confidence of 90%" in found.summary()
    assert "no fewer" not in found.summary()  # there is nothing that fewer would fall short of
    with in_language("zh"):
        assert "90%" in found.summary()


def test_a_confidence_that_nobody_is_needed_for(hamlet, rules, joined):
    found = allocate(hamlet, rules.replace("targets.organization", 0.0), joined, confidence=0.99, replications=10)
    assert found.reached
    assert found.total == 0
    assert found.probability.value == 1.0


def test_summary(allocation):
    text = allocation.summary()
    assert f"{allocation.total} instructors" in text
    for before, after in ((allocation.before.expected, allocation.expected_coverage),
                          (allocation.before.expected_work, allocation.expected_work)):  # fmt: skip
        assert f"expected {change_words(before, after)}, " in text
    assert f"{allocation.sample_probability:.1%} (none above {allocation.probability_bound:.1%})" in text
    assert "Proven: no allocation is better" in text
    assert "No allocation reaches" not in text


# --- Work coverage as a condition ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def work_rules(rules):
    """Work coverage that an allocation for organization coverage alone misses."""
    return rules.replace({"targets.work": 0.82, "instructors.standing": None})


def test_the_condition_on_work_comes_first(hamlet, work_rules, joined):
    free = allocate(hamlet, work_rules, joined, total=6, replications=60, seed=2)
    held = allocate(hamlet, work_rules, joined, total=6, work=0.9, replications=60, seed=2)

    def seen(found):
        return simulate(hamlet, found.scenario, joined, replications=60, seed=2).probability("work").value

    assert seen(free) < 0.5
    assert seen(held) >= 0.9
    assert (free.reached, held.reached) == (True, True)
    assert held.sample_probability <= free.sample_probability
    assert "at least 90% was asked for" in held.summary()
    assert held.expected_work > free.expected_work
    assert "asked for" not in free.summary()


def test_a_condition_on_work_out_of_reach(hamlet, work_rules, joined):
    beyond = allocate(hamlet, work_rules.replace("targets.work", 1.0), joined, total=4, work=0.9, replications=20)
    assert not beyond.reached
    assert beyond.proven
    assert "No allocation reaches work coverage of 100% with a confidence of 90%" in beyond.summary()
    searched = replace(beyond, proven=False).summary()
    assert "No allocation was found that reaches work coverage of 100%" in searched
    both = allocate(hamlet, work_rules.replace("targets.work", 1.0), joined, confidence=0.8, work=0.9, replications=20)
    assert not both.reached
    with in_language("zh"):
        assert "，并以 90% 的把握达到工作覆盖 100%" in both.summary()


def test_the_fewest_for_both(hamlet, work_rules, joined):
    alone = allocate(hamlet, work_rules, joined, confidence=0.5, replications=60, seed=2)
    both = allocate(hamlet, work_rules, joined, confidence=0.5, work=0.9, replications=60, seed=2)
    outcome = simulate(hamlet, both.scenario, joined, replications=60, seed=2)
    assert outcome.probability().value >= 0.5
    assert outcome.probability("work").value >= 0.9
    assert both.reached
    assert both.total >= alone.total
