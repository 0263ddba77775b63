"""What a text turns down before it says what is taken: 白じゃなくて黒, "white is a no, sage"."""

import re
from typing import Final

_TURNED_DOWN: Final = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]|ひと|ふた|みっ|よっ)(?:個|つ|本|枚|箱|缶|袋|足|点|台|冊|着|セット)?"
    r"[、, ]*(?:いや|じゃなく(?:て)?|やっぱり?|あ、?(?:間違え|まちがえ)(?:た|ました)?|訂正)[、, ]*"
    r"(?=\d|[一二三四五六七八九十]|ひと|ふた|みっ|よっ)"
    r"|[^、。]{1,8}も(?:買えない|いらない|要らない|食べきれない|使わない|多い)[^、。]{0,4}"
    r"(?:から|ので|し|けど)、?"
    r"|[^、。,!]{1,14}(?:じゃなくて?|ではなくて?|でなくて?|[はを]?やめて|[はを]?やめ、|の代わりに"
    r"|のかわりに)、?"
    r"|[^、。,!]{1,20}(?:予算(?:オーバー|外|を超)|高(?:すぎ|い)|(?:大き|小さ|重|長|短)すぎ|手が出|売り?切れ(?:か|な)"
    r"|違う(?:か|な)|合わな|微妙|いまいち|要らな|いらな)[^、。,!]{0,8}[、。,!]"
    r"|[^,.!;]{1,40}\b(?:is|are|'s|looks?|seems?)\s+(?:a bit |a little |way "
    r"|just )?(?:too (?:expensive|big"
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


def without_turned_down(words: str) -> str:
    """The words of a casefolded text that are left when what is not wanted is taken out."""
    return _TURNED_DOWN.sub(" ", words)
