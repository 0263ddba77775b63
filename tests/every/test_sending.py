"""What a provider's answer, or its silence, means: done, try again, or give up. Never a guess."""

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels import Ability, Profile, SendOutcome, Wire, channel
from kaiwa.engines.http import HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.reply import Reply, TextBlock
from tests.every.samples import samples_of
from tests.every.test_rendering import rendered, routes
from tests.fakes.recorded_http import RecordedHttp

HELLO = Reply((TextBlock(text="Hello"),))
KEY, OTHER_KEY = "5f7cbd6a-3d0c-4cf4-9e3e-4f1f1b8f7c11", "0e7b6d58-22e5-4a55-9a2f-7cf0d4fd2d02"
HOOK = "https://shop.example/webhooks/x/key"
REASONS = {"blocked", "quota", "window_closed", "spent_handle", "credentials", "invalid", "gone"}


def wires(kind: str) -> list[Wire]:
    """A short message over every way."""
    return [wire for route in routes(kind) for wire in rendered(kind, HELLO, route).wires]


def send(kind: str, wire: Wire, http: RecordedHttp, key: str = KEY) -> SendOutcome:
    account = samples_of(kind).account
    return asyncio.run(channel(kind).send(wire, account, http, retry_key=key))


def unreachable(kind: str, wire: Wire, answer: HttpAnswer | Unreachable) -> Unreachable:
    with pytest.raises(Unreachable) as caught:
        send(kind, wire, RecordedHttp(answer))
    return caught.value


def refused(kind: str, wire: Wire, answer: HttpAnswer) -> str:
    with pytest.raises(Refused) as caught:
        send(kind, wire, RecordedHttp(answer))
    assert caught.value.message
    return str(caught.value.detail["reason"])


def test_what_we_carry_ourselves_calls_nobody(carrying: str) -> None:
    for wire in wires(carrying):
        http = RecordedHttp(HttpAnswer(500, {}, b""))
        assert send(carrying, wire, http) == SendOutcome()
        assert http.calls == []


def test_a_yes_is_done_and_tells_the_ids(calling: str) -> None:
    for wire in wires(calling):
        http = RecordedHttp(samples_of(calling).yes)
        assert send(calling, wire, http).external_ids
        assert len(http.calls) == 1
        base = samples_of(calling).account.api_base
        assert base is None or http.calls[0].url.startswith(base)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_in_trouble_may_have_done_it(calling: str, status: int) -> None:
    for wire in wires(calling):
        assert unreachable(calling, wire, HttpAnswer(status, {}, b"<html>")).maybe_done


@pytest.mark.parametrize("maybe_done", [True, False])
def test_whether_a_silent_provider_may_have_done_it_is_passed_on(
    calling: str, maybe_done: bool
) -> None:
    for wire in wires(calling):
        silence = Unreachable("Nobody answered.", maybe_done=maybe_done)
        assert unreachable(calling, wire, silence).maybe_done is maybe_done


def test_a_refused_key_is_a_matter_of_credentials(calling: str) -> None:
    for wire in wires(calling):
        assert refused(calling, wire, HttpAnswer(401, {}, b"{}")) == "credentials"


def test_who_is_too_fast_waits_and_has_done_nothing(calling: str) -> None:
    for wire in wires(calling):
        error = unreachable(calling, wire, HttpAnswer(429, {"retry-after": "7"}, b"{}"))
        assert not error.maybe_done
        assert error.retry_after_s == 7


def test_who_blocked_us_is_told_from_other_noes(refusing: str) -> None:
    answer = samples_of(refusing).blocked
    assert answer is not None
    for wire in wires(refusing):
        assert refused(refusing, wire, answer) == "blocked"


def test_every_no_is_told_from_the_others(declining: str) -> None:
    for reason, answer in samples_of(declining).noes:
        for wire in wires(declining):
            assert refused(declining, wire, answer) == reason


def test_content_that_is_gone_is_not_asked_for_again(keeping: str) -> None:
    answer, account = samples_of(keeping).gone, samples_of(keeping).account
    assert answer is not None
    with pytest.raises(Refused) as caught:
        asyncio.run(channel(keeping).media("7", account, RecordedHttp(answer)))
    assert caught.value.detail["reason"] == "gone"


def test_a_wire_that_is_not_the_channels_is_refused(calling: str) -> None:
    wire = Wire("no-such-operation", {})
    assert refused(calling, wire, samples_of(calling).yes) == "invalid"


@settings(deadline=None)
@given(st.integers(200, 599), st.binary(max_size=60) | st.just(b"[" * 200_000))
def test_any_answer_is_a_yes_a_wait_or_a_no(calling: str, status: int, body: bytes) -> None:
    for wire in wires(calling):
        try:
            send(calling, wire, RecordedHttp(HttpAnswer(status, {}, body)))
        except Unreachable:
            assert status < 400 or status in (408, 425, 429) or status >= 500
        except Refused as error:
            assert error.detail["reason"] in REASONS
            assert status < 500
        else:
            assert status < 300 or status == 409


def test_who_claims_idempotent_pushes_repeats_the_key_and_nothing_else_changes(
    repeating: str,
) -> None:
    pushes = [wire for wire in wires(repeating) if _same_for_every_try(repeating, wire)]
    assert pushes, "no call carries the retry key"


def _same_for_every_try(kind: str, wire: Wire) -> bool:
    """Whether the call carries the key; the same key must make the same call."""
    http = RecordedHttp(samples_of(kind).yes)
    for key in (KEY, KEY, OTHER_KEY):
        send(kind, wire, http, key)
    first, again, other = http.calls
    assert first == again
    return first != other


@settings(deadline=None, max_examples=40)
@given(st.integers(200, 599), st.sampled_from([b"", b"{}", b"[]", b'{"type":1}', b"\xff"]))
def test_every_ability_is_there_and_any_answer_is_bearable(
    calling: str, status: int, body: bytes
) -> None:
    for method, told, fits in _claimed(calling):
        http = RecordedHttp(HttpAnswer(status, {}, body))
        try:
            said = asyncio.run(method(*told, samples_of(calling).account, http))
        except (Unreachable, Refused) as error:
            assert error.message
        else:
            assert fits(said)
        assert http.calls, method.__name__


def _claimed(kind: str) -> list[tuple[Any, tuple[str, ...], Any]]:
    found, to = channel(kind), samples_of(kind).to
    every = {
        Ability.MEDIA: (found.media, ("7",), lambda said: isinstance(said[0], bytes)),
        Ability.PROFILE: (found.profile, (to,), lambda said: isinstance(said, Profile)),
        Ability.TYPING: (found.typing, (to,), lambda said: said is None),
        Ability.MARK_READ: (found.mark_read, ("token",), lambda said: said is None),
        Ability.QUOTA: (found.quota_left, (), lambda said: said is None or said >= 0),
        Ability.CONNECT: (found.connect, (HOOK,), lambda said: said is None),
        Ability.HEALTH: (found.health, (), lambda said: all(isinstance(s, str) for s in said)),
    }
    return [every[ability] for ability in sorted(found.abilities & every.keys())]


def test_what_nobody_claims_is_refused_and_not_forgotten() -> None:
    http = RecordedHttp(HttpAnswer(200, {}, b"{}"))
    with pytest.raises(Refused):
        asyncio.run(channel("web_chat").media("7", samples_of("web_chat").account, http))
