"""How many may come, and whose place is taken."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from workbench.views.serving.server import tell_of_wires
from workbench.views.serving.visitors import NEVER_CAME, WAITED_FOR, Visitors


class Manager:
    """Processes by name, and how many wires each has."""

    def __init__(self, **wires: int) -> None:
        self.wires = dict(wires)

    def list_kernel_ids(self) -> list[str]:
        return list(self.wires)

    def kernel_model(self, kernel_id: str) -> dict[str, Any]:
        return {"connections": self.wires[kernel_id]}

    def shutdown_kernel(self, kernel_id: str, now: bool = False) -> None:
        del self.wires[kernel_id]


class House:
    """Visitors of a manager whose clock is set by hand."""

    def __init__(self, most: int, spare: int = 0, **wires: int) -> None:
        self.clock, self.manager = 0.0, Manager(**wires)
        self.visitors = Visitors(self.manager, most, spare, now=lambda: self.clock)

    def room(self) -> bool:
        return asyncio.run(self.visitors.has_room())

    def sweep(self) -> list[str]:
        asyncio.run(self.visitors.sweep())
        return list(self.manager.wires)


def test_there_is_room_until_all_places_are_taken() -> None:
    house = House(2, a=1)
    assert house.room()
    house.manager.wires["b"] = 1
    assert not house.room()
    del house.manager.wires["a"]
    assert house.room()


def test_whoever_is_on_the_way_counts_once() -> None:
    house = House(2, a=1)
    with house.visitors.coming() as visitor:
        assert not house.room()
        house.manager.wires["b"] = 0
        visitor.kernel = "b"
        assert not house.room()
    house.clock += WAITED_FOR - 1
    assert not house.room()


def test_a_page_that_is_being_made_is_not_taken_for_left() -> None:
    house = House(1, a=0)
    with house.visitors.coming() as visitor:
        visitor.kernel = "a"
        house.clock += 10 * NEVER_CAME
        assert not house.room()
        assert house.sweep() == ["a"]


def test_those_who_left_without_a_word_make_room_for_those_who_wait() -> None:
    house = House(1, a=1)
    assert not house.room()
    house.manager.wires["a"] = 0
    assert not house.room()
    house.clock += WAITED_FOR
    assert house.room()
    assert house.manager.wires == {}


def test_what_nobody_ever_used_is_ended_and_a_closed_lid_is_waited_for() -> None:
    house = House(9, used=1, abandoned=0)
    assert house.sweep() == ["used", "abandoned"]
    house.manager.wires["used"] = 0
    house.clock += NEVER_CAME
    assert house.sweep() == ["used"]


def test_whoever_came_and_went_between_two_sweeps_did_come() -> None:
    """Their lid may be closed: they are waited for as long as anybody who was seen."""
    house = House(9, short=0, abandoned=0)
    house.manager.wires["short"] = 1
    house.visitors.met("short")
    house.manager.wires["short"] = 0
    house.visitors.parted()
    house.sweep()
    house.clock += NEVER_CAME
    assert house.sweep() == ["short"]


def test_how_long_somebody_is_away_counts_from_when_the_wire_was_closed() -> None:
    house = House(1, a=1)
    house.visitors.met("a")
    house.manager.wires["a"] = 0
    house.visitors.parted()
    house.clock += WAITED_FOR
    assert house.room()


def test_the_manager_tells_of_every_wire() -> None:
    class Kernels(Manager):
        def notify_connect(self, kernel: str) -> None:
            self.wires[kernel] += 1

        def notify_disconnect(self, kernel: str) -> None:
            self.wires[kernel] -= 1

    kernels = Kernels(short=0, abandoned=0)
    clock = [0.0]
    visitors = Visitors(kernels, 9, now=lambda: clock[0])
    tell_of_wires(kernels, visitors)
    kernels.notify_connect("short")
    assert kernels.wires["short"] == 1
    kernels.notify_disconnect("short")
    asyncio.run(visitors.sweep())
    clock[0] = NEVER_CAME
    asyncio.run(visitors.sweep())
    assert list(kernels.wires) == ["short"]


@pytest.mark.parametrize("spare", [1, 2])
def test_what_is_kept_ready_takes_no_place(spare: int) -> None:
    house = House(1, spare, **{f"spare{number}": 0 for number in range(spare)})
    assert house.room()
    house.clock += 2 * NEVER_CAME
    assert len(house.sweep()) == spare
