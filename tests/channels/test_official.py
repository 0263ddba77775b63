"""The platforms' own descriptions: what we write is in them, what they tell of is heard.

With `--channel-data DIR`; a folder a provider: `telegram/api.json` (the Bot API), `twilio/*.json`
and `vonage/*.yml` (OpenAPI), `messenger/*.json` and `meta/whatsapp_send_examples.json` (examples
of sending). The data is others', so it is not here.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml  # type: ignore[import-untyped]

from kaiwa.channels import Route, Standing, Wire, channel
from kaiwa.channels.telegram.limits import VERSION
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.event import Delivered, Edited, Failed, Ignored, Read, Said, Unheard
from tests.every.lost_page import REPLIES
from tests.every.samples import samples_of

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PICTURE = "https://shop.example/mug.jpg"
WIDE = r.Reply(
    (
        r.TextBlock(text="Look."),
        r.ImageBlock(alt_text="A mug", url=PICTURE),
        r.VideoBlock(alt_text="A film", url="https://shop.example/mug.mp4"),
        r.QuickReplies(actions=(r.ReplyAction("Yes"), r.ReplyAction("No"))),
    )
)
# What Telegram tells beside messages, and what we make of it.
UPDATES: dict[str, type] = {"message": Said, "edited_message": Edited, "callback_query": Said}
# Every status a message at Twilio can have, and what becomes of ours.
TWILIO: dict[str, type] = {
    "accepted": Ignored, "scheduled": Ignored, "queued": Ignored, "sending": Ignored,
    "sent": Ignored, "delivered": Delivered, "partially_delivered": Delivered, "read": Read,
    "undelivered": Failed, "failed": Failed, "canceled": Failed, "received": Said,
    "receiving": Said,
}  # fmt: skip
VONAGE: dict[str, type] = {
    "submitted": Ignored, "delivered": Delivered, "read": Read, "rejected": Failed,
    "undeliverable": Failed,
}  # fmt: skip


def written(kind: str) -> list[Wire]:
    """What a rich reply becomes on a channel, by the best way to somebody who just wrote."""
    samples = samples_of(kind)
    where = Address(1, channel(kind).address_kind, samples.to)
    route: Route = channel(kind).routes(Standing(where, last_inbound_at=NOW), NOW)[0]
    replies = (*REPLIES.values(), WIDE)
    return [wire for one in replies for wire in channel(kind).render(one, route).wires]


def heard(kind: str, body: bytes) -> Any:
    """What one event says."""
    ((_, event),) = channel(kind).parse(body, NOW)
    return event.heard


class Bot:
    """Telegram's description, and things made after it."""

    def __init__(self, folder: Path) -> None:
        told = json.loads((folder / "telegram" / "api.json").read_text("utf-8"))
        self.methods, self.types = told["methods"], told["types"]

    def fields(self, name: str) -> dict[str, Any]:
        return {field["name"]: field for field in self.types[name].get("fields", [])}

    def made(self, name: str, depth: int = 0) -> Any:
        """A thing of a type with only what it must have."""
        plain = {"Integer": 7, "String": "x", "Boolean": True, "True": True, "Float": 1.5}
        if name in plain:
            return plain[name]
        if name.startswith("Array of "):
            return [self.made(name.removeprefix("Array of "), depth + 1)]
        if subtypes := self.types[name].get("subtypes"):
            return self.made(subtypes[0], depth + 1)
        wanted = {key: one for key, one in self.fields(name).items() if one["required"]}
        return {key: self.made(one["types"][0], depth + 1) for key, one in wanted.items()}


def test_the_limits_of_telegram_are_those_of_the_version_that_is_described(official: Path) -> None:
    told = json.loads((official / "telegram" / "api.json").read_text("utf-8"))
    assert told["version"] == f"Bot API {VERSION}"


def test_what_telegram_is_sent_is_in_its_description(official: Path) -> None:
    bot = Bot(official)
    for wire in written("telegram"):
        known = {field["name"]: field for field in bot.methods[wire.operation]["fields"]}
        assert set(wire.body) <= set(known), wire.operation
        needed = {name for name, field in known.items() if field["required"]}
        assert needed <= set(wire.body), wire.operation


def test_every_update_of_telegram_is_heard(official: Path) -> None:
    bot = Bot(official)
    for name, field in bot.fields("Update").items():
        if name == "update_id":
            continue
        made = bot.made(field["types"][0])
        told = {"update_id": 5, name: made | {"data": "yes"} if name == "callback_query" else made}
        said = heard("telegram", json.dumps(told).encode())
        wanted = UPDATES.get(name)
        assert said != Unheard("malformed"), name
        assert isinstance(said, wanted) if wanted else said is not None, (name, said)


def test_a_message_of_telegram_with_anything_in_it_is_heard(official: Path) -> None:
    bot = Bot(official)
    for name, field in bot.fields("Message").items():
        message = bot.made("Message") | {
            "from": bot.made("User") | {"is_bot": False},
            name: bot.made(field["types"][0]),
        }
        if name == "from":
            message["from"]["is_bot"] = False
        said = heard("telegram", json.dumps({"update_id": 5, "message": message}).encode())
        assert said != Unheard("malformed"), name


def test_what_twilio_is_sent_is_in_its_description(official: Path) -> None:
    told = json.loads((official / "twilio" / "twilio_api_v2010.json").read_text("utf-8"))
    post = told["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"]
    (form,) = post["requestBody"]["content"].values()
    known = set(form["schema"]["properties"])
    ours = {name for wire in written("sms_twilio") for name in wire.body}
    assert ours | {"From", "MessagingServiceSid", "StatusCallback"} <= known
    assert set(form["schema"]["required"]) <= ours
    assert set(told["components"]["schemas"]["message_enum_status"]["enum"]) == set(TWILIO)
    for status, wanted in TWILIO.items():
        fields = {"MessageSid": "SM1", "MessageStatus": status, "From": "+819012345678"}
        body = urlencode({**fields, "To": "+819087654321", "Body": "?"}).encode()
        assert isinstance(heard("sms_twilio", body), wanted), status


def test_every_status_of_vonage_is_heard(official: Path) -> None:
    told = yaml.safe_load((official / "vonage" / "messages-olympus.yml").read_text("utf-8"))
    shape = told["components"]["schemas"]["MessageStatus"]["properties"]
    assert set(shape["status"]["enum"]) == set(VONAGE)
    for status, wanted in VONAGE.items():
        example = {"message_uuid": shape["message_uuid"]["example"], "to": "447700900000"}
        body = json.dumps({**example, "status": status}).encode()
        assert isinstance(heard("sms_vonage", body), wanted), status


def test_what_messenger_is_sent_looks_like_its_examples(official: Path) -> None:
    folder = official / "messenger"
    shown = [one for file in folder.glob("*.json") for one in _bodies(_loaded(file))]
    keys = {key for one in shown for key in one}
    inner = {key for one in shown for key in one.get("message", {})}
    templates = {name for one in shown for name in _named(one, "template_type")}
    for kind in ("messenger", "instagram"):
        for wire in written(kind):
            # What the examples are too old or too short to show.
            assert set(wire.body) <= keys | {"messaging_type", "tag"}, wire.body
            message = wire.body["message"]
            assert isinstance(message, dict)
            assert set(message) <= inner | {"metadata"}
            assert set(_named(message, "template_type")) <= templates


def test_what_whatsapp_is_sent_looks_like_its_examples(official: Path) -> None:
    shown = list(_bodies(_loaded(official / "meta" / "whatsapp_send_examples.json")))
    shown = [one for one in shown if "type" in one]
    kinds = {one["type"] for one in shown}
    interactive = {one["interactive"]["type"]: one["interactive"] for one in shown
                   if "interactive" in one}  # fmt: skip
    for wire in written("whatsapp"):
        kind = wire.body["type"]
        assert kind in kinds
        told = wire.body.get("interactive")
        if isinstance(told, dict) and told["type"] in interactive:
            example = interactive[told["type"]]
            assert set(told["action"]) <= set(example["action"]) | {"cards", "sections", "buttons"}


def _loaded(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def _bodies(value: Any) -> Iterator[dict[str, Any]]:
    """Every message that is sent anywhere in the examples, also inside strings."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            return
    if isinstance(value, dict):
        if "recipient" in value or "messaging_product" in value:
            yield value
        for one in value.values():
            yield from _bodies(one)
    elif isinstance(value, list):
        for one in value:
            yield from _bodies(one)


def _named(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, dict):
        if name in value:
            yield value[name]
        for one in value.values():
            yield from _named(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _named(one, name)
