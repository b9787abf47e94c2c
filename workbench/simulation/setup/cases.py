"""The cases: what a register and a grouping give the instructors to do (MODEL §4).

Cases stand by pool (responsible unit), kind and hash, so that each is a slice and nothing depends on row order. Their
units are organizations, each with its own responsible unit, which need not be the pool's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

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
    taken[placed["row"]] = True
    parts = [
        _singles(np.flatnonzero(works & (tier == "T3")), STANDALONE),
        _singles(np.flatnonzero(works & (tier == "T2") & ~is_unit), ASSISTED),
        _singles(np.flatnonzero(idle & ((tier == "T0") | (is_unit & ~taken))), OUTREACH),
    ]
    home = organizations["responsible"].to_numpy()
    rows = [*(row for row, _ in parts), placed["row"].to_numpy()]
    grouped_lead, grouped_kind, grouped_pool = _grouped(placed, scope.index, home)
    cases = _arranged(
        organizations,
        tuple(responsible_units),
        row=np.concatenate(rows),
        lead=np.concatenate([*(row for row, _ in parts), grouped_lead]),
        kind=np.concatenate([*(kind for _, kind in parts), grouped_kind]),
        pool=np.concatenate([*(home[row] for row, _ in parts), grouped_pool]),
        distance=np.concatenate([*(np.zeros(row.size) for row, _ in parts), placed["distance"].to_numpy()]),
    )
    return replace(cases, needing=int(is_unit.sum()), grouping=grouping_fingerprint(grouping))


def _singles(rows: NDArray[np.int64], kind: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return rows.astype(np.int64), np.full(rows.size, kind, dtype=np.int64)


def _placed(scope: pd.DataFrame, is_unit: NDArray[np.bool_], grouping: Grouping | bool | None) -> pd.DataFrame:
    """The assignment by register row, in org_id order: row, facility_kind, facility_id, distance."""
    if grouping is None or isinstance(grouping, bool):
        nobody = {"row": np.empty(0, np.int64), "facility_kind": [], "facility_id": [], "distance": np.empty(0)}
        return pd.DataFrame(nobody)
    assignment = grouping.assignment
    row = scope.index.get_indexer(pd.Index(assignment["org_id"]))
    strangers = _strangers(scope, is_unit, assignment, row)
    if strangers:
        faults = [Fault("grouping_of_another_register", org_id) for org_id in strangers]
        raise InfeasibleError(text("error.grouping_of_another_register"), faults)
    placed = pd.DataFrame(
        {
            "row": row.astype(np.int64),
            "facility_kind": assignment["facility_kind"].to_numpy(dtype=object),
            "facility_id": assignment["facility_id"].to_numpy(dtype=object),
            # A pinned unit without a place has no distance and counts 0.
            "distance": assignment["distance_km"].fillna(0.0).to_numpy(dtype=np.float64),
        }
    )
    return placed.sort_values("row", kind="stable", ignore_index=True)


def _strangers(
    scope: pd.DataFrame, is_unit: NDArray[np.bool_], assignment: pd.DataFrame, row: NDArray[np.int64]
) -> list[str]:
    """The placed organizations that cannot stand where they do: each is a unit, once, at a facility that is one."""
    kind, facility_id = assignment["facility_kind"], assignment["facility_id"]
    facility = scope.index.get_indexer(pd.Index(facility_id))
    unit = (row >= 0) & is_unit[row] & ~assignment["org_id"].duplicated(keep=False).to_numpy()
    leaders = set(assignment.loc[(kind == "peer") & (facility_id == assignment["org_id"]), "org_id"])
    led = (kind == "peer") & facility_id.isin(leaders)
    hosts = (scope["has_branch"] & ~scope["dormant"] & (scope["host_capacity"] > 0)).to_numpy(dtype=bool)
    hosted = (kind == "host").to_numpy() & (facility >= 0) & hosts[facility]
    centre = (scope["street"] + "/" + scope["community"].fillna("")).to_numpy(dtype=object)
    at_home = (kind == "community").to_numpy() & (centre[row] == facility_id.to_numpy(dtype=object))
    # Where the facility is unknown, it is the one to name.
    nowhere = (kind != "community").to_numpy() & (facility < 0)
    fits = unit & (led.to_numpy() | hosted | at_home | nowhere)
    return sorted(set(assignment.loc[~fits, "org_id"]) | set(facility_id[nowhere]))


def _grouped(
    placed: pd.DataFrame, org_ids: pd.Index[str], home: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Lead, kind and pool of each placed unit: the group's, or its own case's at a host.

    The pool is the responsible unit of the lead, or of the host; `home` has that of each organization.
    """
    row = placed["row"].to_numpy(dtype=np.int64)
    at_host = (placed["facility_kind"] == "host").to_numpy(dtype=bool)
    in_community = (placed["facility_kind"] == "community").to_numpy(dtype=bool)
    facility = org_ids.get_indexer(pd.Index(placed["facility_id"], dtype="str")).astype(np.int64)
    lead = np.where(at_host, row, facility)
    centres = placed.loc[in_community, "facility_id"]
    units = pd.DataFrame({"centre": centres, "row": row[in_community], "hash": hashes(org_ids[row[in_community]])})
    least_hash = units.sort_values("hash").groupby("centre", sort=False)["row"].first()
    lead[in_community] = least_hash.loc[centres].to_numpy()
    return lead, np.where(at_host, ATTACHED, JOINT).astype(np.int64), home[np.where(at_host, facility, lead)]


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
