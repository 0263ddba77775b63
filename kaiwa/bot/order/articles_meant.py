"""Which articles of an order a shopper means: by name, by number in the list, by "all of them"."""

import re
from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.answer_to import answer_to
from kaiwa.bot.nlu.reader.counting import ordinals
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.slot import Product, Quantity
from kaiwa.bot.order.told_beside import ONLY
from kaiwa.bot.order.words import titles
from kaiwa.bot.skills.contract import Case, Outcome
from kaiwa.catalog.finder.synonyms import same_in_shops
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.languages.folding import fold
from kaiwa.orders.order import Order
from kaiwa.orders.return_request import returns_of
from kaiwa.vocabulary.language import LANGUAGES

_ALL: Final = re.compile(
    r"全部|すべて|全て|両方|どちらも|まとめて|注文(?:した)?(?:もの|商品)全|丸ごと"
    r"|\b(?:all|everything|both|entire|whole order|every item)\b",
    re.IGNORECASE,
)
# What stays with the shopper is none of it: マグの方は手元に置いときます, "I'll keep the mug".
_KEPT: Final = re.compile(
    r"[^、。!！?？]{1,20}?(?:手元に(?:置|残)|そのまま(?:使|持|置|もら)|置いと[くき]|残し(?:ます|とき|とく|てお)"
    r"|取ってお[くき]|気に入って)[^、。!！?？]{0,8}(?:[、。!！]|$)"
    r"|\b(?:i'?ll|i will|i'?m|i am|we'?ll|want to) keep(?:ing)? (?:the |my )?[\w' -]{2,24}?"
    r"(?=[,.;!]| (?:but|and|so)\b|$)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"(?<![a-z0-9.-])(\d{1,2})(?![\d.]|\s*(?:cm|mm|l|kg|g)\b|[個点枚本つ月日時-])"
)
_KANJI: Final = re.compile(r"[一-鿿々]+")
_WORD: Final = re.compile(r"[a-z][a-z'-]+|[ァ-ヺー]{2,}|[一-鿿々]{2,}|[ぁ-ゖ]{3,}")


def articles_meant(case: Case, found: Order, question: str) -> tuple[str, ...] | Outcome:
    """The parts that are meant, in the order said; `question` is asked when it is not clear."""
    left = to_return(case, found)
    held = case.frame.learnt.get("parts")
    only = ONLY.search(case.turn.text)
    if held and not (only and named_parts(case, found, only[0])):
        kept = tuple(part for part in held.split(",") if part in left)
        if kept:
            return kept
    if not left:
        return ()
    answer = answer_to(case, "item")
    text = answer or case.turn.text
    stays = {part for one in _KEPT.finditer(text) for part in named_parts(case, found, one[0])}
    if stays:
        text, case = _KEPT.sub(" ", text), _naming_nothing(case)
    if only and named_parts(case, found, only[0]):
        text = only[0]
    meant = _by_number(text, left) if answer else ()
    meant = meant or named_parts(case, found, text) or _the_rest(left, stays)
    if not meant and (_ALL.search(text) or len(left) == 1):
        meant = tuple(left)
    if meant and not _unclear(case, found, meant, text):
        case.frame.learnt["parts"] = ",".join(meant)
        return meant
    some = meant or tuple(left)
    names = titles(case, found)
    labels = [f"{at}. {names[part]}" for at, part in enumerate(left, 1) if part in some]
    shown = "\n".join([question, *labels])
    return case.ask("item", shown, labels)


def _naming_nothing(case: Case) -> Case:
    """The same without what was read as the product: it is the one that is kept."""
    slots = tuple(one for one in case.frame.slots if not isinstance(one, Product))
    return replace(case, frame=replace(case.frame, slots=slots))


def _the_rest(left: Mapping[str, int], kept: set[str]) -> tuple[str, ...]:
    """The one part beside those that are kept: マグは手元に置きます。返すのは片方だけ."""
    rest = [part for part in left if part not in kept]
    return tuple(rest) if kept and len(rest) == 1 else ()


def to_return(case: Case, found: Order) -> dict[str, int]:
    """How many of each part are left that no return was asked for."""
    left = {line.part: found.left(line.part) for line in found.lines if found.left(line.part)}
    for one in returns_of(case.shop.session, case.shop.merchant.id, found.id):
        if one.state in ("requested", "approved"):
            for part, count in one.lines.items():
                left[part] = left.get(part, 0) - count
    return {part: count for part, count in left.items() if count > 0}


def counted(case: Case, found: Order, parts: tuple[str, ...]) -> dict[str, int] | Outcome:
    """How many of each: what was told for one article, else all there are."""
    left = to_return(case, found)
    told = case.slot(Quantity)
    if len(parts) == 1 and left[parts[0]] > 1:
        if told is None or told.relative:
            if _ALL.search(case.turn.text):
                return {parts[0]: left[parts[0]]}
            name = titles(case, found)[parts[0]]
            text = case.say("aftersale.how_many", title=name, count=left[parts[0]])
            return case.ask("quantity", text, [str(one) for one in range(1, left[parts[0]] + 1)])
        return {parts[0]: max(1, min(told.count, left[parts[0]]))}
    return {part: left[part] for part in parts}


def named_parts(case: Case, found: Order, text: str) -> tuple[str, ...]:
    """The parts whose names stand in the text; who is named more fully wins over who is less."""
    said = _says(case, found, text)
    named = {
        part: words
        for part, words in said.items()
        if words and not any(words < other for other in said.values())
    }
    folded = fold(text.casefold())
    return tuple(sorted(named, key=lambda part: min(_place(folded, one) for one in named[part])))


def _place(folded: str, word: str) -> int:
    at = folded.find(word)
    return at if at >= 0 else len(folded)


def _says(case: Case, found: Order, text: str) -> dict[str, frozenset[str]]:
    """By part, the words of its name that the text has."""
    left = to_return(case, found)
    lines = [line for line in found.lines if line.part in left]
    offers = case.shop.offers([one.variant_id for one in lines if one.variant_id is not None])
    folded = fold(text.casefold())
    product = case.slot(Product)
    said: dict[str, frozenset[str]] = {}
    extra: dict[str, frozenset[str]] = {}
    for line in lines:
        offer = offers.get(line.variant_id or 0)
        names = _names(offer) if offer else [line.title]
        words = {one for name in names for one in _spoken(name, folded)}
        if line.sku and line.sku.casefold() in text.casefold():
            words |= {fold(line.sku), "sku"}
        if offer and product and offer.product.id in product.ids and not words:
            words |= {fold(offer.product.title)}
        said[line.part] = frozenset(words)
        extra[line.part] = frozenset(_options(offer, folded)) if offer else frozenset()
    named = any(said.values())
    return {
        part: words | extra[part] if words else (words if named else extra[part])
        for part, words in said.items()
    }


def _names(offer: Offer) -> list[str]:
    return [offer.product.title, *(in_language(offer.product, one).title for one in LANGUAGES)]


def _spoken(name: str, folded: str) -> set[str]:
    found = set()
    for word in _WORD.findall(name.casefold()):
        for way in (word, *same_in_shops(word)):
            if len(way) > 1 and _stands(folded, fold(way)):
                found.add(fold(word))
    title = fold(name.casefold())
    # リネンシャツ is meant by シャツ, too.
    for word in _WORD.findall(folded):
        least = 2 if _KANJI.fullmatch(word) else 3
        if len(word) >= least and not word.isascii() and word in title:
            found.add(word)
    return found


def _stands(folded: str, word: str) -> bool:
    if not word.isascii():
        return word in folded
    return (
        len(word) > 2 and re.search(rf"(?<![a-z]){re.escape(word.rstrip('s'))}", folded) is not None
    )


def _options(offer: Offer, folded: str) -> set[str]:
    values: Mapping[str, str] = offer.variant.options
    every = [*values.values()]
    for language in LANGUAGES:
        every += options_in(offer.product, offer.variant, language).values()
    return {fold(one.casefold()) for one in every if says_value(folded, one)}


def says_value(folded: str, value: str) -> bool:
    """Whether a folded text says an option's value as a word of its own."""
    plain = fold(value.casefold())
    if not plain.isascii():
        return plain in folded
    return re.search(rf"(?<![a-z0-9]){re.escape(plain)}(?![a-z0-9])", folded) is not None


def _by_number(text: str, left: Mapping[str, int]) -> tuple[str, ...]:
    parts = list(left)
    normal = normalised(text)
    places = [int(one) for one in _NUMBER.findall(normal.text)]
    places += [one.number for one in ordinals(normal.text)]
    chosen = [parts[at - 1] for at in places if 1 <= at <= len(parts)]
    return tuple(dict.fromkeys(chosen))


def _unclear(case: Case, found: Order, meant: tuple[str, ...], text: str) -> bool:
    """Whether two parts were named by just the same words, and not all of them are wanted."""
    if len(meant) < 2 or _ALL.search(text) or _NUMBER.search(text):
        return False
    said = _says(case, found, text)
    words = [said[part] for part in meant]
    return any(one and words.count(one) > 1 for one in words)
