"""What the law on mail-order sales (特定商取引法 第11条) wants shown, as rows for a page or a chat.

What the server knows itself (shipping, fees, ways to pay, days to return) is told from the records,
so that the page cannot say anything else than the checkout does.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

import msgspec

from kaiwa.engines.db import Session
from kaiwa.languages.strings import say
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.orders.payment_method import Method, methods
from kaiwa.orders.shipping import Rate, all_rates
from kaiwa.orders.terms import Seller, Terms, Words, terms
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

Text: TypeAlias = tuple[str, Language]

ROWS: Final = (
    "seller", "representative", "address", "phone", "email", "hours", "prices", "fees",
    "payment", "payment_time", "delivery_time", "returns", "limits", "invoice_number",
)  # fmt: skip
# What a shop may have no use for, or what we have words for; all others the merchant must say.
OPTIONAL: Final = frozenset({"email", "hours", "prices", "limits", "invoice_number"})


class NoticeRow(msgspec.Struct, frozen=True):
    """A row of the notice; its text may have several lines.

    `language` is that of the text: the shop's own where the merchant gave none in another.
    """

    key: str
    label: str
    text: str
    language: Language


class LegalNotice(msgspec.Struct, frozen=True):
    """The rows that can be shown, in the order of `ROWS`, and what the merchant must fill in.

    `kaiwa terms set` has an option for each key of `missing` but `payment`: there a way to pay has
    to be offered. For `fees` a shipping rate will do as well.
    """

    language: Language
    rows: tuple[NoticeRow, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether it says all that the law asks for."""
        return not self.missing


def legal_notice(session: Session, merchant_id: int, language: Language) -> LegalNotice:
    """The merchant's notice, its labels and what we say ourselves in `language`; `NotFound`."""
    owner = merchant(session, merchant_id)
    rules = terms(session, merchant_id)
    said = _said(rules, language, owner.language)
    texts = said | _told(session, owner, (rules, said), language)
    rows = tuple(
        NoticeRow(key, say(f"legal.{key}", language), *texts[key]) for key in ROWS if texts[key][0]
    )
    # Our own sentence about returns tells the days, but not who pays for sending back.
    known = texts | {"returns": said["returns"]}
    missing = tuple(key for key in ROWS if key not in OPTIONAL and not known[key][0])
    return LegalNotice(language, rows, missing)


def _said(rules: Terms, language: Language, own: Language) -> dict[str, Text]:
    """The merchant's words in the language, or else in the shop's own."""
    seller = rules.seller or Seller("")
    base = {
        "seller": seller.name,
        "representative": seller.representative,
        "address": seller.address,
        "hours": seller.hours,
    }
    here, there = (msgspec.structs.asdict(rules.words.get(one, Words())) for one in (language, own))
    found: dict[str, Text] = {}
    for name in Words.__struct_fields__:
        text = there[name] or base.get(name, "")
        found[name] = (here[name], language) if here[name] else (text, own if text else language)
    return found | {"phone": (seller.phone, language), "email": (seller.email, language)}


def _told(
    session: Session, owner: Merchant, known: tuple[Terms, dict[str, Text]], language: Language
) -> dict[str, Text]:
    """What stands in the records, with the merchant's words after it."""
    rules, said = known
    ways = methods(session, owner.id)
    fees = [
        *(_rate(one, owner, language) for one in all_rates(session, owner.id)),
        *_extras(owner, rules, ways, language),
    ]
    days = rules.return_days
    returns = say("legal.returns_within" if days else "legal.returns_none", language, days=days)
    lines = {
        "fees": [*fees, said["fees"][0]],
        "payment": [say("legal.between", language).join(one.title for one in ways)],
        "returns": [returns, said["returns"][0]],
        "invoice_number": [rules.invoice_number or ""],
        "prices": [said["prices"][0] or say("legal.prices_shown", language)],
    }
    return {key: ("\n".join(filter(None, texts)), language) for key, texts in lines.items()}


def _rate(rate: Rate, owner: Merchant, language: Language) -> str:
    weights = [
        say(f"legal.weight_{name}", language, grams=f"{grams:,}")
        for name, grams in (("over", rate.over_g), ("up_to", rate.up_to_g))
        if grams is not None and grams > 0
    ]
    between = say("legal.between", language)
    where = between.join(rate.regions) or ("" if rate.country == "JP" else rate.country)
    for_what = between.join(filter(None, (where, *weights)))
    named = (
        say("legal.rate_for", language, name=rate.name, what=for_what) if for_what else rate.name
    )
    price = _price(rate.amount_minor, owner, language, included=rate.tax_included)
    if rate.free_from_minor is None:
        return say("legal.charge", language, name=named, price=price)
    free = Money(rate.free_from_minor, owner.currency).label()
    return say("legal.charge_free_from", language, name=named, price=price, free=free)


def _extras(owner: Merchant, rules: Terms, ways: Sequence[Method], language: Language) -> list[str]:
    wraps = [
        (say("legal.wrap", language, name=one.titles.get(language) or one.code), one.amount_minor)
        for one in rules.wraps
    ]
    fees = [(say("legal.method_fee", language, name=one.title), one.fee_minor) for one in ways]
    return [
        say("legal.charge", language, name=name, price=_price(minor, owner, language))
        for name, minor in (*wraps, *fees)
        if minor
    ]


def _price(minor: int, owner: Merchant, language: Language, *, included: bool = True) -> str:
    price = Money(minor, owner.currency).label()
    if not minor:
        return say("legal.free", language)
    return price if included else say("legal.plus_tax", language, price=price)
