"""The report is one file that asks for nothing, says everything, and trusts no text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from workbench.inputs.scenario.names import parameter_name
from workbench.labels import in_language, text
from workbench.numbers import percent
from workbench.views.formats.html import escape, join, tag
from workbench.views.report import findings
from workbench.views.report.parameters import MARKS, parameter_paths, parameters
from workbench.views.report.report import DOCUMENT_ROWS, report_html

PNG = bytes.fromhex("89504e470d0a1a0a")
PICTURES = dict.fromkeys(("tiers", "fan", "gap", "measures", "responsible_units", "map", "instructors", "curve"), PNG)


class Reader(HTMLParser):
    """Collects tags with their attributes, the text, and whether every tag is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.crossed.append(tag)

    def handle_data(self, data):
        self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def page(small_plan, either_language) -> str:
    return report_html(small_plan, PICTURES)


def test_every_tag_is_closed(page):
    reader = Reader(page)
    assert reader.open == []
    assert reader.crossed == []


def test_it_speaks_the_language_chosen(page, either_language):
    assert Reader(page).of("html") == [{"lang": {"zh": "zh-CN", "en": "en"}[either_language]}]
    assert ("结论" in page or "上限" in page) == (either_language == "zh")


def test_nothing_is_fetched_and_nothing_runs(page):
    """Offline for good: no address in any attribute or style, no script, and a policy that says so."""
    reader = Reader(page)
    names = {name for name, _ in reader.tags}
    assert not names & {"script", "link", "iframe", "object", "embed", "form", "base", "video", "audio", "a"}
    metas = reader.of("meta")
    policies = [meta["content"] for meta in metas if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]
    for _, attributes in reader.tags:
        for name, value in attributes.items():
            assert not name.startswith("on")
            if name in ("src", "href", "action", "srcset"):
                assert value.startswith("data:image/png;base64,")
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert "url(" not in style
    assert "@import" not in style


def test_text_of_register_and_scenario_stays_text(page):
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "a &amp; b &lt; c" in page
    assert "<i>two</i>" not in page
    assert "<b>Small</b>" not in page
    assert "<b>小城</b>" not in page


ANNEXES = ["ceiling", "census", "course", "obstacles", "measures", "dates", "responsible_units", "instructors"]
ANNEXES += ["grouping", "assumptions", "method"]


def test_the_brief_comes_first_then_every_annex_with_its_picture(page):
    reader = Reader(page)
    assert len(reader.of("h1")) == 1
    assert [heading["id"] for heading in reader.of("h2") if "id" in heading] == ["answer", "decide", "units", *ANNEXES]
    # Two pages, and the annexes on a third.
    assert [section["class"] for section in reader.of("section")] == ["page"] * 3
    # The course stands on page two and in its annex.
    assert len(reader.of("img")) == len(PICTURES) + 1
    assert all(image["alt"] for image in reader.of("img"))


def test_no_seed_checksum_or_method_before_the_annexes(page, small_plan):
    first, second, _ = page.split('<section class="page">')[1:]
    for pages in (first, second):
        for word in ("seed", "种子", "Wilson", "威尔逊", "PERT", small_plan.scenario.fingerprint):
            assert word not in pages


def test_it_says_the_key_figures_and_where_they_come_from(page, small_plan, either_language):
    for words in (
        percent(small_plan.gap.ceiling),
        percent(small_plan.gap.expected),
        escape(findings.answer(small_plan)),
        small_plan.scenario.fingerprint,
        small_plan.outcome.provenance["register_fingerprint"],
    ):
        assert words in page


def test_marks_tell_what_is_sourced_derived_and_assumed(page):
    for mark in ("sourced", "derived", "assumed"):
        assert f">{text(f'mark.{mark}')}<" in page
        assert escape(text(f"mark.{mark}.means")) in page


def test_the_same_plan_gives_the_same_page(small_plan):
    with in_language("zh"):
        assert report_html(small_plan, PICTURES) == report_html(small_plan, PICTURES)


def test_a_long_table_is_cut_and_says_so(small_plan, monkeypatch):
    monkeypatch.setattr("workbench.views.report.report.DOCUMENT_ROWS", 3)
    with in_language("en"):
        page = report_html(small_plan, {})
    assert "The first 3 of 6 rows; the workbook has all." in page
    assert DOCUMENT_ROWS > 24, "a city's streets fit"


# --- Pieces ---------------------------------------------------------------------------------------------------


def test_markup_is_escaped_once():
    assert escape("a<b") == "a&lt;b"
    assert escape(escape("a<b")) == "a&lt;b"
    assert tag("p", join(["<", tag("b", "&")])) == "<p>&lt;\n<b>&amp;</b></p>"


# --- Parameters -----------------------------------------------------------------------------------------------


def leaves(part, path=()):
    """The path of every value of a scenario, down to laws and lists."""
    from pydantic import BaseModel

    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, BaseModel):
            yield from leaves(value, (*path, name))
        else:
            yield ".".join((*path, name))


def test_every_parameter_of_a_scenario_is_listed(small_scenario):
    # The measures have an annex of their own; what a census finds has its own function.
    told_elsewhere = {"name", "title", "title.zh", "title.en", "base", "register_path", "sources", "measures"}
    told_elsewhere |= {"census.discovery"}
    assert set(leaves(small_scenario)) - told_elsewhere == set(parameter_paths())


def test_a_source_covers_what_lies_below_it(small_scenario):
    table = parameters(small_scenario)
    assert table.loc["targets.work", "mark"] == "sourced"
    assert table.loc["cases.joint.success", ["mark", "source"]].to_list() == ["assumed", "nobody has measured it"]
    assert table.loc["instructors.total", "mark"] == "unmarked"
    assert set(table["mark"]) <= set(MARKS)


def test_values_are_in_words(small_scenario, either_language):
    table = parameters(
        small_scenario.replace({"committee.agenda": None, "committee.by_responsible": {"东山镇": {"every_weeks": 1}}})
    )["value"]
    zh = either_language == "zh"
    assert table["targets.organization"] == "60%"
    assert table["committee.agenda"] == ("不限" if zh else "no limit")
    assert table["committee.by_responsible"] == "东山镇: 1"
    assert table["cases.standalone.preparation"] == "PERT 2, 5, 12"
    assert table["calendar.weekmask"].startswith("周一、周二" if zh else "Monday, Tuesday")
    assert table["committee.stagger"] == ("是" if zh else "yes")


def test_drawn_parameters_have_names(small_scenario):
    drawn = small_scenario.replace("census.late", {"uniform": [0, 0.1]}).drawn_parameters
    assert all(parameter_name(path) for path in drawn)
