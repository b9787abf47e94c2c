"""Order of service: classes by units per working day, near-equal values, infinite worth, kinds by name."""

from __future__ import annotations

import pytest

from tests.cities import organization, placed, register, scenario
from workbench.simulation import build_cases
from workbench.simulation.setup.priorities import nominal_preparation, priorities

CITY = register(
    organization("three"), organization("two", 2), organization("none", 0),
    *(organization(name, 1) for name in ("j1", "j2", "j3", "guest")),
    organization("host", 9, has_branch=True, host_capacity=1),
)  # fmt: skip
GROUPING = placed(
    ("j1", "peer", "j1"), ("j2", "peer", "j1", 3.0), ("j3", "peer", "j1", 3.0), ("guest", "host", "host", 4.0)
)


def classes(**changes):
    """Case -> class."""
    rules = scenario(**changes)
    cases = build_cases(CITY, rules, GROUPING)
    return dict(zip(cases.ids.tolist(), priorities(cases, rules).tolist(), strict=True))


def test_formation_first_puts_the_most_units_a_day_first_and_outreach_last():
    # Units a day: attached 1/1, joint 3/3, standalone and assisted 1/2.
    assert classes() == {"guest": 0, "j1": 0, "three": 1, "two": 1, "none": 2}
    # With distance: attached 1 / (1 * 1.2), joint 3 / (3 * 1.1) with a mean of 2 km.
    expected = {"j1": 0, "guest": 1, "three": 2, "two": 2, "none": 3}
    assert classes(cases__joint__per_km=0.05, cases__attached__per_km=0.05) == expected


def test_work_first_puts_outreach_before_them():
    assert classes(discipline="work_first") == {"none": 0, "guest": 1, "j1": 1, "three": 2, "two": 2}


def test_fifo_knows_one_class():
    assert set(classes(discipline="fifo").values()) == {0}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (["outreach", "joint"], {"none": 0, "j1": 1, "three": 2, "two": 2, "guest": 2}),
        (["assisted"], {"two": 0, "none": 1, "j1": 1, "three": 1, "guest": 1}),
        (
            ["attached", "outreach", "standalone", "joint", "assisted"],
            {"guest": 0, "none": 1, "three": 2, "j1": 3, "two": 4},
        ),
    ],
)
def test_an_explicit_order_of_kinds(order, expected):
    assert classes(discipline=order) == expected


@pytest.mark.parametrize(
    ("days", "together"),
    [(2.0, True), (2.0 * (1 + 1e-14), True), (2.0 * (1 + 9e-13), True), (2.0 * (1 + 2e-12), False), (2.1, False)],
)
def test_near_equal_worth_is_one_class(days, together):
    found = classes(cases__assisted__preparation=days)
    assert (found["two"] == found["three"]) is together
    assert found["three"] <= found["two"]


def test_a_class_is_measured_from_its_first_not_from_neighbour_to_neighbour():
    """Three values, each within 1e-12 of the next: the last is too far from the first."""
    step = 1 + 7e-13
    found = classes(
        cases__attached__preparation=2.0, cases__standalone__preparation=2.0 * step,
        cases__assisted__preparation=2.0 * step**2, cases__joint__preparation=600.0,
    )  # fmt: skip
    assert found == {"guest": 0, "three": 0, "two": 1, "j1": 2, "none": 3}


def test_no_preparation_at_all_is_worth_more_than_anything():
    found = classes(cases__standalone__preparation=0, cases__assisted__preparation=0, cases__attached__preparation=1e-9)
    assert found == {"three": 0, "two": 0, "guest": 1, "j1": 2, "none": 3}
    nothing = {f"cases__{kind}__preparation": 0 for kind in ("standalone", "assisted", "joint", "attached", "outreach")}
    assert classes(**nothing) == {"three": 0, "two": 0, "guest": 0, "j1": 0, "none": 1}


def test_a_law_counts_by_its_mean_before_any_random_factor():
    changes = {"cases__standalone__preparation": {"pert": [0, 1, 20]}, "uncertainty__speed": {"uniform": [0.1, 9]}}
    assert classes(**changes)["three"] > classes(**changes)["two"]  # a mean of 4 days
    rules = scenario(
        cases__joint__per_km={"uniform": [0, 0.1]}, cases__joint__preparation={"exponential": 4}, **changes
    )
    cases = build_cases(CITY, rules, GROUPING)
    days = dict(zip(cases.ids.tolist(), nominal_preparation(cases, rules).tolist(), strict=True))
    assert days == {"three": 4.0, "two": 2.0, "j1": pytest.approx(4 * 1.1), "guest": 1.0, "none": 1.0}


def test_factors_are_for_what_several_share():
    """Distance and size lengthen joint and attached cases only, from the fourth unit on."""
    slow = {f"cases__{kind}__{name}": 1.0 for kind in ("standalone", "assisted", "joint", "attached", "outreach")
            for name in ("per_km", "per_extra_unit")}  # fmt: skip
    rules = scenario(**slow)
    five = placed(*((name, "peer", "j1") for name in ("j1", "j2", "j3", "guest")))
    for grouping, expected in ((GROUPING, {"j1": 9.0, "guest": 5.0}), (five, {"j1": 6.0})):
        cases = build_cases(CITY, rules, grouping)
        days = dict(zip(cases.ids.tolist(), nominal_preparation(cases, rules).tolist(), strict=True))
        assert days == {"three": 2.0, "two": 2.0, "none": 1.0, **expected}


def test_without_cases_there_are_no_classes():
    orgs = register(organization("host", 9, has_branch=True))
    for discipline in ("formation_first", "work_first", "fifo", ["joint"]):
        rules = scenario(discipline=discipline)
        assert priorities(build_cases(orgs, rules), rules).size == 0
