"""What a reply looks like on Messenger, block by block, with its losses."""

from datetime import UTC, datetime
from typing import Any

from kaiwa.channels import Rendered, Route
from kaiwa.channels.messenger import CHANNEL
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Degradation, Reply
from tests.fakes.meta_rules import check
from tests.fakes.meta_samples import USER

YEN = Money(1_980, "JPY")
PICTURE = "https://shop.example/mug.jpg"
SAY = r.ReplyAction("予約する", "予約してください", "reserve:1")
MORE = r.ReplyAction("もっと見る", "もっと見る")
SEE = r.UrlAction("見る", url="https://shop.example/mug")
CALL = r.CallAction("電話", phone="+81312345678")
POSTBACK = {"type": "postback", "title": "予約する", "payload": "reserve:1"}
OPENS = {"type": "web_url", "title": "見る", "url": "https://shop.example/mug"}


def render(*blocks: r.Block, kind: str = "response") -> Rendered:
    made = CHANNEL.render(Reply(blocks), Route(kind, USER))
    for wire in made.wires:
        assert check(wire.body, "messenger") == []
    return made


def messages(*blocks: r.Block) -> list[Any]:
    return [wire.body["message"] for wire in render(*blocks).wires]


def only(*blocks: r.Block) -> dict[str, Any]:
    (message,) = messages(*blocks)
    found: dict[str, Any] = message
    return found


def template(*blocks: r.Block) -> dict[str, Any]:
    attachment = only(*blocks)["attachment"]
    assert attachment["type"] == "template"
    payload: dict[str, Any] = attachment["payload"]
    return payload


def losses(*blocks: r.Block) -> list[tuple[str, str]]:
    return [(loss.block, loss.became) for loss in render(*blocks).degradations]


def card(number: int, *actions: r.Action, **fields: Any) -> r.ProductCard:
    given = {"image_url": PICTURE, "price": YEN, "number": number, **fields}
    return r.ProductCard(alt_text="マグ", title="マグ", actions=actions, **given)


def test_an_answer_and_what_a_person_says_later() -> None:
    (wire,) = render(r.TextBlock(text="十時に開きます。")).wires
    assert wire.body == {
        "recipient": {"id": USER},
        "messaging_type": "RESPONSE",
        "message": {"text": "十時に開きます。"},
    }
    (late,) = render(r.TextBlock(text="お待たせしました。"), kind="human_agent").wires
    assert (late.body["messaging_type"], late.body["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


def test_a_long_text_is_several_messages() -> None:
    made = messages(r.TextBlock(text="あ" * 4_500))
    assert [len(one["text"]) for one in made] == [2_000, 2_000, 500]
    assert losses(r.TextBlock(text="あ" * 4_500)) == []


def test_buttons_stay_under_their_sentence() -> None:
    made = template(r.Buttons(alt_text="", text="どうしますか", actions=(SAY, SEE, CALL)))
    assert made == {
        "template_type": "button",
        "text": "どうしますか",
        "buttons": [
            POSTBACK,
            OPENS,
            {"type": "phone_number", "title": "電話", "payload": "+81312345678"},
        ],
    }
    four = r.Buttons(alt_text="", text="どうしますか", actions=(SAY, SEE, CALL, MORE))
    first, second = messages(four)
    assert second["attachment"]["payload"]["text"] == "…"
    assert second["attachment"]["payload"]["buttons"] == [
        {"type": "postback", "title": "もっと見る", "payload": "say:もっと見る"}
    ]
    assert losses(four) == []


def test_what_a_button_cannot_hold_of_its_text_goes_before_it() -> None:
    before, under = messages(r.Buttons(alt_text="", text="あ" * 700, actions=(SAY,)))
    assert len(before["text"]) + len(under["attachment"]["payload"]["text"]) == 700


def test_quick_replies_hang_on_the_last_message_whatever_it_is() -> None:
    quick = r.QuickReplies(actions=(SAY, MORE))
    shown = [
        {"content_type": "text", "title": "予約する", "payload": "reserve:1"},
        {"content_type": "text", "title": "もっと見る", "payload": "say:もっと見る"},
    ]
    first, last = messages(quick, r.TextBlock(text="はい。"), card(1))
    assert "quick_replies" not in first
    assert last["quick_replies"] == shown
    assert only(quick) == {"text": "予約する / もっと見る", "quick_replies": shown}
    many = r.QuickReplies(actions=tuple(r.ReplyAction(f"{n}番") for n in range(15)))
    assert len(only(r.TextBlock(text="どれ？"), many)["quick_replies"]) == 13
    assert losses(r.TextBlock(text="どれ？"), many) == [("quick_replies", "dropped")] * 2
    odd = r.QuickReplies(actions=(SEE, r.LocationAction("場所を送る"), CALL, SAY))
    words, last = messages(r.TextBlock(text="どれ？"), odd)
    assert last["text"] == "見る https://shop.example/mug\n場所を送る\n電話 +81312345678"
    assert losses(r.TextBlock(text="どれ？"), odd) == [("quick_replies", "text")] * 3


def test_a_product_is_a_card_that_opens_its_page() -> None:
    made = template(card(1, SAY, SEE, facts="350 ml", stock="残り3点"))
    assert made == {
        "template_type": "generic",
        "elements": [
            {
                "title": "1. マグ",
                "subtitle": "¥1,980 · 残り3点 · 350 ml",
                "image_url": PICTURE,
                "buttons": [POSTBACK, OPENS],
                "default_action": {"type": "web_url", "url": "https://shop.example/mug"},
            }
        ],
    }
    bare = r.ProductCard(alt_text="", title="マグ")
    assert template(bare)["elements"] == [{"title": "マグ", "subtitle": "…"}]
    assert losses(card(1, facts="あ" * 90)) == [("product_card", "clipped")]
    assert losses(card(1, image_url="ftp://x/")) == [("product_card", "no picture")]


def test_a_fourth_button_stands_on_a_further_card_of_the_same_name() -> None:
    four, two = card(1, SAY, SEE, CALL, MORE), card(2, SAY, SEE)
    elements = template(r.Carousel(alt_text="2点", cards=(four, two)))["elements"]
    assert [one["title"] for one in elements] == ["1. マグ", "1. マグ", "2. マグ"]
    assert elements[1] == {
        "title": "1. マグ",
        "buttons": [{"type": "postback", "title": "もっと見る", "payload": "say:もっと見る"}],
    }
    assert losses(four, two) == [("product_card", "further card")]


def test_thirteen_cards_are_two_carousels() -> None:
    shown = r.Carousel(alt_text="13点", cards=tuple(card(n, SAY) for n in range(1, 14)))
    first, second = (one["attachment"]["payload"]["elements"] for one in messages(shown))
    assert (len(first), len(second)) == (10, 3)
    assert losses(shown) == []
    odd = r.Carousel(alt_text="2点", cards=(card(1, SAY), r.ProductCard(alt_text="", title="")))
    assert len(template(odd)["elements"]) == 1
    assert losses(odd) == [("product_card", "dropped")]
    none = r.Carousel(alt_text="ありません", cards=())
    assert only(none) == {"text": "ありません"}


def test_a_list_is_three_buttons_or_cards() -> None:
    items = tuple(r.ListItem(f"{n}番", action=r.ReplyAction(f"{n}番")) for n in range(1, 4))
    assert template(r.ChoiceList(alt_text="", title="どれ？", items=items))["text"] == "どれ？"
    told = (*items, r.ListItem("M", "約38 cm", r.ReplyAction("選ぶ", payload="size:m")))
    text, cards = messages(
        r.ChoiceList(alt_text="", title="どれ？", items=(*told, r.ListItem("送料", "全国一律")))
    )
    assert text == {"text": "どれ？\n・送料：全国一律"}
    assert cards["attachment"]["payload"]["elements"][3] == {
        "title": "M",
        "subtitle": "約38 cm",
        "buttons": [{"type": "postback", "title": "選ぶ", "payload": "size:m"}],
    }


def test_pages_stand_behind_a_button() -> None:
    url = "https://shop.example/p"
    at = datetime(2026, 12, 31, tzinfo=UTC)
    coupon = r.CouponBlock(alt_text="", title="冬の", code="WINTER", expires_at=at, url=url)
    assert template(coupon)["text"] == "冬の\nWINTER\n⏳ 2026-12-31 00:00 UTC"
    line = r.ReceiptLine("マグ", 2, Money(3_960, "JPY"))
    receipt = r.Receipt(alt_text="", number="#7", lines=(line,), total=line.total, url=url)
    assert template(receipt)["text"] == "🧾 #7\nマグ × 2  ¥3,960\n¥3,960"
    pay = r.PaymentRequest(alt_text="", title="お支払い", total=YEN, url=url)
    assert template(pay)["buttons"] == [{"type": "web_url", "title": "💳 ¥1,980", "url": url}]
    steps = r.OrderStatusBlock(
        alt_text="", number="#7", status="発送", steps=("受付", "発送"), step_index=1
    )
    assert only(steps) == {"text": "#7\n発送\n✓ 受付\n● 発送"}
    form = r.Form(alt_text="", title="返品", fields=(), submit_label="書く", url=url)
    assert template(form)["buttons"][0]["title"] == "書く"
    assert losses(form) == [("form", "link")]


def test_media_by_their_address_or_in_words() -> None:
    assert only(r.ImageBlock(alt_text="青", url=PICTURE)) == {
        "attachment": {"type": "image", "payload": {"url": PICTURE}}
    }
    large = File("k", "a.mp4", "video/mp4", 25_000_001)
    film = r.VideoBlock(alt_text="動画", url="https://shop.example/a.mp4", file=large)
    assert only(film) == {"text": "動画\nhttps://shop.example/a.mp4"}
    assert losses(film) == [("video", "text with link")]
    assert only(r.FileBlock(alt_text="説明書")) == {"text": "説明書"}
    assert losses(r.StickerBlock(alt_text="👍", package="446", sticker="1")) == [
        ("sticker", "text")
    ]


def test_what_a_button_cannot_be_stands_in_the_text() -> None:
    odd = (
        r.ReplyAction("長い", payload="x" * 1_001),
        r.UrlAction("変", url="javascript:alert(1)"),
        r.CallAction("電話", phone="03-1234"),
        SAY,
    )
    block = r.Buttons(alt_text="", text="どうしますか", actions=odd)
    assert template(block)["text"] == ("どうしますか\n・長い\n変 javascript:alert(1)\n電話 03-1234")
    assert losses(block) == [("buttons", "text")] * 3


def test_a_payload_of_the_merchants_own_is_sent_as_it_is() -> None:
    own: dict[str, object] = {"attachment": {"type": "template", "payload": {"x": 1}}}
    made = CHANNEL.render(Reply((), {"messenger": [own]}), Route("response", USER))
    assert [wire.body["message"] for wire in made.wires] == [own]
    odd = CHANNEL.render(
        Reply((r.TextBlock(text="はい"),), {"messenger": [{"x": 1}]}), Route("response", USER)
    )
    assert odd.degradations == (
        Degradation("native", "blocks", "a Messenger payload is messages with a text or an"
                    " attachment"),
    )  # fmt: skip
    assert [wire.body["message"] for wire in odd.wires] == [{"text": "はい"}]


def test_nothing_to_say_is_said() -> None:
    assert render().degradations == (Degradation("reply", "nothing", "a reply without words"),)
