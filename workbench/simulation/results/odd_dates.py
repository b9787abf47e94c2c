"""What was odd about the dates that a forecast starts from, as its outcome keeps and tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.errors import Fault
from workbench.labels import text


def findings_in(provenance: Mapping[str, Any]) -> tuple[Fault, ...]:
    """The findings that an outcome keeps, in words of the language in use; many of a kind are one."""
    # Outcomes kept by earlier versions have a unit's own state as the value, in the words of the language of then.
    return tuple(
        Fault(each["code"], each["place"], each["value"], {"own": each["value"]} | each["details"])
        for each in provenance.get("findings", [])
    )


def with_findings(said: str, provenance: Mapping[str, Any]) -> str:
    """A summary with how many dates are odd, and the first of them."""
    found = findings_in(provenance)
    if not found:
        return said
    count = sum(int(each["count"]) for each in provenance["findings"])
    return said + "\n" + text("forecast.findings", count=count, first=str(found[0]))
