"""What is shipped for planners: the template reads back without a finding; both are made again byte for byte."""

import pytest

from tools.ledgers import demo, template
from workbench.inputs import read_ledger
from workbench.shipped import shipped

DATA = shipped() / "data"


def test_the_template_reads_back_without_a_finding():
    ledger = read_ledger(DATA / "ledger_template.xlsx")
    assert ledger.findings.empty
    assert len(ledger.register) == 3
    assert ledger.mapping["column"].notna().all()
    assert ledger.register["kind"].tolist() == ["association", "service", "foundation"]
    assert ledger.register["responsible"].tolist() == ["岚汀街道", "市民政局", "岚汀街道"]


def test_the_script_makes_the_same_bytes(tmp_path):
    template(tmp_path / "ledger_template.xlsx")
    demo(tmp_path / "demo_ledgers")
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*") if path.is_file())
    assert len(made) >= 10
    for path in made:
        assert (tmp_path / path).read_bytes() == (DATA / path).read_bytes(), path


@pytest.mark.parametrize("unit", ["岚汀街道", "河口镇"])
def test_two_of_the_demo_ledgers_are_as_they_should_be(unit):
    [path] = (DATA / "demo_ledgers").glob(f"{unit}.*")
    ledger = read_ledger(path)
    assert ledger.warnings == ()
    assert len(ledger.register) == 6
