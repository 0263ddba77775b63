"""A lean WebSocket client: many sockets in one process, most of which only count what comes."""

import asyncio
import base64
import os
import struct
from collections.abc import Callable
from typing import TypeAlias, cast

import msgspec

from bench.load.calls import HOST

Heard: TypeAlias = Callable[[bytes], None]
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
_MASK = bytes(4)


class Socket(asyncio.Protocol):
    """One socket. `heard` is called with every text frame; without it they are only counted."""

    def __init__(self, heard: Heard | None) -> None:
        self.heard = heard
        self.frames = 0
        self.closed = False
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport | None = None
        self._got = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are none by inheritance.
        self._transport = cast("asyncio.Transport", transport)

    def greet(self, path: str, headers: dict[str, str]) -> None:
        """Ask for the upgrade."""
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {path} HTTP/1.1", "upgrade: websocket", "connection: upgrade"]
        lines += ["sec-websocket-version: 13", f"sec-websocket-key: {key}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._write("\r\n".join(lines).encode() + b"\r\n\r\n")

    def say(self, shape: object) -> None:
        """One text frame with a JSON value."""
        self.send(msgspec.json.encode(shape))

    def send(self, text: bytes) -> None:
        """One text frame."""
        self._frame(_TEXT, text)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._got += data
        if not self.open.done() and not self._greeted():
            return
        while (end := self._whole()) is not None:
            self._take(*end)

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if not self.open.done():
            self.open.set_exception(exc or ConnectionResetError("closed"))

    def _greeted(self) -> bool:
        at = self._got.find(b"\r\n\r\n")
        if at < 0:
            return False
        if self._got[9:12] != b"101":
            self.open.set_exception(ConnectionRefusedError(self._got[:40].decode("latin-1")))
            return False
        del self._got[: at + 4]
        self.open.set_result(None)
        return True

    def _whole(self) -> tuple[int, int, int] | None:
        """Opcode, beginning and end of the first frame's payload, once it is all here."""
        got = self._got
        if len(got) < 2:
            return None
        start, size = 2, got[1] & 127
        if size >= 126:
            start = 4 if size == 126 else 10
            if len(got) < start:
                return None
            size = int.from_bytes(got[2:start])
        return (got[0] & 15, start, start + size) if len(got) >= start + size else None

    def _take(self, opcode: int, start: int, end: int) -> None:
        if opcode == _PING:
            self._frame(_PONG, bytes(self._got[start:end]))
        elif opcode == _TEXT:
            self.frames += 1
            if self.heard is not None:
                self.heard(bytes(self._got[start:end]))
        elif opcode == _CLOSE:
            self.close()
        del self._got[:end]

    def _frame(self, opcode: int, payload: bytes) -> None:
        size = len(payload)
        head = bytes([128 | opcode, 128 | size]) if size < 126 else b""
        head = head or bytes([128 | opcode, 254]) + struct.pack("!H", size)
        self._write(head + _MASK + payload)

    def _write(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)


async def open_socket(
    port: int, path: str, headers: dict[str, str] | None = None, heard: Heard | None = None
) -> Socket:
    """A socket that has been let in."""
    own = {"host": f"{HOST}:{port}", "origin": f"http://{HOST}:{port}"}
    loop = asyncio.get_running_loop()
    _, made = await loop.create_connection(lambda: Socket(heard), HOST, port)
    made.greet(path, {**own, **(headers or {})})
    await asyncio.wait_for(made.open, 20)
    return made
