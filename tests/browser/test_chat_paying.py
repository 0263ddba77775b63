"""Paid on the payment company's page, and what changes under a shopper who buys in the chat."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Contexts
from tests.browser.selling import SellingShop, open_shop
from tests.browser.test_chat_buying import Alone, Buying
from tests.browser.test_chat_shop import WORDS as SHOP_WORDS
from tests.browser.test_chat_shop import find

CONFLICT = r"409 \(Conflict\)"


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SellingShop]:
    with open_shop(tmp_path_factory.mktemp("counter")) as opened:
        yield opened


class Here(Alone):
    """The chat of a small shop, as a page of its own."""

    def __init__(self, page: Page, shop: SellingShop) -> None:
        super().__init__(page, shop.base, "ja")
        self._address = f"{shop.base}/widget/counter-chat/panel?lang=ja"


class Plainly(Buying):
    """Of an article without options a press on its card is enough."""

    def begin(self) -> None:
        find(self.somebody, SHOP_WORDS["ja"]).get_by_role("button", name="かごに入れる").click()
        self.to_checkout()


@pytest.fixture
def buying(counter: SellingShop, contexts: Contexts) -> Iterator[Buying]:
    """Somebody at the review of a kettle, paid at the door."""
    counter.reprice(8_800)
    context = contexts.new("ja")
    # The payment company's pages have no icon.
    with contexts.watch(context).expecting(r"favicon\.ico"):
        made = Plainly(Here(context.new_page(), counter), "ja")
        made.review("cod")
        yield made


def test_a_card_is_paid_in_another_tab_and_the_panel_hears_of_it(
    buying: Buying, counter: SellingShop
) -> None:
    before = counter.count("shop_order")
    buying.sheet.get_by_role("button", name="お支払いを変更").click()
    buying.pay_by("card")
    buying.at("review")
    with buying.somebody.context.expect_page() as opened:
        buying.main.click()
    away = buying.sheet.get_by_role("heading", name="お支払いは別のタブで続きます")
    expect(away).to_be_focused()
    expect(buying.sheet.get_by_role("link", name="お支払いの画面へ")).to_be_visible()
    assert counter.count("shop_order") == before
    opened.value.get_by_role("button", name="支払う").click()
    buying.is_done()
    assert counter.count("shop_order") == before + 1


def test_who_gives_up_the_card_pays_at_the_door(buying: Buying, counter: SellingShop) -> None:
    before = counter.count("shop_order")
    buying.sheet.get_by_role("button", name="お支払いを変更").click()
    buying.pay_by("card")
    buying.at("review")
    with buying.somebody.context.expect_page():
        buying.main.click()
    buying.sheet.get_by_role("button", name="ほかの方法にする").click()
    buying.at("payment")
    buying.pay_by("cod")
    buying.at("review")
    buying.main.click()
    buying.is_done()
    assert counter.count("shop_order") == before + 1


def test_another_price_is_said_before_it_is_bought(buying: Buying, counter: SellingShop) -> None:
    before = counter.count("shop_order")
    counter.reprice(9_200)
    buying.main.click()
    told = buying.sheet.get_by_role("alert").first
    expect(told).to_contain_text("価格が ¥8,800 から ¥9,200 に変わりました")
    expect(buying.main).to_contain_text("¥10,190")
    assert counter.count("shop_order") == before
    buying.main.click()
    buying.is_done()
    assert counter.count("shop_order") == before + 1


def test_what_was_changed_in_another_tab_is_shown_and_not_bought(
    buying: Buying, counter: SellingShop
) -> None:
    before = counter.count("shop_order")
    with buying.somebody.context.expect_page() as opened:
        buying.sheet.get_by_role("link", name="別のタブで続ける").click()
    page = opened.value
    page.get_by_role("link", name="お支払いを変更").click()
    page.locator(".choice").filter(has_text="銀行振込").click()
    page.locator("form[action$='/payment'] .bar button").click()
    expect(page.get_by_role("button", name=re.compile("注文を確定する"))).to_be_visible()
    expect(buying.sheet.locator(".buy-said")).to_contain_text("銀行振込")
    expect(buying.main).to_contain_text("¥9,460")
    buying.main.click()
    buying.is_done()
    expect(buying.sheet.get_by_label("お支払いのご案内")).to_contain_text("みずほ銀行")
    assert counter.count("shop_order") == before + 1


def test_whose_time_has_run_out_begins_again_with_what_was_said(
    buying: Buying, counter: SellingShop, contexts: Contexts
) -> None:
    key = buying.sheet.get_by_role("link", name="別のタブで続ける").get_attribute("href")
    assert key is not None
    counter.expire(key.split("/checkout/")[1].split("?")[0])
    with contexts.watch(buying.somebody.context).expecting(CONFLICT):
        buying.main.click()
        over = buying.sheet.get_by_role("heading", name="お手続きの期限が切れました")
        expect(over).to_be_focused()
    buying.main.click()
    buying.at("delivery")
    buying.sheet.get_by_role("button", name="お届け先に戻る").click()
    expect(buying.field("line1")).to_have_value("2-14-8")


def test_konbini_is_paid_at_the_machine_and_the_order_says_so(
    counter: SellingShop, contexts: Contexts
) -> None:
    before = counter.count("shop_order")
    context = contexts.new("ja", viewport=PHONE, has_touch=True, is_mobile=True)
    with contexts.watch(context).expecting(r"favicon\.ico"):
        buying = Plainly(Here(context.new_page(), counter), "ja")
        buying.review("konbini")
        expect(buying.sheet.locator(".buy-said")).to_contain_text("コンビニ払い")
        expect(buying.main).to_contain_text("¥9,460")
        buying.main.click()
        number = buying.is_done()
        assert counter.count("shop_order", f"number = '{number}'") == 1
        told = buying.sheet.get_by_label("お支払いのご案内")
        expect(told).to_contain_text(re.compile(r"ローソン 払込番号\s*\d{8}"))
        expect(told).to_contain_text(re.compile(r"お支払い期限\s*\d+月\d+日（.） 23:59"))
        assert len(context.pages) == 1
        # At the shop's machine: the payment company tells the server, the panel only reads.
        machine = context.new_page()
        machine.goto(str(told.get_by_role("link").get_attribute("href")))
        machine.get_by_role("button", name="支払い済みにする").click()
        machine.get_by_text("succeeded").wait_for()
        expect(told).to_have_count(0)
        expect(buying.sheet.locator(".buy-done")).to_contain_text("お届けまで、少しだけお待ち")
        with context.expect_page() as opened:
            buying.sheet.get_by_role("link", name="注文の詳細").click()
        expect(opened.value.locator(".progress .here")).to_have_text("準備中")
        expect(opened.value.locator("main")).to_contain_text("コンビニ払い ・ お支払い済み")
        buying.sheet.get_by_role("button", name="会話に戻る", exact=True).click()
        paid = f"ご注文 {number} のお支払いを確認しました"
        expect(buying.somebody.message(paid)).to_have_count(1)
    assert counter.count("shop_order") == before + 1
