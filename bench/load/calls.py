"""A lean HTTP client: keep-alive connections that send prepared bytes and time the answers.

It reads just enough of an answer to know its status and end, so that on a small machine the client
does not eat the server's share.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import cast

import msgspec

HOST = "127.0.0.1"


class Connection(asyncio.Protocol):
    """One connection, one call at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[int] | None = None
        self._got = b""
        self.body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are none by inheritance.
        self._transport = cast("asyncio.Transport", transport)

    @property
    def open(self) -> bool:
        """Whether the server has not let go of it."""
        return self._transport is not None and not self._transport.is_closing()

    def call(self, request: bytes) -> "asyncio.Future[int]":
        """Send; the status of the answer to come."""
        if self._transport is None or not self.open:
            raise ConnectionResetError("closed")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answer

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, ended, body = self._got.partition(b"\r\n\r\n")
        if not ended or len(body) < _length(head):
            return
        self._got, self.body = b"", body
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(int(head[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("closed"))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def _length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return 0 if at < 0 else int(head[at + 15 :].split(b"\r\n", 1)[0])


async def connect(port: int) -> Connection:
    """One keep-alive connection."""
    _, made = await asyncio.get_running_loop().create_connection(Connection, HOST, port)
    return made


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """The bytes of a call; underscores in header names become dashes."""
    lines = [f"{method} {path} HTTP/1.1", f"host: {HOST}", f"content-length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Burst(msgspec.Struct, frozen=True):
    """What a burst of calls took."""

    calls: int
    took_s: float
    latencies_s: list[float]

    @property
    def per_s(self) -> float:
        return self.calls / self.took_s


async def burst(port: int, requests: Sequence[bytes], concurrency: int) -> Burst:
    """Make every call, `concurrency` at a time; anything but a 200 ends the bench."""
    waiting = iter(requests)
    latencies: list[float] = []

    async def work(connection: Connection) -> None:
        for one in waiting:
            sent = time.perf_counter()
            status = await connection.call(one)
            latencies.append(time.perf_counter() - sent)
            if status != 200:
                raise RuntimeError(f"The server answered {status}.")

    connections = [await connect(port) for _ in range(concurrency)]
    began = time.perf_counter()
    await asyncio.gather(*(work(connection) for connection in connections))
    took_s = time.perf_counter() - began
    for connection in connections:
        connection.close()
    return Burst(len(requests), took_s, sorted(latencies))


def at(share: float, ordered: Sequence[float]) -> float:
    """The quantile of an ordered list."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")
