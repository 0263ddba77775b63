"""Another variant in the place of one that was ordered: replaced before sending, else exchanged."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from kaiwa.bot.answer_to import answer_to
from kaiwa.bot.order.articles_meant import articles_meant, says_value
from kaiwa.bot.order.refusing import too_late
from kaiwa.bot.order.ways_to_pay import way_meant, way_paid, ways_of
from kaiwa.bot.order.words import titles
from kaiwa.bot.showing import option_words
from kaiwa.bot.skills.contract import Case, Outcome, said
from kaiwa.bot.skills.handoff import hand_off
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.translation import options_in
from kaiwa.languages.folding import fold
from kaiwa.orders.allowed import allowed
from kaiwa.orders.exchange import AskExchange
from kaiwa.orders.order import Order, OrderLine
from kaiwa.orders.replacing import ReplaceItems
from kaiwa.orders.return_request import ReturnRequest
from kaiwa.orders.saved_method import SavedMethod
from kaiwa.vocabulary.language import LANGUAGES
from kaiwa.vocabulary.money import Money

MOST_SHOWN: Final = 10
_PLACE: Final = re.compile(r"^\W*(\d{1,2})(?:番|つ目|\.|\)|$|\s*(?:です|にします|please))")


def swapped(case: Case, found: Order) -> Outcome:
    """Find out what takes the place of what and how a difference is paid; then as agreed."""
    if not {"replace", "ask_exchange"} & allowed(found):
        return too_late(case, found)
    parts = articles_meant(case, found, case.say("aftersale.swap_which", number=found.number))
    if isinstance(parts, Outcome):
        return parts
    if not parts:
        return Outcome(said(case.say("aftersale.nothing_left", number=found.number)))
    chosen = _chosen(case, found, parts)
    if isinstance(chosen, Outcome):
        return chosen
    way = way_meant(case, found) or way_paid(case, found)
    if way is None:
        return _which_way(case, found)
    return _agreed(case, found, chosen, way)


def _agreed(case: Case, found: Order, chosen: dict[str, Offer], way: SavedMethod) -> Outcome:
    lines = {part: offer.variant.id for part, offer in chosen.items()}
    later = "ask_exchange" in allowed(found)
    write = AskExchange(found.id, lines, way.id) if later else ReplaceItems(found.id, lines, way.id)
    more = case.shop.rehearse(write, found, lambda after: _difference(found, after))
    kind = "exchange" if later else "replace"
    rows = [
        case.say("aftersale.swap_row", old=titles(case, found)[part], new=_priced(case, offer))
        for part, offer in chosen.items()
    ]
    money = _money(case, found, more, way)
    head = case.say(f"aftersale.{kind}_shown", number=found.number)
    shown = "\n".join([head, *rows, money, case.say("aftersale.shall_i")])
    if not case.agreed(write, shown):
        return case.propose(write, shown)
    case.shop.do_agreed(write, case.yes_to or "", found)
    return Outcome(said(f"{case.say(f'aftersale.{kind}_done', number=found.number)}\n{money}"))


def _difference(found: Order, after: Order | ReturnRequest) -> int:
    """What it costs more, or less when negative."""
    if isinstance(after, Order):
        return after.totals.total_minor - found.totals.total_minor
    total = 0
    for one in after.wants:
        part = found.bill.part(one.part)
        total += (one.unit_minor - (part.unit_minor if part else 0)) * one.quantity
    return total


def _money(case: Case, found: Order, more: int, way: SavedMethod) -> str:
    if not more:
        return case.say("aftersale.swap_same")
    amount = Money(abs(more), found.currency).label()
    return case.say(
        "aftersale.swap_more" if more > 0 else "aftersale.swap_less", amount=amount, way=way.title
    )


def _which_way(case: Case, found: Order) -> Outcome:
    ways = [one.title for one in ways_of(case, found)]
    if not ways:
        return hand_off(case, "policy")
    return case.ask("payment", case.say("aftersale.swap_pay", ways=case.listed(ways)), ways)


def _chosen(case: Case, found: Order, parts: tuple[str, ...]) -> dict[str, Offer] | Outcome:
    """For each part the variant that takes its place; else the question for the first open one."""
    held = msgspec.json.decode(case.frame.learnt.get("swaps", "{}"), type=dict[str, int])
    lines = {line.part: line for line in found.lines}
    open_part = next((part for part in parts if part not in held), None)
    for part in parts:
        told = _told_for(case, parts, is_asked=part == open_part)
        if told is None or case.yes_to is not None:
            continue
        numbered = answer_to(case, "variant") is not None
        fits = _fitting(_every(case, lines[part]), lines[part], told, numbered=numbered)
        if isinstance(fits, Offer):
            held[part] = fits.variant.id
    case.frame.learnt["swaps"] = msgspec.json.encode(held).decode()
    now = case.shop.offers(list(held.values()))
    for part in parts:
        if part not in held or held[part] not in now:
            return _ask_variant(case, found, lines[part], is_said=part == open_part)
    return {part: now[held[part]] for part in parts}


def _told_for(case: Case, parts: tuple[str, ...], *, is_asked: bool) -> str | None:
    """What the text says of a part: all of it when only one is spoken of."""
    answer = answer_to(case, "variant")
    if answer is not None:
        return answer if is_asked else None
    if len(parts) != 1 or answer_to(case, "payment") is not None:
        return None
    # Which article it is was the answer; what it shall be may have been said before.
    return case.turn.text if answer_to(case, "item") is None else case.frame.learnt.get("said", "")


def _every(case: Case, line: OrderLine) -> Sequence[Offer]:
    now = case.shop.offers([line.variant_id] if line.variant_id is not None else [])
    product = next((one.product.id for one in now.values()), None)
    return [] if product is None else case.shop.variants([product]).get(product, [])


def _fitting(
    every: Sequence[Offer], line: OrderLine, text: str, *, numbered: bool
) -> Offer | Sequence[Offer]:
    """The only variant that the words fit, else those that may be meant."""
    others = [one for one in every if one.variant.id != line.variant_id and one.free > 0]
    place = _PLACE.match(text) if numbered else None
    if place and 1 <= int(place[1]) <= len(others):
        return others[int(place[1]) - 1]
    folded = fold(text.casefold())
    coded = [
        one for one in others if one.variant.sku and fold(one.variant.sku.casefold()) in folded
    ]
    if len(coded) == 1:
        return coded[0]
    mine = next((one.variant.options for one in every if one.variant.id == line.variant_id), {})
    wanted = _wanted(every, mine, folded)
    if all(value == mine.get(name) for name, value in wanted.items()):
        return others
    fits = [one for one in others if wanted.items() <= one.variant.options.items()]
    as_before = {**mine, **wanted}
    exact = [one for one in fits if one.variant.options == as_before]
    if len(exact) == 1:
        return exact[0]
    return fits[0] if len(fits) == 1 else fits


def _wanted(every: Sequence[Offer], mine: dict[str, str], folded: str) -> dict[str, str]:
    """By option the value that the text names: of two, the one that is not there already."""
    wanted: dict[str, str] = {}
    names = list(every[0].variant.options) if every else []
    for name in names:
        values = {one.variant.options.get(name, "") for one in every}
        said_ones = [value for value in values if value and _said(every, name, value, folded)]
        # "full size" also says "full": the longer one is meant.
        longest = [one for one in said_ones if not any(one != o and one in o for o in said_ones)]
        new = [one for one in longest if one != mine.get(name)]
        if len(new) == 1:
            wanted[name] = new[0]
        elif not new and longest:
            wanted[name] = longest[0]
    return wanted


def _said(every: Sequence[Offer], name: str, value: str, folded: str) -> bool:
    spoken = {value}
    for one in every:
        if one.variant.options.get(name) == value:
            for language in LANGUAGES:
                told = options_in(one.product, one.variant, language)
                plain = list(one.variant.options).index(name)
                spoken.add(list(told.values())[plain])
            break
    return any(says_value(folded, one) for one in spoken)


def _ask_variant(case: Case, found: Order, line: OrderLine, *, is_said: bool) -> Outcome:
    every = _every(case, line)
    told = (answer_to(case, "variant") or case.turn.text) if is_said else ""
    fits = _fitting(every, line, told, numbered=answer_to(case, "variant") is not None)
    some = [fits] if isinstance(fits, Offer) else fits
    others = [one for one in every if one.variant.id != line.variant_id and one.free > 0]
    name = titles(case, found).get(line.part, line.title)
    if not others:
        return Outcome(said(case.say("aftersale.no_other", title=name)))
    labels = [f"{others.index(one) + 1}. {_priced(case, one)}" for one in (some or others)]
    key = "aftersale.swap_for_none" if not some else "aftersale.swap_for"
    text = "\n".join([case.say(key, title=name), *labels])
    return case.ask("variant", text, labels[:MOST_SHOWN])


def _priced(case: Case, offer: Offer) -> str:
    words = option_words(offer, case.language) or offer.product.title
    return f"{words} {offer.variant.price.label()}"
