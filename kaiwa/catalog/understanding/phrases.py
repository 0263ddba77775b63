"""Set phrases of shoppers: stock, whom it is for, and the words around the question itself."""

import re
from typing import Final

from kaiwa.catalog.understanding import Gender
from kaiwa.languages import words_ja
from kaiwa.languages.two_scripts import TwoScripts

_STOCK = TwoScripts(
    r"在庫(?:あり|有り?|(?:が|の)?(?:ある|有る))(?:もの|やつ|品|商品)?(?:のみ|だけ)?|在庫(?:のみ|だけ)"
    r"|(?:今すぐ|すぐに?|早く|明日(?:には?)?|翌日(?:には?)?|今日(?:中に?)?)(?:届く|届けて|買える|欲しい|ほしい|使える)"
    r"|即納|即日(?:発送|配送|出荷)?|(?:当日|翌日|本日|すぐ)(?:に)?(?:発送|配送|配達|出荷)(?:できる|可能?)?(?:な)?"
    r"|(?:明日|明後日|あさって|今日|本日|今週)(?:まで|中)に(?:は)?(?:届く|届けて|着く|使える|買える)"
    r"|今(?:すぐ)?(?:ある|買える|手に入る)(?:もの|やつ|商品)?(?:だけ|のみ)?|まだ(?:買える|残って(?:い)?る)|入荷して(?:い)?る|お?急ぎ(?:で|です)?"
    r"|(?:売り切れ|品切れ|欠品|在庫切れ|在庫なし)(?:以外|じゃない|ではない|(?:を|は)除(?:く|いて|外))|売り切れて(?:い)?ない"
    r"|\b(?:only\s+)?(?:in|on)[ -]stock\b(?:\s+only\b)?"
    r"|\b(?:still\s+|currently\s+)?available(?:\s+(?:now|today|immediately))?\b"
    r"|\b(?:i\s+can\s+)?(?:get|buy|have)\s+(?:it\s+|them\s+)?(?:by\s+)?(?:today|tomorrow|tonight|right\s+now)\b|\bon\s+hand\b"
    r"|\b(?:that\s+)?(?:(?:is|are)n'?t|(?:(?:is|are)\s+)?not)\s+(?:sold\s+out|out\s+of\s+stock)\b|\bready\s+to\s+ship\b"
    r"|\b(?:that\s+)?(?:(?:can|will)\s+)?(?:ships?|delivered|delivery|arrives?)\s+(?:today|now|tomorrow|immediately|right\s+away|straight\s+away|at\s+once)\b"
    r"|\b(?:same|next)[ -]day\s+(?:delivery|shipping)\b"
    r"|\bleft\b(?=\s+in\b|\s*\?|\s*$)|\b(?:ready|can)\s+ship\b(?:\s+(?:today|now))?|\basap\b|\bneed\s+(?:it|them)\s+(?:today|tomorrow|now|asap)\b"
)
_FOR = r"(?:用|向け|もの|物|(?:が|でも|も|に)(?:使える|持てる|着られる|着れる|履ける|似合う|合う))?"
_EVERYONE = TwoScripts(
    r"ユニセックス|男女(?:兼用|共用|両用|問わず|とも|どちらでも)(?:使える|着られる|着れる)?"
    r"|\bunisex\b|\bgender[ -]neutral\b"
    r"|\bfor\s+(?:anyone|everyone)\b"
    r"|\b(?:for\s+)?(?:both\s+)?(?:m[ae]n'?s?\s+(?:and|or|&)\s+wom[ae]n'?s?"
    r"|wom[ae]n'?s?\s+(?:and|or|&)\s+m[ae]n'?s?)\b"
)
_GENDERS: Final[list[tuple[Gender, TwoScripts]]] = [
    (
        "k",
        TwoScripts(
            rf"キッズ{_FOR}|子供(?!部屋)(?:服)?{_FOR}|子ども(?!部屋){_FOR}|こども(?!部屋){_FOR}|女の子{_FOR}|男の子{_FOR}|ジュニア{_FOR}"
            rf"|ベビー{_FOR}|赤ちゃん{_FOR}|幼児{_FOR}|[男女]児{_FOR}|小学生{_FOR}|園児{_FOR}"
            r"|\b(?:kid'?s?|child(?:ren)?'?s?|boy'?s?|girl'?s?|toddler'?s?|bab(?:y|ies)'?s?|infants?)\b"
        ),
    ),
    (
        "f",
        TwoScripts(
            rf"レディー?ス|女性{_FOR}|女の人{_FOR}|女物|女子(?!高|校|会){_FOR}|婦人{_FOR}|ウ[ィイ]メンズ"
            r"|\b(?:wom[ae]n'?s?'?|lad(?:y|ies)'?|female|womenswear)(?!\w)"
        ),
    ),
    (
        "m",
        TwoScripts(
            rf"メンズ|男性{_FOR}|男の人{_FOR}|男物|男子(?!校){_FOR}|紳士{_FOR}"
            r"|\b(?:m[ae]n'?s?'?|male|menswear|guys?'?|gents?'?|gentlem[ae]n'?s?)(?!\w)"
        ),
    ),
]
_FILLERS = TwoScripts(
    r"(?:は|が|を|って)?(?:(?:まだ|他に)?(?:あります(?:でしょう)?か|ありませんか|ある[?？]|ないですか|ありますー?)"
    r"|売って(?:い)?ますか|置いて(?:い)?ますか)[ーぁ？?]*"
    r"|を?(?:探して(?:い)?(?:ます|る|る?んですが|ください|中)?|見せて(?:ください|下さい|ほしい)?|見たい)"
    r"|を?(?:教えて(?:ください|下さい)?|ください|下さい|欲しい(?:です)?|ほしい(?:です)?|お願い(?:します)?|買いたい(?:です)?)"
    r"|(?:の)?おすすめ(?:の|は|を|が)?|オススメ(?:の|は)?|お勧め(?:の|は)?|が(?:いい|良い)(?:です|な)?$"
    r"|(?:は)?どれ(?:ですか)?$|(?:で)?お願い(?:し(?:ます|たい))?|何か(?:いい|良い)?|できれば|なるべく"
    r"|\b(?:do|does)\s+you\s+(?:guys\s+)?(?:still\s+)?(?:have|sell|carry|stock)(?:\s+any)?\b"
    r"|\b(?:have\s+you\s+)?got\s+any\b"
    r"|\bi(?:'m|m|\s+am)?\s+(?:looking|searching)\s+(?:for|to\s+buy)\b|\blooking\s+(?:for|to\s+buy)\b"
    r"|\b(?:please\s+)?(?:can|could)\s+you\s+(?:show|find|recommend|suggest)(?:\s+me)?\b"
    r"|\b(?:show|find|get|give)\s+(?:me|us)\b|\b(?:help\s+me\s+find|i\s+wanna\s+buy|where\s+can\s+i\s+find)\b"
    r"|\bi(?:'d|\s+would)?\s+(?:want|need|like|wanna)(?:\s+to\s+(?:buy|get|find|spend|see))?\b|\bto\s+spend\b"
    r"|\b(?:please|pls|plz|thanks|thank\s+you)\b|\brecommend(?:ed|ations?)?\b|\bshow\b|\bis\s+there\b|\bare\s+there\b"
    r"|プチプラ(?:の|な)?|安くて|お?高(?:すぎ|く)ない(?:もの|やつ|の)?|値段は?(?:気に|問わ)(?:しない|ない)"
    r"|\b(?:that'?s\s+)?not\s+(?:(?:too|very|so|that)\s+)?(?:expensive|pricey)\b|\bthat'?s\b|\bthats\b"
    r"|\b(?:but\s+)?not\s+(?:too|so|very|overly|really|super)\s+[a-z]+\b|\bbut\b"
    r"|\b(?:very|really|quite)\b|\b(?:that|which)\s+(?:is|are)\b"
    r"|\b(?:what|how)\s+about\b|\bwhat\s+(?:kinds?|sorts?|types?)\s+of\b"
    r"|\b(?:that\s+)?(?:you|u|y'?all)(?:\s+guys)?(?:'ve)?\s+(?:have|got|sell|carry|stock)\b"
    r"|\blo+l\b|\b(?:ha){2,}h?\b"
    r"|\bsomething\b|\banything\b|\bany\b|^\s*i\s*(?=[.,]|$)"
)
_EDGE = re.compile(
    r"^[\s\-、。,.?!]+|[\s\-、。,.?!]+$|(?<=\s)[のでにをはがと](?=\s|$)|^[のでにをはがと](?=\s)"
)
_SMALL = r"(?:a|an|the|any|some|for|in|with|of|and|or|that|which|is|are|be|at|by|to)"
_SMALL_WORDS = re.compile(rf"^(?:{_SMALL}\s+)+|(?:\s+{_SMALL})+$")


def stock(text: str) -> tuple[bool, str]:
    """Whether only what is in stock is wanted."""
    rest = _STOCK.sub(" ", text)
    return rest != text, rest


def gender(text: str) -> tuple[Gender | None, str]:
    """Whom it is for."""
    if _EVERYONE.search(text):
        return "u", _EVERYONE.sub(" ", text)
    for name, pattern in _GENDERS:
        if pattern.search(text):
            return name, pattern.sub(" ", text, count=1)
    return None, text


def without_fillers(text: str) -> str:
    """What is left when the asking itself and stray particles are gone."""
    text = _FILLERS.sub(" ", text)
    before = ""
    while before != text:
        before = text
        text = _SMALL_WORDS.sub(" ", _EDGE.sub(" ", text.strip())).strip()
    return _without_leading_grammar(re.sub(r"\s+", " ", text))


def _without_leading_grammar(text: str) -> str:
    # 「3000円以下の皿」 leaves 「の皿」: nothing begins with a particle, but のれん is a word.
    words = [] if text.isascii() else words_ja.words(text) or []
    begins = next((one.begin for one in words if not _trails(one)), 0)
    return text[begins:]


def _trails(word: words_ja.Word) -> bool:
    # An auxiliary is often the first letter of a word in kana that the dictionary does not know.
    return word.is_grammar and (word.part != "助動詞" or word.surface in ("な", "だ", "です"))
