"""A shopper buys on a phone: product page, checkout, konbini or card, the order's page."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import PHONE, Contexts
from tests.browser.selling import SellingShop, open_shop
from tests.browser.test_accessible import RULES, violations

TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
UNPROCESSABLE = r"422 \(Unprocessable"
GONE = r"410 \(Gone\)"
WORDS: dict[str, dict[str, Any]] = {
    "ja": {
        "konbini": "コンビニ払い",
        "card": "クレジットカード",
        "test": "テスト決済",
        "wait": "お支払いをお待ちしています",
        "order": re.compile("注文を確定する"),
        "moving": "配達に出ています",
        "until": "お支払い期限",
        "packing": "準備中",
        "filled": "住所を入力しました。",
        "review": "ご確認",
    },
    "en": {
        "konbini": "Convenience store",
        "card": "Credit card",
        "test": "Test payment",
        "wait": "Waiting for your payment",
        "order": re.compile("Place order"),
        "moving": "Out for delivery",
        "until": "Pay by",
        "packing": "Packing",
        "filled": "Address filled in.",
        "review": "Review",
    },
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SellingShop]:
    with open_shop(tmp_path_factory.mktemp("selling")) as opened:
        yield opened


class Buyer:
    """Somebody with a phone."""

    def __init__(self, shop: SellingShop, context: BrowserContext, language: str = "ja") -> None:
        self.shop = shop
        self.context = context
        self.words = WORDS[language]
        self.language = language
        self.page: Page = context.new_page()

    @property
    def key(self) -> str:
        """The checkout's."""
        return self.page.url.split("/checkout/")[1].split("?")[0].split("#")[0].split("/")[0]

    def begin(self) -> None:
        self.page.goto(self.shop.page(self.language))
        self.page.locator("form button").click()
        expect(self.button("address")).to_be_visible()

    def button(self, step: str):
        return self.page.locator(f"form[action$='/{step}'] .bar button")

    def tell_address(self, *, by_hand: bool = False) -> None:
        page = self.page
        page.locator("[name=name]").fill("佐藤 あかり")
        page.locator("[name=postal_code]").fill("180-0004")
        if by_hand:
            page.locator("button[value=postal]").click()
        expect(page.locator("[name=city]")).to_have_value("武蔵野市吉祥寺本町")
        expect(page.locator("[data-postal-said]")).to_contain_text(str(self.words["filled"]))
        page.locator("[name=line1]").fill("2-14-8")
        page.locator("[name=phone]").fill("090-0000-1234")
        page.locator("[name=email]").fill("akari@example.jp")

    def review(self, way: str, *, by_hand: bool = False) -> None:
        """Say everything, up to the review."""
        self.begin()
        self.tell_address(by_hand=by_hand)
        self.button("address").click()
        self.page.locator("label.day").nth(3).click()
        self.page.locator(".slots .choice").nth(4).click()
        self.button("delivery").click()
        self.page.locator(".choice").filter(has_text=str(self.words[way])).click()
        self.button("payment").click()
        expect(self.order_button).to_be_visible()

    @property
    def order_button(self):
        return self.page.locator("form[action$='/order'] .bar button", has_text=self.words["order"])


@pytest.fixture
def buyer(shop: SellingShop, contexts: Contexts):
    with ExitStack() as watching:

        def make(language: str = "ja", **options: object) -> Buyer:
            context = contexts.new(language, **(TOUCH | options))
            # The payment company's pages have no icon.
            watching.enter_context(contexts.watch(context).expecting(r"favicon\.ico"))
            return Buyer(shop, context, language)

        yield make


def reloaded_until(page: Page, where: str, text: str) -> None:
    """The news comes by webhook, when it comes: a reader who looks again finds it."""
    for _ in range(20):
        page.reload()
        if page.locator(where).inner_text() == text:
            return
        page.wait_for_timeout(250)
    expect(page.locator(where)).to_have_text(text)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_konbini_to_the_order_page_with_tracking(buyer, shop: SellingShop, language: str) -> None:
    somebody = buyer(language)
    somebody.review("konbini")
    key = somebody.key
    expect(somebody.order_button).to_contain_text("¥11,392")
    somebody.order_button.click()
    expect(somebody.page).to_have_url(re.compile("/orders/"))
    expect(somebody.page.locator("h1")).to_have_text(somebody.words["wait"])
    expect(somebody.page.locator(".until")).to_contain_text(somebody.words["until"])
    voucher = somebody.page.locator(".due-box a")
    expect(voucher).to_have_attribute("href", re.compile("/voucher/"))
    order_id, number = shop.order_number(key)
    expect(somebody.page.locator("header")).to_contain_text(number)
    # At the shop's machine: the payment company tells the server, the page only reads.
    machine = somebody.context.new_page()
    machine.goto(str(voucher.get_attribute("href")))
    machine.get_by_role("button", name="支払い済みにする").click()
    machine.get_by_text("succeeded").wait_for()
    reloaded_until(somebody.page, ".progress .here", somebody.words["packing"])
    shop.ship(order_id, "in_transit", "out_for_delivery")
    somebody.page.reload()
    parcel = somebody.page.locator(".parcel")
    expect(parcel.locator("h2")).to_have_text(somebody.words["moving"])
    expect(parcel.get_by_role("link")).to_have_attribute("href", re.compile("481233456675"))
    assert violations_of(somebody) == []


def violations_of(somebody: Buyer) -> list[str]:
    """axe runs on the same page in a context without the page's policy."""
    state = somebody.context.storage_state()
    browser = somebody.context.browser
    assert browser is not None
    other = browser.new_context(bypass_csp=True, storage_state=state, locale="ja-JP")
    page = other.new_page()
    page.goto(somebody.page.url)
    found = violations(page)
    other.close()
    return found


def test_a_postal_code_that_was_typed_before_the_script_came_is_looked_up(buyer) -> None:
    somebody = buyer("ja")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    somebody.page.route("**/assets/hosted*.js", hold)
    somebody.begin()
    somebody.page.locator("[name=postal_code]").fill("180-0004")
    somebody.page.locator("[name=phone]").focus()
    assert held
    for one in held:
        one.continue_()
    expect(somebody.page.locator("[name=city]")).to_have_value("武蔵野市吉祥寺本町")
    expect(somebody.page.locator("[name=phone]")).to_be_focused()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_card_on_the_payment_companys_page(buyer, shop: SellingShop, language: str) -> None:
    somebody = buyer(language)
    somebody.review("card")
    key = somebody.key
    somebody.order_button.click()
    somebody.page.get_by_role("button", name="支払う").click()
    expect(somebody.page).to_have_url(re.compile("/orders/"))
    order_id, _ = shop.order_number(key)
    assert shop.count("shop_order", f"id = {order_id} AND paid_minor = 11392") == 1


def test_leaving_the_payment_companys_page_leads_back_to_a_choice(buyer, shop) -> None:
    somebody = buyer()
    somebody.review("card")
    key = somebody.key
    somebody.order_button.click()
    somebody.page.get_by_role("link", name="戻る").click()
    expect(somebody.page.get_by_text("お支払いがまだ終わっていません")).to_be_visible()
    somebody.page.get_by_role("link", name="ほかの方法にする").click()
    somebody.page.locator(".choice").filter(has_text="代金引換").click()
    somebody.button("payment").click()
    expect(somebody.order_button).to_contain_text("¥11,722")
    somebody.order_button.click()
    expect(somebody.page).to_have_url(re.compile("/orders/"))
    assert shop.count("shop_order", f"id = {shop.order_number(key)[0]} AND pays = 'at_the_door'")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_axe_finds_nothing_on_any_step(buyer, language: str, scheme: str) -> None:
    somebody = buyer(language, bypass_csp=True, color_scheme=scheme)
    page = somebody.page
    somebody.begin()
    assert violations(page, only=RULES[scheme]) == []
    somebody.tell_address()
    somebody.button("address").click()
    expect(somebody.button("delivery")).to_be_visible()
    page.locator(".gift summary").click()
    assert violations(page, only=RULES[scheme]) == []
    somebody.button("delivery").click()
    expect(somebody.button("payment")).to_be_visible()
    page.locator(".summary > summary").click()
    assert violations(page, only=RULES[scheme]) == []
    page.locator(".choice").filter(has_text=str(somebody.words["test"])).click()
    somebody.button("payment").click()
    expect(somebody.order_button).to_be_visible()
    assert violations(page, only=RULES[scheme]) == []
    somebody.order_button.click()
    expect(page).to_have_url(re.compile("/orders/"))
    assert violations(page, only=RULES[scheme]) == []
    order = page.url
    for what in ("cancel", "invoice", "legal"):
        page.goto(f"{order}/{what}?lang={language}")
        assert violations(page, only=RULES[scheme]) == []
    somebody.context.clear_cookies()
    page.goto(order)
    assert violations(page, only=RULES[scheme]) == []


def test_the_keyboard_alone_is_enough(buyer) -> None:
    somebody = buyer(viewport={"width": 1280, "height": 800}, has_touch=False, is_mobile=False)
    somebody.begin()
    keys, page = somebody.page.keyboard, somebody.page

    def reach(selector: str) -> None:
        for _ in range(60):
            if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
                return
            keys.press("Tab")
        raise AssertionError(f"Tab never reaches {selector}")

    for name, value in (("name", "佐藤 あかり"), ("postal_code", "1800004")):
        reach(f"[name={name}]")
        keys.type(value)
    # The seventh digit leads on to the house number.
    expect(page.locator("[name=line1]")).to_be_focused()
    for name, value in (("line1", "2-14-8"), ("phone", "09000001234"), ("email", "a@example.jp")):
        reach(f"[name={name}]")
        keys.type(value)
    keys.press("Enter")
    expect(somebody.button("delivery")).to_be_visible()
    reach("[name=day]")
    keys.press("ArrowDown")
    assert page.locator("[name=day]:checked").get_attribute("value") != ""
    reach("form[action$='/delivery'] .bar button")
    keys.press("Enter")
    expect(somebody.button("payment")).to_be_visible()
    reach("[name=way]")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    reach("form[action$='/payment'] .bar button")
    keys.press("Enter")
    expect(somebody.order_button).to_be_visible()
    reach("form[action$='/order'] .bar button")
    keys.press("Enter")
    expect(page).to_have_url(re.compile("/orders/"))


def test_everything_works_without_a_script(buyer, shop: SellingShop) -> None:
    somebody = buyer(java_script_enabled=False)
    somebody.review("test", by_hand=True)
    key = somebody.key
    somebody.order_button.click()
    expect(somebody.page).to_have_url(re.compile("/orders/"))
    assert shop.count("shop_order", f"id = {shop.order_number(key)[0]}") == 1


def test_without_a_script_the_payment_companys_page_is_reached_too(buyer) -> None:
    somebody = buyer(java_script_enabled=False)
    somebody.review("card", by_hand=True)
    somebody.order_button.click()
    somebody.page.get_by_role("button", name="支払う").click()
    expect(somebody.page).to_have_url(re.compile("/orders/"))


def test_the_back_button_buys_nothing_twice(buyer, shop: SellingShop) -> None:
    somebody = buyer()
    somebody.review("test")
    before = shop.count("shop_order")
    somebody.order_button.click()
    expect(somebody.page).to_have_url(re.compile("/orders/"))
    somebody.page.go_back()
    expect(somebody.page).to_have_url(re.compile("/orders/"))
    assert shop.count("shop_order") == before + 1


def test_back_to_a_step_shows_what_was_said(buyer) -> None:
    somebody = buyer()
    somebody.review("test")
    somebody.page.go_back()
    expect(somebody.button("payment")).to_be_visible()
    somebody.page.go_back()
    expect(somebody.page.locator("[name=slot]:checked")).to_have_value("18-20")
    somebody.button("delivery").click()
    expect(somebody.order_button).to_be_visible()


def test_two_presses_are_one_order(buyer, shop: SellingShop) -> None:
    somebody = buyer()
    somebody.review("test")
    before = shop.count("payment")
    somebody.order_button.dblclick()
    expect(somebody.page).to_have_url(re.compile("/orders/"))
    assert shop.count("payment") == before + 1


def test_a_price_that_changes_on_the_way_is_shown_before_it_is_paid(buyer, shop) -> None:
    somebody = buyer()
    somebody.review("test")
    before = shop.count("shop_order")
    shop.reprice(9200)
    try:
        somebody.order_button.click()
        expect(somebody.page.locator(".change")).to_have_text(
            "価格が ¥8,800 から ¥9,200 に変わりました"
        )
        expect(somebody.order_button).to_contain_text("¥11,792")
        assert shop.count("shop_order") == before
    finally:
        shop.reprice(8800)


def test_an_expired_checkout_begins_again_with_the_same(buyer, shop, contexts: Contexts) -> None:
    somebody = buyer()
    somebody.review("test")
    first = somebody.key
    shop.expire(first)
    with contexts.watch(somebody.context).expecting(GONE):
        somebody.page.reload()
        expect(somebody.page.locator("h1")).to_have_text("お手続きの期限が切れました")
        somebody.page.get_by_role("button", name="同じ商品でもう一度始める").click()
        expect(somebody.button("delivery")).to_be_visible()
    assert somebody.key != first
    expect(somebody.page.locator(".amount")).to_have_text("¥11,392")


def test_a_wrong_field_has_the_focus(buyer, contexts: Contexts) -> None:
    somebody = buyer()
    somebody.begin()
    somebody.tell_address()
    somebody.page.locator("[name=email]").fill("akari")
    with contexts.watch(somebody.context).expecting(UNPROCESSABLE):
        somebody.button("address").click()
        expect(somebody.page.locator("[name=email]")).to_be_focused()
    expect(somebody.page.locator("#w-email")).to_be_visible()


def test_nothing_scrolls_sideways_on_a_small_phone(buyer) -> None:
    somebody = buyer("en", viewport={"width": 320, "height": 640})
    somebody.review("konbini")
    somebody.order_button.click()
    expect(somebody.page).to_have_url(re.compile("/orders/"))
    width = somebody.page.evaluate("document.documentElement.scrollWidth")
    assert width == 320
