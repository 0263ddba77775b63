"""Answers questions about products: from their records and the shop's own words, or not at all."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot import payloads
from kaiwa.bot.asking.besides import besides
from kaiwa.bot.asking.each_asked import each_answered
from kaiwa.bot.asking.elsewhere import seeks_another, told_elsewhere
from kaiwa.bot.asking.evidence import Evidence, Question, evidence, question, sentences
from kaiwa.bot.asking.from_shop import from_faq, of_shop
from kaiwa.bot.asking.meant import MOST, meant, named
from kaiwa.bot.asking.of_page import in_brief, page_says
from kaiwa.bot.asking.only_question import (
    only_question,
    with_its_measure,
    with_its_reason,
    without_options,
)
from kaiwa.bot.asking.only_values import asks_only_values
from kaiwa.bot.asking.price_sums import asks_difference
from kaiwa.bot.asking.reviews import all_reviews, asks_for_reviews, from_reviews
from kaiwa.bot.asking.stock import comes_in_line, options_answer, price_answer, stock_answer
from kaiwa.bot.asking.whose import asked_of, offers_of
from kaiwa.bot.dialogue.state import Frame
from kaiwa.bot.naming.nearest import nearest
from kaiwa.bot.nlu.questions import SURE
from kaiwa.bot.nlu.slot import Colour, Option, Size, Slot, Written
from kaiwa.bot.options.picking import fitting
from kaiwa.bot.options.said import with_options
from kaiwa.bot.options.side_by_side import compares, values_compared
from kaiwa.bot.showing import Item, cards, title_of
from kaiwa.bot.skills.clarify import which_product
from kaiwa.bot.skills.contract import Case, Outcome, Skill, label, offer, said
from kaiwa.bot.skills.find import search_for
from kaiwa.catalog.finder.traits import words_of
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.catalog.understanding.colours import colours_told
from kaiwa.vocabulary.reply import Block, ReplyAction, TextBlock

SURE_OF_FAQ: Final = 0.62
_FEW: Final = 3
_PRICE: Final = re.compile(
    r"いくら|なんぼ|値段|価格|何円|おいくら|ねだん|\bhow much\b(?! (?:(?:water|weight|space"
    r"|room|time"
    r"|light|power|liquid|fabric|caffeine|sugar|ink|paper|storage|stuff|of (?:a|an|the)"
    r"|(?:can|does|do|will|would) [a-z' ]{1,24}\b(?:hold|weigh|take|carry|fit|need|use|support"
    r"|cover))\b))|\bprices?\b|\bcosts?\b(?! of living)"
)
_ITS_PRICE: Final = re.compile(
    r"(?:お?値段|価格)(?:は|って|を|が)?(?:いくら|教え|おしえ|お願い|\W*$)"
)
_STOCK: Final = re.compile(
    r"在庫|残り|残って|売り切れ|品切れ|売って|買え(?:ます|る|ない)|(?:まだ|いま|今|も|は"
    r"|って)?(?:あります|ございます)(?:か|よね|でしょうか)|ありますか|ある(?:かな|の|？|\?|$)"
    r"|\bin stock\b|\bavailab|\bleft\b|\bsold out\b|\b(?:do|did) you (?:still )?(?:have|sell"
    r"|carry)\b|\bgot\b|\bis there\b|\bcome in\b|\bcan i (?:get|buy)\b"
)
_COLOURS: Final = re.compile(
    r"何色|どんな色|(?:他|ほか|別)の色|色(?:は|って|の種類|違い|展開|バリ|が|を教)|カラー"
    r"|\b(?:what|which|other|any)\s+(?:other\s+)?colou?rs?\b|\bcolou?rs\b"
    r"|\b(?:choose|pick|select) (?:(?:a|the|my|its|your) )?colou?r\b"
)
_SIZES: Final = re.compile(
    r"(?:何|どの|どんな|他の|ほかの)サイズ|サイズ(?:は|って|の種類|展開|が何|が(?:ある|あり)"
    r"|いくつ)|\b(?:what|which|other)\s+sizes?\b|\bsizes\b"
)
_OF_SIZE: Final = re.compile(r"(?:big|small|larg|littl|tall|short|long|wid|大き|小さ|長|短)")
# More than whether it is there.
_MORE: Final = re.compile(
    r"何|なに|どれ(?:くらい|だけ)|どの|\b(?:(?:how|what)(?! about)|why|when)\b|^does\b"
)
_WHICH_OF: Final = re.compile(
    r"(?:何|どんな|どの|どういう)[^、。]{0,8}(?:あ[りる]|選べ|えらべ|から)|(?:何|なに)が(?:あ|選)|種類"
    r"|\b(?:what|which|how many)\b.{1,24}"
    r"\b(?:come in|have|are there|available|options?|do you (?:have|carry|sell))\b"
    r"|^\W*(?:what|which) \w+s\W*$"
)
_KINDS: Final = re.compile(
    r"種類|違い(?:は|を)|\bwhat (?:options|kinds?|types?|versions?)\b|\bvarieties\b"
)


def _serve(case: Case) -> Outcome:
    text = _text(case)
    ids = meant(case)
    offered = asked_of(case, text, ids)
    if not offered:
        return _of_nothing(case, text, gone=bool(ids))
    if len(offered) > 1 and not (case.frame.product_ids or named(case)):
        one = nearest(text, ids, case.language, case.shop, by_name=True)
        offered = offers_of(case, (one,)) if one is not None else offered
    if len(offered) > MOST:
        return which_product(case, ids[:MOST])
    text = only_question(with_its_measure(text, case.turn.text), case.language)
    about = [one[0].product for one in offered]
    asks = with_its_reason(question(text, case.language, about), case.turn.text, about)
    if len(offered) > 1:
        return _of_several(case, asks, offered)
    every = offered[0]
    page = page_says(case, every[0])
    several = each_answered(case, text, lambda one, said: _answer_to(one, said, every), page)
    return several or _of_one(case, without_options(asks, every), every)


def _answer_to(case: Case, text: str, every: Sequence[Offer]) -> Outcome | None:
    """The answer to one of several questions; None where it asks nothing of its own."""
    asks = question(text, case.language, [every[0].product])
    in_records = any(way.search(text) for way in (_PRICE, _STOCK, _ITS_PRICE, _COLOURS, _SIZES))
    return None if asks.is_empty and not in_records else _of_one(case, asks, every)


def _text(case: Case) -> str:
    """The question's own words, from this turn or from when it was put."""
    if case.request.question:
        return case.request.question
    before = case.slot(Written)
    if before is not None:
        return before.text
    return "" if case.request.how == "button" else case.turn.text


def _of_one(case: Case, asks: Question, every: Sequence[Offer]) -> Outcome:
    if (more := besides(case, asks.text, every)) is not None:
        return _with_card(case, more, every)
    slots = with_options(every, asks.text, case.frame.slots, case.language)
    traits = [one for one in slots if isinstance(one, Colour | Size | Option)]
    about_sizes = {"dimensions", "measures"} >= {one.name for one in asks.aspects}
    if traits and about_sizes and _STOCK.search(asks.text):
        return _with_card(case, stock_answer(case, every, traits), every)
    if traits and asks_only_values(asks.text, every, case.language):
        return _with_card(case, stock_answer(case, every, traits), every)
    if compares(asks.text) and (apart := values_compared(case, every, asks.text)) is not None:
        return _with_card(case, apart, every)
    if asks_for_reviews(asks):
        return all_reviews(case, every[0])
    if (listed := _option_by_name(case, asks.text, every)) is not None:
        return _with_card(case, listed, every)
    if _ITS_PRICE.search(asks.text):
        return _with_card(case, price_answer(case, every, traits), every)
    found = evidence(asks, every[0].product)
    if found and (asks.aspects or not _PRICE.search(asks.text)):
        weak = found[0].covered < 1 and not traits
        answer = replace(_told(case, found, every[0]), wanted=tuple(traits))
        return (weak and from_faq(case, asks, SURE_OF_FAQ, every[0].product)) or _with_card(
            case, answer, every
        )
    own = _from_records(case, asks, every, traits)
    if own is not None:
        # What was asked of the 200 g is kept for "two of them, then".
        return _with_card(case, replace(own, wanted=own.wanted or tuple(traits)), every)
    if asks.is_empty and not _leaves_open(asks.text, every[0].product):
        return _presented(case, every)
    if (other := told_elsewhere(case, asks.text, every)) is not None:
        theirs, passages = other
        return _with_card(case, _told(case, passages, theirs[0]), theirs)
    if seeks_another(case, asks.text, every[0].product) and (more := search_for(case, asks.text)):
        return more
    told = of_shop(case, asks, every[0].product) or from_reviews(case, asks, every[0])
    return told or _not_told(case, every[0], every)


def _option_by_name(case: Case, text: str, every: Sequence[Offer]) -> Outcome | None:
    """What lengths does it come in, 号数は何がありますか: an option asked for by its name."""
    if not _WHICH_OF.search(text):
        return None
    first = options_in(every[0].product, every[0].variant, case.language)
    said = [one for one in first if len(one) > 1 and one.casefold() in text]
    return options_answer(case, every, None) if said else None


def _with_card(case: Case, told: Outcome, every: Sequence[Offer]) -> Outcome:
    """The answer with the product itself, which the shopper has not seen yet."""
    known = case.state.product(every[0].product.id) is not None
    # Of several, told by its price, it is shown which one that is.
    by_price = case.request.how == "price" and len(case.state.shown) > _FEW
    if told.items or known and not by_price:
        return told
    mine = [one for one in every if one.variant.id == told.focus_variant]
    item = Item((mine or every)[0], tuple(mine or every))
    texts = tuple(one for one in told.blocks if isinstance(one, TextBlock))
    # The card itself puts it in the cart.
    free = any(one.free > 0 for one in mine or every)
    rest = () if free else tuple(one for one in told.blocks if not isinstance(one, TextBlock))
    shown = cards((item,), case.language, case.shop.tools.origin)
    return replace(told, blocks=(*texts, *shown, *rest), items=(item,))


def _leaves_open(text: str, product: Product) -> bool:
    """Whether it asks for a colour or a size of which the shop says nothing anywhere."""
    if _SIZES.search(text):
        return True
    bodies = [product.body, *(one.body for one in product.translations.values())]
    return bool(_COLOURS.search(text)) and not colours_told(words_of(" ".join(bodies)))


def _from_records(
    case: Case, asks: Question, every: Sequence[Offer], traits: list[Colour | Size | Option]
) -> Outcome | None:
    """Price, options and stock, which are asked in words of their own."""
    text = asks.text
    focus = [one for one in every if one.variant.id == case.state.focus_variant]
    if asks_difference(text):
        return price_answer(case, every, ())
    if _PRICE.search(text):
        return price_answer(case, every if traits or not focus else focus, traits)
    if traits and (_STOCK.search(text) or not (asks.aspects or _MORE.search(text))):
        return stock_answer(case, every, traits)
    kinds = ((_COLOURS, "colour"), (_SIZES, "size"), (_KINDS, None))
    kind = next(((name,) for pattern, name in kinds if pattern.search(text)), None)
    if kind is not None and not asks.words and (told := options_answer(case, every, kind[0])):
        return told
    by_page = comes_in_line(case, every, kind[0]) if kind is not None and kind[0] else ""
    if by_page and not asks.words:  # 色：黒のみ
        text = case.say(
            "finding.by_attribute", name=title_of(every[0], case.language), value=by_page
        )
        return Outcome(said(text), focus=(every[0].product.id,))
    if _STOCK.search(text) and not asks.words:
        return stock_answer(case, focus or every, ())
    if kind is not None and kind[0] and all(_OF_SIZE.match(one.text) for one in asks.words):
        # What colours are left in the big size: of which size they are, its values tell.
        return options_answer(case, every, kind[0])
    return None


def _told(case: Case, found: Sequence[Evidence], offer_of: Offer) -> Outcome:
    title = title_of(offer_of, case.language)
    blocks = _passages(case, found, title)
    return Outcome(
        blocks, focus=(offer_of.product.id,), focus_variant=_kept_variant(case, offer_of)
    )


def _kept_variant(case: Case, offer_of: Offer) -> int | None:
    same = case.state.focus == (offer_of.product.id,)
    return case.state.focus_variant if same else None


def _passages(case: Case, found: Sequence[Evidence], title: str) -> tuple[Block, ...]:
    says = next((one.says for one in found if one.says is not None), None)
    lines = [case.say("finding.yes" if says else "finding.no")] if says is not None else []
    for one in found:
        lines.append(_passage(case, one, title if one is found[0] else ""))
    return (TextBlock(text="\n".join(lines), source=title),)


def _passage(case: Case, one: Evidence, title: str) -> str:
    if one.source == "description":
        return case.say("finding.by_description", text=one.text)
    if not one.name:
        return case.say("finding.by_tag", text=one.text)
    key = "finding.by_attribute_of" if title else "finding.by_attribute"
    return case.say(key, title=title, name=one.name, value=one.text)


def _of_several(case: Case, asks: Question, offered: list[Sequence[Offer]]) -> Outcome:
    """The same question to each of several products, answered one by one."""
    lines: list[str] = []
    told_of: list[int] = []
    for every in offered:
        title = title_of(every[0], case.language)
        if found := evidence(asks, every[0].product):
            told = _short(case, found)
        elif not (told := _record_line(case, asks, every)):
            continue
        lines.append(_line(case, title, told))
        told_of.append(every[0].product.id)
    ids = tuple(every[0].product.id for every in offered)
    if lines:
        source = case.say("finding.from_shop")
        # The only one that has an answer is what is spoken of from here.
        focus = tuple(told_of) if len(told_of) == 1 else case.state.focus
        return Outcome((TextBlock(text="\n".join([*lines, source])),), focus=focus)
    if asks.is_empty:
        items = tuple(Item(every[0], tuple(every)) for every in offered)
        return Outcome(cards(items, case.language, case.shop.tools.origin), items=items)
    by_shop = from_faq(case, asks, SURE)
    if by_shop is not None:
        return by_shop
    if named(case) or case.frame.product_ids:
        return _not_told(case, offered[0][0], offered[0])
    asked = _which(case, ids, asks.text)
    if len(offered) > _FEW:
        return asked
    told = "\n".join(in_brief(case, every[0]) for every in offered)
    return replace(asked, blocks=(*said(told), *asked.blocks))


def _line(case: Case, title: str, told: str) -> str:
    mark = "・" if case.language == "ja" else "- "
    return f"{mark}{case.say('finding.by_attribute', name=title, value=told)}"


def _short(case: Case, found: Sequence[Evidence]) -> str:
    first = found[0]
    mark = "" if first.says is None else case.say("finding.yes" if first.says else "finding.no")
    name = f"{first.name} " if first.name else ""
    return f"{mark}{name}{first.text}"


def _record_line(case: Case, asks: Question, every: Sequence[Offer]) -> str:
    slots = with_options(every, asks.text, case.frame.slots, case.language)
    traits = [one for one in slots if isinstance(one, Colour | Size | Option)]
    if _PRICE.search(asks.text):
        left, unknown = fitting(every, traits, case.language)
        if unknown:
            return ""
        prices = sorted({one.variant.price.amount_minor: one.variant.price for one in left}.items())
        first, last = prices[0][1].label(), prices[-1][1].label()
        return first if first == last else f"{first}〜{last}"
    if traits or (_STOCK.search(asks.text) and not asks.words):
        texts = [
            one.text
            for one in stock_answer(case, every, traits).blocks
            if isinstance(one, TextBlock)
        ]
        return texts[0].replace("\n", " ") if texts else ""
    kind = _kind_asked(asks.text)
    return comes_in_line(case, every, kind) if kind else ""


def _kind_asked(text: str) -> str:
    return "colour" if _COLOURS.search(text) else "size" if _SIZES.search(text) else ""


def _presented(case: Case, every: Sequence[Offer]) -> Outcome:
    """The product itself: its card, what the shop says of it first, and what it comes in."""
    focus = next((one for one in every if one.variant.id == case.frame.variant_id), None)
    first = focus or next((one for one in every if one.free > 0), every[0])
    item = Item(first, (first,) if focus else tuple(every))
    body = sentences(in_language(first.product, case.language).body)[:2]
    joint = "" if case.language == "ja" else " "
    blocks: tuple[Block, ...] = cards((item,), case.language, case.shop.tools.origin)
    if body:
        blocks = (*said(joint.join(body)), *blocks)
    return Outcome(
        blocks,
        items=(item,),
        focus=(first.product.id,),
        focus_variant=focus.variant.id if focus else None,
    )


def _of_nothing(case: Case, text: str, *, gone: bool) -> Outcome:
    """No product is meant: the shop's answers, else a search for the kind that is named."""
    if gone:
        return Outcome(said(case.say("buying.gone")))
    asks = question(text, case.language, ())
    if (told := from_faq(case, asks, SURE)) is not None:
        return told
    # How heavy is it: no word in it tells of what, so nothing is sought for it.
    found = None if asks.aspects and not asks.words else search_for(case, text)
    if found is None:
        return _which(case, tuple(one.id for one in case.state.shown), text)
    if len(found.items) == 1:
        item = found.items[0]
        asks = question(text, case.language, [item.offer.product])
        if passages := evidence(asks, item.offer.product):
            return _with_card(case, _told(case, passages, item.offer), list(item.every))
    return found


def _which(case: Case, ids: tuple[int, ...], text: str) -> Outcome:
    kept: tuple[Slot, ...] = (*case.frame.slots, Written(text)) if text else case.frame.slots
    frame = Frame(case.frame.act, kept)
    if not ids:
        asked = case.ask("choice", case.say("finding.which_product"))
    else:
        asked = which_product(case, ids[:MOST])
    return Outcome(asked.blocks, asks=asked.asks, frame=frame)


def _not_told(case: Case, one: Offer, every: Sequence[Offer]) -> Outcome:
    """The shop does not say: so does the bot, and offers a person."""
    text = case.say("finding.not_told", title=title_of(one, case.language))
    page = page_says(case, one)
    item, origin = Item(one, tuple(every)), case.shop.tools.origin
    person, no = case.say("choice.person"), case.say("choice.no")
    ways = (
        ReplyAction(label=label(person), text=person, payload=payloads.PERSON),
        ReplyAction(label=label(no), text=no, payload=payloads.DECLINE),
    )
    return Outcome(
        (*said(f"{page}\n{text}"), *cards((item,), case.language, origin), *offer(ways)),
        items=(item,),
        focus=(one.product.id,),
        focus_variant=_kept_variant(case, one),
        answered=False,
    )


SKILL = Skill("product_question", ("product_question",), _serve)
