"""Packages that somebody chose: promised is what the plan with the package in it then gives."""

from __future__ import annotations

import pytest

from workbench.inputs import Scenario
from workbench.planning.measures import PackageTrial, measures
from workbench.simulation import simulate

REPLICATIONS, SEED = 40, 5


@pytest.fixture(scope="module")
def searched(hamlet, plan, joined):
    return measures(hamlet, plan, joined, most=1, replications=REPLICATIONS, seed=SEED ^ 1)


@pytest.fixture(scope="module")
def trial(hamlet, plan, joined, searched) -> PackageTrial:
    return PackageTrial(hamlet, plan, joined, searched.listed, replications=REPLICATIONS, seed=SEED)


PACKAGES = [
    ("weekly_meetings",),
    ("no_agenda_limit", "saturdays"),
    ("joint_farther", "two_weeks_later"),
    ("half_more_instructors", "larger_groups", "open_with_survey"),
]


@pytest.mark.parametrize("package", PACKAGES, ids="+".join)
def test_the_campaign_of_a_package_gives_what_its_row_says(hamlet, trial, package) -> None:
    row = trial.rows([package]).iloc[0]
    outcome = simulate(hamlet, *trial.campaign(package), replications=REPLICATIONS, seed=SEED)
    assert outcome.expected() == row["expected"]
    assert outcome.probability().value == row["probability"]
    assert tuple(row["measures"]) == package


def test_all_that_is_told_is_of_the_trials_own_sample(hamlet, plan, joined, searched, trial) -> None:
    told = trial.told(searched)
    present = simulate(hamlet, plan, joined, replications=REPLICATIONS, seed=SEED)
    assert (told.expected, told.probability) == (present.expected(), present.probability())
    for found in filter(None, (told.least, told.best)):
        outcome = simulate(hamlet, *trial.campaign(found.measures), replications=REPLICATIONS, seed=SEED)
        assert (found.expected, found.probability) == (outcome.expected(), outcome.probability())
    for row in told.front.to_dict("records"):
        outcome = simulate(hamlet, *trial.campaign(row["measures"]), replications=REPLICATIONS, seed=SEED)
        assert (row["fresh"], row["fresh_low"], row["fresh_high"]) == tuple(outcome.probability())
    assert told.alone["gain"].tolist() == (told.alone["expected"] - told.expected).tolist()
    # What the search tried stays as it saw it.
    assert told.packages is searched.packages
    assert told.front["probability"].tolist() == searched.front["probability"].tolist()


def test_a_scenarios_own_measures_stay_in_the_campaign(hamlet, joined, plan, searched) -> None:
    own = plan.replace(
        "measures", {"longer": {"title": {"zh": "延长", "en": "longer"}, "set": {"committee.agenda": 9}}}
    )
    trial = PackageTrial(hamlet, own, joined, searched.listed, replications=REPLICATIONS, seed=SEED)
    taken, _ = trial.campaign(["saturdays"])
    assert taken.measures == own.measures
    assert "Sat" in taken.calendar.weekmask


def test_what_stands_in_the_register_is_named_and_left_out(hamlet, joined, trial) -> None:
    assert trial.of_register(["saturdays", "hosts_take_two"]) == ["hosts_take_two"]
    scenario, grouping = trial.campaign(["hosts_take_two"])
    assert grouping is joined
    assert isinstance(scenario, Scenario)


def test_what_cannot_be_taken_together_is_known(trial) -> None:
    for name in trial.listed:
        shut = trial.excluded([name])
        assert name not in shut
        assert shut == {other for other in trial.listed if trial.listed[name].conflicts(trial.listed[other])} - {name}
