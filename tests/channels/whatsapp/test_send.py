"""What each answer of the platform means, played against the strict fake."""

import json

import pytest

from kaiwa.channels import Account, RawRequest, SendOutcome, Wire
from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.channels.whatsapp.health import SENTENCES
from kaiwa.engines.http import HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable
from tests.channels.whatsapp.conftest import NUMBER, USER
from tests.fakes.line_http import InProcessHttp
from tests.fakes.recorded_http import RecordedHttp
from tests.fakes.whatsapp_platform import Answer, Refusal, WhatsAppPlatform
from tests.fakes.whatsapp_webhooks import NUMBER_ID

pytestmark = pytest.mark.anyio

HOOK = "https://shop.example/webhooks/whatsapp/key"


def text(to: str = USER, words: str = "発送しました") -> Wire:
    head = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    name = "recipient" if to == USER else "to"
    return Wire("messages", {**head, name: to, "type": "text", "text": {"body": words}})


class Meta:
    """The account, the platform and the way there, as one thing to test with."""

    def __init__(self, account: Account, platform: WhatsAppPlatform, http: InProcessHttp) -> None:
        self.account, self.platform, self.http = account, platform, http

    async def send(self, wire: Wire) -> SendOutcome:
        return await CHANNEL.send(wire, self.account, self.http, retry_key="k")

    async def refused(self, wire: Wire) -> tuple[str, str]:
        with pytest.raises(Refused) as caught:
            await self.send(wire)
        return caught.value.detail["reason"], caught.value.message

    async def unreachable(self, wire: Wire) -> Unreachable:
        with pytest.raises(Unreachable) as caught:
            await self.send(wire)
        return caught.value


@pytest.fixture
def meta(account: Account, platform: WhatsAppPlatform, http: InProcessHttp) -> Meta:
    return Meta(account, platform, http)


async def test_a_message_is_accepted_and_its_id_told(meta: Meta) -> None:
    assert await meta.send(text()) == SendOutcome(("wamid.out1",))
    assert await meta.send(text(NUMBER)) == SendOutcome(("wamid.out2",))
    assert [entry.get("recipient") or entry["to"] for entry in meta.platform.journal] == [
        *(USER, NUMBER)
    ]
    request = meta.http.sent[0]
    assert str(request.url) == f"http://whatsapp.test/v26.0/{NUMBER_ID}/messages"
    assert request.headers["authorization"] == "Bearer t0ken"
    assert json.loads(request.content) == text().body


async def test_an_id_in_the_place_of_a_number_would_be_lost_and_is_never_put_there(
    meta: Meta,
) -> None:
    body = {**text().body, "to": USER}
    del body["recipient"]
    await meta.send(Wire("messages", body))
    assert meta.platform.journal == []
    assert len(meta.platform.undelivered) == 1


async def test_after_a_day_the_window_is_closed_until_they_write(meta: Meta) -> None:
    meta.platform.time_s += 86_399
    await meta.send(text())
    meta.platform.time_s += 1
    assert await meta.refused(text()) == (
        "window_closed",
        "WhatsApp lets no message through now: More than 24 hours have passed (131047)",
    )
    meta.platform.webhooks().text("まだいますか", USER)
    assert (await meta.send(text())).external_ids


async def test_whoever_is_not_there_cannot_be_reached(meta: Meta) -> None:
    meta.platform.absent.add(USER)
    reason, message = await meta.refused(text())
    assert reason == "blocked"
    assert message.endswith("Not a WhatsApp user (131026)")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        *((470, "window_closed"), (130472, "window_closed"), (131049, "window_closed")),
        *((131050, "no_consent"), (132015, "template"), (190, "credentials"), (10, "credentials")),
        *((200, "credentials"), (131031, "credentials"), (131042, "credentials")),
        *((131009, "invalid"), (131051, "invalid"), (999_999, "invalid")),
    ],
)
async def test_refusals_go_by_metas_numbers(meta: Meta, code: int, reason: str) -> None:
    meta.platform.faults = [Refusal(400, code, "No")]
    assert (await meta.refused(text()))[0] == reason
    assert meta.platform.journal == []


@pytest.mark.parametrize(
    ("status", "code", "wait_s"),
    [
        (400, 130429, 5.0),
        (400, 131056, 6.0),
        (429, 80007, 5.0),
        (400, 4, 5.0),
        (400, 131048, 600.0),
    ],
)
async def test_who_is_too_fast_waits_and_has_done_nothing(
    meta: Meta, status: int, code: int, wait_s: float
) -> None:
    meta.platform.faults = [Refusal(status, code, "Rate limit hit")]
    error = await meta.unreachable(text())
    assert (error.retry_after_s, error.maybe_done) == (wait_s, False)


async def test_eighty_a_second_and_no_more(meta: Meta) -> None:
    for _ in range(80):
        await meta.send(text())
    assert (await meta.unreachable(text())).retry_after_s == 5.0
    meta.platform.time_s += 2
    await meta.send(text())
    assert len(meta.platform.journal) == 81


async def test_a_lost_answer_may_have_worked(meta: Meta) -> None:
    for fault in (Refusal(500, 131000, "Something went wrong"), Answer(200, {}, cut=True)):
        meta.platform.faults = [fault]
        assert (await meta.unreachable(text())).maybe_done
    meta.platform.faults = [Answer(200, {"messages": []}), Answer(200, {"messages": [{"id": ""}]})]
    assert (await meta.unreachable(text())).maybe_done
    assert (await meta.unreachable(text())).maybe_done


async def test_an_expired_token_is_a_matter_of_credentials(meta: Meta) -> None:
    meta.platform.tokens["t0ken"] = meta.platform.time_s + 5
    await meta.send(text())
    meta.platform.time_s += 6
    assert await meta.refused(text()) == (
        "credentials",
        "WhatsApp refused the account: The session has expired (190)",
    )


async def test_what_whatsapp_finds_wrong_can_be_read(meta: Meta) -> None:
    reason, message = await meta.refused(text(words="x" * 5_000))
    assert reason == "invalid"
    assert message == (
        "WhatsApp refused the call (400): text.body: at most 4096 characters (131009)"
    )


async def test_media_are_fetched_in_two_steps_until_they_are_gone(meta: Meta) -> None:
    meta.platform.files["7"] = (b"\x89PNG", "image/png")
    assert await CHANNEL.media("7", meta.account, meta.http) == (b"\x89PNG", "image/png")
    assert [str(call.url.path) for call in meta.http.sent] == ["/v26.0/7", "/files/k0"]
    assert all(call.headers["authorization"] == "Bearer t0ken" for call in meta.http.sent)
    with pytest.raises(Refused) as gone:
        await CHANNEL.media("8", meta.account, meta.http)
    assert gone.value.detail["reason"] == "gone"


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", True),
        ("https://scontent.xx.fbcdn.net/v/1", True),
        ("http://lookaside.fbsbx.com/1", False),
        ("https://lookaside.fbsbx.com:8443/1", False),
        ("https://fbsbx.com.evil.example/1", False),
        ("https://evilfbsbx.com/1", False),
        ("https://lookaside.fbsbx.com@evil.example/1", False),
        ("https://somebody@lookaside.fbsbx.com/1", False),
        ("https://[half/1", False),
        ("http://whatsapp.test.evil.example/1", False),
    ],
)
async def test_the_token_goes_to_meta_and_to_nobody_else(
    account: Account, url: str, trusted: bool
) -> None:
    http = RecordedHttp(HttpAnswer(200, {}, json.dumps({"url": url}).encode()))
    if trusted:
        await CHANNEL.media("7", account, http)
    else:
        with pytest.raises(Refused):
            await CHANNEL.media("7", account, http)
    assert [call.url for call in http.calls][1:] == ([url] if trusted else [])


async def test_reading_and_typing_are_one_call(meta: Meta) -> None:
    value = meta.platform.webhooks().text("hi", USER)
    await CHANNEL.mark_read(value["messages"][0]["id"], meta.account, meta.http)
    assert meta.platform.read == [
        {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": value["messages"][0]["id"],
            "typing_indicator": {"type": "text"},
        }
    ]
    with pytest.raises(Refused):
        await CHANNEL.mark_read("wamid.out1", meta.account, meta.http)


async def _asked(meta: Meta, url: str, query: dict[str, str]) -> bytes:
    assert url == HOOK
    return CHANNEL.verify(RawRequest(b"", {}, "GET", query), meta.account).answer or b""


async def test_connecting_subscribes_the_app_and_sets_the_numbers_webhook(meta: Meta) -> None:
    meta.platform.challenge = lambda url, query: _asked(meta, url, query)
    expected = Account(1, meta.account.credentials, meta.account.api_base, {"webhook_url": HOOK})
    assert await CHANNEL.health(expected, meta.http) == [
        SENTENCES["unsubscribed"],
        SENTENCES["webhook_elsewhere"].format(url="https://app.example/hook", expected=HOOK),
    ]
    await CHANNEL.connect(HOOK, meta.account, meta.http)
    assert meta.platform.hooks["phone_number"] == HOOK
    assert await CHANNEL.health(expected, meta.http) == []


async def test_a_webhook_that_does_not_know_the_token_is_not_set(meta: Meta) -> None:
    with pytest.raises(Refused) as caught:
        await CHANNEL.connect(HOOK, meta.account, meta.http)
    assert "The challenge was not echoed" in caught.value.message
    assert "phone_number" not in meta.platform.hooks


async def test_what_is_wrong_with_the_account_is_said(meta: Meta) -> None:
    meta.platform.subscribed = ["our app"]
    meta.platform.hooks = {}
    meta.platform.number = {
        "status": "RATE_LIMITED", "quality_rating": "RED", "platform_type": "NOT_APPLICABLE",
    }  # fmt: skip
    empty = {**meta.account.credentials, "app_secret": " , ", "verify_token": ""}
    bare = Account(1, empty, meta.account.api_base)
    assert await CHANNEL.health(bare, meta.http) == [
        SENTENCES["no_secret"],
        SENTENCES["no_verify_token"],
        SENTENCES["number"].format(status="RATE_LIMITED"),
        SENTENCES["unregistered"],
        SENTENCES["quality"],
        SENTENCES["no_webhook"],
    ]
    meta.platform.tokens = {}
    (said,) = await CHANNEL.health(meta.account, meta.http)
    assert said == (
        "WhatsApp does not accept the access token: "
        "WhatsApp refused the account: The session has expired (190). "
        "Generate one of a system user: the console's live for a day."
    )
    (said,) = await CHANNEL.health(meta.account, RecordedHttp(Unreachable("no route")))
    assert said == "WhatsApp cannot be reached: no route"
    (said,) = await CHANNEL.health(meta.account, RecordedHttp(HttpAnswer(400, {}, b"{}")))
    assert said.startswith("WhatsApp refused to tell about the account: ")
