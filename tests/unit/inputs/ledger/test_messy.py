"""Each made messy ledger gets its verdict, with every finding at its row and column, and every row accounted for."""

import warnings

import pytest

from tests.unit.inputs.ledger.messy import CASES, Case, write
from tests.unit.inputs.ledger.offices import OFFICES
from workbench.errors import RegisterError
from workbench.inputs import check_register, read_ledger
from workbench.inputs.ledger import examine
from workbench.labels import in_language


def test_there_are_enough():
    assert len(CASES) + len(OFFICES) >= 150
    assert len({case.name for case in (*CASES, *OFFICES)}) == len(CASES) + len(OFFICES)


def attempt(path, case):
    try:
        return examine(path, case.mapping), None
    except RegisterError as error:
        return None, error


@pytest.mark.parametrize("case", [*CASES, *OFFICES], ids=lambda case: case.name)
def test_verdict_rows_and_columns(case: Case, tmp_path):
    path = write(case, tmp_path)
    examination, error = attempt(path, case)
    if error is not None:
        assert case.verdict == "refuse", str(error)
        assert {code for code, _, _ in case.at} == {fault.code for fault in error.faults}
        assert str(path.parent) not in str(error)
        return
    said = [(note.code, note.row, note.letter) for note in examination.notes]
    assert examination.verdict == case.verdict, said
    assert set(case.at) <= set(said), said
    for language in ("zh", "en"):
        with in_language(language):
            assert all(note.rule and note.repair and note.place for note in examination.notes)
    if case.verdict == "refuse":
        with pytest.raises(RegisterError) as caught:
            read_ledger(path, case.mapping)
        assert len(caught.value.faults) == sum(note.severity == "fault" for note in examination.notes)
        return
    ledger = read_ledger(path, case.mapping)
    assert len(ledger.register) == case.organizations
    rows = ledger.rows
    assert (rows["fate"] != "dropped").sum() == case.organizations
    assert set(rows["fate"]) <= {"taken", "merged", "dropped"}
    assert not rows.duplicated(["sheet", "row"]).any()
    assert rows.loc[rows["fate"] != "dropped", "org_id"].tolist() == ledger.register.index.tolist()
    assert case.check is None or case.check(ledger.register), ledger.register.T
    check_register(ledger.register)
    assert len(ledger.warnings) == (ledger.findings["severity"] == "finding").sum()
    assert list(ledger.findings.columns) == ["severity", "sheet", "row", "column", "value", "rule", "repair"]


def test_reading_warns_of_nothing_else(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for case in CASES[:5]:
            read_ledger(write(case, tmp_path))
