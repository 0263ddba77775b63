"""Links that open the chat with a LINE Official Account and words to send in it.

`https://line.me/R/oaMessage/{LINE ID}/?{text}`: "LINE URL scheme" of LINE Developers.
"""

from urllib.parse import quote

from kaiwa.channels.contract import Account
from kaiwa.channels.ref_in_words import GREETINGS, require_ref, with_ref
from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.language import Language


def link(account: Account, ref: str, language: Language) -> str:
    """The address; `Refused` without the account's basic ID, or for what a link cannot carry."""
    basic_id = account.credentials.get("basic_id", "").strip()
    if not basic_id:
        raise Refused("Links into LINE need the account's basic ID (@…).", reason="credentials")
    name = basic_id if basic_id.startswith("@") else f"@{basic_id}"
    chat = f"https://line.me/R/oaMessage/{quote(name, safe='')}/"
    if not ref:
        return chat
    require_ref(ref)
    return f"{chat}?{quote(with_ref(GREETINGS[language], ref))}"
