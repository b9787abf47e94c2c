"""Who an entity is to the random numbers: 64 bits that depend on its type and identifier only (MODEL §6)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Literal

import numpy as np
from numpy.typing import NDArray

EntityType = Literal["organization", "community", "street", "parameter"]


def hashes(identifiers: Iterable[str], kind: EntityType = "organization") -> NDArray[np.uint64]:
    """BLAKE2b, eight bytes, little-endian, of `kind` + NUL + identifier.

    Returns
    -------
    NDArray[np.uint64]
        uint64 array, one an identifier, in their order.

    Examples
    --------
    >>> hashes(["A001", "A002"]).dtype.name
    'uint64'
    """
    prefix = blake2b(kind.encode() + b"\0", digest_size=8)
    digests = bytearray()
    for identifier in identifiers:
        digest = prefix.copy()
        digest.update(identifier.encode())
        digests += digest.digest()
    return np.frombuffer(bytes(digests), dtype="<u8").astype(np.uint64)
