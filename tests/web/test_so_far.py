"""A model's answer while it is made, at the chat's socket: for its shopper, in passing."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from kaiwa.app import Running
from kaiwa.catalog.finder.finder import Finder
from kaiwa.conversations.so_far import KIND
from kaiwa.engines.db import Database, Nudge, open_database
from kaiwa.engines.files.directory import DirectoryStore
from kaiwa.house import House
from kaiwa.merchants.language_model import ModelTerms, NewModel, set_model
from kaiwa.settings import Settings
from kaiwa.web.asgi import App
from kaiwa.web.so_far import so_far_events
from tests.fakes.model_server import KEY, ModelServer, Say
from tests.web.asgi import Socket
from tests.web.doors import CHAT, NOW, Doors
from tests.world import SECRETS

pytest.importorskip("pydantic_ai")

FIRST, REST = "You are very welcome.", " Just ask if there's anything else."


class Model(ModelServer):
    """Says one sentence, and the rest when it may."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        say = Say(FIRST + REST, size=1, held_at=len(FIRST) + 2, go_on=self.go_on)
        super().__init__(script=lambda _: say)


@asynccontextmanager
async def with_model(shop: Doors) -> AsyncIterator[Model]:
    model = Model()
    async with model.served():
        terms = ModelTerms(jobs=("phrase",), turn_timeout_s=30.0)
        new = NewModel("openai", "small-model", model.base_url, KEY, terms)
        shop.db.write_now(lambda s: set_model(s, 1, new, SECRETS, NOW))
        yield model
        model.go_on.set()


async def opened(app: App, token: str) -> Socket:
    socket = Socket(app, f"/api/widget/{CHAT}/live")
    socket.say({"type": "hello", "token": token, "cursor": None})
    await socket.hear("welcome")
    return socket


def told(socket: Socket) -> list[Any]:
    events = [event for frame in socket.frames for event in frame.get("events", [])]
    return [event for event in events if event["kind"] == "so_far"]


def texts(socket: Socket) -> list[str]:
    return [block["text"] for one in socket.messages for block in one["blocks"]]


async def test_both_tabs_see_it_and_nobody_else(shop: Doors) -> None:
    token, stranger = await shop.visitor(), await shop.visitor()
    async with with_model(shop) as model:
        tabs = [await opened(shop.app, token) for _ in range(2)]
        other = await opened(shop.app, stranger)
        cursor = tabs[0].cursor
        assert (await shop.say(token, "c-1", "Thank you")).status == 202
        for tab in tabs:
            await tab.until(told)
        conversation = tabs[0].messages[0]["conversation"]
        shown = {"conversation": conversation, "after_seq": 1, "texts": [FIRST]}
        assert shop.count("message", "direction = 'out'") == 0
        late = shop.socket()
        late.say({"type": "hello", "token": token, "cursor": cursor})
        model.go_on.set()
        for tab in [*tabs, late]:
            await tab.until(texts)
    for tab in tabs:
        assert told(tab) == [{"kind": "so_far", **shown}]
        assert texts(tab) == [FIRST + REST]
    # Who comes back later gets all that was said, and nothing of how it was made.
    assert (told(late), texts(late)) == ([], [FIRST + REST])
    assert (told(other), other.messages) == ([], [])
    for tab in [*tabs, late, other]:
        await tab.leave()


async def test_another_process_shows_what_this_one_makes(postgres_url: str, tmp_path: Path) -> None:
    db, beside = open_database(postgres_url), open_database(postgres_url)
    shop = Doors(db, tmp_path, work=True)
    other = _process(beside, shop, tmp_path)
    try:
        async with shop.running(), other(), with_model(shop) as model:
            token = await shop.visitor()
            tab = await opened(other.app, token)
            await shop.say(token, "c-1", "Thank you")
            await tab.until(told)
            model.go_on.set()
            await tab.until(texts)
            await tab.leave()
    finally:
        db.close()
        beside.close()
    assert [one["texts"] for one in told(tab)] == [[FIRST]]
    assert texts(tab) == [FIRST + REST]


def _process(db: Database, shop: Doors, folder: Path) -> Running:
    files = DirectoryStore(folder / "files")
    settings = Settings(folder, "", public_url="https://kaiwa.example")
    house = House(settings, db, SECRETS, shop.clock, files, Finder(db, None, shop.clock))
    return Running(house, work=False)


def test_what_another_release_tells_is_passed_over() -> None:
    assert so_far_events(Nudge(KIND, 1, 2, 3, '{"words": "…"}'), lambda _: True) == []
