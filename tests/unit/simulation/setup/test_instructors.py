"""Sharing instructors out, and the slots that they give."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tests.cities import FORMATION_OPENS, HORIZON, INSTRUCTORS_OPEN, organization, placed, register, scenario
from workbench.inputs.scenario.calendar import Calendar
from workbench.simulation import build_cases, instructors_by_responsible, share
from workbench.simulation.setup.instructors import build_slots, exact_sums

OPEN = (float(INSTRUCTORS_OPEN), HORIZON)


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        (10, {"b": 3, "a": 3, "c": 1}, {"a": 4, "b": 4, "c": 2}),  # 4.29, 4.29, 1.43: the rest to c
        (4, {"c": 1, "a": 1, "b": 1}, {"a": 2, "b": 1, "c": 1}),  # equal remainders: the name decides
        (5, dict.fromkeys("dcba", 1), {"a": 2, "b": 1, "c": 1, "d": 1}),
        (4, {"c": 0, "a": 0, "b": 0}, {"a": 2, "b": 1, "c": 1}),  # no weight at all: equal shares
        (7, {"a": 0, "b": 2}, {"a": 0, "b": 7}),  # no weight, no instructor
        (1, {"a": 0, "b": Fraction(1, 10**9)}, {"a": 0, "b": 1}),
        (0, {"a": 1, "b": 2}, {"a": 0, "b": 0}),
        (3, {"only": Fraction(1, 3)}, {"only": 3}),
        (10, {"a": 1, "b": 1, "c": 1, "d": 7}, {"a": 1, "b": 1, "c": 1, "d": 7}),
        # 0.1 is not a tenth in doubles; exact arithmetic on what they are keeps ten of them equal.
        (5, dict.fromkeys("abcdefghij", Fraction(0.1)), {**dict.fromkeys("abcde", 1), **dict.fromkeys("fghij", 0)}),
        (9, {}, {}),
    ],
)
def test_largest_remainder(total, weights, expected):
    assert share(total, weights) == expected


def test_the_whole_total_is_shared_and_nobody_gets_more_than_the_next_whole_number():
    weights = {f"{i:02d}": (i * 7919) % 101 for i in range(40)}
    whole = sum(weights.values())
    for total in range(0, 300, 7):
        given = share(total, weights)
        assert sum(given.values()) == total
        for name, number in given.items():
            quota = Fraction(total * weights[name], whole)
            assert quota - 1 < number < quota + 1


def city():
    """Two pools: one with a T3 and two T0, the other with three T1 that join, and an organization with a branch."""
    return register(
        organization("a1", 3, "A"), organization("a2", 0, "A"), organization("a3", 0, "A"),
        organization("b1", 1, "B"), organization("b2", 1, "B"), organization("b3", 1, "B"),
        organization("c1", 9, "C", has_branch=True),
    )  # fmt: skip


TRIO = placed(("b1", "peer", "b2"), ("b2", "peer", "b2"), ("b3", "peer", "b2"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # Days of one attempt: 2 + 1 + 1 in A, 3 in B, none in C.
        ({"instructors__total": 7}, {"A": 4, "B": 3, "C": 0}),
        ({"instructors__total": 7, "instructors__share": "equal"}, {"A": 3, "B": 2, "C": 2}),
        ({"instructors__total": 7, "instructors__share": "by_organizations"}, {"A": 3, "B": 3, "C": 1}),
        # by_responsible wins over the total; a responsible unit that it does not name has none.
        ({"instructors__total": 7, "instructors__by_responsible": {"C": 2}}, {"A": 0, "B": 0, "C": 2}),
        ({"instructors__total": 7, "instructors__by_responsible": {"A": 0}}, {"A": 0, "B": 0, "C": 0}),
        ({"instructors__total": 0}, {"A": 0, "B": 0, "C": 0}),
        # Arrivals come on top.
        (
            {"instructors__total": 7, "instructors__arrivals": [{"responsible": "B", "count": 9}]},
            {"A": 4, "B": 3, "C": 0},
        ),
        # The mean of one attempt with its factors: five units at 2 km on the average would weigh more.
        ({"instructors__total": 10, "cases__joint__per_extra_unit": 5.0}, {"A": 6, "B": 4, "C": 0}),
    ],
)
def test_instructors_by_responsible(changes, expected):
    rules = scenario(**changes)
    assert instructors_by_responsible(build_cases(city(), rules, TRIO), rules) == expected


def test_a_responsible_of_more_dormant_organizations_counts_them_where_they_count():
    orgs = register(
        organization("a"), organization("b", responsible="B"), organization("c", responsible="B", dormant=True)
    )
    rules = scenario(instructors__total=3, instructors__share="by_organizations")
    assert instructors_by_responsible(build_cases(orgs, rules), rules) == {"B": 2, "S": 1}
    rules = scenario(instructors__total=2, instructors__share="by_organizations", policy__denominator="active")
    assert instructors_by_responsible(build_cases(orgs, rules), rules) == {"B": 1, "S": 1}


def slots(instructors, arrivals=(), caseload=1, **changes):
    """The slots of one responsible unit, as (start, stop)."""
    changes["instructors__arrivals"] = [{"responsible": "S", **arrival} for arrival in arrivals]
    rules = scenario(instructors__caseload=caseload, **changes)
    built = build_slots({"S": instructors}, ("S",), rules, Calendar.of(rules.calendar))
    return list(zip(*(part.tolist() for part in built.of(0)), strict=True))


def test_slots_are_instructors_times_caseload():
    assert slots(2, caseload=3) == [OPEN] * 6
    assert slots(0) == []


def test_a_caseload_of_nought_is_refused():
    with pytest.raises(Exception, match="caseload"):
        scenario(instructors__caseload=0)


def test_arrivals_come_after_by_from_and_until_then_as_in_the_file():
    arrivals = [
        {"count": 1, "from": "2027-08-09"},
        {"count": 2, "from": "2027-08-02", "until": "2027-08-13"},
        {"count": 1, "from": "2027-08-02", "until": "2027-08-06"},
        {"count": 1, "from": "2027-08-01", "until": "2027-08-13"},  # a Sunday: from Monday the 2nd, too
    ]
    week, fortnight = (12.0, 17.0), (12.0, 22.0)
    assert slots(1, arrivals) == [OPEN, week, fortnight, fortnight, fortnight, (17.0, HORIZON)]
    assert slots(1, arrivals, caseload=2)[:6] == [OPEN, OPEN, week, week, fortnight, fortnight]


def test_nobody_arrives_before_mobilisation_is_over():
    assert slots(0, [{"count": 1, "from": "2027-07-16"}, {"count": 1}]) == [OPEN, OPEN]


@pytest.mark.parametrize(
    "arrival",
    [
        {"count": 1, "from": "2027-07-15", "until": "2027-07-20"},  # gone before instructors open
        {"count": 1, "from": "2027-08-07", "until": "2027-08-08"},  # a weekend
        {"count": 1, "from": "2027-09-01"},  # after the horizon
        {"count": 1, "until": "2027-07-01"},  # before the campaign
    ],
)
def test_who_is_never_there_has_no_slot(arrival):
    assert slots(1, [arrival]) == [OPEN]


def test_from_after_until_is_refused():
    with pytest.raises(Exception, match="until"):
        slots(1, [{"count": 1, "from": "2027-08-10", "until": "2027-08-09"}])


def test_windows_end_at_the_horizon_even_if_the_arrival_stays():
    arrivals = [{"count": 1, "from": "2027-08-30", "until": "2027-12-31"}]
    assert slots(0, arrivals) == [(32.0, HORIZON)]
    assert slots(1, arrivals, calendar__horizon="2027-09-03") == [(7.0, 37.0), (32.0, 37.0)]


def test_slots_stand_responsible_by_responsible():
    arrivals = [{"responsible": "A", "count": 1, "from": "2027-08-09"}, {"responsible": "elsewhere", "count": 5}]
    rules = scenario(instructors__caseload=1, instructors__arrivals=arrivals)
    built = build_slots({"B": 2, "A": 1}, ("A", "B", "C"), rules, Calendar.of(rules.calendar))
    assert built.responsible_start.tolist() == [0, 2, 4, 4]
    assert built.start.tolist() == [7.0, 17.0, 7.0, 7.0]
    assert FORMATION_OPENS > INSTRUCTORS_OPEN  # slots wait for cases, not the other way round


def test_needs_are_added_exactly():
    random = np.random.default_rng(5)
    values = np.concatenate([[0.0, 5e-324, 0.1, 1.0, 1e-9, 250.0, 2.0**60], random.exponential(6.0, 400)])
    place = random.integers(0, 7, values.size)
    expected = [Fraction(0)] * 8
    for value, where in zip(values.tolist(), place.tolist(), strict=True):
        expected[where] += Fraction(value)
    assert exact_sums(values, place, 8) == expected
    assert exact_sums(np.empty(0), np.empty(0, np.int64), 2) == [0, 0]
