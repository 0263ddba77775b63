"""Linking a Messenger account with a customer of the shop.

By "Account Linking" of the Messenger Platform: its log-in button opens our page with a token for
whoever pressed it and an address of Facebook. Sent back there with our nonce as the code, they
confirm, and the `account_linking` event of that very person tells the nonce back.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from kaiwa.vocabulary.errors import Refused

_PATH: Final = "/messenger_platform/account_linking"


def back(nonce: str, came: Mapping[str, str]) -> str:
    """Facebook's address with the nonce; `Refused` when our page was opened in another way."""
    try:
        parts = urlsplit(came.get("redirect_uri", ""))
        host = parts.hostname or ""
    except ValueError:
        host = ""
    # An address from a query leads nowhere but to Facebook.
    known = host == "facebook.com" or host.endswith(".facebook.com")
    if (
        not known
        or parts.scheme != "https"
        or parts.path.rstrip("/") != _PATH
        or "@" in parts.netloc
    ):
        raise Refused("Open this page by the button in Messenger.", reason="invalid")
    query = [*parse_qsl(parts.query), ("authorization_code", nonce)]
    return urlunsplit(("https", host, parts.path, urlencode(query), ""))
