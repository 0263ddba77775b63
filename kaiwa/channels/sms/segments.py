"""How many segments a text is paid for as, exactly, and how it is cut where it is too long.

The letters of GSM 7-bit (3GPP TS 23.038) take a septet, those of its extension table two; one
letter beyond them and the whole text is UCS-2. No part ends within a pair of septets or surrogates.
"""

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from kaiwa.channels.sms.limits import most
from kaiwa.vocabulary import cutting

Encoding: TypeAlias = Literal["gsm7", "ucs2"]
_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION: Final = frozenset("\f^{}\\[~]|€")
# Marks that make a Latin text twice as dear, and what says the same.
_PLAINER: Final = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-",
        "―": "-", "‐": "-", "‑": "-", "…": "...", "•": "-", "\u00a0": " ", "\u2009": " ",
        "\u202f": " ", "\t": " ", "×": "x", "·": ".", "`": "'",
    }
)  # fmt: skip


def encoding(text: str) -> Encoding:
    """The alphabet the whole text is sent in."""
    return "gsm7" if all(each in _BASIC or each in _EXTENSION for each in text) else "ucs2"


def segments(text: str) -> int:
    """The segments `text` takes; none when it is empty."""
    alone, part = _sizes(encoding(text))
    sizes = list(_letters(text))
    if sum(sizes) <= alone:
        return 1 if sizes else 0
    count, filled = 1, 0
    for size in sizes:
        if filled + size > part:
            count, filled = count + 1, 0
        filled += size
    return count


def plainer(text: str) -> str:
    """`text` in letters of GSM 7-bit where only its typography prevented it, else unchanged."""
    plain = text.translate(_PLAINER)
    return plain if encoding(plain) == "gsm7" else text


def cut(text: str) -> list[str]:
    """`text` in messages of at most `segments` parts each, cut after sentences where possible."""
    alphabet = encoding(text)
    # A letter of two may leave the last place of a part empty.
    room = most("segments") * (_sizes(alphabet)[1] - 1)
    measure = cutting.units if alphabet == "ucs2" else septets
    return cutting.split(text, room, measure)


def septets(text: str) -> int:
    """What the letters of GSM 7-bit take; text in UCS-2 has none."""
    return sum(2 if each in _EXTENSION else 1 for each in text)


def _sizes(alphabet: Encoding) -> tuple[int, int]:
    return most(f"{alphabet}_alone"), most(f"{alphabet}_part")


def _letters(text: str) -> Iterator[int]:
    measure = septets if encoding(text) == "gsm7" else cutting.units
    return (measure(each) for each in text)
