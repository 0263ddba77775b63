"""Vonage's yes, its many kinds of no, and what it tells later."""

from typing import Any

import msgspec
import pytest

from kaiwa.channels import Account, Route, SendOutcome
from kaiwa.channels.sms_vonage import CHANNEL
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.event import Delivered, Failed, Ignored
from kaiwa.vocabulary.reply import Reply, TextBlock
from tests.channels.sms_vonage.conftest import HOOK, NOW, OURS, USER, Clock
from tests.fakes.line_http import InProcessHttp
from tests.fakes.vonage_platform import VonagePlatform


async def sent(account: Account, http: Any, to: str = USER) -> SendOutcome:
    reply = Reply((TextBlock(text="こんにちは。"),))
    (wire,) = CHANNEL.render(reply, Route("sms", to, "metered")).wires
    return await CHANNEL.send(wire, account, http, retry_key="k-1")


async def refused(account: Account, http: Any, to: str = USER) -> str:
    with pytest.raises(Refused) as caught:
        await sent(account, http, to)
    return str(caught.value.detail["reason"])


async def test_a_message_is_taken_and_followed_to_the_phone(
    account: Account, http: InProcessHttp, platform: VonagePlatform, clock: Clock
) -> None:
    (own_id,) = (await sent(account, http)).external_ids
    assert platform.journal == [
        {
            "message_type": "text", "channel": "sms", "to": USER[1:], "from": OURS,
            "text": "こんにちは。", "client_ref": "k-1", "webhook_url": HOOK,
            "webhook_version": "v1",
        }
    ]  # fmt: skip
    clock.at_s += 0.5
    (on_its_way,) = platform.receipts()
    clock.at_s += 1.5
    (arrived,) = platform.receipts()
    for call, meant in ((on_its_way, Ignored("submitted")), (arrived, Delivered(own_id))):
        assert CHANNEL.verify(call, account).answer is None
        ((_, event),) = CHANNEL.parse(call.body, NOW)
        assert event.heard == meant


async def test_a_message_that_does_not_arrive_says_why(
    account: Account, http: InProcessHttp, platform: VonagePlatform, clock: Clock
) -> None:
    platform.fates[USER[1:]] = ("undeliverable", 1180)
    (own_id,) = (await sent(account, http)).external_ids
    clock.at_s += 5
    *_, call = platform.receipts()
    ((_, event),) = CHANNEL.parse(call.body, NOW)
    assert event.heard == Failed(own_id, "Error 1180 (1180)", permanent=False)


async def test_every_no_is_told_apart(
    account: Account, http: InProcessHttp, platform: VonagePlatform
) -> None:
    to = USER[1:]
    for code, reason in ((1240, "blocked"), (1070, "credentials"), (1170, "invalid")):
        platform.refuses[to] = code
        assert await refused(account, http) == reason
    for name in ("api_secret", "sender"):
        odd = dict(account.credentials) | {name: "other"}
        other = msgspec.structs.replace(account, credentials=odd)
        assert await refused(other, http) == "credentials"
    assert platform.journal == []


async def test_who_is_too_fast_waits_and_a_broken_answer_may_have_been_a_yes(
    account: Account, http: InProcessHttp, platform: VonagePlatform
) -> None:
    for _ in range(30):
        await sent(account, http)
    with pytest.raises(Unreachable) as caught:
        await sent(account, http)
    assert (caught.value.retry_after_s, caught.value.maybe_done) == (1.0, False)
    platform.fails = [503]
    with pytest.raises(Unreachable) as caught:
        await sent(account, http)
    assert caught.value.maybe_done


async def test_health_says_what_is_wrong(
    account: Account, http: InProcessHttp, platform: VonagePlatform
) -> None:
    async def told(**credentials: str) -> list[str]:
        changed = dict(account.credentials) | credentials
        return await CHANNEL.health(msgspec.structs.replace(account, credentials=changed), http)

    assert await told() == []
    bare = msgspec.structs.replace(account, settings={})
    assert (await CHANNEL.health(bare, http))[0].startswith("The server has no public address")
    # Only tried: there is no inbox yet that could have an address.
    tried = await CHANNEL.health(msgspec.structs.replace(bare, inbox_id=0), http)
    assert not any("public address" in one for one in tried)
    platform.fails = [500]
    assert (await told())[0].startswith("Vonage cannot be reached: Vonage answered 500")
