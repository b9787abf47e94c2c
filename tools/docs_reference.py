"""The reference's pages, each from where the thing itself stands, so that nothing is written twice.

The command line from its own help, scenario keys from the JSON schema, columns from the register's rules, the API from
the docstrings of every public name.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import workbench
from workbench.labels import Language, glossary, in_language

ROOT = Path(__file__).resolve().parent.parent
INDEX = """# Reference

- [Command line](command-line.md): every verb and option
- [Scenario keys](scenario-keys.md): what each may hold, and its default
- [The register's columns](columns.md): and the headers they are known by
- [Glossary](glossary.md): what the terms on pages and in reports mean
- Python: [inputs](api-inputs.md), [grouping](api-grouping.md), [simulation](api-simulation.md),
  [planning](api-planning.md), [figures and files](api-views.md), [errors and language](api-errors.md)
- What comes with the workbench: [scenarios](scenarios.md), [made-up cities](data.md)
- [Changelog](changelog.md), [how to contribute](contributing.md)
"""


def reference() -> dict[str, str]:
    """The reference's pages."""
    return {
        "reference/index.md": INDEX,
        "reference/command-line.md": command_line(),
        "reference/scenario-keys.md": scenario_keys(),
        "reference/columns.md": columns("en"),
        "zh/columns.md": columns("zh"),
        "reference/glossary.md": glossary_page("en"),
        "zh/glossary.md": glossary_page("zh"),
        **api(),
    }


def command_line() -> str:
    """Each verb's own help."""
    import typer
    from typer.testing import CliRunner

    from workbench.cli.main import command_line as app

    runner, verbs = CliRunner(), sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    parts = ["# Command line", "What `workbench --help` and each verb's `--help` print."]
    for verb in ["", *verbs]:
        told = runner.invoke(app, [*filter(None, [verb]), "--help"], prog_name="workbench", env={"COLUMNS": "100"})
        parts += [f"## workbench {verb}".rstrip(), f"```text\n{told.stdout.strip()}\n```"]
    return "\n\n".join(parts) + "\n"


def scenario_keys() -> str:
    """Every key of a scenario, from the JSON schema that editors read."""
    schema = json.loads((ROOT / "scenarios/scenario.schema.json").read_text(encoding="utf-8"))
    lines = [
        "# Scenario keys",
        "From [scenario.schema.json](../scenario.schema.json), which editors read, too. What each key means: "
        "[Write a scenario](../how-to/write-a-scenario.md); the rules in full: [the model](../model.md).",
        "| key | allowed | default |\n| --- | --- | --- |",
    ]
    rows = [f"| `{path}` | {kind} | {default} |" for path, kind, default in _keys(schema, schema, "")]
    return "\n\n".join(lines) + "\n" + "\n".join(rows) + "\n"


def _keys(part: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[tuple[str, str, str]]:
    for name, value in part.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        whole = _resolved(value, schema)
        if whole.get("properties") and name not in ("title",):
            yield from _keys(whole, schema, here)
        else:
            default = json.dumps(value["default"], ensure_ascii=False) if "default" in value else "required"
            yield here, _kind(value, schema), f"`{default[:80] + ('…' if len(default) > 80 else '')}`"


def _resolved(value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in value:
        return dict(schema["$defs"][value["$ref"].rsplit("/", 1)[1]])
    return value


def _kind(value: dict[str, Any], schema: dict[str, Any], depth: int = 3) -> str:
    value = _resolved(value, schema)
    if "enum" in value or "const" in value:
        return ", ".join(f"`{each}`" for each in value.get("enum", [value.get("const")]))
    for several in ("anyOf", "oneOf"):
        if several in value:
            return " or ".join(dict.fromkeys(_kind(each, schema, depth) for each in value[several]))
    kind = str(value.get("type", value.get("title", "any")))
    if kind == "array" and depth and "items" in value:
        return f"list of {_kind(value['items'], schema, depth - 1)}"
    if kind == "object":
        return "law" if "oneOf" in value or value.get("title", "").lower() in ("law", "fixed") else "map"
    limits = [
        f"{word} {value[key]}"
        for key, word in (("minimum", "≥"), ("exclusiveMinimum", ">"), ("maximum", "≤"), ("exclusiveMaximum", "<"))
        if key in value
    ]
    kind = value.get("format", kind)
    return " ".join([{"string": "text", "integer": "whole number"}.get(kind, kind), *limits])


def columns(language: str) -> str:
    """The register's columns, from the rules that read them."""
    from workbench.inputs.register.columns import COLUMNS

    chinese = language == "zh"
    holds = {"text": "文本", "count": "整数", "flag": "是或否", "number": "数值", "date": "日期"}
    title = "# 台账字段" if chinese else "# The register's columns"
    more, head = "[Your own city](../how-to/own-city.md)", "| column | holds | required | headers it is known by |"
    if chinese:
        more, head = "[怎样用本市台账](register.md)", "| 字段 | 内容 | 必填 | 可识别的表头 |"
    rows = []
    for column in COLUMNS:
        kind = holds.get(column.holds, column.holds) if chinese else column.holds
        must = ("是" if chinese else "yes") if column.required else ""
        rows.append(f"| `{column.name}` | {kind} | {must} | {'、'.join(column.headers) or '–'} |")
    return f"{title}\n\n{more}\n\n{head}\n| --- | --- | --- | --- |\n" + "\n".join(rows) + "\n"


def glossary_page(language: Language) -> str:
    """What the terms mean: the table that the app shows."""
    title = {"zh": "# 名词解释", "en": "# Glossary"}[language]
    with in_language(language):
        terms = [f"**{term}**\n\n: {meaning}" for term, meaning in glossary()]
    return "\n\n".join([title, *terms]) + "\n"


def api() -> dict[str, str]:
    """One page a room: every public name, at the place where it stands."""
    rooms = {"inputs": "Inputs", "grouping": "Grouping", "simulation": "Simulation", "planning": "Planning"}
    rooms |= {"views": "Figures and files", "errors": "Errors and language"}
    names: dict[str, list[str]] = {room: [] for room in rooms}
    for name in workbench.__all__:
        thing = getattr(workbench, name)
        if inspect.ismodule(thing):
            drawn = [getattr(thing, each) for each in thing.__all__]
            names["views"] += [_place(each) for each in drawn if inspect.isfunction(each)]
            continue
        room = thing.__module__.split(".")[1]
        names[room if room in names else "errors"].append(_place(thing))
    pages = {}
    for room, title in rooms.items():
        places = [f"::: {place}" for place in sorted(names[room], key=str.lower)]
        pages[f"reference/api-{room}.md"] = "\n\n".join([f"# {title}", *places]) + "\n"
    return pages


def _place(thing: Any) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"
