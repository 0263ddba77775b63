"""What a customer wrote, without what they quoted and without their signature.

In Japanese and English mail, by the marks of the programs that are used there. Never leaves
nothing: where all would go, all stays.
"""

import re
from collections.abc import Iterator
from typing import Final

from kaiwa.channels.email.signature_block import without_signature

_QUOTED: Final = re.compile(r"^\s{0,3}(>|＞)")
_DAY: Final = r"(?:\d{4}[年/.-]\s?\d{1,2}[月/.-]\s?\d{1,2}日?)"
_HOUR: Final = r"(?:\d{1,2}[:：]\d{2}|\d{1,2}時\d{2}分)"
# A line that says who wrote what follows. Programs wrap it: two or three lines are read as one.
_INTRODUCTIONS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^On\b.{6,300}\b(wrote|writes)\s?[:：]$",
        rf"^{_DAY}.{{0,80}}?{_HOUR}.{{0,200}}(:|：|さんは書きました[:：。]?|wrote:)$",
        rf"^{_DAY}.{{0,80}}?{_HOUR}[、,].{{0,200}}のメール[:：]$",
        r"^.{0,200}(さん|様|さま)?(は|が)?(書きました|wrote)\s?[:：。]$",
        r"^.{0,200}<[^<>\s]+@[^<>\s]+>\s?(wrote|さんは書きました|のメール|さんからのメール)?\s?[:：]$",
        r"^.{0,120}(の記事|のメール|のメッセージ)(において|で|にて)、?.{0,120}(書きました|wrote)[:：。]?$",
        r"^(In|in) (message|article) <[^<>\s]+>.{0,200}(wrote|writes)\s?[:：]?$",
    )
)
_ENDS: Final = (":", "：", "。", "wrote", "writes", "書きました")
_WRAPPED: Final = 3
_LONGEST_LINE: Final = 400
# From such a line on, all is quoted, with marks or without.
_DIVIDERS: Final = re.compile(
    r"^\s*(-{2,}|_{2,}|={2,}|\*{2,}|━{2,}|─{2,}|＿{2,})\s*"
    r"(original message|original appointment|元のメッセージ|元のメール|オリジナルメッセージ"
    r"|以前のメッセージ|返信元のメッセージ|引用元|返信元)\s*"
    r"(-{2,}|_{2,}|={2,}|\*{2,}|━{2,}|─{2,}|＿{2,})?\s*$",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"^\s*[*]?(from|sent|date|to|cc|subject|reply-to"
    r"|差出人|送信日時|送信者|送信日|日時|日付|宛先|件名|返信先)\s*[*]?\s*[:：]\s*[*]?",
    re.IGNORECASE,
)
_FIRST_FIELDS: Final = re.compile(r"^\s*[*]?(from|差出人|送信者)\s*[*]?\s*[:：]", re.IGNORECASE)
_RULE: Final = re.compile(r"^\s*[_\-=─━]{5,}\s*$")
_FORWARDED: Final = re.compile(
    r"^\s*(-{2,}\s*(forwarded message|転送メッセージ|forwarded by)|begin forwarded message"
    r"|転送されたメッセージ[:：]|-{2,}.{0,40}転送)",
    re.IGNORECASE,
)
# Only lines that begin so, or end as an introduction does, are ever more than words.
_MARKED: Final = re.compile(r"\s*(?:[-_=*━─＿>＞転差送]|begin|from)", re.IGNORECASE)


def written(text: str) -> str:
    """The part of `text` that its sender wrote this time."""
    lines = text.split("\n")
    own = _own(lines)
    kept = "\n".join(without_signature(own)).strip()
    return kept or "\n".join(own).strip() or text.strip()


def _own(lines: list[str]) -> list[str]:
    """Without what was quoted; what was forwarded is what they want to say."""
    if not any(_MARKED.match(line) or line.rstrip().lower().endswith(_ENDS) for line in lines):
        return lines
    if any(_FORWARDED.match(line) for line in lines):
        return lines
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if _ends_here(lines, at):
            break
        length = _introduction(lines, at)
        if length:
            at += length
            continue
        if not _QUOTED.match(lines[at]):
            kept.append(lines[at])
        at += 1
    return kept if any(line.strip() for line in kept) else _unquoted_or_all(lines)


def _unquoted_or_all(lines: list[str]) -> list[str]:
    """Of a mail that begins with a divider or a quote: what stands free, or all of it."""
    free = [
        line
        for line in lines
        if not (_QUOTED.match(line) or _DIVIDERS.match(line) or _FIELD.match(line))
    ]
    return free if any(line.strip() for line in free) else lines


def _ends_here(lines: list[str], at: int) -> bool:
    """Whether the rest is a quoted mail: behind a divider, or a block of its headers."""
    line = lines[at]
    if _DIVIDERS.match(line):
        return True
    if _RULE.match(line):
        following = next((one for one in lines[at + 1 : at + 3] if one.strip()), "")
        return bool(_FIRST_FIELDS.match(following)) and _fields(lines, at + 1) >= 3
    return bool(_FIRST_FIELDS.match(line)) and _fields(lines, at) >= 3


def _fields(lines: list[str], at: int) -> int:
    """How many header lines stand together here."""
    count = misses = 0
    for line in lines[at : at + 12]:
        if _FIELD.match(line):
            count, misses = count + 1, 0
        elif line.strip():
            misses += 1
        if misses > 1:
            break
    return count


def _introduction(lines: list[str], at: int) -> int:
    """How many lines from here introduce a quote; 0 when none does."""
    if not lines[at].strip() or _QUOTED.match(lines[at]):
        return 0
    for length, joined in _joined(lines, at):
        if joined.lower().endswith(_ENDS) and any(
            pattern.match(joined) for pattern in _INTRODUCTIONS
        ):
            return length if _quote_follows(lines, at + length) else 0
    return 0


def _joined(lines: list[str], at: int) -> Iterator[tuple[int, str]]:
    taken: list[str] = []
    for length, line in enumerate(lines[at : at + _WRAPPED], 1):
        if not line.strip() or (length > 1 and _QUOTED.match(line)):
            return
        taken.append(line.strip())
        joined = " ".join(taken)
        if len(joined) > _LONGEST_LINE:
            return
        yield length, joined


def _quote_follows(lines: list[str], at: int) -> bool:
    following = next((one for one in lines[at : at + 4] if one.strip()), None)
    return following is None or bool(_QUOTED.match(following))
