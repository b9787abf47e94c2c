"""Public functions take what they are given, or say what is wanted."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest

from workbench.errors import ArgumentError, RegisterError, WorkbenchError
from workbench.inputs import Scenario, make_city
from workbench.inputs.asked import asked
from workbench.inputs.register import as_register, check_register, write_register
from workbench.labels import in_language


@asked
def job(register, scenario, grouping=None, *, outcomes=None, confidences=(0.5,), progress=None):
    """A job."""
    for done in range(3):
        if progress is not None:
            assert progress(done, 3)
    return register


@pytest.fixture(scope="module")
def city() -> pd.DataFrame:
    return make_city(40, 3, seed=2)


def refused(*given, **named) -> str:
    with pytest.raises(ArgumentError) as caught:
        job(*given, **named)
    assert isinstance(caught.value, (WorkbenchError, ValueError, TypeError))
    return str(caught.value)


def test_a_register_is_taken_as_it_is_and_other_frames_are_checked(city, tmp_path):
    assert job(city, Scenario()) is city
    extra = city.assign(ours="a note")
    assert job(extra, Scenario()) is extra
    none = city.iloc[:0]  # a selection that nothing is in: its tables are empty
    assert job(none, Scenario()) is none
    raw = pd.read_csv(write_register(city, tmp_path / "city.csv"))
    for frame in (raw, raw.set_index("org_id"), city.reset_index(), city.astype(object), city.iloc[:, ::-1]):
        found = job(frame, Scenario())
        pd.testing.assert_frame_equal(found[city.columns], city)
        pd.testing.assert_frame_equal(check_register(city), city)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda city: city.reset_index(drop=True),
        lambda city: pd.concat([city, city.iloc[:1]]),
        lambda city: city.assign(full_members=-5),
        lambda city: city.assign(full_members=float("nan"), members_on_roll=pd.NA),
        lambda city: city.assign(host_capacity=-1),
        lambda city: city.assign(street=None),
        lambda city: city.drop(columns="has_branch"),
        lambda city: city.iloc[:0].reset_index(drop=True),
        lambda city: pd.DataFrame(),
        lambda city: city.rename(index={city.index[0]: city.index[1]}),
    ],
)
def test_what_is_not_a_register_says_why(city, spoil):
    with pytest.raises(RegisterError) as caught:
        job(spoil(city), Scenario())
    assert caught.value.faults


def test_in_place_changes_are_seen(city):
    ours = city.copy()
    assert as_register(ours) is ours
    ours.loc[ours.index[0], "full_members"] = -5
    with pytest.raises(RegisterError):
        as_register(ours)


def test_swapped_arguments_are_told_so(city):
    words = refused(Scenario(), city)
    assert "register = a Scenario" in words
    assert "scenario = a DataFrame" in words
    assert "the order is job(register, scenario, grouping): two seem to be swapped" in words
    with in_language("zh"):
        assert "似乎写反了" in refused(Scenario(), city)


def test_paths_and_maps_are_told_what_to_do_with_them(city):
    assert "read it with read_register first" in refused("city.csv", Scenario())
    assert "read it with read_scenario first" in refused(city, "baseline.yaml")
    assert "Scenario.model_validate of a map" in refused(city, {"instructors": {"total": 3}})
    assert "grouping = a DataFrame" in refused(city, Scenario(), city)
    assert "a map of names to outcomes" in refused(city, Scenario(), outcomes=[1, 2])
    assert "must be a list" in refused(city, Scenario(), confidences=0.5)
    assert "progress = 3: must be True" in refused(city, Scenario(), progress=3)


def test_an_argument_that_is_not_there_gets_the_nearest(city):
    assert "did you mean confidences?" in refused(city, Scenario(), confidence=0.9)
    assert "there are: register, scenario" in refused(city, Scenario(), zzz=1)
    with pytest.raises(TypeError, match="scenario"):
        job(city)


def test_progress_true_gives_a_bar(city, capsys):
    assert job(city, Scenario(), progress=True) is city
    assert "job" in capsys.readouterr().err
    assert job(city, Scenario(), progress=False) is city
    assert capsys.readouterr().err == ""
    told = []
    job(city, Scenario(), progress=lambda *far: told.append(far) or True)
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_it_is_still_the_same_function():
    assert (job.__name__, job.__doc__) == ("job", "A job.")
    assert pickle.loads(pickle.dumps(job)) is job
    with pytest.raises(ArgumentError) as caught:
        job(1, 2)
    assert "register = 1" in str(pickle.loads(pickle.dumps(caught.value)))
