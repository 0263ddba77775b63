"""Calls to Vonage's Messages API: what the platform's answers mean to us."""

import base64
from typing import Any, Final

import msgspec

from kaiwa.channels.contract import Account, SendOutcome, Wire
from kaiwa.channels.sms_vonage.fields import tree_of
from kaiwa.channels.sms_vonage.meanings import code_of, meaning, sentence
from kaiwa.engines.http import Http, HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable

API: Final = "https://api.nexmo.com"
REST: Final = "https://rest.nexmo.com"
MESSAGE: Final = "messages"
_WAITING: Final = (408, 425, 429)
_PAUSE_S: Final = 1.0


class _Sent(msgspec.Struct, frozen=True):
    message_uuid: str = ""


def body(to: str, text: str) -> dict[str, object]:
    """The message but for its sender; Vonage writes numbers without their plus."""
    return {"message_type": "text", "channel": "sms", "to": to.removeprefix("+"), "text": text}


async def send(wire: Wire, account: Account, http: Http, reference: str) -> SendOutcome:
    """One message. Vonage takes no key that would make a second try safe."""
    if wire.operation != MESSAGE:
        raise Refused(f"Vonage has no operation {wire.operation!r}.", reason="invalid")
    sender = account.credentials.get("sender", "").strip().removeprefix("+")
    whole = wire.body | {"from": sender, "client_ref": reference}
    if hook := account.settings.get("webhook_url", ""):
        whole |= {"webhook_url": hook, "webhook_version": "v1"}
    headers = authorized(account) | {"content-type": "application/json"}
    url = f"{(account.api_base or API).rstrip('/')}/v1/messages"
    answer = await http.call("POST", url, headers=headers, body=msgspec.json.encode(whole))
    if not 200 <= answer.status < 300:
        raise refusal(answer)
    try:
        sent = msgspec.json.decode(answer.body, type=_Sent)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise Unreachable(f"Vonage's answer could not be read: {error}", maybe_done=True) from error
    if not sent.message_uuid:
        raise Unreachable("Vonage took the message and gave it no id.", maybe_done=True)
    return SendOutcome((sent.message_uuid,))


def authorized(account: Account) -> dict[str, str]:
    """The header that says whose call it is."""
    key = account.credentials.get("api_key", "").strip()
    secret = account.credentials.get("api_secret", "").strip()
    return {"authorization": "Basic " + base64.b64encode(f"{key}:{secret}".encode()).decode()}


def refusal(answer: HttpAnswer) -> Refused | Unreachable:
    """The error an answer means, by Vonage's number before the HTTP status."""
    told: dict[str, Any] = tree_of(answer.body)
    means, why = meaning(code_of(told)), sentence(told)
    if answer.status < 400 or answer.status >= 500:
        return Unreachable(f"Vonage answered {answer.status}: {why}", maybe_done=True)
    if means == "slower" or answer.status in _WAITING:
        asked = answer.headers.get("retry-after", "")
        wait = float(asked) if asked.isascii() and asked.isdigit() else _PAUSE_S
        return Unreachable(f"Vonage asks to slow down: {why}", retry_after_s=wait)
    if means == "blocked":
        return Refused(f"The customer takes no messages of this sender: {why}", reason=means)
    # Without credit (402) it is the account's owner who has to do something.
    if means == "credentials" or answer.status in (401, 402, 403):
        return Refused(f"Vonage refused the account or its sender: {why}", reason="credentials")
    return Refused(f"Vonage refused the message ({answer.status}): {why}", reason="invalid")
