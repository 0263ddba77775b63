"""Reads single values as merchants write them: prices, numbers, yes and no, tax, attributes."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from kaiwa.catalog.importing import Refusal
from kaiwa.catalog.variant import TaxClass
from kaiwa.vocabulary.money import Money

HIGHEST_MINOR: Final = 2**53 - 1

_MARKS = re.compile(r"^(?:¥|\$|€|£|[a-z]{3}(?=[\s\d]))\s*|\s*(?:円|[a-z]{3}|€)$", re.IGNORECASE)
_AMOUNT = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_WHOLE = re.compile(r"-?\d{1,9}(?:\.0+)?")
_REDUCED = re.compile(r"軽減|reduced|(?<!\d)8\s*%", re.IGNORECASE)
_EXEMPT = re.compile(r"非課税|tax[ _-]?(?:exempt|free)", re.IGNORECASE)
_PAIR = re.compile(r"^[・■●\-* ]*([^\s:：=]{1,16}(?: [^\s:：=]{1,12})?)\s*[:：=]\s*(\S.{0,79})$")
_NOT_A_NAME = re.compile(r"https?|^\d|[。、!?]")


def folded(cell: str) -> str:
    """One width, no spaces around."""
    return unicodedata.normalize("NFKC", cell).strip()


def price(cell: str, currency: str) -> Money:
    """The price a cell tells: "1980", "¥1,980", "１９８０円", "19.80"; else a `Refusal`."""
    amount = _MARKS.sub("", folded(cell))
    if not amount:
        raise Refusal("The price is empty.")
    if not _AMOUNT.fullmatch(amount):
        raise Refusal(f"The price {cell.strip()[:40]!r} is not a number. Write it as 1980.")
    try:
        money = Money.parse(amount.replace(",", ""), currency)
    except ValueError as error:
        raise Refusal(f"The price does not fit the shop's currency: {error}.") from error
    if money.amount_minor > HIGHEST_MINOR:
        raise Refusal(f"The price {cell.strip()[:40]!r} is too high.")
    return money


def compare_at(cell: str, now: Money) -> Money | None:
    """The price before, when it was higher; what is no price is as if not there."""
    if not cell.strip():
        return None
    before = price(cell, now.currency)
    return before if now < before else None


def whole(cell: str, what: str) -> int:
    """A whole number, maybe negative; a `Refusal` names `what` it should be."""
    text = folded(cell).replace(",", "")
    if not _WHOLE.fullmatch(text):
        raise Refusal(f"The {what} {cell.strip()[:40]!r} is not a whole number.")
    return int(float(text))


def grams(cell: str) -> int | None:
    """A weight; None when there is none or it makes no sense."""
    try:
        weight = round(float(folded(cell)))
    except (ValueError, OverflowError):
        return None
    return weight if 0 < weight < 10_000_000 else None


def yes(cell: str, otherwise: bool) -> bool:
    """Shopify's TRUE and FALSE, and what people write instead."""
    word = folded(cell).casefold()
    if word in ("true", "yes", "1", "はい"):
        return True
    return False if word in ("false", "no", "0", "いいえ") else otherwise


def tax_class(taxable: bool, words: Sequence[str]) -> TaxClass:
    """Exempt when not taxable; reduced when a tag or tax code says so ("軽減税率", "8%")."""
    folded_words = [folded(word) for word in words]
    if not taxable or any(_EXEMPT.search(word) for word in folded_words):
        return "exempt"
    return "reduced" if any(_REDUCED.search(word) for word in folded_words) else "standard"


def attributes_in(lines: Sequence[str]) -> dict[str, str]:
    """What lines and tags such as "素材：綿100%" or "Material: cotton" tell by themselves."""
    found: dict[str, str] = {}
    for line in lines:
        pair = _PAIR.match(folded(line))
        if pair and not _NOT_A_NAME.search(pair[1]):
            found.setdefault(pair[1], pair[2].strip())
    return found
