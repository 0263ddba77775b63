"""The world outside that keeps sending while Kaiwa is killed: LINE's webhooks and browsers.

Both do what the real ones do: they try again until they are answered, and some of it they send
twice anyway.
"""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

import httpx

from tests.fakes.line_webhooks import LineWebhooks

QUESTION = "送料はいくらですか"
GIVE_UP_S = 600.0


class Sent:
    """What was sent, to be compared with what was recorded."""

    def __init__(self) -> None:
        self.line: dict[str, str] = {}
        self.web: dict[str, list[str]] = {}


class LineSender:
    """Delivers signed batches to one webhook, as LINE does."""

    def __init__(self, client: httpx.AsyncClient, url: str, fake: str, secret: str) -> None:
        self._client = client
        self._platform = httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=None))
        self._url = url
        self._fake = fake
        self._webhooks = LineWebhooks(secret)

    async def deliver(self, users: Sequence[str], dice: random.Random, sent: Sent) -> None:
        """One event per user, out of order, in batches, three in ten of them redelivered."""
        events = [self._webhooks.text(user, QUESTION) for user in users]
        for event in events:
            sent.line[event["message"]["id"]] = event["source"]["userId"]
        dice.shuffle(events)
        calls = []
        while events:
            size = dice.randint(1, 6)
            batch, events = events[:size], events[size:]
            calls.append(self._until_taken(batch, redelivered=False))
            again = [event for event in batch if dice.random() < 0.3]
            if again:
                calls.append(self._until_taken(again, redelivered=True))
        dice.shuffle(calls)
        await asyncio.gather(*calls)

    async def _until_taken(self, batch: list[dict[str, Any]], *, redelivered: bool) -> None:
        async for _ in _tries():
            make = self._webhooks.redeliver if redelivered else self._webhooks.deliver
            body, headers = make(*batch)
            if redelivered:
                await self._renew(batch)
            try:
                answer = await self._client.post(self._url, content=body, headers=headers)
            except httpx.HTTPError:
                redelivered = True
                continue
            if answer.status_code == 200:
                return
            redelivered = True

    async def _renew(self, batch: list[dict[str, Any]]) -> None:
        for event in batch:
            token = {"token": event["replyToken"]}
            async for _ in _tries():
                try:
                    await self._platform.post(f"{self._fake}/_fake/redelivered", json=token)
                except httpx.HTTPError:
                    continue
                break


class Browser:
    """One visitor with one message after the other, as a chat window sends them."""

    def __init__(self, client: httpx.AsyncClient, base: str, inbox_key: str) -> None:
        self._client = client
        self._url = f"{base}/api/widget/{inbox_key}"
        self._token = ""
        self._visitor = ""
        self._count = 0
        # A shopper has one window: what was begun is finished first.
        self._window = asyncio.Lock()

    async def say(self, count: int, dice: random.Random, sent: Sent) -> None:
        """Some messages, each until it is durable, some of them twice."""
        async with self._window:
            await self._say(count, dice, sent)

    async def _say(self, count: int, dice: random.Random, sent: Sent) -> None:
        if not self._token:
            await self._begin()
        for _ in range(count):
            client_id = f"c{self._count}"
            self._count += 1
            sent.web.setdefault(self._visitor, []).append(client_id)
            await self._until_durable(client_id)
            if dice.random() < 0.3:
                await self._until_durable(client_id)

    async def _begin(self) -> None:
        async for _ in _tries():
            try:
                answer = await self._client.post(f"{self._url}/session", json={})
            except httpx.HTTPError:
                continue
            if answer.status_code == 200:
                shape = answer.json()
                self._token, self._visitor = shape["token"], shape["visitor"]
                return

    async def _until_durable(self, client_id: str) -> None:
        said = {"client_id": client_id, "text": QUESTION}
        headers = {"authorization": f"Bearer {self._token}"}
        async for _ in _tries():
            try:
                answer = await self._client.post(
                    f"{self._url}/messages", json=said, headers=headers
                )
            except httpx.HTTPError:
                continue
            if answer.status_code == 202:
                return


async def _tries() -> Any:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + GIVE_UP_S
    while loop.time() < deadline:
        yield None
        await asyncio.sleep(random.uniform(0.05, 0.25))
    raise AssertionError("the server did not take it in time")
