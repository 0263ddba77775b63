"""The few doors that are spoken to thousands of times a second, without a framework between."""

from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any, TypeAlias

import msgspec

from kaiwa.vocabulary.errors import (
    Conflict,
    Invalid,
    KaiwaError,
    NotAllowed,
    NotAuthentic,
    NotFound,
    Refused,
    TooLarge,
    TooMany,
    Unreachable,
)

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

_STATUS: dict[type[KaiwaError], int] = {
    TooLarge: 413,
    Invalid: 400,
    NotAuthentic: 401,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    Refused: 422,
    TooMany: 429,
    Unreachable: 503,
}


def status_of(error: KaiwaError) -> int:
    """The HTTP status that tells the caller what to do."""
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)


def headers_of(scope: Scope) -> dict[str, str]:
    """The request's headers by lower-case name; of a repeated one, the last."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


class _Broadcast(str):
    """Text that has its UTF-8 at hand: to encode it anew for a thousand sockets is dear."""

    __slots__ = ("_utf8",)
    _utf8: bytes

    def __new__(cls, frame: bytes) -> "_Broadcast":
        made = super().__new__(cls, frame.decode())
        made._utf8 = frame
        return made

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return self._utf8 if encoding == "utf-8" else super().encode(encoding, errors)


@lru_cache(maxsize=16)
def text_of(frame: bytes) -> str:
    """A live frame as text; made once for the many sockets that get the same."""
    return _Broadcast(frame)


async def read_body(scope: Scope, receive: Receive, limit_bytes: int) -> bytes:
    """The whole body; `TooLarge` as soon as it is known to be over the limit."""
    too_large = TooLarge(f"The body may have at most {limit_bytes} bytes.")
    declared = headers_of(scope).get("content-length", "0")
    if declared.isdecimal() and int(declared) > limit_bytes:
        raise too_large
    chunks = bytearray()
    while True:
        part = await receive()
        if part["type"] == "http.disconnect":
            raise Invalid("The body ended before it was whole.")
        chunks += part.get("body", b"")
        if len(chunks) > limit_bytes:
            raise too_large
        if not part.get("more_body", False):
            return bytes(chunks)


async def answer(
    send: Send, status: int, body: bytes = b"", kind: str = "text/plain; charset=utf-8"
) -> None:
    """One whole answer."""
    await answer_with(send, status, body, {"content-type": kind})


async def answer_with(send: Send, status: int, body: bytes, headers: dict[str, str]) -> None:
    """One whole answer with these headers."""
    own = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*own, length]})
    await send({"type": "http.response.body", "body": body})


async def answer_error(send: Send, error: KaiwaError) -> None:
    """An error in the shape every door uses."""
    shape = {"error": error.code, "message": error.message, "detail": error.detail}
    headers = {"content-type": "application/json"}
    wait_s = getattr(error, "retry_after_s", None)
    if wait_s is not None:
        headers["retry-after"] = str(max(1, round(wait_s)))
    await answer_with(send, status_of(error), msgspec.json.encode(shape), headers)
