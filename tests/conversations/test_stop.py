"""STOP said anywhere stops advertising everywhere; what the customer asks is still answered."""

import pytest

from kaiwa.conversations.fact import MessageReceived
from kaiwa.conversations.handoff import Act, take
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.merge import merge_customers, undo_merge
from kaiwa.conversations.opting_out import is_stop
from kaiwa.customers.consent import (
    ConsentGiven,
    ConsentState,
    consent_state,
    consents,
    record_consent,
)
from kaiwa.customers.identity import Evidence
from kaiwa.vocabulary.content import Sticker, Text
from kaiwa.vocabulary.event import Unfollowed
from tests.world import Shop, World, unheard

CODE = Evidence("one_time_code", "a code sent to both", "agent:1")
STOPPED = "承知しました。今後、広告のお知らせはお送りしません。ご質問には引き続きお答えします。"


def both(shop: Shop) -> int:
    """Mika on echo and on chirp; she agreed to advertising on both."""
    shop.hear("a", sender="m2", on="chirp")
    shop.hear("b")
    for sender, on in (("mika", "echo"), ("m2", "chirp")):
        agree(shop, sender, on)
    pair = (shop.person().customer_id, shop.person("m2", "chirp").customer_id)
    now = shop.world.now
    return shop.world.write(lambda s: merge_customers(s, shop.id, pair, CODE, now)).id


def agree(shop: Shop, sender: str = "mika", on: str = "echo") -> None:
    where, now = shop.person(sender, on).id, shop.world.now
    yes = ConsentGiven("granted", "form", wording="お知らせを受け取る")
    shop.world.write(lambda s: record_consent(s, shop.id, where, yes, now))


def states(shop: Shop) -> tuple[ConsentState, ConsentState]:
    """On echo and on chirp, asked one by one and all at once."""
    one, two = shop.person().id, shop.person("m2", "chirp").id
    each = shop.world.read(
        lambda s: (consent_state(s, shop.id, one), consent_state(s, shop.id, two))
    )
    customer = shop.person().customer_id
    found = shop.world.read(lambda s: consents(s, shop.id, customer))
    if shop.person("m2", "chirp").customer_id == customer:
        assert (found.of(one), found.of(two)) == each
    return each


@pytest.mark.parametrize(
    "words", ["STOP", "stop all".upper(), "Unsubscribe", "配信停止", "「配信停止」", "配信停止希望",
              "メールの配信を停止してください", "ＳＴＯＰ", "opt out", "配信解除お願いします"]
)  # fmt: skip
def test_words_that_say_stop(words: str) -> None:
    assert is_stop(Text(words))


@pytest.mark.parametrize(
    "words", ["stop", "Stop showing me red ones", "配送を停止してください", "停止", "", "STOPWATCH"]
)
def test_words_that_do_not(words: str) -> None:
    assert not is_stop(Text(words))
    assert not is_stop(Sticker("1", "2", text="STOP"))


def test_stop_on_one_channel_stops_every_channel(world: World, shop: Shop) -> None:
    both(shop)
    assert states(shop) == ("granted", "granted")
    shop.hear("配信停止", sender="m2", on="chirp")
    assert states(shop) == ("refused", "refused")


def test_advertising_is_stopped_when_it_is_about_to_leave(world: World, shop: Shop) -> None:
    both(shop)
    planned = shop.say("秋の大売り出し", by="campaign", identity_id=shop.person().id)
    # It was agreed to when it was planned.
    shop.hear("STOP", sender="m2", on="chirp")
    world.deliver_all()
    found = shop.message(planned.id)
    assert (found.state, found.permanent, found.error) == (
        "failed",
        1,
        "no_consent: the customer wants no advertising here",
    )
    assert world.echo.accepted == []
    shop.hear("箱は？")
    shop.say("紙の箱です。")
    world.deliver_all()
    assert world.echo.received("mika") == ["紙の箱です。"]


def test_the_bot_says_that_it_holds_and_does_not_answer_besides(world: World, shop: Shop) -> None:
    both(shop)
    world.facts.clear()
    shop.hear("STOP", sender="m2", on="chirp")
    assert [one for one in world.facts if isinstance(one, MessageReceived)] == []
    world.deliver_all()
    assert world.chirp.received("m2") == [STOPPED]
    assert world.echo.accepted == []
    conv = shop.open()
    lines = world.read(lambda s: happenings(s, shop.id, conv.id))
    assert [(one.kind, one.reason) for one in lines] == [("opted_out", "chirp")]


def test_where_a_person_answers_the_person_sees_it(world: World, shop: Shop) -> None:
    both(shop)
    conv, aoi = shop.open(), shop.agent()
    world.write(lambda s: take(s, Act(shop.id, conv.id, aoi.id, conv.epoch), world.now))
    shop.hear("STOP", sender="m2", on="chirp")
    world.deliver_all()
    assert world.chirp.accepted == []
    assert states(shop) == ("refused", "refused")


def test_a_block_on_one_channel_is_a_refusal_of_the_person(world: World, shop: Shop) -> None:
    both(shop)
    shop.hear(Unfollowed())
    assert states(shop) == ("refused", "refused")


def test_who_agrees_anew_is_advertised_to_there_and_nowhere_else(world: World, shop: Shop) -> None:
    both(shop)
    shop.hear("STOP")
    agree(shop, "m2", "chirp")
    assert states(shop) == ("refused", "granted")


def test_two_people_again_the_others_stop_is_not_mine(world: World, shop: Shop) -> None:
    merged = both(shop)
    shop.hear("STOP", sender="m2", on="chirp")
    world.write(lambda s: undo_merge(s, shop.id, merged, "agent:1", world.now, unheard))
    assert states(shop) == ("granted", "refused")


def test_of_nobody_who_said_nothing_anything_is_assumed(world: World, shop: Shop) -> None:
    shop.hear("a")
    shop.hear("b", sender="m2", on="chirp")
    assert states(shop) == ("unknown", "unknown")
