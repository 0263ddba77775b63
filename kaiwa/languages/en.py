"""English: lower case, stop words left out, plural and verb endings taken off."""

import re
import unicodedata
from typing import Final

_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[a-zà-öø-ÿ]+|\d+")
_JAPANESE_RUN = re.compile(r"[ぁ-ゖァ-ヺー一-鿿々]+")

_STOP: Final = frozenset(
    "a an the this that these those it its i im ive id me my mine we us our you your he she they "
    "them their is are am was were be been being do does did done don doesn didn have has had "
    "having will would can could shall should may might must of in on at to for from by with as "
    "into about and or but so if then than too also just really very please hi hello hey what "
    "whats which who how when where why there here any some all no not yes ok okay get got want "
    "need like know tell let s t re ve ll d m much many thanks thank someone something anything "
    "question wondering wonder possible able still now work works come comes go take use using way "
    "thing long many best good look find".split()
)


# Plurals and nouns that no ending tells, with the stem of what they belong to.
_IRREGULAR: Final = {
    **{
        "shelves": "shelf",
        "scarves": "scarf",
        "leaves": "leaf",
        "loaves": "loaf",
        "halves": "half",
    },
    **{"knives": "knif", "wives": "wif", "calves": "calf", "wolves": "wolf", "hooves": "hoof"},
    **{"men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth"},
    **{"mice": "mous", "geese": "goos", "lenses": "len", "gases": "gas", "buses": "bus"},
    **{"canvases": "canva", "atlases": "atla", "irises": "iri", "cactuses": "cactu"},
    **{"bonuses": "bonu", "assembly": "assembl", "assemblies": "assembl"},
}


def normalise(text: str) -> str:
    """Fold width, case, quotes and spacing."""
    folded = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    return _SPACES.sub(" ", folded.replace("’", "'").replace("`", "'")).strip()


def tokens(text: str) -> list[str]:
    """Stems of the words that say something, and Japanese words left whole."""
    normal = normalise(text)
    words = [word for word in _WORD.findall(normal.replace("'", " ")) if word not in _STOP]
    return [stem(word) for word in words] + _JAPANESE_RUN.findall(normal)


def stem(word: str) -> str:
    """Take off a plural or verb ending: "wrapping", "wrapped", "wraps" meet at "wrap"."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, rest in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _close(word[: -len(ending)] + rest)
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        word = word[:-1]
    return _close(word)


def _close(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsaeiou":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def weight(token: str) -> float:
    """Words say what they say; bare numbers little."""
    return 0.5 if token.isdigit() else 1.0
