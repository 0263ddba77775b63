"""Going on elsewhere through the desk's doors: another address, a link, the shop's chain."""

from typing import Any

import pytest

from kaiwa.channels import Ability, registry
from kaiwa.channels.contract import Account
from kaiwa.channels.web_chat import WebChat
from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.intake import Place, take_in
from kaiwa.conversations.merge import merge_customers
from kaiwa.customers.grade import Grade
from kaiwa.customers.identity import Evidence
from kaiwa.engines.db import Session
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, NewInbox, add_inbox
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.event import InboundEvent, Referral, Said, Sender
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language
from tests.web.desk.world import Browser, World


class Post(WebChat):
    """A channel that somebody else carries and that has links into its chat."""

    kind = "post"
    name = "Post"
    abilities = frozenset({Ability.LINK})
    address_kind = "box"

    def link(self, account: Account, ref: str, language: Language = DEFAULT_LANGUAGE) -> str:
        return f"https://post.example/?ref={ref}"


@pytest.fixture
def post(world: World, monkeypatch: pytest.MonkeyPatch) -> Inbox:
    known: dict[str, Any] = {"web_chat": WebChat(), "post": Post()}
    monkeypatch.setattr(registry, "channels", lambda: known)
    now, secrets = world.clock.now(), Secrets(b"0" * 32)
    return world.db.write_now(lambda s: add_inbox(s, world.shop.id, NewInbox("post"), secrets, now))


def hears(world: World, post: Inbox, text: str, ref: str | None = None) -> int:
    """Somebody writes by post; whose customer they are."""
    heard = Said(Text(text), text)
    referral = None if ref is None else Referral(ref)
    event = InboundEvent(text, heard, Sender("box", "box-1"), referral=referral)
    place, now = Place(world.shop.merchant, post), world.clock.now()
    world.db.write_now(lambda s: take_in(s, place, event, lambda s, fact: None, now))
    return int(world.rows("SELECT max(customer_id) FROM conversation WHERE channel = 'post'")[0][0])


def by_post(world: World, post: Inbox, grade: Grade) -> tuple[Conversation, int]:
    """Miho in the chat, and her address by post; the address's id."""
    other = hears(world, post, "Earlier by post")
    conv = world.shop.hears("v1", "Is this in stock?", name="Miho")
    evidence, now = Evidence(grade, "a code", "agent:1"), world.clock.now()

    def one(session: Session) -> None:
        merge_customers(session, world.shop.id, (conv.customer_id, other), evidence, now)

    world.db.write_now(one)
    return conv, int(world.rows("SELECT max(id) FROM identity WHERE kind = 'box'")[0][0])


async def go_on(browser: Browser, conv: Conversation, to: int, epoch: int) -> Any:
    body = {"client_id": "g-1", "epoch": epoch, "identity": to}
    return await browser.post(f"/api/conversations/{conv.id}/continue", body)


async def test_an_agent_goes_on_by_post_in_one_click(world: World, post: Inbox) -> None:
    conv, there = by_post(world, post, "one_time_code")
    browser = await world.browser(world.shop.ken)
    page = await browser.page(conv.id)
    routes = [(one["channel"], one["held"], one["carries"]) for one in page["routes"]]
    assert routes == [("web_chat", True, True), ("post", False, True)]
    answer = await go_on(browser, conv, there, page["conversation"]["epoch"])
    assert answer.status_code == 200
    row = answer.json()["conversation"]
    assert (row["channel"], row["answered_by"], row["assignee"]["name"]) == ("post", "agent", "Ken")
    page = await browser.page(conv.id)
    assert [one["held"] for one in page["routes"]] == [True, False]
    said = [(m["sender"], m["blocks"][0]["text"]) for m in page["messages"][1:]]
    assert said == [
        ("bot", "We're going on by Post. You'll find our next answer there."),
        (
            "bot",
            "Shop mori here. We're going on with our conversation from the shop's chat.\n"
            "You: “Is this in stock?”",
        ),
    ]
    assert [(one["kind"], one["reason"]) for one in page["happenings"]] == [
        ("taken", None),
        ("continued", "web_chat post"),
    ]


async def test_a_claimed_address_is_refused_with_the_reason(world: World, post: Inbox) -> None:
    conv, there = by_post(world, post, "claimed")
    browser = await world.browser(world.shop.ken)
    page = await browser.page(conv.id)
    assert [one["carries"] for one in page["routes"]] == [True, False]
    before = world.counted()
    answer = await go_on(browser, conv, there, page["conversation"]["epoch"])
    assert (answer.status_code, answer.json()["detail"]["reason"]) == (409, "not_proven")
    assert answer.json()["message"].startswith("It is not proven that this address")
    assert world.counted() == before


async def test_a_link_and_its_code_bring_the_customer_over(world: World, post: Inbox) -> None:
    conv = world.shop.hears("v1", "Is this in stock?")
    browser = await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv.id}/link"
    assert (await browser.get(path)).json() == {
        "inboxes": [{"id": post.id, "channel": "post", "name": "Post"}]
    }
    made = (await browser.post(path, {"inbox": post.id})).json()
    assert made["expires_at"] == "2026-03-02T03:30:00.000Z"
    assert made["qr"].startswith("<svg ")
    assert made["qr"].endswith("</svg>")
    hears(world, post, "Here I am", made["url"].partition("=")[2])
    page = await browser.page(conv.id)
    assert [m["content"]["text"] for m in page["messages"]] == ["Is this in stock?", "Here I am"]
    assert page["customer"]["addresses"][0]["grade"] == "click_through"
    assert [(one["kind"], one["reason"]) for one in page["happenings"]] == [
        ("arrived", "web_chat post")
    ]


async def test_no_link_leads_where_there_are_none(world: World, post: Inbox) -> None:
    conv = world.shop.hears("v1", "Is this in stock?")
    browser = await world.browser(world.shop.ken)
    before = world.counted()
    path = f"/api/conversations/{conv.id}/link"
    for box, status in ((world.shop.inbox.id, 400), (world.other.inbox.id, 404)):
        assert (await browser.post(path, {"inbox": box})).status_code == status
    assert world.counted() == before


async def test_the_chain_is_set_by_who_manages_inboxes(world: World, post: Inbox) -> None:
    browser = await world.browser(world.shop.hana)
    known = ["post", "web_chat"]
    assert (await browser.get("/api/fallback")).json() == {"chain": [], "known": known}
    answer = await browser.post("/api/fallback", {"chain": ["post", "web_chat"]})
    assert answer.json() == {"chain": ["post", "web_chat"], "known": known}
    refused = await browser.post("/api/fallback", {"chain": ["post", "pigeon"]})
    assert (refused.status_code, refused.json()["detail"]["field"]) == (400, "fallback")
    assert (await browser.get("/api/fallback")).json()["chain"] == ["post", "web_chat"]
    agent = await world.browser(world.shop.ken)
    assert (await agent.post("/api/fallback", {"chain": []})).status_code == 403
