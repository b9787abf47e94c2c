"""Files of a register: encodings, separators, row numbers, workbooks with their traps, and writing."""

import datetime
import io
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest

from workbench.errors import RegisterError, RegisterWarning
from workbench.inputs import check_register, make_city, read_register, write_register

HEAD = "org_id,street,full_members,has_branch,name\n"
ROW = "007,岚汀街道,3,否,某协会\n"


def faults(path) -> list[tuple[str, str]]:
    with pytest.raises(RegisterError) as caught:
        read_register(path)
    assert len(str(caught.value).splitlines()) >= 2
    return [(fault.code, fault.place) for fault in caught.value.faults]


def code(path) -> str:
    [(found, _)] = faults(path)
    return found


@pytest.fixture
def csv(tmp_path):
    def write(content: str | bytes, name: str = "register.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_text_that_looks_like_an_escape_of_excels_is_itself(tmp_path):
    import xlsxwriter

    wanted = ["DJ-0x005F_01", "DJ_x000D_2", "DJ-x005F_3", "plain"]
    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("register")
        for turn, row in enumerate(
            [["org_id", "street", "full_members", "has_branch"], *([one, "岚汀街道", 1, "否"] for one in wanted)]
        ):
            sheet.write_row(turn, 0, row)
    with pytest.warns(RegisterWarning):  # an identifier that holds _x000D_ is told
        assert read_register(path).index.tolist() == wanted


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_encodings(self, csv, encoding, end):
        register = read_register(csv((HEAD + ROW).replace("\n", end).encode(encoding)))
        assert register.index.tolist() == ["007"]
        assert register["name"].tolist() == ["某协会"]

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
    def test_utf16_is_read(self, csv, encoding):
        assert read_register(csv((HEAD + ROW).encode(encoding)))["name"].tolist() == ["某协会"]

    def test_cut_utf16_is_refused(self, csv):
        assert code(csv((HEAD + ROW).encode("utf-16")[:-1])) == "file_encoding"

    def test_a_cut_character_does_not_turn_utf8_into_gb18030(self, csv):
        content = (HEAD + ROW * 20).encode()
        for at in range(len(content) - 200, len(content) - 1):
            whole = content[:at] + content[at + 1 :]
            try:
                whole.decode()
            except UnicodeDecodeError:
                assert code(csv(whole)) == "file_encoding_damaged"

    def test_big5_is_refused(self, csv):
        content = (
            HEAD + "007,\u5d50\u6c40\u8857\u9053,3,0,\u793e\u6703\u5718\u9ad4\u806f\u5408\u6703\u9f8d\u8f49\u78bc\n" * 3
        )
        assert code(csv(content.encode("big5", errors="ignore"))) in ("file_encoding_big5", "file_encoding")

    def test_undecodable_is_refused(self, csv):
        assert code(csv(HEAD.encode() + b"\xff\xff\xff,1,1,1,1\n")) == "file_encoding"

    def test_damaged_utf8_does_not_pass_for_gb18030(self, csv):
        content = (HEAD + ROW).encode("utf-8-sig").replace("协".encode(), b"\xb0\xa1")
        assert code(csv(content)) == "file_encoding_damaged"

    def test_rows_are_numbered_as_excel_does(self, csv):
        path = csv("\n,,\n" + HEAD + ROW + "\n\n" + ',岚汀街道,3,否,"两 行"\n' + ",,,,\n" + "9,岚汀街道,x,否,\n")
        assert faults(path) == [
            ("missing_value", "row 7, column org_id"),
            ("count_unreadable", "row 9, column full_members"),
        ]

    def test_short_rows_lack_their_last_cells(self, csv):
        assert read_register(csv(HEAD + "1,岚汀街道,3,1\n"))["name"].isna().all()

    def test_text_that_looks_like_missing_stays(self, csv):
        register = read_register(csv(HEAD + "NA,null,3,否,nan\n"))
        assert (register.index[0], *register.iloc[0][["street", "name"]]) == ("NA", "null", "nan")

    def test_quoted_commas(self, csv):
        assert read_register(csv(HEAD + '1,岚汀街道,3,否,"甲,乙"\n'))["name"].tolist() == ["甲,乙"]

    def test_too_many_cells_and_other_faults_come_together(self, csv):
        path = csv(HEAD + "1,岚汀街道,3,否,甲,乙\n2,岚汀街道,-3,否,\n3,岚汀街道,3,否,,,\n4,岚汀街道,3,否,a,b,c\n")
        assert faults(path) == [
            ("row_too_long", "row 2"),
            ("count_negative", "row 3, column full_members"),
            ("row_too_long", "row 5"),
        ]

    def test_unclosed_quotes(self, csv):
        assert code(csv(HEAD + '1,岚汀街道,3,否,"甲\n' + ROW)) == "quotes_unclosed"

    @pytest.mark.parametrize("separator", ["\t", ";"])
    def test_other_separators(self, csv, separator):
        assert code(csv((HEAD + ROW).replace(",", separator))) == "file_separator"

    @pytest.mark.parametrize("content", ["", "\n\n", ",,\n,,\n", '"",""\n', "\ufeff"])
    def test_empty(self, csv, content):
        assert code(csv(content)) == "file_empty"

    def test_header_only(self, csv):
        assert code(csv(HEAD)) == "no_rows"

    def test_cells_without_header(self, csv):
        assert code(csv("org_id,street,full_members,has_branch,\n1,岚汀街道,3,否,x\n")) == "cells_without_header"
        assert len(read_register(csv("org_id,street,full_members,has_branch,,\n1,岚汀街道,3,否,,\n"))) == 1


class TestNoFile:
    def test_missing(self, tmp_path):
        assert code(tmp_path / "none.csv") == "file_missing"

    def test_folder(self, tmp_path):
        assert code(tmp_path) == "file_is_folder"

    @pytest.mark.parametrize("name", ["register.xls", "register.txt", "register"])
    def test_kind(self, csv, name):
        assert code(csv(HEAD + ROW, name)) == "file_kind"

    def test_a_file_as_folder(self, csv):
        assert code(csv(HEAD + ROW) / "more.csv") == "file_unreadable"

    def test_refused_by_the_system(self, csv, monkeypatch):
        path = csv(HEAD + ROW)

        def refuse(self):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(type(path), "read_bytes", refuse)
        assert code(path) == "file_unreadable"


def book(tmp_path, *lines, name="register.xlsx", change=None):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for line in lines:
        sheet.append(line)
    if change:
        change(workbook, sheet)
    path = tmp_path / name
    workbook.save(path)
    return path


HEADERS = HEAD.strip().split(",")


class TestWorkbook:
    def test_reads_cells_by_their_type(self, tmp_path):
        def padded(workbook, sheet):
            sheet["A3"].number_format = "00000"

        lines = (["007", "岚汀街道", 3, True, 12], [12, "岚汀街道", "３", "否", None])
        register = read_register(book(tmp_path, HEADERS, *lines, change=padded))
        assert register.index.tolist() == ["007", "00012"]
        assert register["full_members"].tolist() == [3, 3]
        assert register["has_branch"].tolist() == [True, False]
        assert register["name"].iloc[0] == "12"

    def test_reads_dates(self, tmp_path):
        line = ["1", "岚汀街道", 3, 1, "某", datetime.datetime(2027, 8, 5), datetime.date(2027, 8, 1)]
        register = read_register(book(tmp_path, [*HEADERS, "branch_on", "filed_on"], line))
        assert register["branch_on"].tolist() == [pd.Timestamp(2027, 8, 5)]

    def test_long_numbers_have_lost_their_digits(self, tmp_path):
        path = book(tmp_path, HEADERS, [123456789012345678, "岚汀街道", 3, 1, None], [1.5e17, "岚汀街道", 3, 1, None])
        assert faults(path) == [
            ("excel_long_number", "row 2, column org_id"),
            ("excel_long_number", "row 3, column org_id"),
        ]

    def test_a_date_where_text_should_be(self, tmp_path):
        path = book(tmp_path, HEADERS, [datetime.datetime(2027, 3, 1), "岚汀街道", 3, 1, None])
        assert faults(path) == [("excel_date", "row 2, column org_id")]

    def test_errors_and_formulas_never_computed(self, tmp_path):
        path = book(tmp_path, HEADERS, ["1", "岚汀街道", "=1+2", "#N/A", "#REF!"])
        assert faults(path) == [
            ("formula_empty", "row 2, column full_members"),
            ("excel_error", "row 2, column has_branch"),
            ("excel_error", "row 2, column name"),
        ]

    def test_computed_formulas_are_read(self, tmp_path):
        path = tmp_path / "register.xlsx"
        import xlsxwriter

        with xlsxwriter.Workbook(path) as workbook:
            sheet = workbook.add_worksheet()
            sheet.write_row(0, 0, HEADERS)
            sheet.write_row(1, 0, ["1", "岚汀街道"])
            sheet.write_formula(1, 2, "=1+2", None, 3)
            sheet.write_boolean(1, 3, False)
        assert read_register(path)["full_members"].tolist() == [3]

    def test_rows_are_the_sheets(self, tmp_path):
        path = book(tmp_path, [], HEADERS, [], ["1", "岚汀街道", -3, 1, None])
        assert faults(path) == [("count_negative", "row 4, column full_members")]

    def test_a_stray_cell_far_below_is_a_fault_and_costs_little(self, tmp_path):
        def stray(workbook, sheet):
            sheet.cell(1_048_576, 1).value = "x"
            sheet.cell(1_048_576, 16_384).value = "y"

        path = book(tmp_path, HEADERS, ["1", "岚汀街道", 3, 1, None], change=stray)
        assert ("rows_far_below", "row 1048576") in faults(path)

    def test_a_stray_cell_far_to_the_right_is_not_looked_at(self, tmp_path):
        def stray(workbook, sheet):
            sheet.cell(1, 16_384).value = "y"

        assert len(read_register(book(tmp_path, HEADERS, ["1", "岚汀街道", 3, 1, None], change=stray))) == 1

    def test_chooses_the_sheet(self, tmp_path):
        good = ["1", "岚汀街道", 3, 1, None]

        def other(title, state="visible", filled=True):
            def change(workbook, sheet):
                second = workbook.create_sheet(title, 0)
                second.sheet_state = state
                if filled:
                    second.append(["x"])

            return change

        assert len(read_register(book(tmp_path, HEADERS, good, change=other("说明", filled=False)))) == 1
        assert len(read_register(book(tmp_path, HEADERS, good, change=other("说明", state="hidden")))) == 1
        assert code(book(tmp_path, HEADERS, good, change=other("说明"))) == "file_sheets"

        def named(workbook, sheet):
            sheet.title = "台账"
            other("说明")(workbook, sheet)

        assert len(read_register(book(tmp_path, HEADERS, good, change=named))) == 1

    def test_empty(self, tmp_path):
        assert code(book(tmp_path)) == "file_empty"
        assert code(book(tmp_path, HEADERS)) == "no_rows"

    def test_cells_without_header(self, tmp_path):
        assert code(book(tmp_path, HEADERS, ["1", "岚汀街道", 3, 1, None, "x"])) == "cells_without_header"

    @pytest.mark.parametrize("content", [b"PK\x03\x04 cut off", b"no workbook at all", b"\xd0\xcf\x11\xe0" * 9])
    def test_damaged_or_locked(self, csv, content):
        assert code(csv(content, "register.xlsx")) == "file_broken"

    def test_a_zip_that_is_no_workbook(self, tmp_path):
        path = tmp_path / "register.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("hello.txt", "hello")
        assert code(path) == "file_broken"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
        assert code(path) == "file_broken"

    def test_a_bomb_is_not_opened(self, tmp_path):
        path = book(tmp_path, HEADERS, ["1", "岚汀街道", 3, 1, None])
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/big.bin", bytes(30_000_000))
        assert code(path) == "file_bomb"

    def test_sheet_cut_off_in_the_middle(self, tmp_path):
        whole = book(tmp_path, HEADERS, *(["1", "岚汀街道", 3, 1, None] for _ in range(9)))
        with zipfile.ZipFile(whole) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:600]
        cut = io.BytesIO()
        with zipfile.ZipFile(cut, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        path = tmp_path / "cut.xlsx"
        path.write_bytes(cut.getvalue())
        assert code(path) == "file_broken"


class TestParquet:
    def test_round_trip_with_and_without_the_index(self, tmp_path):
        city = make_city(30, 3)
        for frame, index in ((city, True), (city.reset_index(), False)):
            path = tmp_path / "city.parquet"
            frame.to_parquet(path, index=index)
            pd.testing.assert_frame_equal(read_register(path), city)

    def test_faults_count_rows_from_one(self, tmp_path):
        path = tmp_path / "city.parquet"
        make_city(3, 1).assign(employees=-1).to_parquet(path)
        assert faults(path)[0] == ("count_negative", "row 1, column employees")

    def test_damaged(self, csv):
        assert code(csv(b"PAR1 no table PAR1", "register.parquet")) == "file_broken"


class TestWriting:
    def test_round_trip(self, tmp_path):
        city = make_city(50, 4, seed=3)
        assert write_register(city, tmp_path / "city.csv") == tmp_path / "city.csv"
        pd.testing.assert_frame_equal(read_register(tmp_path / "city.csv"), city)

    def test_round_trip_of_everything(self, tmp_path):
        frame = pd.DataFrame(
            {
                "org_id": ["001", "2"],
                "street": ["甲", "乙"],
                "full_members": [1, 2],
                "has_branch": [True, False],
                "name": ['=cmd,"x"', None],
                "lon": [120.1234567890123, np.nan],
                "lat": [30.0, np.nan],
                "employees": [None, 4],
                "branch_on": ["2027-08-05", ""],
                "attempts": [0, 2],
            }
        )
        register = check_register(frame)
        write_register(register, tmp_path / "city.csv")
        pd.testing.assert_frame_equal(read_register(tmp_path / "city.csv"), register)
        header = (tmp_path / "city.csv").read_text("utf-8-sig").splitlines()[0]
        assert header == "org_id,street,full_members,has_branch,name,lon,lat,employees,branch_on,attempts"

    def test_a_failure_leaves_the_old_file_whole(self, tmp_path, monkeypatch):
        path = tmp_path / "city.csv"
        path.write_text("old")

        def full(*args, **kwargs):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(pd.DataFrame, "to_csv", full)
        with pytest.raises(OSError, match="No space"):
            write_register(make_city(3, 1), path)
        assert path.read_text() == "old"
        assert [one.name for one in tmp_path.iterdir()] == ["city.csv"]


def test_a_pipe_and_a_device_are_refused_at_once(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    for name in ("pipe.csv", "zero.csv"):
        with pytest.raises(RegisterError) as caught:
            read_register(tmp_path / name)
        assert [fault.code for fault in caught.value.faults] == ["file_not_regular"]
