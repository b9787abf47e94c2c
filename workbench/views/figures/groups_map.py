"""The map of joint branches: who joins whom, and who is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from workbench.grouping.problem import places_of
from workbench.labels import text
from workbench.numbers import decimal, thousands
from workbench.views.drawing import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    INK,
    SILVER,
    SMALL_SIZE,
    VERMILLION,
    Name,
    canvas,
    drawing,
    halo,
    heading,
    nothing,
    place_names,
    settle,
    short,
)

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

Floats = NDArray[np.float64]

#: A degree of latitude in kilometres, for the scale of a map in degrees.
KM_A_DEGREE = 111.2
#: Streets whose names a map still has room for.
MOST_NAMES = 40


class _Look(NamedTuple):
    colour: str
    marker: str
    size: float


_LOOKS = {
    "peer": _Look(BLUE, "D", 5.5),
    "community": _Look(GREEN, "s", 6.0),
    "host": _Look(AMBER, "^", 6.5),
}


def map_groups(
    register: pd.DataFrame,
    grouping: Grouping,
    ax: Axes | None = None,
    *,
    street: str | None = None,
    scenario: Scenario | None = None,
) -> Axes:
    """Organizations as light dots; each unit tied to what leads it; units that nobody took crossed.

    Parameters
    ----------
    register
        a validated register; its x, y in km, or else its lon, lat in degrees.
    grouping
        who joins whom.
    ax
        axes to draw into; None makes a picture of its own.
    street
        show this street closer, with every group that it leads or has a unit in; None shows the city.
    scenario
        gives the community centres that it names; others are the mean of a community's organizations.

    Returns
    -------
    Axes : collections carry the gids ``links/<kind>``, lines ``units/<kind>``, ``facilities/<kind>`` and
        ``left_out``.

    Raises
    ------
    ValueError
        the register has no such street.
    """
    if street is not None and not (register["street"] == street).any():
        raise ValueError(text("error.map_street", street=street))
    close_up = street is not None
    with drawing():
        ax = canvas(ax, 5.4)
        places = places_of(register)
        points = pd.DataFrame(places.points, index=register.index, columns=["across", "up"])
        if not places.known.any():
            nothing(ax, text("figure.map.no_places"))
            return ax
        joined, left_out = _chosen(register, grouping, street)
        ends = _facility_points(register, points, joined, scenario)
        units = points.loc[joined["org_id"]].to_numpy()
        lost = points.loc[left_out["org_id"]].to_numpy()
        here = (register["street"] == street).to_numpy() if street else np.ones(len(register), dtype=bool)
        _dots(ax, points.to_numpy(), here, street)
        handles: list[Artist] = [
            _handle("o", SILVER, 3.0, text("figure.map.organizations", count=thousands(int(here.sum()))))
        ]
        for kind, look in _LOOKS.items():
            handles += _kind(ax, kind, look, joined, units, ends, close=close_up)
        if len(left_out):
            ax.plot(
                *lost.T,
                ls="",
                marker="X",
                ms=8,
                mec="white",
                mew=0.8,
                color=VERMILLION,
                zorder=6,
                gid="left_out",
            )
            handles.append(_handle("X", VERMILLION, 8, text("figure.map.left_out", count=len(left_out))))
        shown = np.vstack([points.to_numpy()[here], units, ends, lost])
        legend = ax.legend(
            handles=handles,
            loc="upper left",
            bbox_to_anchor=(1.01, 1.0),
            borderaxespad=0.0,
            fontsize=SMALL_SIZE,
            labelspacing=1.0,
            handlelength=1.6,
        )
        for entry in legend.get_texts():
            entry.set_linespacing(1.35)
        heading(ax, *_answer(joined, left_out, units, ends, street))
        ax.set(xticks=[], yticks=[])
        for side in ax.spines.values():
            side.set_visible(True)
        settle(ax)
        _frame(ax, shown[np.isfinite(shown).all(axis=1)], places.geographic)
        _scale_bar(ax, places.geographic)
        obstacles = np.vstack([units, ends, lost])
        names = _ids(joined, left_out, units, ends, lost) if close_up else _street_names(register, points)
        place_names(
            ax,
            names,
            np.vstack([obstacles, *(units + share * (ends - units) for share in (0.25, 0.5, 0.75))]),
        )
    return ax


def _chosen(register: pd.DataFrame, grouping: Grouping, street: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Assignments and left-over units to show: of a street, whole groups that it leads or has a unit in."""
    of = register["street"]
    joined = grouping.assignment.assign(own=True)
    left_out = grouping.left_out
    if street is None:
        return joined, left_out
    joined["own"] = of.loc[joined["org_id"]].to_numpy() == street
    groups = grouping.groups.set_index(["facility_kind", "facility_id"])["street"]
    here = groups[groups == street].index.union(
        pd.MultiIndex.from_frame(joined.loc[joined["own"], ["facility_kind", "facility_id"]].drop_duplicates())
    )
    shown = pd.MultiIndex.from_frame(joined[["facility_kind", "facility_id"]]).isin(here)
    return joined[shown], left_out[of.loc[left_out["org_id"]].to_numpy() == street]


def _facility_points(
    register: pd.DataFrame, points: pd.DataFrame, joined: pd.DataFrame, scenario: Scenario | None
) -> Floats:
    """Where the facility of each assignment is, (n, 2); NaN where that is not known."""
    ends = points.reindex(joined["facility_id"]).to_numpy(copy=True)
    is_community = (joined["facility_kind"] == "community").to_numpy()
    if is_community.any():
        keys = register["street"] + "/" + register["community"]
        centres = points.groupby(keys.to_numpy()).mean()
        given = scenario.grouping.community_centres if scenario else {}
        for key, centre in given.items():
            centres.loc[key] = list(centre)
        ends[is_community] = centres.reindex(joined.loc[is_community, "facility_id"]).to_numpy()
    return np.asarray(ends, dtype=np.float64)


def _dots(ax: Axes, points: Floats, here: NDArray[np.bool_], street: str | None) -> None:
    if street is not None:
        ax.plot(*points[~here].T, ls="", marker="o", ms=2.0, mew=0, color=SILVER, alpha=0.5, gid="elsewhere")
    ax.plot(
        *points[here].T,
        ls="",
        marker="o",
        ms=4.0 if street else 2.2,
        mew=0,
        color=SILVER,
        gid="organizations",
    )


def _kind(
    ax: Axes, kind: str, look: _Look, joined: pd.DataFrame, units: Floats, ends: Floats, *, close: bool
) -> list[Artist]:
    """The groups of one kind, and their entries in the legend."""
    of_kind = (joined["facility_kind"] == kind).to_numpy()
    if not of_kind.any():
        return []
    own, facilities = joined[of_kind], ends[of_kind]
    segments = np.stack([units[of_kind], facilities], axis=1)
    links = LineCollection(list(segments), colors=look.colour, linewidths=1.1 if close else 0.8, alpha=0.75, zorder=3)
    links.set_gid(f"links/{kind}")
    ax.add_collection(links)
    grow = 1.35 if close else 1.0
    ax.plot(
        *units[of_kind].T,
        ls="",
        marker="o",
        ms=3.4 * grow,
        mew=0,
        color=look.colour,
        zorder=4,
        gid=f"units/{kind}",
    )
    first = ~own["facility_id"].duplicated().to_numpy()
    ax.plot(
        *facilities[first].T,
        ls="",
        marker=look.marker,
        ms=look.size * grow,
        mec="white",
        mew=0.6,
        color=look.colour,
        zorder=5,
        gid=f"facilities/{kind}",
    )
    words = text(f"figure.map.{kind}", groups=int(first.sum()), units=len(own))
    return [_handle(look.marker, look.colour, look.size, words, line=True)]


def _handle(marker: str, colour: str, size: float, words: str, *, line: bool = False) -> Line2D:
    return Line2D(
        [],
        [],
        ls="-" if line else "",
        lw=0.9,
        marker=marker,
        ms=size,
        mec="white",
        mew=0.5,
        color=colour,
        label=words,
    )


def _frame(ax: Axes, shown: Floats, geographic: bool) -> None:
    """Just around what is shown, in true proportions, filling the settled axes."""
    across = float(np.cos(np.radians(shown[:, 1].mean()))) if geographic else 1.0
    low, high = shown.min(axis=0), shown.max(axis=0)
    least = 0.01 if geographic else 1.0
    size = np.maximum(high - low, least) * [across, 1.0]
    size += [0.06 * size.max(), 0.12 * size.max()]
    box = ax.get_window_extent()
    wide = max(size[0], size[1] * box.width / box.height)
    half = np.array([wide / across, wide * box.height / box.width]) / 2
    # A little more below: that is where the scale stands.
    middle = (low + high) / 2 - [0.0, 0.03 * size[1]]
    ax.set_xlim(middle[0] - half[0], middle[0] + half[0])
    ax.set_ylim(middle[1] - half[1], middle[1] + half[1])
    ax.set_aspect(1.0 / across, anchor="NW")


def _scale_bar(ax: Axes, geographic: bool) -> None:
    """A bar of a round number of kilometres, about a fifth of the map."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    unit = KM_A_DEGREE * float(np.cos(np.radians((low + high) / 2))) if geographic else 1.0
    rough = (right - left) * unit / 5
    power = 10.0 ** np.floor(np.log10(rough))
    km = float(max(step * power for step in (1, 2, 5) if step * power <= rough))
    begin, at = left + 0.03 * (right - left), low + 0.025 * (high - low)
    ax.plot([begin, begin + km / unit], [at, at], color=INK, lw=2.0, solid_capstyle="butt", gid="scale", zorder=7)
    ax.annotate(
        text("figure.map.km", km=f"{km:g}"),
        xy=(begin + km / unit / 2, at),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=SMALL_SIZE,
        zorder=7,
        path_effects=halo(),
    )


def _street_names(register: pd.DataFrame, points: pd.DataFrame) -> list[Name]:
    """Streets' names near the middle of their organizations, faint, to find one's way."""
    middles = points.groupby(register["street"]).median().dropna()
    if len(middles) > MOST_NAMES:
        return []
    return [
        Name(f"street/{street}", across, up, short(str(street), 14), GREY)
        for street, (across, up) in zip(middles.index, middles.to_numpy(), strict=True)
    ]


def _ids(joined: pd.DataFrame, left_out: pd.DataFrame, units: Floats, ends: Floats, lost: Floats) -> list[Name]:
    """Ids of what leads each group; of the units too, where they are few."""
    first = (~joined[["facility_kind", "facility_id"]].duplicated()).to_numpy()
    kinds, ids = joined["facility_kind"].to_numpy(dtype=object), joined["facility_id"].to_numpy(dtype=object)
    names = [
        Name(f"name/{name}", float(at[0]), float(at[1]), str(name).split("/")[-1], _LOOKS[kind].colour)
        for kind, name, at in zip(kinds[first], ids[first], ends[first], strict=True)
    ]
    if len(joined) + len(left_out) <= MOST_NAMES:
        led = {name.words for name in names}
        own = joined["org_id"].to_numpy(dtype=object)
        names += [
            Name(f"name/{unit}", float(at[0]), float(at[1]), str(unit), INK)
            for unit, at in zip(own, units, strict=True)
            if unit not in led
        ]
        names += [
            Name(f"name/{unit}", float(at[0]), float(at[1]), str(unit), VERMILLION)
            for unit, at in zip(left_out["org_id"], lost, strict=True)
        ]
    return [name for name in names if np.isfinite([name.across, name.up]).all()]


def _answer(joined: pd.DataFrame, left_out: pd.DataFrame, units: Floats, ends: Floats, street: str | None) -> list[str]:
    pairs = joined[["facility_kind", "facility_id"]].drop_duplicates()
    ways = joined.loc[joined["own"], "distance_km"].dropna()
    hosts = int((pairs["facility_kind"] == "host").sum())
    values = {
        "street": street or "",
        "covered": int(joined["own"].sum()),
        "units": int(joined["own"].sum()) + len(left_out),
        "branches": len(pairs) - hosts,
        "hosts": hosts,
        # As the grouping's summary and the model have it: of all units, those that lead at no distance.
        "mean": decimal(ways.mean() if len(ways) else 0.0, 2),
        "furthest": decimal(ways.max() if len(ways) else 0.0, 2),
        "missing": int((~np.isfinite(np.hstack([units, ends])).all(axis=1)).sum()),
    }
    return [
        text("figure.map.title_street" if street else "figure.map.title", **values),
        text("figure.map.note", **values),
        text("figure.map.missing", **values) if values["missing"] else "",
    ]
