"""The chat on somebody else's page: nothing of either reaches into the other; a camera, a heart."""

import re

from playwright.sync_api import Locator, Request, expect

from bench.browser_opening import SHIFTED
from tests.browser.conftest import PHONE
from tests.browser.people import Agents, Shopper, Shoppers
from tests.browser.test_desk import _asks_for_a_person

# A page that paints everything its own way, and lets in nothing but the chat.
LOUD = """* { all: unset !important; color: rgb(255, 0, 0) !important; font-size: 60px !important; }
button, iframe, div { display: none !important; position: static !important; }"""
PAGE = """<!doctype html><html lang="ja"><head><title>A page</title>
<link rel="stylesheet" href="/loud.css">
<script async src="/widget.js" data-shop="kodachi-demo"></script></head>
<body><p>A shop of its own.</p></body></html>"""
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'"
)
MEASURED = ("width", "height", "color", "font-size", "display", "background-color")
LOOKS = """(one, names) => names.map((name) => getComputedStyle(one).getPropertyValue(name))"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cf"
    "c0000003010100c9fe92ef0000000049454e44ae426082"
)


def on_a_loud_page(somebody: Shopper, base: str) -> None:
    page = somebody.page
    page.route("**/loud.css", lambda one: one.fulfill(body=LOUD, content_type="text/css"))
    headers = {"Content-Type": "text/html", "Content-Security-Policy": STRICT}
    page.route("**/loud.html", lambda one: one.fulfill(body=PAGE, headers=headers))
    page.goto(f"{base}/loud.html")


def looks(where: Locator) -> list[str]:
    found: list[str] = where.evaluate(LOOKS, list(MEASURED))
    return found


def test_a_loud_and_strict_page_changes_nothing_and_is_not_changed(
    shopper: Shoppers, base: str
) -> None:
    here, there = shopper(), shopper()
    asked: list[str] = []

    def heard(request: Request) -> None:
        asked.append(request.url)

    there.context.on("request", heard)
    there.page.add_init_script(SHIFTED)
    here.visit()
    on_a_loud_page(there, base)
    expect(there.launcher).to_be_visible()
    assert looks(there.launcher) == looks(here.launcher)
    for one in (here, there):
        one.open()
    assert looks(there.field) == looks(here.field)
    there.say("送料はいくらですか")
    expect(there.message("全国一律660円（税込）")).to_be_visible()
    # Nothing moved on the page, and nobody else was told of it.
    assert there.page.evaluate("window.shifted") == 0
    kept = re.compile(rf"{re.escape(base)}/|(data|blob):")
    assert [url for url in asked if not kept.match(url)] == []
    assert len(asked) > 3


def test_a_photo_is_taken_where_there_is_a_finger(shopper: Shoppers) -> None:
    somebody = shopper(viewport=PHONE, has_touch=True, is_mobile=True)
    somebody.visit()
    somebody.open()
    somebody.panel.get_by_role("button", name="写真やファイルを選ぶ").tap()
    with somebody.page.expect_file_chooser() as asked:
        somebody.panel.get_by_role("menuitem", name="写真を撮る").tap()
    picker = somebody.panel.locator("input[type=file]")
    expect(picker).to_have_attribute("capture", "environment")
    expect(picker).to_have_attribute("accept", "image/*")
    asked.value.set_files({"name": "photo.png", "mimeType": "image/png", "buffer": PIXEL})
    send = somebody.panel.get_by_role("button", name="送る", exact=True)
    expect(send).to_be_enabled()
    send.tap()
    sent = somebody.panel.locator(".group-own").get_by_role("img", name="写真")
    expect(sent).to_have_count(1)
    somebody.panel.get_by_role("button", name="写真やファイルを選ぶ").tap()
    with somebody.page.expect_file_chooser():
        somebody.panel.get_by_role("menuitem", name="ファイルを選ぶ").tap()
    assert picker.get_attribute("capture") is None


def test_what_is_kept_for_later_is_there_again_and_on_the_desk(
    shopper: Shoppers, agent: Agents
) -> None:
    somebody, desk = shopper(), agent()
    words = _asks_for_a_person(somebody)
    desk.open(words)
    desk.page.get_by_role("button", name="商品", exact=True).click()
    picker = desk.page.get_by_role("dialog", name="商品を選ぶ")
    picker.get_by_label("商品を探す").fill("ゆかり")
    picker.get_by_role("checkbox", name=re.compile("ゆかり")).first.check()
    picker.get_by_role("button", name="1点を返信に入れる").click()
    desk.reply("お茶の詰め合わせはいかがでしょうか。")
    heart = somebody.panel.get_by_role("button", name=re.compile("「ゆかり」.*お気に入り"))
    expect(heart).to_have_attribute("aria-pressed", "false")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    wishes = desk.customer.get_by_role("region", name="お気に入り")
    expect(wishes).to_contain_text("ゆかり")
    somebody.page.reload()
    somebody.open()
    expect(heart).to_have_attribute("aria-pressed", "true")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "false")


def test_what_was_said_behind_a_closed_chat_is_counted(shopper: Shoppers, agent: Agents) -> None:
    somebody, desk = shopper(), agent()
    words = _asks_for_a_person(somebody)
    somebody.close()
    desk.open(words)
    desk.reply("在庫がありました。")
    unread = somebody.page.get_by_role("button", name="チャットを開く（未読1件）", exact=True)
    expect(unread).to_be_visible()
    expect(unread.locator(".badge")).to_have_text("1")
    somebody.page.reload()
    unread.click()
    expect(somebody.panel.get_by_text("ここから未読")).to_be_visible()
    somebody.close()
    expect(somebody.page.get_by_role("button", name="チャットを開く", exact=True)).to_be_visible()
