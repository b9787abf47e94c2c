"""The sources of the shipped scenarios' values are told in Chinese where the report is Chinese."""

import re

import pytest

from workbench.inputs import read_scenario
from workbench.labels import in_language
from workbench.shipped import shipped
from workbench.views.report.parameters import MARKS, parameters

SHIPPED = sorted((shipped() / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_source_is_in_the_report_s_language(path):
    scenario = read_scenario(path)
    with in_language("zh"):
        found = parameters(scenario)
    said = found.loc[found["mark"] != MARKS[-1], "source"]
    assert len(said) > 20
    for name, source in said.items():
        assert re.search("[一-鿿]", source), (name, source)
        assert not re.search("[A-Za-z]{2,}", source), (name, source)
        assert not re.search("(?<=[一-鿿])[,;:.]", source), (name, source)
