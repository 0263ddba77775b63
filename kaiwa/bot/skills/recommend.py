"""Recommends: for somebody or something, beside a product, or what is liked; each with a reason."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.asking.meant import named
from kaiwa.bot.nlu.slot import (
    Brand,
    Category,
    Colour,
    ForWhom,
    InStock,
    Price,
    Product,
    Purpose,
    Query,
    Size,
    Slot,
)
from kaiwa.bot.seeking.recipient import about_them
from kaiwa.bot.seeking.results import SHOWN, items_of, results
from kaiwa.bot.seeking.which_suits import which_suits
from kaiwa.bot.seeking.wording import price_words
from kaiwa.bot.showing import Item, cards
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.bot.skills.find import narrowed_outcome
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.recommendation.recommend import Recommendation, Wish

_TOGETHER: Final = re.compile(
    r"一緒に|いっしょに|合わせて|あわせて|セットで|組み合わせ|合う(?:もの|商品|の)"
    r"|\bgoes? (?:well )?with\b|\bwith (?:this|it|that)\b|\btogether\b|\bpair"
)
_SIMILAR: Final = re.compile(
    r"似(?:た|て|てる|ている)|同じような|みたいな|近い(?:もの|の)|代わり|かわり"
    r"|ほかに(?:も)?(?:いい|良い)"
    r"|\bsimilar\b|\blike (?:this|it|that|these)\b|\balternatives?\b|\binstead\b"
)
_WHICH: Final = re.compile(r"\bwhich(?: one)?\b|どれ|どっち|どちら|この中|その中")
_POPULAR: Final = re.compile(
    r"人気|売れ筋|売れて|ランキング|定番|ベストセラー|みんな|\bpopular\b|\bbest.?sell"
    r"|\btrending\b|\bfavou?rites?\b|\beveryone\b"
)


def _serve(case: Case) -> Outcome:
    if (suits := which_suits(case)) is not None:
        return suits
    text = (case.request.question or case.turn.text).casefold()
    beside = _beside(case)
    if not beside and (_TOGETHER.search(text) or _SIMILAR.search(text)):
        beside = _seen_last(case)
    if beside and _TOGETHER.search(text):
        # それの帯も一緒に選んで: a kind of thing is named that shall go with it.
        kind = next((one for one in case.frame.slots if isinstance(one, Category)), None)
        sought = (Query(kind.name), kind, InStock()) if kind else ()
        along = _found(case, sought, beside) if sought else None
        return along or _recommended(case, "bought_together", beside)
    slots = _of_what_was_sought(case, text, _wishes(case))
    if beside and _SIMILAR.search(text):
        # 似た鉄の道具: like it, and of iron.
        further = any(isinstance(one, Query) for one in slots)
        nearer = _found(case, slots, beside) if further else None
        return nearer or _recommended(case, "similar", beside)
    if any(
        isinstance(one, Query | Category | Purpose | Price | Brand | Colour | Size | ForWhom)
        for one in slots
    ):
        found = _found(case, slots)
        if found is not None:
            return found
    if _POPULAR.search(text):
        return _recommended(case, "popular", ())
    if case.frame.product_ids and beside:
        return _recommended(case, "similar", beside)
    return _recommended(case, "personal", ())


def _beside(case: Case) -> tuple[int, ...]:
    """What is spoken of: chosen or named, else in focus, else what was put in the cart last."""
    if case.frame.product_ids:
        return case.frame.product_ids
    ids = named(case)
    if 1 <= len(ids) <= 2:
        return ids
    if case.state.focus:
        return case.state.focus[:2]
    cart = case.shop.cart
    return (cart.lines[-1].product_id,) if cart and cart.lines else ()


def _seen_last(case: Case) -> tuple[int, ...]:
    """The product that was last shown by itself, else the first of those shown."""
    single = [one.products for one in case.state.showings if len(one.products) == 1]
    shown = single[0] if single else case.state.shown[:1]
    return tuple(one.id for one in shown)


def _wishes(case: Case) -> tuple[Slot, ...]:
    """What was told, without the words that only speak of recommending; in stock."""
    kept: list[Slot] = []
    for one in case.frame.slots:
        match one:
            case Query(text=terms):
                plain = about_them(terms)
                if plain:
                    kept.append(Query(plain))
            case InStock() | Product():
                continue
            case _:
                kept.append(one)
    return (*kept, InStock())


def _of_what_was_sought(case: Case, text: str, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Which is best for a beginner?, after fountain pens: of those, and of nothing else."""
    kinds = Category | Brand | Product
    if not _WHICH.search(text) or any(isinstance(one, kinds) for one in case.frame.slots):
        return slots
    if not set(named(case)) <= {*case.state.listed, *(one.id for one in case.state.shown)}:
        return slots  # 草履はどれがいい: of what is named now
    sought = [one for one in case.state.search if isinstance(one, Query | Category | Purpose)]
    if not sought or not case.state.listed:
        return slots
    kinds_listed = {one.category for one in case.shop.products(case.state.listed)}
    if any(isinstance(one, Query | Purpose) for one in slots):
        found = results(case.shop, slots, case.language, alike=True).samples[:SHOWN]
        if any(one.product.category in kinds_listed for one in found):
            return slots
    return (*sought, *(one for one in slots if not isinstance(one, Query)))


def _found(case: Case, slots: tuple[Slot, ...], beside: tuple[int, ...] = ()) -> Outcome | None:
    """What a search for the wish finds, that can be bought and is not in the cart yet."""
    found = results(case.shop, slots, case.language, alike=True)
    inside = {one.product_id for one in case.shop.cart.lines} if case.shop.cart else set()
    samples = tuple(one for one in found.samples if one.product.id not in {*inside, *beside})
    if (kind := _of_the_kind(case, {one.product.id for one in samples})) is not None:
        return kind
    if not samples or "in_stock" in found.let_go:
        return None
    found = replace(found, samples=samples)
    items = tuple(one for one in items_of(case.shop, found) if one.offer.free > 0 or _any(one))
    if not items:
        return None
    bounds = price_words(found.asked, case.language, case.shop.merchant.currency)
    if found.let_go or found.lost:
        text = case.say("finding.recommend_near")
    elif bounds:
        text = case.say("finding.recommend_within", bounds=bounds)
    else:
        text = case.say("finding.recommend")
    return narrowed_outcome(case, found, (text, items), slots)


def _of_the_kind(case: Case, found: set[int]) -> Outcome | None:
    """What table would you suggest: the tables, and not the oil for tables that was found."""
    told = next((one for one in case.frame.slots if isinstance(one, Product)), None)
    ids = told.ids if told else ()
    if not 1 < len(ids) <= SHOWN or not found.isdisjoint(ids):
        return None
    every = case.shop.variants(ids)
    sold = (tuple(every.get(one, ())) for one in ids)
    items = [Item(next(o for o in own if o.free > 0), own) for own in sold if _is_free(own)]
    if not items:
        return None
    blocks = (
        *said(case.say("finding.recommend")),
        *cards(items, case.language, case.shop.tools.origin),
    )
    listed = tuple(one.offer.product.id for one in items)
    return Outcome(blocks, items=tuple(items), search=(), listed=listed)


def _is_free(own: Sequence[Offer]) -> bool:
    return any(one.free > 0 for one in own)


def _any(item: Item) -> bool:
    return _is_free(item.every)


def _recommended(case: Case, wish: Wish, beside: tuple[int, ...]) -> Outcome:
    liked = case.shop.recommend(wish, beside, SHOWN)
    if not liked:
        return Outcome(said(case.say("finding.recommend_none")), answered=False)
    items = items_from(case, liked)
    key = {"bought_together": "finding.recommend_with", "similar": "finding.recommend_like"}
    text = case.say(key.get(wish, "finding.recommend"))
    blocks = (*said(text), *cards(items, case.language, case.shop.tools.origin))
    listed = tuple(one.offer.product.id for one in items)
    return Outcome(blocks, items=items, search=(), listed=listed)


def items_from(case: Case, liked: Sequence[Recommendation]) -> tuple[Item, ...]:
    """Recommendations as they are shown, each with its reason."""
    every = case.shop.variants([one.product.id for one in liked])
    found = []
    for one in liked:
        own = every.get(one.product.id, [])
        card = next((each for each in own if each.variant.id == one.variant.id), None)
        if card is not None:
            found.append(Item(card, tuple(own), one.reason.text(case.language)))
    return tuple(found)


SKILL = Skill("recommend", ("recommend",), _serve)
