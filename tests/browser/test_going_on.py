"""From the shop's chat over to LINE: a link says who comes, and the conversation goes on there."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.on_line import OnLine, friend_of
from tests.browser.people import Agents, Shoppers

USER = "U" + "6" * 32


@pytest.fixture(scope="module")
def friend(base: str, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnLine]:
    folder = tmp_path_factory.mktemp("line")
    with friend_of(base, data, folder, USER, "--basic-id", "@kodachi") as made:
        yield made


def test_a_link_brings_them_over_and_one_click_goes_on_there(
    shopper: Shoppers, agent: Agents, friend: OnLine
) -> None:
    desk, somebody = agent(), shopper()
    somebody.visit()
    somebody.open()
    somebody.say("担当者と話したいです")
    expect(somebody.panel.get_by_text("担当者をお呼びしています")).to_be_visible()
    somebody.say("皿 4417 の件です")
    desk.open("皿 4417 の件です")

    desk.customer.get_by_role("button", name="ほかのチャットへのリンク").click()
    sheet = desk.page.get_by_role("dialog")
    sheet.get_by_role("button", name="LINE").last.click()
    url = sheet.get_by_label("リンク", exact=True)
    expect(sheet.get_by_role("img", name="リンクのQRコード")).to_be_visible()
    _picture(desk.page, "link")
    greeting = unquote(url.input_value().rpartition("?")[2])
    desk.page.keyboard.press("Escape")

    friend.say(greeting)
    expect(desk.message("こんにちは")).to_be_visible()
    expect(desk.page.get_by_text("お客様がリンクから移動")).to_be_visible()
    somebody.say("こちらにも書いておきます")
    expect(desk.message("こちらにも書いておきます")).to_be_visible()

    desk.page.locator(".route-chip").click()
    go = desk.page.get_by_role("menuitem", name="LINEで続ける")
    expect(go).to_be_visible()
    _picture(desk.page, "menu")
    go.click()
    expect(desk.page.get_by_text("さんが別の連絡先で継続")).to_be_visible()
    _picture(desk.page, "after")
    expect(somebody.message("このあとはLINEでご案内します")).to_be_visible()
    desk.reply("新しいお皿をお送りします。")
    expect(desk.message("新しいお皿をお送りします。")).to_be_visible()
    friend.hears("お話の続きを、こちらでご案内します")
    friend.hears("新しいお皿をお送りします")
    expect(somebody.message("新しいお皿をお送りします。")).to_have_count(0)


def _picture(page: Page, name: str) -> None:
    if folder := os.environ.get("KAIWA_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")
