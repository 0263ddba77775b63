"""Links that open a mail to the shop, with words to send in it (RFC 6068)."""

from typing import Final
from urllib.parse import quote, urlencode

from kaiwa.channels.contract import Account
from kaiwa.channels.ref_in_words import require_ref, with_ref
from kaiwa.vocabulary.errors import Refused

_GREETING: Final = "Hello"


def link(account: Account, ref: str) -> str:
    """The address; `Refused` without the shop's own, or for what a link cannot carry."""
    address = account.credentials.get("address", "").strip()
    if "@" not in address:
        raise Refused("Links into mail need the shop's address.", reason="credentials")
    mail = f"mailto:{quote(address, safe='@')}"
    if not ref:
        return mail
    require_ref(ref)
    # Some programs would show a plus where a space was.
    words = {"subject": _GREETING, "body": with_ref(_GREETING, ref)}
    return f"{mail}?{urlencode(words, quote_via=quote)}"
