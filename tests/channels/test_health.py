"""What a merchant reads when Telegram or SMS is set up wrongly or breaks: the fault, what to do."""

from typing import Any

import msgspec
import pytest

from kaiwa.channels import Account, channel
from kaiwa.desk.inbox_health import Found, look
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Unreachable
from tests.channels.sms_gateway.test_gateway import account as gateway_account
from tests.channels.sms_twilio.conftest import OURS, SID
from tests.channels.sms_twilio.conftest import TOKEN as TWILIO_TOKEN
from tests.channels.sms_vonage.conftest import KEY, SECRET, SIGNED_BY
from tests.channels.telegram.conftest import SECRET as HOOK_SECRET
from tests.channels.telegram.conftest import TOKEN
from tests.fakes.gateway_platform import GatewayPlatform
from tests.fakes.line_http import InProcessHttp
from tests.fakes.recorded_http import RecordedHttp
from tests.fakes.telegram_platform import TelegramPlatform
from tests.fakes.twilio_platform import TwilioPlatform
from tests.fakes.vonage_platform import VonagePlatform
from tests.fakes.vonage_webhooks import VonageWebhooks

NOW_S = 1_795_230_000.0
HOOK = "https://shop.example/webhooks/x/key"
OTHER = "https://other.example/"


def now_s() -> float:
    return NOW_S


class Place:
    """An account that is well, at a platform that can be broken."""

    def __init__(self, kind: str, credentials: dict[str, str], platform: Any) -> None:
        self.kind, self.platform = channel(kind), platform
        self.account = Account(1, credentials, "http://test", {"webhook_url": HOOK})
        self.http: Http = InProcessHttp(platform)

    async def connected(self) -> "Place":
        await self.kind.connect(HOOK, self.account, self.http)
        assert await self.found() == []
        return self

    async def found(self, **credentials: str) -> list[Found]:
        told = dict(self.account.credentials) | credentials
        account = msgspec.structs.replace(self.account, credentials=told)
        return await look(self.kind, account, self.http)

    async def one(self, **credentials: str) -> Found:
        (found,) = await self.found(**credentials)
        return found


async def a_telegram() -> Place:
    given = {"bot_token": TOKEN, "webhook_secret": HOOK_SECRET}
    return await Place("telegram", given, TelegramPlatform(TOKEN, now_s)).connected()


async def a_twilio() -> Place:
    given = {"account_sid": SID, "auth_token": TWILIO_TOKEN, "sender": OURS}
    platform = TwilioPlatform(SID, TWILIO_TOKEN, OURS, now_s)
    return await Place("sms_twilio", given, platform).connected()


async def a_vonage() -> Place:
    given = {"api_key": KEY, "api_secret": SECRET, "signature_secret": SIGNED_BY, "sender": OURS}
    webhooks = VonageWebhooks(SIGNED_BY, KEY, OURS.removeprefix("+"), now_s)
    place = Place("sms_vonage", given, VonagePlatform(webhooks, SECRET))
    assert await place.found() == []
    return place


async def a_gateway() -> Place:
    given = dict(gateway_account(check_url="/sms/v1/balance").credentials)
    return Place("sms_gateway", given, GatewayPlatform())


PLACES = {"telegram": a_telegram, "twilio": a_twilio, "vonage": a_vonage, "gateway": a_gateway}


@pytest.fixture
async def telegram() -> Place:
    return await a_telegram()


@pytest.fixture
async def twilio() -> Place:
    return await a_twilio()


@pytest.fixture
async def vonage() -> Place:
    return await a_vonage()


@pytest.fixture
async def gateway() -> Place:
    return await a_gateway()


async def test_a_bot_s_token_that_was_taken_back(telegram: Place) -> None:
    telegram.platform.token = "1:another"
    found = await telegram.one()
    assert found.said.ja == (
        "Telegramがこのトークンを知りません。@BotFatherで新しいトークンを受け取ってください。"
    )
    assert (found.said.en, found.stops) == (
        "Telegram does not know the bot token. Take a new one from @BotFather.",
        True,
    )


async def test_a_bot_s_webhook_that_is_not_set_or_is_another_s(telegram: Place) -> None:
    telegram.platform.webhook["url"] = OTHER
    found = await telegram.one()
    assert found.said.ja == (
        f"Webhookが{OTHER}になっています。{HOOK}ではないため、メッセージは別の場所に届きます。"
        "ほかのプログラムが使っていなければ、「つなぐ」を押してください。"
    )
    assert found.said.en.endswith("Unless another program needs them, run `kaiwa channel connect`.")
    telegram.platform.webhook["url"] = ""
    found = await telegram.one()
    assert "「つなぐ」を押すと届くようになります。" in found.said.ja
    assert not found.stops
    await telegram.connected()


@pytest.mark.parametrize(
    ("told", "ja", "en"),
    [
        (
            "SSL error {certificate verify failed}",
            "Telegramがメッセージを届けられませんでした："
            "「SSL error {certificate verify failed}」。"
            "サーバーの公開アドレスが、正しい証明書で外から開けるかを確かめてください。"
            "直ると、待っていたものが届きます。",
            "See that the server's public address opens from outside",
        ),
        (
            "Wrong response from the webhook: 401 Unauthorized",
            "Telegramからの通知を、合言葉が違うため受け付けていません"
            "（「Wrong response from the webhook: 401 Unauthorized」）。"
            "「つなぐ」を押すと直ります。",
            "it has another webhook secret. Run `kaiwa channel connect`.",
        ),
    ],
)
async def test_what_telegram_could_not_deliver(
    telegram: Place, told: str, ja: str, en: str
) -> None:
    telegram.platform.webhook |= {"pending_update_count": 2, "last_error_message": told}
    found = await telegram.one()
    assert found.said.ja == ja
    assert en in found.said.en
    assert not found.stops
    # An error that is over is none.
    telegram.platform.webhook["pending_update_count"] = 0
    assert await telegram.found() == []


@pytest.mark.parametrize("name", ["telegram", "twilio", "vonage", "gateway"])
async def test_who_asks_too_often_is_told_to_wait(name: str) -> None:
    place = await PLACES[name]()
    if name == "gateway":
        place.platform.status = 429
    else:
        place.platform.fails = [429]
    found = await place.one()
    assert found.said.ja.endswith("1分ほどおいて、もう一度確かめてください。")
    assert found.said.en.endswith("Check again in a minute.")
    assert found.stops


@pytest.mark.parametrize("name", ["telegram", "twilio", "vonage", "gateway"])
async def test_nobody_there(name: str) -> None:
    place = await PLACES[name]()
    place.http = RecordedHttp(Unreachable("Could not connect: Cannot connect to host x:443"))
    found = await place.one()
    assert "つながりません：接続できません「Cannot connect to host x:443」。" in found.said.ja
    assert "もう一度" in found.said.ja
    assert "heck again in some minutes" in found.said.en
    assert found.stops


@pytest.mark.parametrize("name", ["telegram", "twilio", "vonage"])
async def test_a_platform_that_is_down_is_said_with_its_own_words(name: str) -> None:
    place = await PLACES[name]()
    place.platform.fails = [503]
    found = await place.one()
    assert "：応答503「" in found.said.ja
    assert " answered " not in found.said.ja


@pytest.mark.parametrize(
    ("credentials", "ja", "en", "stops"),
    [
        ({"auth_token": "x"}, "両方をもう一度コピーしてください。", "Copy both again.", True),
        ({"sender": "+14155550100"}, "持っている番号を+81…の形で", "of its numbers as +81…", True),
        ({"sender": "MG" + "0e" * 16}, "SID（MG…）を", "Copy its SID (MG…)", True),
        ({"sender": "Kaiwa"}, "返信してほしいときは、番号を", "if they should.", False),
    ],
)
async def test_twilio_s_credentials_and_sender(
    twilio: Place, credentials: dict[str, str], ja: str, en: str, stops: bool
) -> None:
    found = await twilio.one(**credentials)
    assert ja in found.said.ja
    assert en in found.said.en
    assert found.stops is stops


async def test_twilio_s_number_without_sms_its_webhook_and_its_account(twilio: Place) -> None:
    twilio.platform.numbers["capabilities"] = {"sms": False, "voice": True}
    found = await twilio.one()
    assert found.said.ja == (
        f"{OURS}ではSMSを使えません。SMSのある番号をTwilioコンソールで買い、それを入れてください。"
    )
    assert found.said.en.startswith(f"{OURS} has no SMS. Buy a number that has it")
    assert found.stops
    twilio.platform.numbers["capabilities"] = {"sms": True}
    twilio.platform.numbers["sms_url"] = OTHER
    found = await twilio.one()
    assert f"{OURS}のWebhookが{OTHER}になっています。" in found.said.ja
    assert not found.stops
    await twilio.connected()
    twilio.platform.status = "suspended"
    found = await twilio.one()
    assert found.said.ja.startswith("Twilioのアカウントの状態がsuspendedです。何も送れません。")
    assert "The Twilio Console says what is asked of you" in found.said.en


@pytest.mark.parametrize(
    ("credentials", "ja", "en"),
    [
        ({"api_secret": "x"}, "両方をもう一度コピーしてください。", "Copy both again."),
        ({"signature_secret": ","}, "「API settings」から写して", "Copy it from the API settings."),
        ({"sender": "+14155550100"}, "持っている番号を+81…の形で", "of its numbers as +81…"),
    ],
)
async def test_vonage_s_credentials_and_sender(
    vonage: Place, credentials: dict[str, str], ja: str, en: str
) -> None:
    found = await vonage.one(**credentials)
    assert ja in found.said.ja
    assert en in found.said.en
    assert found.stops


async def test_vonage_s_number_without_sms_its_webhook_and_its_credit(vonage: Place) -> None:
    vonage.platform.number["features"] = ["VOICE"]
    found = await vonage.one()
    assert found.said.ja.startswith(f"{OURS}ではSMSを使えません。")
    assert found.stops
    vonage.platform.number |= {"features": ["SMS"], "moHttpUrl": OTHER}
    found = await vonage.one()
    assert found.said.ja.startswith(f"{OURS}への受信が{OTHER}に送られています。")
    assert found.said.en.endswith("Change it under Numbers in the Dashboard.")
    assert not found.stops
    vonage.platform.number["moHttpUrl"] = HOOK
    assert await vonage.found() == []
    vonage.platform.balance = 0.0
    found = await vonage.one()
    assert found.said.ja.endswith("ダッシュボードの「Billing」で入金してください。")
    assert not found.stops
    assert await vonage.found(sender="Kaiwa") != [found]


async def test_a_gateway_s_key_and_address(gateway: Place) -> None:
    assert await gateway.found() == []
    found = await gateway.one(headers='{"X-API-Key": "old"}')
    assert found.said.ja == (
        "ゲートウェイがこのアカウントを知りません（応答401）。"
        "HTTPヘッダーのキーや利用者名を、API資料と見比べてください。"
    )
    assert found.said.en.endswith("Compare the HTTP headers (key, user) with its API reference.")
    gateway.platform.status = 404
    found = await gateway.one()
    assert "確認用のアドレスが、API資料のとおりかを" in found.said.ja
    assert found.stops
