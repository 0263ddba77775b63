"""Answers from a product's records: what it costs, what it comes in, and what is there."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from kaiwa.bot import payloads
from kaiwa.bot.asking.evidence import sentences
from kaiwa.bot.asking.price_sums import apart, asks_difference, of_each
from kaiwa.bot.nlu.slot import Colour, Option, Quantity, Size, Slot
from kaiwa.bot.options.picking import fitting
from kaiwa.bot.seeking.wording import colour_words
from kaiwa.bot.showing import option_words, stock_words, title_of
from kaiwa.bot.skills.contract import Case, Outcome, label, offer, said
from kaiwa.catalog.finder.traits import words_of
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.catalog.understanding.colours import colours_told
from kaiwa.vocabulary.reply import ReplyAction

_COLOUR: Final = re.compile(r"colou?r|色|カラー", re.IGNORECASE)
_SIZE: Final = re.compile(r"size|サイズ|寸法|\bwaist\b|ウエスト", re.IGNORECASE)
MOST_LISTED: Final = 12


def price_answer(case: Case, every: Sequence[Offer], slots: Sequence[Slot]) -> Outcome:
    """What it costs: the variant meant, or each price with what it is for."""
    words = (case.request.question or case.turn.text).casefold()
    left, unknown = fitting(every, () if asks_difference(words) else slots, case.language)
    if unknown:
        return stock_answer(case, every, slots)
    title = title_of(left[0], case.language)
    prices = {one.variant.price.amount_minor for one in left}
    told = case.slot(Quantity)
    if len(prices) == 1:
        one = left[0]
        name = _with_options(title, option_words(one, case.language) if len(left) == 1 else "")
        text = case.say("finding.price", title=name, price=one.variant.price.label())
        was = one.variant.compare_at
        if was is not None and one.variant.price < was:
            text += case.say("finding.price_was", was=was.label())
        if told is not None and not told.relative and told.count > 1:
            total = (one.variant.price * told.count).label()
            text += case.say("finding.price_of_many", count=told.count, total=total)
        text += of_each(case, words, one)
    else:
        lines = [case.say("finding.prices", title=title)]
        lines += [
            case.say("finding.by_attribute", name=told_of, value=price)
            for told_of, price in _price_lines(case, left)
        ]
        lines += filter(None, [apart(case, words, left)])
        text = "\n".join(lines)
    return _about(left, (text,))


def stock_answer(case: Case, every: Sequence[Offer], slots: Sequence[Slot]) -> Outcome:
    """Whether it is there, in the options told; else what there is instead."""
    left, unknown = fitting(every, slots, case.language)
    title = title_of(every[0], case.language)
    wanted = _wanted(case, slots)
    if unknown:
        lost = _joint(case, _words_of(case, slots, unknown))
        text = case.say("finding.does_not_come_in", title=title, what=lost)
        return _about(every, (text, _comes_in(case, every, slots)))
    free = [one for one in left if one.free > 0]
    if not free:
        name = _with_options(
            title, wanted or (option_words(left[0], case.language) if len(left) == 1 else "")
        )
        text = case.say("finding.is_sold_out", title=name)
        rest = [one for one in every if one.free > 0]
        more = _there(case, rest) if rest else ""
        alert = case.say("act.restock_alert")
        ways = (ReplyAction(label=label(alert), text=alert, payload=payloads.act("restock_alert")),)
        outcome = _about(left, (text, more))
        return _with_buttons(outcome, ways)
    if len(free) == 1 and len(left) == 1:
        one = free[0]
        name = _with_options(title, option_words(one, case.language))
        stock = stock_words(one.free, case.language)
        price = one.variant.price.label()
        text = case.say("finding.is_there", title=name, stock=stock, price=price)
        put_in = case.say("card.add")
        payload = payloads.add(one.product.id, one.variant.id)
        outcome = _about([one], (text,))
        return _with_buttons(outcome, (ReplyAction(label=put_in, text=put_in, payload=payload),))
    key = "finding.is_there_in" if wanted else "finding.there_is"
    name = _with_options(title, wanted)
    there = _about(left, (case.say(key, title=name), _there(case, left)))
    # Asked for in green, it is taken in green: what was made of the words is kept.
    told = tuple(one for one in slots if isinstance(one, Colour | Size | Option))
    return msgspec.structs.replace(there, wanted=told)


def options_answer(case: Case, every: Sequence[Offer], kind: str | None) -> Outcome | None:
    """What it comes in: colours, sizes or everything; None when it has no such option."""
    title = title_of(every[0], case.language)
    names = [
        name
        for plain, name in _option_names(case, every)
        if kind is None
        or (kind == "colour" and _COLOUR.search(plain))
        or (kind == "size" and _SIZE.search(plain))
    ]
    if not names:
        return None
    lines = [case.say("finding.comes_in", title=title)]
    for name in names:
        lines.append(_line(case, name, _values(case, every, name)))
    return _about(every, ("\n".join(lines),))


def comes_in_line(case: Case, every: Sequence[Offer], kind: str) -> str:
    """The colours or sizes of one product among several, on a line; empty when nothing tells."""
    pattern = _COLOUR if kind == "colour" else _SIZE
    for plain, name in _option_names(case, every):
        if pattern.search(plain):
            return _joint(case, _values(case, every, name))
    shown = in_language(every[0].product, case.language)
    for name, value in shown.attributes.items():
        if pattern.search(name):
            return value
    several = (one for one in sentences(shown.body) if len(colours_told(words_of(one))) > 1)
    return next(several, "") if kind == "colour" else ""


def _comes_in(case: Case, every: Sequence[Offer], slots: Sequence[Slot]) -> str:
    kinds = {"colour" for one in slots if isinstance(one, Colour)}
    kinds |= {"size" for one in slots if isinstance(one, Size)}
    lines = [
        _line(case, name, _values(case, every, name))
        for plain, name in _option_names(case, every)
        if not kinds
        or ("colour" in kinds and _COLOUR.search(plain))
        or ("size" in kinds and _SIZE.search(plain))
    ]
    return "\n".join(lines)


def _there(case: Case, some: Sequence[Offer]) -> str:
    """What can be had, by the first option, and what is sold out of it."""
    free = [one for one in some if one.free > 0]
    gone = [one for one in some if one.free <= 0]
    lines = _grouped(case, free)
    if gone and len(gone) <= MOST_LISTED:
        joint = "、" if case.language == "ja" else ", "
        words = joint.join(option_words(one, case.language) for one in gone)
        lines.append(case.say("finding.sold_out_are", what=words))
    return "\n".join(lines)


def _grouped(case: Case, some: Sequence[Offer]) -> list[str]:
    groups: dict[str, list[str]] = {}
    for one in some:
        values = list(options_in(one.product, one.variant, case.language).values())
        if not values:
            continue
        groups.setdefault(values[0], [])
        if len(values) > 1:
            groups[values[0]].append(" / ".join(values[1:]))
    if not any(groups.values()):
        return [_joint(case, list(groups))] if groups else []
    return [_line(case, first, rest) for first, rest in groups.items()]


def _price_lines(case: Case, left: Sequence[Offer]) -> list[tuple[str, str]]:
    """By price, in which options: those that make the difference only."""
    by_price: dict[int, list[Offer]] = {}
    for one in sorted(left, key=lambda one: one.variant.price.amount_minor):
        by_price.setdefault(one.variant.price.amount_minor, []).append(one)
    telling = _telling_option(case, left)
    lines = []
    for some in by_price.values():
        shown = [options_in(one.product, one.variant, case.language) for one in some]
        words = [one.get(telling, "") if telling else " / ".join(one.values()) for one in shown]
        lines.append((_joint(case, list(dict.fromkeys(words))), some[0].variant.price.label()))
    return lines[:MOST_LISTED]


def _telling_option(case: Case, left: Sequence[Offer]) -> str | None:
    """The option that alone decides the price, when there is one."""
    for _, name in _option_names(case, left):
        prices: dict[str, set[int]] = {}
        for one in left:
            value = options_in(one.product, one.variant, case.language).get(name, "")
            prices.setdefault(value, set()).add(one.variant.price.amount_minor)
        if len(prices) > 1 and all(len(some) == 1 for some in prices.values()):
            return name
    return None


def _option_names(case: Case, every: Sequence[Offer]) -> list[tuple[str, str]]:
    """The option names as the shop writes them and as the shopper reads them."""
    found: dict[str, str] = {}
    for one in every:
        shown = options_in(one.product, one.variant, case.language)
        found |= dict(zip(one.variant.options, shown, strict=False))
    return list(found.items())


def _values(case: Case, every: Sequence[Offer], name: str) -> list[str]:
    values: dict[str, bool] = {}
    for one in every:
        value = options_in(one.product, one.variant, case.language).get(name)
        if value:
            values[value] = values.get(value, False) or one.free > 0
    gone = case.say("card.sold_out")
    left, right = ("（", "）") if case.language == "ja" else (" (", ")")
    return [value if there else f"{value}{left}{gone}{right}" for value, there in values.items()]


def _wanted(case: Case, slots: Sequence[Slot]) -> str:
    told = [_slot_words(case, one) for one in slots if isinstance(one, Colour | Size | Option)]
    # White, the colour, and White, the finish, are said once.
    return " / ".join({one.casefold(): one for one in told}.values())


def _words_of(case: Case, slots: Sequence[Slot], unknown: Sequence[str]) -> list[str]:
    found = []
    for one in slots:
        match one:
            case Colour(name=name) if name in unknown:
                found.append(_slot_words(case, one))
            case Size(text=text) if text in unknown:
                found.append(_slot_words(case, one))
            case Option(value=value) if value in unknown:
                found.append(_slot_words(case, one))
    return found or list(unknown)


def _slot_words(case: Case, slot: Colour | Size | Option) -> str:
    match slot:
        case Colour(name=name):
            return colour_words(name, case.language)
        case Size(text=text):
            return case.say("finding.of_size", size=text)
        case Option(value=value):
            return value


def _with_options(title: str, options: str) -> str:
    if not options:
        return title
    return f"{title} ({options})" if title.isascii() else f"{title}（{options}）"


def _line(case: Case, name: str, values: Sequence[str]) -> str:
    return case.say("finding.by_attribute", name=name, value=_joint(case, values))


def _joint(case: Case, words: Sequence[str]) -> str:
    return ("・" if case.language == "ja" else ", ").join(words)


def _about(meant: Sequence[Offer], texts: Sequence[str]) -> Outcome:
    text = "\n".join(one for one in texts if one)
    variant = meant[0].variant.id if len(meant) == 1 else None
    return Outcome(said(text), focus=(meant[0].product.id,), focus_variant=variant)


def _with_buttons(outcome: Outcome, ways: tuple[ReplyAction, ...]) -> Outcome:
    return Outcome(
        (*outcome.blocks, *offer(ways)), focus=outcome.focus, focus_variant=outcome.focus_variant
    )
