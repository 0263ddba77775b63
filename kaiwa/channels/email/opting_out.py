"""Words by which somebody asks for no more advertising, when they are all that was written."""

import re
import unicodedata
from typing import Final

_WORDS: Final = frozenset(
    """
    stop stopall unsubscribe unsubscribeme removeme optout pleaseunsubscribe pleaseunsubscribeme
    pleaseremoveme 停止 配信停止 配信停止希望 配信停止を希望します 配信停止してください
    配信停止お願いします 配信停止をお願いします 配信停止お願いいたします
    配信停止をお願いいたします 配信を停止してください 配信の停止 配信解除 配信解除希望 配信不要
    メール停止 メール配信停止 メール配信停止希望 メールの配信停止 メルマガ停止 メルマガ解除
    メルマガ配信停止 購読解除 購読停止
    """.split()
)
_MARKS: Final = re.compile(r"[\W_]+")
_LONGEST: Final = 60


def opts_out(text: str, subject: str) -> bool:
    """Whether that is what is asked; a subject counts when nothing else is written."""
    said = text.strip() or subject.strip()
    if len(said) > _LONGEST:
        return False
    return _MARKS.sub("", unicodedata.normalize("NFKC", said).casefold()) in _WORDS
