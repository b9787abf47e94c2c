"""A campaign under way: what its dated register says, and the state that a forecast starts from (MODEL §10)."""

from workbench.simulation.start.known import Known, is_dated, known_by
from workbench.simulation.start.prepare import prepare_from, states

__all__ = ["Known", "is_dated", "known_by", "prepare_from", "states"]
