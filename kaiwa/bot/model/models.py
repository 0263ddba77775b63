"""The merchants' language models in this process: opened once, then asked turn by turn."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

import structlog

from kaiwa.bot.model.kept import KeptModel
from kaiwa.bot.model.till import Till
from kaiwa.bot.model.turn import ModelTurn
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database
from kaiwa.engines.llm import LanguageModel, ModelAccount, open_model
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.language_model import ConnectedModel, language_model
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.errors import KaiwaError

_LOG = structlog.get_logger()

Opener: TypeAlias = Callable[[ModelAccount], LanguageModel]


def day_of(shop: Merchant, now: datetime) -> str:
    """The shop's calendar day, whose budget a call is paid from."""
    return now.astimezone(ZoneInfo(shop.timezone)).date().isoformat()


class Models:
    """One serves a process; connections stay open between turns."""

    def __init__(
        self, db: Database, secrets: Secrets, clock: Clock, opener: Opener = open_model
    ) -> None:
        self._db = db
        self._secrets = secrets
        self._clock = clock
        self._opener = opener
        self._till = Till(db, clock)
        self._kept: dict[int, KeptModel] = {}
        self._opened: list[LanguageModel] = []

    async def turn(self, shop: Merchant) -> ModelTurn | None:
        """The model for one turn, its time running from now; None: the shop has none, or it rests.

        Never raises: a turn goes on without a model.
        """
        try:
            told = await self._db.read(lambda s: language_model(s, shop.id))
            kept = self._open(told) if told else None
        except KaiwaError as error:
            _LOG.error("model_cannot_open", merchant=shop.id, reason=error.message)
            return None
        now = self._clock.now()
        if kept is None or kept.rests(now):
            return None
        return ModelTurn(kept, self._till, day_of(shop, now))

    async def settled(self) -> None:
        """Wait until every call that has ended is written down."""
        await self._till.settled()

    async def close(self) -> None:
        """Write down what has ended and let the connections go."""
        await self.settled()
        opened, self._opened, self._kept = self._opened, [], {}
        for one in opened:
            await one.close()

    def _open(self, told: ConnectedModel) -> KeptModel:
        kept = self._kept.get(told.merchant_id)
        if kept is not None and kept.told == told:
            return kept
        model = self._opener(told.account(self._secrets))
        # The one before may still answer a turn that began with it: closed with all the others.
        self._opened.append(model)
        made = self._kept[told.merchant_id] = KeptModel(told, model)
        return made
