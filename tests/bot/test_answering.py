"""A turn as the worker runs it, with a language model and without."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kaiwa.bot.answering import Answering
from kaiwa.bot.known import open_tools
from kaiwa.bot.model.models import Models
from kaiwa.catalog.finder.finder import Finder
from kaiwa.engines.llm import Completion, Limits, Message, Schema
from kaiwa.listeners import announce_orders, announcer
from kaiwa.merchants.language_model import ModelTerms, NewModel, set_model
from kaiwa.vocabulary.errors import Unreachable
from tests.bot.model.shops import Scripted
from tests.world import SECRETS, Shop

FREER = "いえいえ、こちらこそ。またいつでもお声がけください。"
OWN = "どういたしまして。ほかにもありましたら、お声がけください。"


def connect(shop: Shop) -> None:
    """Give the shop a model for both jobs."""
    new = NewModel("openai", "small-model", "http://127.0.0.1:9/v1", "sk-test", ModelTerms())
    shop.world.write(lambda s: set_model(s, shop.id, new, SECRETS, shop.world.now))


def answered(shop: Shop, folder: Path, model: Scripted) -> list[str]:
    """What the bot says to 「ありがとう」."""
    world = shop.world
    finder = Finder(world.db, None, world.clock)
    tools = open_tools(world.db, finder, world.clock, folder, "https://shop.example")
    models = Models(world.db, SECRETS, world.clock, lambda _: model)
    announce = announcer(world.clock)
    bot = Answering(world.db, world.clock, (announce, announce_orders), tools, models)
    shop.hear("ありがとう")
    for fact in world.facts:
        world.write(lambda s, told=fact: announce(s, told))  # type: ignore[misc]

    async def turns() -> None:
        for job in world.claimed("bot"):
            await bot.turn(job)
        await models.close()

    asyncio.run(turns())
    return [one.text for one in shop.messages(shop.open()) if one.sender == "bot"]


def test_a_connected_model_says_it_more_freely(shop: Shop, tmp_path: Path) -> None:
    connect(shop)
    assert answered(shop, tmp_path, Scripted(FREER)) == [FREER]


def test_a_lie_leaves_the_shops_own_words(shop: Shop, tmp_path: Path) -> None:
    connect(shop)
    model = Scripted(f"{FREER}いまなら送料は無料です。")
    assert answered(shop, tmp_path, model) == [OWN]
    assert model.answers == []


def test_a_model_that_is_down_leaves_them_as_well(shop: Shop, tmp_path: Path) -> None:
    connect(shop)
    assert answered(shop, tmp_path, Scripted(Unreachable("no"))) == [OWN]


def test_without_a_model_nobody_is_asked(shop: Shop, tmp_path: Path) -> None:
    model = Scripted()
    assert answered(shop, tmp_path, model) == [OWN]
    assert model.asked == []


def test_what_was_said_before_another_message_never_leaves(shop: Shop, tmp_path: Path) -> None:
    class Interrupted(Scripted):
        async def complete(
            self, messages: Sequence[Message], schema: Schema | None, limits: Limits
        ) -> Completion:
            if not self.asked:
                await asyncio.to_thread(shop.hear, "やっぱりもう一つ")
            return await super().complete(messages, schema, limits)

    connect(shop)
    again = "とんでもないです。またいつでもお声がけください。"
    model: Any = Interrupted(FREER, again)
    assert answered(shop, tmp_path, model) == [again]
    assert len(model.asked) == 2
