"""What the desk's set-up page is drawn from: of our own channels it is whole, in both languages."""

import re
import sys

from kaiwa.channels import Ability, Told, Trouble, channel

PLACE = re.compile(r"\{\w+\}")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# Settled later: what stops an inbox from being kept is what only other credentials can mend.
SETTLED_LATER = {
    "email": {"public"},
    "instagram": {"unsubscribed", "fields", "no_webhook", "webhook_elsewhere", "expires"},
    "line": {
        *("no_webhook", "webhook_off", "webhook_elsewhere", "webhook_insecure"),
        *("quota_spent", "quota_low"),
    },
    "messenger": {"unsubscribed", "fields", "no_webhook", "webhook_elsewhere", "expires"},
    "sms_gateway": {"plain"},
    "sms_twilio": {"one_way", "no_webhook", "webhook_elsewhere", "no_public_url"},
    "sms_vonage": {"empty", "one_way", "webhook_elsewhere", "no_public_url"},
    "telegram": {"no_webhook", "webhook_elsewhere", "wrong_secret", "failing"},
    "whatsapp": {
        *("number", "quality", "unsubscribed", "no_webhook", "webhook_elsewhere", "unregistered"),
        "no_cart",
    },
}


def test_every_credential_says_what_it_is_and_where_it_is_found(guided: str) -> None:
    for field in channel(guided).credential_fields:
        assert field.title is not None, field.name
        assert field.where is not None, field.name
        said_twice(field.title)
        said_twice(field.where)
        assert field.where.ja != field.title.ja


def test_the_steps_are_told_in_both_languages(guided: str) -> None:
    found = channel(guided)
    ours = Ability.CARRIED_BY_US in found.abilities
    assert bool(found.guide.before) is not ours
    assert (found.guide.webhook is None) is (ours or guided == "telegram")
    assert bool(found.guide.after) is not ours
    steps = (*found.guide.before, *found.guide.after)
    for step in steps if found.guide.webhook is None else (*steps, found.guide.webhook):
        said_twice(step)


def test_every_sentence_of_its_health_is_in_the_guide(checked: str) -> None:
    told = troubles(checked)
    assert list(told) == list(sentences(checked).values())
    for trouble in told.values():
        said_twice(trouble.said)
        assert sorted(PLACE.findall(trouble.said.ja)) == sorted(PLACE.findall(trouble.said.en))


def test_what_connecting_settles_does_not_stop(checked: str) -> None:
    later = {key for key, said in sentences(checked).items() if not troubles(checked)[said].stops}
    assert later == SETTLED_LATER[checked]
    assert not later & {"no_secret", "no_verify_token", "token", "key", "unreachable", "refused"}


def said_twice(told: Told) -> None:
    assert told.en.strip() == told.en != ""
    assert told.ja.strip() == told.ja != ""
    assert not JAPANESE.search(told.en), told.en
    assert JAPANESE.search(told.ja) or told.ja == told.en, told.ja


def sentences(kind: str) -> dict[str, str]:
    """The table that `health` speaks from: in the module `health` beside the channel's own."""
    own = sys.modules[type(channel(kind)).health.__module__]
    table: dict[str, str] = own.health.SENTENCES
    return table


def troubles(kind: str) -> dict[str, Trouble]:
    return {one.said.en: one for one in channel(kind).guide.troubles}
