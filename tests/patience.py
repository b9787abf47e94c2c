"""How long a test waits: as long as it takes."""

from __future__ import annotations

#: Seconds after which whatever a test waits for is taken to be stuck. Never a measure: a test waits for what it needs,
#: and a machine that is busy only makes it wait longer.
GIVE_UP = 600.0
