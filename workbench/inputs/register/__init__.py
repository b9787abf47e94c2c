"""The register (台账): reading, checking, writing, and who counts in which tier."""

from workbench.inputs.register.in_memory import as_register
from workbench.inputs.register.inspection import inspect
from workbench.inputs.register.read import check_register, read_register
from workbench.inputs.register.responsibility import responsible_of
from workbench.inputs.register.tiers import TIERS, effective_members, in_scope, tiers
from workbench.inputs.register.write import write_register

__all__ = [
    "TIERS",
    "as_register",
    "check_register",
    "effective_members",
    "in_scope",
    "inspect",
    "read_register",
    "responsible_of",
    "tiers",
    "write_register",
]
