"""The articles of an order that is talked about: "get me the navy ones instead" means those."""

from kaiwa.bot.options.said import options_said
from kaiwa.bot.order.identifying import spoken_of
from kaiwa.bot.skills.contract import Case


def of_the_order(case: Case) -> tuple[int, ...]:
    """The products of the order spoken of; of several those that come in the options told.

    Empty while no order of the shopper's own is spoken of, and where its articles are sold no more.
    """
    found = spoken_of(case)
    if found is None:
        return ()
    variants = [line.variant_id for line in found.lines if line.variant_id is not None]
    ids = tuple(dict.fromkeys(one.product.id for one in case.shop.offers(variants).values()))
    words = case.request.question or case.turn.text
    sold = case.shop.variants(ids) if len(ids) > 1 else {}
    fitting = tuple(one for one in ids if options_said(sold.get(one, []), words, case.language))
    return fitting or ids
