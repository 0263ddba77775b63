"""What a text turns down before it says what is taken: 白じゃなくて黒, "white is a no, sage"."""

import re
from typing import Final

_TURNED_DOWN: Final = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]|ひと|ふた|みっ|よっ)(?:個|つ|本|枚|箱|缶|袋|足|点|台|冊|着|セット)?"
    r"[、, ]*(?:いや|じゃなく(?:て)?|やっぱり?|あ、?(?:間違え|まちがえ)(?:た|ました)?|訂正)[、, ]*"
    r"(?=\d|[一二三四五六七八九十]|ひと|ふた|みっ|よっ)"
    r"|[^、。]{1,8}も(?:買えな|(?:い|要)ら(?:な|ん|へん)|食べきれな|使わな|多)[^、。]{0,6}"
    r"(?:から|ので|し|けど|[、。])、?"
    r"|[^、。]{1,12}だと(?:ちょっと|少し|さすがに)?"
    r"(?:大き|小さ|きつ|ゆる|重|長|短|高|安|多|少な|足り|厳し)[^、。]{0,10}[、。]"
    r"|[^、。,!]{1,14}(?:じゃなくて?|ではなくて?|でなくて?|[はを]?やめて|[はを]?やめ、|の代わりに"
    r"|のかわりに)、?"
    r"|[^、。,!]{1,20}(?:予算(?:オーバー|外|を超)|高(?:すぎ|い)|(?:大き|小さ|重|長|短)すぎ|手が出|売り?切れ(?:か|な)"
    r"|違う(?:か|な)|合わな|微妙|いまいち|要らな|いらな)[^、。,!]{0,8}[、。,!]"
    r"|[^,.!;]{1,40}\b(?:is|are|'s|looks?|seems?|(?:would|will|might) be)\s+"
    r"(?:a bit |a little |way |just )?(?:too (?:expensive|big"
    r"|small|pricey|heavy|much|large)|over (?:my )?budget|out of (?:my )?(?:budget|range)"
    r"|sold out|not for me)"
    r"[^,.!;]{0,12}[,.!;]"
    r"|\b(?:never ?mind|forget|not|instead of|rather than|skip|no)\s+(?:the\s+"
    r"|a\s+)?[a-z]+(?: ones?)?\s*(?:,|but|-)"
    r"|\b(?:instead of|rather than|not)\s+(?:the |an? )?[a-z0-9]+(?: ones?)?"
    r"(?=\s*(?:[.!]*$|\b(?:actually|please|pls|though)\b))"
    r"|(?:^|(?<=[.,;!]))\s*(?:the )?[a-z][a-z ]{1,24}(?:'s| is| are| looks?| feels?| seems?)\s+"
    r"(?:(?:just|really|kind of|kinda|definitely|obviously|so|way)\s+)*"
    r"(?:a (?:hard )?no(?:-go)?|out|ugly|hideous|no good"
    r"|not (?:my|the|for|really|quite)\b[^,.!;]{0,16}"
    r"|(?:a (?:bit|little)|too) (?:much|loud|bright|dark|boring|plain))"
    r"(?:\s+(?:obviously|though|tbh|honestly|sorry|for me|on me))*\s*(?:[.,;!]|$)"
)

_NUMBER: Final = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|a couple)"
)
# 8 pack. no 24; "4 charcoal no wait 2 charcoal": the number said last; what it is of stays.
_RECOUNTED: Final = re.compile(
    rf"(?<![\d.,$-])\b{_NUMBER}(?P<what>(?![\d.]\d)[^,.;!?\d]{{0,24}}?)[,.;!?…\s-]*"
    r"\b(?:no|nope|nah|wait|actually|sorry|oops|i mean|scratch that|rather|make (?:it|that|them))\b"
    r"(?:[,.…\s]*\b(?:no|wait|actually|sorry|i mean|rather|make (?:it|that|them)"
    r"|let'?s (?:do|say))\b)*"
    rf"[,.…\s]+(?=(?:the )?{_NUMBER}\b(?! (?:of|more)\b))"
)


_TAKES_BACK: Final = re.compile(
    r"[,.;!?…\s]*\b(?:no,? wait|wait,? no|no,? sorry|sorry,? no|no,? actually|actually,? no"
    r"|scratch that|or rather|(?:sorry|wait|no),? i mean(?:t)?)\b[,.…\s]*"
    r"|[、。…\s]+(?:あ[、っ]*)?(?:いや(?:いや)?|ちゃう|違った|ちがった|間違えた|まちがえた)(?:[、。…\s]+|(?=[一-鿿ァ-ヺ]))"
)
# Stands for what is said in between: what is told behind it is meant.
LAST_MEANT: Final = "~~"


def without_turned_down(words: str) -> str:
    """The words of a casefolded text that are left when what is not wanted is taken out.

    Of two values of which the second corrects the first both stay, with `LAST_MEANT` between.
    """
    counted = _RECOUNTED.sub(_what_is_counted, words)
    return _TAKES_BACK.sub(f" {LAST_MEANT} ", _TURNED_DOWN.sub(" ", counted))


def counts_anew(words: str) -> bool:
    """Whether a casefolded text takes a number back and says another."""
    return _RECOUNTED.search(words) is not None


def _what_is_counted(found: re.Match[str]) -> str:
    """What was counted first, unless it is named again."""
    what = found["what"].split()
    again = not what or what[-1] in found.string[found.end() :]
    return " " if again else f"{found['what']} {LAST_MEANT} "
