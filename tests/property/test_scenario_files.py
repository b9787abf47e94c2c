"""Whatever a file holds: a scenario, or one error of ours that can be printed; never another exception."""

from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ScenarioError
from workbench.inputs.scenario.model import Scenario, read_scenario

BASELINE = Path(__file__).resolve().parents[2] / "scenarios" / "baseline.yaml"
LINES = [line for line in BASELINE.read_text(encoding="utf-8").split("sources:")[0].splitlines() if line.strip()]

#: Words that some reader of YAML takes for something else, and what breaks programs.
words = st.one_of(
    st.sampled_from(
        ["0120", "010", "1:30", "yes", "NO", "on", "1_000", "0b1", "1e3", "1e999", ".inf", "-.nan", "~", "null", "="]
    ),
    st.sampled_from(
        ["<<", "2027-08-31", "2027-02-30", "0x7f", "&a", "*a", "!!int", "!x", "[", "]", "{", "}", "-", "?"]
    ),
    st.sampled_from(["|", ">", "'", '"', "#", "@", "%", "`", "\t", ""]),
    st.sampled_from(['"\\ud800"', '"\\0"', '"\\x9f"', "9" * 400, "-" + "9" * 5000, "1" + "0" * 299, "x" * 5000]),
    st.text(max_size=12),
    st.floats().map(str),
    st.integers().map(str),
)


def outcome(content: bytes) -> Scenario | ScenarioError:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "s.yaml"
        path.write_bytes(content)
        try:
            return read_scenario(path)
        except ScenarioError as error:
            found = error
    assert found.faults
    str(found).encode("utf-8")
    return found


@settings(max_examples=150, deadline=None)
@given(line=st.integers(0, len(LINES) - 1), cut=st.integers(0, 60), word=words, keep=st.booleans())
def test_a_shipped_line_with_a_word_put_in(line: int, cut: int, word: str, keep: bool) -> None:
    written = LINES[line]
    mutated = written[:cut] + word + (written[cut:] if keep else "")
    content = "\n".join([*LINES[:line], mutated, *LINES[line + 1 :]]).encode("utf-8", "surrogatepass")
    found = outcome(content)
    if isinstance(found, Scenario):
        # What is taken can be hashed, stored and read again.
        again = yaml.safe_dump(found.model_dump(mode="json", by_alias=True), allow_unicode=True).encode("utf-8")
        assert found.fingerprint
        assert again


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    outcome(content)


@settings(max_examples=80, deadline=None)
@given(
    st.recursive(
        words,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
        max_leaves=12,
    ),
    st.sampled_from(
        ["name", "title", "calendar", "instructors", "cases", "committee", "grouping", "measures", "census"]
    ),
)
def test_any_tree_at_any_section(tree: object, section: str) -> None:
    outcome(yaml.safe_dump({section: tree}, allow_unicode=True).encode("utf-8", "surrogatepass"))
