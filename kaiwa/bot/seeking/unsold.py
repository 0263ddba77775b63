"""What is sought and not sold here: a sofa for one, where only "for one" finds anything.

What else fits may be shown, and it is told that there is no such thing.
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.nlu.title_words import letters_named, told_names
from kaiwa.bot.seeking.narrowing import Sample
from kaiwa.bot.shop import Shop
from kaiwa.catalog.understanding import Understood
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold

_LOOKED_AT: Final = 5
_LONGEST: Final = 40  # letters: of a story the last word is seldom the thing
_SHORTEST: Final = 3
_ASIDE_EN: Final = re.compile(
    r"\b(?:for|with|without|to|in|under|over|that|which|who|from|of|on|at|about|like|as|so|and"
    r"|or|but|because|if|when|my|i|we|he|she|it|they)\b|[,.!?]"
)
_ANY_THING: Final = frozenset(
    "something anything thing things stuff gift gifts present presents one ones some item items"
    " product products set sets kit kits kind option options idea ideas good nice best cheap new"
    " もの 物 やつ 商品 品 品物 プレゼント ギフト 贈り物 セット グッズ 用品 道具 用 人 方 系 感じ"
    " 色 サイズ タイプ 種類 何か なにか 一式 アイテム お土産 土産 手土産 お菓子 食べ物"
    " 飲み物".split()
)


def unsold(shop: Shop, asked: Understood, samples: Sequence[Sample]) -> str:
    """The thing that is sought, where nothing sold here is called so or tells of it; else ""."""
    head = _head(asked)
    if not head or not samples:
        return ""
    sound = fold(head.casefold())
    named = (name for one in samples[:_LOOKED_AT] for name in told_names(one.product))
    if any(letters_named(sound, *name) for name in named):
        return ""
    alone = shop.peek(Understood(asked.language, head), 1)
    return "" if alone.results else head


def _head(asked: Understood) -> str:
    """The word for the thing: the last one before what it is for, or the last noun."""
    terms = asked.terms.strip()
    if len(terms) > _LONGEST:
        return ""
    if asked.language == "ja" and not terms.isascii():
        last = next(iter(reversed(words_ja.words(terms) or ())), None)
        head = last.surface if last is not None and last.part == "名詞" else ""
        return head if len(head) > 1 and head not in _ANY_THING else ""
    words = _ASIDE_EN.split(terms.casefold(), maxsplit=1)[0].split()
    head = words[-1] if words else ""
    plain = head.isalpha() and len(head) >= _SHORTEST
    return head if plain and head not in _ANY_THING else ""
