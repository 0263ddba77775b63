"""What is wrong with an account, in sentences; their keys are what translations go by."""

from typing import Final

import msgspec

from kaiwa.channels.clause import clause
from kaiwa.channels.contract import Account
from kaiwa.channels.sms.numbers import is_e164
from kaiwa.channels.sms_twilio.api import call, is_service, number, service
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused, Unreachable

SENTENCES: Final = {
    "token": "Twilio does not know the account SID or the auth token. Copy both again.",
    "unreachable": "Twilio cannot be reached: {why}. Check again in some minutes; if it lasts, see "
    "whether the server may call api.twilio.com.",
    "slow": "Twilio asks us to wait: too many calls in a short time. Check again in a minute.",
    "refused": "Twilio refused to tell about the account: {why}. Search its Console for the number "
    "in brackets.",
    "status": "The Twilio account is {status}: nothing is sent. The Twilio Console says what is "
    "asked of you: a bill, a proof, an upgrade.",
    "no_number": "The account has no number {sender}: it can neither send nor receive. Enter one "
    "of its numbers as +81…, or buy it in the Twilio Console.",
    "no_service": "The account has no Messaging Service {sender}. Copy its SID (MG…) from the "
    "Twilio Console.",
    "no_sms": "{sender} has no SMS. Buy a number that has it in the Twilio Console, and enter "
    "that one.",
    "one_way": "{sender} is a name, not a number: customers cannot answer, nor write STOP. Enter a "
    "number if they should.",
    "no_webhook": "{sender} has no webhook: no message arrives. Run `kaiwa channel connect`.",
    "webhook_elsewhere": "{sender} calls {url}, not {expected}: messages go elsewhere. Unless "
    "another program needs them, run `kaiwa channel connect`.",
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
        key = "unreachable" if error.retry_after_s is None else "slow"
        return [*found, SENTENCES[key].format(why=clause(error.message))]
    except Refused as error:
        key = "token" if error.detail.get("reason") == "credentials" else "refused"
        return [*found, SENTENCES[key].format(why=clause(error.message))]


async def _sender(account: Account, http: Http) -> list[str]:
    sender = account.credentials.get("sender", "").strip()
    if is_service(sender):
        try:
            told = await service(account, http, sender)
        except Refused:
            # The account itself was known a moment ago.
            return [SENTENCES["no_service"].format(sender=sender)]
        if told.use_inbound_webhook_on_number:
            return []
        return _webhook(account, sender, told.inbound_request_url)
    if not is_e164(sender):
        return [SENTENCES["one_way"].format(sender=sender)]
    found = await number(account, http, sender)
    if found is None:
        return [SENTENCES["no_number"].format(sender=sender)]
    if not found.capabilities.sms:
        return [SENTENCES["no_sms"].format(sender=sender)]
    return _webhook(account, sender, found.sms_url)


def _webhook(account: Account, sender: str, url: str | None) -> list[str]:
    if not url:
        return [SENTENCES["no_webhook"].format(sender=sender)]
    expected = account.settings.get("webhook_url", "")
    if expected and url != expected:
        return [SENTENCES["webhook_elsewhere"].format(sender=sender, url=url, expected=expected)]
    return []
