"""A mail that is cut without the standard library is cut as the standard library cuts it."""

import email
from datetime import UTC
from email.message import Message
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels.email.charset import clean
from kaiwa.channels.email.headers import Mail, date_of
from kaiwa.channels.email.opening import plainly_opened
from tests.every.samples import samples_of

lines = st.sampled_from(
    [
        "Subject: a", "X:", "X: y\n z", "X:  y\n\tz", "Content-Type: text/plain; charset=utf-8",
        "Content-Type: multipart/mixed; boundary=b", "Content-Type: multipart/mixed; boundary=bb",
        'Content-Type: multipart/alternative; boundary="b c"', "Content-Type: message/rfc822",
        "Content-Type: message/delivery-status", "Content-Type: multipart/digest; boundary=b",
        "Content-Type: multipart/mixed", "Content-Type: odd", "From x", " folded", ": none",
        "Content-Transfer-Encoding: base64", "--b", "--b--", "--bb", "--bb--", "--b c", "--b c--",
        "--b ", "--b--x", "", "", "", "words", "aGk=", "\u3042", "\r", "a\rb",
    ]
)  # fmt: skip
ends = st.sampled_from(["\n", "\n", "\r\n"])


def tree(part: Message) -> tuple[object, ...]:
    held = part.get_payload()
    parts = held if isinstance(held, list) else []
    inside = tuple(tree(one) for one in parts if isinstance(one, Message)) or held
    return tuple(part.raw_items()), inside


@settings(max_examples=1_500)
@given(st.lists(lines, max_size=24), ends, st.booleans())
def test_lines_in_any_order(found: list[str], end: str, ended: bool) -> None:
    raw = (end.join(found).replace("\r\n", "\n").replace("\n", end) + end * ended).encode()
    plain = plainly_opened(raw)
    if plain is not None:
        assert tree(plain) == tree(email.message_from_bytes(raw))


parts = st.recursive(
    st.sampled_from(["Content-Type: text/plain\n\nwords", "\nno headers", "X: y\n\n", "\n\n\nz\n"]),
    lambda inner: (
        st.builds(
            lambda boundary, held, epilogue: (
                f"Content-Type: multipart/mixed; boundary={boundary}\n\npreamble\n"
                + "".join(f"--{boundary}\n{one}\n" for one in held)
                + f"--{boundary}--\n{epilogue}"
            ),
            st.sampled_from(["b", "bb", "b--", "c"]),
            st.lists(inner, min_size=1, max_size=3),
            st.sampled_from(["", "epilogue", "--b\n"]),
        )
        | st.builds(lambda held: f"Content-Type: message/rfc822\n\n{held}", inner)
    ),
    max_leaves=6,
)


@settings(max_examples=500)
@given(parts, ends)
def test_parts_in_parts(text: str, end: str) -> None:
    raw = text.replace("\n", end).encode()
    plain = plainly_opened(raw)
    if plain is not None:
        assert tree(plain) == tree(email.message_from_bytes(raw))


@pytest.mark.parametrize("number", range(3))
def test_usual_mails_need_no_library(number: int) -> None:
    raw = samples_of("email").heard[number]
    plain = plainly_opened(raw)
    assert isinstance(plain, Mail)
    assert tree(plain) == tree(email.message_from_bytes(raw))


def test_a_large_mail_in_many_layers_is_left_to_the_library() -> None:
    layers = "Content-Type: message/rfc822\n\n"
    inner = "Subject: x\n\n" + "words " * 200_000
    assert plainly_opened((layers * 5 + inner).encode()) is None
    assert plainly_opened((layers * 3 + inner).encode()) is not None
    assert plainly_opened((layers * 30 + "Subject: x\n\n").encode()) is None


numbers = st.integers(0, 99).map("{:02d}".format) | st.integers(0, 99).map(str)


dates = st.tuples(
    st.sampled_from(["Sat, ", "", "Xxx, "]),
    numbers,
    st.sampled_from([" Feb ", " Nov ", " feb ", " Foo "]),
    st.integers(0, 9999).map(str),
    st.lists(numbers, min_size=3, max_size=3).map(lambda found: " " + ":".join(found)),
    st.sampled_from([" +", " -", " "]),
    st.integers(0, 9999).map("{:04d}".format),
    st.sampled_from(["", " (JST)", " (UTC)", " x"]),
).map("".join)


@settings(max_examples=400)
@given(dates)
def test_dates(raw: str) -> None:
    odd = (ValueError, TypeError, OverflowError, IndexError)
    try:
        wanted = parsedate_to_datetime(raw)
        wanted = wanted.replace(tzinfo=UTC) if wanted.tzinfo is None else wanted.astimezone(UTC)
    except odd:
        with pytest.raises(odd):
            date_of(raw)
        return
    assert date_of(raw) == wanted


@given(st.text(st.characters() | st.sampled_from("\r\n\t\0\x7f\ufeff\ud800"), max_size=20))
def test_clean_text_stays_and_the_rest_is_cleaned(text: str) -> None:
    made = clean(text)
    assert clean(made) == made
    assert made.encode().decode() == made
    assert not set(made) & set("\r\0\x7f\ufeff")
