"""Option values as shoppers say them, of one product: 20000mAh, 粉, 生成り, 8号, "26 cm"."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.nlu.slot import Colour, Option, Size, Slot
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.translation import options_in
from kaiwa.catalog.understanding.numerals import in_digits, number_of
from kaiwa.vocabulary.language import Language

_PIECES: Final = re.compile(r"[（）()\[\]／/・,、]+")
_RANGE: Final = re.compile(r"(\d+(?:\.\d)?)\s*[-~〜–]\s*(\d+(?:\.\d)?)\s*(?:cm|センチ)?")
_LENGTH: Final = re.compile(r"(?<![\d.-])(\d{1,3}(?:\.\d)?)\s*(?:cm|センチ)")
_COUNTED: Final = re.compile(r"[一二三四五六七八九十百千]+(?=号|合|畳|人用|本|枚|cm|ml|mm|l|g|kg)")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_UNITS: Final = tuple(
    (re.compile(rf"(?<=\d)\s*(?:{words})"), sign)
    for words, sign in (
        ("センチ(?:メートル)?|centimet(?:er|re)s?|cm", "cm"),
        ("ミリリットル|millilit(?:er|re)s?|ml", "ml"),
        ("リットル|lit(?:er|re)s?|l(?![a-z])", "l"),
        ("メートル|met(?:er|re)s?|m(?![a-z])", "m"),
        ("キログラム|キロ|kilograms?|kilos?|kg", "kg"),
        ("グラム|grams?|g(?![a-z])", "g"),
        ("ミリアンペア(?:時|アワー)?|mah", "mah"),
        ("インチ|inch(?:es)?", "inch"),
    )
)
_COLOUR: Final = re.compile(r"colou?r|色|カラー", re.IGNORECASE)
_SIZE: Final = re.compile(r"size|サイズ|寸法", re.IGNORECASE)


def with_options(
    every: Sequence[Offer], text: str, slots: Sequence[Slot], language: Language
) -> tuple[Slot, ...]:
    """The values told, and beside them those of the product's own options that the text says.

    Where the product's own word was said it stands instead of the general colour or size.
    """
    own = options_said(every, text, language)
    colour = any(_COLOUR.search(one.name) for one in own)
    size = any(_SIZE.search(one.name) for one in own)
    kept = [
        one
        for one in slots
        if not (isinstance(one, Colour) and colour) and not (isinstance(one, Size) and size)
    ]
    return (*kept, *own)


def options_said(every: Sequence[Offer], text: str, language: Language) -> tuple[Option, ...]:
    """The option values of these variants that stand in the text, one for each option."""
    folded = _fold(text)
    found: dict[str, tuple[int, str]] = {}
    for offer in every:
        for way in {language, offer.product.language, None}:
            shown = options_in(offer.product, offer.variant, way)
            for (name, plain), value in zip(
                offer.variant.options.items(), shown.values(), strict=False
            ):
                length = _said(_fold(value), folded)
                if length > found.get(name, (0, ""))[0]:
                    found[name] = (length, plain)
    return tuple(Option(name, value) for name, (_, value) in found.items())


def _said(value: str, text: str) -> int:
    """How many letters of the value the text has: the whole, or a part of it by itself."""
    for piece in [value, *_PIECES.split(value)]:
        plain = piece.strip()
        if plain and _stands(plain, text):
            return len(plain)
    span = _RANGE.fullmatch(value)
    if span is not None:
        low, high = float(span[1]), float(span[2])
        told = [float(one) for one in _LENGTH.findall(text)]
        if any(low <= one < high or (one == high and low < high) for one in told):
            return 1
    return 0


def _stands(piece: str, text: str) -> bool:
    if piece.isascii():
        return re.search(rf"(?<![a-z0-9.']){re.escape(piece)}(?![a-z0-9]|\.\d)", text) is not None
    if len(piece) > 1:
        return piece in text
    # One letter, such as 粉 or 大, must stand by itself.
    return re.search(rf"(?<![一-鿿々]){re.escape(piece)}(?![一-鿿々])", text) is not None


def _fold(text: str) -> str:
    """Numbers in digits, units by their signs: 六号 is 6号, 26センチ 26cm, 20,000 mAh 20000mah."""
    folded = in_digits(unicodedata.normalize("NFKC", text).casefold())
    folded = _COUNTED.sub(lambda found: str(int(number_of(found[0]))), folded)
    folded = _THOUSANDS.sub("", folded)
    for pattern, sign in _UNITS:
        folded = pattern.sub(sign, folded)
    return folded
