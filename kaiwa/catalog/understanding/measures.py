"""Amounts that are a size where a shop has it: 350ml, 15.6 inch, 45x45cm, 25-27cm, age 8."""

import re
from collections.abc import Iterator
from typing import Final

_UNITS: Final = {
    "ミリリットル": "ml", "リットル": "l", "liters": "l", "liter": "l", "litres": "l", "litre": "l",
    "インチ": "inch", "inches": "inch", '"': "inch", "in": "inch", "グラム": "g", "キロ": "kg",
    "ounces": "oz", "ounce": "oz", "ミリ": "mm", "センチ": "cm", "メートル": "m", "meters": "m",
    "meter": "m", "metres": "m", "metre": "m", "feet": "ft", "foot": "ft",
    "pounds": "lb", "pound": "lb", "lbs": "lb", "quarts": "qt", "quart": "qt", "gallons": "gal",
    "gallon": "gal", "yards": "yd", "yard": "yd", "cups": "cup",
}  # fmt: skip
_NUMBER = r"\d{1,4}(?:\.\d{1,2})?"
_UNIT = (
    r"(?:ml|ミリリットル|lit(?:er|re)s?|l|リットル|inch(?:es)?|インチ|\"|oz|ounces?|mm|ミリ"
    r"|kg|キロ|g|グラム|cm|センチ|m|メートル|met(?:er|re)s?|ft|feet|foot|lbs?|pounds?|qt|quarts?"
    r"|gal|gallons?|yards?|yd|cups?)"
)
_END = r"(?![a-z0-9])"
# "At least 500 ml" is not the size 500 ml.
_EXACT = r"(?!\s*(?:以上|以下|以内|未満|前後|くらい|ぐらい|or\b|\+))"
_MEASURE = re.compile(rf"({_NUMBER})\s*-?\s*({_UNIT}){_END}")
_BARE: Final = re.compile(rf"(?<![\d.,]){_MEASURE.pattern}{_EXACT}(?:の|で)?")
_SIDES: Final = re.compile(
    rf"(?<![\d.,])({_NUMBER})\s*[x×*✕✖]\s*({_NUMBER})\s*({_UNIT})?{_END}(?:の|で)?"
)
_SPAN: Final = re.compile(
    rf"(?<![\d.,])({_NUMBER})\s*(?:cm)?\s*[-~〜～–]\s*({_NUMBER})\s*({_UNIT}){_END}(?:の|で)?"
)
_AGE: Final = re.compile(
    r"\b(?:ages?|aged)\s*(\d{1,2})(?!\d)|(?<!\d)(\d{1,2})\s*(?:歳|才)(?:用|児|向け|の)*"
    r"|(?<![\d.])(\d{1,2})[ -](?:years?|yrs?)(?:[ -]olds?)?\b"
)
_TODDLER: Final = re.compile(r"(?<![\w.$€£-])(\d{1,2}t)(?![a-z0-9])")
_MONTHS: Final = re.compile(
    r"(?<![\d.])(\d{1,2})\s*-\s*(\d{1,2})\s*(?:months?|mos?\.?|m|ヶ?か?月)(?![a-z])"
)
_WAIST: Final = re.compile(
    r"(?<![\d.$€£])(\d{2})(?:\s*(?:inch(?:es)?|in|\"))?\s+(waist|inseam|leg)\b"
    r"|\b(waist|inseam|w|l)\s*(\d{2})(?![\d.])"
)
_ROMAN_SHOES = re.compile(r"\b(?:shoe|boot|sneaker|sandal|heel|trainer|loafer|slipper|cleat)s?\b")
_SHOES = re.compile(r"スニーカー|靴(?!下)|ブーツ|サンダル|パンプス|シューズ|ローファー")
_BARE_CM = re.compile(r"(?<![\d.,~〜-])(1[3-9]|2\d|3[01])(?=$|[\s、のでが])")
_BARE_SHOE: Final = re.compile(
    r"(?<![\d.$€£/-])(\d{1,2}(?:\.5)?)(?:\s+wide)?(?![\d.:%/-])(?!\s*[a-z]*\d)"
)


def as_size(text: str) -> str | None:
    """One spelling of a measured size, as "350 ml" or "0.8 L (2 cups)"; None if it is not one."""
    if told := _SIDES.fullmatch(text):
        return _sides(told)
    if told := _SPAN.fullmatch(text):
        return _span(told)
    told = _MEASURE.match(text)
    return _measure(told) if told else None


def measured(text: str) -> Iterator[tuple[tuple[str, ...], re.Match[str]]]:
    """What in the text may be a size: its spellings, the likeliest reading first."""
    for found in _SIDES.finditer(text):
        yield (_sides(found), f"{found[1]}X{found[2]}"), found
    for found in _SPAN.finditer(text):
        yield (_span(found),), found
    for found in _BARE.finditer(text):
        yield (_measure(found),), found
    for found in _AGE.finditer(text):
        age = found[1] or found[2] or found[3]
        yield (f"{age}歳", f"{age}Y", age), found
    for found in _TODDLER.finditer(text):
        yield (found[1].upper(),), found
    for found in _MONTHS.finditer(text):
        span = f"{found[1]}-{found[2]}"
        yield (f"{span}M", f"{span} MONTHS", f"{span}ヶ月", f"{span}か月", span), found
    for found in _WAIST.finditer(text):
        length = found[1] or found[4]
        mark = "W" if (found[2] or found[3])[0] == "w" else "L"
        yield (f"{mark}{length}", f"{length}{mark}", length, f"{length}inch"), found
    if _SHOES.search(text):
        for found in _BARE_CM.finditer(text):
            yield (f"{found[1]}cm",), found
    if _ROMAN_SHOES.search(text):
        for found in _BARE_SHOE.finditer(text):
            yield (found[1], f"US {found[1]}", f"US{found[1]}"), found


def _measure(found: re.Match[str]) -> str:
    return f"{found[1]}{_UNITS.get(found[2], found[2])}"


def _sides(found: re.Match[str]) -> str:
    unit = found[3] or ""
    return f"{found[1]}x{found[2]}{_UNITS.get(unit, unit)}"


def _span(found: re.Match[str]) -> str:
    return f"{found[1]}-{found[2]}{_UNITS.get(found[3], found[3])}"
