"""The groups of a campaign under way: as they were planned, or anew around those that have been begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbench.grouping import group
from workbench.simulation.kernels import APPROVED, FILED, IN_WORK
from workbench.simulation.start import known_by, prepare_from

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario


def regrouped(register: pd.DataFrame, scenario: Scenario, grouping: Grouping, as_of: date) -> Grouping:
    """Who joins whom from now on: groups that have been begun stay as they are, the rest is solved anew.

    Units of a group that has been begun, and the communities that lead one, are out of the solver's sight; hosts have
    so much less room.

    Raises
    ------
    InfeasibleError
        what the scenario demands of the rest cannot be met.
    """
    known = known_by(register, scenario, as_of)
    stays = _begun(register, scenario, grouping, as_of)
    kind, facility = stays["facility_kind"], stays["facility_id"]
    rest = known.register.copy()
    rest.loc[stays["org_id"], "dormant"] = True
    centre = rest["street"] + "/" + rest["community"].fillna("")
    rest.loc[centre.isin(facility[kind == "community"]), "community"] = None
    taken = facility[kind == "host"].value_counts()
    rest.loc[taken.index, "host_capacity"] -= taken.to_numpy()
    done = rest.index[(rest["has_branch"] | rest["dormant"]).to_numpy(dtype=bool)]
    found = group(rest, _demands_of(scenario, set(done)))
    columns = list(found.assignment.columns)
    assignment = pd.concat([stays[columns], found.assignment]) if len(stays) else found.assignment
    return replace(found, assignment=assignment.sort_values("org_id", ignore_index=True))


def _begun(register: pd.DataFrame, scenario: Scenario, grouping: Grouping, as_of: date) -> pd.DataFrame:
    """The rows of a grouping whose case is in work, filed or approved."""
    setup = prepare_from(register, scenario, grouping, as_of)
    cases, start = setup.cases, setup.start
    assert start is not None
    begun = np.isin(start.state, (IN_WORK, FILED, APPROVED))
    units = cases.organizations.index[cases.unit_row[begun[cases.unit_case]]]
    return grouping.assignment[grouping.assignment["org_id"].isin(units)]


def _demands_of(scenario: Scenario, gone: set[str]) -> Scenario:
    """A scenario without what it demands of organizations that are no units any more."""
    rules = scenario.grouping
    return scenario.replace(
        {
            "grouping.pinned": {org_id: list(place) for org_id, place in rules.pinned.items() if org_id not in gone},
            "grouping.must_link": [list(pair) for pair in rules.must_link if not gone & set(pair)],
            "grouping.cannot_link": [list(pair) for pair in rules.cannot_link if not gone & set(pair)],
            "grouping.forbidden": [list(one) for one in rules.forbidden if one[0] not in gone],
        }
    )
