"""Products as a reply shows them, and as the dialogue remembers what was shown."""

from collections.abc import Sequence
from typing import Final

import msgspec

from kaiwa.bot import payloads
from kaiwa.bot.dialogue.state import ShownProduct, ShownVariant
from kaiwa.catalog.finder.traits import traits_of
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.stock import UNLIMITED
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.languages.strings import say
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Block, Carousel, ProductCard, QuickReplies, ReplyAction

FEW_LEFT: Final = 3


class Item(msgspec.Struct, frozen=True):
    """A product to show by one of its variants, with a reason if there is one."""

    offer: Offer
    every: tuple[Offer, ...] = ()
    reason: str = ""


def cards(items: Sequence[Item], language: Language, origin: str = "") -> tuple[Block, ...]:
    """One card, or a carousel of numbered ones."""
    numbered = len(items) > 1
    shown = tuple(
        _card(one, language, origin, at if numbered else None) for at, one in enumerate(items, 1)
    )
    if not shown:
        return ()
    if not numbered:
        return shown
    words = "\n".join(card.alt_text for card in shown)
    return (Carousel(cards=shown, alt_text=words, speech=words),)


def remembered(items: Sequence[Item], language: Language) -> tuple[ShownProduct, ...]:
    """What the dialogue keeps of them."""
    return tuple(_remembered(one, language) for one in items)


def option_words(offer: Offer, language: Language) -> str:
    """The variant's option values in the shopper's language: "藍 / M"; empty for an only one."""
    return " / ".join(options_in(offer.product, offer.variant, language).values())


def title_of(offer: Offer, language: Language) -> str:
    """The product's title in the shopper's language."""
    return in_language(offer.product, language).title


def stock_words(free: int, language: Language) -> str:
    """Whether it can be had, and that few are left where it is so."""
    if free <= 0:
        return say("card.sold_out", language)
    if free <= FEW_LEFT and free != UNLIMITED:
        return say("card.few_left", language, count=free)
    return say("card.in_stock", language)


def _card(item: Item, language: Language, origin: str, number: int | None) -> ProductCard:
    offer = item.offer
    product = in_language(offer.product, language)
    options = option_words(offer, language) if _told(item) else ""
    price = offer.variant.price
    stock = _stock(item, language)
    words = " ".join(part for part in (product.title, options, price.label(), stock) if part)
    put_in = say("card.add", language)
    image = product.images[0].url if product.images else None
    return ProductCard(
        title=product.title,
        price=price,
        compare_at=offer.variant.compare_at,
        facts=" · ".join(part for part in (options, item.reason) if part),
        image_url=f"{origin}{image}" if image and image.startswith("/") else image,
        stock=stock,
        handle=product.handle,
        sku=offer.variant.sku or "",
        number=number,
        actions=(
            ReplyAction(
                label=put_in,
                text=f"{product.title} {put_in}",
                payload=payloads.add(product.id, offer.variant.id if _told(item) else None),
                adds_to_cart=True,
            ),
        )
        if offer.free > 0
        else (),
        alt_text=f"{number}. {words}" if number else words,
        speech=words,
    )


def _told(item: Item) -> bool:
    """Whether the card is of just one variant."""
    return len(item.every) <= 1


def _stock(item: Item, language: Language) -> str:
    every = item.every or (item.offer,)
    if _told(item):
        return stock_words(item.offer.free, language)
    there = any(one.free > 0 for one in every)
    return say("card.in_stock" if there else "card.sold_out", language)


def _remembered(item: Item, language: Language) -> ShownProduct:
    product = in_language(item.offer.product, language)
    every = item.every or (item.offer,)
    free = {one.variant.id: one.free for one in every}
    told = traits_of(item.offer.product, [one.variant for one in every], free)
    return ShownProduct(
        id=product.id,
        title=product.title,
        variants=tuple(
            ShownVariant(
                id=one.variant.id,
                price_minor=one.variant.price.amount_minor,
                title=option_words(one, language),
                colours=tuple(sorted(trait.colours)),
                size=trait.size,
                in_stock=one.free > 0,
            )
            for one, trait in zip(every, told.variants, strict=True)
        ),
        variant_id=item.offer.variant.id,
        category=product.category,
        brand=product.brand,
    )


def with_last_replies(blocks: Sequence[Block]) -> list[Block]:
    """Quick replies stand under the newest message only: those of the last outcome are kept."""
    last = next((one for one in reversed(blocks) if isinstance(one, QuickReplies)), None)
    kept: list[Block] = [one for one in blocks if not isinstance(one, QuickReplies)]
    return [*kept, last] if last is not None else kept
