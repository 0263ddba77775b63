"""What each answer of the platform means, played against the strict fake."""

import pytest

from kaiwa.channels import Account, SendOutcome, Wire
from kaiwa.channels.telegram import CHANNEL
from kaiwa.channels.telegram.health import SENTENCES
from kaiwa.vocabulary.errors import Refused, Unreachable
from tests.channels.telegram.conftest import SECRET, TOKEN, USER, Clock
from tests.fakes.line_http import InProcessHttp
from tests.fakes.telegram_platform import TelegramPlatform

HELLO = Wire("sendMessage", {"chat_id": str(USER), "text": "発送しました"})
PHOTO = "https://shop.example/mug.png"
HOOK = "https://shop.example/webhooks/telegram/abc"


async def send(wire: Wire, account: Account, http: InProcessHttp) -> SendOutcome:
    return await CHANNEL.send(wire, account, http, retry_key="k")


async def reason(wire: Wire, account: Account, http: InProcessHttp) -> str:
    with pytest.raises(Refused) as caught:
        await send(wire, account, http)
    return str(caught.value.detail["reason"])


async def test_a_message_has_an_id_in_its_chat(
    account: Account, http: InProcessHttp, platform: TelegramPlatform
) -> None:
    assert await send(HELLO, account, http) == SendOutcome((f"{USER}:101",))
    assert platform.journal == [("sendMessage", HELLO.body)]


async def test_who_blocked_the_bot_gets_nothing(
    account: Account, http: InProcessHttp, platform: TelegramPlatform
) -> None:
    platform.blocked.add(str(USER))
    assert await reason(HELLO, account, http) == "blocked"
    assert platform.journal == []


async def test_a_wrong_token_is_a_matter_of_credentials(
    account: Account, http: InProcessHttp, platform: TelegramPlatform
) -> None:
    platform.token = TOKEN + "x"
    assert await reason(HELLO, account, http) == "credentials"


async def test_who_is_too_fast_is_told_how_long_to_wait(
    account: Account, http: InProcessHttp, clock: Clock
) -> None:
    for _ in range(30):
        await send(HELLO, account, http)
    with pytest.raises(Unreachable) as caught:
        await send(HELLO, account, http)
    assert (caught.value.retry_after_s, caught.value.maybe_done) == (3, False)
    clock.at_s += 3
    assert (await send(HELLO, account, http)).external_ids


async def test_trouble_at_telegram_may_have_sent_it(
    account: Account, http: InProcessHttp, platform: TelegramPlatform
) -> None:
    platform.fails = [502]
    with pytest.raises(Unreachable) as caught:
        await send(HELLO, account, http)
    assert caught.value.maybe_done


async def test_a_picture_that_cannot_be_fetched_does_not_cost_the_words(
    account: Account, http: InProcessHttp, platform: TelegramPlatform
) -> None:
    platform.unfetchable.add(PHOTO)
    buttons = {"inline_keyboard": [[{"text": "Add", "callback_data": "add:1:0"}]]}
    body: dict[str, object] = {"chat_id": str(USER), "photo": PHOTO, "caption": "Mug ¥1,980"}
    sent = await send(Wire("sendPhoto", body | {"reply_markup": buttons}), account, http)
    assert sent.external_ids
    words = {"chat_id": str(USER), "reply_markup": buttons, "text": "Mug ¥1,980"}
    assert platform.journal == [("sendMessage", words)]


async def test_files_are_fetched_by_their_id(
    account: Account, http: InProcessHttp, platform: TelegramPlatform
) -> None:
    platform.files["p"] = ("photos/file 1.jpg", b"\xff\xd8")
    assert await CHANNEL.media("p", account, http) == (b"\xff\xd8", "application/octet-stream")
    platform.files["big"] = ("videos/file_2.mp4", b"0" * 20_000_001)
    with pytest.raises(Refused) as caught:
        await CHANNEL.media("big", account, http)
    assert caught.value.message == "The file is over 20 MB: Telegram gives it to no bot."
    assert caught.value.detail["reason"] == "gone"


async def test_a_pressed_button_stops_spinning_and_an_old_one_is_no_error(
    account: Account, http: InProcessHttp, platform: TelegramPlatform, clock: Clock
) -> None:
    platform.presses_button("q1")
    await CHANNEL.mark_read("q1", account, http)
    assert platform.answered == ["q1"]
    clock.at_s += 1_000
    await CHANNEL.mark_read("q1", account, http)
    assert platform.answered == ["q1"]


async def test_connecting_sets_the_webhook_with_its_secret(
    account: Account, http: InProcessHttp, platform: TelegramPlatform
) -> None:
    assert await CHANNEL.health(account, http) == [SENTENCES["no_webhook"]]
    await CHANNEL.connect(HOOK, account, http)
    assert platform.webhook["url"] == HOOK
    assert platform.webhook["secret_token"] == SECRET
    assert platform.webhook["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]
    assert await CHANNEL.health(account, http) == []
    with pytest.raises(Refused) as caught:
        await CHANNEL.connect("http://shop.example/x", account, http)
    assert "An HTTPS URL must be provided" in caught.value.message
    assert platform.webhook["url"] == HOOK


async def test_without_a_secret_no_call_can_be_verified(
    account: Account, http: InProcessHttp, platform: TelegramPlatform
) -> None:
    await CHANNEL.connect(HOOK, account, http)
    nothing = Account(1, {"bot_token": TOKEN}, account.api_base)
    assert (await CHANNEL.health(nothing, http))[0] == SENTENCES["no_secret"]
