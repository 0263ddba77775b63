"""The order's page: what anybody with the link sees, and what only the buyer sees and may do."""

from datetime import timedelta

import pytest

from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import ProductText, Translation, put_product
from kaiwa.engines.db import Session
from kaiwa.orders.command import Command
from kaiwa.orders.fact import OrdersFact
from kaiwa.orders.hosted_link import order_link
from kaiwa.orders.order import Order
from kaiwa.orders.refund import refunds_of
from kaiwa.orders.return_request import returns_of
from kaiwa.orders.shipment import ParcelNews, ShipOrder, record_news, ship_order
from tests.web.doors import NOW
from tests.web.hosted.counter import ADDRESS, Counter
from tests.web.hosted.window import Window

NUMBER = "481233456675"


def unheard(session: Session, fact: OrdersFact) -> None:
    """Nobody listens."""


def by(counter: Counter) -> Command:
    return Command(counter.shop_id, "agent:1", "desk", counter.doors.clock.now())


async def bought(counter: Counter, way: str = "card", **more: str) -> Order:
    window = await counter.reviewed(way, **more)
    await window.send("/order")
    return counter.orders()[-1]


def link(counter: Counter, placed: Order) -> str:
    secrets = counter.doors.running.context.secrets
    return order_link(secrets, "", (counter.shop_id, placed.id), counter.doors.clock.now())


async def stranger(counter: Counter, placed: Order, language: str = "ja") -> Window:
    return await Window(counter.doors, language).go(link(counter, placed))


async def buyer(counter: Counter, placed: Order) -> Window:
    window = await stranger(counter, placed)
    return await window.send("/identity", who=ADDRESS["email"])


def ship(counter: Counter, placed: Order, *states: str) -> None:
    def work(s: Session) -> None:
        parcel = ship_order(s, by(counter), ShipOrder(placed.id, "yamato", NUMBER), unheard)
        for hours, state in enumerate(states, 1):
            at = counter.doors.clock.now() + timedelta(hours=hours)
            record_news(s, by(counter), ParcelNews(parcel.id, state, at, "武蔵野営業所"), unheard)  # type: ignore[arg-type]

    counter.db.write_now(work)


async def test_anybody_with_the_link_sees_where_it_stands_but_not_whose_it_is(
    counter: Counter,
) -> None:
    placed = await bought(counter)
    window = await stranger(counter, placed)
    assert "ご注文を承りました お届けまで、少しだけお待ちください" in window.text
    assert "細口ケトル「しずく」 数量 1 ¥8,800" in window.text
    assert "お支払い合計 税込 ¥11,392" in window.text
    assert "佐＊＊ 様 東京都" in window.text
    page = window.answer.body.decode()
    for private in ("佐藤", "吉祥寺", "2-14-8", "0000", "akari"):
        assert private not in page


async def test_articles_are_named_in_the_readers_language_where_the_shop_wrote_it(
    counter: Counter,
) -> None:
    def translate(s: Session) -> None:
        words = {"en": Translation("Slow-pour kettle Shizuku")}
        text = ProductText("kettle", "細口ケトル「しずく」", translations=words)  # type: ignore[arg-type]
        put_product(s, counter.shop_id, text, NOW, next_change(s, counter.shop_id))

    counter.db.write_now(translate)
    review = await counter.reviewed("card", language="en")
    assert "Slow-pour kettle Shizuku" in review.text
    assert "静岡 浅蒸し煎茶 100g" in review.text
    english = await bought(counter, language="en")
    assert "Slow-pour kettle Shizuku" in (await stranger(counter, english, "en")).text
    japanese = await bought(counter)
    assert "細口ケトル「しずく」" in (await stranger(counter, japanese)).text


@pytest.mark.parametrize("who", ["AKARI@example.jp ", "090-0000-1234", "+81 90 0000 1234"])
async def test_the_orders_email_or_telephone_shows_the_rest(counter: Counter, who: str) -> None:
    placed = await bought(counter)
    window = await stranger(counter, placed)
    await window.send("/identity", who=who)
    assert "〒180-0004 東京都武蔵野市吉祥寺本町 2-14-8 コーポ欅203 09000001234" in window.text
    assert (await stranger(counter, placed)).text.count("2-14-8") == 0


async def test_guesses_end_after_five(counter: Counter) -> None:
    placed = await bought(counter)
    window = await stranger(counter, placed)
    for guess in range(5):
        await window.send("/identity", who=f"guess{guess}@example.jp")
        assert "ご注文の記録と一致しませんでした。" in window.text
    await window.send("/identity", who=ADDRESS["email"])
    assert "何度か一致しませんでした。" in window.text
    counter.pass_time(minutes=11)
    await window.send("/identity", who=ADDRESS["email"])
    assert "2-14-8" in window.text


async def test_a_proof_is_good_for_its_order_alone(counter: Counter) -> None:
    first, second = await bought(counter), await bought(counter, name="鈴木 一")
    window = await buyer(counter, first)
    assert "佐藤 あかり 様" in window.text
    await window.go(link(counter, second))
    assert "鈴木" not in window.text


async def test_a_link_lives_for_ninety_days(counter: Counter) -> None:
    placed = await bought(counter)
    path = link(counter, placed)
    counter.pass_time(days=90)
    assert (await Window(counter.doors).go(path)).answer.status == 200
    counter.pass_time(days=2)
    window = await Window(counter.doors).go(path)
    assert window.answer.status == 404
    assert "このリンクは使えなくなっています。" in window.text


@pytest.mark.parametrize("at", [0, 10, 30, -3])
async def test_a_link_that_was_changed_by_one_letter_is_none(counter: Counter, at: int) -> None:
    placed = await bought(counter)
    head, _, token = link(counter, placed).rpartition("/")
    letter = "A" if token[at] != "A" else "B"
    place = at % len(token)
    window = Window(counter.doors)
    await window.go(f"{head}/{token[:place]}{letter}{token[place + 1 :]}")
    assert window.answer.status == 404


async def test_a_parcel_is_followed_by_the_carriers_facts(counter: Counter) -> None:
    placed = await bought(counter)
    ship(counter, placed, "in_transit", "out_for_delivery")
    window = await stranger(counter, placed)
    assert "配達に出ています 武蔵野営業所 11/21 14:00 輸送中です" in window.text
    assert "ヤマト運輸 481233456675 荷物を追跡する" in window.text
    assert window.link("荷物を追跡する").endswith(f"id={NUMBER}")
    ship_news = await stranger(counter, placed, "en")
    assert "Out for delivery" not in ship_news.text
    await ship_news.go(f"{ship_news.path}?lang=en")
    assert "Out for delivery" in ship_news.text


async def test_an_unpaid_order_says_how_and_until_when(counter: Counter) -> None:
    placed = await bought(counter, "bank")
    window = await stranger(counter, placed)
    assert "お支払いをお待ちしています" in window.text
    assert "銀行振込でのお支払い お支払い金額 ¥11,392" in window.text
    assert "銀行 みずほ銀行 支店 吉祥寺 口座番号 1234567 お振り込みの期限" in window.text


@pytest.mark.parametrize("what", ["cancel", "return", "invoice"])
async def test_private_pages_ask_who_is_there(counter: Counter, what: str) -> None:
    placed = await bought(counter)
    window = await stranger(counter, placed)
    form = window.form("/identity")
    await window.go(f"{window.path}/{what}")
    assert "ご本人の確認" in window.text
    token = dict(form.fields)["token"]
    await window.post(form.action.replace("identity", what), [("token", token), ("version", "1")])
    assert counter.orders()[0].cancelled_at is None
    assert counter.doors.count("return_request") == 0


async def test_the_buyer_cancels_what_was_shown(counter: Counter) -> None:
    placed = await bought(counter)
    window = await buyer(counter, placed)
    await window.go(window.link("注文を取り消す"))
    assert "お支払い合計 ¥11,392 お返しする金額 ¥11,392" in window.text
    form = window.form("/cancel")
    await window.send("/cancel")
    assert "ご注文を取り消しました。" in window.text
    assert "ご返金 ¥11,392" in window.text
    await window.post(form.action, form.fields)
    (owed,) = counter.db.read_now(lambda s: refunds_of(s, counter.shop_id, placed.id))
    assert owed.amount.amount_minor == 11_392


async def test_a_cancellation_of_other_values_is_shown_again(counter: Counter) -> None:
    placed = await bought(counter)
    window = await buyer(counter, placed)
    await window.go(window.link("注文を取り消す"))
    counter.db.write_now(lambda s: s.run("UPDATE shop_order SET version = version + 1"))
    await window.send("/cancel")
    assert "この内容は古くなりました。" in window.text
    assert counter.orders()[0].cancelled_at is None
    await window.send("/cancel")
    assert counter.orders()[0].cancelled_at is not None


async def test_what_is_on_its_way_is_not_cancelled(counter: Counter) -> None:
    placed = await bought(counter)
    window = await buyer(counter, placed)
    await window.go(window.link("注文を取り消す"))
    form = window.form("/cancel")
    ship(counter, placed)
    await window.post(form.action, form.fields)
    assert "発送しました" in window.text
    assert counter.orders()[0].cancelled_at is None


async def test_a_return_is_asked_for_once(counter: Counter) -> None:
    placed = await bought(counter)
    ship(counter, placed, "delivered")
    window = await buyer(counter, placed)
    await window.go(window.link("返品を申し込む"))
    await window.send("/return", reason="damaged")
    assert "返品する商品の数と、理由をお選びください。" in window.text
    part = placed.lines[0].part
    form = window.form("/return")
    fields = [(n, v) for n, v in form.fields if not n.startswith("take:") and n != "note"]
    fields += [(f"take:{part}", "1"), ("reason", "damaged"), ("note", "取っ手がぐらつく")]
    await window.post(form.action, fields)
    assert "返品のお申し込みを受け付けました。" in window.text
    await window.post(form.action, fields)
    (asked,) = counter.db.read_now(lambda s: returns_of(s, counter.shop_id, placed.id))
    assert (asked.lines, asked.reason) == ({part: 1}, "damaged: 取っ手がぐらつく")


async def test_a_return_that_comes_too_late_is_refused(counter: Counter) -> None:
    placed = await bought(counter)
    ship(counter, placed, "delivered")
    counter.pass_time(days=9)
    window = await buyer(counter, placed)
    assert "返品を申し込む" not in window.text
    await window.go(f"{window.path}/return")
    assert "返品する商品と数" not in window.text


async def test_the_invoice_adds_up_and_names_the_shop(counter: Counter) -> None:
    placed = await bought(counter)
    window = await buyer(counter, placed)
    await window.go(window.link("適格請求書"))
    assert "佐藤 あかり 様" in window.text
    assert "静岡 浅蒸し煎茶 100g ※ 2 ¥2,592" in window.text
    assert "お支払い合計 ¥11,392" in window.text
    assert "10%対象 ¥8,800 うち消費税 ¥800 8%対象 ¥2,592 ※ うち消費税 ¥192" in window.text
    assert "登録番号 T7000012050002" in window.text


async def test_the_points_of_law_stand_beside_every_page(counter: Counter) -> None:
    placed = await bought(counter)
    window = await stranger(counter, placed)
    await window.go(window.link("特定商取引法に基づく表記"))
    assert "販売業者 木立道具店" in window.text
    public = await Window(counter.doors).go("/legal/chat-key")
    assert "販売業者 木立道具店" in public.text
    begun = await counter.begin(("KETTLE", 1))
    await begun.go(begun.link("特定商取引法に基づく表記"))
    assert "販売業者 木立道具店" in begun.text
