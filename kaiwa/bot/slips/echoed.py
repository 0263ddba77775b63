"""What was just told, said once more before what follows from it: 品切れですか…。でしたら黒に.

An echo asks nothing: "oh so it's sold out. then the black one" wants the black one.
"""

import re
from typing import Final

_ECHO: Final = re.compile(
    r"^\s*(?P<said>[^。…!！?？\n]{1,30}?(?:(?P<sighs>のか|んだ|のね|んですね|んやな?|んか|なのか)|ですか|でしたか))"
    r"(?:よ|な|ね|ねえ|ぁ|あ)?[。…!！、]+\s*"
    r"(?=(?P<so>なら|でしたら|それなら|それでしたら|だったら|そしたら|そうしたら|ほんなら|そんなら|仕方)"
    r"|じゃあ?|では|ほな)"
)
_ECHO_EN: Final = re.compile(
    r"^\s*(?:oh|ah|aw+|ohh+|damn|shame|hm+|ugh|so|right)\b[\s,.!…]*+(?:so |ok |well )?"
    r"(?P<said>(?!(?:can|could|would|do|does|is|are|how|what|when|where|which|who|will)\b)"
    r"[^.?!…\n]{3,60})[.?!…,]+\s+(?=(?:ok(?:ay)?[\s,]+|well[\s,]+|alright[\s,]+)?"
    r"(?:then|in that case|well then|guess|i guess|i'?ll just)\b)",
    re.IGNORECASE,
)
_WISHES: Final = re.compile(
    r"くだ|下さ|お願|たい|ほし|欲し|もらえ|いただけ|いくら|いつ|何|どこ|どれ|どの|どう|どち|どっち|誰|なぜ|[ま]せんか"
    r"|しか|だけ|\b(?:please|i want|i'?ll|i'?d|i need|only|just|what|how|when|which)\b",
    re.IGNORECASE,
)


def without_echo(text: str, *, answered: bool) -> str:
    """The text without such an echo; only where something was `answered` before."""
    found = (_ECHO.match(text) or _ECHO_EN.match(text)) if answered else None
    if found is None or _WISHES.search(found["said"]):
        return text
    groups = found.groupdict()
    if "so" in groups and not groups["so"] and not groups["sighs"]:
        return text  # 使えますか。では2枚ください asks first
    return text[found.end() :]
