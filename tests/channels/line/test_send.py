"""What each answer of the platform means, played against the strict fake."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kaiwa.channels import Ability, Account, SendOutcome, Wire
from kaiwa.channels.contract import Profile
from kaiwa.channels.line import CHANNEL
from kaiwa.engines.http import AiohttpHttp
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.time import from_micros
from tests.channels.line.conftest import USER
from tests.fakes.line_http import InProcessHttp, served
from tests.fakes.line_platform import LinePlatform

pytestmark = pytest.mark.anyio

KEY = "123e4567-e89b-12d3-a456-426614174000"
TEXT: list[dict[str, object]] = [{"type": "text", "text": "発送しました"}]
PUSH = Wire("push", {"to": USER, "messages": TEXT})


def _reply(platform: LinePlatform) -> Wire:
    token = platform.webhooks().text(USER, "hi")["replyToken"]
    return Wire("reply", {"replyToken": token, "messages": TEXT})


class Line:
    """The account, the platform and the way there, as one thing to test with."""

    def __init__(self, account: Account, platform: LinePlatform, http: InProcessHttp) -> None:
        self.account, self.platform, self.http = account, platform, http

    async def send(self, wire: Wire, retry_key: str = KEY) -> SendOutcome:
        return await CHANNEL.send(wire, self.account, self.http, retry_key=retry_key)

    async def control(self, name: str, **given: Any) -> Any:
        body = json.dumps(given).encode()
        answer = await self.http.call("POST", f"http://line.test/_fake/{name}", body=body)
        assert answer.status == 200

    async def refused(self, wire: Wire) -> tuple[str, str]:
        with pytest.raises(Refused) as caught:
            await self.send(wire)
        return caught.value.detail["reason"], caught.value.message

    async def unreachable(self, wire: Wire) -> Unreachable:
        with pytest.raises(Unreachable) as caught:
            await self.send(wire)
        return caught.value


@pytest.fixture
def line(account: Account, platform: LinePlatform, http: InProcessHttp) -> Line:
    return Line(account, platform, http)


async def test_a_push_is_accepted_once_however_often_it_is_tried(line: Line) -> None:
    first = await line.send(PUSH)
    assert first == SendOutcome(("500000000000000001",))
    again = await line.send(PUSH)
    assert again == SendOutcome(first.external_ids, already=True)
    assert [entry["retry_key"] for entry in line.platform.journal] == [KEY]
    request = line.http.sent[0]
    assert request.headers["authorization"] == "Bearer t0ken"
    assert json.loads(request.content) == PUSH.body


async def test_a_key_that_is_no_uuid_becomes_always_the_same_one(line: Line) -> None:
    await line.send(PUSH, "outbox:7")
    assert (await line.send(PUSH, "outbox:7")).already
    assert not (await line.send(PUSH, "outbox:8")).already
    assert uuid.UUID(line.platform.journal[0]["retry_key"]).version == 5


async def test_after_a_day_line_forgets_the_key(line: Line) -> None:
    await line.send(PUSH)
    await line.control("clock", advance_s=86_401)
    assert not (await line.send(PUSH)).already


async def test_the_accepted_request_s_id_stands_in_for_missing_message_ids(line: Line) -> None:
    await line.send(PUSH)
    at, request_id, _ = line.platform.retry_keys[KEY]
    line.platform.retry_keys[KEY] = (at, request_id, [])
    assert await line.send(PUSH) == SendOutcome((request_id,), already=True)


async def test_a_reply_spends_its_token_and_carries_no_retry_key(line: Line) -> None:
    wire = _reply(line.platform)
    assert len((await line.send(wire)).external_ids) == 1
    assert "x-line-retry-key" not in line.http.sent[0].headers
    assert line.platform.journal[0]["to"] == USER
    assert (await line.refused(wire))[0] == "spent_handle"


async def test_an_old_token_is_spent_too(line: Line) -> None:
    wire = _reply(line.platform)
    await line.control("clock", advance_s=61)
    assert await line.refused(wire) == (
        "spent_handle",
        "The reply token was used before or is too old.",
    )


async def test_a_redelivery_gives_its_token_a_new_minute_for_twenty_minutes(line: Line) -> None:
    webhooks = line.platform.webhooks()
    for minutes, works in [(5, True), (21, False)]:
        event = webhooks.text(USER, "hi")
        await line.control("clock", advance_s=minutes * 60)
        body, _ = webhooks.redeliver(event)
        now = from_micros(int(line.platform.now_s() * 1_000_000))
        ((_, heard),) = CHANNEL.parse(body, now)
        assert (heard.reply_handle is not None) == works
        wire = Wire("reply", {"replyToken": event["replyToken"], "messages": TEXT})
        if works:
            assert (await line.send(wire)).external_ids
        else:
            assert (await line.refused(wire))[0] == "spent_handle"


async def test_what_line_finds_wrong_can_be_read(line: Line) -> None:
    wire = Wire("push", {"to": USER, "messages": [{"type": "text", "text": ""}]})
    assert await line.refused(wire) == (
        "invalid",
        "LINE refused the call (400): The request body has 1 error(s) "
        "(messages[0].text: May not be empty)",
    )
    assert (await line.refused(Wire("fax", {})))[0] == "invalid"


async def test_an_expired_token_is_a_matter_of_credentials(line: Line) -> None:
    await line.control("token", token="t0ken", expires_in_s=5)
    await line.send(PUSH)
    await line.control("clock", advance_s=6)
    reason, message = await line.refused(PUSH)
    assert reason == "credentials"
    assert message.startswith("LINE refused the channel access token: Authentication failed")


async def test_a_spent_month_and_haste_are_both_429_and_told_apart(line: Line) -> None:
    await line.control("quota", limit=1)
    await line.send(PUSH)
    line.platform.retry_keys.clear()
    assert (await line.refused(PUSH))[0] == "quota"
    await line.control("quota", limit=1_000)
    await line.control("fail", kind="rate")
    error = await line.unreachable(PUSH)
    assert (error.retry_after_s, error.maybe_done) == (5.0, False)
    await line.control("rate", per_s=1)
    await line.control("clock", advance_s=2)
    await line.send(PUSH)
    assert (await line.unreachable(PUSH)).retry_after_s == 5.0


async def test_a_429_in_other_words_is_settled_by_the_quota(line: Line) -> None:
    line.platform.quota = line.platform.used = 3
    await line.control("fail", kind="rate")
    assert (await line.refused(PUSH))[0] == "quota"
    await line.control("fail", kind="rate")
    assert (await line.unreachable(_reply(line.platform))).retry_after_s == 5.0
    assert await CHANNEL.quota_left(line.account, line.http) == 0


async def test_a_lost_answer_may_have_worked_and_the_key_makes_sure(line: Line) -> None:
    for kind in ("500", "drop"):
        line.platform.retry_keys.clear()
        line.platform.journal.clear()
        await line.control("fail", kind=kind, accept=True)
        assert (await line.unreachable(PUSH)).maybe_done
        assert (await line.send(PUSH)).already
        assert len(line.platform.journal) == 1


async def test_who_blocked_the_account_is_a_200_all_the_same(line: Line) -> None:
    await line.control("block", user=USER)
    assert (await line.send(PUSH)).external_ids
    assert line.platform.journal[0]["delivered"] is False


async def test_media_is_fetched_until_it_is_gone(line: Line) -> None:
    await line.control("content", id="1", type="image/png", data="iVBORw==", expires_in_s=60)
    assert await CHANNEL.media("1", line.account, line.http) == (b"\x89PNG", "image/png")
    await line.control("clock", advance_s=61)
    with pytest.raises(Refused):
        await CHANNEL.media("1", line.account, line.http)
    await line.control("content", id="2", type="video/mp4", status="processing")
    with pytest.raises(Unreachable) as waiting:
        await CHANNEL.media("2", line.account, line.http)
    assert waiting.value.retry_after_s == 3.0
    await line.control("content", id="2", type="video/mp4", status="failed")
    with pytest.raises(Refused):
        await CHANNEL.media("2", line.account, line.http)


async def test_media_lives_on_a_host_of_its_own(account: Account) -> None:
    async def base(**settings: str) -> str:
        http = InProcessHttp(LinePlatform("s", "t0ken"))
        api_base = settings.pop("api_base", None)
        own = Account(1, account.credentials, api_base=api_base, settings=settings)
        with pytest.raises(Refused):
            await CHANNEL.media("a/b", own, http)
        return str(http.sent[0].url)

    tail = "/v2/bot/message/a%2Fb/content"
    assert await base() == "https://api-data.line.me" + tail
    assert await base(api_base="http://l.test/") == "http://l.test" + tail
    assert (
        await base(api_base="http://l.test", data_api_base="http://d.test")
        == "http://d.test" + tail
    )


async def test_a_profile_or_nothing(line: Line) -> None:
    assert await CHANNEL.profile(USER, line.account, line.http) == Profile()
    await line.control(
        "profile", user=USER, displayName="花子", language="ja", pictureUrl="https://p.test/1"
    )
    found = await CHANNEL.profile(USER, line.account, line.http)
    assert found == Profile("花子", "ja", "https://p.test/1")


async def test_typing_and_reading_are_shown(line: Line) -> None:
    await CHANNEL.typing(USER, line.account, line.http)
    await CHANNEL.typing("C" + "2b" * 16, line.account, line.http)
    assert line.platform.loading == [{"chatId": USER, "loadingSeconds": 20}]
    await CHANNEL.mark_read("mark-1", line.account, line.http)
    assert line.platform.read_tokens == ["mark-1"]
    with pytest.raises(Refused):
        await CHANNEL.mark_read("", line.account, line.http)


async def test_what_is_left_of_the_month(line: Line) -> None:
    assert await CHANNEL.quota_left(line.account, line.http) is None
    await line.control("quota", limit=200, used=180)
    assert await CHANNEL.quota_left(line.account, line.http) == 20
    assert Ability.QUOTA in CHANNEL.abilities


async def _health(line: Line, **changes: Any) -> list[str]:
    parts = {"credentials": line.account.credentials, "settings": {}, **changes}
    own = Account(1, parts["credentials"], line.account.api_base, parts["settings"])
    return await CHANNEL.health(own, line.http)


async def test_a_well_account_says_nothing(line: Line) -> None:
    assert await _health(line) == []


async def test_what_is_wrong_is_said_in_sentences(line: Line) -> None:
    await line.control("quota", limit=200, used=200)
    await line.control("webhook", endpoint="http://old.example/", active=False)
    said = await _health(line, settings={"webhook_url": "https://shop.example/webhooks/line/1"})
    assert said == [
        "“Use webhook” is off in the LINE Developers Console: no message arrives.",
        "The webhook URL is http://old.example/, not https://shop.example/webhooks/line/1: "
        "messages go elsewhere.",
        "This month's messages are used up: only replies within a minute go out.",
    ]
    await line.control("webhook", endpoint="")
    await line.control("quota", limit=200, used=190)
    assert await _health(line) == [
        "No webhook URL is set in the LINE Developers Console.",
        "Only 10 pushed messages are left this month.",
    ]
    assert await _health(line, credentials={"channel_access_token": "wrong"}) == [
        "There is no channel secret: webhooks cannot be verified.",
        "LINE does not accept the channel access token. Issue a new one in the console.",
    ]
    await line.control("fail", kind="503")
    assert await _health(line) == [
        "LINE cannot be reached: LINE answered 503: Internal server error"
    ]


@pytest.fixture
def loopback(platform: LinePlatform, tmp_path: Path) -> Iterator[str]:
    platform.state = tmp_path / "journal.jsonl"
    with served(platform) as base:
        yield base


async def test_over_loopback_a_cut_connection_may_have_worked(
    platform: LinePlatform, loopback: str, account: Account
) -> None:
    http = AiohttpHttp(timeout_s=5)
    own = Account(1, account.credentials, api_base=loopback)
    async with httpx.AsyncClient(timeout=60) as control:
        await control.post(f"{loopback}/_fake/fail", json={"kind": "drop", "accept": True})
        with pytest.raises(Unreachable) as caught:
            await CHANNEL.send(PUSH, own, http, retry_key=KEY)
        assert caught.value.maybe_done
        assert (await CHANNEL.send(PUSH, own, http, retry_key=KEY)).already
        journal = (await control.get(f"{loopback}/_fake/journal")).json()
    await http.close()
    assert platform.state
    assert [json.loads(line) for line in platform.state.read_text().splitlines()] == journal
    assert [(entry["operation"], entry["to"]) for entry in journal] == [("push", USER)]


async def test_nobody_at_the_address_is_surely_not_done(account: Account) -> None:
    http = AiohttpHttp(timeout_s=2)
    own = Account(1, account.credentials, api_base="http://127.0.0.1:9")
    with pytest.raises(Unreachable) as caught:
        await CHANNEL.send(PUSH, own, http, retry_key=KEY)
    assert not caught.value.maybe_done
    await http.close()
