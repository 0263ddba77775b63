"""Puts products side by side: what differs first, then what follows from the records."""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.asking.evidence import Question, question
from kaiwa.bot.asking.meant import named
from kaiwa.bot.dialogue.state import Frame
from kaiwa.bot.naming.pair_before import pair_before
from kaiwa.bot.naming.pair_named import names_a_pair, pair_named
from kaiwa.bot.nlu.slot import Product, Written
from kaiwa.bot.options.compared import names_both_ends
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.side_by_side import every_value, values_compared
from kaiwa.bot.seeking.which_suits import which_suits
from kaiwa.bot.showing import Item, cards, title_of
from kaiwa.bot.skills.contract import Asks, Case, Outcome, Skill, label, offer, said
from kaiwa.catalog.comparison import NOTHING, Column, Comparison, compare
from kaiwa.catalog.offer import Offer
from kaiwa.vocabulary.reply import Block, ReplyAction, TextBlock

MOST: Final = 4
MOST_ROWS: Final = 8
_WHICH: Final = re.compile(r"\bwhich\b", re.IGNORECASE)
_MARKS: Final = "①②③④"
# What is told of products and rarely makes the difference.
_ASIDE: Final = re.compile(
    r"保証|包装|原産|賞味|warranty|wrapping|origin|best before|category|カテゴリー", re.IGNORECASE
)


def _serve(case: Case) -> Outcome:
    if names_both_ends(plain(case.request.question)) and not case.frame.product_ids:
        # The big or the small one, of the one spoken of, whatever was shown beside it.
        near = case.state.near if len(case.state.near) == 1 else ()
        if near and (told := _values(case, list(case.shop.variants(near).values()))):
            return told
    if (suits := which_suits(case)) is not None:
        return suits
    ids = _compared(case)
    sold = case.shop.variants(ids) if ids else {}
    offered = [sold[one] for one in ids if sold.get(one)]
    if len(offered) < 2:
        return _values(case, offered) or _with_what(case, offered)
    return _side_by_side(case, offered[:MOST])


def _values(case: Case, offered: Sequence[Sequence[Offer]]) -> Outcome | None:
    """15L and 25L of the one spoken of: two of it are compared, not it with another."""
    near = () if offered else case.state.near
    every = list(offered) or list(case.shop.variants(near).values())
    words = case.request.question or case.turn.text
    found = [one for one in every if one]
    told = (values_compared(case, one, words) for one in found)
    named = next((one for one in told if one is not None), None)
    if named is not None or len(found) != 1 or names_a_pair(words):
        return named
    return every_value(case, found[0], words)


def _compared(case: Case) -> tuple[int, ...]:
    """Those chosen and named, with the one spoken of when it is only one; else those shown."""
    told = list(case.frame.product_ids)
    if len(told) < 2:
        told += [one for one in _named_each(case) if one not in told]
    words = case.request.question or case.turn.text
    if len(told) < 2 and (pair := pair_named(words, case.language, case.state, case.shop)):
        return pair
    shown = tuple(one.id for one in case.state.shown)
    if len(told) == 1 and told[0] not in shown and len(shown) > 1 and _WHICH.search(words):
        told = []  # which is lighter, of the tents: no lighter is meant
    if len(told) == 1:
        told = [*(one for one in case.state.focus if one not in told), *told]
    if len(told) >= 2:
        return tuple(dict.fromkeys(told))
    focus = case.state.focus
    if not told and len(focus) >= 2:
        return focus
    if not told and len(shown) >= 2:
        return shown[:MOST]
    spoken_of = case.state.mentioned[:MOST] if len(case.state.mentioned) > 1 else ()
    return tuple(told) or pair_before(words, case.state) or focus or spoken_of


def _named_each(case: Case) -> tuple[int, ...]:
    """Of each name its product: the one spoken of, else the likeliest."""
    if len(names := [one for one in case.frame.slots if isinstance(one, Product)]) < 2:
        return named(case)
    spoken = {*case.state.focus, *(one.id for one in case.state.shown)}
    return tuple(next((i for i in one.ids if i in spoken), one.ids[0]) for one in names)


def _with_what(case: Case, offered: Sequence[Sequence[Offer]]) -> Outcome:
    """One product is not enough: ask with which other, near ones as buttons."""
    frame = Frame(
        case.frame.act, case.frame.slots, None, tuple(one[0].product.id for one in offered)
    )
    if not offered:
        text = case.say("finding.compare_which")
        return Outcome(said(text), asks=Asks("choice"), frame=frame)
    one = offered[0][0]
    others = [shown.title for shown in case.state.shown if shown.id != one.product.id]
    if not others:
        near = case.shop.recommend("similar", (one.product.id,), 3)
        told = [item.product.translations.get(case.language) for item in near]
        others = [
            (words.title if words else "") or item.product.title
            for words, item in zip(told, near, strict=True)
        ]
    text = case.say("finding.compare_with", title=title_of(one, case.language))
    buttons = tuple(ReplyAction(label=label(each), text=each) for each in others[:MOST])
    return Outcome(
        (*said(text), *offer(buttons)),
        asks=Asks("choice"),
        frame=frame,
        focus=(one.product.id,),
    )


def _side_by_side(case: Case, offered: Sequence[Sequence[Offer]]) -> Outcome:
    ids = [one[0].product.id for one in offered]
    shop = case.shop
    table = compare(shop.session, shop.merchant.id, ids, case.language)
    written = case.slot(Written)
    text = case.request.question or (written.text if written else case.turn.text)
    asks = question(text, case.language, [one[0].product for one in offered])
    lines = [f"{mark} {column.title}" for mark, column in zip(_MARKS, table.columns, strict=False)]
    lines += [_row(case, name, values) for name, values in _rows(case, table, asks)]
    blocks: list[Block] = [TextBlock(text="\n".join(lines), source=case.say("finding.shop_facts"))]
    if conclusion := _conclusion(case, table):
        blocks += said(conclusion)
    items = tuple(Item(_best(every), tuple(every)) for every in offered)
    shown = cards(items, case.language, shop.tools.origin)
    return Outcome((*blocks, *shown), items=items, focus=tuple(ids))


def _best(every: Sequence[Offer]) -> Offer:
    there = [one for one in every if one.free > 0] or list(every)
    return min(there, key=lambda one: one.variant.price.amount_minor)


def _rows(case: Case, table: Comparison, asks: Question) -> list[tuple[str, tuple[str, ...]]]:
    """Price and stock, then what was asked for, then what differs besides."""
    rows = table.rows(case.language)
    price = case.say("compare.price")
    if all(name != price for name, _ in rows):
        rows.insert(0, (price, tuple(one.price_label(case.language) for one in table.columns)))
    asked = [
        row for row in rows if any(one.names.search(row[0].casefold()) for one in asks.aspects)
    ]
    plain = [row for row in rows if not _ASIDE.search(row[0])]
    plain.sort(key=lambda row: row[1].count(NOTHING))
    first = [row for row in rows if row[0] == price]
    ordered = dict.fromkeys([*first, *asked, *plain])
    return list(ordered)[:MOST_ROWS]


def _row(case: Case, name: str, values: Sequence[str]) -> str:
    marked = "　" if case.language == "ja" else "  "
    told = marked.join(f"{mark} {value}" for mark, value in zip(_MARKS, values, strict=False))
    return f"・{name}：{told}" if case.language == "ja" else f"- {name}: {told}"


def _conclusion(case: Case, table: Comparison) -> str:
    """What the records settle: which is cheaper and by how much, and which is not there."""
    found: list[str] = []
    priced = [one for one in table.columns if one.price is not None]
    ordered = sorted(priced, key=_price)
    if len(ordered) > 1 and _price(ordered[0]) < _price(ordered[1]):
        cheap, other = ordered[0], ordered[-1]
        assert cheap.price is not None and other.price is not None
        less = (other.price - cheap.price).label()
        key = "finding.cheaper_by" if len(ordered) == 2 else "finding.cheapest_is"
        found.append(case.say(key, title=cheap.title, less=less, price=cheap.price.label()))
    gone = [one.title for one in table.columns if not one.in_stock]
    if gone:
        found.append(case.say("finding.is_sold_out_now", title=case.listed(gone)))
    else:
        found.append(case.say("finding.all_there"))
    return ("" if case.language == "ja" else " ").join(found)


def _price(column: Column) -> int:
    return column.price.amount_minor if column.price else 0


SKILL = Skill("compare", ("compare",), _serve)
