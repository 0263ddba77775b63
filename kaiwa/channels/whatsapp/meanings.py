"""What the platform's error numbers mean to us, whether they come at once or as a receipt.

By Meta's error reference of 2026-05. Meta asks to go by numbers, not by titles or HTTP statuses.
"""

from typing import Final

_SLOWER: Final = frozenset({4, 17, 32, 613, 80007, 130429, 131048, 131056, 131064, 133016})
_AWAY: Final = frozenset({1, 2, 131000, 131016, 131057, 133004})
# Nothing may be written to this person now; what they write changes it.
_CLOSED: Final = frozenset({470, 130472, 131047, 131049})
# They told WhatsApp that they want no advertising of this business.
_DECLINED: Final = frozenset({131050})
# The template is not there, not approved any more, paused or disabled.
_TEMPLATE: Final = frozenset({132001, 132015, 132016})
# Not on WhatsApp, or has not taken its terms: nothing arrives until they write.
_GONE: Final = frozenset({131026})
# The account: its token, its permissions, its bill, its standing.
_ACCOUNT: Final = frozenset(
    {0, 3, 10, 102, 104, 190, 368, 130497, 131005, 131031, 131037, 131042, 131045}
)
_PERMISSIONS: Final = range(200, 300)
_PAUSES_S: Final = {131048: 600.0, 131056: 6.0, 131064: 600.0}
_PAUSE_S: Final = 5.0


def meaning(code: int) -> str:
    """One of slower, away, window_closed, blocked, no_consent, template, credentials, invalid."""
    if code in _SLOWER:
        return "slower"
    if code in _AWAY:
        return "away"
    if code in _CLOSED:
        return "window_closed"
    if code in _GONE:
        return "blocked"
    if code in _DECLINED:
        return "no_consent"
    if code in _TEMPLATE:
        return "template"
    if code in _ACCOUNT or code in _PERMISSIONS:
        return "credentials"
    return "invalid"


def lasting(code: int) -> bool:
    """Whether the same message would fail again, whenever it is sent."""
    return meaning(code) in ("invalid", "blocked", "no_consent", "template")


def pause_s(code: int) -> float:
    """How long to wait after an error that asks for it."""
    return _PAUSES_S.get(code, _PAUSE_S)


def sentence(code: int, why: str) -> str:
    """The error for people: Meta's words and its number, by which its reference is searched."""
    return f"{why.strip() or 'no reason given'} ({code})"
