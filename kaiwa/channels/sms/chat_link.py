"""Links that open a message to the shop's number, with words to send in it (RFC 5724)."""

from urllib.parse import quote

from kaiwa.channels.contract import Account
from kaiwa.channels.ref_in_words import GREETINGS, require_ref, with_ref
from kaiwa.channels.sms.numbers import e164, is_e164
from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.language import Language


def link(account: Account, ref: str, language: Language) -> str:
    """The address; `Refused` when messages come from a name, or for what a link cannot carry."""
    number = e164(account.credentials.get("sender", "").strip())
    if not is_e164(number):
        raise Refused("Links into SMS need a number (+81…) to write to.", reason="credentials")
    if not ref:
        return f"sms:{number}"
    require_ref(ref)
    return f"sms:{number}?body={quote(with_ref(GREETINGS[language], ref))}"
