"""Made-up cities: registers to try things on, of any size, that hold nobody's data.

A city is a pure function of `make_city`'s arguments. Each aspect (map, members, branches …) draws from a
generator of its own, so that changing one argument leaves the others' draws alone: a city with another
share covered has the same streets, organizations and members.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.arguments import RULES, Rule, broken, checked, is_number, refuse
from workbench.errors import ArgumentError
from workbench.inputs.city import names as names
from workbench.inputs.city.map import STREET_KM, draw_map, scatter
from workbench.inputs.register import check_register
from workbench.numbers import thousands

#: Employees of an organization on the average: the country's of 2012, and a province's of about 2014.
MEAN_EMPLOYEES: Final = 12.3
MOST_ORGANIZATIONS: Final = 1_000_000

#: One stream of random numbers for each aspect; the order must not change, or every shipped city does.
_ASPECTS: Final = (
    "map",
    "places",
    "names",
    "kinds",
    "members",
    "parts",
    "branches",
    "hosts",
    "work",
    "staff",
    "systems",
)

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def make_city(
    organizations: int = 1200,
    streets: int = 24,
    *,
    seed: int = 0,
    mean_members: float = 3.5,
    dispersion: float = 0.5,
    floating: float = 0.25,
    part_time: float = 0.30,
    covered: float = 0.31,
    joined: float = 0.12,
    hosts: float = 0.10,
    instructed: float = 0.08,
    mass_orgs: float = 0.027,
    dormant: float = 0.02,
    communities: int = 6,
    shared_points: float = 0.08,
    size_km: float | None = None,
    systems: int = 0,
    by_systems: float = 0.20,
) -> pd.DataFrame:
    """Make a city up.

    Full members follow a negative binomial law. No city's whole distribution is published; mean 3.5 with
    k = 0.5 is fitted to the local figures that are. Each member is on the roll, floating or part-time by
    chance.

    Parameters
    ----------
    organizations
        how many, 1 to 1,000,000.
    streets
        how many streets and towns; with fewer organizations than streets some have none.
    seed
        same arguments and seed, same city.
    mean_members
        full members of an organization on the average, floating and part-time ones counted.
    dispersion
        k of the negative binomial: the smaller, the more organizations without a member.
    floating, part_time
        shares of the members; the others are on the roll (0.45 of 3.5 is 1.58, the mean
        of a county of 213 in 2018).
    covered
        share of organizations with a branch at the start.
    joined
        share of those that have it as a unit of an earlier joint branch: they have one or two members.
        All others with a branch have three or more.
    hosts
        share of organizations with a branch of three or more that can take on one to four units.
    instructed, mass_orgs
        shares of the organizations without a branch that already have an instructor, or
        a mass organization (2.7 %: 278 unions in 10,463 organizations, Qingdao, 2022).
    dormant
        share of all organizations; none of them has a branch or an instructor.
    communities
        in an average street.
    shared_points
        share of organizations at their community's service centre, on one point.
    size_km
        side of the square map; 7 km times the root of `streets` if not given.
    systems
        municipal Party-work systems and departments that are responsible units beside the streets, 0 to 10: each
        for organizations of its own industry, wherever in the city they are.
    by_systems
        share of organizations that are theirs, if there are so many in their industries; associations, which are
        mostly registered with the city, rather than services.

    Returns
    -------
    pd.DataFrame
        A validated register with x, y in km.

    Raises
    ------
    ValueError
        an argument out of its range, or more branches wanted than organizations may have.

    Examples
    --------
    >>> city = make_city(200, 8, seed=1)
    >>> len(city), city["street"].nunique(), int(city["has_branch"].sum())
    (200, 8, 62)
    """
    organizations, streets, communities, systems, seed = checked(
        organizations=organizations, streets=streets, communities=communities, systems=systems, seed=seed
    )
    size = STREET_KM * float(np.sqrt(max(streets, 1))) if size_km is None else size_km
    _check_sizes(organizations, streets, communities)
    if not 0 <= systems <= len(names.INDUSTRIES):
        refuse([broken("systems", systems, Rule(bool, "from_to", {"low": 0, "high": len(names.INDUSTRIES)}))])
    _check_positive(mean_members=mean_members, dispersion=dispersion, size_km=size)
    _check_shares(
        floating=floating, part_time=part_time, covered=covered, joined=joined, hosts=hosts, instructed=instructed,
        mass_orgs=mass_orgs, dormant=dormant, shared_points=shared_points, by_systems=by_systems,
    )  # fmt: skip
    _check_shares(**{"floating + part_time": floating + part_time})
    rng = {aspect: np.random.Generator(np.random.PCG64([seed, turn])) for turn, aspect in enumerate(_ASPECTS)}

    city = draw_map(streets, communities, size, rng["map"])
    community, place = scatter(city, organizations, shared_points, size, rng["places"])
    street = city.street_of[community]
    kind = rng["kinds"].choice(3, size=organizations, p=names.KIND_SHARES)
    industry = names.draw_industries(kind, rng["kinds"])
    members = _members(organizations, mean_members, dispersion, rng["members"])
    on_roll, on_loan, elsewhere = _parts(members, floating, part_time, rng["parts"])
    has_branch = _branches(members, on_roll, covered, joined, rng["branches"])
    asleep = _asleep(members, has_branch, dormant, rng["work"])
    awake = ~has_branch & ~asleep

    street_names = names.street_names(streets, rng["names"])
    area = np.array([name.removesuffix("街道").removesuffix("镇") for name in street_names], dtype=object)
    community_names = names.community_names(city.street_of, rng["names"])
    supervisors = names.draw_supervisors(industry, rng["names"])
    width = max(4, len(str(organizations)))
    return check_register(
        pd.DataFrame(
            {
                "org_id": [f"SO{number:0{width}d}" for number in range(1, organizations + 1)],
                "street": street_names[street],
                "full_members": members,
                "members_on_roll": on_roll,
                "members_floating": on_loan,
                "members_part_time": elsewhere,
                "has_branch": has_branch,
                "name": names.organization_names(kind, industry, area[street], rng["names"]),
                "kind": np.array(names.KINDS, dtype=object)[kind],
                "industry": np.array([one.name for one in names.INDUSTRIES], dtype=object)[industry],
                "supervisor": supervisors,
                "responsible": _responsible(
                    street_names[street], kind, industry, names.systems(systems), by_systems, rng["systems"]
                ),
                "community": community_names[community],
                "x": place[:, 0],
                "y": place[:, 1],
                "employees": _employees(on_roll + on_loan, mean_members * (1 - part_time), rng["staff"]),
                "has_instructor": awake & (rng["work"].random(organizations) < instructed),
                "has_mass_org": ~has_branch & (rng["work"].random(organizations) < mass_orgs),
                "host_capacity": _capacity(members, has_branch, hosts, rng["hosts"]),
                "dormant": asleep,
            }
        )
    )


def _check_sizes(organizations: int, streets: int, communities: int) -> None:
    if not 1 <= organizations <= MOST_ORGANIZATIONS:
        raise ArgumentError(
            broken("organizations", organizations, Rule(bool, "from_to", {"low": 1, "high": MOST_ORGANIZATIONS}))
        )
    if streets < 1 or communities < 1 or streets * communities > MOST_ORGANIZATIONS:
        rule = Rule(bool, "places", {"most": thousands(MOST_ORGANIZATIONS)})
        refuse([broken("streets", streets, rule), broken("communities", communities, rule)])


def _check_number(name: str, value: Any) -> None:
    if not is_number(value):
        refuse([broken(name, value, Rule(bool, "number"))])


def _check_positive(**values: float) -> None:
    for name, value in values.items():
        _check_number(name, value)
        if not (np.isfinite(value) and value > 0):
            raise ArgumentError(broken(name, value, Rule(bool, "above_nought")))


def _check_shares(**values: float) -> None:
    for name, value in values.items():
        _check_number(name, value)
        if not 0 <= value <= 1:
            raise ArgumentError(broken(name, value, RULES["quantile"]))


def _members(organizations: int, mean: float, dispersion: float, rng: np.random.Generator) -> Ints:
    """Full members by a negative binomial law of this mean, with variance mean + mean² / dispersion."""
    return rng.negative_binomial(dispersion, dispersion / (dispersion + mean), organizations)


def _parts(members: Ints, floating: float, part_time: float, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """On the roll, floating and part-time: each member is one of the three by chance."""
    on_roll = rng.binomial(members, 1 - floating - part_time)
    others = members - on_roll
    loose = floating + part_time
    on_loan = rng.binomial(others, floating / loose if loose else 0.0)
    return on_roll, on_loan, others - on_loan


def _employees(members: Ints, mean_members: float, rng: np.random.Generator) -> Ints:
    """Employees: the members that work there (a part-time member is on another's payroll), and others."""
    others = max(MEAN_EMPLOYEES - mean_members, 1.0)
    return members + rng.negative_binomial(1.0, 1 / (1 + others), len(members))


def _branches(members: Ints, on_roll: Ints, covered: float, joined: float, rng: np.random.Generator) -> Mask:
    """Who has a branch: exactly the share wanted, nobody without a member.

    Earlier branches were formed of members on the roll, so these decide who is likelier to have one.
    """
    wanted = round(covered * len(members))
    luck = rng.gumbel(size=len(members))
    large, small = members >= 3, (members == 1) | (members == 2)
    able = int(large.sum() + small.sum())
    if wanted > able:
        details = {"able": able, "organizations": len(members)}
        raise ArgumentError(broken("covered", covered, Rule(bool, "covered", details)))
    units = min(round(joined * wanted), int(small.sum()))
    units = max(units, wanted - int(large.sum()))
    # Largest keys of log weight + Gumbel noise: a weighted draw without replacement.
    weight = np.log(0.1 + on_roll) + luck
    chosen = np.zeros(len(members), dtype=np.bool_)
    chosen[_largest(np.where(large, weight, -np.inf), wanted - units)] = True
    chosen[_largest(np.where(small, weight, -np.inf), units)] = True
    return chosen


def _largest(keys: npt.NDArray[np.float64], count: int) -> Ints:
    return np.argsort(-keys, kind="stable")[:count]


def _asleep(members: Ints, has_branch: Mask, share: float, rng: np.random.Generator) -> Mask:
    """The dormant ones: without a branch, the likelier the fewer members."""
    wanted = min(round(share * len(members)), int((~has_branch).sum()))
    keys = np.where(has_branch, -np.inf, rng.gumbel(size=len(members)) - np.log1p(members))
    asleep = np.zeros(len(members), dtype=np.bool_)
    asleep[_largest(keys, wanted)] = True
    return asleep


def _responsible(
    street: names.Texts, kind: Ints, industry: Ints, systems: list[int], share: float, rng: np.random.Generator
) -> names.Texts:
    """Each organization's street, or the system of its industry for a share of those that have one."""
    theirs = np.isin(industry, systems)
    wanted = min(round(share * len(street)), int(theirs.sum()))
    association = kind == names.KINDS.index("association")
    keys = np.where(theirs, rng.gumbel(size=len(street)) + np.where(association, np.log(3.0), 0.0), -np.inf)
    taken = np.zeros(len(street), dtype=np.bool_)
    taken[_largest(keys, wanted)] = True
    of_industry = np.array([one.system for one in names.INDUSTRIES], dtype=object)
    responsible: names.Texts = np.where(taken, of_industry[industry], street)
    return responsible


def _capacity(members: Ints, has_branch: Mask, share: float, rng: np.random.Generator) -> Ints:
    """What hosts can take on: one to four units, since a joint branch covers five at most."""
    able = has_branch & (members >= 3)
    wanted = round(share * able.sum())
    keys = np.where(able, rng.gumbel(size=len(members)) + np.log(np.maximum(members, 1)) * 0.5, -np.inf)
    capacity = np.zeros(len(members), dtype=np.int64)
    capacity[_largest(keys, wanted)] = rng.choice([1, 2, 3, 4], size=wanted, p=[0.35, 0.35, 0.2, 0.1])
    return capacity
