"""How wide printed columns are: what must not break has room, and what is left shortens the table most."""

from __future__ import annotations

import io
from datetime import date

import docx
import openpyxl
import pandas as pd
import pytest

from workbench.labels import in_language
from workbench.views.formats import Sheet, TableBlock, word_bytes, workbook_bytes
from workbench.views.formats.columns import BOLD, PADDING, PLAIN, broken_heading, column_shares, unbroken
from workbench.views.report.report import report_blocks

ROOM = 104
SORTS = ("wide", "whole", "date")


def lines(text: str, letters: float) -> int:
    """Lines that words take, broken at blanks as a typesetter does."""
    count, left = 1, letters
    for word in text.split():
        size = PLAIN * len(word)
        if size > left and left < letters:
            count, left = count + 1, letters
        left -= size + PLAIN
    return count


def test_shares_add_up_and_numbers_never_break():
    rows = [["a long sentence of many words " * 8, "1,200,000", "16 September"]] * 5
    shares = column_shares(["measure", "number", "decide by"], rows, None, SORTS, ROOM)
    assert sum(shares) == pytest.approx(1.0)
    for place in (1, 2):
        assert shares[place] * ROOM >= PLAIN * len(rows[0][place]) + PADDING
    assert shares[0] > 0.6


def test_a_heading_s_longest_word_and_a_bold_total_have_room():
    shares = column_shares(["number", "mass organizations"], [["1", "2"]] * 40, ["1,200,300", "9"], ("whole",) * 2, 30)
    assert shares[0] * 30 >= BOLD * len("1,200,300")
    assert shares[1] * 30 >= BOLD * len("organizations")


def test_no_other_share_of_the_page_makes_two_texts_shorter():
    """Against every whole split of the page, in lines squared as said, up to what rounding may cost."""
    one, other = "word " * 60, "word " * 15
    rows = [[one, other]] * 3
    shares = column_shares(["a", "b"], rows, None, ("wide", "wide"), ROOM)

    def tall(left: float) -> float:
        return lines(one, left - PADDING) ** 2 + lines(other, ROOM - left - PADDING) ** 2

    best = min(tall(left) for left in range(12, ROOM - 12))
    assert tall(shares[0] * ROOM) <= best * 1.1


def test_brackets_begin_a_line_only_where_a_heading_is_broken():
    assert broken_heading("增加（百分点）", 60) == "增加（百分点）"
    assert broken_heading("增加（百分点）", 12) == "增加\n（百分点）"
    assert unbroken("（新增）") == ["（新增）"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_of_a_report_is_wider_than_its_column(small_plan, language):
    """But where the narrowest columns are wider than a page together: then they share it alike."""
    with in_language(language):
        tables = [block for block in report_blocks(small_plan, {}) if isinstance(block, TableBlock)]
        assert len(tables) > 10
        for table in tables:
            room = 117 if len(table.columns) >= 8 else ROOM
            shares = column_shares(table.headings, table.rows(), table.last(), [s for *_, s in table.columns], room)
            for place, share in enumerate(shares):
                heading = max(BOLD * len(word) for word in unbroken(table.headings[place]))
                assert share * room >= heading, (table.headings, place)


def test_rows_stay_whole_and_a_sentence_stays_with_its_table():
    from docx.oxml.ns import qn

    from workbench.views.formats.blocks import Sentence

    table = TableBlock(pd.DataFrame({"a": range(3)}), [("a", "a", "whole")])
    held = word_bytes([Sentence("before"), table, Sentence("after")], "t", "f", date(2027, 7, 15))
    back = docx.Document(io.BytesIO(held))
    rows = back.tables[0].rows
    assert all(words.paragraph_format.keep_together for row in rows for cell in row.cells for words in cell.paragraphs)
    # LibreOffice loses rows of a table that is marked both ways and goes on to another page.
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert not list(back.element.iter(qn("w:cantSplit")))
    before, after = (each.paragraph_format for each in back.paragraphs[:2])
    assert before.keep_with_next
    assert after.space_before.pt == 4
    assert not after.keep_with_next


def test_words_in_a_column_of_numbers_are_words_in_excel():
    table = pd.DataFrame({"a": [0.5, "none", None]}, dtype="object")
    for sort, number in (("share", 0.5), ("points", 50.0), ("whole", 0.5), ("days", 0.5)):
        made = workbook_bytes([Sheet("x", table, [("a", "a", sort)])], date(2027, 8, 1))
        cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(made)).active.iter_rows(values_only=True)]
        assert cells == ["a", number, "none", None]
