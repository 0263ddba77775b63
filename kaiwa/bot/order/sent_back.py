"""What is sealed, or only not wanted, and shall go back: a return, and no complaint.

Anger is heard where there is none when somebody tells at length why a thing is not kept.
"""

import re
from typing import Final

from kaiwa.bot.request import Request

_GOES_BACK: Final = re.compile(
    r"\b(?:can|could|may|might|will|would) (?:it|this|that|they|these|those|one|i|we|you)"
    r" (?:still |just |please )?(?:go|come|send|return|take|be (?:sent|taken|returned))\b"
    r"|\b(?:return|send back|sent back|take (?:it|them|this|that) back)\b"
    r"|返品|返却|返送|お?返し(?:でき|したい|ます|ても)|返せ|送り返|引き取って",
    re.IGNORECASE,
)
_UNUSED: Final = re.compile(
    r"\b(?:(?:still )?(?:sealed|unopened|unused|unworn)|(?:never|not|haven'?t) (?:been )?"
    r"(?:opened|used|worn|touched|tried)|tags? (?:still )?on|in (?:its|the) (?:box|wrapp\w+)"
    r"|(?:ordered|bought|got) (?:one |a )?too many|twice|two of|one from|don'?t need)\b"
    r"|未開封|未使用|使って(?:い)?(?:ない|ません)|開けて(?:い)?(?:ない|ません)|着て(?:い)?(?:ない|ません)"
    r"|余(?:って|り)|だぶ|ダブ|二重に|重なっ",
    re.IGNORECASE,
)
_WRONG: Final = re.compile(
    r"\b(?:broke\w*|damaged?|wrong|missing|dent\w*|crack\w*|chip(?:ped)?|fault\w*|defect\w*|burn\w*"
    r"|leak\w*|torn|rip(?:ped)?|hole|stain\w*|dirty|useless|disgust\w*|furious|angry|annoy\w*"
    r"|unacceptable|terrible|awful|worst|scam|rubbish|late|never (?:came|arrived))\b"
    r"|壊|割れ|破れ|不良|違う(?:もの|商品|の)|汚れ|欠け|足りな|届かな|ひど|酷|最悪|怒|腹が|ふざけ|傷|漏れ|穴",
    re.IGNORECASE,
)
_ANGRY: Final = 0.9


def sent_back(requests: list[Request], text: str) -> list[Request]:
    """The requests without a complaint that is none; a return, where nothing else is left."""
    guessed = [one for one in requests if one.act == "complaint" and one.confidence < _ANGRY]
    if not guessed or _WRONG.search(text):
        return requests
    if not (_GOES_BACK.search(text) and _UNUSED.search(text)):
        return requests
    kept = [one for one in requests if one not in guessed]
    return kept or [Request("return_request", question=text)]
