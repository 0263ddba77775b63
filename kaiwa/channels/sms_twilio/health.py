"""What is wrong with an account, in sentences; their keys are what translations go by."""

from typing import Final

import msgspec

from kaiwa.channels.contract import Account
from kaiwa.channels.sms.numbers import is_e164
from kaiwa.channels.sms_twilio.api import call, is_service, number, service
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused, Unreachable

SENTENCES: Final = {
    "token": "Twilio does not know the account SID or the auth token. Copy both again.",
    "unreachable": "Twilio cannot be reached: {why}",
    "refused": "Twilio refused to tell about the account: {why}",
    "status": "The Twilio account is {status}: nothing is sent.",
    "no_number": "The account has no number {sender}: it can neither send nor receive.",
    "one_way": "{sender} is a name, not a number: customers cannot answer, nor write STOP.",
    "no_webhook": "{sender} has no webhook: no message arrives. Run `kaiwa channel connect`.",
    "webhook_elsewhere": "{sender} calls {url}, not {expected}: messages go elsewhere.",
    "no_public_url": "The server has no public address: no receipts come and no call fits its"
    " signature. Set KAIWA_PUBLIC_URL.",
}


class _Account(msgspec.Struct, frozen=True):
    status: str = "active"


async def health(account: Account, http: Http) -> list[str]:
    """Sentences saying what is wrong; empty when well."""
    lost = account.inbox_id and not account.settings.get("webhook_url")
    found = [SENTENCES["no_public_url"]] if lost else []
    try:
        told = await call(account, http, "GET", "", _Account)
        if told.status != "active":
            found.append(SENTENCES["status"].format(status=told.status))
        return [*found, *await _sender(account, http)]
    except Unreachable as error:
        return [*found, SENTENCES["unreachable"].format(why=error.message)]
    except Refused as error:
        key = "token" if error.detail.get("reason") == "credentials" else "refused"
        return [*found, SENTENCES[key].format(why=error.message)]


async def _sender(account: Account, http: Http) -> list[str]:
    sender = account.credentials.get("sender", "").strip()
    if is_service(sender):
        told = await service(account, http, sender)
        if told.use_inbound_webhook_on_number:
            return []
        return _webhook(account, sender, told.inbound_request_url)
    if not is_e164(sender):
        return [SENTENCES["one_way"].format(sender=sender)]
    found = await number(account, http, sender)
    if found is None:
        return [SENTENCES["no_number"].format(sender=sender)]
    return _webhook(account, sender, found.sms_url)


def _webhook(account: Account, sender: str, url: str | None) -> list[str]:
    if not url:
        return [SENTENCES["no_webhook"].format(sender=sender)]
    expected = account.settings.get("webhook_url", "")
    if expected and url != expected:
        return [SENTENCES["webhook_elsewhere"].format(sender=sender, url=url, expected=expected)]
    return []
