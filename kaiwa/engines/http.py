"""Calls to the outside: one client, bounded time, honest errors."""

import asyncio
import ssl
from collections.abc import Mapping
from typing import Protocol

import httpx
import msgspec

from kaiwa.vocabulary.errors import TooLarge, Unreachable

CALLS_OF_A_POOL = 8
MOST_POOLS = 25


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


class _Pool:
    """A client with a few connections and how many calls it makes at the moment."""

    def __init__(self, timeout: httpx.Timeout, tls: ssl.SSLContext) -> None:
        few = httpx.Limits(
            max_connections=CALLS_OF_A_POOL, max_keepalive_connections=CALLS_OF_A_POOL
        )
        self.calls = 0
        self.client = httpx.AsyncClient(
            timeout=timeout, limits=few, verify=tls, follow_redirects=False, trust_env=False
        )


class HttpxHttp:
    """`Http` over small httpx pools, filled one after the other.

    A pool looks at all of its connections for every call: in one pool of 64 busy ones that is ten
    times the price of the call itself.
    """

    def __init__(
        self,
        *,
        timeout_s: float = 10.0,
        whole_s: float = 60.0,
        limit_bytes: int = 50_000_000,
    ) -> None:
        self._timeout = httpx.Timeout(timeout_s, connect=5.0)
        self._tls = httpx.create_ssl_context(trust_env=False)
        self._pools: list[_Pool] = []
        self._whole_s = whole_s
        self._limit_bytes = limit_bytes

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
        pool = self._pool()
        pool.calls += 1
        try:
            async with asyncio.timeout(self._whole_s):
                return await self._whole(
                    pool.client,
                    pool.client.build_request(method, url, headers=headers, content=body),
                )
        except TimeoutError as error:
            raise Unreachable(
                f"No whole answer came within {self._whole_s} s.", maybe_done=True
            ) from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Unreachable(f"Could not connect: {error}") from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise Unreachable(f"The address is not one: {error}") from error
        except httpx.HTTPError as error:
            detail = str(error) or type(error).__name__
            raise Unreachable(f"No whole answer came: {detail}", maybe_done=True) from error
        finally:
            pool.calls -= 1

    def _pool(self) -> _Pool:
        for pool in self._pools:
            if pool.calls < CALLS_OF_A_POOL:
                return pool
        if len(self._pools) == MOST_POOLS:
            return min(self._pools, key=lambda pool: pool.calls)
        self._pools.append(_Pool(self._timeout, self._tls))
        return self._pools[-1]

    async def _whole(self, client: httpx.AsyncClient, request: httpx.Request) -> HttpAnswer:
        answer = await client.send(request, stream=True)
        try:
            chunks = bytearray()
            async for chunk in answer.aiter_bytes():
                chunks += chunk
                if len(chunks) > self._limit_bytes:
                    raise TooLarge(f"The answer is over {self._limit_bytes} bytes.")
            return HttpAnswer(answer.status_code, dict(answer.headers), bytes(chunks))
        finally:
            await answer.aclose()

    async def close(self) -> None:
        """Let the connections go."""
        for pool in self._pools:
            await pool.client.aclose()
