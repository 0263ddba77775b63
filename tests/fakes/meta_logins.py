"""Messenger's account linking: a token for who pressed the button, five minutes, one use."""

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

if TYPE_CHECKING:
    from tests.fakes.meta_platform import MetaPlatform

TOKEN_LIFE_S = 300
BACK = "https://www.facebook.com/messenger_platform/account_linking/?account_linking_token="


class Logins:
    """The tokens of one Page and whose they are."""

    def __init__(self) -> None:
        self.issued: dict[str, tuple[str, float]] = {}

    def press(self, url: str, user: str, now_s: float) -> str:
        """Where the browser of `user` goes who presses the button with `url`."""
        token = f"ARQ{len(self.issued):04d}"
        self.issued[token] = (user, now_s)
        return f"{url}?account_linking_token={token}&redirect_uri={quote(BACK + token, safe='')}"

    def follow(self, platform: "MetaPlatform", url: str) -> dict[str, Any] | None:
        """What the platform tells when a browser comes back; None when it tells nothing."""
        parts = urlsplit(url)
        assert (parts.scheme, parts.hostname) == ("https", "www.facebook.com")
        assert parts.path == "/messenger_platform/account_linking/"
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        user, at = self.issued.pop(query["account_linking_token"], ("", 0.0))
        if not user or platform.now_s() - at > TOKEN_LIFE_S:
            return None
        told = {"status": "linked", "authorization_code": query["authorization_code"]}
        return platform.webhooks().item(user, account_linking=told)
