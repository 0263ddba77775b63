"""Bought without leaving the chat: from a product card to the placed order."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Contexts
from tests.browser.people import WORDS as PEOPLE
from tests.browser.people import Shopper, Shoppers
from tests.browser.test_accessible import RULES, _panel, violations
from tests.browser.test_chat_shop import WORDS as SHOP_WORDS
from tests.browser.test_chat_shop import choose_first, sheet

NARROW = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
WRONG = r"400 \(Bad Request\)"
WORDS: dict[str, dict[str, Any]] = {
    "ja": {
        "address": "お届け先",
        "delivery": "お届け日時",
        "payment": "お支払い",
        "review": "ご確認",
        "name": "お名前",
        "code": "郵便番号",
        "filled": "住所を入力しました",
        "town": "武蔵野市吉祥寺本町",
        "city": "市区町村・町名",
        "line1": "番地",
        "phone": "電話番号",
        "email": "メールアドレス",
        "cod": "代金引換",
        "card": "クレジットカード",
        "konbini": "コンビニ払い",
        "test": "クレジットカード（見本）",
        "needed": "お名前を入力してください。",
        "order": re.compile("^注文を確定する"),
        "done": "ご注文を承りました",
        "chat": "会話に戻る",
        "thanks": "ご注文ありがとうございます",
        "mend": "か所、ご確認ください",
        "offline": "つながりませんでした",
        "outcome": "テスト決済の結果",
        "refused": "承認されませんでした",
        "gift": "ギフト包装・メッセージカード",
    },
    "en": {
        "address": "Address",
        "delivery": "Delivery",
        "payment": "Payment",
        "review": "Review",
        "name": "Name",
        "code": "Postal code",
        "filled": "Address filled in",
        "town": "武蔵野市吉祥寺本町",
        "city": "City and town",
        "line1": "Street number",
        "phone": "Phone",
        "email": "E-mail",
        "cod": "Cash on delivery",
        "test": "クレジットカード（見本）",
        "needed": "Enter a name.",
        "order": re.compile("^Place order"),
        "done": "Order received",
        "chat": "Back to the chat",
        "thanks": "Thank you for your order",
        "mend": "Please check",
        "gift": "Gift wrapping and card",
    },
}


class Buying:
    """Somebody at the checkout in the panel."""

    def __init__(self, somebody: Shopper, language: str) -> None:
        self.somebody = somebody
        self.words, self._shop = WORDS[language], SHOP_WORDS[language]

    @property
    def sheet(self) -> Locator:
        return sheet(self.somebody)

    @property
    def main(self) -> Locator:
        """The button that goes on."""
        return self.sheet.locator(".sheet-foot .button-main")

    def begin(self) -> None:
        choose_first(self.somebody, self._shop)
        self.to_checkout()

    def to_checkout(self) -> None:
        self.somebody.panel.get_by_role("button", name=self._shop["one"], exact=True).click()
        self.sheet.get_by_role("button", name=self._shop["buy"]).click()

    def at(self, step: str) -> None:
        """The step is shown, and its heading has the focus."""
        heading = self.sheet.get_by_role("heading", level=3, name=self.words[step], exact=True)
        expect(heading).to_be_focused()
        expect(self.sheet.locator("[aria-current=step]")).to_contain_text(self.words[step])

    def field(self, name: str) -> Locator:
        return self.sheet.get_by_label(self.words[name], exact=True)

    def tell_address(self) -> None:
        self.field("name").fill("佐藤 あかり")
        self.field("code").fill("１８０−０００４")
        expect(self.field("city")).to_have_value(self.words["town"])
        expect(self.field("code")).to_have_value("180-0004")
        expect(self.field("line1")).to_be_focused()
        expect(
            self.sheet.get_by_role("status").filter(has_text=self.words["filled"])
        ).to_be_visible()
        self.field("line1").fill("2-14-8")
        self.field("phone").fill("090-0000-1234")
        self.field("email").fill("akari@example.jp")
        self.main.click()

    def pay_by(self, way: str) -> None:
        self.sheet.locator(".buy-choice").filter(has_text=self.words[way]).click()
        self.main.click()

    def review(self, way: str) -> None:
        """Everything said, up to the review."""
        self.begin()
        self.at("address")
        self.tell_address()
        self.at("delivery")
        self.main.click()
        self.at("payment")
        self.pay_by(way)
        self.at("review")

    def is_done(self) -> str:
        """The order stands; its number."""
        heading = self.sheet.get_by_role("heading", level=3, name=self.words["done"])
        expect(heading).to_be_focused()
        return self.sheet.locator(".buy-done b").inner_text()


@pytest.mark.parametrize(
    ("language", "size"), [("ja", NARROW), ("en", {})], ids=["ja-phone", "en-wide"]
)
def test_from_a_card_to_the_placed_order_without_leaving_the_chat(
    shopper: Shoppers, contexts: Contexts, language: str, size: dict[str, Any]
) -> None:
    somebody = shopper(language, bypass_csp=True, **size)
    buying = Buying(somebody, language)
    buying.begin()
    buying.at("address")
    with contexts.watch(somebody.context).expecting(WRONG):
        buying.main.click()
        told = buying.sheet.get_by_role("alert").filter(has_text=buying.words["mend"])
        expect(told).to_be_visible()
    expect(buying.field("name")).to_be_focused()
    expect(buying.field("name")).to_have_attribute("aria-invalid", "true")
    expect(buying.field("name")).to_have_accessible_description(buying.words["needed"])
    assert faults(somebody) == []
    buying.tell_address()
    buying.at("delivery")
    buying.sheet.locator("label.buy-day").nth(2).click()
    buying.sheet.locator(".buy-slots .buy-choice").nth(2).click()
    buying.sheet.get_by_text(buying.words["gift"]).click()
    assert faults(somebody) == []
    buying.main.click()
    buying.at("payment")
    assert faults(somebody) == []
    buying.pay_by("cod")
    buying.at("review")
    assert faults(somebody) == []
    total = buying.sheet.locator(".buy-total dd").inner_text()
    expect(buying.main).to_contain_text(total)
    buying.main.dblclick()
    number = buying.is_done()
    assert faults(somebody) == []
    buying.sheet.get_by_role("button", name=buying.words["chat"], exact=True).click()
    told = somebody.message(buying.words["thanks"])
    expect(told).to_have_count(1)
    expect(told.locator(".receipt")).to_contain_text(number)
    expect(told.locator(".receipt")).to_contain_text(total)
    expect(told.locator(".receipt-tax")).to_contain_text("10%")
    expect(somebody.panel.locator(".bag-count")).to_have_count(0)
    assert faults(somebody) == []
    assert len(somebody.context.pages) == 1


def faults(somebody: Shopper) -> list[str]:
    """What axe says of the panel, and whether anything is wider than the screen."""
    frame = _panel(somebody)
    wide = frame.evaluate("document.documentElement.scrollWidth > innerWidth")
    return violations(frame) + (["wider than the screen"] if wide else [])


def test_who_asks_the_bot_to_check_out_buys_in_the_chat_too(shopper: Shoppers) -> None:
    somebody = shopper()
    buying = Buying(somebody, "ja")
    choose_first(somebody, SHOP_WORDS["ja"])
    somebody.say("購入手続きに進みたい")
    card = somebody.panel.locator(".receipt").filter(has_text="別のタブで開く")
    link = card.get_by_role("link", name="別のタブで開く")
    expect(link).to_have_attribute("href", re.compile("/checkout/"))
    card.get_by_role("button", name=SHOP_WORDS["ja"]["buy"]).click()
    buying.at("address")


def test_the_keyboard_alone_buys_and_goes_back(shopper: Shoppers) -> None:
    somebody = shopper()
    buying, keys = Buying(somebody, "ja"), somebody.page.keyboard
    buying.begin()
    buying.at("address")
    keys.press("Tab")
    for text in ("佐藤 あかり", "1800004"):
        keys.type(text)
        keys.press("Tab")
    expect(buying.field("city")).to_have_value(buying.words["town"])
    buying.field("line1").focus()
    keys.type("2-14-8")
    for text in ("", "09000001234", "akari@example.jp"):
        keys.press("Tab")
        keys.type(text)
    keys.press("Enter")
    buying.at("delivery")
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    expect(buying.sheet.get_by_role("button", name="お届け先に戻る")).to_be_focused()
    keys.press("Enter")
    buying.at("address")
    expect(buying.field("line1")).to_have_value("2-14-8")
    buying.field("email").press("Enter")
    buying.at("delivery")
    keys.press("Escape")
    expect(buying.sheet).to_have_count(0)
    buying.to_checkout()
    buying.at("delivery")


def test_what_was_typed_outlives_the_page_and_a_lost_line(
    shopper: Shoppers, contexts: Contexts
) -> None:
    somebody = shopper()
    buying = Buying(somebody, "ja")
    buying.begin()
    buying.field("name").fill("佐藤 あかり")
    somebody.page.reload()
    somebody.open()
    buying.to_checkout()
    expect(buying.field("name")).to_have_value("佐藤 あかり")
    buying.tell_address()
    buying.at("delivery")
    buying.main.click()
    buying.pay_by("cod")
    buying.at("review")
    answers: list[int] = []

    def swallowed(route: Route) -> None:
        # The server has it, and its answer is lost.
        answers.append(route.fetch().status)
        route.abort()

    with contexts.watch(somebody.context).expecting("ERR_FAILED"):
        somebody.context.route("**/checkout/order*", lambda route: route.abort())
        buying.main.click()
        expect(buying.sheet.get_by_role("alert").first).to_contain_text(buying.words["offline"])
        somebody.context.unroute_all()
        somebody.context.route("**/checkout/order*", swallowed)
        buying.main.click()
        number = buying.is_done()
        somebody.context.unroute_all()
    assert answers == [200, 200]
    buying.sheet.get_by_role("button", name=buying.words["chat"], exact=True).click()
    expect(somebody.message(buying.words["thanks"])).to_have_count(1)
    expect(somebody.message(buying.words["thanks"])).to_contain_text(number)


def test_a_test_payment_is_declined_then_paid_in_another_tab_and_followed(
    shopper: Shoppers,
) -> None:
    somebody = shopper()
    buying = Buying(somebody, "ja")
    buying.review("test")
    buying.sheet.get_by_label(buying.words["outcome"]).select_option(label="承認されない")
    buying.main.click()
    expect(buying.sheet.get_by_role("alert").first).to_contain_text(buying.words["refused"])
    expect(buying.main).to_be_focused()
    buying.sheet.get_by_label(buying.words["outcome"]).select_option(label="別の画面で支払う")
    with somebody.context.expect_page() as opened:
        buying.main.click()
    opened.value.wait_for_url(re.compile("/orders/"))
    assert opened.value.evaluate("window.opener") is None
    buying.is_done()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_axe_finds_nothing_on_any_step_on_a_page_of_its_own(
    contexts: Contexts, base: str, language: str, scheme: str
) -> None:
    page = contexts.new(language, bypass_csp=True, color_scheme=scheme, **NARROW).new_page()
    somebody = Alone(page, base, language)
    buying = Buying(somebody, language)
    buying.begin()
    for step in ("address", "delivery", "payment"):
        buying.at(step)
        assert violations(page, RULES[scheme]) == []
        if step == "address":
            buying.tell_address()
        elif step == "payment":
            buying.pay_by("test")
        else:
            buying.main.click()
    buying.at("review")
    assert violations(page, RULES[scheme]) == []
    buying.main.click()
    buying.is_done()
    assert violations(page, RULES[scheme]) == []


class Alone(Shopper):
    """The chat as a page of its own."""

    def __init__(self, page: Page, base: str, language: str) -> None:
        self.page, self.context = page, page.context
        self._address = f"{base}/widget/kodachi-demo/panel?lang={language}"
        self._words = PEOPLE[language]

    def visit(self, page: str = "/") -> None:
        self.page.goto(self._address)

    @property
    def panel(self) -> Page:  # type: ignore[override]
        return self.page

    def open(self) -> None:
        expect(self.field).to_be_visible()
