"""After closing, the customer is asked once how it was; what comes back is kept and shown."""

from datetime import timedelta
from typing import Any

import pytest

from kaiwa.conversations.conversation import Conversation, conversation, newest_of
from kaiwa.conversations.intake import Place, take_in
from kaiwa.conversations.message import messages_before
from kaiwa.conversations.rating import DEFINITION
from kaiwa.merchants.merchant import MerchantChange, change_merchant
from kaiwa.vocabulary.content import Content, Postback, Text
from kaiwa.vocabulary.event import InboundEvent, Said, Sender
from tests.web.desk.world import Browser, Shop, World


def wants_ratings(shop: Shop) -> None:
    shop.merchant = shop.db.write_now(
        lambda s: change_merchant(s, shop.id, MerchantChange(asks_rating=True))
    )


def sends(shop: Shop, content: Content, number: str, visitor: str = "v1") -> None:
    said = Said(content, f"{visitor}/{number}")
    event = InboundEvent(number, said, Sender("visitor", visitor), occurred_at=shop.clock.now())
    place = Place(shop.merchant, shop.inbox)
    shop.db.write_now(lambda s: take_in(s, place, event, lambda s, fact: None, shop.clock.now()))


def said(shop: Shop, conv: Conversation) -> list[tuple[str, str]]:
    found = shop.db.read_now(lambda s: messages_before(s, shop.id, conv.id, 2**31 - 1, 50))
    return [(one.sender, one.text.partition("\n")[0]) for one in found]


def now_of(shop: Shop, conv: Conversation) -> Conversation:
    found = shop.db.read_now(lambda s: newest_of(s, shop.id, conv.customer_id))
    assert found is not None
    return found


async def closed(world: World, *, answered: bool = True) -> tuple[Browser, Conversation]:
    """A conversation that an agent has answered and closed."""
    browser = await world.browser(world.shop.hana)
    conv = world.shop.hears("v1", "Hello, is anybody there?")
    epoch = conv.epoch
    if answered:
        body = {"client_id": "c1", "text": "Yes.", "epoch": epoch, "last_seq": conv.last_seq}
        sent = await browser.post(f"/api/conversations/{conv.id}/messages", body)
        assert sent.status_code == 201, sent.text
        epoch = sent.json()["conversation"]["epoch"]
    done = await browser.post(f"/api/conversations/{conv.id}/close", {"epoch": epoch})
    assert done.status_code == 200, done.text
    return browser, world.db.read_now(lambda s: conversation(s, world.shop.id, conv.id))


async def figures(browser: Browser) -> dict[str, Any]:
    answer = await browser.get("/api/ratings")
    return {name: answer.json()[name] for name in ("asked", "answered", "good", "percent")}


async def test_a_pressed_number_counts_once_and_is_shown(world: World) -> None:
    wants_ratings(world.shop)
    browser, conv = await closed(world)
    assert said(world.shop, conv)[-1][0] == "bot"
    assert said(world.shop, conv)[-1][1].startswith("How did we do?")
    # Closing again asks nothing more.
    again = await browser.post(f"/api/conversations/{conv.id}/close", {"epoch": conv.epoch})
    assert again.status_code == 200
    assert await figures(browser) == {"asked": 1, "answered": 0, "good": 0, "percent": None}
    sends(world.shop, Postback("2", f"rating:{conv.id}:2"), "p1")
    sends(world.shop, Postback("2", f"rating:{conv.id}:2"), "p1")
    sends(world.shop, Postback("5", f"rating:{conv.id}:5"), "p2")
    assert await figures(browser) == {"asked": 1, "answered": 1, "good": 0, "percent": 0}
    sends(world.shop, Postback("It took long", f"rating:{conv.id}:slow"), "p3")
    page = await browser.page(conv.id)
    assert page["customer"]["ratings"] == [
        {"conversation": conv.id, "score": 2, "words": "It took long"}
    ]
    lines = [(one["kind"], one["reason"]) for one in page["happenings"]]
    assert [one for one in lines if one[0] == "rated"] == [("rated", "2")]
    # The conversation stays closed, and nobody waits in it.
    row = page["conversation"]
    assert (row["status"], row["waiting_since"], row["unread"]) == ("closed", None, 0)
    assert [one[1] for one in said(world.shop, conv)[-5:]] == [
        "2",
        "Thank you for telling us. We're sorry that it wasn't what you hoped for. What was it?",
        "5",
        "It took long",
        "Thank you for letting us know.",
    ]
    fact = (await browser.get("/api/export", what="events")).text
    assert f'"definition":"{DEFINITION}","score":2' in fact


async def test_words_are_taken_from_who_wants_to_write_some(world: World) -> None:
    wants_ratings(world.shop)
    browser, conv = await closed(world)
    sends(world.shop, Text(" ５ "), "t1")
    sends(world.shop, Postback("Write a word", f"rating:{conv.id}:write"), "t2")
    sends(world.shop, Text("Hana was kind."), "t3")
    assert (await browser.page(conv.id))["customer"]["ratings"] == [
        {"conversation": conv.id, "score": 5, "words": "Hana was kind."}
    ]
    # What is said next is no rating any more: it is a new matter.
    sends(world.shop, Text("Do you have kettles?"), "t4")
    assert now_of(world.shop, conv).id != conv.id
    assert await figures(browser) == {"asked": 1, "answered": 1, "good": 1, "percent": 100}


@pytest.mark.parametrize("text", ["6", "0", "Where is my order?", "55"])
async def test_what_is_no_rating_opens_a_new_conversation(world: World, text: str) -> None:
    wants_ratings(world.shop)
    browser, conv = await closed(world)
    sends(world.shop, Text(text), "t1")
    assert now_of(world.shop, conv).id != conv.id
    assert (await figures(browser))["answered"] == 0


async def test_a_number_of_the_day_after_is_no_rating(world: World) -> None:
    wants_ratings(world.shop)
    browser, conv = await closed(world)
    world.clock.move(timedelta(hours=24).total_seconds())
    sends(world.shop, Text("5"), "t1")
    assert now_of(world.shop, conv).id != conv.id
    assert (await figures(browser))["answered"] == 0


async def test_nobody_is_asked_without_the_setting_or_without_an_answer(world: World) -> None:
    browser, conv = await closed(world)
    assert [sender for sender, _ in said(world.shop, conv)] == ["customer", "agent"]
    wants_ratings(world.shop)
    _, unanswered = await closed(world, answered=False)
    assert [sender for sender, _ in said(world.shop, unanswered)] == ["customer"]
    assert await figures(browser) == {"asked": 0, "answered": 0, "good": 0, "percent": None}


async def test_nobody_rates_for_somebody_else(world: World) -> None:
    wants_ratings(world.shop)
    wants_ratings(world.other)
    browser, conv = await closed(world)
    sends(world.shop, Postback("5", f"rating:{conv.id}:5"), "p1", visitor="v2")
    sends(world.other, Postback("5", f"rating:{conv.id}:5"), "p1")
    sends(world.shop, Postback("5", "rating:999999999999:5"), "p2", visitor="v2")
    assert (await figures(browser))["answered"] == 0
    assert (await browser.page(conv.id))["customer"]["ratings"] == []


async def test_an_agent_asks_before_closing_and_nobody_asks_again(world: World) -> None:
    wants_ratings(world.shop)
    browser = await world.browser(world.shop.hana)
    conv = world.shop.hears("v1", "Hello, is anybody there?")
    early = await browser.post(f"/api/conversations/{conv.id}/rating")
    assert (early.status_code, early.json()["detail"]["reason"]) == (409, "rating")
    body = {"client_id": "c1", "text": "Yes.", "epoch": conv.epoch, "last_seq": conv.last_seq}
    sent = await browser.post(f"/api/conversations/{conv.id}/messages", body)
    assert (await browser.post(f"/api/conversations/{conv.id}/rating")).status_code == 200
    assert (await browser.post(f"/api/conversations/{conv.id}/rating")).status_code == 409
    # A number that answers the question at once is a rating; the conversation stays open.
    sends(world.shop, Text("４"), "t1")
    assert await figures(browser) == {"asked": 1, "answered": 1, "good": 1, "percent": 100}
    assert now_of(world.shop, conv).status == "open"
    epoch = sent.json()["conversation"]["epoch"]
    await browser.post(f"/api/conversations/{conv.id}/close", {"epoch": epoch})
    assert [one[1].partition("?")[0] for one in said(world.shop, conv)].count("How did we do") == 1


async def test_a_number_that_answers_something_else_is_no_rating(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    conv = world.shop.hears("v1", "Hello, is anybody there?")
    body = {"client_id": "c1", "text": "Yes.", "epoch": conv.epoch, "last_seq": conv.last_seq}
    sent = (await browser.post(f"/api/conversations/{conv.id}/messages", body)).json()
    await browser.post(f"/api/conversations/{conv.id}/rating")
    row = sent["conversation"]
    body |= {"client_id": "c2", "text": "How many?", "epoch": row["epoch"], "last_seq": 9}
    assert (await browser.post(f"/api/conversations/{conv.id}/messages", body)).status_code == 201
    sends(world.shop, Text("4"), "t1")
    assert (await figures(browser))["answered"] == 0
    # Pressing the number still counts.
    sends(world.shop, Postback("5", f"rating:{conv.id}:5"), "p1")
    assert (await figures(browser))["good"] == 1
