"""A scenario held against its register."""

from pathlib import Path

import pandas as pd
import pytest

from workbench.errors import ScenarioError
from workbench.inputs.fit import check_fits
from workbench.inputs.register import check_register
from workbench.inputs.scenario.model import Scenario, read_scenario
from workbench.labels import in_language


@pytest.fixture
def register() -> pd.DataFrame:
    """Four organizations in three streets; two know the parts of their members."""
    return check_register(
        pd.DataFrame(
            {
                "org_id": ["a1", "a2", "b1", "c1"],
                "street": ["河口街道", "河口街道", "东山镇", "西湖街道"],
                "community": ["前进社区", "", "东山社区", "前进社区"],
                "full_members": [1, 2, 3, 4],
                "members_on_roll": [1, 2, "", ""],
                "members_floating": [0, 0, "", ""],
                "members_part_time": [0, 0, "", ""],
                "has_branch": False,
            }
        )
    )


def faults(scenario: Scenario, register: pd.DataFrame) -> dict[str, tuple[str, str]]:
    with pytest.raises(ScenarioError) as caught:
        check_fits(scenario, register)
    assert str(len(caught.value.faults)) in caught.value.headline
    return {fault.place: (fault.code, str(fault.details.get("near", ""))) for fault in caught.value.faults}


def test_a_scenario_that_fits(register: pd.DataFrame) -> None:
    ours = Scenario.model_validate(
        {
            "instructors": {
                "total": 3,
                "limits": {"东山镇": [0, 3]},
                "arrivals": [{"responsible": "西湖街道", "count": 1}],
            },
            "committee": {"by_responsible": {"河口街道": {"agenda": 3}}},
            "grouping": {
                "must_link": [["a1", "a2"]],
                "cannot_link": [["a1", "b1"]],
                "pinned": {"a1": ["peer", "a2"], "a2": ["community", "河口街道/前进社区"]},
                "forbidden": [["b1", "host", "c1"], ["b1", "community", "东山镇/东山社区"]],
                "community_centres": {"西湖街道/前进社区": [1, 2]},
            },
        }
    )
    assert check_fits(ours, register) == []


def test_every_name_that_the_register_lacks(register: pd.DataFrame) -> None:
    ours = Scenario.model_validate(
        {
            "instructors": {
                "by_responsible": {"河口街": 1},
                "limits": {"Nowhere": [0, 3]},
                "arrivals": [{"responsible": "东山镇", "count": 1}, {"responsible": "东山", "count": 1}],
            },
            "committee": {"by_responsible": {"西湖": {"agenda": 3}}},
            "grouping": {
                "must_link": [["a1", "zz"]],
                "cannot_link": [["a3", "b1"]],
                "pinned": {"q": ["peer", "a2"], "a1": ["host", "w"], "a2": ["community", "东山镇/前进社区"]},
                "forbidden": [["k", "host", "c1"], ["b1", "peer", "k"], ["b1", "community", "x/y"]],
                "community_centres": {"河口街道/东山社区": [1, 2]},
            },
        }
    )
    found = faults(ours, register)
    assert {place: code for place, (code, _) in found.items()} == {
        "instructors.by_responsible.河口街": "responsible_unknown_near",
        "instructors.limits.Nowhere": "responsible_unknown",
        "instructors.arrivals.1.responsible": "responsible_unknown_near",
        "committee.by_responsible.西湖": "responsible_unknown_near",
        "grouping.must_link.0.1": "organization_unknown",
        "grouping.cannot_link.0.0": "organization_unknown_near",
        "grouping.pinned.q": "organization_unknown",
        "grouping.pinned.a1.1": "organization_unknown",
        "grouping.pinned.a2.1": "community_unknown_near",
        "grouping.forbidden.0.0": "organization_unknown",
        "grouping.forbidden.1.2": "organization_unknown",
        "grouping.forbidden.2.2": "community_unknown",
        "grouping.community_centres.河口街道/东山社区": "community_unknown_near",
    }
    assert found["instructors.by_responsible.河口街"][1] == "河口街道"
    assert "a1" in found["grouping.cannot_link.0.0"][1]


def test_the_message_names_the_line(register: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("instructors:\n  by_responsible:\n    河口街道: 1\n    东山街: 2\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        check_fits(read_scenario(path), register)
    with in_language("zh"):
        words = str(caught.value)
    assert "s.yaml:4 instructors.by_responsible.东山街" in words
    assert "是否应为 东山镇" in words


@pytest.mark.parametrize("basis", ["on_roll", "floating"])
def test_a_basis_needs_the_parts(register: pd.DataFrame, basis: str) -> None:
    ours = Scenario.model_validate({"policy": {"member_basis": basis}, "instructors": {"total": 2}})
    with pytest.raises(ScenarioError, match="2 of 4 lack them") as caught:
        check_fits(ours, register)
    assert caught.value.faults[0].details["first"] == "b1"
    assert check_fits(ours, register[register["members_on_roll"].notna()]) == []


def test_a_street_without_any_instructor_is_a_warning(register: pd.DataFrame) -> None:
    ours = Scenario.model_validate({"instructors": {"by_responsible": {"河口街道": 1, "东山镇": 0}}})
    (warning,) = check_fits(ours, register)
    assert "2" in warning
    assert "东山镇, 西湖街道" in warning
    later = ours.replace("instructors.arrivals", [{"responsible": "东山镇", "count": 1}])
    assert "东山镇" not in check_fits(later, register)[0]


def test_no_instructor_at_all_is_a_warning(register: pd.DataFrame) -> None:
    ours = Scenario.model_validate({"instructors": {"total": 0}})
    assert check_fits(ours, register) == ["The scenario has no instructors at all: nobody will work on any case"]
    # Those who arrive are instructors, too; who gets none of them is told.
    someone = ours.replace("instructors.arrivals", [{"responsible": "东山镇", "count": 1}])
    (warning,) = check_fits(someone, register)
    assert "河口街道, 西湖街道" in warning


def test_many_responsible_units_are_counted() -> None:
    names = [f"S{number:02}" for number in range(40)]
    rows = {"org_id": names, "street": names, "full_members": 1, "has_branch": False}
    register = check_register(pd.DataFrame(rows))
    ours = Scenario.model_validate({"instructors": {"by_responsible": {"S00": 1}}})
    (warning,) = check_fits(ours, register)
    assert "S12" in warning
    assert "S13" not in warning
    assert "27 more" in warning
