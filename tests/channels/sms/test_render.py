"""Any reply as words: numbered, linked, short, and honest about what is left out."""

from datetime import UTC, datetime

from kaiwa.channels.sms.render import render
from kaiwa.channels.sms.segments import segments
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Block, Degradation, Reply

PRICE = Money(1_980, "JPY")


def said(*blocks: Block) -> list[str]:
    return render(Reply(blocks))[0]


def losses(*blocks: Block) -> list[tuple[str, str]]:
    return [(loss.block, loss.became) for loss in render(Reply(blocks))[1]]


def card(number: int) -> r.ProductCard:
    return r.ProductCard(
        alt_text=f"マグ{number}",
        title=f"マグ{number}",
        price=PRICE,
        image_url=f"https://shop.example/{number}.jpg",
        actions=(
            r.UrlAction("見る", url=f"https://shop.example/p/{number}"),
            r.ReplyAction("カートへ", payload=f"add:{number}"),
        ),
    )


def test_bubbles_are_one_message_because_each_is_billed() -> None:
    blocks = (r.TextBlock(text="こんにちは。"), r.TextBlock(text="ご用件は？"))
    assert said(*blocks) == ["こんにちは。\nご用件は？"]
    assert render(Reply(blocks))[1] == [
        Degradation("text", "merged text", "1 separate bubbles, each of which is billed")
    ]


def test_of_thirteen_products_three_are_numbered_and_linked_and_ten_are_owned_up_to() -> None:
    cards = tuple(card(number) for number in range(1, 14))
    made, lost = render(Reply((r.Carousel(alt_text="マグ十三点", cards=cards),)))
    assert made == [
        "1. マグ1 ¥1,980\nhttps://shop.example/p/1\n"
        "2. マグ2 ¥1,980\nhttps://shop.example/p/2\n"
        "3. マグ3 ¥1,980\nhttps://shop.example/p/3\n"
        "> カートへ 1番-3番"
    ]
    assert segments(made[0]) == 2
    assert Degradation("carousel", "first few", "10 of 13 cards") in lost
    assert Degradation("product_card", "written answer", "buttons to press: カートへ") in lost


def test_what_can_be_answered_to_cards_is_told_once_with_the_numbers_it_can_be_said_of() -> None:
    sold_out = r.ProductCard(alt_text="マグ2", title="マグ2", stock="売り切れ")
    call = r.CallAction("電話", phone="+81312345678")
    both = r.ProductCard(
        alt_text="マグ3",
        title="マグ3",
        actions=(r.ReplyAction("カートへ"), r.ReplyAction("比べる"), call),
    )
    shown = r.Carousel(alt_text="マグ", cards=(card(1), sold_out, both))
    (made,), lost = render(Reply((shown,)))
    assert made.splitlines()[-1] == "> カートへ 1番,3番 / 比べる 3番"
    assert Degradation("product_card", "dropped", "button: 電話") in lost
    english = r.ProductCard(alt_text="Mug", title="Mug", actions=(r.ReplyAction("Add to cart"),))
    (made,) = said(r.Carousel(alt_text="Mugs", cards=(english,) * 3))
    assert made.splitlines()[-1] == "> Add to cart #1-#3"


def test_a_row_that_calls_has_its_number() -> None:
    items = (
        r.ListItem("お電話", action=r.CallAction("電話", phone="+81312345678")),
        r.ListItem("現在地", action=r.LocationAction("現在地")),
    )
    rows = r.ChoiceList(alt_text="?", title="どちら？", items=items)
    assert said(rows) == ["どちら？\n1. お電話 +81312345678\n2. 現在地"]
    assert losses(rows) == [("choice_list", "dropped")]


def test_buttons_are_words_to_write_and_links_to_open() -> None:
    actions = (
        r.ReplyAction("はい", payload="yes"),
        r.ReplyAction("いいえ", payload="no"),
        r.UrlAction("店", url="https://shop.example/店"),
        r.CallAction("電話", phone="+81312345678"),
        r.LocationAction("現在地"),
    )
    shown = r.Buttons(alt_text="?", text="よろしいですか？", actions=actions)
    assert said(shown) == [
        "よろしいですか？\n> はい / いいえ\n店 https://shop.example/%E5%BA%97\n電話 +81312345678"
    ]
    assert losses(shown) == [("buttons", "dropped"), ("buttons", "text")]
    assert said(r.TextBlock(text="色は？"), r.QuickReplies(actions=actions[:2])) == [
        "色は？\n> はい / いいえ"
    ]


def test_lists_are_numbered() -> None:
    items = (r.ListItem("青", "海の色"), r.ListItem(" "), r.ListItem("白", action=actions_of()))
    made = r.ChoiceList(alt_text="色", title="どの色？", items=items)
    assert said(made) == ["どの色？\n1. 青: 海の色\n3. 白"]
    assert losses(made) == [("choice_list", "dropped"), ("choice_list", "text")]


def actions_of() -> r.ReplyAction:
    return r.ReplyAction("白", payload="white")


def test_coupon_receipt_order_payment_and_form_keep_every_figure() -> None:
    until = datetime(2026, 12, 31, 15, tzinfo=UTC)
    assert said(
        r.CouponBlock(alt_text="c", title="秋", code="AUTUMN10", expires_at=until),
    ) == ["秋\nAUTUMN10\n-2026-12-31 15:00 UTC"]
    assert said(
        r.Receipt(
            alt_text="r",
            number="1001",
            lines=(r.ReceiptLine("マグ", 2, PRICE + PRICE),),
            entries=(r.ReceiptLine("送料", 1, Money(500, "JPY")),),
            total=Money(4_460, "JPY"),
        )
    ) == ["1001\nマグ x2 ¥3,960\n送料 ¥500\n= ¥4,460"]
    assert said(
        r.OrderStatusBlock(
            alt_text="o",
            number="1001",
            status="発送済み",
            carrier="ヤマト",
            tracking_number="12-34",
        )
    ) == ["1001 発送済み\nヤマト 12-34"]
    assert said(
        r.PaymentRequest(alt_text="p", title="お支払い", total=PRICE, url="https://shop.example/p")
    ) == ["お支払い\n¥1,980\nhttps://shop.example/p"]
    fields = (r.FormField("size", "サイズ", options=("S", "M")), r.FormField("note", "備考"))
    asked = r.Form(alt_text="f", title="ご希望", fields=fields, submit_label="送る")
    assert said(asked) == ["ご希望\n1. サイズ (S / M)\n2. 備考"]


def test_pictures_are_links() -> None:
    shown = r.ImageBlock(alt_text="青いマグ", url="https://shop.example/m.png")
    assert said(shown) == ["青いマグ\nhttps://shop.example/m.png"]
    assert losses(shown) == [("image", "text with link")]


def test_typography_that_doubles_the_price_goes_and_is_declared() -> None:
    text = "It’s here – pick it up any time you like, we are open from ten to seven" * 2
    made, lost = render(Reply((r.TextBlock(text=text),)))
    assert made == [text.replace("’", "'").replace("–", "-")]
    assert (segments(text), segments(made[0])) == (3, 1)
    assert [loss.became for loss in lost] == ["plain letters"]


def test_no_reply_is_more_than_three_messages() -> None:
    made, lost = render(Reply((r.TextBlock(text="長いお話です。" * 1_000),)))
    assert len(made) == 3
    assert [segments(text) for text in made] == [10, 10, 10]
    assert lost == [Degradation("text", "dropped", "5026 characters beyond 3 messages")]


def test_signs_that_no_phone_shows_are_left_out_and_an_empty_reply_says_so() -> None:
    assert said(r.TextBlock(text="a\x00b\x07")) == ["ab"]
    assert render(Reply((r.TextBlock(text=" \x00"),))) == (
        [],
        [
            Degradation("text", "plain letters", "signs that no phone shows"),
            Degradation("reply", "nothing", "a reply without words"),
        ],
    )


def test_a_merchants_own_texts_go_as_they_are() -> None:
    own = Reply((r.TextBlock(text="x"),), native={"sms": [{"text": "Own words."}]})
    assert render(own)[0] == ["Own words."]
    odd = Reply((r.TextBlock(text="x"),), native={"sms": [{"words": 7}]})
    assert render(odd)[0] == ["x"]
    assert render(odd)[1][0].block == "native"
