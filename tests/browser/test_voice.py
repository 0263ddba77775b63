"""The owner gives the shop a voice, the next shopper hears it, and goes back to the bot."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Contexts
from tests.browser.people import Agents, Shoppers
from tests.browser.test_accessible import violations


def opened(page: Page) -> None:
    """Go to the settings by the account menu."""
    page.get_by_role("button", name="アカウント").click()
    page.get_by_role("button", name="設定").click()
    page.get_by_role("link", name="お店の声").click()
    expect(page.get_by_role("heading", name="お店の声")).to_be_visible()


def saved(page: Page) -> None:
    """Save, and wait until it is."""
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("保存しました。")).to_be_visible()


def test_what_is_heard_in_the_preview_is_what_the_shopper_hears(
    shopper: Shoppers, agent: Agents
) -> None:
    page = agent(owner=True).page
    opened(page)
    preview = page.get_by_role("complementary", name="聞こえ方")
    expect(preview).to_contain_text("細口ケトルを1点、かごに入れました。")
    page.get_by_label("簡潔：かごに追加").check()
    page.get_by_role("button", name="話題を加える").click()
    page.get_by_label("話題の名前").fill("占い")
    page.get_by_label("言葉（日本語、「、」で区切る）").fill("占い、運勢")
    page.get_by_label("ためしに送る言葉").fill("今日の運勢は？")
    expect(preview).to_contain_text("かごに追加：細口ケトル ×1")
    expect(preview).to_contain_text("「占い」として、お答えしません。")
    saved(page)
    try:
        somebody = shopper()
        somebody.visit("/kettle.html")
        somebody.open()
        somebody.say("今日の運勢は？")
        expect(somebody.message("その件にはお答えしていません。")).to_be_visible()
        somebody.say("担当者と話したいです")
        expect(somebody.message("担当者に引き継ぎます。内容は伝わります。")).to_be_visible()
        somebody.panel.get_by_role("button", name="自動応答に戻る").click()
        expect(somebody.message("自動応答に戻りました。ご用件をどうぞ。")).to_be_visible()
    finally:
        page.get_by_label("ていねい：かごに入れました。").check()
        page.get_by_role("button", name="この話題をなくす").click()
        saved(page)
    page.get_by_role("button", name="デスクに戻る").click()
    expect(page.get_by_role("navigation").first).to_be_visible()


def test_hours_that_cannot_be_are_told_and_nothing_is_kept(
    agent: Agents, contexts: Contexts
) -> None:
    desk = agent(owner=True)
    with contexts.watch(desk.context).expecting("400"):
        opened(desk.page)
        desk.page.get_by_label("月曜").fill("18:00-10:00")
        desk.page.get_by_role("button", name="保存する").click()
        expect(desk.page.get_by_role("alert").first).to_contain_text("10:00-18:00のように")
        # The preview asks a moment later, and is refused as well.
        desk.page.reload()
    expect(desk.page.get_by_label("月曜")).to_have_value("")


def test_an_agent_has_no_way_in(agent: Agents) -> None:
    page = agent().page
    page.get_by_role("button", name="アカウント").click()
    expect(page.get_by_role("button", name="ログアウト")).to_be_visible()
    page.get_by_role("button", name="設定").click()
    expect(page.get_by_role("link", name="よくある質問")).to_be_visible()
    expect(page.get_by_role("link", name="お店の声")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_settings_can_be_used_by_everybody(agent: Agents, scheme: str) -> None:
    page = agent(owner=True, bypass_csp=True, color_scheme=scheme).page
    opened(page)
    page.get_by_role("button", name="話題を加える").click()
    assert violations(page) == []


def test_on_a_phone(agent: Agents) -> None:
    page = agent(owner=True, viewport=PHONE, has_touch=True).page
    opened(page)
    expect(page.get_by_role("button", name="保存する")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_public_holidays_are_a_box_to_tick_and_stay_as_they_were_left(agent: Agents) -> None:
    page = agent(owner=True).page
    opened(page)
    box = page.get_by_label("祝日は休み")
    expect(box).not_to_be_checked()
    box.check()
    saved(page)
    try:
        page.reload()
        expect(box).to_be_checked()
    finally:
        box.uncheck()
        saved(page)
