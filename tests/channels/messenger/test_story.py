"""One customer on Messenger, from the webhook's bytes to the receipt, on a real database."""

import pytest

from kaiwa.channels.meta.content import GET_STARTED
from kaiwa.conversations.reach import reach
from kaiwa.customers.consent import consent_state
from kaiwa.engines.db import Database
from tests.fakes.meta_platform import MetaPlatform, Refusal
from tests.fakes.meta_samples import USER
from tests.fakes.meta_story import Story


@pytest.fixture
def story(database: Database, platform: MetaPlatform) -> Story:
    return Story(database, platform)


def test_an_answer_is_delivered_and_read_and_late_receipts_change_nothing(story: Story) -> None:
    story.hear(story.meta.text("青いマグは？", USER))
    made = story.answer("ございます。")
    assert (made.state, made.external_id) == ("accepted", "m_out1")
    story.wait(5)
    early = story.meta.delivered(USER, "m_out1")
    story.hear(story.meta.read(USER))
    assert story.now_of(made).state == "read"
    story.hear(early)
    assert story.now_of(made).state == "read"


def test_our_own_echo_is_no_answer_from_outside_even_when_it_comes_first(story: Story) -> None:
    story.hear(story.meta.text("青いマグは？", USER))
    made = story.queue("ございます。", "三つです。")
    story.platform.faults = [Refusal(400, 4, "Slow down")]
    story.deliver()
    assert story.now_of(made).state == "queued"
    story.wait(60)
    story.deliver()
    for at in (0, 1):
        story.hear(story.platform.echo(at))
        story.hear(story.platform.echo(at))
    assert [row[1:] for row in story.messages()] == [
        ("customer", "accepted", "青いマグは？"),
        ("agent", "accepted", "ございます。\n三つです。"),
    ]
    assert story.conversation().answered_by == "bot"


def test_an_echo_is_the_word_that_a_message_went_out_though_its_answer_was_lost(
    story: Story,
) -> None:
    story.hear(story.meta.text("青いマグは？", USER))
    made = story.queue("ございます。")
    story.platform.loses_answers = True
    story.deliver()
    story.platform.loses_answers = False
    assert story.now_of(made).state == "sending"
    story.wait(3_600)
    story.deliver()
    assert story.now_of(made).state == "unknown"
    assert len(story.platform.journal) == 1
    story.hear(story.platform.echo())
    assert (story.now_of(made).state, story.now_of(made).external_id) == ("accepted", "m_out1")
    assert len(story.messages()) == 2


def test_who_answers_from_outside_is_recorded_and_the_bot_is_quiet(story: Story) -> None:
    story.hear(story.meta.text("青いマグは？", USER))
    assert story.conversation().answered_by == "bot"
    outside = story.meta.echo(USER, "m_page1", text="店長です。あります。", app_id=263902037430900)
    story.hear(outside)
    story.hear(outside)
    assert story.messages() == [
        ("in", "customer", "accepted", "青いマグは？"),
        ("out", "agent", "accepted", "店長です。あります。"),
    ]
    assert story.conversation().answered_by == "nobody"
    assert story.happened() == [("answered_outside", None)]
    story.wait(5)
    story.hear(story.meta.read(USER))
    assert story.messages()[1][2] == "read"


def test_after_a_day_the_bot_is_silent_and_a_person_is_not(story: Story) -> None:
    story.hear(story.meta.text("青いマグは？", USER))
    story.wait(86_400)
    late = story.answer("ございます。", sender="bot")
    assert late.state == "failed"
    assert (late.error or "").startswith("window_closed")
    assert story.platform.journal == []
    (way,) = story.db.read_now(
        lambda s: reach(
            s,
            story.shop.id,
            story.person_in(s).customer_id,
            story.clock.now(),
            by_person=True,
        )
    )
    assert way.route is not None
    assert (way.route.kind, way.closed) == ("human_agent", None)
    assert story.answer("お待たせしました。").state == "accepted"
    assert story.platform.journal[0]["tag"] == "HUMAN_AGENT"
    story.wait(6 * 86_400)
    assert story.answer("まだですか。").state == "failed"
    assert len(story.platform.journal) == 1


def test_who_cannot_be_reached_is_left_alone_until_they_write(story: Story) -> None:
    story.hear(story.meta.text("青いマグは？", USER))
    story.platform.absent.add(USER)
    assert story.answer("ございます。").state == "failed"
    assert story.person().blocked_at is not None
    story.platform.absent.clear()
    story.hear(story.meta.text("戻りました", USER))
    assert story.person().blocked_at is None
    assert story.answer("お待たせしました。").state == "accepted"


def test_pictures_taken_back_are_all_gone(story: Story) -> None:
    url = "https://scontent.xx.fbcdn.net/v/1"
    picture = {"type": "image", "payload": {"url": url}}
    item = story.meta.message(USER, text="これ", attachments=[picture, picture])
    story.hear(item)
    assert [row[3] for row in story.messages()] == ["これ", ""]
    story.hear(story.meta.item(USER, message={"mid": item["message"]["mid"], "is_deleted": True}))
    bodies = story.db.read_now(lambda s: s.all("SELECT body FROM message ORDER BY id"))
    assert [row[0] for row in bodies] == ['{"type":"unsent"}'] * 2


def test_pictures_taken_back_before_they_come_leave_nothing(story: Story) -> None:
    picture = {"type": "image", "payload": {"url": "https://scontent.xx.fbcdn.net/v/1"}}
    item = story.meta.message(USER, attachments=[picture, picture])
    story.hear(story.meta.item(USER, message={"mid": item["message"]["mid"], "is_deleted": True}))
    story.hear(item)
    bodies = story.db.read_now(lambda s: s.all("SELECT body FROM message ORDER BY id"))
    assert [row[0] for row in bodies] == ['{"type":"unsent"}'] * 2


def test_the_first_button_opens_the_window_and_the_link_is_in_the_timeline(story: Story) -> None:
    came = {"ref": "cart_1", "source": "SHORTLINK"}
    story.hear(story.meta.postback(USER, "スタート", GET_STARTED))
    assert story.person().last_inbound_at == story.clock.now()
    assert story.messages() == []
    story.hear(story.meta.text("青いマグは？", USER, referral=came))
    assert story.happened() == [("referred", "cart_1 · SHORTLINK")]


def test_who_stops_notifications_gets_no_advertising_and_is_still_answered(story: Story) -> None:
    stop = {"type": "notification_messages", "notification_messages_status": "STOP_NOTIFICATIONS"}
    story.hear(story.meta.text("青いマグは？", USER), story.meta.item(USER, optin=stop))
    where = story.person()
    state = story.db.read_now(lambda s: consent_state(s, story.shop.id, where.id))
    assert (state, where.blocked_at) == ("refused", None)
    assert story.answer("ございます。").state == "accepted"


def test_a_call_that_comes_twice_or_days_later_is_heard_once(story: Story) -> None:
    item = story.meta.text("青いマグは？", USER)
    story.hear(item)
    story.wait(3 * 86_400)
    story.hear(item)
    assert len(story.messages()) == 1
