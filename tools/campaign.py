"""Make the campaign in ``data/campaign``: a made-up city whose truth is known, week by week.

    python -m tools.campaign

One replication under ``truth.yaml``, which differs from what ``scenarios/campaign.yaml`` assumes; its registers are
what a city under way would have collected. Same files, same bytes: ``tests/baseline/test_campaign.py`` makes them
again.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from workbench.grouping import group
from workbench.inputs import make_city, read_scenario, write_register
from workbench.simulation.tracing import weekly_registers

PLACE = Path(__file__).resolve().parent.parent / "data/campaign"
#: Before the start, every Friday, and the deadline.
DAYS = (
    date(2027, 7, 14), date(2027, 7, 23), date(2027, 7, 30), date(2027, 8, 6), date(2027, 8, 13), date(2027, 8, 20),
    date(2027, 8, 27), date(2027, 8, 31),
)  # fmt: skip
#: Nobody who forecasts with another seed knows this luck.
SEED = 20270715


def write(folder: Path) -> list[Path]:
    """Write the registers into a folder."""
    city = make_city(260, 8, seed=16, systems=2, mean_members=4.5)
    truth = read_scenario(PLACE / "truth.yaml")
    grouping = group(city, truth)
    weeks = weekly_registers(city, truth, grouping, days=DAYS, seed=SEED)
    folder.mkdir(parents=True, exist_ok=True)
    return [write_register(week, folder / f"register_{day}.csv") for day, week in weeks.items()]


if __name__ == "__main__":
    write(PLACE / "registers")
    sys.exit(0)
