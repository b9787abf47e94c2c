"""True XLS and ODS files, saved by LibreOffice from two made ledgers, read as the XLSX they came from."""

from pathlib import Path

import pytest

from workbench.errors import RegisterError
from workbench.inputs import read_ledger
from workbench.inputs.ledger import examine

FILES = Path(__file__).with_name("of_libreoffice")


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_district_s_export(suffix):
    ledger = read_ledger(FILES / f"district.{suffix}")
    assert ledger.register["street"].tolist() == ["岚汀街道"] * 3 + ["河口镇"] * 2
    assert ledger.register["full_members"].tolist() == [1, 2, 3, 0, 1]
    assert ledger.register["has_branch"].tolist() == [True, False, False, False, True]
    assert ledger.register["branch_on"].dropna().astype(str).tolist() == ["2024-06-12"] * 2
    assert [(row.severity, row.row, row.column) for row in ledger.findings.itertuples()] == [
        ("finding", 4, ""),
        ("finding", 4, "O"),
        ("finding", 4, "P"),
        ("note", 5, "F"),
        ("note", 9, "F"),
    ]
    fates = ledger.rows.set_index("row")["fate"]
    assert fates[[5, 6, 7, 8, 9, 10, 11, 12, 13]].tolist() == [
        *("taken", "merged", "merged", "dropped"),
        *("taken", "merged", "dropped", "dropped", "dropped"),
    ]


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_sheet_per_street_with_a_summary_and_a_hidden_sheet(suffix):
    examination = examine(FILES / f"sheets.{suffix}")
    assert [(note.code, note.sheet) for note in examination.notes] == [
        ("sheet_hidden", "旧数据"),
        ("sheet_aside", "汇总"),
    ]
    assert examination.frame["street"].tolist() == ["岚汀街道"] * 3 + ["河口镇"] * 3


@pytest.mark.parametrize("name", ["district.xls", "district.ods"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_file_is_refused(tmp_path, name, share):
    whole = (FILES / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(RegisterError) as caught:
        examine(path)
    assert str(tmp_path) not in str(caught.value)
