"""Phone numbers: E.164 out of any spelling a provider uses, and back into theirs."""

from typing import Final

import phonenumbers

PHONE: Final = "phone"
# Where a number in national spelling is from: domestic gateways that write so are Japan's.
_HOME: Final = "JP"
_LONGEST: Final = 64
_LONGEST_DIALLED: Final = 30


def e164(number: str) -> str:
    """The number as `+81…`; what is none (a short code, a sender's name) stays as it is written."""
    given = " ".join(number.replace("\0", "").split())[:_LONGEST]
    found = _number(given) if 0 < len(given) <= _LONGEST_DIALLED else None
    return given if found is None else _format(found, phonenumbers.PhoneNumberFormat.E164)


def is_e164(number: str) -> bool:
    """Whether it is a number that can be written to: `+` and a country's digits."""
    return number.startswith("+") and number[1:].isdigit() and e164(number) == number


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
