"""How the shop's chat looks on its pages: colour, side, icon, languages and the first words."""

import re
from datetime import datetime
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.merchant import Looks, Merchant, ShopSettings, change_settings, merchant
from kaiwa.merchants.voice import texts
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import LANGUAGES

LONGEST_REPLY: Final = 40
MOST_REPLIES: Final = 6
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
Field: TypeAlias = Literal["accent", "greeting", "quick_replies", "looks"]


class Appearance(msgspec.Struct, frozen=True):
    """All of it as it is to be. Without an accent it is ours; without words they are the bot's."""

    accent: str | None = None
    greeting: dict[str, str] = {}
    quick_replies: dict[str, list[str]] = {}
    looks: Looks = Looks()


def appearance(settings: ShopSettings) -> Appearance:
    """What of a shop's settings is its looks."""
    return Appearance(settings.accent, settings.greeting, settings.quick_replies, settings.looks)


def with_appearance(settings: ShopSettings, wanted: Appearance) -> ShopSettings:
    """The settings with other looks, kept nowhere. `Invalid` names what cannot be."""
    if wanted.accent is not None and not _COLOUR.fullmatch(wanted.accent):
        raise Invalid("The accent is a colour such as #1a5f4c.", field="accent", reason="accent")
    if set(wanted.greeting) - set(LANGUAGES) or set(wanted.quick_replies) - set(LANGUAGES):
        raise Invalid("The languages are ja and en.", field="language")
    languages = tuple(one for one in LANGUAGES if one in wanted.looks.languages)
    if not languages:
        raise Invalid("Choose at least one language.", field="languages", reason="languages")
    return msgspec.structs.replace(
        settings,
        accent=wanted.accent,
        greeting=texts(wanted.greeting, "greeting"),
        quick_replies={
            language: found
            for language, told in wanted.quick_replies.items()
            if (found := _replies(told))
        },
        looks=msgspec.structs.replace(wanted.looks, languages=languages),
    )


def change_appearance(
    session: Session, merchant_id: int, wanted: Appearance, actor: str, now: datetime
) -> Merchant:
    """Take over the looks; the shop after it. `Invalid`, `NotFound`."""
    session.one(f"SELECT id FROM merchant WHERE id = :id{session.lock}", id=merchant_id)
    old = merchant(session, merchant_id).settings
    new = with_appearance(old, wanted)
    fields: tuple[Field, ...] = ("accent", "greeting", "quick_replies", "looks")
    if names := [one for one in fields if getattr(old, one) != getattr(new, one)]:
        change_settings(session, merchant_id, new)
        deed = Deed(actor, "changed_looks", f"merchant:{merchant_id}", {"names": names})
        write_down(session, merchant_id, deed, now)
    return merchant(session, merchant_id)


def _replies(told: list[str]) -> list[str]:
    found = list(dict.fromkeys(one for text in told if (one := " ".join(text.split()))))
    if len(found) > MOST_REPLIES or any(len(one) > LONGEST_REPLY for one in found):
        raise Invalid(
            f"At most {MOST_REPLIES} choices of {LONGEST_REPLY} characters.",
            field="quick_replies",
            reason="quick_replies",
        )
    return found
