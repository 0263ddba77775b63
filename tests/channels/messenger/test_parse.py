"""What each thing that Messenger tells becomes, and that nothing of a batch is lost."""

import json
from datetime import timedelta
from typing import Any

import pytest

from kaiwa.channels.messenger import CHANNEL
from kaiwa.channels.meta.content import GET_STARTED
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary.event import InboundEvent, Referral, Sender
from tests.channels.messenger.conftest import NOW
from tests.fakes.meta_samples import USER
from tests.fakes.meta_webhooks import PAGE_ID, MetaWebhooks

META = MetaWebhooks("s3cret", now_s=NOW.timestamp)
PERSON = Sender("messenger_user", USER)
CDN = "https://scontent.xx.fbcdn.net/v/1?oh=a"


def parse(*items: dict[str, Any], name: str = "messaging") -> list[InboundEvent]:
    body, _ = META.deliver(*items, name=name)
    found = CHANNEL.parse(body, NOW)
    for raw, event in found:
        assert CHANNEL.parse_one(raw, NOW) == event
    return [event for _, event in found]


def one(item: dict[str, Any], name: str = "messaging") -> InboundEvent:
    (event,) = parse(item, name=name)
    return event


def content(**fields: Any) -> said.Content:
    event = one(META.message(USER, **fields))
    assert isinstance(event.heard, heard.Said)
    assert event.heard.external_id == event.external_id
    return event.heard.content


def attached(kind: str, **payload: Any) -> said.Content:
    return content(attachments=[{"type": kind, "payload": payload}])


def test_a_text_with_all_that_is_known_of_it() -> None:
    event = one(META.text("青いマグは？", USER, reply_to={"mid": "m_out1"}))
    assert event == InboundEvent(
        event.external_id,
        heard.Said(said.Text("青いマグは？"), event.external_id, "m_out1"),
        sender=PERSON,
        occurred_at=NOW,
        mark_read_token=USER,
    )
    assert event.external_id.startswith("m_in")


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        *(("image", "image"), ("video", "video"), ("audio", "audio"), ("file", "file")),
        *(("sticker", "image"), ("share", "image"), ("reel", "video"), ("ig_reel", "video")),
    ],
)
def test_media_are_fetched_from_where_they_are_or_by_their_message(kind: str, ours: str) -> None:
    event = one(META.message(USER, attachments=[{"type": kind, "payload": {"url": CDN}}]))
    source = said.MediaSource(f"{event.external_id}#0 {CDN}", url=CDN)
    assert event.heard == heard.Said(said.Media(ours, source=source), event.external_id)


def test_a_thumb_is_what_it_says_and_other_stickers_are_pictures() -> None:
    assert attached("image", url=CDN, sticker_id=369239263222822) == said.Sticker(
        "messenger", "369239263222822", text="👍"
    )
    assert isinstance(attached("image", url=CDN, sticker_id=1), said.Media)


def test_shared_links_products_and_places() -> None:
    link = {"type": "fallback", "title": "マグ", "url": "https://shop.example/mug"}
    assert content(text="これ", attachments=[link]) == said.Text(
        "これ\nマグ\nhttps://shop.example/mug"
    )
    products = {"elements": [{"id": "1", "retailer_id": "MUG-BLUE", "title": "青いマグ"}]}
    shared = [{"type": "template", "payload": {"product": products}}]
    assert content(attachments=shared) == said.Text("青いマグ MUG-BLUE")
    place = {
        "type": "location",
        "title": "店",
        "payload": {"coordinates": {"lat": 35, "long": 139}},
    }
    assert content(attachments=[place]) == said.Location(35.0, 139.0, "店")


def test_several_pictures_are_several_messages_and_answered_once() -> None:
    picture = {"type": "image", "payload": {"url": CDN}}
    item = META.message(USER, attachments=[picture, picture, picture])
    mid = item["message"]["mid"]
    found = parse(item)
    assert [event.external_id for event in found] == [mid, f"{mid}#2", f"{mid}#3"]
    assert [event.answerable for event in found] == [True, False, False]
    sources = [
        event.heard.content.source.reference
        for event in found
        if isinstance(event.heard, heard.Said) and isinstance(event.heard.content, said.Media)
        if event.heard.content.source
    ]
    assert sources == [f"{mid}#{at} {CDN}" for at in range(3)]


def test_what_is_pressed_means_what_we_gave_it() -> None:
    assert content(text="M", quick_reply={"payload": "size:m"}) == said.Postback("M", "size:m")
    assert content(text="送料", quick_reply={"payload": "say:送料は？"}) == said.Text("送料は？")
    item = META.postback(USER, "はい", "yes:42")
    event = one(item)
    assert event.external_id == item["postback"]["mid"]
    assert event.heard == heard.Said(said.Postback("はい", "yes:42"), event.external_id)
    said_by_title = one(META.postback(USER, "はい", ""))
    assert isinstance(said_by_title.heard, heard.Said)
    assert said_by_title.heard.content == said.Text("はい")


def test_the_first_button_greets_and_brings_the_link_along() -> None:
    came = {"ref": "cart_1", "source": "SHORTLINK", "type": "OPEN_THREAD"}
    event = one(META.postback(USER, "スタート", GET_STARTED, referral=came))
    assert event.heard == heard.Followed(opens=True)
    assert event.referral == Referral("cart_1", "SHORTLINK")
    assert event.referral.label() == "cart_1 · SHORTLINK"


def test_links_and_adverts_are_told_by_a_message_or_alone() -> None:
    ad = {"ref": "", "ad_id": "6045246247433", "source": "ADS", "type": "OPEN_THREAD"}
    event = one(META.text("これは？", USER, referral=ad))
    assert event.referral == Referral("", "ADS", "6045246247433")
    shop = {"product": {"id": "42"}}
    assert one(META.text("これは？", USER, referral=shop)).referral == Referral(product="42")
    alone = one(META.item(USER, referral={"ref": "cart_1", "source": "SHORTLINK"}))
    assert alone.heard == heard.Ignored("referral")
    assert alone.referral == Referral("cart_1", "SHORTLINK")


def test_reactions_are_seen_and_not_answered() -> None:
    event = one(META.item(USER, reaction={"mid": "m_out1", "action": "react", "emoji": "👍"}))
    sticker = said.Sticker("reaction", "👍", text="👍")
    assert event.heard == heard.Said(sticker, event.external_id, "m_out1")
    assert not event.answerable
    off = one(META.item(USER, reaction={"mid": "m_out1", "action": "unreact"}))
    assert off.heard == heard.Ignored("reaction taken off")


def test_receipts_reach_up_to_a_time() -> None:
    assert one(META.read(USER)).heard == heard.Read(up_to_at=NOW)
    assert one(META.delivered(USER, "m_out1")).heard == heard.Delivered(up_to_at=NOW)
    only = one(META.item(USER, delivery={"mids": ["m_out1", "m_out2"]}))
    assert only.heard == heard.Delivered("m_out1")
    assert only.sender == PERSON


def test_changed_and_taken_back() -> None:
    edit = one(META.item(USER, message_edit={"mid": "m_in1", "text": "白い方", "num_edit": 2}))
    assert edit.heard == heard.Edited("m_in1", said.Text("白い方"))
    gone = one(META.item(USER, message={"mid": "m_in1", "is_deleted": True}))
    assert gone.heard == heard.TakenBack("m_in1")
    assert gone.external_id != "m_in1"


def test_linking_and_opting_in_and_out() -> None:
    linked = META.item(USER, account_linking={"status": "linked", "authorization_code": "n-1"})
    assert one(linked).heard == heard.Linked("n-1", ok=True)
    unlinked = META.item(USER, account_linking={"status": "unlinked"})
    assert one(unlinked).heard == heard.Linked("", ok=False)
    stop = {"type": "notification_messages", "notification_messages_status": "STOP_NOTIFICATIONS"}
    assert one(META.item(USER, optin=stop)).heard == heard.Declined()
    begun = one(META.item(USER, optin={"type": "notification_messages", "ref": "news"}))
    assert begun.heard == heard.Ignored("optin notification_messages")
    assert begun.referral == Referral("news")


def test_our_own_echo_brings_its_key_and_anothers_what_it_says() -> None:
    ours = one(META.echo(USER, "m_out1", text="はい", metadata="kaiwa:k-1", app_id=1))
    assert ours.heard == heard.Answered(said.Text("はい"), "m_out1", "k-1")
    assert (ours.sender, ours.occurred_at, ours.answerable) == (PERSON, NOW, False)
    theirs = one(META.echo(USER, "m_9", text="店長です", metadata="another", app_id=2))
    assert theirs.heard == heard.Answered(said.Text("店長です"), "m_9")
    gone = META.echo(USER, "m_9", is_deleted=True)
    assert one(gone).heard == heard.Ignored("echo")


def test_while_another_app_holds_the_thread_we_listen_only() -> None:
    event = one(META.text("担当の方へ", USER), name="standby")
    assert isinstance(event.heard, heard.Said)
    assert not event.answerable
    for name in ("pass_thread_control", "take_thread_control", "request_thread_control"):
        handed = one(META.item(USER, **{name: {"new_owner_app_id": "1"}}))
        assert handed.heard == heard.Ignored(name)


def test_a_change_may_be_a_message() -> None:
    item = META.text("試し", USER)
    (event,) = parse({"field": "messages", "value": item}, name="changes")
    assert event.heard == heard.Said(said.Text("試し"), item["message"]["mid"])
    (feed,) = parse({"field": "feed", "value": {"item": "like"}}, name="changes")
    assert feed.heard == heard.Ignored("feed")
    (new,) = parse({"field": "weather", "value": {"item": "rain"}}, name="changes")
    assert new.heard == heard.Unheard("weather")


def test_what_nobody_understands_is_kept() -> None:
    made = content(is_unsupported=True)
    assert isinstance(made, said.Unknown)
    assert json.loads(made.raw)["messaging"][0]["message"]["is_unsupported"]
    assert isinstance(attached("ephemeral"), said.Unknown)
    assert one(META.item(USER, game_over={"score": 1})).heard == heard.Unheard("game_over")
    assert one(META.item(USER, message=5)).heard == heard.Unheard("message")


def test_everything_of_a_batch_is_heard_in_its_order() -> None:
    first = {"id": PAGE_ID, "messaging": [META.text("一", USER), META.read(USER)]}
    second = {"id": PAGE_ID, "messaging": [META.text("二", "8")], "standby": [META.text("三", "9")]}
    found = [event for _, event in CHANNEL.parse(META.call(first, second)[0], NOW)]
    assert [type(event.heard).__name__ for event in found] == ["Said", "Read", "Said", "Said"]
    assert [event.sender.value for event in found if event.sender] == [USER, USER, "8", "9"]
    assert len({event.external_id for event in found}) == 4


def test_one_odd_thing_costs_no_other() -> None:
    good = {"id": PAGE_ID, "messaging": [5, META.text("一", USER), {"message": {"mid": 7}}]}
    body, _ = META.call("odd", {"messaging": "odd"}, good, {"id": 1})
    found = [event.heard for _, event in CHANNEL.parse(body, NOW)]
    assert [type(each).__name__ for each in found] == [
        *("Unheard", "Unheard", "Unheard", "Said", "Unheard", "Unheard"),
    ]


def test_a_broken_character_costs_nothing() -> None:
    body, _ = META.deliver(META.text("こんXにちは", USER))
    for odd in (b"\xff", b"\\ud800"):
        ((_, event),) = CHANNEL.parse(body.replace(b"X", odd), NOW)
        assert isinstance(event.heard, heard.Said)
        assert event.sender == PERSON


def test_the_same_thing_told_again_later_has_the_same_id() -> None:
    item = META.item(USER, reaction={"mid": "m_out1", "action": "react", "emoji": "👍"})
    late = MetaWebhooks("s3cret", now_s=(NOW + timedelta(days=3)).timestamp)
    ids = {CHANNEL.parse(each.deliver(item)[0], NOW)[0][1].external_id for each in (META, late)}
    assert len(ids) == 1


def test_recordings_of_others_are_heard_whole(meta_fixture: dict[str, Any]) -> None:
    found = [event for _, event in CHANNEL.parse(json.dumps(meta_fixture).encode(), NOW)]
    assert found
    assert not any(isinstance(event.heard, heard.Unheard) for event in found)
