"""Phone numbers: E.164 out of any spelling a provider uses, and back into theirs."""

import re
from functools import lru_cache
from typing import Final

import phonenumbers

PHONE: Final = "phone"
# Where a number in national spelling is from: domestic gateways that write so are Japan's.
_HOME: Final = "JP"
_LONGEST: Final = 64
_LONGEST_DIALLED: Final = 30
# What needs no looking up: E.164 as it is (no number has a zero after +81), Japan's mobiles.
_DONE: Final = re.compile(r"\+(?!810)[1-9][0-9]{7,14}")
_MOBILE: Final = re.compile(r"0([5789]0[0-9]{8})")


def e164(number: str) -> str:
    """The number as `+81…`; what is none (a short code, a sender's name) stays as it is written."""
    if _DONE.fullmatch(number):
        return number
    mobile = _MOBILE.fullmatch(number)
    return f"+81{mobile[1]}" if mobile else _looked_up(number)


def from_digits(number: str) -> str:
    """The same of a provider that always writes the country and never the plus."""
    return e164(f"+{number}" if number.isascii() and number.isdigit() else number)


@lru_cache(maxsize=10_000)
def _looked_up(number: str) -> str:
    given = " ".join(number.replace("\0", "").split())[:_LONGEST]
    found = _number(given) if 0 < len(given) <= _LONGEST_DIALLED else None
    return given if found is None else _format(found, phonenumbers.PhoneNumberFormat.E164)


def is_e164(number: str) -> bool:
    """Whether it is a number that can be written to: `+` and a country's digits."""
    return _DONE.fullmatch(number) is not None


def national(number: str) -> str:
    """`+819012345678` as one dials it at home: `09012345678`; what is no number stays."""
    found = _number(number)
    if found is None:
        return number
    spelled = _format(found, phonenumbers.PhoneNumberFormat.NATIONAL)
    return "".join(each for each in spelled if each.isascii() and each.isdigit())


def _format(number: phonenumbers.PhoneNumber, form: int) -> str:
    return str(phonenumbers.format_number(number, form))


def _number(given: str) -> phonenumbers.PhoneNumber | None:
    # A name that spells a number ("1-800-FLOWERS") is a name here.
    if any(each.isalpha() for each in given):
        return None
    if given.startswith("+"):
        return _read(given, None)
    international, national = _read(f"+{given.removeprefix('00')}", None), _read(given, _HOME)
    known = (each for each in (international, national) if each and _assigned(each))
    return next(known, None)


def _read(spelling: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        found = phonenumbers.parse(spelling, region)
    except phonenumbers.NumberParseException:
        return None
    # New blocks of numbers are dialled before any table knows them: the right length is enough.
    return found if phonenumbers.is_possible_number(found) else None


def _assigned(number: phonenumbers.PhoneNumber) -> bool:
    return bool(phonenumbers.is_valid_number(number))
