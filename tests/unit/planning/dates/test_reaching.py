"""By when the target would be reached, beyond the deadline."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cities import organization, register, scenario
from workbench.labels import in_language
from workbench.numbers import date_words
from workbench.planning import date_reaching
from workbench.simulation import simulate


def test_by_hand():
    """Four cases of five days, one slot from 2 August (day 12) on, filed and formed at once: days 17, 22, 27, 32."""
    orgs = register(*(organization(f"o{n}") for n in range(8)))
    rules = scenario(
        instructors__total=1, instructors__caseload=1, cases__standalone__preparation=5,
        cases__standalone__approval="none", cases__standalone__election=None, targets__organization=0.5,
    )  # fmt: skip
    near = date_reaching(orgs, rules, replications=3)
    assert near.on == date(2027, 8, 30)
    assert near.looked_until == date(2027, 8, 31)
    assert near.probability.value == 1.0
    # All eight need four times five days more: by day 52, which lies beyond the deadline.
    far = date_reaching(orgs, rules.replace("targets.organization", 1.0), replications=3)
    further = rules.replace({"calendar.horizon": "2027-12-31", "targets.organization": 1.0})
    whole = simulate(orgs, further, replications=3)
    assert far.on == whole.date_reaching(0.9) == whole.calendar.date_of(52)
    assert far.on > date(2027, 8, 31)
    never = date_reaching(orgs, rules.replace("targets.organization", 1.0), replications=3, until=date(2027, 9, 10))
    assert (never.on, never.looked_until, never.probability.value) == (None, date(2027, 9, 10), 0.0)


def test_below_the_ceiling_it_does_not_look_further():
    orgs = register(organization("a"), organization("b", 0))
    found = date_reaching(orgs, scenario(targets__organization=0.6), replications=3)
    assert (found.on, found.looked_until) == (None, date(2027, 8, 31))
    # Of work there is no such ceiling.
    work = date_reaching(orgs, scenario(instructors__total=1, instructors__caseload=2), target="work", replications=3)
    assert work.on is not None


def test_it_says_so():
    orgs = register(organization("a"))
    found = date_reaching(orgs, scenario(targets__organization=1.0), replications=3, confidence=0.5)
    with in_language("en"):
        assert found.summary().startswith(
            f"By {date_words(found.on, year=True)} the target is reached with a confidence of 50%"
        )
    with in_language("zh"):
        assert f"到 {date_words(found.on, year=True)}" in found.summary()
        assert "到不了 90%" in date_reaching(register(organization("z", 0)), scenario(), replications=2).summary()


def test_what_cannot_be_asked():
    orgs = register(organization("a"))
    with pytest.raises(ValueError, match=r"confidence = 1\.5"):
        date_reaching(orgs, scenario(), confidence=1.5)
    with pytest.raises(ValueError, match="until = 2027-08-01"):
        date_reaching(orgs, scenario(), until=date(2027, 8, 1))
