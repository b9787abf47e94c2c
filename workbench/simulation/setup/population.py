"""The organizations that count and their units' places, by rows: what no day of a campaign changes (MODEL §4).

A forecast needs the cases of the day on which the campaign began and those of today: what names they have, who must
form their branches and who joins whom is looked up once for both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.inputs.register import in_scope, responsible_of, tiers_by_members
from workbench.simulation.kernels import hashes

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario


class Flags(NamedTuple):
    """What organizations have on a day, bool by the row of the register.

    Attributes
    ----------
    branch, instructor, mass_org
        as the register's columns say.
    reached
        who needs no outreach.
    """

    branch: NDArray[np.bool_]
    instructor: NDArray[np.bool_]
    mass_org: NDArray[np.bool_]
    reached: NDArray[np.bool_]

    @classmethod
    def of(cls, register: pd.DataFrame) -> Flags:
        """As a register has them: who has an instructor or a mass organization needs no outreach."""
        branch, instructor, mass_org = (
            register[name].to_numpy(dtype=bool) for name in ("has_branch", "has_instructor", "has_mass_org")
        )
        return cls(branch, instructor, mass_org, instructor | mass_org)

    def of_rows(self, rows: NDArray[np.int64]) -> Flags:
        """Those of some organizations."""
        return Flags(*(flag[rows] for flag in self))


@dataclass(frozen=True)
class Population:
    """The organizations that count under a scenario's policy, (o), in org_id order.

    Attributes
    ----------
    register
        the register that they are rows of, (n).
    row
        int64 (o,), their rows in it; `place` int64 (n + 1,), the other way, -1 for who does not count, and at the end
        for who is not in the register at all.
    told
        street, supervisor and industry by org_id.
    responsible
        int64 (o,), codes into `responsible_units`, which are sorted.
    by_members
        object (o,), the tier of each had it no branch.
    hash
        uint64 (o,), of the org_id.
    dormant, host
        bool (o,), does no work; has room for units of others, once it has a branch.
    """

    register: pd.DataFrame
    row: NDArray[np.int64]
    place: NDArray[np.int64]
    told: pd.DataFrame
    responsible: NDArray[np.int64]
    responsible_units: tuple[str, ...]
    by_members: NDArray[np.object_]
    hash: NDArray[np.uint64]
    dormant: NDArray[np.bool_]
    host: NDArray[np.bool_]

    @classmethod
    def of(cls, register: pd.DataFrame, scenario: Scenario) -> Population:
        """Those of a validated register."""
        scope = in_scope(register, scenario).sort_index(kind="stable")
        row = register.index.get_indexer(scope.index).astype(np.int64)
        place = np.full(len(register) + 1, -1, dtype=np.int64)
        place[row] = np.arange(row.size)
        code, responsible_units = pd.factorize(responsible_of(scope, scenario), sort=True)
        dormant = scope["dormant"].to_numpy(dtype=bool)
        return cls(
            register,
            row,
            place,
            scope[["street", "supervisor", "industry"]],
            code.astype(np.int64),
            tuple(responsible_units),
            tiers_by_members(scope, scenario),
            hashes(scope.index),
            dormant,
            ~dormant & (scope["host_capacity"] > 0).to_numpy(dtype=bool),
        )

    def __len__(self) -> int:
        return int(self.row.size)


@dataclass(frozen=True)
class Placement:
    """Who joins whom, (u) placed organizations in the order of their rows; rows are the register's, -1: not in it.

    Attributes
    ----------
    assignment
        the grouping's, in its own order.
    order
        int64 (u,), where each placed organization stands in it.
    org_id, kind, facility_id
        object (u,), as it names them.
    row, facility, lead
        int64 (u,), the organization's, its facility's (-1 for a community) and its case's lead's row.
    inside
        bool (u,), whether a unit lies in the community that it joins.
    distance
        float64 (u,), km to the facility.
    """

    assignment: pd.DataFrame
    order: NDArray[np.int64]
    org_id: NDArray[np.object_]
    kind: NDArray[np.object_]
    facility_id: NDArray[np.object_]
    row: NDArray[np.int64]
    facility: NDArray[np.int64]
    lead: NDArray[np.int64]
    inside: NDArray[np.bool_]
    distance: NDArray[np.float64]

    @classmethod
    def of(cls, register: pd.DataFrame, grouping: Grouping | Literal[False]) -> Placement | None:
        """A grouping by rows of a register; None where no group takes anybody."""
        if grouping is None or isinstance(grouping, bool):
            return None
        # Its own: whoever holds the grouping may change it later. Pandas copies what is written to, and nothing before.
        assignment = grouping.assignment.copy(deep=False)
        org_id, kind, facility_id = (
            assignment[name].to_numpy(dtype=object) for name in ("org_id", "facility_kind", "facility_id")
        )
        # As objects: in strings of its own pandas would look names up by a table that it makes anew each time.
        rows = pd.Index(register.index.to_numpy(dtype=object), dtype=object)
        row, facility = (rows.get_indexer(names).astype(np.int64) for names in (org_id, facility_id))
        # A community may be called as an organization is.
        facility[kind == "community"] = -1
        lead, inside = np.where(kind == "peer", facility, row), np.zeros(row.size, dtype=bool)
        joins = np.flatnonzero(kind == "community")
        if joins.size:
            lead[joins] = row[joins][leader_at(org_id[joins], facility_id[joins])]
            known = joins[row[joins] >= 0]
            at = register[["street", "community"]].iloc[row[known]]
            inside[known] = (at["street"] + "/" + at["community"].fillna("")).to_numpy() == facility_id[known]
        # A pinned unit without a place has no distance and counts 0.
        distance = np.nan_to_num(assignment["distance_km"].to_numpy(dtype=np.float64), nan=0.0)
        order = np.argsort(row, kind="stable")
        by_row = (each[order] for each in (org_id, kind, facility_id, row, facility, lead, inside, distance))
        return cls(assignment, order, *by_row)

    def where(self, kept: NDArray[np.bool_]) -> Placement:
        """The same of some of them."""
        if kept.all():
            return self
        ordered = np.zeros(kept.size, dtype=bool)
        ordered[self.order] = kept
        each = {name: getattr(self, name)[kept] for name in self.__dataclass_fields__ if name != "assignment"}
        each["order"] = (np.cumsum(ordered) - 1)[each["order"]]
        return replace(self, assignment=self.assignment[ordered].reset_index(drop=True), **each)

    def left_to_form(self, branch: NDArray[np.bool_], later: NDArray[np.bool_]) -> Placement:
        """Without those who have a branch, and without the groups whose lead has one: those are formed.

        Parameters
        ----------
        branch
            by the row of the register, who has one by now.
        later
            who will have one, and can be nobody's host before.
        """
        # Who is not in the register is none of them: -1 is the place after the last.
        done, coming = np.append(branch, False), np.append(later, False)
        gone = done[self.row] | done[self.lead]
        gone |= (self.kind == "host") & coming[self.facility]
        return self.where(~gone)


def leader_at(org_ids: NDArray[np.object_], community: NDArray[np.object_]) -> NDArray[np.int64]:
    """The place of the unit that leads each unit's community: of the least hash, of equal ones the first (MODEL §4)."""
    code = pd.factorize(community)[0]
    order = np.lexsort((org_ids.astype(str), hashes(org_ids), code))
    return order[np.unique(code[order], return_index=True)[1]][code].astype(np.int64)
