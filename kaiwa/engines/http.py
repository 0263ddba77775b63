"""Calls to the outside: one client, bounded time, honest errors."""

import asyncio
import ssl
from collections.abc import Mapping
from typing import Protocol

import aiohttp
import msgspec

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


class AiohttpHttp:
    """`Http` over one aiohttp session: no cookies, no proxies, no redirects."""

    def __init__(
        self,
        *,
        timeout_s: float = 10.0,
        whole_s: float = 60.0,
        limit_bytes: int = 50_000_000,
    ) -> None:
        self._timeout = aiohttp.ClientTimeout(
            total=None, connect=CONNECT_WITHIN_S + timeout_s, sock_connect=CONNECT_WITHIN_S,
            sock_read=timeout_s,
        )  # fmt: skip
        self._whole_s = whole_s
        self._limit_bytes = limit_bytes
        self._session: aiohttp.ClientSession | None = None

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
        whole = asyncio.timeout(self._whole_s)
        try:
            async with whole:
                return await self._whole(method, url, headers, body)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(f"Could not connect: {error}") from error
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError) as error:
            raise Unreachable(f"The address is not one: {error}") from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            detail = str(error) or type(error).__name__
            if whole.expired():
                detail = f"within {self._whole_s} s"
            raise Unreachable(f"No whole answer came: {detail}", maybe_done=True) from error

    async def _whole(
        self, method: str, url: str, headers: Mapping[str, str] | None, body: bytes | None
    ) -> HttpAnswer:
        async with self._open().request(
            method, url, headers=headers, data=body, allow_redirects=False
        ) as answer:
            chunks = bytearray()
            async for chunk in answer.content.iter_any():
                chunks += chunk
                if len(chunks) > self._limit_bytes:
                    raise TooLarge(f"The answer is over {self._limit_bytes} bytes.")
            told = {name.lower(): value for name, value in answer.headers.items()}
            return HttpAnswer(answer.status, told, bytes(chunks))

    def _open(self) -> aiohttp.ClientSession:
        # A session belongs to the running loop, which is not there yet when the house is put up.
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=MOST_CONNECTIONS, keepalive_timeout=IDLE_S,
                    ssl=ssl.create_default_context(),
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("Content-Type",),
                headers={"User-Agent": "Kaiwa"},
                timeout=self._timeout,
            )  # fmt: skip
        return self._session

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None
