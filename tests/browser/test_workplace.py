"""The desk as a workplace: sorting, saved replies, cards from records, orders."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.people import Agents, Shoppers
from tests.browser.test_accessible import RULES, violations
from tests.browser.test_desk import _asks_for_a_person

FREE_SHIPPING = "送料無料クーポン"


def test_an_agent_sorts_a_conversation_by_keyboard(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(owner=True), shopper()
    words = _asks_for_a_person(somebody)
    desk.open(words)
    page, row = desk.page, desk.row(words)
    desk.thread.focus()
    page.keyboard.press("p")
    page.get_by_role("menuitemradio", name="緊急").press("Enter")
    expect(row).to_contain_text("緊急")
    expect(desk.thread.get_by_text("さんが優先度を変更")).to_be_visible()
    desk.thread.focus()
    page.keyboard.press("l")
    name = f"ギフト{words[3:11]}"
    page.get_by_label("新しいラベル").fill(name)
    page.keyboard.press("Enter")
    expect(row).to_contain_text(name)
    page.keyboard.press("Escape")
    desk.thread.focus()
    page.keyboard.press("h")
    page.get_by_role("menuitem", name="お客様の返信まで").press("Enter")
    expect(row).to_have_count(0)
    page.get_by_role("link", name="保留中").click()
    expect(row).to_contain_text("お客様の返信まで")
    # The customer's next word brings it back, and the timer has nothing to do with it.
    somebody.say("まだいますか")
    expect(desk.row("まだいますか")).to_have_count(0)
    page.get_by_role("link", name="未完了すべて").click()
    expect(desk.row("まだいますか")).to_contain_text("緊急")


def test_many_are_chosen_and_sorted_at_once(shopper: Shoppers, agent: Agents) -> None:
    desk, one, two = agent(), shopper(), shopper()
    first, second = _asks_for_a_person(one), _asks_for_a_person(two)
    page = desk.page
    # While the focus is in the list nothing new moves into it: both are there first.
    expect(desk.row(first)).to_be_visible()
    expect(desk.row(second)).to_be_visible()
    for words in (first, second):
        desk.row(words).focus()
        page.keyboard.press("x")
    bar = page.get_by_role("toolbar", name="選択した会話")
    expect(bar).to_contain_text("2件を選択中")
    bar.get_by_role("button", name="優先度").click()
    page.get_by_role("menuitemradio", name="低", exact=True).click()
    bar.get_by_role("button", name="完了").click()
    expect(bar).to_have_count(0)
    expect(desk.row(first)).to_have_count(0)
    expect(desk.row(second)).to_have_count(0)
    expect(one.panel.get_by_text("この会話は終わりました")).to_be_visible()


def test_a_saved_reply_with_a_blank_is_not_sent(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    desk.open(words)
    page, shortcut = desk.page, f"k{words[3:9]}"
    page.get_by_role("button", name="定型文").click()
    page.get_by_role("button", name="管理").click()
    sheet = page.get_by_role("dialog", name="定型文")
    sheet.get_by_role("button", name="新しい定型文").click()
    sheet.get_by_label("タイトル").fill(f"状況 {shortcut}")
    sheet.get_by_label(re.compile("ショートカット")).fill(shortcut)
    sheet.get_by_label("本文").fill("{{agent.name}}です。ご注文 {{order.number}} の件です。")
    sheet.get_by_role("button", name="保存", exact=True).click()
    sheet.get_by_role("button", name="閉じる").click()
    desk.field.press_sequentially(f"/{shortcut}")
    preview = page.get_by_role("region", name="定型文")
    expect(preview).to_contain_text("田中 翔")
    expect(preview).to_contain_text("注文番号 が空です")
    page.keyboard.press("Enter")
    expect(desk.field).to_have_value("田中 翔です。ご注文 {{order.number}} の件です。")
    expect(page.get_by_role("alert").filter(has_text="注文番号")).to_be_visible()
    desk.field.press("Control+Enter")
    expect(desk.field).to_have_value("田中 翔です。ご注文 {{order.number}} の件です。")
    desk.field.fill("田中 翔です。ご注文 1042 の件です。")
    desk.field.press("Control+Enter")
    expect(somebody.message("ご注文 1042 の件です。")).to_be_visible()


def test_an_answer_brings_products_and_a_coupon(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    desk.open(words)
    page = desk.page
    page.get_by_role("button", name="商品", exact=True).click()
    picker = page.get_by_role("dialog", name="商品を選ぶ")
    picker.get_by_label("商品を探す").fill("笛吹きケトル")
    picker.get_by_role("checkbox", name=re.compile("笛吹きケトル")).first.check()
    picker.get_by_role("button", name="1点を返信に入れる").click()
    page.get_by_role("button", name="クーポン", exact=True).click()
    page.get_by_role("menuitem", name=re.compile(FREE_SHIPPING)).click()
    chosen = page.get_by_role("list", name="いっしょに送るもの")
    expect(chosen.get_by_role("listitem")).to_have_count(2)
    desk.reply("こちらはいかがでしょうか。")
    expect(chosen).to_have_count(0)
    expect(somebody.panel.get_by_text("笛吹きケトル「やまね」2.0L").first).to_be_visible()
    expect(somebody.panel.get_by_text("SOURYO0").first).to_be_visible()
    expect(desk.thread.locator(".card-price")).to_contain_text("¥5,940")


def test_the_cart_is_offered_and_an_order_found(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(owner=True), shopper()
    somebody.visit("/kettle.html")
    somebody.open()
    somebody.say("藍墨のケトルをカートに入れて")
    expect(somebody.panel.get_by_text("¥8,800").first).to_be_visible()
    somebody.say("担当者と話したいです")
    expect(somebody.panel.get_by_text("担当者をお呼びしています")).to_be_visible()
    words = f"カート {uuid.uuid4().hex[:8]} の件です"
    somebody.say(words)
    desk.open(words)
    desk.customer.get_by_role("button", name="カートを提案").click()
    desk.field.fill("こちらからお進みください。")
    desk.field.press("Control+Enter")
    expect(somebody.panel.get_by_text("購入手続きへ進む").first).to_be_visible()
    desk.customer.get_by_label("注文番号で探す").fill("1144")
    desk.customer.get_by_label("注文番号で探す").press("Enter")
    found = desk.customer.get_by_role("article", name="注文 1144")
    expect(found).to_contain_text("このお客様の注文とは確認できていません")
    expect(found.get_by_role("button", name="返品")).to_have_attribute("aria-disabled", "true")
    found.get_by_role("button", name="キャンセル").click()
    sheet = desk.page.get_by_role("dialog", name=re.compile("1144"))
    expect(sheet).to_contain_text("合計（税込）")
    sheet.get_by_role("button", name="やめる").click()
    expect(sheet).to_have_count(0)
    expect(found).to_contain_text("発送準備中")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_layers(agent: Agents, scheme: str) -> None:
    desk = agent(owner=True, bypass_csp=True, color_scheme=scheme)
    page = desk.page
    desk.open_with("井上 さくら")
    expect(desk.thread.get_by_role("article").first).to_be_visible()
    for key in ("p", "l", "h", "a"):
        desk.thread.focus()
        page.keyboard.press(key)
        expect(page.locator(".layer")).to_be_visible()
        assert violations(page, only=RULES[scheme]) == [], key
        page.keyboard.press("Escape")
    page.get_by_role("button", name="絞り込み").click()
    expect(page.locator(".layer")).to_be_visible()
    assert violations(page, only=RULES[scheme]) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="定型文").click()
    page.get_by_role("button", name="管理").click()
    assert violations(page, only=RULES[scheme]) == []
    page.get_by_role("dialog").get_by_role("button", name="閉じる").click()
    page.get_by_role("button", name="商品", exact=True).click()
    page.get_by_label("商品を探す").fill("ケトル")
    expect(page.locator(".product").first).to_be_visible()
    assert violations(page, only=RULES[scheme]) == []
    page.keyboard.press("Escape")
    desk.thread.focus()
    page.keyboard.press("m")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page, only=RULES[scheme]) == []
