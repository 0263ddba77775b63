"""Whether a text denies something: "we cannot" must not become "we can", nor the other way."""

import re
from typing import Final

from kaiwa.bot.model.claims.stated import folded

# A polite question denies nothing: 「ほかにございませんか」.
_ASKED: Final = re.compile(
    r"(?:ません|ない(?:です|でしょう)?)か(?=[。？?、\s]|"
    r"$)|かもしれません|すみません|申し訳(?:あり|ござい)ません"
    r"|間違いありません|問題(?:は)?(?:あり|ござい)ません|"
    r"差し?支えなければ|少な|危な|切な|つまらな|ならでは"
    r"|\b(?:don't|do not) (?:hesitate|worry|forget)|\bno "
    r"(?:problem|worries|rush|need)\b|\bwhy not\b"
    r"|\bisn't it\b|\bnot only\b|\bwouldn't you\b|\bnothing else\b|\bno\. ?\d",
    re.ASCII,
)
_DENIED: Final = re.compile(
    r"ません|ない(?![でよ]う)|なかっ|なく(?:な|て)|(?<![まかもひみえわき])ず"
    r"(?=に|、|。)|不可|できかね|いたしかね|しかね"
    r"|かねま|かねる|残念|あいにく|無し|なし(?![とで])|未(?!来|満|使用)|品切れ|売り切れ|切れ"
    r"|\b(?:no|not|none|never|cannot|unable|unfortunately|"
    r"without|neither|nor|afraid|unavailable)\b|n't\b"
    r"|\b(?:sold|out of|couldn't|failed)\b",
    re.ASCII,
)


def denies(text: str) -> bool:
    """Whether the text says of anything that it is not so."""
    return bool(_DENIED.search(_ASKED.sub(" ", folded(text).text)))
