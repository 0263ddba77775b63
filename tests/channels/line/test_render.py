"""What a reply looks like on LINE, block by block, with its losses."""

from datetime import UTC, datetime
from typing import Any

import pytest

from kaiwa.channels import Rendered, Route
from kaiwa.channels.line import CHANNEL
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.event import ReplyHandle
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Degradation, Reply
from tests.channels.line.conftest import NOW, USER
from tests.fakes.line_rules import check

PUSH = Route("push", USER, "metered")
FREE = Route("reply_token", USER, "free", ReplyHandle("tok", NOW), NOW)
YEN = Money(1980, "JPY")


def _render(*blocks: r.Block, route: Route = PUSH) -> Rendered:
    rendered = CHANNEL.render(Reply(blocks), route)
    for wire in rendered.wires:
        assert check(wire.body["messages"]).errors == []
        assert check(wire.body["messages"]).warnings == []
    return rendered


def _messages(rendered: Rendered) -> list[dict[str, Any]]:
    return [each for wire in rendered.wires for each in wire.body["messages"]]  # type: ignore[attr-defined]


def _only(*blocks: r.Block) -> dict[str, Any]:
    (message,) = _messages(_render(*blocks))
    return message


def _shown(part: Any) -> list[str]:
    """Everything readable in a message, in order."""
    if isinstance(part, list):
        return [text for each in part for text in _shown(each)]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if part.get("type") == "text" else []
    own += [part["action"]["label"]] if part.get("type") == "button" else []
    return own + [text for key, each in part.items() if key != "action" for text in _shown(each)]


def test_a_text_is_a_text_on_either_route() -> None:
    hello = r.TextBlock(text="こんにちは")
    (push,) = _render(hello).wires
    assert push.operation == "push"
    assert push.body == {"to": USER, "messages": [{"type": "text", "text": "こんにちは"}]}
    (free,) = _render(hello, route=FREE).wires
    assert free.operation == "reply"
    assert free.body == {"replyToken": "tok", "messages": [{"type": "text", "text": "こんにちは"}]}


def test_a_long_text_is_cut_after_a_sentence_and_never_inside_an_emoji() -> None:
    family = "👨‍👩‍👧‍👦"
    sentence = "とても長い説明です。" * 499
    texts = [m["text"] for m in _messages(_render(r.TextBlock(text=sentence + family * 3)))]
    assert texts == [sentence, family * 3]
    texts = [m["text"] for m in _messages(_render(r.TextBlock(text=family * 900)))]
    assert [len(text) % len(family) for text in texts] == [0, 0]


def test_pictures_films_and_sounds_need_https() -> None:
    url = "https://shop.example/青.jpg"
    quoted = "https://shop.example/%E9%9D%92.jpg"
    assert _only(r.ImageBlock(alt_text="青", url=url)) == {
        "type": "image",
        "originalContentUrl": quoted,
        "previewImageUrl": quoted,
    }
    assert _only(r.VideoBlock(alt_text="v", url=url, preview_url=url))["type"] == "video"
    assert _only(r.AudioBlock(alt_text="a", url=url, duration_ms=0))["duration"] == 1


@pytest.mark.parametrize(
    ("block", "text", "became", "lost"),
    [
        (
            r.ImageBlock(alt_text="青いシャツ", url="http://shop.example/a.jpg"),
            "青いシャツ\nhttp://shop.example/a.jpg",
            "text with link",
            "no https address LINE takes",
        ),
        (
            r.ImageBlock(
                alt_text="a", url="https://e.example/a", file=File("k", "a", "image/webp", 9)
            ),
            "a\nhttps://e.example/a",
            "text with link",
            "LINE does not take image/webp",
        ),
        (
            r.VideoBlock(alt_text="動画", url="https://e.example/v.mp4"),
            "動画\nhttps://e.example/v.mp4",
            "text with link",
            "no https preview picture",
        ),
        (r.AudioBlock(alt_text="声"), "声", "text", "no https address LINE takes"),
        (
            r.FileBlock(alt_text="領収書", url="https://e.example/r.pdf"),
            "領収書\nhttps://e.example/r.pdf",
            "text with link",
            "LINE accounts cannot send files",
        ),
    ],
)
def test_what_line_cannot_show_becomes_words(
    block: r.Block, text: str, became: str, lost: str
) -> None:
    rendered = _render(block)
    assert _messages(rendered) == [{"type": "text", "text": text}]
    (loss,) = rendered.degradations
    assert (loss.became, loss.lost) == (became, lost)


def _card(number: int, **changes: Any) -> r.ProductCard:
    parts: dict[str, Any] = {
        "alt_text": f"シャツ{number}",
        "title": f"リネンシャツ {number}",
        "price": YEN,
        "facts": "麻100%",
        "image_url": f"https://shop.example/{number}.jpg",
        "stock": "在庫あり",
        "number": number,
        "actions": (
            r.ReplyAction("カートに入れる", payload=f"add:{number}"),
            r.UrlAction("詳しく見る", url=f"https://shop.example/p/{number}"),
        ),
    }
    return r.ProductCard(**{**parts, **changes})


def test_a_product_is_a_bubble() -> None:
    message = _only(_card(1, compare_at=Money(2980, "JPY")))
    assert message["altText"] == "シャツ1"
    assert message["contents"]["hero"]["url"] == "https://shop.example/1.jpg"
    assert _shown(message) == [
        "1. リネンシャツ 1",
        "¥1,980",
        "¥2,980",
        "麻100%",
        "在庫あり",
        "カートに入れる",
        "詳しく見る",
    ]
    assert [b["action"] for b in message["contents"]["footer"]["contents"]] == [
        {
            "type": "postback",
            "label": "カートに入れる",
            "data": "add:1",
            "displayText": "カートに入れる",
        },
        {"type": "uri", "label": "詳しく見る", "uri": "https://shop.example/p/1"},
    ]


def test_thirteen_cards_are_two_carousels_and_a_bad_one_leaves_the_rest() -> None:
    cards = tuple(_card(number) for number in range(1, 14))
    twelve, one = _messages(_render(r.Carousel(alt_text="13点", cards=cards)))
    assert len(twelve["contents"]["contents"]) == 12
    assert one["contents"]["type"] == "bubble"
    bad = _card(2, title="", alt_text=" ", handle="no-title")
    insecure = _card(3, image_url="http://shop.example/3.jpg")
    rendered = _render(r.Carousel(alt_text="x", cards=(cards[0], bad, insecure)))
    (message,) = _messages(rendered)
    assert len(message["contents"]["contents"]) == 2
    assert [(loss.became, loss.lost) for loss in rendered.degradations] == [
        ("dropped", "card without a title no-title"),
        ("no picture", "address LINE does not take: リネンシャツ 3"),
    ]


def test_a_heavy_carousel_is_split_by_size() -> None:
    heavy = [r.UrlAction(f"b{i}", url="https://shop.example/" + "a" * 970) for i in range(5)]
    cards = tuple(_card(number, facts="説明" * 290, actions=tuple(heavy)) for number in range(12))
    assert len(_messages(_render(r.Carousel(alt_text="重い", cards=cards)))) == 2


def test_buttons_may_be_many_and_clipping_is_declared() -> None:
    actions: tuple[r.Action, ...] = (
        r.ReplyAction("サイズを確認してからカートに入れて購入手続きへ進む", text="進む"),
        *(r.ReplyAction(f"選択肢{number}") for number in range(6)),
        r.CallAction("電話する", phone="+81 3-1234-5678"),
        r.UrlAction("壊れた", url="javascript:alert(1)"),
    )
    rendered = _render(r.Buttons(alt_text="選んでください", text="どうしますか？", actions=actions))
    (message,) = _messages(rendered)
    footer = message["contents"]["footer"]["contents"]
    assert len(footer) == 8
    assert footer[0]["action"] == {
        "type": "message",
        "label": "サイズを確認してからカートに入れて購入…",
        "text": "進む",
    }
    assert footer[-1]["action"]["uri"] == "tel:+81312345678"
    assert [loss.became for loss in rendered.degradations] == ["clipped", "dropped"]


def test_a_long_sentence_goes_before_its_buttons() -> None:
    block = r.Buttons(alt_text="返品", text="返品の説明。" * 300, actions=(r.ReplyAction("はい"),))
    text, card = _messages(_render(block))
    assert text["text"] == block.text
    assert _shown(card["contents"]) == ["返品", "はい"]


def test_a_payload_is_never_cut() -> None:
    rendered = _render(
        r.Buttons(alt_text="b", text="b", actions=(r.ReplyAction("次へ", payload="x" * 301),))
    )
    assert _messages(rendered)[0]["contents"]["footer"]["contents"][0]["action"] == {
        "type": "message", "label": "次へ", "text": "次へ",
    }  # fmt: skip
    assert rendered.degradations == (
        Degradation("buttons", "message", "payload over 300 characters: 次へ"),
    )


def test_quick_replies_hang_on_the_last_message_wherever_they_stood() -> None:
    quick = r.QuickReplies(
        actions=(
            *(r.ReplyAction(str(number)) for number in range(13)),
            r.LocationAction("現在地を送る"),
        )
    )
    rendered = _render(quick, r.TextBlock(text="一"), r.TextBlock(text="二"))
    first, last = _messages(rendered)
    assert "quickReply" not in first
    assert len(last["quickReply"]["items"]) == 13
    assert rendered.degradations == (
        Degradation("quick_replies", "dropped", "beyond thirteen: 現在地を送る"),
    )


def test_quick_replies_alone_are_carried_by_their_words() -> None:
    alone = _only(r.QuickReplies(actions=(r.ReplyAction("はい"), r.LocationAction("ここ"))))
    assert alone["text"] == "はい / ここ"
    assert alone["quickReply"]["items"][1]["action"] == {"type": "location", "label": "ここ"}


def test_a_button_that_asks_for_a_place_moves_to_the_quick_replies() -> None:
    actions = (r.ReplyAction("住所を入力"), r.LocationAction("位置を送る"))
    message = _only(r.Buttons(alt_text="b", text="お届け先は？", actions=actions))
    assert _shown(message["contents"]) == ["お届け先は？", "住所を入力"]
    assert message["quickReply"]["items"][0]["action"]["type"] == "location"


def test_a_list_is_rows_to_press() -> None:
    items = tuple(
        r.ListItem(f"注文 {number}", "発送済み", r.ReplyAction("見る", payload=f"order:{number}"))
        for number in range(11)
    )
    message = _only(r.ChoiceList(alt_text="注文一覧", title="ご注文", items=items))
    ten, one = message["contents"]["contents"]
    assert _shown(one) == ["ご注文", "注文 10 ›", "発送済み"]
    assert ten["body"]["contents"][1]["action"]["data"] == "order:0"


def test_a_coupon_shows_and_copies_its_code() -> None:
    block = r.CouponBlock(
        alt_text="10%引き",
        title="秋のクーポン",
        code="AUTUMN10",
        description="3,000円以上",
        expires_at=datetime(2026, 12, 1, tzinfo=UTC),
        url="https://shop.example/c",
    )
    message = _only(block)
    assert message["altText"] == "10%引き AUTUMN10"
    assert _shown(message) == [
        "秋のクーポン", "AUTUMN10", "3,000円以上", "⏳ 2026-12-01 00:00 UTC",
        "📋 AUTUMN10", "🎟 秋のクーポン",
    ]  # fmt: skip
    assert message["contents"]["footer"]["contents"][0]["action"]["clipboardText"] == "AUTUMN10"


def test_a_receipt_shows_every_line_and_the_total_last() -> None:
    lines = tuple(r.ReceiptLine(f"品 {number}", 2, YEN) for number in range(11))
    message = _only(
        r.Receipt(
            alt_text="領収書", number="#1001", lines=lines,
            entries=(r.ReceiptLine("送料", 1, Money(500, "JPY")),), total=Money(22280, "JPY"),
        )
    )  # fmt: skip
    first, last = message["contents"]["contents"]
    assert _shown(first)[:3] == ["#1001", "品 0 × 2", "¥1,980"]
    assert _shown(last) == ["#1001", "品 10 × 2", "¥1,980", "送料", "¥500", "¥22,280"]


def test_an_order_shows_where_it_is() -> None:
    block = r.OrderStatusBlock(
        alt_text="発送済み",
        number="#1001",
        status="発送しました",
        steps=("受付", "発送", "お届け"),
        step_index=1,
        carrier="ヤマト運輸",
        tracking_number="1234",
        url="https://t.example/1234",
    )
    assert _shown(_only(block)) == [
        "#1001", "発送しました", "✓ 受付", "● 発送", "○ お届け", "ヤマト運輸 1234", "🚚 1234",
    ]  # fmt: skip


def test_a_payment_opens_its_page_and_without_one_only_says_so() -> None:
    block = r.PaymentRequest(
        alt_text="お支払い", title="お支払い", total=YEN, url="https://pay.example/1"
    )
    assert _shown(_only(block)) == ["お支払い", "¥1,980", "💳 ¥1,980"]
    rendered = _render(r.PaymentRequest(alt_text="p", title="p", total=YEN, url="pay me"))
    assert rendered.degradations == (
        Degradation("payment_request", "dropped", "address LINE does not take: pay me"),
    )


def test_a_form_is_a_link_or_its_questions() -> None:
    fields = (r.FormField("size", "サイズ", options=("S", "M")), r.FormField("note", "備考"))
    form = r.Form(alt_text="採寸", title="採寸", fields=fields, submit_label="送る")
    assert _only(form)["text"] == "採寸\n1. サイズ (S / M)\n2. 備考"
    page = r.Form(
        alt_text="採寸", title="採寸", fields=fields, submit_label="送る", url="https://f.example/"
    )
    assert _shown(_only(page)) == ["採寸", "送る"]


def test_a_sticker_of_line_or_its_words() -> None:
    assert _only(r.StickerBlock(alt_text="ありがとう", package="446", sticker="1988")) == {
        "type": "sticker", "packageId": "446", "stickerId": "1988",
    }  # fmt: skip
    assert (
        _only(r.StickerBlock(alt_text="ありがとう", package="tg:1", sticker="x"))["text"]
        == "ありがとう"
    )


def test_alternative_text_is_clipped() -> None:
    rendered = _render(_card(1, alt_text="長" * 401))
    assert _messages(rendered)[0]["altText"] == "長" * 399 + "…"
    assert rendered.degradations[0].became == "clipped"


def test_beyond_five_texts_are_merged_before_a_push_is_paid_for() -> None:
    texts = [r.TextBlock(text=str(number)) for number in range(7)]
    rendered = _render(*texts, route=FREE)
    (wire,) = rendered.wires
    assert [m["text"] for m in _messages(rendered)] == ["0\n\n1\n\n2", "3", "4", "5", "6"]
    assert rendered.degradations == (Degradation("text", "merged text", "2 separate bubbles"),)
    quick = r.QuickReplies(actions=(r.ReplyAction("はい"),))
    cards = [_card(number) for number in range(6)]
    rendered = _render(*cards, quick, route=FREE)
    assert [wire.operation for wire in rendered.wires] == ["reply", "push"]
    assert "quickReply" in _messages(rendered)[5]
    assert rendered.degradations == (
        Degradation("reply", "push", "1 messages beyond five are a metered push"),
    )


def test_a_native_payload_goes_as_it_is_and_a_bad_one_does_not() -> None:
    blocks = (r.TextBlock(text="b"),)
    native: list[dict[str, object]] = [{"type": "template", "altText": "x", "template": {}}]
    rendered = CHANNEL.render(Reply(blocks, native={"line": native}), FREE)
    assert rendered.wires[0].body["messages"] == native
    bad: list[list[dict[str, object]]] = [[], [{"text": "x"}], [{"type": "text"}] * 6]
    for each in bad:
        rendered = CHANNEL.render(Reply(blocks, native={"line": each}), FREE)
        assert _messages(rendered) == [{"type": "text", "text": "b"}]
        assert rendered.degradations[0].block == "native"


def test_a_reply_without_words_says_so() -> None:
    rendered = _render(r.TextBlock(text=" "))
    assert rendered.wires == ()
    assert rendered.degradations == (Degradation("reply", "nothing", "a reply without words"),)
