"""From a product page's form to an order, without a script."""

import asyncio

import pytest

from kaiwa.orders.checkout_record import Gift
from tests.web.hosted.counter import ADDRESS, Counter
from tests.web.hosted.window import Window


async def test_a_shopper_buys_step_by_step(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 1), ("TEA", 2))
    assert "1 お届け先" in window.text
    await window.send("/address", **ADDRESS)
    assert "佐藤 あかり 様 〒180-0004 東京都武蔵野市吉祥寺本町 2-14-8 コーポ欅203" in window.text
    assert "2 お届け日時" in window.text
    await window.send("/delivery", day="2026-11-28", slot="18-20", wrap="box", message="祝")
    assert "11月28日（土）18–20時" in window.text
    assert "3 お支払い" in window.text
    await window.send("/payment", way=counter.methods["cod"])
    assert "4 ご確認" in window.text
    for said in ("商品の小計 ¥11,392", "送料 ¥0", "ギフト包装 ¥330", "手数料 ¥330"):
        assert said in window.text
    assert "注文を確定する ¥12,052" in window.text
    assert "10%対象 ¥9,460 うち消費税 ¥860 8%対象 ¥2,592 ※軽減税率 うち消費税 ¥192" in window.text

    await window.send("/order")
    (placed,) = counter.orders()
    assert placed.totals.total_minor == 12_052
    assert placed.body.gift == Gift("box", "祝")
    assert (placed.name, placed.email) == ("佐藤 あかり", "akari@example.jp")
    assert window.path.startswith("/orders/")
    assert f"注文 {placed.number}" in window.text
    assert "11月28日（土）18–20時にお届けします" in window.text
    # Whoever has just typed the address may read it.
    assert "〒180-0004 東京都武蔵野市吉祥寺本町 2-14-8 コーポ欅203" in window.text


async def test_the_same_in_english(counter: Counter) -> None:
    window = await counter.reviewed("bank", language="en")
    assert "Place order ¥11,392" in window.text
    assert "At 8%: ¥2,592 ※ reduced rate of which tax ¥192" in window.text
    await window.send("/order")
    assert "Waiting for your payment" in window.text
    assert "Bank みずほ銀行 Branch 吉祥寺 Account number 1234567" in window.text
    assert "Last day Within 7 days of ordering" in window.text
    assert counter.orders()[0].body.language == "en"


async def test_every_step_is_kept_when_it_is_left(counter: Counter) -> None:
    here = await counter.begin(("KETTLE", 1))
    await here.send("/address", **ADDRESS)
    await here.send("/delivery", day="2026-11-29", slot="")
    elsewhere = Window(counter.doors)
    await elsewhere.go(here.place)
    assert "3 お支払い" in elsewhere.text
    assert "11月29日（日）" in elsewhere.text


async def test_a_step_that_cannot_be_reached_yet_shows_the_first_unfinished(
    counter: Counter,
) -> None:
    window = await counter.begin(("KETTLE", 1))
    await window.go(f"{window.place}?step=review")
    assert "1 お届け先" in window.text


async def test_mistakes_are_told_under_their_fields_and_nothing_is_kept(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 1))
    await window.send("/address", **{**ADDRESS, "name": "", "email": "akari@"})
    assert window.answer.status == 422
    assert "お名前を入力してください。" in window.text
    assert "メールアドレスの形をお確かめください。" in window.text
    assert dict(window.form("/address").fields)["line1"] == "2-14-8"
    assert counter.checkout(window).body.address is None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("postal_code", "12345", "郵便番号は7桁の数字です。"),
        ("phone", "でんわ", "電話番号は数字でお願いします。"),
        ("line1", "あ" * 201, "番地は200文字までです。"),
        ("region", "", "都道府県を選んでください。"),
    ],
)
async def test_each_mistake_has_its_sentence(
    counter: Counter, field: str, value: str, said: str
) -> None:
    window = await counter.begin(("KETTLE", 1))
    await window.send("/address", **{**ADDRESS, field: value})
    assert said in window.text


async def test_a_postal_code_fills_in_the_address_without_a_script(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 1))
    await window.send("/address", postal_code="180-0004", act="postal")
    fields = dict(window.form("/address").fields)
    assert (fields["region"], fields["city"]) == ("東京都", "武蔵野市吉祥寺本町")
    assert "住所を入力しました。番地からお願いします。" in window.text
    await window.send("/address", postal_code="999-9999", act="postal")
    assert "この番号の住所が見つかりません。" in window.text


async def test_the_towns_of_a_postal_code_for_the_script(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 1))
    await window.go(f"{window.place}/places?code=１８０-０００４")
    (place,) = window.answer.json["places"]
    assert (place["prefecture"], place["city"], place["town"]) == (
        "東京都",
        "武蔵野市",
        "吉祥寺本町",
    )


async def test_abroad_has_its_own_fields_and_its_own_rate(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 1), language="en")
    await window.send("/address", country="US", act="country")
    assert "State or region" in window.text
    away = {"country": "US", "city": "Portland", "line1": "1 Oak St", "region": "OR"}
    await window.send("/address", **{**ADDRESS, **away, "postal_code": "97201"})
    assert "Airmail" in window.text or "Arrives from Tue 1 Dec" in window.text
    assert counter.checkout(window).totals.amount_of("shipping") == 3000


async def test_nothing_is_sent_to_where_no_rate_leads(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 1))
    counter.db.write_now(lambda s: s.run("UPDATE shipping_rate SET regions = '[\"沖縄県\"]'"))
    await window.send("/address", **ADDRESS)
    assert "このお届け先へはお送りできません" in window.text
    assert "1 お届け先" in window.text


async def test_a_day_that_cannot_be_kept_is_asked_for_again(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 1))
    await window.send("/address", **ADDRESS)
    await window.send("/delivery", day="2026-11-21")
    assert "選ばれた日にはお届けできなくなりました" in window.text
    assert "2 お届け日時" in window.text
    await window.send("/delivery", day="soon")
    assert "お届け日をお選びください。" in window.text


async def test_a_way_to_pay_that_cannot_be_used_says_why(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 4))
    await window.send("/address", **ADDRESS)
    await window.send("/delivery")
    assert "代金引換 手数料 ¥330 ¥30,000 を超えるためご利用いただけません。" in window.text
    await window.send("/payment", way=counter.methods["cod"])
    assert "選ばれたお支払い方法は使えなくなりました" in window.text
    assert "3 お支払い" in window.text


async def test_a_coupon_is_applied_and_taken_out_again(counter: Counter) -> None:
    window = await counter.reviewed("card")
    await window.send("/coupon", code="ｈａｒｕ")
    assert "クーポンを適用しました。" in window.text
    assert "割引 HARU -¥1,139" in window.text
    await window.post(*_used(window))
    assert "割引" not in window.text
    await window.send("/coupon", code="NATSU")
    assert "このクーポンコードは使えません。" in window.text
    assert counter.checkout(window).body.codes == ()


def _used(window: Window) -> tuple[str, list[tuple[str, str]]]:
    form = window.form("/coupon")
    kept = [(name, value) for name, value in form.fields if name != "code"]
    return form.action, [*kept, ("remove", "HARU")]


async def test_a_quantity_is_changed_on_the_way(counter: Counter) -> None:
    window = await counter.reviewed("card")
    await window.send("/quantity", quantity=2)
    assert "注文を確定する ¥20,192" in window.text
    await window.send("/quantity", quantity=0)
    assert "細口ケトル" not in window.text
    assert "注文を確定する ¥3,252" in window.text


async def test_the_order_button_twice_is_one_order(counter: Counter) -> None:
    window = await counter.reviewed("card")
    form = window.form("/order")
    twins = [Window(counter.doors), Window(counter.doors)]
    for twin in twins:
        twin.cookies = dict(window.cookies)
    await asyncio.gather(*(twin.post(form.action, form.fields) for twin in twins))
    for twin in twins:
        await twin.go(window.place)
        assert twin.path.startswith("/orders/")
    assert len(counter.orders()) == 1
    assert counter.doors.count("payment") == 1
    # And once more from the page that the back button shows.
    await window.post(form.action, form.fields)
    assert window.path.startswith("/orders/")
    assert len(counter.orders()) == 1


async def test_a_price_that_changed_comes_back_with_the_difference(counter: Counter) -> None:
    window = await counter.reviewed("card")
    counter.price("KETTLE", "細口ケトル「しずく」", 9200)
    await window.send("/order")
    assert counter.orders() == []
    assert counter.doors.count("payment") == 0
    assert "価格が ¥8,800 から ¥9,200 に変わりました" in window.text
    assert "もとの価格 ¥8,800 ¥9,200" in window.text
    assert "合計が ¥11,392 から ¥11,792 に変わりました。" in window.text
    await window.send("/order")
    assert [one.totals.total_minor for one in counter.orders()] == [11_792]


async def test_an_article_that_sold_out_is_greyed_and_not_bought(counter: Counter) -> None:
    window = await counter.reviewed("card", ("KETTLE", 1), ("CUP", 1))
    counter.db.write_now(
        lambda s: s.run("UPDATE product SET status = 'archived' WHERE handle = 'cup'")
    )
    await window.send("/order")
    assert counter.orders() == []
    assert "湯呑み いまはご購入いただけません" in window.text
    await window.send("/order")
    (placed,) = counter.orders()
    assert [line.sku for line in placed.lines] == ["KETTLE"]


async def test_a_review_that_another_window_changed_is_not_bought(counter: Counter) -> None:
    window = await counter.reviewed("card")
    form = window.form("/order")
    await window.send("/quantity", quantity=2)
    await window.post(form.action, form.fields)
    assert "別の画面で内容が変わりました。" in window.text
    assert counter.orders() == []


async def test_a_declined_card_leads_back_to_the_review(counter: Counter) -> None:
    window = await counter.reviewed("card")
    await window.send("/order", instrument="fail_token")
    assert "カードが承認されませんでした。" in window.text
    assert "4 ご確認" in window.text
    assert counter.orders() == []
    await window.send("/order")
    assert window.path.startswith("/orders/")
    assert counter.orders()[0].paid_minor == 11_392
