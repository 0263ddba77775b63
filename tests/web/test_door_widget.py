"""The doors of the chat: who may come in, what is taken, and that a refusal leaves no trace."""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import jwt
import pytest

from kaiwa.bot.person import person
from kaiwa.web import throttle
from kaiwa.web.widget import LARGEST_JSON_BYTES
from tests.web.asgi import Answer, call
from tests.web.doors import (
    CHAT,
    IDENTITY_SECRET,
    NEIGHBOUR,
    NOW,
    OTHER_CHAT,
    SHOP,
    TABLES,
    Doors,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
PDF = b"%PDF-1.7\n" + b"\0" * 64
NOTHING = dict.fromkeys(TABLES, 0)
DEEP = b'{"client_id":"c","text":' + b"[" * 30_000 + b"]" * 30_000 + b"}"


def identity(secret: str = IDENTITY_SECRET, **claims: Any) -> str:
    soon = NOW + timedelta(minutes=5)
    return jwt.encode({"sub": "customer-7", "exp": soon, **claims}, secret, algorithm="HS256")


# Sessions


async def test_the_shops_page_gets_a_session(doors: Doors) -> None:
    answer = await doors.session(language="ja")
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json["visitor"].startswith("v-")
    assert answer.json["language"] == "ja"
    assert answer.json["conversation"] is None
    assert answer.json["shop"]["name"] == "Shop"
    assert answer.json["file_limit_bytes"] == 20_000_000
    assert doors.rows() == NOTHING


@pytest.mark.parametrize(
    "origin", [NEIGHBOUR, "null", "", "http://shop.example", "https://shop.example.evil.example"]
)
async def test_a_foreign_page_gets_none(doors: Doors, origin: str) -> None:
    answer = await doors.session(origin=origin)
    assert answer.error == (403, "not_allowed")
    assert b"token" not in answer.body
    assert doors.rows() == NOTHING


async def test_our_own_page_and_what_is_no_page_get_one(doors: Doors) -> None:
    for origin in ("https://kaiwa.example", None):
        assert (await doors.session(origin=origin)).status == 200


async def test_only_the_session_is_for_other_origins_to_read(doors: Doors) -> None:
    token = await doors.visitor()
    origin = {"origin": SHOP}
    asked = await call(doors.app, "OPTIONS", f"/api/widget/{CHAT}/session", headers=origin)
    assert asked.status == 204
    assert asked.headers["access-control-allow-origin"] == SHOP
    assert asked.headers["access-control-allow-headers"] == "content-type"
    assert asked.headers["vary"] == "origin"
    others = [
        await doors.ask("OPTIONS", "messages", headers=origin),
        await doors.ask("GET", "messages", token, headers=origin),
        await doors.ask("POST", "messages", token, headers=origin, body={"client_id": "c-1"}),
        await doors.ask("GET", "events?wait_s=0", token, headers=origin),
        await doors.ask("GET", "messages/session", token, headers=origin),
        await doors.ask("OPTIONS", "messages/session", headers=origin),
    ]
    for answer in others:
        assert not [name for name in answer.headers if name.startswith("access-control")]
    assert others[4].status == 404


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b'{"token":7}', b"\xff", b"[" * 60_000, b'{"a":' * 9_000]
)
async def test_a_session_asked_for_in_no_words_is_refused(doors: Doors, body: bytes) -> None:
    answer = await doors.ask("POST", "session", headers={"origin": SHOP}, body=body)
    assert answer.error == (400, "invalid")


async def test_a_returning_visitor_is_the_same_and_finds_its_words(shop: Doors) -> None:
    token = await shop.visitor()
    assert (await shop.say(token, "c-1", "Good day")).status == 202
    await _recorded(shop, token, 1)
    back = (await shop.session(token)).json
    assert back["visitor"] == (await shop.session(token)).json["visitor"]
    shown = back["conversation"]["messages"]
    assert (shown[0]["client_id"], shown[0]["content"]["text"]) == ("c-1", "Good day")


async def test_a_run_out_token_is_renewed_for_400_days_and_acts_no_more(doors: Doors) -> None:
    first = (await doors.session()).json
    doors.clock.move(13 * 3_600)
    assert (await doors.say(first["token"], "c-1")).error == (401, "not_authentic")
    renewed = await doors.session(first["token"])
    assert renewed.json["visitor"] == first["visitor"]
    assert (await doors.say(renewed.json["token"], "c-1")).status == 202
    doors.clock.move(401 * 86_400)
    assert (await doors.session(first["token"])).error == (401, "not_authentic")


# Signing in


async def test_a_customer_the_shop_vouches_for_is_one_customer_everywhere(doors: Doors) -> None:
    here = (await doors.session(identity=identity())).json
    there = (await doors.session(identity=identity())).json
    assert here["visitor"] != there["visitor"]
    people = doors.all("SELECT DISTINCT customer_id FROM identity_link WHERE ended_at IS NULL")
    assert len(people) == 1


@pytest.mark.parametrize(
    "token",
    [
        identity("another secret of thirty-two characters"),
        identity(exp=NOW - timedelta(seconds=1)),
        jwt.encode({"sub": "7"}, IDENTITY_SECRET, algorithm="HS256"),
        jwt.encode({"sub": "7", "exp": NOW + timedelta(hours=1)}, "", algorithm="none"),
        identity(sub=""),
        identity(exp=True),
        "nonsense",
    ],
)
async def test_a_customer_nobody_vouches_for_is_not_let_in(doors: Doors, token: str) -> None:
    assert (await doors.session(identity=token)).error == (401, "not_authentic")
    assert doors.rows() == NOTHING


async def test_without_a_secret_nobody_can_be_signed_in(doors: Doors) -> None:
    answer = await doors.session(identity=identity(), inbox=OTHER_CHAT, origin=NEIGHBOUR)
    assert answer.error == (403, "not_allowed")
    assert doors.rows() == NOTHING


async def test_who_logs_out_or_in_as_another_is_a_new_visitor(doors: Doors) -> None:
    ada = (await doors.session(identity=identity())).json
    out = (await doors.session(ada["token"])).json
    other = (await doors.session(ada["token"], identity=identity(sub="customer-8"))).json
    again = (await doors.session(ada["token"], identity=identity())).json
    assert again["visitor"] == ada["visitor"]
    assert len({ada["visitor"], out["visitor"], other["visitor"]}) == 3


async def test_a_page_that_stays_open_keeps_its_customer(doors: Doors) -> None:
    once = identity()
    ada = (await doors.session(identity=once)).json
    doors.clock.move(13 * 3_600)
    later = await doors.session(ada["token"], identity=once)
    assert (later.json["visitor"], later.json["signed_in"]) == (ada["visitor"], True)
    # Who was not signed in by it, or long ago, is not let in by what has run out.
    for token in (None, (await doors.session()).json["token"]):
        assert (await doors.session(token, identity=once)).error == (401, "not_authentic")
    other = identity(sub="customer-8", exp=NOW)
    assert (await doors.session(ada["token"], identity=other)).error == (401, "not_authentic")
    doors.clock.move(8 * 86_400)
    assert (await doors.session(ada["token"], identity=once)).error == (401, "not_authentic")


async def test_a_token_from_before_the_log_in_is_nobodys_after_it(doors: Doors) -> None:
    before = (await doors.session()).json
    signed = (await doors.session(before["token"], identity=identity())).json
    assert (before["signed_in"], signed["signed_in"]) == (False, True)
    assert signed["visitor"] == before["visitor"]
    out = (await doors.session(before["token"])).json
    other = (await doors.session(before["token"], identity=identity(sub="customer-8"))).json
    again = (await doors.session(before["token"], identity=identity())).json
    assert again["visitor"] == before["visitor"]
    assert len({before["visitor"], out["visitor"], other["visitor"]}) == 3
    assert out["signed_in"] is False


async def test_the_shops_word_for_an_address_brings_the_orders_placed_with_it(doors: Doors) -> None:
    def emails(session: dict[str, Any]) -> tuple[str, ...]:
        (row,) = doors.all(
            f"""SELECT l.customer_id FROM identity i JOIN identity_link l ON l.identity_id = i.id
            AND l.ended_at IS NULL WHERE i.value = '{session["visitor"]}'"""
        )
        return doors.db.read_now(lambda s: person(s, 1, row[0], "web_chat")).emails

    hers: dict[str, Any] = {"email": "miho@example.jp", "email_verified": True}
    typed = await doors.session(identity=identity(email="miho@example.jp"))
    assert emails(typed.json) == ()
    sure = await doors.session(identity=identity(**hers))
    assert emails(sure.json) == ("miho@example.jp",)
    # The same person at another device, and somebody who has the address now.
    assert emails((await doors.session(identity=identity())).json) == ("miho@example.jp",)
    heir = await doors.session(identity=identity(sub="customer-8", **hers))
    assert emails(heir.json) == ("miho@example.jp",)
    assert emails(sure.json) == ()


# Tokens


async def test_only_the_inbox_s_own_living_tokens_act(doors: Doors) -> None:
    token = await doors.visitor()
    other = await doors.visitor(inbox=OTHER_CHAT, origin=NEIGHBOUR)
    claims = jwt.decode(token, options={"verify_signature": False})
    forged = [
        other,
        identity(),
        token[:-2] + ("AA" if token[-2:] != "AA" else "BB"),
        jwt.encode(claims, "guess", algorithm="HS256"),
        jwt.encode(claims, "", algorithm="none"),
        "",
        "é",
        "a.b.c",
    ]
    for one in forged:
        for method, what in (("POST", "messages"), ("GET", "messages"), ("GET", "events")):
            answer = await doors.ask(method, what, one, body={"client_id": "c", "text": "Hi"})
            assert answer.error == (401, "not_authentic"), one
        assert (await doors.ask("POST", "files", one, body=PNG)).status == 401
    assert (await doors.ask("GET", "messages")).error == (401, "not_authentic")
    basic = {"authorization": f"Basic {token}"}
    assert (await doors.ask("GET", "messages", headers=basic)).status == 401
    assert doors.rows() == NOTHING


@pytest.mark.parametrize("inbox", ["nobody", "line-key", "%00", "../" + CHAT, ""])
async def test_there_is_no_chat_at_another_inbox(doors: Doors, inbox: str) -> None:
    token = await doors.visitor()
    for method, what in (("POST", "session"), ("POST", "messages"), ("GET", "messages")):
        answer = await doors.ask(method, what, token, body={"client_id": "c"}, inbox=inbox)
        assert answer.error == (404, "not_found")


# Messages


async def test_the_same_message_again_is_answered_the_same_and_kept_once(doors: Doors) -> None:
    token, other = await doors.visitor(), await doors.visitor()
    answers = await asyncio.gather(*(doors.say(token, "c-1", "Hello") for _ in range(8)))
    assert {(answer.status, answer.body) for answer in answers} == {(202, b'{"client_id":"c-1"}')}
    assert doors.count("inbound_event") == doors.count("job") == 1
    assert (await doors.say(other, "c-1", "Hello")).status == 202
    assert doors.count("inbound_event") == 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"client_id": "c-1", "text": "x" * 10_001}, 400),
        ({"client_id": "c-1", "text": ""}, 400),
        ({"client_id": "c-1", "text": " \n\t\u3000"}, 400),
        ({"client_id": "c-1", "payload": "x" * 1_001}, 400),
        ({"client_id": "", "text": "Hi"}, 400),
        ({"client_id": "c" * 65, "text": "Hi"}, 400),
        ({"client_id": "c 1", "text": "Hi"}, 400),
        ({"client_id": "c/1", "text": "Hi"}, 400),
        ({"client_id": "ç", "text": "Hi"}, 400),
        ({"client_id": "c-1\n", "text": "Hi"}, 400),
        ({"client_id": 7, "text": "Hi"}, 400),
        ({"text": "Hi"}, 400),
        ({"client_id": "c-1", "file": "m1/guess"}, 404),
        ({"client_id": "c-1", "file": "../master.key"}, 404),
        ({"client_id": "c-1", "file": "\0"}, 404),
        (b'{"client_id":"c-1","text":"Hi"', 400),
        (b'{"client_id":"c-1","text":"\xff"}', 400),
        (DEEP, 400),
        (b" " * (LARGEST_JSON_BYTES + 1), 413),
    ],
)
async def test_what_cannot_be_taken_is_refused_and_not_kept(
    doors: Doors, body: Any, status: int
) -> None:
    token = await doors.visitor()
    answer = await doors.ask("POST", "messages", token, body=body)
    assert answer.status == status
    assert answer.json["message"]
    assert doors.rows() == NOTHING


async def test_the_longest_text_is_taken_whole(doors: Doors) -> None:
    token = await doors.visitor()
    assert (await doors.say(token, "c-1", "長" * 10_000)).status == 202
    assert doors.count("inbound_event") == 1


async def test_words_no_database_likes_arrive(shop: Doors) -> None:
    token = await shop.visitor()
    body = b'{"client_id":"c-1","text":"a\\u0000b"}'
    assert (await shop.ask("POST", "messages", token, body=body)).status == 202
    shown = await _recorded(shop, token, 1)
    assert shown[0]["content"]["text"].replace("\0", "") == "ab"


@pytest.mark.parametrize("query", ["after_seq=x", "after_seq=-1", "after_seq=９", "limit=1e3"])
async def test_a_page_asked_for_in_no_number_is_refused(doors: Doors, query: str) -> None:
    token = await doors.visitor()
    assert (await doors.ask("GET", f"messages?{query}", token)).error == (400, "invalid")


async def test_nobody_reads_what_another_said(shop: Doors) -> None:
    token, other = await shop.visitor(), await shop.visitor()
    await shop.say(token, "c-1", "My secret")
    await _recorded(shop, token, 1)
    answer = await shop.ask("GET", "messages?after_seq=0", other)
    assert answer.json == {"conversation": None, "messages": []}


async def test_who_is_too_fast_waits_and_others_do_not(doors: Doors) -> None:
    token, other = await doors.visitor(), await doors.visitor()
    answers = [await doors.say(token, f"c-{number}") for number in range(60)]
    late = next(answer for answer in answers if answer.status != 202)
    assert late.error == (429, "too_many")
    assert int(late.headers["retry-after"]) >= 1
    assert doors.count("inbound_event") == sum(answer.status == 202 for answer in answers)
    assert (await doors.say(other, "c-1")).status == 202


async def test_while_the_database_is_away_no_message_is_acknowledged(doors: Doors) -> None:
    token = await doors.visitor()
    doors.db.close()
    assert (await doors.say(token, "c-1")).error == (503, "unreachable")


# Files


async def upload(doors: Doors, token: str, name: str, kind: str, body: bytes) -> Answer:
    return await doors.ask(
        "POST", f"files?name={name}", token, headers={"content-type": kind}, body=body
    )


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/x-msdownload", b"MZ\x90\0", 400),
        ("image/png", b"MZ\x90\0", 400),
        ("image/svg+xml", b"<svg onload=alert(1)>", 400),
        ("text/html", b"<script>", 400),
        ("", PNG, 400),
        ("image/png", b"", 400),
        ("application/pdf", PNG, 400),
        ("image/png", PNG + b"\0" * 20_000_000, 413),
    ],
)
async def test_what_is_not_what_it_says_is_not_taken(
    doors: Doors, kind: str, body: bytes, status: int
) -> None:
    token = await doors.visitor()
    assert (await upload(doors, token, "a.png", kind, body)).status == status
    assert doors.rows() == NOTHING


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("photo.jpg", "photo.png"),
        ("../../etc/passwd", "passwd.png"),
        ("..%5C..%5Cboot.ini", "boot.png"),
        ("%2Fetc%2Fpasswd", "passwd.png"),
        ("a%0d%0aset-cookie:x.png", "aset-cookiex.png"),
        ("evil.html%00.png", "evil.html.png"),
        ("%E2%80%AEgnp.exe", "gnp.png"),
        ("", "file.png"),
        ("...", "file.png"),
        ("x" * 500, "x" * 80 + ".png"),
        ("%E5%86%99%E7%9C%9F.png", "写真.png"),
    ],
)
async def test_a_file_s_name_leads_nowhere(doors: Doors, name: str, kept: str) -> None:
    token = await doors.visitor()
    answer = await upload(doors, token, name, "image/png", PNG)
    assert (answer.status, answer.json["name"]) == (201, kept)
    served = await call(doors.app, "GET", answer.json["url"])
    assert (served.status, served.body) == (200, PNG)
    assert "\r" not in served.headers["content-disposition"]


async def test_pictures_are_shown_and_nothing_kept_is_ever_run(doors: Doors) -> None:
    token = await doors.visitor()
    for kind, body, way in (
        ("image/png", PNG, "inline"),
        ("application/pdf", PDF, "attachment"),
    ):
        url = (await upload(doors, token, "a", kind, body)).json["url"]
        served = await call(doors.app, "GET", url)
        assert served.headers["content-type"] == kind
        assert served.headers["content-disposition"].startswith(f"{way}; filename*=UTF-8''a.")
        assert served.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert served.headers["x-content-type-options"] == "nosniff"
        assert (await call(doors.app, "HEAD", url)).body == b""
        assert (await call(doors.app, "POST", url)).status == 404


async def test_a_link_to_a_file_is_for_that_file_and_that_week(doors: Doors) -> None:
    token = await doors.visitor()
    url = str((await upload(doors, token, "a", "image/png", PNG)).json["url"])
    _, _, merchant, until, signature, key = url.split("/", 5)
    other = "A" * len(signature)
    for broken in (
        f"/files/{merchant}/{until}/{other}/{key}",
        f"/files/{merchant}/{int(until) + 86_400}/{signature}/{key}",
        f"/files/2/{until}/{signature}/{key}",
        f"/files/{merchant}/{until}/{signature}/{key}0",
        f"/files/{merchant}/{until}/{signature}/../../master.key",
        f"/files/{merchant}/{until}/{'é' * 24}/{key}",
        f"/files/{'9' * 40}/{until}/{signature}/{key}",
        f"/files/{merchant}/{until}/{signature}",
        "/files/",
        "/files/x/y/z/k",
    ):
        assert (await call(doors.app, "GET", broken)).error == (404, "not_found"), broken
    doors.clock.move(9 * 86_400)
    assert (await call(doors.app, "GET", url)).status == 404


async def test_nobody_sends_a_file_another_visitor_brought(doors: Doors) -> None:
    token, other = await doors.visitor(), await doors.visitor()
    file = (await upload(doors, token, "a", "image/png", PNG)).json["file"]
    before = doors.rows()
    assert (await doors.say(other, "c-1", file=file)).error == (404, "not_found")
    stranger = await doors.visitor(inbox=OTHER_CHAT, origin=NEIGHBOUR)
    body = {"client_id": "c-1", "file": file}
    answer = await doors.ask("POST", "messages", stranger, body=body, inbox=OTHER_CHAT)
    assert answer.status == 404
    assert doors.rows() == before
    assert (await doors.say(token, "c-1", file=file)).status == 202


# Long polls


async def _recorded(doors: Doors, token: str, count: int) -> list[Any]:
    """The visitor's own messages, once there are so many."""
    async with asyncio.timeout(60):
        while True:
            shown = (await doors.ask("GET", "messages?after_seq=0", token)).json["messages"]
            mine = [one for one in shown if one["direction"] == "in"]
            if len(mine) >= count:
                return mine
            await asyncio.sleep(0.3)


async def test_a_long_poll_returns_with_what_happens(shop: Doors) -> None:
    token = await shop.visitor()
    await shop.say(token, "c-1", "One")
    await _recorded(shop, token, 1)
    cursor = (await shop.session(token)).json["cursor"]
    waiting = asyncio.create_task(shop.ask("GET", f"events?cursor={cursor}&wait_s=20", token))
    await asyncio.sleep(0.1)
    begun = datetime.now(UTC)
    await shop.say(token, "c-2", "Two")
    frame = (await asyncio.wait_for(waiting, 60)).json
    assert frame["type"] == "events"
    assert frame["events"]
    assert (datetime.now(UTC) - begun).total_seconds() < 15
    assert frame["cursor"] != cursor


async def test_a_newcomer_s_long_poll_hears_its_own_first_words(shop: Doors) -> None:
    opened = (await shop.session()).json
    token = opened["token"]
    target = f"events?cursor={opened['cursor']}&wait_s=20"
    waiting = asyncio.create_task(shop.ask("GET", target, token))
    await asyncio.sleep(0.1)
    await shop.say(token, "c-1", "Hello")
    frame = (await asyncio.wait_for(waiting, 60)).json
    assert frame["type"] in ("events", "refetch")
    assert frame["type"] == "refetch" or frame["events"]


async def test_a_long_poll_in_which_nothing_happens_ends_empty(shop: Doors) -> None:
    token = await shop.visitor()
    await shop.say(token, "c-1", "One")
    await _recorded(shop, token, 1)
    await asyncio.sleep(1)
    cursor = (await shop.session(token)).json["cursor"]
    frame = (await shop.ask("GET", f"events?cursor={cursor}&wait_s=1", token)).json
    assert frame == {"type": "events", "cursor": frame["cursor"], "events": []}


@pytest.mark.parametrize("cursor", ["gone.7", "x", "%00", "deadbeef.999999", "."])
async def test_an_unknown_cursor_means_fetch_anew(shop: Doors, cursor: str) -> None:
    token = await shop.visitor()
    await shop.say(token, "c-1", "One")
    await _recorded(shop, token, 1)
    frame = (await shop.ask("GET", f"events?cursor={cursor}&wait_s=5", token)).json
    assert frame["type"] == "refetch"
    again = (await shop.ask("GET", f"events?cursor={frame['cursor']}&wait_s=0", token)).json
    assert again["type"] == "events"


async def test_made_up_tokens_are_one_sender_and_a_visitor_is_its_own(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "time", SimpleNamespace(monotonic=lambda: 100.0))
    token = await doors.visitor()
    refused = [(await doors.ask("GET", "messages", f"made-up-{n}")).error for n in range(301)]
    assert refused[0] == (401, "not_authentic")
    assert refused[-1] == (429, "too_many")
    assert (await doors.say(token, "c-1")).status == 202


async def test_what_is_refused_is_said_in_the_chats_language(doors: Doors) -> None:
    token = await doors.visitor()
    ja, en = {"accept-language": "ja"}, {"accept-language": "en"}
    body = {"client_id": "c1", "text": " "}
    for headers, words in (
        (ja, "文章をお書きになるか、ファイルをお選びください。"),
        (en, "Write something or choose a file."),
    ):
        answer = await doors.ask("POST", "messages", token, body=body, headers=headers)
        assert (answer.status, answer.json["message"]) == (400, words)
    for status, asked in (
        (401, doors.ask("GET", "cart", headers=ja)),
        (404, doors.ask("GET", "nothing", token, headers=ja)),
        (400, doors.ask("GET", "product?lang=ja", token)),
    ):
        answer = await asked
        assert answer.status == status
        assert not answer.json["message"].isascii(), answer.json


async def test_a_sticker_of_ours_is_said_with_its_words(doors: Doors) -> None:
    token = await doors.visitor()
    body = {"client_id": "c1", "text": "", "sticker": "thanks", "language": "ja"}
    assert (await doors.ask("POST", "messages", token, body=body)).status == 202
    odd = body | {"client_id": "c2", "sticker": "../../etc/passwd"}
    assert (await doors.ask("POST", "messages", token, body=odd)).status == 404
    assert doors.count("inbound_event") == 1
    for name, status in (("thanks.png", 200), ("thanks.svg", 200), ("..%2Fpages.py", 404)):
        answer = await call(doors.app, "GET", f"/stickers/{name}")
        assert answer.status == status, name
