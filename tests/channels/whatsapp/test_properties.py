"""Whatever is said fits, and of plain words none is lost."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels import Route
from kaiwa.channels.whatsapp import CHANNEL
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
