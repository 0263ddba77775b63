"""What the platform's error numbers mean to us.

By Meta's list of common error codes (2026-03) and, for Instagram's, by what others report.
"""

from typing import Final

_SLOWER: Final = frozenset({4, 17, 32, 341, 613, 1200, 80002, 80006})
_AWAY: Final = frozenset({1, 2})
# Outside the window, or another app holds the thread: what the customer writes changes it.
_CLOSED: Final = frozenset({2018278, 2018065, 2534022, 2018300, 2018309})
# Blocked us, left, or was never there.
_GONE: Final = frozenset({1545041, 2018001, 2534001, 2534014})
_ACCOUNT: Final = frozenset({0, 3, 10, 102, 104, 190, 368})
_PERMISSIONS: Final = range(200, 300)
_TESTERS: Final = frozenset({2018028, 2018108})


def meaning(code: int, subcode: int) -> str:
    """One of slower, away, window_closed, blocked, permission, credentials, invalid."""
    if subcode in _TESTERS:
        return "permission"
    if subcode in _CLOSED:
        return "window_closed"
    if subcode in _GONE or code == 551:
        return "blocked"
    if code in _SLOWER:
        return "slower"
    if code in _AWAY:
        return "away"
    if code == 10 or code in _PERMISSIONS:
        return "permission"
    return "credentials" if code in _ACCOUNT else "invalid"


def sentence(code: int, subcode: int, why: str) -> str:
    """The error for people: Meta's words and its numbers, by which its reference is searched."""
    numbers = f"{code}/{subcode}" if subcode else f"{code}"
    return f"{why.strip() or 'no reason given'} ({numbers})"
