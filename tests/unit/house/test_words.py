"""Every label is there in both languages, says the same, and is used."""

from __future__ import annotations

import ast
import re
import string

from tests.unit.house.plan import MODULES, PACKAGE, tree
from workbench.labels import table, text


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_label_is_there_in_both_languages():
    unsaid = [key for key, words in table().items() if not all(word.strip() for word in words)]
    assert not unsaid


def test_both_languages_fill_in_the_same_values():
    uneven = {
        key: (chinese, english) for key, (chinese, english) in table().items() if blanks(chinese) != blanks(english)
    }
    assert not uneven
    assert not [key for key, words in table().items() if "" in blanks(words[0])], "blanks have names"


def nouns() -> dict[str, str]:
    """One -> many, of the nouns that some English text counts: ``{total:instructor|instructors}``."""
    specs = [spec for _, english in table().values() for _, _, spec, _ in string.Formatter().parse(english)]
    pairs = [[form.split()[0] for form in spec.split("|")] for spec in specs if "|" in (spec or "")]
    return {one: many for one, many in pairs if many == one + "s"}


def test_one_is_not_spoken_of_as_many():
    """In no English text stands "1 organizations", or "2 organization", whatever is filled in."""
    # These have decimals.
    fixed = dict.fromkeys(("expected", "mean", "election", "waiting", "queue"), "1.0")
    for count, between, wrong in (("1", r"(?:\w+ )?", nouns().values()), ("2", "", nouns().keys())):
        pattern = re.compile(rf"(?<!\S){count} {between}({'|'.join(sorted(wrong))})\b")
        spoken = {key: text(key, **dict.fromkeys(blanks(table()[key][1]), count) | fixed) for key in table()}
        assert not {key: words for key, words in spoken.items() if pattern.search(words)}
    assert not [key for key, (chinese, _) in table().items() if "|" in "".join(re.findall(r"{.*?}", chinese))]


def test_every_fault_says_its_rule_and_its_repair():
    ends: dict[str, set[str]] = {}
    for key in table():
        found = re.fullmatch(r"fault\.(.+)\.(rule|repair)", key)
        if found:
            ends.setdefault(found[1], set()).add(found[2])
            assert not [word for word in table()[key] if word.endswith((".", "。"))], f"{key}: no full stop"
    assert not {code for code, both in ends.items() if both != {"rule", "repair"}}


def spoken() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every text in the package outside the labels, and the pattern of every text that is put together there.

    ``f"fault.{code}.rule"`` is the pattern ``fault\\.(.+)\\.rule``, ``"kind." + kind`` is ``kind\\.(.+)``.
    """
    texts: set[str] = set()
    patterns: set[str] = set()
    for path in MODULES:
        if path.parent == PACKAGE / "labels" and path.name != "__init__.py":
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
                if re.fullmatch(r"[a-z_]+(\.[a-z_]+)*\.", node.value):
                    patterns.add(re.escape(node.value) + "(.+)")
            elif isinstance(node, ast.JoinedStr):
                pattern = "".join(
                    re.escape(part.value) if isinstance(part, ast.Constant) else "(.+)" for part in node.values
                )
                literals = [part.value for part in node.values if isinstance(part, ast.Constant)]
                if literals and all(re.fullmatch(r"[a-z_.]+", literal) for literal in literals):
                    patterns.add(pattern)
    return texts, [re.compile(pattern) for pattern in sorted(patterns)]


def test_no_label_is_left_over():
    """A label is used if its key stands in the code, or is put together from parts that stand there."""
    texts, patterns = spoken()

    def used(words: str, depth: int = 3) -> bool:
        if words in texts:
            return True
        found = (pattern.fullmatch(words) for pattern in patterns)
        return depth > 0 and any(match and all(used(part, depth - 1) for part in match.groups()) for match in found)

    assert not [key for key in table() if not used(key)]
