"""The state under the panels: what was opened, changed, answered and kept. It knows no widgets."""

from workbench.jobs.session.board import LEVELS, TARGETS, Answer
from workbench.jobs.session.census import CensusWork
from workbench.jobs.session.comparing import Comparing
from workbench.jobs.session.deciding import Deciding
from workbench.jobs.session.job_stages import JobStages
from workbench.jobs.session.ledgers import Ledgers, ReadLedger
from workbench.jobs.session.reviewing import Dated, Planned, Reviewing
from workbench.jobs.session.session import Session
from workbench.jobs.session.store import SESSION_DAYS, Autosave, VisitStore, sweep
from workbench.jobs.session.threads import Ticket

__all__ = [
    "LEVELS",
    "SESSION_DAYS",
    "TARGETS",
    "Answer",
    "Autosave",
    "CensusWork",
    "Comparing",
    "Dated",
    "Deciding",
    "JobStages",
    "Ledgers",
    "Planned",
    "ReadLedger",
    "Reviewing",
    "Session",
    "Ticket",
    "VisitStore",
    "sweep",
]
