"""The example shop's own pages: choosing, the cart, and the form that leads to the checkout."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import PHONE, Contexts
from tests.browser.people import Shopper, Shoppers
from tests.browser.test_accessible import violations

CHECKOUT = "**/shop/kodachi-demo/checkout"


def _sent(somebody: Shopper) -> list[list[tuple[str, str]]]:
    """What forms send to the checkout from now on, instead of going there."""
    sent: list[list[tuple[str, str]]] = []

    def answer(route: Route) -> None:
        sent.append(parse_qsl(route.request.post_data or ""))
        route.fulfill(status=200, content_type="text/html", body="<title>checkout</title>")

    somebody.page.route(CHECKOUT, answer)
    return sent


def test_a_colour_shows_its_own_sizes_and_the_cart_remembers_them(shopper: Shoppers) -> None:
    somebody = shopper("en")
    somebody.visit("/jeans-straight.html")
    page = somebody.page
    expect(page.get_by_label("34")).to_have_count(2)
    page.get_by_label("Black").check()
    expect(page.locator("[data-chosen]")).to_have_text("Black")
    expect(page.locator("[data-picture]")).to_have_attribute(
        "src", "/pictures/jeans-straight-black.svg"
    )
    # Black in 28 is sold out: it cannot be chosen, and the next one is.
    expect(page.locator("[data-of=black] [name=sku]:checked")).to_have_value("JN-STR-BK-30")
    page.locator("[data-of=black]").get_by_label("32").check()
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("status")).to_have_text("Added to your cart")
    somebody.visit("/cart.html")
    expect(page.locator("[data-lines] li")).to_contain_text("Kawara straight jeans Black 32")
    expect(page.locator("[data-subtotal]")).to_have_text("¥12,980")


def test_few_left_and_the_price_follow_the_choice(shopper: Shoppers) -> None:
    somebody = shopper()
    somebody.visit("/donabe.html")
    page = somebody.page
    expect(page.locator(".sum .price")).to_contain_text("¥9,900")
    expect(page.locator("[data-stock]")).to_have_text("在庫あり")
    page.get_by_label("8号").check()
    expect(page.locator(".sum .price")).to_contain_text("¥13,200")
    expect(page.locator("[data-stock]")).to_contain_text("残り")


def test_buy_now_sends_the_choice_to_the_checkout(shopper: Shoppers) -> None:
    somebody = shopper()
    somebody.visit("/jeans-straight.html")
    sent = _sent(somebody)
    somebody.page.get_by_label("黒").check()
    somebody.page.get_by_role("button", name="増やす").click()
    somebody.page.get_by_role("button", name="今すぐ購入").click()
    expect(somebody.page).to_have_title("checkout")
    assert sent == [[("language", "ja"), ("sku", "JN-STR-BK-30"), ("quantity", "2")]]


def test_the_cart_sends_all_its_lines(shopper: Shoppers) -> None:
    somebody = shopper("en")
    for page in ("/dripper.html", "/sencha.html"):
        somebody.visit(page)
        somebody.page.get_by_role("button", name="Add to cart").click()
    somebody.visit("/cart.html")
    sent = _sent(somebody)
    somebody.page.get_by_role("button", name="Go to checkout").click()
    expect(somebody.page).to_have_title("checkout")
    assert sent == [
        [("language", "en"), ("sku", "DR-ASG-01"), ("quantity", "1"),
         ("sku", "TE-SEN-01"), ("quantity", "1")]
    ]  # fmt: skip


def test_without_javascript_a_product_can_still_be_bought(contexts: Contexts, base: str) -> None:
    page = contexts.new("ja", java_script_enabled=False).new_page()
    page.goto(f"{base}/kettle.html")
    sent: list[list[tuple[str, str]]] = []

    def answer(route: Route) -> None:
        sent.append(parse_qsl(route.request.post_data or ""))
        route.fulfill(status=200, content_type="text/html", body="<title>checkout</title>")

    page.route(CHECKOUT, answer)
    # Stories before this one may have bought the last of some colour.
    colour = page.locator("input[name=sku]:enabled:not(:checked)").first
    sku = colour.get_attribute("value")
    colour.check()
    page.get_by_role("button", name="今すぐ購入").click()
    expect(page).to_have_title("checkout")
    assert sent == [[("language", "ja"), ("sku", sku), ("quantity", "1")]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["/", "/tea.html", "/jeans-straight.html", "/iron-kettle.html"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    shopper: Shoppers, page: str, scheme: str
) -> None:
    for language in ("ja", "en"):
        options: dict[str, Any] = {"color_scheme": scheme, "viewport": PHONE, "bypass_csp": True}
        somebody = shopper(language, **options)
        somebody.visit(page)
        assert violations(somebody.page) == []
        wide = somebody.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"]
