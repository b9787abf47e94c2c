"""One replication, case by case: drawn, served by the kernel, replayed, exchanged with other models."""

from workbench.simulation.tracing.drawn import Drawn, drawn
from workbench.simulation.tracing.replay import replay
from workbench.simulation.tracing.trace import Trace, trace

__all__ = ["Drawn", "Trace", "drawn", "replay", "trace"]
