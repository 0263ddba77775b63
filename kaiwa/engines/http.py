"""Calls to the outside: one client, bounded time, honest errors.

What merchants type leads nowhere inside the server's own network (see `network`); what an operator
gives on the command line (`--api-base`) may.
"""

import asyncio
import os
from collections.abc import Mapping
from typing import Protocol, TypeAlias
from urllib.parse import urlsplit

import aiohttp
import msgspec

from kaiwa.engines.certificates import trusted
from kaiwa.engines.network import Inside, Network, open_network
from kaiwa.vocabulary.errors import TooLarge, Unreachable

MOST_CONNECTIONS = 200
CONNECT_WITHIN_S = 5.0
# Shorter than what servers keep: a call on a connection that was just let go of may be lost.
IDLE_S = 4.0


class HttpAnswer(msgspec.Struct, frozen=True):
    """What the other side answered, whatever the status."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Http(Protocol):
    """Makes one call. Raises `Unreachable`; an answer of any status is returned."""

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> HttpAnswer:
        """One call without redirects. `Unreachable.maybe_done` tells whether bytes went out."""


_Request: TypeAlias = tuple[str, str, Mapping[str, str] | None, bytes | None]


class AiohttpHttp:
    """`Http` over one aiohttp session: no cookies, no proxies, no redirects."""

    def __init__(
        self,
        *,
        timeout_s: float = 10.0,
        whole_s: float = 60.0,
        limit_bytes: int = 50_000_000,
        network: Network | None = None,
    ) -> None:
        self._timeout = aiohttp.ClientTimeout(
            total=None, connect=CONNECT_WITHIN_S + timeout_s, sock_connect=CONNECT_WITHIN_S,
            sock_read=timeout_s,
        )  # fmt: skip
        self._whole_s = whole_s
        self._limit_bytes = limit_bytes
        self._network = network or open_network()
        self._session: aiohttp.ClientSession | None = None
        self._vouched: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> HttpAnswer:
        """See `Http.call`; answers over `limit_bytes` raise `TooLarge`.

        No silence lasts longer than `timeout_s`, and nothing longer than `whole_s`.
        """
        return await self._call((method, url, headers, body), vouched=False)

    async def _call(self, request: _Request, *, vouched: bool) -> HttpAnswer:
        whole = asyncio.timeout(self._whole_s)
        try:
            async with whole:
                return await self._whole(request, self._open(vouched=vouched))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(f"Could not connect: {_hindrance(error)}") from error
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError) as error:
            raise Unreachable(f"The address is not one: {error}") from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            detail = str(error) or type(error).__name__
            if whole.expired():
                detail = f"within {self._whole_s} s"
            raise Unreachable(f"No whole answer came: {detail}", maybe_done=True) from error

    async def _whole(self, request: _Request, session: aiohttp.ClientSession) -> HttpAnswer:
        method, url, headers, body = request
        async with session.request(
            method, url, headers=headers, data=body, allow_redirects=False
        ) as answer:
            chunks = bytearray()
            async for chunk in answer.content.iter_any():
                chunks += chunk
                if len(chunks) > self._limit_bytes:
                    raise TooLarge(f"The answer is over {self._limit_bytes} bytes.")
            told = {name.lower(): value for name, value in answer.headers.items()}
            return HttpAnswer(answer.status, told, bytes(chunks))

    def _open(self, *, vouched: bool) -> aiohttp.ClientSession:
        # A session belongs to the running loop, which is not there yet when the house is put up.
        if vouched:
            self._vouched = self._vouched or self._made(None)
            return self._vouched
        self._session = self._session or self._made(self._network)
        return self._session

    def _made(self, network: Network | None) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=MOST_CONNECTIONS, keepalive_timeout=IDLE_S,
                ssl=trusted(),
                socket_factory=network.opened if network else None,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=("Content-Type",),
            headers={"User-Agent": "Kaiwa"},
            timeout=self._timeout,
        )  # fmt: skip

    async def close(self) -> None:
        """Let the connections go."""
        for session in filter(None, (self._session, self._vouched)):
            await session.close()
        self._session = self._vouched = None


class _Vouched:
    """The same client, which also reaches one origin inside the network."""

    def __init__(self, http: AiohttpHttp, base: str) -> None:
        self._http, self._origin = http, _origin(base)

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> HttpAnswer:
        """See `Http.call`."""
        vouched = self._origin is not None and _origin(url) == self._origin
        return await self._http._call((method, url, headers, body), vouched=vouched)


def vouched(http: Http, base: str | None) -> Http:
    """`http` for an account whose `api_base` an operator gave, wherever that is."""
    return _Vouched(http, base) if base and isinstance(http, AiohttpHttp) else http


def _origin(url: str) -> tuple[str, str, int | None] | None:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        return None


def _hindrance(error: Exception) -> str:
    """Why there is no connection, in words for whoever typed the address."""
    if not isinstance(error, aiohttp.ClientConnectorError):
        return str(error)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"there is no host called {error.host}"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"{error.host} has no certificate that is trusted"
    if isinstance(error, aiohttp.ClientSSLError):
        return f"{error.host}:{error.port} speaks no TLS"
    cause: OSError = error.os_error
    if isinstance(cause, Inside):
        return str(cause)
    why = os.strerror(cause.errno) if cause.errno else str(cause)
    return f"{error.host}:{error.port}: {why}"
