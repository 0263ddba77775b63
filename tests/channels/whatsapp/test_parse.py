"""What each message and receipt becomes, and that nothing of a batch is lost."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary.event import InboundEvent, Sender
from tests.channels.whatsapp.conftest import NOW, NUMBER, USER
from tests.fakes.whatsapp_webhooks import WhatsAppWebhooks

META = WhatsAppWebhooks("s3cret", now_s=NOW.timestamp)


def parse(*values: dict[str, Any], field: str = "messages") -> list[InboundEvent]:
    body, _ = META.deliver(*values, field=field)
    found = CHANNEL.parse(body, NOW)
    for raw, event in found:
        assert CHANNEL.parse_one(raw, NOW) == event
    return [event for _, event in found]


def one(kind: str, **fields: Any) -> InboundEvent:
    (event,) = parse(META.message(kind, USER, NUMBER, **fields))
    return event


def content(kind: str, **fields: Any) -> said.Content:
    event = one(kind, **fields)
    assert isinstance(event.heard, heard.Said)
    assert event.heard.external_id == event.external_id
    return event.heard.content


def interactive(kind: str, **fields: Any) -> said.Content:
    return content("interactive", interactive={"type": kind, kind: fields})


def test_a_text_with_all_that_is_known_of_it() -> None:
    (event,) = parse(META.text("青いマグは？", USER, NUMBER, context={"id": "wamid.out1"}))
    assert event == InboundEvent(
        event.external_id,
        heard.Said(said.Text("青いマグは？"), event.external_id, "wamid.out1"),
        sender=Sender("whatsapp_user", USER),
        occurred_at=datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC),
        name="はな",
        mark_read_token=event.external_id,
    )
    assert event.external_id.startswith("wamid.in")


def test_who_hides_the_number_has_an_id_and_who_has_no_id_a_number() -> None:
    def sender(**value: Any) -> Sender | None:
        head = {"id": "wamid.1", "type": "text", "text": {"body": "hi"}}
        told = {"messages": [head | value.pop("message", {})], **value}
        return parse(told)[0].sender

    user, number = Sender("whatsapp_user", USER), Sender("whatsapp_number", NUMBER)
    assert sender(message={"from_user_id": USER}) == user
    assert sender(contacts=[{"user_id": USER}]) == user
    assert sender(message={"from": NUMBER}, contacts=[{"wa_id": NUMBER, "user_id": USER}]) == user
    assert sender(message={"from": NUMBER}, contacts=[{"wa_id": NUMBER}]) == number
    assert sender(message={"from": NUMBER}) == number
    assert sender() is None
    people = [{"wa_id": "1", "user_id": "US.1"}, {"wa_id": NUMBER, "user_id": USER}]
    assert sender(message={"from": NUMBER}, contacts=people) == user
    assert sender(message={"from_user_id": "US.1"}, contacts=people) == Sender(
        "whatsapp_user", "US.1"
    )
    assert sender(message={"from": "3"}, contacts=people) == Sender("whatsapp_number", "3")


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        *(("image", "image"), ("video", "video"), ("audio", "audio")),
        *(("document", "file"), ("sticker", "image")),
    ],
)
def test_media_are_fetched_by_their_id(kind: str, ours: str) -> None:
    stored = {"id": "65463453", "caption": "これ", "filename": "a.pdf", "mime_type": "x/y"}
    source = said.MediaSource("65463453", name="a.pdf")
    assert content(kind, **{kind: stored}) == said.Media(ours, source=source, text="これ")


def test_places_and_contact_cards() -> None:
    place = {"latitude": 35.6, "longitude": 139.7, "name": "店", "address": "東京"}
    assert content("location", location=place) == said.Location(35.6, 139.7, "店", "東京")
    assert content("location", location={"latitude": 1, "longitude": 2}) == said.Location(1, 2)
    cards = [
        {
            "name": {"formatted_name": "Lucía Gómez"},
            "phones": [{"phone": "+1 555"}, {"wa_id": "1"}],
        },
        {"name": {"formatted_name": "はな"}},
    ]
    assert content("contacts", contacts=cards) == said.Text("Lucía Gómez +1 555\nはな")


def test_what_is_pressed_means_what_we_gave_it() -> None:
    assert interactive("button_reply", id="yes:42", title="はい") == said.Postback("はい", "yes:42")
    chosen = interactive("list_reply", id="size:m", title="M", description="about 38 cm")
    assert chosen == said.Postback("M", "size:m")
    assert interactive("button_reply", id="say:送料は？", title="送料") == said.Text("送料は？")
    button = {"payload": "stop", "text": "Unsubscribe"}
    assert content("button", button=button) == said.Postback("Unsubscribe", "stop")


def test_a_filled_form_gives_its_answers() -> None:
    answers = {"flow_token": "survey", "stars": 4, "why": "早い", "tags": ["a"]}
    made = interactive("nfm_reply", name="flow", body="Sent", response_json=json.dumps(answers))
    params = {"flow_token": "survey", "stars": "4", "why": "早い", "tags": '["a"]'}
    assert made == said.Postback("Sent", "survey", params)
    odd = interactive("nfm_reply", name="flow", body="", response_json='{"a":"\\ud800"}')
    assert odd == said.Postback("flow", "", {"response": '{"a":"\\ud800"}'})


def test_a_cart_is_told_by_what_is_in_it_and_not_by_what_it_claims_to_cost() -> None:
    items = [
        {"product_retailer_id": "MUG-BLUE", "quantity": 2, "item_price": 1, "currency": "JPY"},
        {"product_retailer_id": "TEE-M", "quantity": 1},
    ]
    order = {"catalog_id": "1", "text": "ギフトで", "product_items": items}
    assert content("order", order=order) == said.Postback(
        "MUG-BLUE × 2\nTEE-M × 1\nギフトで", "cart", {"MUG-BLUE": "2", "TEE-M": "1"}
    )


def test_a_reaction_is_seen_and_not_answered() -> None:
    event = one("reaction", reaction={"message_id": "wamid.out1", "emoji": "👍"})
    sticker = said.Sticker("reaction", "👍", text="👍")
    assert event.heard == heard.Said(sticker, event.external_id, "wamid.out1")
    assert not event.answerable
    for gone in ({"message_id": "wamid.out1", "emoji": ""}, {"message_id": "wamid.out1"}):
        assert one("reaction", reaction=gone).heard == heard.Ignored("reaction taken off")


def test_changed_and_taken_back() -> None:
    now = {"type": "text", "text": {"body": "白い方"}}
    edit = one("edit", edit={"original_message_id": "wamid.1", "message": now})
    assert edit.heard == heard.Edited("wamid.1", said.Text("白い方"))
    assert one("revoke", revoke={"original_message_id": "wamid.1"}).heard == heard.TakenBack(
        "wamid.1"
    )


def test_in_a_group_we_listen_only() -> None:
    event = one("text", text={"body": "hi"}, group_id="g1")
    assert event.sender == Sender("whatsapp_user", USER, "g1")
    assert not event.answerable


def test_what_nobody_understands_is_kept() -> None:
    errors = [{"code": 131051, "title": "Message type unknown"}]
    made = content("unsupported", errors=errors)
    assert isinstance(made, said.Unknown)
    assert (made.kind, json.loads(made.raw)["errors"]) == ("unsupported", errors)
    assert isinstance(content("interactive"), said.Unknown)
    assert isinstance(content("image"), said.Unknown)
    assert one("text", text=5).heard == heard.Unheard("text")
    assert one("system", system={"type": "user_changed_number"}).heard == heard.Ignored(
        "system user_changed_number"
    )


@pytest.mark.parametrize(
    ("status", "event"),
    [
        ("sent", heard.Ignored("sent")),
        ("delivered", heard.Delivered("wamid.out1")),
        ("read", heard.Read("wamid.out1")),
        ("played", heard.Read("wamid.out1")),
        ("evaporated", heard.Unheard("evaporated")),
    ],
)
def test_receipts(status: str, event: heard.Heard) -> None:
    (found,) = parse(META.status("wamid.out1", status))
    assert (found.external_id, found.heard) == (f"{status}:wamid.out1", event)
    assert found.sender is None
    assert found.occurred_at == NOW


@pytest.mark.parametrize(
    ("code", "permanent"),
    [(131047, False), (131049, False), (131026, True), (130429, False), (131009, True)],
)
def test_a_failure_says_why_and_whether_it_lasts(code: int, permanent: bool) -> None:
    error = {"code": code, "title": "No", "error_data": {"details": "Because."}}
    (found,) = parse(META.status("wamid.out1", "failed", errors=[error]))
    assert found.heard == heard.Failed("wamid.out1", f"Because. ({code})", permanent)


def test_everything_of_a_batch_is_heard_in_its_order() -> None:
    first = META.text("一", USER, NUMBER)
    first["messages"] += META.text("二", USER, NUMBER)["messages"]
    first["statuses"] = META.status("wamid.out1", "read")["statuses"]
    first["errors"] = [{"code": 131000}]
    found = parse(first, META.text("三", "JP.2"), META.status("wamid.out1", "delivered"))
    assert [type(event.heard).__name__ for event in found] == [
        *("Said", "Said", "Read", "Ignored", "Said", "Delivered"),
    ]
    assert [event.sender.value for event in found if event.sender] == [USER, USER, "JP.2"]
    assert len({event.external_id for event in found}) == 6


def test_one_odd_thing_costs_no_other() -> None:
    value = META.text("一", USER, NUMBER)
    value["messages"] = [5, *value["messages"], {"type": "text"}]
    body = json.loads(META.deliver(value)[0])
    body["entry"] = ["odd", {"changes": [None, *body["entry"][0]["changes"]]}, {"id": 1}]
    found = [event.heard for _, event in CHANNEL.parse(json.dumps(body).encode(), NOW)]
    assert [type(each).__name__ for each in found] == [
        *("Unheard", "Unheard", "Unheard", "Said", "Said", "Unheard"),
    ]


def test_a_broken_character_costs_nothing() -> None:
    body, _ = META.deliver(META.text("こんXにちは", USER, NUMBER))
    for odd in (b"\xff", b"\\ud800"):
        ((_, event),) = CHANNEL.parse(body.replace(b"X", odd), NOW)
        assert isinstance(event.heard, heard.Said)
        assert event.sender == Sender("whatsapp_user", USER)


@pytest.mark.parametrize("field", ["flows", "account_alerts", "calls"])
def test_what_is_about_no_message_is_known_and_left(field: str) -> None:
    (found,) = parse({"event": "APPROVED"}, field=field)
    assert found.heard == heard.Ignored(field)
    (other,) = parse({"event": "APPROVED"}, field="weather")
    assert other.heard == heard.Unheard("weather")


def test_examples_of_others_are_heard_whole(whatsapp_fixture: dict[str, Any]) -> None:
    found = [event for _, event in CHANNEL.parse(json.dumps(whatsapp_fixture).encode(), NOW)]
    told = [change["value"] for entry in whatsapp_fixture["entry"] for change in entry["changes"]]
    count = sum(len(value.get("messages", ())) + len(value.get("statuses", ())) for value in told)
    assert len(found) >= max(count, 1)
    assert not any(isinstance(event.heard, heard.Unheard) for event in found)
    for event in found:
        if isinstance(event.heard, heard.Said | heard.Edited | heard.TakenBack):
            assert event.sender is not None


def test_an_odd_contact_costs_no_message() -> None:
    value = META.text("一", USER, NUMBER)
    value["contacts"] = [{"profile": 7}]
    (event,) = parse(value)
    assert (event.sender, event.name) == (Sender("whatsapp_user", USER), None)
