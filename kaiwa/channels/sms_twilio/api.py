"""Calls to Twilio's REST API: what the platform's answers mean to us."""

import base64
from typing import Final, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from kaiwa.channels.contract import Account, SendOutcome, Wire
from kaiwa.channels.sms_twilio.meanings import meaning, pause_s, reason
from kaiwa.engines.http import Http, HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable

API: Final = "https://api.twilio.com"
MESSAGING: Final = "https://messaging.twilio.com"
VERSION: Final = "2010-04-01"
MESSAGE: Final = "Messages"
_WAITING: Final = (408, 425, 429)
# Where Twilio keeps pictures; it sends there without our credentials.
_KEPT: Final = (".twiliocdn.com", ".twilio.com", ".amazonaws.com")
_Shape = TypeVar("_Shape", bound=msgspec.Struct)


class _Message(msgspec.Struct, frozen=True):
    sid: str = ""


class Capabilities(msgspec.Struct, frozen=True):
    """What a number can do."""

    sms: bool = True


class Number(msgspec.Struct, frozen=True):
    """A number of the account and where it sends what it hears."""

    sid: str = ""
    capabilities: Capabilities = Capabilities()
    sms_url: str | None = None
    sms_method: str | None = None


class Numbers(msgspec.Struct, frozen=True):
    """The numbers that were asked for."""

    incoming_phone_numbers: tuple[Number, ...] = ()


class Service(msgspec.Struct, frozen=True):
    """A Messaging Service and where it sends what it hears."""

    sid: str = ""
    inbound_request_url: str | None = None
    use_inbound_webhook_on_number: bool = False


class _No(msgspec.Struct, frozen=True):
    code: int = 0
    message: str = ""


async def send(wire: Wire, account: Account, http: Http) -> SendOutcome:
    """One message. Twilio takes no key that would make a second try safe."""
    if wire.operation != MESSAGE:
        raise Refused(f"Twilio has no operation {wire.operation!r}.", reason="invalid")
    fields = {name: str(value) for name, value in wire.body.items()} | _sender(account)
    # Receipts come to the inbox's own address, when the server knows what it is called outside.
    if hook := account.settings.get("webhook_url", ""):
        fields["StatusCallback"] = hook
    made = await call(account, http, "POST", f"{MESSAGE}.json", _Message, fields)
    if not made.sid:
        raise Unreachable("Twilio took the message and gave it no id.", maybe_done=True)
    return SendOutcome((made.sid,))


def _sender(account: Account) -> dict[str, str]:
    sender = account.credentials.get("sender", "").strip()
    return {"MessagingServiceSid" if is_service(sender) else "From": sender}


def is_service(sender: str) -> bool:
    """Whether it is the id of a Messaging Service."""
    return sender.startswith("MG") and len(sender) == 34


async def media(reference: str, account: Account, http: Http) -> tuple[bytes, str]:
    """The bytes of a picture: Twilio asks for the account and sends on to where they are."""
    url = _url(account, quote(reference, safe="/"))
    answer = await http.call("GET", url, headers=_authorized(account))
    if answer.status in (301, 302, 303, 307, 308):
        there = answer.headers.get("location", "")
        if not _trusted(there, account):
            raise Refused("The picture is at a host that is not Twilio's.", reason="invalid")
        answer = await http.call("GET", there)
    if answer.status == 200:
        return answer.body, answer.headers.get("content-type") or "application/octet-stream"
    if answer.status in (404, 410):
        raise Refused("Twilio does not have the picture any more.", reason="gone")
    raise _no(answer)


async def connect(url: str, account: Account, http: Http) -> None:
    """Tell the number, or the Messaging Service, where its messages go."""
    sender = account.credentials.get("sender", "").strip()
    if is_service(sender):
        told = {"InboundRequestUrl": url, "InboundMethod": "POST", "StatusCallback": url}
        told["UseInboundWebhookOnNumber"] = "false"
        await _called(http, "POST", service_url(account, sender), account, Service, told)
        return
    found = await number(account, http, sender)
    if found is None:
        raise Refused(f"The account has no number {sender}.", reason="credentials")
    fields = {"SmsUrl": url, "SmsMethod": "POST"}
    await call(account, http, "POST", f"IncomingPhoneNumbers/{found.sid}.json", Number, fields)


async def number(account: Account, http: Http, sender: str) -> Number | None:
    """The account's number of that spelling, or None."""
    path = f"IncomingPhoneNumbers.json?{urlencode({'PhoneNumber': sender})}"
    listed = await call(account, http, "GET", path, Numbers)
    return next(iter(listed.incoming_phone_numbers), None)


async def service(account: Account, http: Http, sender: str) -> Service:
    """The Messaging Service of that id."""
    return await _called(http, "GET", service_url(account, sender), account, Service)


def service_url(account: Account, sender: str) -> str:
    """Where a Messaging Service is spoken to."""
    return f"{(account.api_base or MESSAGING).rstrip('/')}/v1/Services/{quote(sender, safe='')}"


async def call(
    account: Account,
    http: Http,
    method: str,
    path: str,
    shape: type[_Shape],
    fields: dict[str, str] | None = None,
) -> _Shape:
    """One authenticated call below the account, or to it; errors as in `SendOutcome`."""
    return await _called(http, method, _url(account, path), account, shape, fields)


async def _called(
    http: Http,
    method: str,
    url: str,
    account: Account,
    shape: type[_Shape],
    fields: dict[str, str] | None = None,
) -> _Shape:
    headers, body = _authorized(account), None
    if fields is not None:
        headers["content-type"] = "application/x-www-form-urlencoded"
        body = urlencode(fields, errors="replace").encode()
    answer = await http.call(method, url, headers=headers, body=body)
    if not 200 <= answer.status < 300:
        raise _no(answer)
    try:
        return msgspec.json.decode(answer.body, type=shape)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise Unreachable(f"Twilio's answer could not be read: {error}", maybe_done=True) from error


def _url(account: Account, path: str) -> str:
    base = (account.api_base or API).rstrip("/")
    sid = quote(account.credentials.get("account_sid", "").strip(), safe="")
    below = f"/{path}" if path else ".json"
    return f"{base}/{VERSION}/Accounts/{sid}{below}"


def _authorized(account: Account) -> dict[str, str]:
    sid = account.credentials.get("account_sid", "").strip()
    token = account.credentials.get("auth_token", "").split(",")[0].strip()
    return {"authorization": "Basic " + base64.b64encode(f"{sid}:{token}".encode()).decode()}


def _trusted(url: str, account: Account) -> bool:
    """Whether a picture may be fetched there: Twilio's hosts by https, and the account's base."""
    try:
        parts, base = urlsplit(url), urlsplit(account.api_base or API)
        if (parts.scheme, parts.netloc) == (base.scheme, base.netloc):
            return True
        plain = parts.port in (None, 443) and "@" not in parts.netloc
    except ValueError:
        return False
    host = f".{(parts.hostname or '').lower()}"
    return plain and parts.scheme == "https" and host.endswith(_KEPT)


def _no(answer: HttpAnswer) -> Refused | Unreachable:
    """The error an answer means, by Twilio's number before the HTTP status."""
    told = _said(answer)
    means, why = meaning(told.code), reason(told.code, told.message)
    if answer.status < 400 or answer.status >= 500:
        return Unreachable(f"Twilio answered {answer.status}: {why}", maybe_done=True)
    if means == "slower" or answer.status in _WAITING:
        wait = pause_s(told.code, answer.headers.get("retry-after", ""))
        return Unreachable(f"Twilio asks to slow down: {why}", retry_after_s=wait)
    if means == "blocked":
        return Refused(f"The customer wrote STOP to this sender: {why}", reason=means)
    if means == "credentials" or answer.status == 401:
        return Refused(f"Twilio refused the account or its sender: {why}", reason="credentials")
    return Refused(f"Twilio refused the message ({answer.status}): {why}", reason="invalid")


def _said(answer: HttpAnswer) -> _No:
    try:
        return msgspec.json.decode(answer.body, type=_No)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return _No(message=answer.body[:200].decode("utf-8", "replace"))
