"""What is sought after a further wish: added, changed, taken back, relative to what was shown."""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from kaiwa.bot.nlu.slot import (
    Brand,
    Category,
    Colour,
    Exclude,
    InStock,
    NoMatter,
    Option,
    Price,
    Product,
    Purpose,
    Query,
    Size,
    Slot,
    Sorted,
    name_of,
)
from kaiwa.catalog.understanding.amounts import price_bounds

_CHEAPER: Final = re.compile(
    r"(?:もっと|もう(?:少し|ちょっと)|ちょっと|少し|より)(?:お?(?:安|手頃|リーズナブル|低価格))|(?:もう少し)?安いの(?:は|が|を|って|$)"
    r"|(?:もっと|もう少し)値段の?(?:低|安)|\bcheaper\b|\bless\s+(?:expensive|pricey|costly)\b|\blower\s+price|\bfor\s+less\b"
    r"|\btoo\s+(?:expensive|pricey|much)\b|高(?:い|すぎ)(?:な|わ|ね|ます|る|です|から|ので)*(?:、|。|$)"
)
_DEARER: Final = re.compile(
    r"(?:もっと|もう(?:少し|ちょっと)|より)(?:高級|高い|良い|上等|いいもの)|\bmore\s+(?:expensive|premium|upscale)\b"
    r"|\bhigher[\s-](?:end|quality)\b|\bfancier\b"
)
_MORE: Final = re.compile(
    r"(?:ほか|他|別)(?:に|の|にも|は|には)*(?!.*(?:色|カラー|サイズ|素材|柄))|もっと(?:見|ある|ない)|次(?:の|を|は|ページ|へ)?(?:見|$|ページ|お願い)"
    r"|続き|違う(?:の|もの|やつ)|それ以外"
    r"|\b(?:more|others?|another|else|next|different)\b(?!.*\b(?:colou?rs?|sizes?|than|expensive)\b)"
)
_PRONOUN: Final = re.compile(
    r"(?:の|もの|やつ|方|ほう|タイプ)(?:は|が|を|って|も|で|だと|なら)?(?:いい|良い|よい|ある|あります|ない|ありません|欲しい|ほしい|ください|お願い)?"
    r"[^一-鿿ァ-ヺ]{0,10}$|\b(?:ones?|something|anything|them|those|it)\b"
)


class Before(msgspec.Struct, frozen=True):
    """What was sought until now, and the prices that were shown of it, lowest and highest."""

    slots: tuple[Slot, ...] = ()
    low: int | None = None
    high: int | None = None


def asks_for_more(text: str, now: Iterable[Slot]) -> bool:
    """Whether a text wants to see further products of the same search, and nothing else."""
    told = [one for one in now if not isinstance(one, Query)]
    return not told and _MORE.search(text) is not None


def goes_on(text: str, now: Iterable[Slot], before: Before) -> bool:
    """Whether a search speaks of the one before: it names no thing, "the blue ones", 防水のもの."""
    slots = tuple(now)
    if not before.slots:
        return False
    if any(isinstance(one, Category | Brand | Product | Purpose) for one in slots):
        return False
    terms = next((one.text for one in slots if isinstance(one, Query)), "")
    return not terms or _PRONOUN.search(terms) is not None or _PRONOUN.search(text) is not None


def refined(before: Before, now: Iterable[Slot], text: str, digits: int) -> tuple[Slot, ...]:
    """The values of the search as they are from here; what was told now wins.

    `digits` are the decimals of the shop's currency.
    """
    fresh = _made_absolute(tuple(now), before, text, digits)
    kept = list(before.slots)
    if _names_another(kept, fresh):
        kept = [one for one in kept if not isinstance(one, Query | Size | Option | Sorted | Colour)]
    names = {name_of(one) for one in fresh if not isinstance(one, Query | Exclude | Option)}
    names |= {one.of for one in fresh if isinstance(one, NoMatter)}
    excluded = {word for one in fresh if isinstance(one, Exclude) for word in one.words}
    kept = [
        one
        for one in kept
        if name_of(one) not in names
        and not (isinstance(one, Colour) and one.name in excluded)
        and not (isinstance(one, Option) and _replaced(one, fresh))
    ]
    kept = _without_wanted(kept, {one.name for one in fresh if isinstance(one, Colour)})
    every = [*kept, *(one for one in fresh if not isinstance(one, NoMatter))]
    return _one_query(every)


def _made_absolute(
    now: tuple[Slot, ...], before: Before, text: str, digits: int
) -> tuple[Slot, ...]:
    """Buttons with prices, "cheaper" and "dearer" as bounds."""
    found: list[Slot] = []
    for one in now:
        if isinstance(one, Option) and one.name == "price":
            low, high, _ = price_bounds(one.value.casefold(), digits)
            found.append(Price(low, high))
        else:
            found.append(one)
    if any(isinstance(one, Price) for one in found):
        return tuple(found)
    if _CHEAPER.search(text) and before.low is not None:
        rest = [one for one in found if not isinstance(one, Sorted) and not _only_change(one)]
        return (*rest, Price(None, before.low - 1), Sorted("price_asc"))
    if _DEARER.search(text) and before.high is not None:
        rest = [one for one in found if not isinstance(one, Sorted) and not _only_change(one)]
        return (*rest, Price(before.high + 1, None), Sorted("price_asc"))
    return tuple(found)


def _only_change(slot: Slot) -> bool:
    """Whether a query has no words of a thing, only of the change: 高級なもの, "too expensive"."""
    return isinstance(slot, Query) and (
        _CHEAPER.search(slot.text) is not None
        or _DEARER.search(slot.text) is not None
        or re.fullmatch(
            r"(?:高級|高い|安い|良い|上等|もの|やつ|な|の|too|premium|expensive|\s)+", slot.text
        )
        is not None
    )


def _names_another(kept: list[Slot], fresh: tuple[Slot, ...]) -> bool:
    kind = next((one.name for one in fresh if isinstance(one, Category)), None)
    was = next((one.name for one in kept if isinstance(one, Category)), None)
    return kind is not None and kind != was


def _replaced(old: Option, fresh: tuple[Slot, ...]) -> bool:
    return any(isinstance(one, Option) and one.name == old.name for one in fresh)


def _without_wanted(kept: list[Slot], colours: set[str]) -> list[Slot]:
    """A colour that is wanted now is not left out any more."""
    found: list[Slot] = []
    for one in kept:
        if isinstance(one, Exclude):
            words = tuple(word for word in one.words if word not in colours)
            if not words:
                continue
            one = Exclude(words)
        found.append(one)
    return found


def _one_query(slots: list[Slot]) -> tuple[Slot, ...]:
    """All words that are sought as one, each once, the thing itself behind what it is to be."""
    texts = [one.text for one in slots if isinstance(one, Query)]
    words = list(dict.fromkeys(word for text in reversed(texts) for word in text.split()))
    rest = [one for one in slots if not isinstance(one, Query | InStock)]
    stock: list[Slot] = [InStock()] if any(isinstance(one, InStock) for one in slots) else []
    head: list[Slot] = [Query(" ".join(words))] if words else []
    return tuple(dict.fromkeys([*head, *rest, *stock]))
