"""Whatever is merged, linked, moved and taken back: nobody is told what another was told."""

import re
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kaiwa.channels import Ability
from kaiwa.conversations.account_link import begin_link, link_behind, send_code, tell_code
from kaiwa.conversations.chat_link import make_link
from kaiwa.conversations.conversation import conversation, held, open_of
from kaiwa.conversations.merge import Merge, merge_customers, merges, undo_merge
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.customers.grade import Grade
from kaiwa.customers.identity import Evidence, Identity, at_address, identities, identity
from kaiwa.desk.answering import Answer, answer
from kaiwa.desk.continuing import Continuing, continue_at
from kaiwa.desk.template_choice import TemplateChoice, offers
from kaiwa.engines.db import Database
from kaiwa.merchants.fallback import set_fallback
from kaiwa.merchants.template import take_templates
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import KaiwaError, NotFound
from kaiwa.vocabulary.event import Linked, Referral
from kaiwa.vocabulary.template import Template
from tests.fakes.echo_channel import texts
from tests.world import SECRETS, Shop, World, small_world, unheard

Place: TypeAlias = tuple[str, str]
PLACES: list[Place] = [("mika", "echo"), ("ren", "echo"), ("mika", "chirp"), ("ren", "plain")]
places = st.sampled_from(PLACES)
grades: st.SearchStrategy[Grade] = st.sampled_from(["one_time_code", "claimed", "signed_in"])
steps = st.one_of(
    st.tuples(st.just("hear"), places, places),
    st.tuples(st.just("merge"), places, places, grades),
    st.tuples(st.just("undo"), st.integers(0, 9)),
    st.tuples(st.just("link"), places, places),
    st.tuples(st.just("say"), places, st.booleans()),
    st.tuples(st.just("go_on"), places, places),
    st.tuples(st.just("account"), places, places, places),
    st.tuples(st.just("template"), places, places),
)


def named(place: Place) -> str:
    """What who writes there is called."""
    return f"{place[0]} at {place[1]}"


class Life:
    """Four addresses that begin as four people, and what they were told."""

    def __init__(self, world: World) -> None:
        self.world, self.shop = world, world.shop()
        self.agent, self.number = self.shop.agent(), 0
        chain = ("echo", "chirp", "plain")
        world.write(lambda s: set_fallback(s, self.shop.id, chain, "test", world.now))
        for place in PLACES:
            self.hear(place, name=named(place))
        echo, told = world.echo, "{{customer_name}}様"
        echo.abilities |= {Ability.TEMPLATES}
        hello = Template(
            name="hello", language="ja", category="utility", status="approved", body=told
        )
        world.write(lambda s: take_templates(s, self.shop.inboxes["echo"], [hello], world.now))
        # The first link of each address: the customer it is when nothing is merged.
        self.first = {place: self.at(place).customer_id for place in PLACES}
        self.made: list[Merge] = []
        self.proven: set[Place] = set()

    def at(self, place: Place) -> Identity:
        who, on = place
        where = Address(self.shop.inboxes[on].id, "echo_user", who)
        found = self.world.read(lambda s: at_address(s, self.shop.id, where))
        assert found is not None
        return found

    def hear(self, place: Place, **fields: Any) -> None:
        self.number += 1
        words = f"from {place[0]} on {place[1]} {self.number}"
        self.shop.hear(words, sender=place[0], on=place[1], **fields)

    def live(self, step: tuple[Any, ...]) -> None:
        self.world.clock.move(1)
        match step:
            case ("hear", one, other):
                # In the same second on two channels.
                self.hear(one)
                self.hear(other)
            case ("merge", one, other, grade):
                self.tried(lambda: self.merge(self.at(one), self.at(other), grade))
            case ("undo", number) if number < len(self.made):
                self.tried(lambda: self.undo(self.made[number]))
            case ("link", one, other):
                self.tried(lambda: self.link(one, other))
            case ("say", one, blocked):
                self.say(one, blocked=blocked)
            case ("template", one, other):
                self.tried(lambda: self.choose(one, other))
            case ("account", one, other, follower):
                self.tried(lambda: self.link_account(one, other, follower))
            case ("go_on", one, other):
                self.tried(lambda: self.go_on(self.at(one), self.at(other)))
            case _:
                pass

    def tried(self, work: Any) -> None:
        try:
            work()
        except KaiwaError:
            return

    def merge(self, one: Identity, other: Identity, grade: Grade) -> None:
        pair, evidence = (one.customer_id, other.customer_id), Evidence(grade, "x", "test")
        now = self.world.now
        self.made.append(
            self.world.write(lambda s: merge_customers(s, self.shop.id, pair, evidence, now))
        )

    def undo(self, merge: Merge) -> None:
        now = self.world.now
        self.world.write(lambda s: undo_merge(s, self.shop.id, merge.id, "test", now, unheard))

    def link(self, one: Place, other: Place) -> None:
        where, box = self.at(one), self.shop.inboxes[other[1]]
        to, now = (box, box.account(SECRETS)), self.world.now
        made = self.world.write(lambda s: make_link(s, where, to, "test", now))
        self.hear(other, referral=Referral(made.url.rpartition("/")[2]))
        self.learn_merges(where)

    def learn_merges(self, where: Identity) -> None:
        known = {merge.id for merge in self.made}
        customer = self.world.read(lambda s: identity(s, self.shop.id, where.id)).customer_id
        found = self.world.read(lambda s: merges(s, self.shop.id, customer))
        self.made += [merge for merge in found if merge.id not in known]

    def link_account(self, one: Place, other: Place, follower: Place) -> None:
        """The account of `one` is linked by a code sent to `other`; whoever follows tells it."""
        world, shop = self.world, self.shop
        where, to, now = self.at(one), self.at(other), world.now
        before = {place: self.at(place).customer_id for place in PLACES}
        key = world.write(lambda s: begin_link(s, where, now))
        link = world.read(lambda s: link_behind(s, key, now))
        there = Address(shop.inboxes[other[1]].id, "echo_user", other[0])
        world.write(lambda s: send_code(s, shop.merchant, link, there, now))
        self.deliver_to({other})
        conv = world.write(lambda s: open_of(s, shop.id, to.customer_id))
        assert conv is not None
        told = re.findall(r"\d{6}", shop.messages(conv)[-1].text)[-1]
        sent = world.read(lambda s: link_behind(s, key, now))
        nonce = world.write(lambda s: tell_code(s, sent, told))
        assert nonce is not None
        shop.hear(Linked(nonce, True), sender=follower[0], on=follower[1])
        # That it is linked may be told where else they surely are, if they blocked us here.
        mine = self.sure(self.at(one).customer_id) if follower == one else set()
        self.deliver_to({one} | mine)
        after = {place: self.at(place).customer_id for place in PLACES}
        if follower == one:
            self.proven |= {one, other}
            assert after[one] == after[other]
        else:
            assert after == before
        self.learn_merges(where)

    def go_on(self, one: Identity, other: Identity) -> None:
        now, shop = self.world.now, self.shop.id
        conv = self.world.write(lambda s: open_of(s, shop, one.customer_id))
        if conv is not None:
            asked = Continuing(conv.id, self.agent.id, f"c-{now}", conv.epoch, other.id)
            self.world.write(lambda s: continue_at(s, shop, asked, now))
        self.deliver_to(self.sure(one.customer_id))

    def say(self, place: Place, *, blocked: bool) -> None:
        """An answer; blocked, it may go to what is surely the same person's."""
        where = self.at(place)
        conv = self.world.write(lambda s: open_of(s, self.shop.id, where.customer_id))
        if conv is None:
            return
        self.number += 1
        out = Outgoing(texts(f"answer {self.number}"), "bot", f"a-{self.number}", where.id)
        now = self.world.now
        self.world.write(lambda s: say(s, held(s, self.shop.id, conv.id), out, now))
        if blocked:
            self.world.channels[place[1]].moods.append("blocked")
        carried = where.permits("carry")
        self.deliver_to({place} | (self.sure(where.customer_id) if carried else set()))
        self.world.channels[place[1]].moods.clear()

    def choose(self, one: Place, other: Place) -> None:
        """An agent who speaks with `one` sends a template to `other`, filled as records say."""
        world, shop, where = self.world, self.shop, self.at(other)
        own = self.at(one).customer_id
        conv = world.write(lambda s: open_of(s, shop.id, own))
        if conv is None:
            return
        try:
            found = world.read(lambda s: offers(s, shop.id, (conv.id, self.agent.id), where.id))
        except NotFound:
            assert where.customer_id != own
            return
        assert where.customer_id == own
        known = {named(place) for place in PLACES if self.at(place).customer_id == own}
        for one_offer in found:
            assert one_offer.values.get("body.customer_name") in known
            choice = TemplateChoice("hello", "ja", one_offer.values)
            said = Answer(
                conv.id, self.agent.id, f"t-{world.now}", conv.epoch, conv.last_seq,
                identity_id=where.id, template=choice,
            )  # fmt: skip
            world.write(lambda s, a=said: answer(s, shop.id, a, world.now))  # type: ignore[misc]
        # As any answer it may be carried on to what is surely the same person's.
        self.deliver_to({other} | (self.sure(own) if where.permits("carry") else set()))

    def sure(self, customer_id: int) -> set[Place]:
        own = self.world.read(lambda s: identities(s, self.shop.id, customer_id))
        return {(one.value, one.channel) for one in own if one.permits("carry")}

    def deliver_to(self, allowed: set[Place]) -> None:
        """Everything that waits goes out, and only to these."""
        before = {on: len(fake.accepted) for on, fake in self.world.channels.items()}
        self.world.deliver_all()
        for on, fake in self.world.channels.items():
            reached = {(taken.to, on) for taken in fake.accepted[before[on] :]}
            assert reached <= allowed

    def check(self) -> None:
        """Every message is seen under one customer, whose conversation answers to its own."""
        rows = self.world.read(
            lambda s: s.all(
                """SELECT c.id, c.customer_id, c.identity_id, count(m.id) FROM conversation c
                JOIN message m ON m.conversation_id = c.id AND m.merchant_id = c.merchant_id
                WHERE c.merchant_id = :m GROUP BY c.id, c.customer_id, c.identity_id""",
                m=self.shop.id,
            )
        )
        assert sum(row[3] for row in rows) == self.shop.count("message")
        owner = {self.at(place).id: self.at(place).customer_id for place in PLACES}
        for _, customer_id, identity_id, _ in rows:
            assert identity_id is None or owner[identity_id] == customer_id


@pytest.mark.slow
@settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, max_size=14))
@example([("merge", PLACES[0], PLACES[2], "claimed"), ("say", PLACES[0], True)])
@example([("merge", PLACES[0], PLACES[2], "claimed"), ("go_on", PLACES[0], PLACES[2])])
@example([("account", PLACES[0], PLACES[2], PLACES[0]), ("say", PLACES[0], True)])
@example([("account", PLACES[0], PLACES[2], PLACES[1]), ("hear", PLACES[0], PLACES[2])])
@example([("merge", PLACES[0], PLACES[3], "claimed"), ("account", *PLACES[:2], PLACES[0])])
@example(
    [
        ("merge", PLACES[0], PLACES[2], "signed_in"),
        ("say", PLACES[0], True),
        ("account", PLACES[1], PLACES[0], PLACES[1]),
    ]
)
@example(
    [
        ("merge", PLACES[0], PLACES[2], "signed_in"),
        ("say", PLACES[0], True),
        ("account", PLACES[0], PLACES[1], PLACES[0]),
    ]
)
@example(
    [
        ("merge", PLACES[0], PLACES[2], "signed_in"),
        ("say", PLACES[0], True),
        ("template", PLACES[0], PLACES[0]),
        ("account", PLACES[1], PLACES[0], PLACES[3]),
    ]
)
@example([("merge", PLACES[1], PLACES[0], "claimed"), ("template", PLACES[1], PLACES[0])])
@example([("merge", *PLACES[:2], "signed_in"), ("undo", 0), ("template", PLACES[1], PLACES[1])])
@example([("template", PLACES[0], PLACES[1]), ("template", PLACES[0], PLACES[0])])
def test_nobody_is_told_what_another_was_told(
    database: Database, story: list[tuple[Any, ...]]
) -> None:
    with small_world(database) as world:
        life = Life(world)
        for step in story:
            life.live(step)
            life.check()
        for merge in reversed(life.made):
            life.tried(lambda m=merge: life.undo(m))
            life.check()
        assert {place: life.at(place).customer_id for place in PLACES} == life.first
        for place in PLACES:
            # What a code proved of an address stays, whoever it belongs to.
            told = {"first_seen"} | ({"one_time_code"} if place in life.proven else set())
            assert life.at(place).grade in told


def test_two_channels_in_the_same_second_are_two_people_until_it_is_known(
    world: World, shop: Shop
) -> None:
    shop.accept(shop.event("一", sender="m1"), on="echo")
    shop.accept(shop.event("二", sender="m2"), on="chirp")
    world.take_in()
    one, two = shop.open("m1"), shop.open("m2", "chirp")
    assert one.customer_id != two.customer_id
    assert (shop.thread(one), shop.thread(two)) == (
        [(1, "customer", "一")],
        [(1, "customer", "二")],
    )
    pair = (one.customer_id, two.customer_id)
    evidence = Evidence("one_time_code", "x", "test")
    world.write(lambda s: merge_customers(s, shop.id, pair, evidence, world.now))
    shop.accept(shop.event("三", sender="m1"), on="echo")
    shop.accept(shop.event("四", sender="m2"), on="chirp")
    world.take_in()
    joined = world.read(lambda s: conversation(s, shop.id, one.id))
    assert [seq for seq, _, _ in shop.thread(joined)] == [1, 2, 3]
    assert {words for _, _, words in shop.thread(joined)} == {"一", "三", "四"}
