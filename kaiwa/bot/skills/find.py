"""Finds products, narrows and widens the search, and says what it let go to find something."""

from collections.abc import Iterable, Sequence
from typing import Final

from kaiwa.bot import payloads
from kaiwa.bot.asking.stock import stock_answer
from kaiwa.bot.naming.called import called
from kaiwa.bot.nlu.no_matter import is_any
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.slot import (
    Brand,
    Category,
    Colour,
    Exclude,
    NoMatter,
    Option,
    Product,
    Purpose,
    Query,
    Size,
    Slot,
    name_of,
)
from kaiwa.bot.nlu.slots_of import slots_of
from kaiwa.bot.options.picking import fitting
from kaiwa.bot.options.said import with_options
from kaiwa.bot.seeking.narrowing import MOST_QUESTIONS, Facet, narrowing
from kaiwa.bot.seeking.other_money import of_other_money
from kaiwa.bot.seeking.query import sought
from kaiwa.bot.seeking.recipient import about_them
from kaiwa.bot.seeking.refining import Before, asks_for_more, goes_on, refined
from kaiwa.bot.seeking.results import SHOWN, Results, items_of, results
from kaiwa.bot.seeking.wording import let_go_words, price_words
from kaiwa.bot.showing import Item, cards
from kaiwa.bot.skills.contract import Asks, Case, Outcome, Skill, label, offer, said
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.money import minor_digits
from kaiwa.vocabulary.reply import Block, ReplyAction, TextBlock

__all__ = ["SKILL", "sought"]

_NEAR: Final = 4
_FEW_CALLED: Final = 2


def _serve(case: Case) -> Outcome:
    text = _words(case)
    now = _named_facets(case)
    before = _before(case)
    goes = case.frame.act == "refine" or goes_on(text, now, before)
    if goes and before.slots and asks_for_more(text, now):
        return _more(case, before.slots)
    digits = minor_digits(case.shop.merchant.currency)
    slots = refined(before if goes else Before(), now, text, digits)
    found = results(case.shop, slots, case.language)
    cheaper = goes and found.let_go and _is_relative(slots, now)
    if not found.samples:
        return _nothing(case, found, slots)
    narrowed = _told(case, goes, now)
    if cheaper:
        return _no_further(case, before, found)
    return _shown(case, found, slots, narrowed)


def _words(case: Case) -> str:
    return (case.request.question or case.turn.text).casefold().strip()


def _named_facets(case: Case) -> tuple[Slot, ...]:
    """What was told; an answer to our own question by the name of what was asked."""
    asked = case.state.narrowed[-1] if case.state.narrowed else "option"
    found: list[Slot] = []
    given = any(isinstance(one, Purpose) for one in case.frame.slots)
    for one in case.frame.slots:
        match one:
            case Query(text=text) if given:
                found += [Query(plain)] if (plain := about_them(text)) else []
            case Option(name="option", value=value):
                found.append(Option(asked, value))
            case NoMatter(of="option" | ""):
                continue
            case Query(text=text) if is_any(text):
                continue
            case _:
                found.append(one)
    return _called_without(case, tuple(found))


def _called_without(case: Case, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Got decaf?: what is called so is sought, not everything that is without."""
    told = next((one for one in slots if isinstance(one, Product)), None)
    out = next((one for one in slots if isinstance(one, Exclude)), None)
    bare = out is not None and not any(isinstance(one, Query | Category) for one in slots)
    if told is None or not bare or len(told.ids) > _FEW_CALLED:
        return slots
    titles = " ".join(one.title for one in case.shop.products(told.ids))
    return (*(one for one in slots if one is not out), Query(titles.casefold()))


def _before(case: Case) -> Before:
    one_of = [one for one in case.state.shown if (one.id,) == case.state.focus]
    prices = [
        shown.price_minor
        for one in one_of or case.state.shown  # cheaper than the one that is spoken of
        if (shown := one.shown_variant) is not None
    ]
    return Before(case.state.search, min(prices, default=None), max(prices, default=None))


def _told(case: Case, goes: bool, now: Iterable[Slot]) -> tuple[str, ...]:
    """What was asked in this search already, and what does not matter."""
    kept = case.state.narrowed if goes else ()
    more = [one.of for one in now if isinstance(one, NoMatter) and one.of]
    return tuple(dict.fromkeys((*kept, *more)))


def _is_relative(slots: Iterable[Slot], now: Iterable[Slot]) -> bool:
    told = {name_of(one) for one in now}
    return "price" not in told and any(name_of(one) == "price" for one in slots)


def _shown(
    case: Case, found: Results, slots: tuple[Slot, ...], narrowed: tuple[str, ...]
) -> Outcome:
    items = items_of(case.shop, found)
    return narrowed_outcome(case, found, (_head(case, found, items), items), slots, narrowed)


def narrowed_outcome(
    case: Case,
    found: Results,
    shown: tuple[str, tuple[Item, ...]],
    slots: tuple[Slot, ...],
    narrowed: tuple[str, ...] = (),
) -> Outcome:
    """The sentence and products shown, with the question that narrows most or the ways on."""
    head, items = shown
    listed = tuple(one.offer.product.id for one in items)
    told = (*of_other_money(case), *said(head))
    blocks = (*told, *cards(items, case.language, case.shop.tools.origin))
    facet = _to_ask(case, found, slots, narrowed)
    traits: list[Slot] = [
        one
        for one in slots
        if isinstance(one, Colour) or isinstance(one, Size) and found.asked.size
    ]
    if len(items) == 1:
        traits = list(with_options(items[0].every, _words(case), traits, case.language))
    if len(items) == 1 and traits and not (found.let_go or found.lost):
        return _just_one(case, items[0], traits, slots, narrowed)
    if facet is None:
        blocks = (*blocks, *_ways_on(case, found, items))
        focus = _called_for(case, listed)
        return Outcome(
            blocks, items=items, search=slots, listed=listed, narrowed=narrowed, focus=focus
        )
    names = {"category": "finding.ask_category", "price": "finding.ask_price"}
    question = case.say(names.get(facet.name, "finding.ask"), facet=facet.label)
    answers = (*facet.values, case.say("finding.any"))
    buttons = tuple(ReplyAction(label=label(one), text=one) for one in answers)
    return Outcome(
        (*blocks, *said(question), *offer(buttons)),
        asks=Asks(facet.slot, answers),
        items=items,
        search=slots,
        listed=listed,
        narrowed=(*narrowed, facet.name),
    )


def _called_for(case: Case, listed: tuple[int, ...]) -> tuple[int, ...]:
    """Of several that are shown, the one that was asked for by its whole name."""
    one = called(_words(case), case.language, (case.turn, case.shop))
    return (one.product_id,) if one is not None and one.product_id in listed else ()


def _just_one(
    case: Case,
    item: Item,
    traits: Sequence[Slot],
    slots: tuple[Slot, ...],
    narrowed: tuple[str, ...],
) -> Outcome:
    """One product is left: whether it is there in the colour and size, and its card."""
    told = stock_answer(case, item.every, traits)
    wanted = tuple(one for one in traits if isinstance(one, Colour | Size | Option))
    texts = tuple(one for one in told.blocks if isinstance(one, TextBlock))
    free = any(one.free > 0 for one in fitting(item.every, traits, case.language)[0])
    # The card itself puts it in the cart.
    rest = () if free else tuple(one for one in told.blocks if not isinstance(one, TextBlock))
    return Outcome(
        (*texts, *cards((item,), case.language, case.shop.tools.origin), *rest),
        items=(item,),
        focus=told.focus,
        focus_variant=told.focus_variant,
        wanted=wanted,
        search=slots,
        listed=told.focus,
        narrowed=narrowed,
    )


def _to_ask(
    case: Case, found: Results, slots: tuple[Slot, ...], narrowed: tuple[str, ...]
) -> Facet | None:
    asked = [one for one in narrowed if one]
    if found.total <= SHOWN or len(asked) >= MOST_QUESTIONS or found.let_go:
        return None
    told = {one.name if isinstance(one, Option) else name_of(one) for one in slots}
    if "order" in told:
        told.add("price")
    if "query" in told and any(isinstance(one, Category) for one in slots):
        told.add("category")
    currency = case.shop.merchant.currency
    return narrowing(found.samples, {*told, *asked}, case.language, currency)


def _head(case: Case, found: Results, items: tuple[Item, ...]) -> str:
    """How many there are, or what nothing fitted."""
    lost = [*found.lost]
    currency = case.shop.merchant.currency
    if words := let_go_words(found.asked, found.let_go, case.language, currency):
        lost.insert(0, words)
    sold_out = all(one.free <= 0 for item in items for one in item.every)
    if lost:
        joint = "・" if case.language == "ja" else ", "
        return case.say("finding.relaxed", lost=joint.join(lost))
    if sold_out:
        return case.say("finding.sold_out" if len(items) == 1 else "finding.all_sold_out")
    if found.total > len(items):
        return case.say("finding.best", count=found.total, shown=len(items))
    return case.say("finding.one" if len(items) == 1 else "finding.found", count=len(items))


def _ways_on(case: Case, found: Results, items: tuple[Item, ...]) -> tuple[Block, ...]:
    """Buttons: further results, or word when what is sold out is there again."""
    ways: list[ReplyAction] = []
    if found.total > len(items):
        more = case.say("finding.more")
        ways.append(ReplyAction(label=label(more), text=more))
    if len(items) == 1 and all(one.free <= 0 for one in items[0].every):
        alert = case.say("act.restock_alert")
        ways.append(
            ReplyAction(label=label(alert), text=alert, payload=payloads.act("restock_alert"))
        )
    return offer(tuple(ways))


def _more(case: Case, slots: tuple[Slot, ...]) -> Outcome:
    """The next page of the same search."""
    seen = case.state.listed
    found = results(case.shop, slots, case.language, seen)
    items = items_of(case.shop, found)
    if not items or found.let_go:
        text = case.say("finding.no_more")
        return Outcome(
            (*said(text), *_categories(case)),
            search=slots,
            listed=seen,
            narrowed=case.state.narrowed,
        )
    text = case.say("finding.further", count=len(items))
    listed = (*seen, *(one.offer.product.id for one in items))
    blocks = (
        *said(text),
        *cards(items, case.language, case.shop.tools.origin),
        *_ways_on(case, found, items),
    )
    narrowed = case.state.narrowed
    return Outcome(blocks, items=items, search=slots, listed=listed, narrowed=narrowed)


def _no_further(case: Case, before: Before, found: Results) -> Outcome:
    """Nothing is cheaper, or dearer, than what was shown: say so, and show the nearest."""
    text = case.say(
        "finding.none_beyond",
        bound=price_words(found.asked, case.language, case.shop.merchant.currency),
    )
    items = items_of(case.shop, found)
    listed = tuple(one.offer.product.id for one in items)
    blocks = (*said(text), *cards(items, case.language, case.shop.tools.origin))
    return Outcome(
        blocks, items=items, search=before.slots, listed=listed, narrowed=case.state.narrowed
    )


def _nothing(case: Case, found: Results, slots: tuple[Slot, ...]) -> Outcome:
    what = found.asked.terms
    key = "finding.nothing_of" if what else "finding.nothing"
    text = case.say(key, what=what)
    return Outcome((*said(text), *_categories(case)), search=slots, answered=False)


def _categories(case: Case) -> tuple[Block, ...]:
    """What else there is, by kind: those of the products that are liked most."""
    liked = case.shop.recommend("popular", (), _NEAR * 2)
    kinds: dict[str, str] = {}
    for one in liked:
        told = one.product.translations.get(case.language)
        kind = (told.category if told else "") or one.product.category
        if kind:
            kinds.setdefault(fold(kind), kind)
    return offer(
        tuple(ReplyAction(label=label(one), text=one) for one in list(kinds.values())[:_NEAR])
    )


def seeks(case: Case, text: str) -> tuple[Slot, ...]:
    """What a text would have the finder look for; empty where it names no kind of thing."""
    words = (case.shop.known.words, case.language)
    slots = tuple(one.slot for one in slots_of("find_product", normalised(text), (), words))
    named = any(isinstance(one, Query | Category | Brand | Purpose) for one in slots)
    return slots if named else ()


def search_for(case: Case, text: str) -> Outcome | None:
    """A search for what a text names, where another skill has nothing to go by; None if nothing."""
    shop = case.shop
    if not (slots := seeks(case, text)):
        return None
    found = results(shop, slots, case.language)
    if not found.samples or found.let_go:
        return None
    return _shown(case, found, slots, ())


SKILL = Skill("find", ("find_product", "refine"), _serve)
