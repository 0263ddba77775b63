"""Links that start a bot with a parameter ("Deep linking" of the Bot API)."""

import re
from typing import Final

from kaiwa.channels.contract import Account
from kaiwa.channels.telegram.limits import most
from kaiwa.vocabulary.errors import Refused

_REF: Final = re.compile(r"[A-Za-z0-9_-]+")


def link(account: Account, ref: str) -> str:
    """The address; `Refused` for what no start parameter may be, or without the bot's name."""
    name = account.credentials.get("bot_username", "").strip().removeprefix("@")
    if not name:
        raise Refused("Links to the bot need its username.", reason="credentials")
    if not _REF.fullmatch(ref) or len(ref) > most("start_parameter"):
        raise Refused("This cannot stand in a link to a bot.", reason="invalid")
    return f"https://t.me/{name}?start={ref}"
