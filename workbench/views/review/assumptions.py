"""What was assumed wrongly: sentences and a table of what was observed against what the scenario assumes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from workbench.labels import text
from workbench.numbers import NOTHING, decimal, percent
from workbench.planning.forecast import FEWEST_EFFECTIVE
from workbench.views.formats import Column, TableBlock

if TYPE_CHECKING:
    from workbench.jobs import Review

#: A p-value after Holm below this: what was observed left what was assumed.
FAILS: Final = 0.05
#: Assumptions that a page names; the annex has all.
ASSUMPTIONS_NAMED: Final = 3


def assumption_sentences(review: Review) -> list[str]:
    """Which assumptions fail, and what the forecast learnt, in sentences."""
    table = review.assumptions
    seen = table[table["observed"] > 0]
    if seen.empty:
        lines = [text("assumptions.nothing")]
    else:
        fails = seen[seen["p_holm"] < FAILS].sort_values("p_holm", kind="stable")
        lines = [text("assumptions.hold", count=len(seen))] if fails.empty else [
            text("assumptions.fail", count=len(fails), tested=len(seen))
        ]  # fmt: skip
        lines += [_failing(row) for row in fails.head(ASSUMPTIONS_NAMED).to_dict("records")]
        if len(fails) > ASSUMPTIONS_NAMED:
            lines.append(text("assumptions.more", count=len(fails) - ASSUMPTIONS_NAMED))
    return lines + _learnt(review)


def _failing(row: dict[object, object]) -> str:
    values = {name: _amount(str(row["assumption"]), row[name]) for name in ("assumed", "seen")}
    running = row["seen"] != row["seen"]
    key = "assumptions.one" if row["fits"] else "assumptions.one_running" if running else "assumptions.one_bare"
    return text(key, name=_name(row), observed=row["observed"], fits=row["fits"], **values)


def _name(row: dict[object, object]) -> str:
    said = text(f"assumption.{row['assumption']}")
    return text("assumption.of_kind", kind=text(f"kind.{row['kind']}"), name=said) if row["kind"] else said


def _amount(assumption: str, value: object) -> str:
    """A rate of success is a share; everything else lasts so many working days."""
    number = float(str(value))
    if number != number:
        return NOTHING
    return str(percent(number)) if assumption == "success" else text("assumption.days", days=decimal(number))


def _learnt(review: Review) -> list[str]:
    posterior = review.forecast.posterior
    if posterior is None:
        return [text("assumptions.not_learnt")]
    if float(posterior["effective"].min()) < FEWEST_EFFECTIVE:
        return [text("assumptions.outside")]
    means = {name: (decimal(row["prior_mean"], 2), decimal(row["mean"], 2)) for name, row in posterior.iterrows()}
    said = [text(f"factor.{name}", prior=prior, now=now) for name, (prior, now) in means.items() if prior != now]
    if not said:
        return [text("assumptions.learnt_nothing")]
    return [text("assumptions.learnt", factors=text("assumptions.and").join(said))]


def assumptions_table(review: Review) -> TableBlock | None:
    """Every assumption, with what was observed; None where nothing has been."""
    table = review.assumptions[review.assumptions["observed"] > 0]
    if table.empty:
        return None
    rows = pd.DataFrame({
        "name": [_name(row) for row in table.to_dict("records")],
        "observed": table["observed"].to_numpy(),
        "assumed": [_amount(*pair) for pair in zip(table["assumption"], table["assumed"], strict=True)],
        "seen": [_amount(*pair) for pair in zip(table["assumption"], table["seen"], strict=True)],
        "verdict": [text(f"verdict.{_verdict(p)}") for p in table["p_holm"]],
        "fits": [fits if p < FAILS else "" for fits, p in zip(table["fits"], table["p_holm"], strict=True)],
    })  # fmt: skip
    columns: list[Column] = [
        ("name", text("review.column.assumption"), "wide"), ("observed", text("review.column.observed"), "whole"),
        ("assumed", text("review.column.assumed"), "number"), ("seen", text("review.column.seen"), "number"),
        ("verdict", text("review.column.verdict"), "text"), ("fits", text("review.column.fits"), "text"),
    ]  # fmt: skip
    return TableBlock(rows, columns, text("review.table.assumptions"), None, text("review.note.assumptions"))


def _verdict(p: float) -> str:
    return "untested" if p != p else "fails" if p < FAILS else "holds"
