"""The small plan that is reported, in either language: that of `tests.small_plan`."""

from tests.small_plan import either_language, mischief_register, small_plan, small_scenario

__all__ = ["either_language", "mischief_register", "small_plan", "small_scenario"]
