"""A visitor's token opens one inbox to one visitor, for as long as it says and to nobody else."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels.web_chat import (
    TOKEN_LIFE,
    TOKEN_RENEWABLE,
    VisitorToken,
    Vouched,
    make_token,
    new_visitor,
    read_identity,
    read_token,
)
from kaiwa.vocabulary.errors import NotAuthentic

NOW = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)
KEY = b"k" * 32
SECRET = "a secret of thirty-two characters"
VISITOR = "v-" + "0a" * 16
SOON = NOW + timedelta(minutes=5)


def token(**claims: Any) -> str:
    """A token signed by us with other claims than ours."""
    plain = {"v": VISITOR, "aud": "inbox", "exp": NOW + TOKEN_LIFE}
    kept = {name: value for name, value in (plain | claims).items() if value is not None}
    return jwt.encode(kept, KEY, algorithm="HS256")


def unsigned(claims: dict[str, Any], algorithm: str) -> str:
    """A token whose header names that algorithm and whose signature is empty."""
    parts = ({"alg": algorithm, "typ": "JWT"}, claims)
    encoded = (base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=") for p in parts)
    return b".".join([*encoded, b""]).decode()


def refused(text: str, at: datetime = NOW, inbox: str = "inbox", key: bytes = KEY) -> None:
    for use in ("act", "renew"):
        with pytest.raises(NotAuthentic):
            read_token(key, inbox, text, at, use)


names = st.none() | st.text(min_size=1, max_size=200).filter(str.strip)


@settings(deadline=None)
@given(names, names)
def test_what_was_written_is_read(member: str | None, name: str | None) -> None:
    written = VisitorToken(new_visitor(), member, name)
    assert read_token(KEY, "inbox", make_token(KEY, "inbox", written, NOW), NOW) == written


def test_no_two_visitors_are_the_same() -> None:
    assert len({new_visitor() for _ in range(1_000)}) == 1_000


def test_it_acts_for_twelve_hours_and_renews_for_four_hundred_days_more() -> None:
    text = make_token(KEY, "inbox", VisitorToken(VISITOR), NOW)
    second, end = timedelta(seconds=1), NOW + TOKEN_LIFE
    assert read_token(KEY, "inbox", text, end).visitor == VISITOR
    with pytest.raises(NotAuthentic):
        read_token(KEY, "inbox", text, end + second)
    last = end + TOKEN_RENEWABLE
    assert read_token(KEY, "inbox", text, last, "renew").visitor == VISITOR
    with pytest.raises(NotAuthentic):
        read_token(KEY, "inbox", text, last + second, "renew")


def test_one_made_for_another_inbox_or_with_another_key_is_refused() -> None:
    text = make_token(KEY, "inbox", VisitorToken(VISITOR), NOW)
    refused(text, inbox="other")
    refused(text, key=b"x" * 32)
    refused(token(aud=None))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "HS256", ""])
def test_one_without_a_signature_is_refused(algorithm: str) -> None:
    claims = {"v": VISITOR, "aud": "inbox", "exp": SOON.timestamp(), "sub": "7"}
    refused(unsigned(claims, algorithm))
    with pytest.raises(NotAuthentic):
        read_identity(SECRET, unsigned(claims, algorithm), NOW)


def test_one_of_another_algorithm_is_refused_whatever_its_key() -> None:
    claims = {"v": VISITOR, "aud": "inbox", "exp": SOON, "sub": "7"}
    refused(jwt.encode(claims, KEY * 2, algorithm="HS512"), key=KEY * 2)
    private = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    by_rsa = jwt.encode(claims, private, algorithm="RS256")
    # The trap: a public key everybody knows, taken for the shared secret.
    refused(by_rsa, key=public)
    with pytest.raises(NotAuthentic):
        read_identity(public.decode(), by_rsa, NOW)


@pytest.mark.parametrize(
    "claims",
    [
        {"v": None},
        {"v": 7},
        {"v": "v-short"},
        {"v": VISITOR + "\n"},
        {"v": "agent-1"},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": -(10**30)},
        {"exp": [1]},
    ],
)
def test_one_that_names_no_visitor_or_no_end_is_refused(claims: dict[str, Any]) -> None:
    if claims.get("exp", 0) is None:
        refused(jwt.encode({"v": VISITOR, "aud": "inbox"}, KEY, algorithm="HS256"))
    else:
        refused(token(**claims))


@settings(deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_anything_else_is_refused(text: str) -> None:
    refused(text)
    with pytest.raises(NotAuthentic):
        read_identity(SECRET, text, NOW)


@settings(deadline=None)
@given(st.data())
def test_a_changed_letter_is_refused(data: st.DataObject) -> None:
    text = make_token(KEY, "inbox", VisitorToken(VISITOR), NOW)
    # The last letter of base64 carries bits that mean nothing.
    at = data.draw(st.integers(0, len(text) - 2).filter(lambda index: text[index] != "."))
    letter = data.draw(st.sampled_from("Ab0_").filter(lambda one: one != text[at]))
    refused(text[:at] + letter + text[at + 1 :])


# Customers whom the shop vouches for


HERS = {"email": " Miho@Example.JP "}


def vouched(secret: str = SECRET, **claims: Any) -> str:
    return jwt.encode({"sub": "7", "exp": SOON, **claims}, secret, algorithm="HS256")


@pytest.mark.parametrize(
    ("claims", "who"),
    [
        ({}, Vouched("7")),
        ({"name": "佐々木 美穂"}, Vouched("7", "佐々木 美穂")),
        ({"name": " "}, Vouched("7")),
        ({"name": 7}, Vouched("7")),
        ({"name": "x" * 500}, Vouched("7", "x" * 200)),
        ({"aud": "the shop", "iss": "me", "nbf": 2**40, "iat": "x"}, Vouched("7")),
        (HERS | {"email_verified": True}, Vouched("7", None, "miho@example.jp")),
        # Whoever registers can type any address: only what the shop has verified counts.
        (HERS, Vouched("7")),
        (HERS | {"email_verified": False}, Vouched("7")),
        (HERS | {"email_verified": "true"}, Vouched("7")),
        ({"email": "miho", "email_verified": True}, Vouched("7")),
        ({"email": "a b@example.jp", "email_verified": True}, Vouched("7")),
        ({"email": ["miho@example.jp"], "email_verified": True}, Vouched("7")),
        ({"email": "x" * 250 + "@a.jp", "email_verified": True}, Vouched("7")),
    ],
)
def test_a_customer_is_who_the_shop_says(claims: dict[str, Any], who: Vouched) -> None:
    assert read_identity(SECRET, vouched(**claims), NOW) == who


def test_a_number_is_a_name_for_a_customer_too() -> None:
    text = _by_hand({"sub": 7, "exp": SOON.timestamp()})
    assert read_identity(SECRET, text, NOW) == Vouched("7")


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": ""},
        {"sub": "x" * 201},
        {"sub": None},
        {"sub": True},
        {"sub": {"id": 7}},
        {"exp": (NOW - timedelta(seconds=1)).timestamp()},
        {"exp": "x"},
        {"exp": True},
        {"exp": None},
    ],
)
def test_who_is_vouched_for_without_name_or_end_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(NotAuthentic):
        read_identity(SECRET, _by_hand({"sub": "7", "exp": SOON.timestamp(), **claims}), NOW)


def test_the_end_of_a_vouching_must_be_said() -> None:
    with pytest.raises(NotAuthentic):
        read_identity(SECRET, _by_hand({"sub": "7"}), NOW)


def test_who_is_vouched_for_by_somebody_else_is_refused() -> None:
    with pytest.raises(NotAuthentic):
        read_identity(SECRET, vouched("another secret of thirty-two characters"), NOW)


def _by_hand(claims: dict[str, Any]) -> str:
    """Signed without the care a library takes with claims."""
    return jwt.PyJWS().encode(json.dumps(claims).encode(), SECRET, algorithm="HS256")
