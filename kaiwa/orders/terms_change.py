"""Changing the terms of sale a little at a time: what is not given stays as it is."""

import re
import unicodedata
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import merchant
from kaiwa.orders.tax import Rounding
from kaiwa.orders.terms import GiftWrap, Seller, Terms, Words, set_terms, terms
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.language import Language

LONGEST: Final = 2_000
_PHONE: Final = re.compile(r"\+?[0-9][0-9() -]{7,18}[0-9]")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")
# What `Seller` holds in the shop's own language, and `Words` in any other.
_NAMES: Final = {
    "seller": "name",
    "representative": "representative",
    "address": "address",
    "hours": "hours",
}


class ChangeWords(msgspec.Struct, frozen=True):
    """Words for the legal notice, in `language` or else the shop's own.

    None keeps what was said, an empty text takes it back. `phone` and `email` have no language.
    """

    language: Language | None = None
    seller: str | None = None
    representative: str | None = None
    address: str | None = None
    hours: str | None = None
    phone: str | None = None
    email: str | None = None
    prices: str | None = None
    fees: str | None = None
    payment_time: str | None = None
    delivery_time: str | None = None
    returns: str | None = None
    limits: str | None = None
    invoice_number: str | None = None


class ChangeRules(msgspec.Struct, frozen=True):
    """How the shop sells. None keeps; `wraps` are added or replaced by code, `unwrap` taken out."""

    rounding: Rounding | None = None
    return_days: int | None = None
    days_ahead: int | None = None
    first_number: int | None = None
    abandoned_after_minutes: int | None = None
    wraps: tuple[GiftWrap, ...] = ()
    unwrap: tuple[str, ...] = ()


def change_words(session: Session, merchant_id: int, change: ChangeWords) -> Terms:
    """Take over the words; the terms after it. `Invalid` names what cannot be."""
    own = merchant(session, merchant_id).language
    language = change.language or own
    old = terms(session, merchant_id)
    given = {
        name: _text(name, text)
        for name, text in msgspec.structs.asdict(change).items()
        if name != "language" and text is not None
    }
    names = {_NAMES[name]: given.pop(name) for name in _NAMES if name in given and language == own}
    reach = {name: given.pop(name) for name in ("phone", "email") if name in given}
    number = given.pop("invoice_number", old.invoice_number)
    words = msgspec.structs.replace(old.words.get(language, Words()), **given)
    new = msgspec.structs.replace(
        old,
        seller=msgspec.structs.replace(old.seller or Seller(""), **names, **reach),
        invoice_number=number or None,
        words=old.words | {language: words},
    )
    set_terms(session, merchant_id, new)
    return terms(session, merchant_id)


def change_rules(session: Session, merchant_id: int, change: ChangeRules) -> Terms:
    """Take over the rules; the terms after it. `Invalid` or `NotFound` name what cannot be."""
    old = terms(session, merchant_id)
    wraps = {wrap.code: wrap for wrap in old.wraps}
    for code in change.unwrap:
        if wraps.pop(code, None) is None:
            raise NotFound(f"There is no gift wrap {code!r}.")
    wraps |= {wrap.code: wrap for wrap in change.wraps}
    given = {
        name: value
        for name, value in msgspec.structs.asdict(change).items()
        if name not in ("wraps", "unwrap") and value is not None
    }
    new = msgspec.structs.replace(old, wraps=tuple(wraps.values()), **given)
    set_terms(session, merchant_id, new)
    return terms(session, merchant_id)


def _text(name: str, written: str) -> str:
    text = written.replace("\r\n", "\n").strip()
    if _CONTROL.search(text) or len(text) > LONGEST:
        raise Invalid(f"{name} is text of at most {LONGEST} characters.", field=name)
    if text and name == "phone":
        text = unicodedata.normalize("NFKC", text)
        if not _PHONE.fullmatch(text):
            raise Invalid(f"This is no telephone number: {written!r}.", field=name)
    if text and name == "email" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise Invalid(f"This is no e-mail address: {written!r}.", field=name)
    return text
