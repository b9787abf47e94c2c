"""Sobol indices and screening against functions whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.errors import WorkbenchError
from workbench.planning.sensitivity import indices as sensitivity_indices
from workbench.planning.sensitivity.indices import LUCK, design, open_unit, salib, screen, sobol


def ishigami(points, other_luck):
    """Ishigami and Homma 1990 (a = 7, b = 0.1), which luck does not touch."""
    x = np.pi * (2.0 * points - 1.0)
    return {"y": np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])}


def test_ishigami():
    found = sobol(ishigami, ["x1", "x2", "x3"], 4096, seed=3)
    table = found.indices["y"]
    assert table["first"].tolist() == pytest.approx([0.3139, 0.4424, 0.0, 0.0], abs=0.02)
    assert table["total"].tolist() == pytest.approx([0.5576, 0.4424, 0.2437, 0.0], abs=0.02)
    assert found.runs == 4096 * (3 + 3)
    assert (table["first_low"] <= table["first"]).all()
    assert (table["total"] <= table["total_high"]).all()
    assert found.points.shape == (8192, 3)
    assert found.outputs["y"].tolist() == ishigami(found.points, False)["y"].tolist()


def with_luck(size):
    """x1 + 2·x2, and luck of a known size: a row's luck is its own, and the other luck is another."""
    noise = np.random.default_rng(1).normal(0.0, size, (2, 1 << 13))

    def model(points, other_luck):
        luck = noise[int(other_luck), : len(points)]
        return {"sum": points[:, 0] + 2.0 * points[:, 1] + luck, "none": np.zeros(len(points))}

    return model


@pytest.mark.parametrize("size", [0.0, 0.5, 1.0])
def test_luck_is_one_more_input(size):
    found = sobol(with_luck(size), ["x1", "x2", "idle"], 4096, seed=0)
    variances = np.array([1 / 12, 4 / 12, 0.0, size**2])
    table = found.indices["sum"]
    assert table.index.tolist() == ["x1", "x2", "idle", LUCK]
    assert table["first"].to_numpy() == pytest.approx(variances / variances.sum(), abs=0.03)
    assert table["total"].to_numpy() == pytest.approx(variances / variances.sum(), abs=0.03)
    assert table["total"].loc["idle"] == 0.0


def test_what_never_varies_has_no_index():
    assert (sobol(with_luck(1.0), ["x1", "x2"], 64, seed=0).indices["none"] == 0.0).all(axis=None)


def test_without_parameters_all_is_luck():
    def model(points, other_luck):
        return {"y": np.random.default_rng(int(other_luck)).normal(size=len(points))}

    found = sobol(model, [], 256, seed=0)
    assert found.indices["y"].loc[LUCK, ["first", "total"]].tolist() == pytest.approx([1.0, 1.0], abs=0.15)
    assert found.runs == 256 * 3


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    truth = 1 / 12 / (1 / 12 + 4 / 12 + 0.25)
    hits = 0
    for seed in range(40):
        noise = np.random.default_rng(seed).normal(0.0, 0.5, (2, 512))

        def model(points, other_luck, noise=noise):
            return {"y": points[:, 0] + 2.0 * points[:, 1] + noise[int(other_luck)]}

        row = sobol(model, ["x1", "x2"], 512, seed=seed).indices["y"].loc["x1"]
        hits += row["first_low"] <= truth <= row["first_high"]
    # A scrambled sequence does better than the bootstrap thinks: 95 % or more.
    assert hits >= 35


def test_screening_of_a_line_is_exact():
    def line(points, other_luck):
        assert not other_luck
        return {"y": 3.0 * points[:, 0] - points[:, 1]}

    found = screen(line, ["a", "b", "idle"], 64, 0, "y")
    assert found["effect"].tolist() == pytest.approx([1.5, 0.5, 0.0])
    assert found["spread"].tolist() == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)
    assert found["effect_low"].tolist() == pytest.approx([1.5, 0.5, 0.0])


def test_screening_sees_what_depends_on_others():
    found = screen(lambda x, _: {"y": (x[:, 0] - 0.5) * (x[:, 1] - 0.5)}, ["a", "b"], 256, 0, "y")
    assert (found["spread"] > found["effect"]).all()
    assert screen(lambda x, _: {"y": np.ones(len(x))}, [], 8, 0, "y").empty


def test_the_design_is_saltelli_s_and_keeps_clear_of_the_ends():
    cube = design(3, 32, seed=5)
    assert cube.shape == (32, 5, 3)
    for place in range(3):
        others = [i for i in range(3) if i != place]
        assert (cube[:, 1 + place, place] == cube[:, -1, place]).all()
        assert (cube[:, 1 + place][:, others] == cube[:, 0][:, others]).all()
    assert 0.0 < cube.min() < cube.max() < 1.0
    assert open_unit(np.array([0.0, 0.5, 1.0])).tolist() == [2.0**-33, 0.5 + 2.0**-33, 1.0 - 2.0**-33]


def test_the_same_seed_gives_the_same_and_leaves_the_global_generator_alone():
    before = np.random.get_state()[1].tolist()  # noqa: NPY002
    one, same, other = (sobol(with_luck(0.5), ["x1", "x2"], 64, seed=seed) for seed in (0, 0, 1))
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002
    assert one.indices["sum"].equals(same.indices["sum"])
    assert not one.indices["sum"].equals(other.indices["sum"])


def test_without_salib_the_message_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(sensitivity_indices, "find_spec", lambda _: None)
    with pytest.raises(WorkbenchError, match=r"campaign-workbench\[sensitivity\]"):
        salib("sample.sobol")
