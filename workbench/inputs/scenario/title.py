"""What people read in place of a name, in both languages."""

from __future__ import annotations

from workbench.inputs.scenario.frozen import Part
from workbench.inputs.scenario.scalars import Text


class Title(Part):
    """What a person reads in place of a name."""

    zh: Text
    en: Text
