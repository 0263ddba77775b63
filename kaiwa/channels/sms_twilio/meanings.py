"""What Twilio's error numbers mean to us, whether they come at once or as a receipt.

By Twilio's error dictionary of 2026-11.
"""

from typing import Final

_SLOWER: Final = frozenset({14107, 20429, 30001, 30022, 63018})
# The day's or the queue's limit: it ends by itself, though not in a minute.
_LATER: Final = frozenset({30010, 30023, 30027, 63038})
# The customer wrote STOP, or an owner of the number's own list says so.
_GONE: Final = frozenset({21610})
# The account: its credentials, its sender, its permissions, its registration.
_ACCOUNT: Final = frozenset(
    {
        20003, 20005, 20006, 20404, 21212, 21408, 21603, 21606, 21608, 21611, 21616, 21656,
        21659, 21660, 21661, 21701, 21703, 21704, 21705, 30002, 30034, 30035,
    }
)  # fmt: skip
# Receipts: what may pass when it is sent again later.
_PASSING: Final = frozenset({30001, 30003, 30008, 30017, 30022, 30024})
_RECEIPTS: Final = {
    30001: "Twilio's queue is full",
    30002: "the Twilio account is suspended",
    30003: "the phone is off or out of reach",
    30004: "the carrier or the phone blocks the message",
    30005: "the number is not known or no longer in use",
    30006: "a landline or a carrier that takes no SMS",
    30007: "the carrier filtered the message as unwanted",
    30008: "the carrier gives no reason",
    30034: "the sender is not registered for this traffic (A2P 10DLC)",
}
_PAUSE_S: Final = 5.0
_LONG_PAUSE_S: Final = 1_800.0


def meaning(code: int) -> str:
    """One of slower, blocked, credentials, invalid."""
    if code in _SLOWER or code in _LATER:
        return "slower"
    if code in _GONE:
        return "blocked"
    return "credentials" if code in _ACCOUNT else "invalid"


def lasting(code: int) -> bool:
    """Whether a message that failed so would fail again later."""
    return code not in _PASSING


def reason(code: int, told: str = "") -> str:
    """The failure for people, with the number by which Twilio's dictionary is searched."""
    words = _RECEIPTS.get(code, told.strip() or "no reason given")
    return f"{words} ({code})" if code else words


def pause_s(code: int, asked: str) -> float:
    """How long to wait after an error that asks for it; `asked` is what its header says."""
    if asked.isascii() and asked.isdigit():
        return float(asked)
    return _LONG_PAUSE_S if code in _LATER else _PAUSE_S
