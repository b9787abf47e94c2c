"""The independent check of an assignment list: every rule and the cost, recomputed from the register in plain steps."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Literal

from workbench.errors import Fault
from workbench.labels import text
from workbench.numbers import decimal
from workbench.planning.assignment.blocks import concerned
from workbench.shown import Shown
from workbench.simulation.setup import prepared

if TYPE_CHECKING:
    import pandas as pd

    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.planning.assignment.assign import Assignment

#: How far a recomputed cost may lie from the one told, km².
COST_TOLERANCE = 1e-6


@dataclass(frozen=True, repr=False)
class AssignmentReport(Shown):
    """What a check found.

    Attributes
    ----------
    faults
        every rule that is broken and every figure that is wrong.
    cost
        recomputed, km².
    """

    shown_table = ""

    faults: tuple[Fault, ...]
    cost: float

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def summary(self) -> str:
        """In words: all is well, or every fault in a line."""
        if self.ok:
            return text("assignment.check_ok", cost=decimal(self.cost, 3))
        return "\n".join([text("assignment.check_not_ok"), *(f"  - {fault}" for fault in self.faults)])


def check_assignment(
    assignment: Assignment,
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
) -> AssignmentReport:
    """Recompute an assignment's rules and cost."""
    wanted = concerned(prepared(None, register, scenario, grouping), register).set_index("org_id")
    faults: list[Fault] = []
    times = Counter(assignment.table["org_id"])
    listed = [*assignment.table["org_id"], *assignment.unassigned["org_id"]]
    faults += [Fault("assigned_twice", org_id, str(count)) for org_id, count in times.items() if count > 1]
    faults += [Fault("assigned_stranger", org_id) for org_id in sorted(set(listed) - set(wanted.index))]
    faults += [Fault("assigned_missing", org_id) for org_id in sorted(set(wanted.index) - set(listed))]
    loads, under = Counter(assignment.table["instructor"]), defaultdict(set)
    whose = defaultdict(list)
    for row in assignment.table.to_dict("records"):
        org_id, unit = row["org_id"], row["responsible"]
        if org_id not in wanted.index:
            continue
        own = wanted.loc[org_id]
        if unit != own["responsible"] or row["instructor"].rpartition("-")[0] != unit:
            faults.append(Fault("assigned_elsewhere", org_id, row["instructor"], {"responsible": own["responsible"]}))
        if (row["case"], row["kind"]) != (own["case"], own["kind"]):
            faults.append(Fault("assigned_case", org_id, row["case"], {"case": own["case"]}))
        if row["case"]:
            under[unit, row["case"]].add(row["instructor"])
        if isfinite(own["x"]) and isfinite(own["y"]):
            whose[row["instructor"]].append((own["x"], own["y"]))
    over = {name: load for name, load in loads.items() if load > assignment.standing}
    details: dict[str, object] = {"standing": assignment.standing}
    faults += [Fault("assigned_too_many", name, str(load), details) for name, load in over.items()]
    sizes = Counter((row["responsible"], row["case"]) for row in assignment.table.to_dict("records"))
    for (unit, case), names in under.items():
        # A case of more than one instructor may stand for is the only one that may be cut.
        if len(names) > -(-sizes[unit, case] // assignment.standing):
            faults.append(Fault("assigned_apart", case, ", ".join(sorted(names))))
    known = set(assignment.instructors.index)
    faults += [Fault("assigned_nobody", name) for name in sorted(set(loads) - known)]
    cost = sum(_squares(places) for places in whose.values())
    if abs(cost - assignment.cost) > COST_TOLERANCE * max(1.0, cost):
        faults.append(Fault("assigned_cost", "", decimal(assignment.cost, 6), {"cost": decimal(cost, 6)}))
    if assignment.cost_bound > cost + COST_TOLERANCE * max(1.0, cost):
        faults.append(Fault("assigned_bound", "", decimal(assignment.cost_bound, 6), {"cost": decimal(cost, 6)}))
    return AssignmentReport(tuple(faults), cost)


def _squares(places: list[tuple[float, float]]) -> float:
    x, y = (sum(place[axis] for place in places) / len(places) for axis in (0, 1))
    return sum((own_x - x) ** 2 + (own_y - y) ** 2 for own_x, own_y in places)
