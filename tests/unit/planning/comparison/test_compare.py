"""Scenarios side by side: every number counted again from the outcomes, ranks that hold, and what is refused."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pandas as pd
import pytest

from tests import cities
from workbench.errors import ScenarioError
from workbench.grouping import group
from workbench.labels import in_language
from workbench.numbers import change
from workbench.planning import compare
from workbench.planning.comparison.compare import Fineness, _pairs, _ranking
from workbench.simulation import load_outcome, simulate, wilson
from workbench.views import figures

REPLICATIONS = 60


@pytest.fixture(scope="module")
def rules(plan):
    return plan.replace({"targets.organization": 0.38, "instructors.total": 7})


@pytest.fixture(scope="module")
def runs(hamlet, rules, joined):
    """Scenarios that change instructors, meetings, grouping, and nothing."""
    plans = {
        "plan": rules,
        "two more": rules.replace("instructors.total", 9),
        "same": rules,
        "fewer meetings": rules.replace("committee.every_weeks", 2),
        "no groups": rules,
    }
    groupings = dict.fromkeys(plans, joined) | {"no groups": False}
    return {
        name: simulate(hamlet, each, groupings[name], replications=REPLICATIONS, seed=7) for name, each in plans.items()
    }


@pytest.fixture(scope="module")
def found(runs):
    return compare(runs)


def test_the_table_counted_by_hand(found, runs):
    base = runs["plan"]
    assert found.table.index.tolist() == list(runs)
    assert (found.baseline, found.replications, found.seed) == ("plan", REPLICATIONS, 7)
    for name, run in runs.items():
        row, pairs = found.table.loc[name], list(zip(run.by_deadline(), base.by_deadline(), strict=True))
        assert row["expected"] == pytest.approx(run.expected())
        assert row["gain"] == pytest.approx(run.expected() - base.expected(), abs=1e-12)
        assert row["gain_low"] <= row["gain"] <= row["gain_high"]
        assert (row["probability"], row["low"], row["high"]) == pytest.approx(tuple(run.probability()))
        assert row["probability_gain"] == pytest.approx(run.probability().value - base.probability().value)
        assert row["better"] == sum(one > other for one, other in pairs) / REPLICATIONS
        assert row["worse"] == sum(one < other for one, other in pairs) / REPLICATIONS
        assert row["tied"] == sum(one == other for one, other in pairs) / REPLICATIONS
        assert row["better"] + row["worse"] + row["tied"] == pytest.approx(1.0)
        assert tuple(row[["better_low", "better_high"]]) == pytest.approx(
            tuple(wilson(round(row["better"] * REPLICATIONS), REPLICATIONS))[1:]
        )


def test_the_same_scenario_is_tied_in_every_replication(found):
    row = found.table.loc["same"]
    assert (row["gain"], row["tied"]) == (0.0, 1.0)
    # So few replications do not show that there is no difference at all.
    assert -0.01 < row["gain_low"] < 0.0 < row["gain_high"] < 0.01
    base = found.table.loc["plan"]
    assert (base["gain_low"], base["gain_high"], base["probability_gain_low"], base["probability_gain_high"]) == (
        0.0,
    ) * 4
    assert row["probability_gain_low"] < 0.0 < row["probability_gain_high"]
    assert found.parts_from("same") is None
    assert found.parts_most_in("same") is None
    assert "the same in every replication" in found.summary()


def test_the_same_in_the_end_but_not_on_the_way_is_said_in_one_voice():
    """Without chance, and with an instructor for everybody: a slower preparation shows on the way only."""
    city = cities.register(*(cities.organization(f"A{number}") for number in range(4)))
    quick = cities.scenario(instructors__total=4, instructors__caseload=1, cases__standalone__approval="none")
    slow = quick.replace("cases.standalone.preparation", 6)
    runs = {name: simulate(city, each, replications=3) for name, each in {"quick": quick, "slow": slow}.items()}
    compared = compare(runs)
    assert (compared.table.loc["slow", "tied"], compared.table.loc["slow", "expected"]) == (1.0, 1.0)
    day = compared.parts_from("slow").date().isoformat()
    line = next(line for line in compared.summary().splitlines() if line.startswith("slow against quick"))
    assert "quick: the same in every replication" not in line
    assert "the city's coverage by the deadline is the same in every replication" in line
    assert line.endswith(f"but not the way there; they part on {day}")


def test_the_same_coverage_held_to_another_target_is_not_called_the_same():
    quick = cities.scenario(instructors__total=4, cases__standalone__approval="none")
    half = cities.register(*(cities.organization(f"A{number}", members=3 * (number < 2)) for number in range(4)))
    runs = {name: simulate(half, quick.replace("targets.organization", aim), replications=3)
            for name, aim in {"low": 0.5, "high": 0.6}.items()}  # fmt: skip
    aims = compare(runs)
    assert (aims.table.loc["high", "tied"], aims.table.loc["high", "probability_gain"]) == (1.0, -1.0)
    assert "a difference of 0.0 [-" in aims.summary()
    assert "; probability in 0 of 3 simulations, -100.0" in aims.summary()


def test_a_grouping_may_be_what_differs(found):
    row = found.table.loc["no groups"]
    assert row["tied"] < 0.5
    assert row["gain"] < 0.0


def test_responsible_units_counted_by_hand(found, runs):
    base = runs["plan"]
    for (name, responsible), row in found.by_responsible.iterrows():
        table, before = runs[name].breakdown("responsible"), base.breakdown("responsible")
        assert row["coverage"] == pytest.approx(table["coverage"].loc[responsible])
        assert row["gain"] == pytest.approx(table["coverage"].loc[responsible] - before["coverage"].loc[responsible])
        assert row["parts"] == (row["gain_low"] > 0 or row["gain_high"] < 0)
    # The city's gain is made of the responsible units'.
    sizes = base.organizations.groupby("responsible").size()
    for name in list(runs)[1:]:
        gains = found.by_responsible.loc[name]["gain"]
        assert (gains * sizes).sum() / sizes.sum() == pytest.approx(found.table["gain"].loc[name], abs=1e-12)


def test_days_counted_by_hand(found, runs):
    day = pd.Timestamp("2027-08-24")
    for name in list(runs)[1:]:
        row = found.by_day.loc[(name, day)]
        one, other = runs[name].by_deadline(by=day.date()), runs["plan"].by_deadline(by=day.date())
        assert row["coverage"] == pytest.approx(one.mean())
        assert row["gain"] == pytest.approx((one - other).mean())
        assert row["probability"] == (one >= 0.38).mean()
    last = found.by_day.loc["two more"].iloc[-1]
    assert last["gain"] == pytest.approx(found.table["gain"].loc["two more"])
    first = found.parts_from("fewer meetings")
    assert first is not None
    rows = found.by_day.loc["fewer meetings"]["parts"]
    assert not rows[rows.index < first].any()


def test_turned_round_everything_changes_its_sign(runs):
    one = compare({name: runs[name] for name in ("plan", "two more")})
    other = compare({name: runs[name] for name in ("two more", "plan")})
    row, back = one.table.loc["two more"], other.table.loc["plan"]
    assert row["gain"] == pytest.approx(-back["gain"])
    assert row["gain_low"] == pytest.approx(-back["gain_high"])
    assert row["probability_gain_low"] == pytest.approx(-back["probability_gain_high"], abs=1e-9)
    assert (row["better"], row["worse"]) == (back["worse"], back["better"])
    assert one.ranking.index.tolist() == other.ranking.index.tolist()
    assert one.ranking["behind"].tolist() == pytest.approx(other.ranking["behind"].tolist())


def test_the_ranking_holds_together(found):
    ranking = found.ranking
    assert ranking["rank"].tolist() == [1, 2, 3, 4, 5]
    assert ranking["expected"].is_monotonic_decreasing
    assert (ranking["best_rank"] <= ranking["rank"]).all()
    assert (ranking["rank"] <= ranking["worst_rank"]).all()
    assert ranking["behind"].iloc[0] == 0.0
    assert (ranking["behind"] >= 0.0).all()
    assert (ranking["behind_low"] <= ranking["behind"]).all()
    assert found.best == ranking.index[ranking["best_rank"] == 1].tolist()
    # Twins share a range of ranks, wherever the others are.
    twins = ranking.loc[["plan", "same"]]
    assert twins["best_rank"].nunique() == twins["worst_rank"].nunique() == 1
    assert (twins["worst_rank"] > twins["best_rank"]).all()
    # Whoever may be the best is not behind it for certain, and the other way round.
    assert ((ranking["behind_low"] <= 0) | ~ranking["among_best"]).all()


def test_ranked_by_probability(runs):
    found = compare(runs, rank_by="probability")
    assert found.ranking["probability"].is_monotonic_decreasing
    assert "the probability of the target" in found.summary()
    assert found.ranking["behind"].tolist() == pytest.approx(
        (found.ranking["probability"].iloc[0] - found.ranking["probability"]).tolist()
    )


def test_the_best_is_kept_and_false_ranks_are_rare():
    """Six scenarios, three of them equally good: over 250 samples the family's error keeps its level."""
    rng = np.random.default_rng(3)
    shift = {"a": 0.0, "b": 0.0, "c": 0.0, "d": -0.02, "e": -0.3, "f": -0.3}
    wrong = lost = told = alone = 0
    samples = 250
    for _ in range(samples):
        common = rng.normal(0.5, 0.1, 50)
        coverage = {name: common + by + rng.normal(0, 0.05, 50) for name, by in shift.items()}
        hits = {name: values >= 0.5 for name, values in coverage.items()}
        pairs = _pairs(coverage, hits, 0.95, Fineness(1e-3, 5))
        ranking = _ranking(coverage, hits, pairs, "expected")
        true_best = {"a": (1, 3), "b": (1, 3), "c": (1, 3), "d": (4, 4), "e": (5, 6), "f": (5, 6)}
        # Equal ones may stand in any order among themselves: a range is wrong if it leaves one of these out.
        wrong += any(
            ranking["best_rank"][name] > low or ranking["worst_rank"][name] < high
            for name, (low, high) in true_best.items()
        )
        lost += not ranking["among_best"][["a", "b", "c"]].all()
        told += not ranking["among_best"][["e", "f"]].any()
        differences = [coverage[one] - coverage[two] for one, two in (("a", "b"), ("a", "c"), ("b", "c"), ("e", "f"))]
        alone += any(abs(each.mean()) > 2.01 * each.std(ddof=1) / 50**0.5 for each in differences)
    # 25 of 250 would be twice the level; were it kept exactly, more than 24 came once in five hundred.
    assert wrong <= 24
    assert lost <= 24
    assert told == samples
    assert alone > 30, "without the correction false ranks are common"


# --- Calendars, targets, denominators -------------------------------------------------------------------------


def test_days_are_matched_by_date(hamlet, rules, joined, runs):
    """One works Saturdays, starts earlier, and has another deadline and target."""
    other = rules.replace(
        {
            "calendar.weekmask": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
            "calendar.start": "2027-07-12",
            "calendar.deadline": "2027-08-28",
            "targets.organization": 0.35,
        }
    )
    run = simulate(hamlet, other, joined, replications=REPLICATIONS, seed=7)
    found = compare({"plan": runs["plan"], "other": run})
    days = found.by_day.loc["other"].index
    assert days[0] == pd.Timestamp("2027-07-15")
    assert days[-1] == pd.Timestamp("2027-08-28")
    saturday = found.by_day.loc[("other", pd.Timestamp("2027-08-21"))]
    friday = found.by_day.loc[("other", pd.Timestamp("2027-08-20"))]
    assert saturday["baseline"] == friday["baseline"]
    assert saturday["coverage"] == pytest.approx(run.by_deadline(by="2027-08-21").mean())
    assert saturday["probability"] == (run.by_deadline(by="2027-08-21") >= 0.35).mean()
    assert found.table["probability"].loc["other"] == run.probability().value
    assert "held to its own" in found.summary()
    assert "held to its own" not in compare({"plan": runs["plan"], "two more": runs["two more"]}).summary()


def test_campaigns_of_different_years_share_no_day(hamlet, rules, joined, runs):
    later = rules.replace(
        {
            "calendar": {
                "start": "2028-07-17",
                "mobilisation": "2028-07-25",
                "census_end": "2028-07-31",
                "formation_opens": "2028-08-01",
                "review": "2028-08-16",
                "deadline": "2028-08-31",
            },
            "committee.first": "2028-08-01",
        }
    )
    run = simulate(hamlet, later, joined, replications=REPLICATIONS, seed=7)
    found = compare({1: runs["plan"], 2: run})
    assert found.by_day.empty
    assert found.parts_from("2") is None
    assert found.table["expected"].loc["2"] == pytest.approx(run.expected())
    assert "2 against 1: expected" in found.summary()
    assert figures.differences(found, by="day").get_lines() == []
    assert replace(found, by_responsible=found.by_responsible.iloc[:0]).parts_most_in("2") is None


def test_work_coverage(runs):
    found = compare(runs, target="work")
    assert found.table["expected"].loc["two more"] == pytest.approx(runs["two more"].expected("work"))
    assert "work coverage" in found.summary()
    assert found.by_responsible.loc["two more"]["coverage"].tolist() == pytest.approx(
        runs["two more"].breakdown("responsible")["work_coverage"].tolist()
    )


def test_without_responsible_units_in_the_outcomes(hamlet, rules, joined, runs):
    city = simulate(
        hamlet, rules.replace("instructors.total", 9), joined, replications=REPLICATIONS, seed=7, keep="city"
    )
    found, full = (
        compare({"plan": runs["plan"], "city": city}),
        compare({"plan": runs["plan"], "city": runs["two more"]}),
    )
    pd.testing.assert_frame_equal(found.table, full.table)
    assert found.by_responsible["gain"].tolist() == pytest.approx(full.by_responsible["gain"].tolist())
    assert found.by_responsible["gain_low"].isna().all()
    assert not found.by_responsible["parts"].any()


def test_outcomes_from_files_compare_alike(found, runs, tmp_path):
    again = {name: load_outcome(run.save(tmp_path / f"{turn}.nc")) for turn, (name, run) in enumerate(runs.items())}
    pd.testing.assert_frame_equal(compare(again).table, found.table)


# --- Text and refusals ----------------------------------------------------------------------------------------


def test_the_summary_in_both_languages(found):
    with in_language("zh"):
        chinese = found.summary()
    assert "逐次对比" in chinese
    assert "分不出高下" in chinese or "最好" in chinese
    english = found.summary()
    written = change(*(float(found.table["expected"].loc[name]) for name in ("plan", "two more")))
    assert f"expected {written.before} → {written.after}, a difference of {written.gain} [" in english
    assert "they part on 2027-" in english
    assert len(english.splitlines()) == 1 + 4 + 1


def test_a_result_is_frozen(found):
    with pytest.raises(FrozenInstanceError):
        found.baseline = "other"


def test_one_outcome_is_no_comparison(runs):
    with pytest.raises(ScenarioError, match="at least two scenarios; there is 1"):
        compare({"plan": runs["plan"]})
    with pytest.raises(ScenarioError, match="there are 0"):
        compare({})


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("seed", "replications", "same organizations")), ("zh", ("种子", "模拟次数", "同一批社会组织"))],
)
def test_everything_that_does_not_pair_is_named_at_once(hamlet, rules, joined, runs, language, words):
    few = simulate(hamlet, rules, joined, replications=1, seed=7)
    strange = simulate(hamlet.iloc[1:], rules, replications=REPLICATIONS, seed=8)
    with in_language(language):
        with pytest.raises(ScenarioError) as refused:
            compare({"plan": runs["plan"], "few": few, "strange": strange})
        message = str(refused.value)
    assert [fault.code for fault in refused.value.faults] == [
        *("compare_few", "compare_replications"),
        *("compare_seed", "compare_register"),
    ]
    assert all(word in message for word in words)
    assert hamlet.index[0] in message


def test_another_register_of_the_same_organizations_pairs(hamlet, rules, runs):
    """A census that found members: who is who stays, and so does everybody's luck."""
    found = hamlet.assign(full_members=hamlet["full_members"] + (hamlet["full_members"] == 0))
    if "members_on_roll" in found:
        found = found.drop(columns=["members_on_roll", "members_floating", "members_part_time"])
    from workbench.inputs import check_register

    census = check_register(found)
    run = simulate(census, rules, group(census, rules, effort="quick"), replications=REPLICATIONS, seed=7)
    assert compare({"plan": runs["plan"], "census": run}).table["gain"].loc["census"] > 0


def test_unknown_words(runs):
    with pytest.raises(ValueError, match="target = 'works': must be one of organization, work; did you mean work"):
        compare(runs, target="works")
    with pytest.raises(ValueError, match="rank_by = 'luck': must be one of expected, probability"):
        compare(runs, rank_by="luck")
    with pytest.raises(ValueError, match=r"level = 95"):
        compare(runs, level=95)


def test_the_level_widens(runs, found):
    wide = compare(runs, level=0.999)
    assert (wide.table["gain_low"] <= found.table["gain_low"]).all()
    assert (wide.table["low"] <= found.table["low"]).all()
    assert replace(wide, level=0.95).level == found.level


def test_a_day_without_a_difference_may_yet_have_one(runs):
    found = compare({name: runs[name] for name in ("plan", "two more")})
    for table in (found.by_day, found.by_responsible):
        level = table[table["gain"] == 0.0]
        assert ((level["gain_low"] < 0.0) & (level["gain_high"] > 0.0)).all()
        assert not level["parts"].any()
    assert (found.by_day["gain"] == 0.0).any()


def test_two_denominators_are_refused(hamlet, rules, joined, runs):
    """Dormant organizations counted or not: the same branches are other shares, and nothing was done better."""
    active = rules.replace("policy.denominator", "active")
    run = simulate(hamlet, active, joined, replications=REPLICATIONS, seed=7)
    assert run.total < runs["plan"].total
    with pytest.raises(ScenarioError, match=f"active, found '{run.total}'") as refused:
        compare({"plan": runs["plan"], "active": run})
    assert [fault.code for fault in refused.value.faults] == ["compare_denominator"]
    assert "policy.denominator" in str(refused.value)


def test_outcomes_without_names_are_called_by_their_scenarios(runs):
    found = compare([runs["plan"], runs["two more"], runs["same"]])
    label = runs["plan"].scenario.label
    assert found.table.index.tolist() == [label, f"{label} (2)", f"{label} (3)"]
    assert found.baseline == label


@pytest.mark.parametrize("given", [5, "plan", None, {"plan": 0.6}, ["weekly"]], ids=str)
def test_what_is_no_collection_of_outcomes_is_refused(given):
    with pytest.raises(ValueError, match=r"outcomes = .*: must be a map of names to outcomes"):
        compare(given)


def test_equals_are_told_as_equals(runs):
    """Whichever is named first: two that come to the very same are both the best, or none is."""
    for names in (("plan", "same"), ("same", "plan")):
        pair = compare({name: runs[name] for name in names})
        assert pair.leaders == list(names)
        assert f"{names[0]}, {names[1]} come to the same: none is ahead" in pair.summary()
        three = compare({name: runs[name] for name in (*names, "fewer meetings")})
        assert three.leaders == list(names)
        rivals = [name for name in three.best if name not in names]
        words = "come to the same and look best" if rivals else "come to the same and are the best"
        assert f"{names[0]}, {names[1]} {words}" in three.summary()
        with in_language("zh"):
            assert ("不相上下，看来最好" if rivals else "并列最好") in three.summary()
            assert "、".join(names) in three.verdict("figure.differences")
