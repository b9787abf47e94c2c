"""What the census may find: many outcomes against grouping each from the beginning, and one member more everywhere."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from time import process_time

import pandas as pd

import workbench as wb
from benchmarks.measuring import in_child, table
from workbench.planning.census.found import chances_of, changed_register, drawn_change

TITLE = "The census"
LONG = True
PACKAGES = ()
#: Census outcomes, replications of each, and outcomes that the peer does: it takes as long for each.
OUTCOMES, REPLICATIONS, ASKED = 100, 200, 10
#: Organizations and streets of cities (0: the demo city), and organizations that the peer is asked for.
CITIES = ((0, 0, 5), (10_000, 100, 1))


def demo() -> tuple[pd.DataFrame, wb.Scenario, wb.Grouping]:
    """The demo city, the shipped scenario that says what a census may find, and who joins whom."""
    register, scenario = wb.read_register("data/demo_city.csv"), wb.read_scenario("scenarios/census.yaml")
    return register, scenario, wb.group(register, scenario)


def many_outcomes() -> float:
    """CPU seconds of `simulate_census`."""
    given = demo()
    wb.simulate_census(*given, outcomes=2, replications=2)
    begun = process_time()
    wb.simulate_census(*given, outcomes=OUTCOMES, replications=REPLICATIONS)
    return process_time() - begun


def one_by_one() -> float:
    """A peer: each outcome's register grouped from the beginning by `group`, then `simulate` and `ceiling`; CPU seconds
    for as many outcomes."""
    register, scenario, _ = demo()
    chances = chances_of(register, scenario)
    begun = process_time()
    for outcome in range(ASKED):
        turned_out = changed_register(register, chances.rows, drawn_change(chances, outcome, 0))
        grouping = wb.group(turned_out, scenario)
        wb.ceiling(turned_out, scenario, grouping)
        wb.simulate(turned_out, scenario, grouping, replications=REPLICATIONS, keep="city", workers=1)
    return (process_time() - begun) * OUTCOMES / ASKED


def values(organizations: int, streets: int, peers: int) -> tuple[float, float, float, int]:
    """CPU seconds of `census_value`, of a peer for as many organizations, the share proven, and how many there are.

    The peer adds the member and groups the city anew.
    """
    if organizations:
        register, scenario = wb.make_city(organizations, streets, seed=1), wb.Scenario()
        grouping = wb.group(register, scenario)
    else:
        register, scenario, grouping = demo()
    begun = process_time()
    found = wb.census_value(register, scenario, grouping)
    own = process_time() - begun
    asked = found[~register["has_branch"].loc[found.index] & (found["members"] < 2)]
    begun = process_time()
    for org_id in asked.index[:: max(len(asked) // peers, 1)][:peers]:
        grown = register.copy()
        grown.loc[org_id, ["full_members", "members_floating"]] += 1
        wb.ceiling(grown, scenario, wb.group(grown, scenario))
    peer = (process_time() - begun) / peers * len(asked)
    return own, peer, float(found["proven"].mean()), len(register)


def measure() -> Iterator[str]:
    """Blocks of Markdown."""
    warnings.simplefilter("ignore")
    own, peer = in_child(many_outcomes), in_child(one_by_one)
    yield f"The demo city, {OUTCOMES} census outcomes of {REPLICATIONS} replications (scenarios/census.yaml):"
    rows = [
        {"how": "simulate_census", "CPU s": own.result, "s (with start-up)": own.clock, "MiB": own.peak_mib},
        {"how": f"one by one, from {ASKED}", "CPU s": peer.result, "s (with start-up)": None, "MiB": peer.peak_mib},
    ]
    yield table(pd.DataFrame(rows), index=False)
    ratio = peer.result / own.result
    yield f"*One by one*: `group`, `ceiling` and `simulate` anew for each outcome; {ratio:.1f} times as long."
    yield (
        "One member more at each organization (`census_value`), against grouping the city anew for each, "
        f"reckoned from {' and '.join(str(peers) for *_, peers in CITIES)} of them:"
    )
    shown = []
    for city in CITIES:
        child = in_child(values, *city)
        seconds, anew, proven, size = child.result
        shown.append(
            {"organizations": size, "census_value, CPU s": seconds, "anew, CPU s": anew, "anew / own": anew / seconds,
             "proven": f"{proven:.1%}", "MiB": child.peak_mib}
        )  # fmt: skip
    yield table(pd.DataFrame(shown), index=False)
