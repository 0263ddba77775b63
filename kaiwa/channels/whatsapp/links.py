"""Addresses WhatsApp opens or fetches: http or https, percent-encoded, short enough."""

import re
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from kaiwa.channels.whatsapp.limits import most
from kaiwa.vocabulary.cutting import units

_KEPT: Final = "/?:@!$&'()*+,;=%~-._"
_HOST: Final = re.compile(r"[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+", re.ASCII)


def web_address(url: str | None) -> str | None:
    """The address as WhatsApp takes it, or None when there is none it would take."""
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
    return made if units(made) <= most("url") else None
