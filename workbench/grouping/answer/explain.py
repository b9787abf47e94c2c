"""Why a unit is where it is, what its next best place would cost, or what would bring in one left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbench.arguments import shown
from workbench.errors import NotAUnitError
from workbench.grouping.answer.reasons import reason_words
from workbench.grouping.problem import COMMUNITY, KINDS, Floats, Ints, Problem
from workbench.grouping.tolerances import DISTANCE_KM
from workbench.labels import text
from workbench.numbers import decimal, signed_decimal

if TYPE_CHECKING:
    from workbench.grouping.answer.result import Grouping

#: How many places an explanation shows.
PLACES_SHOWN = 8


@dataclass(frozen=True, eq=False)
class Explanation:
    """One unit's situation.

    Attributes
    ----------
    org_id
        the unit.
    facility_kind, facility_id
        where it is; None where it is left out.
    reason
        the code of why it is left out; None where it is not.
    places
        where else it could go, cheapest first: facility_kind, facility_id, distance_km, cost (of the pairing),
        change (of the total cost, everybody else staying; NaN where it cannot go there as things stand),
        obstacle (a code: mates, apart, leads, breaks, not_led, full, too_few; "" where there is none).
    text
        all of it in words, in the language that was in use.
    """

    org_id: str
    facility_kind: str | None
    facility_id: str | None
    reason: str | None
    places: pd.DataFrame
    text: str

    def __str__(self) -> str:
        return self.text


def explain_unit(grouping: Grouping, problem: Problem, org_id: str) -> Explanation:
    """Explain one unit of a grouping (see `Explanation`).

    Raises
    ------
    NotAUnitError
        the organization is not a unit of this grouping.
    """
    found = np.flatnonzero(problem.units.ids == org_id) if isinstance(org_id, str) else ()
    if len(found) == 0:
        raise NotAUnitError(text("explain.no_unit", org_id=org_id if isinstance(org_id, str) else shown(org_id)))
    board = _Board(grouping, problem)
    unit = int(found[0])
    places = board.places(unit)
    here = int(board.chosen[unit])
    kind: str | None = None
    name: str | None = None
    reason: str | None = None
    if here >= 0:
        kind, name = KINDS[problem.facilities.kind[here]], str(problem.facilities.ids[here])
        words = board.words_placed(unit, here, places)
    else:
        rows = grouping.left_out
        reason = str(rows.loc[rows["org_id"] == org_id, "reason"].iloc[0])
        words = board.words_left_out(unit, reason_words(reason, grouping._why.get(org_id, ())), reason, places)
    return Explanation(org_id, kind, name, reason, places.head(PLACES_SHOWN), words)


class _Board:
    """The grouping as arrays: who is where, how full and how strong each facility is."""

    def __init__(self, grouping: Grouping, problem: Problem) -> None:
        self.problem = problem
        units, facilities = problem.units, problem.facilities
        number = {pair: k for k, pair in enumerate(zip(facilities.kind_names, facilities.ids, strict=True))}
        unit = {org_id: k for k, org_id in enumerate(units.ids)}
        self.chosen: Ints = np.full(len(units), -1, np.int64)
        table = grouping.assignment
        for org_id, kind, name in zip(table["org_id"], table["facility_kind"], table["facility_id"], strict=True):
            self.chosen[unit[org_id]] = number[kind, name]
        here = self.chosen >= 0
        self.size = np.bincount(self.chosen[here], minlength=len(facilities))
        self.members = np.bincount(self.chosen[here], units.members[here], len(facilities)).astype(np.int64)

    def block(self, unit: int) -> Ints:
        """The unit and those it must be with."""
        return np.flatnonzero(self.problem.demands.block == self.problem.demands.block[unit]).astype(np.int64)

    def cost(self, unit: int, facility: int) -> float:
        """Cost of a pairing; NaN where the rules do not allow it."""
        at = self.arc(unit, facility)
        return float(self.problem.arcs.cost[at]) if at >= 0 else float("nan")

    def arc(self, unit: int, facility: int) -> int:
        """Where a pairing stands among the arcs; -1 where the rules do not allow it."""
        return int(self.problem.arcs.find(np.array([unit]), np.array([facility]))[0])

    def places(self, unit: int) -> pd.DataFrame:
        """Every other place within the rules, with what moving there (with its block) would change."""
        problem = self.problem
        arcs, facilities = problem.arcs, problem.facilities
        block = self.block(unit)
        rows = []
        for arc in range(arcs.start[unit], arcs.start[unit + 1]):
            facility = int(arcs.facility[arc])
            if facility == self.chosen[unit]:
                continue
            obstacle = self.obstacle(block, facility)
            rows.append(
                {
                    "facility_kind": KINDS[facilities.kind[facility]],
                    "facility_id": str(facilities.ids[facility]),
                    "distance_km": float(arcs.distance[arc]),
                    "cost": float(arcs.cost[arc]),
                    "change": float("nan") if obstacle else self.change(block, facility),
                    "obstacle": obstacle,
                }
            )
        columns = ["facility_kind", "facility_id", "distance_km", "cost", "change", "obstacle"]
        table = pd.DataFrame(rows, columns=columns)
        return table.sort_values(["change", "cost", "facility_kind", "facility_id"], ignore_index=True)

    def obstacle(self, block: Ints, facility: int) -> str:
        """Why a block cannot go to a facility as things stand; "" where it can."""
        problem = self.problem
        units, facilities = problem.units, problem.facilities
        here = int(self.chosen[block[0]])
        leader = int(facilities.leader[facility])
        if any(np.isnan(self.cost(int(u), facility)) for u in block):
            return "mates"
        inside = set(np.flatnonzero(self.chosen == facility).tolist())
        mine = set(block.tolist())
        if any((a in mine and b in inside) or (b in mine and a in inside) for a, b in problem.demands.conflicts):
            return "apart"
        if here >= 0:
            leads = int(facilities.leader[here])
            stays = self.size[here] - len(block)
            if leads in block and stays > 0:
                return "leads"
            if stays > 0 and self.members[here] - units.members[block].sum() < facilities.need[here]:
                return "breaks"
        if leader >= 0 and leader not in block and self.chosen[leader] != facility:
            return "not_led"
        if self.size[facility] + len(block) > facilities.capacity[facility]:
            return "full"
        if self.members[facility] + units.members[block].sum() < facilities.need[facility]:
            return "too_few"
        return ""

    def change(self, block: Ints, facility: int) -> float:
        """What the total cost gains when a block moves, everybody else staying."""
        facilities = self.problem.facilities
        here = int(self.chosen[block[0]])
        change = float(sum(self.cost(int(u), facility) for u in block))
        change += float(facilities.opening[facility]) * (self.size[facility] == 0)
        if here >= 0:
            change -= sum(self.cost(int(u), here) for u in block)
            change -= float(facilities.opening[here]) * (self.size[here] == len(block))
        return float(change)

    def words_placed(self, unit: int, here: int, places: pd.DataFrame) -> str:
        """Where it is and at what cost; the next best place."""
        problem = self.problem
        facilities = problem.facilities
        org_id = problem.units.ids[unit]
        arc = self.arc(unit, here)
        key = "explain.leads" if facilities.leader[here] == unit else "explain.placed"
        lines = [
            text(
                key,
                org_id=org_id,
                kind=text(f"facility.{KINDS[facilities.kind[here]]}"),
                facility=facilities.ids[here],
                km=decimal(problem.arcs.distance[arc], 2),
                cost=decimal(problem.arcs.cost[arc], 2),
                units=int(self.size[here]),
                members=int(self.members[here]),
            )
        ]
        if problem.demands.pinned[unit] >= 0:
            lines.append(text("explain.pinned"))
        lines += self._mates(unit)
        open_now = places[places["obstacle"] == ""]
        if len(open_now):
            best = open_now.iloc[0]
            lines.append(
                text(
                    "explain.next",
                    kind=text(f"facility.{best['facility_kind']}"),
                    facility=best["facility_id"],
                    km=decimal(best["distance_km"], 2),
                    change=signed_decimal(best["change"], 2),
                )
            )
        elif len(places):
            near = places.iloc[0]
            lines.append(
                text(
                    "explain.next_not",
                    kind=text(f"facility.{near['facility_kind']}"),
                    facility=near["facility_id"],
                    km=decimal(near["distance_km"], 2),
                    obstacle=text(f"obstacle.{near['obstacle']}"),
                )
            )
        elif problem.demands.pinned[unit] < 0:
            key = "explain.nowhere_allowed" if self._within(unit) else "explain.nowhere_else"
            lines.append(text(key, km=f"{problem.max_distance_km:g}"))
        return "\n".join(lines)

    def words_left_out(self, unit: int, words: str, reason: str, places: pd.DataFrame) -> str:
        """Why it is left out, and what would bring it in: distance, capacity, members nearby."""
        problem = self.problem
        lines = [text("explain.left_out", org_id=problem.units.ids[unit], reason=words)]
        lines += self._mates(unit)
        others = places[places["facility_id"] != problem.units.ids[unit]]
        short = self._short_of_members(unit)
        if reason == "out_of_reach":
            nearest = self._nearest(unit)
            if nearest is not None:
                name, distance = nearest
                lines.append(
                    text(
                        "explain.nearest",
                        facility=name,
                        km=decimal(distance, 2),
                        limit=f"{problem.max_distance_km:g}",
                    )
                )
        if short > 0 and reason in ("too_few_members", "out_of_reach"):
            lines.append(text("explain.short", short=short, km=f"{problem.max_distance_km:g}"))
        full = others[others["obstacle"] == "full"]
        if len(full):
            lines.append(text("explain.full", count=len(full), facility=full.iloc[0]["facility_id"]))
        return "\n".join(lines)

    def _mates(self, unit: int) -> list[str]:
        mates = [str(self.problem.units.ids[u]) for u in self.block(unit) if u != unit]
        return [text("explain.mates", units=", ".join(mates))] if mates else []

    def _short_of_members(self, unit: int) -> int:
        """Members that are missing for a group led by a unit, of those around it who are left out as well."""
        problem = self.problem
        arcs, units = problem.arcs, problem.units
        own = np.flatnonzero(problem.facilities.leader == unit)
        if len(own) == 0:
            return 0
        around = arcs.unit[arcs.facility == own[0]]
        around = around[self.chosen[around] < 0]
        first = self.block(unit)
        if not np.isin(first, around).all():
            return 0
        company = [int(u) for u in first]
        for other in around:
            block = self.block(int(other))
            clash = np.isin(problem.demands.conflicts, block).any(axis=1)
            met = np.isin(problem.demands.conflicts[clash], company).any()
            if other not in company and np.isin(block, around).all() and not met:
                company += [int(u) for u in block]
        short = int(problem.facilities.need[own[0]] - units.members[company].sum())
        # Members who come are units of one member: there has to be room for them.
        return short if len(company) + short <= problem.facilities.capacity[own[0]] else 0

    def _nearest(self, unit: int) -> tuple[str, float] | None:
        """The nearest other facility beyond the distance allowed."""
        problem = self.problem
        far = self._far(unit)
        far[(problem.facilities.kind == COMMUNITY) | ~(far > problem.max_distance_km + DISTANCE_KM)] = np.inf
        if not np.isfinite(far).any():
            return None
        at = int(np.argmin(far))
        return str(problem.facilities.ids[at]), float(far[at])

    def _within(self, unit: int) -> bool:
        """Whether any other facility is within the distance, allowed to the unit or not."""
        here = np.arange(len(self.problem.facilities)) != self.chosen[unit]
        return bool((here & (self._far(unit) <= self.problem.max_distance_km + DISTANCE_KM)).any())

    def _far(self, unit: int) -> Floats:
        """(f,) distance of each facility that it does not lead itself, in km; inf where not known."""
        units, facilities = self.problem.units, self.problem.facilities
        everywhere = np.arange(len(facilities))
        far = units.places.distances(np.full(len(facilities), unit), facilities.places, everywhere)
        return np.where(np.isfinite(far) & (facilities.leader != unit), far, np.inf)
