"""Takes every main screen four ways, on one sheet each: `python -m docs.images.screens`.

By day in Japanese and by night in English, at a table and in a hand. Names after it (`desk thread`)
take only those.
"""

import base64
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from docs.images.palette import small
from kaiwa.commands.demo import OWNER
from tests.browser.conftest import ARGUMENTS, DESKTOP, LOCALES, PHONE
from tests.browser.find_chromium import ADVICE, find
from tests.browser.people import Agent, Shopper
from tests.browser.selling import SellingShop, open_shop
from tests.browser.server import demo_server
from tests.browser.test_hosted import Buyer

FOLDER: Final = Path(__file__).parent / "screens"
LARGEST_BYTES: Final = 150_000
SETTLED_MS: Final = 1_500
# Every sheet shows its four screens at the same part of their size.
SCALE: Final = 0.55
_SAID: Final[dict[str, dict[str, str]]] = {
    "ja": {
        "asked": "IHでも使えますか",
        "answer": "鉄鍋・鉄瓶・ステンレス",
        "sought": "ケトルを探しています",
        "plain": "急須「こもれび」を探しています",
        "add": "かごに入れる",
        "cart": "かごを見る",
        "customer": "井上 さくら",
    },
    "en": {
        "asked": "Does the kettle work on induction?",
        "answer": "induction",
        "sought": "I am looking for a kettle",
        "plain": "I am looking for the Komorebi teapot",
        "add": "Add to cart",
        "cart": "View cart",
        "customer": "Lucy Chen",
    },
}


class Look(NamedTuple):
    """Who looks at a screen, and on what."""

    language: str
    scheme: str
    phone: bool

    @property
    def said(self) -> dict[str, str]:
        """The words of the language."""
        return _SAID[self.language]


LOOKS: Final = tuple(
    Look(language, scheme, phone)
    for language, scheme in (("ja", "light"), ("en", "dark"))
    for phone in (False, True)
)


class Studio:
    """A browser, the demo, and the shop that sells."""

    def __init__(self, browser: Browser, base: str, selling: SellingShop) -> None:
        self._browser, self.base, self.selling = browser, base, selling
        # Whoever logs in at every picture is soon told to wait.
        self.logged_in: list[Any] = []

    def context(self, look: Look) -> BrowserContext:
        """A fresh device."""
        size: dict[str, Any] = {"viewport": DESKTOP}
        if look.phone:
            size = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
        return self._browser.new_context(
            locale=LOCALES[look.language],
            timezone_id="Asia/Tokyo",
            color_scheme="dark" if look.scheme == "dark" else "light",
            **size,
        )

    def sheet(self, name: str, screen: "Screen") -> None:
        """Take the screen four ways and put them side by side."""
        shots = []
        for look in LOOKS:
            context = self.context(look)
            page = screen(self, context, look)
            page.wait_for_timeout(SETTLED_MS)
            shots.append(page.screenshot())
            context.close()
        page = self._browser.new_page()
        page.set_content(_sheet(shots))
        page.wait_for_timeout(200)
        path = FOLDER / f"{name}.png"
        path.write_bytes(small(page.locator("main").screenshot()))
        page.close()
        assert path.stat().st_size < LARGEST_BYTES, f"{path.name} is too large for a document"


Screen = Callable[[Studio, BrowserContext, Look], Page]


def chat(studio: Studio, context: BrowserContext, look: Look) -> Page:
    """A question answered, with where the answer is from."""
    somebody = _shopper(studio, context, look, "/kettle.html")
    somebody.say(look.said["asked"])
    somebody.message(look.said["answer"]).first.wait_for()
    return somebody.page


def found(studio: Studio, context: BrowserContext, look: Look) -> Page:
    """What was found."""
    somebody = _shopper(studio, context, look, "/")
    somebody.say(look.said["sought"])
    somebody.panel.get_by_role("button", name=look.said["add"]).first.wait_for()
    return somebody.page


def cart(studio: Studio, context: BrowserContext, look: Look) -> Page:
    """The cart in the chat."""
    somebody = _shopper(studio, context, look, "/")
    somebody.say(look.said["plain"])
    somebody.panel.get_by_role("button", name=look.said["add"]).first.click()
    somebody.panel.get_by_role("button", name=look.said["cart"]).first.click()
    somebody.panel.get_by_role("dialog").first.wait_for()
    return somebody.page


def checkout(studio: Studio, context: BrowserContext, look: Look) -> Page:
    """The last look before an order is placed."""
    somebody = Buyer(studio.selling, context, look.language)
    somebody.review("test")
    return somebody.page


def order(studio: Studio, context: BrowserContext, look: Look) -> Page:
    """An order on its way."""
    somebody = Buyer(studio.selling, context, look.language)
    somebody.review("test")
    key = somebody.key
    somebody.order_button.click()
    somebody.page.wait_for_url("**/orders/**")
    number = studio.selling.order_number(key)[0]
    studio.selling.ship(number, "in_transit", "out_for_delivery")
    somebody.page.reload()
    return somebody.page


def desk(studio: Studio, context: BrowserContext, look: Look) -> Page:
    """The list of who waits."""
    return _lead(studio, context, look).page


def thread(studio: Studio, context: BrowserContext, look: Look) -> Page:
    """One customer's conversation, with everything known of them."""
    lead = _lead(studio, context, look)
    lead.open_with(look.said["customer"])
    return lead.page


def wallboard(studio: Studio, context: BrowserContext, look: Look) -> Page:
    """Who waits, who answers, how long it takes."""
    lead = _lead(studio, context, look)
    lead.page.goto(f"{studio.base}/desk/wallboard")
    lead.page.locator(".board-row").first.wait_for()
    return lead.page


def settings(studio: Studio, context: BrowserContext, look: Look) -> Page:
    """The looks of the chat, with the real chat beside them."""
    lead = _lead(studio, context, look)
    lead.page.goto(f"{studio.base}/desk/settings/looks")
    lead.page.get_by_role("heading", level=2).first.wait_for()
    return lead.page


# The desk first: whoever shops for the other pictures writes to it.
SCREENS: Final[tuple[Screen, ...]] = (
    desk, thread, wallboard, settings, chat, found, cart, checkout, order,
)  # fmt: skip


def main(*names: str) -> None:
    """The sheets of these names, else all, in place of the earlier ones."""
    chromium = find()
    if chromium is None:
        raise SystemExit(ADVICE)
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        tempfile.TemporaryDirectory() as sold,
        demo_server(Path(data)) as base,
        open_shop(Path(sold)) as selling,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        studio = Studio(browser, base, selling)
        _follow_the_night(studio)
        for screen in SCREENS:
            name: str = screen.__name__
            if name in names or not names:
                studio.sheet(name, screen)
        browser.close()


def _follow_the_night(studio: Studio) -> None:
    """The shop wants its chat dark where the visitor's device is."""
    context = studio.context(LOOKS[0])
    _lead(studio, context, LOOKS[0]).page.evaluate(
        """async () => {
            const { csrf } = await (await fetch("/api/auth/me")).json();
            const { looks } = await (await fetch("/api/looks")).json();
            const body = JSON.stringify({ ...looks, looks: { ...looks.looks, theme: "system" } });
            const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
            await fetch("/api/looks", { method: "POST", headers, body });
        }"""
    )
    context.close()


def _shopper(studio: Studio, context: BrowserContext, look: Look, page: str) -> Shopper:
    somebody = Shopper(context, studio.base, look.language)
    somebody.visit(page)
    somebody.open()
    return somebody


def _lead(studio: Studio, context: BrowserContext, look: Look) -> Agent:
    lead = Agent(context, studio.base, look.language)
    # The agent chose this language on this device, as the account menu lets them.
    lead.page.add_init_script(f"localStorage.setItem('kaiwa.language', '{look.language}')")
    context.add_cookies(studio.logged_in)
    lead.arrive()
    if not studio.logged_in:
        lead.log_in(OWNER)
    lead.page.locator("a.row").first.wait_for()
    studio.logged_in = list(context.cookies())
    return lead


def _sheet(shots: list[bytes]) -> str:
    """A page with the four pictures: day above night, the table beside the hand."""
    pictures = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(shot).decode()}"'
        f' width="{(PHONE if look.phone else DESKTOP)["width"] * SCALE:.0f}">'
        for shot, look in zip(shots, LOOKS, strict=True)
    )
    style = """main { display: inline-grid; grid-template-columns: auto auto; gap: 16px;
        padding: 16px; background: #dcdcd8; align-items: start; }
        img { display: block; border-radius: 8px; } body { margin: 0; }"""
    return f"<style>{style}</style><main>{pictures}</main>"


if __name__ == "__main__":
    main(*sys.argv[1:])
