"""What `test_sending` asks of HTTP, asked of providers that speak something else."""

import asyncio

import pytest

from kaiwa.channels import Account, SendOutcome, Wire, channel
from kaiwa.engines.http import HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable
from tests.every.samples import Mood, samples_of
from tests.every.test_sending import KEY, REASONS, wires
from tests.fakes.recorded_http import RecordedHttp

NO_HTTP = RecordedHttp(HttpAnswer(500, {}, b""))


def spoken(kind: str, wire: Wire, mood: Mood) -> SendOutcome:
    """The wire sent to a provider in that mood."""
    samples = samples_of(kind)
    assert samples.provider is not None, "samples give no provider"
    with samples.provider(mood, samples.account) as account:
        return asyncio.run(channel(kind).send(wire, account, NO_HTTP, retry_key=KEY))


def test_a_yes_is_done_and_tells_the_ids_of_the_same_message_the_same(speaking: str) -> None:
    for wire in wires(speaking):
        ids = spoken(speaking, wire, "well").external_ids
        assert ids
        assert spoken(speaking, wire, "well").external_ids == ids


@pytest.mark.parametrize(("mood", "maybe_done"), [("silent_before", False), ("silent_after", True)])
def test_whether_it_may_have_been_done_is_known(
    speaking: str, mood: Mood, maybe_done: bool
) -> None:
    for wire in wires(speaking):
        with pytest.raises(Unreachable) as caught:
            spoken(speaking, wire, mood)
        assert caught.value.maybe_done is maybe_done


def test_a_refused_key_is_a_matter_of_credentials(speaking: str) -> None:
    for wire in wires(speaking):
        with pytest.raises(Refused) as caught:
            spoken(speaking, wire, "wrong_key")
        assert caught.value.detail["reason"] == "credentials"


@pytest.mark.parametrize("mood", ["busy", "too_fast"])
def test_who_is_asked_to_wait_has_done_nothing(speaking: str, mood: Mood) -> None:
    for wire in wires(speaking):
        with pytest.raises(Unreachable) as caught:
            spoken(speaking, wire, mood)
        assert not caught.value.maybe_done
        assert (caught.value.retry_after_s or 0) > 0


def test_a_wire_that_is_not_the_channels_is_refused(speaking: str) -> None:
    for wire in (Wire("no-such-operation", {}), Wire(wires(speaking)[0].operation, {"to": 7})):
        with pytest.raises(Refused) as caught:
            spoken(speaking, wire, "well")
        assert caught.value.detail["reason"] in REASONS


def test_health_says_what_does_not_work(speaking: str) -> None:
    samples = samples_of(speaking)
    assert samples.provider is not None

    def asked(account: Account) -> list[str]:
        return asyncio.run(channel(speaking).health(account, NO_HTTP))

    with samples.provider("well", samples.account) as account:
        assert asked(account) == []
    with samples.provider("wrong_key", samples.account) as account:
        assert asked(account)
    assert asked(account), "nobody is there any more"
