"""An order in the shopper's words: its articles, its day, where it goes, what it costs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kaiwa.bot.showing import option_words, title_of
from kaiwa.bot.skills.contract import Case
from kaiwa.languages.dates import day_words
from kaiwa.orders.order import Order
from kaiwa.vocabulary.money import Money


def titles(case: Case, found: Order) -> dict[str, str]:
    """What each part that is left is called in the shopper's language, its options behind it."""
    ids = [line.variant_id for line in found.lines if line.variant_id is not None]
    offers = case.shop.offers(ids)
    named: dict[str, str] = {}
    for line in found.lines:
        if not found.left(line.part):
            continue
        offer = offers.get(line.variant_id or 0)
        if offer is None:
            named[line.part] = line.title
            continue
        options = option_words(offer, case.language)
        named[line.part] = f"{title_of(offer, case.language)} {options}".strip()
    return named


def articles(case: Case, found: Order) -> str:
    """The articles, one a line: ・土鍋 8号 ×1."""
    named = titles(case, found)
    return "\n".join(f"・{name} ×{found.left(part)}" for part, name in named.items())


def order_label(case: Case, found: Order) -> str:
    """An order on a button: its number, its day, its first article."""
    named = list(titles(case, found).values()) or [line.title for line in found.lines]
    more = f" +{len(named) - 1}" if len(named) > 1 else ""
    return f"{found.number} · {short_day(case, found.placed_at)} · {named[0]}{more}"


def local_day(case: Case, at: datetime) -> str:
    """11月20日（金）, Fri 20 Nov: at the merchant's place."""
    day = at.astimezone(ZoneInfo(case.shop.merchant.timezone)).date()
    return day_words(day, case.language)


def short_day(case: Case, at: datetime) -> str:
    """11/20."""
    day = at.astimezone(ZoneInfo(case.shop.merchant.timezone)).date()
    return f"{day.month}/{day.day}"


def total(found: Order) -> Money:
    """What the order costs as it stands."""
    return Money(found.totals.total_minor, found.currency)


def address_words(found: Order) -> str:
    """Where it goes, on one line; empty when that is not known."""
    address = found.body.address
    return address.one_line() if address is not None else found.body.address_text
