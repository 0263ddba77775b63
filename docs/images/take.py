"""Takes the pictures of the README from a fresh demo: `python -m docs.images.take`."""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from docs.images.palette import small
from kaiwa.commands.demo import AGENT, OWNER
from tests.browser.conftest import ARGUMENTS, LOCALES, PHONE
from tests.browser.find_chromium import ADVICE, find
from tests.browser.people import Agent, Shopper
from tests.browser.selling import open_shop
from tests.browser.server import demo_server
from tests.browser.test_hosted import Buyer
from tests.browser.test_routing import Words

HERE = Path(__file__).parent
LARGEST_BYTES = 150_000
SETTLED_MS = 1_500


def main() -> None:
    """All pictures, in place of the earlier ones."""
    chromium = find()
    if chromium is None:
        raise SystemExit(ADVICE)
    with (
        tempfile.TemporaryDirectory() as data,
        demo_server(Path(data)) as base,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        _desk(browser, base, "ja", "light")
        _desk(browser, base, "en", "dark")
        _settings(browser, base, "inboxes", "ja", "light")
        _settings(browser, base, "looks", "en", "dark")
        _wallboard(browser, base)
        _shop(browser, base)
        _phone(browser, base)
        _checkout(browser)
        browser.close()


def _shop(browser: Browser, base: str) -> None:
    somebody = _shopper(browser, base, viewport={"width": 1280, "height": 800})
    somebody.visit("/kettle.html")
    somebody.open()
    for words, answer in (
        ("IHでも使えますか", "鉄鍋・鉄瓶・ステンレス"),
        ("送料はいくらですか", "全国一律660円"),
    ):
        somebody.say(words)
        somebody.message(answer).wait_for()
    _take(somebody.page, "shop-chat-ja")


def _phone(browser: Browser, base: str) -> None:
    touch = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    somebody = _shopper(browser, base, **touch)
    somebody.visit("/teapot.html")
    somebody.open()
    somebody.say("のしは付けられますか")
    somebody.message("はい、無料です。").wait_for()
    somebody.say("担当者と話したいです")
    somebody.panel.get_by_text("担当者をお呼びしています").wait_for()
    _take(somebody.page, "phone-chat-ja")


def _checkout(browser: Browser) -> None:
    touch = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", **touch)
    with tempfile.TemporaryDirectory() as data, open_shop(Path(data)) as shop:
        somebody = Buyer(shop, context)
        somebody.review("test")
        somebody.page.locator(".summary > summary").click()
        _take(somebody.page, "phone-checkout-ja")
        key = somebody.key
        somebody.order_button.click()
        somebody.page.wait_for_url("**/orders/**")
        shop.ship(shop.order_number(key)[0], "in_transit", "out_for_delivery")
        somebody.page.reload()
        _take(somebody.page, "phone-order-ja")
    context.close()


def _desk(browser: Browser, base: str, language: str, scheme: str) -> None:
    context = browser.new_context(
        locale=LOCALES[language],
        timezone_id="Asia/Tokyo",
        viewport={"width": 1440, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    agent = Agent(context, base, language)
    # The agent chose this language on this device, as the account menu lets them.
    agent.page.add_init_script(f"localStorage.setItem('kaiwa.language', '{language}')")
    agent.arrive()
    agent.log_in(AGENT)
    agent.open("井上 さくら" if language == "ja" else "Lucy Chen")
    _take(agent.page, f"desk-{language}-{scheme}")
    context.close()


def _settings(browser: Browser, base: str, page: str, language: str, scheme: str) -> None:
    context = browser.new_context(
        locale=LOCALES[language],
        timezone_id="Asia/Tokyo",
        viewport={"width": 1440, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    lead = Agent(context, base, language)
    lead.page.add_init_script(f"localStorage.setItem('kaiwa.language', '{language}')")
    lead.arrive()
    lead.log_in(OWNER)
    lead.page.locator("a.row").first.wait_for()
    lead.page.goto(f"{base}/desk/settings/{page}")
    lead.page.get_by_role("main").first.wait_for()
    _take(lead.page, f"settings-{page}-{language}-{scheme}")
    context.close()


def _wallboard(browser: Browser, base: str) -> None:
    context = browser.new_context(
        locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": 1440, "height": 900}
    )
    lead = Agent(context, base)
    lead.arrive()
    lead.log_in(OWNER)
    lead.page.locator("a.row").first.wait_for()
    lead.page.goto(f"{base}/desk/settings/routing")
    words = Words("ja")
    lead.page.get_by_label(words("routing.on")).check()
    cell = words("routing.cell", priority="標準", kind=words("routing.first"))
    lead.page.get_by_label(cell, exact=True).fill("5")
    lead.page.get_by_label(words("routing.agent.skills")).last.fill("返品、ギフト")
    lead.page.get_by_label(words("routing.agent.capacity"), exact=True).first.fill("1")
    lead.page.get_by_role("button", name=words("routing.save")).click()
    lead.page.get_by_text(words("routing.kept")).wait_for()
    for _ in range(2):
        somebody = _shopper(browser, base)
        somebody.visit()
        somebody.open()
        somebody.say("担当者と話したいです")
        somebody.message("引き継ぎます").wait_for()
    lead.page.goto(f"{base}/desk/wallboard")
    lead.page.locator(".board-row").first.wait_for()
    _take(lead.page, "wallboard-ja")
    context.close()


def _shopper(browser: Browser, base: str, **options: Any) -> Shopper:
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", **options)
    return Shopper(context, base, "ja")


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(SETTLED_MS)
    path = HERE / f"{name}.png"
    path.write_bytes(small(page.screenshot()))
    assert path.stat().st_size < LARGEST_BYTES, f"{path.name} is too large for a document"


if __name__ == "__main__":
    main()
