"""Whether a scenario fits its register: names, members, and what is allowed but probably not meant."""

from workbench.inputs.fit.advice import notes
from workbench.inputs.fit.check import check_fits, refuse_misfit
from workbench.inputs.fit.size import instructors_total
from workbench.inputs.fit.under_way import DATED, campaign_dates, is_dated, is_silent, latest_date, under_way

__all__ = [
    "DATED",
    "campaign_dates",
    "check_fits",
    "instructors_total",
    "is_dated",
    "is_silent",
    "latest_date",
    "notes",
    "refuse_misfit",
    "under_way",
]
