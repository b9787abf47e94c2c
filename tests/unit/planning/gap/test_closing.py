"""What closes the shortfall: each measure is as large as it must be and no larger, and is what a simulation shows."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from workbench.labels import in_language
from workbench.planning import explain_gap
from workbench.planning.gap.measures import both_rules
from workbench.simulation import simulate

REPLICATIONS = 30


@pytest.fixture(scope="module")
def short(plan):
    """A target above what four instructors are expected to reach."""
    return plan.replace(
        {"instructors.total": 4, "targets.organization": 0.38, "committee.every_weeks": 2, "committee.agenda": 15}
    )


@pytest.fixture(scope="module")
def gap(hamlet, short, joined):
    return explain_gap(hamlet, short, joined, replications=REPLICATIONS, seed=5)


def outcome_of(hamlet, joined, scenario, numbers=None):
    given = scenario if numbers is None else scenario.replace("instructors.by_responsible", numbers)
    return simulate(hamlet, given, joined, replications=REPLICATIONS, seed=5)


def present(outcome):
    responsible_units = outcome.stages["responsible"].to_numpy()
    return dict(zip(map(str, responsible_units), map(int, outcome.stages["instructors"].to_numpy()), strict=True))


def test_every_measure_is_what_a_simulation_shows(gap, hamlet, short, joined):
    table = gap.closing.table
    base = outcome_of(hamlet, joined, short)
    now = present(base)
    both = short.replace(both_rules(short))
    tries = {
        "more_instructors": (short, True),
        "weekly_meetings": (short.replace("committee.every_weeks", 1), False),
        "weekly_and_no_limit": (both, False),
        "weekly_no_limit_and_more": (both, True),
        "direct": (
            short.replace({f"cases.{k}.approval": "direct" for k in ("standalone", "assisted", "joint", "attached")}),
            False,
        ),
    }
    assert {"move", "more_instructors", "weekly_meetings", "direct"} <= set(table.index)
    for name in set(tries) & set(table.index):
        scenario, more = tries[name]
        numbers = {s: n + (table.loc[name, "responsible_units"].get(s, 0) if more else 0) for s, n in now.items()}
        outcome = outcome_of(hamlet, joined, scenario, numbers)
        row = table.loc[name]
        assert row["expected"] == pytest.approx(outcome.expected(), abs=1e-12)
        assert (row["probability"], row["low"], row["high"]) == tuple(outcome.probability())
        assert row["gain"] == pytest.approx(outcome.expected() - gap.expected, abs=1e-12)
        assert row["closes"] == (row["expected"] >= 0.38)
        assert row["size"] == sum(row["responsible_units"].values())


def test_no_fewer_instructors_close_it(gap, hamlet, short, joined):
    row = gap.closing.table.loc["more_instructors"]
    assert row["closes"]
    assert row["size"] >= 3
    now = present(outcome_of(hamlet, joined, short))
    for added in product(range(row["size"]), repeat=len(now)):
        if sum(added) == row["size"] - 1:
            numbers = {responsible: n + more for (responsible, n), more in zip(now.items(), added, strict=True)}
            assert outcome_of(hamlet, joined, short, numbers).expected() < 0.38


def test_the_smallest_agenda_that_is_tried_and_closes(hamlet, plan, joined):
    tight = plan.replace({"instructors.total": 30, "committee.agenda": 3, "targets.organization": 0.41})
    table = explain_gap(hamlet, tight, joined, replications=REPLICATIONS, seed=5).closing.table
    assert table.loc["larger_agenda", "closes"]
    size = int(table.loc["larger_agenda", "size"])
    assert size in (4, 5, 6, 9)
    assert outcome_of(hamlet, joined, tight.replace("committee.agenda", size)).expected() >= 0.41
    for smaller in {4, 5, 6, 9} & set(range(size)):
        assert outcome_of(hamlet, joined, tight.replace("committee.agenda", smaller)).expected() < 0.41


def test_measures_that_change_nothing_are_not_tried(hamlet, plan, joined):
    open_handed = plan.replace({"committee.agenda": None, "targets.organization": 0.5})
    names = explain_gap(hamlet, open_handed, joined, replications=5).closing.table.index
    assert not {"larger_agenda", "no_agenda_limit", "weekly_meetings", "weekly_and_no_limit"} & set(names)


@pytest.mark.parametrize("city", [True, False])
def test_a_limit_that_cannot_be_enlarged_step_by_step_is_lifted(hamlet, short, joined, city):
    """Nobody hears anything: by the city's rule, or by every responsible unit's own."""
    own = {
        "committee.agenda": None,
        "committee.by_responsible": {str(s): {"agenda": 0} for s in hamlet["responsible"].unique()},
    }
    limited = short.replace({"committee.agenda": 0} if city else own)
    row = explain_gap(hamlet, limited, joined, replications=REPLICATIONS, seed=5).closing.table.loc["no_agenda_limit"]
    lifted = short.replace({"committee.agenda": None})
    assert row["expected"] == outcome_of(hamlet, joined, lifted).expected()
    assert row["gain"] > 0


def test_what_it_says(gap, hamlet, short, joined):
    closing = gap.closing
    assert closing is gap.closing
    assert closing.needed
    lines = closing.summary().splitlines()
    assert "What closes the shortfall" in lines[0]
    size = int(closing.table.loc["more_instructors", "size"])
    assert any(line.startswith(f"  ✓ {size} more instructors (of them ") for line in lines)
    marks = [line.strip()[0] for line in lines[1:]]
    assert marks == sorted(marks, reverse=True)  # what closes it first
    with in_language("zh"):
        assert f"增派指导员 {size} 名（其中 " in closing.summary()

    assert "is below the target" in replace(closing, ceiling=0.3).summary()
    assert "at or above the target" in replace(closing, expected=0.9).summary()
    out_of_reach = explain_gap(hamlet, short.replace("targets.organization", 0.62), joined, replications=5).closing
    assert not out_of_reach.table["closes"].any()
    assert "none of these closes the shortfall" in out_of_reach.summary()


def test_limits_hold_and_a_gap_made_otherwise_has_none(gap, hamlet, short, joined):
    responsible_units = sorted(hamlet["responsible"].unique())
    limited = short.replace("instructors.limits", {responsible_units[0]: [0, 2], responsible_units[1]: [9, 9]})
    closing = explain_gap(hamlet, limited, joined, replications=5).closing
    assert closing.table.loc["move", "size"] == 0  # the least numbers exceed the total: nobody can be moved
    now = present(outcome_of(hamlet, joined, limited))
    more = closing.table.loc["more_instructors", "responsible_units"]
    assert now[responsible_units[0]] + more.get(responsible_units[0], 0) <= 2
    assert now[responsible_units[1]] + more[responsible_units[1]] == 9
    with pytest.raises(ValueError, match="explain_gap"):
        _ = replace(gap, _close=None).closing


def test_present_instructors_beyond_the_limits_are_brought_to_them(hamlet, short, joined):
    """Four in one pool that may have two, and none in one that must have three: two go, and three are missing."""
    responsible_units = sorted(map(str, hamlet["responsible"].unique()))
    placed = short.replace(
        {
            "instructors.by_responsible": {responsible_units[0]: 4},
            "instructors.limits": {responsible_units[0]: [0, 2], responsible_units[1]: [3, 5]},
        }
    )
    row = explain_gap(hamlet, placed, joined, replications=REPLICATIONS, seed=5).closing.table.loc["more_instructors"]
    numbers = {
        responsible: 4 * (responsible == responsible_units[0]) + row["responsible_units"].get(responsible, 0)
        for responsible in responsible_units
    }
    assert numbers[responsible_units[0]] <= 2
    assert 3 <= numbers[responsible_units[1]] <= 5
    assert row["size"] == sum(numbers.values()) - 4
    assert row["expected"] == pytest.approx(outcome_of(hamlet, joined, placed, numbers).expected(), abs=1e-12)
