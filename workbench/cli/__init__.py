"""The command line: `workbench …`."""

from workbench.cli.main import main, run

__all__ = ["main", "run"]
