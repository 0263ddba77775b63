"""python-telegram-bot drives the fake we trust, and sends what we send.

Two differences, explained: the library sends forms, where we send JSON (Telegram takes both, and
the fields are the same); and it asks Telegram for no more than the method's own defaults, so that
what it leaves out we leave out.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from telegram import Bot, InlineKeyboardMarkup, ReplyKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden, RetryAfter

from kaiwa.channels import Account, Route
from kaiwa.channels.telegram import CHANNEL
from kaiwa.engines.http import AiohttpHttp
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.content import Postback, Text
from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Reply
from tests.channels.telegram.conftest import NOW, TOKEN, USER
from tests.every.samples.telegram import SAMPLES
from tests.fakes.line_http import served
from tests.fakes.telegram_platform import TelegramPlatform

CARD = r.ProductCard(
    alt_text="シャツ",
    title="リネンシャツ",
    price=Money(1_980, "JPY"),
    image_url="https://shop.example/1.jpg",
    actions=(
        r.ReplyAction("買う", payload="add:1"),
        r.UrlAction("見る", url="https://shop.example/p/1"),
    ),
)
REPLIES = {
    "text": Reply((r.TextBlock(text="こんにちは & <b>"),)),
    "quick": Reply(
        (
            r.TextBlock(text="お届け先は？"),
            r.QuickReplies(actions=(r.ReplyAction("自宅"), r.LocationAction("現在地"))),
        )
    ),
    "media": Reply(
        (
            r.ImageBlock(alt_text="i", url="https://shop.example/i.jpg"),
            r.VideoBlock(alt_text="v", url="https://shop.example/v.mp4"),
            r.AudioBlock(alt_text="a", url="https://shop.example/a.mp3"),
            r.FileBlock(alt_text="f", url="https://shop.example/f.pdf"),
            r.StickerBlock(alt_text="s", package="telegram", sticker="CAACAgIAAxkBAAEB"),
        )
    ),
    "card": Reply((CARD,)),
    "carousel": Reply((r.Carousel(alt_text="五点", cards=(CARD,) * 5),)),
    "coupon": Reply((r.CouponBlock(alt_text="c", title="秋", code="AUTUMN10"),)),
}
SENDS = {
    "sendMessage": ("send_message", "text"),
    "sendPhoto": ("send_photo", "photo"),
    "sendVideo": ("send_video", "video"),
    "sendAudio": ("send_audio", "audio"),
    "sendDocument": ("send_document", "document"),
    "sendSticker": ("send_sticker", "sticker"),
}


@pytest.fixture
def loopback(platform: TelegramPlatform) -> Iterator[str]:
    with served(platform) as base:
        yield base


async def ours(account: Account, base: str, reply: Reply) -> None:
    http = AiohttpHttp()
    here = msgspec.structs.replace(account, api_base=base)
    try:
        for wire in CHANNEL.render(reply, Route("message", str(USER))).wires:
            assert (await CHANNEL.send(wire, here, http, retry_key="k")).external_ids
    finally:
        await http.close()


async def theirs(bot: Bot, method: str, body: dict[str, Any]) -> None:
    """The same message by the library's own method and types."""
    name, main = SENDS[method]
    more = {"caption": body["caption"]} if "caption" in body else {}
    if markup := body.get("reply_markup"):
        shape = InlineKeyboardMarkup if "inline_keyboard" in markup else ReplyKeyboardMarkup
        more["reply_markup"] = (
            shape.de_json(markup, bot)
            if shape is InlineKeyboardMarkup
            else ReplyKeyboardMarkup(**markup)
        )
    await getattr(bot, name)(body["chat_id"], body[main], **more)


@pytest.mark.parametrize("name", sorted(REPLIES))
async def test_the_library_and_we_put_the_same_message_on_the_wire(
    name: str, account: Account, loopback: str, platform: TelegramPlatform
) -> None:
    await ours(account, loopback, REPLIES[name])
    mine, platform.journal = platform.journal, []
    async with Bot(TOKEN, base_url=f"{loopback}/bot") as bot:
        for method, body in mine:
            await theirs(bot, method, body)
    assert platform.journal == mine


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
async def test_the_library_and_we_hear_the_same_no(
    account: Account, loopback: str, platform: TelegramPlatform
) -> None:
    async with Bot(TOKEN, base_url=f"{loopback}/bot") as bot:
        with pytest.raises(BadRequest, match="too long"):
            await bot.send_message(USER, "x" * 4_097)
        platform.blocked.add(str(USER))
        with pytest.raises(Forbidden):
            await bot.send_message(USER, "hi")
        with pytest.raises(Refused) as mine:
            await ours(account, loopback, REPLIES["text"])
        assert mine.value.detail["reason"] == "blocked"
        platform.blocked.clear()
        with pytest.raises(RetryAfter):
            for _ in range(40):
                await bot.send_message(USER, "hi")


def test_the_library_reads_the_samples_as_we_do() -> None:
    for call in SAMPLES.calls:
        update = Update.de_json(msgspec.json.decode(call.body), None)
        event = CHANNEL.parse_one(call.body, NOW)
        assert event.external_id == str(update.update_id)
        match event.heard:
            case heard.Said(content=Text(text=text)):
                assert update.message
                assert update.message.text == text
            case heard.Edited(content=Text(text=text)):
                assert update.edited_message
                assert update.edited_message.text == text
            case heard.Said(content=Postback(payload=payload)):
                assert update.callback_query
                assert update.callback_query.data == payload
            case heard.Unfollowed():
                assert update.my_chat_member
                assert update.my_chat_member.new_chat_member.status == "kicked"
            case other:
                raise AssertionError(other)
        assert event.sender
        assert update.effective_user
        assert event.sender.value == str(update.effective_user.id)
