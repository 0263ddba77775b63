"""The desk as a workplace: sorting, saved replies, cards from records, orders."""

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from kaiwa.channels.registry import channels
from tests.browser.conftest import Contexts
from tests.browser.people import Agents, Shoppers
from tests.browser.server import ROOT
from tests.browser.test_accessible import RULES, violations
from tests.browser.test_desk import _asks_for_a_person
from tests.fakes.model_server import KEY, ModelServer, Say, beside

FREE_SHIPPING = "送料無料クーポン"
# Chooses the last entry of a menu as soon as there is one, and lets two frames pass.
AT_ONCE = """() => {
  new MutationObserver((_, watching) => {
    const last = [...document.querySelectorAll(".layer [role=menuitem]")].at(-1);
    if (last) { watching.disconnect(); last.focus(); }
  }).observe(document.body, { childList: true, subtree: true });
}"""
TWO_FRAMES = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"


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


def test_a_choice_made_as_soon_as_a_menu_opens_keeps_the_focus(
    shopper: Shoppers, agent: Agents
) -> None:
    desk, somebody = agent(owner=True), shopper()
    desk.open(_asks_for_a_person(somebody))
    page = desk.page
    desk.thread.focus()
    page.evaluate(AT_ONCE)
    page.keyboard.press("h")
    choice = page.get_by_role("menuitem", name="お客様の返信まで")
    choice.wait_for()
    page.evaluate(TWO_FRAMES)
    assert choice.evaluate("(one) => one === document.activeElement")


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
    desk.reply("田中 翔です。ご注文 1042 の件です。")
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
    desk.reply("こちらからお進みください。")
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


def test_a_draft_is_seen_as_every_channel_carries_it(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(bypass_csp=True), shopper()
    words = _asks_for_a_person(somebody)
    desk.open(words)
    page, draft = desk.page, "こちらはいかがでしょうか。"
    button = page.get_by_role("button", name="見え方")
    expect(button).to_be_disabled()
    page.get_by_role("button", name="商品", exact=True).click()
    picker = page.get_by_role("dialog", name="商品を選ぶ")
    picker.get_by_label("商品を探す").fill("笛吹きケトル")
    picker.get_by_role("checkbox", name=re.compile("笛吹きケトル")).first.check()
    picker.get_by_role("button", name="1点を返信に入れる").click()
    desk.field.fill(draft)
    button.click()
    sheet = page.get_by_role("dialog", name="各チャネルでの見え方")
    own = sheet.get_by_role("listitem").filter(has=page.get_by_role("heading", name="ウィジェット"))
    expect(own).to_contain_text("すべてそのまま届きます")
    sheet.get_by_text(re.compile("^つないでいないチャネル")).click()
    expect(sheet.get_by_role("heading", level=3)).to_have_count(len(channels()))
    for channel in ("LINE", "メール", "WhatsApp", "Telegram", "Messenger"):
        expect(sheet.get_by_role("heading", name=channel)).to_be_visible()
    # A text message has no pictures: what is lost is said, and what is read can be read.
    short = sheet.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name="SMS（Twilio）")
    )
    expect(short.locator(".preview-lost li").first).to_be_visible()
    short.get_by_text("読める言葉").click()
    expect(short.locator("pre")).to_contain_text(draft)
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(desk.field).to_have_value(draft)
    expect(somebody.message(draft)).to_have_count(0)
    desk.send()
    expect(somebody.message(draft)).to_be_visible()


def rewritten(asked: dict[str, Any]) -> Say:
    """Politely, in English, or, asked to be short, with a price that is not the draft's."""
    how = asked["messages"][0]["content"]
    if "shorter" in how:
        return Say("ケトルは7,800円です。")
    english = "The kettle is 8,800 yen. We have it in stock."
    return Say(english if "English" in how else "ケトルは8,800円でございます。在庫がございます。")


@pytest.fixture
def model(data: Path) -> Iterator[ModelServer]:
    """The shop has a language model, for as long as the story lasts."""
    with beside(ModelServer(script=rewritten)) as server:
        command = [sys.executable, "-m", "kaiwa.cli", "model"]
        shop = ["-m", "kodachi", "--data", str(data)]
        given = ["set", "--engine", "openai", "--model", "scripted", "--jobs", "phrase"]
        given += ["--base-url", server.base_url, "--key-from-env", "KEY_OF_A_MODEL"]
        key = os.environ | {"KEY_OF_A_MODEL": KEY}
        subprocess.run([*command, *given, *shop], cwd=ROOT, env=key, check=True)
        yield server
        subprocess.run([*command, "off", *shop], cwd=ROOT, check=True)


def test_a_draft_is_rewritten_and_taken_only_by_the_agent(
    shopper: Shoppers, agent: Agents, contexts: Contexts, model: ModelServer
) -> None:
    somebody = shopper()
    words = _asks_for_a_person(somebody)
    desk = agent(bypass_csp=True)
    desk.open(words)
    page, draft = desk.page, "ケトルは8,800円です。在庫があります。"
    desk.field.fill(draft)
    offer = page.get_by_role("region", name="書き換え")

    def asked(way: str) -> None:
        page.get_by_role("button", name="書き換え", exact=True).click()
        page.get_by_role("button", name=way, exact=True).click()

    asked("より丁寧に")
    expect(offer).to_contain_text("在庫がございます。")
    expect(offer).to_contain_text("下書きは、まだそのままです")
    expect(desk.field).to_have_value(draft)
    assert violations(page) == []
    offer.get_by_role("button", name="使わない").click()
    expect(offer).to_have_count(0)
    expect(desk.field).to_be_focused()
    # What says another price than the draft is not even shown.
    with contexts.watch(desk.context).expecting("409"):
        asked("短く")
        expect(offer).to_contain_text("下書きは変わっていません")
    expect(offer.get_by_role("button", name="これにする")).to_have_count(0)
    expect(page.get_by_text("7,800円")).to_have_count(0)
    offer.get_by_role("button", name="使わない").click()
    asked("英語に")
    offer.get_by_role("button", name="これにする").click()
    english = "The kettle is 8,800 yen. We have it in stock."
    expect(desk.field).to_have_value(english)
    page.get_by_role("button", name="書き換え前に戻す").click()
    expect(desk.field).to_have_value(draft)
    asked("英語に")
    offer.get_by_role("button", name="これにする").click()
    desk.send()
    expect(somebody.message(english)).to_be_visible()
    expect(somebody.message(draft)).to_have_count(0)


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
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page, only=RULES[scheme]) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    desk.thread.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="キーの一覧")).to_be_visible()
    assert violations(page, only=RULES[scheme]) == []
