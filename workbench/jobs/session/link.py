"""A plan's settings in an address: what was changed against what is served, without any register."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: Bytes that a link's settings may take, unpacked: what is more is no link of ours.
MOST_SETTINGS_BYTES = 1 << 20
#: Letters of a link that mail programs and browsers still take.
LONGEST_LINK = 6000
#: Rules that say nothing of a plan.
NOT_SETTINGS = ("name", "title", "base", "register", "sources")


def settings_in_link(begun: Scenario, now: Scenario) -> str | None:
    """What leads from one scenario to another, in letters that need no quoting; None where it is too long.

    Parameters
    ----------
    begun
        what everybody is served.
    now
        what the link is to open.
    """
    changes = _differences(_plain(begun), _plain(now), ())
    packed = urlsafe_b64encode(zlib.compress(json.dumps(changes, ensure_ascii=False).encode("utf-8"), 9))
    letters = packed.decode("ascii").rstrip("=")
    return letters if len(letters) <= LONGEST_LINK else None


def settings_from_link(letters: str) -> dict[str, Any]:
    """The changes that a link holds, by path.

    Raises
    ------
    ValueError
        it is damaged, or none of ours.
    """
    try:
        packed = urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, MOST_SETTINGS_BYTES)
        changes = json.loads(content.decode("utf-8")) if unpacking.eof else None
    except (ValueError, zlib.error) as fault:
        raise ValueError("not a link to settings") from fault
    if not isinstance(changes, dict):
        raise ValueError("not a link to settings")
    return {str(path): value for path, value in changes.items() if path.split(".")[0] not in NOT_SETTINGS}


def _plain(scenario: Scenario) -> dict[str, Any]:
    content: dict[str, Any] = scenario.model_dump(mode="json", by_alias=True)
    return {key: value for key, value in content.items() if key not in NOT_SETTINGS}


def _differences(before: dict[str, Any], after: dict[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
    """Paths whose values differ; maps of names (instructors by unit, pins) whole."""
    found: dict[str, Any] = {}
    for key, value in after.items():
        known = before.get(key)
        if known == value:
            continue
        if place == () and isinstance(value, dict) and isinstance(known, dict):
            found.update(_differences(known, value, (key,)))
        else:
            found[".".join((*place, key))] = value
    return found
