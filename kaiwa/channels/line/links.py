"""Addresses LINE takes: percent-encoded, of a known scheme, short enough."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from kaiwa.channels.line.limits import most
from kaiwa.vocabulary.cutting import units

_SAFE = ":/?#[]@!$&'()*+,;=%~-._"
_NOT_A_HOST = re.compile(r"[^A-Za-z0-9.\-:\[\]@_%]")


def action_uri(url: str) -> str | None:
    """The address for a button, or None when LINE would refuse it."""
    text = url.strip()
    scheme = text.partition(":")[0].lower()
    if scheme in ("http", "https"):
        clean = _web(text)
    elif scheme in ("line", "tel") and len(text) > len(scheme) + 1:
        clean = quote(text, safe=_SAFE)
    else:
        return None
    return clean if clean and units(clean) <= most("uri") else None


def media_url(url: str | None, limit: str = "media_url") -> str | None:
    """The https address of a picture, film or sound, or None when LINE would refuse it."""
    clean = _web(url.strip()) if url and url.strip().lower().startswith("https:") else None
    return clean if clean and units(clean) <= most(limit) else None


def phone_uri(phone: str) -> str | None:
    """`tel:` and the digits of `phone`."""
    digits = "".join(character for character in phone if character in "0123456789+*#")
    return f"tel:{quote(digits, safe='+*')}" if digits.strip("+") else None


def _web(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    if not parts.hostname or _NOT_A_HOST.search(host):
        return None
    tail = [quote(part, safe=_SAFE) for part in (parts.path, parts.query, parts.fragment)]
    return urlunsplit((parts.scheme, host, *tail))
