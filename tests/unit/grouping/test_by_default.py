"""One mechanism for who joins whom: None finds it, False leaves it out, whatever is asked."""

import pytest

import workbench as wb
from workbench.errors import ArgumentError
from workbench.grouping import by_default, group, grouping_fingerprint, joined
from workbench.inputs.scenario import DEFAULT_MEASURES
from workbench.simulation.setup import prepare

SMALL = {"replications": 10}
#: Measures that are searched: the target is out of reach, and every set of them is tried.
FEW = ("weekly_meetings", "joint_farther", "hosts_take_two")


@pytest.fixture(scope="module")
def city():
    return wb.make_city(90, 3, seed=4)


@pytest.fixture(scope="module")
def plan():
    struck = {name: None for name in DEFAULT_MEASURES if name not in FEW}
    return wb.Scenario().replace({"instructors.total": 10, "instructors.standing": 5, "measures": struck})


@pytest.fixture(scope="module")
def found(city, plan):
    return group(city, plan)


def desk_of(city, plan, grouping):
    desk = wb.Desk(city, plan, grouping, **SMALL)
    return desk.expected(), desk.by_responsible().to_csv()


#: Everything that takes a grouping, and what is compared of it.
ASKED = {
    "simulate": lambda *given: wb.simulate(*given, **SMALL).summary(),
    "trace": lambda *given: wb.trace(*given).cases.to_csv(),
    "ceiling": lambda *given: wb.ceiling(*given).summary(),
    "ceiling_table": lambda *given: wb.ceiling_table(*given, effort="quick").table.to_csv(),
    "explain_gap": lambda *given: wb.explain_gap(*given, **SMALL).summary(),
    "allocate": lambda *given: wb.allocate(*given, total=8, **SMALL).summary(),
    "assign": lambda *given: wb.assign(*given).table.to_csv(),
    "conventions": lambda *given: wb.conventions(*given, **SMALL).summary(),
    "measures": lambda *given: wb.measures(*given, most=1, **SMALL).summary(),
    "last_safe_dates": lambda *given: wb.last_safe_dates(*given, **SMALL).table.to_csv(),
    "extra_meetings": lambda *given: wb.extra_meetings(*given, days=["2027-08-20"], **SMALL).table.to_csv(),
    "date_reaching": lambda *given: wb.date_reaching(*given, until="2027-09-15", **SMALL).summary(),
    "required_instructors": lambda *given: wb.required_instructors(*given, confidences=[0.5], **SMALL).table.to_csv(),
    "sensitivity": lambda *given: wb.sensitivity(*given, base=16, screening=2).table.to_csv(),
    "simulate_census": lambda *given: wb.simulate_census(*given, outcomes=2, replications=2).table.to_csv(),
    "Desk": desk_of,
}
ABOUT_JOINT_BRANCHES = {
    "required_members": lambda *given: wb.required_members(*given).places.to_csv(),
    "census_value": lambda *given: wb.census_value(*given).to_csv(),
}


@pytest.mark.parametrize("name", [*ASKED, *ABOUT_JOINT_BRANCHES])
def test_none_means_the_joint_branches_that_group_finds(name, city, plan, found):
    ask = (ASKED | ABOUT_JOINT_BRANCHES)[name]
    assert ask(city, plan, None) == ask(city, plan, found)


@pytest.mark.parametrize("name", ASKED)
def test_false_leaves_joint_branches_out(name, city, plan, found):
    ask = ASKED[name]
    without, none = ask(city, plan, False), ask(city, plan.replace("grouping.facilities", []), None)
    assert without != ask(city, plan, found)
    if name not in ("ceiling_table", "simulate_census", "measures", "conventions"):  # these change the rules themselves
        said = "Without joint branches"
        plain = [line for line in str(without).splitlines() if said not in line]
        assert plain == str(none).splitlines()


@pytest.mark.parametrize("name", ABOUT_JOINT_BRANCHES)
def test_questions_about_joint_branches_cannot_do_without(name, city, plan):
    with pytest.raises(ArgumentError, match="the question is about joint branches"):
        ABOUT_JOINT_BRANCHES[name](city, plan, False)


RESULTS = {
    "simulate": lambda *given: wb.simulate(*given, **SMALL),
    "trace": wb.trace,
    "ceiling": wb.ceiling,
    "ceiling_table": lambda *given: wb.ceiling_table(*given, effort="quick"),
    "explain_gap": lambda *given: wb.explain_gap(*given, **SMALL),
    "allocate": lambda *given: wb.allocate(*given, total=8, **SMALL),
    "assign": wb.assign,
    "conventions": lambda *given: wb.conventions(*given, **SMALL),
    "measures": lambda *given: wb.measures(*given, most=1, **SMALL),
    "last_safe_dates": lambda *given: wb.last_safe_dates(*given, **SMALL),
    "extra_meetings": lambda *given: wb.extra_meetings(*given, days=["2027-08-20"], **SMALL),
    "date_reaching": lambda *given: wb.date_reaching(*given, until="2027-09-15", **SMALL),
    "required_instructors": lambda *given: wb.required_instructors(*given, confidences=[0.5], **SMALL),
    "sensitivity": lambda *given: wb.sensitivity(*given, base=16, screening=2),
    "simulate_census": lambda *given: wb.simulate_census(*given, outcomes=2, replications=2),
    "never_dispatched": lambda *given: wb.never_dispatched(wb.simulate(*given, **SMALL)),
}


@pytest.mark.parametrize("name", RESULTS)
def test_every_summary_says_that_joint_branches_were_left_out(name, city, plan):
    units = int(wb.ceiling(city, plan, False).table["organizations"]["left_out"])
    told = RESULTS[name](city, plan, False).summary().splitlines()[-1]
    assert told.startswith(f"Without joint branches: {units} organizations that need one")
    assert "Without joint branches" not in RESULTS[name](city, plan, None).summary()


def test_it_is_found_once_for_a_register_and_its_rules(city, plan, monkeypatch):
    calls = []
    monkeypatch.setattr(by_default, "group", lambda *given: calls.append(given) or group(*given))
    by_default._kept.clear()
    first = joined(city, plan, None)
    assert (
        joined(city.iloc[::-1], plan.replace({"committee.agenda": 3, "policy.counted_from": "approved"}), None) is first
    )
    assert len(calls) == 1
    assert joined(city, plan.replace("policy.two_members", "joint"), None) is not first
    assert joined(city, plan.replace("grouping.max_units", 4), None) is not first
    other = city.assign(full_members=city["full_members"].where(city["full_members"] != 1, 0))
    assert joined(other, plan, None) is not first
    assert len(calls) == 4
    for number in range(by_default.GROUPINGS_KEPT + 2):
        joined(city, plan.replace("grouping.w_street", 1.0 + number), None)
    assert len(by_default._kept) == by_default.GROUPINGS_KEPT


def test_an_outcome_of_the_same_campaign_is_taken_without_a_grouping(city, plan):
    gap = wb.explain_gap(city, plan, replications=10, outcome=wb.simulate(city, plan, replications=10))
    assert gap.ungrouped == 0
    with pytest.raises(ArgumentError, match="differs in the grouping"):
        wb.explain_gap(city, plan, replications=10, outcome=wb.simulate(city, plan, False, replications=10))


def test_a_set_up_says_which_joint_branches_it_rests_on(city, plan, found):
    setup, without = prepare(city, plan, found), prepare(city, plan, False)
    outcome = wb.simulate(city, plan, setup=setup, replications=3)
    assert outcome.provenance["grouping_fingerprint"] == grouping_fingerprint(found) != "none"
    assert wb.simulate(city, plan, setup=without, replications=3).provenance["grouping_fingerprint"] == "none"
    for ask in (wb.simulate, wb.explain_gap, wb.conventions, wb.last_safe_dates, wb.measures):
        with pytest.raises(ArgumentError, match="setup: rests on other joint branches"):
            ask(city, plan, found, setup=without, replications=3)
