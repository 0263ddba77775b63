"""An agent goes on at another address: the customer is told, nobody else hears a word."""

from typing import Any

import pytest

from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.merge import merge_customers, undo_merge
from kaiwa.customers.grade import Grade
from kaiwa.customers.identity import Evidence, set_blocked
from kaiwa.desk.continuing import Continuing, continue_at
from kaiwa.merchants.audit import deeds
from kaiwa.merchants.inbox import note_quota
from kaiwa.vocabulary.errors import Conflict, KaiwaError, NotFound
from tests.world import Shop, World, dump, unheard

MAIL = "mika@mail.example"


def two_addresses(shop: Shop, grade: Grade = "one_time_code") -> int:
    """Mika wrote by `chirp` before and by `echo` now; the merge that made her one."""
    shop.hear("以前のこと", sender=MAIL, on="chirp")
    shop.hear("箱はいくつ入りますか")
    pair = (shop.person().customer_id, shop.person(MAIL, "chirp").customer_id)
    evidence, now = Evidence(grade, "a code sent to both", "agent:1"), shop.world.now
    return shop.world.write(lambda s: merge_customers(s, shop.id, pair, evidence, now)).id


def go_on(shop: Shop, agent: int, to: int | None = None, **changed: Any) -> Conversation:
    conv = shop.open()
    there = to or shop.person(MAIL, "chirp").id
    given: dict[str, Any] = {"client_id": "c-1", "epoch": conv.epoch} | changed
    asked = Continuing(conv.id, agent, identity_id=there, **given)
    return shop.world.write(lambda s: continue_at(s, shop.id, asked, shop.world.now))


def test_the_next_answers_go_there_and_both_places_are_told(world: World, shop: Shop) -> None:
    two_addresses(shop)
    shop.say("12個です。")
    world.deliver_all()
    shop.hear("箱は？", reply_handle=world.echo.handle("mika"))
    aoi = shop.agent()
    conv = go_on(shop, aoi.id)
    there = shop.person(MAIL, "chirp")
    assert (conv.channel, conv.identity_id) == ("chirp", there.id)
    assert (conv.answered_by, conv.assignee_id) == ("agent", aoi.id)
    shop.say("紙の箱です。", by="agent", agent_id=aoi.id)
    world.deliver_all()
    assert world.echo.received("mika")[1:] == [
        "このあとはEcho（m…@mail.example）でご案内します。次のお返事はそちらをご覧ください。"
    ]
    assert world.echo.accepted[-1].operation == "reply"
    assert world.chirp.received(MAIL) == [
        "Shopです。Echoでのお話の続きを、こちらでご案内します。\n"
        "当店：「12個です。」\nお客様：「箱は？」",
        "紙の箱です。",
    ]


def test_it_is_one_timeline_with_a_line_that_says_who_moved_it(world: World, shop: Shop) -> None:
    two_addresses(shop)
    aoi = shop.agent()
    before = shop.open()
    conv = go_on(shop, aoi.id)
    assert conv.id == before.id
    lines = world.read(lambda s: happenings(s, shop.id, conv.id))
    assert [(one.kind, one.agent_id, one.reason) for one in lines] == [
        ("taken", aoi.id, None),
        ("continued", aoi.id, "echo chirp"),
    ]
    _, deed = world.read(lambda s: deeds(s, shop.id))[0]
    assert (deed.actor, deed.action, deed.subject, deed.detail) == (
        f"agent:{aoi.id}",
        "continued_elsewhere",
        f"conversation:{conv.id}",
        {"from": shop.person().id, "to": shop.person(MAIL, "chirp").id},
    )


def test_the_customer_still_waits_for_an_answer(world: World, shop: Shop) -> None:
    two_addresses(shop)
    conv = go_on(shop, shop.agent().id)
    assert conv.waiting_since == world.now
    assert (conv.last_in_seq, conv.last_out_seq) == (1, 2)


def test_the_old_place_is_not_told_for_money(world: World, shop: Shop) -> None:
    two_addresses(shop)
    conv = go_on(shop, shop.agent().id)
    world.deliver_all()
    assert world.echo.accepted == []
    assert [one.text.partition("\n")[0] for one in shop.messages(conv)] == [
        "箱はいくつ入りますか",
        "Shopです。Echoでのお話の続きを、こちらでご案内します。",
    ]


def test_a_notice_whose_free_way_ends_before_it_goes_is_left_unsaid(
    world: World, shop: Shop
) -> None:
    two_addresses(shop)
    shop.hear("箱は？", reply_handle=world.echo.handle("mika"))
    conv = go_on(shop, shop.agent().id)
    world.clock.move(120)
    world.deliver_all()
    assert world.echo.accepted == []
    notice = shop.messages(conv)[2]
    assert (notice.state, notice.error) == (
        "cancelled",
        "not_free: it was not worth a paid message",
    )


def test_the_same_click_twice_says_it_once(world: World, shop: Shop) -> None:
    two_addresses(shop)
    aoi, conv = shop.agent(), shop.open()
    first = go_on(shop, aoi.id)
    before = dump(world.db, shop.id)
    assert go_on(shop, aoi.id, epoch=conv.epoch) == first
    assert go_on(shop, aoi.id, client_id="c-2") == first
    assert dump(world.db, shop.id) == before


def test_when_the_customer_writes_at_the_old_place_it_goes_on_there(
    world: World, shop: Shop
) -> None:
    two_addresses(shop)
    go_on(shop, shop.agent().id)
    shop.hear("やっぱりこちらで")
    assert shop.open().channel == "echo"
    shop.say("はい")
    world.deliver_all()
    assert world.echo.received("mika") == ["はい"]


@pytest.mark.parametrize("grade", ["claimed", "order_number"])
def test_what_is_only_claimed_is_refused_and_nothing_happens(
    world: World, shop: Shop, grade: Grade
) -> None:
    two_addresses(shop, grade)
    aoi = shop.agent()
    before = dump(world.db, shop.id)
    with pytest.raises(Conflict) as refused:
        go_on(shop, aoi.id)
    assert refused.value.detail == {"reason": "not_proven"}
    assert dump(world.db, shop.id) == before


def test_a_claimed_address_learns_nothing_from_the_others_either(world: World, shop: Shop) -> None:
    """The stranger who is only believed to be Mika writes last: Mika's own address stays quiet."""
    two_addresses(shop, "claimed")
    shop.hear("注文はどこですか", sender=MAIL, on="chirp")
    with pytest.raises(Conflict) as refused:
        go_on(shop, shop.agent().id, shop.person().id)
    assert refused.value.detail == {"reason": "not_proven"}


def test_a_signed_in_person_merged_on_a_claim_is_only_claimed(world: World, shop: Shop) -> None:
    """Whatever was proven of the absorbed one was proven of another customer."""
    shop.hear("a", sender="ren", on="plain")
    two_addresses(shop, "signed_in")
    pair = (shop.person("ren", "plain").customer_id, shop.person().customer_id)
    claimed = Evidence("claimed", "they sound alike", "agent:1")
    merged = world.write(lambda s: merge_customers(s, shop.id, pair, claimed, world.now))
    assert {shop.person().grade, shop.person(MAIL, "chirp").grade} == {"claimed"}
    world.write(lambda s: undo_merge(s, shop.id, merged.id, "agent:1", world.now, unheard))
    assert shop.person().grade == "first_seen"
    assert shop.person(MAIL, "chirp").grade == "signed_in"


@pytest.mark.parametrize("why", ["blocked", "quota"])
def test_where_nothing_may_be_sent_it_cannot_go_on(world: World, shop: Shop, why: str) -> None:
    two_addresses(shop)
    there, box = shop.person(MAIL, "chirp"), shop.box("chirp")
    if why == "blocked":
        world.write(lambda s: set_blocked(s, there, world.now))
    else:
        world.write(lambda s: note_quota(s, box, 0))
    with pytest.raises(Conflict) as refused:
        go_on(shop, shop.agent().id)
    assert refused.value.detail == {"reason": why}
    assert shop.open().channel == "echo"


@pytest.mark.parametrize(
    ("changed", "wanted"), [({"epoch": 7}, Conflict), ({"to": 10**9}, NotFound)]
)
def test_an_old_lease_or_a_strangers_address_is_refused(
    world: World, shop: Shop, changed: dict[str, Any], wanted: type[KaiwaError]
) -> None:
    two_addresses(shop)
    aoi = shop.agent()
    before = dump(world.db, shop.id)
    with pytest.raises(wanted):
        go_on(shop, aoi.id, **changed)
    assert dump(world.db, shop.id) == before


def test_after_the_merge_is_taken_back_the_talk_is_at_its_own_address(
    world: World, shop: Shop
) -> None:
    merged = two_addresses(shop)
    conv = go_on(shop, shop.agent().id)
    world.write(lambda s: undo_merge(s, shop.id, merged, "agent:1", world.now, unheard))
    assert shop.conversation(conv.id).identity_id == shop.person().id
    with pytest.raises(NotFound):
        go_on(shop, shop.agent().id, client_id="c-3")
