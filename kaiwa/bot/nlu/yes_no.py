"""Yes, no, or neither: read by rule, because a yes may move money.

Only a text that is nothing but a yes is one. 大丈夫です and 結構です mean either: they are
unclear, and the bot asks again. A yes with a "but" is a correction, see `replying.py`.
"""

import re
from typing import Final, Literal, TypeAlias

from kaiwa.vocabulary.language import Language

Verdict: TypeAlias = Literal["yes", "no", "unclear"]

_JA_YES = (
    r"(?:はい+|うん+|ええ|そう(?:です(?:ね)?|してください|して|ですよ)?|おk(?:です)?|ok(?:です)?|オッケー|オーケー|おけ|了解(?:です|しました)?"
    r"|わかりました|分かりました|承知(?:いた)?しました|かしこまりました|お願い(?:します|致します|いたします)?|おねがい(?:します)?|頼みます|それで(?:お願い(?:します)?|頼みます|いい(?:です|や|よ)?|行きましょう|ok(?:です)?)|すすめて(?:ください)?"
    r"|もちろん(?:です)?|ぜひ(?:お願いします)?|進めて(?:ください)?|確定(?:で|して(?:ください)?|します)?|(?:それで|はい)?(?:合って|あって)(?:い)?(?:ます|る)|それで(?:大丈夫|結構)です|間違い(?:ない|ありません)(?:です)?|確かです|やって(?:ください)?|やっちゃって(?:ください)?|やっといて(?:ください)?|その通り(?:です)?"
    r"|いいですよ|いいよ|問題(?:ない|ありません)(?:です)?|構いません|イエス|yes|買います|注文します|はいはい"
    r"|(?:その|この|おっしゃる|言う)(?:通り|とおり|内容|条件|形|方向)(?:に|で)?"
    r"(?:(?:進めて|すすめて|して|やって|手配して)(?:ください|下さい|くださいませ|くれ|ちょうだい|もらえますか|いただけますか|ほしい(?:です)?)?"
    r"|お願い(?:します|致します|いたします)?|頼みます|頼む|間違い(?:ない|ありません|ございません|なし)(?:です)?|合っています)"
    r"|そうして(?:くれ|ちょうだい|もらえますか|いただけますか|もらえる)"
    r"|続けて(?:ください)?|はい[、。 ]*(?:両方|全部|すべて)(?:です|お願いします)?"
    r"|(?:両方|全部|すべて)(?:はい|お願いします)|はい[、。 ]*それで)"
)
_JA_NO = (
    r"(?:いいえ|いえ(?:いえ)?|いや(?:です)?|ううん|違い?ます|違う|ちがう|ちがいます|だめ(?:です)?|ダメ(?:です)?|ノー|no|やめ(?:ます|る|ておきます|とく|とき?ます|ておく|て|てください)?"
    r"|いらない(?:です)?|いりません|要りません|要らない|不要(?:です)?|必要(?:ない(?:です)?|ありません)|しません|しない(?:で(?:ください)?)?|やっぱり(?:いい(?:です)?|やめます|やめる|やめた|なし)"
    r"|もういい(?:です)?|遠慮(?:します|しておきます)|なし(?:で)?|(?:やっぱり)?(?:取り?消さない|キャンセルしない)(?:で(?:ください)?)?"
    r"|(?:やっぱり)?残して(?:おいて)?(?:ください)?|今は(?:いい(?:です)?|やめておきます)|中止|ストップ|キャンセル(?:で|します|して)?)"
)
_JA_UNCLEAR = (
    r"(?:大丈夫(?:です|だよ|かな)?|結構(?:です)?|けっこう(?:です)?|いいです|良いです|いい|平気(?:です)?|間に合って(?:い)?ます|たぶん|多分"
    r"|どうしよう|うーん|まあ|微妙)"
)
_EN_YES = (
    r"(?:yes+|yep|yeah|yup|ya|sure(?: thing)?|ok(?:ay)?|k|y|alright|right|correct"
    r"|that'?s (?:right|correct|fine|it)|exactly|of course|absolutely|definitely"
    r"|please(?: do)?|go ahead|do it|go for it|(?:sounds|seems) (?:good|great|right|about right)"
    r"|looks (?:good|right)|confirm(?:ed)?|i confirm|i agree|agreed|proceed|perfect"
    r"|yes please|i do|i am(?: sure)?|i'?m (?:sure|certain|positive)|that works"
    r"|(?:please )?(?:go ahead|proceed|carry on|continue)"
    r" (?:with (?:it|that|this)|like that|as you said)"
    r"|(?:please )?do (?:it|so) (?:like that|that way|as you (?:said|say))"
    r"|place (?:it|the order)|(?:yes,? )?(?:please )?(?:go on|carry on|continue)"
    r"|(?:both(?: items)?|all(?: of (?:it|them))?|everything),? (?:yes|yep|yeah|please)"
    r"|(?:yes|yep|yeah),? (?:both|all of (?:it|them)|everything)(?: items)?)"
)
_EN_NO = (
    r"(?:no+|nope|nah|n|no (?:thanks|thank you|thx)|not (?:now|today|really|yet)"
    r"|never ?mind|forget it|don'?t(?: do (?:it|that))?|stop|cancel(?: (?:it|that))?"
    r"|wrong|that'?s (?:wrong|not right)|incorrect|negative|i don'?t(?: want (?:it|that"
    r"|to))?|i'?d rather not|not that|abort|no way|hold on|wait"
    r"|(?:actually,? )?(?:leave|keep) (?:it|them|that|everything)"
    r"(?: (?:as (?:it|they) (?:is|are)|alone|be))?(?:,? i (?:do|still) (?:want|need) (?:it|them))?)"
)
_EN_UNCLEAR = (
    r"(?:i'?m (?:good|fine|ok(?:ay)?)|it'?s (?:fine|ok(?:ay)?|alright)|that'?s (?:ok(?:ay)?"
    r"|alright)|fine|maybe|perhaps|i guess(?: so)?|whatever|not sure|hmm+|i don'?t know"
    r"|idk)"
)
_PATTERNS: Final[dict[Language, tuple[str, str, str]]] = {
    "ja": (_JA_YES, _JA_NO, _JA_UNCLEAR),
    "en": (_EN_YES, _EN_NO, _EN_UNCLEAR),
}
_END = r"[\s。、.,!！ー~〜♪…]*"


def _whole(words: str, closing: str) -> re.Pattern[str]:
    return re.compile(rf"{_END}{words}(?:{_END}{words}){{0,2}}(?:{closing})?{_END}")


_CLOSING: Final[dict[Language, str]] = {
    "ja": r"[ねよわ]|です",
    "en": r",? (?:please|thanks|thank you|thx|then|sure|yes|no)",
}
_WHOLE: Final = {
    language: tuple(_whole(words, _CLOSING[language]) for words in patterns)
    for language, patterns in _PATTERNS.items()
}
_NO_BEFORE: Final[dict[Language, re.Pattern[str]]] = {
    language: re.compile(rf"{_END}{patterns[1]}{_END}{patterns[2]}{_END}")
    for language, patterns in _PATTERNS.items()
}


def verdict(text: str, language: Language) -> Verdict | None:
    """What a folded text answers to a yes-or-no question; None when it says more than that."""
    plain = text.strip()
    if len(plain) > 40:
        return None
    yes, no, unclear = _WHOLE[language]
    if no.fullmatch(plain) or _NO_BEFORE[language].fullmatch(plain):
        return "no"
    if unclear.fullmatch(plain):
        return "unclear"
    return "yes" if yes.fullmatch(plain) else None
