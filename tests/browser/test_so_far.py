"""A model's answer is seen while it is made, and becomes the message where it stands."""

import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Locator, expect

from tests.browser.conftest import Contexts
from tests.browser.people import Agents, Shopper, Shoppers
from tests.browser.server import ROOT
from tests.browser.test_accessible import _panel, violations
from tests.fakes.model_server import KEY, Act, ModelServer, Say, beside

SAID = {
    "ja": ("ありがとう", "いえいえ、こちらこそ。", "またいつでもお声がけください。"),
    "en": ("Thank you", "You are very welcome.", " Just ask if there's anything else."),
}
WRITING = {"ja": "ボットが答えを書いています", "en": "The bot is writing"}
# Everything that is added to what screen readers are told of, from now on.
LISTEN = """() => {
  window.told = [];
  const log = document.querySelector("[role=log]");
  new MutationObserver((changes) => {
    const added = changes.flatMap((one) => [...one.addedNodes]);
    window.told.push(...added.map((one) => one.textContent));
  }).observe(log, { childList: true, subtree: true });
}"""


class Model:
    """Says the first sentence of its answer, and the rest when it may."""

    def __init__(self) -> None:
        self.server = ModelServer(script=self._answer)
        self.go_on = threading.Event()

    def _answer(self, body: dict[str, Any]) -> Act:
        told = body["messages"][-1]["content"]
        if not any(ask in told for ask, _, _ in SAID.values()):
            return Say("。")
        _, first, rest = SAID["ja" if '"language":"ja"' in told else "en"]
        return Say(first + rest, size=1, held_at=len(first) + 2, go_on=self.go_on)


@pytest.fixture
def model(data: Path) -> Iterator[Model]:
    """The shop has a language model, for as long as the story lasts."""
    made = Model()
    with beside(made.server) as server, _connected(server, data):
        yield made
        made.go_on.set()


@contextmanager
def _connected(server: ModelServer, data: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "kaiwa.cli", "model"]
    shop = ["-m", "kodachi", "--data", str(data)]
    given = ["set", "--engine", "openai", "--model", "scripted", "--jobs", "phrase"]
    given += ["--turn-timeout-s", "30", "--base-url", server.base_url]
    given += ["--key-from-env", "KEY_OF_A_MODEL"]
    key = os.environ | {"KEY_OF_A_MODEL": KEY}
    subprocess.run([*command, *given, *shop], cwd=ROOT, env=key, check=True)
    yield
    subprocess.run([*command, "off", *shop], cwd=ROOT, check=True)


def asks(somebody: Shopper, language: str) -> str:
    """Begin to talk, with words that nobody else in this run says."""
    words = uuid.uuid4().hex[:8]
    somebody.visit("/kettle.html")
    somebody.open()
    somebody.say(words)
    expect(somebody.panel.locator(".group:not(.group-own) .message")).to_have_count(1)
    return words


def another_tab(somebody: Shopper, base: str, language: str) -> Shopper:
    """The same browser, a second page with the chat open."""
    other = Shopper(somebody.context, base, language)
    other.visit("/")
    other.open()
    return other


def so_far(somebody: Shopper) -> Locator:
    return somebody.panel.locator(".so-far")


def top_of(bubble: Locator) -> float:
    box = bubble.bounding_box()
    assert box is not None
    return box["y"]


def told(panel: Frame, words: str) -> int:
    return len([one for one in panel.evaluate("window.told") if words in one])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_first_sentence_is_seen_and_becomes_the_message(
    shopper: Shoppers, agent: Agents, model: Model, base: str, language: str
) -> None:
    ask, first, rest = SAID[language]
    somebody, desk = shopper(language, bypass_csp=True), agent(language)
    words = asks(somebody, language)
    desk.open(words)
    other = another_tab(somebody, base, language)
    panel = _panel(somebody)
    panel.evaluate(LISTEN)

    somebody.say(ask)
    for tab in (somebody, other):
        expect(so_far(tab).locator(".bubble")).to_have_text(first)
    expect(so_far(somebody)).to_have_attribute("aria-busy", "true")
    expect(so_far(somebody)).to_have_attribute("aria-live", "off")
    expect(desk.thread.get_by_text(WRITING[language])).to_be_visible()
    expect(desk.message(first)).to_have_count(0)
    assert told(panel, first) == 0
    assert violations(panel) == []
    before = top_of(so_far(somebody).locator(".bubble")) + _scrolled(panel)

    model.go_on.set()
    for tab in (somebody, other):
        expect(tab.message(first + rest)).to_have_count(1)
        expect(so_far(tab)).to_have_count(0)
        expect(tab.panel.get_by_text(first)).to_have_count(1)
    said = somebody.message(first + rest)
    expect(said).not_to_have_class("message message-new")
    assert abs(top_of(said.locator(".bubble")) + _scrolled(panel) - before) < 1
    assert told(panel, first) == 1
    expect(desk.message(first + rest)).to_have_count(1)
    expect(desk.thread.get_by_text(WRITING[language])).to_have_count(0)

    somebody.page.reload()
    somebody.open()
    expect(somebody.message(first + rest)).to_have_count(1)
    expect(so_far(somebody)).to_have_count(0)


def _scrolled(panel: Frame) -> float:
    return float(panel.evaluate("document.querySelector('.thread').scrollTop"))


def test_a_person_takes_over_in_the_middle(shopper: Shoppers, agent: Agents, model: Model) -> None:
    ask, first, _ = SAID["ja"]
    somebody, desk = shopper(), agent()
    words = asks(somebody, "ja")
    desk.open(words)
    somebody.say(ask)
    expect(so_far(somebody)).to_contain_text(first)
    desk.press("take")
    expect(so_far(somebody)).to_have_count(0)
    expect(somebody.panel.locator(".dots")).to_have_count(0)
    desk.reply("田中です。どういたしまして。")
    expect(somebody.message("田中です。")).to_have_count(1)
    model.go_on.set()
    expect(somebody.panel.get_by_text(first)).to_have_count(0)
    assert model.server.left == 1


def test_who_speaks_again_sees_it_go(shopper: Shoppers, model: Model) -> None:
    ask, first, rest = SAID["ja"]
    somebody = shopper()
    asks(somebody, "ja")
    somebody.say(ask)
    expect(so_far(somebody)).to_contain_text(first)
    somebody.say("ありがとうございます！")
    # Its own words are in the thread before those of the answer come again, behind them.
    expect(somebody.panel.locator(".group-own .bubble").last).to_have_text("ありがとうございます！")
    model.go_on.set()
    expect(somebody.message(first + rest)).to_have_count(2)
    expect(so_far(somebody)).to_have_count(0)


def test_without_movement_nothing_moves(
    shopper: Shoppers, contexts: Contexts, model: Model
) -> None:
    ask, first, _ = SAID["ja"]
    somebody = shopper(reduced_motion="reduce")
    asks(somebody, "ja")
    somebody.say(ask)
    expect(so_far(somebody)).to_contain_text(first)
    moving = "() => document.getAnimations().filter((one) => one.playState === 'running').length"
    assert _panel(somebody).evaluate(moving) == 0
