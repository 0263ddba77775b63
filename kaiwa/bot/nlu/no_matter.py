"""Wishes taken back: どれでもいい, 値段は気にしない, any colour, without the price limit."""

import re
from typing import Final

from kaiwa.bot.nlu.slot import NoMatter

_ANY_JA: Final = (
    r"(?:どれ|なん|何|どちら|どっち|いくら|どの\w{1,4})(?:でも|だって)(?:いい|良い|よい|ok"
    r"|大丈夫|構いません|かまいません"
    r"|構わない|可)?(?:です|よ|けど)*"
    r"|(?:特に|とくに)?(?:こだわり|希望|指定|条件|制限|上限|下限)?(?:は|が|も)?(?:特に|とくに)?"
    r"(?:ありません|ない|なし|無し)(?:です|で)*"
    r"|こだわら(?:ない|ず)(?:です)?|こだわりません|問わ(?:ない|ず)|問いません|気にし(?:ない"
    r"|ません)(?:で)?(?:です|ので|から)*"
    r"|(?:お)?任せ(?:します|で)?|おまかせ(?:します|で)?"
)
_ANY_EN: Final = (
    r"(?:any(?:thing|\s+of\s+(?:them|those))?(?:\s+one)?|either(?:\s+one)?|whatever|whichever)"
    r"(?:\s+(?:is|are|would be)\s+(?:fine|good|ok|okay)|\s+(?:works|will do))?"
    r"|(?:it\s+)?(?:does\s*n'?o?t|doesn'?t)\s+(?:really\s+)?matter|(?:i\s+)?(?:do\s*n'?o?t"
    r"|don'?t)\s+"
    r"(?:really\s+)?(?:mind|care)|no\s+(?:particular\s+)?preference|not\s+(?:fussy|picky)"
    r"|you\s+(?:choose|decide|pick)"
)
_WHOLE: Final = re.compile(rf"\W*(?:{_ANY_JA}|{_ANY_EN})\W*(?:please|thanks)?\W*")
_OF_JA: Final = {
    "price": r"(?:値段|価格|予算|金額|ねだん)(?:の(?:上限|制限|条件))?",
    "colour": r"(?:色|カラー)(?:の(?:条件|指定))?",
    "size": r"(?:サイズ|大きさ)(?:の(?:条件|指定))?",
    "brand": r"(?:ブランド|メーカー)",
    "in_stock": r"在庫",
}
_LET_GO_JA: Final = (
    r"(?:は|も|の|に|なら|について)?(?:は)?(?:(?:特に|とくに)?(?:どれ|なん|何"
    r"|いくら)でも(?:いい|良い|ok|構わない|構いません)?"
    r"|問わない|問わず|問いません|気にし(?:ない|ません)(?:で)?|こだわら(?:ない|ず)"
    r"|こだわりません|こだわり(?:は)?(?:ない|なし|ありません)"
    r"|関係(?:ない|なく|なし)|(?:を)?(?:外して|はずして|なくして|取って|抜きで|なし(?:で|に)?"
    r"|無し(?:で|に)?))"
)
_OF_EN: Final = {
    "price": r"(?:price|budget|cost)(?:\s+(?:limit|range|cap))?",
    "colour": r"colou?r",
    "size": r"size",
    "brand": r"brand",
    "in_stock": r"stock",
}
_BEFORE_EN: Final = (
    r"\b(?:(?:with\s*out|w/o|no|forget(?:\s+about)?|never\s+mind|ignore|drop|remove|skip|any"
    r"|regardless\s+of|whatever)"
    r"\s+(?:the\s+|my\s+|a\s+)?)"
)
_AFTER_EN: Final = (
    r"\s+(?:does\s*n'?o?t|doesn'?t|isn'?t|is\s+not)"
    r"\s+(?:really\s+)?(?:matter|important|an?\s+issue)"
)
_TAKEN_BACK: Final = {
    name: re.compile(
        rf"{_OF_JA[name]}{_LET_GO_JA}|{_BEFORE_EN}{_OF_EN[name]}\b(?!s)(?:\s+(?:is|will"
        rf"|works)\s+\w+)?"
        rf"|\b(?:the\s+)?{_OF_EN[name]}{_AFTER_EN}"
    )
    for name in _OF_JA
}


def is_any(text: str) -> bool:
    """Whether a folded text, as an answer, says no more than that anything will do."""
    return len(text) <= 60 and _WHOLE.fullmatch(text.strip()) is not None


def taken_back(text: str) -> tuple[tuple[NoMatter, ...], str]:
    """The constraints that a folded text lets go of, and the text without those words."""
    found = []
    for name, pattern in _TAKEN_BACK.items():
        if pattern.search(text):
            found.append(NoMatter(name))
            text = pattern.sub(" ", text)
    return tuple(found), text
