"""Sessions for the panels: those of `tests.sessions`."""

from tests.sessions import opened, session, small_grouping, small_rules

__all__ = ["opened", "session", "small_grouping", "small_rules"]
