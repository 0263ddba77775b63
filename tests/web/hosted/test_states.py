"""Every state a checkout can be in has its page, and each page a way on."""

from datetime import timedelta

import pytest

from kaiwa.orders.command import Command
from kaiwa.orders.completing import conclude
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.payment import last_payment
from kaiwa.payments import Outcome, provider
from kaiwa.vocabulary.errors import Unreachable
from tests.web.hosted.counter import Counter
from tests.web.hosted.window import Window


async def test_what_has_expired_says_so_and_begins_again_with_the_same(counter: Counter) -> None:
    window = await counter.reviewed("card")
    counter.pass_time(hours=7)
    await window.go(window.place)
    assert window.answer.status == 410
    assert "お手続きの期限が切れました" in window.text
    assert "11月21日（土） 18:00 で終わりました。" in window.text
    assert "静岡 浅蒸し煎茶 100g 数量 2" in window.text
    await window.send("/again")
    assert "2 お届け日時" in window.text
    assert [line.quantity for line in counter.checkout(window).body.lines] == [1, 2]
    assert "佐藤 あかり 様" in window.text


async def test_a_form_of_an_expired_checkout_explains(counter: Counter) -> None:
    window = await counter.reviewed("card")
    form = window.form("/order")
    counter.pass_time(hours=7)
    await window.post(form.action, form.fields)
    assert "お手続きの期限が切れました" in window.text
    assert counter.orders() == []


async def test_what_sold_out_meanwhile_cannot_begin_again(counter: Counter) -> None:
    window = await counter.begin(("CUP", 1))
    counter.pass_time(hours=60)
    counter.price("CUP", "湯呑み", 1100, stock=0)
    counter.db.write_now(lambda s: s.run("UPDATE product SET status = 'archived'"))
    await window.go(window.path)
    await window.send("/again")
    assert "同じ商品の在庫がありません。" in window.text


async def test_the_link_of_a_completed_checkout_shows_the_order(counter: Counter) -> None:
    window = await counter.reviewed("card")
    link = window.place
    await window.send("/order")
    friend = Window(counter.doors)
    await friend.go(link)
    assert friend.path.startswith("/orders/")
    assert "佐＊＊ 様 東京都" in friend.text
    assert "2-14-8" not in friend.text
    assert "090" not in friend.text


async def test_the_buyer_goes_to_the_payment_company_and_comes_back(counter: Counter) -> None:
    window = await counter.reviewed("card")
    link = window.place
    await window.send("/order", instrument="escalate_token")
    assert window.path == f"{link}/pay"
    assert "決済会社の画面へ移ります" in window.text
    assert counter.orders() == []
    await window.go(link)
    assert "お支払いがまだ終わっていません" in window.text
    await window.go(f"{link}/return")
    assert window.path.startswith("/orders/")
    assert counter.orders()[0].paid_minor == 11_392


async def test_another_way_can_be_chosen_while_the_first_is_open(counter: Counter) -> None:
    window = await counter.reviewed("card")
    link = window.place
    await window.send("/order", instrument="auth_token")
    await window.go(link)
    await window.go(link + window.link("ほかの方法にする").removeprefix(link).split("#")[0])
    await window.send("/payment", way=counter.methods["cod"])
    await window.send("/order")
    (placed,) = counter.orders()
    assert placed.pays == "at_the_door"
    assert counter.doors.count("payment", "state = 'abandoned'") == 1


async def test_without_an_answer_the_shopper_waits_and_is_charged_once(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(*_: object) -> Outcome:
        raise Unreachable("It does not answer.", maybe_done=True)

    window = await counter.reviewed("card")
    link = window.place
    with monkeypatch.context() as patch:
        patch.setattr(provider("test_provider"), "pay", silent)
        await window.send("/order")
        assert "お支払いの結果を確かめています" in window.text
        assert '<meta http-equiv="refresh" content="3">' in window.answer.body.decode()
        await window.go(f"{link}?step=payment")
        assert "お支払いの結果を確かめています" in window.text
    found = counter.checkout(window)

    def answered(s):
        paid = last_payment(s, counter.shop_id, found.id)
        assert paid is not None
        by = Command(counter.shop_id, "system", "queue", counter.doors.clock.now())
        conclude(s, by, paid.id, Outcome("paid", "r-1"), lambda *_: None)

    counter.db.write_now(answered)
    await window.go(link)
    assert window.path.startswith("/orders/")
    assert len(counter.orders()) == 1


async def test_nothing_to_pay_needs_no_way_to_pay(counter: Counter) -> None:
    gift = CouponRule("GIFT", "fixed", amount_minor=99_999)
    post = CouponRule("POST", "free_shipping")
    now = counter.doors.clock.now() - timedelta(days=1)
    counter.db.write_now(lambda s: put_coupon(s, counter.shop_id, gift, now))
    counter.db.write_now(lambda s: put_coupon(s, counter.shop_id, post, now))
    window = await counter.reviewed("card", ("TEA", 1))
    await window.send("/coupon", code="POST")
    await window.send("/coupon", code="GIFT")
    assert "注文を確定する ¥0" in window.text
    await window.send("/order")
    assert [one.state for one in counter.orders()] == ["processing"]
