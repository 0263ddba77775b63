"""What a customer sent: fetched from where Meta keeps it, and asked for again when it has moved."""

from typing import Final
from urllib.parse import urlsplit

import msgspec

from kaiwa.channels.contract import Account
from kaiwa.channels.meta.graph import Request, ask, base, header, no, read, segment
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused

# Where Meta keeps what customers send. The addresses are signed: no token goes there.
_META: Final = (".facebook.com", ".fbcdn.net", ".fbsbx.com", ".cdninstagram.com")
_FIELDS: Final = "attachments{file_url,mime_type,image_data,video_data}"


class _Place(msgspec.Struct, frozen=True):
    url: str = ""


class _Kept(msgspec.Struct, frozen=True):
    file_url: str = ""
    mime_type: str = ""
    image_data: _Place | None = None
    video_data: _Place | None = None


class _Several(msgspec.Struct, frozen=True):
    data: tuple[_Kept, ...] = ()


class _Message(msgspec.Struct, frozen=True):
    attachments: _Several = _Several()


async def media(reference: str, account: Account, http: Http) -> tuple[bytes, str]:
    """The bytes; `Refused` with "gone" when Meta has them no more."""
    where, _, url = reference.partition(" ")
    if url:
        found = await _fetched(url, account, http)
        if found is not None:
            return found
    mid, _, part = where.partition("#")
    url = await _asked(mid, int(part) if part.isascii() and part.isdigit() else 0, account, http)
    found = await _fetched(url, account, http) if url else None
    if found is None:
        raise _gone()
    return found


async def _fetched(url: str, account: Account, http: Http) -> tuple[bytes, str] | None:
    """What is there; None when it is there no more."""
    if not _trusted(url, account):
        raise Refused("The content is at a host that is not Meta's.", reason="invalid")
    answer = await http.call("GET", url)
    if answer.status == 200:
        return answer.body, header(answer, "content-type") or "application/octet-stream"
    if answer.status in (400, 401, 403, 404, 410):
        # A signed address that has run out looks like any of these.
        return None
    raise no(answer)


async def _asked(mid: str, part: int, account: Account, http: Http) -> str:
    """Where the attachment of the message is now; empty when it is nowhere."""
    answer = await ask(account, http, Request("GET", f"{segment(mid)}?fields={_FIELDS}"))
    if answer.status in (400, 404):
        raise _gone()
    kept = read(answer, _Message).attachments.data
    if part >= len(kept):
        return ""
    shown = kept[part].image_data or kept[part].video_data
    return shown.url if shown else kept[part].file_url


def _gone() -> Refused:
    return Refused("Meta does not have the content any more.", reason="gone")


def _trusted(url: str, account: Account) -> bool:
    """Meta's hosts by https, and the account's own base."""
    try:
        parts, own = urlsplit(url), urlsplit(base(account))
        if account.api_base and (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
            return True
        plain = parts.port in (None, 443) and "@" not in parts.netloc
    except ValueError:
        return False
    host = f".{(parts.hostname or '').lower()}"
    return plain and parts.scheme == "https" and host.endswith(_META)
