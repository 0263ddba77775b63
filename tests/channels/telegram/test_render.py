"""What Telegram shows: a message each, buttons within 64 bytes, losses declared."""

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings

from kaiwa.channels import Account, Route, Standing, Wire
from kaiwa.channels.telegram import CHANNEL
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import (
    Buttons,
    CallAction,
    Carousel,
    Degradation,
    FileBlock,
    LocationAction,
    ProductCard,
    QuickReplies,
    Reply,
    ReplyAction,
    StickerBlock,
    TextBlock,
    UrlAction,
)
from tests.channels.telegram.conftest import NOW, TOKEN, USER, Clock
from tests.fakes.line_http import InProcessHttp
from tests.fakes.telegram_platform import TelegramPlatform
from tests.strategies.replies import replies

ROUTE = Route("message", str(USER))
PRICE = Money(1_980, "JPY")


def calls(*blocks: Any) -> list[tuple[str, dict[str, Any]]]:
    made = CHANNEL.render(Reply(blocks), ROUTE)
    assert all(wire.body["chat_id"] == str(USER) for wire in made.wires)
    return [
        (wire.operation, {name: value for name, value in wire.body.items() if name != "chat_id"})
        for wire in made.wires
    ]


def lost(*blocks: Any) -> list[Degradation]:
    return list(CHANNEL.render(Reply(blocks), ROUTE).degradations)


def card(number: int | None = None, **fields: Any) -> ProductCard:
    plain: dict[str, Any] = {
        "alt_text": "Mug",
        "title": "Mug",
        "price": PRICE,
        "stock": "In stock",
        "actions": (ReplyAction("Add to cart", payload=f"add:{number or 1}:0"),),
    }
    return ProductCard(**plain | fields, number=number)


def test_a_text_is_a_message_and_quick_replies_hang_under_it() -> None:
    asked = QuickReplies(actions=(ReplyAction("送料は？"), ReplyAction("はい", payload="yes:9")))
    assert calls(TextBlock(text="こんにちは"), asked) == [
        (
            "sendMessage",
            {
                "text": "こんにちは",
                "reply_markup": {
                    "inline_keyboard": [
                        [
                            {"text": "送料は？", "callback_data": "say:送料は？"},
                            {"text": "はい", "callback_data": "yes:9"},
                        ]
                    ]
                },
            },
        )
    ]


def test_a_product_is_its_picture_with_the_words_under_it() -> None:
    assert calls(card(image_url="https://shop.example/mug.png")) == [
        (
            "sendPhoto",
            {
                "photo": "https://shop.example/mug.png",
                "caption": "Mug\n¥1,980\nIn stock",
                "reply_markup": {
                    "inline_keyboard": [[{"text": "Add to cart", "callback_data": "add:1:0"}]]
                },
            },
        )
    ]


def test_three_cards_come_one_by_one_and_thirteen_as_numbered_lists() -> None:
    three = Carousel(alt_text="Mugs", cards=tuple(card(number) for number in (1, 2, 3)))
    assert [text["text"] for _, text in calls(three)] == [
        f"{number}. Mug\n¥1,980\nIn stock" for number in (1, 2, 3)
    ]
    many = Carousel(alt_text="Mugs", cards=tuple(card(number) for number in range(1, 14)))
    first, second = (body for _, body in calls(many))
    assert first["text"].startswith("1. Mug\n¥1,980\nIn stock\n\n2. Mug")
    assert second["text"].startswith("11. Mug")
    assert second["reply_markup"]["inline_keyboard"][2] == [
        {"text": "13. Add to cart", "callback_data": "add:13:0"}
    ]
    assert lost(many) == [Degradation("carousel", "list", "pictures of 13 cards")]


def test_buttons_beyond_a_hundred_stand_under_further_messages() -> None:
    many = tuple(ReplyAction(f"{n}番をよく見せてください", payload=f"n:{n}") for n in range(130))
    first, second = calls(Buttons(alt_text="?", text="どれ？", actions=many))
    boards = [each[1]["reply_markup"]["inline_keyboard"] for each in (first, second)]
    assert [sum(map(len, board)) for board in boards] == [100, 30]
    assert (first[1]["text"], second[1]["text"]) == ("どれ？", "…")
    quick = QuickReplies(actions=tuple(ReplyAction(f"{n}") for n in range(70)))
    under = calls(Buttons(alt_text="?", text="どれ？", actions=many[:50]), quick)
    boards = [each[1]["reply_markup"]["inline_keyboard"] for each in under]
    assert sum(len(row) for board in boards for row in board) == 120
    assert lost(Buttons(alt_text="?", text="どれ？", actions=many), quick) == []


def test_what_telegram_has_no_button_for_is_written_out() -> None:
    actions = (
        CallAction("Call us", phone="+81312345678"),
        UrlAction("Local", url="http://127.0.0.1:8000/cart"),
        ReplyAction("Long", payload="x" * 65),
        UrlAction("Shop", url="https://shop.example/"),
    )
    ((_, body),) = calls(Buttons(alt_text="Help", text="Help?", actions=actions))
    assert body == {
        "text": "Help?\nCall us +81312345678\nLocal http://127.0.0.1:8000/cart\n・Long",
        "reply_markup": {"inline_keyboard": [[{"text": "Shop", "url": "https://shop.example/"}]]},
    }
    assert [
        loss.became for loss in lost(Buttons(alt_text="Help", text="Help?", actions=actions))
    ] == [
        "text",
        "text",
        "text",
    ]


def test_a_place_is_asked_for_by_the_keyboard_below_the_chat() -> None:
    first, second = calls(
        TextBlock(text="Where?"), QuickReplies(actions=(LocationAction("Send my place"),))
    )
    assert first == ("sendMessage", {"text": "Where?"})
    assert second[1]["reply_markup"]["keyboard"] == [
        [{"text": "Send my place", "request_location": True}]
    ]


def test_a_file_telegram_does_not_fetch_becomes_a_link() -> None:
    table = FileBlock(alt_text="Prices", url="https://shop.example/p.xlsx")
    assert calls(table) == [
        ("sendMessage", {"text": "Prices\nhttps://shop.example/p.xlsx"}),
    ]
    assert lost(table) == [
        Degradation("document", "text with link", "Telegram does not fetch this kind")
    ]


def test_its_own_stickers_are_shown_and_others_said() -> None:
    assert calls(StickerBlock(alt_text="Thanks", package="telegram", sticker="CAACAg")) == [
        ("sendSticker", {"sticker": "CAACAg"})
    ]
    assert calls(StickerBlock(alt_text="Thanks", package="446", sticker="1988")) == [
        ("sendMessage", {"text": "Thanks"})
    ]


def test_a_payload_of_the_merchants_own_is_passed_on() -> None:
    own: list[dict[str, object]] = [{"method": "sendMessage", "text": "hi", "parse_mode": "HTML"}]
    made = CHANNEL.render(Reply((), {"telegram": own}), ROUTE)
    assert made.wires == (
        Wire("sendMessage", {"chat_id": str(USER), "text": "hi", "parse_mode": "HTML"}),
    )
    wrong = CHANNEL.render(
        Reply((TextBlock(text="hi"),), {"telegram": [{"method": "deleteWebhook"}]}), ROUTE
    )
    assert wrong.wires == (Wire("sendMessage", {"chat_id": str(USER), "text": "hi"}),)
    assert [loss.block for loss in wrong.degradations] == ["native"]


@settings(max_examples=150, deadline=None)
@given(replies)
def test_the_strict_platform_takes_every_reply(reply: Reply) -> None:
    clock = Clock()
    platform = TelegramPlatform(TOKEN, clock)
    platform.begins(USER)
    account = Account(1, {"bot_token": TOKEN}, api_base="http://telegram.test")
    for wire in CHANNEL.render(reply, ROUTE).wires:
        # A second between messages: what is asked here is their form.
        clock.at_s += 1
        sent = CHANNEL.send(wire, account, InProcessHttp(platform), retry_key="k")
        assert asyncio.run(sent).external_ids


@pytest.mark.parametrize("blocked", [True, False])
def test_a_blocked_bot_has_no_route(blocked: bool) -> None:
    standing = Standing(Address(1, "telegram_user", str(USER)), blocked_at=NOW if blocked else None)
    assert CHANNEL.routes(standing, NOW) == ([] if blocked else [ROUTE])
