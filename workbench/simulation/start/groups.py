"""A campaign's groups once some of their units have a branch: who is left to form one together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.simulation.setup import leader_at

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping


def leads(assignment: pd.DataFrame) -> pd.Series[str]:
    """The lead of each placed organization's case, by the row of the assignment (MODEL §4)."""
    kind, facility, org_id = (
        assignment[name].to_numpy(dtype=object) for name in ("facility_kind", "facility_id", "org_id")
    )
    lead = np.where(kind == "peer", facility, org_id).astype(object)
    inside = np.flatnonzero(kind == "community")
    if inside.size:
        units = org_id[inside]
        lead[inside] = units[leader_at(units, facility[inside])]
    return pd.Series(lead, assignment.index, dtype="str")


def left_to_form(
    grouping: Grouping | Literal[False], register: pd.DataFrame, later: NDArray[np.bool_]
) -> Grouping | Literal[False]:
    """A grouping without those who have a branch, and without the groups whose lead has one: those are formed.

    Parameters
    ----------
    grouping
        of the campaign as it was planned.
    register
        its `has_branch` says who has one by now.
    later
        by the row of the register, who will have one, and can be nobody's host before.
    """
    if not grouping:
        return False
    assignment = grouping.assignment

    def among(which: NDArray[np.bool_], org_ids: pd.Series[str]) -> NDArray[np.bool_]:
        # Who is not in the register is none of them: -1 is the place after the last.
        return np.append(which, False)[register.index.get_indexer(pd.Index(org_ids))]

    done = register["has_branch"].to_numpy(dtype=bool)
    gone = among(done, assignment["org_id"]) | among(done, leads(assignment))
    gone |= (assignment["facility_kind"] == "host").to_numpy() & among(later, assignment["facility_id"])
    return replace(grouping, assignment=assignment[~gone].reset_index(drop=True)) if gone.any() else grouping
