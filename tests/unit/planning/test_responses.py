"""What each street adds for each number of instructors: it is what a simulation of the whole city shows."""

from __future__ import annotations

import pytest

from tests.cities import organization, register, scenario
from workbench.planning import Responses
from workbench.simulation import prepare, simulate


@pytest.fixture(scope="module")
def sample(hamlet, plan, joined):
    return Responses(prepare(hamlet, plan, joined), replications=20, seed=4)


@pytest.mark.parametrize("allocation", [[0, 0, 0, 0], [1, 0, 2, 3], [5, 5, 5, 5], [60, 60, 60, 60]])
def test_a_city_is_the_sum_of_its_streets(sample, hamlet, plan, joined, allocation):
    by_street = dict(zip(sample.streets, allocation, strict=True))
    outcome = simulate(hamlet, plan.replace("instructors.by_street", by_street), joined, replications=20, seed=4)
    assert sample.branches(allocation).tolist() == outcome.counts().isel(day=-1).to_numpy().tolist()
    works = sample.works_at_start + sum(sample.of(street, n).works for street, n in enumerate(allocation))
    assert works.tolist() == outcome.counts("work").isel(day=-1).to_numpy().tolist()


def test_the_deadline_counts_not_the_horizon(sample, hamlet, plan, joined):
    far = Responses(prepare(hamlet, plan.replace("calendar.horizon", "2027-12-31"), joined), replications=20, seed=4)
    assert far.branches([2, 1, 2, 3]).tolist() == sample.branches([2, 1, 2, 3]).tolist()


def test_beyond_enough_nothing_changes(sample, hamlet, plan, joined):
    cases = simulate(hamlet, plan, joined, replications=1).cases["street"].value_counts()
    for street, name in enumerate(sample.streets):
        enough = sample.enough(street)
        assert (enough - 1) * 2 < cases.get(name, 0) <= enough * 2
        for number in (enough, enough + 1, 10 * enough + 1):
            given = {"instructors.by_street": {name: number}}
            outcome = simulate(hamlet, plan.replace(given), joined, replications=20, seed=4)
            added = outcome.counts().isel(day=-1).to_numpy() - sample.branches([0] * len(sample.streets))
            assert (sample.of(street, number).branches - sample.of(street, 0).branches).tolist() == added.tolist()


def test_other_samples_are_other_replications(sample, hamlet, plan, joined):
    setup = prepare(hamlet, plan, joined)
    later = Responses(setup, replications=8, seed=4, first=12)
    assert later.branches([2, 1, 2, 3]).tolist() == sample.branches([2, 1, 2, 3])[12:].tolist()
    other = Responses(setup, replications=20, seed=5)
    assert other.branches([2, 1, 2, 3]).tolist() != sample.branches([2, 1, 2, 3]).tolist()


def test_they_are_kept_and_filled_side_by_side(hamlet, plan, joined, sample):
    fresh = Responses(prepare(hamlet, plan, joined), replications=20, seed=4)
    once = fresh.of(0, 2)
    fresh.fill([2, 2, 2, 2], workers=2)
    assert fresh.of(0, 2) is once
    for street in range(4):
        for number in range(3):
            for mine, other in zip(fresh.of(street, number), sample.of(street, number), strict=True):
                assert mine.tolist() == other.tolist()


def test_a_street_without_cases():
    orgs = register(organization("a"), organization("b", has_branch=True, street="B"))
    sample = Responses(prepare(orgs, scenario()), replications=3, seed=0)
    assert sample.enough(0) == 0
    assert sample.of(0, 5).branches.tolist() == [0, 0, 0]
    assert sample.branches([0, 1]).tolist() == [2, 2, 2]
    assert (sample.organizations, sample.branches_at_start, sample.works_at_start) == (2, 1, 1)
