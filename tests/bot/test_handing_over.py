"""What a shopper is told who is passed to a person, and the way back, on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from kaiwa.conversations.note import notes
from kaiwa.knowledge.unanswered import unanswered
from kaiwa.merchants.audit import deeds
from kaiwa.merchants.hours import WEEKDAYS, Hours
from kaiwa.merchants.voice import Topic, Voice
from kaiwa.vocabulary.content import Postback
from kaiwa.vocabulary.event import Said
from kaiwa.web.wait import wait_shape
from tests.bot.answered import Answered
from tests.world import World, dump, world

__all__ = ["world"]

WEEKDAYS_TEN_TO_SIX = Voice(
    hours=Hours(dict.fromkeys(WEEKDAYS[:5], ("10:00-18:00",)), (date(2026, 4, 6),))
)
ASK = "担当者と話したいです"


def tokyo(text: str) -> datetime:
    """A local time at the shop."""
    return datetime.fromisoformat(f"{text}+09:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (
            "2026-04-01T11:00",
            "承知しました。担当者に引き継ぎます。ここまでの内容は伝わります。担当者がこの会話でお返事"
            "します。本日18:00まで承っています。",
        ),
        (
            "2026-04-01T19:00",
            "承知しました。担当者に引き継ぎます。ここまでの内容は伝わります。ただいま営業時間外です。"
            "明日10:00以降に、この会話でお返事します。",
        ),
        # Friday evening; the Monday after is a holiday.
        (
            "2026-04-03T19:00",
            "承知しました。担当者に引き継ぎます。ここまでの内容は伝わります。ただいま営業時間外です。"
            "4月7日（火）10:00以降に、この会話でお返事します。",
        ),
    ],
)
def test_the_hours_are_told(world: World, now: str, told: str) -> None:
    shop = Answered(world, voice=WEEKDAYS_TEN_TO_SIX)
    world.clock.at = tokyo(now)
    (said,) = shop.hears(ASK)
    assert said.splitlines()[0] == told


def test_hours_in_english(world: World) -> None:
    shop = Answered(world, voice=WEEKDAYS_TEN_TO_SIX)
    world.clock.at = tokyo("2026-04-03T19:00")
    (said,) = shop.hears("I want to talk to a person")
    assert said.splitlines()[0] == (
        "Of course. I'm passing you to a colleague. They can see what we've said so far."
        " We're closed right now. We'll answer here from Tue 7 Apr, 10:00."
    )


def test_the_wait_is_the_median_of_the_last_ones_and_never_less_than_the_first_waits(
    world: World,
) -> None:
    shop = Answered(world)
    for number, minutes in enumerate((1, 4, 4, 9, 60)):
        who = f"visitor-{number}"
        assert "分ほど" not in shop.hears(ASK, who)[0]
        shop.takes(who)
        world.clock.move(minutes * 60)
        shop.agent_says("お待たせしました。", who)
    assert "お返事まで5分ほどの見込みです。" in shop.hears(ASK, "aki")[0]
    world.clock.move(12 * 60)
    assert "お返事まで15分ほどの見込みです。" in shop.hears(ASK, "nao")[0]
    world.clock.move(3 * 3600)
    assert "1時間以上かかる見込みです。" in shop.hears(ASK, "rei")[0]


def test_the_chat_shows_the_same_wait_how_many_are_before_and_when_it_is_closed(
    world: World,
) -> None:
    shop = Answered(world, voice=WEEKDAYS_TEN_TO_SIX)

    def seen(who: str) -> dict[str, Any] | None:
        conv = shop.shop.open(who)
        return world.read(lambda s: wait_shape(s, shop.shop.merchant, conv, world.now))

    world.clock.at = tokyo("2026-04-01T11:00")
    for number in range(5):
        who = f"visitor-{number}"
        shop.hears(ASK, who)
        assert seen(who) == {"minutes": None, "ahead": 0, "again": None}
        shop.takes(who)
        world.clock.move(4 * 60)
        shop.agent_says("お待たせしました。", who)
        assert seen(who) is None
    shop.hears(ASK, "aki")
    world.clock.move(60)
    shop.hears(ASK, "nao")
    assert seen("aki") == {"minutes": 5, "ahead": 0, "again": None}
    assert seen("nao") == {"minutes": 5, "ahead": 1, "again": None}
    world.clock.at = tokyo("2026-04-03T19:00")
    closed = {"minutes": None, "ahead": 0, "again": "2026-04-07T01:00:00.000Z"}
    assert seen("nao") == closed


def test_what_waits_in_another_shop_is_not_counted(world: World) -> None:
    busy, shop = Answered(world), Answered(world)
    for number in range(5):
        who = f"visitor-{number}"
        busy.hears(ASK, who)
        busy.takes(who)
        world.clock.move(600)
        busy.agent_says("お待たせしました。", who)
    assert "分ほど" in busy.hears(ASK, "aki")[0]
    assert "分ほど" not in shop.hears(ASK, "aki")[0]


def test_who_waits_past_closing_time_is_told_from_when_again(world: World) -> None:
    shop = Answered(world, voice=WEEKDAYS_TEN_TO_SIX)
    world.clock.at = tokyo("2026-04-01T10:00")
    for number in range(5):
        who = f"visitor-{number}"
        shop.hears(ASK, who)
        shop.takes(who)
        world.clock.move(20 * 60)
        shop.agent_says("お待たせしました。", who)
    # At night nobody answers: that wait is not counted.
    world.clock.at = tokyo("2026-04-01T23:00")
    shop.hears(ASK, "night")
    shop.takes("night")
    world.clock.at = tokyo("2026-04-02T17:50")
    shop.agent_says("お待たせしました。", "night")
    (said,) = shop.hears(ASK, "aki")
    assert said.splitlines()[0].endswith(
        "お返事まで20分ほどの見込みです。本日18:00まで承っています。"
        "それまでにお返事できないときは、4月3日（金）10:00以降になります。".replace(
            "4月3日（金）10:00", "明日10:00"
        )
    )


@pytest.mark.parametrize(
    "said",
    [
        "やっぱりいいです",
        "やっぱり大丈夫です。",
        "すみません、やっぱいいや",
        "担当者はもういいです",
        "ボットでいいです",
        "never mind",
        "Actually, never mind, the bot is fine",
        "back to the bot",
        "I don't need a person anymore",
        Said(Postback("自動応答に戻る", "bot"), "pressed"),
    ],
)
def test_who_waits_may_come_back_to_the_bot(world: World, said: str | Said) -> None:
    shop = Answered(world)
    shop.hears(ASK)
    conv = shop.shop.open()
    assert (conv.answered_by, conv.waiting_since) == ("nobody", world.now)
    (back,) = shop.hears(said)
    assert back in (
        "承知しました。引き続き自動でお答えします。ご用件をお聞かせください。",
        "All right, I'll go on answering automatically. What can I do for you?",
    )
    conv = shop.shop.open()
    assert (conv.answered_by, conv.waiting_since, conv.epoch) == ("bot", None, 3)
    assert shop.happened() == [("handoff_requested", "asked"), ("came_back", None)]
    assert shop.hears("送料はいくらですか") == ["全国一律660円です。"]


def test_what_is_asked_in_the_same_breath_is_answered(world: World) -> None:
    shop = Answered(world)
    shop.hears(ASK)
    (said,) = shop.hears("やっぱりいいです。送料はいくらですか？")
    assert said.splitlines() == [
        "承知しました。引き続き自動でお答えします。ご用件をお聞かせください。",
        "全国一律660円です。",
    ]


@pytest.mark.parametrize(
    "said",
    ["やっぱりいい色ですね", "やっぱり返品したいです", "まだですか", "never", "The bot was rude"],
)
def test_who_waits_on_is_left_to_the_people(world: World, said: str) -> None:
    shop = Answered(world)
    shop.hears(ASK)
    assert shop.hears(said) == []
    assert shop.shop.open().answered_by == "nobody"


def test_once_a_person_has_taken_over_there_is_no_way_back_by_words(world: World) -> None:
    shop = Answered(world)
    shop.hears(ASK)
    shop.takes()
    assert shop.hears("やっぱりいいです") == []
    assert shop.hears(Said(Postback("自動応答に戻る", "bot"), "pressed")) == []
    assert shop.shop.open().answered_by == "agent"


def test_a_shop_whose_bot_is_silent_has_no_bot_to_come_back_to(world: World) -> None:
    shop = Answered(world, bot_answers=False)
    assert shop.hears("やっぱりいいです") == []
    assert shop.shop.open().answered_by == "nobody"


def test_the_button_pressed_late_is_answered_by_the_bot_that_is_there(world: World) -> None:
    shop = Answered(world)
    shop.hears(ASK)
    shop.hears("やっぱりいいです")
    (said,) = shop.hears(Said(Postback("自動応答に戻る", "bot"), "pressed"))
    assert said.startswith("承知しました。引き続き自動でお答えします。")
    assert len(shop.happened()) == 2


def test_an_agent_who_hands_back_has_the_shopper_told(world: World) -> None:
    shop = Answered(world, voice=Voice(tone="friendly"))
    shop.hears(ASK)
    shop.takes()
    shop.agent_says("お調べしました。")
    shop.hands_back()
    thread = shop.shop.thread(shop.shop.open())
    assert thread[-1][1:] == (
        "bot",
        "ここからはまた自動でお答えしますね。担当者にもいつでも代われますよ。",
    )
    assert shop.hears("送料はいくらですか") == ["全国一律660円です。"]


def test_every_reason_is_recorded_with_a_note_for_the_desk(world: World) -> None:
    shop = Answered(world)
    for who, said, reason in (
        ("a", [ASK], "asked"),
        ("b", ["最悪です。ふざけないでください"], "angry"),
        ("c", ["宇宙へ行けますか", "明日の天気は何ですか"], "failed_twice"),
    ):
        for one in said:
            shop.hears(one, who)
        assert shop.happened(who) == [("handoff_requested", reason)]
        conv = shop.shop.open(who)
        (note,) = world.read(lambda s, c=conv.id: notes(s, shop.shop.id, c))  # type: ignore[misc]
        assert (note.agent_id, said[-1] in note.text.split("\n")[0]) == (None, True)


def test_who_is_angry_is_spoken_to_politely_in_every_tone(world: World) -> None:
    shop = Answered(world, voice=Voice(tone="friendly", emoji="few"))
    (said,) = shop.hears("最悪です。ふざけないでください")
    assert "申し訳ありません。担当者に引き継ぎます。" in said
    assert "ここまでの内容は伝わります。担当者がこの会話でお返事します。" in said


def test_what_a_person_will_ask_is_not_asked_beside_it(world: World) -> None:
    shop = Answered(world)
    (said,) = shop.hears("どちらがよいですか。担当者に聞きたいです")
    assert said.startswith("承知しました。担当者に引き継ぎます。")


MEDICINE = Topic(
    "薬",
    {"ja": ("薬", "飲み合わせ"), "en": ("medicine", "drug interactions")},
    {"ja": "お薬のことは、かかりつけの薬剤師にご相談ください。"},
)


def test_a_topic_is_left_alone_before_faq_and_skills_and_written_down(world: World) -> None:
    shop = Answered(world, voice=Voice(topics=(MEDICINE,)))
    before = dump(world.db, shop.shop.id)["unanswered"]
    answers = shop.hears("薬の飲み合わせは大丈夫ですか")
    assert answers == ["お薬のことは、かかりつけの薬剤師にご相談ください。"]
    assert shop.hears("Do you sell medicines?") == [
        "I'm sorry, that is something we don't answer here."
    ]
    assert shop.happened() == [("flagged", "policy"), ("flagged", "policy")]
    assert shop.shop.open().answered_by == "bot"
    told = [deed for _, deed in world.read(lambda s: deeds(s, shop.shop.id))]
    left = [one for one in told if one.action == "left_alone"]
    assert len(left) == 2
    assert (left[0].actor, left[0].subject) == ("bot", f"conversation:{shop.shop.open().id}")
    assert (left[0].detail["reason"], left[0].detail["topic"]) == ("policy", "薬")
    assert dump(world.db, shop.shop.id)["unanswered"] == before
    assert world.read(lambda s: unanswered(s, shop.shop.id, 10)) == []


def test_a_topic_with_a_person_hands_off_as_policy(world: World) -> None:
    topic = Topic("薬", MEDICINE.words, person=True)
    shop = Answered(world, voice=Voice(topics=(topic,)))
    (said,) = shop.hears("薬は売っていますか")
    assert said.startswith("担当者が確認してご案内します。引き継ぎますね。")
    assert shop.happened() == [("handoff_requested", "policy")]
    assert shop.shop.open().answered_by == "nobody"
