"""Made-up cities."""

from workbench.inputs.city.make import make_city

__all__ = ["make_city"]
