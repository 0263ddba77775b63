"""Twilio's yes, its many kinds of no, and what it tells later."""

import asyncio
from typing import Any

import msgspec
import pytest

from kaiwa.channels import Account, Route, SendOutcome
from kaiwa.channels.sms_twilio import CHANNEL
from kaiwa.engines.http import HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.event import Delivered, Failed, Ignored
from kaiwa.vocabulary.reply import Reply, TextBlock
from tests.channels.sms_twilio.conftest import NOW, OURS, USER, Clock
from tests.fakes.line_http import InProcessHttp
from tests.fakes.recorded_http import RecordedHttp
from tests.fakes.twilio_platform import TwilioPlatform
from tests.fakes.twilio_webhooks import HOOK

AMERICA = "+14155552671"


async def sent(
    account: Account, http: Any, to: str = USER, text: str = "こんにちは。"
) -> SendOutcome:
    (wire,) = CHANNEL.render(Reply((TextBlock(text=text),)), Route("sms", to, "metered")).wires
    return await CHANNEL.send(wire, account, http, retry_key="k")


async def refused(account: Account, http: Any, to: str = USER) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        await sent(account, http, to)
    return str(caught.value.detail["reason"]), caught.value.message


async def test_a_message_is_taken_and_followed_to_the_phone(
    account: Account, http: InProcessHttp, platform: TwilioPlatform, clock: Clock
) -> None:
    outcome = await sent(account, http)
    assert platform.journal == [
        {"To": USER, "From": OURS, "Body": "こんにちは。", "StatusCallback": HOOK}
    ]
    (sid,) = outcome.external_ids
    clock.at_s += 1
    (on_its_way,) = platform.receipts()
    clock.at_s += 2
    (arrived,) = platform.receipts()
    for call, meant in ((on_its_way, Ignored("sent")), (arrived, Delivered(sid))):
        assert CHANNEL.verify(call, account).answer is None
        ((_, event),) = CHANNEL.parse(call.body, NOW)
        assert event.heard == meant
    assert platform.receipts() == []


async def test_a_message_that_does_not_arrive_says_why(
    account: Account, http: InProcessHttp, platform: TwilioPlatform, clock: Clock
) -> None:
    platform.fates[USER] = ("undelivered", "30003")
    (sid,) = (await sent(account, http)).external_ids
    clock.at_s += 5
    *_, call = platform.receipts()
    ((_, event),) = CHANNEL.parse(call.body, NOW)
    why = "the phone is off or out of reach (30003)"
    assert event.heard == Failed(sid, why, permanent=False)


async def test_a_messaging_service_sends_in_its_own_name(
    account: Account, http: InProcessHttp, platform: TwilioPlatform
) -> None:
    service = platform.service["sid"]
    told = dict(account.credentials) | {"sender": service}
    await sent(msgspec.structs.replace(account, credentials=told), http)
    assert platform.journal[0] == {
        "To": USER, "MessagingServiceSid": service, "Body": "こんにちは。", "StatusCallback": HOOK,
    }  # fmt: skip


async def test_without_a_public_address_no_receipt_is_asked_for(
    account: Account, http: InProcessHttp, platform: TwilioPlatform
) -> None:
    await sent(msgspec.structs.replace(account, settings={}), http)
    assert "StatusCallback" not in platform.journal[0]


async def test_every_no_is_told_apart(
    account: Account, http: InProcessHttp, platform: TwilioPlatform
) -> None:
    platform.hears(USER, "STOP")
    assert await refused(account, http) == (
        "blocked",
        "The customer wrote STOP to this sender: Attempt to send to unsubscribed recipient (21610)",
    )
    assert (await refused(account, http, "+12"))[0] == "invalid"
    platform.landlines.add(AMERICA)
    assert (await refused(account, http, AMERICA))[0] == "invalid"
    reason, words = await refused(account, http, "+79161234567")
    assert (reason, "21408" in words) == ("credentials", True)
    other = dict(account.credentials) | {"sender": "+815099999999"}
    stranger = msgspec.structs.replace(account, credentials=other)
    assert (await refused(stranger, http, AMERICA))[0] == "credentials"
    wrong = dict(account.credentials) | {"auth_token": "wrong"}
    forger = msgspec.structs.replace(account, credentials=wrong)
    assert (await refused(forger, http))[0] == "credentials"
    assert platform.journal == []


async def test_who_is_too_fast_waits(
    account: Account, http: InProcessHttp, platform: TwilioPlatform, clock: Clock
) -> None:
    for _ in range(10):
        await sent(account, http)
    with pytest.raises(Unreachable) as caught:
        await sent(account, http)
    assert (caught.value.retry_after_s, caught.value.maybe_done) == (5.0, False)
    clock.at_s += 1.1
    await sent(account, http)
    assert len(platform.journal) == 11


@pytest.mark.parametrize(("status", "code"), [(400, 30010), (429, 63038)])
def test_a_limit_of_the_day_is_waited_out(status: int, code: int, account: Account) -> None:
    told = b'{"code":%d,"message":"limit"}' % code
    with pytest.raises(Unreachable) as caught:
        asyncio.run(sent(account, RecordedHttp(HttpAnswer(status, {}, told))))
    assert (caught.value.retry_after_s, caught.value.maybe_done) == (1_800.0, False)


async def test_a_broken_answer_may_have_been_a_yes(
    account: Account, http: InProcessHttp, platform: TwilioPlatform
) -> None:
    platform.fails = [502]
    with pytest.raises(Unreachable) as caught:
        await sent(account, http)
    assert caught.value.maybe_done


async def test_a_picture_is_fetched_with_the_account_and_followed_without_it(
    account: Account, http: InProcessHttp, platform: TwilioPlatform
) -> None:
    platform.pictures["ME1"] = b"\xff\xd8\xff"
    reference = "Messages/MM1/Media/ME1"
    assert await CHANNEL.media(reference, account, http) == (b"\xff\xd8\xff", "image/jpeg")
    assert ["authorization" in request.headers for request in http.sent] == [True, False]
    with pytest.raises(Refused) as caught:
        await CHANNEL.media("Messages/MM1/Media/ME2", account, http)
    assert caught.value.detail["reason"] == "gone"


@pytest.mark.parametrize(
    "there", ["https://evil.example/x", "http://media.twiliocdn.com/x", "https://a@b.twilio.com/x"]
)
def test_a_picture_elsewhere_is_not_fetched(there: str, account: Account) -> None:
    http = RecordedHttp(HttpAnswer(307, {"location": there}, b""))
    with pytest.raises(Refused):
        asyncio.run(CHANNEL.media("Messages/MM1/Media/ME1", account, http))
    assert len(http.calls) == 1


async def test_connect_tells_the_number_or_the_service_where_its_messages_go(
    account: Account, http: InProcessHttp, platform: TwilioPlatform
) -> None:
    assert await CHANNEL.health(account, http) == [
        f"{OURS} has no webhook: no message arrives. Run `kaiwa channel connect`."
    ]
    await CHANNEL.connect(HOOK, account, http)
    assert platform.numbers["sms_url"] == HOOK
    assert await CHANNEL.health(account, http) == []
    service = platform.service["sid"]
    told = dict(account.credentials) | {"sender": service}
    by_service = msgspec.structs.replace(account, credentials=told)
    await CHANNEL.connect(HOOK, by_service, http)
    assert platform.service["inbound_request_url"] == HOOK
    assert await CHANNEL.health(by_service, http) == []


async def test_health_says_what_is_wrong(
    account: Account, http: InProcessHttp, platform: TwilioPlatform
) -> None:
    async def told(**credentials: str) -> list[str]:
        changed = dict(account.credentials) | credentials
        return await CHANNEL.health(msgspec.structs.replace(account, credentials=changed), http)

    bare = msgspec.structs.replace(account, settings={})
    assert (await CHANNEL.health(bare, http))[0].startswith("The server has no public address")
    # Only tried: there is no inbox yet that could have an address.
    tried = await CHANNEL.health(msgspec.structs.replace(bare, inbox_id=0), http)
    assert not any("public address" in one for one in tried)
    platform.fails = [500]
    assert (await told())[0].startswith("Twilio cannot be reached: Twilio answered 500")
