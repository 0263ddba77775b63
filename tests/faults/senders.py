"""The world outside that keeps sending while Kaiwa is killed: platforms' webhooks and browsers.

Both do what the real ones do: they try again until they are answered, and some of it they send
twice anyway.
"""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

import httpx

from tests.faults.kinds import QUESTION, Kind, Taken

GIVE_UP_S = 600.0
AGAIN = 0.3


class Sent:
    """What was sent, to be compared with what was recorded: who, by channel and message id."""

    def __init__(self) -> None:
        self.hooked: dict[tuple[str, str], str] = {}
        self.web: dict[str, list[str]] = {}


class Sender:
    """Delivers one channel's signed calls to one webhook, as its platform does."""

    def __init__(self, client: httpx.AsyncClient, kind: Kind, url: str, fake: str) -> None:
        self._client = client
        self._platform = httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=None))
        self._kind, self._url, self._fake = kind, url, fake

    async def ask(self, dice: random.Random, sent: Sent) -> None:
        """One part's events, out of order, in batches, three in ten of them redelivered."""
        events = []
        for _ in range(self._kind.per_part):
            user = dice.choice(self._kind.users)
            own_id, event = self._kind.text(user)
            sent.hooked[self._kind.name, own_id] = user
            events.append(event)
        await self._deliver(events, dice)

    async def tell(self, taken: Sequence[Taken], dice: random.Random) -> None:
        """The receipts of these messages, in any order, three in ten of them twice."""
        told = [each for one in taken for each in self._kind.receipts(one)]
        await self._deliver(told, dice)

    async def _deliver(self, events: list[Any], dice: random.Random) -> None:
        dice.shuffle(events)
        calls = []
        while events:
            size = dice.randint(1, self._kind.most)
            batch, events = events[:size], events[size:]
            calls.append(self._until_taken(batch, again=False))
            twice = [event for event in batch if dice.random() < AGAIN]
            while twice:
                calls.append(self._until_taken(twice[: self._kind.most], again=True))
                twice = twice[self._kind.most :]
        dice.shuffle(calls)
        await asyncio.gather(*calls)

    async def _until_taken(self, batch: list[Any], *, again: bool) -> None:
        async for _ in _tries():
            call = self._kind.call(batch, self._url, again=again)
            if again:
                await self._renew(batch)
            again = True
            try:
                answer = await self._client.post(
                    self._url, content=call.body, headers=dict(call.headers)
                )
            except httpx.HTTPError:
                continue
            if answer.status_code == 200:
                return
            assert answer.status_code >= 500, f"{self._kind.name}: {answer.text}"

    async def _renew(self, batch: list[Any]) -> None:
        """LINE gives the reply token of an event that it delivers again a new minute."""
        if self._kind.name != "line":
            return
        for event in batch:
            told = {"token": event["replyToken"]}
            async for _ in _tries():
                try:
                    await self._platform.post(f"{self._fake}/_fake/redelivered", json=told)
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
