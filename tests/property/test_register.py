"""Whatever stands in a register: it is read and comes back equal, or every fault is said."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import RegisterError
from workbench.inputs import check_register, make_city, read_register, write_register
from workbench.inputs.register.columns import COLUMNS, schema
from workbench.labels import in_language
from workbench.spelling import has_hidden, same_key

# Counts drawn by chance are often odd; what is odd is another test's concern.
pytestmark = pytest.mark.filterwarnings("ignore::workbench.errors.RegisterWarning")

# Letters of no digit: a run of them never reads as a telephone number.
# None has another spelling: two of those in one register are a fault.
words = (
    st.text(st.characters(codec="utf-8", categories=("L",)), min_size=1, max_size=8)
    .map(same_key)
    .filter(lambda word: bool(word) and not has_hidden(word) and same_key(word) == word)
)
counts = st.integers(0, 400)
dates = st.dates(pd.Timestamp(1950, 1, 1).date(), pd.Timestamp(2090, 1, 1).date())


@st.composite
def registers(draw):
    """A good register of a few organizations, some columns left out."""
    ids = draw(st.lists(words, min_size=1, max_size=6, unique=True))
    number = len(ids)

    def column(values):
        return draw(st.lists(values, min_size=number, max_size=number))

    parts = [column(counts) for _ in range(3)]
    branch = column(st.booleans())
    frame = {
        "org_id": ids,
        "street": column(words),
        "full_members": [sum(part) for part in zip(*parts, strict=True)],
        "has_branch": branch,
    }
    optional = {
        "members_on_roll": parts[0],
        "members_floating": parts[1],
        "members_part_time": parts[2],
        "name": column(words | st.none()),
        "kind": column(st.sampled_from(["association", "service", "foundation", None])),
        "community": column(words | st.none()),
        "x": column(st.floats(-999, 999)),
        "y": column(st.floats(-999, 999)),
        "employees": column(counts | st.none()),
        "dormant": column(st.booleans()),
        "host_capacity": [has * capacity for has, capacity in zip(branch, column(counts), strict=True)],
        "branch_on": [day if has else None for has, day in zip(branch, column(dates), strict=True)],
    }
    for together in (
        list(optional)[:3],
        ["name"],
        ["kind"],
        ["community"],
        ["x", "y"],
        ["employees"],
        ["dormant"],
        ["host_capacity"],
        ["branch_on"],
    ):
        if draw(st.booleans()):
            frame |= {name: optional[name] for name in together}
    return pd.DataFrame(frame)


quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(registers())
def test_a_good_register_comes_back_from_a_file_and_from_itself(tmp_path, frame):
    register = check_register(frame)
    schema().validate(register.reset_index())
    pd.testing.assert_frame_equal(check_register(register), register)
    path = tmp_path / "register.csv"
    write_register(register, path)
    pd.testing.assert_frame_equal(read_register(path), register)


@quick
@given(registers(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(frame, random):
    register = check_register(frame)
    columns = random.sample(list(frame), len(frame.columns))
    shuffled = frame[columns].sample(frac=1, random_state=random.randrange(2**32))
    again = check_register(shuffled)
    assert list(again.index) == shuffled["org_id"].tolist()
    pd.testing.assert_frame_equal(again.loc[register.index], register)


junk = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates() | st.datetimes()


def attempt(read, *arguments):
    """What a reader gives: a register, or the error that refuses it; nothing else may come of it."""
    try:
        return read(*arguments), None
    except RegisterError as error:
        return None, error


@quick
@given(st.data())
def test_anything_is_read_or_refused_in_words(data):
    number = data.draw(st.integers(0, 4))
    names = st.sampled_from([column.name for column in COLUMNS]) | st.text(max_size=6)
    columns = [*data.draw(st.lists(names, max_size=8)), "org_id", "street", "full_members", "has_branch"]
    cells = [data.draw(st.lists(junk, min_size=number, max_size=number)) for _ in columns]
    frame = pd.DataFrame(dict(enumerate(cells)), dtype=object).set_axis(columns, axis=1)
    register, error = attempt(check_register, frame)
    if error is None:
        schema().validate(register.reset_index())
    else:
        assert error.faults
        for language in ("zh", "en"):
            with in_language(language):
                assert all(str(fault) for fault in error.faults)


@quick
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path, content):
    for suffix in (".csv", ".xlsx", ".parquet"):
        path = tmp_path / f"register{suffix}"
        path.write_bytes(content)
        _, error = attempt(read_register, path)
        assert error is None or error.faults


@quick
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=5), st.integers(0, 10**6))
def test_a_damaged_file_is_read_or_refused(tmp_path, damage, length):
    city = make_city(20, 2)
    whole = {".csv": tmp_path / "a.csv", ".xlsx": tmp_path / "a.xlsx", ".parquet": tmp_path / "a.parquet"}
    write_register(city, whole[".csv"])
    city.reset_index().to_excel(whole[".xlsx"], index=False)
    city.to_parquet(whole[".parquet"])
    for path in whole.values():
        content = bytearray(path.read_bytes())
        for place, byte in damage:
            content[place % len(content)] = byte
        path.write_bytes(content[: 1 + length % len(content)] if length % 3 == 0 else content)
        _, error = attempt(read_register, path)
        assert error is None or error.faults


@quick
@given(
    organizations=st.integers(1, 60),
    streets=st.integers(1, 9),
    seed=st.integers(0, 2**32),
    mean_members=st.floats(0.1, 20),
    dispersion=st.floats(0.05, 5),
    covered=st.floats(0, 0.3),
    joined=st.floats(0, 1),
    hosts=st.floats(0, 1),
)
def test_every_made_up_city_is_a_register(covered, **arguments):
    members = make_city(covered=0, **arguments)["full_members"]
    wanted = round(covered * len(members))
    if wanted > (members > 0).sum():
        with pytest.raises(ValueError, match=r"ha(ve|s) a member: no more"):
            make_city(covered=covered, **arguments)
        return
    city = make_city(covered=covered, **arguments)
    pd.testing.assert_frame_equal(check_register(city), city)
    assert city["has_branch"].sum() == wanted
    assert (city.loc[city["has_branch"], "full_members"] > 0).all()
