"""What of the shown products a text points at: ordinal, colour, size, price, recency, kind, "it".

Resolved against what the shopper saw, never against the whole catalog. More than one left is told
as several, so that the bot asks which.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from kaiwa.bot.dialogue.state import Dialogue, ShownProduct
from kaiwa.bot.nlu.command import How
from kaiwa.bot.nlu.reader.found import Found
from kaiwa.bot.nlu.slot import Colour, Size
from kaiwa.bot.nlu.title_words import letters_named
from kaiwa.languages.folding import fold

_LATER: Final = re.compile(r"さっき|先ほど|さきほど|前の|最初に見|\b(?:earlier|before|previous)\b")
_IT: Final = re.compile(
    r"これ(?!から)|それ(?!より|から|と[、 ]|と(?=[一-鿿ァ-ヺ]))"
    r"|(?:この|その)(?!他|ほか|辺|あと|後|前)|あれ|こっち|そっち|同じ(?:もの|やつ)"
    r"|\b(?:it|this|that|same)\b(?!'s (?:all|it)\b)"
)
_BOTH: Final = re.compile(
    r"両方|どちらも|どっちも|(?:この|その)?(?:2つ|二つ|2個|2点)とも"
    r"|(?:最初|はじめ|上|左)の?(?:2つ|二つ|ふたつ|2個|2点)"
    r"|\bboth\b|\bthese two\b|\bthe two\b|\b(?:first|top) two\b"
)
_FIRST_TWO: Final = re.compile(r"最初|はじめ|上|左|\b(?:first|top)\b")
_EVERY: Final = re.compile(
    r"全部|ぜんぶ|全て|すべて|(?:3つ|三つ|4つ|四つ|3点|三点)とも"
    r"|\ball (?:of (?:them|those|these)|three|four|five)\b|\bthem all\b|\ball\b"
)
_OTHER: Final = re.compile(
    r"もう(?:一つ|1つ|ひとつ|一方|片方|片一方|一個|1個|一台|1台|一枚|一本)の?(?:方|ほう|やつ|もの)"
    r"|もう(?:一方|片方|片一方)|(?:別|違う)の?(?:方|ほう)|そっちじゃない(?:方|ほう)"
    r"|\bthe other(?: one| option| model)?\b(?! (?:day|colou?rs?|sizes?|half|side|way))"
)
_CHEAP: Final = re.compile(
    r"(?:一番|いちばん|最も)?安い(?:方|ほう|やつ|の(?!は(?:ありますか|ある|ない))|もの)|一番安|最安"
    r"|\b(?:the )?(?:cheap(?:er|est)|less expensive|least expensive)(?: one)?\b"
    r"|\bthe (?:cheap|inexpensive|affordable) one\b"
)
_DEAR: Final = re.compile(
    r"(?:一番|いちばん|最も)?高い(?:方|ほう|やつ|の|もの)|一番高"
    r"|\b(?:the )?(?:(?:more|most) expensive|pric(?:ier|iest)|dear(?:er|est))(?: one)?\b"
    r"|\bthe (?:expensive|pricey|dear) one\b"
)
_BIG: Final = re.compile(
    r"(?:一番)?(?:大き|でか|長)い(?:方|ほう|やつ|の|もの)|\b(?:bigg|larg|long)(?:er|est)\b"
)
_SMALL: Final = re.compile(
    r"(?:一番)?(?:小さ|ちいさ|短)い(?:方|ほう|やつ|の|もの)|\b(?:small|short)(?:er|est)\b"
)
_MEASURE: Final = re.compile(
    r"(?P<n>\d+(?:\.\d+)?)[\s-]*(?P<unit>人用|合|cm|mm|ml|l|oz|in(?:ch)?|person|qt|m|kg|g|号|段|鍵|本|枚|個)",
    re.IGNORECASE,
)
_CHOOSING: Final = re.compile(
    r"の(?:方|ほう|やつ|もの|を|で|に|が|は)?|い(?:方|ほう|の|やつ)|色|\bones?\b|\bin\b|^\W*\w+\W*$"
)


class Pointed(msgspec.Struct, frozen=True):
    """The products pointed at, in the order meant, how, and the variant when just one is meant."""

    products: tuple[ShownProduct, ...]
    how: How
    variant_id: int | None = None


def pointed(text: str, found: Sequence[Found], state: Dialogue) -> Pointed | None:
    """What a folded clause points at; None when at nothing that was shown."""
    if not state.showings:
        return None
    rows = _candidates(text, state)
    ways: tuple[Callable[[], Pointed | None], ...] = (
        lambda: _the_other(text, state),
        lambda: _by_price(text, _one_of(rows, state)),
        lambda: _by_measure(text, rows) if _is_choosing(state) else None,
        lambda: _by_number_of(text, rows, state),
        lambda: _by_ordinal(found, _listed(rows, state)),
        lambda: _by_kind(text, rows, found),
        lambda: _by_traits(text, found, rows, state),
        lambda: _it(text, state),
    )
    return next((one for way in ways if (one := way()) is not None), None)


def pointing_words(text: str) -> list[tuple[int, int]]:
    """Where a folded text points by price: the cheaper one, 高いほう."""
    return [one.span() for way in (_CHEAP, _DEAR) for one in way.finditer(text)]


def sizing_words(text: str) -> list[tuple[int, int]]:
    """Where a folded text points by size: the bigger one, 小さい方."""
    return [one.span() for way in (_BIG, _SMALL) for one in way.finditer(text)]


def variant_with(product: ShownProduct, found: Sequence[Found]) -> int | None:
    """The only variant of the product with the colour and size told; None when not just one."""
    colours = {one.slot.name for one in found if isinstance(one.slot, Colour)}
    sizes = {one.slot.text for one in found if isinstance(one.slot, Size)}
    if len(product.variants) == 1:
        return product.variants[0].id
    if not colours and not sizes:
        return None
    fits = [
        one.id
        for one in product.variants
        if (not colours or colours & set(one.colours)) and (not sizes or one.size in sizes)
    ]
    return fits[0] if len(fits) == 1 else None


def _candidates(text: str, state: Dialogue) -> tuple[ShownProduct, ...]:
    if _LATER.search(text) and len(state.showings) > 1:
        return tuple(one for showing in state.showings[1:] for one in showing.products)
    return state.shown


def _one_of(rows: tuple[ShownProduct, ...], state: Dialogue) -> tuple[ShownProduct, ...]:
    """The cheaper of the two is one of the two that are spoken of, if two are."""
    focus = tuple(one for each in state.focus if (one := state.product(each)))
    return focus if len(focus) > 1 else rows


def _listed(rows: Sequence[ShownProduct], state: Dialogue) -> Sequence[ShownProduct]:
    """What ordinals count in: the newest list, though one product may have been shown since."""
    if len(rows) != 1:
        return rows
    lists = [one.products for one in state.showings if len(one.products) > 1]
    return lists[0] if lists else rows


def _by_ordinal(found: Sequence[Found], rows: Sequence[ShownProduct]) -> Pointed | None:
    numbers = [one.number for one in found if one.kind == "ordinal"]
    places = [_place(number, len(rows)) for number in numbers]
    chosen = tuple(rows[at] for at in dict.fromkeys(places) if at is not None)
    return _pointed(chosen, "ordinal", found) if chosen else None


def _place(number: int, count: int) -> int | None:
    if number == 0:
        return count // 2 if count % 2 else None
    at = number - 1 if number > 0 else count + number
    return at if 0 <= at < count else None


def _last_two(state: Dialogue) -> list[ShownProduct]:
    """Both, after a lantern and then a headlight were shown, each alone."""
    alone = [one.products[0] for one in state.showings if len(one.products) == 1]
    return list({one.id: one for one in alone}.values())[:2][::-1]


def _by_number_of(text: str, rows: Sequence[ShownProduct], state: Dialogue) -> Pointed | None:
    if _BOTH.search(text):
        some = rows if len(rows) == 2 else [p for i in state.focus if (p := state.product(i))]
        if len(some) < 2 and (len(rows) == 1 or not _FIRST_TWO.search(text)):
            some = _last_two(state) or some
        return Pointed(tuple(some), "all") if len(some) == 2 else Pointed(tuple(rows[:2]), "all")
    if _EVERY.search(text) and len(rows) > 1:
        return Pointed(tuple(rows), "all")
    return None


def _the_other(text: str, state: Dialogue) -> Pointed | None:
    """Of two that were shown together, the one that is not spoken of."""
    if len(state.focus) != 1 or not _OTHER.search(text):
        return None
    pairs = (one.products for one in state.showings if len(one.products) == 2)
    for pair in pairs:
        rest = tuple(one for one in pair if one.id != state.focus[0])
        if len(rest) == 1:
            return Pointed(rest, "recency", variant_with(rest[0], ()))
    return None


def _by_price(text: str, rows: Sequence[ShownProduct]) -> Pointed | None:
    cheap, dear = _CHEAP.search(text), _DEAR.search(text)
    if len(rows) < 2 or not (cheap or dear):
        return None
    priced = sorted(rows, key=_price)
    best = priced[0] if cheap else priced[-1]
    same = tuple(one for one in rows if _price(one) == _price(best))
    return _pointed(same, "price", ())


def _is_choosing(state: Dialogue) -> bool:
    return state.asked is not None and state.asked.slot in ("choice", "product")


def _by_measure(text: str, rows: Sequence[ShownProduct]) -> Pointed | None:
    """The bigger one, of a tent for two and one for four: titles that tell the same measure."""
    big, small = _BIG.search(text), _SMALL.search(text)
    if len(rows) < 2 or bool(big) == bool(small):
        return None
    told = [(found, one) for one in rows if (found := _MEASURE.search(one.title))]
    if len(told) < len(rows) or len({found["unit"].casefold() for found, _ in told}) > 1:
        return None
    ranked = sorted(told, key=lambda one: float(one[0]["n"]))
    best = ranked[-1 if big else 0]
    alone = sum(one[0]["n"] == best[0]["n"] for one in told) == 1
    return _pointed((best[1],), "size", ()) if alone else None


def _price(product: ShownProduct) -> int:
    shown = product.shown_variant
    return shown.price_minor if shown else 0


def _by_kind(text: str, rows: Sequence[ShownProduct], found: Sequence[Found]) -> Pointed | None:
    sound = fold(text)
    scored = [(letters_named(sound, one.title, one.category), one) for one in rows]
    best = max((score for score, _ in scored), default=0)
    if not best:
        return None
    chosen = tuple(one for score, one in scored if score == best)
    if len(chosen) == len(rows) > 1:
        return None
    return _pointed(chosen, "recency" if _LATER.search(text) else "kind", found)


def _by_traits(
    text: str, found: Sequence[Found], rows: Sequence[ShownProduct], state: Dialogue
) -> Pointed | None:
    traits = [one for one in found if isinstance(one.slot, Colour | Size)]
    if not traits or not _CHOOSING.search(text):
        return None
    focus = [product for one in state.focus if (product := state.product(one))]
    how: How = "colour" if any(isinstance(one.slot, Colour) for one in traits) else "size"
    for some in (focus if len(focus) == 1 else [], rows):
        fits = tuple(one for one in some if _has(one, traits))
        if fits and (len(fits) < len(rows) or len(rows) == 1 or some is focus):
            return _pointed(fits, how, found)
    return None


def _has(product: ShownProduct, traits: Sequence[Found]) -> bool:
    for one in traits:
        match one.slot:
            case Colour(name=name) if not any(name in sold.colours for sold in product.variants):
                return False
            case Size(text=size) if not any(size == sold.size for sold in product.variants):
                return False
    return True


def _it(text: str, state: Dialogue) -> Pointed | None:
    later = _LATER.search(text)
    if not later and not _IT.search(text):
        return None
    focus = tuple(product for one in state.focus if (product := state.product(one)))
    if focus:
        return Pointed(focus, "recency" if later else "name", state.focus_variant)
    if state.focus:
        return None  # what was put in by its name alone is meant, and not what was shown before
    rows = state.shown
    return _pointed(rows, "recency", ()) if len(rows) == 1 else None


def _pointed(chosen: tuple[ShownProduct, ...], how: How, found: Sequence[Found]) -> Pointed:
    variant = variant_with(chosen[0], found) if len(chosen) == 1 else None
    return Pointed(chosen, how, variant)
