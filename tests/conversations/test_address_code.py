"""A code sent to a claimed address and told where the customer writes makes it theirs."""

import re

import pytest

from kaiwa.conversations.address_code import LIFE, MOST_A_DAY, MOST_TRIES, send_code
from kaiwa.conversations.conversation import held
from kaiwa.conversations.fact import MessageReceived
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.merge import merge_customers, undo_merge
from kaiwa.customers.grade import Grade
from kaiwa.customers.identity import Evidence, link_history, set_blocked
from kaiwa.vocabulary.errors import Conflict, KaiwaError, NotFound
from tests.world import Shop, World, dump, unheard

MAIL = "mika@mail.example"


def claimed(shop: Shop, grade: Grade = "claimed") -> int:
    """Mika on echo, and an address on chirp that an agent believes to be hers."""
    shop.hear("以前のこと", sender=MAIL, on="chirp")
    shop.hear("メールに送ってください")
    pair = (shop.person().customer_id, shop.person(MAIL, "chirp").customer_id)
    evidence, now = Evidence(grade, "she said so", "agent:1"), shop.world.now
    return shop.world.write(lambda s: merge_customers(s, shop.id, pair, evidence, now)).id


def send(shop: Shop, click: str = "c-1", to: int | None = None) -> None:
    conv, there = shop.open(), to or shop.person(MAIL, "chirp").id
    agent = shop.world.read(lambda s: s.one("SELECT min(id) FROM agent"))
    assert agent is not None
    by = (int(agent[0] or 0), click)
    now = shop.world.now
    shop.world.write(lambda s: send_code(s, held(s, shop.id, conv.id), there, by, now))


def code(shop: Shop) -> str:
    """What arrived at the address."""
    shop.world.deliver_all()
    found = re.search(r"\d{6}", shop.world.chirp.received(MAIL)[-1])
    assert found is not None
    return found[0]


def grade(shop: Shop) -> str:
    return shop.person(MAIL, "chirp").grade


@pytest.fixture(autouse=True)
def staff(shop: Shop) -> None:
    shop.agent()


def test_told_where_the_customer_writes_it_proves_the_address(world: World, shop: Shop) -> None:
    claimed(shop)
    send(shop)
    told = code(shop)
    world.facts.clear()
    shop.hear(f" {told} ")
    assert grade(shop) == "one_time_code"
    assert [one for one in world.facts if isinstance(one, MessageReceived)] == []
    world.deliver_all()
    assert world.echo.received("mika") == [
        "ありがとうございます。m…@mail.exampleをお客様の連絡先として確認しました。"
    ]
    conv = shop.open()
    lines = world.read(lambda s: happenings(s, shop.id, conv.id))
    assert [(one.kind, one.reason) for one in lines] == [
        ("code_sent", "chirp"),
        ("address_proven", "chirp"),
    ]
    there = shop.person(MAIL, "chirp").id
    history = world.read(lambda s: link_history(s, shop.id, there))
    assert [(row[1], row[4]) for row in history] == [
        ("first_seen", "system"),
        ("claimed", "agent:1"),
        ("one_time_code", "customer"),
    ]


def test_full_width_digits_count(world: World, shop: Shop) -> None:
    claimed(shop)
    send(shop)
    shop.hear(code(shop).translate({ord("0") + n: ord("０") + n for n in range(10)}))
    assert grade(shop) == "one_time_code"


def test_it_works_once_and_for_ten_minutes(world: World, shop: Shop) -> None:
    merged = claimed(shop)
    send(shop)
    first = code(shop)
    world.clock.move(LIFE.total_seconds())
    shop.hear(first)
    assert grade(shop) == "claimed"
    send(shop, "c-2")
    told = code(shop)
    shop.hear(told)
    assert grade(shop) == "one_time_code"
    world.write(lambda s: undo_merge(s, shop.id, merged, "agent:1", world.now, unheard))
    shop.hear(told)
    assert grade(shop) == "first_seen"


def test_wrong_ones_end_it_and_reach_the_bot(world: World, shop: Shop) -> None:
    claimed(shop)
    send(shop)
    told = code(shop)
    wrong = f"{(int(told) + 1) % 1_000_000:06d}"
    world.facts.clear()
    for _ in range(MOST_TRIES):
        shop.hear(wrong)
    assert len([one for one in world.facts if isinstance(one, MessageReceived)]) == MOST_TRIES
    shop.hear(told)
    assert grade(shop) == "claimed"


def test_nobody_else_can_tell_it(world: World, shop: Shop) -> None:
    """Neither a stranger nor the address itself."""
    claimed(shop)
    send(shop)
    told = code(shop)
    shop.hear(told, sender="ren")
    shop.hear(told, sender=MAIL, on="chirp")
    assert grade(shop) == "claimed"


def test_a_new_one_ends_the_one_before(world: World, shop: Shop) -> None:
    claimed(shop)
    send(shop)
    first = code(shop)
    send(shop, "c-2")
    if code(shop) != first:
        shop.hear(first)
        assert grade(shop) == "claimed"


def test_the_same_click_sends_one(world: World, shop: Shop) -> None:
    claimed(shop)
    send(shop)
    before = dump(world.db, shop.id)
    send(shop)
    assert dump(world.db, shop.id) == before


def test_the_code_is_kept_as_a_hash_beside_the_message_itself(world: World, shop: Shop) -> None:
    claimed(shop)
    send(shop)
    assert code(shop) not in repr(dump(world.db, shop.id)["address_code"])


@pytest.mark.parametrize("why", ["proven", "blocked", "strangers", "told_on_a_claim", "too_many"])
def test_when_no_code_is_sent(world: World, shop: Shop, why: str) -> None:
    claimed(shop, "one_time_code" if why == "proven" else "claimed")
    to: int | None = None
    wanted: type[KaiwaError] = Conflict
    reason = why
    match why:
        case "blocked":
            there = shop.person(MAIL, "chirp")
            world.write(lambda s: set_blocked(s, there, world.now))
        case "strangers":
            shop.hear("a", sender="ren")
            to, wanted, reason = shop.person("ren").id, NotFound, ""
        case "told_on_a_claim":
            shop.hear("a", sender=MAIL, on="chirp")
            # Her own address is sure, but who writes now is not.
            pair = (shop.person().customer_id, _other(shop))
            evidence = Evidence("claimed", "x", "agent:1")
            world.write(lambda s: merge_customers(s, shop.id, pair, evidence, world.now))
            to, reason = shop.person("sora", "plain").id, "claimed"
        case "too_many":
            for number in range(MOST_A_DAY):
                send(shop, f"many-{number}")
    before = dump(world.db, shop.id)
    with pytest.raises(wanted) as refused:
        send(shop, "c-9", to)
    assert refused.value.detail.get("reason", "") == reason
    assert dump(world.db, shop.id) == before


def _other(shop: Shop) -> int:
    shop.hear("b", sender="sora", on="plain")
    return shop.person("sora", "plain").customer_id
