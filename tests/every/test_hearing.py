"""Whoever calls: only the true are let in, and of what they say nothing is lost or raised."""

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels import RawRequest, channel
from kaiwa.vocabulary.content import Unknown
from kaiwa.vocabulary.errors import NotAuthentic
from kaiwa.vocabulary.event import Edited, InboundEvent, Said, TakenBack, Unheard
from tests.every.samples import STRANGE, Samples, samples_of
from tests.strategies.bodies import DEEP, bends, bent, values

NOW = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=3)
LONGEST_ID = 300


def heard(kind: str, body: bytes) -> list[tuple[bytes, InboundEvent]]:
    """What the channel hears in the body, once it has been made sure that it hears it well."""
    found = channel(kind).parse(body, NOW)
    for raw, event in found:
        assert isinstance(raw, bytes)
        assert channel(kind).parse_one(raw, NOW) == event
        assert all(0 < len(one) <= LONGEST_ID and "\0" not in one for one in _ids(event))
        assert msgspec.json.decode(msgspec.json.encode(event), type=InboundEvent) == event
        if event.reply_handle is not None:
            assert event.reply_handle.expires_at > NOW
    again = channel(kind).parse(body, LATER)
    assert [event.external_id for _, event in again] == [event.external_id for _, event in found]
    return found


def _ids(event: InboundEvent) -> list[str]:
    own = [event.external_id]
    if event.sender is not None:
        own.append(event.sender.value)
    if event.reply_handle is not None:
        own.append(event.reply_handle.token)
    # Without an id of its own a message cannot be found again; it still has the event's.
    if isinstance(event.heard, Said | Edited | TakenBack) and event.heard.external_id:
        own.append(event.heard.external_id)
    return own


def refused(kind: str, call: RawRequest, samples: Samples) -> None:
    with pytest.raises(NotAuthentic):
        channel(kind).verify(call, samples.account)


def test_there_is_something_to_hear(kind: str) -> None:
    samples = samples_of(kind)
    assert samples.heard
    assert samples.strange
    assert bool(samples.calls) == bool(samples.signature)


def test_authentic_calls_are_let_in_and_heard(kind: str) -> None:
    samples = samples_of(kind)
    for call in samples.calls:
        assert channel(kind).verify(call, samples.account).answer is None
    for body in samples.heard:
        assert heard(kind, body)
        assert not any(isinstance(event.heard, Unheard) for _, event in heard(kind, body))


def test_whoever_did_not_sign_is_refused(kind: str) -> None:
    samples = samples_of(kind)
    bodies = [*samples.heard, b"", b"{}"]
    for body in bodies:
        refused(kind, RawRequest(body, {}), samples)
        refused(kind, RawRequest(body, {samples.signature: ""}), samples)
        refused(kind, RawRequest(body, {samples.signature: "署名"}), samples)


def test_without_credentials_nobody_is_let_in(hooked: str) -> None:
    samples = samples_of(hooked)
    empty = msgspec.structs.replace(samples.account, credentials={})
    blank = msgspec.structs.replace(
        samples.account, credentials=dict.fromkeys(samples.account.credentials, "")
    )
    for call in samples.calls:
        for account in (empty, blank):
            with pytest.raises(NotAuthentic):
                channel(hooked).verify(call, account)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_flipped_bit_of_body_or_signature_is_refused(hooked: str, data: st.DataObject) -> None:
    samples = samples_of(hooked)
    for call in samples.calls:
        if samples.signs_body:
            bit = data.draw(st.integers(0, len(call.body) * 8 - 1))
            refused(hooked, msgspec.structs.replace(call, body=_flipped(call.body, bit)), samples)
        signed = call.headers[samples.signature].encode()
        bit = data.draw(st.integers(0, len(signed) * 8 - 1))
        headers = {**call.headers, samples.signature: _flipped(signed, bit).decode("latin-1")}
        refused(hooked, msgspec.structs.replace(call, headers=headers), samples)


def _flipped(text: bytes, bit: int) -> bytes:
    changed = bytearray(text)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_heard_as_something(kind: str, body: bytes) -> None:
    assert heard(kind, body)


@settings(deadline=None)
@given(values)
def test_any_json_is_heard_without_an_error(kind: str, value: object) -> None:
    heard(kind, json.dumps(value).encode())


def test_a_call_with_anything_missing_or_monstrous_is_heard_without_an_error(kind: str) -> None:
    for body in (*samples_of(kind).heard, *samples_of(kind).strange):
        for odd in bends(body):
            heard(kind, odd)


@settings(deadline=None)
@given(st.data())
def test_a_call_in_which_one_thing_is_off_is_heard_without_an_error(
    kind: str, data: st.DataObject
) -> None:
    samples = samples_of(kind)
    heard(kind, data.draw(bent(data.draw(st.sampled_from([*samples.heard, *samples.strange])))))


def test_a_bottomless_body_is_heard_as_something(kind: str) -> None:
    assert heard(kind, DEEP)


def test_what_nobody_knows_is_kept_word_for_word(kind: str) -> None:
    for body in samples_of(kind).strange:
        mentions = [(raw, event) for raw, event in heard(kind, body) if STRANGE.encode() in raw]
        assert mentions, body
        for _, event in mentions:
            assert _kept(event), event


def _kept(event: InboundEvent) -> bool:
    match event.heard:
        case Unheard():
            return True
        case Said(content=Unknown(raw=raw)):
            return STRANGE in raw
        case _:
            return False


def test_two_events_of_one_call_have_two_ids(kind: str) -> None:
    for body in samples_of(kind).heard:
        ids = [event.external_id for _, event in heard(kind, body)]
        assert len(set(ids)) == len(ids)
