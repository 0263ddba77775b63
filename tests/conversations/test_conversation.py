"""Who waits, who answers and what is unread, as the conversation goes on."""

import pytest

from kaiwa.channels import Ability
from kaiwa.conversations.conversation import Conversation, all_of, held, newest_of
from kaiwa.conversations.fact import HandoffRequested
from kaiwa.conversations.handoff import (
    Act,
    assign,
    close,
    hand_back,
    reopen,
    request_handoff,
    require_epoch,
    take,
)
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.note import LONGEST_NOTE, NewNote, Note, notes, write_note
from kaiwa.conversations.outbox import Outgoing, mark_read, say
from kaiwa.conversations.visit import SeenPage, cart_seen, pages_seen
from kaiwa.engines.db import Session
from kaiwa.merchants.agent import Agent
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.event import CartChanged, CartItem, PageViewed, Unfollowed
from tests.fakes.echo_channel import texts
from tests.world import START, Shop, World, dump, later


def hand_off(shop: Shop, reason: str = "asked") -> Conversation:
    conv, world = shop.open(), shop.world

    def work(session: Session) -> None:
        now_held = held(session, shop.id, conv.id)
        request_handoff(session, now_held, reason, lambda _, fact: world.facts.append(fact), now)

    now = world.now
    world.write(work)
    return shop.conversation(conv.id)


def act(shop: Shop, conv: Conversation, agent: Agent) -> Act:
    return Act(shop.id, conv.id, agent.id, conv.epoch)


def test_the_first_unanswered_message_starts_the_waiting(world: World, shop: Shop) -> None:
    shop.hear("一")
    world.clock.move(60)
    shop.hear("二")
    assert shop.open().waiting_since == START
    shop.say("はい")
    assert shop.open().waiting_since is None
    world.clock.move(60)
    shop.hear("三")
    assert shop.open().waiting_since == START + later(120)


def test_after_a_hand_off_only_an_agents_reply_ends_the_waiting(world: World, shop: Shop) -> None:
    shop.hear("人と話したい")
    hand_off(shop)
    shop.say("お待ちください")
    assert shop.open().waiting_since == START
    agent = shop.agent()
    answer = Outgoing(texts("お待たせしました"), "agent", "a-1", agent_id=agent.id)
    conv = shop.open()
    world.write(lambda s: say(s, held(s, shop.id, conv.id), answer, world.now))
    assert shop.open().waiting_since is None


def test_a_campaign_answers_nobody(world: World, shop: Shop) -> None:
    shop.hear("まだですか")
    conv = shop.open()
    ad = Outgoing(texts("春の新作"), "campaign", "c-1")
    world.write(lambda s: say(s, held(s, shop.id, conv.id), ad, world.now))
    assert shop.open().waiting_since == START
    assert shop.thread(shop.open())[1] == (2, "campaign", "春の新作")


def test_a_hand_off_makes_a_silent_customer_wait_from_then_on(world: World, shop: Shop) -> None:
    shop.hear("はい")
    shop.say("何でしょう")
    world.clock.move(30)
    conv = hand_off(shop, "not understood")
    assert (conv.answered_by, conv.epoch, conv.waiting_since) == ("nobody", 2, START + later(30))
    assert world.facts[-1] == HandoffRequested(shop.id, conv.id, "not understood")


def test_a_second_hand_off_changes_and_announces_nothing(world: World, shop: Shop) -> None:
    shop.hear("a")
    hand_off(shop)
    before, told = dump(world.db), list(world.facts)
    hand_off(shop)
    assert (dump(world.db), world.facts) == (before, told)


def test_the_bots_reply_is_refused_once_the_lease_has_moved(world: World, shop: Shop) -> None:
    shop.hear("a")
    seen, agent = shop.open(), shop.agent()
    world.write(lambda s: take(s, act(shop, seen, agent), world.now))
    before = dump(world.db)

    def reply(session: Session) -> None:
        conv = held(session, shop.id, seen.id)
        say(session, conv, Outgoing(texts("too late"), "bot", "k"), world.now)
        require_epoch(conv, seen.epoch)

    with pytest.raises(Conflict):
        world.write(reply)
    assert dump(world.db) == before
    require_epoch(shop.conversation(seen.id), seen.epoch + 1)


@pytest.mark.parametrize("verb", ["take", "hand_back", "assign", "unassign", "close"])
@pytest.mark.parametrize("off_by", [-1, 1])
def test_a_verb_with_another_epoch_is_refused_and_changes_nothing(
    world: World, shop: Shop, verb: str, off_by: int
) -> None:
    shop.hear("a")
    agent, conv = shop.agent(), hand_off(shop)
    if verb == "unassign":
        conv = world.write(
            lambda s: take(s, Act(shop.id, conv.id, agent.id, conv.epoch), world.now)
        )
    stale = Act(shop.id, conv.id, agent.id, conv.epoch + off_by)
    before = dump(world.db)
    with pytest.raises(Conflict):
        world.write(lambda s: perform(s, verb, stale, world))
    assert dump(world.db) == before
    fresh = Act(shop.id, conv.id, agent.id, conv.epoch)
    assert world.write(lambda s: perform(s, verb, fresh, world)).epoch == conv.epoch + 1


def perform(session: Session, verb: str, by: Act, world: World) -> Conversation:
    match verb:
        case "take":
            return take(session, by, world.now)
        case "hand_back":
            return hand_back(session, by, world.now)
        case "assign":
            return assign(session, by, by.agent_id, world.now)
        case "unassign":
            return assign(session, by, None, world.now)
        case _:
            return close(session, by, world.now)


def test_of_two_agents_who_take_at_once_one_gets_it(world: World, shop: Shop) -> None:
    shop.hear("a")
    aoi, ken, seen = shop.agent("Aoi"), shop.agent("Ken"), shop.open()
    taken = world.write(lambda s: take(s, act(shop, seen, aoi), world.now))
    assert (taken.answered_by, taken.assignee_id, taken.epoch) == ("agent", aoi.id, 2)
    with pytest.raises(Conflict):
        world.write(lambda s: take(s, act(shop, seen, ken), world.now))
    again = world.write(lambda s: take(s, act(shop, taken, aoi), world.now))
    assert again == taken


def test_handing_back_gives_the_bot_a_clean_slate(world: World, shop: Shop) -> None:
    shop.hear("a")
    agent = shop.agent()
    hand_off(shop)
    taken = world.write(lambda s: take(s, act(shop, shop_open(s, shop), agent), world.now))
    back = world.write(lambda s: hand_back(s, act(shop, taken, agent), world.now))
    assert (back.answered_by, back.assignee_id, back.waiting_since) == ("bot", None, None)
    assert back.epoch == 4
    kinds = world.read(lambda s: [one.kind for one in happenings(s, shop.id, back.id)])
    assert kinds == ["handoff_requested", "taken", "handed_back"]


def shop_open(session: Session, shop: Shop) -> Conversation:
    row = session.one("SELECT id FROM conversation WHERE merchant_id = :m", m=shop.id)
    assert row is not None
    return held(session, shop.id, row[0])


def test_a_conversation_is_assigned_to_agents_of_the_shop_only(world: World, shop: Shop) -> None:
    shop.hear("a")
    aoi, stranger, seen = shop.agent(), world.shop().agent("Ken"), shop.open()
    before = dump(world.db)
    for to, by in ((stranger.id, aoi.id), (None, stranger.id), (10**9, aoi.id)):
        wrong = Act(shop.id, seen.id, by, seen.epoch)
        with pytest.raises(NotFound):
            world.write(lambda s, to=to, wrong=wrong: assign(s, wrong, to, world.now))  # type: ignore[misc]
    with pytest.raises(NotFound):
        world.write(lambda s: reopen(s, shop.id, (seen.id, stranger.id), world.now))
    assert dump(world.db) == before
    given = world.write(lambda s: assign(s, act(shop, seen, aoi), aoi.id, world.now))
    assert (given.answered_by, given.assignee_id) == ("agent", aoi.id)
    none = world.write(lambda s: assign(s, act(shop, given, aoi), None, world.now))
    assert (none.answered_by, none.assignee_id) == ("nobody", None)


def test_closing_ends_waiting_and_lease_and_says_so_once(world: World, shop: Shop) -> None:
    shop.hear("a")
    agent, seen = shop.agent(), shop.open()
    world.clock.move(5)
    closed = world.write(lambda s: close(s, act(shop, seen, agent), world.now))
    assert (closed.status, closed.closed_at) == ("closed", START + later(5))
    assert (closed.waiting_since, closed.unread, closed.epoch) == (None, 0, seen.epoch + 1)
    again = world.write(lambda s: close(s, act(shop, closed, agent), world.now))
    assert again == closed
    lines = world.read(lambda s: happenings(s, shop.id, seen.id))
    assert [(one.kind, one.agent_name, one.after_seq) for one in lines] == [("closed", "Aoi", 1)]


def test_reopening_brings_it_back_to_the_agent(world: World, shop: Shop) -> None:
    shop.hear("a")
    agent, seen = shop.agent(), shop.open()
    closed = world.write(lambda s: close(s, act(shop, seen, agent), world.now))
    opened = world.write(lambda s: reopen(s, shop.id, (seen.id, agent.id), world.now))
    assert (opened.status, opened.closed_at, opened.answered_by) == ("open", None, "agent")
    assert (opened.assignee_id, opened.epoch) == (agent.id, closed.epoch + 1)
    shop.hear("b")
    assert shop.thread(shop.open()) == [(1, "customer", "a"), (2, "customer", "b")]


def test_reopening_is_refused_when_a_newer_one_is_open(world: World, shop: Shop) -> None:
    shop.hear("a")
    agent, seen = shop.agent(), shop.open()
    world.write(lambda s: close(s, act(shop, seen, agent), world.now))
    shop.hear("b")
    newer, before = shop.open(), dump(world.db)
    with pytest.raises(Conflict) as refusal:
        world.write(lambda s: reopen(s, shop.id, (seen.id, agent.id), world.now))
    assert refusal.value.detail == {"reason": "newer_open", "open_conversation": newer.id}
    assert dump(world.db) == before
    customer = newer.customer_id
    assert [one.id for one in world.read(lambda s: all_of(s, shop.id, customer))] == [
        newer.id, seen.id,
    ]  # fmt: skip
    newest = world.read(lambda s: newest_of(s, shop.id, customer))
    assert newest is not None
    assert newest.id == newer.id


def test_reading_counts_down_what_an_agent_has_not_seen(world: World, shop: Shop) -> None:
    for n in range(4):
        shop.hear(f"m{n}")
    conv = shop.open()
    assert (conv.unread, conv.read_seq) == (4, 0)
    read(shop, 2, by_agent=False)
    assert (shop.open().unread, shop.open().read_seq) == (4, 2)
    assert [one.state for one in shop.messages(conv)] == ["read", "read", "accepted", "accepted"]
    read(shop, 3, by_agent=True)
    assert (shop.open().unread, shop.open().read_seq) == (1, 3)
    read(shop, 1, by_agent=True)
    assert (shop.open().unread, shop.open().read_seq) == (1, 3)
    read(shop, 4, by_agent=True)
    assert (shop.open().unread, shop.open().read_seq) == (0, 4)
    assert {one.state for one in shop.messages(conv)} == {"read"}


def read(shop: Shop, seq: int, *, by_agent: bool) -> None:
    conv, now = shop.open(), shop.world.now
    shop.world.write(
        lambda s: mark_read(s, held(s, shop.id, conv.id), seq, by_agent=by_agent, now=now)
    )


def test_nothing_is_read_before_it_was_said(shop: Shop) -> None:
    shop.hear("a")
    read(shop, 10**6, by_agent=True)
    assert (shop.open().read_seq, shop.open().unread) == (1, 0)
    shop.hear("b")
    assert shop.open().unread == 1
    read(shop, 2, by_agent=False)
    assert [one.state for one in shop.messages(shop.open())] == ["read", "read"]


def test_who_hears_of_the_reading_is_told_with_the_messages_token(world: World, shop: Shop) -> None:
    shop.hear("a", mark_read_token="t 1")
    shop.hear("b")
    read(shop, 2, by_agent=False)
    jobs = world.claimed("courtesy")
    assert [(job.kind, job.payload) for job in jobs] == [
        ("tell_read", f"{shop.id} {shop.person().id} t 1")
    ]


def test_the_same_thing_said_twice_is_said_once(world: World, shop: Shop) -> None:
    shop.hear("a")
    first = shop.say("はい", dedupe_key="same")
    before = dump(world.db)
    assert shop.say("はい、もう一度", dedupe_key="same") == first
    assert dump(world.db) == before
    other = world.shop()
    other.hear("b")
    assert other.say("別の店", dedupe_key="same").text == "別の店"


def test_what_we_carry_ourselves_is_with_the_customer_at_once(world: World, shop: Shop) -> None:
    world.echo.abilities |= {Ability.CARRIED_BY_US}
    shop.hear("a")
    said = shop.say("はい")
    assert said.state == "accepted"
    assert world.claimed("delivery") == []


def test_a_note_is_written_once_and_stands_where_it_was_written(world: World, shop: Shop) -> None:
    shop.hear("a")
    agent, conv = shop.agent(), shop.open()
    new = NewNote(conv.id, agent.id, "n-1", "  常連さん  ")
    first = world.write(lambda s: write_note(s, shop.id, new, world.now))
    shop.hear("b")
    again = world.write(lambda s: write_note(s, shop.id, new, world.now))
    second = NewNote(conv.id, agent.id, "n-2", "丁寧に")
    world.write(lambda s: write_note(s, shop.id, second, world.now))
    assert again == first == Note(first.id, conv.id, 1, agent.id, "Aoi", "常連さん", START, "n-1")
    found = world.read(lambda s: notes(s, shop.id, conv.id))
    assert [(one.after_seq, one.text) for one in found] == [(1, "常連さん"), (2, "丁寧に")]
    assert world.read(lambda s: notes(s, shop.id, conv.id, first.id)) == [first]
    assert [text for _, _, text in shop.thread(conv)] == ["a", "b"]


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST_NOTE + 1)])
def test_an_empty_or_endless_note_is_refused(world: World, shop: Shop, text: str) -> None:
    shop.hear("a")
    new = NewNote(shop.open().id, shop.agent().id, "n-1", text)
    with pytest.raises(Invalid):
        world.write(lambda s: write_note(s, shop.id, new, world.now))
    assert shop.count("note") == 0


def test_a_strangers_note_is_refused(world: World, shop: Shop) -> None:
    shop.hear("a")
    new = NewNote(shop.open().id, world.shop().agent().id, "n-1", "hello")
    with pytest.raises(NotFound):
        world.write(lambda s: write_note(s, shop.id, new, world.now))
    assert shop.count("note") == 0


def test_leaving_is_a_line_in_the_open_conversation(world: World, shop: Shop) -> None:
    shop.hear("a")
    shop.hear(Unfollowed())
    lines = world.read(lambda s: happenings(s, shop.id, shop_id(s, shop)))
    assert [(one.kind, one.after_seq, one.agent_id) for one in lines] == [("unfollowed", 1, None)]
    one = world.read(lambda s: happenings(s, shop.id, lines[0].conversation_id, lines[0].id))
    assert one == lines


def shop_id(session: Session, shop: Shop) -> int:
    row = session.one("SELECT id FROM conversation WHERE merchant_id = :m", m=shop.id)
    assert row is not None
    return int(row[0])


def test_the_last_twenty_pages_are_kept_newest_first(world: World, shop: Shop) -> None:
    for n in range(23):
        world.clock.move(1)
        shop.hear(PageViewed(f"https://shop.example/{n}", f"page {n}"))
    shop.hear(PageViewed("https://shop.example/else", "else"), sender="ren")
    customer = shop.person().customer_id
    seen = world.read(lambda s: pages_seen(s, shop.id, customer))
    assert seen == [
        SeenPage(f"https://shop.example/{n}", f"page {n}", START + later(n + 1))
        for n in range(22, 2, -1)
    ]
    assert shop.count("visit") == 21


def test_the_cart_is_what_was_told_last(world: World, shop: Shop) -> None:
    shop.hear(PageViewed("https://shop.example/"))
    for quantity in (1, 3):
        world.clock.move(1)
        shop.hear(CartChanged((CartItem("K-1", "急須", quantity, 3_000, "JPY"),)))
    customer = shop.person().customer_id
    seen = world.read(lambda s: cart_seen(s, shop.id, customer))
    assert seen is not None
    assert [(item.sku, item.quantity) for item in seen.cart.items] == [("K-1", 3)]
    assert seen.at == START + later(2)
    shop.hear(CartChanged(()))
    empty = world.read(lambda s: cart_seen(s, shop.id, customer))
    assert empty is not None
    assert empty.cart.items == ()
    assert world.read(lambda s: len(pages_seen(s, shop.id, customer))) == 1
