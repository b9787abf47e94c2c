"""A trace's numbers into the kernel and back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from workbench.simulation import kernel
from workbench.simulation.kernel import HAPPENINGS
from workbench.simulation.tracing.exchange import kernel_inputs, responsible_units_of, serve_trace


def test_every_trace_comes_out_as_it_went_in(traces):
    for shown in traces[:5]:
        again = serve_trace(shown)
        for name in HAPPENINGS:
            assert again[name].to_numpy().tobytes() == shown.cases[name].to_numpy().tobytes(), name


def test_times_are_not_read(traces):
    shown = traces[0]
    blank = replace(shown, cases=shown.cases.drop(columns=list(HAPPENINGS)))
    assert serve_trace(blank).equals(serve_trace(shown))


def test_one_responsible_s_arrays(traces):
    shown = traces[0]
    responsible = responsible_units_of(shown)[1]
    given = kernel_inputs(shown, responsible)
    cases = shown.cases[shown.cases["responsible"] == responsible]
    assert given["release"].tolist() == cases["release"].tolist()
    assert given["preparation"].shape == given["success"].shape == (len(cases), 3)
    assert given["success"].dtype == np.bool_
    assert set(given["approval"][(cases["kind"] == "outreach").to_numpy()]) == {kernel.FOUNDS}
    assert set(given["approval"][(cases["kind"] == "standalone").to_numpy()]) == {kernel.COMMITTEE}
    assert given["slot_start"].size == (shown.slots["responsible"] == responsible).sum()
    assert (
        given["meeting_day"].tolist()
        == shown.meetings.loc[shown.meetings["responsible"] == responsible, "day"].tolist()
    )
    assert given["horizon"] == shown.settings["horizon_day"] + 1
    # They are copies: whoever changes them does not change the trace.
    before = cases["release"].tolist()
    given["release"][:] = -1
    assert shown.cases.loc[shown.cases["responsible"] == responsible, "release"].tolist() == before


def test_a_responsible_without_cases(traces):
    with pytest.raises(ValueError, match="no responsible unit 'nowhere'"):
        kernel_inputs(traces[0], "nowhere")
