"""What a shopper does in the chat on the shop's pages."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Shoppers

PLAIN = """<!doctype html><html lang="ja"><title>A page</title><script type="module">
import { load } from "/widget.mjs";
window.told = [];
for (const one of ["open", "close"])
  document.addEventListener(`kaiwa:${one}`, () => told.push(one));
window.load = load;
window.chat = await load({ shop: "kodachi-demo" });
</script></html>"""


@pytest.mark.parametrize(
    ("language", "question", "answer", "source"),
    [
        ("ja", "送料はいくらですか", "全国一律660円（税込）", "「送料はいくらですか」より"),
        ("en", "How much is shipping?", "Shipping is a flat ¥660", "From “How much is shipping?”"),
    ],
)
def test_a_question_of_the_faq_is_answered_with_its_source(
    shopper: Shoppers, language: str, question: str, answer: str, source: str
) -> None:
    somebody = shopper(language)
    somebody.visit()
    somebody.open()
    somebody.say(question)
    reply = somebody.message(answer)
    expect(reply).to_be_visible()
    expect(reply).to_contain_text(source)
    expect(somebody.message(question).first).to_be_visible()


def test_a_suggestion_is_sent_as_the_shoppers_own_words(shopper: Shoppers) -> None:
    somebody = shopper()
    somebody.visit("/kettle.html")
    somebody.open()
    somebody.panel.get_by_role("button", name="IHで使える？").click()
    expect(somebody.message("鉄鍋・鉄瓶・ステンレスのケトルは対応し")).to_be_visible()
    assert somebody.own_words() == ["IHで使える？"]
    expect(somebody.panel.get_by_role("button", name="IHで使える？")).to_have_count(0)


def test_the_page_brings_the_chat_as_a_module_and_may_call_before_it_is_there(
    shopper: Shoppers, base: str
) -> None:
    somebody = shopper()
    page = somebody.page
    page.add_init_script("(window.Kaiwa ||= []).push(['open', '送料はいくらですか'])")
    # A page without the tag, which brings the module.
    page.route("**/plain.html", lambda route: route.fulfill(body=PLAIN, content_type="text/html"))
    page.goto(f"{base}/plain.html")
    expect(somebody.message("全国一律660円（税込）")).to_be_visible()
    assert page.evaluate("told") == ["open"]
    page.evaluate("chat.close()")
    page.wait_for_function("told.length === 2")
    assert page.evaluate("told") == ["open", "close"]
    assert page.evaluate("load({ shop: 'another' }).then(again => again === chat)")


def test_the_history_is_there_after_a_reload(shopper: Shoppers) -> None:
    somebody = shopper()
    somebody.visit()
    somebody.open()
    somebody.say("ギフト包装はできますか")
    expect(somebody.message("1点につき330円")).to_be_visible()
    somebody.page.reload()
    somebody.open()
    expect(somebody.message("1点につき330円")).to_have_count(1)
    assert somebody.own_words() == ["ギフト包装はできますか"]


def test_the_whole_conversation_by_keyboard_alone(shopper: Shoppers) -> None:
    somebody = shopper()
    somebody.visit()
    keys = somebody.page.keyboard
    somebody.launcher.focus()
    keys.press("Enter")
    expect(somebody.field).to_be_focused()
    keys.type("返品や交換はできますか")
    keys.press("Enter")
    expect(somebody.message("お届けから14日以内")).to_be_visible()
    expect(somebody.field).to_be_focused()
    keys.press("Escape")
    expect(somebody.field).to_be_hidden()
    expect(somebody.launcher).to_be_focused()
    keys.press("Enter")
    expect(somebody.field).to_be_focused()


def test_enter_that_ends_a_composition_sends_nothing(shopper: Shoppers) -> None:
    somebody = shopper()
    somebody.visit()
    somebody.open()
    ime = somebody.context.new_cdp_session(somebody.page)
    somebody.field.click()
    ime.send(
        "Input.imeSetComposition", {"text": "こんにちは", "selectionStart": 5, "selectionEnd": 5}
    )
    key = {"type": "rawKeyDown", "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    ime.send("Input.dispatchKeyEvent", key)
    ime.send("Input.insertText", {"text": "こんにちは"})
    expect(somebody.field).to_have_value("こんにちは")
    assert somebody.own_words() == []
    somebody.page.keyboard.press("Enter")
    expect(somebody.message("こんにちは").first).to_be_visible()
    assert somebody.own_words() == ["こんにちは"]


@pytest.mark.parametrize("width", [1280, 1024, 768, 390, 320])
def test_the_greeting_never_covers_the_button_that_buys(shopper: Shoppers, width: int) -> None:
    somebody = shopper(viewport={"width": width, "height": 800})
    somebody.visit("/kettle.html")
    somebody.page.locator(".greeting, .badge:not([hidden])").first.wait_for()
    buy = somebody.page.get_by_role("button", name="カートに入れる").bounding_box()
    greeting = somebody.page.locator(".greeting")
    box = greeting.bounding_box() if greeting.count() else None
    assert buy is not None
    if box is not None:
        apart = buy["x"] + buy["width"] <= box["x"] or buy["y"] + buy["height"] <= box["y"]
        assert apart or box["y"] + box["height"] <= buy["y"]
