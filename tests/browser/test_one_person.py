"""Somebody of LINE and somebody of the chat turn out to be one, and then two again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.on_line import OnLine, friend_of
from tests.browser.people import Agents, Shoppers
from tests.browser.test_routing import Words

USER = "U" + "7" * 32
SAID = {
    "ja": {
        "ask": "担当者と話したいです",
        "called": "担当者をお呼びしています",
        "line": "LINEから、皿 8831 の件です",
        "chat": "チャットから、皿 8831 の件です",
        "why": "皿の番号が同じ",
        "later": "LINEから続き 8831 です",
        "answer": "お皿は無事です。",
    },
    "en": {
        "ask": "I want to talk to a person",
        "called": "We're getting a colleague",
        "line": "From LINE, about plate 8832",
        "chat": "From the chat, about plate 8832",
        "why": "The same plate",
        "later": "From LINE again, 8832",
        "answer": "The plate is safe.",
    },
}


@pytest.fixture(scope="module")
def friend(base: str, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnLine]:
    with friend_of(base, data, tmp_path_factory.mktemp("line"), USER) as made:
        yield made


@pytest.mark.parametrize("language", ["ja", "en"])
def test_one_timeline_and_two_again(
    shopper: Shoppers, agent: Agents, friend: OnLine, language: str
) -> None:
    words, said = Words(language), SAID[language]
    friend.say("担当者と話したいです")
    friend.say(said["line"])
    desk, somebody = agent(language), shopper(language)
    somebody.visit()
    somebody.open()
    somebody.say(said["ask"])
    expect(somebody.panel.get_by_text(said["called"])).to_be_visible()
    somebody.say(said["chat"])
    desk.open(said["chat"])
    expect(desk.message(said["line"])).to_have_count(0)

    desk.customer.get_by_role("button", name=words("desk.same.open")).click()
    sheet = desk.page.get_by_role("dialog")
    sheet.get_by_label(words("desk.same.name")).fill("長谷川")
    sheet.get_by_role("button", name=words("desk.search")).click()
    sheet.get_by_role("radio").first.check()
    sheet.get_by_label(words("desk.same.why")).fill(said["why"])
    sheet.get_by_role("button", name=words("desk.same.merge"), exact=True).click()
    expect(sheet.get_by_text(said["why"])).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.message(said["line"])).to_be_visible()
    expect(desk.message(said["chat"])).to_be_visible()
    friend.say(said["later"])
    expect(desk.message(said["later"])).to_be_visible()

    desk.customer.locator("#act-same").click()
    sheet.get_by_role("button", name=words("desk.same.undo")).click()
    moves = "desk.same.goesBack.messages" + ("_one" if language == "en" else "")
    expect(sheet.get_by_text(words(moves, n=1))).to_be_visible()
    sheet.get_by_role("button", name=words("desk.same.undo.sure")).click()
    expect(sheet.get_by_text(words("desk.same.undone"))).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.message(said["line"])).to_have_count(0)
    expect(desk.message(said["later"])).to_have_count(0)
    expect(desk.message(words("desk.parted"))).to_be_visible()
    desk.reply(said["answer"])
    expect(somebody.message(said["answer"])).to_be_visible()
    assert said["answer"] not in friend.heard()
