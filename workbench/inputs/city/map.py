"""The map of a made-up city: streets that share a plane, communities inside them, organizations around
communities.

People live densest round a centre and round a few lesser towns. Street centres settle in that density by
Lloyd's relaxation (each moves to the mean of the people nearest to it), so that streets are small in town
and wide outside.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Side of a street's square on the average, where the map's size is left open (about 50 km2 a street).
STREET_KM = 7.0
#: Organizations lie about a community's centre with this standard deviation.
SPREAD_KM = 0.45
_PEOPLE_PER_STREET = 150
_MOST_PEOPLE = 300_000
_RELAXATIONS = 12


class CityMap(NamedTuple):
    """Where things are, in km on a plane.

    Attributes
    ----------
    streets
        centres; shape (streets, 2).
    communities
        centres; shape (communities, 2).
    street_of
        the street of each community, ascending; shape (communities,).
    """

    streets: Floats
    communities: Floats
    street_of: Ints


def draw_map(streets: int, communities: int, size_km: float, rng: np.random.Generator) -> CityMap:
    """Draw streets and communities.

    Parameters
    ----------
    streets, communities
        how many; communities are those of an average street.
    size_km
        side of the square that holds the city.
    rng
        where chance comes from.
    """
    people = _people(max(streets * communities * 4, min(streets * _PEOPLE_PER_STREET, _MOST_PEOPLE)), size_km, rng)
    centres = _relaxed(people[rng.permutation(len(people))[:streets]], people)
    home = _nearest(centres, people)
    # Communities are where people are: a random few of each street's people.
    wanted = np.maximum(1, np.rint(communities * rng.uniform(0.5, 1.5, streets))).astype(np.int64)
    order = np.lexsort((rng.random(len(people)), home))
    first = np.searchsorted(home[order], np.arange(streets))
    turn = np.arange(len(people)) - first[home[order]]
    chosen = order[turn < wanted[home[order]]]
    # A street in which nobody lives, which happens on tiny maps only, has a community at its centre.
    empty = np.setdiff1d(np.arange(streets), home[chosen])
    points = np.concatenate([people[chosen], centres[empty]])
    street_of = np.concatenate([home[chosen], empty])
    by_street = np.argsort(street_of, kind="stable")
    return CityMap(centres, points[by_street], street_of[by_street].astype(np.int64))


def _people(count: int, size_km: float, rng: np.random.Generator) -> Floats:
    """Points of the city's density: a core, a few lesser towns, and open country; shape (count, 2)."""
    towns = rng.uniform(0.15, 0.85, (4, 2)) * size_km
    middle = np.full(2, size_km / 2) + rng.normal(0, 0.03 * size_km, 2)
    which = rng.choice(3, size=count, p=[0.55, 0.25, 0.20])
    spread = rng.normal(0, 1, (count, 2))
    core = middle + spread * (0.16 * size_km)
    town = towns[rng.integers(len(towns), size=count)] + spread * (0.06 * size_km)
    country = rng.uniform(0, size_km, (count, 2))
    points = np.choose(which[:, None], [core, town, country])
    # Reflected, not clipped: no one lives in a heap on the border.
    points = np.abs(points)
    inside: Floats = np.clip(np.where(points > size_km, 2 * size_km - points, points), 0, size_km)
    return inside


def _nearest(centres: Floats, points: Floats) -> Ints:
    from scipy.spatial import cKDTree

    found: Ints = cKDTree(centres).query(points)[1].astype(np.int64)
    return found


def _relaxed(centres: Floats, people: Floats) -> Floats:
    for _ in range(_RELAXATIONS):
        home = _nearest(centres, people)
        number = np.bincount(home, minlength=len(centres))
        means = np.column_stack([np.bincount(home, people[:, axis], len(centres)) for axis in (0, 1)])
        centres[number > 0] = means[number > 0] / number[number > 0][:, None]
    return centres


def scatter(
    city: CityMap, organizations: int, shared: float, size_km: float, rng: np.random.Generator
) -> tuple[Ints, Floats]:
    """Put organizations into communities and on the map.

    Every street has at least one if there are enough. A share of them are at their community's service
    centre: they share one point, as geocoded registers do.

    Returns
    -------
    tuple[Ints, Floats]
        community of each organization, shape (organizations,); places in km to the metre, shape (organizations,
        2).
    """
    streets = len(city.streets)
    # Some communities have a business quarter, most have not: gamma weights, towards the city's centre
    # heavier.
    weight = rng.gamma(1.5, 1.0, len(city.communities))
    away = np.linalg.norm(city.communities - size_km / 2, axis=1) / size_km
    weight = weight * np.exp(-1.5 * away) + 1e-9
    community = rng.choice(len(weight), size=organizations, p=weight / weight.sum())
    first = np.searchsorted(city.street_of, np.arange(streets))
    settled = min(streets, organizations)
    community[:settled] = rng.permutation(first)[:settled]
    community = rng.permutation(community)
    place = city.communities[community] + rng.normal(0, SPREAD_KM, (organizations, 2))
    together = rng.random(organizations) < shared
    place = np.where(together[:, None], city.communities[community], np.clip(place, 0, size_km))
    return community, np.round(place, 3)
