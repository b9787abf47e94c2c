"""Scenario files: lines in messages, inheritance, and whatever a file can be instead of a scenario."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.errors import ScenarioError
from workbench.inputs.scenario.laws import Law
from workbench.inputs.scenario.model import read_scenario

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(content: str | bytes, name: str = "s.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


def faults(path: Path) -> list[tuple[str, str]]:
    """(place, code) of everything that is wrong."""
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)
    assert path.name in caught.value.headline
    return [(fault.place, fault.code) for fault in caught.value.faults]


# -- values and lines --------------------------------------------------------


def test_every_fault_names_file_line_path_and_value(write: Write) -> None:
    path = write("""\
targets:
  organization: 1.5
instructors:
  total: 1e3
  totl: 3
cases:
  joint:
    preparation: {pert:
      [5, 2, 1]}
calendar: {start: 2027-02-30,
           deadline: 2027-07-20}
""")
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)
    assert [(fault.place, fault.value) for fault in caught.value.faults] == [
        ("s.yaml:2 targets.organization", "1.5"),
        ("s.yaml:4 instructors.total", "1e3"),
        ("s.yaml:5 instructors.totl", "totl"),
        ("s.yaml:8 cases.joint.preparation", "{pert: [5, 2, 1]}"),
        ("s.yaml:10 calendar.start", "2027-02-30"),
        ("s.yaml:11 calendar.deadline", "2027-07-20"),
    ]
    assert "s.yaml:8 cases.joint.preparation" in str(caught.value)


def test_the_line_of_a_list_member(write: Write) -> None:
    path = write("""\
instructors:
  arrivals:
    - {responsible: A, count: 1}
    - responsible: B
      count: 0
    - count: 2
""")
    assert faults(path) == [
        ("s.yaml:5 instructors.arrivals.1.count", "at_least"),
        ("s.yaml:6 instructors.arrivals.2.responsible", "key_missing"),
    ]


def test_ids_are_text_as_they_are_written(write: Write) -> None:
    ours = read_scenario(
        write("""\
name: 2027
grouping:
  must_link: [[007, 0x10]]
  pinned: {0123: [peer, 1e3]}
  forbidden: [[yes, host, 12_3]]
instructors: {by_responsible: {08: 2}}
""")
    )
    assert ours.name == "2027"
    assert ours.grouping.must_link == (("007", "0x10"),)
    assert ours.grouping.pinned == {"0123": ("peer", "1e3")}
    assert ours.grouping.forbidden == (("yes", "host", "12_3"),)
    assert ours.instructors.by_responsible == {"08": 2}


def test_a_byte_order_mark_and_windows_lines_are_fine(write: Write) -> None:
    path = write("\ufeffname: 甲\r\ntargets:\r\n  work: 0.9\r\n")
    assert (read_scenario(path).name, read_scenario(path).targets.work) == ("甲", 0.9)


def test_the_name_is_the_files_unless_it_gives_one(write: Write) -> None:
    assert read_scenario(write("targets: {work: 0.9}", "our_city.yaml")).name == "our_city"


def test_the_register_lies_beside_the_file_that_names_it(write: Write, tmp_path: Path) -> None:
    write("register: city.csv", "base.yaml")
    heir = read_scenario(write("base: ../base.yaml", "sub/heir.yaml"))
    assert heir.register_file == tmp_path / "sub" / ".." / "city.csv"
    assert read_scenario(write("base: ../base.yaml\nregister: my.csv", "sub/own.yaml")).register_file == (
        tmp_path / "sub" / "my.csv"
    )
    assert read_scenario(write("name: x")).register_file is None
    assert heir.replace("instructors.total", 3).register_file == heir.register_file


# -- inheritance --------------------------------------------------------


def test_maps_merge_and_laws_and_lists_are_replaced(write: Write) -> None:
    write(
        """\
name: base
title: {zh: 甲, en: A}
cases: {joint: {preparation: {pert: [1, 2, 3]}, success: 0.5, max_attempts: 2}}
committee: {weekdays: [Mon, Wed], by_responsible: {A: {agenda: 1}, B: {agenda: 2}}}
instructors: {total: 5, limits: {A: [1, 2]}}
sources: {targets: "assumed: x", costs: "assumed: y"}
""",
        "base.yaml",
    )
    ours = read_scenario(
        write("""\
base: base.yaml
cases: {joint: {preparation: {exponential: 2}, success: {uniform: [0.4, 0.6]}}}
committee: {weekdays: [Fri], by_responsible: {B: {every_weeks: 1}}}
instructors: {limits: null}
sources: {costs: "sourced: z"}
""")
    )
    joint = ours.cases.joint
    assert joint.preparation == Law("exponential", (2,))
    assert joint.success == Law("uniform", (0.4, 0.6))
    assert (joint.max_attempts, ours.instructors.total) == (2, 5)
    assert ours.committee.weekdays == ("Fri",)
    other = ours.committee.of("B")
    assert (ours.committee.of("A").agenda, other.agenda, other.every_weeks) == (1, 2, 1)
    assert ours.instructors.limits == {}
    assert ours.sources == {"targets": "assumed: x", "costs": "sourced: z"}
    assert (ours.name, ours.title) == ("s", None)


def test_a_number_takes_the_place_of_a_law_and_back(write: Write) -> None:
    write("cases: {joint: {success: {uniform: [0.4, 0.6]}, retry_delay: 3}}", "base.yaml")
    heir = "base: base.yaml\ncases: {joint: {success: 0.7, retry_delay: {pert: [1, 2, 3]}}}"
    joint = read_scenario(write(heir)).cases.joint
    assert (joint.success, joint.retry_delay) == (0.7, Law("pert", (1, 2, 3)))


def test_a_chain_of_bases(write: Write) -> None:
    write("instructors: {total: 1, caseload: 1}\ntargets: {work: 0.8}", "a.yaml")
    write("base: a.yaml\ninstructors: {total: 2}", "b.yaml")
    ours = read_scenario(write("base: b.yaml\ninstructors: {caseload: 3}", "c.yaml"))
    assert (ours.instructors.total, ours.instructors.caseload, ours.targets.work) == (2, 3, 0.8)
    assert ours.base == "b.yaml"


def test_a_fault_names_the_file_that_set_the_value(write: Write) -> None:
    write("targets:\n  work: 7\ninstructors: {total: -1}\ncommittee: {every_weeks: 0}", "base.yaml")
    committee = "committee:\n  every_weeks: 2\n"
    path = write(f"base: base.yaml\ninstructors: {{caseload: 0}}\n{committee}census: {{late: 9}}")
    assert faults(path) == [
        ("s.yaml:2 instructors.caseload", "at_least"),
        ("s.yaml:5 census.late", "between"),
        ("base.yaml:2 targets.work", "between"),
        ("base.yaml:3 instructors.total", "at_least"),
    ]


def test_dates_out_of_order_across_files(write: Write) -> None:
    write("calendar:\n  deadline: 2027-07-20", "base.yaml")
    assert faults(write("base: base.yaml\ncalendar:\n  start: 2027-07-22\n")) == [
        ("base.yaml:2 calendar.deadline", "date_too_early")
    ]


@pytest.mark.parametrize("names", [["a"], ["a", "b"], ["a", "b", "c"]])
def test_a_circle_is_one_clear_fault(write: Write, names: list[str]) -> None:
    for name, base in zip(names, names[1:] + names[:1], strict=True):
        write(f"name: x\nbase: {base}.yaml", f"{name}.yaml")
    path = write("base: ./a.yaml", "start.yaml")
    last = names[-1]
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)
    (fault,) = caught.value.faults
    assert (fault.place, fault.code) == (f"{last}.yaml:2 base", "base_circle")
    assert " → ".join(f"{name}.yaml" for name in [*names, "a"]) in str(caught.value)


def test_a_file_that_is_its_own_base_by_another_name(write: Write, tmp_path: Path) -> None:
    path = write("base: link.yaml")
    (tmp_path / "link.yaml").symlink_to(path)
    assert faults(path) == [("s.yaml:1 base", "base_circle")]


@pytest.mark.parametrize(
    ("base", "code"),
    [
        ("nowhere.yaml", "base_missing"),
        (".", "base_missing"),
        ("[a]", "base_form"),
        ("''", "base_form"),
    ],
)
def test_a_base_that_is_none(write: Write, base: str, code: str) -> None:
    assert faults(write(f"name: x\nbase: {base}")) == [("s.yaml:2 base", code)]


def test_a_base_that_cannot_be_read_says_which(write: Write) -> None:
    write("a: [", "base.yaml")
    with pytest.raises(ScenarioError) as caught:
        read_scenario(write("base: base.yaml"))
    assert caught.value.faults[0].place == "base.yaml:1"


# -- what is no scenario --------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "place", "code"),
    [
        ("", "s.yaml", "yaml_empty"),
        ("# only words\n", "s.yaml", "yaml_empty"),
        ("null", "s.yaml:1", "yaml_map"),
        ("- a\n- b", "s.yaml:1", "yaml_map"),
        ("\n\njust text", "s.yaml:3", "yaml_map"),
        ("a: 1\n\tb: 2", "s.yaml:2", "yaml_syntax"),
        ("a: 1\nb: [1, 2", "s.yaml:2", "yaml_syntax"),
        ("a: 1\nb: 2: 3", "s.yaml:2", "yaml_syntax"),
        ("a: 1\n---\nb: 2", "s.yaml:2", "yaml_syntax"),
        ("name: 甲\ntitle: 乙".encode("gbk"), "s.yaml:1", "yaml_encoding"),
        ("name: ok\n# fine\ntitle: 乙".encode("gbk"), "s.yaml:3", "yaml_encoding"),
        ("name: x\n".encode("utf-16"), "s.yaml:1", "yaml_encoding"),
        ("name: a\nbase: \x00", "s.yaml:2", "yaml_character"),
        ("[" * 5000, "s.yaml", "yaml_deep"),
    ],
    ids=lambda each: repr(each)[:30],
)
def test_what_is_no_scenario_at_all(write: Write, content: str | bytes, place: str, code: str) -> None:
    assert faults(write(content)) == [(place, code)]


@pytest.mark.parametrize(
    ("content", "place", "code"),
    [
        ("targets: {work: 1}\ntargets: {work: 0.5}", "s.yaml:2 targets", "key_twice"),
        ("targets:\n  work: 1\n  work: 2", "s.yaml:3 targets.work", "key_twice"),
        ("? [a, b]\n: 1", "s.yaml:1", "yaml_key"),
        ("targets: &a {work: 1}\ncosts: *a", "s.yaml:1 costs", "yaml_alias"),
        ("name: !!python/object/apply:os.system [ls]", "s.yaml:1 name", "yaml_tag"),
        ("targets: {work: !percent 60}", "s.yaml:1 targets.work", "yaml_tag"),
    ],
    ids=lambda each: repr(each)[:30],
)
def test_yaml_that_scenarios_do_not_use(write: Write, content: str, place: str, code: str) -> None:
    assert faults(write(content)) == [(place, code)]


def test_faults_of_reading_and_of_values_come_together(write: Write) -> None:
    found = faults(write("targets: {work: 2, work: 1}\ncensus: {late: !x 3}\ncosts: {instructor_month: -1}"))
    assert sorted(code for _, code in found) == ["at_least", "between", "key_twice", "yaml_tag"]


def test_a_thousand_aliases_of_aliases_are_not_unfolded(write: Write) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    assert ("s.yaml:1 a1.0", "yaml_alias") in faults(write("\n".join(lines)))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_scenario(tmp_path / "no.yaml")
    (fault,) = caught.value.faults
    assert (fault.code, fault.place) == ("file_missing", str(tmp_path / "no.yaml"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_scenario(tmp_path)
    assert [fault.code for fault in caught.value.faults] == ["file_unreadable"]
    assert "directory" in str(caught.value)


def test_replace_after_reading_names_lines_only_of_what_the_file_holds(write: Write) -> None:
    ours = read_scenario(write("calendar:\n  deadline: 2027-08-30\ninstructors: {total: 5}"))
    with pytest.raises(ScenarioError) as caught:
        ours.replace({"instructors.total": -1, "calendar.start": "2027-09-09"})
    assert {fault.place for fault in caught.value.faults} == {"instructors.total", "calendar.start"}
