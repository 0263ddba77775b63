"""One conversation with everything around it: notes, reading, routes, search, files."""

import asyncio
from typing import Any

import pytest

from kaiwa.channels import Ability, registry
from kaiwa.channels.web_chat import WebChat
from kaiwa.conversations.intake import Place, take_in
from kaiwa.conversations.visit import note_cart, note_page
from kaiwa.customers.identity import identity, set_blocked
from kaiwa.engines.db import Session
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, NewInbox, add_inbox
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.event import CartChanged, CartItem, InboundEvent, PageViewed, Said, Sender
from tests.web.desk.test_answering import row_of, said
from tests.web.desk.world import Browser, World

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


class Post(WebChat):
    """A channel that somebody else carries: its messages wait for delivery."""

    kind = "post"
    name = "Post"
    abilities = frozenset({Ability.TYPING})
    address_kind = "box"


@pytest.fixture
def post_inbox(world: World, monkeypatch: pytest.MonkeyPatch) -> Inbox:
    known: dict[str, Any] = {"web_chat": WebChat(), "post": Post()}
    monkeypatch.setattr(registry, "channels", lambda: known)

    def add(session: Session) -> Inbox:
        now = world.clock.now()
        return add_inbox(session, world.shop.id, NewInbox("post"), Secrets(b"0" * 32), now)

    return world.db.write_now(add)


def hears_by_post(world: World, inbox: Inbox, text: str) -> int:
    event = InboundEvent("p1", Said(Text(text), "p1"), Sender("box", "box-1"))
    place = Place(world.shop.merchant, inbox)
    now = world.clock.now()
    world.db.write_now(lambda s: take_in(s, place, event, lambda s, fact: None, now))
    return int(world.rows("SELECT max(id) FROM conversation")[0][0])


async def page_of_miho(world: World) -> tuple[int, Any, Any]:
    """A customer with an older matter, a page, a cart and a question that waits for a person."""
    shop = world.shop
    old = shop.hears("v1", "An older matter", name="Miho")
    browser = await world.browser(shop.ken)
    await browser.post(f"/api/conversations/{old.id}/close", {"epoch": 1})
    shop.clock.move(3600)
    conv = shop.hears("v1", "Is this in stock?")
    shop.bot_hands_off(conv.id)

    def visit(session: Session) -> None:
        where = identity(session, shop.id, conv.identity_id or 0)
        note_page(session, where, PageViewed("https://shop.example/mug", "Mug"), shop.clock.now())
        item = CartItem("MUG-1", "Mug", 2, 1200, "JPY")
        note_cart(session, where, CartChanged((item,)), shop.clock.now())

    world.db.write_now(visit)
    return old.id, conv, await browser.page(conv.id)


async def test_the_page_says_whose_conversation_it_is(world: World) -> None:
    old_id, conv, page = await page_of_miho(world)
    seen, past, address = (page["customer"].pop(name) for name in ("pages", "past", "addresses"))
    cart = page["customer"].pop("cart")
    assert page["customer"].pop("ratings") == []
    at = "2026-03-02T04:00:00.000Z"
    assert page["customer"] == {"id": conv.customer_id, "name": "Miho", "language": "en"}
    assert address == [
        {
            "id": conv.identity_id,
            "channel": "web_chat",
            "kind": "visitor",
            "label": "v1",
            "grade": "first_seen",
            "blocked_at": None,
            "advertising": "unknown",
        }
    ]
    assert seen == [{"url": "https://shop.example/mug", "title": "Mug", "at": at}]
    price = {"amount_minor": 1200, "currency": "JPY"}
    assert cart == {
        "items": [{"sku": "MUG-1", "title": "Mug", "quantity": 2, "price": price}],
        "at": at,
    }
    then = "2026-03-02T03:00:00.000Z"
    assert past == [
        {"id": old_id, "opened_at": then, "closed_at": then, "preview": "An older matter"}
    ]


async def test_the_page_says_what_happened_and_how_to_answer(world: World) -> None:
    _, conv, page = await page_of_miho(world)
    assert page["routes"] == [
        {
            "identity": conv.identity_id,
            "channel": "web_chat",
            "label": "v1",
            "open": True,
            "kind": "live",
            "cost": "free",
            "expires_at": None,
            "closed": None,
            "reason": None,
            "held": True,
            "carries": True,
            "templates": 0,
            "quota": None,
        }
    ]
    shown = [(m["seq"], m["content"]["text"]) for m in page["messages"]]
    assert shown == [(1, "Is this in stock?")]
    assert [(h["kind"], h["by"], h["reason"]) for h in page["happenings"]] == [
        ("handoff_requested", None, "asked")
    ]
    assert page["has_earlier"] is False


async def test_earlier_messages_come_page_by_page(world: World) -> None:
    for number in range(1, 8):
        conv = world.shop.hears("v1", f"Message {number}")
    browser = await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv.id}"

    async def seqs(**params: Any) -> tuple[list[int], bool]:
        page = (await browser.get(path, **params)).json()
        return [m["seq"] for m in page["messages"]], page["has_earlier"]

    assert await seqs(limit=3) == ([5, 6, 7], True)
    assert await seqs(limit=3, before_seq=5) == ([2, 3, 4], True)
    assert await seqs(limit=3, before_seq=2) == ([1], False)
    assert await seqs(before_seq=1) == ([], False)
    assert (await browser.get(path, limit=0)).status_code == 400


async def test_a_blocked_address_says_why_it_is_closed(world: World, post_inbox: Inbox) -> None:
    conv_id = hears_by_post(world, post_inbox, "Hello")

    class Shut(Post):
        def routes(self, standing: Any, now: Any) -> list[Any]:
            return []

    known: dict[str, Any] = registry.channels()
    known["post"] = Shut()
    browser = await world.browser(world.shop.ken)
    way = (await browser.page(conv_id))["routes"][0]
    assert (way["open"], way["reason"]) == (
        False,
        "Nothing can be sent now. It opens again when the customer writes.",
    )

    def block(session: Session) -> None:
        where = identity(session, world.shop.id, way["identity"])
        set_blocked(session, where, world.clock.now())

    world.db.write_now(block)
    page = await browser.page(conv_id)
    assert page["routes"][0]["reason"] == "The customer has blocked the shop."
    assert page["customer"]["addresses"][0]["blocked_at"] == "2026-03-02T03:00:00.000Z"
    world.db.write_now(lambda s: s.run("UPDATE inbox SET disabled_at = 1 WHERE channel = 'post'"))
    assert (await browser.page(conv_id))["routes"][0]["reason"] == (
        "This inbox is switched off. Switch it on in the settings to send."
    )


async def test_a_note_is_written_once_and_never_leaves_the_desk(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    hana, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv.id}/notes"
    body = {"client_id": "n1", "text": " Likes blue. "}
    answers = await asyncio.gather(*(ken.post(path, body) for _ in range(3)))
    assert {one.status_code for one in answers} == {201}
    assert {one.text for one in answers} == {answers[0].text}
    note = answers[0].json()
    assert note | {"id": 0} == {
        "id": 0,
        "client_id": "n1",
        "mentions": [],
        "after_seq": 1,
        "agent": {"id": world.shop.ken.id, "name": "Ken"},
        "text": "Likes blue.",
        "to": None,
        "at": "2026-03-02T03:00:00.000Z",
    }
    # A colleague whose browser chose the same id has a note of their own.
    assert (await hana.post(path, {"client_id": "n1", "text": "Really?"})).status_code == 201
    assert [n["text"] for n in (await hana.page(conv.id))["notes"]] == ["Likes blue.", "Really?"]
    assert world.rows("SELECT count(*) FROM message") == [(1,)]
    for text in ("", "  ", "x" * 10_001, "a\0"):
        answer = await ken.post(path, {"client_id": "n2", "text": text})
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid")
    assert world.counted()["note"] == 2


async def test_reading_up_to_a_message_leaves_what_came_later_unread(world: World) -> None:
    conv = world.shop.hears("v1", "One")
    world.shop.hears("v1", "Two")
    browser = await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv.id}/read"

    async def unread_after(seq: int) -> tuple[int, list[str]]:
        answer = await browser.post(path, {"seq": seq})
        assert (answer.status_code, answer.text) == (204, "")
        page = await browser.page(conv.id)
        return page["conversation"]["unread"], [m["state"] for m in page["messages"]]

    assert await unread_after(1) == (1, ["read", "accepted"])
    # What has not been said yet cannot have been read.
    assert await unread_after(10_000) == (0, ["read", "read"])
    world.shop.hears("v1", "Three")
    assert await unread_after(2) == (1, ["read", "read", "accepted"])
    assert await unread_after(3) == (0, ["read", "read", "read"])
    assert await unread_after(1) == (0, ["read", "read", "read"])


async def test_search_finds_only_what_is_ours(world: World) -> None:
    ids = [world.shop.hears(f"v{n}", f"返品したいです {n}", name="美穂").id for n in range(3)]
    world.other.hears("v1", "返品したいです")
    browser = await world.browser(world.shop.ken)
    found = (await browser.get("/api/search", q="返品")).json()
    assert [hit["conversation"] for hit in found["hits"]] == ids[::-1]
    assert found["next"] is None
    hit = found["hits"][0]
    assert hit == {
        "conversation": ids[2],
        "message": hit["message"],
        "seq": 1,
        "customer": {"id": hit["customer"]["id"], "name": "美穂"},
        "channel": "web_chat",
        "text": "返品したいです 2",
        "occurred_at": "2026-03-02T03:00:00.000Z",
    }
    first = (await browser.get("/api/search", q="返品", limit=2)).json()
    assert [h["conversation"] for h in first["hits"]] == [ids[2], ids[1]]
    rest = (await browser.get("/api/search", q="返品", limit=2, before=first["next"])).json()
    assert [h["conversation"] for h in rest["hits"]] == [ids[0]]
    assert (await browser.get("/api/search", q="交換")).json()["hits"] == []
    assert (await browser.get("/api/search", q='\0 " * OR')).status_code == 200
    assert (await browser.get("/api/search")).status_code == 400
    assert (await browser.get("/api/search", q="x" * 201)).status_code == 400


async def upload(browser: Browser, body: bytes, kind: str, name: str = "mug.png") -> Any:
    headers = {"X-CSRF-Token": browser.csrf, "Content-Type": kind}
    return await browser.http.post(
        "/api/files", params={"name": name}, content=body, headers=headers
    )


async def test_a_picture_is_kept_and_sent(world: World) -> None:
    conv = world.shop.hears("v1", "What does it look like?")
    browser = await world.browser(world.shop.ken)
    answer = await upload(browser, PNG, "image/png", "../マグ.exe")
    assert answer.status_code == 201
    kept = answer.json()
    assert (kept["name"], kept["type"], kept["size_bytes"]) == ("マグ.png", "image/png", len(PNG))
    assert kept["url"].startswith(f"/files/{world.shop.id}/")
    assert world.context.files.get(kept["file"]) == PNG
    owner = world.rows("SELECT owner FROM file")
    assert owner == [(f"agent:{world.shop.ken.id}",)]

    row = await row_of(browser, conv.id)
    path = f"/api/conversations/{conv.id}/messages"
    sent = (await browser.post(path, said("c1", row, "", file=kept["file"]))).json()["message"]
    shown = {name: kept[name] for name in ("url", "name", "type", "size_bytes")}
    assert [(b["type"], b["file"], b["alt_text"]) for b in sent["blocks"]] == [
        ("image", shown, "マグ.png")
    ]

    other = await world.browser(world.other.ken)
    conv = world.other.hears("v1", "Hello")
    before = world.counted()
    stolen = said("c1", await row_of(other, conv.id), file=kept["file"])
    assert (await other.post(f"/api/conversations/{conv.id}/messages", stolen)).status_code == 404
    assert world.counted() == before


async def test_files_that_are_not_what_they_say_are_not_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaiwa.web.desk_files.LARGEST_FILE_BYTES", 1_000)
    browser = await world.browser(world.shop.ken)
    for body, kind, status in (
        (b"<script>", "image/png", 400),
        (PNG, "text/html", 400),
        (PNG, "", 400),
        (b"", "image/png", 400),
        (PNG + b"x" * 1_000, "image/png", 413),
    ):
        assert (await upload(browser, body, kind)).status_code == status
    refused = await browser.http.post("/api/files?name=a", content=PNG)
    assert refused.status_code == 403
    assert world.counted()["file"] == 0


async def test_a_body_that_does_not_say_its_size_is_refused_too(world: World) -> None:
    browser = await world.browser(world.shop.ken)

    async def pieces() -> Any:
        for _ in range(21):
            yield b"x" * 1_000_000

    headers = {"X-CSRF-Token": browser.csrf, "Content-Type": "image/png"}
    answer = await browser.http.post("/api/files", content=pieces(), headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")
    assert world.counted()["file"] == 0


async def queued(browser: Browser, conv_id: int, client_id: str) -> int:
    row = await row_of(browser, conv_id)
    answer = await browser.post(f"/api/conversations/{conv_id}/messages", said(client_id, row))
    assert answer.json()["message"]["state"] == "queued"
    return int(answer.json()["message"]["id"])


async def test_a_waiting_message_is_taken_back(world: World, post_inbox: Inbox) -> None:
    conv_id = hears_by_post(world, post_inbox, "Hello")
    browser = await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv_id}/messages"

    first = await queued(browser, conv_id, "c1")
    second = await queued(browser, conv_id, "c2")
    answer = await browser.post(f"{path}/{first}/cancel")
    assert (answer.status_code, answer.json()["message"]["state"]) == (200, "cancelled")
    assert (await browser.post(f"{path}/{first}/cancel")).status_code == 409
    assert (await browser.post(f"{path}/{first}/retry", {})).status_code == 409
    jobs = world.rows("SELECT key FROM job WHERE kind = 'deliver'")
    assert jobs == [(f"deliver:{second}",)]

    elsewhere = world.shop.hears("v9", "Hello")
    wrong = await browser.post(f"/api/conversations/{elsewhere.id}/messages/{second}/cancel")
    assert wrong.status_code == 404


async def test_a_failed_message_is_sent_again_and_never_doubled_unasked(
    world: World, post_inbox: Inbox
) -> None:
    conv_id = hears_by_post(world, post_inbox, "Hello")
    browser = await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv_id}/messages"
    second = await queued(browser, conv_id, "c1")

    def becomes(state: str, permanent: int) -> None:
        def settle(session: Session) -> None:
            session.run("DELETE FROM job WHERE kind = 'deliver'")
            session.run(
                "UPDATE message SET state = :state, permanent = :permanent WHERE id = :id",
                state=state,
                permanent=permanent,
                id=second,
            )

        world.db.write_now(settle)

    for state, permanent, body, status, reason in (
        ("failed", 1, {}, 409, "not_again"),
        ("unknown", 0, {}, 409, "may_double"),
        ("unknown", 0, {"may_double": False}, 409, "may_double"),
        ("unknown", 0, {"may_double": True}, 200, None),
        ("failed", 0, {}, 200, None),
    ):
        becomes(state, permanent)
        before = world.counted()
        answer = await browser.post(f"{path}/{second}/retry", body)
        assert answer.status_code == status, (state, body)
        if status == 409:
            assert answer.json()["detail"]["reason"] == reason
            assert world.counted() == before
        else:
            assert answer.json()["message"]["state"] == "queued"
            assert world.rows("SELECT key FROM job WHERE kind = 'deliver'") == [
                (f"deliver:{second}",)
            ]


async def test_typing_is_told_to_a_channel_that_can_show_it(
    world: World, post_inbox: Inbox
) -> None:
    conv_id = hears_by_post(world, post_inbox, "Hello")
    ours = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.ken)
    for one in (conv_id, conv_id, ours.id):
        assert (await browser.post(f"/api/conversations/{one}/typing")).status_code == 204
    jobs = world.rows("SELECT pool, payload, key FROM job WHERE kind = 'show_typing'")
    assert jobs == [("courtesy", f"{world.shop.id} {conv_id}", f"typing:{conv_id}")]
