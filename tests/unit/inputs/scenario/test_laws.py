"""Laws: what they accept, and that their quantiles are those of the textbooks."""

import math
import pickle

import numpy as np
import pytest
from scipy.integrate import quad

from workbench.inputs.scenario.laws import FAMILIES, Law

EXAMPLES = [
    {"fixed": 3},
    {"uniform": [1, 4]},
    {"triangular": [1, 2, 5]},
    {"triangular": [1, 1, 5]},
    {"triangular": [1, 5, 5]},
    {"pert": [2, 5, 12]},
    {"pert": [0, 0, 4]},
    {"pert": [0, 4, 4]},
    {"lognormal": [5, 2]},
    {"exponential": 2},
    {"empirical": [4, 1, 2, 2]},
]
MIDDLE = np.linspace(0.001, 0.999, 999)


def test_the_examples_cover_every_family() -> None:
    assert {next(iter(example)) for example in EXAMPLES} == set(FAMILIES)


@pytest.mark.parametrize("written", EXAMPLES, ids=str)
def test_a_law_dumps_as_it_is_written(written: dict) -> None:
    law = Law.parse(written)
    assert Law.parse(law.dump()) == law
    assert hash(pickle.loads(pickle.dumps(law))) == hash(law)
    if "empirical" not in written:
        assert law.dump() == written


@pytest.mark.parametrize("written", EXAMPLES, ids=str)
def test_quantiles_rise_and_stay_within_the_bounds(written: dict) -> None:
    law = Law.parse(written)
    values = law.quantile(MIDDLE)
    assert values.dtype == np.float64
    assert (np.diff(values) >= 0).all()
    assert (values >= law.low).all()
    assert (values <= law.high).all()


@pytest.mark.parametrize("written", EXAMPLES, ids=str)
def test_the_mean_is_the_integral_of_the_quantiles(written: dict) -> None:
    law = Law.parse(written)
    if law.family == "empirical":
        assert law.mean == pytest.approx(np.mean(law.quantile((np.arange(400) + 0.5) / 400)))
        return
    area, _ = quad(lambda u: float(law.quantile(u)), 0, 1, limit=200)
    assert law.mean == pytest.approx(area, rel=1e-6)


def test_quantiles_agree_with_scipy_stats() -> None:
    from scipy import stats

    sigma = math.sqrt(math.log1p((2 / 5) ** 2))
    theirs = {
        "uniform": (Law("uniform", (1, 4)), stats.uniform(1, 3)),
        "triangular": (Law("triangular", (1, 2, 5)), stats.triang(0.25, 1, 4)),
        "pert": (Law("pert", (2, 5, 12)), stats.beta(1 + 4 * 0.3, 1 + 4 * 0.7, 2, 10)),
        "lognormal": (Law("lognormal", (5, 2)), stats.lognorm(sigma, scale=5 * math.exp(-(sigma**2) / 2))),
        "exponential": (Law("exponential", (2,)), stats.expon(scale=2)),
    }
    for name, (law, reference) in theirs.items():
        np.testing.assert_allclose(law.quantile(MIDDLE), reference.ppf(MIDDLE), rtol=1e-10, err_msg=name)
        assert law.mean == pytest.approx(reference.mean())
    assert theirs["lognormal"][1].std() == pytest.approx(2)


def test_empirical_takes_observations_by_the_floor_of_u_n() -> None:
    law = Law("empirical", (9.0, 3.0, 4.0, 4.0))
    np.testing.assert_array_equal(
        law.quantile([0.0, 0.2499, 0.25, 0.5, 0.7499, 0.75, 1 - 2**-33]), [3, 3, 4, 4, 4, 9, 9]
    )
    assert law.parameters == (3.0, 4.0, 4.0, 9.0)


def test_quantiles_keep_the_shape() -> None:
    u = np.full((2, 3, 4), 0.5)
    for written in EXAMPLES:
        assert Law.parse(written).quantile(u).shape == (2, 3, 4)


@pytest.mark.parametrize(
    "written",
    [
        3,
        {"fixed": [3]},
        {"uniform": [3, 3]},
        {"pert": [3, 3, 3]},
        {"triangular": [3, 3, 3]},
        {"lognormal": [3, 0]},
        {"empirical": [3]},
        {"empirical": [3, 3]},
        np.float64(3),
        np.int64(3),
    ],
    ids=str,
)
def test_a_law_without_spread_is_fixed(written: object) -> None:
    law = Law.parse(written)
    assert law == Law("fixed", (3.0,))
    assert law.is_fixed
    np.testing.assert_array_equal(law.quantile([0.1, 0.9]), [3, 3])


def test_bounds() -> None:
    assert (Law("exponential", (2,)).low, Law("lognormal", (5, 2)).high) == (0.0, math.inf)
    assert Law("empirical", (5, 1, 3)).low == 1.0
    assert Law("lognormal", (5, 2)).is_positive
    assert not Law("exponential", (2,)).is_positive
    assert not Law("uniform", (0, 2)).is_positive


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"pert": [5, 2, 1]}, "law_order"),
        ({"uniform": [2, 1]}, "law_order"),
        ({"triangular": [1, 6, 5]}, "law_order"),
        ({"pert": [1, 2]}, "law_count"),
        ({"pert": 3}, "law_count"),
        ({"fixed": [1, 2]}, "law_count"),
        ({"exponential": []}, "law_count"),
        ({"prt": [1, 2, 3]}, "law_family"),
        ({"pert": [1, 2, 3], "fixed": 1}, "law_form"),
        ({}, "law_form"),
        ([1, 2, 3], "law_form"),
        ("3", "law_form"),
        (None, "law_form"),
        (True, "number"),
        ({"uniform": [1, "x"]}, "number"),
        ({"uniform": [1, True]}, "number"),
        ({"uniform": [1, math.inf]}, "number_finite"),
        ({"fixed": math.nan}, "number_finite"),
        ({"empirical": []}, "law_empty"),
        ({"lognormal": [0, 1]}, "law_lognormal"),
        ({"lognormal": [1, -1]}, "law_lognormal"),
        ({"exponential": -1}, "law_exponential"),
    ],
    ids=str,
)
def test_what_is_no_law_is_refused(written: object, code: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the code is looked at)
        Law.parse(written)
    assert caught.value.type == code


def test_a_law_reads_well() -> None:
    assert [str(Law.parse(each)) for each in (3, {"pert": [2, 5, 12]})] == ["3", "pert [2, 5, 12]"]


@pytest.mark.parametrize(
    "law",
    [
        *({"uniform": [2, 6]}, {"triangular": [0, 0, 4]}, {"triangular": [1, 3, 3]}, {"triangular": [0, 1, 4]}),
        *({"pert": [2, 5, 12]}, {"pert": [0, 0, 4]}, {"lognormal": [5, 2]}, {"exponential": [3]}),
    ],
    ids=str,
)
def test_the_distribution_function_inverts_the_quantile(law: dict[str, list[float]]) -> None:
    given = Law.parse(law)
    u = np.linspace(0.001, 0.999, 501)
    assert given.cdf(given.quantile(u)) == pytest.approx(u, abs=1e-12)
    assert given.cdf([given.low - 1.0, given.low]).tolist() == [0.0, 0.0]
    assert np.isinf(given.high) or given.cdf([given.high, given.high + 1.0]).tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    "law",
    [
        *({"uniform": [2, 6]}, {"triangular": [1, 1, 4]}, {"triangular": [1, 3, 3]}, {"triangular": [1, 2, 4]}),
        *({"pert": [2, 5, 12]}, {"pert": [0, 0, 4]}, {"lognormal": [5, 2]}, {"exponential": [3]}),
        *(3, {"empirical": [1, 1, 2, 9]}),
    ],
    ids=str,
)
def test_limited_means_add_up_what_is_left(law: object) -> None:
    given = Law.parse(law)
    steps = np.linspace(-1.0, 20.0, 21_001)
    middles = (steps[1:] + steps[:-1]) / 2.0
    slow = -1.0 + np.cumsum((1.0 - given.cdf(middles)) * np.diff(steps))
    assert given.limited_mean(steps[1:]) == pytest.approx(slow, abs=1e-3)
    assert given.limited_mean([-1.0, 0.0]).tolist() == [-1.0, 0.0]


def test_the_distribution_function_of_steps_includes_the_step() -> None:
    assert Law.parse(3).cdf([2.9, 3.0, 3.1]).tolist() == [0.0, 1.0, 1.0]
    assert Law.parse({"empirical": [9, 1, 1, 2]}).cdf([0.5, 1, 2, 8, 9]).tolist() == [0.0, 0.5, 0.75, 0.75, 1.0]
