"""Scenario files that change one another: the chain of `base:`, merged from its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbench.errors import Fault, ScenarioError
from workbench.files import NotReadable, reason_of
from workbench.inputs.scenario.laws import FAMILIES
from workbench.inputs.scenario.origin import Keys, Origin, Spot
from workbench.inputs.scenario.yaml_file import LARGEST_FILE, LARGEST_UPLOADED_SCENARIO, YamlFile, read_yaml
from workbench.labels import text

#: What a file says of itself and its heirs do not inherit.
OWN_KEYS = ("name", "title", "base")


def read_merged(path: Path, shipped: Path | None = None) -> tuple[dict[str, Any], Origin]:
    """The values of a scenario file over those of all its bases, and where each stands.

    Parameters
    ----------
    path
        the file that is asked for.
    shipped
        where given, the file is a stranger's: it names scenarios of this folder only, and registers that these name.

    Raises
    ------
    ScenarioError
        Where a file of the chain cannot be read at all; what leaves the rest readable stands in the origin.
    """
    values: dict[str, Any] = {}
    spots: dict[Keys, Spot] = {}
    register_folder: Path | None = None
    chain = _chain(path, shipped)
    for file in reversed(chain):
        values = {key: value for key, value in values.items() if key not in OWN_KEYS}
        spots = {keys: spot for keys, spot in spots.items() if keys[0] not in OWN_KEYS}
        if "register" in file.values:
            register_folder = file.path.parent if shipped is None or file.turn else shipped
        _merge(values, file.values, (), spots, file.spots)
    values.setdefault("name", path.stem)
    faults = tuple(fault for file in chain for fault in file.faults)
    return values, Origin(file=path.name, spots=spots, faults=faults, register_folder=register_folder)


def _chain(path: Path, shipped: Path | None) -> list[YamlFile]:
    """The file, its base, the base's base, …"""
    chain = [_asked_for(path, LARGEST_FILE if shipped is None else LARGEST_UPLOADED_SCENARIO)]
    if shipped is not None:
        _names_shipped_only(chain[0], shipped)
    while (base := chain[-1].values.get("base")) is not None:
        file = chain[-1]
        line = file.spots["base",].line
        if not isinstance(base, str) or not base.strip():
            raise file.refusal("base_form", line, ("base",), str(base))
        folder = file.path.parent if shipped is None or file.turn else shipped
        path = folder / base
        try:
            earlier = [each.path.resolve() for each in chain]
            if path.resolve() in earlier:
                names = [each.path.name for each in chain[earlier.index(path.resolve()) :]]
                raise file.refusal("base_circle", line, ("base",), base, circle=" → ".join([*names, path.name]))
            chain.append(read_yaml(path, len(chain)))
        except NotReadable as refused:
            raise file.refusal(refused.code, line, ("base",), base, **refused.details) from None
        except (OSError, ValueError, RuntimeError):  # a NUL in the name; links that lead in a circle
            raise file.refusal("base_missing", line, ("base",), base, looked=path) from None
    return chain


def _names_shipped_only(file: YamlFile, shipped: Path) -> None:
    """Refuse what a stranger's file names beside the shipped scenarios and their registers."""
    ours = sorted(each.name for each in shipped.glob("*.yaml"))
    base = file.values.get("base")
    if base is not None and base not in ours:
        line = file.spots["base",].line
        raise file.refusal("base_not_shipped", line, ("base",), str(base), known=", ".join(ours))
    register = file.values.get("register")
    if register is not None and register not in {read_yaml(shipped / name).values.get("register") for name in ours}:
        file.note("register_not_shipped", file.spots["register",].line, ("register",), str(register))
        del file.values["register"]


def _asked_for(path: Path, most: int) -> YamlFile:
    try:
        return read_yaml(path, most=most)
    except FileNotFoundError:
        fault = Fault("file_missing", str(path))
    except NotReadable as refused:
        fault = Fault(refused.code, str(path), details=refused.details)
    except ValueError as error:  # a NUL in the path
        fault = Fault("file_unreadable", ascii(str(path)), details={"reason": str(error)})
    except OSError as error:
        fault = Fault("file_unreadable", str(path), details={"reason": reason_of(error)})
    raise ScenarioError(text("error.scenario_file", file=path.name, count=1), [fault])


def _is_law(value: object) -> bool:
    return isinstance(value, dict) and bool(value) and set(value) <= set(FAMILIES)


def _merge(
    values: dict[str, Any],
    over: dict[str, Any],
    keys: Keys,
    spots: dict[Keys, Spot],
    over_spots: dict[Keys, Spot],
) -> None:
    """Lay `over` on `values`: maps key by key; laws, lists and single values whole."""
    for key, value in over.items():
        inner = (*keys, key)
        below = values.get(key)
        if isinstance(below, dict) and isinstance(value, dict) and not (_is_law(below) or _is_law(value)):
            spots[inner] = over_spots[inner]
            _merge(below, value, inner, spots, over_spots)
            continue
        for old in [each for each in spots if each[: len(inner)] == inner]:
            del spots[old]
        spots.update((each, spot) for each, spot in over_spots.items() if each[: len(inner)] == inner)
        values[key] = value
