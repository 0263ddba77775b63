"""Options told by comparing: the bigger size, 大きい方, 濃い方, of what one product has."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from kaiwa.catalog.offer import Offer

_ONE: Final = (
    r"(?:\s*(?:い|き|め)?\s*(?:方|ほう|の(?!で)|サイズ|やつ|もの|色|容量|め|いの"
    r"|瓶|びん|ビン|袋|缶|箱|ボトル))"
)
_HELD_JA: Final = r"(?:瓶|びん|ビン|袋|缶(?!詰)|ボトル|サイズ)"
_HELD: Final = r"(?:size|one|version|kind|bottle|bag|box|tin|jar|pack|can|tube|pot|bar)(?:e?s)?"
# Just 1 long; "ok short, oak": the adjective alone where a number or nothing stands before it.
_ALONE: Final = (
    r"(?:(?<=\b\d )|(?<=\bone )|(?:(?<=^)|(?<=^ok )|(?<=^ok, )|(?<=^yes )|(?<=^the )|(?<=^then )))"
)
_ENDS: Final = r"(?=\s*(?:[,.!]|$|\b(?:then|please|pls)\b))"
_BIGGER: Final = re.compile(
    rf"(?:一番|いちばん|ひとつ|一つ)?(?:大き|でっ?か|おっき|長|太|重|多|広|深|厚|背の高|おおき)(?:い|め)?{_ONE}"
    rf"|大容量|(?<![一-鿿])大{_HELD_JA}"
    r"|サイズアップ|\b(?:the )?(?:bigg(?:er|est)|larg(?:er|est)|long(?:er|est)"
    r"|high(?:er|est)|tall(?:er|est)|wid(?:er|est)|deep(?:er|est)|thick(?:er|est)"
    r"|heav(?:ier|iest)|big)\b(?: (?:size|one|capacity|version))?|\bsize up\b"
    rf"|\b(?:long|large|tall|wide|thick|heavy) {_HELD}\b"
    rf"|{_ALONE}(?:long|large|tall|big|wide){_ENDS}"
    rf"|\bthe (?:long|large|tall|wide)(?= [a-z]+{_ENDS})"
)
_SMALLER: Final = re.compile(
    rf"(?:一番|いちばん|ひとつ|一つ)?(?:小さ|ちいさ|ちっちゃ|ちっさ|ちっこ|短|細|軽|少な|狭|浅|背の低)(?:い|め)?{_ONE}"
    rf"|(?<![一-鿿])小{_HELD_JA}"
    r"|サイズダウン|\b(?:the )?(?:small(?:er|est)|short(?:er|est)|thinn(?:er|est)|narrow(?:er|est)"
    r"|slimm(?:er|est)|shallow(?:er|est)|little)\b"
    r"(?: (?:size|one|capacity|version))?|\bsize down\b"
    rf"|\b(?:short|small|thin|narrow) {_HELD}\b|{_ALONE}(?:short|small|narrow){_ENDS}"
    rf"|\bthe (?:short|small|narrow)(?= [a-z]+{_ENDS})"
)
_DARKER: Final = re.compile(
    rf"(?:濃|暗|こ)い{_ONE}|濃いめ|\b(?:the )?(?:dark(?:er|est))(?: (?:one|colou?r|shade))?\b"
)
_LIGHTER: Final = re.compile(
    rf"(?:薄|淡|明る|うす)い{_ONE}|薄め|\b(?:the )?(?:light(?:er|est)|pal(?:er|est)"
    rf"|bright(?:er|est))"
    r" (?:one|colou?r|shade)\b"
)
_COLOUR: Final = re.compile(r"colou?r|色|カラー", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)")
# Of what one option is measured in: grams, millilitres, centimetres; or ounces and inches.
_LARGE: Final = {"l": 1_000.0, "kg": 1_000.0, "m": 100.0, "mm": 0.1, "mg": 0.001} | {
    "lb": 16.0, "lbs": 16.0, "pound": 16.0, "pounds": 16.0, "pt": 16.0, "qt": 32.0, "gal": 128.0,
    "ft": 12.0, "foot": 12.0, "feet": 12.0, "yd": 36.0, "dozen": 12.0,
}  # fmt: skip
_ORDERS: Final = (
    ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "3l", "4l"),
    ("小", "中", "大", "特大"),
    ("mini", "small", "medium", "large", "extra large"),
    ("小さめ", "ふつう", "大きめ"),
    ("半斤", "一斤", "1斤", "二斤", "2斤"),
    ("ハーフ", "ホール"),
    ("half", "whole"),
    ("ミニ", "レギュラー", "ラージ"),
    ("スモール", "ミディアム", "ラージ"),
)
# From dark to light, by the words that colours are called in either language.
_SHADES: Final = re.compile(
    "(?P<a>黒|墨|ブラック|black|charcoal|チャコール)|(?P<b>紺|藍|ネイビー|navy|indigo|ink"
    "|こげ茶|濃)"
    "|(?P<c>茶|ブラウン|brown|紫|purple|深|dark|walnut|ウォールナット)"
    "|(?P<d>緑|グリーン|green|青|ブルー|blue|赤|レッド|red|カーキ|khaki|olive)"
    "|(?P<e>灰|グレー|gr[ea]y|オレンジ|orange|からし|mustard)"
    "|(?P<f>桃|ピンク|pink|黄|yellow|水色|空色|sky|桜)"
    "|(?P<g>ベージュ|beige|生成|ivory|natural|ナチュラル|cream|クリーム|銀|silver|シルバー|sand)"
    "|(?P<h>白|ホワイト|white|clear|透明)"
)

Ranked = Callable[[str], float | None]


def compared(
    every: Sequence[Offer], names: Sequence[str], text: str
) -> list[tuple[str, str, int, int]]:
    """By option the value that a comparison means, and where in the folded text it stands.

    None where the values cannot be put in order, or where there is nothing to compare.
    """
    ways: tuple[tuple[re.Pattern[str], bool, bool], ...] = (
        (_BIGGER, False, True),
        (_SMALLER, False, False),
        (_DARKER, True, False),
        (_LIGHTER, True, True),
    )
    for pattern, of_colour, most in ways:
        said = pattern.search(text)
        if said is None:
            continue
        for name in names:
            if bool(_COLOUR.search(name)) != of_colour:
                continue
            values = list(
                dict.fromkeys(
                    one.variant.options[name] for one in every if name in one.variant.options
                )
            )
            best = _extreme(values, _shade if of_colour else _size, most=most)
            if best is not None:
                return [(name, best, *said.span())]
    return []


def both_ends(every: Sequence[Offer], text: str) -> tuple[str, tuple[str, ...]] | None:
    """The option of which a folded text names the least and the most, and these two values."""
    if not names_both_ends(text):
        return None
    for name in dict.fromkeys(name for one in every for name in one.variant.options):
        values = list(dict.fromkeys(one.variant.options.get(name, "") for one in every))
        ends = [_extreme(values, _size, most=most) for most in (False, True)]
        if all(ends) and not _COLOUR.search(name):
            return name, tuple(one for one in ends if one)
    return None


def is_comparison(text: str) -> bool:
    """Whether folded words begin with a value told by comparing: the smaller one, 濃い方."""
    return any(way.match(text) for way in (_BIGGER, _SMALLER, _DARKER, _LIGHTER))


def names_both_ends(text: str) -> bool:
    """Whether a folded text speaks of a smaller and of a bigger one."""
    return _BIGGER.search(text) is not None and _SMALLER.search(text) is not None


def _extreme(values: Sequence[str], rank: Ranked, *, most: bool) -> str | None:
    ranked = [(rank(one), one) for one in values]
    known = [(place, one) for place, one in ranked if place is not None]
    if len(known) != len(values) or len({place for place, _ in known}) < 2:
        return None
    return (max if most else min)(known)[1]


def _size(value: str) -> float | None:
    folded = value.casefold().strip()
    for order in _ORDERS:
        if folded in order:
            return float(order.index(folded))
    found = _NUMBER.search(folded)
    return float(found[1]) * _LARGE.get(found[2], 1.0) if found else None


def _shade(value: str) -> float | None:
    found = list(_SHADES.finditer(value.casefold()))
    return float(ord(str(found[-1].lastgroup))) if found else None
