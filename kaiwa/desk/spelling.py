"""The ways in which one phone number or e-mail address is written where we keep it.

WhatsApp writes 819012345678, text messages +819012345678, a shop's order 090-1234-5678.
"""

import re
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumberFormat

_HOME: Final = "JP"
_NUMBER: Final = re.compile(r"\+?[0-9][0-9 ()\-]{7,18}[0-9]")


def spellings(value: str) -> set[str]:
    """The value in lower case, and if it is a phone number, the others that mean the same."""
    plain = value.strip().lower()
    if not _NUMBER.fullmatch(plain):
        return {plain}
    return {plain} | {one for text in _candidates(plain) for one in _spelt(text)}


def _candidates(plain: str) -> list[str]:
    # Some platforms leave the plus out; what begins with a zero is a number of the country's own.
    return [plain] if plain[0] in "+0" else [f"+{plain}", plain]


def _spelt(text: str) -> set[str]:
    try:
        number = phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        return set()
    if not phonenumbers.is_valid_number(number):
        return set()
    world = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    home = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    return {world, world.removeprefix("+"), home, re.sub(r"\D", "", home)}
