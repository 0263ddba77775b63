"""Links that open the chat with a WhatsApp number and words to send in it (click to chat)."""

import re
from typing import Final
from urllib.parse import quote

from kaiwa.channels.contract import Account
from kaiwa.channels.ref_in_words import with_ref
from kaiwa.vocabulary.errors import Refused

_GREETING: Final = "Hello"


def link(account: Account, ref: str) -> str:
    """The address; `Refused` while the account's number is not known."""
    digits = re.sub(r"\D", "", account.credentials.get("phone_number", ""))
    if not digits:
        raise Refused("Links into WhatsApp need the account's phone number.", reason="credentials")
    return f"https://wa.me/{digits}?text={quote(with_ref(_GREETING, ref))}"
