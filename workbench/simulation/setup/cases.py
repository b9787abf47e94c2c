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
from workbench.grouping import fingerprint_of
from workbench.inputs.register import TIERS
from workbench.inputs.scenario import CASE_KINDS
from workbench.labels import text
from workbench.simulation.kernels import hashes
from workbench.simulation.setup.population import Flags, Placement, Population

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
    assignment
        who joins whom; None where joint branches are left out.
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
    assignment: pd.DataFrame | None = None
    #: By the code of a pool, what its cases cover where nobody has an instructor assigned: scenarios share it.
    unassigned: dict[int, Coverage] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __len__(self) -> int:
        return int(self.lead.size)

    @cached_property
    def grouping(self) -> str:
        """The fingerprint of who joins whom; ``"none"`` where joint branches are left out."""
        return fingerprint_of(self.assignment)

    @property
    def ungrouped(self) -> int:
        """Organizations that need a joint branch where joint branches are left out; else 0."""
        return self.needing if self.assignment is None else 0

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


def build_cases(register: pd.DataFrame, scenario: Scenario, grouping: Grouping | Literal[False] = False) -> Cases:
    """Cases of a register under a scenario and a grouping.

    Parameters
    ----------
    register
        a validated register.
    scenario
        its policy decides who counts, with how many members, and what two-member organizations do.
    grouping
        who joins whom; False: no group takes anybody.

    Raises
    ------
    InfeasibleError
        the grouping places organizations that are not units of this register and scenario.
    """
    people = Population.of(register, scenario)
    return cases_of(people, scenario, Flags.of(register), Placement.of(register, grouping))


def cases_of(people: Population, scenario: Scenario, flags: Flags, placement: Placement | None) -> Cases:
    """The cases of a day: of what organizations have by then, and of who is left to join whom.

    Raises
    ------
    InfeasibleError
        as `build_cases`.
    """
    has = flags.of_rows(people.row)
    tier = np.where(has.branch, "branch", people.by_members)
    organizations = pd.DataFrame(
        {
            "responsible": people.responsible,
            "tier": pd.Series(tier, people.told.index, dtype="str"),
            "street": people.told["street"],
            "supervisor": people.told["supervisor"],
            "industry": people.told["industry"],
            "branch": has.branch,
            "instructor": has.instructor,
            "worked": has.branch | has.instructor | has.mass_org,
            "dormant": people.dormant,
        },
        index=people.told.index,
    )
    works = ~people.dormant
    idle = works & ~has.reached
    two_joint = scenario.policy.two_members == "joint"
    is_unit = works & ((tier == "T1") | (two_joint & (tier == "T2")))

    nobody = np.empty(0, dtype=np.int64)
    row, lead, distance = nobody, nobody, np.empty(0)
    kind = pool = nobody
    if placement is not None:
        _refuse_strangers(people, is_unit, has.branch & people.host, placement)
        row, lead, distance = people.place[placement.row], people.place[placement.lead], placement.distance
        at_host = placement.kind == "host"
        # The pool is the responsible unit of the lead, or of the host.
        pool = people.responsible[np.where(at_host, people.place[placement.facility], lead)]
        kind = np.where(at_host, ATTACHED, JOINT).astype(np.int64)
    taken = np.zeros(len(people), dtype=bool)
    taken[row] = True
    parts = [
        _singles(np.flatnonzero(works & (tier == "T3")), STANDALONE),
        _singles(np.flatnonzero(works & (tier == "T2") & ~is_unit), ASSISTED),
        _singles(np.flatnonzero(idle & ((tier == "T0") | (is_unit & ~taken))), OUTREACH),
    ]
    cases = _arranged(
        organizations,
        people,
        row=np.concatenate([*(row for row, _ in parts), row]),
        lead=np.concatenate([*(row for row, _ in parts), lead]),
        kind=np.concatenate([*(kind for _, kind in parts), kind]),
        pool=np.concatenate([*(people.responsible[row] for row, _ in parts), pool]),
        distance=np.concatenate([*(np.zeros(row.size) for row, _ in parts), distance]),
    )
    return replace(cases, needing=int(is_unit.sum()), assignment=None if placement is None else placement.assignment)


def _singles(rows: NDArray[np.int64], kind: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return rows.astype(np.int64), np.full(rows.size, kind, dtype=np.int64)


def _refuse_strangers(
    people: Population, is_unit: NDArray[np.bool_], hosts: NDArray[np.bool_], placement: Placement
) -> None:
    """Each placed organization is a unit, once, at a facility that is one; the others cannot stand where they do.

    Parameters
    ----------
    is_unit, hosts
        bool (organizations,), who needs a group, and who may take units of others.
    """
    row, kind, facility = people.place[placement.row], placement.kind, people.place[placement.facility]
    org_id, facility_id = placement.org_id, placement.facility_id
    if not len(people):
        strangers = sorted(set(org_id))
    else:
        once = np.bincount(row[row >= 0], minlength=len(people)) == 1
        unit = (row >= 0) & is_unit[row] & once[row]
        leads = np.zeros(len(people), dtype=bool)
        leads[row[(kind == "peer") & (facility == row) & (row >= 0)]] = True
        fits = (facility >= 0) & (((kind == "peer") & leads[facility]) | ((kind == "host") & hosts[facility]))
        fits |= (kind == "community") & placement.inside
        # Where the facility is unknown, it is the one to name.
        nowhere = (kind != "community") & (facility < 0)
        if (unit & fits).all():
            return
        strangers = sorted(set(org_id[~(unit & (fits | nowhere))]) | set(facility_id[nowhere]))
    if strangers:
        faults = [Fault("grouping_of_another_register", each) for each in strangers]
        raise InfeasibleError(text("error.grouping_of_another_register"), faults)


def _arranged(
    organizations: pd.DataFrame,
    people: Population,
    *,
    row: NDArray[np.int64],
    lead: NDArray[np.int64],
    kind: NDArray[np.int64],
    pool: NDArray[np.int64],
    distance: NDArray[np.float64],
) -> Cases:
    """From one entry a unit to cases by (pool, kind, hash of the lead, org_id), units in org_id order within each."""
    leads, first, case_of = np.unique(lead, return_index=True, return_inverse=True)
    hash_ = people.hash[leads]
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
        responsible_units=people.responsible_units,
        lead=leads[order],
        kind=case_kind[order],
        pool=case_pool[order],
        hash=hash_[order],
        units=units,
        distance=total_distance / np.maximum(units, 1),
        unit_start=np.concatenate([[0], np.cumsum(units)]),
        unit_row=row[by_case],
        unit_hash=people.hash[row[by_case]],
        pool_start=np.searchsorted(case_pool[order], np.arange(len(people.responsible_units) + 1)),
    )
