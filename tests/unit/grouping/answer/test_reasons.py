"""Every reason is true: take away what is named, and the unit is covered; what is not named alone does not do it."""

from __future__ import annotations

import pytest

from tests.oracle.grouping_instances import at, city, rules
from workbench.errors import InfeasibleError
from workbench.grouping import group
from workbench.inputs import check_register, make_city
from workbench.jobs.session.scenario_file import held
from workbench.labels import in_language

HOST = {"has_branch": True, "full_members": 4, "host_capacity": 1}
TRIO = ((0, 0), (1, 0), (2, 0))


def _reason(register, unit, **grouping):
    """The code of the reason, and the words of its explanation; the unit is left out, in both languages with names."""
    found = group(register, rules(**grouping))
    told = found.explain(unit)
    assert told.facility_id is None
    row = found.reasons.set_index("org_id").loc[unit]
    assert row["reason"] == told.reason
    assert row["words"] in told.text
    with in_language("zh"):
        assert found.reasons.set_index("org_id").loc[unit, "words"] in found.explain(unit).text
    return told.reason, told.text


def _covered(register, unit, **grouping):
    return unit in set(group(register, rules(**grouping)).assignment["org_id"])


def test_forbidden_places_are_named_and_not_called_too_far():
    shut = [["u00", "peer", "u01"], ["u00", "peer", "u02"], ["u01", "peer", "u00"], ["u02", "peer", "u00"]]
    code, words = _reason(at(*TRIO, (30, 0)), "u00", forbidden=[*shut, ["u00", "peer", "u03"]])
    assert code == "forbidden"
    for a, _, b in shut:
        assert f"{a} may not go to {b}" in words
    # What is too far anyway is not what keeps it out; and what is near is not said to be beyond the distance.
    assert "u03" not in words
    assert "beyond" not in words
    assert _covered(at(*TRIO), "u00")


def test_one_forbidden_host_is_named():
    register = city({**HOST, "x": 1.0}, {}, {"x": 40.0})
    code, words = _reason(register, "u01", forbidden=[["u01", "host", "u00"]])
    assert (code, "u01 may not go to u00" in words) == ("forbidden", True)
    assert _covered(register, "u01")


@pytest.mark.parametrize("apart", [["u00", "u01"], ["u01", "u02"]])
def test_a_clash_of_cannot_links_is_named_to_all_whom_it_leaves_out(apart):
    register = at(*TRIO)
    for unit in ("u00", "u01", "u02"):
        code, words = _reason(register, unit, cannot_link=[apart])
        assert code == "apart"
        assert f"{apart[0]} and {apart[1]} must be apart" in words
        assert _covered(register, unit)


def test_of_cannot_links_only_those_that_matter_are_named():
    register = at(*TRIO, (1, 40))
    code, words = _reason(register, "u00", cannot_link=[["u00", "u01"], ["u00", "u03"], ["u01", "u03"]])
    assert code == "apart"
    assert "u00 and u01 must be apart" in words
    assert "u03" not in words
    assert _covered(register, "u00", cannot_link=[["u00", "u03"], ["u01", "u03"]])


def test_a_link_to_who_is_far_is_named_and_leaves_the_far_one_its_own_reason():
    register = at(*TRIO, (50, 50))
    link = {"must_link": [["u00", "u03"]]}
    code, words = _reason(register, "u00", **link)
    assert (code, "u00 and u03 must be together" in words) == ("linked", True)
    code, words = _reason(register, "u01", **link)
    assert (code, "u00 and u03 must be together" in words) == ("too_few_members", True)
    assert _reason(register, "u03", **link)[0] == "out_of_reach"
    assert _covered(register, "u00")
    assert _covered(register, "u01")


def test_linked_ones_with_too_few_members_anyway_are_not_told_of_the_link():
    register = at((0, 0), (1, 0))
    code, words = _reason(register, "u00", must_link=[["u00", "u01"]])
    assert code == "too_few_members"
    assert "without these demands" not in words
    assert not _covered(register, "u00")
    assert _covered(at(*TRIO), "u00", must_link=[["u00", "u01"]])


def test_two_demands_that_only_together_leave_it_out_are_both_named():
    # Two hosts with one place each: one forbidden, the other pinned full.
    register = city({**HOST, "x": 1.0}, {}, {"x": 1.0, "y": 9.0})
    demands = {"facilities": ["host"], "forbidden": [["u01", "host", "u00"]]}
    assert _reason(register, "u01", **demands)[0] == "forbidden"
    trio = {"forbidden": [["u00", "peer", "u01"]], "cannot_link": [["u00", "u02"]], "max_distance_km": 1.0}
    near = at((0, 0), (1, 0), (0, 1))
    code, words = _reason(near, "u00", **{**trio, "cannot_link": [["u01", "u02"]]})
    assert code == "apart"
    assert "u01 and u02 must be apart" in words
    both = {"must_link": [["u00", "u03"]], "cannot_link": [["u00", "u01"]]}
    wide = at(*TRIO, (50, 50))
    code, words = _reason(wide, "u00", **both)
    assert code == "demands"
    assert "u00 and u03 must be together" in words
    assert "u00 and u01 must be apart" in words
    assert not _covered(wide, "u00", must_link=both["must_link"])
    assert not _covered(wide, "u00", cannot_link=both["cannot_link"])
    assert _covered(wide, "u00")


def test_a_pin_that_takes_the_only_place_is_named():
    # u03 goes elsewhere where it is free: to the host that u02 cannot reach.
    register = city({**HOST, "x": 0.0}, {**HOST, "x": 4.0}, {"x": -2.0}, {"x": 2.0})
    pin = {"facilities": ["host"], "pinned": {"u03": ["host", "u00"]}}
    code, words = _reason(register, "u02", **pin)
    assert (code, "u03 is pinned to u00" in words) == ("pinned", True)
    assert _covered(register, "u02", facilities=["host"])


def test_another_street_is_said_and_not_called_too_far():
    register = city({}, {"x": 1.0, "street": "乙街道"}, {"x": 2.0, "street": "乙街道"})
    code, words = _reason(register, "u00", same_street="require")
    assert code == "other_street"
    assert "beyond" not in words
    assert _covered(register, "u00", same_street="prefer")
    # Without the rule they would still be too few.
    assert _reason(city({}, {"x": 1.0, "street": "乙街道"}), "u00", same_street="require")[0] != "other_street"


def test_demands_that_leave_it_out_in_other_streets_too_are_named_beside_the_street():
    register = city({}, {"x": 1.0, "street": "乙街道"}, {"x": 2.0, "street": "乙街道"})
    demands = {"cannot_link": [["u00", "u01"]]}
    code, words = _reason(register, "u00", same_street="require", **demands)
    assert code == "other_street"
    assert "with other streets open to it and without these demands" in words
    assert "u00 and u01 must be apart" in words
    assert not _covered(register, "u00", same_street="require")
    assert not _covered(register, "u00", same_street="prefer", **demands)
    assert _covered(register, "u00", same_street="prefer")


def test_forbidden_places_that_would_not_have_helped_are_not_called_out_of_reach():
    # Two cannot be three; that the scenario forbids the one to the other changes nothing, and nothing is too far.
    register = at((0, 0), (1, 0))
    shut = [["u00", "peer", "u00"], ["u00", "peer", "u01"], ["u01", "peer", "u00"]]
    code, words = _reason(register, "u00", forbidden=shut)
    assert code == "too_few_members"
    assert "without these demands" not in words
    assert _covered(at(*TRIO), "u00")


def test_a_grouping_that_is_held_tells_the_same_reasons():
    register = make_city(120, 4, seed=3)
    scenario = rules(max_distance_km=1.5)
    grouping = group(register, scenario)
    assert len(grouping.left_out)
    again = group(register, held(scenario, grouping))
    assert again.left_out["org_id"].tolist() == grouping.left_out["org_id"].tolist()
    alike = again.left_out["reason"] == grouping.left_out["reason"]
    # Of another reason is only whom the holding itself keeps out: that is named.
    assert set(again.left_out["reason"][~alike]) <= {"forbidden", "pinned", "demands", "no_room"}
    assert "out_of_reach" not in set(again.left_out["reason"][grouping.left_out["reason"] == "too_few_members"])


def test_no_facility_of_the_kinds_allowed():
    register = city({}, {"community": "东社区"}, {"community": "东社区"}, {"community": "东社区"})
    assert _reason(register, "u00", facilities=["community"])[0] == "no_facility"
    assert _covered(register, "u00", facilities=["community", "peer"])


def test_too_far_the_nearest_and_how_many_members_would_do():
    register = at(*TRIO, (9, 0))
    code, words = _reason(register, "u03")
    assert code == "out_of_reach"
    assert "7.00 km away" in words
    assert _covered(register, "u03", max_distance_km=7.0)
    assert "2 more members within 3 km would make a group" in words
    assert _covered(at(*TRIO, (9, 0), (9, 1), (9, 2)), "u03")
    assert not _covered(at(*TRIO, (9, 0), (9, 1)), "u03")


def test_members_who_are_needed_elsewhere_do_not_count_as_company():
    # u01 is within reach of u00 and is needed by the two beyond: two more, not one, make a group with u00.
    register = at((0, 0), (2.9, 0), (5, 0), (5, 0.1))
    words = group(register, rules(forbidden=[["u00", "peer", "u01"]])).explain("u00").text
    assert "1 more" not in words


def test_too_few_members_and_how_many_would_do():
    register = at((0, 0), (1, 0))
    code, words = _reason(register, "u00")
    assert code == "too_few_members"
    assert "1 more member within 3 km would make a group" in words
    assert _covered(at((0, 0), (1, 0), (0, 1)), "u00")


def test_members_that_would_not_fit_are_not_asked_for():
    # Three one-member units cannot be seven members, however many more come.
    register = city(*({"x": float(k), "full_members": 1} for k in range(3)))
    scenario = rules(min_members=7, max_units=4, policy={"two_members": "joint"})
    assert "more" not in group(register, scenario).explain("u00").text


def test_a_full_place_and_more_room_there():
    register = city(HOST, {"x": 1.0}, {"x": 2.0})
    code, words = _reason(register, "u02", facilities=["host"])
    assert code == "no_room"
    assert "1 place within reach is full, u00 for one" in words
    assert _covered(city({**HOST, "host_capacity": 2}, {"x": 1.0}, {"x": 2.0}), "u02", facilities=["host"])


def test_a_place_of_who_must_be_apart_is_not_called_full():
    register = city(HOST, {"x": 1.0}, {"x": 2.0})
    found = group(register, rules(facilities=["host"], cannot_link=[["u01", "u02"]])).explain("u02")
    assert found.places["obstacle"].tolist() == ["apart"]
    assert "full" not in found.text


def test_without_a_place_a_pin_or_coordinates_would_do():
    register = city({"x": None, "y": None}, {}, {"x": 1.0})
    assert _reason(register, "u00")[0] == "no_place"
    assert _covered(register, "u00", pinned={"u00": ["peer", "u01"]})
    assert _covered(check_register(register.fillna({"x": 0.5, "y": 0.0})), "u00")


def test_a_hand_method_claims_no_more_than_that_it_found_nothing():
    register = at((0, 0), (3, 0), (3, 0.1), (3.1, 0), (6, 0))
    scenario = rules(w_street=0, max_distance_km=3.2)
    by_hand = group(register, scenario, method="nearest")
    if by_hand.covered < 5:
        assert "no_room" not in set(by_hand.left_out["reason"])
    assert group(register, scenario).covered == 5


def test_nowhere_else_is_told_from_nowhere_allowed():
    alone = group(at(*TRIO), rules(forbidden=[["u00", "peer", "u00"], ["u00", "peer", "u02"]]))
    assert "allow it nowhere else within 3 km" in alone.explain("u00").text
    host = group(city(HOST, {"x": 1.0}), rules(facilities=["host"]))
    assert "there is nowhere else within 3 km" in host.explain("u01").text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"min_members": 6}, "a group needs 6 members, and at most 5 units of at most 1 member each make 5"),
        ({"max_units": 2}, "a group needs 3 members, and at most 2 units of at most 1 member each make 2"),
        (
            {"min_members": 11, "policy": {"two_members": "joint"}},
            "a group needs 11 members, and at most 5 units of at most 2 members each make 10",
        ),
    ],
)
def test_a_minimum_above_a_maximum_is_refused_with_the_arithmetic(change, told):
    with pytest.raises(InfeasibleError, match=told) as caught:
        group(at(*TRIO), rules(**change))
    assert [fault.code for fault in caught.value.faults] == ["least_above_most"]
    with in_language("zh"):
        assert "合计最多" in str(caught.value)


def test_a_minimum_that_only_two_members_each_reach_is_not_refused():
    register = city({"full_members": 2}, {"full_members": 2}, {"x": 1.0})
    assert group(register, rules(min_members=4, max_units=2, policy={"two_members": "joint"})).covered == 2
    assert group(city(HOST, {"x": 1.0}), rules(min_members=9, facilities=["host"])).covered == 1


def test_a_chain_longer_than_any_group_is_refused_with_the_arithmetic():
    register = at(*[(0.1 * k, 0) for k in range(6)])
    chain = [[f"u{k:02d}", f"u{k + 1:02d}"] for k in range(5)]
    with pytest.raises(InfeasibleError, match="6 units, where no group takes more than 5, 1 fewer") as caught:
        group(register, rules(must_link=chain))
    (fault,) = caught.value.faults
    assert (fault.code, fault.details["units"]) == ("chain_too_long", "u00, u01, u02, u03, u04, u05")
    assert group(register, rules(must_link=chain[:-1])).covered == 6 - 1
    assert group(register, rules(must_link=chain, max_units=6)).covered == 6
