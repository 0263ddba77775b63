"""Calls to the outside: one client, bounded time, honest errors."""

import asyncio
from collections.abc import Mapping
from typing import Protocol

import httpx
import msgspec

from kaiwa.vocabulary.errors import TooLarge, Unreachable


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


class HttpxHttp:
    """`Http` over one pooled httpx client."""

    def __init__(
        self,
        *,
        timeout_s: float = 10.0,
        whole_s: float = 60.0,
        limit_bytes: int = 50_000_000,
    ) -> None:
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(timeout_s, connect=5.0),
            limits=httpx.Limits(max_connections=200, max_keepalive_connections=50),
            follow_redirects=False,
            trust_env=False,
        )
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
        try:
            async with asyncio.timeout(self._whole_s):
                return await self._whole(
                    self._client.build_request(method, url, headers=headers, content=body)
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

    async def _whole(self, request: httpx.Request) -> HttpAnswer:
        answer = await self._client.send(request, stream=True)
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
        await self._client.aclose()
