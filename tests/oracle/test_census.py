"""Census outcomes: keyed, as the law says, `simulate` where nothing is found; intervals and variances that hold."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from tests.oracle.test_census_value import tiny
from workbench.planning.census.found import chances_of, changed_register, drawn_change
from workbench.planning.census.simulate import _probability, _variance

LAW = {"chance": 0.3, "more": {1: 0.7, 2: 0.2, 3: 0.1}, "fewer": 0.1}


def plain_outcome(register: pd.DataFrame, rules: wb.Scenario, outcome: int, seed: int) -> pd.DataFrame:
    """MODEL §11 word by word, organization by organization."""
    found = register.copy()
    law = rules.census.discovery
    for org_id in register.index:
        if register.at[org_id, "has_branch"]:
            continue
        u, v = (float(wb.uniform([org_id], outcome, 0, what, seed=seed)[0]) for what in ("discovery", "members"))
        mine = law.of(str(register.at[org_id, law.column])) if law.column else law
        upto = np.cumsum(list(mine.more.values()))
        k = list(mine.more)[min(int((v >= upto).sum()), len(upto) - 1)]
        if u < mine.chance:
            found.loc[org_id, ["full_members", "members_floating"]] += k
        elif u > 1.0 - mine.fewer:
            for _ in range(k):
                for part in ("members_part_time", "members_floating", "members_on_roll"):
                    if found.at[org_id, part] > 0:
                        found.loc[org_id, [part, "full_members"]] -= 1
                        break
    return found


@pytest.mark.parametrize("by", [None, {"street": {"a": {"chance": 0.6}, "b": {"more": {2: 1.0}}}}])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_found_is_what_the_law_says(seed, by):
    register, rules = tiny(seed)
    register["members_floating"] = register["members_on_roll"] // 2
    register["members_on_roll"] -= register["members_floating"]
    register = wb.check_register(register)
    rules = rules.replace("census.discovery", LAW | ({"by": by} if by else {}))
    chances = chances_of(register, rules)
    for outcome in range(20):
        got = changed_register(register, chances.rows, drawn_change(chances, outcome, seed))
        pd.testing.assert_frame_equal(got, plain_outcome(register, rules, outcome, seed), check_dtype=False)
        wb.check_register(got)


def test_without_parts_the_sum_changes():
    register = wb.check_register(
        pd.DataFrame({"street": ["a"] * 9, "full_members": [0, 1, 2] * 3, "has_branch": False}).set_index(
            pd.Index([f"o{k}" for k in range(9)], name="org_id")
        )
    )
    chances = chances_of(register, wb.Scenario().replace("census.discovery", {"chance": 1.0}))
    got = changed_register(register, chances.rows, drawn_change(chances, 0, 0))
    assert (got["full_members"] == register["full_members"] + 1).all()
    assert got["members_floating"].isna().all()


@pytest.mark.parametrize("discovery", [None, {"chance": 0.0}])
def test_nothing_found_is_simulate_bit_for_bit(hamlet, discovery):
    rules = wb.Scenario().replace({"census.discovery": discovery, "targets.organization": 0.4})
    grouping = wb.group(hamlet, rules)
    census = wb.simulate_census(hamlet, rules, grouping, outcomes=4, replications=25, seed=7)
    outcome = wb.simulate(hamlet, rules, grouping, replications=100, seed=7)
    last = outcome.dataset["organizations_with_branch"].isel(day=outcome.calendar.deadline_day)
    counts = last.sum("responsible").to_numpy().reshape(4, 25)
    assert census.table["expected"].tolist() == [int(each.sum()) / (len(hamlet) * 25) for each in counts]
    assert census.table["probability"].tolist() == (counts / len(hamlet) >= 0.4).mean(axis=1).tolist()
    assert census.variance["campaign"] == (counts / len(hamlet)).var(axis=1, ddof=1).mean()
    assert (census.table["found"] == 0).all()
    assert (census.ceiling == wb.ceiling(hamlet, rules, grouping).value).all()


def test_the_same_bits_on_any_number_of_threads():
    register, rules = tiny(4)
    rules = rules.replace("census.discovery", LAW)
    one, other = (wb.simulate_census(register, rules, outcomes=6, replications=8, workers=n) for n in (1, 3))
    assert one.table.equals(other.table)
    assert one.probability == other.probability


def test_the_ceiling_against_every_way_a_census_can_turn_out():
    """Enumerated: what each of three organizations turns out to have, with its chance."""
    register = wb.check_register(
        pd.DataFrame(
            {"street": "a", "full_members": [1, 1, 0, 2], "has_branch": False, "x": 0.0, "y": 0.0},
            index=pd.Index(["p", "q", "r", "s"], name="org_id"),
        )
    )
    rules = wb.Scenario().replace("census.discovery", {"chance": 0.4, "fewer": 0.2})
    expected = 0.0
    for changes in product((1, 0, -1), repeat=4):
        chance = float(np.prod([{1: 0.4, 0: 0.4, -1: 0.2}[change] for change in changes]))
        members = np.maximum(register["full_members"].to_numpy() + changes, 0)
        alone, single = int((members >= 2).sum()), int((members == 1).sum())
        expected += chance * (alone + (single if single >= 3 else 0)) / 4
    census = wb.simulate_census(register, rules, outcomes=400, replications=2)
    spread = float(census.ceiling.std(ddof=1)) / np.sqrt(len(census.ceiling))
    assert abs(float(census.ceiling.mean()) - expected) < 4 * spread


def test_the_interval_holds_over_made_up_truths():
    """500 truths: the chance differs from census to census; 95 % intervals on the C means hold what they should."""
    rng = np.random.default_rng(11)
    held = 0
    for _ in range(500):
        a, b = rng.uniform(2, 6, 2)
        means = rng.binomial(50, rng.beta(a, b, 40)) / 50
        estimate = _probability(means)
        held += estimate.low <= a / (a + b) <= estimate.high
    assert 0.92 <= held / 500 <= 0.98


def test_variance_is_unbiased():
    """Analysis of variance over many made-up cities with a known split; clipping at 0 is what bias there is."""
    rng = np.random.default_rng(5)
    found = [_variance(rng.normal(rng.normal(0, 0.3, 20)[:, None], 0.5, (20, 10))) for _ in range(400)]
    mean = pd.DataFrame(found).mean()
    assert mean["census"] == pytest.approx(0.09, rel=0.05)
    assert mean["campaign"] == pytest.approx(0.25, rel=0.02)


def test_required_findings():
    """So many members, split among responsible units; none where the target is reached, more where it is higher."""
    register, rules = tiny(8)
    top = wb.ceiling(register, rules, wb.group(register, rules)).possible
    rules = rules.replace({"census.discovery": {"chance": 0.2}, "targets.organization": (top + 1) / len(register)})
    census = wb.simulate_census(register, rules, outcomes=20, replications=2)
    required = census.required
    assert required.members is not None
    assert required.members >= 1
    assert int(required.by_responsible.sum()) == required.members
    easy = wb.simulate_census(register, rules.replace("targets.organization", 0.01), outcomes=2, replications=2)
    assert easy.required.members == 0
    hard = wb.simulate_census(register, rules.replace("targets.organization", 1.0), outcomes=5, replications=2)
    assert hard.required.members is None or hard.required.members > required.members


def test_what_is_refused():
    register, rules = tiny(0)
    for wrong in ({"outcomes": 1}, {"replications": 1}, {"seed": -1}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            wb.simulate_census(register, rules, **wrong)
    with pytest.raises(wb.Cancelled):
        wb.simulate_census(register, rules, outcomes=3, replications=2, progress=lambda *_: False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"chance": 1.2},
        {"chance": 0.6, "fewer": 0.6},
        {"more": {1: 0.5}},
        {"more": {0: 1.0}},
        {"by": {"size": {}}},
        {"by": {"kind": {"club": {"chance": 0.1}}}},
        {"fewer": 0.2, "by": {"kind": {"association": {"chance": 0.9}}}},
        {"chances": 0.1},
    ],
)
def test_a_discovery_that_cannot_be(wrong):
    with pytest.raises(wb.ScenarioError, match="faults: 1"):
        wb.Scenario().replace("census.discovery", wrong)
