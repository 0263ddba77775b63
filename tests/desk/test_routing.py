"""Who waits for a person gets one, when there is one who has room for them."""

import asyncio
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from kaiwa.bot.answering import Answering
from kaiwa.bot.known import open_tools
from kaiwa.catalog.finder.finder import Finder
from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.handoff import Act, assign, hand_back, take
from kaiwa.conversations.outbox import mark_read
from kaiwa.conversations.snooze import snooze
from kaiwa.engines.db import Session
from kaiwa.listeners import announce_orders, announcer
from kaiwa.merchants.ability import Ability, set_ability
from kaiwa.merchants.agent import Agent
from kaiwa.merchants.attendance import anyone_present
from kaiwa.merchants.hours import Hours
from kaiwa.merchants.routing import Rule
from kaiwa.merchants.team import TeamAs, create_team
from kaiwa.merchants.voice import Voice
from kaiwa.vocabulary.errors import Conflict
from tests.desk.office import Office
from tests.world import Shop, World


@pytest.fixture
def office(world: World, shop: Shop) -> Office:
    """Routing with room for two each."""
    return Office(world, shop, capacity=2)


def able(office: Office, agent: Agent, **ability: object) -> None:
    told = Ability(**ability)  # type: ignore[arg-type]
    who = (agent.id, "agent:1")
    office.world.write(lambda s: set_ability(s, office.shop.id, who, told, office.world.now))


def test_a_hand_off_goes_to_the_least_loaded_then_to_who_was_idle_longest(office: Office) -> None:
    aoi, ren = office.agent("Aoi"), office.agent("Ren")
    convs: list[Conversation] = []
    for n in range(5):
        office.world.clock.move(1)
        convs.append(office.wants_person(f"s{n}"))
        office.work()
    assert [office.has(one) for one in convs] == [aoi.id, ren.id, aoi.id, ren.id, None]
    assert office.now(convs[0]).answered_by == "agent"
    assert office.now(convs[4]).answered_by == "nobody"
    assert office.lines(convs[0]) == [("handoff_requested", None), ("routed", "Aoi")]
    assert office.lines(convs[4]) == [("handoff_requested", None)]
    assert office.why(convs[0]) == {"by": "idle_longest", "load": 1, "capacity": 2}


def test_when_room_is_made_the_head_of_the_queue_is_given(office: Office) -> None:
    office.set(capacity=1)
    aoi = office.agent("Aoi")
    first, second, third = (office.wants_person(f"s{n}") for n in range(3))
    office.work()
    assert [office.has(one) for one in (first, second, third)] == [aoi.id, None, None]
    office.closes(aoi, first)
    office.work()
    assert [office.has(one) for one in (second, third)] == [aoi.id, None]
    present = office.now(second)
    act = Act(office.shop.id, second.id, aoi.id, present.epoch)
    office.world.write(lambda s: hand_back(s, act, office.world.now))
    office.work()
    assert office.has(third) == aoi.id
    fourth = office.wants_person("s4")
    office.work()
    assert office.has(fourth) is None
    # Put aside it takes no room.
    ids = (third.id, aoi.id)
    office.world.write(lambda s: snooze(s, office.shop.id, ids, None, office.world.now))
    office.work()
    assert office.has(fourth) == aoi.id


def test_the_urgent_go_before_those_who_wait_longer(office: Office) -> None:
    office.set(capacity=1, rules=(Rule(language="en", raise_to="urgent"),))
    long, urgent = office.wants_person("s1"), office.wants_person("s2", "I want a refund, please")
    office.work()
    assert (office.now(long).priority, office.now(urgent).priority) == (2, 0)
    assert office.lines(urgent)[1:] == [("priority", None)]
    aoi = office.agent("Aoi")
    office.work()
    assert (office.has(urgent), office.has(long)) == (aoi.id, None)


def test_switched_off_nothing_is_given_and_no_job_is_made(office: Office) -> None:
    office.agent("Aoi")
    office.work()
    office.set(on=False)
    conv = office.wants_person("s1")
    assert office.work() == 0
    assert office.has(conv) is None


def test_nobody_there_keeps_everybody_in_the_queue_until_somebody_comes(office: Office) -> None:
    aoi = office.agent("Aoi", there=False)
    conv = office.wants_person("s1")
    office.work()
    assert office.has(conv) is None
    office.comes(aoi)
    office.work()
    assert office.has(conv) == aoi.id


def test_who_is_away_is_given_nothing_and_loses_what_waits_after_the_grace(
    office: Office,
) -> None:
    aoi = office.agent("Aoi")
    waits, answered = office.wants_person("s1"), office.wants_person("s2")
    office.work()
    office.answers(aoi, answered)
    ren = office.agent("Ren")
    office.says(aoi, "away")
    third = office.wants_person("s3")
    office.passes(119)
    assert (office.has(third), office.has(waits), office.has(answered)) == (ren.id, aoi.id, aoi.id)
    office.passes(1)
    assert (office.has(waits), office.has(answered)) == (ren.id, aoi.id)
    assert office.lines(waits)[1:] == [("routed", "Aoi"), ("requeued", "Aoi"), ("routed", "Ren")]
    # The customer writes to who has been away for so long: others answer at once.
    office.closes(ren, third)
    office.shop.hear("まだですか", "s2")
    office.work()
    assert office.has(answered) == ren.id


def test_who_comes_back_within_the_grace_keeps_everything(office: Office) -> None:
    aoi, _ = office.agent("Aoi"), office.agent("Ren")
    conv = office.wants_person("s1")
    office.work()
    office.says(aoi, "away")
    office.passes(60)
    office.says(aoi, "online")
    office.passes(600)
    assert office.has(conv) == aoi.id
    assert [kind for kind, _ in office.lines(conv)] == ["handoff_requested", "routed"]


def test_a_browser_not_heard_from_is_gone_after_ninety_seconds(office: Office) -> None:
    aoi = office.agent("Aoi")
    conv = office.wants_person("s1")
    office.work()
    ren = office.agent("Ren")
    office.is_cut_off(aoi)
    office.passes(89)
    other = office.wants_person("s2")
    office.work()
    assert office.has(other) == ren.id
    office.passes(90 + 119 - 89)
    assert office.has(conv) == aoi.id
    office.passes(30)
    assert office.has(conv) == ren.id
    office.comes(aoi)
    third = office.wants_person("s3")
    office.work()
    assert office.has(third) == aoi.id


def test_skill_language_and_team_are_kept_to(office: Office) -> None:
    office.set(capacity=5, rules=(Rule(value_minor=None, language="ja", skill="返品"),))
    aoi, ren = office.agent("Aoi"), office.agent("Ren")
    able(office, aoi, skills=("返品",), languages=("ja",))
    able(office, ren, languages=("en",))
    ja, en = office.wants_person("s1"), office.wants_person("s2", "Please help me")
    office.work()
    assert (office.has(ja), office.has(en)) == (aoi.id, ren.id)
    assert office.why(ja) == {
        "by": "only", "load": 1, "capacity": 5, "skills": ["返品"], "language": "ja"
    }  # fmt: skip


def test_after_long_waiting_it_goes_to_anybody(office: Office) -> None:
    office.set(rules=(Rule(skill="返品"),), widen_m=10)
    aoi = office.agent("Aoi")
    able(office, office.agent("Ren", there=False), skills=("返品",))
    conv = office.wants_person("s1")
    office.passes(599)
    assert office.has(conv) is None
    office.passes(1)
    assert office.has(conv) == aoi.id
    assert office.why(conv) == {"by": "only", "load": 1, "capacity": 6, "waived": ["返品"]}


def test_what_is_not_touched_goes_to_somebody_else_and_not_back(office: Office) -> None:
    office.set(untouched_m=5, capacity=6)
    aoi = office.agent("Aoi")
    conv = office.wants_person("s1")
    office.passes(60 * 12)
    # There is nobody else: it stays where it is.
    assert office.has(conv) == aoi.id
    ren = office.agent("Ren")
    office.passes(60 * 5)
    assert office.has(conv) == ren.id
    assert ("requeued", "Aoi") in office.lines(conv)
    # Nobody touches it: it goes on, and never twice in a row to the same.
    office.passes(60 * 5)
    assert office.has(conv) == aoi.id


@pytest.mark.parametrize("deed", ["opened", "answered", "off"])
def test_what_was_touched_stays(office: Office, deed: str) -> None:
    office.set(untouched_m=None if deed == "off" else 5, capacity=6)
    aoi = office.agent("Aoi")
    conv = office.wants_person("s1")
    office.work()
    office.agent("Ren")
    if deed == "opened":
        office.world.write(lambda s: read(s, office, conv))
    elif deed == "answered":
        office.answers(aoi, conv)
    office.passes(60 * 11)
    assert office.has(conv) == aoi.id


def read(session: Session, office: Office, conv: Conversation) -> None:
    found = held(session, office.shop.id, conv.id)
    mark_read(session, found, found.last_seq, by_agent=True, now=office.world.now)


def test_what_a_team_is_to_answer_waits_for_one_of_it(office: Office) -> None:
    aoi, ren = office.agent("Aoi"), office.agent("Ren", there=False)
    shop = office.shop
    team = office.world.write(
        lambda s: create_team(s, shop.id, TeamAs("Returns", (ren.id,)), office.world.now)
    )
    conv = office.wants_person("s1")
    office.world.write(
        lambda s: s.run("UPDATE conversation SET team_id = :t WHERE id = :c", t=team.id, c=conv.id)
    )
    office.work()
    assert office.has(conv) is None
    office.comes(ren)
    office.work()
    assert office.has(conv) == ren.id
    assert office.why(conv)["team"] is True
    assert aoi.id != ren.id


def test_out_of_office_hours_it_waits_for_the_morning(world: World) -> None:
    # 2026-04-01 18:00 in Tokyo, a Wednesday; Thursday is a holiday.
    hours = Hours({"wed": ("10:00-18:00",), "fri": ("10:00-18:00",)}, (date(2026, 4, 2),))
    shop = world.shop(voice=Voice(hours=hours))
    office = Office(world, shop)
    aoi = office.agent("Aoi")
    conv = office.wants_person("s1")
    office.passes(60)
    assert office.has(conv) is None
    world.clock.at += timedelta(hours=39, minutes=58, seconds=59)
    office.comes(aoi)
    office.work()
    assert office.has(conv) is None
    world.clock.at += timedelta(seconds=1)
    office.work()
    assert office.has(conv) == aoi.id


def test_left_by_its_agent_it_goes_to_another(office: Office) -> None:
    aoi = office.agent("Aoi")
    ren = office.agent("Ren")
    busy, conv = office.wants_person("s0"), office.wants_person("s1")
    office.work()
    assert (office.has(busy), office.has(conv)) == (aoi.id, ren.id)
    act = Act(office.shop.id, busy.id, aoi.id, office.now(busy).epoch)
    conv = busy
    office.world.write(lambda s: assign(s, act, None, office.world.now))
    office.work()
    assert office.has(conv) == ren.id


def test_a_channel_may_take_more_of_an_agent(office: Office) -> None:
    office.set(capacity=3, weights={"echo": 2})
    aoi = office.agent("Aoi")
    heavy, second = office.wants_person("s1"), office.wants_person("s2")
    light = office.wants_person("s3", on="chirp")
    office.work()
    assert [office.has(one) for one in (heavy, second, light)] == [aoi.id, None, aoi.id]
    assert office.why(light)["load"] == 3


def test_who_takes_it_by_hand_first_has_it(office: Office) -> None:
    aoi, ren = office.agent("Aoi"), office.agent("Ren", there=False)
    conv = office.wants_person("s1")
    act = Act(office.shop.id, conv.id, ren.id, conv.epoch)
    office.world.write(lambda s: take(s, act, office.world.now))
    office.work()
    assert office.has(conv) == ren.id
    late = Act(office.shop.id, conv.id, aoi.id, conv.epoch)
    with pytest.raises(Conflict):
        office.world.write(lambda s: take(s, late, office.world.now))
    assert office.lines(conv)[1:] == [("taken", "Ren")]


def test_races_give_each_conversation_to_one_and_nobody_too_much(office: Office) -> None:
    office.set(capacity=3)
    agents = [office.agent(f"A{n}") for n in range(3)]
    convs = [office.wants_person(f"s{n}") for n in range(12)]
    while jobs := office.world.claimed("desk"):
        assert jobs
    taken: list[int] = []

    def grab() -> None:
        for conv in convs[::3]:
            act = Act(office.shop.id, conv.id, agents[0].id, conv.epoch)
            try:
                office.world.write(lambda s, a=act: take(s, a, office.world.now))  # type: ignore[misc]
                taken.append(conv.id)
            except Conflict:
                continue

    threads = [threading.Thread(target=office.route) for _ in range(6)]
    threads.insert(3, threading.Thread(target=grab))
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    present = [office.now(one) for one in convs]
    for conv in present:
        moves = [k for k, _ in office.lines(conv) if k in ("routed", "taken")]
        assert len(moves) == (conv.answered_by == "agent")
        assert conv.epoch == 2 + len(moves)
    loads = {one.id: sum(c.assignee_id == one.id for c in present) for one in agents}
    assert loads[agents[1].id] <= 3 and loads[agents[2].id] <= 3
    routed = loads[agents[0].id] - len(taken)
    assert routed <= 3
    assert sum(loads.values()) >= 9


def test_the_bot_knows_whether_somebody_is_there(office: Office) -> None:
    def told() -> bool | None:
        return office.world.read(lambda s: anyone_present(s, office.shop.id, office.world.now))

    assert told() is None
    aoi = office.agent("Aoi")
    assert told() is True
    office.says(aoi, "away")
    assert told() is False
    office.says(aoi, "online")
    office.is_cut_off(aoi)
    office.passes(89)
    assert told() is True
    office.passes(1)
    assert told() is False


@pytest.mark.parametrize(
    ("there", "words"),
    [
        (True, "このままお待ちください。順番にお返事します。"),
        (False, "ただいま担当者が席を外しています。"),
    ],
)
def test_the_bots_words_at_a_hand_off_are_true(
    office: Office, tmp_path: Path, there: bool, words: str
) -> None:
    aoi = office.agent("Aoi")
    office.says(aoi, "online" if there else "away")
    world, shop = office.world, office.shop
    tools = open_tools(
        world.db, Finder(world.db, None, world.clock), world.clock, tmp_path, "https://shop.example"
    )
    announce = announcer(world.clock)
    bot = Answering(world.db, world.clock, (announce, announce_orders), tools)
    shop.hear("担当者と話したいです")
    for fact in world.facts:
        world.write(lambda s, told=fact: announce(s, told))  # type: ignore[misc]

    async def turns() -> None:
        for job in world.claimed("bot"):
            await bot.turn(job)

    asyncio.run(turns())
    said = [one.text for one in shop.messages(shop.open()) if one.sender == "bot"]
    assert words in said[0]
    office.work()
    assert office.has(shop.open()) == (aoi.id if there else None)
