"""Rewriting at the desk: offered with a model only, true or not at all, nothing kept."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kaiwa.bot.known import open_tools
from kaiwa.bot.model.models import Models
from kaiwa.bot.rewriting import Rewriter
from kaiwa.engines.db import Database
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.language_model import ModelTerms, NewModel, set_model
from kaiwa.vocabulary.errors import Unreachable
from tests.bot.model.shops import Scripted
from tests.web.desk.world import World
from tests.world import dump


class Writing(World):
    """A shop's desk with a language model that says what it is told to."""

    def __init__(self, db: Database, folder: Path) -> None:
        super().__init__(db, folder)
        self.model = Scripted()
        secrets = Secrets(b"0" * 32)
        self.models = Models(db, secrets, self.clock, lambda _: self.model)
        finder = self.context.finder
        tools = open_tools(db, finder, self.clock, folder, "http://shop.example", by_letters=True)
        made = msgspec.structs.replace(self.context, rewriter=Rewriter(db, self.models, tools))
        self.app.state["context"] = made

    def connect(self, **terms: Any) -> None:
        new = NewModel("openai", "small", "http://127.0.0.1:9/v1", "sk-x", ModelTerms(**terms))
        secrets, now = Secrets(b"0" * 32), self.clock.now()
        self.db.write_now(lambda s: set_model(s, self.shop.id, new, secrets, now))


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[Writing]:
    made = Writing(database, tmp_path)
    async with made.serving():
        yield made
        await made.models.close()


async def test_a_draft_is_rewritten_and_only_the_budget_knows(world: Writing) -> None:
    conv = world.shop.hears("v1", "Hello", name="佐々木 美穂")
    browser = await world.browser(world.shop.ken)
    where = f"/api/conversations/{conv.id}/rewrite"
    body = {"text": "佐々木 美穂様、¥500です。", "way": "politer"}
    assert (await browser.get("/api/rewriting")).json() == {"ways": []}
    none = await browser.post(where, body)
    assert (none.status_code, none.json()["detail"]["reason"]) == (409, "no_model")
    world.connect(jobs=("understand",))
    assert (await browser.get("/api/rewriting")).json() == {"ways": []}
    world.connect()
    ways = (await browser.get("/api/rewriting")).json()["ways"]
    assert ways == ["friendlier", "politer", "shorter", "to_ja", "to_en"]
    before = dump(world.db)
    world.model.answers = ["[NAME_1]様、500円でございます。", "[NAME_1]様、400円でございます。"]
    answer = await browser.post(where, body)
    assert answer.json() == {"text": "佐々木 美穂様、500円でございます。"}
    [asked] = world.model.asked
    assert "佐々木" not in asked[1].text
    untrue = await browser.post(where, body)
    assert (untrue.status_code, untrue.json()["detail"]["reason"]) == (409, "untrue")
    await world.models.settled()
    after = dump(world.db)
    assert {name for name in after if after[name] != before[name]} == {"language_model_day"}


async def test_a_model_that_is_away_costs_the_agent_nothing(world: Writing) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.ken)
    world.connect()
    where = f"/api/conversations/{conv.id}/rewrite"
    world.model.answers = [Unreachable("slow")]
    away = await browser.post(where, {"text": "はい", "way": "politer"})
    assert (away.status_code, away.headers["retry-after"]) == (503, "10")
    for text, reason in (("x" * 1001, "rewrite_long"), ("  ", "empty")):
        refused = await browser.post(where, {"text": text, "way": "shorter"})
        assert (refused.status_code, refused.json()["detail"]["reason"]) == (400, reason)
    odd = await browser.post(where, {"text": "x", "way": "ruder"})
    assert odd.status_code == 400
    theirs = world.other.hears("v9", "Hello")
    foreign = f"/api/conversations/{theirs.id}/rewrite"
    assert (await browser.post(foreign, {"text": "x", "way": "shorter"})).status_code == 404
