"""What people read in place of a name, in both languages."""

from __future__ import annotations

from workbench.inputs.scenario.frozen import Section
from workbench.inputs.scenario.scalars import Text


class Title(Section):
    """What a person reads in place of a name."""

    zh: Text
    en: Text
