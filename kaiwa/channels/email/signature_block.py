"""Signatures at the end of a mail: the standard's, a phone's, and the framed ones of Japan."""

import re
from typing import Final

# RFC 3676 4.3: two dashes and a space; many programs lose the space.
_STANDARD: Final = re.compile(r"^-- ?$")
_PHONE: Final = re.compile(
    r"^\s*(sent from (my )?\w|sent via \w|get outlook for \w|sent with \w+"
    r"|(iphone|ipad|android|スマートフォン|携帯|私の\w+|mobile)(から|より)(の)?送信"
    r"|(iphone|ipad|android)版?\s?outlook|outlook for (ios|android) を(入手|取得)"
    r"|(ios|android)\s?(版|用)?\s?outlook|yahoo!?メール.{0,20}から送信|gmail.{0,12}から送信"
    r"|.{1,30}から送信\s*$)",
    re.IGNORECASE,
)
_FRAME: Final = re.compile(
    r"^\s*(?=(?:.*[^\w\s>]){5})[-=*+_~#・･.:;/|\\^☆★◇◆○●□■▽▼△▲※〜～━─―ー＝＿‐－+＋*＊┏┓┗┛┃┌┐└┘│\s]{5,}\s*$"
)
_RULES: Final = re.compile(r"^\s*[_=\-ー─━＝＿*＊+~・]{6,}\s*$")
# What stands in a signature and hardly anywhere else.
_CONTACT: Final = re.compile(
    r"(\b(tel|fax|phone|mobile|e-?mail|mail|url|web|http)\b|https?://|\S+@\S+\.\w|〒\s?\d{3}|℡|電話|携帯"
    r"|株式会社|有限会社|合同会社|\(株\)|（株）|\b(inc|ltd|llc|corp)\b|\+?\d[\d\s()-]{8,}\d"
    r"|[都道府県].{1,8}[市区町村])",
    re.IGNORECASE,
)
_LONGEST: Final = 15


def without_signature(lines: list[str]) -> list[str]:
    """`lines` without the signature at their end."""
    kept = _without_blank_end(lines)
    kept = _before_standard(kept)
    kept = _before_frame(_without_phone(kept))
    return _without_blank_end(_without_phone(kept))


def _without_blank_end(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def _before_standard(lines: list[str]) -> list[str]:
    """Up to the standard's delimiter, when a signature's length follows."""
    for at in range(max(0, len(lines) - _LONGEST - 1), len(lines)):
        if _STANDARD.match(lines[at]):
            return lines[:at]
    return lines


def _without_phone(lines: list[str]) -> list[str]:
    kept = _without_blank_end(lines)
    while kept and len(kept[-1]) < 80 and _PHONE.match(kept[-1]):
        kept = _without_blank_end(kept[:-1])
    return kept


def _before_frame(lines: list[str]) -> list[str]:
    """Up to the frame's first line, when what it holds looks like somebody's address."""
    start = max(0, len(lines) - _LONGEST)
    frames = [at for at in range(start, len(lines)) if _framing(lines[at])]
    for at in frames:
        held = [line for line in lines[at:] if line.strip() and not _framing(line)]
        contacts = sum(bool(_CONTACT.search(line)) for line in held)
        if held and contacts >= (1 if len(held) <= 3 else 2):
            return lines[:at]
    return lines


def _framing(line: str) -> bool:
    return bool(_RULES.match(line) or _FRAME.match(line))
