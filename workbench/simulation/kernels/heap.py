"""Binary heaps of (key, item) in two arrays: the busy slots by finish, the failed attempts by release."""

from __future__ import annotations

import numpy as np

from workbench.compiled import inlined


@inlined
def push(keys, items, size, key, item):
    """Put one in; the heap then holds size + 1."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if keys[parent] <= key:
            break
        keys[at] = keys[parent]
        items[at] = items[parent]
        at = parent
    keys[at] = key
    items[at] = item


@inlined
def replace_least(keys, items, size, key, item):
    """Put one in for the one of least key, items[0]. The arrays hold at least size + 1."""
    keys[size] = np.inf
    at = 0
    child = 1
    while child < size:
        # No branch that a processor could guess wrong: the lesser child.
        child += np.int64(keys[child + 1] < keys[child])
        if keys[child] >= key:
            break
        keys[at] = keys[child]
        items[at] = items[child]
        at = child
        child = 2 * at + 1
    keys[at] = key
    items[at] = item


@inlined
def pop(keys, items, size):
    """Take the one of least key, items[0], out; the heap then holds size - 1."""
    replace_least(keys, items, size - 1, keys[size - 1], items[size - 1])
