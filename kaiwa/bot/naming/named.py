"""Which products a text names, by the finder: whatever word stands in a title leads to it.

The gazetteer knows names and parts of them. The finder also knows what else they are called, how
they are misspelt, and which kind of thing is meant; what it finds counts only when the text says
words of its name, and fits much better than the rest.
"""

import re
from typing import Final

import msgspec

from kaiwa.bot.naming.counts_told import sizes_said
from kaiwa.bot.nlu.title_words import letters_named, told_names
from kaiwa.bot.options.plain import plain
from kaiwa.bot.shop import Shop
from kaiwa.catalog.finder.find import Answer
from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import in_language
from kaiwa.catalog.understanding import Understood
from kaiwa.catalog.understanding.understand import understand
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language

_FEWEST: Final = 2  # letters: two kanji are a word
_NEAR: Final = 0.67
_FAR: Final = 0.6  # of the best score: what only shares a word of its name is not meant
_LOOKED_AT: Final = 6
# Where it is put names nothing, though a bag may be sold.
_INTO: Final = re.compile(
    r"\b(?:in|into|to|from) (?:my|the|our) (?:shopping )?(?:cart|basket|bag)\b|\bcart\b"
    r"|(?:買い物)?(?:カート|かご|カゴ)(?=[にへか])",
    re.IGNORECASE,
)
# What it is for, too: "two of them as a gift" names no gift set.
_AS_A_GIFT: Final = re.compile(
    r"\b(?:as|for) (?:a |an |my )?(?:gift|present)s?\b(?! (?:set|box|card))"
    r"|(?:プレゼント|ギフト|贈り物|贈答)(?:用(?:に|で|として)?|として)(?!の)",
    re.IGNORECASE,
)
# Fine, as many as there are; the other one is fine: it answers, and names no fine-mesh sieve.
_ANSWERS: Final = re.compile(
    r"(?:^|[.!?;]\s*|\b(?:is|are|'s|be|sounds?|looks?|seems?|works?)\s+)(?:just |very |quite )?"
    r"(?:fine|good|great|perfect|nice|sweet|cool|right|lovely|super|neat|brilliant|okay)\b(?=\W*(?:$|[,.!;]|then\b|by\b|for\b))",
    re.IGNORECASE,
)
# Words in kanji and katakana, without what only counts: 1本, 二つ.
_KANJI: Final = re.compile(
    r"(?<![0-9０-９一二三四五六七八九十何数])(?![一二三四五六七八九十][つ個本枚])[一-鿿々ァ-ヺー]+"
)
_CLEAR: Final = 1.0  # a score that is no mere likeness
# Words that ask how much: their sound is part of クーラー and of other names.
_ASKING: Final = re.compile(
    r"(?:どの|どれ|この|これ|その|それ|何|なん)?[くぐ]らい|(?<![ァ-ヶー一-鿿ぁ-んa-z0-9])セット(?=で)"
)


class Naming(msgspec.Struct, frozen=True):
    """The products that fit a text much better than others.

    One means just that product, several that it is open which of them.
    """

    product_ids: tuple[int, ...] = ()
    score: float = 0.0


_NOTHING: Final = Naming()


def named(shop: Shop, text: str, language: Language, *, alone: bool = False) -> Naming:
    """The products named in the text; none when nothing in the shop is called so.

    With `alone` the text is a single word that names something, if the finder has one answer that
    is far better than all others, in whatever spelling: モナカ for 最中, シャーペン too.
    """
    key = ("named", text, language, "alone" if alone else "")
    if key not in shop.looked_up:
        shop.looked_up[key] = _named(shop, text, language, alone=alone)
    found: Naming = shop.looked_up[key]
    return found


def wanted(shop: Shop, text: str, language: Language) -> Understood:
    """What a text seeks, as the finder understands it."""
    key = ("wanted", text, language)
    if key not in shop.looked_up:
        words = shop.known.words
        shop.looked_up[key] = understand(text, words.facets, words.currency, language)
    found: Understood = shop.looked_up[key]
    return found


def _named(shop: Shop, text: str, language: Language, *, alone: bool) -> Naming:
    text = text if alone else _ANSWERS.sub(" ", _AS_A_GIFT.sub(" ", _INTO.sub(" ", text)))
    sound = fold(_ASKING.sub(" ", text.casefold()))
    if language == "ja" and (kind := _of_kind(shop, text)) is not None:
        return kind
    # What says no word of any title is not asked for.
    if not (alone or shop.known.says_a_title_word(sound)):
        return _NOTHING
    asked = wanted(shop, text, language)
    if not asked.terms:
        return _NOTHING
    unbound = Understood(asked.language, asked.terms, exclude=asked.exclude)
    answer: Answer = shop.peek(unbound, _LOOKED_AT)
    said = [(_letters(sound, one.product), one) for one in answer.results]
    most = max((letters for letters, _ in said), default=0)
    likely = [one for letters, one in said if letters >= max(_FEWEST, most * _NEAR)]
    if not likely and alone and _stands_out(answer):
        return Naming((answer.results[0].product.id,), answer.results[0].score)
    if not likely:
        return _NOTHING
    first = answer.results[0]
    if first.score >= _CLEAR and likely[0].score <= first.score * _FAR:
        return Naming((first.product.id,), first.score)  # 蛍光ペン, of a マーカー and a 筆ペン
    best = likely[0].score
    near = [one.product for one in likely if one.score >= best * _NEAR]
    # The 4 person tent, 3合の炊飯器: the number is told in the name of one of them.
    sized = [one for one in near if len(near) > 1 and sizes_said(plain(text), plain(one.title))]
    return Naming(tuple(one.id for one in sized or near), best)


def _of_kind(shop: Shop, text: str) -> Naming | None:
    """傘ください: a kind of thing that is written with one kanji, and that names end in."""
    told = _KANJI.findall(text)
    if len(told) != 1 or len(told[0]) != 1:
        return None
    results = shop.peek(Understood("ja", told[0]), _LOOKED_AT).results
    ends = re.compile(rf"{told[0]}(?:$|[\s　「『（(【])")
    fits = [one for one in results if ends.search(in_language(one.product, "ja").title)]
    return Naming(tuple(one.product.id for one in fits), fits[0].score) if fits else None


def _stands_out(answer: Answer) -> bool:
    scores = [one.score for one in answer.results[:2]]
    return bool(scores) and scores[0] >= _CLEAR and all(one <= scores[0] / 2 for one in scores[1:])


def _letters(sound: str, product: Product) -> int:
    """How much of the product's own name the text says, in whichever language."""
    return max(letters_named(sound, *one) for one in told_names(product))
