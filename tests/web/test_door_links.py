"""A link into the shop's own chat: who follows it there is the person it was made for, once."""

from datetime import timedelta
from typing import Any

import pytest

from kaiwa.channels import Account, channel
from kaiwa.conversations.chat_link import AGAIN, LIFE, make_link
from kaiwa.customers.identity import Identity, resolve
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import inbox_by_key
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import Refused
from tests.web.doors import CHAT, LINE, NEIGHBOUR, NOW, OTHER_CHAT, Doors
from tests.web.test_door_widget import identity

LINE_USER = "U" + "1" * 32
PAGE = "https://shop.example/contact?from=line"


def on_line(session: Session) -> Identity:
    box = inbox_by_key(session, LINE)
    return resolve(session, box.merchant_id, Address(box.id, "line_user", LINE_USER), NOW)


def ref_for(doors: Doors, made_at: Any = NOW) -> str:
    """What stands behind the page's address in a link for somebody on LINE."""

    def make(session: Session) -> str:
        box = inbox_by_key(session, CHAT)
        account = Account(box.id, {"page_url": PAGE})
        return make_link(session, on_line(session), (box, account), "agent:1", made_at).url

    page, _, ref = doors.db.write_now(make).partition("#kaiwa=")
    assert page == PAGE
    return ref


def customers(doors: Doors) -> dict[str, int]:
    """By kind of address: whose it is."""
    rows = doors.all(
        """SELECT i.kind, l.customer_id FROM identity i JOIN identity_link l
        ON l.identity_id = i.id WHERE l.ended_at IS NULL"""
    )
    return {str(kind): int(customer) for kind, customer in rows}


def owners(doors: Doors) -> dict[str, int]:
    """By address: whose it is."""
    rows = doors.all(
        """SELECT i.value, l.customer_id FROM identity i JOIN identity_link l
        ON l.identity_id = i.id WHERE l.ended_at IS NULL"""
    )
    return {str(value): int(customer) for value, customer in rows}


async def test_who_follows_it_is_the_same_customer_before_a_word_is_written(doors: Doors) -> None:
    answer = await doors.session(ref=ref_for(doors))
    assert answer.status == 200
    found = customers(doors)
    assert found["visitor"] == found["line_user"]
    # What was said on LINE stays there: whoever got the link may be somebody else.
    assert answer.json["conversation"] is None


async def test_it_works_once(doors: Doors) -> None:
    ref = ref_for(doors)
    first, second = [await doors.session(ref=ref) for _ in range(2)]
    whose = owners(doors)
    assert whose[first.json["visitor"]] == whose[LINE_USER]
    assert whose[second.json["visitor"]] != whose[LINE_USER]
    # The same browser again: a page that is loaded anew loses nothing.
    again = await doors.session(first.json["token"], ref=ref)
    assert again.json["visitor"] == first.json["visitor"]
    assert owners(doors)[first.json["visitor"]] == whose[LINE_USER]


KEY = "c-8f14e45f-ceea-467f-a4e5"


async def test_whose_first_answer_was_lost_asks_again_and_is_the_same(doors: Doors) -> None:
    ref = ref_for(doors)
    lost, again = [await doors.session(ref=ref, key=KEY) for _ in range(2)]
    assert again.json["visitor"] == lost.json["visitor"]
    assert owners(doors)[again.json["visitor"]] == owners(doors)[LINE_USER]
    assert doors.count("identity", "kind = 'visitor'") == 1
    assert (await doors.say(again.json["token"], "c-1")).status == 202


async def test_another_browser_has_another_key_and_is_refused(doors: Doors) -> None:
    ref = ref_for(doors)
    first = await doors.session(ref=ref, key=KEY)
    for key in (None, f"{KEY}-other"):
        answer = await doors.session(ref=ref, key=key)
        assert answer.json["visitor"] != first.json["visitor"]
        assert owners(doors)[answer.json["visitor"]] != owners(doors)[LINE_USER]


async def test_it_can_be_asked_again_for_ten_minutes(doors: Doors) -> None:
    ref = ref_for(doors)
    first = await doors.session(ref=ref, key=KEY)
    doors.clock.move((AGAIN - timedelta(seconds=1)).total_seconds())
    assert (await doors.session(ref=ref, key=KEY)).json["visitor"] == first.json["visitor"]
    doors.clock.move(1)
    late = await doors.session(ref=ref, key=KEY)
    assert late.json["visitor"] != first.json["visitor"]
    assert owners(doors)[late.json["visitor"]] != owners(doors)[LINE_USER]


async def test_a_key_without_a_link_that_works_names_nobody(doors: Doors) -> None:
    unknown = [await doors.session(ref="A" * 22, key=KEY) for _ in range(2)]
    assert unknown[0].json["visitor"] != unknown[1].json["visitor"]
    ref = ref_for(doors)
    elsewhere = await doors.session(inbox=OTHER_CHAT, origin=NEIGHBOUR, ref=ref, key=KEY)
    here = await doors.session(ref=ref, key=KEY)
    assert elsewhere.json["visitor"] != here.json["visitor"]
    assert doors.count("chat_link", "used_at IS NULL") == 0


async def test_who_is_logged_in_and_asks_again_is_one_customer(doors: Doors) -> None:
    ref = ref_for(doors)
    lost, again = [await doors.session(identity=identity(), ref=ref, key=KEY) for _ in range(2)]
    assert again.json["visitor"] == lost.json["visitor"]
    assert len(set(customers(doors).values())) == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "あ" * 20, "' OR 1=1 -- and more", 7])
async def test_what_is_no_key_is_refused(doors: Doors, key: Any) -> None:
    ref = ref_for(doors)
    assert (await doors.session(ref=ref, key=key)).status == 400
    assert doors.count("chat_link", "used_at IS NULL") == 1
    assert doors.count("identity", "kind = 'visitor'") == 0


@pytest.mark.parametrize("ref", ["x", "A" * 22, "' OR 1=1 --", "\x00"])
async def test_what_is_no_link_of_ours_changes_nothing(doors: Doors, ref: str) -> None:
    ref_for(doors)
    assert (await doors.session(ref=ref)).status == 200
    found = customers(doors)
    assert found.get("visitor") != found["line_user"]


async def test_one_that_is_too_old_or_another_shop_s_changes_nothing(doors: Doors) -> None:
    late = ref_for(doors, NOW - LIFE - timedelta(seconds=1))
    await doors.session(ref=late)
    elsewhere = ref_for(doors)
    answer = await doors.session(inbox=OTHER_CHAT, origin=NEIGHBOUR, ref=elsewhere)
    assert answer.status == 200
    found = customers(doors)
    assert found["visitor"] != found["line_user"]


async def test_a_page_that_may_not_show_the_chat_uses_no_link_up(doors: Doors) -> None:
    ref = ref_for(doors)
    refused = await doors.session(origin="https://evil.example", ref=ref)
    assert refused.status == 403
    assert doors.count("identity", "kind = 'visitor'") == 0
    await doors.session(ref=ref)
    found = customers(doors)
    assert found["visitor"] == found["line_user"]


async def test_who_is_logged_in_at_the_shop_brings_the_address_along(doors: Doors) -> None:
    ref = ref_for(doors)
    await doors.session(identity=identity(), ref=ref)
    found = customers(doors)
    assert found["member"] == found["line_user"] == found["visitor"]


@pytest.mark.parametrize("page", ["", "shop.example", "javascript:alert(1)", "https://a b/"])
def test_without_a_page_there_is_no_link(page: str) -> None:
    with pytest.raises(Refused) as refused:
        channel("web_chat").link(Account(1, {"page_url": page}), "")
    assert refused.value.detail["reason"] == "credentials"


def test_a_link_without_a_person_only_opens_the_chat() -> None:
    account = Account(1, {"page_url": "https://shop.example/p#reviews"})
    assert channel("web_chat").link(account, "") == "https://shop.example/p#kaiwa"
