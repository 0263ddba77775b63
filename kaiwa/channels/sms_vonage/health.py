"""What is wrong with an account, in sentences; their keys are what translations go by."""

from typing import Final

import msgspec

from kaiwa.channels.contract import Account
from kaiwa.channels.sms.numbers import is_e164
from kaiwa.channels.sms_vonage.api import REST, authorized, refusal
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused, Unreachable

SENTENCES: Final = {
    "no_secret": "There is no signature secret: webhooks cannot be verified.",
    "key": "Vonage does not know the API key or its secret. Copy both again.",
    "unreachable": "Vonage cannot be reached: {why}",
    "refused": "Vonage refused to tell about the account: {why}",
    "empty": "The Vonage account has no credit left and does not reload: nothing is sent.",
    "one_way": "{sender} is a name, not a number: customers cannot answer, nor write STOP.",
    "no_public_url": "The server has no public address: no receipts come. Set KAIWA_PUBLIC_URL.",
}


class _Balance(msgspec.Struct, frozen=True, rename="camel"):
    value: float = 1.0
    auto_reload: bool = False


async def health(account: Account, http: Http) -> list[str]:
    """Sentences saying what is wrong; empty when well."""
    found = _told(account)
    url = f"{(account.api_base or REST).rstrip('/')}/account/get-balance"
    try:
        answer = await http.call("GET", url, headers=authorized(account))
        if answer.status != 200:
            raise refusal(answer)
        balance = msgspec.json.decode(answer.body, type=_Balance)
    except Unreachable as error:
        return [*found, SENTENCES["unreachable"].format(why=error.message)]
    except Refused as error:
        key = "key" if error.detail.get("reason") == "credentials" else "refused"
        return [*found, SENTENCES[key].format(why=error.message)]
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        return [*found, SENTENCES["unreachable"].format(why=error)]
    empty = balance.value <= 0 and not balance.auto_reload
    return [*found, SENTENCES["empty"]] if empty else found


def _told(account: Account) -> list[str]:
    """What can be seen without asking."""
    found = []
    if not account.credentials.get("signature_secret", "").strip(" ,"):
        found.append(SENTENCES["no_secret"])
    sender = account.credentials.get("sender", "").strip()
    if not is_e164(f"+{sender.removeprefix('+')}"):
        found.append(SENTENCES["one_way"].format(sender=sender))
    if account.inbox_id and not account.settings.get("webhook_url"):
        found.append(SENTENCES["no_public_url"])
    return found
