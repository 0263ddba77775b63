"""Two who were taken for one talked in one conversation: parted, each has what is theirs."""

from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.fact import ConversationParted, Fact
from kaiwa.conversations.handoff import Act, close, request_handoff
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.merge import undo_merge
from kaiwa.engines.db import Session
from tests.conversations.test_merge import customer, merge, undo
from tests.world import Shop, World, unheard


def two(shop: Shop) -> tuple[int, int]:
    """Mika on one channel and Ren on another, each with a word of their own."""
    shop.hear("美香です", sender="mika", on="echo")
    shop.hear("蓮です", sender="ren", on="chirp")
    return customer(shop, "mika"), customer(shop, "ren", "chirp")


def words(shop: Shop, conv: Conversation) -> list[tuple[int, str]]:
    return [(seq, text) for seq, _, text in shop.thread(conv)]


def test_what_was_said_on_a_channel_goes_back_with_its_person(world: World, shop: Shop) -> None:
    mika, ren = two(shop)
    own, his = shop.open("mika"), shop.open("ren", "chirp")
    merged = merge(shop, mika, ren)
    shop.hear("注文は届きますか", sender="ren", on="chirp")
    shop.say("明日届きます", sender="mika")
    shop.hear("青はありますか", sender="mika", on="echo")
    before = shop.messages(own)
    undo(shop, merged)
    assert words(shop, own) == [(1, "美香です"), (2, ""), (3, ""), (4, "青はありますか")]
    assert words(shop, his) == [(1, "蓮です"), (2, "注文は届きますか"), (3, "明日届きます")]
    moved = shop.messages(his)[1:]
    assert [one.id for one in moved] == [one.id for one in before[1:3]]
    assert [one.state for one in moved] == [one.state for one in before[1:3]]
    for conv, customer_id, preview, seqs in (
        (own, mika, "青はありますか", (4, 4, 0)),
        (his, ren, "明日届きます", (3, 2, 3)),
    ):
        after = shop.conversation(conv.id)
        assert (after.status, after.customer_id, after.preview) == ("open", customer_id, preview)
        assert (after.last_seq, after.last_in_seq, after.last_out_seq) == seqs
        lines = world.read(lambda s, c=conv: happenings(s, shop.id, c.id))  # type: ignore[misc]
        assert [line.reason for line in lines if line.kind == "parted"] == ["2"]


def test_what_is_said_afterwards_stands_behind_what_was_parted(world: World, shop: Shop) -> None:
    merged = merge(shop, *two(shop))
    shop.hear("ひとつ", sender="ren", on="chirp")
    undo(shop, merged)
    shop.hear("ふたつ", sender="ren", on="chirp")
    shop.hear("三つ", sender="mika")
    texts = [text for _, text in words(shop, shop.open("ren", "chirp"))]
    assert texts == ["蓮です", "ひとつ", "ふたつ"]
    assert [text for _, text in words(shop, shop.open("mika"))] == ["美香です", "", "三つ"]


def test_who_waits_for_a_person_waits_on_in_their_own_conversation(
    world: World, shop: Shop
) -> None:
    merged = merge(shop, *two(shop))
    conv = shop.open("mika")
    world.write(
        lambda s: request_handoff(s, held(s, shop.id, conv.id), "asked", unheard, world.now)
    )
    for to in (shop.person("mika").id, shop.person("ren", "chirp").id):
        shop.say("お待たせしました", sender="mika", by="agent", identity_id=to)
    world.clock.move(10)
    shop.hear("まだですか", sender="ren", on="chirp")
    waits = world.now
    world.clock.move(10)
    undo(shop, merged)
    his, hers = shop.open("ren", "chirp"), shop.open("mika")
    assert (his.answered_by, his.waiting_since) == ("nobody", waits)
    assert hers.waiting_since is None


def test_a_closed_conversation_is_parted_into_a_closed_one(world: World, shop: Shop) -> None:
    merged = merge(shop, *two(shop))
    shop.hear("届きました", sender="ren", on="chirp")
    conv, agent = shop.open("mika"), shop.agent()
    world.write(lambda s: close(s, Act(shop.id, conv.id, agent.id, conv.epoch), world.now))
    undo(shop, merged)
    (parted,) = world.read(
        lambda s: s.all(
            """SELECT c.id, c.status, c.channel FROM conversation c JOIN message m
            ON m.conversation_id = c.id WHERE m.text = '届きました' AND c.merchant_id = :m""",
            m=shop.id,
        )
    )
    assert parted[1:] == ("closed", "chirp")
    assert words(shop, shop.conversation(parted[0])) == [(1, "届きました")]


def test_the_bot_forgets_what_it_took_for_one_persons(world: World, shop: Shop) -> None:
    told: list[Fact] = []
    merged = merge(shop, *two(shop))
    shop.hear("青いほう", sender="ren", on="chirp")
    conv = shop.open("mika")

    def heard(_: Session, fact: Fact) -> None:
        told.append(fact)

    def back(session: Session) -> None:
        undo_merge(session, shop.id, merged.id, "agent:2", world.now, heard)

    world.write(back)
    assert told == [ConversationParted(shop.id, conv.id)]


def test_where_nobody_spoke_meanwhile_nothing_is_parted(world: World, shop: Shop) -> None:
    merged = merge(shop, *two(shop))
    undo(shop, merged)
    assert words(shop, shop.open("mika")) == [(1, "美香です")]
    assert words(shop, shop.open("ren", "chirp")) == [(1, "蓮です")]
    conv = shop.open("mika")
    lines = world.read(lambda s: happenings(s, shop.id, conv.id))
    assert [line.kind for line in lines] == []
