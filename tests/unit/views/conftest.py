"""The small plan that the tests of the views share, in either language."""

from tests.small_plan import either_language, mischief_register, small_plan, small_scenario

__all__ = ["either_language", "mischief_register", "small_plan", "small_scenario"]
