"""Addresses Meta opens or fetches, and those that open a chat with the account."""

import re
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from kaiwa.channels.contract import Account
from kaiwa.channels.meta.limits import fits, limit
from kaiwa.channels.meta.surface import Surface, credential
from kaiwa.vocabulary.errors import Refused

_KEPT: Final = "/?:@!$&'()*+,;=%~-._"
_HOST: Final = re.compile(r"[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+", re.ASCII)
# What a `ref` may be made of, whichever way Meta carries it.
_REF: Final = re.compile(r"[A-Za-z0-9\-_=.]+", re.ASCII)


def web_address(url: str | None, kind: str) -> str | None:
    """The address as Meta takes it, or None when there is none it would take."""
    try:
        parts = urlsplit((url or "").strip())
        host = (parts.hostname or "").encode("idna").decode()
        # Asking for the port is what finds out that it is none.
        port = f":{parts.port}" if parts.port is not None else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    tail = [quote(part, safe=_KEPT, errors="replace") for part in (parts.path, parts.query)]
    anchor = quote(parts.fragment, safe=_KEPT, errors="replace")
    made = urlunsplit((parts.scheme, host + port, *tail, anchor))
    return made if fits(made, limit(kind, "url")) else None


def chat_link(surface: Surface, account: Account, ref: str) -> str:
    """`m.me` or `ig.me` with what is to come along; `Refused` when it cannot."""
    if ref and not (_REF.fullmatch(ref) and fits(ref, limit(surface.kind, "ref"))):
        raise Refused(
            "A ref has up to 250 letters, digits and the signs - _ = . only.", reason="invalid"
        )
    name = credential(account, "username")
    if surface.kind == "instagram" and not name:
        raise Refused("The link needs the account's Instagram user name.", reason="invalid")
    base = (
        f"https://ig.me/m/{quote(name, safe='')}"
        if surface.kind == "instagram"
        else f"https://m.me/{quote(name or credential(account, surface.own), safe='')}"
    )
    return f"{base}?ref={ref}" if ref else base
