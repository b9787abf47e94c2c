"""Every word a person sees, once, in Chinese and English.

The table is split by subject, one module each; a key is looked up in all of them. `text` fills a sentence in
the language in use. The language is a context variable: two panels, or two threads, may speak different ones.
"""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from string import Formatter
from typing import Any, Literal, Protocol, get_args, runtime_checkable

# Loaded before `glossary` is defined: a module that is loaded later would take the function's place in the package.
from workbench.labels.glossary import TERMS

Language = Literal["zh", "en"]
Words = dict[str, tuple[str, str]]

#: The modules that hold the table; each has `WORDS`: key -> (Chinese, English).
SUBJECTS = (
    "terms",
    "numbers",
    "faults",
    "arguments",
    "scenario_faults",
    "register_faults",
    "ledger",
    "grouping",
    "simulation",
    "planning",
    "measures",
    "census",
    "assignment",
    "comparison",
    "review",
    "campaign",
    "sensitivity",
    "figures",
    "report",
    "brief",
    "screen",
    "machine",
    "serving",
    "panels",
    "panel_ledger",
    "panel_deciding",
    "panel_review",
    "tour",
    "glossary",
)


@runtime_checkable
class Number(Protocol):
    """A number that is written with a view to the others in its sentence (`workbench.numbers`)."""

    def beside(self, others: Iterable[object]) -> object:
        """The number as it is written beside the others."""


class Spoken(str):
    """Words in place of a number: in Chinese a colon parts them from the words before, as a blank does a number."""

    __slots__ = ()


_language: ContextVar[Language] = ContextVar("language", default="en")


def use_language(language: Language) -> None:
    """Choose the language of every label from here on.

    Parameters
    ----------
    language
        ``"zh"`` or ``"en"``.

    Raises
    ------
    ValueError
        any other.
    """
    if language not in get_args(Language):
        given = repr(language) if isinstance(language, str) else type(language).__name__
        raise ValueError(text("error.language", given=given))
    _language.set(language)


def system_language() -> Language:
    """The language that the system speaks, by its environment: Chinese, or else English.

    >>> system_language() in ("zh", "en")
    True
    """
    # The first that is set decides, as POSIX has it; Windows has none of them and is asked itself.
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    if said is None:
        with suppress(ValueError):
            said = locale.getlocale()[0]
    return "zh" if (said or "").lower().startswith(("zh", "chinese")) else "en"


def language() -> Language:
    """The language in use."""
    return _language.get()


@contextmanager
def in_language(language: Language) -> Iterator[None]:
    """Speak `language` within a ``with`` block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def table() -> Words:
    """The whole table, key -> (Chinese, English)."""
    words: Words = {}
    for subject in SUBJECTS:
        part: Words = import_module(f"workbench.labels.{subject}").WORDS
        twice = words.keys() & part.keys()
        if twice:
            raise KeyError(f"label keys stand twice: {sorted(twice)}")
        words |= part
    return words


class _Words(Formatter):
    """Fills blanks; ``{total:instructor|instructors}`` is the one word or the other, as there is one or not, and
    ``{state:@state}`` the label of what is given (``state.filed``), so that what is kept is in no language."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec.startswith("@"):
            key = f"{format_spec[1:]}.{value}"
            return text(key) if key in table() else str(value)
        if "|" in format_spec:
            one, other = format_spec.split("|")
            return one if str(value) in ("1", "+1") else other
        return str(super().format_field(value, format_spec))


_WORDS = _Words()


def text(key: str, /, **values: object) -> str:
    """The words for `key` in the language in use, with `values` filled in.

    >>> text("term.branch")
    'Party organization'
    >>> text("figure.frontier.instructors", total=1), text("figure.frontier.instructors", total="1,200")
    ('1 instructor', '1,200 instructors')
    """
    chinese, english = table()[key]
    template = chinese if language() == "zh" else english
    # Braces that are meant as such stand doubled, in words without a blank, too.
    if not values and "{{" not in template:
        return template
    # What the sentence does not say needs no decimals beside it.
    said = {name: value for name, value in values.items() if name in _blanks(template)}
    for name, value in said.items():
        if isinstance(value, Spoken):
            template = re.sub(rf"(?<=[\u4e00-\u9fff]) (?={{{name}}})", "：", template)
    return _WORDS.vformat(template, (), values | side_by_side(said))


@cache
def _blanks(template: str) -> frozenset[str]:
    """The names of a sentence's blanks."""
    return frozenset(name for _, name, _, _ in _WORDS.parse(template) if name)


def source_words(source: str) -> str:
    """Where a shipped scenario's value comes from, in the language in use; other words stand as they are.

    >>> source_words("as standalone"), source_words("our own survey")
    ('as standalone', 'our own survey')
    """
    from workbench.labels.sources import CHINESE

    return CHINESE.get(source, source) if language() == "zh" else source


def glossary() -> list[tuple[str, str]]:
    """The terms on pages and in reports, and what each means, in the language in use.

    >>> glossary()[0][0]
    'ceiling'
    """
    return [(text(f"glossary.{name}.term"), text(f"glossary.{name}.meaning")) for name in TERMS]


def side_by_side(values: dict[str, object]) -> dict[str, object]:
    """The values of one sentence; each `Number` among them as it is written beside the others."""
    together = list(values.values())
    return {name: each.beside(together) if isinstance(each, Number) else each for name, each in values.items()}
