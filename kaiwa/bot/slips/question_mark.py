"""The mark of a Japanese question that was left out: それの青はある, 送料いくら, 紺のシングルは.

Set only where the form of the last sentence asks and nothing else in it does; what may be a remark
(うちにもある) stays as it is. English asks by the order of its words.
"""

import re
from typing import Final

_ENDS: Final = re.compile(r"[?？!！]\W*$")
_LAST: Final = re.compile(r"(?:^|[。!！?？\n])\s*(?P<last>[^。!！?？\n]+)[。…〜~]*\s*$")
_CAN: Final = (
    r"(?:ある|いける|できる|出来る|使える|選べる|洗える|入る|付く|つく|届く|頼める|買える|送れる|食べられる"
    r"|飲める|[一-鿿々][えけげせてねべめれ]る|られる|ってる|いてる|んでる|してる|れてる|ている|でいる"
    r"|大丈夫|平気|おっけー|オッケー|ok|可能|あり)"
)
_ASKS: Final = re.compile(
    rf"(?:っけ|(?<!今)(?:は|って|なら)[^、\s]{{0,10}}?{_CAN}"
    r"|[一-鿿々ァ-ヺーa-z0-9](?:は|なら)"
    r"|(?<=[一-鿿ァ-ヶーはてで、\s])(?:いつ|どこ|いくら|なんぼ|何)"
    r"|(?:いつ|どこ|どっち|どちら|いくら|なんぼ|何(?!か|も)|誰(?!か|も)|どれ)(?!でも|か|も|がいい)"
    r"[^、\s]{0,8}(?:る|く|い|う|す|つ|円|個|日|色|枚|本|分|cm|くら|いつ|どこ|どっち|ら|何))$",
    re.IGNORECASE,
)
_OF_ONESELF: Final = re.compile(r"うち|家|私|わたし|僕|俺|もう|持って|自分")
_JAPANESE: Final = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_LONGEST: Final = 200


def with_question_mark(text: str) -> str:
    """The text with the mark; itself where it has one, or does not ask by its form."""
    if len(text) > _LONGEST or _ENDS.search(text) or not _JAPANESE.search(text):
        return text
    last = _LAST.search(text)
    said = last["last"].strip() if last else ""
    if _OF_ONESELF.search(said) or not _ASKS.search(said):
        return text
    return f"{text.rstrip(' 。…〜~')}？"
