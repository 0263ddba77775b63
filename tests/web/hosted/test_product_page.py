"""A product's hosted page: what the records say now, and what buyers say, never as markup."""

from kaiwa.catalog.product import product_by_handle
from kaiwa.catalog.review import NewReview, ReviewState, decide_review, put_review
from kaiwa.customers.customer import new_customer
from kaiwa.engines.db import Session
from tests.web.doors import CHAT, LINE, NOW
from tests.web.hosted.counter import Counter
from tests.web.hosted.window import Window

PAGE = f"/shop/{CHAT}/products/kettle"


def reviewed(
    counter: Counter, handle: str, rating: int, words: str, state: ReviewState = "published"
) -> None:
    def work(session: Session) -> None:
        found = product_by_handle(session, counter.shop_id, handle)
        assert found is not None
        who = new_customer(session, counter.shop_id, NOW)
        new = NewReview(found.id, who, rating, words, "花子")
        made = put_review(session, counter.shop_id, new, NOW)
        decide_review(session, counter.shop_id, made.id, state, NOW)

    counter.db.write_now(work)


async def test_a_product_without_reviews_says_so_and_is_bought_from_its_page(
    counter: Counter,
) -> None:
    window = Window(counter.doors)
    await window.go(PAGE)
    assert window.answer.status == 200
    assert "細口ケトル「しずく」" in window.text
    assert "¥8,800" in window.text
    assert "レビューはまだありません" in window.text
    await window.send("/checkout", quantity=2)
    assert window.place.startswith("/checkout/")
    assert counter.checkout(window).body.lines[0].quantity == 2


async def test_reviews_are_shown_with_stars_count_and_words_and_nothing_of_them_is_markup(
    counter: Counter,
) -> None:
    reviewed(counter, "kettle", 5, "注ぎやすい。\n<script>alert(1)</script>")
    reviewed(counter, "kettle", 4, "")
    reviewed(counter, "kettle", 1, "見せない", "declined")
    reviewed(counter, "cup", 1, "ほかの商品")
    window = Window(counter.doors)
    await window.go(PAGE)
    body = window.answer.body.decode()
    assert "平均 4.5（2件）" in window.text
    assert "注ぎやすい。" in window.text
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body
    assert "星5つのうち4" in body
    assert "見せない" not in body
    assert "ほかの商品" not in body


async def test_in_english(counter: Counter) -> None:
    reviewed(counter, "kettle", 5, "Pours well.")
    window = Window(counter.doors, "en")
    await window.go(f"{PAGE}?lang=en")
    assert "5.0 on average (1)" in window.text
    assert "Pours well." in window.text


async def test_what_is_sold_out_is_shown_without_a_way_to_buy(counter: Counter) -> None:
    counter.price("CUP", "湯呑み", 1100, stock=0)
    window = Window(counter.doors)
    await window.go(f"/shop/{CHAT}/products/cup")
    assert "ただいま売り切れです" in window.text
    assert "購入手続きへ進む" not in window.text


async def test_what_is_not_there_has_its_page(counter: Counter) -> None:
    for where in (
        f"/shop/{CHAT}/products/nothing",
        f"/shop/{LINE}/products/kettle",
        f"/shop/{CHAT}/products",
        f"/shop/{CHAT}/products/kettle/more",
        "/shop/nobody/products/kettle",
    ):
        window = Window(counter.doors)
        await window.go(where)
        assert window.answer.status == 404, where
