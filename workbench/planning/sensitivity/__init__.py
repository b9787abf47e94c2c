"""Which uncertain parameter decides the answer."""

from workbench.planning.sensitivity.analysis import Sensitivity, sensitivity
from workbench.planning.sensitivity.indices import LUCK

__all__ = ["LUCK", "Sensitivity", "sensitivity"]
