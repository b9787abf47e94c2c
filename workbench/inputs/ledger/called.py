"""What people call a column of the register: in Chinese by its header, in English by its words."""

from __future__ import annotations

from workbench.inputs.register import BY_NAME
from workbench.labels import language


def header_of(column: str) -> str:
    """What a planner calls a column of the register."""
    return BY_NAME[column].headers[0] if column in BY_NAME else column


def called(column: str) -> str:
    """A column of the register as the language in use calls it.

    >>> called("full_members")
    'full members'
    """
    return header_of(column) if language() == "zh" else column.replace("_", " ")


class CalledColumn(str):
    """A column of the register that sentences call as the language in use does.

    >>> f"the column {CalledColumn('full_members')}"
    'the column full members'
    """

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return format(called(str(self)), form)


def column_called(written: object) -> str | None:
    """The column that is written by its name, its header or its words; None where it is none.

    >>> column_called("full members"), column_called("正式党员"), column_called("members")
    ('full_members', 'full_members', None)
    """
    words = str(written).strip()
    name = words.lower().replace(" ", "_")
    return name if name in BY_NAME else next((each for each in BY_NAME if header_of(each) == words), None)
