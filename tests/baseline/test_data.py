"""The shipped registers: made again byte for byte, and such that the plan's question is a real one."""

import re
from pathlib import Path

import pytest

from workbench.inputs import make_city, read_register, write_register
from workbench.inputs.register.columns import COLUMNS

DATA = Path(__file__).parents[2] / "data"
CITIES = {"demo_city": 1200, "low_start": 1200, "members_middle": 1200, "county": 213}


def command(city: str) -> dict[str, float]:
    """The options of the command that the data dictionary gives for a file, as arguments of `make_city`."""
    [line] = re.findall(
        rf"`workbench city (.*) --out data/{city}\.csv`", (DATA / "DATA_DICTIONARY.md").read_text("utf-8")
    )
    return {
        name.replace("-", "_"): float(value) if "." in value else int(value)
        for name, value in re.findall(r"--([a-z-]+) (\S+)", line)
    }


@pytest.mark.parametrize("city", CITIES)
def test_the_command_makes_the_same_bytes(city, tmp_path):
    write_register(make_city(**command(city)), tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (DATA / f"{city}.csv").read_bytes()


@pytest.mark.parametrize("city", CITIES)
def test_the_file_is_a_register(city):
    register = read_register(DATA / f"{city}.csv")
    assert len(register) == CITIES[city]


def test_every_file_is_in_the_dictionary():
    text = (DATA / "DATA_DICTIONARY.md").read_text("utf-8")
    for path in DATA.glob("*.csv"):
        assert f"`{path.name}`" in text


def test_every_column_is_in_the_dictionary():
    text = (DATA / "DATA_DICTIONARY.md").read_text("utf-8")
    assert [column.name for column in COLUMNS if f"`{column.name}`" not in text] == []


@pytest.mark.parametrize(
    ("city", "covered"), [("demo_city", 0.31), ("low_start", 0.12), ("members_middle", 0.31), ("county", 0.31)]
)
def test_share_covered_at_the_start(city, covered):
    assert read_register(DATA / f"{city}.csv")["has_branch"].mean() == pytest.approx(covered, abs=0.002)


@pytest.mark.parametrize(
    ("city", "basis", "reachable"),
    [
        ("demo_city", "full_members", 783),
        ("demo_city", "members_on_roll", 618),
        ("low_start", "full_members", 783),
        ("low_start", "members_on_roll", 614),
        ("members_middle", "full_members", 704),
        ("members_middle", "members_on_roll", 536),
        ("county", "full_members", 140),
        ("county", "members_on_roll", 111),
    ],
)
def test_who_could_have_a_branch_if_grouping_lost_nobody(city, basis, reachable):
    register = read_register(DATA / f"{city}.csv")
    able = register["has_branch"] | (~register["dormant"] & (register[basis] > 0))
    assert able.sum() == reachable


@pytest.mark.parametrize("city", ["demo_city", "low_start", "members_middle"])
def test_a_fifth_belongs_to_six_municipal_systems(city):
    register = read_register(DATA / f"{city}.csv")
    theirs = register[register["responsible"] != register["street"]]
    assert len(theirs) == 240
    assert theirs["responsible"].nunique() == 6


def test_the_middle_city_is_the_demo_city_with_fewer_members():
    demo, middle = read_register(DATA / "demo_city.csv"), read_register(DATA / "members_middle.csv")
    same = ["street", "name", "kind", "industry", "supervisor", "responsible", "community", "x", "y"]
    assert demo[same].equals(middle[same])
    assert middle["full_members"].mean() == pytest.approx(2.2, abs=0.05)
    assert demo["full_members"].mean() == pytest.approx(3.5, abs=0.15)


def test_the_demo_city_asks_a_real_question():
    """60 % lies below the ceiling with floating and part-time members, and far above it without."""
    from workbench.grouping import group
    from workbench.inputs import Scenario

    register = read_register(DATA / "demo_city.csv")
    ceilings = {}
    for basis, column in {"part_time": "full_members", "on_roll": "members_on_roll"}.items():
        scenario = Scenario.model_validate({"policy": {"member_basis": basis}})
        grouping = group(register, scenario)
        able = register["has_branch"] | (~register["dormant"] & (register[column] > 0))
        ceilings[basis] = (able.sum() - len(grouping.left_out)) / len(register)
    assert ceilings["part_time"] == pytest.approx(0.640, abs=0.004)
    assert ceilings["on_roll"] == pytest.approx(0.509, abs=0.004)
