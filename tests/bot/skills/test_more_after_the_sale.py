"""Payment and contents changed, data asked for, complaints heard, an address kept for next time."""

from kaiwa.orders.address import PostalAddress
from kaiwa.orders.default_address import default_address
from kaiwa.orders.payment import payments_of
from kaiwa.vocabulary.reply import visible
from tests.bot.skills.aftersale import AfterSale, wallet

NEW = "150-0001 東京都渋谷区神宮前1-2-3"


def test_another_saved_way_pays_after_a_yes_and_the_old_payment_goes_back(
    place: AfterSale,
) -> None:
    hanako = wallet(place)
    hanako.save()
    card = hanako.issue(5_000)
    hanako.save(card)
    order = hanako.buys((place.shop.article("TEA"), 1))
    total = place.order(order).totals.total_minor
    talk = place.member(customer_id=hanako.customer_id)
    shown = talk.reads(f"注文{order.number}の支払い方法をギフトカードに変えたい")
    assert "Giftに変えます。前のお支払いはお返しします。よろしいですか。" in shown
    assert hanako.left(card) == 5_000
    assert f"ご注文 {order.number} のお支払いをGiftに変えました。" in talk.reads("はい")
    assert hanako.left(card) == 5_000 - total
    merchant_id = place.shop.merchant_id
    payments = place.db.read_now(lambda s: payments_of(s, merchant_id, order.id))
    assert [one.state for one in payments][-1] == "paid"


def test_without_another_way_to_pay_a_person_settles_it(place: AfterSale) -> None:
    order = place.bought("TEA")
    answer = place.member().say(f"注文{order.number}の支払い方法を変えたい")
    assert answer.handoff is not None
    assert answer.handoff.reason == "policy"
    assert place.order(order) == order


def test_an_order_that_was_sent_keeps_its_payment(place: AfterSale) -> None:
    order = place.bought("TEA")
    place.sent(order)
    words = place.member().reads(f"注文{order.number}の支払い方法を変えたい")
    assert "すでに発送済みのため" in words
    assert place.order(order).totals == order.totals


def test_an_article_is_taken_out_of_an_order_after_a_yes(place: AfterSale) -> None:
    order = place.bought("TEA", "POT")
    talk = place.member()
    shown = talk.reads(f"注文{order.number}からArticle POTを減らしたい")
    assert "・Article POT ×1 → ×0" in shown
    assert "合計 ¥2,750 → ¥1,650" in shown
    assert place.order(order).totals.total_minor == 2_750
    assert f"ご注文 {order.number} を変えました。" in talk.reads("はい")
    assert place.order(order).totals.total_minor == 1_650


def test_nothing_is_added_to_an_order_and_the_last_article_is_not_taken_out(
    place: AfterSale,
) -> None:
    order = place.bought("TEA")
    talk = place.member()
    assert "あらためてご注文ください" in talk.reads(
        f"注文{order.number}の内容変更で、もう一つ増やしてほしい"
    )
    assert "その商品しかありません" in place.member().reads(
        f"注文{order.number}からArticle TEAを減らしたい"
    )
    assert place.order(order) == order


def test_what_is_kept_of_a_shopper_is_told_to_who_is_signed_in(place: AfterSale) -> None:
    told = place.member().reads("私の個人情報は何が登録されていますか")
    assert "ご登録：花子 様、hanako@example.com" in told
    assert "カード番号は含みません" in told
    guest = place.guest().reads("私の個人情報は何が登録されていますか")
    assert "hanako" not in guest
    assert "ログインしていただくと" in guest


def test_deleting_data_is_for_a_person(place: AfterSale) -> None:
    answer = place.member().say("アカウントの個人情報を全部削除してください")
    assert answer.handoff is not None
    assert answer.handoff.reason == "policy"


def test_a_complaint_is_met_with_an_apology_a_person_and_the_way_to_a_return(
    place: AfterSale,
) -> None:
    order = place.bought("TEA")
    place.sent(order, arrived=True)
    talk = place.member()
    talk.say(f"注文{order.number}はどうなっていますか")
    answer = talk.say("最悪です。届いた商品が割れていました")
    words = visible(answer.reply.blocks)
    assert words[0].startswith("お届けした商品に不備があり、誠に申し訳ありません。")
    assert answer.handoff is not None
    assert answer.handoff.reason == "angry"
    assert f"ご注文：{order.number}" in answer.handoff.summary
    assert words[-2:] == ["返品・交換する", "自動応答に戻る"]


def test_the_kept_address_is_where_the_next_checkout_begins(place: AfterSale) -> None:
    talk = place.member()
    merchant_id, who = place.shop.merchant_id, talk.who.customer_id
    talk.say("登録している住所を変えたい")
    shown = talk.reads(NEW)
    assert "ご登録の住所を、次のとおりに変えます。" in shown
    assert place.db.read_now(lambda s: default_address(s, merchant_id, who)) is None
    talk.say("はい")
    kept = place.db.read_now(lambda s: default_address(s, merchant_id, who))
    assert kept is not None
    assert (kept.postal_code, kept.region) == ("150-0001", "東京都")
    tea = (place.shop.article("TEA"), 1)
    theirs = place.till.open(place.till.cart(tea, customer_id=who).id)
    assert theirs.checkout.body.address == kept
    anothers = place.till.cart(tea, customer_id=place.shop.customer("Jiro"))
    assert place.till.open(anothers.id).checkout.body.address is None
    assert place.till.open(place.till.cart(tea).id).checkout.body.address is None
    said = PostalAddress("花子", "530-0001", "大阪府", "大阪市北区", "梅田1-1")
    moved = place.till.update(theirs.checkout.id, address=said)
    assert moved.checkout.body.address is not None
    assert moved.checkout.body.address.postal_code == "530-0001"
    again = place.db.read_now(lambda s: default_address(s, merchant_id, who))
    assert again == kept


def test_a_number_that_is_an_orders_is_one_without_a_word_for_it(place: AfterSale) -> None:
    order = place.bought("TEA")
    answer = place.member().say(f"when is {order.number} getting here")
    assert (answer.acts, answer.order) == (("order_status",), order.number)


def test_when_the_money_comes_is_a_question(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say(f"cancel order {order.number}")
    talk.say("yes please")
    assert talk.say("when do i get my money back?").acts in (("faq",), ("order_status",))
