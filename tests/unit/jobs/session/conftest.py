"""Sessions for the state under the panels: those of `tests.sessions`."""

from tests.sessions import opened, search_once, session, small_grouping, small_rules

__all__ = ["opened", "search_once", "session", "small_grouping", "small_rules"]
