"""Members to be found: against every way to find them in a tiny city, and with what one member brings at hand."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.cities import organization, register, scenario
from workbench.grouping import group
from workbench.inputs import make_city
from workbench.planning import ceiling, census_value, required_members
from workbench.planning.gap import required
from workbench.planning.gap.fewest_members import with_members


@pytest.mark.parametrize("two_members", ["assisted", "joint"])
def test_tiny_cities_against_every_way_to_find_members(two_members):
    """Six organizations at one place, one of them with a single member, target by target: the fewest there are, by
    trying registers with a member more in up to four organizations, or up to three in one."""
    orgs = register(
        organization("a", has_branch=True), organization("b", 1, x=0.0, y=0.0),
        *(organization(f"e{n}", 0, x=0.1 * n, y=0.0) for n in range(4)),
    )  # fmt: skip
    rules = scenario(policy__two_members=two_members)
    lacking = orgs.index[~orgs["has_branch"]]

    def covered(more):
        richer = orgs.copy()
        for org_id, count in more.items():
            richer.loc[org_id, "full_members"] += count
        return ceiling(richer, rules, group(richer, rules)).possible

    fewest = {}
    for size in range(5):
        for chosen in combinations(lacking, size):
            possible = covered(dict.fromkeys(chosen, 1))
            for count in range(possible + 1):
                fewest[count] = min(fewest.get(count, 99), size)
    for org_id in lacking:
        for alone in (2, 3):
            for count in range(covered({org_id: alone}) + 1):
                fewest[count] = min(fewest.get(count, 99), alone)
    for count in range(2, 7):
        found = required_members(orgs, rules.replace("targets.organization", count / 6))
        assert found.bound <= fewest.get(count, 99) <= (found.members if found.members is not None else 99), count
        assert found.members is not None
        assert found.members <= fewest[count] + 1


@pytest.mark.parametrize("seed", range(6))
def test_exact_values_find_no_more_members_than_a_guess(monkeypatch, seed):
    """Where the proof gives up: what one member brings, from `census_value`, against the search without it."""
    monkeypatch.setattr(required, "fewest_members", lambda *given: None)
    city = make_city(120, 4, seed=seed)
    for more in (1, 4):
        own = ceiling(city, scenario())
        wanted = scenario(targets__organization=(own.possible + more) / len(city))
        values = census_value(city, wanted)
        guessed, exact = required_members(city, wanted), required_members(city, wanted, values=values)
        assert exact.bound <= exact.members <= guessed.members
        assert guessed.bound <= exact.bound
        found = with_members(city, exact.places.set_index("org_id")["members"].to_dict())
        assert not ceiling(found, wanted, exact.grouping).missing
        if int(values["value"].max()) >= more:
            assert exact.members == exact.bound == 1
        if int(values["value_bound"].max()) < more:
            assert exact.bound >= 2
