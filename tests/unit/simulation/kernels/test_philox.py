"""Who an entity is, and its random numbers: published vectors, and what `uniform` refuses."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.simulation import uniform
from workbench.simulation.kernels.identity import hashes
from workbench.simulation.kernels.philox import uniforms

NAMES = ["A001", "机构甲", ""]


@pytest.mark.parametrize(
    ("kind", "identifier", "digest"),
    [  # printf 'organization\0A001' | b2sum --length 64
        ("organization", "A001", "e82170532d9c6227"),
        ("organization", "机构甲", "9c8eddde63186adc"),
        ("parameter", "cases.joint.success", "063c0d750455a315"),
    ],
)
def test_hashes_are_blake2b(kind, identifier, digest):
    assert hashes([identifier], kind).tolist() == [int.from_bytes(bytes.fromhex(digest), "little")]


def test_hashes_keep_the_order_and_tell_types_apart():
    assert hashes([]).size == 0
    assert hashes(NAMES[::-1]).tolist() == hashes(NAMES).tolist()[::-1]
    types = ["organization", "community", "street", "parameter"]
    assert len({int(hashes(["A001"], kind)[0]) for kind in types}) == len(types)


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [  # Random123's known answers for philox4x32, 10 rounds
        ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)
def test_philox_known_answers(counter, key, words):
    c, k, expected = ([int(word, 16) for word in text.split()] for text in (counter, key, words))
    entity, seed = np.array([c[0] + (c[1] << 32)], dtype=np.uint64), k[0] + (k[1] << 32)
    found = [uniforms(entity, c[2], c[3], word, seed)[0] for word in range(4)]
    assert found == [(word + 0.5) * 2.0**-32 for word in expected]


def test_entities_and_replications_are_broadcast():
    entities = hashes(NAMES)
    table = uniforms(entities[:, None], np.arange(4), 1, 0, seed=3)
    assert table.shape == (3, 4)
    for replication in range(4):
        assert table[:, replication].tolist() == uniform(NAMES, replication, 1, "preparation", seed=3).tolist()


def test_each_argument_makes_another_number():
    """Purposes that share no word of one block, attempts, replications, seeds, types: nothing repeats."""
    found = [uniform(["A001"], r, k, purpose, seed=seed)[0]
             for r in range(3) for seed in (0, 1, 2**32)
             for k, purposes in ((0, ("survey", "discovery", "members")), (1, ("preparation", "success")),
                                 (1, ("retry_delay", "election")), (2, ("preparation", "success")))
             for purpose in purposes]  # fmt: skip
    found += [uniform(["A001"], 0, 0, "value", kind=kind)[0] for kind in ("community", "street", "parameter")]
    assert len(set(found)) == len(found)
    assert all(0.0 < u < 1.0 for u in found)


@pytest.mark.parametrize(
    ("purpose", "attempt", "message"),
    [
        ("preparation", 0, "attempt 0 for 'preparation': must be 1 or more"),
        ("election", 0, "attempt 0 for 'election': must be 1 or more"),
        ("survey", 1, "attempt 1 for 'survey': must be 0"),
        ("value", 2, "attempt 2 for 'value': must be 0"),
        ("luck", 1, "purpose = 'luck': must be one of preparation, success"),
    ],
)
def test_uniform_refuses_what_has_no_number(purpose, attempt, message):
    with pytest.raises(ValueError, match=message):
        uniform(["A001"], 0, attempt, purpose)


@pytest.mark.parametrize("changes", [{"seed": -1}, {"seed": 2**64}, {"replication": -1}])
def test_uniform_refuses_what_does_not_fit_its_bits(changes):
    with pytest.raises((ValueError, OverflowError)):
        uniform(["A001"], **{"replication": 0, "attempt": 1, "purpose": "success", **changes})
