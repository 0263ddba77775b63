"""An address is one person's until there is evidence; what was agreed to is only ever added to."""

from datetime import timedelta

import pytest

from kaiwa.customers.consent import ConsentGiven, ConsentState, consent_state, record_consent
from kaiwa.customers.customer import customer, learn_name
from kaiwa.customers.grade import VERIFIED
from kaiwa.customers.identity import (
    Evidence,
    Identity,
    at_address,
    heard_from,
    identities,
    identity,
    link_history,
    relink,
    resolve,
    set_blocked,
    set_label,
)
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import NotFound
from tests.world import START, Shop, World, dump, later


def person(shop: Shop, value: str = "mika", on: str = "echo") -> Identity:
    where = Address(shop.inboxes[on].id, "echo_user", value)
    return shop.world.write(lambda s: resolve(s, shop.id, where, shop.world.now))


def again(shop: Shop, one: Identity) -> Identity:
    return shop.world.read(lambda s: identity(s, shop.id, one.id))


def test_a_new_address_is_a_new_customer_and_the_same_one_from_then_on(
    world: World, shop: Shop
) -> None:
    first = person(shop)
    world.clock.move(10)
    assert person(shop) == first
    assert (first.grade, first.channel, first.blocked_at) == ("first_seen", "echo", None)
    assert first.address == Address(shop.inboxes["echo"].id, "echo_user", "mika")
    assert (shop.count("identity"), shop.count("customer")) == (1, 1)
    assert "first_seen" not in VERIFIED
    assert "claimed" not in VERIFIED


def test_the_same_value_elsewhere_is_somebody_else(world: World, shop: Shop) -> None:
    here, there = person(shop, on="echo"), person(shop, on="chirp")
    other_kind = Address(shop.inboxes["echo"].id, "email", "mika")
    third = world.write(lambda s: resolve(s, shop.id, other_kind, world.now))
    assert len({here.customer_id, there.customer_id, third.customer_id}) == 3


def test_looking_makes_nobody(world: World, shop: Shop) -> None:
    where = Address(shop.inboxes["echo"].id, "echo_user", "nobody")
    assert world.read(lambda s: at_address(s, shop.id, where)) is None
    assert shop.count("identity") == 0


def test_an_address_on_another_merchants_inbox_is_refused(world: World, shop: Shop) -> None:
    other = world.shop()
    theirs = person(other)
    before = dump(world.db)
    for value in ("mika", "somebody new"):
        where = Address(theirs.inbox_id, "echo_user", value)
        with pytest.raises(NotFound):
            world.write(lambda s, where=where: resolve(s, shop.id, where, world.now))  # type: ignore[misc]
    assert dump(world.db) == before


def test_a_name_is_learnt_once_and_cut(world: World, shop: Shop) -> None:
    one = person(shop).customer_id
    assert world.read(lambda s: customer(s, shop.id, one)).name is None
    assert world.write(lambda s: learn_name(s, shop.id, one, "み" * 300)) is True
    assert world.write(lambda s: learn_name(s, shop.id, one, "ken")) is False
    assert world.read(lambda s: customer(s, shop.id, one)).name == "み" * 200


def test_the_address_spoken_on_last_comes_first(world: World, shop: Shop) -> None:
    one, two = person(shop), person(shop, on="chirp")
    evidence = Evidence("linked", "account link", "system")
    world.write(lambda s: relink(s, two, one.customer_id, evidence, world.now))
    silent = world.read(lambda s: identities(s, shop.id, one.customer_id))
    assert [found.id for found in silent] == [one.id, two.id]
    world.write(lambda s: heard_from(s, two, START + later(5)))
    spoken = world.read(lambda s: identities(s, shop.id, one.customer_id))
    assert [found.id for found in spoken] == [two.id, one.id]
    assert world.read(lambda s: identities(s, shop.id, two.customer_id)) == []


def test_a_link_has_one_present_and_all_its_past(world: World, shop: Shop) -> None:
    one, two = person(shop), person(shop, "ren")
    evidence = Evidence("signed_in", "the shop vouched", "merchant")
    world.write(lambda s: relink(s, two, one.customer_id, evidence, START + later(1)))
    moved = again(shop, two)
    assert (moved.customer_id, moved.grade) == (one.customer_id, "signed_in")
    before = dump(world.db)
    world.write(lambda s: relink(s, moved, one.customer_id, evidence, START + later(2)))
    assert dump(world.db) == before
    history = world.read(lambda s: link_history(s, shop.id, two.id))
    assert [(row[0], row[1], row[2], row[6]) for row in history] == [
        (two.customer_id, "first_seen", "wrote for the first time", "merchant"),
        (one.customer_id, "signed_in", "the shop vouched", None),
    ]
    assert world.read(lambda s: link_history(s, shop.id, one.id))[0][5] is None


def test_blocking_and_labels_belong_to_the_address(world: World, shop: Shop) -> None:
    one, two = person(shop), person(shop, "ren")
    world.write(lambda s: set_blocked(s, one, START))
    world.write(lambda s: set_label(s, one, "み" * 300))
    found = again(shop, one)
    assert (found.blocked_at, found.label) == (START, "み" * 200)
    assert (again(shop, two).blocked_at, again(shop, two).label) == (None, None)
    world.write(lambda s: heard_from(s, one, START + timedelta(seconds=1)))
    assert again(shop, one).blocked_at is None
    world.write(lambda s: set_blocked(s, one, START))
    world.write(lambda s: set_blocked(s, one, None))
    assert again(shop, one).blocked_at is None


def agreed(shop: Shop, one: Identity) -> ConsentState:
    return shop.world.read(lambda s: consent_state(s, shop.id, one.id))


def test_the_last_line_of_an_addresss_ledger_counts(world: World, shop: Shop) -> None:
    one, two = person(shop), person(shop, "ren")
    states: list[ConsentState] = [agreed(shop, one)]
    for state in ("granted", "refused", "granted", "refused", "refused"):
        given = ConsentGiven(
            state, "checkout", wording="新着情報を受け取る", evidence="203.0.113.5"
        )
        world.write(lambda s, given=given: record_consent(s, shop.id, one.id, given, START))  # type: ignore[misc]
        states.append(agreed(shop, one))
    assert states == ["unknown", "granted", "refused", "granted", "refused", "refused"]
    assert agreed(shop, two) == "unknown"
    rows = world.read(
        lambda s: s.all("SELECT state, source, wording, evidence FROM consent ORDER BY id")
    )
    assert [row[0] for row in rows] == states[1:]
    assert {row[1:] for row in rows} == {("checkout", "新着情報を受け取る", "203.0.113.5")}


def test_a_clock_that_jumps_back_does_not_revive_an_old_consent(world: World, shop: Shop) -> None:
    one = person(shop)
    granted, refused = ConsentGiven("granted", "form"), ConsentGiven("refused", "STOP")
    world.write(lambda s: record_consent(s, shop.id, one.id, granted, START))
    world.write(lambda s: record_consent(s, shop.id, one.id, refused, START - later(3600)))
    assert agreed(shop, one) == "refused"


def test_consent_moves_with_the_address_not_the_customer(world: World, shop: Shop) -> None:
    one, two = person(shop), person(shop, "ren")
    granted = ConsentGiven("granted", "form")
    world.write(lambda s: record_consent(s, shop.id, one.id, granted, START))
    evidence = Evidence("linked", "link", "system")
    world.write(lambda s: relink(s, two, one.customer_id, evidence, START))
    assert (agreed(shop, one), agreed(shop, two)) == ("granted", "unknown")
