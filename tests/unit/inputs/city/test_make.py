"""Made-up cities: the shares asked for, legal branches, plausible places, same arguments same city."""

import numpy as np
import pandas as pd
import pytest

from workbench.inputs import make_city


@pytest.fixture(scope="module")
def large():
    return make_city(20_000, 120, seed=7)


def test_same_arguments_same_city():
    pd.testing.assert_frame_equal(make_city(80, 5, seed=4), make_city(80, 5, seed=4))
    assert not make_city(80, 5, seed=4).equals(make_city(80, 5, seed=5))


def test_draws_from_no_global_generator():
    np.random.seed(1)  # noqa: NPY002
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    make_city(50, 3)
    assert (np.random.get_state()[1] == state).all()  # noqa: NPY002


def test_one_argument_leaves_the_other_aspects_alone():
    city, other = make_city(300, 8), make_city(300, 8, covered=0.12, hosts=0.3, dormant=0)
    same = [
        "street",
        "full_members",
        "members_on_roll",
        "name",
        "kind",
        "industry",
        "supervisor",
        "community",
        "x",
        "y",
    ]
    pd.testing.assert_frame_equal(city[same], other[same])


@pytest.mark.parametrize("organizations", [1, 2, 7, 100])
@pytest.mark.parametrize("streets", [1, 2, 30])
def test_any_size(organizations, streets):
    city = make_city(organizations, streets, covered=0)
    assert len(city) == organizations
    assert city["street"].nunique() == min(streets, organizations)


def test_members_follow_the_fit(large):
    members = large["full_members"]
    assert members.mean() == pytest.approx(3.5, rel=0.05)
    assert large["members_on_roll"].mean() == pytest.approx(1.58, rel=0.05)
    # facts: 35 %, 16 %, 10 %, 39 % for mean 3.5 and k = 0.5
    shares = members.clip(upper=3).value_counts(normalize=True)
    for count, share in {0: 0.354, 1: 0.155, 2: 0.101, 3: 0.390}.items():
        assert shares[count] == pytest.approx(share, abs=0.012)
    assert large["employees"].astype(float).mean() == pytest.approx(12.3, rel=0.03)
    assert (large["employees"] >= large["members_on_roll"] + large["members_floating"]).all()


def test_kinds_follow_the_national_mix(large):
    shares = large["kind"].value_counts(normalize=True)
    for kind, share in {"association": 0.4152, "service": 0.5743, "foundation": 0.0105}.items():
        assert shares[kind] == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize("covered", [0, 0.12, 0.31, 0.5])
def test_covers_exactly_the_share_and_only_legally(covered):
    city = make_city(1000, 12, covered=covered, seed=2)
    branch = city[city["has_branch"]]
    assert len(branch) == round(covered * 1000)
    assert (branch["full_members"] >= 1).all()
    assert (branch["full_members"] < 3).sum() == pytest.approx(0.12 * len(branch), abs=max(1, 1000 * covered - 390))
    assert (city["host_capacity"] > 0).sum() == round(0.10 * (branch["full_members"] >= 3).sum())
    assert (city.loc[city["host_capacity"] > 0, "full_members"] >= 3).all()
    assert city["host_capacity"].max() <= 4
    assert not (city["dormant"] & (city["has_branch"] | city["has_instructor"])).any()
    assert city["dormant"].sum() == 20


def test_streets_and_communities_are_places(large):
    communities = large.groupby("street")["community"].nunique()
    assert communities.median() == pytest.approx(6, abs=2)
    centre = large.groupby("street")[["x", "y"]].transform("median")
    away = np.hypot(large["x"] - centre["x"], large["y"] - centre["y"])
    assert away.median() < 4
    # Organizations of one community lie together; some share a point.
    spread = large.groupby(["street", "community"])[["x", "y"]].std().median()
    assert (spread < 0.6).all()
    assert large.duplicated(["x", "y"]).mean() == pytest.approx(0.08, abs=0.03)
    # Denser in the middle than at the rim.
    side = 7 * np.sqrt(120)
    inner = np.hypot(large["x"] - side / 2, large["y"] - side / 2) < side / 4
    assert inner.mean() > 1.5 * np.pi / 16
    assert large[["x", "y"]].min().min() >= 0
    assert large[["x", "y"]].max().max() <= side


def test_names_are_of_places_and_trades(large):
    assert large["name"].str.contains("会|中心|社").all()
    assert large["street"].str.endswith(("街道", "镇")).all()
    assert large.groupby("street")["name"].apply(lambda names: names.str.startswith(names.name[:2]).all()).all()
    assert large["supervisor"].isna().mean() == pytest.approx(0.10, abs=0.01)


def test_many_streets_have_different_names():
    assert make_city(3000, 1500, communities=1)["street"].nunique() == 1500


def test_ids_sort_as_they_stand():
    city = make_city(12_000, 20)
    assert city.index.is_monotonic_increasing
    assert city.index[0] == "SO00001"


def test_no_floating_no_part_time():
    city = make_city(100, 4, floating=0, part_time=0)
    assert (city["members_on_roll"] == city["full_members"]).all()
    city = make_city(100, 4, floating=0.5, part_time=0.5)
    assert (city["members_on_roll"] == 0).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"organizations": 0}, "organizations = 0"),
        ({"organizations": 1_000_001}, "organizations = 1000001"),
        ({"streets": 0}, "streets = 0"),
        ({"streets": 1000, "communities": 2000}, "communities = 2000"),
        ({"mean_members": 0}, "mean_members = 0"),
        ({"dispersion": float("nan")}, "dispersion = nan"),
        ({"size_km": -1}, "size_km = -1"),
        ({"covered": 1.5}, "covered = 1.5"),
        ({"floating": 0.6, "part_time": 0.6}, r"floating \+ part_time = 1.2"),
        ({"covered": 0.9}, "of 100 organizations, 74 have a member: no more can be covered"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        make_city(**{"organizations": 100, "streets": 5, **arguments})


def test_systems_are_responsible_across_all_streets(large):
    city = make_city(20_000, 120, seed=7, systems=6)
    pd.testing.assert_frame_equal(city.drop(columns="responsible"), large.drop(columns="responsible"))
    assert (large["responsible"] == large["street"]).all()
    theirs = city[city["responsible"] != city["street"]]
    assert len(theirs) == 4_000
    assert theirs["responsible"].nunique() == 6
    assert set(theirs["responsible"]) & set(city["street"]) == set()
    # Each is there for one industry, in whichever street.
    assert (theirs.groupby("responsible")["industry"].nunique() == 1).all()
    assert (theirs.groupby("responsible")["street"].nunique() > 60).all()
    associations = (theirs["kind"] == "association").mean()
    assert associations > (city["kind"] == "association").mean() + 0.1


@pytest.mark.parametrize("share", [0.0, 0.05, 1.0])
def test_systems_take_the_share_that_their_industries_have(share):
    city = make_city(500, 5, systems=2, by_systems=share)
    theirs = city["responsible"] != city["street"]
    assert theirs.sum() <= round(share * 500)
    if share < 0.1:
        assert theirs.sum() == round(share * 500)
    few = make_city(3, 2, systems=10, by_systems=1.0, covered=0)
    assert len(few) == 3


def test_systems_out_of_range_are_refused():
    for wrong in ({"systems": -1}, {"systems": 11}, {"systems": 2, "by_systems": 1.5}):
        with pytest.raises(ValueError, match="systems"):
            make_city(20, 2, **wrong)
