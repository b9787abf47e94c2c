"""What the census may find that the register does not know (MODEL §11)."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from workbench.inputs.scenario.frozen import FrozenMap, Section
from workbench.inputs.scenario.scalars import LARGEST_COUNT, Map, Share, Text, refuse, whole

#: What chances may differ by; a scenario names one of them.
By = Literal["kind", "industry", "street", "responsible"]
#: The kinds of organization, as registers name them.
ORGANIZATION_KINDS = ("association", "service", "foundation")
#: Weights add up to 1 but for rounding.
WEIGHTS_OFF = 1e-9


def _members(key: object) -> int:
    """A number of members; the keys of a JSON file are text."""
    count = whole(int(key) if isinstance(key, str) and key.isascii() and key.isdigit() else key)
    if not 1 <= count <= LARGEST_COUNT:
        raise refuse("at_least", limit=1)
    return count


def _weights(weights: dict[int, float]) -> FrozenMap[int, float]:
    total = sum(weights.values())
    if abs(total - 1.0) > WEIGHTS_OFF:
        raise refuse("discovery_weights", total=f"{total:g}")
    return FrozenMap(dict(sorted(weights.items())))


Weights = Annotated[
    dict[Annotated[int, BeforeValidator(_members)], Share],
    Map,
    AfterValidator(_weights),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1}}),
]


class GroupChances(Section):
    """What differs for some organizations; what is not written is as for all."""

    chance: Share | None = None
    more: Weights | None = None
    fewer: Share | None = None


class Discovery(Section):
    """How the register may err: a member or more is found with `chance`, lost with `fewer`; how many, by `more`."""

    chance: Share = 0.0
    more: Weights = Field(default_factory=lambda: FrozenMap({1: 1.0}))
    fewer: Share = 0.0
    by: Annotated[dict[By, Annotated[dict[Text, GroupChances], Map, AfterValidator(FrozenMap)]], Map] | None = None

    @model_validator(mode="before")
    @classmethod
    def _known(cls, value: Any) -> Any:
        by = value.get("by") if isinstance(value, dict) else None
        if isinstance(by, dict):
            for name in by:
                if name not in get_args(By):
                    raise refuse("discovery_by", found=str(name), known=", ".join(get_args(By)))
            if len(by) > 1:
                raise refuse("discovery_by_one", found=", ".join(map(str, by)))
            kinds = by.get("kind")
            for name in kinds if isinstance(kinds, dict) else ():
                if name not in ORGANIZATION_KINDS:
                    raise refuse("discovery_kind", found=str(name), known=", ".join(ORGANIZATION_KINDS))
        return value

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        for group in ("", *self.groups):
            each = self.of(group)
            if each.chance + each.fewer > 1.0:
                raise refuse("discovery_chances", total=f"{each.chance + each.fewer:g}", group=group or "*")
        return self

    @property
    def column(self) -> By | None:
        """The register's column by which chances differ; None where they do not."""
        return next(iter(self.by), None) if self.by else None

    @property
    def groups(self) -> FrozenMap[str, GroupChances]:
        """What is written for some organizations, by the column's values."""
        return FrozenMap(self.by[self.column]) if self.by and self.column else FrozenMap()

    def of(self, group: str) -> Discovery:
        """The chances of an organization with that value in `column`."""
        written = self.groups.get(group)
        if written is None:
            return self.model_copy(update={"by": None})
        changes = {name: value for name in ("chance", "more", "fewer") if (value := getattr(written, name)) is not None}
        return self.model_copy(update={**changes, "by": None})
