"""What is drawn once a replication: factors, the odds of failing, and numbers that carry a law."""

from __future__ import annotations

import numpy as np
import pytest

from tests.cities import scenario
from workbench.inputs.scenario.laws import Law
from workbench.simulation import KINDS, uniform
from workbench.simulation.kernels.exact_time import to_ticks
from workbench.simulation.setup.parameters import draw_parameters, with_failure_factor

SOME = np.arange(5, 12, dtype=np.int64)


def luck(name, seed=0):
    return np.concatenate([uniform([name], int(r), 0, "value", seed=seed, kind="parameter") for r in SOME])


def test_absent_factors_are_neutral():
    drawn = draw_parameters(scenario(), SOME, 0)
    assert set(drawn.pace) == {1.0}
    assert set(drawn.late) == {0.0}
    assert set(drawn.notice) == {2.0}
    assert drawn.success.shape == (SOME.size, len(KINDS))
    assert (drawn.success == 1.0).all()
    assert (drawn.per_km == 0.0).all()
    assert (drawn.per_extra_unit == 0.0).all()


def test_factors_are_drawn_by_their_names():
    rules = scenario(
        uncertainty__speed={"uniform": [0.5, 2]}, uncertainty__absence={"pert": [0, 0.1, 0.5]},
        uncertainty__approval_delay={"exponential": 1.5}, uncertainty__late={"triangular": [0, 0.1, 1]},
        census__late=0.4,
    )  # fmt: skip
    drawn = draw_parameters(rules, SOME, 3)
    speed = Law("uniform", (0.5, 2.0)).quantile(luck("speed", 3))
    absence = Law("pert", (0.0, 0.1, 0.5)).quantile(luck("absence", 3))
    assert drawn.pace.tolist() == (speed * (1.0 - absence)).tolist()
    delay = Law("exponential", (1.5,)).quantile(luck("approval_delay", 3))
    assert drawn.notice.tolist() == to_ticks(2.0 + delay).tolist()
    # `uncertainty.late` replaces the census's own share.
    assert drawn.late.tolist() == Law("triangular", (0.0, 0.1, 1.0)).quantile(luck("late", 3)).tolist()


def test_numbers_that_carry_a_law_are_drawn_by_their_paths():
    rules = scenario(
        census__late={"uniform": [0, 1]}, committee__notice={"uniform": [1, 3]},
        cases__joint__per_km={"uniform": [0, 1]}, cases__outreach__success={"uniform": [0, 0.5]},
        cases__joint__per_extra_unit={"uniform": [0, 0.2]},
    )  # fmt: skip
    drawn = draw_parameters(rules, SOME, 0)
    assert drawn.late.tolist() == luck("census.late").tolist()
    assert drawn.notice.tolist() == to_ticks(1.0 + 2.0 * luck("committee.notice")).tolist()
    assert drawn.per_km[:, KINDS.index("joint")].tolist() == luck("cases.joint.per_km").tolist()
    assert drawn.success[:, KINDS.index("outreach")].tolist() == (0.5 * luck("cases.outreach.success")).tolist()
    extra = drawn.per_extra_unit[:, KINDS.index("joint")]
    assert extra.tolist() == (0.2 * luck("cases.joint.per_extra_unit")).tolist()
    assert (drawn.success[:, KINDS.index("joint")] == 1.0).all()


def test_a_replication_s_draws_do_not_depend_on_the_others():
    rules = scenario(uncertainty__speed={"uniform": [0.5, 2]})
    alone = [float(draw_parameters(rules, np.array([r]), 0).pace[0]) for r in SOME]
    assert draw_parameters(rules, SOME, 0).pace.tolist() == alone


@pytest.mark.parametrize(
    ("success", "factor", "expected"),
    [
        (0.8, 1.0, 0.8), (0.8, 2.0, 2 / 3), (0.8, 0.5, 8 / 9), (0.8, 0.0, 1.0), (0.5, 3.0, 0.25),
        (1.0, 9.0, 1.0), (1.0, 0.0, 1.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.0), (0.0, 5.0, 0.0),
    ],
)  # fmt: skip
def test_the_odds_of_failing_are_multiplied(success, factor, expected):
    found = with_failure_factor(np.array([success]), np.array([factor]))
    assert found[0] == pytest.approx(expected, rel=1e-12, abs=0)


def test_the_failure_factor_reaches_every_kind():
    rules = scenario(uncertainty__failure=3.0, cases__joint__success=0.5, cases__assisted__success=0.9)
    drawn = draw_parameters(rules, SOME[:1], 0).success[0]
    assert dict(zip(KINDS, drawn.tolist(), strict=True)) == {
        "standalone": 1.0, "assisted": pytest.approx(0.75), "joint": 0.25, "attached": 1.0, "outreach": 1.0,
    }  # fmt: skip


def test_ticks_round_half_to_even():
    tick = 2.0**-20
    given = np.array([0.0, 0.4, 0.5, 0.6, 1.5, 2.5, 3.0]) * tick
    assert (to_ticks(given) / tick).tolist() == [0.0, 0.0, 0.0, 1.0, 2.0, 2.0, 3.0]
    # Sums of multiples of a tick are exact, in whatever order.
    parts = to_ticks(np.random.default_rng(0).uniform(0, 9, 500))
    assert sum(parts) == sum(parts[::-1]) == sum(sorted(parts))
