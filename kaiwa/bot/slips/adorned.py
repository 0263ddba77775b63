"""What adorns a text and says nothing: emoji beside words, faces, laughter, a moment's thought.

"はい🙏", "はいｗ" and "えっと、はい" are a yes as はい is. A text of nothing else keeps it: a thumb
alone may be an answer. Stars stay, for they may rate, and so does an angry face.
"""

import re
from typing import Final

_PICTURES: Final = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u26ff\u2700-\u2714\u2717-\u27bf\u231a-\u23ff"
    "\u266a\u200d\ufe0f\u20e3]+"
)
_ANGRY: Final = re.compile("[😠😡😤🤬💢]")
_KEYCAP: Final = re.compile("(?<=[0-9])\ufe0f?\u20e3")
_FACES: Final = re.compile(
    r"[(（](?:笑|泣|汗|涙|爆|苦笑|照|喜|怒|w+|ﾜﾗ)[)）]"
    r"|m\s?[(（][\s_＿.]+[)）]\s?m"
    r"|m?[(（](?=[^()（）]*[\^;；´｀`∀ωдД▽≧≦><_・•°T])[^()（）\w一-鿿]{0,3}"
    r"(?:[\^;；´｀`∀ωдД▽≧≦><_・•°To.-]){2,6}[^()（）\w一-鿿]{0,3}[)）]m?[ノﾉ]?"
    r"|(?<![\w/])(?:[:;=]'?-?[)(DPp]|<3|\^_*\^|xD|XD)(?![\w/])"
)
_LAUGHTER: Final = re.compile(
    r"(?<=[ぁ-んァ-ヶー一-鿿。、！!?？…）)」])(?:[wｗ]+(?![\w@.-])|笑+(?=\s|$))"
)
# In more words it tells small talk: "do robots have skin lol".
_LAUGHED: Final = re.compile(
    r"(?<![\w'-])(?:lo+l+|lmf?ao|rofl|(?:ha){2,}h?|(?:he){2,}h?)(?![\w'-])[,.!]*",
    re.IGNORECASE,
)
_FEW: Final = 4
_LONGEST: Final = 1_000
_THINKING: Final = (
    re.compile(
        r"^\s*(?:(?:え[ーえぇ]*っ?と[ーねぇ]*|えー?と|あの[ーうぅ~〜]+|あの(?=[、,…])|んー+(?!と)"
        r"|うーんと|あのですね|あのさー?(?=[、,]))[、,。…\s]*)+"
    ),
    re.compile(r"^\s*(?:(?:u+m+|u+h+|e+r+m?|hmm+|mmm+)(?![\w'-])[,.…\s]*)+", re.IGNORECASE),
)
_LETTER: Final = re.compile(r"[^\W_]")
_BEFORE_A_MARK: Final = re.compile(r"[ \t]+(?=[、。！？!?,.](?:\s|$))")


def unadorned(text: str) -> str:
    """The text without; itself where nothing adorns it, or else is said, and a whole page."""
    if len(text) > _LONGEST or _ANGRY.search(text):
        return text
    plain = _PICTURES.sub(" ", _KEYCAP.sub("", text))
    plain = _LAUGHTER.sub(" ", _FACES.sub(" ", plain))
    if len(plain.split()) <= _FEW:
        plain = _LAUGHED.sub(" ", plain)
    for pattern in _THINKING:
        plain = pattern.sub("", plain)
    if plain == text or not _LETTER.search(plain):
        return text
    return _BEFORE_A_MARK.sub("", plain).strip()
