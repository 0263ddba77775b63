"""Links that open the chat with a WhatsApp number and words to send in it (click to chat)."""

import re
from urllib.parse import quote

from kaiwa.channels.contract import Account
from kaiwa.channels.ref_in_words import GREETINGS, require_ref, with_ref
from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.language import Language


def link(account: Account, ref: str, language: Language) -> str:
    """The address; `Refused` without the account's number, or for what a link cannot carry."""
    digits = re.sub(r"\D", "", account.credentials.get("phone_number", ""))
    if not digits:
        raise Refused("Links into WhatsApp need the account's phone number.", reason="credentials")
    chat = f"https://wa.me/{digits}"
    if not ref:
        return chat
    require_ref(ref)
    return f"{chat}?text={quote(with_ref(GREETINGS[language], ref))}"
