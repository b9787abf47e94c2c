"""The shipped campaign: made again byte for byte, and such that its review is a real question."""

from pathlib import Path

import pytest

from tools import campaign
from workbench.inputs import read_register, read_scenario

PLACE = Path(__file__).parents[2] / "data/campaign"
WEEKS = [PLACE / "registers" / f"register_{day}.csv" for day in campaign.DAYS]


def test_the_tool_makes_the_same_bytes(tmp_path):
    again = campaign.write(tmp_path)
    assert [path.name for path in again] == sorted(path.name for path in (PLACE / "registers").iterdir())
    for path in again:
        assert path.read_bytes() == (PLACE / "registers" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("path", WEEKS, ids=lambda path: path.stem[-5:])
def test_each_week_is_a_register_that_knows_nothing_of_later(path):
    register, day = read_register(path), path.stem[-10:]
    assert len(register) == 260
    dates = register.filter(regex="_on$").select_dtypes("datetime")
    assert dates.shape[1] == 7
    assert not (dates > day).to_numpy().any()


def test_what_has_happened_stays():
    earlier = read_register(WEEKS[0])
    for path in WEEKS[1:]:
        later = read_register(path)
        for column in ("surveyed_on", "instructor_on", "filed_on", "approved_on", "branch_on", "mass_org_on"):
            known = earlier[column].notna()
            assert (later.loc[known, column] == earlier.loc[known, column]).all(), (path.name, column)
        assert (later["attempts"] >= earlier["attempts"]).all()
        earlier = later


def test_the_truth_lies_outside_the_middle_half_of_what_is_assumed():
    assumed = read_scenario(PLACE / "scenarios/campaign.yaml").uncertainty
    true = read_scenario(PLACE / "truth.yaml").uncertainty
    for name in ("speed", "failure", "absence", "approval_delay"):
        low, high = getattr(assumed, name).quantile([0.25, 0.75])
        assert not low <= getattr(true, name).mean <= high or name == "approval_delay", name
    assert true.election.mean == 1.2


def test_the_city_misses_what_its_plan_promised():
    register, scenario = read_register(WEEKS[-1]), read_scenario(PLACE / "scenarios/campaign.yaml")
    assert scenario.targets.organization == 0.55
    assert register["has_branch"].sum() == 140
    assert register["has_branch"].mean() < 0.55
