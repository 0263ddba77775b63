"""What is said around a wish and is none: hesitations, mere names, a change of language.

A hesitation tells nothing; a mere name or "this one" belongs to the wish beside it.
"""

import re
from typing import Final

from kaiwa.bot.nlu.phrases import spoken_acts, whole_act
from kaiwa.vocabulary.language import Language

_END = r"[\s。、.,!?！？ー~〜♪…\-:]*"
_JA = (
    r"(?:あ+っ?|え[ーぇえ]*っ?|え+っと?|まじ(?:か|で)?|うそ|嘘|えーと|えと|う+ん+と?|んー+|ええと|あの|その|へえ?|ふーん|ほう|ほー"
    r"|おお|お"
    r"|なるほど|そう(?:です|なん(?:です|だ)?|か|なの)?(?:か|ね|よね|かあ?)?|いいね"
    r"|いいですね|ですよね"
    r"|まあ(?:いい(?:か|や|です)?)?|しょうがない(?:な|ですね|か)?|しゃあない(?:な)?"
    r"|仕方ない(?:な|です(?:ね)?)?"
    r"|残念(?:です)?|ない(?:ん(?:です|だ)|の)?(?:か|ね|かあ?)?|売り?切れ(?:なん(?:です"
    r"|だ))?(?:か|ね|かあ?)?"
    r"|品切れ(?:か|かー)?|高い(?:な|ですね|なあ)?|わかった(?:よ)?|了解(?:です)?|承知(?:です"
    r"|しました)?"
    r"|ごめん(?:なさい|ね)?|すみません|すいません|失礼(?:しました)?|待って|ちょっと(?:待って)?"
    r"|かんぺき|完璧|最高|すごい|素敵(?:です)?|よし|オッケー|ok|はいはい)(?:です|ね|よ|な|なあ)?"
)
_EN = (
    r"(?:u[hm]+|h+m+|oh+|ah+|well|so|ok(?:ay)?|right|cool|great|nice|lovely|perfect|awesome|fine"
    r"|good|wow|ugh|argh|sorry|pardon(?: me)?|excuse me|my bad|oops|hang on|hold on"
    r"|wait(?: a (?:sec"
    r"|second|minute|moment))?|one (?:sec|second|moment)|no worries|worth a try|too bad|pity"
    r"|shame|bummer|damn|got it|i see|fair enough|alright|sure|true|interesting|love it"
    r"|no wait|let(?:'?s| me) see|come on|seriously|really|bad news|good news|lol|haha+|expired"
    r"|sold out)"
)
_NEVER_MIND = (
    r"(?:actually,? |oh,? |no,? )?(?:never ?mind|nvm|forget|skip|scratch) (?:about )?"
    r"(?:the|that|this|my)(?: [\w'-]+){1,2}"
)
_TONGUE = (
    r"(?:やっぱり?|また|もう一度)?(?:英語|日本語)(?:で|に(?:して|戻して|切り替えて)?|でも)"
    r"(?:いい(?:ですか)?|お願いします?|話します|聞きます|ください|大丈夫(?:です)?)?"
    r"|(?:in )?(?:english|japanese)(?: again| now| then)?(?:,? (?:please|pls|plz))?"
)
_FILLER: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(rf"{_END}(?:{_JA}|{_TONGUE})(?:{_END}{_JA})?{_END}"),
    "en": re.compile(rf"{_END}(?:{_EN}|{_TONGUE}|{_NEVER_MIND})(?:{_END}{_EN}){{0,2}}{_END}"),
}
_MASKS = r"\ue000-\ue0ff"
_NOUN: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(
        rf"{_END}(?:(?:あと|で|じゃあ?|それと)?(?:これ|それ|あれ|こっち|そっち)"
        rf"|[一-鿿々ァ-ヺー{_MASKS}]{{1,10}})(?:[はがをのも]|って|なら"
        rf"|[はがも]?もう?(?:いい|要らない|いらない)(?:かな|です|や|から|ので)?)?{_END}"
    ),
    "en": re.compile(
        rf"{_END}(?:(?:the|that|this|those|these|my)\s+(?:[\w'{_MASKS}-]+\s?){{1,3}}"
        rf"|(?:it|this|that|these|those)|[{_MASKS}\s]+(?:one|ones)?){_END}"
    ),
}


# "… and the air purifier from order 1024 please": one more of what was said before it.
_ONE_MORE: Final = re.compile(
    rf"{_END}(?:(?:the|my|that|those|these|a|an) )?[{_MASKS}][{_MASKS}\s]*"
    rf"(?:(?:from|of|in) (?:(?:the|my|that|order|number) ?)*[{_MASKS}\s]*)?"
    rf"(?:please|pls|too|as well)?{_END}"
)


def is_one_more(masked: str) -> bool:
    """Whether a stretch only names another thing, perhaps with the order it is in: it goes on."""
    return _ONE_MORE.fullmatch(masked) is not None


def is_chatter(text: str, language: Language) -> bool:
    """Whether a folded stretch says nothing that is to be done, beside what else is said."""
    return _FILLER[language].fullmatch(text) is not None


def is_mere_name(masked: str, language: Language) -> bool:
    """Whether a stretch, what was found in it masked, only names or points at something."""
    if whole_act(masked.strip(), language) or spoken_acts(masked, language)[0]:
        return False
    return _NOUN[language].fullmatch(masked) is not None
