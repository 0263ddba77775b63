"""What is read without the standard library is read as the standard library reads it."""

from email.message import Message
from email.utils import getaddresses

from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels.email.headers import addresses, readable
from kaiwa.channels.email.opening import plainly

MARKS = " \t<>()[]@,;:.\\\"=?'/+*&%_-~"
pieces = st.sampled_from(
    [
        "hana@example.jp", "<hana@example.jp>", "Hana", "=?iso-2022-jp?B?GyRCOzNFRBsoQg==?=",
        '"Hana, M."', "(shop)", "a.b@c.d.example", "Hana M.", "undisclosed-recipients:;", "..",
        "O'Neill", "a@b", "<>", "<a@b@c>", "x" * 90,
    ]
)  # fmt: skip
free = st.text(st.characters(codec="ascii") | st.sampled_from(MARKS), max_size=30)
kinds = st.sampled_from(
    ["text/plain", "Text/HTML", "multipart/mixed", "text", "a/b/c", "image/png"]
)
names = st.sampled_from(["charset", "Format", "delsp", "name", "name*", "name*0", "boundary", "x"])
values = st.sampled_from(
    [
        "utf-8",
        '"ISO-2022-JP"',
        "flowed",
        '"a b.png"',
        "utf-8''%E3%81%82",
        '""',
        '"a\\"b"',
        "b=c",
        "",
    ]
)


@settings(max_examples=400)
@given(st.lists(pieces | free, min_size=1, max_size=4), st.sampled_from(["", " ", "  ", ", "]))
def test_people_of_a_header(parts: list[str], between: str) -> None:
    raw = between.join(parts)
    assert addresses(raw) == getaddresses([raw])


@settings(max_examples=400)
@given(
    kinds,
    st.lists(st.tuples(names, values), max_size=4),
    st.sampled_from(["; ", ";", " ; ", ";\t", ";;"]),
    free | st.just(""),
)
def test_type_and_parameters(
    kind: str, given_: list[tuple[str, str]], between: str, tail: str
) -> None:
    told = between.join([kind, *(f"{name}={value}" for name, value in given_)]) + tail
    plain = plainly(told)
    if plain is None:
        return
    part = Message()
    part["Content-Type"] = told
    assert plain[0] == part.get_content_type()
    for name in ("charset", "format", "delsp", "name", "boundary", "x", "report-type"):
        assert plain[1].get(name) == part.get_param(name)


@given(st.text(max_size=40))
def test_plain_words_are_what_they_are(text: str) -> None:
    if text.isascii() and text.isprintable() and "=?" not in text:
        assert readable(text) == " ".join(text.split())
