"""Saved replies: kept, filled from records, and never sent with a blank in them."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.desk.blank import BLANKS, blanks_in, filled, require_filled
from kaiwa.vocabulary.errors import Invalid
from tests.web.desk.trading import Trade
from tests.web.desk.world import Browser, World


async def keep(browser: Browser, **body: Any) -> Any:
    answer = await browser.post("/api/saved-replies", body)
    assert answer.status_code == 201, answer.text
    return answer.json()["reply"]


async def titles(browser: Browser) -> list[str]:
    return [one["title"] for one in (await browser.get("/api/saved-replies")).json()["replies"]]


async def test_the_shops_replies_are_everybodys_and_ones_own_are_ones_own(world: World) -> None:
    hana, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    shared = await keep(hana, title="Thanks", text="Thank you!", shortcut="/Thanks", shared=True)
    assert shared == {
        "id": shared["id"],
        "title": "Thanks",
        "shortcut": "thanks",
        "language": None,
        "text": "Thank you!",
        "shared": True,
    }
    own = await keep(ken, title="Ken's", text="Yours, Ken")
    assert await titles(ken) == ["Ken's", "Thanks"]
    assert await titles(hana) == ["Thanks"]
    # An agent neither writes nor changes what is the shop's, nor sees a colleague's.
    refused = [
        await ken.post("/api/saved-replies", {"title": "x", "text": "x", "shared": True}),
        await ken.http.put(
            f"/api/saved-replies/{shared['id']}",
            json={"title": "x", "text": "x"},
            headers={"X-CSRF-Token": ken.csrf},
        ),
        await ken.http.delete(
            f"/api/saved-replies/{shared['id']}", headers={"X-CSRF-Token": ken.csrf}
        ),
    ]
    assert [one.status_code for one in refused] == [403] * 3
    strange = await hana.http.delete(
        f"/api/saved-replies/{own['id']}", headers={"X-CSRF-Token": hana.csrf}
    )
    assert strange.status_code == 404
    taken = await ken.post("/api/saved-replies", {"title": "y", "text": "y", "shortcut": "thanks"})
    assert taken.json()["error"] == "conflict"
    other = await ken.post(
        "/api/saved-replies",
        {
            "title": "ありがとう",
            "text": "ありがとうございます",
            "shortcut": "thanks",
            "language": "ja",
        },
    )
    assert other.status_code == 201


async def test_what_nothing_fills_is_refused_when_it_is_kept(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    answer = await browser.post(
        "/api/saved-replies", {"title": "x", "text": "Dear {{customer.nickname}}"}
    )
    assert (answer.status_code, answer.json()["detail"]["blanks"]) == (400, ["customer.nickname"])
    assert await titles(browser) == []


async def test_facts_come_from_the_records_of_this_conversation(world: World) -> None:
    shop, trade = world.shop, Trade(world.shop)
    conv = shop.hears("v1", "Hello, where is my order?", name="Miho")
    browser = await world.browser(shop.ken)
    where = f"/api/conversations/{conv.id}/reply-facts"
    assert (await browser.get(where)).json() == {
        "facts": {"customer.name": "Miho", "shop.name": "Shop mori", "agent.name": "Ken"}
    }
    found = await trade.bought(conv, (trade.article("KETTLE", 8800), 1))
    facts = (await browser.get(where)).json()["facts"]
    assert facts["order.number"] == found.number
    assert facts["order.total"] == "¥9,350"
    assert facts["order.state"] == "being prepared"
    assert "parcel.number" not in facts
    assert facts.keys() <= set(BLANKS)


async def test_an_answer_with_a_blank_in_it_is_not_sent(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.ken)
    before = world.counted()
    body = {"client_id": "c1", "epoch": 1, "last_seq": 1, "text": "Dear {{ customer.name }}, hi"}
    answer = await browser.post(f"/api/conversations/{conv.id}/messages", body)
    assert (answer.status_code, answer.json()["detail"]["blanks"]) == (400, ["customer.name"])
    assert world.counted() == before


@given(
    st.text(string.printable + "{}"),
    st.dictionaries(st.sampled_from(BLANKS), st.text(string.ascii_letters, min_size=1)),
)
def test_filling_leaves_exactly_what_is_not_known(text: str, facts: dict[str, str]) -> None:
    whole = f"{text} {{{{order.number}}}} {{{{ agent.name }}}}"
    done, left = filled(whole, facts)
    assert left == blanks_in(done)
    assert not set(left) & set(facts)
    assert ("order.number" in left) == ("order.number" not in facts)
    if left:
        with pytest.raises(Invalid):
            require_filled(done)
    else:
        require_filled(done)
