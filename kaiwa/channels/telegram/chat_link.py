"""Links that start a bot with a parameter ("Deep linking" of the Bot API)."""

from kaiwa.channels.contract import Account
from kaiwa.channels.ref_in_words import require_ref
from kaiwa.channels.telegram.limits import most
from kaiwa.vocabulary.errors import Refused


def link(account: Account, ref: str) -> str:
    """The address; `Refused` for what no start parameter may be, or without the bot's name."""
    name = account.credentials.get("bot_username", "").strip().removeprefix("@")
    if not name:
        raise Refused("Links to the bot need its username.", reason="credentials")
    chat = f"https://t.me/{name}"
    if not ref:
        return chat
    require_ref(ref)
    if len(ref) > most("start_parameter"):
        raise Refused("This is too long for a link to a bot.", reason="invalid")
    return f"{chat}?start={ref}"
