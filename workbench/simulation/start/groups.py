"""A campaign's groups once some of their units have a branch: who is left to form one together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.simulation.kernels import hashes

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping


def leads(assignment: pd.DataFrame) -> pd.Series[str]:
    """The lead of each placed organization's case, by the row of the assignment (MODEL §4)."""
    kind = assignment["facility_kind"].to_numpy(dtype=object)
    lead = np.where(kind == "peer", assignment["facility_id"], assignment["org_id"]).astype(object)
    inside = np.flatnonzero(kind == "community")
    if inside.size:
        units = assignment.iloc[inside][["org_id", "facility_id"]]
        by_hash = units.assign(hash=hashes(units["org_id"])).sort_values(["hash", "org_id"])
        lead[inside] = by_hash.groupby("facility_id")["org_id"].first().loc[units["facility_id"]].to_numpy()
    return pd.Series(lead, assignment.index, dtype="str")


def left_to_form(
    grouping: Grouping | Literal[False], register: pd.DataFrame, later: pd.Index[str]
) -> Grouping | Literal[False]:
    """A grouping without those who have a branch, and without the groups whose lead has one: those are formed.

    Parameters
    ----------
    grouping
        of the campaign as it was planned.
    register
        its `has_branch` says who has one by now.
    later
        who will have one, and can be nobody's host before.
    """
    if not grouping:
        return False
    assignment = grouping.assignment
    done = register.index[register["has_branch"].to_numpy(dtype=bool)]
    hosted_later = (assignment["facility_kind"] == "host") & assignment["facility_id"].isin(later)
    formed = assignment["org_id"].isin(done) | leads(assignment).isin(done)
    gone: NDArray[np.bool_] = (formed | hosted_later).to_numpy()
    return replace(grouping, assignment=assignment[~gone].reset_index(drop=True)) if gone.any() else grouping
