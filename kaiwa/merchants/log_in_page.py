"""The shop's own page that logs customers in and sends them back with their signed identity."""

from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.inbox import Inbox
from kaiwa.vocabulary.errors import Invalid

RETURN: Final = "{return}"
_NAME: Final = "log_in_url"
_LONGEST: Final = 1_000


def log_in_page(box: Inbox) -> str:
    """Its address with `{return}` where ours goes; empty when the shop has none."""
    return box.settings.extra.get(_NAME, "") if box.channel == "web_chat" else ""


def set_log_in_page(session: Session, box: Inbox, url: str, by: str, now: datetime) -> None:
    """Set it on a chat, or take it away with an empty one; `Invalid` for what is none."""
    if box.channel != "web_chat":
        raise Invalid("Only the shop's chat has a log-in page: name its inbox.")
    parts = urlsplit(url)
    if url and (parts.scheme != "https" or not parts.hostname or RETURN not in url):
        words = f"Give an address that begins with https:// and has {RETURN} where ours goes."
        raise Invalid(words, field=_NAME)
    if len(url) > _LONGEST:
        raise Invalid(f"The address has more than {_LONGEST} characters.", field=_NAME)
    extra = {name: value for name, value in box.settings.extra.items() if name != _NAME}
    settings = msgspec.structs.replace(box.settings, extra=extra | ({_NAME: url} if url else {}))
    session.run(
        "UPDATE inbox SET settings = :settings WHERE id = :id AND merchant_id = :merchant_id",
        settings=msgspec.json.encode(settings).decode(),
        id=box.id,
        merchant_id=box.merchant_id,
    )
    detail: dict[str, object] = {"url": url}
    write_down(session, box.merchant_id, Deed(by, "changed_log_in", f"inbox:{box.id}", detail), now)
