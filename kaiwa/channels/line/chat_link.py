"""Links that open the chat with a LINE Official Account and words to send in it.

`https://line.me/R/oaMessage/{LINE ID}/?{text}`: "LINE URL scheme" of LINE Developers.
"""

from typing import Final
from urllib.parse import quote

from kaiwa.channels.contract import Account
from kaiwa.channels.ref_in_words import with_ref
from kaiwa.vocabulary.errors import Refused

_GREETING: Final = "こんにちは"


def link(account: Account, ref: str) -> str:
    """The address; `Refused` while the account's basic ID is not known."""
    basic_id = account.credentials.get("basic_id", "").strip()
    if not basic_id:
        raise Refused("Links into LINE need the account's basic ID (@…).", reason="credentials")
    name = basic_id if basic_id.startswith("@") else f"@{basic_id}"
    return f"https://line.me/R/oaMessage/{quote(name, safe='')}/?{quote(with_ref(_GREETING, ref))}"
