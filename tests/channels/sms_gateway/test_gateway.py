"""A gateway is spoken to in its own words, and whatever it tells back is understood."""

import base64
import hashlib
import hmac
import json
from typing import Any

import msgspec
import pytest

from kaiwa.channels import Account, RawRequest, Route, SendOutcome, Verdict
from kaiwa.channels.sms_gateway import CHANNEL
from kaiwa.channels.sms_gateway.health import SENTENCES
from kaiwa.engines.http import HttpAnswer
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.errors import NotAuthentic, Refused, Unreachable
from kaiwa.vocabulary.event import Delivered, Failed, Heard, Ignored, Said, Unfollowed, Unheard
from kaiwa.vocabulary.reply import Reply, TextBlock
from tests.every.test_routes import NOW
from tests.fakes.gateway_platform import KEY, GatewayPlatform
from tests.fakes.line_http import InProcessHttp
from tests.fakes.recorded_http import RecordedHttp

USER, SECRET = "+819012345678", "a-secret-of-the-gateway"
KNOWN = {"x-api-key": KEY}


def account(**told: str) -> Account:
    credentials = {"url": "/sms/v1/submit", "inbound_secret": SECRET, "sender": "0501234"}
    headers = {"headers": json.dumps({"X-API-Key": KEY})}
    return Account(1, credentials | headers | told, "http://gateway.test")


async def sent(told: Account, http: Any, text: str = 'A "mug"?\nマグ & 皿') -> SendOutcome:
    wires = CHANNEL.render(Reply((TextBlock(text=text),)), Route("sms", USER, "metered")).wires
    return await CHANNEL.send(wires[0], told, http, retry_key="k-1")


async def test_a_message_is_json_unless_the_template_says_otherwise() -> None:
    platform = GatewayPlatform()
    http = InProcessHttp(platform)
    assert await sent(account(id_field="data.0.delivery_id"), http) == SendOutcome(("d-1",))
    ((method, target, body),) = platform.journal
    assert (method, target) == ("POST", "/sms/v1/submit")
    assert http.sent[0].headers["content-type"] == "application/json"
    assert json.loads(body) == {
        "to": USER, "from": "0501234", "text": 'A "mug"?\nマグ & 皿', "reference": "k-1",
    }  # fmt: skip


async def test_a_template_may_be_a_form_with_a_national_number() -> None:
    platform = GatewayPlatform()
    form = account(
        content_type="application/x-www-form-urlencoded",
        body="phonenumber={to_national}&message={text}&ref={reference}&{unknown}",
        method="put",
    )
    # No field of its answer was named: receipts go by our reference.
    assert await sent(form, InProcessHttp(platform)) == SendOutcome(("k-1",))
    assert platform.journal == [
        (
            "PUT",
            "/sms/v1/submit",
            b"phonenumber=09012345678&message=A%20%22mug%22%3F%0A%E3%83%9E%E3%82%B0%20%26%20"
            b"%E7%9A%BF&ref=k-1&{unknown}",
        )
    ]


async def test_a_template_may_be_an_address() -> None:
    platform = GatewayPlatform()
    told = account(url="/send?to={to_digits}&text={text}", method="GET")
    await sent(told, InProcessHttp(platform), "a b&c")
    assert platform.journal == [("GET", "/send?to=819012345678&text=a%20b%26c", b"")]


async def test_an_answer_that_does_not_say_it_was_taken_is_a_no() -> None:
    platform = GatewayPlatform()
    http = InProcessHttp(platform)
    told = account(accepted_by='"result": "ok"')
    assert (await sent(told, http)).external_ids == ("k-1",)
    platform.says = b'{"result": "ng", "error": "E102"}'
    with pytest.raises(Refused) as caught:
        await sent(told, http)
    assert (caught.value.detail["reason"], "E102" in caught.value.message) == ("invalid", True)


async def test_every_no_is_told_apart() -> None:
    platform = GatewayPlatform()
    http = InProcessHttp(platform)
    for told in (account(headers="{}"), account(headers="X-API-Key: 1"), account(method="BREW")):
        with pytest.raises(Refused) as caught:
            await sent(told, http)
        assert caught.value.detail["reason"] == "credentials"
    for status, reason in ((400, "invalid"), (402, "credentials"), (422, "invalid")):
        platform.status = status
        with pytest.raises(Refused) as caught:
            await sent(account(), http)
        assert caught.value.detail["reason"] == reason
    for status, maybe_done in ((429, False), (302, True), (500, True)):
        platform.status = status
        with pytest.raises(Unreachable) as lost:
            await sent(account(), http)
        assert lost.value.maybe_done is maybe_done
    assert platform.journal == []


@pytest.mark.parametrize(
    ("answer", "path", "found"),
    [
        (b'{"id":"a"}', "", "a"),
        (b'{"message_id":7}', "", "7"),
        (b'{"x":{"y":[{"z":"deep"}]}}', "x.y.0.z", "deep"),
        (b'{"x":{"y":[]}}', "x.y.0.z", "k-1"),
        (b"OK 123", "", "k-1"),
        (b'{"id":true}', "id", "k-1"),
        (b"[" * 100_000, "id", "k-1"),
    ],
)
async def test_the_id_is_found_where_it_stands(answer: bytes, path: str, found: str) -> None:
    http = RecordedHttp(HttpAnswer(200, {}, answer))
    assert await sent(account(id_field=path), http) == SendOutcome((found,))


def heard(told: Any) -> list[tuple[str, Heard]]:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return [(event.external_id, event.heard) for _, event in CHANNEL.parse(body, NOW)]


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ({"id": "1", "from": "09012345678", "text": "マグ"}, ("1", Said(Text("マグ"), "1"))),
        ({"uuid": "1", "msisdn": "819012345678", "body": "x"}, ("1", Said(Text("x"), "1"))),
        ({"id": 1, "source": USER, "message": "停止"}, ("1", Unfollowed("停止", confirm=True))),
        (b"id=1&from=%2B819012345678&text=a+b", ("1", Said(Text("a b"), "1"))),
        ({"id": "o", "status": "DELIVRD"}, ("o:delivrd", Delivered("o"))),
        ({"reference": "k-1", "state": "sent", "to": USER}, ("k-1:sent", Ignored("sent"))),
        ({"id": "o", "status": "EXPIRED"}, ("o:expired", Failed("o", "expired", permanent=False))),
        (
            {"id": "o", "status": "rejected", "error": "E404"},
            ("o:rejected", Failed("o", "E404")),
        ),
    ],
)
def test_what_most_gateways_tell_is_understood(told: Any, meant: tuple[str, Heard]) -> None:
    assert heard(told) == [meant]


def test_a_call_may_hold_many_and_a_bad_one_costs_no_other() -> None:
    good, bad = {"id": "1", "from": USER, "text": "x"}, {"id": "2", "odd": [1]}
    found = heard({"messages": [good, bad, 7], "results": [{"id": "o", "status": "delivered"}]})
    assert [meant for _, meant in found] == [
        Said(Text("x"), "1"),
        Unheard("malformed"),
        Unheard("malformed"),
        Delivered("o"),
    ]


def test_the_signature_is_hex_or_base64_and_its_header_is_the_merchants() -> None:
    body = b'{"id":"1"}'
    made = hmac.new(SECRET.encode(), body, hashlib.sha256)
    spellings = [
        made.hexdigest(),
        f"sha256={made.hexdigest()}",
        base64.b64encode(made.digest()).decode(),
    ]
    for spelled in spellings:
        request = RawRequest(body, {"x-kaiwa-signature": spelled})
        assert CHANNEL.verify(request, account()) == Verdict()
        own = account(signature_header="X-Own", inbound_secret=f"a-new-one,{SECRET}")
        assert CHANNEL.verify(RawRequest(body, {"x-own": spelled}), own) == Verdict()
        for header, text in (("x-kaiwa-signature", body + b" "), ("x-other", body)):
            with pytest.raises(NotAuthentic):
                CHANNEL.verify(RawRequest(text, {header: spelled}), account())


async def test_health_asks_the_address_to_check_by_with_the_accounts_headers() -> None:
    yes = RecordedHttp(HttpAnswer(200, {}, b"{}"))
    assert await CHANNEL.health(account(check_url="/sms/v1/balance"), yes) == []
    ((method, url, headers, body),) = [(c.method, c.url, c.headers, c.body) for c in yes.calls]
    assert (method, url, body) == ("GET", "http://gateway.test/sms/v1/balance", None)
    assert headers == KNOWN

    for status, words in ((401, "does not know the account"), (503, "answered 503")):
        no = RecordedHttp(HttpAnswer(status, {}, b""))
        (trouble,) = await CHANNEL.health(account(check_url="/sms/v1/balance"), no)
        assert words in trouble


async def test_without_one_nothing_is_sent_but_a_knock_at_the_host() -> None:
    http = RecordedHttp(HttpAnswer(405, {}, b""))
    assert await CHANNEL.health(account(url="https://gateway.example/send?to={to}"), http) == []
    ((method, url, headers),) = [(call.method, call.url, call.headers) for call in http.calls]
    assert (method, url, headers) == ("HEAD", "https://gateway.example/", {})
    silent = RecordedHttp(Unreachable("Nobody answered."))
    assert await CHANNEL.health(account(), silent) == [
        SENTENCES["unreachable"].format(why="Nobody answered")
    ]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"url": "gateway.example/send"}, "is not an address"),
        ({"url": "http://[::1/send"}, "is not an address"),
        ({"url": "http://gateway.example/send"}, "without encryption"),
        ({"check_url": "ftp://gateway.example/"}, "is not an address"),
        ({"inbound_secret": " , "}, "no inbound secret"),
        ({"method": "PATCH"}, "none of POST, PUT, GET"),
        ({"headers": "X-API-Key: 1"}, "no JSON object"),
        ({"body": '{"to": {to}, "text": "{text}"}'}, "no JSON once it is filled in"),
        ({"body": '{"to": "{to}"}'}, "no place in the message"),
        ({"method": "GET"}, "no place in the message"),
    ],
)
async def test_what_was_typed_wrong_is_told(told: dict[str, str], words: str) -> None:
    bare = msgspec.structs.replace(account(), api_base=None)
    typed = {**bare.credentials, "url": "https://gateway.example/send", **told}
    http = RecordedHttp(HttpAnswer(200, {}, b""))
    found = await CHANNEL.health(msgspec.structs.replace(bare, credentials=typed), http)
    assert [words in one for one in found] == [True]
