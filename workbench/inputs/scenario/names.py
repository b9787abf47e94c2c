"""What people call a scenario's parameters, by their path in the file."""

from __future__ import annotations

from workbench.inputs.scenario.sections import Uncertainty
from workbench.labels import text


def parameter_name(path: str) -> str:
    """What people call a parameter; the factors of `uncertainty` may go without that word.

    >>> parameter_name("cases.joint.success"), parameter_name("absence")
    ('joint: chance that an attempt succeeds', 'absence')
    """
    if path in Uncertainty.model_fields:
        path = f"uncertainty.{path}"
    section, _, key = path.partition(".")
    if section == "cases":
        kind, _, field = key.partition(".")
        return text("parameter.of_kind", kind=text(f"kind.{kind}"), name=text(f"parameter.{field}"))
    return text(f"parameter.{section}.{key}" if key else f"parameter.{section}")


def short_name(path: str) -> str:
    """The same in a word or two for what may be drawn once a replication: for rules, and for rows of a figure.

    >>> short_name("approval_delay"), short_name("cases.joint.success")
    ('approval delay', 'joint success')
    """
    section, _, key = path.partition(".")
    if section == "cases":
        kind, _, field = key.partition(".")
        return text("short.of_kind", kind=text(f"kind.{kind}"), name=text(f"short.{field}"))
    return text(f"short.{path}")
