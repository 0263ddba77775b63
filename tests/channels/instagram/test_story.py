"""Instagram's echoes carry no key: our own are known by what they say."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.vocabulary.reply import ProductCard
from tests.fakes.meta_platform import MetaPlatform
from tests.fakes.meta_samples import USER
from tests.fakes.meta_story import Story


@pytest.fixture
def story(database: Database, platform: MetaPlatform) -> Story:
    made = Story(database, platform)
    made.hear(made.meta.text("青いマグは？", USER))
    return made


def test_what_we_said_is_known_again_whatever_it_was(story: Story) -> None:
    story.answer("ございます。", ProductCard(alt_text="マグ", title="マグ"), "いかがですか。")
    for at in range(3):
        story.hear(story.platform.echo(at))
    assert len(story.messages()) == 2
    assert story.conversation().answered_by == "bot"


def test_an_echo_that_comes_before_the_answer_settles_the_doubt(story: Story) -> None:
    made = story.queue("ございます。")
    story.platform.loses_answers = True
    story.deliver()
    assert story.now_of(made).state == "sending"
    story.hear(story.platform.echo())
    assert (story.now_of(made).state, story.now_of(made).external_id) == ("accepted", "m_out1")
    story.wait(3_600)
    story.deliver()
    assert len(story.platform.journal) == 1


def test_who_answers_in_the_app_is_recorded(story: Story) -> None:
    story.answer("ございます。")
    story.hear(story.meta.echo(USER, "m_app1", text="三つあります。"))
    picture = {"type": "image", "payload": {"url": "https://scontent.cdninstagram.com/p/1"}}
    story.hear(story.meta.echo(USER, "m_app2", attachments=[picture]))
    assert [row[1:] for row in story.messages()[2:]] == [
        ("agent", "accepted", "三つあります。"),
        ("agent", "accepted", ""),
    ]
    assert story.conversation().answered_by == "nobody"


def test_a_message_is_read_by_its_id(story: Story) -> None:
    made = story.answer("ございます。")
    story.hear(story.meta.read(USER, "m_out1"))
    assert story.now_of(made).state == "read"
