"""The cart as it stands, in the shopper's words: lines, discounts, total, and the way on."""

from kaiwa.bot import payloads
from kaiwa.bot.showing import option_words, title_of
from kaiwa.bot.skills.contract import Case, said
from kaiwa.bot.skills.contract import offer as offer_of
from kaiwa.catalog.offer import Offer
from kaiwa.orders.cart import Cart, CartLine
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Block, Receipt, ReceiptLine, ReplyAction


def cart_blocks(case: Case, cart: Cart) -> tuple[Block, ...]:
    """The cart as it stands: lines, discounts and total, with the way on."""
    titles = _titles(case, cart)
    lines = tuple(
        ReceiptLine(titles[one.variant_id], one.quantity, one.amount) for one in cart.lines
    )
    total = Money(cart.totals.total_minor, cart.currency)
    words = "\n".join(
        [f"{one.title} ×{one.quantity} {one.total.label()}" for one in lines]
        + [case.say("buying.total", total=total.label())]
    )
    receipt = Receipt(
        number="", lines=lines, entries=_entries(case, cart), total=total,
        alt_text=words, speech=words,
    )  # fmt: skip
    buy = case.say("act.checkout")
    ways = (ReplyAction(label=buy, text=buy, payload=payloads.act("checkout")),)
    return (*_told(case, cart, titles), receipt, *offer_of(ways))


def _titles(case: Case, cart: Cart) -> dict[int, str]:
    """The lines' titles in the shopper's language; what is sold no more keeps the shop's own."""
    now = case.shop.offers([one.variant_id for one in cart.lines])
    return {one.variant_id: one.title for one in cart.lines} | {
        key: variant_title(case, one) for key, one in now.items()
    }


def _entries(case: Case, cart: Cart) -> tuple[ReceiptLine, ...]:
    items = sum(one.amount.amount_minor for one in cart.lines)
    off = cart.totals.total_minor - items
    if not off:
        return ()
    return (ReceiptLine(case.say("buying.discount"), 1, Money(off, cart.currency)),)


def _told(case: Case, cart: Cart, titles: dict[int, str]) -> tuple[Block, ...]:
    by_sku = {one.sku: titles[one.variant_id] for one in cart.lines}
    known = ("quantity_adjusted", "out_of_stock", "price_changed", "item_unavailable")
    words = [
        case.say(
            f"buying.notice_{one.code}",
            about=by_sku.get(one.about, one.about),
            was=one.was,
            now=one.now,
        )
        for one in cart.notices
        if one.code in known
    ]
    return said("\n".join(words)) if words else ()


def variant_title(case: Case, one: Offer) -> str:
    """A variant by its product's name and its options, in the shopper's language."""
    return f"{title_of(one, case.language)} {option_words(one, case.language)}".strip()


def line_title(case: Case, line: CartLine) -> str:
    """A line's title in the shopper's language; what is sold no more keeps the shop's own."""
    now = case.shop.offers([line.variant_id]).get(line.variant_id)
    return line.title if now is None else variant_title(case, now)
