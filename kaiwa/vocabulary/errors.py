"""Errors that say what to do.

The class tells the caller what to do next; the message tells the user what to fix. An error is
caught once, where a decision is made: at a door (HTTP status), in the queue (retry or give up) or
in a delivery (message state).
"""

from typing import Any


class KaiwaError(Exception):
    """A failure with a decision in its class and a sentence for people in its message."""

    code = "error"

    def __init__(self, message: str, **detail: Any) -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


class Unreachable(KaiwaError):
    """The other side did not answer or cannot now: try again, after `retry_after_s` if given."""

    code = "unreachable"

    def __init__(
        self,
        message: str,
        *,
        retry_after_s: float | None = None,
        maybe_done: bool = False,
        **detail: Any,
    ) -> None:
        super().__init__(message, **detail)
        self.retry_after_s = retry_after_s
        self.maybe_done = maybe_done


class Refused(KaiwaError):
    """The other side understood and said no: trying again will not help."""

    code = "refused"


class NotAuthentic(KaiwaError):
    """The sender is not who it claims to be (401)."""

    code = "not_authentic"


class NotAllowed(KaiwaError):
    """The sender is known but may not do this (403)."""

    code = "not_allowed"


class NotFound(KaiwaError):
    """There is no such thing, or not for this merchant (404)."""

    code = "not_found"


class Conflict(KaiwaError):
    """Somebody else was faster: read again, then decide (409)."""

    code = "conflict"


class Invalid(KaiwaError):
    """The request cannot be understood as it is: mend it before sending it again (400)."""

    code = "invalid"


class TooLarge(Invalid):
    """The body or file is larger than is taken here (413)."""

    code = "too_large"


class TooMany(KaiwaError):
    """Too many requests from one sender: wait `retry_after_s` (429)."""

    code = "too_many"

    def __init__(self, message: str, *, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
