"""The JSON schema of scenario files, by which editors complete keys and underline slips.

``python -m workbench.inputs.scenario.json_schema scenarios/scenario.schema.json`` writes it anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from workbench.inputs.scenario.laws import Law, law_json_schema
from workbench.inputs.scenario.model import Scenario
from workbench.labels import table


class _AsFilesWrite(GenerateJsonSchema):
    """Without a title for every key (the key says it already), and with laws in their short form."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False

    def encode_default(self, dft: object) -> Any:
        """A law's default as files write it."""
        return dft.dump() if isinstance(dft, Law) else super().encode_default(dft)


def scenario_schema() -> str:
    """The schema as text, always the same for the same keys and defaults."""
    schema: JsonSchemaValue = Scenario.model_json_schema(by_alias=True, schema_generator=_AsFilesWrite)
    schema = _with_law_once(schema)
    schema["$defs"]["Law"] = law_json_schema()
    schema["description"] = " ".join(table()["scenario.schema"])
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _with_law_once(schema: Any) -> Any:
    """Laws are everywhere: they refer to one definition, so that the file stays readable."""
    if isinstance(schema, list):
        return [_with_law_once(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    law = law_json_schema()
    if schema.get("oneOf") == law["oneOf"]:
        return {"$ref": "#/$defs/Law"} | {key: value for key, value in schema.items() if key != "oneOf"}
    return {key: _with_law_once(value) for key, value in schema.items()}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(scenario_schema(), encoding="utf-8")
