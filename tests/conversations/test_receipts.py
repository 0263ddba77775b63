"""What providers tell of our messages afterwards moves states forward, never back."""

import pytest

from kaiwa.conversations.handoff import Act, close
from kaiwa.conversations.message import Message
from kaiwa.vocabulary.event import Delivered, Failed, Heard, Read
from tests.world import Shop, World, dump


def sent(shop: Shop, words: str = "はい") -> Message:
    said = shop.say(words)
    shop.world.deliver()
    after = shop.message(said.id)
    assert after.state == "accepted"
    return after


def state(shop: Shop, one: Message) -> str:
    return shop.message(one.id).state


def test_read_before_delivered_stays_read(shop: Shop) -> None:
    shop.hear("a")
    said = sent(shop)
    assert shop.hear(Read(said.external_id)) == "read 1"
    assert shop.hear(Delivered(said.external_id)) == "delivered 0"
    assert state(shop, said) == "read"


@pytest.mark.parametrize("late", ["delivered", "read", "failed"])
@pytest.mark.parametrize("reached", ["delivered", "read"])
def test_a_late_receipt_never_moves_a_state_back(
    world: World, shop: Shop, reached: str, late: str
) -> None:
    shop.hear("a")
    said = sent(shop)
    receipts: dict[str, Heard] = {
        "delivered": Delivered(said.external_id),
        "read": Read(said.external_id),
        "failed": Failed(str(said.external_id), "late"),
    }
    shop.hear(receipts[reached])
    shop.hear(receipts[late])
    wanted = "read" if "read" in (reached, late) else "delivered"
    assert (state(shop, said), shop.message(said.id).error) == (wanted, None)


def test_a_failure_told_later_is_final_or_not_as_the_provider_says(shop: Shop) -> None:
    shop.hear("a")
    for permanent in (True, False):
        said = sent(shop)
        shop.hear(Failed(str(said.external_id), "no such phone", permanent))
        after = shop.message(said.id)
        assert (after.state, after.error, bool(after.permanent)) == (
            "failed", "no such phone", permanent,
        )  # fmt: skip


def test_a_watermark_reads_everything_sent_before_it(world: World, shop: Shop) -> None:
    shop.hear("a")
    first, second = sent(shop, "一"), sent(shop, "二")
    until = world.now
    world.clock.move(10)
    third = sent(shop, "三")
    assert shop.hear(Read(up_to_at=until)) == "read 2"
    assert [state(shop, one) for one in (first, second, third)] == ["read", "read", "accepted"]
    assert shop.hear(Delivered(up_to_seq=third.seq)) == "delivered 1"
    assert [state(shop, one) for one in (first, second, third)] == ["read", "read", "delivered"]


def test_a_watermark_proves_nothing_of_what_was_not_sent_yet(world: World, shop: Shop) -> None:
    shop.hear("a")
    first = sent(shop, "一")
    world.echo.moods.append(("busy", 30))
    waiting = shop.say("二")
    world.deliver()
    world.echo.moods.append("loses_silently")
    world.clock.move(31)
    doubtful = shop.say("三")
    world.clock.move(1)
    world.deliver()
    shop.hear(Read(up_to_at=world.now))
    shop.hear(Delivered(up_to_seq=doubtful.seq))
    assert state(shop, first) == "read"
    assert "read" not in (state(shop, waiting), state(shop, doubtful))
    world.deliver_all()
    assert world.echo.received("mika") == ["一", "二", "三"]


def test_a_watermark_reaches_back_into_a_closed_conversation(world: World, shop: Shop) -> None:
    shop.hear("a")
    said, agent, conv = sent(shop), shop.agent(), shop.open()
    world.write(lambda s: close(s, Act(shop.id, conv.id, agent.id, conv.epoch), world.now))
    world.clock.move(5)
    shop.hear("b")
    shop.hear(Read(up_to_at=world.now))
    assert state(shop, said) == "read"


def test_a_seq_means_the_newest_conversation(world: World, shop: Shop) -> None:
    shop.hear("a")
    old, agent, conv = sent(shop), shop.agent(), shop.open()
    world.write(lambda s: close(s, Act(shop.id, conv.id, agent.id, conv.epoch), world.now))
    shop.hear("b")
    new = sent(shop)
    assert old.seq == new.seq == 2
    shop.hear(Read(up_to_seq=2))
    assert (state(shop, old), state(shop, new)) == ("accepted", "read")


def test_one_persons_watermark_is_not_anothers(world: World, shop: Shop) -> None:
    shop.hear("a")
    shop.hear("a", sender="ren")
    said = sent(shop)
    shop.hear(Read(up_to_at=world.now), sender="ren")
    shop.hear(Read(up_to_at=world.now), sender=None)
    assert state(shop, said) == "accepted"


def test_a_receipt_for_what_the_customer_said_means_nothing(world: World, shop: Shop) -> None:
    shop.hear("a", said_id="m1")
    shop.hear(Delivered("m1"))
    shop.hear(Read("m1"))
    assert shop.hear(Failed("m1", "?")) == "unknown message"
    assert [one.state for one in shop.messages(shop.open())] == ["accepted"]


@pytest.mark.parametrize(
    "heard", [Delivered("nothing"), Read("nothing"), Failed("nothing", "x"), Read(), Delivered()]
)
def test_a_receipt_for_nothing_known_changes_nothing(
    world: World, shop: Shop, heard: Delivered | Read | Failed
) -> None:
    shop.hear("a")
    sent(shop)
    before = [(one.id, one.state, one.error) for one in shop.messages(shop.open())]
    shop.hear(heard)
    assert [(one.id, one.state, one.error) for one in shop.messages(shop.open())] == before


def test_another_merchants_receipt_moves_nothing(world: World, shop: Shop) -> None:
    other = world.shop()
    shop.hear("a")
    said = sent(shop)
    before = dump(world.db, shop.id)
    other.hear(Read(said.external_id))
    other.hear(Failed(str(said.external_id), "x"))
    assert dump(world.db, shop.id) == before


def on_its_way(world: World, shop: Shop) -> tuple[Message, str]:
    """A message that the provider has and whose id we were not told yet."""
    world.echo.moods.append("accepts_silently")
    said = shop.say("はい")
    world.deliver()
    assert state(shop, said) == "sending"
    return said, world.echo.accepted[-1].external_id


def outcomes(shop: Shop) -> list[str | None]:
    """How each event was taken in, None for those that wait."""
    rows = shop.world.read(
        lambda s: s.all(
            "SELECT outcome FROM inbound_event WHERE merchant_id = :m ORDER BY id", m=shop.id
        )
    )
    return [row[0] for row in rows]


def test_a_failure_told_before_the_yes_is_a_failure_in_the_end(world: World, shop: Shop) -> None:
    shop.hear("a")
    said, external_id = on_its_way(world, shop)
    shop.accept(shop.event(Failed(external_id, "no such phone")))
    world.take_in()
    assert (outcomes(shop)[1], state(shop, said)) == (None, "sending")
    world.deliver_all()
    assert (state(shop, said), shop.message(said.id).external_id) == ("accepted", external_id)
    world.clock.move(5)
    world.take_in()
    after = shop.message(said.id)
    assert (outcomes(shop)[1], after.state, after.error) == ("failed", "failed", "no such phone")
    assert len(world.echo.accepted) == 1


def test_a_receipt_that_waits_holds_nobody_up(world: World, shop: Shop) -> None:
    shop.hear("a")
    said, external_id = on_its_way(world, shop)
    shop.accept(shop.event(Read(external_id)))
    shop.accept(shop.event("b"))
    shop.accept(shop.event("c"))
    world.take_in()
    assert [one.text for one in shop.messages(shop.open())] == ["a", "はい", "b", "c"]
    assert outcomes(shop)[1] is None
    world.deliver_all()
    world.clock.move(1)
    world.take_in()
    assert (outcomes(shop)[1], state(shop, said)) == ("read 1", "read")


def test_a_receipt_nobody_ever_understands_is_refused_in_the_end(world: World, shop: Shop) -> None:
    shop.hear("a")
    said, _ = on_its_way(world, shop)
    shop.accept(shop.event(Failed("never-ours", "x")))
    looks = 0
    while outcomes(shop)[1] is None:
        looks += 1
        world.take_in()
        world.clock.move(0.5)
    # At 0, 0.5, 1, 2, 4, 8 and 16 seconds: what waits once more is looked at when it is due.
    assert (outcomes(shop)[1], looks) == ("unknown message", 33)
    assert (state(shop, said), len(world.echo.accepted)) == ("sending", 1)


def test_a_receipt_waits_only_for_messages_to_whom_it_names(world: World, shop: Shop) -> None:
    shop.hear("a")
    shop.hear("a", sender="ren")
    on_its_way(world, shop)
    assert shop.hear(Failed("never-ours", "x"), sender="ren") == "unknown message"
    assert shop.hear(Failed("never-ours", "x"), sender="a stranger") == "unknown message"
    assert shop.hear(Failed("never-ours", "x"), sender=None) == "unknown message"
    other = world.shop()
    other.hear("a")
    assert other.hear(Failed("never-ours", "x")) == "unknown message"
