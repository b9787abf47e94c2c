"""Where organizations are, and how far apart: kilometres on a plane, or WGS-84 geodesics for lon/lat.

A spatial index proposes pairs by straight lines, which are never longer than the true distance, so that no
candidate is lost; the true distance then decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.grouping.tolerances import DISTANCE_KM

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Places:
    """Points, planar or geographic.

    Attributes
    ----------
    points
        (n, 2) float64; x, y in km, or lon, lat in degrees (WGS-84); NaN where a place is not known.
    geographic
        whether the points are lon, lat.
    """

    points: Floats
    geographic: bool

    @property
    def known(self) -> NDArray[np.bool_]:
        """(n,) bool: which places are known."""
        return np.asarray(np.isfinite(self.points).all(axis=1), dtype=np.bool_)

    def distances(self, here: Ints, other: Places, there: Ints) -> Floats:
        """Distance in km of each pair (here[k] of these places, there[k] of the other's)."""
        a, b = self.points[here], other.points[there]
        if not self.geographic:
            flat: Floats = np.hypot(a[:, 0] - b[:, 0], a[:, 1] - b[:, 1])
            return flat
        if len(a) == 0:
            return np.zeros(0)
        from pyproj import Geod

        _, _, metres = Geod(ellps="WGS84").inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
        return np.asarray(metres, dtype=np.float64) / 1000.0

    def near(self, here: Ints, other: Places, there: Ints, radius_km: float) -> tuple[Ints, Ints, Floats]:
        """Pairs within `radius_km` in no order: positions in `here`, positions in `there`, distance in km."""
        if len(here) == 0 or len(there) == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        near = _tree(self._straight(here)).sparse_distance_matrix(
            _tree(other._straight(there)), _generous(radius_km), output_type="ndarray"
        )
        a, b = near["i"].astype(np.int64), near["j"].astype(np.int64)
        return _within(a, b, self.distances(here[a], other, there[b]), radius_km)

    def near_each_other(self, here: Ints, radius_km: float) -> tuple[Ints, Ints, Floats]:
        """Ordered pairs of distinct places within `radius_km`, as `near`; d(a, b) and d(b, a) are one number."""
        if len(here) < 2:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        pairs = _tree(self._straight(here)).query_pairs(_generous(radius_km), output_type="ndarray")
        a, b = pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)
        a, b, d = _within(a, b, self.distances(here[a], self, here[b]), radius_km)
        return np.r_[a, b], np.r_[b, a], np.r_[d, d]

    def _straight(self, which: Ints) -> Floats:
        """Coordinates in which straight lines are at most as long as distances: the plane, or the globe's chords."""
        points = self.points[which]
        if not self.geographic:
            return points
        lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
        axis, flattening = 6378.137, 1 / 298.257223563
        eccentricity2 = flattening * (2 - flattening)
        normal = axis / np.sqrt(1 - eccentricity2 * np.sin(lat) ** 2)
        return np.column_stack(
            [
                normal * np.cos(lat) * np.cos(lon),
                normal * np.cos(lat) * np.sin(lon),
                normal * (1 - eccentricity2) * np.sin(lat),
            ]
        )


def places_of(register: pd.DataFrame) -> Places:
    """The places in a register: its x, y if any row has them, else its lon, lat."""
    plane = register[["x", "y"]].to_numpy(dtype=np.float64, copy=True)
    globe = register[["lon", "lat"]].to_numpy(dtype=np.float64, copy=True)
    geographic = not np.isfinite(plane).all(axis=1).any() and bool(np.isfinite(globe).all(axis=1).any())
    return Places(globe if geographic else plane, geographic)


def _tree(points: Floats) -> Any:
    from scipy.spatial import cKDTree

    return cKDTree(points)


def _generous(radius_km: float) -> float:
    return radius_km * (1 + 1e-9) + 1e-6


def _within(a: Ints, b: Ints, distance: Floats, radius_km: float) -> tuple[Ints, Ints, Floats]:
    keep = distance <= radius_km + DISTANCE_KM
    return a[keep], b[keep], distance[keep]
