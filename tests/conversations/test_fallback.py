"""What cannot go out by its own address goes through the shop's chain, once, and never in doubt."""

from typing import Any

import pytest

from kaiwa.conversations.happening import happenings
from kaiwa.conversations.merge import merge_customers, undo_merge
from kaiwa.conversations.outbox import send_again
from kaiwa.customers.consent import ConsentGiven, record_consent
from kaiwa.customers.grade import Grade
from kaiwa.customers.identity import Evidence
from kaiwa.merchants.audit import deeds
from kaiwa.merchants.fallback import after, entries, set_fallback
from kaiwa.merchants.inbox import note_quota
from kaiwa.merchants.merchant import merchant
from kaiwa.vocabulary.errors import Conflict, Invalid
from kaiwa.vocabulary.event import Failed
from tests.fakes.echo_channel import Killed, texts
from tests.world import Shop, World, dump, unheard

MAIL, PHONE = "mika@mail.example", "+819012345678"
WORDS = "Echoではお届けできなかったため、こちらからご連絡しています。"


def known(shop: Shop, *more: tuple[str, str], grade: Grade = "one_time_code") -> list[int]:
    """Mika on echo and at these (sender, channel), and the chain echo -> chirp -> plain."""
    for sender, on in more:
        shop.hear("以前のこと", sender=sender, on=on)
    shop.hear("箱は？")
    merged = [merge(shop, shop.person(*one).customer_id, grade) for one in more]
    chain(shop, "echo", "chirp", "plain")
    return merged


def merge(shop: Shop, other: int, grade: Grade) -> int:
    evidence, now = Evidence(grade, "a code", "agent:1"), shop.world.now
    pair = (shop.person().customer_id, other)
    return shop.world.write(lambda s: merge_customers(s, shop.id, pair, evidence, now)).id


def chain(shop: Shop, *kinds: str) -> None:
    now = shop.world.now
    shop.world.write(lambda s: set_fallback(s, shop.id, kinds, "agent:1", now))


@pytest.mark.parametrize("mood", ["blocked", "window_closed", "quota", "invalid"])
def test_what_fails_for_good_goes_by_the_next_channel(world: World, shop: Shop, mood: Any) -> None:
    known(shop, (MAIL, "chirp"))
    world.echo.moods.append(mood)
    aoi = shop.agent()
    failed = shop.say("紙の箱です。", by="agent", agent_id=aoi.id)
    world.deliver_all()
    assert world.echo.accepted == []
    assert world.chirp.received(MAIL) == [WORDS, "紙の箱です。"]
    assert shop.message(failed.id).state == "failed"
    moved = shop.messages(shop.open())[-1]
    assert (moved.state, moved.sender, moved.agent_id) == ("accepted", "agent", aoi.id)
    lines = world.read(lambda s: happenings(s, shop.id, moved.conversation_id))
    assert [(one.kind, one.reason) for one in lines] == [("rerouted", "echo chirp")]


def test_without_a_chain_it_stays_failed(world: World, shop: Shop) -> None:
    known(shop, (MAIL, "chirp"))
    chain(shop)
    world.echo.moods.append("blocked")
    failed = shop.say("紙の箱です。")
    world.deliver_all()
    assert world.chirp.accepted == []
    assert shop.messages(shop.open())[-1].id == failed.id


@pytest.mark.parametrize("mood", ["credentials", "down"])
def test_what_may_pass_is_not_moved(world: World, shop: Shop, mood: Any) -> None:
    known(shop, (MAIL, "chirp"))
    world.echo.moods.extend([mood] * 12)
    failed = shop.say("紙の箱です。")
    world.deliver_all()
    assert shop.message(failed.id).state == "failed"
    assert world.chirp.accepted == []


def test_what_nobody_knows_the_fate_of_is_never_moved(world: World, shop: Shop) -> None:
    known(shop, ("m2", "plain"))
    chain(shop, "plain", "echo")
    shop.hear("箱は？", sender="m2", on="plain")
    world.plain.moods.extend(["loses_silently", "blocked"])
    lost = shop.say("紙の箱です。")
    world.deliver_all()
    assert shop.message(lost.id).state == "unknown"
    assert world.echo.accepted == []


def test_a_message_of_which_a_part_arrived_stays_for_a_person(world: World, shop: Shop) -> None:
    known(shop, (MAIL, "chirp"))
    world.echo.moods.extend(["well", "blocked"])
    half = shop.say(texts("一", "二"))
    world.deliver_all()
    assert shop.message(half.id).state == "failed"
    assert world.echo.received("mika") == ["一"]
    assert world.chirp.accepted == []


def test_a_bounce_after_it_was_accepted_moves_it_too(world: World, shop: Shop) -> None:
    known(shop, (MAIL, "chirp"))
    said = shop.say("紙の箱です。")
    world.deliver_all()
    bounce = Failed(world.echo.accepted[0].external_id, "mailbox unknown")
    shop.hear(bounce)
    shop.hear(bounce)
    world.deliver_all()
    assert shop.message(said.id).state == "failed"
    assert world.chirp.received(MAIL) == [WORDS, "紙の箱です。"]


def test_a_bounce_after_days_moves_nothing(world: World, shop: Shop) -> None:
    known(shop, (MAIL, "chirp"))
    shop.say("紙の箱です。")
    world.deliver_all()
    world.clock.move(2 * 86_400)
    shop.hear(Failed(world.echo.accepted[0].external_id, "mailbox unknown"))
    world.deliver_all()
    assert world.chirp.accepted == []


def test_a_closed_channel_in_the_chain_is_passed_over(world: World, shop: Shop) -> None:
    known(shop, (MAIL, "chirp"), (PHONE, "plain"))
    world.write(lambda s: note_quota(s, shop.inboxes["chirp"], 0))
    world.echo.moods.append("blocked")
    shop.say("紙の箱です。")
    world.deliver_all()
    assert world.plain.received(PHONE) == [WORDS, "紙の箱です。"]


def test_it_goes_down_the_chain_and_ends(world: World, shop: Shop) -> None:
    known(shop, (MAIL, "chirp"), (PHONE, "plain"))
    for fake in (world.echo, world.chirp, world.plain):
        fake.moods.append("blocked")
    shop.say("紙の箱です。")
    world.deliver_all()
    said = shop.messages(shop.open())[1:]
    assert [(one.state, one.identity_id) for one in said] == [
        ("failed", shop.person().id),
        ("failed", shop.person(MAIL, "chirp").id),
        ("failed", shop.person(PHONE, "plain").id),
    ]


@pytest.mark.parametrize("grade", ["claimed", "order_number"])
def test_an_address_that_is_only_claimed_gets_nothing(
    world: World, shop: Shop, grade: Grade
) -> None:
    known(shop, (MAIL, "chirp"), grade=grade)
    world.echo.moods.append("blocked")
    shop.say("紙の箱です。")
    world.deliver_all()
    assert world.chirp.accepted == []


def test_after_an_unmerge_nobody_gets_what_the_other_was_told(world: World, shop: Shop) -> None:
    (merged,) = known(shop, (MAIL, "chirp"))
    shop.say("紙の箱です。")
    world.write(lambda s: undo_merge(s, shop.id, merged, "agent:1", world.now, unheard))
    world.echo.moods.append("blocked")
    world.deliver_all()
    assert world.chirp.accepted == []


def test_a_moved_message_cannot_be_sent_again_where_it_failed(world: World, shop: Shop) -> None:
    known(shop, (MAIL, "chirp"))
    world.echo.moods.append("window_closed")
    failed = shop.say("紙の箱です。")
    world.deliver_all()
    before = dump(world.db, shop.id)
    with pytest.raises(Conflict) as refused:
        world.write(lambda s: send_again(s, shop.id, failed.id, may_double=True, now=world.now))
    assert refused.value.detail == {"reason": "moved"}
    assert dump(world.db, shop.id) == before


@pytest.mark.parametrize("agreed", [False, True])
def test_advertising_moves_only_where_it_was_agreed_to(
    world: World, shop: Shop, agreed: bool
) -> None:
    known(shop, (MAIL, "chirp"))
    yes, here, there = ConsentGiven("granted", "x"), shop.person().id, shop.person(MAIL, "chirp").id
    for place in (here, there) if agreed else (here,):
        world.write(lambda s, p=place: record_consent(s, shop.id, p, yes, world.now))  # type: ignore[misc]
    world.echo.moods.append("blocked")
    shop.say("秋の大売り出し", by="campaign")
    world.deliver_all()
    assert world.chirp.received(MAIL) == (["秋の大売り出し"] if agreed else [])


def test_the_chain_is_written_down_and_knows_families(world: World, shop: Shop) -> None:
    chain(shop, "echo", "chirp")
    chain(shop, "echo", "chirp")
    assert world.read(lambda s: merchant(s, shop.id)).settings.fallback == ("echo", "chirp")
    told = [deed for _, deed in world.read(lambda s: deeds(s, shop.id))]
    assert [(one.action, one.detail) for one in told] == [
        ("changed_fallback", {"from": [], "to": ["echo", "chirp"]})
    ]
    assert entries() == ["chirp", "echo", "plain"]
    assert after(("line", "sms", "email"), "sms_twilio") == ("email",)
    assert after(("line", "sms"), "email") == ()


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (("echo",), "at least two"),
        (("echo", "echo"), "once"),
        (("echo", "pigeon"), "There is no channel 'pigeon'. There are: chirp, echo, plain."),
    ],
)
def test_a_chain_that_cannot_be_is_refused(
    world: World, shop: Shop, kinds: tuple[str, ...], words: str
) -> None:
    before = dump(world.db, shop.id)
    with pytest.raises(Invalid, match=words):
        chain(shop, *kinds)
    assert dump(world.db, shop.id) == before


@pytest.mark.parametrize("death", ["dies_before", "dies_after"])
def test_a_process_that_dies_on_the_way_moves_it_once_or_not_at_all(
    world: World, shop: Shop, death: Any
) -> None:
    """Repeated with the same key, the call that worked is known to have worked."""
    known(shop, (MAIL, "chirp"))
    world.echo.moods.extend([death, "blocked"] if death == "dies_before" else [death])
    shop.say("紙の箱です。")
    (job,) = world.claimed("delivery")
    with pytest.raises(Killed):
        world.carry(job)
    world.reclaim()
    world.deliver_all()
    arrived = world.echo.received("mika") + world.chirp.received(MAIL)
    if death == "dies_after":
        assert arrived == ["紙の箱です。"]
    else:
        # Nobody knows whether the first call worked: it is not sent another way.
        assert arrived == []
        assert shop.messages(shop.open())[-1].state == "unknown"
