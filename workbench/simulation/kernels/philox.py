"""Philox4x32-10 (Salmon et al. 2011), the only source of random numbers (MODEL §6).

A block of four 32-bit words is a pure function of (seed, entity, replication, attempt). A word becomes the
uniform (word + 1/2) / 2^32, which is never 0 nor 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from workbench.arguments import Rule, broken, checked, choice, refuse
from workbench.compiled import bare_kernel, inlined
from workbench.labels import text
from workbench.simulation.kernels.identity import EntityType, hashes

Purpose = Literal["preparation", "success", "retry_delay", "election", "survey", "discovery", "members", "value"]

#: purpose -> (word of the block, does it belong to an attempt)
WORDS: dict[str, tuple[int, bool]] = {
    "preparation": (0, True),
    "success": (1, True),
    "retry_delay": (2, True),
    "election": (3, True),
    "survey": (0, False),
    "discovery": (1, False),
    "members": (2, False),
    "value": (0, False),
}

UNIT = 2.0**-32
_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)


@inlined
def block(entity, replication, attempt, seed):
    """The four words, as uint64 below 2^32. All arguments are uint64."""
    c0 = entity & _LOW
    c1 = entity >> _SHIFT
    c2 = replication & _LOW
    c3 = attempt & _LOW
    k0 = seed & _LOW
    k1 = seed >> _SHIFT
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ k0, p1 & _LOW, (p0 >> _SHIFT) ^ c3 ^ k1, p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@inlined
def uniform_of(word):
    """(word + 1/2) / 2^32. By way of int64: processors convert that in one step."""
    return (np.float64(np.int64(word)) + 0.5) * UNIT


@bare_kernel
def _words(entities, replications, attempt, word, seed, out):
    """Fill out[i] with one word of the block of entities[i] in replications[i]."""
    for i in range(entities.size):
        c0, c1, c2, c3 = block(entities[i], replications[i], attempt, seed)
        out[i] = c0 if word == 0 else (c1 if word == 1 else (c2 if word == 2 else c3))


def checked_seed(seed: int) -> int:
    """A seed as a plain whole number of 64 bits, or a ValueError."""
    (plain,) = checked(seed=seed)
    return int(plain)


def uniforms(
    entities: NDArray[np.uint64], replications: NDArray[np.uint64] | int, attempt: int, word: int, seed: int
) -> NDArray[np.float64]:
    """Uniform numbers of hashed entities; entities and replications are broadcast against each other."""
    entity, replication = np.broadcast_arrays(entities, np.asarray(replications, dtype=np.uint64))
    words = np.empty(entity.size, dtype=np.uint64)
    # Copies: a broadcast view would be a second compiled signature.
    _words(entity.ravel().copy(), replication.ravel().copy(), np.uint64(attempt), word, np.uint64(seed), words)
    return ((words.astype(np.float64) + 0.5) * UNIT).reshape(entity.shape)


def uniform(
    ids: Sequence[str],
    replication: int,
    attempt: int,
    purpose: Purpose,
    seed: int = 0,
    kind: EntityType = "organization",
) -> NDArray[np.float64]:
    """The uniform random numbers of the model (MODEL §6): pure functions of what they are for.

    Parameters
    ----------
    ids
        identifiers of organizations, communities, streets or parameters.
    replication
        0, 1, 2, …
    attempt
        1, 2, … for ``preparation`` and ``success``; 1 for ``retry_delay`` and ``election``;
        0 for ``survey``, ``discovery``, ``members`` and for parameters.
    purpose
        what the number decides; of a parameter there is one number, ``"value"``.
    seed
        64 bits.
    kind
        the type of the entities.

    Returns
    -------
    NDArray[np.float64]
        float64 array of shape (len(ids),), in (0, 1).

    Examples
    --------
    >>> uniform(["A001", "A002"], replication=0, attempt=1, purpose="preparation").round(3).tolist()
    [0.358, 0.043]
    """
    known: Any = ids
    if isinstance(known, (str, bytes, Mapping)) or not isinstance(known, Iterable):
        refuse([broken("ids", ids, Rule(bool, "listed", {"example": '"SO0001"'}))])
    ids = list(known)
    refuse([broken("ids", each, Rule(bool, "text")) for each in ids if not isinstance(each, str)][:1])
    choice("purpose", purpose, WORDS)
    choice("kind", kind, get_args(EntityType))
    word, of_attempt = WORDS[purpose]
    replication, attempt = checked(replication=replication, attempt=attempt)
    if of_attempt != (attempt > 0):
        code = "argument.attempt_from_one" if of_attempt else "argument.attempt_nought"
        refuse([text(code, attempt=attempt, purpose=repr(purpose))])
    return uniforms(hashes(ids, kind), replication, attempt, word, checked_seed(seed))
