"""Whatever is said fits, and of plain words none is lost; what is heard is read one way."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels import Route
from kaiwa.channels.whatsapp import CHANNEL, batch
from kaiwa.channels.whatsapp.links import web_address
from kaiwa.vocabulary.reply import Reply, TextBlock
from tests.channels.whatsapp.conftest import NUMBER, USER
from tests.fakes.whatsapp_rules import check
from tests.strategies.replies import replies, urls

ROUTES = [Route("service", USER, "metered"), Route("service", NUMBER, "metered")]


@settings(max_examples=400, deadline=None)
@given(replies, st.sampled_from(ROUTES))
def test_any_reply_renders_within_the_limits(reply: Reply, route: Route) -> None:
    made = CHANNEL.render(reply, route)
    for wire in made.wires:
        assert wire.operation == "messages"
        assert check(wire.body) == []
        assert wire.body.get("recipient" if route.to == USER else "to") == route.to
    assert made.wires or made.degradations
    kinds = [wire.body["type"] for wire in made.wires]
    texts = _texts(made.wires)
    for at, (first, second) in enumerate(zip(kinds, kinds[1:], strict=False)):
        # Two texts stand apart only where one message cannot hold both.
        if first == second == "text":
            assert len(texts[at]) + len(texts[at + 1]) + 2 > 2_000


def _texts(wires: Any) -> list[str]:
    return [wire.body.get("text", {}).get("body", "") for wire in wires]


@settings(deadline=None)
@given(st.lists(st.text(alphabet="あ漢a🍎 \n", min_size=1, max_size=3_000), max_size=4))
def test_every_character_of_texts_arrives(texts: list[str]) -> None:
    made = CHANNEL.render(Reply(tuple(TextBlock(text=one) for one in texts)), ROUTES[0])
    shown = "".join("".join(_texts(made.wires)).split())
    assert shown == "".join("".join(texts).split())


@settings(deadline=None)
@given(urls | st.text(), st.just(None) | st.just(""))
def test_an_address_is_whole_or_none(url: str, none: str | None) -> None:
    made = web_address(url)
    assert made is None or (made.isascii() and web_address(made) == made)
    assert web_address(none) is None


people = st.fixed_dictionaries(
    {"wa_id": st.sampled_from([NUMBER, "81"])},
    optional={"user_id": st.sampled_from([USER, 7]), "profile": st.just({"name": "はな"})},
)
messages = st.fixed_dictionaries(
    {"id": st.sampled_from(["wamid.1", "", 3]), "from": st.sampled_from([NUMBER, "81", None])},
    optional={
        "type": st.sampled_from(["text", "image", "interactive", "hologram", 5]),
        "text": st.sampled_from([{"body": "青"}, {}, None, "青"]),
        "timestamp": st.sampled_from(["1795230000", 1, None]),
    },
)
statuses = st.fixed_dictionaries(
    {"id": st.just("wamid.2")}, optional={"status": st.sampled_from(["read", "failed", 1])}
)
values = st.fixed_dictionaries(
    {},
    optional={
        "contacts": st.lists(people | st.just("nobody"), max_size=2),
        "messages": st.lists(messages | st.just("?"), max_size=3),
        "statuses": st.lists(statuses, max_size=2),
        "errors": st.lists(st.just({"code": 1}), max_size=1),
        "user_preferences": st.lists(st.just({"wa_id": NUMBER, "value": "stop"}), max_size=1),
    },
)
changes = st.fixed_dictionaries(
    {"field": st.sampled_from(["messages"] * 9 + ["calls", "message_template_status_update"])},
    optional={"value": values, "time": st.just(9)},
)
entries = st.lists(changes | st.just(1), min_size=1, max_size=3).map(lambda each: {"changes": each})
HEARD_AT = datetime(2026, 11, 22, tzinfo=UTC)


@settings(max_examples=300, deadline=None)
@given(st.lists(entries, max_size=3))
def test_a_call_is_the_same_at_one_go_and_piece_by_piece(entry: list[Any]) -> None:
    body = json.dumps({"entry": entry}).encode()
    quick = CHANNEL.parse(body, HEARD_AT)
    assert quick == [(raw, CHANNEL.parse_one(raw, HEARD_AT)) for raw, _ in quick]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "_of_plain", lambda body: None)
        assert CHANNEL.parse(body, HEARD_AT) == quick
