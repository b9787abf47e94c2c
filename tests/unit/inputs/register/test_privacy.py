"""A register holds nobody: columns and numbers of persons are refused, and never shown whole.

Every number here is made up: born on New Year's Day of 1900, serial number 000, runs of zeros.
"""

import pytest

from tests.unit.inputs.register.test_read import codes, rows
from workbench import privacy
from workbench.errors import RegisterError
from workbench.inputs import check_register
from workbench.inputs.register.privacy import is_personal_column
from workbench.labels import in_language

#: Valid by its check digit.
IDENTITY = "110101190001010006"
#: Valid by both of its check digits; an organization number of five and zeros.
CREDIT = "51100000500000015P"
MOBILE = "13800000000"


@pytest.mark.parametrize(
    "header",
    [
        "法定代表人",
        "负责人",
        "党组织书记姓名",
        "党建指导员姓名",
        "党建指导员",
        "联系人",
        "联系方式",
        "身份证号",
        "出生日期",
        "性别",
        "民族",
        "学历",
        "政治面貌",
        "电 话",
        "手机号码",
        "邮箱",
        "姓名",
        "Phone",
        "contact_name",
        "ContactPerson",
        "e-mail",
        "id_number",
        "gender",
        "Date of Birth",
        "secretary",
        "leader",
        "first_name",
        "WeChat",
    ],
)
def test_columns_of_persons_are_refused(header):
    assert codes(rows({}).assign(**{header: "x"})) == [("personal_column", f"column {header}")]


@pytest.mark.parametrize(
    "header", ["has_instructor", "name", "page", "image", "党员总数", "是否派驻党建指导员", "村名"]
)
def test_other_columns_are_not_taken_for_personal(header):
    assert not is_personal_column(header)


def test_cells_of_a_personal_column_are_never_shown():
    with pytest.raises(RegisterError) as caught:
        check_register(rows({}).assign(负责人="某人甲"))
    assert "某人甲" not in str(caught.value)


@pytest.mark.parametrize("column", ["org_id", "street", "name", "industry", "supervisor", "community"])
@pytest.mark.parametrize(
    ("value", "code"),
    [
        (IDENTITY, "identity_number"),
        (f"号{IDENTITY}。", "identity_number"),
        ("110101 19000101 0006", "identity_number"),
        ("１１０１０１１９０００１０１０００６", "identity_number"),
        (MOBILE, "telephone_number"),
        ("电话138-0000-0000", "telephone_number"),
        ("+86 138 0000 0000", "telephone_number"),
        ("0571-20000000", "telephone_number"),
        ("(0571) 2000-0000", "telephone_number"),
        ("010－20000000", "telephone_number"),
    ],
)
def test_personal_numbers_are_refused_and_masked(column, value, code):
    frame = rows({}, {column: value})
    for language in ("en", "zh"):
        with in_language(language), pytest.raises(RegisterError) as caught:
            check_register(frame)
        assert [fault.code for fault in caught.value.faults] == [code]
        assert "***" in caught.value.faults[0].value
        shown = "".join(character for character in str(caught.value) if character.isdigit())
        assert not any(secret in shown for secret in (IDENTITY, MOBILE, "057120000000", "01020000000"))


def test_a_landline_without_separators_may_be_a_serial_number():
    assert codes(rows({"name": "057120000000"})) == [("telephone_number", "row 1, column name")]
    assert len(check_register(rows({"org_id": "057120000000"}))) == 1


def test_a_personal_number_in_a_number_column_is_masked_too():
    with pytest.raises(RegisterError) as caught:
        check_register(rows({"employees": MOBILE}, {"full_members": IDENTITY}))
    assert MOBILE not in str(caught.value)
    assert IDENTITY not in str(caught.value)


def test_headers_that_are_data_are_masked():
    with pytest.raises(RegisterError) as caught:
        check_register(rows({}).assign(**{f"x{MOBILE}": 1, f"{MOBILE} ": 1}))
    assert f"column {MOBILE}" not in str(caught.value)


@pytest.mark.parametrize(
    "code", [CREDIT, CREDIT.lower(), "07", "01000000001", "20270805001", "第12345678号", "2027-0000123"]
)
def test_identifiers_of_organizations_pass(code):
    assert list(check_register(rows({"org_id": code})).index) == [code]


def test_identity_number_needs_province_date_and_check_digit():
    assert privacy.is_identity_number(IDENTITY)
    for wrong in (
        "110101190001010007",
        "990101190001010006",
        "110101190013010006",
        "1101011900010100",
        "11010119000101000Y",
    ):
        assert not privacy.is_identity_number(wrong)


def test_credit_code_needs_both_check_digits():
    assert privacy.is_credit_code(CREDIT)
    for wrong in (
        CREDIT[:-1] + "Q",
        "51100000500000014P",
        "5110000050000001IP",
        "51990000500000015P",
        CREDIT[:-1],
    ):
        assert not privacy.is_credit_code(wrong)


def _both() -> str:
    """A number that is an identity number and a credit code at once, as one in hundreds is by accident."""
    for serial in range(1000):
        for day in range(1, 29):
            for month in range(1, 13):
                for place in ("511102", "511302", "511502"):
                    body = f"{place}1900{month:02d}{day:02d}{serial:03d}"
                    check = "10X98765432"[sum(int(d) * w for d, w in zip(body, privacy._ID_WEIGHTS, strict=True)) % 11]
                    if privacy.is_credit_code(body + check):
                        return body + check
    raise AssertionError("none found")


def test_a_number_that_is_both_passes_as_an_identifier_only():
    both = _both()
    assert privacy.is_identity_number(both)
    assert len(check_register(rows({"org_id": both}))) == 1
    assert codes(rows({"name": both})) == [("identity_number", "row 1, column name")]


DISGUISED = [
    ("ID110101190001010006", "identity_number"),
    ("110101.19000101.0006", "identity_number"),
    ("110101/1900/0101/0006", "identity_number"),
    ("110101_19000101_0006", "identity_number"),
    ("1101011900\u200b01010006", "identity_number"),
    ("1101011900\u00ad01010006", "identity_number"),
    ("110101190001010007", "identity_number"),
    (f"{IDENTITY}{IDENTITY}", "identity_number"),
    ("tel13800000000", "telephone_number"),
    ("No.13800000000", "telephone_number"),
    ("138.0000.0000", "telephone_number"),
    ("138_0000_0000", "telephone_number"),
    ("138—0000—0000", "telephone_number"),
    ("138 000 00000", "telephone_number"),
    ("1-3-8-0-0-0-0-0-0-0-0", "telephone_number"),
    ("138\u20600000\u20600000", "telephone_number"),
    ("1380000000013800000001", "telephone_number"),
    ("0571.20000000", "telephone_number"),
    ("+86 571 2000 0000", "telephone_number"),
    ("400-000-0000", "telephone_number"),
    (13800000000, "telephone_number"),
    (float(MOBILE), "telephone_number"),
    ("office@example.org", "email_address"),
    ("ｏｆｆｉｃｅ＠example.org", "email_address"),
]


@pytest.mark.parametrize(("value", "code"), DISGUISED, ids=lambda value: repr(value)[:30])
def test_a_disguise_hides_nothing(value, code):
    assert privacy.secret(value) == code
    shown = privacy.masked(f"{value:.0f}" if isinstance(value, float) else str(value))
    assert "*" in shown
    assert MOBILE not in "".join(one for one in shown if one.isdigit())
    assert "example" not in shown


@pytest.mark.parametrize(
    "value",
    [
        *("0755-2024-0001", "51100000500000015P", "2027-08-05", "2027-08-05 14:30:00", "120.13812345678", "30.2741234"),
        *(
            "12345678",
            "1234567",
            "第12345678号",
            "2027年第0000123号",
            "100,000,000",
            "[2027] 1234567",
            "DJ-2027-000123",
        ),
        *("A@B", "13 家 2027 年", "9.13301E+17", "1200 / 3400 / 5600", "3+2+1", "18.5%", "2027.07.30-2027.08.31"),
        *(120.138123456, 1_000_000, 2027, 0.1, float("nan"), 3.14159265358979),
    ],
    ids=str,
)
def test_no_false_alarm(value):
    assert privacy.secret(value) is None


def test_eleven_digits_in_a_column_of_such_identifiers_are_serial_numbers():
    ids = [f"1390000{turn:04d}" for turn in range(5)]
    assert list(check_register(rows(*({"org_id": each} for each in ids))).index) == ids
    assert codes(rows({}, {}, {"org_id": ids[0]})) == [("telephone_number", "row 3, column org_id")]


def test_sheet_and_file_names_are_masked(tmp_path):
    from workbench.inputs import read_register

    with pytest.raises(RegisterError) as caught:
        read_register(tmp_path / f"联系{MOBILE}.csv")
    assert MOBILE not in str(caught.value)
