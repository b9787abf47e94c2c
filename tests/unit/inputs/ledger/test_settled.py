"""What a header means is settled as the messages ask for it: by a column's header, its words, or its name."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench.errors import RegisterError
from workbench.labels import in_language

TOTALS = "单位名称,镇街,党员总数,是否建立党组织\n甲协会,东街,3,是\n乙商会,东街,2,否\n"


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text(TOTALS, encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_message_asks_for_settles_it(ledger, language) -> None:
    with in_language(language):
        with pytest.raises(RegisterError) as refused:
            wb.read_ledger(ledger)
        (fault,) = refused.value.faults
        assert "full_members" not in fault.repair
        called = "正式党员" if language == "zh" else "full members"
        assert f"党员总数: {called}" in fault.repair
        ledger.with_name("台账.mapping.yaml").write_text(f"党员总数: {called}\n", encoding="utf-8")
        assert wb.read_ledger(ledger).register["full_members"].to_list() == [3, 2]


@pytest.mark.parametrize("written", ["full_members", "Full members", "正式党员", " 正式党员 "])
def test_a_column_by_its_name_words_or_header(ledger, written) -> None:
    assert wb.read_ledger(ledger, {"党员总数": written}).register["full_members"].to_list() == [3, 2]


def test_what_is_no_column_is_refused(ledger) -> None:
    with pytest.raises(RegisterError):
        wb.read_ledger(ledger, {"党员总数": "members of all kinds"})
