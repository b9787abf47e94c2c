"""Many ledgers, one per responsible unit, into one register every week, with what changed since the last one."""

from workbench.jobs.collect.changes import changes_between
from workbench.jobs.collect.collect import collect
from workbench.jobs.collect.handed_in import HandedIn
from workbench.jobs.collect.result import Collection

__all__ = ["Collection", "HandedIn", "changes_between", "collect"]
