"""Set phrases of shoppers: stock, order, gender, size, and the words around the question itself."""

import re
from typing import Final

from kaiwa.catalog.understanding import Gender, Order

_STOCK = re.compile(
    r"在庫(?:あり|有り?|が?ある|のある)(?:もの)?|(?:今)?すぐ(?:に)?届く|即納|即日発送"
    r"|\bin[ -]stock\b|\bavailable(?:\s+now)?\b"
)
_CHEAP = r"(?:一番|いちばん|最も)安い|最安(?:値)?|(?:価格の)?安い順(?:で|に)?"
_DEAR = r"(?:一番|いちばん|最も)高い|(?:価格の)?高い順(?:で|に)?"
_LIKED = r"人気(?:順|商品)?(?:で|に|の)?|売れ筋|売れている"
_FRESH = r"新着|新作|最新|新しい順(?:で|に)?"
_ORDERS: Final[list[tuple[Order, re.Pattern[str]]]] = [
    ("price_asc", re.compile(rf"{_CHEAP}|\bcheap(?:est)?\b|\blowest price\b")),
    ("price_desc", re.compile(rf"{_DEAR}|\bmost expensive\b")),
    ("popular", re.compile(rf"{_LIKED}|\bbest[ -]?sell(?:ing|ers?)\b|\b(?:most )?popular\b")),
    ("new", re.compile(rf"{_FRESH}|\bnew(?:est)?(?: arrivals?)?\b(?! balance)")),
]
_FOR = r"(?:用|向け|もの|物)?"
_GENDERS: Final[list[tuple[Gender, re.Pattern[str]]]] = [
    (
        "k",
        re.compile(
            rf"キッズ|子供{_FOR}|子ども{_FOR}|こども{_FOR}|女の子{_FOR}|男の子{_FOR}|ジュニア|ベビー"
            r"|\b(?:kid'?s?|child(?:ren)?'?s?|boy'?s?|girl'?s?)\b"
        ),
    ),
    (
        "f",
        re.compile(
            rf"レディース|女性{_FOR}|婦人{_FOR}|ウィメンズ|\b(?:wom[ae]n'?s?|lad(?:y|ies)'?|female)(?!\w)"
        ),
    ),
    (
        "m",
        re.compile(rf"メンズ|男性{_FOR}|紳士{_FOR}|\b(?:m[ae]n'?s?|male|gentlem[ae]n'?s?)(?!\w)"),
    ),
]
_LETTER = r"(?:xs|xxxl|xxl|xl|s|m|l|3l|2l|ll)"
_WORDS: Final = {"small": "S", "medium": "M", "large": "L", "extra large": "XL"}
_SIZES: Final = [
    re.compile(rf"(?<![a-z0-9])({_LETTER})\s*サイズ"),
    re.compile(rf"サイズ(?:は|が|:)?\s*({_LETTER}|\d+(?:\.\d)?(?:\s*cm)?)(?![a-z0-9])(?:で)?"),
    re.compile(
        rf"\b(?:in\s+)?size\s+({_LETTER}|\d+(?:\.\d)?(?:\s*cm)?|small|medium|large)(?![a-z0-9])"
    ),
    re.compile(r"(?<![a-z0-9])(xs|xl|xxl|xxxl|3l|ll)(?![a-z0-9])"),
    re.compile(r"(?<![\d.])((?:1\d|2\d|3[0-2])(?:\.[05])?\s*cm)(?![a-z])"),
    re.compile(r"(?<![\d.])((?:[5-9]\d|1[0-6]\d)\s*cm)(?![a-z])"),
]
_ADJECTIVE = re.compile(r"\b(small|medium|large)\b")
_FILLERS = re.compile(
    r"(?:は|が|を)?(?:あります(?:でしょう)?か|ありませんか|売って(?:い)?ますか|置いて(?:い)?ますか)"
    r"|を?(?:探して(?:い)?(?:ます|る|る?んですが|ください)?|見せて(?:ください|下さい|ほしい)?)"
    r"|を?(?:教えて(?:ください)?|ください|下さい|欲しい(?:です)?|ほしい(?:です)?|お願いします)"
    r"|\b(?:do|does)\s+you\s+(?:have|sell)(?:\s+any)?\b"
    r"|\bi(?:'m|\s+am)?\s+(?:looking|searching)\s+for\b|\blooking\s+for\b"
    r"|\bshow\s+me\b|\bi\s+(?:want|need|would\s+like)\b|\bplease\b|\bfind\s+me\b"
)
_EDGE = re.compile(
    r"^[\s\-、。,.?!]+|[\s\-、。,.?!]+$|(?<=\s)[のでにをはがと](?=\s|$)|^[のでにをはがと](?=\s)"
)
_SMALL = r"(?:a|an|the|any|some|for|in|with|of|and)"
_SMALL_WORDS = re.compile(rf"^(?:{_SMALL}\s+)+|(?:\s+{_SMALL})+$")


def stock(text: str) -> tuple[bool, str]:
    """Whether only what is in stock is wanted."""
    rest = _STOCK.sub(" ", text)
    return rest != text, rest


def order(text: str) -> tuple[Order | None, str]:
    """The order asked for."""
    for name, pattern in _ORDERS:
        if pattern.search(text):
            return name, pattern.sub(" ", text)
    return None, text


def gender(text: str) -> tuple[Gender | None, str]:
    """Whom it is for."""
    for name, pattern in _GENDERS:
        if pattern.search(text):
            return name, pattern.sub(" ", text, count=1)
    return None, text


def size(text: str, known: frozenset[str]) -> tuple[str | None, str]:
    """The size asked for. A bare length or adjective is one only where the shop has such a size."""
    for pattern in _SIZES:
        found = pattern.search(text)
        if found and (value := normal_size(found[1])):
            if value.endswith("cm") and value not in known:
                continue
            return value, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def adjective_size(text: str) -> tuple[str | None, str]:
    """Read "large" as a size, for things that come in sizes."""
    found = _ADJECTIVE.search(text)
    if not found:
        return None, text
    return _WORDS[found[1]], f"{text[: found.start()]} {text[found.end() :]}"


def normal_size(text: str) -> str:
    """One spelling per size: "xl" is XL, "27 cm" is 27cm, "large" is L."""
    plain = text.strip().casefold()
    return _WORDS.get(plain) or (
        plain.replace(" ", "") if plain[:1].isdigit() and plain.endswith("cm") else plain.upper()
    )


def without_fillers(text: str) -> str:
    """What is left when the asking itself and stray particles are gone."""
    text = _FILLERS.sub(" ", text)
    before = ""
    while before != text:
        before = text
        text = _SMALL_WORDS.sub(" ", _EDGE.sub(" ", text.strip())).strip()
    return re.sub(r"\s+", " ", text)
