"""Links that open a mail to the shop, with words to send in it (RFC 6068)."""

from urllib.parse import quote, urlencode

from kaiwa.channels.contract import Account
from kaiwa.channels.ref_in_words import GREETINGS, require_ref, with_ref
from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.language import Language


def link(account: Account, ref: str, language: Language) -> str:
    """The address; `Refused` without the shop's own, or for what a link cannot carry."""
    address = account.credentials.get("address", "").strip()
    if "@" not in address:
        raise Refused("Links into mail need the shop's address.", reason="credentials")
    mail = f"mailto:{quote(address, safe='@')}"
    if not ref:
        return mail
    require_ref(ref)
    # Some programs would show a plus where a space was.
    words = {"subject": GREETINGS[language], "body": with_ref(GREETINGS[language], ref)}
    return f"{mail}?{urlencode(words, quote_via=quote)}"
