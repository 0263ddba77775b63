"""Within what time people are answered: clocks, what is late, and what that changes."""

from datetime import timedelta

import pytest

from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.handoff import Act, hand_back
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.priority import set_priority
from kaiwa.conversations.reply_clock import ReplyClock, first_replies, reply_clocks
from kaiwa.desk.queue import Wanted, listed
from kaiwa.merchants.hours import Hours
from kaiwa.merchants.routing import InboxTargets, Target
from kaiwa.merchants.voice import Voice
from tests.desk.office import Office
from tests.world import Shop, World, later

TARGETS = {"normal": Target(first_m=5, next_m=10, resolution_m=120), "urgent": Target(first_m=1)}


@pytest.fixture
def office(world: World, shop: Shop) -> Office:
    """Targets are set; nothing is routed."""
    return Office(world, shop, on=False, targets=TARGETS)


def clocks(office: Office, conv: Conversation) -> list[ReplyClock]:
    return office.world.read(lambda s: reply_clocks(s, office.shop.id, conv.id))


def ends(office: Office, conv: Conversation) -> list[tuple[str, str | None, bool]]:
    return [(one.kind, one.outcome, one.late_at is not None) for one in clocks(office, conv)]


def due(office: Office, conv: Conversation) -> tuple[str | None, float] | None:
    """What is due next, and in how many seconds."""
    present = office.now(conv)
    if present.due_at is None:
        return None
    return present.due_kind, (present.due_at - office.world.now).total_seconds()


def test_the_first_reply_then_the_next_then_the_end(office: Office) -> None:
    aoi = office.agent("Aoi")
    conv = office.wants_person("s1")
    assert due(office, conv) == ("first", 300)
    office.passes(60)
    office.answers(aoi, conv)
    assert due(office, conv) == ("resolution", 7140)
    office.shop.hear("ありがとう。もう一つ", "s1")
    assert due(office, conv) == ("next", 600)
    # A second word of the customer is no second wait.
    office.passes(30)
    office.shop.hear("それと", "s1")
    assert due(office, conv) == ("next", 570)
    office.answers(aoi, conv)
    office.closes(aoi, conv)
    assert due(office, conv) is None
    assert ends(office, conv) == [
        ("first", "met", False),
        ("resolution", "met", False),
        ("next", "met", False),
    ]
    office.passes(9000)
    assert [kind for kind, _ in office.lines(conv)].count("breached") == 0


def test_what_is_late_is_a_line_and_moves_up_in_the_queue(office: Office) -> None:
    shop, world = office.shop, office.world
    late = office.wants_person("s1")
    office.passes(299)
    high = office.wants_person("s2")
    world.write(lambda s: set_priority(s, shop.id, (high.id, None), "high", world.now))
    assert (office.now(late).late, office.now(late).urgency) == (False, 3)
    office.passes(1)
    present = office.now(late)
    assert (present.late, present.urgency, present.priority) == (True, 2, 2)
    assert office.lines(late)[-1] == ("breached", None)
    found = world.read(lambda s: happenings(s, shop.id, late.id))
    assert found[-1].reason == "first"
    # As urgent as the high one now, and due before it.
    page = world.read(lambda s: listed(s, shop.id, Wanted("open", 1)))
    assert [one.id for one in page.conversations] == [late.id, high.id]
    aoi = office.agent("Aoi")
    office.answers(aoi, late)
    assert (office.now(late).late, office.now(late).urgency) == (False, 3)
    assert ends(office, late)[0] == ("first", "met", True)


def test_another_priority_has_other_targets_from_the_same_start(office: Office) -> None:
    shop, world = office.shop, office.world
    conv = office.wants_person("s1")
    office.passes(30)
    ids = (conv.id, None)
    world.write(lambda s: set_priority(s, shop.id, ids, "urgent", world.now))
    assert due(office, conv) == ("first", 30)
    office.passes(30)
    assert office.now(conv).late
    world.write(lambda s: set_priority(s, shop.id, ids, "normal", world.now))
    assert (office.now(conv).late, due(office, conv)) == (False, ("first", 240))
    office.passes(240)
    assert office.now(conv).late
    assert [kind for kind, _ in office.lines(conv)].count("breached") == 2


def test_back_with_the_bot_people_owe_nothing(office: Office) -> None:
    aoi = office.agent("Aoi")
    conv = office.wants_person("s1")
    act = Act(office.shop.id, conv.id, aoi.id, conv.epoch)
    office.world.write(lambda s: hand_back(s, act, office.world.now))
    assert due(office, conv) is None
    office.passes(600)
    assert ends(office, conv) == [("first", "stopped", False), ("resolution", "stopped", False)]


def test_an_inbox_may_have_targets_of_its_own(office: Office) -> None:
    chirp = office.shop.inboxes["chirp"].id
    own = InboxTargets(chirp, {"normal": Target(first_m=60)})
    office.set(on=False, targets=TARGETS, inbox_targets=(own,))
    there, here = office.wants_person("s1", on="chirp"), office.wants_person("s2")
    assert due(office, there) == ("first", 3600)
    assert due(office, here) == ("first", 300)
    assert [one.kind for one in clocks(office, there)] == ["first"]


def test_clocks_stand_still_while_the_shop_is_closed(world: World) -> None:
    # 18:00 in Tokyo on a Wednesday: the shop closes in two minutes.
    world.clock.at -= timedelta(minutes=2)
    hours = Hours({"wed": ("10:00-18:00",), "thu": ("10:00-18:00",)})
    office = Office(world, world.shop(voice=Voice(hours=hours)), on=False, targets=TARGETS)
    conv = office.wants_person("s1")
    assert due(office, conv) == ("first", (2 + 16 * 60 + 3) * 60)
    office.passes(600)
    assert not office.now(conv).late


def test_without_targets_the_first_reply_is_still_measured(world: World, shop: Shop) -> None:
    office = Office(world, shop, on=False)
    aoi = office.agent("Aoi")
    since = world.now
    conv, unanswered = office.wants_person("s1"), office.wants_person("s2")
    assert due(office, conv) is None
    office.passes(90)
    office.answers(aoi, conv)
    assert ends(office, conv) == [("first", "met", False)]
    assert ends(office, unanswered) == [("first", None, False)]
    found = world.read(lambda s: first_replies(s, shop.id, since))
    assert found == [later(90)]
    assert world.read(lambda s: first_replies(s, shop.id, world.now + later(1))) == []


def test_what_is_due_soon_has_a_view_of_its_own(office: Office) -> None:
    soon, answered = office.wants_person("s1"), office.wants_person("s2")
    office.answers(office.agent("Aoi"), answered)
    wanted = Wanted("late", 1, limit=1, now=office.world.now)
    page = office.world.read(lambda s: listed(s, office.shop.id, wanted))
    assert [one.id for one in page.conversations] == [soon.id]
    assert page.next is None
    later_on = Wanted("late", 1, limit=1, now=office.world.now + timedelta(minutes=110))
    page = office.world.read(lambda s: listed(s, office.shop.id, later_on))
    assert ([one.id for one in page.conversations], page.next is None) == ([soon.id], False)
    after = Wanted("late", 1, limit=1, now=later_on.now, before=page.next)
    page = office.world.read(lambda s: listed(s, office.shop.id, after))
    assert ([one.id for one in page.conversations], page.next) == ([answered.id], None)
