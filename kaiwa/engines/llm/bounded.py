"""The HTTP client under every engine: no proxies, no redirects, no answer without an end."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import httpx2

from kaiwa.vocabulary.errors import TooLarge

CONNECT_WITHIN_S = 5.0
SILENCE_S = 60.0
MOST_CONNECTIONS = 100
MOST_BYTES = 4_000_000


def client() -> httpx2.AsyncClient:
    """A client whose answers end after `MOST_BYTES`, each call's own limit apart."""
    transport = _Bounded(httpx2.AsyncHTTPTransport(limits=_LIMITS, trust_env=False))
    return httpx2.AsyncClient(
        transport=transport,
        timeout=httpx2.Timeout(SILENCE_S, connect=CONNECT_WITHIN_S),
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": "Kaiwa"},
    )


# The SDKs hand no answer out, and one client serves many calls at once.
_BEGUN: ContextVar[list[httpx2.AsyncByteStream] | None] = ContextVar("_BEGUN", default=None)


@contextmanager
def answers() -> Iterator[list[httpx2.AsyncByteStream]]:
    """The answers that begin in this block: whoever made the call can hang up on them."""
    begun: list[httpx2.AsyncByteStream] = []
    token = _BEGUN.set(begun)
    try:
        yield begun
    finally:
        _BEGUN.reset(token)


_LIMITS = httpx2.Limits(max_connections=MOST_CONNECTIONS, keepalive_expiry=4.0)


class _Bounded(httpx2.AsyncBaseTransport):
    """Counts the bytes of every answer, before they are unpacked."""

    def __init__(self, inner: httpx2.AsyncHTTPTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        # A packed answer could be small on the wire and huge in memory.
        request.headers["Accept-Encoding"] = "identity"
        answer = await self._inner.handle_async_request(request)
        assert isinstance(answer.stream, httpx2.AsyncByteStream)
        answer.stream = _Counted(answer.stream)
        if (begun := _BEGUN.get()) is not None:
            begun.append(answer.stream)
        return answer

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        taken = 0
        async for chunk in self._inner:
            taken += len(chunk)
            if taken > MOST_BYTES:
                raise TooLarge(f"The model's answer is over {MOST_BYTES} bytes.")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()
