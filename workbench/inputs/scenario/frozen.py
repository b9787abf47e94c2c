"""What a scenario is made of: sections and maps that cannot change."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict

from workbench.shown import no_such_name

Key = TypeVar("Key")
Value = TypeVar("Value")


class FrozenMap(dict[Key, Value]):
    """A dict that refuses to change; it copies, pickles and hashes like the value that it is.

    Examples
    --------
    >>> limits = FrozenMap({"河口街道": (1, 5)})
    >>> limits["河口街道"]
    (1, 5)
    >>> limits["东山镇"] = (0, 2)
    Traceback (most recent call last):
        ...
    TypeError: a scenario does not change; use scenario.replace(...)
    """

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a scenario does not change; use scenario.replace(...)")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenMap[Any, Any]], tuple[dict[Key, Value]]]:
        return FrozenMap, (dict(self),)


class Section(BaseModel):
    """A section of a scenario: frozen, and no key goes unread."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __getattr__(self, name: str) -> Any:
        # Asked only for what is not there; names that begin with an underscore are pydantic's own affair.
        if name.startswith("_"):
            return super().__getattr__(name)  # type: ignore[misc]
        raise AttributeError(no_such_name(type(self).__name__, name, dir(type(self)) + list(type(self).model_fields)))
