"""Cuts that trees of pieces make, against all groups and all answers there are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.oracle.grouping_instances import quick_city, rules
from tests.oracle.test_branching import INSTANCES, _core
from workbench.grouping.models import (
    branching,
    choose_groups,
    columns_of,
    joined_columns,
    list_columns,
    pairings_within,
    pieces,
)
from workbench.grouping.models.basis import Basis
from workbench.grouping.models.columns import chosen_columns, without_duplicates
from workbench.grouping.models.cuts import shortfall, worth_adding
from workbench.grouping.models.disjunctions import NO_CUTS, Cuts, Disjunction
from workbench.grouping.models.set_partitioning import Duals, SetPartitioning, slacks_of
from workbench.grouping.problem import Core, build_problem, core_of, reduce_core
from workbench.grouping.search.by_hand import by_hand

#: Towns of more groups are not asked what all answers are paid.
MANY = 700


def _every(core):
    """All groups of a town, whoever of some alike leads, and an answer of a hand; None where it covers nobody."""
    start = by_hand(core, np.arange(len(core.item), dtype=float), "nearest", core.leads, core.lead < 0)
    every = list_columns(replace(core, alike=np.arange(core.items)), np.zeros(core.items), np.inf, 10**6)
    return every, start if core.allows(start) and core.total(start)[0] > 0 else None


def _scarce(rng: np.random.Generator) -> Core:
    """Streets where to lead is dear, so that several groups want the few hosts and communities that have room."""
    hosts, names = int(rng.integers(2, 5)), [f"u{k:02d}" for k in range(int(rng.integers(11, 15)))]
    rows = [
        {
            "x": float(rng.integers(12)) / 4, "y": float(rng.integers(12)) / 4, "industry": f"i{rng.integers(4)}",
            "supervisor": f"s{rng.integers(3)}", "community": f"c{rng.integers(3)}", "full_members": 1,
            "has_branch": False, "host_capacity": 0, "street": "甲街道",
        }
        for _ in names
    ]  # fmt: skip
    for row in rows[:hosts]:
        row |= {"has_branch": True, "full_members": 4, "host_capacity": int(rng.integers(2, 4))}
    said = rules(max_units=3, facilities=["peer", "host", "community"], open_peer=1.2, open_community=0.1,
                 max_distance_km=2.0)  # fmt: skip
    return reduce_core(core_of(build_problem(quick_city(rows, names), said))[0]).core


def _towns(stream, town=_core):
    """Towns of three items and more, with all groups in each, and what else is drawn for it."""
    for seed in range(INSTANCES):
        rng = np.random.default_rng([seed, stream])
        core = town(rng)
        every, _ = _every(core)
        if len(every) and core.items >= 3:
            yield rng, core, every


def _disjunction(core, rng):
    """Any: a few pairings, triples and facilities that nobody leads, and one to three leaves."""
    leaves = int(rng.integers(1, 4))
    some = np.flatnonzero(rng.random(len(core.item)) < 0.6)
    triples = np.sort([rng.choice(core.items, 3, replace=False) for _ in range(3)], axis=1)
    shared = np.flatnonzero((core.lead < 0) & (rng.random(core.facilities) < 0.6))
    return Disjunction(core.facility[some] * core.items + core.item[some], rng.normal(0, 0.3, (len(some), leaves)),
                       triples, rng.random((3, leaves)) * 0.2, shared, rng.random((len(shared), leaves)) * 0.2,
                       0.0)  # fmt: skip


def _paid(core, one, items, facility):
    """What a group is paid, as the words say it."""
    keys = one.pairing.tolist()
    best = -np.inf
    for leaf in range(one.paid.shape[1]):
        paid = sum(one.paid[keys.index(key), leaf] for i in items if (key := facility * core.items + i) in keys)
        paid -= sum(one.toll[c, leaf] for c, triple in enumerate(one.triples) if len(set(triple) & set(items)) >= 2)
        paid -= sum(one.charge[k, leaf] for k in np.flatnonzero(one.facility == facility))
        best = max(best, paid)
    return best


def test_groups_are_listed_and_pairings_kept_by_what_they_are_paid():
    some = 0
    for rng, core, every in _towns(7):
        told = tuple((_disjunction(core, rng), float(rng.random())) for _ in range(int(rng.integers(0, 4))))
        cuts = Cuts(np.sort([rng.choice(core.items, 3, replace=False)], axis=1), rng.random(1))
        duals = Duals(rng.random(core.items), rng.random(core.facilities) * 0.2, 0.1, cuts, disjunctions=told)
        items = [every.item[a:b].tolist() for a, b in zip(every.start, every.start[1:], strict=False)]
        slack = slacks_of(core, every, replace(duals, disjunctions=()))
        slack -= [sum(w * _paid(core, one, group, int(f)) for one, w in told)
                  for group, f in zip(items, every.facility, strict=True)]  # fmt: skip
        assert slacks_of(core, every, duals) == pytest.approx(slack, abs=1e-12)
        alone = replace(core, alike=np.arange(core.items))
        for within in np.quantile(slack, [0.1, 0.5, 0.9]) + 1e-7:
            listed = list_columns(alone, duals.price, within, 10**6, fee=duals.fee, cuts=cuts, disjunctions=told)
            found = {(int(f), *listed.item[a:b].tolist()) for f, a, b in
                     zip(listed.facility, listed.start, listed.start[1:], strict=False)}  # fmt: skip
            wanted = {(int(f), *group) for f, group, s in zip(every.facility, items, slack, strict=True) if s <= within}
            assert found == wanted
            assert listed.slack == pytest.approx(slacks_of(core, listed, duals), abs=1e-9)
            held = np.isin(core.facility * core.items + core.item,
                           [f * core.items + i for f, *group in found for i in group])  # fmt: skip
            assert pairings_within(core, duals, within).tolist() == held.tolist()
        some += len(told) > 1
    assert some > INSTANCES // 4


def test_the_group_most_worth_adding_is_among_those_that_are_added():
    """Of groups of the same items, the dearer may be paid more: who leads decides what of them is added."""
    dearer = 0
    for rng, core, _ in _towns(11):
        told = tuple((_disjunction(core, rng), float(rng.random())) for _ in range(3))
        duals = Duals(rng.random(core.items) * 2, np.zeros(core.facilities), 0.1, NO_CUTS, disjunctions=told)
        # Who of some alike leads is up to the first of them: what is proven is proven for groups so led.
        every = list_columns(core, np.zeros(core.items), np.inf, 10**6)
        slack = slacks_of(core, every, duals)
        found = worth_adding(core, duals, 10**6, 10**6)
        assert found.slack.min(initial=0.0) == pytest.approx(min(0.0, slack.min()), abs=1e-7)
        cheapest = without_duplicates(core, every)
        least = slacks_of(core, cheapest, duals).min()
        dearer += slack.min() < min(0.0, least) - 1e-6
        assert shortfall(core, duals, 10**6) <= min(0.0, slack.min()) + 1e-9
    assert dearer


@pytest.mark.parametrize("town", [_core, _scarce], ids=["any", "scarce"])
@pytest.mark.parametrize("items", [3, 100], ids=["of a piece", "of all"])
def test_what_a_piece_says_holds_for_every_answer(items, town, monkeypatch):
    """The least that an answer's groups are paid, by HiGHS; and the relaxation gains what the piece promised."""
    monkeypatch.setattr(pieces, "WORTHWHILE", 1e-6)
    monkeypatch.setattr(pieces, "LACKING", 5.0)
    promised = []
    say = pieces.Piece._said
    monkeypatch.setattr(pieces.Piece, "_said", lambda self, *of: (promised.append(of[1]), say(self, *of))[1])
    said = shared = everywhere = 0
    for seed in range(4 * INSTANCES):
        rng = np.random.default_rng([seed, 11])
        core = town(rng)
        everybody = int(core.size.sum())
        every, start = _every(core)
        if start is None or core.total(start)[0] < everybody or len(every) > MANY:
            continue
        listed = without_duplicates(core, joined_columns(every, columns_of(core, start)))
        model = SetPartitioning(core, listed, everybody, {"solver": "simplex"})
        for _ in range(int(rng.integers(0, 3))):
            duals, share = model.relaxed()
            if len(cuts := model.broken(share, 2)):
                model.cut(cuts)
        for _ in range(3):
            duals, share = model.relaxed()
            found = pieces.in_part(listed, share, core.items)
            if not found:
                break
            around = pieces.surroundings(listed, model.slack, found[0], core.items, items)
            one = pieces.Piece(core, duals, around, listed, lambda: None).explored(10.0)
            if one is None:
                break
            said, shared = said + 1, shared + (len(one.facility) > 0)
            everywhere += one.charge.sum(axis=0).min() > 1e-3
            paid = one.of(core, every.start, every.item, every.facility)
            least = choose_groups(core, replace(every, cost=paid), everybody, start=None, looks=10**6, seed=0)
            assert least.optimal
            inside = columns_of(core, least.chosen)
            assert one.of(core, inside.start, inside.item, inside.facility).sum() >= one.least - 1e-6
            assert least.bound >= one.least - 1e-6
            before = model.objective
            model.decide(one)
            after, _ = model.relaxed()
            assert model.objective >= before + promised[-1] - 1e-6
            assert model.bound(after) == pytest.approx(model.objective, abs=1e-6)
    assert said >= INSTANCES // 8
    assert shared
    # Only where all leaves take something, their charges tell in the least.
    assert everywhere or (town, items) != (_scarce, 100)


def test_a_group_that_has_nothing_to_do_with_a_piece_may_have_a_facility_for_its_slack():
    """The least there is at each facility that is paid for, or what is paid for it."""
    less = 0
    for rng, core, every in _towns(17):
        paid = np.where((core.lead < 0) & (rng.random(core.facilities) < 0.7), rng.random(core.facilities) * 2, 0.0)
        duals = Duals(rng.random(core.items), paid, 0.0, NO_CUTS, disjunctions=((_disjunction(core, rng), 0.3),))
        piece = pieces.Piece(core, duals, np.arange(core.items // 2), every, lambda: None)
        apart = np.ones(len(every), np.bool_)
        apart[every.group[every.item < core.items // 2]] = False
        slack = slacks_of(core, every, duals)
        least = [slack[apart & (every.facility == f)].min(initial=paid[f]) for f in piece._shared]
        found = piece._elsewhere()
        cost = np.asarray(piece._solver.getLp().col_cost_)[len(piece.items) : piece._ahead]
        assert cost == pytest.approx(found - paid[piece._shared])
        assert found == pytest.approx(np.where(paid[piece._shared] > 0, least, 0.0), abs=1e-9)
        less += (found < paid[piece._shared] - 1e-6).any() and (found > 1e-6).any()
    assert less


def test_a_leaf_does_not_end_where_a_group_may_be_hidden(monkeypatch):
    """Where they are too many, and the best of each facility have nothing to do with the piece."""
    _, core, every = next(town for town in _towns(7) if len(np.unique(town[2].facility)) > 2)
    duals = Duals(np.zeros(core.items), np.zeros(core.facilities), 0.0, NO_CUTS)
    piece = pieces.Piece(core, duals, every.item[: every.start[1]], every, lambda: None)
    outside = np.setdiff1d(np.arange(len(every)), every.group[piece._inside[every.item]])
    nothing = [np.zeros(len(of)) for of in (piece.items, piece._local, piece._shared, piece._pairing)]
    for many in (False, True):
        ended = []
        for listed in (outside, outside[:0], np.arange(len(every))):
            some = chosen_columns(every, listed)

            def found_of(*_, best, some=some, many=many, **__):
                return None if many and best > 1 else some

            monkeypatch.setattr(pieces, "list_columns", found_of)
            found = piece._worth_adding(*nothing)
            ended.append(None if found is None else len(found) == 0)
        assert ended == [None, True, False]


@pytest.mark.parametrize("town", [_core, _scarce], ids=["any", "scarce"])
def test_a_candidate_is_tried_once_from_where_its_leaf_ended(town, monkeypatch):
    """With as many steps as it takes, it gains what it does in the relaxation of all, where all is the piece."""
    monkeypatch.setattr(pieces, "STEPS", 10**6)
    monkeypatch.setattr(pieces, "NO_PRICE", 1e-5)
    monkeypatch.setattr(pieces, "LACKING", 5.0)
    begun, restore = [], Basis.restore
    monkeypatch.setattr(Basis, "restore", lambda self, solver: (begun.append(self), restore(self, solver))[1])
    some = 0
    for _, core, every in _towns(13, town):
        if len(every) > MANY:
            continue
        relaxed = SetPartitioning(core, every, 0, {"solver": "simplex"}, missing=5.0)
        relaxed.allow(np.ones(len(every), np.bool_), np.arange(core.items))
        piece = pieces.Piece(core, relaxed.relaxed()[0], np.arange(core.items), every, lambda: None)
        whole, solver = relaxed.objective, relaxed.solver
        root = piece._solved(())
        for one in piece._candidates(root.share)[:3]:
            begun.clear()
            before, gained = piece.solves, piece._gained(root, one, 10.0)
            assert piece.solves == before + 2
            assert piece._gained(root, one, 10.0) == gained
            assert piece.solves == before + 2
            assert begun == [root.basis] * 2
            held = np.bincount(every.group, piece._sorts_of(every) == one[0], len(every))
            product = 1.0
            for low, high in ((one[1], np.inf), (0.0, one[1] - 1)):
                row, at = solver.getNumRow(), np.flatnonzero(held)
                solver.addRow(low, high, len(at), (relaxed._ahead + at).astype(np.int32), held[at].astype(float))
                solver.run()
                product *= max(relaxed.objective - whole - root.gain, pieces.NO_PRICE)
                solver.deleteRows(1, np.array([row], np.int32))
            assert gained == pytest.approx(product, rel=1e-3)
            some += product > 1e-8
            piece._split(root, [one], 10.0)
            assert begun == [root.basis] * 4
    assert some


def test_a_tree_with_pieces_proves_the_best(monkeypatch):
    from tests.oracle import test_branching

    monkeypatch.setattr(pieces, "WORTHWHILE", 1e-6)
    monkeypatch.setattr(branching, "PIECE", 4)
    decided = []
    decide = SetPartitioning.decide
    monkeypatch.setattr(SetPartitioning, "decide", lambda self, one: (decided.append(one), decide(self, one))[1])
    test_branching.test_the_best_of_all_groups_is_found_and_proven(0, monkeypatch)
    assert decided
