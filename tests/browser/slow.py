"""A server seen over a slow line: every answer comes later, in order, and nothing else is different."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

#: Bytes that are handed on at a time.
AT_ONCE = 1 << 16


@contextmanager
def delayed(port: int, seconds: float) -> Iterator[int]:
    """The port at which the server of another port answers so many seconds later."""
    line = _Line(port, seconds)
    thread = Thread(target=line.run, name="slow line", daemon=True)
    thread.start()
    line.ready.wait()
    try:
        yield line.port
    finally:
        line.end()
        thread.join()


class _Line:
    def __init__(self, server: int, seconds: float) -> None:
        self.server, self.seconds = server, seconds
        self.ready, self.port = Event(), 0
        self._loop = asyncio.new_event_loop()
        self._over: asyncio.Event | None = None

    def run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    def end(self) -> None:
        assert self._over is not None
        self._loop.call_soon_threadsafe(self._over.set)

    async def _serve(self) -> None:
        self._over = asyncio.Event()
        self._wires: set[asyncio.Task[None]] = set()
        listening = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.port = int(listening.sockets[0].getsockname()[1])
        self.ready.set()
        await self._over.wait()
        listening.close()
        for wire in self._wires:
            wire.cancel()
        await asyncio.gather(*self._wires, return_exceptions=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = asyncio.current_task()
        assert wire is not None
        self._wires.add(wire)
        ends = [writer]
        try:
            there, towards = await asyncio.open_connection("127.0.0.1", self.server)
            ends.append(towards)
            await asyncio.gather(self._hand_on(reader, towards, 0.0), self._hand_on(there, writer, self.seconds))
        except (OSError, asyncio.CancelledError):
            pass  # one of the two has gone, or the test is over
        finally:
            self._wires.discard(wire)
            for end in ends:
                end.close()
                with suppress(OSError, asyncio.CancelledError):
                    await end.wait_closed()

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
        """Each piece `seconds` after it came: the line is slow, not narrow."""
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def take() -> None:
            while piece := await reader.read(AT_ONCE):
                waiting.put_nowait((self._loop.time() + seconds, piece))
            waiting.put_nowait((self._loop.time() + seconds, b""))

        async def give() -> None:
            while True:
                due, piece = await waiting.get()
                await asyncio.sleep(max(0.0, due - self._loop.time()))
                if not piece:
                    writer.close()
                    return
                writer.write(piece)
                await writer.drain()

        await asyncio.gather(take(), give())
