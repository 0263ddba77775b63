"""Whom something is for, and what they like: お茶が好きな人 is a wish for tea, not for people."""

import re
from typing import Final

_PERSON_JA: Final = (
    r"(?:彼氏?|彼女|旦那|夫|妻|奥さん|嫁|両親|父|母|お[父母]さん|祖[父母]|おじい(?:ちゃん|さん)"
    r"|おばあ(?:ちゃん|さん)|友達|友だち|ともだち|友人"
    r"|上司|部下|同僚|先輩|後輩|先生|恋人|家族|親|親戚|息子|娘|兄|姉|弟|妹|孫|知人|方|人|ひと"
    r"|子|自分)(?:さん|様|ちゃん)?"
)
_ASIDE_JA: Final = re.compile(
    rf"(?:これ|それ|この商品)?(?:に|と)?(?:似(?:た|て(?:い)?る?)|同じような|近い)(?:商品|もの"
    rf"|感じの?|の)?|(?:商品|もの|アイテム|品)(?:は|を|が)?$"
    rf"|{_PERSON_JA}(?:への|へ|に|向け(?:の|に)?|あての?|用(?:の|に)?|が|は|の)"
    r"|(?:が|の)(?:好き|大好き|趣味)(?:な|の|で|だ|です|なん)*(?:人|ひと|方|子|友達|友人|母|父"
    r"|彼|彼女|上司|同僚|夫|妻)?(?:です|だ|なん|ので|から|さん|に|へ|への|の)*"
    r"|(?:何|なに)(?:が|か|を)?(?:いい|良い|おすすめ|よい)?(?:です|かな|でしょう|だろう|か)*"
    r"|(?:お)?(?:すすめ|勧め|薦め)(?:の|は|を|が|して)*(?:ください|もらえ|ほしい|あり)*"
    r"|(?:を)?(?:贈|あげ|渡)(?:り|る|ろう|たい)*(?:もの|物)?(?:を)?(?:探して(?:い)?(?:ます"
    r"|る))?|選んで|選び|迷って|相談|教えて|予算は?|くらい|ぐらい|で$|(?:なん)?です(?:けど|が)?"
    r"|なにか|何か|いいもの|良いもの"
)
_PERSON_EN: Final = (
    r"(?:mom|mum|mother|dad|father|wife|husband|boyfriend|girlfriend|son|daughter|brother"
    r"|sister|friends?|boss|teacher"
    r"|coworkers?|colleagues?|parents|grand(?:ma|pa|mother|father|parents)|someone|somebody"
    r"|person|people|him|her|them|me|myself)"
)
_ASIDE_EN: Final = re.compile(
    rf"\b(?:similar|alternatives?|popular|products?|items?|things?)\b(?:\s+to)?"
    rf"|\b(?:for|to)\s+(?:(?:my|a|an|the|our|some)\s+)?(?:\w+\s+)?{_PERSON_EN}(?:-in-law)?\b"
    rf"|\b(?:who|that)\s+(?:really\s+)?(?:likes?|loves?|enjoys?|is into)\b"
    r"|\b(?:he|she|they)(?:'s|'re|\s+is|\s+are)?\s+(?:really\s+)?(?:likes?|loves?|enjoys?"
    r"|into)?\b|\b(?:what|which)\s+(?:would|should|do|can)\s+(?:you|i|we)\b"
    r"|\b(?:would|should|do|can) (?:you|i|we)\b"
    r"|\b(?:recommend(?:ations?)?|suggest(?:ions?)?|advise|pick|choose|which(?: one)?"
    r"|good|nice|best|great|ideas?|something|anything|gift|present|give|buy|get|budget|is|to|a|an|any|me|i|need|looking|for"
    r"|my|of)\b"
)
# What a person is like says what suits: somebody who feels the cold wants warmth.
_SUITS: Final = (
    (re.compile(r"寒がり|冷え性|寒いのが(?:苦手|嫌い)"), "暖かい"),
    (re.compile(r"暑がり"), "涼しい"),
    (re.compile(r"\b(?:always|gets?|feels?)\s+(?:the\s+)?cold\b"), "warm"),
    (re.compile(r"(?:大好き|好き|派|党)(?:な|の)?$"), ""),
)
_EDGES: Final = " 、。,.?!のをにではがと"


def about_them(terms: str) -> str:
    """The words that say what it should be; empty when the person is all that was told."""
    for pattern, suits in _SUITS:
        terms = pattern.sub(suits, terms)
    plain = _ASIDE_JA.sub(" ", terms) if not terms.isascii() else _ASIDE_EN.sub(" ", terms)
    return re.sub(r"\s+", " ", plain).strip(_EDGES)
