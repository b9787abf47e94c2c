"""Binary heaps of (key, item) in two arrays: the busy slots by finish, the failed attempts by release."""

from __future__ import annotations

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
def pop(keys, items, size):
    """Take the one of least key, items[0], out; the heap then holds size - 1."""
    size -= 1
    key = keys[size]
    item = items[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[at] = keys[child]
        items[at] = items[child]
        at = child
    keys[at] = key
    items[at] = item
