"""What Vonage's error numbers mean to us, whether they come at once or as a receipt.

By Vonage's error list of the Messages API; the SMS API's receipts have short numbers of their own.
"""

from typing import Any, Final

_SLOWER: Final = frozenset({1000, 1241})
# 1240: the customer wrote STOP. 1050: the number takes nothing from anybody.
_GONE: Final = frozenset({1050, 1240})
# 1070: no credit left.
_ACCOUNT: Final = frozenset({1060, 1070, 1080, 1120, 1140, 1160})
_PASSING: Final = frozenset({1000, 1030, 1100, 1180, 1220, 1230, 1241, 1250, 1290, 1330, 1331})
_PASSING_SHORT: Final = frozenset({1, 2, 7, 8, 12, 15, 99})


def meaning(code: int) -> str:
    """One of slower, blocked, credentials, invalid."""
    if code in _SLOWER:
        return "slower"
    if code in _GONE:
        return "blocked"
    return "credentials" if code in _ACCOUNT else "invalid"


def lasting(code: int) -> bool:
    """Whether a message that failed so would fail again later."""
    return code not in _PASSING and code not in _PASSING_SHORT


def code_of(error: dict[str, Any]) -> int:
    """The number of an error: it stands as `title`, at the end of `type`, or as `code`."""
    kind = str(error.get("type", "")).rpartition("#")[2]
    for told in (error.get("title"), kind, error.get("code")):
        text = str(told)
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
    return 0


def sentence(error: dict[str, Any]) -> str:
    """The error for people: Vonage's words and the number by which its list is searched."""
    words = error.get("detail") or error.get("reason") or error.get("title") or "no reason given"
    code = code_of(error)
    return f"{str(words)[:300]} ({code})" if code else str(words)[:300]
