"""Whether a value is of the kind that a question asks for: 何時間 is told in 時間, いくら in 円."""

import re
from typing import Final

_KINDS: Final = tuple(
    (re.compile(asks), re.compile(tells))
    for asks, tells in (
        (
            r"何時間|何分|何日|どのくらい(?:もつ|持つ|かか)|どれくらい(?:もつ|持つ|かか)"
            r"|\bhow (?:long|many (?:hours|minutes|days))\b(?! (?:is|are)\b)",
            r"\d\s*(?:時間|分|日|週間|か月|ヶ月|年)|\b(?:hours?|hrs?|minutes?|mins?|days?|weeks?"
            r"|months?|years?)\b",
        ),
        (
            r"何(?:グラム|キロ|g|kg)|\bhow (?:heavy|much weight|much does \w+ weigh)|\bweigh\b",
            r"\d\s*(?:g|kg|グラム|キロ|oz|lbs?|pounds?|ounces?)\b",
        ),
        (
            r"何(?:cm|センチ|mm|ミリ|メートル)|\bhow (?:tall|wide|deep|high|thick)\b",
            r"\d\s*(?:cm|mm|m|in|inch(?:es)?|ft|feet|センチ|ミリ)(?![a-z])",
        ),
        (
            r"何(?:リットル|ミリリットル|ml|cc)|\bhow many (?:cups|ounces|quarts)\b",
            r"\d\s*(?:ml|l|cc|リットル|fl oz|oz|cups?|quarts?|qt)(?![a-z])",
        ),
        (
            r"\bhow (?:big|large)\b",
            r"\d\s*(?:ml|l|cc|fl oz|oz|cups?|quarts?|qt|gal|cm|mm|m|in|inch(?:es)?|ft)(?![a-z])",
        ),
        (r"何人|\bhow many people\b", r"\d\s*(?:[〜~-]\s*\d\s*)?(?:人|people|persons?|adults?)"),
        (
            r"何(?:枚|個|本|袋|点|杯|%|パーセント|割|回)|(?:どの|どれ)(?:くらい|ぐらい|だけ|ほど)"
            r"|\bhow (?:many|much)\b",
            r"\d",
        ),
    )
)


_MONEY_ASKED: Final = re.compile(
    r"いくら(?!でも)|なんぼ|何円|料金|値段|\bhow much (?:is|are|does|do|would|will|for)\b"
    r"(?!.*\b(?:weigh|hold|fit|take|need)\b)|\bwhat (?:does|do|would) .{1,24} cost\b"
)
_MONEY: Final = re.compile(r"\d[\d,.]*\s*円|[¥$€£]\s*\d|無料|\bfree\b")


def asks_money(question: str) -> bool:
    """Whether a folded question asks what something costs."""
    return _MONEY_ASKED.search(question) is not None


def tells_money(text: str) -> bool:
    """Whether a folded text tells an amount of money, or that nothing is to be paid."""
    return _MONEY.search(text) is not None


def has_unit(question: str, value: str) -> bool:
    """Whether a folded value tells what a folded question counts or measures."""
    return any(asks.search(question) and tells.search(value) for asks, tells in _KINDS)
