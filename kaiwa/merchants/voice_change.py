"""Changing a shop's voice: what is not given stays as it is; who changed it is written down."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.merchant import Merchant, ShopSettings, change_settings, merchant
from kaiwa.merchants.voice import Voice, possible, texts
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import LANGUAGES

LONGEST_NAME: Final = 60


class VoiceChange(msgspec.Struct, frozen=True):
    """None keeps. A greeting takes the place of that of its language; an empty one takes it back.

    `voice` is the whole voice after the change.
    """

    bot_name: str | None = None
    greeting: dict[str, str] | None = None
    voice: Voice | None = None


def changed(settings: ShopSettings, change: VoiceChange) -> ShopSettings:
    """The settings after the change, kept nowhere. `Invalid` names what cannot be."""
    if change.bot_name is not None:
        name = change.bot_name.strip()
        if len(name) > LONGEST_NAME or not (name.isprintable()):
            raise Invalid(f"A name has at most {LONGEST_NAME} characters.", field="bot_name")
        settings = msgspec.structs.replace(settings, bot_name=name)
    if change.greeting is not None:
        _languages(change.greeting)
        told = texts(settings.greeting | change.greeting, "greeting")
        settings = msgspec.structs.replace(settings, greeting=told)
    if change.voice is not None:
        _languages(change.voice.about)
        for topic in change.voice.topics:
            _languages(topic.words)
            _languages(topic.answer)
        settings = msgspec.structs.replace(settings, voice=possible(change.voice))
    return settings


def change_voice(
    session: Session, merchant_id: int, change: VoiceChange, actor: str, now: datetime
) -> Merchant:
    """Take over the change; the shop after it. `Invalid`, `NotFound`."""
    session.one(f"SELECT id FROM merchant WHERE id = :id{session.lock}", id=merchant_id)
    old = merchant(session, merchant_id).settings
    new = changed(old, change)
    if new != old:
        change_settings(session, merchant_id, new)
        deed = Deed(actor, "changed_voice", f"merchant:{merchant_id}", {"names": _names(old, new)})
        write_down(session, merchant_id, deed, now)
    return merchant(session, merchant_id)


def _languages(by_language: Mapping[str, object]) -> None:
    if unknown := [one for one in by_language if one not in LANGUAGES]:
        raise Invalid(f"The language must be ja or en, not {unknown[0]!r}.", field="language")


def _names(old: ShopSettings, new: ShopSettings) -> list[str]:
    """What of it is different now."""
    fields = [one for one in ("bot_name", "greeting") if getattr(old, one) != getattr(new, one)]
    voice = (one for one in Voice.__struct_fields__)
    return fields + [one for one in voice if getattr(old.voice, one) != getattr(new.voice, one)]
