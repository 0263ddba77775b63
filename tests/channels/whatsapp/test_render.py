"""What a reply looks like on WhatsApp, block by block, with its losses."""

from typing import Any

import pytest

from kaiwa.channels import Rendered, Route
from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Degradation, Reply
from tests.channels.whatsapp.conftest import NUMBER, USER
from tests.fakes.whatsapp_rules import check

YEN = Money(1_980, "JPY")
PICTURE = "https://shop.example/mug.jpg"
SAY = r.ReplyAction("予約する", "予約してください", "reserve:1")
MORE = r.ReplyAction("もっと見る", "もっと見る")
SEE = r.UrlAction("見る", url="https://shop.example/mug")


def render(*blocks: r.Block, to: str = USER) -> Rendered:
    made = CHANNEL.render(Reply(blocks), Route("service", to, "metered"))
    for wire in made.wires:
        assert check(wire.body) == []
    return made


def messages(made: Rendered) -> list[dict[str, Any]]:
    head = {"messaging_product", "recipient_type", "recipient", "to", "type"}
    return [{k: v for k, v in wire.body.items() if k not in head} for wire in made.wires]


def only(*blocks: r.Block) -> dict[str, Any]:
    (message,) = messages(render(*blocks))
    return message


def losses(*blocks: r.Block) -> list[tuple[str, str]]:
    return [(loss.block, loss.became) for loss in render(*blocks).degradations]


def card(number: int, *actions: r.Action, **fields: Any) -> r.ProductCard:
    given = {"title": "マグ", "image_url": PICTURE, "price": YEN, "number": number, **fields}
    return r.ProductCard(alt_text="マグ", actions=actions, **given)


def carousel(*cards: r.ProductCard) -> r.Carousel:
    return r.Carousel(alt_text="マグがあります", cards=cards)


def quick(*labels: str) -> r.QuickReplies:
    return r.QuickReplies(actions=tuple(r.ReplyAction(label, label, label) for label in labels))


def test_a_text_goes_to_an_id_or_to_a_number() -> None:
    for to, name in ((USER, "recipient"), (NUMBER, "to")):
        (wire,) = render(r.TextBlock(text="十時に開きます。"), to=to).wires
        assert wire.body == {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            name: to,
            "type": "text",
            "text": {"body": "十時に開きます。"},
        }


def test_neighbouring_texts_are_one_message_since_each_is_paid_for() -> None:
    made = render(r.TextBlock(text="一"), r.TextBlock(text="二"), r.TextBlock(text="三"))
    assert messages(made) == [{"text": {"body": "一\n\n二\n\n三"}}]
    assert made.degradations == (
        Degradation("text", "merged text", "2 separate bubbles, each of which is billed"),
    )
    long = render(r.TextBlock(text="x" * 4_000), r.TextBlock(text="y" * 4_000))
    assert (len(long.wires), long.degradations) == (2, ())


def test_words_join_what_is_pressed_below_them_and_what_is_shown_above_them() -> None:
    choice = r.Buttons(alt_text="?", text="どちらですか？", actions=(SAY, MORE))
    assert only(r.TextBlock(text="二つあります。"), choice)["interactive"]["body"] == {
        "text": "二つあります。\n\nどちらですか？"
    }
    shown = r.ImageBlock(alt_text="マグ", url=PICTURE)
    assert only(shown, r.TextBlock(text="青です。")) == {
        "image": {"link": PICTURE, "caption": "青です。"}
    }


def test_up_to_three_answers_are_buttons() -> None:
    made = only(r.Buttons(alt_text="?", text="どうしますか？", actions=(SAY, MORE)))
    assert made["interactive"] == {
        "type": "button",
        "body": {"text": "どうしますか？"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "reserve:1", "title": "予約する"}},
                {"type": "reply", "reply": {"id": "say:もっと見る", "title": "もっと見る"}},
            ]
        },
    }


def test_four_answers_are_a_list_and_eleven_are_ten() -> None:
    made = only(r.TextBlock(text="色は？"), quick("赤", "青", "白", "黒"))["interactive"]
    assert made["type"] == "list"
    assert made["body"] == {"text": "色は？"}
    assert made["action"]["button"] == "選択する"
    assert made["action"]["sections"][0]["rows"][1] == {"id": "青", "title": "青"}
    eleven = (r.TextBlock(text="Which?"), quick(*map(str, range(11))))
    assert len(only(*eleven)["interactive"]["action"]["sections"][0]["rows"]) == 10
    assert only(*eleven)["interactive"]["action"]["button"] == "Choose"
    assert losses(*eleven) == [("quick_replies", "dropped")]


def test_one_link_is_a_button_and_more_are_words() -> None:
    made = only(r.Buttons(alt_text="?", text="こちらです", actions=(SEE,)))["interactive"]
    opens = {"display_text": "見る", "url": "https://shop.example/mug"}
    assert (made["type"], made["action"]) == ("cta_url", {"name": "cta_url", "parameters": opens})
    other = r.UrlAction("地図", url="https://shop.example/map")
    both = r.Buttons(alt_text="?", text="こちらです", actions=(SEE, other))
    assert only(both)["interactive"]["body"]["text"] == "こちらです\n地図 https://shop.example/map"
    assert losses(both) == [("buttons", "text")]
    mixed = r.Buttons(alt_text="?", text="どうぞ", actions=(SAY, SEE))
    assert only(mixed)["interactive"]["type"] == "button"
    assert only(mixed)["interactive"]["body"]["text"] == "どうぞ\n見る https://shop.example/mug"
    assert losses(mixed) == [("buttons", "text")]


def test_calls_and_places() -> None:
    call = r.Buttons(
        alt_text="?", text="お電話は", actions=(r.CallAction("電話", phone="+81312345678"),)
    )
    assert only(call) == {"text": {"body": "お電話は\n電話 +81312345678"}}
    asks = r.Buttons(alt_text="?", text="近くの店", actions=(r.LocationAction("場所を送る"),))
    made = messages(render(asks))
    assert made[-1]["interactive"] == {
        "type": "location_request_message",
        "body": {"text": "場所を送る"},
        "action": {"name": "send_location"},
    }
    assert losses(asks) == [("buttons", "message")]


def test_quick_replies_hang_on_the_last_message_whatever_it_is() -> None:
    choice = r.Buttons(alt_text="?", text="どちら？", actions=(SAY,))
    held = only(choice, quick("はい", "いいえ"))["interactive"]["action"]["buttons"]
    assert [each["reply"]["title"] for each in held] == ["予約する", "はい", "いいえ"]
    shown = only(r.ImageBlock(alt_text="マグ", url=PICTURE), quick("はい"))["interactive"]
    assert shown["header"] == {"type": "image", "image": {"link": PICTURE}}
    many = render(choice, quick("一", "二", "三"))
    assert messages(many)[-1]["interactive"]["body"]["text"] == "一 / 二 / 三"
    assert [loss.block for loss in many.degradations] == ["quick_replies"]
    assert only(quick("はい", "いいえ"))["interactive"]["body"]["text"] == "はい / いいえ"


def test_what_is_too_long_for_a_body_stands_before_it() -> None:
    long = "これは長い文です。" * 150
    made = messages(render(r.TextBlock(text=long), quick("はい")))
    assert [*made[0], *made[1]] == ["text", "interactive"]
    assert made[0]["text"]["body"] + made[1]["interactive"]["body"]["text"] == long


def test_cards_of_one_shape_are_a_carousel() -> None:
    cards = [card(at, r.ReplyAction("選ぶ", "", f"pick:{at}")) for at in (1, 2)]
    made = render(r.TextBlock(text="二つ見つかりました。"), carousel(*cards))
    (message,) = messages(made)
    shown = message["interactive"]
    assert (shown["type"], shown["body"]) == ("carousel", {"text": "二つ見つかりました。"})
    assert shown["action"]["cards"][1] == {
        "card_index": 1,
        "type": "cta_url",
        "header": {"type": "image", "image": {"link": PICTURE}},
        "body": {"text": "2. マグ\n¥1,980"},
        "action": {
            "buttons": [{"type": "quick_reply", "quick_reply": {"id": "pick:2", "title": "選ぶ"}}]
        },
    }
    assert only(carousel(*cards))["interactive"]["body"] == {"text": "マグがあります"}
    links = only(carousel(card(1, SEE), card(2, SEE)))["interactive"]["action"]["cards"]
    assert links[0]["action"]["name"] == "cta_url"


@pytest.mark.parametrize(
    "odd", [{"image_url": None}, {"image_url": "ftp://shop.example/a.png"}, {"actions": ()}]
)
def test_cards_of_another_shape_are_a_list(odd: dict[str, Any]) -> None:
    second = {"actions": (r.ReplyAction("選ぶ", "", "pick:2"),), **odd}
    actions = second.pop("actions")
    made = render(
        carousel(card(1, r.ReplyAction("選ぶ", "", "pick:1")), card(2, *actions, **second))
    )
    shown = messages(made)[0]["interactive"]
    assert shown["type"] == "list"
    assert shown["body"]["text"] == "1. マグ\n¥1,980\n\n2. マグ\n¥1,980"
    assert shown["action"]["sections"][0]["rows"][0] == {
        "id": "pick:1",
        "title": "マグ",
        "description": "選ぶ · ¥1,980",
    }
    assert made.degradations[0] == Degradation("carousel", "list", "pictures of 2 cards")


def test_one_that_is_sold_out_stands_below_and_leaves_the_others_side_by_side() -> None:
    gone = card(3, stock="売り切れ")
    made = render(carousel(card(1, SAY), card(2, SAY), gone, card(4, SAY)))
    row, below = messages(made)
    bodies = [one["body"]["text"] for one in row["interactive"]["action"]["cards"]]
    assert bodies == ["1. マグ\n¥1,980", "2. マグ\n¥1,980", "4. マグ\n¥1,980"]
    assert below == {"image": {"link": PICTURE, "caption": "3. マグ\n¥1,980\n売り切れ"}}
    assert made.degradations == (
        Degradation("carousel", "apart", "1 of 4 cards, not of the others' shape"),
    )


def test_one_with_fewer_answers_costs_the_others_none_of_theirs() -> None:
    row, below = messages(
        render(carousel(card(1, SAY, MORE), card(2, MORE), card(3, SAY, MORE), card(4, SAY, MORE)))
    )
    shown = row["interactive"]["action"]["cards"]
    assert [len(one["action"]["buttons"]) for one in shown] == [2, 2, 2]
    assert below["interactive"]["type"] == "button"
    assert below["interactive"]["body"]["text"] == "2. マグ\n¥1,980"
    one_each = messages(render(carousel(card(1, SAY, MORE), card(2, MORE), card(3, MORE))))
    shown = one_each[0]["interactive"]["action"]["cards"]
    assert [len(one["action"]["buttons"]) for one in shown] == [1, 1, 1]
    assert one_each[1]["interactive"]["type"] == "list"


def test_cards_that_answer_and_cards_that_open_a_page_are_two_rows() -> None:
    first, second = messages(
        render(carousel(card(1, SAY), card(2, SEE), card(3, SAY), card(4, SEE)))
    )
    rows = [one["interactive"]["action"]["cards"] for one in (first, second)]
    assert [[one["body"]["text"][0] for one in row] for row in rows] == [["1", "3"], ["2", "4"]]


def test_most_cards_without_a_picture_make_all_a_list() -> None:
    bare = [card(n, SAY, image_url=None) for n in (3, 4)]
    made = render(carousel(card(1, SAY), card(2, MORE), *bare))
    (listed,) = messages(made)
    assert listed["interactive"]["type"] == "list"
    assert [one.became for one in made.degradations] == ["list"]


def test_cards_with_nothing_to_press_are_words() -> None:
    assert only(carousel(card(1), card(2))) == {
        "text": {"body": "1. マグ\n¥1,980\n\n2. マグ\n¥1,980"}
    }


def test_one_product_is_its_picture_with_words_and_buttons() -> None:
    made = only(card(1, SAY, facts="350 ml"))["interactive"]
    assert (made["type"], made["header"]["image"]) == ("button", {"link": PICTURE})
    assert made["body"]["text"] == "1. マグ\n¥1,980\n350 ml"
    assert only(card(1)) == {"image": {"link": PICTURE, "caption": "1. マグ\n¥1,980"}}
    assert losses(r.ProductCard(alt_text="", title="")) == [
        ("product_card", "dropped"),
        ("reply", "nothing"),
    ]


def test_a_list_of_choices() -> None:
    items = (
        r.ListItem("M", "胸囲 96 cm", r.ReplyAction("M", "", "size:m")),
        r.ListItem("L", "胸囲 102 cm", r.ReplyAction("L", "", "size:l")),
        r.ListItem("店頭のみ"),
    )
    made = only(r.ChoiceList(alt_text="?", title="サイズは？", items=items))["interactive"]
    assert made["body"]["text"] == "サイズは？\n・店頭のみ"
    assert made["action"]["sections"][0]["rows"] == [
        {"id": "size:m", "title": "M", "description": "胸囲 96 cm"},
        {"id": "size:l", "title": "L", "description": "胸囲 102 cm"},
    ]
    page = r.ListItem("一覧", action=SEE)
    assert only(r.ChoiceList(alt_text="?", title="他は", items=(page,))) == {
        "text": {"body": "他は\n・一覧\n見る https://shop.example/mug"}
    }


def test_a_row_s_whole_words_stand_above_when_the_row_cannot_hold_them() -> None:
    title = "とても長い名前の商品" * 4
    item = r.ListItem(title, "", r.ReplyAction("x", "", "p"))
    made = only(r.ChoiceList(alt_text="?", title="どれ？", items=(item,)))["interactive"]
    assert made["body"]["text"] == f"どれ？\n・{title}"


@pytest.mark.parametrize(
    ("block", "words", "label"),
    [
        (
            r.CouponBlock(alt_text="c", title="初回", code="HELLO", url="https://s.example/c"),
            "初回\nHELLO",
            "🎟 HELLO",
        ),
        (
            r.PaymentRequest(alt_text="p", title="お支払い", total=YEN, url="https://s.example/p"),
            "お支払い\n¥1,980",
            "💳 ¥1,980",
        ),
        (
            r.Receipt(
                alt_text="r", number="1001", total=YEN, url="https://s.example/r",
                lines=(r.ReceiptLine("マグ", 2, YEN),),
            ),
            "🧾 1001\nマグ × 2  ¥1,980\n¥1,980",
            "🧾 1001",
        ),
        (
            r.OrderStatusBlock(
                alt_text="o", number="1001", status="発送済み", url="https://s.example/o",
                steps=("受付", "発送", "到着"), step_index=1,
                carrier="ヤマト", tracking_number="42",
            ),
            "1001\n発送済み\n✓ 受付\n● 発送\n○ 到着\nヤマト 42",
            "🚚 42",
        ),
        (
            r.Form(
                alt_text="f", title="お届け先", submit_label="入力する", url="https://s.example/f",
                fields=(r.FormField("zip", "郵便番号"),),
            ),
            "お届け先",
            "入力する",
        ),
    ],
)  # fmt: skip
def test_blocks_with_a_page_are_words_with_a_button(block: r.Block, words: str, label: str) -> None:
    made = only(block)["interactive"]
    assert (made["type"], made["body"]["text"]) == ("cta_url", words)
    assert made["action"]["parameters"]["display_text"] == label


def test_a_form_without_a_page_is_its_questions() -> None:
    fields = (r.FormField("size", "サイズ", options=("M", "L")),)
    form = r.Form(alt_text="f", title="ご希望", fields=fields, submit_label="送る")
    assert only(form) == {"text": {"body": "ご希望\n1. サイズ (M / L)"}}
    assert losses(form) == [("form", "text")]


def test_media_go_by_their_address_if_whatsapp_shows_them() -> None:
    file = File("k", "約款.pdf", "application/pdf", 1_000)
    link = "https://shop.example/%E7%B4%84%E6%AC%BE.pdf"
    assert only(r.FileBlock(alt_text="約款", url="https://shop.example/約款.pdf", file=file)) == {
        "document": {"link": link, "filename": "約款.pdf"}
    }
    assert only(r.AudioBlock(alt_text="声", url="https://s.example/a.mp3")) == {
        "audio": {"link": "https://s.example/a.mp3"}
    }
    webp = r.ImageBlock(alt_text="絵", url=PICTURE, file=File("k", "a", "image/webp", 9))
    assert only(webp) == {"text": {"body": f"絵\n{PICTURE}"}}
    large = r.VideoBlock(alt_text="動画", url=PICTURE, file=File("k", "a", "video/mp4", 10**8))
    assert losses(webp, large)[:2] == [("image", "text with link"), ("video", "text with link")]


def test_stickers_of_whatsapp_only() -> None:
    own = r.StickerBlock(alt_text="やった", package="whatsapp", sticker="https://s.example/a.webp")
    assert only(own) == {"sticker": {"link": "https://s.example/a.webp"}}
    other = r.StickerBlock(alt_text="やった", package="446", sticker="1988")
    assert only(other) == {"text": {"body": "やった"}}


def test_a_payload_of_the_merchants_own_goes_as_it_is() -> None:
    native: list[dict[str, object]] = [{"type": "text", "text": {"body": "own"}}]
    route = Route("service", USER, "metered")
    made = CHANNEL.render(Reply((r.TextBlock(text="x"),), {"whatsapp": native}), route)
    assert messages(made) == [{"text": {"body": "own"}}]
    odd = CHANNEL.render(Reply((r.TextBlock(text="x"),), {"whatsapp": [{"a": 1}]}), route)
    assert messages(odd) == [{"text": {"body": "x"}}]
    assert [loss.block for loss in odd.degradations] == ["native"]
