"""What a title is about: the cover in "keyboard cover for tablets", not the keyboard.

A thing that goes with another is named behind it ("laptop sleeve") or before "for". So of a title
that names such a thing only that and what follows it is its subject; of others, all of it is.
"""

import re
from typing import Final

from kaiwa.languages import words_ja
from kaiwa.languages.meanings.product_words import WHOLE_ENGLISH

_COMPANIONS: Final = frozenset(
    """accessory adapter adaptor arm attachment bag base battery bezel blade board bracket brush
    bulb bundle cable cage cap card cart cartridge carrier case caddy chain charger chest
    clamp cleaner clip coaster converter cord cover cradle cushion dispenser dock drum
    enclosure extender filament film filter foil frame grinder guard hanger harness headband
    holder holster hook hub infuser insert insole interface inverter key kit label lace lamp
    lead lens licence license lid liner lock mat mount mounting opener organiser organizer
    outlet pad part pillow plate pod polish pot pouch protector rack reader refill remote
    replacement rest ribbon roller screw shade shelf shield skin sleeve software spare
    splitter stand station sticker stool strap stylus support table tag tip toner tool tray
    tripod wallet warranty wedge wipe wrap
    """.split()
)
_WHOLES = re.compile(rf"\b(?:{'|'.join(WHOLE_ENGLISH)})s?\b")
_UNITS: Final = frozenset(
    "g kg mg l ml cl cm mm m w v oz lb lbs in inch pcs pieces piece pairs".split()
)
_WORD = re.compile(r"[a-z0-9][\w'’-]*")
_FITTING = re.compile(
    r"\b(?:for|fits|compatible\s+with|suitable\s+for|works\s+with|designed\s+for|replaces)\b|\bf/"
)
_BESIDES = re.compile(r"\bwith\b|\bw/|\+|\bincl(?:uding|udes|\.)?\b")
_COUNTED = re.compile(r",\s*\d+(?:\s+[a-z]+){1,2}$")  # ", 20 tea bags"
_BRACKETS = re.compile(r"[「『(（【\[].*?[」』)）】\]]")
_JA_FITTING = re.compile(r"(?:用|対応|向け|専用)$")
_AMOUNT = re.compile(r"[\d.,]+(?:[a-zA-Z]{1,3}|[ァ-ヺー一-鿿]{0,4})?$")
_JOINED = re.compile(r"\b([a-z]{1,6})-([a-z]{1,8})\b")
_MEASURED = re.compile(r"\b(\d+(?:\.\d+)?) ?-?([a-z]{1,4})\b")


def subject_of(title: str, brand: str, category: str = "") -> str:
    """The words of the title that say what the product is, without its maker's name.

    Where the shop tells a category, that and the last word of the title say it best.
    """
    lowered = _WHOLES.sub(" ", title.casefold())
    made_by = set(_WORD.findall(brand.casefold()))
    fitting = _FITTING.search(lowered)
    if fitting and fitting.start() > len(brand) + 1:
        lowered = lowered[: fitting.start()]
    lowered = without_count(lowered)[0]
    words = _WORD.findall(_BESIDES.split(lowered, maxsplit=1)[0]) or _WORD.findall(lowered)
    companions = [at for at, word in enumerate(words) if _is_companion(word)]
    if companions:
        last = companions[-1]
        words = [words[at] for at in companions[:-1]] + words[last:]
    words = [word for word in words if word not in made_by]
    if category:
        names = [word for word in words if not word[0].isdigit() and word not in _UNITS]
        words = [*names[-1:], *_WORD.findall(category.casefold())]
    return " ".join(words)


def without_count(title: str) -> tuple[str, str]:
    """An English title, and the contents of a packet that it ends with: ", 20 tea bags"."""
    counted = _COUNTED.search(title.casefold())
    return (title[: counted.start()], title[counted.start() :]) if counted else (title, "")


def japanese_subject(title: str) -> str:
    """What a Japanese title is about: the last noun of each phrase, バンド in 「腕時計のバンド」.

    Names in brackets, amounts and what it is for are no part of it.
    """
    phrases = _BRACKETS.sub(" ", title).split()
    return " ".join(dict.fromkeys(one.surface for one in map(_last_noun, phrases) if one))


def japanese_things(text: str) -> frozenset[str]:
    """The same of what a shopper says, each noun as the dictionary spells it."""
    return frozenset(one.normal for one in map(_last_noun, text.split()) if one)


def _last_noun(phrase: str) -> words_ja.Word | None:
    if _JA_FITTING.search(phrase) or _AMOUNT.match(phrase):
        return None
    words = words_ja.words(phrase) or ()
    return next((one for one in reversed(words) if one.part == "名詞"), None)


def other_spellings(title: str) -> str:
    """Its words as they are written together: wi-fi as wifi, 1 tb as 1tb."""
    lowered = title.casefold()
    pairs = _JOINED.findall(lowered) + _MEASURED.findall(lowered)
    return " ".join(dict.fromkeys("".join(pair) for pair in pairs))


def _is_companion(word: str) -> bool:
    return (
        word in _COMPANIONS
        or word.removesuffix("s") in _COMPANIONS
        or (word.endswith("ies") and f"{word[:-3]}y" in _COMPANIONS)
        or word.removesuffix("es") in _COMPANIONS
    )
