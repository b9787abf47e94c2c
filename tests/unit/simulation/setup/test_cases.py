"""Cases: what a register and a grouping give the instructors to do (the model's §4), by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tests.cities import organization, placed, register, scenario
from workbench.errors import ArgumentError, InfeasibleError, ScenarioError
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.simulation import build_cases, prepare, simulate
from workbench.simulation.kernels.identity import hashes


def found(orgs, grouping=None, **changes):
    """Case -> (kind, pool, units, mean distance)."""
    cases = build_cases(orgs, scenario(**changes), grouping)
    ids = cases.organizations.index.to_numpy()
    units = [ids[cases.unit_row[slice(*ends)]] for ends in pairwise(cases.unit_start)]
    frame = cases.frame()
    assert frame["units"].tolist() == [len(part) for part in units]
    assert np.diff(cases.pool).min(initial=0) >= 0
    assert (
        cases.pool_start.tolist() == np.searchsorted(cases.pool, np.arange(len(cases.responsible_units) + 1)).tolist()
    )
    assert cases.hash.tolist() == hashes(frame["case"]).tolist()
    return {
        case: (kind, responsible, sorted(part.tolist()), km)
        for case, kind, responsible, part, km in zip(
            frame["case"], frame["kind"], frame["responsible"], units, cases.distance.tolist(), strict=True
        )
    }


def alone(kind, org_id, responsible="S"):
    return {org_id: (kind, responsible, [org_id], 0.0)}


# --- by tier ------------------------------------------------------------------------------------------------


def test_kinds_by_tier():
    orgs = register(*(organization(f"m{n}", n) for n in (0, 1, 2, 3, 40)), organization("b", 9, has_branch=True))
    assert found(orgs) == {
        **alone("outreach", "m0"), **alone("outreach", "m1"), **alone("assisted", "m2"),
        **alone("standalone", "m3"), **alone("standalone", "m40"),
    }  # fmt: skip


def test_two_members_by_the_regulation_join_others():
    orgs = register(organization("two", 2), organization("one", 1), organization("three", 3))
    joint = {"policy__two_members": "joint"}
    assert found(orgs, **joint) == {
        **alone("outreach", "two"),
        **alone("outreach", "one"),
        **alone("standalone", "three"),
    }
    pair = placed(("one", "peer", "two", 1.5), ("two", "peer", "two"))
    assert found(orgs, pair, **joint) == {"two": ("joint", "S", ["one", "two"], 0.75), **alone("standalone", "three")}


@pytest.mark.parametrize(
    ("basis", "kind"), [("on_roll", "outreach"), ("floating", "assisted"), ("part_time", "standalone")]
)
def test_who_counts_as_a_member(basis, kind):
    parts = {"members_on_roll": 0, "members_floating": 2, "members_part_time": 3}
    orgs = register(organization("a", 5, **parts))
    assert found(orgs, policy__member_basis=basis) == alone(kind, "a")


def test_a_basis_needs_the_parts():
    orgs = register(organization("a", 5))
    with pytest.raises(ScenarioError, match="floating") as caught:
        found(orgs, policy__member_basis="floating")
    assert [fault.place for fault in caught.value.faults] == ["a"]


@pytest.mark.parametrize("already", ["has_instructor", "has_mass_org"])
def test_no_outreach_where_somebody_was_already(already):
    orgs = register(organization("a", 0, **{already: True}), organization("b", 1, **{already: True}))
    assert found(orgs) == {}
    # But what can form, forms.
    able = register(*(organization(f"m{n}", n, **{already: True}) for n in (2, 3)))
    assert found(able) == {**alone("assisted", "m2"), **alone("standalone", "m3")}


def test_dormant_organizations_make_no_case_under_either_denominator():
    orgs = register(
        *(organization(f"m{n}", n, dormant=True) for n in (0, 1, 2, 3)), organization("a"),
        organization("asleep with a branch", 3, dormant=True, has_branch=True),
    )  # fmt: skip
    for denominator, counted in (("all", 6), ("active", 1)):
        assert found(orgs, policy__denominator=denominator) == alone("standalone", "a")
        cases = build_cases(orgs, scenario(policy__denominator=denominator))
        assert len(cases.organizations) == counted


def test_a_dormant_organization_counts_with_what_it_has_where_it_counts():
    orgs = register(
        organization("a"), organization("b", dormant=True, has_branch=True), organization("c", 0, dormant=True)
    )
    for denominator, share in (("all", 1 / 3), ("active", 0.0)):
        rules = scenario(policy__denominator=denominator, committee__first="2028-01-01")
        assert simulate(orgs, rules, replications=1).by_deadline().tolist() == [share]


def test_no_organization_and_no_case():
    orgs = register(organization("a", has_branch=True))
    assert found(orgs) == {}
    outcome = simulate(orgs, scenario(), replications=2)
    assert outcome.by_deadline().tolist() == [1.0, 1.0]
    assert outcome.cases.empty
    assert outcome.probability("work").value == 1.0


# --- from a grouping ----------------------------------------------------------------------------------------


def units(*names, responsible="S", **more):
    return [organization(name, 1, responsible, **more) for name in names]


def test_a_peer_group_is_led_by_its_peer_and_belongs_to_its_responsible():
    orgs = register(*units("p1", "p2"), *units("p3", responsible="T"))
    grouping = placed(("p1", "peer", "p3", 2.0), ("p2", "peer", "p3", 4.0), ("p3", "peer", "p3"))
    assert found(orgs, grouping) == {"p3": ("joint", "T", ["p1", "p2", "p3"], 2.0)}


def test_an_attached_unit_leads_its_case_in_the_pool_of_its_host():
    orgs = register(*units("u1", "u2"), organization("host", 5, "T", has_branch=True, host_capacity=2))
    grouping = placed(("u1", "host", "host", 1.5), ("u2", "host", "host", 0.0))
    assert found(orgs, grouping) == {"u1": ("attached", "T", ["u1"], 1.5), "u2": ("attached", "T", ["u2"], 0.0)}


def test_a_community_group_is_led_by_the_unit_of_least_hash():
    names = [f"c{n}" for n in range(5)]
    by_hash = sorted(names, key=lambda name: int(hashes([name])[0]))
    orgs = register(*units(*names, community="Hill"))
    for members in (names, names[:3], by_hash[1:4], by_hash[2:]):
        grouping = placed(*((name, "community", "S/Hill", 1.0) for name in members))
        least = min(members, key=by_hash.index)
        rest = {key: value for name in names if name not in members for key, value in alone("outreach", name).items()}
        assert found(orgs, grouping) == {least: ("joint", "S", sorted(members), 1.0), **rest}


def test_communities_of_one_name_in_two_responsible_units_are_two():
    orgs = register(
        *units("s1", "s2", "s3", community="Hill"), *units("t1", "t2", "t3", responsible="T", community="Hill")
    )
    grouping = placed(*((name, "community", f"{name[0].upper()}/Hill") for name in orgs.index))
    kinds = found(orgs, grouping).values()
    assert sorted((responsible, members) for _, responsible, members, _ in kinds) == [
        ("S", ["s1", "s2", "s3"]), ("T", ["t1", "t2", "t3"])
    ]  # fmt: skip


def test_a_pinned_unit_without_a_place_counts_no_distance():
    orgs = register(*units("p1", "p2", "p3"))
    grouping = placed(("p1", "peer", "p1"), ("p2", "peer", "p1", 3.0), ("p3", "peer", "p1", float("nan")))
    assert found(orgs, grouping) == {"p1": ("joint", "S", ["p1", "p2", "p3"], 1.0)}


def test_who_is_left_out_of_every_group_is_left_to_outreach():
    orgs = register(*units("p1", "p2", "p3", "left"), *units("seen", has_instructor=True))
    trio = placed(*((name, "peer", "p1") for name in ("p1", "p2", "p3")))
    assert found(orgs, trio) == {"p1": ("joint", "S", ["p1", "p2", "p3"], 0.0), **alone("outreach", "left")}


def test_row_order_says_nothing():
    """Distances are added up in org_id order: 0.1 + 0.2 + 0.3 in another order is another double."""
    orgs = register(*units("p0", "p1", "p2", "p3"), organization("z"), organization("y", responsible="T"))
    rows = [("p0", "peer", "p0", 0.0), ("p1", "peer", "p0", 0.1), ("p2", "peer", "p0", 0.2), ("p3", "peer", "p0", 0.3)]
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]):
        shuffled = orgs.iloc[[*order, 5, 4]]
        assert found(shuffled, placed(*(rows[i] for i in order))) == found(orgs, placed(*rows))


# --- a grouping that does not belong ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "stranger"),
    [
        (("nobody", "peer", "one"), "nobody"),  # not in the register
        (("three", "peer", "one"), "three"),  # forms a branch of its own
        (("two", "peer", "one"), "two"),  # likewise, unless two members join others
        (("none", "peer", "one"), "none"),  # has no member
        (("covered", "peer", "one"), "covered"),  # has a branch
        (("asleep", "peer", "one"), "asleep"),
        (("one", "peer", "nobody"), "nobody"),
        (("one", "host", "nobody"), "nobody"),
    ],
)
def test_a_grouping_of_another_register_is_refused(row, stranger):
    orgs = register(
        organization("one", 1), organization("two", 2), organization("three"), organization("none", 0),
        organization("covered", 1, has_branch=True), organization("asleep", 1, dormant=True),
    )  # fmt: skip
    with pytest.raises(InfeasibleError) as caught:
        build_cases(orgs, scenario(), placed(("one", "peer", "one"), row) if row[0] != "one" else placed(row))
    assert [fault.place for fault in caught.value.faults] == [stranger]
    assert "group again" in str(caught.value)


def test_every_stranger_is_named():
    orgs = register(organization("one", 1))
    with pytest.raises(InfeasibleError) as caught:
        build_cases(orgs, scenario(), placed(("x", "peer", "one"), ("y", "peer", "one"), ("one", "peer", "one")))
    assert [fault.place for fault in caught.value.faults] == ["x", "y"]


def test_a_dormant_host_is_a_stranger_where_dormant_organizations_do_not_count():
    orgs = register(*units("u"), organization("host", has_branch=True, host_capacity=1, dormant=True))
    with pytest.raises(InfeasibleError):
        build_cases(orgs, scenario(policy__denominator="active"), placed(("u", "host", "host")))


def test_everybody_is_a_stranger_where_nobody_counts():
    orgs = register(organization("asleep", 1, dormant=True))
    with pytest.raises(InfeasibleError) as caught:
        build_cases(orgs, scenario(policy__denominator="active"), placed(("asleep", "peer", "asleep")))
    assert [fault.place for fault in caught.value.faults] == ["asleep"]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("c1", "community", "Elsewhere/Hill"),
            ("c2", "community", "Elsewhere/Hill"),
            ("c3", "community", "Elsewhere/Hill"),
        ],
        [("c1", "host", "three")],  # a host without a branch
        [("c1", "peer", "c3"), ("c2", "peer", "c3")],  # the leading peer is at no place
        [("c1", "peer", "three"), ("c2", "peer", "three")],  # led by who is no unit
        [("c1", "peer", "c1"), ("c2", "peer", "c1"), ("c2", "peer", "c1")],  # twice in one group
        [("c1", "peer", "c1"), ("c2", "peer", "c1"), ("c2", "host", "host")],  # in two
        [("c1", "lodge", "c1"), ("c2", "lodge", "c1")],  # no such kind of facility
    ],
    ids=[
        "community_elsewhere",
        "host_without_branch",
        "leader_unplaced",
        "led_by_no_unit",
        "twice",
        "two_groups",
        "kind",
    ],
)
def test_a_grouping_that_does_not_hold_together_is_refused(rows):
    orgs = register(
        *units("c1", "c2", "c3", community="Hill"), organization("three"),
        organization("host", has_branch=True, host_capacity=1),
    )  # fmt: skip
    with pytest.raises(InfeasibleError):
        build_cases(orgs, scenario(), placed(*rows))


def test_a_set_up_is_of_the_grouping_as_it_was():
    """Whoever holds the grouping may change it: a set-up made before is then one of other joint branches."""
    table, rules = make_city(80, 3, seed=5), Scenario()
    grouping = group(table, rules, effort="quick")
    setup = prepare(table, rules, grouping)
    grouping.assignment.loc[0, "facility_id"] = "elsewhere"
    with pytest.raises(ArgumentError):
        simulate(table, rules, grouping, replications=2, setup=setup)
