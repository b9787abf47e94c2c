"""The state under the panels: what was opened, changed, answered and kept. It knows no widgets."""

from workbench.jobs.session.board import LEVELS, TARGETS, Answer
from workbench.jobs.session.comparing import Comparing
from workbench.jobs.session.session import Session
from workbench.jobs.session.store import DAYS, Autosave, VisitStore, sweep
from workbench.jobs.session.threads import Ticket

__all__ = ["DAYS", "LEVELS", "TARGETS", "Answer", "Autosave", "Comparing", "Session", "Ticket", "VisitStore", "sweep"]
