"""The cases: what a register and a grouping give the instructors to do (MODEL §4).

Cases stand by pool (responsible unit), kind and hash, so that each is a slice and nothing depends on row order. Their
units are organizations, each with its own responsible unit, which need not be the pool's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import Fault, InfeasibleError
from workbench.grouping import grouping_fingerprint
from workbench.inputs.register import TIERS, in_scope, responsible_of, tiers
from workbench.inputs.scenario import CASE_KINDS
from workbench.labels import text
from workbench.simulation.kernels import hashes

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.simulation.kernels import Coverage

KINDS = CASE_KINDS
STANDALONE, ASSISTED, JOINT, ATTACHED, OUTREACH = range(5)
#: The place in the order of assignment of those who need no instructor: after all others.
LAST = np.iinfo(np.int64).max
#: Kinds whose success is a branch.
FORMING = tuple(kind for kind in KINDS if kind != KINDS[OUTREACH])


@dataclass(frozen=True)
class Cases:
    """Cases and organizations, as arrays.

    Attributes
    ----------
    organizations
        the register in scope, by org_id: responsible unit code, tier, and what it starts with.
    responsible_units
        names of the responsible units, sorted; codes index it.
    lead
        int64 (n,), row in `organizations` of each case's lead.
    kind, pool
        int64 (n,), codes into `KINDS` and `responsible_units`.
    hash
        uint64 (n,), of the lead.
    units
        int64 (n,), organizations that the case covers.
    distance
        float64 (n,), mean km of the units to their facility; 0 for cases of one's own.
    unit_start
        int64 (n + 1,); `unit_row` : int64, rows in `organizations`, case by case; `unit_hash` : uint64.
    pool_start
        int64 (responsible units + 1,), the slice of each responsible unit.
    needing
        how many organizations need a joint branch.
    grouping
        the fingerprint of who joins whom; ``"none"`` where joint branches are left out.
    """

    organizations: pd.DataFrame
    responsible_units: tuple[str, ...]
    lead: NDArray[np.int64]
    kind: NDArray[np.int64]
    pool: NDArray[np.int64]
    hash: NDArray[np.uint64]
    units: NDArray[np.int64]
    distance: NDArray[np.float64]
    unit_start: NDArray[np.int64]
    unit_row: NDArray[np.int64]
    unit_hash: NDArray[np.uint64]
    pool_start: NDArray[np.int64]
    needing: int = 0
    grouping: str = "none"
    #: By the code of a pool, what its cases cover where nobody has an instructor assigned: scenarios share it.
    unassigned: dict[int, Coverage] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __len__(self) -> int:
        return int(self.lead.size)

    @property
    def ungrouped(self) -> int:
        """Organizations that need a joint branch where joint branches are left out; else 0."""
        return self.needing if self.grouping == "none" else 0

    @property
    def ids(self) -> NDArray[np.object_]:
        """The leads' org_ids, which are the cases' ids."""
        return np.asarray(self.organizations.index.to_numpy(dtype=object)[self.lead])

    @cached_property
    def unit_case(self) -> NDArray[np.int64]:
        """The case of each entry of `unit_row`."""
        return np.repeat(np.arange(len(self)), self.units)

    @cached_property
    def home(self) -> NDArray[np.int64]:
        """The responsible unit's code of each organization."""
        return self.organizations["responsible"].to_numpy(dtype=np.int64)

    @cached_property
    def idle(self) -> NDArray[np.bool_]:
        """Which organizations have no work at the start."""
        return np.asarray(~self.organizations["worked"].to_numpy(dtype=bool))

    @cached_property
    def place_in_assignment(self) -> NDArray[np.int64]:
        """Each organization's place in the order in which its responsible unit assigns instructors (MODEL §5.2).

        `LAST` for those that need none. Scenarios share it.
        """
        orgs, responsible = self.organizations, self.home
        has = orgs["branch"] | orgs["instructor"] | orgs["dormant"]
        wanted = np.flatnonzero(~has.to_numpy(dtype=bool))
        tier = pd.Categorical(orgs["tier"], TIERS).codes[wanted]
        order = wanted[np.lexsort((wanted, hashes(orgs.index[wanted]), tier, responsible[wanted]))]
        first = np.searchsorted(responsible[order], np.arange(len(self.responsible_units)))
        place = np.full(len(orgs), LAST, dtype=np.int64)
        place[order] = np.arange(order.size) - first[responsible[order]]
        return place

    @property
    def kind_of_organization(self) -> NDArray[np.object_]:
        """The kind of each organization's case; ``none`` where it is a unit of no case."""
        kind = np.full(len(self.organizations), "none", dtype=object)
        kind[self.unit_row] = np.array(KINDS, dtype=object)[self.kind[self.unit_case]]
        return kind

    @property
    def coverable(self) -> NDArray[np.bool_]:
        """Which organizations can be covered at best, bool, one an organization."""
        return coverable(self.organizations["branch"].to_numpy(), self.kind_of_organization)

    def frame(self) -> pd.DataFrame:
        """One row a case: case, kind, responsible unit (the pool), units."""
        return pd.DataFrame(
            {
                "case": pd.Series(self.ids, dtype="str"),
                "kind": pd.Series(np.array(KINDS, dtype=object)[self.kind], dtype="str"),
                "responsible": pd.Series(np.array(self.responsible_units, dtype=object)[self.pool], dtype="str"),
                "units": self.units,
            }
        )


def coverable(branch: NDArray[np.bool_], kind: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which organizations can be covered at best, whatever luck there is: their share is the ceiling (MODEL §7).

    Parameters
    ----------
    branch
        whether each has a branch at the start.
    kind
        the kind of the case that it is a unit of; anything else where it is of none.
    """
    return np.asarray(branch | np.isin(kind.astype(str), FORMING))


def build_cases(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] = False,
    *,
    reached: pd.Series[bool] | None = None,
) -> Cases:
    """Cases of a register under a scenario and a grouping.

    Parameters
    ----------
    register
        a validated register.
    scenario
        its policy decides who counts, with how many members, and what two-member organizations do.
    grouping
        who joins whom; False: no group takes anybody.
    reached
        by org_id, who needs no outreach; by default those with an instructor or a mass organization. In the middle of
        a campaign not whom it has sent an instructor itself.

    Raises
    ------
    InfeasibleError
        the grouping places organizations that are not units of this register and scenario.
    """
    scope = in_scope(register, scenario).sort_index(kind="stable")
    responsible_code, responsible_units = pd.factorize(responsible_of(scope, scenario), sort=True)
    organizations = pd.DataFrame(
        {
            "responsible": responsible_code.astype(np.int64),
            "tier": tiers(scope, scenario),
            "street": scope["street"],
            "supervisor": scope["supervisor"],
            "industry": scope["industry"],
            "branch": scope["has_branch"].to_numpy(dtype=bool),
            "instructor": scope["has_instructor"].to_numpy(dtype=bool),
            "worked": (scope["has_branch"] | scope["has_instructor"] | scope["has_mass_org"]).to_numpy(dtype=bool),
            "dormant": scope["dormant"].to_numpy(dtype=bool),
        },
        index=scope.index,
    )
    tier = organizations["tier"].to_numpy(dtype=object)
    works = ~organizations["dormant"].to_numpy()
    reached = scope["has_instructor"] | scope["has_mass_org"] if reached is None else reached.loc[scope.index]
    idle = works & ~reached.to_numpy(dtype=bool)
    two_joint = scenario.policy.two_members == "joint"
    is_unit = works & ((tier == "T1") | (two_joint & (tier == "T2")))

    placed = _placed(scope, is_unit, grouping)
    taken = np.zeros(len(scope), dtype=bool)
    taken[placed.row] = True
    parts = [
        _singles(np.flatnonzero(works & (tier == "T3")), STANDALONE),
        _singles(np.flatnonzero(works & (tier == "T2") & ~is_unit), ASSISTED),
        _singles(np.flatnonzero(idle & ((tier == "T0") | (is_unit & ~taken))), OUTREACH),
    ]
    home = organizations["responsible"].to_numpy()
    rows = [*(row for row, _ in parts), placed.row]
    grouped_lead, grouped_kind, grouped_pool = _grouped(placed, scope.index, home)
    cases = _arranged(
        organizations,
        tuple(responsible_units),
        row=np.concatenate(rows),
        lead=np.concatenate([*(row for row, _ in parts), grouped_lead]),
        kind=np.concatenate([*(kind for _, kind in parts), grouped_kind]),
        pool=np.concatenate([*(home[row] for row, _ in parts), grouped_pool]),
        distance=np.concatenate([*(np.zeros(row.size) for row, _ in parts), placed.distance]),
    )
    return replace(cases, needing=int(is_unit.sum()), grouping=grouping_fingerprint(grouping))


def _singles(rows: NDArray[np.int64], kind: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return rows.astype(np.int64), np.full(rows.size, kind, dtype=np.int64)


class _Placed(NamedTuple):
    """Who joins whom by rows of the register in scope, in their order: `facility` is -1 for a community."""

    row: NDArray[np.int64]
    kind: NDArray[np.object_]
    facility_id: NDArray[np.object_]
    facility: NDArray[np.int64]
    distance: NDArray[np.float64]


def _placed(scope: pd.DataFrame, is_unit: NDArray[np.bool_], grouping: Grouping | bool | None) -> _Placed:
    """The assignment in org_id order, held against the register."""
    nothing, nobody = np.empty(0, dtype=object), np.empty(0, dtype=np.int64)
    if grouping is None or isinstance(grouping, bool):
        return _Placed(nobody, nothing, nothing, nobody, np.empty(0))
    assignment = grouping.assignment
    org_id, kind, facility_id = (
        assignment[name].to_numpy(dtype=object) for name in ("org_id", "facility_kind", "facility_id")
    )
    # As objects: in strings of its own pandas would look names up by a table that it makes anew each time.
    rows = pd.Index(scope.index.to_numpy(dtype=object), dtype=object)
    row, facility = (rows.get_indexer(names).astype(np.int64) for names in (org_id, facility_id))
    # A community may be called as an organization is.
    facility[kind == "community"] = -1
    # A pinned unit without a place has no distance and counts 0.
    distance = np.nan_to_num(assignment["distance_km"].to_numpy(dtype=np.float64), nan=0.0)
    placed = _Placed(row, kind, facility_id, facility, distance)
    strangers = _strangers(scope, is_unit, placed, org_id)
    if strangers:
        faults = [Fault("grouping_of_another_register", each) for each in strangers]
        raise InfeasibleError(text("error.grouping_of_another_register"), faults)
    order = np.argsort(row, kind="stable")
    return _Placed(row[order], kind[order], facility_id[order], facility[order], distance[order])


def _strangers(
    scope: pd.DataFrame, is_unit: NDArray[np.bool_], placed: _Placed, org_id: NDArray[np.object_]
) -> list[str]:
    """The placed organizations that cannot stand where they do: each is a unit, once, at a facility that is one."""
    row, kind, facility_id, facility, _ = placed
    if scope.empty:
        return sorted(set(org_id))
    once = np.bincount(row[row >= 0], minlength=len(scope)) == 1
    unit = (row >= 0) & is_unit[row] & once[row]
    leads = np.zeros(len(scope), dtype=bool)
    leads[row[(kind == "peer") & (facility == row) & (row >= 0)]] = True
    hosts = (scope["has_branch"] & ~scope["dormant"] & (scope["host_capacity"] > 0)).to_numpy(dtype=bool)
    fits = (facility >= 0) & (((kind == "peer") & leads[facility]) | ((kind == "host") & hosts[facility]))
    inside = np.flatnonzero((kind == "community") & (row >= 0))
    if inside.size:
        place = scope[["street", "community"]].iloc[row[inside]]
        fits[inside] = (place["street"] + "/" + place["community"].fillna("")).to_numpy() == facility_id[inside]
    # Where the facility is unknown, it is the one to name.
    nowhere = (kind != "community") & (facility < 0)
    return sorted(set(org_id[~(unit & (fits | nowhere))]) | set(facility_id[nowhere]))


def _grouped(
    placed: _Placed, org_ids: pd.Index[str], home: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Lead, kind and pool of each placed unit: the group's, or its own case's at a host.

    The pool is the responsible unit of the lead, or of the host; `home` has that of each organization.
    """
    at_host = placed.kind == "host"
    lead = np.where(at_host, placed.row, placed.facility)
    inside = np.flatnonzero(placed.kind == "community")
    if inside.size:
        rows = placed.row[inside]
        lead[inside] = rows[leader_at(org_ids[rows].to_numpy(dtype=object), placed.facility_id[inside])]
    pool = home[np.where(at_host, placed.facility, lead)]
    return lead, np.where(at_host, ATTACHED, JOINT).astype(np.int64), pool


def leader_at(org_ids: NDArray[np.object_], community: NDArray[np.object_]) -> NDArray[np.int64]:
    """The place of the unit that leads each unit's community: of the least hash, of equal ones the first (MODEL §4)."""
    code = pd.factorize(community)[0]
    order = np.lexsort((org_ids.astype(str), hashes(org_ids), code))
    return order[np.unique(code[order], return_index=True)[1]][code].astype(np.int64)


def _arranged(
    organizations: pd.DataFrame,
    responsible_units: tuple[str, ...],
    *,
    row: NDArray[np.int64],
    lead: NDArray[np.int64],
    kind: NDArray[np.int64],
    pool: NDArray[np.int64],
    distance: NDArray[np.float64],
) -> Cases:
    """From one entry a unit to cases by (pool, kind, hash of the lead, org_id), units in org_id order within each."""
    leads, first, case_of = np.unique(lead, return_index=True, return_inverse=True)
    unit_hash = hashes(organizations.index[row].to_numpy(dtype=object))
    hash_of = np.zeros(len(organizations), np.uint64)  # a lead is a unit of its case
    hash_of[row] = unit_hash
    hash_ = hash_of[leads]
    case_kind, case_pool = kind[first], pool[first]
    order = np.lexsort((leads, hash_, case_kind, case_pool))
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    case_of = place[case_of]
    by_case = np.lexsort((row, case_of))
    units = np.bincount(case_of, minlength=order.size)
    # bincount adds one after the other, here in org_id order: the mean does not depend on row order.
    total_distance = np.bincount(case_of[by_case], weights=distance[by_case], minlength=order.size)
    return Cases(
        organizations=organizations,
        responsible_units=responsible_units,
        lead=leads[order],
        kind=case_kind[order],
        pool=case_pool[order],
        hash=hash_[order],
        units=units,
        distance=total_distance / np.maximum(units, 1),
        unit_start=np.concatenate([[0], np.cumsum(units)]),
        unit_row=row[by_case],
        unit_hash=unit_hash[by_case],
        pool_start=np.searchsorted(case_pool[order], np.arange(len(responsible_units) + 1)),
    )
