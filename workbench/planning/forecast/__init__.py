"""In the middle of a campaign: where it will end, given what has happened (MODEL §10)."""

from workbench.planning.forecast.forecast import forecast

__all__ = ["forecast"]
