"""What Telegram tells, in our words."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from kaiwa.channels.telegram import CHANNEL
from kaiwa.vocabulary.content import Content, Location, Media, MediaSource, Postback, Sticker, Text
from kaiwa.vocabulary.event import (
    Edited,
    Followed,
    Ignored,
    InboundEvent,
    Said,
    Sender,
    Unfollowed,
    Unheard,
)
from tests.channels.telegram.conftest import NOW, USER

PERSON = {"id": USER, "is_bot": False, "first_name": "Hana", "last_name": "Mori"}
CHAT = {"id": USER, "type": "private"}


def heard(**fields: Any) -> InboundEvent:
    ((_, event),) = CHANNEL.parse(json.dumps({"update_id": 9, **fields}).encode(), NOW)
    return event


def message(**fields: Any) -> dict[str, Any]:
    plain = {"message_id": 7, "from": PERSON | {"language_code": "ja"}, "chat": CHAT}
    return plain | {"date": 1_795_230_000} | fields


def test_a_text_with_who_when_and_what_it_answers() -> None:
    assert heard(
        message=message(text="青は？", reply_to_message={"message_id": 5})
    ) == InboundEvent(
        "9",
        Said(Text("青は？"), f"{USER}:7", f"{USER}:5"),
        sender=Sender("telegram_user", str(USER)),
        occurred_at=datetime(2026, 11, 21, 3, 0, tzinfo=UTC),
        language="ja",
        name="Hana Mori",
    )


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        (
            {"photo": [{"file_id": "small"}, {"file_id": "large"}], "caption": "これ"},
            Media("image", source=MediaSource("large"), text="これ"),
        ),
        (
            {"document": {"file_id": "d", "file_name": "a.pdf"}},
            Media("file", source=MediaSource("d", name="a.pdf")),
        ),
        ({"voice": {"file_id": "v"}}, Media("audio", source=MediaSource("v"))),
        ({"video_note": {"file_id": "n"}}, Media("video", source=MediaSource("n"))),
        (
            {"sticker": {"file_id": "s", "emoji": "👍", "set_name": "cats"}},
            Sticker("cats", "s", text="👍"),
        ),
        ({"location": {"latitude": 35.7, "longitude": 139.7}}, Location(35.7, 139.7)),
        (
            {
                "venue": {
                    "location": {"latitude": 1.0, "longitude": 2.0},
                    "title": "駅",
                    "address": "東京",
                },
                "location": {"latitude": 1.0, "longitude": 2.0},
            },
            Location(1.0, 2.0, "駅", "東京"),
        ),
        (
            {"contact": {"phone_number": "+819012345678", "first_name": "Ken"}},
            Text("Ken +819012345678"),
        ),
    ],
)
def test_every_kind_of_message(fields: dict[str, Any], content: Content) -> None:
    found = heard(message=message(**fields)).heard
    assert isinstance(found, Said)
    assert found.content == content


def test_an_edited_message_is_the_same_message_with_other_words() -> None:
    edited = heard(edited_message=message(text="白は？", edit_date=1_795_230_060))
    assert edited.heard == Edited(f"{USER}:7", Text("白は？"))
    assert edited.occurred_at == datetime(2026, 11, 21, 3, 1, tzinfo=UTC)


def test_a_pressed_button_says_its_label_and_means_its_payload() -> None:
    ours = message(
        text="どちら？",
        reply_markup={
            "inline_keyboard": [
                [{"text": "白", "callback_data": "add:1:2"}],
                [{"text": "黒", "callback_data": "add:1:3"}],
            ]
        },
    )
    pressed = heard(callback_query={"id": "q1", "from": PERSON, "message": ours, "data": "add:1:3"})
    assert pressed.heard == Said(Postback("黒", "add:1:3"), "q1")
    assert pressed.sender == Sender("telegram_user", str(USER))
    assert pressed.mark_read_token == "q1"


def test_a_button_that_only_says_something_is_heard_as_typed() -> None:
    pressed = heard(callback_query={"id": "q2", "from": PERSON, "data": "say:送料はいくら？"})
    assert pressed.heard == Said(Text("送料はいくら？"), "q2")


@pytest.mark.parametrize(
    ("before", "after", "means"),
    [
        ("member", "kicked", Unfollowed()),
        ("kicked", "member", Followed(again=True)),
        ("left", "member", Followed()),
    ],
)
def test_a_block_and_its_end(before: str, after: str, means: object) -> None:
    membership = {
        "chat": CHAT,
        "from": PERSON,
        "date": 1_795_230_000,
        "old_chat_member": {"status": before},
        "new_chat_member": {"status": after},
    }
    assert heard(my_chat_member=membership).heard == means


def test_the_start_button_is_a_beginning_not_a_question() -> None:
    assert heard(message=message(text="/start")).heard == Followed()
    assert heard(message=message(text="/start from-page-7")).heard == Followed()
    assert heard(message=message(text="/starting over")).heard == Said(
        Text("/starting over"), f"{USER}:7"
    )


def test_in_a_group_the_one_who_spoke_is_known_and_where() -> None:
    group = {"id": -100_200, "type": "supergroup"}
    assert heard(message=message(chat=group, text="hi")).sender == Sender(
        "telegram_user", str(USER), "-100200"
    )


def test_other_bots_are_not_customers() -> None:
    robot = {"id": 3, "is_bot": True, "first_name": "Robot"}
    assert heard(message=message(**{"from": robot}, text="hi")).heard == Ignored("bot")


def test_what_is_new_is_kept_by_its_name() -> None:
    assert heard(message_reaction={"chat": CHAT}).heard == Unheard("message_reaction")
