"""What each answer of the platform means, played against the strict fake."""

import json
from typing import Any

import msgspec
import pytest

from kaiwa.channels import Account, Profile, RawRequest, SendOutcome, Wire
from kaiwa.channels.messenger import CHANNEL
from kaiwa.channels.meta.content import GET_STARTED
from kaiwa.channels.meta.health import SENTENCES
from kaiwa.desk.inbox_health import found
from kaiwa.engines.http import HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable
from tests.fakes.line_http import InProcessHttp
from tests.fakes.meta_platform import MetaPlatform, Refusal
from tests.fakes.meta_samples import USER
from tests.fakes.meta_webhooks import APP_ID, PAGE_ID
from tests.fakes.recorded_http import RecordedHttp
from tests.fakes.whatsapp_platform import Answer

pytestmark = pytest.mark.anyio

HOOK = "https://shop.example/webhooks/messenger/key"


def text(words: str = "発送しました", *, person: bool = False) -> Wire:
    tag = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    how = tag if person else {"messaging_type": "RESPONSE"}
    return Wire("messages", {"recipient": {"id": USER}, **how, "message": {"text": words}})


class Meta:
    """The account, the platform and the way there, as one thing to test with."""

    def __init__(self, account: Account, platform: MetaPlatform, http: InProcessHttp) -> None:
        self.account, self.platform, self.http = account, platform, http

    async def send(self, wire: Wire) -> SendOutcome:
        return await CHANNEL.send(wire, self.account, self.http, retry_key="k-1")

    async def refused(self, wire: Wire) -> tuple[str, str]:
        with pytest.raises(Refused) as caught:
            await self.send(wire)
        return caught.value.detail["reason"], caught.value.message

    async def unreachable(self, wire: Wire) -> Unreachable:
        with pytest.raises(Unreachable) as caught:
            await self.send(wire)
        return caught.value

    async def health(self, **settings: str) -> list[str]:
        account = msgspec.structs.replace(self.account, settings=settings)
        return await CHANNEL.health(account, self.http)


@pytest.fixture
def meta(account: Account, platform: MetaPlatform, http: InProcessHttp) -> Meta:
    return Meta(account, platform, http)


async def test_a_message_is_accepted_under_its_mark(meta: Meta) -> None:
    assert await meta.send(text()) == SendOutcome(("m_out1",))
    request = meta.http.sent[0]
    assert str(request.url) == f"http://meta.test/v26.0/{PAGE_ID}/messages"
    assert request.headers["authorization"] == "Bearer t0ken"
    assert json.loads(request.content)["message"] == {
        "text": "発送しました",
        "metadata": "kaiwa:k-1",
    }
    assert "metadata" not in str(text().body)


async def test_a_day_for_everybody_and_a_week_for_people(meta: Meta) -> None:
    meta.platform.time_s += 86_399
    await meta.send(text())
    meta.platform.time_s += 1
    assert await meta.refused(text()) == (
        "window_closed",
        "Meta lets no message through now: (#10) This message is sent outside of allowed window."
        " (10/2018278)",
    )
    await meta.send(text(person=True))
    meta.platform.time_s += 604_800 - 86_400
    assert (await meta.refused(text(person=True)))[0] == "window_closed"
    meta.platform.wrote(USER)
    await meta.send(text())
    assert len(meta.platform.journal) == 3


async def test_who_left_is_blocked_and_who_never_wrote_too(meta: Meta) -> None:
    meta.platform.absent.add(USER)
    assert (await meta.refused(text()))[0] == "blocked"
    meta.platform.wrote_at.clear()
    assert (await meta.refused(text()))[0] == "blocked"
    assert meta.platform.journal == []


async def test_while_another_app_holds_the_thread_nothing_goes(meta: Meta) -> None:
    meta.platform.thread_owner_elsewhere.add(USER)
    assert (await meta.refused(text()))[0] == "window_closed"


async def test_a_permission_and_a_token_are_told_apart(meta: Meta) -> None:
    meta.platform.human_agent = False
    reason, words = await meta.refused(text(person=True))
    assert reason == "credentials"
    assert words.startswith("The app may not do this: (#10) The app has no permission")
    meta.platform.token_until = meta.platform.time_s
    reason, words = await meta.refused(text())
    assert reason == "credentials"
    assert words.startswith("Meta refused the access token: (#190)")


async def test_what_meta_finds_wrong_can_be_read(meta: Meta) -> None:
    assert await meta.refused(text("x" * 2_001)) == (
        "invalid",
        "Meta refused the call (400): (#100) message.text: at most 2000 characters (100)",
    )


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        (Refusal(400, 551, "This person isn't available"), "blocked"),
        (Refusal(400, 200, "Permissions error", 1545041), "blocked"),
        (Refusal(400, 100, "No matching user found", 2534014), "blocked"),
        (Refusal(400, 10, "Outside of allowed window", 2018065), "window_closed"),
        (Refusal(400, 10, "Not owner", 2018300), "window_closed"),
        (Refusal(403, 200, "Needs pages_messaging", 2018028), "credentials"),
        (Refusal(400, 230, "Requires pages_messaging permission"), "credentials"),
        (Refusal(400, 368, "Temporarily blocked for policies"), "credentials"),
        (Refusal(400, 100, "Invalid parameter"), "invalid"),
    ],
)
async def test_a_no_says_what_to_do(meta: Meta, refusal: Refusal, reason: str) -> None:
    meta.platform.faults = [refusal]
    assert (await meta.refused(text()))[0] == reason
    assert meta.platform.journal == []


@pytest.mark.parametrize("code", [4, 32, 613, 1200])
async def test_who_is_too_fast_waits(meta: Meta, code: int) -> None:
    meta.platform.faults = [Refusal(400, code, "Slow down")]
    error = await meta.unreachable(text())
    assert (error.retry_after_s, error.maybe_done) == (5.0, False)


async def test_three_hundred_a_second_and_no_more(meta: Meta) -> None:
    meta.platform.recent = [meta.platform.time_s] * 299
    await meta.send(text())
    assert not (await meta.unreachable(text())).maybe_done
    meta.platform.time_s += 2
    await meta.send(text())


async def test_a_lost_answer_may_have_worked(meta: Meta) -> None:
    for fault in (Refusal(500, 2, "An unexpected error"), Answer(200, {}, cut=True), Answer(200)):
        meta.platform.faults = [fault]
        assert (await meta.unreachable(text())).maybe_done


async def test_reading_and_typing_are_shown(meta: Meta) -> None:
    await CHANNEL.mark_read(USER, meta.account, meta.http)
    await CHANNEL.typing(USER, meta.account, meta.http)
    assert meta.platform.acts == [(USER, "mark_seen"), (USER, "typing_on")]


async def test_a_name_and_a_picture(meta: Meta) -> None:
    meta.platform.people[USER] = {"name": "山田 はな", "profile_pic": "https://x.fbcdn.net/p"}
    found = await CHANNEL.profile(USER, meta.account, meta.http)
    assert found == Profile("山田 はな", picture_url="https://x.fbcdn.net/p")
    with pytest.raises(Refused):
        await CHANNEL.profile("8", meta.account, meta.http)


async def test_media_are_fetched_in_time_or_by_their_message(meta: Meta) -> None:
    platform, first = meta.platform, "http://meta.test/cdn/1"
    platform.files["/cdn/1"] = (b"\x89PNG", "image/png", platform.time_s + 60)
    reference = f"m_in1#1 {first}"
    assert await CHANNEL.media(reference, meta.account, meta.http) == (b"\x89PNG", "image/png")
    assert "authorization" not in meta.http.sent[0].headers
    platform.time_s += 60
    platform.files["/cdn/2"] = (b"GIF8", "image/gif", platform.time_s + 60)
    again: dict[str, Any] = {"image_data": {"url": "http://meta.test/cdn/2"}}
    platform.attachments["m_in1"] = [{"file_url": "http://meta.test/cdn/9"}, again]
    assert await CHANNEL.media(reference, meta.account, meta.http) == (b"GIF8", "image/gif")
    for gone in ("m_in1#0 " + first, "m_in1#5 " + first, "m_in2#0 " + first):
        with pytest.raises(Refused) as caught:
            await CHANNEL.media(gone, meta.account, meta.http)
        assert caught.value.detail["reason"] == "gone"


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        ("https://scontent.xx.fbcdn.net/v/1", True),
        ("https://cdn.fbsbx.com/v/1", True),
        ("https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1", True),
        ("https://scontent.cdninstagram.com/v/1", True),
        ("http://scontent.xx.fbcdn.net/v/1", False),
        ("https://scontent.xx.fbcdn.net:8443/v/1", False),
        ("https://fbcdn.net.evil.example/1", False),
        ("https://evilfbcdn.net/1", False),
        ("https://scontent.xx.fbcdn.net@evil.example/1", False),
        ("https://127.0.0.1/1", False),
        ("https://[half/1", False),
    ],
)
async def test_only_metas_hosts_are_asked(account: Account, url: str, trusted: bool) -> None:
    http = RecordedHttp(HttpAnswer(200, {"content-type": "image/png"}, b"\x89PNG"))
    if trusted:
        await CHANNEL.media(f"m#0 {url}", account, http)
    else:
        with pytest.raises(Refused):
            await CHANNEL.media(f"m#0 {url}", account, http)
    assert [call.url for call in http.calls] == ([url] if trusted else [])
    assert all("authorization" not in call.headers for call in http.calls)


async def _asked(meta: Meta, url: str, query: dict[str, str]) -> bytes:
    assert url == HOOK
    return CHANNEL.verify(RawRequest(b"", {}, "GET", query), meta.account).answer or b""


async def test_connecting_sets_the_webhook_subscribes_and_gives_the_first_button(
    meta: Meta,
) -> None:
    meta.platform.challenge = lambda url, query: _asked(meta, url, query)
    assert await meta.health(webhook_url=HOOK) == [
        SENTENCES["no_webhook"].format(object="page"),
        SENTENCES["unsubscribed"],
    ]
    await CHANNEL.connect(HOOK, meta.account, meta.http)
    assert meta.platform.hooks["page"]["callback_url"] == HOOK
    assert meta.platform.profile == {"get_started": {"payload": GET_STARTED}}
    assert await meta.health(webhook_url=HOOK) == []
    elsewhere = "https://other.example/hook"
    assert await meta.health(webhook_url=elsewhere) == [
        SENTENCES["webhook_elsewhere"].format(url=HOOK, expected=elsewhere)
    ]


async def test_a_webhook_that_does_not_know_the_token_is_not_set(meta: Meta) -> None:
    with pytest.raises(Refused) as caught:
        await CHANNEL.connect(HOOK, meta.account, meta.http)
    assert "the challenge was not echoed" in caught.value.message
    assert (meta.platform.hooks, meta.platform.subscribed) == ({}, [])


async def test_what_is_wrong_with_the_account_is_said(meta: Meta) -> None:
    platform = meta.platform
    platform.hooks["page"] = {"object": "page", "callback_url": HOOK, "active": True}
    platform.subscribed = [{"id": APP_ID, "subscribed_fields": ["messages"]}]
    platform.scopes = ["pages_messaging"]
    platform.token_until = platform.time_s + 60
    token, permissions, fields = await meta.health()
    assert token == SENTENCES["expires"].format(at="2026-11-21 03:01 UTC")
    assert permissions == SENTENCES["permissions"].format(names="pages_manage_metadata")
    assert fields.startswith("The app does not hear everything of the account: messaging_postb")
    platform.time_s += 60
    (said,) = await meta.health()
    assert said == (
        "The access token is no longer valid: The session has expired."
        " Generate a new one in the app."
    )
    assert found("messenger", said).said.ja == (
        "アクセストークンはもう使えません：「The session has expired」。"
        "アプリで発行し直してください。"
    )
    platform.token_until = None
    platform.secret = "another"
    (said,) = await meta.health()
    assert said == SENTENCES["app"].format(app=APP_ID)


async def test_an_account_that_lacks_something_says_what(account: Account) -> None:
    bare = Account(1, {"access_token": "t"}, account.api_base)
    down = RecordedHttp(Unreachable("no route"))
    assert await CHANNEL.health(bare, down) == [
        SENTENCES["no_secret"],
        SENTENCES["no_verify_token"],
        SENTENCES["no_page"],
    ]
    assert await CHANNEL.health(account, down) == ["Meta cannot be reached: no route"]
    (said,) = await CHANNEL.health(account, RecordedHttp(HttpAnswer(400, {}, b"{}")))
    assert said.startswith("Meta refused to tell about the account: ")
    paged = Account(1, {"access_token": "t", "page_id": PAGE_ID}, account.api_base)
    with pytest.raises(Refused) as caught:
        await CHANNEL.connect(HOOK, paged, down)
    assert caught.value.message == "Setting the webhook needs the app's id and a verify token."


def test_links_carry_what_they_may(account: Account) -> None:
    assert CHANNEL.link(account, "") == f"https://m.me/{PAGE_ID}"
    assert CHANNEL.link(account, "cart_1.x=") == f"https://m.me/{PAGE_ID}?ref=cart_1.x="
    for odd in ("a b", "買い物", "x" * 251, "a&b"):
        with pytest.raises(Refused):
            CHANNEL.link(account, odd)
