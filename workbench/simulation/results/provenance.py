"""Where a result comes from: versions and fingerprints of what went in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.inputs.register import frame_fingerprint
from workbench.version import VERSION

if TYPE_CHECKING:
    import pandas as pd

    from workbench.inputs.scenario import Scenario


def provenance(register: pd.DataFrame, scenario: Scenario, grouping: str) -> dict[str, Any]:
    """Version and fingerprints of register and scenario; `grouping` is the fingerprint of who joins whom."""
    return {
        "version": VERSION,
        "scenario": scenario.name,
        "scenario_fingerprint": scenario.fingerprint,
        "register_fingerprint": frame_fingerprint(register),
        "grouping_fingerprint": grouping,
    }
