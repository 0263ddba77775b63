"""What Instagram tells otherwise than Messenger."""

from typing import Any

from kaiwa.channels import RawRequest, Verdict
from kaiwa.channels.instagram import CHANNEL
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary.event import InboundEvent, Sender
from tests.channels.instagram.conftest import NOW
from tests.fakes.meta_samples import USER, account
from tests.fakes.meta_webhooks import PAGE_ID, MetaWebhooks

META = MetaWebhooks("s3cret", "instagram", now_s=NOW.timestamp)
CDN = "https://scontent.cdninstagram.com/s/1"


def parse(item: dict[str, Any]) -> list[InboundEvent]:
    return [event for _, event in CHANNEL.parse(META.deliver(item)[0], NOW)]


def test_an_answer_to_a_story_is_its_words_and_then_the_story() -> None:
    item = META.text("すてき！", USER, reply_to={"story": {"url": CDN, "id": "1790"}})
    mid = item["message"]["mid"]
    words, story = parse(item)
    assert words.heard == heard.Said(said.Text("すてき！"), mid)
    source = said.MediaSource(f"{mid}#1 {CDN}", url=CDN)
    assert story.heard == heard.Said(said.Media("image", source=source), f"{mid}#2")
    assert (words.answerable, story.answerable) == (True, False)
    assert words.sender == story.sender == Sender("instagram_user", USER)


def test_a_mention_in_a_story_is_the_story() -> None:
    mention = {"type": "story_mention", "payload": {"url": CDN}}
    (event,) = parse(META.message(USER, attachments=[mention]))
    assert isinstance(event.heard, heard.Said)
    assert isinstance(event.heard.content, said.Media)
    reel = {"type": "ig_reel", "payload": {"url": CDN, "title": "マグの作り方"}}
    (event,) = parse(META.message(USER, attachments=[reel]))
    assert isinstance(event.heard, heard.Said)
    assert isinstance(event.heard.content, said.Media)
    assert (event.heard.content.kind, event.heard.content.text) == ("video", "マグの作り方")


def test_a_message_is_read_by_its_id() -> None:
    (event,) = parse(META.read(USER, "m_out1"))
    assert event.heard == heard.Read("m_out1")


def test_a_heart_without_its_sign_is_a_heart() -> None:
    (event,) = parse(META.item(USER, reaction={"mid": "m", "action": "react", "reaction": "love"}))
    assert isinstance(event.heard, heard.Said)
    assert event.heard.content == said.Sticker("reaction", "❤", text="❤")


def test_an_echo_has_no_key() -> None:
    (event,) = parse(META.echo(USER, "m_out1", text="はい"))
    assert event.heard == heard.Answered(said.Text("はい"), "m_out1")
    assert event.sender == Sender("instagram_user", USER)


def test_calls_about_a_page_are_messengers() -> None:
    ours = account("instagram")
    body, headers = META.deliver(META.text("hi", USER))
    assert CHANNEL.verify(RawRequest(body, headers), ours) == Verdict()
    page = MetaWebhooks("s3cret", now_s=NOW.timestamp)
    body, headers = page.deliver(page.text("hi", USER), own=PAGE_ID)
    assert CHANNEL.verify(RawRequest(body, headers), ours) == Verdict(b"")
