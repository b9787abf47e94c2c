"""The compact model over item types: how many of each type go to each seat, not who is in which group.

At a seat an item costs the same whatever group it is in, so groups need not be told apart. With y groups at a seat, its
items fit into y times a group's room, they have y times the members that a group needs, and y of them can lead: that
every answer keeps to, so the bound holds; and groups are nearly always filled from it without loss. The model has as
many columns as there are steps between seats (`seats`), however many items there are. Rounding cuts on single seats,
which HiGHS finds by itself, see what patterns on single types do not: that a sort of 16 is three groups and one that
goes elsewhere, or four.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from workbench.grouping.models import Watch, quiet_solver, run
from workbench.grouping.patterns.item_types import ItemTypes
from workbench.grouping.patterns.patterns import Patterns
from workbench.grouping.patterns.seats import Seats, Steps, seats_of, steps_of
from workbench.grouping.problem import Floats, Ints
from workbench.grouping.tolerances import NEAR_WHOLE, SOLVER_COST

#: Columns at most: HiGHS's cuts at the root take seconds for more.
COLUMNS = 6_000
#: Where fewer items than this lead at one seat, patterns tell as much with less work.
ALONE = 2


@dataclass(frozen=True, eq=False)
class Aggregated:
    """What the model says.

    Attributes
    ----------
    groups
        the best answer found, None where none was, or where its items do not fit groups.
    bound
        what no answer costs less than.
    work
        looks spent.
    """

    groups: Patterns | None
    bound: float
    work: int


def choose_aggregated(
    types: ItemTypes,
    spare: int,
    options: dict[str, bool | float | str],
    looks: int,
    watch: Watch | None,
) -> Aggregated | None:
    """Choose how many of each type go where; None where that tells little, or has too many columns.

    Parameters
    ----------
    spare
        units that may be left out.
    options
        of HiGHS.
    looks
        at HiGHS's search at most.
    """
    seats = seats_of(types)
    leading = seats.home >= 0
    if ALONE * len(np.unique(seats.home[leading])) > types.count[leading].sum():
        return None
    model = min(
        (_Model(types, seats, steps, spare) for steps in (steps_of(types, seats), _no_steps(seats))),
        key=lambda model: model.columns,
    )
    if model.columns > COLUMNS:
        return None
    return model.solve(options, looks, watch)


def _no_steps(seats: Seats) -> Steps:
    none = np.zeros(0, np.int64)
    return Steps(none, none, np.zeros(0), np.ones(len(seats.first), np.bool_))


class _Model:
    """Columns: how many of each type stay out; groups of each seat; items that go to a seat by themselves (x), or to
    their home's node; steps of each class of items from node to node, and from a node to a seat.

    A class is what items count at a seat: units and members.
    """

    def __init__(self, types: ItemTypes, seats: Seats, steps: Steps, spare: int) -> None:
        self.types, self.seats, self.spare = types, seats, spare
        cost = types.cost[seats.first]
        kinds, places = len(types.count), len(seats.first)
        self.classes, of = np.unique(np.column_stack([types.size, types.members]), axis=0, return_inverse=True)
        self.of = of.ravel()
        every = np.arange(kinds)
        walks = (seats.home >= 0) & (len(steps.start) > 0)
        by_itself = steps.direct[:, None] | ~walks | (np.arange(places)[:, None] == seats.home)
        self.x_seat, self.x_kind = np.nonzero(np.isfinite(cost) & by_itself)
        self.walker = every[walks]
        # Who steps to a seat that is a home walks on from there, or enters.
        homes = np.unique(seats.home[seats.home >= 0])
        is_home = np.isin(steps.stop, homes)
        entered = homes[~steps.direct[homes]] if len(steps.start) else homes[:0]
        self.step_from = np.concatenate([steps.start, entered])
        self.step_to = np.concatenate([np.where(is_home, -1, steps.stop), entered])
        self.step_node = np.concatenate([np.where(is_home, steps.stop, -1), np.full(len(entered), -1)])
        self.step_cost = np.concatenate([steps.cost, np.zeros(len(entered))])
        self._first = np.cumsum(
            [0, kinds, places, len(self.x_kind), len(self.walker), len(self.step_from) * len(self.classes)]
        )
        self.cost = np.concatenate([
            np.zeros(kinds), types.opening[seats.first], cost[self.x_seat, self.x_kind], np.zeros(len(self.walker)),
            np.repeat(self.step_cost, len(self.classes)),
        ])  # fmt: skip

    @property
    def columns(self) -> int:
        """How many there are."""
        return int(self._first[-1])

    def solve(self, options: dict[str, bool | float | str], looks: int, watch: Watch | None) -> Aggregated:
        """Solve it, and fill groups from what comes out."""
        import highspy

        types, seats = self.types, self.seats
        solver = quiet_solver(options)
        low, high, matrix = self._rows()
        none = np.zeros(0)
        solver.addRows(len(low), low, high, 0, _int32(np.zeros(len(low))), _int32(none), none)
        total = np.bincount(self.of, types.count, len(self.classes))
        top = np.concatenate([
            np.where(types.must | (types.size > self.spare), 0, types.count), seats.most, types.count[self.x_kind],
            types.count[self.walker], np.tile(total, len(self.step_from)),
        ]).astype(np.float64)  # fmt: skip
        solver.addCols(self.columns, self.cost, np.zeros(self.columns), top, matrix.nnz, _int32(matrix.indptr[:-1]),
                       _int32(matrix.indices), matrix.data)  # fmt: skip
        whole = np.arange(self._first[2])
        solver.changeColsIntegrality(len(whole), _int32(whole), _whole(len(whole)))
        work = run(solver, looks=looks, watch=watch)
        info, status = solver.getInfo(), solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Aggregated(None, 0.0, work)
        bound = float(info.mip_dual_bound)
        bound -= SOLVER_COST * (1 + abs(bound))
        if info.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
            return Aggregated(None, bound, work)
        value = np.asarray(solver.getSolution().col_value)
        if (np.abs(value - np.rint(value)) > NEAR_WHOLE).any():
            # With so many groups and left out, whole numbers of items cost no more: mostly they come by themselves.
            fixed = np.rint(value[: len(whole)])
            solver.changeColsBounds(len(whole), _int32(whole), fixed, fixed)
            every = np.arange(self.columns)
            solver.changeColsIntegrality(len(every), _int32(every), _whole(len(every)))
            work += run(solver, looks=looks, watch=watch)
            if solver.getInfo().primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
                return Aggregated(None, bound, work)
            value = np.asarray(solver.getSolution().col_value)
        return Aggregated(self._groups(np.rint(value).astype(np.int64)), bound, work)

    def _rows(self) -> tuple[Floats, Floats, Any]:
        """Rows: each type's items; units left out; room, need and leaders of seats; nodes; and x <= y where nobody
        leads, so that an opening is not shared out."""
        from scipy.sparse import coo_matrix

        types, seats = self.types, self.seats
        kinds, places, classes = len(types.count), len(seats.first), len(self.classes)
        outs, groups, x, walk, step = self._first[:5]
        room = np.minimum(types.capacity, int(types.size @ types.count))[seats.first]
        item, spare = np.arange(kinds), kinds
        cap, need = kinds + 1 + np.arange(places), kinds + 1 + places + np.arange(places)
        lead = need[-1] + 1 + np.arange(places) if places else need
        node = kinds + 1 + 3 * places
        link = node + places * classes
        linked = np.flatnonzero(~seats.led[self.x_seat])
        x_column, walk_column = x + np.arange(len(self.x_kind)), walk + np.arange(len(self.walker))
        own = np.flatnonzero(seats.home[self.x_kind] == self.x_seat)
        at = np.repeat(np.arange(len(self.step_from)), classes)
        kind = np.tile(np.arange(classes), len(self.step_from))
        step_column = step + np.arange(len(at))
        seat, on = self.step_to[at] >= 0, self.step_node[at] >= 0
        each = np.arange(places)
        entries = [
            (item, outs + item, 1), (np.full(kinds, spare), outs + item, types.size),
            (cap, groups + each, -room), (need, groups + each, -types.need[seats.first]),
            (lead[seats.led], groups + each[seats.led], -1),
            (self.x_kind, x_column, 1), (cap[self.x_seat], x_column, types.size[self.x_kind]),
            (need[self.x_seat], x_column, types.members[self.x_kind]), (lead[self.x_seat[own]], x_column[own], 1),
            (link + np.arange(len(linked)), x_column[linked], 1),
            (link + np.arange(len(linked)), groups + self.x_seat[linked],
             -np.minimum(types.count[self.x_kind[linked]], room[self.x_seat[linked]])),
            (self.walker, walk_column, 1),
            (node + seats.home[self.walker] * classes + self.of[self.walker], walk_column, 1),
            (node + self.step_from[at] * classes + kind, step_column, -1),
            (node + self.step_node[at[on]] * classes + kind[on], step_column[on], 1),
            (cap[self.step_to[at[seat]]], step_column[seat], self.classes[kind[seat], 0]),
            (need[self.step_to[at[seat]]], step_column[seat], self.classes[kind[seat], 1]),
        ]  # fmt: skip
        row, column = (np.concatenate([entry[k] for entry in entries]) for k in (0, 1))
        value = np.concatenate([np.broadcast_to(entry[2], entry[0].shape) for entry in entries]).astype(np.float64)
        count = link + len(linked)
        low, high = np.full(count, -np.inf), np.zeros(count)
        low[:kinds] = high[:kinds] = types.count
        high[spare] = self.spare
        low[need[0] if places else node : node], high[need[0] if places else node : node] = 0.0, np.inf
        low[node:link] = 0.0
        return low, high, coo_matrix((value, (row, column)), shape=(count, self.columns)).tocsc()

    def _groups(self, value: Ints) -> Patterns | None:
        """Groups with so many items of each class at each seat; None where they do not fit."""
        from scipy.optimize import linear_sum_assignment

        types, seats = self.types, self.seats
        _, groups, x, walk, step, end = self._first
        times, joins = value[groups:x], value[x:walk]
        places, classes = len(seats.first), len(self.classes)
        stay = np.zeros((places, classes), np.int64)
        np.add.at(stay, (self.x_seat, self.of[self.x_kind]), joins)
        seat = self.step_to >= 0
        np.add.at(stay, self.step_to[seat], value[step:end].reshape(-1, classes)[seat])
        # Who leads: of those that are at home, first who has most members.
        leads = np.zeros((places, classes), np.int64)
        at_home = np.zeros((places, classes), np.int64)
        own = seats.home[self.x_kind] == self.x_seat
        np.add.at(at_home, (self.x_seat[own], self.of[self.x_kind[own]]), joins[own])
        left = np.where(seats.led, times, 0)
        for one in np.lexsort((self.classes[:, 0], -self.classes[:, 1])):
            leads[:, one] = np.minimum(at_home[:, one], left)
            left = left - leads[:, one]
        if left.any():
            return None
        leading: list[list[int]] = [[] for _ in range(places)]
        joining: list[list[int]] = [[] for _ in range(places)]
        cost = types.cost[seats.first]
        for one in range(classes):
            kinds = np.repeat(np.flatnonzero(self.of == one), types.count[self.of == one])
            led, beside = (np.repeat(np.arange(places), count[:, one]) for count in (leads, stay - leads))
            out = len(kinds) - len(led) - len(beside)
            price = np.concatenate([
                np.where(seats.home[kinds][None, :] == led[:, None], cost[led][:, kinds], np.inf),
                cost[beside][:, kinds],
                np.broadcast_to(np.where(types.must[kinds], np.inf, 0.0), (out, len(kinds))),
            ])  # fmt: skip
            try:
                slot, item = linear_sum_assignment(price)
            except ValueError:
                return None
            for where, who in zip(slot, kinds[item], strict=True):
                if where < len(led):
                    leading[led[where]].append(int(who))
                elif where < len(led) + len(beside):
                    joining[beside[where - len(led)]].append(int(who))
        return self._filled(times, leading, joining)

    def _filled(self, times: Ints, leading: list[list[int]], joining: list[list[int]]) -> Patterns | None:
        """Groups of each seat: who has most members goes where most are wanted."""
        types, seats = self.types, self.seats
        facility_of = {int(lead): s for s, lead in enumerate(types.lead) if lead >= 0}
        held: list[list[int]] = []
        facilities: list[int] = []
        for seat, first in enumerate(seats.first):
            if seats.led[seat]:
                inside = [[kind] for kind in leading[seat]]
                where = [facility_of[kind] for kind in leading[seat]]
            else:
                where = np.flatnonzero(seats.of == seat)[: times[seat]].tolist()
                inside = [[] for _ in where]
            room = [int(types.capacity[first]) - sum(int(types.size[k]) for k in one) for one in inside]
            wanted = [int(types.need[first]) - sum(int(types.members[k]) for k in one) for one in inside]
            for kind in sorted(joining[seat], key=lambda k: (-types.size[k], -types.members[k], k)):
                open_to = [
                    g for g in range(len(inside))
                    if room[g] >= types.size[kind] and not types.enemy[kind, inside[g]].any()
                ]  # fmt: skip
                if not open_to:
                    return None
                best = max(open_to, key=lambda g: (wanted[g], room[g], -g))
                inside[best].append(kind)
                room[best] -= int(types.size[kind])
                wanted[best] -= int(types.members[kind])
            if any(more > 0 and one for more, one in zip(wanted, inside, strict=True)):
                return None
            held += [sorted(one) for one in inside if one]
            facilities += [where[g] for g, one in enumerate(inside) if one]
        wide = max((len(one) for one in held), default=1)
        table = np.array([one + [-1] * (wide - len(one)) for one in held], np.int64).reshape(-1, wide)
        facility = np.array(facilities, np.int64)
        inside_cost = np.where(table >= 0, types.cost[facility[:, None], table], 0.0).sum(axis=1)
        return Patterns(table, facility, types.opening[facility] + inside_cost, np.full(len(held), np.nan))


def _whole(count: int) -> Any:
    return np.ones(count, np.uint8)


def _int32(values: Any) -> Any:
    return np.asarray(values).astype(np.int32)
