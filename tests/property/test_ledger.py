"""Whatever stands in a ledger: it is read, or refused in words; never a traceback, never a hang."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.inputs.ledger.messy import GOOD, HEAD, one, text
from workbench.errors import RegisterError
from workbench.inputs import check_register, read_register
from workbench.inputs.ledger import examine

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
cells = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates(pd.Timestamp(1901, 1, 1).date())
    | st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=12)
)


def attempt(path, mapping=None):
    """What reading gives: an examination, or the error that refuses it."""
    try:
        return examine(path, mapping), None
    except RegisterError as error:
        return None, error


def told(path, mapping=None):
    examination, error = attempt(path, mapping)
    if error is not None:
        assert error.faults
        assert str(path.parent) not in str(error)
        return
    assert all(note.rule and note.place for note in examination.notes)
    if examination.error() is None:
        ledger = examination.ledger()
        check_register(ledger.register)
        assert (ledger.rows["fate"] != "dropped").sum() == len(ledger.register)


@quick
@given(st.lists(st.lists(cells, min_size=5, max_size=5), min_size=1, max_size=4))
def test_any_cells_are_read_or_refused(tmp_path, rows):
    path = tmp_path / "台账.csv"
    text(HEAD, *([str(cell).replace(",", "") if cell is not None else "" for cell in row] for row in rows))(path)
    told(path)


@quick
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6), st.integers(0, 10**6))
@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".yaml"])
def test_damaged_bytes_are_read_or_refused(tmp_path, suffix, damage, length):
    path = tmp_path / f"台账{suffix}"
    if suffix == ".xlsx":
        one(HEAD, *GOOD)(path)
    elif suffix == ".csv":
        text(HEAD, *GOOD)(path)
    else:
        path.write_text("columns:\n  党员总数: full_members\n  备注: null\nsheets: [台账]\n", encoding="utf-8")
    content = bytearray(path.read_bytes())
    for place, byte in damage:
        content[place % len(content)] = byte
    path.write_bytes(bytes(content[: 1 + length % len(content)] if length % 3 == 0 else content))
    if suffix == ".yaml":
        ledger = tmp_path / "ledger.csv"
        text(HEAD, *GOOD)(ledger)
        told(ledger, path)
    else:
        told(path)


@pytest.mark.filterwarnings("ignore::workbench.errors.RegisterWarning")
def test_a_parquet_file_of_many_equal_rows_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "register.parquet"
    pd.DataFrame({"org_id": pd.Categorical(["1"]).repeat(1_500_000)}).to_parquet(path)
    with pytest.raises(RegisterError) as caught:
        read_register(path)
    assert [fault.code for fault in caught.value.faults] == ["too_many_rows"]


def test_a_csv_file_of_many_columns_is_refused(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(",".join(map(str, range(16_000))) + "\n", encoding="utf-8")
    for read in (read_register, examine):
        with pytest.raises(RegisterError) as caught:
            read(path)
        assert [fault.code for fault in caught.value.faults] == ["too_many_columns"]
