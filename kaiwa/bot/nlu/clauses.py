"""Where one wish ends and the next may begin. Only candidates: the ranker decides (`wishes.py`)."""

import re
from typing import Final

from kaiwa.vocabulary.language import Language

MOST: Final = 6

_HARD: Final[dict[Language, re.Pattern[str]]] = {
    # 友達が卵アレルギーで。その子も食べられる？ is one sentence.
    "ja": re.compile(r"(?:[!?！？\n;]|(?<![一-鿿々ァ-ヺーん]で)。|(?<=[!?！？\n;])。)+\s*"),
    "en": re.compile(r"[.!?;\n]+(?=\s|$)\s*"),
}
_SOFT: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(
        r"(?:、|(?<=[てで])|(?<=けど)|(?<=ので)|(?<=から))\s*(?=あと|それと|それから|ついでに|あわせて|それで|(?<!から)でも|あ、|で、|やっぱ)"
        r"|(?<=て)、|(?<=で)、|(?<=けど)、|(?<=けれど)、|(?<=ので)、|(?<=から)、|(?<=し)、|(?<=が)、|、|(?<=で)。\s*|\s+"
    ),
    "en": re.compile(r",?\s+(?:and then|and also|and|also|but|then|plus|oh and)\s+|,\s+|\s+-\s+"),
}


# What a text begins with, before what it is about, even without a comma.
_FIRST: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(
        r"(?:こんにち[はわ]|こんばん[はわ]|おはようございます|はじめまして|お世話になって(?:い|お)?ります"
        r"|お世話になります|すみません(?!が)|すいません(?!が))(?=[^、。!?ー~でがけの\s].{2})"
    ),
    "en": re.compile(
        r"(?:hi|hello|hey|hiya|yo|ok|okay|so|well|alright|cool|hmm+|u[hm]+|oh)(?: there| again)?\s+"
        r"(?=[a-z0-9])(?!(?:then|so|please|pls|thanks|thank|there|again|good|great|sure|far)\b)"
    ),
}

# "The difference between this and that" falls into no two.
_BETWEEN: Final = re.compile(r"\bbetween [^\s,]++(?: [^\s,]++){0,3} ?$")


def clauses(text: str, language: Language) -> list[list[tuple[int, int]]]:
    """Sentences, each as the pieces into which it may fall; places in the folded text."""
    first = _FIRST[language].match(text)
    begin = first.end() if first else 0
    found = [[(0, begin)]] if first else []
    found += [
        _pieces(text, sentence, _SOFT[language])[: MOST * 2]
        for sentence in _pieces(text, (begin, len(text)), _HARD[language], keep=True)
    ]
    return [pieces for pieces in found if pieces][:MOST]


def _pieces(
    text: str, within: tuple[int, int], pattern: re.Pattern[str], *, keep: bool = False
) -> list[tuple[int, int]]:
    begin, stop = within
    found: list[tuple[int, int]] = []
    for gap in pattern.finditer(text, begin, stop):
        if not keep and _BETWEEN.search(text, begin, gap.start()):
            continue
        # What ends a sentence stays with it: "?" says what kind it is.
        end = gap.end() if keep else gap.start()
        if text[begin:end].strip():
            found.append((begin, end))
        begin = gap.end()
    if text[begin:stop].strip():
        found.append((begin, stop))
    return found
