"""Takes the pictures of the README from a fresh demo: `python -m docs.images.take`."""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from docs.images.palette import small
from kaiwa.commands.demo import AGENT, OWNER, PASSWORD
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
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
TOUCH: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


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
        _settings(browser, base, "forms", "en", "dark")
        _preview(browser, base)
        _answered(browser, base)
        _form(browser, base)
        _factor(browser, base)
        _shop(browser, base)
        _phone(browser, base)
        _checkout(browser)
        _finding(browser, base)
        _by_night(browser, base)
        _palette(browser, base)
        for language, scheme, phone in (("ja", "light", False), ("en", "dark", True)):
            _pages(browser, base, (language, scheme), phone=phone)
        _wallboard(browser, base)
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


def _finding(browser: Browser, base: str) -> None:
    """What was found, beside the shop's page, and the cart on a phone."""
    somebody = _shopper(browser, base, viewport={"width": 1280, "height": 800})
    somebody.visit()
    somebody.open()
    somebody.say("ケトルを探しています")
    somebody.panel.get_by_role("button", name="かごに入れる").first.wait_for()
    _take(somebody.page, "shop-found-ja")
    somebody.context.close()
    somebody = _shopper(browser, base, **TOUCH)
    somebody.visit("/kettle.html")
    somebody.open()
    somebody.say("藍墨のしずくをかごに入れて")
    somebody.panel.get_by_text("¥8,800").first.wait_for()
    somebody.panel.get_by_role("button", name="かごを見る").first.click()
    somebody.panel.get_by_role("button", name="ご購入手続きへ").wait_for()
    _take(somebody.page, "phone-cart-ja")
    somebody.context.close()


def _by_night(browser: Browser, base: str) -> None:
    """The chat as a page of its own on a phone that is set to dark, in English."""
    context = browser.new_context(
        locale="en-GB", timezone_id="Asia/Tokyo", color_scheme="dark", **TOUCH
    )
    page = context.new_page()
    page.goto(f"{base}/widget/kodachi-demo/panel?lang=en")
    page.get_by_label("Write a message").fill("I am looking for a teapot")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Add to cart").first.wait_for()
    _take(page, "phone-found-en-dark")
    context.close()


def _palette(browser: Browser, base: str) -> None:
    """Acts found by a few letters."""
    agent = _at_desk(browser, base, "ja", viewport=DESKTOP)
    agent.open_with("井上 さくら")
    agent.page.keyboard.press("Control+k")
    agent.page.keyboard.type("henkou")
    agent.page.get_by_role("option").first.wait_for()
    _take(agent.page, "desk-palette-ja")
    agent.context.close()


def _pages(browser: Browser, base: str, looks: tuple[str, str], *, phone: bool) -> None:
    """The main pages of the desk: at a table by day in Japanese, in a hand by night in English."""
    language, scheme = looks
    size: dict[str, Any] = TOUCH if phone else {"viewport": DESKTOP}
    end = f"{'phone-' if phone else ''}{{}}-{language}-{scheme}"
    lead = _at_desk(browser, base, language, who=OWNER, color_scheme=scheme, **size)
    if phone:
        _take(lead.page, end.format("inbox"))
        lead.open_with("井上 さくら")
        _take(lead.page, end.format("thread"))
    for name in ("faq", "unanswered", "routing"):
        lead.page.goto(f"{base}/desk/settings/{name}")
        lead.page.get_by_role("heading", level=2).first.wait_for()
        _take(lead.page, end.format(f"settings-{name}"))
    lead.page.goto(f"{base}/desk/wallboard")
    lead.page.locator(".board-row").first.wait_for()
    _take(lead.page, end.format("wallboard"))
    lead.context.close()


def _phone(browser: Browser, base: str) -> None:
    somebody = _shopper(browser, base, **TOUCH)
    somebody.visit("/teapot.html")
    somebody.open()
    somebody.say("のしは付けられますか")
    somebody.message("はい、無料です。").wait_for()
    somebody.say("担当者と話したいです")
    somebody.panel.get_by_text("担当者をお呼びしています").wait_for()
    _take(somebody.page, "phone-chat-ja")


def _checkout(browser: Browser) -> None:
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", **TOUCH)
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
    agent = _at_desk(browser, base, language, viewport=DESKTOP, color_scheme=scheme)
    agent.open_with("井上 さくら" if language == "ja" else "Lucy Chen")
    _take(agent.page, f"desk-{language}-{scheme}")
    agent.context.close()


def _preview(browser: Browser, base: str) -> None:
    """A draft as every channel would carry it."""
    agent = _at_desk(browser, base, "ja", viewport=DESKTOP)
    agent.open_with("井上 さくら")
    agent.field.fill("替えの留め具を本日お送りします。届きましたら、この会話でお知らせください。")
    agent.page.get_by_role("button", name="見え方").click()
    sheet = agent.page.get_by_role("dialog")
    sheet.get_by_text("つないでいないチャネル").click()
    _take(agent.page, "desk-preview-ja-light")
    agent.context.close()


def _answered(browser: Browser, base: str) -> None:
    """A filled form in the conversation, on an agent's phone."""
    agent = _at_desk(browser, base, "ja", color_scheme="dark", **TOUCH)
    agent.open_with("村田 あおい")
    _take(agent.page, "phone-desk-form-ja-dark")
    agent.context.close()


def _form(browser: Browser, base: str) -> None:
    """The form in the chat, on the shopper's phone."""
    somebody = _shopper(browser, base, **TOUCH)
    somebody.visit("/tea-gift.html")
    somebody.open()
    somebody.say("のしに名前を入れたいので、担当者と話したいです")
    somebody.panel.get_by_text("担当者をお呼びしています").wait_for()
    agent = _at_desk(browser, base, "ja")
    agent.open("のしに名前を入れたい")
    agent.page.get_by_role("button", name="たずねる").click()
    agent.page.get_by_role("menuitem", name="のしの名入れ").click()
    agent.reply("こちらにご記入ください。")
    form = somebody.panel.get_by_role("form")
    form.get_by_label("内祝い・お返し").check()
    form.get_by_label("お名前").fill("村田")
    _take(somebody.page, "phone-form-ja")
    agent.context.close()
    somebody.context.close()


def _factor(browser: Browser, base: str) -> None:
    """The second factor as it is set up, on a phone."""
    agent = _at_desk(browser, base, "en", color_scheme="dark", **TOUCH)
    agent.page.goto(f"{base}/desk/settings/account")
    part = agent.page.locator("section.part").filter(has_text="Second factor")
    part.get_by_role("button", name="Set up").click()
    field = part.locator("input[type=password]")
    field.fill(PASSWORD)
    field.press("Enter")
    part.get_by_role("img").first.wait_for()
    part.scroll_into_view_if_needed()
    _take(agent.page, "phone-factor-en-dark")
    agent.context.close()


def _at_desk(browser: Browser, base: str, language: str, who: str = AGENT, **options: Any) -> Agent:
    context = browser.new_context(locale=LOCALES[language], timezone_id="Asia/Tokyo", **options)
    agent = Agent(context, base, language)
    # The agent chose this language on this device, as the account menu lets them.
    agent.page.add_init_script(f"localStorage.setItem('kaiwa.language', '{language}')")
    agent.arrive()
    agent.log_in(who)
    agent.page.locator("a.row").first.wait_for()
    return agent


def _settings(browser: Browser, base: str, page: str, language: str, scheme: str) -> None:
    context = browser.new_context(
        locale=LOCALES[language],
        timezone_id="Asia/Tokyo",
        viewport=DESKTOP,
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
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport=DESKTOP)
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
