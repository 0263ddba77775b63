"""Yes or no, where a shop's own words settle it: 食洗機 不可, ガス火（IH不可）, Dishwasher: No."""

import re
from collections.abc import Iterable
from typing import Final

_NO: Final = re.compile(
    r"不可|非対応|未対応|(?:対応|使用|利用|洗濯|入|付)(?:は|して)?(?:い)?(?:ない|ません)"
    r"|できません|出来ません|使えません|使えない"
    r"|なし|無し|ありません|いけません|避け|ng\b|×|\bno\b|\bnot\b|n't\b|\bnone\b|\bnever\b"
    r"|\bwithout\b|\bcannot\b|\bavoid\b"
)
_FIRST_NO: Final = re.compile(
    r"^(?:不可|非対応|未対応|なし|無し|できません|使えません|ありません|×|no\b|not\b|none\b"
    r"|never\b)"
)
_FIRST_YES: Final = re.compile(
    r"^(?:可|対応|あり|有り|ok|できます|使えます|○|◯|yes\b|available\b|suitable\b|safe\b"
    r"|compatible\b)"
)
_GROUPS: Final = re.compile(r"[／/（）()、,;。]|\.\s")
_OPEN_JA: Final = re.compile(
    r"何|なに|なん(?!(?:だ|です)(?:けど|が|よ|ね|から|し))|どれ|どの|どこ|どう|どんな|どち|どっち"
    r"|いく[つら]|いつ|誰|なぜ|教えて|知りたい|(?:は|って)[?？。!\s]*$"
)
_OPEN_EN: Final = re.compile(r"\b(?:what|which|where|when|who|why|how|tell)\b")
_CLOSED: Final = re.compile(
    r"ますか|ですか|ません?か|[?？]|(?:ある|いける|できる|使える|入る|ok|大丈夫|平気|可"
    r"|可能)(?:です|ます)?か?[。!]*$"
    r"|(?:[えけせてねべめれげ]る|できる|ある)(?:の|ん|かな|かね|かしら|よね|やろか)+[。!]*$"
    r"|[えけせてねべめれげき]ん(?:の|かな|か)[。!]*$"
    r"|^\W*(?:can|is|are|does|do|will|would|could|has|have|may)\b"
)
# What is one thing by several names.
_SAME: Final = (("ih", "電磁調理", "induction"), ("有線", "wired", "3.5mm"), ("オーブン", "oven"))


def is_closed(question: str) -> bool:
    """Whether a folded question can be answered by yes or no."""
    is_open = _OPEN_JA.search(question) or _OPEN_EN.search(question)
    return not is_open and _CLOSED.search(question) is not None


def verdict(value: str, keys: Iterable[str]) -> bool | None:
    """What a folded value says of what was asked; None where it does not settle it.

    `keys` are the words asked for: what the value says of just these goes first.
    """
    groups = [one.strip() for one in _GROUPS.split(value) if one.strip()]
    for key in keys:
        for way in ways(key):
            if own := [one for one in groups if way in one]:
                return not any(_NO.search(one) for one in own)
    if _FIRST_NO.match(value.strip()):
        return False
    return True if _FIRST_YES.match(value.strip()) else None


def ways(key: str) -> tuple[str, ...]:
    """A word, and what the same thing is called besides."""
    same = next((group for group in _SAME if any(one in key for one in group)), ())
    return (key, *same)
