"""Whatever is to be said can be said everywhere, and what is lost on the way is owned up to."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels import Rendered, Route, channel
from kaiwa.vocabulary.event import ReplyHandle
from kaiwa.vocabulary.reply import Block, Reply, TextBlock
from tests.every.test_routes import NOW, standing
from tests.strategies.plain_replies import PLAIN
from tests.strategies.replies import replies

HANDLE = ReplyHandle("a-right-to-answer", NOW + timedelta(seconds=30))
WORDS = [f"word{number:03}" for number in range(120)]


def routes(kind: str) -> list[Route]:
    """Every kind of way the channel knows."""
    found = channel(kind)
    ways = [
        *found.routes(standing(kind, handles=(HANDLE,)), NOW),
        *found.routes(standing(kind), NOW),
    ]
    return list({(way.kind, way.handle is None): way for way in ways}.values())


def rendered(kind: str, reply: Reply, route: Route) -> Rendered:
    """The reply in the channel's words, once it has been made sure that it is well formed."""
    made = channel(kind).render(reply, route)
    assert made == channel(kind).render(reply, route)
    kept = msgspec.json.encode(made)
    assert msgspec.json.encode(msgspec.json.decode(kept, type=Rendered)) == kept
    assert all(wire.operation and wire.body for wire in made.wires)
    assert all(loss.block and loss.became and loss.lost for loss in made.degradations)
    return made


def shown(made: Rendered) -> str:
    """Every string that leaves, one a line."""
    return "\n".join(line for wire in made.wires for line in _strings(wire.body))


def _strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [line for one in value.values() for line in _strings(one)]
        case list() | tuple():
            return [line for one in value for line in _strings(one)]
        case _:
            return []


@settings(max_examples=100, deadline=None)
@given(replies, st.data())
def test_any_reply_is_rendered_or_its_loss_declared(
    kind: str, reply: Reply, data: st.DataObject
) -> None:
    made = rendered(kind, reply, data.draw(st.sampled_from(routes(kind))))
    assert made.wires or made.degradations
    if not made.degradations:
        assert _in_order("".join(_texts(reply).split()), shown(made))


def _texts(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks if isinstance(block, TextBlock))


def _in_order(wanted: str, text: str) -> bool:
    """Whether every character of `wanted` comes in `text`, in its order."""
    rest = iter(text)
    return all(character in rest for character in wanted)


@pytest.mark.parametrize("count", [1, 3, 12])
def test_every_word_of_plain_texts_arrives_or_is_declared(kind: str, count: int) -> None:
    reply = Reply(tuple(TextBlock(text=" ".join(WORDS[at::count])) for at in range(count)))
    for route in routes(kind):
        made = rendered(kind, reply, route)
        assert made.degradations or set(WORDS) <= set(shown(made).split())


def test_a_text_longer_than_any_message_arrives_or_is_declared(kind: str) -> None:
    long = " ".join(f"{word}-{turn}" for turn in range(200) for word in WORDS)
    for route in routes(kind):
        made = rendered(kind, Reply((TextBlock(text=long),)), route)
        assert made.degradations or set(long.split()) <= set(shown(made).split())


@pytest.mark.parametrize(("block", "words"), PLAIN, ids=[type(b).__name__ for b, _ in PLAIN])
def test_a_plain_block_is_readable_or_its_loss_declared(
    kind: str, block: Block, words: tuple[str, ...]
) -> None:
    for route in routes(kind):
        made = rendered(kind, Reply((block,)), route)
        missing = [word for word in words if word not in shown(made)]
        assert made.wires
        assert made.degradations or not missing, missing


def test_a_right_to_answer_is_spent_by_the_first_call_only(kind: str) -> None:
    reply = Reply(tuple(TextBlock(text=f"{word} " * 3_000) for word in WORDS[:8]))
    for route in routes(kind):
        wires = rendered(kind, reply, route).wires
        assert wires
        assert not any(HANDLE.token in str(wire.body) for wire in wires[route.handle is not None :])
