"""LINE's account link: tokens for ten minutes, one use each, and only in their user's browser."""

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from tests.fakes.line_platform import LinePlatform

TOKEN_LIFE_S = 600


class AccountLinks:
    """What of one channel's links is issued; `linked` are users with the nonce of each."""

    def __init__(self) -> None:
        self.issued: dict[str, tuple[str, float]] = {}
        self.nonces: set[str] = set()

    def issue(self, user: str, now_s: float) -> str:
        token = f"NMZTNuVrPTqlr2IF8Bnymkb7rXfYv5EY{len(self.issued):04d}"
        self.issued[token] = (user, now_s)
        return token

    def follow(self, platform: "LinePlatform", url: str, user: str) -> dict[str, Any] | None:
        """The event that LINE sends when the browser of `user` follows `url`; None when none."""
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert (parts.hostname, parts.path) == ("access.line.me", "/dialog/bot/accountLink")
        nonce = query["nonce"]
        assert re.fullmatch(r"[A-Za-z0-9+/=_-]{10,255}", nonce), "a nonce of 10 to 255 characters"
        owner, at = self.issued.pop(query["linkToken"], ("", 0.0))
        late = platform.now_s() - at > TOKEN_LIFE_S
        if owner != user or late or nonce in self.nonces:
            return None
        self.nonces.add(nonce)
        link = {"result": "ok", "nonce": nonce}
        return platform.webhooks().event("accountLink", user, link=link)
