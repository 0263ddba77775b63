"""A form is read as the standard library reads it."""

from urllib.parse import parse_qsl, unquote_to_bytes, urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels.sms_twilio.form import pairs, unquoted

pieces = [b"%", b"%E3%81", b"%8", b"+", b"a", b"%zz", b"%2B", b"=", b"%%41", b"%0a", b"\n", b"\r\n"]
odd = st.lists(st.sampled_from(pieces))


@settings(max_examples=300)
@given(odd.map(b"".join) | st.binary(max_size=40))
def test_what_escapes_stand_for(value: bytes) -> None:
    assert unquoted(value) == unquote_to_bytes(value.replace(b"+", b" "))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9))), odd)
def test_names_and_values(fields: list[tuple[str, str]], besides: list[bytes]) -> None:
    body = b"&".join([urlencode(fields).encode(), *besides])
    wanted = parse_qsl(body.decode(), keep_blank_values=True, errors="surrogateescape")
    assert pairs(body) == wanted
