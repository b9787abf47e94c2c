"""How much it takes: ceilings under each switch, instructors for a confidence, members for the ceiling."""

from __future__ import annotations

import pytest

from tests.cities import organization, register, scenario
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.labels import in_language
from workbench.planning import (
    allocate,
    ceiling,
    ceiling_table,
    required_instructors,
    required_members,
)

# --- Ceilings -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ceilings(hamlet, plan, joined):
    return ceiling_table(hamlet, plan, joined)


def test_every_row_is_a_ceiling_of_joint_branches_found_anew(ceilings, hamlet, plan, joined):
    table = ceilings.table
    as_it_stands = table.iloc[0]
    top = ceiling(hamlet, plan, joined)
    assert (as_it_stands["switch"], as_it_stands["ceiling"]) == ("as_it_stands", top.value)
    tries = {
        ("member_basis", "on_roll"): {"policy.member_basis": "on_roll"},
        ("two_members", "joint"): {"policy.two_members": "joint"},
        ("max_units", "10"): {"grouping.max_units": 10},
        ("denominator", "active"): {"policy.denominator": "active"},
        ("facilities", ""): {"grouping.facilities": []},
    }
    by_switch = table.set_index(["switch", "value"])
    for key, changes in tries.items():
        changed = plan.replace(changes)
        expected = ceiling(hamlet, changed, group(hamlet, changed))
        row = by_switch.loc[key]
        assert (row["ceiling"], row["possible"]) == (expected.value, expected.possible)
        assert row["missing"] == expected.missing
        assert row["organizations"] == expected.by_responsible["organizations"].sum()
        assert row["bound"] >= row["ceiling"]
        assert not row["current"]
    assert by_switch.loc[("member_basis", "part_time"), "current"]
    assert (table.loc[table["current"], "ceiling"] == top.value).all()


def test_wider_rules_never_lower_the_ceiling(ceilings):
    by_switch = ceilings.table.set_index(["switch", "value"])["bound"]
    assert by_switch["member_basis", "on_roll"] <= by_switch["member_basis", "floating"]
    assert by_switch["member_basis", "floating"] <= by_switch["member_basis", "part_time"]
    assert by_switch["max_units", "5"] <= by_switch["max_units", "10"]
    assert by_switch["facilities", ""] <= by_switch["as_it_stands", ""]


def test_what_the_register_does_not_say_is_left_out():
    orgs = register(*(organization(f"o{n}", n % 4, x=0.0, y=0.0) for n in range(8)))
    table = ceiling_table(orgs, scenario()).table
    assert table.loc[table["switch"] == "member_basis", "value"].tolist() == ["part_time"]


def test_ceilings_in_words(ceilings):
    text = ceilings.summary()
    assert text.splitlines()[0] == "Target 60%; the ceiling is:"
    assert len(text.splitlines()) == len(ceilings.table) + 1
    assert "members that count: on the organization's own roll" in text
    assert "organizations short" in text
    with in_language("zh"):
        assert "联合党组织最多 10 家" in ceilings.summary()


# --- Instructors --------------------------------------------------------------------------------------------------


def test_the_fewest_for_each_confidence(hamlet, plan, joined):
    rules = plan.replace("targets.organization", 0.38)
    found = required_instructors(hamlet, rules, joined, confidences=(0.2, 0.5, 1.0), replications=40, seed=3)
    assert found.now == plan.instructors.total
    for confidence, row in found.table.iterrows():
        one = allocate(hamlet, rules, joined, confidence=confidence, replications=40, seed=3)
        assert found.allocations[confidence].instructors.equals(one.instructors)
        assert (row["reached"], row["instructors"], row["proven"]) == (one.reached, one.total, one.proven)
        assert (row["probability"], row["low"], row["high"]) == tuple(one.probability)
        assert row["more"] == one.total - 9
        assert (row["sample_probability"] >= confidence) == row["reached"]
    assert found.table["reached"].tolist() == [True, True, False]
    assert found.table["instructors"].iloc[0] <= found.table["instructors"].iloc[1]
    lines = found.summary().splitlines()
    assert len(lines) == 4
    assert f"confidence 20%: {found.table['instructors'].iloc[0]} (" in lines[1]
    assert "no number is enough" in lines[3]
    with in_language("zh"):
        assert "多少名都不够" in found.summary()


# --- Members ------------------------------------------------------------------------------------------------------


def test_none_where_the_ceiling_is_high_enough(hamlet, plan, joined):
    found = required_members(hamlet, plan.replace("targets.organization", 0.3), joined)
    assert (found.members, found.bound, found.ceiling) == (0, 0, ceiling(hamlet, plan, joined).value)
    assert found.places.empty
    assert found.table.empty
    assert "need not find any" in found.summary()


def test_members_found_where_it_says_are_enough(hamlet, plan, joined):
    wanted = plan.replace("targets.organization", 0.7)
    found = required_members(hamlet, wanted, joined)
    assert found.bound <= found.members == found.places["members"].sum() == found.table["members"].sum()
    richer = hamlet.copy()
    for place in found.places.itertuples():
        richer.loc[place.org_id, ["full_members", "members_on_roll"]] += place.members
        assert hamlet.loc[place.org_id, "responsible"] == place.responsible
        assert not hamlet.loc[place.org_id, "has_branch"]
        assert not hamlet.loc[place.org_id, "dormant"]
    after = ceiling(richer, wanted, found.grouping)
    assert after.missing == 0
    assert after.value == found.reached >= 0.7
    assert found.grouping.check(richer, wanted).ok
    first = found.table["members"]
    assert first.is_monotonic_decreasing
    assert f"{first.index[0]} {first.iloc[0]}" in found.summary()
    # Less than one member an organization lacking is enough only where units that were left out come in.
    assert found.members >= found.bound >= ceiling(hamlet, wanted, joined).missing - len(joined.left_out)


def test_beyond_every_member_it_says_so(hamlet, plan, joined):
    wanted = plan.replace("targets.organization", 1.0)
    found = required_members(hamlet, wanted, joined)
    assert found.members is None
    # Whoever is not dormant can have a branch, if only enough members are found.
    assert found.reached == 1.0 - hamlet["dormant"].mean() < 1.0
    assert "at best" in found.summary()


def test_whoever_is_stranded_by_what_is_found_elsewhere_finds_members_too():
    """In this city the best partners of some find members of their own, and with all finds two are left without."""
    everybody = Scenario().replace({"policy.denominator": "active", "targets.organization": 1.0})
    found = required_members(make_city(60, 3, seed=1), everybody)
    assert found.reached == 1.0
    assert found.places["org_id"].is_unique
    assert found.members == found.places["members"].sum() >= found.bound


def test_whom_planners_pair_or_pin_keeps_its_place():
    """Two units that are left out must be together; without those on no roll they would be no units at all."""
    none = {"members_on_roll": 0, "members_floating": 0, "members_part_time": 0}
    orgs = register(
        organization("a", has_branch=True, **none | {"members_on_roll": 3}),
        *(organization(name, 1, x=0.0, y=0.0, **none | {"members_floating": 1}) for name in "bc"),
        *(organization(f"e{n}", 0, x=50.0 + n, y=0.0, **none) for n in range(2)),
    )
    paired = scenario(grouping__must_link=[["b", "c"]], targets__organization=0.6)
    found = required_members(orgs, paired)
    assert found.members == 4
    assert set(found.places["org_id"]) == {"e0", "e1"}
    # What is out of reach as long as they are linked is told so, and without the link it is not.
    whole = paired.replace("targets.organization", 1.0)
    never = required_members(orgs, whole)
    assert (never.members, never.reached) == (None, 0.6)
    assert "(2 are pinned or linked, and stay in joint branches): below the target of 100%" in never.summary()
    assert required_members(orgs, whole.replace("grouping.must_link", [])).reached == 1.0
    table = ceiling_table(orgs, paired).table
    assert set(table["switch"]) >= {"as_it_stands", "two_members", "denominator"}
    assert "on_roll" not in set(table["value"])  # nobody to pair there
