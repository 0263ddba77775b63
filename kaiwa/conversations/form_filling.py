"""What a customer wrote into a form, question by question: tidied, or told what is wrong."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from kaiwa.vocabulary.content import Filled
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.reply import FormField

LONGEST_LINE: Final = 200
LONGEST_TEXT: Final = 4_000
YES: Final = "yes"
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,6})?")
_THOUSANDS: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_DAY: Final = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_EMAIL: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\.]+(\.[^\s@.]+)+")
_PHONE: Final = re.compile(r"\+?[0-9]{9,15}")
_IN_PHONE: Final = re.compile(r"[\s()./‐‑‒–—―−ー-]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class _Wrong(Exception):
    """What is wrong with one answer, as the key of its sentence."""


def filled_in(
    fields: Sequence[FormField], given: Mapping[str, Sequence[str]]
) -> tuple[Filled, ...]:
    """An answer for each field, in their order.

    `Invalid` with `reason` "form" and, in `fields`, a word for each wrong one: required, too_long,
    not_choice, not_number, not_date, not_email, not_phone.
    """
    wrong: dict[str, str] = {}
    filled: list[Filled] = []
    for one in fields:
        try:
            said = [_visible(value) for value in given.get(one.name, ())]
            values = _values(one, [value for value in said if value.strip()])
            filled.append(Filled(one.name, one.label, one.kind, values))
        except _Wrong as fault:
            wrong[one.name] = str(fault)
    if wrong:
        raise Invalid("Some answers need another look.", reason="form", fields=wrong)
    return tuple(filled)


def _visible(value: str) -> str:
    return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def _values(field: FormField, given: Sequence[str]) -> tuple[str, ...]:
    values = _chosen(field, given) if field.kind in ("choice", "choices") else _one(field, given)
    if field.required and not values:
        raise _Wrong("required")
    return values


def _chosen(field: FormField, given: Sequence[str]) -> tuple[str, ...]:
    wanted = {value.strip() for value in given}
    if not wanted <= set(field.options) or (field.kind == "choice" and len(wanted) > 1):
        raise _Wrong("not_choice")
    return tuple(option for option in field.options if option in wanted)


def _one(field: FormField, given: Sequence[str]) -> tuple[str, ...]:
    if not given:
        return ()
    text = given[0].strip()
    match field.kind:
        case "long_text":
            return (_text(text, LONGEST_TEXT),)
        case "number":
            return (_number(text),)
        case "date":
            return (_date(text),)
        case "email":
            return (_matched(_EMAIL, unicodedata.normalize("NFKC", text), "not_email"),)
        case "phone":
            digits = _IN_PHONE.sub("", unicodedata.normalize("NFKC", text))
            return (_matched(_PHONE, digits, "not_phone"),)
        case "consent":
            return (YES,)
        case _:
            return (_text(" ".join(text.split()), LONGEST_LINE),)


def _text(text: str, longest: int) -> str:
    if len(text) > longest:
        raise _Wrong("too_long")
    return text


def _matched(pattern: re.Pattern[str], text: str, otherwise: str) -> str:
    if len(text) > LONGEST_LINE or not pattern.fullmatch(text):
        raise _Wrong(otherwise)
    return text


def _number(text: str) -> str:
    """Digits as a program reads them: full width, thousands and a leading plus are people's."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-")
    plain = _THOUSANDS.sub("", plain)
    return _matched(_NUMBER, plain, "not_number").removeprefix("+")


def _date(text: str) -> str:
    """A day of the calendar as 2026-11-22."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None:
        raise _Wrong("not_date")
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        raise _Wrong("not_date") from None
