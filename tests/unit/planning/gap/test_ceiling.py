"""The ceiling, counted by hand; and how many organizations are missing, to the double."""

from __future__ import annotations

import pytest

from tests.cities import organization, placed, register, scenario
from workbench.labels import in_language
from workbench.planning import COVERED, NOT_COVERED, ceiling
from workbench.simulation import simulate

#: Two with a branch (one of them dormant), two T3, one T2, six T1, two T0, one dormant T3.
CITY = register(
    organization("b1", 9, "A", has_branch=True, host_capacity=1),
    organization("b2", 3, "B", has_branch=True, dormant=True),
    organization("three", 3, "A"), organization("four", 4, "B"), organization("two", 2, "B"),
    *(organization(f"p{n}", 1, "A") for n in range(3)), organization("guest", 1, "B"),
    *(organization(f"left{n}", 1, "B") for n in range(2)),
    organization("none", 0, "A"), organization("nobody", 0, "B", has_instructor=True),
    organization("asleep", 3, "B", dormant=True),
)  # fmt: skip
GROUPING = placed(*((f"p{n}", "peer", "p0") for n in range(3)), ("guest", "host", "b1"))


def ways(**changes):
    grouping = changes.pop("grouping", GROUPING)
    table = ceiling(CITY, scenario(**changes), grouping).table
    assert list(table.index) == [*COVERED, *NOT_COVERED]
    return {way: count for way, count in table["organizations"].items() if count}


def test_every_organization_has_one_way():
    assert ways() == {
        "branch": 2, "standalone": 2, "assisted": 1, "joint": 3, "attached": 1,
        "left_out": 2, "no_member": 2, "dormant": 1,
    }  # fmt: skip
    top = ceiling(CITY, scenario(), GROUPING)
    assert (top.possible, top.value) == (9, 9 / 14)
    assert top.table["share"].tolist() == (top.table["organizations"] / 14).tolist()
    assert top.table["organizations"].sum() == len(CITY)


def test_without_a_grouping_nobody_joins():
    assert ways(grouping=False) == {
        "branch": 2, "standalone": 2, "assisted": 1, "left_out": 6, "no_member": 2, "dormant": 1,
    }  # fmt: skip


def test_two_members_by_the_regulation():
    assert ways(policy__two_members="joint")["left_out"] == 3
    assert "assisted" not in ways(policy__two_members="joint")


def test_without_the_dormant():
    assert ways(policy__denominator="active") == {
        "branch": 1, "standalone": 2, "assisted": 1, "joint": 3, "attached": 1, "left_out": 2, "no_member": 2,
    }  # fmt: skip
    assert ceiling(CITY, scenario(policy__denominator="active"), GROUPING).value == 8 / 12


def test_by_responsible_is_the_organizations_own():
    table = ceiling(CITY, scenario(), GROUPING).by_responsible
    assert table.index.tolist() == ["A", "B"]
    assert table["organizations"].tolist() == [6, 8]
    assert table["at_start"].tolist() == [1, 1]
    assert table["possible"].tolist() == [5, 4]  # the guest of A's host lives in B
    assert table["ceiling"].tolist() == [5 / 6, 4 / 8]


def test_it_is_what_a_simulation_with_plenty_of_everything_reaches():
    plenty = {"instructors__total": 99, "calendar__horizon": "2028-06-30"}
    outcome = simulate(CITY, scenario(**plenty), GROUPING, replications=2)
    assert set(outcome.coverage.isel(day=-1).to_numpy().tolist()) == {9 / 14}


def city(total, able):
    """So many organizations, so many of them with a branch; the others have no member."""
    return register(*(organization(f"o{n:04d}", 0, has_branch=n < able) for n in range(total)))


@pytest.mark.parametrize(
    ("total", "needed"),
    # 0.6 is a little less than three fifths in doubles, and so is what 3 / 5 gives: three of five are enough.
    # For 0.6 × 35 the product rounds above 21, for others below: only the quotient decides.
    [(5, 3), (10, 6), (35, 21), (7, 5), (1, 1), (100, 60), (101, 61), (115, 69), (99, 60)],
)
def test_missing_at_the_double(total, needed):
    assert needed / total >= 0.6 > (needed - 1) / total
    for able in {needed - 1, needed} & set(range(total + 1)):
        top = ceiling(city(total, able), scenario())
        assert top.missing == max(0, needed - able)
        assert top.reachable is (able >= needed)
        assert top.reachable is (top.missing == 0)


@pytest.mark.parametrize("target", [0.0, 0.1, 1 / 3, 0.57, 0.7, 0.29, 1.0])
def test_missing_for_any_target(target):
    for total in (1, 10, 29, 57):
        needed = next(count for count in range(total + 1) if count / total >= target)
        assert ceiling(city(total, 0), scenario(targets__organization=target)).missing == needed


def test_reachable_says_what_a_simulation_says():
    """The same comparison in doubles as P(target)."""
    for total, able in ((5, 3), (35, 21), (35, 20)):
        orgs = city(total, able)
        top = ceiling(orgs, scenario())
        assert top.reachable is (simulate(orgs, scenario(), replications=1).probability().value == 1.0)


def test_summary():
    low = ceiling(CITY, scenario(targets__organization=0.8), GROUPING)
    assert "9 of 14" in low.summary()
    assert "3 organizations short" in low.summary()  # 12 of 14 is the first share of 80 %
    assert "above the target of 60%" in ceiling(CITY, scenario(), GROUPING).summary()
    with in_language("zh"):
        assert "尚差 3 家" in low.summary()
