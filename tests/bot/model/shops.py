"""A shop with a language model on a server of the test's own."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from kaiwa.bot.model.budget import Spent, spent
from kaiwa.bot.model.models import Models, day_of
from kaiwa.bot.model.turn import ModelTurn
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database
from kaiwa.engines.llm import Completion, Limits, Message, ModelAccount, Schema, Usage
from kaiwa.merchants.language_model import ModelTerms, NewModel, set_model
from kaiwa.merchants.merchant import Merchant, NewMerchant, create_merchant
from tests.fakes.model_server import KEY, ModelServer
from tests.world import SECRETS

START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DAY = "2026-11-22"


class ModelShop:
    """One merchant, its settings and its turns."""

    def __init__(self, db: Database, opener: Callable[[ModelAccount], Any] | None = None) -> None:
        self.db = db
        self.clock = SetClock(START)
        given = {} if opener is None else {"opener": opener}
        self.models = Models(db, SECRETS, self.clock, **given)
        new = NewMerchant("Shop", slug="model-shop", language="ja")
        self.merchant: Merchant = db.write_now(lambda s: create_merchant(s, new, START))

    def connect(self, base_url: str = "http://127.0.0.1:9/v1", **terms: Any) -> None:
        """Connect the model; again to change its terms."""
        new = NewModel("openai", "small-model", base_url, KEY, ModelTerms(**terms))
        self.db.write_now(lambda s: set_model(s, self.merchant.id, new, SECRETS, START))

    async def turn(self) -> ModelTurn:
        made = await self.models.turn(self.merchant)
        assert made is not None
        return made

    async def spent(self) -> Spent:
        """The day, once everything is written down."""
        await self.models.settled()
        day = day_of(self.merchant, self.clock.now())
        return await self.db.read(lambda s: spent(s, self.merchant.id, day))


@asynccontextmanager
async def served(db: Database, server: ModelServer, **terms: Any) -> AsyncIterator[ModelShop]:
    """A shop whose model is on that server."""
    async with server.served():
        shop = ModelShop(db)
        shop.connect(server.base_url, **{"turn_timeout_s": 10.0, **terms})
        try:
            yield shop
        finally:
            await shop.models.close()


class Scripted:
    """A model without a wire: one answer after the other, errors raised."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[list[Message]] = []
        self.closed = False

    async def complete(
        self, messages: Sequence[Message], schema: Schema | None, limits: Limits
    ) -> Completion:
        self.asked.append(list(messages))
        return self._next()

    async def stream(
        self, messages: Sequence[Message], limits: Limits
    ) -> AsyncGenerator[Completion, None]:
        self.asked.append(list(messages))
        told = self._next()
        for at in range(0, len(told.text), 5):
            yield Completion(told.text[at : at + 5])
        yield Completion("", told.usage)

    async def close(self) -> None:
        self.closed = True

    def _next(self) -> Completion:
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer if isinstance(answer, Completion) else Completion(answer, Usage(100, 10))
