"""Outcomes on disk: what is written comes back; what cannot be read or written is said, and loses nothing."""

from __future__ import annotations

import gc
import json
import os
import random
import resource
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
import xarray as xr

from tests.cities import organization, register, scenario
from workbench.errors import StoreError
from workbench.inputs import read_scenario
from workbench.simulation import load_outcome, simulate
from workbench.simulation.results import store as store_module


@pytest.fixture(scope="module")
def written(outcome, tmp_path_factory):
    """An outcome's file."""
    return outcome.save(tmp_path_factory.mktemp("written") / "outcome.nc")


def same(one, other):
    """Every number and word of two outcomes."""
    xr.testing.assert_identical(one.dataset, other.dataset)
    for name in one.case_days:
        assert one.case_days[name].to_numpy().tolist() == other.case_days[name].to_numpy().tolist()
    xr.testing.assert_equal(one.stages, other.stages)
    pd.testing.assert_frame_equal(one.organizations, other.organizations)
    pd.testing.assert_frame_equal(one.cases, other.cases)
    pd.testing.assert_frame_equal(one.waits, other.waits)
    pd.testing.assert_series_equal(one.utilisation, other.utilisation)
    for by in ("responsible", "supervisor", "tier", "kind"):
        pd.testing.assert_frame_equal(one.breakdown(by), other.breakdown(by))
    for target in ("organization", "work"):
        pd.testing.assert_frame_equal(one.quantiles(target=target), other.quantiles(target=target))
        assert one.probability(target) == other.probability(target)
    assert one.scenario == other.scenario
    assert one.scenario.fingerprint == other.scenario.fingerprint
    assert one.provenance == other.provenance
    assert one.summary() == other.summary()


def test_round_trip(outcome, written):
    same(outcome, load_outcome(written))
    same(outcome, load_outcome(str(written)))


def test_round_trip_of_a_city_kept_as_a_whole(hamlet, plan, joined, tmp_path):
    outcome = simulate(hamlet, plan, joined, replications=4, keep="city")
    loaded = load_outcome(outcome.save(tmp_path / "city.nc"))
    assert loaded.dataset.sizes == {"replication": 4, "day": 34}
    same(outcome, loaded)


def test_round_trip_twice_is_the_same(written, tmp_path):
    once = load_outcome(written)
    same(once, load_outcome(once.save(tmp_path / "again.nc")))


def test_round_trip_of_awkward_scenarios(tmp_path):
    """A law in place of a number, an order of kinds, arrivals with `from`, a title in Chinese, names with spaces."""
    orgs = register(
        organization("机构 甲", 3, "河口街道", supervisor="市民政局", community="山脚"),
        organization("b", 0, "河口街道"),
        organization("c", has_branch=True, responsible="东山镇"),
    )  # fmt: skip
    rules = scenario(
        cases__joint__success={"uniform": [0.5, 1]}, discipline=["outreach", "joint"],
        instructors__arrivals=[{"responsible": "河口街道", "count": 1, "from": "2027-08-02"}],
        title={"zh": "甲", "en": "A"}, committee__agenda=None, calendar__holidays=["2027-08-03"],
        calendar__horizon="2027-09-30", grouping__community_centres={"河口街道/山脚": [1, 2]},
    )  # fmt: skip
    outcome = simulate(orgs, rules, replications=3)
    loaded = load_outcome(outcome.save(tmp_path / "结果.nc"))
    same(outcome, loaded)
    assert loaded.scenario.discipline == ("outreach", "joint")


def test_round_trip_of_a_scenario_that_was_based_on_another(hamlet, tmp_path):
    """A file may not be where it was, so nothing of it is read again."""
    rules = read_scenario(Path(__file__).parents[4] / "scenarios" / "weekly_meetings.yaml")
    loaded = load_outcome(simulate(hamlet, rules, replications=1).save(tmp_path / "based.nc"))
    assert loaded.scenario.fingerprint == rules.fingerprint
    assert (loaded.scenario.name, loaded.scenario.label) == (rules.name, rules.label)


@pytest.mark.parametrize("organizations", [1, 2])
def test_round_trip_without_a_case_and_without_a_supervisor(organizations, tmp_path):
    orgs = register(*(organization(f"o{n}", has_branch=True) for n in range(organizations)))
    outcome = simulate(orgs, scenario(), replications=2)
    same(outcome, load_outcome(outcome.save(tmp_path / "none.nc")))


def test_a_folder_is_made_and_nothing_is_left_beside(outcome, tmp_path):
    path = outcome.save(tmp_path / "new" / "deep" / "outcome.nc")
    assert [each.name for each in path.parent.iterdir()] == ["outcome.nc"]


# --- what cannot be read ------------------------------------------------------------------------------------


def test_a_missing_file(tmp_path):
    with pytest.raises(StoreError, match=r"no outcome file gone\.nc"):
        load_outcome(tmp_path / "gone.nc")
    with pytest.raises(StoreError):
        load_outcome(tmp_path)  # a folder


@pytest.mark.parametrize("content", [b"", b"org_id,responsible unit\n", b"\x89HDF\r\n\x1a\n", b"CDF\x01" + bytes(60)])
def test_a_file_of_something_else(tmp_path, content):
    path = tmp_path / "other.nc"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"other\.nc is not an outcome"):
        load_outcome(path)


def test_another_netcdf_file(tmp_path):
    xr.Dataset({"temperature": ("day", [20.0, 21.0])}).to_netcdf(tmp_path / "weather.nc", engine="h5netcdf")
    with pytest.raises(StoreError, match="not an outcome"):
        load_outcome(tmp_path / "weather.nc")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short(written, tmp_path, share):
    content = written.read_bytes()
    path = tmp_path / "cut.nc"
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(StoreError, match="damaged"):
        load_outcome(path)


@pytest.mark.filterwarnings("ignore")  # h5netcdf's own, as it closes what it could not open
def test_a_file_with_bytes_gone_wrong(outcome, written, tmp_path):
    """What was saved is read, or it is refused as what it is; a wrong number is never read as a right one."""
    content, rng = written.read_bytes(), random.Random(0)
    path = tmp_path / "wrong.nc"
    refused = 0
    for _ in range(12):
        wrong = bytearray(content)
        for _ in range(rng.randint(1, 30)):
            wrong[rng.randrange(len(wrong))] = rng.randrange(256)
        path.write_bytes(wrong)
        try:
            same(outcome, load_outcome(path))
        except StoreError:
            refused += 1
    gc.collect()  # whatever was left open is told here, not in the test after this
    assert refused > 6


@pytest.mark.parametrize(
    "name", ["organizations_with_branch", "day", "responsible", "stages/days", "organizations/kind"]
)
def test_a_number_or_word_that_was_changed_is_noticed(written, tmp_path, name):
    """The file is in order, only not what was saved."""
    import h5py

    path = tmp_path / "changed.nc"
    path.write_bytes(written.read_bytes())
    with h5py.File(path, "a") as file:
        first = (0,) * file[name].ndim
        value = file[name][first]
        file[name][first] = "joint?" if isinstance(value, bytes) else value + 1
    with pytest.raises(StoreError, match="damaged"):
        load_outcome(path)


def test_provenance_cannot_be_changed_unnoticed(written, tmp_path):
    path = rewritten(written, tmp_path / "changed.nc", provenance=json.dumps({"seed": 8}))
    with pytest.raises(StoreError, match="damaged"):
        load_outcome(path)


@pytest.mark.parametrize("name", ["schema", "scenario", "provenance", "digest"])
def test_a_file_that_lacks_a_part(written, tmp_path, name):
    import h5py

    path = tmp_path / "lacking.nc"
    path.write_bytes(written.read_bytes())
    with h5py.File(path, "a") as file:
        del file.attrs[name]
    with pytest.raises(StoreError, match="not an outcome"):
        load_outcome(path)


@pytest.mark.parametrize("group", ["case_days", "stages", "organizations"])
def test_a_file_that_lacks_a_group(written, tmp_path, group):
    import h5py

    path = tmp_path / "lacking.nc"
    path.write_bytes(written.read_bytes())
    with h5py.File(path, "a") as file:
        del file[group]
    with pytest.raises(StoreError, match="not an outcome"):
        load_outcome(path)


def rewritten(written: Path, path: Path, **attributes: object) -> Path:
    """A copy of a file with other attributes."""
    import h5py

    path.write_bytes(unsealed(written))
    with h5py.File(path, "a") as file:
        for name, value in attributes.items():
            file.attrs[name] = value
    return sealed(path)


def unsealed(path: Path) -> bytes:
    """A file's bytes without the sum at its end."""
    return path.read_bytes().split(store_module.SEAL)[0]


def sealed(path: Path) -> Path:
    """A file that was changed, with the sum of its bytes of now."""
    content = path.read_bytes()
    path.write_bytes(content + store_module.SEAL + store_module._seal(content))
    return path


def test_a_newer_schema(written, tmp_path):
    path = rewritten(written, tmp_path / "newer.nc", schema=store_module.SCHEMA + 1)
    with pytest.raises(StoreError, match=r"newer workbench \(format 4; this one reads up to 3\); upgrade"):
        load_outcome(path)


def test_a_newer_schema_with_what_this_one_does_not_know(outcome, written, tmp_path):
    """The first thing that a newer workbench adds is a key of the scenario, or a group."""
    content = json.loads(outcome.scenario.model_dump_json(by_alias=True)) | {"weather": "fine"}
    path = rewritten(written, tmp_path / "newer.nc", schema=store_module.SCHEMA + 1, scenario=json.dumps(content))
    with pytest.raises(StoreError, match="newer workbench"):
        load_outcome(path)


# --- what cannot be written ---------------------------------------------------------------------------------


def test_a_folder_that_is_a_file(outcome, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError, match="Cannot write"):
        outcome.save(tmp_path / "file" / "outcome.nc")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_place_that_is_a_folder(outcome, tmp_path):
    (tmp_path / "outcome.nc").mkdir()
    with pytest.raises(StoreError, match="Cannot write"):
        outcome.save(tmp_path / "outcome.nc")
    assert [path.name for path in tmp_path.iterdir()] == ["outcome.nc"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(outcome, tmp_path):
    path = outcome.save(tmp_path / "outcome.nc")
    before = path.read_bytes()
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="Cannot write"):
            outcome.save(path)
    finally:
        tmp_path.chmod(0o700)
    assert path.read_bytes() == before


@contextmanager
def disk_of(size):
    """No file grows beyond so many bytes: writing more fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 10_000, 50_000])
def test_a_full_disk_leaves_the_old_file_whole(outcome, tmp_path, size):
    path = tmp_path / "outcome.nc"
    path.write_bytes(b"what was there")
    with disk_of(size), pytest.raises(StoreError, match=r"what was there is untouched"):
        outcome.save(path)
    assert path.read_bytes() == b"what was there"
    assert [each.name for each in tmp_path.iterdir()] == ["outcome.nc"]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, RuntimeError])
@pytest.mark.parametrize("where", [(xr.Dataset, "to_netcdf"), (Path, "replace")], ids=["writing", "renaming"])
def test_so_does_an_interruption(outcome, tmp_path, monkeypatch, fault, where):
    path = outcome.save(tmp_path / "outcome.nc")
    before = path.read_bytes()

    def stops(*args, **kwargs):
        raise fault

    monkeypatch.setattr(*where, stops)
    with pytest.raises(fault):
        outcome.save(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["outcome.nc"]
    monkeypatch.undo()
    same(outcome, load_outcome(path))


def test_damaged_bytes_are_refused_before_anything_is_unpacked(written, tmp_path, monkeypatch):
    import xarray as xr

    content, rng = written.read_bytes(), random.Random(5)
    monkeypatch.setattr(xr, "open_dataset", lambda *_, **__: pytest.fail("the file was opened"))
    for _ in range(50):
        wrong = bytearray(content)
        wrong[rng.randrange(len(content) - len(store_module.SEAL) - 32)] ^= 1 << rng.randrange(8)
        (tmp_path / "damaged.nc").write_bytes(wrong)
        with pytest.raises(StoreError, match="damaged"):
            load_outcome(tmp_path / "damaged.nc")
