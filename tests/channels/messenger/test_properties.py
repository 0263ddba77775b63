"""Whatever is said fits, on either face."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels import Route, channel
from kaiwa.channels.meta.limits import fits, limit, parts
from kaiwa.channels.meta.links import web_address
from kaiwa.vocabulary.reply import Reply
from tests.fakes.meta_rules import check
from tests.fakes.meta_samples import USER
from tests.strategies.replies import ODD, long, replies, urls

FACES = ("messenger", "instagram")


@settings(max_examples=300, deadline=None)
@given(replies, st.sampled_from(FACES), st.sampled_from(["response", "human_agent"]))
def test_any_reply_renders_within_the_limits(reply: Reply, kind: str, way: str) -> None:
    made = channel(kind).render(reply, Route(way, USER))
    for wire in made.wires:
        assert wire.operation == "messages"
        assert check(wire.body, kind) == []
        message = wire.body["message"]
        assert isinstance(message, dict)
        assert "quick_replies" not in message or wire is made.wires[-1]
    assert made.wires or made.degradations


@settings(max_examples=200, deadline=None)
@given(long | st.text(alphabet=ODD, min_size=300, max_size=900), st.sampled_from(FACES))
def test_a_text_in_parts_is_the_text(text: str, kind: str) -> None:
    of = limit(kind, "text")
    cut = parts(text, of)
    assert all(fits(part, of) and part.strip() for part in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


@pytest.mark.parametrize("size", [1, 333, 334, 1_000, 5_000])
def test_bytes_are_what_instagram_counts(size: int) -> None:
    cut = parts("漢" * size, limit("instagram", "text"))
    assert [len(part.encode()) <= 1_000 for part in cut] == [True] * len(cut)
    assert len(cut) <= size * 3 // 600 + 1


@given(urls)
def test_an_address_is_one_meta_takes(url: str) -> None:
    made = web_address(url, "messenger")
    assert made is None or (made.isascii() and made.startswith("http") and " " not in made)
    assert made is None or web_address(made, "messenger") == made
