"""The mark of a question that was left out: "is it waterproof", "それの青はある", "送料いくら".

Set only where the form of the last sentence asks; what may be a wish ("can you add one") or a
remark ("what a pity", うちにもある) stays as it is.
"""

import re
from typing import Final

_ENDS: Final = re.compile(r"[?？!！]\W*$")
_LAST: Final = re.compile(r"(?:^|[.。!！?？\n]\s*)(?P<last>[^.。!！?？\n]+)[.。…〜~]*\s*$")
_LEADS: Final = (
    r"\s*(?:(?:and|so|but|ok|okay|oh|then|also|well|cool|nice|alright|wait|yeah|great|hey|thanks"
    r"|actually|plus|btw|sorry)[ ,]+){0,3}"
)
_SUBJECT: Final = (
    r"(?:it|its|that|this|the|these|those|you|u|there|they|i|we|my|your|any|a|an|he|she|anyone"
    r"|someone|both|all|one|shipping|delivery|returns?)"
)
_ENGLISH: Final = re.compile(
    _LEADS + r"(?:"
    r"(?:what|what'?s|what're)(?! (?:a|an|i|if)\b)|who|who'?s|whose|why|which"
    r"|how(?:'?s)?(?! (?:nice|lovely|sad|rude|annoying|sweet|kind|funny|about\b.*please)\b)"
    r"|(?:when|where)(?:'?s| (?:is|are|do|does|did|will|would|can|was|were|from)\b)"
    r"|(?:is|are|was|were|does|did|has|isn'?t|aren'?t|doesn'?t|didn'?t|wasn'?t)"
    rf" (?:{_SUBJECT}|[a-z]+ing|[a-z]+s)\b"
    r"|do (?:you|u|they|i|we|these|those|the|any|both|all)\b|don'?t (?:you|they|these)\b"
    r"|have (?:you|u|they) (?:got|any)\b|got any\b|any (?!of\b)[a-z]+(?: [a-z]+){0,3}$"
    r"|(?:will|would|can|could|should) (?:it|that|this|the|these|those|they|my)\b"
    r")\b",
    re.IGNORECASE,
)
_CAN: Final = (
    r"(?:ある|いける|できる|出来る|使える|選べる|洗える|入る|付く|つく|届く|頼める|買える|送れる|食べられる"
    r"|飲める|[一-鿿々][えけげせてねべめれ]る|られる|ってる|いてる|んでる|してる|れてる|ている|でいる"
    r"|大丈夫|平気|おっけー|オッケー|ok|可能|あり)"
)
_JAPANESE: Final = re.compile(
    r"(?:(?:ます|です|ません|でした|ました|でしょう)か(?:ね)?|っけ"
    rf"|(?<!今)(?:は|って|なら)[^、\s]{{0,10}}?{_CAN}"
    r"|(?:[一-鿿々ァ-ヺー]|[a-z0-9])(?:は|なら)"
    r"|(?<=[一-鿿ァ-ヶーはてで、\s])(?:いつ|どこ|いくら|なんぼ|何)"
    r"|(?:いつ|どこ|どっち|どちら|いくら|なんぼ|何(?!か|も)|誰(?!か|も)|どれ|どんな)(?!でも|か|も|がいい)"
    r"[^、\s]{0,8}(?:る|く|い|う|す|つ|の|円|個|日|色|枚|本|分|cm|くら|いつ|どこ|どっち|ら|何))$",
    re.IGNORECASE,
)
_OF_ONESELF: Final = re.compile(r"うち|家|私|わたし|僕|俺|もう|持って|自分")
_KANA: Final = re.compile(r"[ぁ-んァ-ヶ一-鿿]")


def with_question_mark(text: str) -> str:
    """The text with the mark; itself where it has one, or does not ask by its form."""
    last = _LAST.search(text)
    if _ENDS.search(text) or last is None:
        return text
    said = last["last"].strip()
    if not _KANA.search(said):
        return f"{text.rstrip(' .…~')}?" if _ENGLISH.match(said) else text
    if _OF_ONESELF.search(said) or not _JAPANESE.search(said):
        return text
    return f"{text.rstrip(' 。…〜~')}？"
