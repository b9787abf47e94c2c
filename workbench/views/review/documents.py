"""The weekly notice (one page), the review report (two pages and annexes), and the final summary in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workbench.labels import text
from workbench.numbers import date_words, odds, percent, span, target_percent, thousands
from workbench.shown import with_prediction
from workbench.targets import least_count
from workbench.views.formats import Block, Cards, Heading, NewPage, PictureBlock, Sentence, TableBlock, joined
from workbench.views.review import sentences, tables
from workbench.views.review.assumptions import assumption_sentences, assumptions_table

if TYPE_CHECKING:
    from workbench.jobs import Review

Pictures = Mapping[str, bytes]
#: Measures and findings that a page has room for.
MEASURES, FINDINGS = 3, 2


def title_of(review: Review) -> str:
    """The report's title: a review, or the final summary."""
    return text("review.title_final" if review.final else "review.title", title=review.scenario.label)


def notice(review: Review) -> Iterator[Block]:
    """The weekly notice: how far, where it will end, unit by unit, what must be done."""
    yield Heading(text("notice.title", date=date_words(review.as_of)))
    yield Sentence(_facts(review), "lead")
    yield Heading(text("notice.one"), 2)
    yield Sentence(joined([sentences.progress(review), sentences.instructed(review)]))
    yield Sentence(sentences.outlook(review), f"answer {sentences.verdict(review)}")
    yield Heading(text("notice.two"), 2)
    yield Sentence(joined(sentences.behind(review)))
    yield tables.progress_table(review)
    if asked := [*sentences.filing(review), *sentences.helping(review)]:
        yield Heading(text("notice.three"), 2)
        yield Sentence(joined(asked))


def report(review: Review, pictures: Pictures) -> Iterator[Block]:
    """The review report, or the final summary: two pages, then the annexes."""
    yield from _page_one(review)
    yield NewPage()
    if review.final:
        yield from _final_page(review, pictures)
    else:
        yield Heading(text("review.units"), 2)
        yield tables.outlook_table(review)
        yield from _picture(pictures, "fan", 0.6)
    yield from _annexes(review, pictures)


def _facts(review: Review) -> str:
    facts = text(
        "notice.facts", title=review.scenario.label, date=date_words(review.as_of, year=True),
        span=span(review.scenario.calendar.start, review.forecast.deadline),
    )  # fmt: skip
    return with_prediction(facts, review.predicted_from)


def _page_one(review: Review) -> Iterator[Block]:
    yield Heading(title_of(review))
    yield Sentence(_facts(review), "lead")
    yield Heading(text("review.one_final" if review.over else "review.one"), 2)
    yield Sentence(sentences.outlook(review), f"answer {sentences.verdict(review)}")
    yield Cards(cards(review))
    yield Sentence(joined([sentences.progress(review), sentences.instructed(review)]))
    yield Sentence(sentences.against_plan(review))
    for line in sentences.behind(review):
        yield Sentence(line)
    if review.findings:
        yield Sentence(text("review.findings", count=len(review.findings)), "warning")
        for line in sentences.findings(review)[:FINDINGS]:
            yield Sentence(line, "warning")
    yield Heading(text("review.two"), 2)
    for line in assumption_sentences(review):
        yield Sentence(line)
    if review.over:
        return
    yield Heading(text("review.three"), 2)
    for line in sentences.advice(review):
        yield Sentence(line)
    if review.measures["helps"].any():
        yield tables.measures_table(review, MEASURES)
    if lines := sentences.filing(review):
        yield Heading(text("review.four"), 2)
        yield Sentence(joined(lines))


def cards(review: Review) -> list[tuple[str, str, str]]:
    """Four numbers: where it is, where it will end and how sure (once it is over: against target and ceiling), and how
    many tasks are done."""
    city = review.score.city
    now = (
        text("card.now"), percent(float(city["coverage"])),
        text("card.now_note", branches=thousands(city["branches"]), total=thousands(city["organizations"])),
    )  # fmt: skip
    tasks = (
        text("card.tasks"), thousands(float(city["formed"])),
        text("card.tasks_note", tasks=thousands(float(city["tasks"])), new=thousands(float(city["this_week"]))),
    )  # fmt: skip
    return [now, *(_came_of_it(review) if review.over else _to_come(review)), tasks]


def _came_of_it(review: Review) -> list[tuple[str, str, str]]:
    """What was to be reached, and what could be."""
    city, target = review.score.city, review.scenario.targets.organization
    missing = max(least_count(target, int(city["organizations"])) - int(city["branches"]), 0)
    said = text("card.target_missed", missing=thousands(missing)) if missing else text("card.target_reached")
    return [
        (text("card.target"), target_percent(target), said),
        (text("card.ceiling"), percent(float(city["ceiling"])), text("card.ceiling_note")),
    ]


def _to_come(review: Review) -> list[tuple[str, str, str]]:
    """Where it will end, and how sure the target is."""
    found, target = review.forecast, review.scenario.targets.organization
    low, high = found.quantiles((0.05, 0.95)).iloc[found.calendar.deadline_day]
    chance = found.probability()
    expected = (
        text("card.expected"), percent(found.expected()),
        text("card.expected_note", low=percent(float(low)), high=percent(float(high))),
    )  # fmt: skip
    if review.reached:
        return [expected, (text("card.target"), target_percent(target), text("card.target_reached"))]
    sure = (
        text("card.chance", target=target_percent(target)),
        percent(chance.value) if chance.value else "0", odds(chance.value, found.replications)
        if not chance.value else text("card.chance_note", low=percent(chance.low), high=percent(chance.high)),
    )  # fmt: skip
    return [expected, sure]


def _final_page(review: Review, pictures: Pictures) -> Iterator[Block]:
    """What the plan foresaw and what happened, unit by unit, and who may be commended."""
    # After two sections, or after four where there is still something to be done.
    first, second = ("numeral.3", "numeral.4") if review.over else ("numeral.5", "numeral.6")
    yield Heading(text("review.happened", number=text(first)), 2)
    yield tables.happened_table(review)
    yield Heading(text("review.candidates", number=text(second)), 2)
    found = review.score.candidates
    if found.empty:
        yield Sentence(text("candidates.none"))
    else:
        yield Sentence(sentences.candidates(found))
        yield tables.candidates_table(review)


def _annexes(review: Review, pictures: Pictures) -> Iterator[Block]:
    yield NewPage()
    number = 0
    for name in ("course", "ranks", "states", "filing", "instructors", "measures", "assumptions", "findings"):
        blocks = list(_annex(name, review, pictures))
        if blocks:
            number += 1
            yield Heading(text("report.annex", number=number, title=text(f"review.annex.{name}")), 2, name)
            yield from blocks


def _annex(name: str, review: Review, pictures: Pictures) -> Iterator[Block]:
    match name:
        case "course":
            if review.final:
                yield from _picture(pictures, "fan", 0.8)
        case "ranks":
            yield tables.ranks_table(review)
            yield from _picture(pictures, "scoreboard", 0.8)
        case "states":
            yield tables.states_table(review)
            yield from _picture(pictures, "states", 0.8)
        case "filing":
            if len(review.filing):
                yield tables.filing_table(review)
        case "instructors":
            for line in sentences.moving(review):
                yield Sentence(line)
            if (moves := tables.moves_table(review)) is not None:
                yield moves
        case "measures":
            if len(review.measures):
                yield tables.measures_table(review)
            if (together := tables.packages_table(review)) is not None:
                yield together
        case "assumptions":
            yield from (each for each in [assumptions_table(review)] if each is not None)
        case "findings":
            if review.findings:
                yield tables.findings_table(review)


def _picture(pictures: Pictures, name: str, wide: float) -> Iterator[Block]:
    if name in pictures:
        yield PictureBlock(pictures[name], text(f"review.alt_{name}"), wide)


__all__ = ["TableBlock", "cards", "notice", "report", "title_of"]
