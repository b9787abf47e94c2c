"""What one member more is worth: against grouping the whole city anew, organization by organization."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from workbench.inputs import Scenario

PARTS = ["full_members", "members_on_roll", "members_floating", "members_part_time"]


def tiny(seed: int) -> tuple[pd.DataFrame, Scenario]:
    """A dozen or two organizations on a small map: many in pairs that miss a third, hosts with little room."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(6, 22))
    members = rng.choice([0, 0, 1, 1, 1, 2, 3], n)
    covered = rng.random(n) < 0.15
    frame = pd.DataFrame(
        {
            "org_id": [f"o{k:02}" for k in range(n)],
            "street": rng.choice(["a", "b"], n),
            "full_members": members,
            "members_on_roll": members,
            "members_floating": 0,
            "members_part_time": 0,
            "has_branch": covered,
            "host_capacity": np.where(covered, rng.integers(0, 3, n), 0),
            "dormant": rng.random(n) < 0.05,
            "community": rng.choice(["x", "y"], n),
            "industry": rng.choice(["i", "j"], n),
            "x": rng.integers(0, 5, n) * rng.choice([0.5, 1.0]),
            "y": rng.integers(0, 5, n) * 1.0,
        }
    )
    facilities = [["peer", "host", "community"], ["peer"], ["peer", "host"]][int(rng.integers(3))]
    rules = Scenario().replace(
        {
            "policy.two_members": ["assisted", "joint"][int(rng.integers(2))],
            "grouping.facilities": facilities,
            "grouping.max_distance_km": float(rng.choice([1.0, 1.5, 2.5])),
            "grouping.max_units": int(rng.choice([3, 5])),
        }
    )
    return wb.check_register(frame.set_index("org_id")), rules


def coverable(register: pd.DataFrame, rules: Scenario, grown: str | None = None) -> int:
    """How many could be covered, the whole city grouped; one organization may have a member more."""
    register = register.copy()
    if grown is not None:
        register.loc[grown, ["full_members", "members_floating"]] += 1
    register = wb.check_register(register)
    return wb.ceiling(register, rules, wb.group(register, rules)).possible


@cache
def valued(seed: int) -> pd.DataFrame:
    register, rules = tiny(seed)
    grouping = wb.group(register, rules)
    assert grouping.covered == grouping.covered_bound
    return wb.census_value(register, rules, grouping)


@pytest.mark.parametrize("seed", range(24))
def test_every_value_of_a_tiny_city(seed):
    register, rules = tiny(seed)
    found = valued(seed)
    assert found["proven"].all()
    before = coverable(register, rules)
    wanted = {org_id: coverable(register, rules, str(org_id)) - before for org_id in register.index}
    assert found["value"].to_dict() == wanted


def test_kinds_of_value_are_all_met():
    """The instances above hold a first member that completes a trio, one that joins, one that tears a trio apart."""
    values = np.concatenate([valued(seed)["value"].to_numpy() for seed in range(24)])
    assert {-2, 0, 1, 3} <= set(values.tolist())


def test_a_basis_on_roll_counts_no_floating_members():
    register, rules = tiny(3)
    assert (wb.census_value(register, rules.replace("policy.member_basis", "on_roll"))["value"] == 0).all()


def test_order_of_rows_changes_nothing_and_the_best_come_first():
    register, rules = tiny(5)
    found = wb.census_value(register, rules)
    assert found.equals(wb.census_value(register.iloc[::-1], rules))
    assert found["value"].is_monotonic_decreasing
    assert list(found.columns) == ["responsible", "street", "tier", "members", "value", "value_bound", "proven"]


def test_linked_units_are_bounded_not_guessed():
    register, rules = tiny(1)
    table = wb.group(register, rules).assignment
    group = table.groupby(["facility_kind", "facility_id"])["org_id"].apply(list)
    one, other = next(pair for pair in group if len(pair) >= 2)[:2]
    linked = rules.replace("grouping.must_link", [[one, other]])
    found = wb.census_value(register, linked).loc[[one, other]]
    assert (found["value"] <= found["value_bound"]).all()


def test_a_stop_is_heard():
    register, rules = tiny(2)
    with pytest.raises(wb.Cancelled):
        wb.census_value(register, rules, progress=lambda done, total: False)
