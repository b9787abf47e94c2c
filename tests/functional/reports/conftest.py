"""The small plan that is reported: that of `tests.small_plan`."""

from tests.small_plan import mischief_register, small_plan, small_scenario

__all__ = ["mischief_register", "small_plan", "small_scenario"]
