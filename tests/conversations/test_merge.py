"""Two customers become one and two again: nothing is lost, nobody hears what another was told."""

import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaiwa.conversations.conversation import Opening, all_of, current, held, newest_of
from kaiwa.conversations.fact import Fact
from kaiwa.conversations.handoff import Act, close, request_handoff
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.merge import Merge, merge_customers, merges, undo_merge
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.visit import pages_seen
from kaiwa.customers.customer import customer as customer_row
from kaiwa.customers.customer import learn_name
from kaiwa.customers.identity import Evidence, identities, link_history, resolve
from kaiwa.engines.db import Database, Session
from kaiwa.vocabulary.errors import Conflict, Invalid, KaiwaError, NotFound
from kaiwa.vocabulary.event import PageViewed
from tests.fakes.echo_channel import texts
from tests.world import START, Shop, World, dump, small_world, unheard

CODE = Evidence("one_time_code", "a code sent to both", "agent:1")


def merge(shop: Shop, kept: int, absorbed: int) -> Merge:
    now = shop.world.now
    return shop.world.write(lambda s: merge_customers(s, shop.id, (kept, absorbed), CODE, now))


def undo(shop: Shop, merged: Merge) -> Merge:
    now = shop.world.now
    return shop.world.write(lambda s: undo_merge(s, shop.id, merged.id, "agent:2", now, unheard))


def customer(shop: Shop, sender: str, on: str = "echo") -> int:
    return shop.person(sender, on).customer_id


def links(shop: Shop) -> list[tuple[Any, ...]]:
    """Who is linked to whom, and how surely."""
    return shop.world.read(
        lambda s: s.all(
            """SELECT identity_id, customer_id, grade FROM identity_link
            WHERE merchant_id = :m AND ended_at IS NULL ORDER BY identity_id""",
            m=shop.id,
        )
    )


def owners(shop: Shop) -> dict[int, int]:
    """Whose each conversation is."""
    rows = shop.world.read(
        lambda s: s.all(
            "SELECT id, customer_id FROM conversation WHERE merchant_id = :m", m=shop.id
        )
    )
    return {row[0]: row[1] for row in rows}


def test_after_a_merge_both_channels_are_one_conversation(world: World, shop: Shop) -> None:
    shop.hear("LINEから", sender="mika", on="echo")
    shop.hear("メールから", sender="mika@example.com", on="chirp")
    one, two = customer(shop, "mika"), customer(shop, "mika@example.com", "chirp")
    merged = merge(shop, one, two)
    assert (merged.kept_id, merged.absorbed_id, merged.undone) == (one, two, False)
    shop.hear("またLINE", sender="mika", on="echo")
    shop.hear("またメール", sender="mika@example.com", on="chirp")
    conv = shop.open()
    assert shop.open("mika@example.com", "chirp") == conv
    assert [text for _, _, text in shop.thread(conv)] == ["LINEから", "またLINE", "またメール"]
    assert conv.channel == "chirp"
    every = world.read(lambda s: all_of(s, shop.id, one))
    assert [one.status for one in every] == ["closed", "open"]
    assert world.read(lambda s: all_of(s, shop.id, two)) == []


def test_what_the_shop_says_goes_where_the_customer_spoke_last(world: World, shop: Shop) -> None:
    shop.hear("a", sender="mika", on="echo")
    shop.hear("b", sender="mika@example.com", on="chirp")
    merge(shop, customer(shop, "mika"), customer(shop, "mika@example.com", "chirp"))
    shop.hear("c", sender="mika@example.com", on="chirp")
    shop.say("メールへ")
    there = shop.person("mika").id
    shop.say("LINEへ", identity_id=there)
    world.deliver_all()
    assert world.chirp.received("mika@example.com") == ["メールへ"]
    assert world.echo.received("mika") == ["LINEへ"]


def test_a_merge_and_back_restores_links_conversations_and_grades(world: World, shop: Shop) -> None:
    shop.hear("a", sender="mika")
    shop.hear("b", sender="ren")
    shop.hear(PageViewed("https://shop.example/p"), sender="ren")
    before_links, before_owners, seen = links(shop), owners(shop), shop.open("ren")
    one, two = customer(shop, "mika"), customer(shop, "ren")
    world.clock.move(10)
    merged = merge(shop, one, two)
    assert [row[1:] for row in links(shop)] == [(one, "first_seen"), (one, "one_time_code")]
    assert set(owners(shop).values()) == {one}
    assert len(world.read(lambda s: pages_seen(s, shop.id, one))) == 1
    world.clock.move(10)
    undo(shop, merged)
    assert (links(shop), owners(shop)) == (before_links, before_owners)
    assert world.read(lambda s: pages_seen(s, shop.id, one)) == []
    again = shop.open("ren")
    assert (again.id, again.status, again.identity_id) == (seen.id, "open", seen.identity_id)
    lines = world.read(lambda s: happenings(s, shop.id, seen.id))
    assert [line.kind for line in lines] == ["merged", "unmerged"]
    assert [one.undone for one in world.read(lambda s: merges(s, shop.id, two))] == [True]


def test_a_nameless_customer_is_called_as_the_other_until_it_is_taken_back(
    world: World, shop: Shop
) -> None:
    shop.hear("a", sender="mika")
    shop.hear("b", sender="ren")
    one, two = customer(shop, "mika"), customer(shop, "ren")
    world.db.write_now(lambda s: learn_name(s, shop.id, two, "蓮"))

    def names() -> list[str | None]:
        return [world.read(lambda s, n=n: customer_row(s, shop.id, n)).name for n in (one, two)]  # type: ignore[misc]

    merged = merge(shop, one, two)
    assert names() == ["蓮", "蓮"]
    undo(shop, merged)
    assert names() == [None, "蓮"]
    world.db.write_now(lambda s: learn_name(s, shop.id, one, "美香"))
    undo(shop, merge(shop, one, two))
    assert names() == ["美香", "蓮"]


def test_every_link_stays_on_record(world: World, shop: Shop) -> None:
    shop.hear("a", sender="mika")
    shop.hear("b", sender="ren")
    one, two, person = customer(shop, "mika"), customer(shop, "ren"), shop.person("ren").id
    world.clock.move(10)
    merged = merge(shop, one, two)
    world.clock.move(10)
    undo(shop, merged)
    history = world.read(lambda s: link_history(s, shop.id, person))
    assert [(row[0], row[1], row[4], row[6]) for row in history] == [
        (two, "first_seen", "system", "agent:1"),
        (one, "one_time_code", "agent:1", "agent:2"),
        (two, "first_seen", "agent:2", None),
    ]
    assert [row[5] is None for row in history] == [False, False, True]


def test_of_two_open_conversations_the_kept_one_goes_on_and_nobody_stops_waiting(
    world: World, shop: Shop
) -> None:
    shop.hear("first", sender="ren")
    absorbed = shop.open("ren")

    def silent(session: Session, fact: Fact) -> None:
        world.facts.append(fact)

    world.write(
        lambda s: request_handoff(s, held(s, shop.id, absorbed.id), "asked", silent, world.now)
    )
    world.clock.move(60)
    shop.hear("second", sender="mika")
    shop.say("お答えします", sender="mika")
    kept = shop.open("mika")
    merge(shop, customer(shop, "mika"), customer(shop, "ren"))
    ended, goes_on = shop.conversation(absorbed.id), shop.open("mika")
    assert goes_on.id == kept.id
    assert (ended.status, ended.waiting_since, ended.unread) == ("closed", None, 0)
    assert (goes_on.waiting_since, goes_on.unread) == (START, 2)
    assert (goes_on.answered_by, goes_on.epoch) == ("nobody", kept.epoch + 1)


def test_the_only_open_conversation_moves_as_it_is(world: World, shop: Shop) -> None:
    shop.hear("a", sender="mika")
    conv, agent = shop.open("mika"), shop.agent()
    world.write(lambda s: close(s, Act(shop.id, conv.id, agent.id, conv.epoch), world.now))
    shop.hear("b", sender="ren")
    moves = shop.open("ren")
    one, two = customer(shop, "mika"), customer(shop, "ren")
    merged = merge(shop, one, two)
    assert shop.open("mika").id == shop.open("ren").id == moves.id
    shop.hear("from mika", sender="mika")
    undo(shop, merged)
    assert (shop.open("ren").id, shop.open("ren").customer_id) == (moves.id, two)
    assert [text for _, _, text in shop.thread(moves)] == ["b", ""]
    assert [text for _, _, text in shop.thread(shop.open("mika"))] == ["from mika"]


def test_after_the_un_merge_nobody_is_answered_at_the_others_address(
    world: World, shop: Shop
) -> None:
    shop.hear("a", sender="mika")
    shop.hear("b", sender="ren", on="chirp")
    merged = merge(shop, customer(shop, "mika"), customer(shop, "ren", "chirp"))
    shop.hear("I am ren, in mika's conversation", sender="ren", on="chirp")
    conv = shop.open("mika")
    undo(shop, merged)
    after = shop.conversation(conv.id)
    assert (after.identity_id, after.channel) == (shop.person("mika").id, "echo")
    answer = Outgoing(texts("for mika only"), "bot", "k-private")
    world.write(lambda s: say(s, held(s, shop.id, conv.id), answer, world.now))
    world.deliver_all()
    assert (world.echo.received("mika"), world.chirp.received("ren")) == (["for mika only"], [])


def test_a_conversation_closed_by_a_person_stays_closed(world: World, shop: Shop) -> None:
    shop.hear("a", sender="mika")
    shop.hear("b", sender="ren")
    conv, agent = shop.open("ren"), shop.agent()
    world.write(lambda s: close(s, Act(shop.id, conv.id, agent.id, conv.epoch), world.now))
    undo(shop, merge(shop, customer(shop, "mika"), customer(shop, "ren")))
    assert shop.conversation(conv.id).status == "closed"
    assert shop.open("mika").status == "open"


def test_an_un_merge_happens_once(world: World, shop: Shop) -> None:
    shop.hear("a", sender="mika")
    shop.hear("b", sender="ren")
    merged = merge(shop, customer(shop, "mika"), customer(shop, "ren"))
    undo(shop, merged)
    before = dump(world.db)
    with pytest.raises(Conflict):
        undo(shop, merged)
    assert dump(world.db) == before


def test_a_merge_others_build_on_is_taken_back_after_them(world: World, shop: Shop) -> None:
    for sender in ("a", "b", "c"):
        shop.hear(sender, sender=sender)
    a, b, c = (customer(shop, sender) for sender in "abc")
    original = links(shop)
    first, second = merge(shop, b, a), merge(shop, c, b)
    before = dump(world.db)
    with pytest.raises(Conflict) as refusal:
        undo(shop, first)
    assert refusal.value.detail == {"merge": second.id}
    assert dump(world.db) == before
    undo(shop, second)
    undo(shop, first)
    assert links(shop) == original


def test_a_customer_that_got_somebody_new_meanwhile_keeps_one_open_conversation(
    world: World, shop: Shop
) -> None:
    for sender in ("a", "b"):
        shop.hear(sender, sender=sender)
    a, b = customer(shop, "a"), customer(shop, "b")
    conv, agent = shop.open("a"), shop.agent()
    world.write(lambda s: close(s, Act(shop.id, conv.id, agent.id, conv.epoch), world.now))
    first = merge(shop, a, b)
    shop.hear("c", sender="c")
    merge(shop, b, customer(shop, "c"))
    undo(shop, first)
    assert [one.status for one in world.read(lambda s: all_of(s, shop.id, b))].count("open") == 1
    assert customer(shop, "b") == customer(shop, "c") == b


@pytest.mark.parametrize("who", ["self", "nobody", "stranger", "stranger first", "empty"])
def test_what_cannot_be_merged_is_refused(world: World, shop: Shop, who: str) -> None:
    other = world.shop()
    shop.hear("a", sender="mika")
    shop.hear("b", sender="ren")
    other.hear("c", sender="kai")
    mine, theirs = customer(shop, "mika"), customer(other, "kai")
    if who == "empty":
        merge(shop, mine, customer(shop, "ren"))
        shop.hear("d", sender="sora")
    ren = 0 if who != "empty" else world.read(lambda s: merges(s, shop.id, mine))[0].absorbed_id
    pair = {
        "self": (mine, mine),
        "nobody": (mine, 10**9),
        "stranger": (mine, theirs),
        "stranger first": (theirs, mine),
        "empty": (mine, ren),
    }[who]
    before = dump(world.db)
    with pytest.raises(KaiwaError) as refusal:
        merge(shop, *pair)
    wanted = {"self": Invalid, "empty": Conflict}.get(who, NotFound)
    assert type(refusal.value) is wanted
    assert dump(world.db) == before


def test_another_merchants_merge_cannot_be_taken_back(world: World, shop: Shop) -> None:
    other = world.shop()
    shop.hear("a", sender="mika")
    shop.hear("b", sender="ren")
    merged = merge(shop, customer(shop, "mika"), customer(shop, "ren"))
    before = dump(world.db)
    with pytest.raises(NotFound):
        world.write(lambda s: undo_merge(s, other.id, merged.id, "agent:9", world.now, unheard))
    assert dump(world.db) == before
    assert world.read(lambda s: merges(s, other.id, merged.kept_id)) == []


PEOPLE = "abcde"
NOT_PARTED = """body <> '{"type":"unsent","parted":true}'"""
steps = st.one_of(
    st.tuples(st.just("merge"), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
    st.tuples(st.just("undo"), st.integers(0, 7), st.just("")),
    st.tuples(st.just("hear"), st.sampled_from(PEOPLE), st.just("")),
    st.tuples(st.just("say"), st.sampled_from(PEOPLE), st.just("")),
    st.tuples(st.just("close"), st.sampled_from(PEOPLE), st.just("")),
)


@pytest.mark.slow
@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, max_size=14))
def test_merges_undone_backwards_end_where_they_began(
    database: Database, story: list[tuple[str, Any, str]]
) -> None:
    with small_world(database) as world:
        shop = world.shop()
        for sender in PEOPLE:
            shop.hear(f"hello from {sender}", sender=sender)
        original, at = links(shop), {sender: customer(shop, sender) for sender in PEOPLE}
        done: list[Merge] = []
        said = len(PEOPLE)
        for step, who, other in story:
            world.clock.move(1)
            match step:
                case "merge":
                    done += attempt(shop, at[who], at[other])
                case "undo" if who < len(done):
                    try_undo(shop, done[who])
                case "hear":
                    shop.hear(f"{said} {who}", sender=who)
                    said += 1
                case "say":
                    said += answer(shop, who, f"to {who}")
                case "close":
                    shut(shop, who)
            check(shop, said)
        for merged in reversed(done):
            try_undo(shop, merged)
            check(shop, said)
        assert links(shop) == original
        assert {shop.conversation(one).customer_id for one in owners(shop)} <= set(at.values())


def answer(shop: Shop, sender: str, words: str) -> int:
    """The bot answers somebody, where anything is open; how many messages that is."""
    there = shop.person(sender)
    conv = shop.world.read(lambda s: newest_of(s, shop.id, there.customer_id))
    if conv is None or conv.status != "open":
        return 0
    shop.say(words, sender=sender, identity_id=there.id)
    return 1


def attempt(shop: Shop, kept: int, absorbed: int) -> list[Merge]:
    try:
        return [merge(shop, kept, absorbed)]
    except (Conflict, Invalid):
        return []


def try_undo(shop: Shop, merged: Merge) -> None:
    try:
        undo(shop, merged)
    except Conflict:
        return


def shut(shop: Shop, sender: str) -> None:
    now, who = shop.world.now, customer(shop, sender)
    shop.world.write(
        lambda s: s.run(
            """UPDATE conversation SET status = 'closed', closed_at = :now
            WHERE customer_id = :customer AND status = 'open' AND merchant_id = :m""",
            now=now,
            customer=who,
            m=shop.id,
        )
    )


def check(shop: Shop, said: int) -> None:
    """Nothing is lost or doubled or with somebody else, numbers have no gaps; so with answers."""
    assert shop.count("message", NOT_PARTED) == said
    everywhere = shop.world.read(
        lambda s: s.all(
            f"""SELECT count(*) FROM message m JOIN conversation c ON c.id = m.conversation_id
            JOIN identity_link l ON l.identity_id = m.identity_id AND l.ended_at IS NULL
            WHERE m.merchant_id = :m AND m.{NOT_PARTED} AND l.customer_id <> c.customer_id""",
            m=shop.id,
        )
    )
    assert everywhere == [(0,)]
    for one in owners(shop):
        found = shop.messages(shop.conversation(one))
        assert [each.seq for each in found] == list(range(1, len(found) + 1))
        assert shop.conversation(one).last_seq == len(found)
    strays = shop.world.read(
        lambda s: s.all(
            """SELECT c.id FROM conversation c JOIN identity_link l
              ON l.identity_id = c.identity_id AND l.ended_at IS NULL
            WHERE c.merchant_id = :m AND c.status = 'open' AND l.customer_id <> c.customer_id""",
            m=shop.id,
        )
    )
    assert strays == []


def test_a_message_that_arrives_during_a_merge_is_not_left_with_nobody(
    world: World, shop: Shop
) -> None:
    shop.hear("a", sender="mika")
    shop.hear(PageViewed("https://shop.example/"), sender="ren")
    address = shop.person("ren").address
    one, two = customer(shop, "mika"), customer(shop, "ren")
    resolved, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        found = resolve(session, shop.id, address, START)
        resolved.set()
        assert go_on.wait(5)
        current(session, found, Opening("ja"), START)

    threads = [
        threading.Thread(target=lambda: world.write(slow)),
        threading.Thread(target=lambda: (resolved.wait(5), merge(shop, one, two))),
    ]
    for thread in threads:
        thread.start()
    resolved.wait(5)
    threads[1].join(0.3)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert set(owners(shop).values()) == {one}
    assert {row[1] for row in links(shop)} == {one}
    assert len(world.read(lambda s: identities(s, shop.id, one))) == 2
