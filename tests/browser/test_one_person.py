"""Somebody of LINE and somebody of the chat turn out to be one, and then two again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.on_line import OnLine, friend_of
from tests.browser.people import Agents, Shoppers

USER = "U" + "7" * 32


@pytest.fixture(scope="module")
def friend(base: str, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnLine]:
    with friend_of(base, data, tmp_path_factory.mktemp("line"), USER) as made:
        yield made


def test_one_timeline_and_two_again(shopper: Shoppers, agent: Agents, friend: OnLine) -> None:
    friend.say("担当者と話したいです")
    friend.say("LINEから、皿 8831 の件です")
    desk, somebody = agent(), shopper()
    somebody.visit()
    somebody.open()
    somebody.say("担当者と話したいです")
    expect(somebody.panel.get_by_text("担当者をお呼びしています")).to_be_visible()
    somebody.say("チャットから、皿 8831 の件です")
    desk.open("チャットから、皿 8831 の件です")
    expect(desk.message("LINEから、皿 8831 の件です")).to_have_count(0)

    desk.customer.get_by_role("button", name="ほかのお客様と同じ人ですか").click()
    sheet = desk.page.get_by_role("dialog")
    sheet.get_by_label("お客様を名前で探す").fill("長谷川")
    sheet.get_by_role("button", name="検索").click()
    sheet.get_by_role("radio").first.check()
    sheet.get_by_label("同じお客様だと考える理由").fill("皿の番号が同じ")
    sheet.get_by_role("button", name="統合する").click()
    expect(sheet.get_by_text("皿の番号が同じ")).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.message("LINEから、皿 8831 の件です")).to_be_visible()
    expect(desk.message("チャットから、皿 8831 の件です")).to_be_visible()

    desk.customer.get_by_role("button", name="同じ").first.click()
    sheet.get_by_role("button", name="元に戻す").click()
    expect(sheet.get_by_text("元に戻しました")).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.message("LINEから、皿 8831 の件です")).to_have_count(0)
    desk.reply("お皿は無事です。")
    expect(somebody.message("お皿は無事です。")).to_be_visible()
    assert "お皿は無事です" not in friend.heard()
