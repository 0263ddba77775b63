"""The chat is a shop: choose, put in, change, and buy, by mouse, thumb and keyboard."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PHONE
from tests.browser.people import Agents, Shopper, Shoppers
from tests.browser.test_accessible import _panel, violations
from tests.browser.test_hosted import Buyer

WORDS: dict[str, dict[str, Any]] = {
    "ja": {
        "find": "ケトルを見せて",
        "add": "かごに入れる",
        "details": "詳しく",
        "one": "かごを見る（1点）",
        "two": "かごを見る（2点）",
        "put": re.compile("点、かごに入れました"),
        "more": "ひとつ増やす",
        "take_out": re.compile("をかごから出す$"),
        "undo": "元に戻す",
        "empty": "かごにはまだ何も入っていません。",
        "cart": "かご",
        "coupon": "クーポンを使う",
        "code": "クーポンコード",
        "use": "使う",
        "useless": "クーポン NONE は使えません。",
        "buy": re.compile("^ご購入手続きへ"),
        "thanks": "ご注文ありがとうございます",
        "close": "閉じて会話に戻る",
        "cod": "代金引換",
    },
    "en": {
        "find": "show me kettles",
        "add": "Add to cart",
        "details": "Details",
        "one": "View cart (1 item)",
        "two": "View cart (2 items)",
        "put": re.compile("I put 1 ×"),
        "more": "One more",
        "take_out": re.compile("^Remove .* from the cart$"),
        "undo": "Undo",
        "empty": "There is nothing in your cart yet.",
        "cart": "Cart",
        "coupon": "Use a coupon",
        "code": "Coupon code",
        "use": "Apply",
        "useless": re.compile("NONE"),
        "buy": re.compile("^Check out"),
        "thanks": "Thank you for your order",
        "close": "Close and go back to the chat",
        "cod": "Cash on delivery",
    },
}
TOUCH = {"viewport": PHONE, "has_touch": True}


def find(somebody: Shopper, words: dict[str, Any]) -> Locator:
    """Ask for kettles; the first card."""
    somebody.visit()
    somebody.open()
    somebody.say(words["find"])
    card = somebody.panel.locator(".product").first
    expect(card).to_be_visible()
    return card


def sheet(somebody: Shopper) -> Locator:
    return somebody.panel.get_by_role("dialog")


def choose_first(somebody: Shopper, words: dict[str, Any], presses: int = 1) -> None:
    """Open the card's sheet, take the first value of each option, put it in."""
    find(somebody, words).get_by_role("button", name=words["add"]).click()
    groups = sheet(somebody).get_by_role("group").filter(has=somebody.panel.get_by_role("radio"))
    expect(groups.first).to_be_visible()
    for at in range(groups.count()):
        groups.nth(at).locator(".option[data-state=there]").first.click()
    button = sheet(somebody).locator(".sheet-foot .button-main")
    expect(button).to_be_enabled()
    if presses == 1:
        button.click()
    else:
        button.dblclick()
    expect(sheet(somebody)).to_have_count(0)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_double_press_puts_in_once_and_the_cart_is_changed_in_the_chat(
    shopper: Shoppers, language: str
) -> None:
    somebody, words = shopper(language), WORDS[language]
    choose_first(somebody, words, presses=2)
    expect(somebody.panel.locator(".put-in")).to_have_count(1)
    expect(somebody.panel.locator(".put-in")).to_contain_text(words["put"])
    somebody.panel.get_by_role("button", name=words["one"], exact=True).click()
    cart = sheet(somebody)
    expect(cart.locator(".cart-line")).to_have_count(1)
    cart.get_by_role("button", name=words["more"]).click()
    expect(cart.get_by_role("group").filter(has_text="2").first).to_be_visible()
    cart.get_by_text(words["coupon"]).click()
    cart.get_by_role("textbox", name=words["code"]).fill("NONE")
    cart.get_by_role("button", name=words["use"], exact=True).click()
    expect(cart.get_by_text(words["useless"])).to_be_visible()
    cart.get_by_role("button", name=words["take_out"]).click()
    expect(cart.get_by_text(words["empty"])).to_be_visible()
    cart.get_by_role("button", name=words["undo"]).click()
    expect(cart.locator(".cart-line")).to_have_count(1)
    cart.get_by_role("button", name=words["close"]).click()
    expect(somebody.panel.get_by_role("button", name=words["two"], exact=True)).to_be_focused()


def test_the_cart_is_the_same_in_another_window_and_the_bot_changes_it_live(
    shopper: Shoppers,
) -> None:
    somebody, words = shopper(), WORDS["ja"]
    choose_first(somebody, words)
    second = somebody.context.new_page()
    second.goto(somebody.page.url)
    second.locator("kaiwa-widget").get_by_role("button", name="チャットを開く").click()
    there = second.frame_locator("kaiwa-widget iframe")
    expect(there.get_by_role("button", name=words["one"], exact=True)).to_be_visible()
    somebody.say("やっぱり2個で")
    for panel in (somebody.panel, there):
        expect(panel.get_by_role("button", name=words["two"], exact=True)).to_be_visible()


def test_bought_in_another_tab_and_the_receipt_comes_into_the_thread(shopper: Shoppers) -> None:
    somebody, words = shopper(), WORDS["ja"]
    choose_first(somebody, words)
    somebody.panel.get_by_role("button", name=words["one"], exact=True).click()
    with somebody.context.expect_page() as opened:
        sheet(somebody).get_by_role("button", name="別のタブで開く").click()
    buyer = Buyer.__new__(Buyer)
    buyer.page, buyer.words = opened.value, {"filled": "住所を入力しました。"}
    expect(buyer.button("address")).to_be_visible()
    assert buyer.page.evaluate("window.opener") is None
    buyer.tell_address()
    buyer.button("address").click()
    buyer.button("delivery").click()
    buyer.page.locator(".choice").filter(has_text=words["cod"]).click()
    buyer.button("payment").click()
    buyer.page.get_by_role("button", name=re.compile("注文を確定する")).click()
    buyer.page.wait_for_url(re.compile("/orders/"))
    expect(sheet(somebody).get_by_text(words["empty"])).to_be_visible()
    somebody.panel.get_by_role("button", name=words["close"]).click()
    told = somebody.message(words["thanks"])
    expect(told).to_have_count(1)
    expect(told.locator(".receipt")).to_contain_text("¥")
    expect(told.locator(".order")).to_contain_text("発送準備中")


def test_the_keyboard_alone_chooses_and_puts_in(shopper: Shoppers) -> None:
    somebody, words = shopper(), WORDS["ja"]
    card = find(somebody, words)
    keys = somebody.page.keyboard
    card.get_by_role("button", name=words["details"]).focus()
    keys.press("Enter")
    expect(sheet(somebody).get_by_role("heading").first).to_be_focused()
    keys.press("Escape")
    expect(sheet(somebody)).to_have_count(0)
    expect(card.get_by_role("button", name=words["details"])).to_be_focused()
    keys.press("Enter")
    radios = sheet(somebody).get_by_role("radio")
    expect(radios.first).to_be_visible()
    expect(sheet(somebody).get_by_role("heading").first).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Space")
    expect(radios.first).to_be_checked()
    for _ in range(9):
        keys.press("Tab")
        button = sheet(somebody).locator(".sheet-foot .button-main")
        if button.evaluate("(one) => one === document.activeElement"):
            break
    keys.press("Enter")
    expect(somebody.panel.locator(".put-in")).to_have_count(1)
    expect(card.get_by_role("button", name=words["details"])).to_be_focused()


def test_what_could_not_be_sent_is_said_and_can_be_pressed_again(
    shopper: Shoppers, contexts
) -> None:
    somebody, words = shopper(), WORDS["ja"]
    find(somebody, words).get_by_role("button", name=words["add"]).click()
    sheet(somebody).locator(".option[data-state=there]").first.click()
    button = sheet(somebody).locator(".sheet-foot .button-main")
    with contexts.watch(somebody.context).expecting("ERR_FAILED"):
        somebody.context.route("**/cart/put*", lambda route: route.abort())
        button.click()
        expect(sheet(somebody).get_by_role("alert")).to_contain_text("つながりませんでした")
        somebody.context.unroute_all()
    button.click()
    expect(somebody.panel.get_by_role("button", name=words["one"], exact=True)).to_be_visible()


def test_earlier_conversations_stand_above_the_new_one(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    somebody.visit()
    somebody.open()
    somebody.say("担当者と話したいです")
    expect(somebody.panel.get_by_text("担当者をお呼びしています")).to_be_visible()
    somebody.say("小包 7731 のことです")
    desk.open("小包 7731 のことです")
    desk.reply("お調べしました。")
    expect(somebody.message("お調べしました。")).to_be_visible()
    desk.press("close")
    expect(somebody.panel.get_by_text("この会話は終わりました")).to_be_visible()
    somebody.say("新しい質問です")
    expect(somebody.panel.locator(".group-own .bubble")).to_have_count(3)
    somebody.page.reload()
    somebody.open()
    expect(somebody.message("お調べしました。")).to_have_count(1)
    assert somebody.own_words() == [
        "担当者と話したいです",
        "小包 7731 のことです",
        "新しい質問です",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{}, TOUCH], ids=["wide", "phone"])
def test_axe_finds_nothing_in_the_shop_of_the_chat(
    shopper: Shoppers, size: dict[str, Any], scheme: str
) -> None:
    language = "ja" if scheme == "light" else "en"
    somebody = shopper(language, bypass_csp=True, color_scheme=scheme, **size)
    words = WORDS[language]
    choose_first(somebody, words)
    assert violations(_panel(somebody)) == []
    somebody.panel.get_by_role("button", name=words["one"], exact=True).click()
    expect(sheet(somebody).locator(".cart-line")).to_be_visible()
    assert violations(_panel(somebody)) == []
    sheet(somebody).get_by_role("button", name=words["close"]).click()
    somebody.panel.locator(".product").first.get_by_role("button", name=words["details"]).click()
    expect(sheet(somebody).get_by_role("radio").first).to_be_attached()
    assert violations(_panel(somebody)) == []
