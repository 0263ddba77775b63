"""Twilio as far as an account that sends SMS sees it: an ASGI app as strict as its documents.

It holds numbers, a Messaging Service, opt-outs, pictures and the messages it took; receipts fall
due on the test's clock. Numbers of the errors are those of Twilio's dictionary.
"""

import base64
import json
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from kaiwa.channels import RawRequest
from tests.fakes.twilio_webhooks import HOOK, TwilioWebhooks

Json = dict[str, Any]
Form = dict[str, str]
E164: Final = re.compile(r"\+[1-9]\d{6,14}")
NAME: Final = re.compile(r"[A-Za-z0-9 ]{1,11}")
SEND_FIELDS: Final = {"To", "From", "MessagingServiceSid", "Body", "StatusCallback"}
STOPS: Final = {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}
STARTS: Final = {"start", "unstop"}
PER_SECOND: Final = 10
SENT_AFTER_S, ARRIVED_AFTER_S = 1.0, 3.0


class Refusal(Exception):
    """Twilio's no: the HTTP status and the number of the error."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class TwilioPlatform:
    """One account; receipts go to `hook`, or anywhere."""

    def __init__(
        self,
        account_sid: str,
        token: str,
        number: str,
        now_s: Callable[[], float],
        hook: str | None = HOOK,
    ) -> None:
        self.hook = hook
        self.account_sid, self.token, self.number, self.now_s = account_sid, token, number, now_s
        self.webhooks = TwilioWebhooks(token, account_sid, number)
        self.journal: list[Form] = []
        self.said_itself: list[tuple[str, str]] = []
        self.opted_out: set[str] = set()
        self.landlines: set[str] = set()
        self.forbidden_countries: tuple[str, ...] = ("+7",)
        self.fates: dict[str, tuple[str, str]] = {}
        self.pictures: dict[str, bytes] = {}
        self.numbers: Json = {"sid": "PN" + "0c" * 16, "sms_url": None, "sms_method": "POST"}
        self.numbers["capabilities"] = {"sms": True, "voice": True}
        self.service: Json = {"sid": "MG" + "0d" * 16, "inbound_request_url": None}
        self.status = "active"
        self.fails: list[int] = []
        self._due: list[tuple[float, str, str, Form]] = []
        self._sent_at: list[float] = []

    def hears(self, number: str, body: str, **more: str) -> RawRequest:
        """Somebody writes; Twilio answers STOP and START itself before it tells us."""
        word = body.strip().lower()
        if word in STOPS:
            self.opted_out.add(number)
            self.said_itself.append((number, "stopped"))
        elif word in STARTS:
            self.opted_out.discard(number)
            self.said_itself.append((number, "started"))
        return self.webhooks.call(self.webhooks.message(number, body, **more))

    def receipts(self) -> list[RawRequest]:
        """The status callbacks that are due by now, in order of time."""
        due = sorted(each for each in self._due if each[0] <= self.now_s())
        self._due = [each for each in self._due if each[0] > self.now_s()]
        calls = []
        for _, sid, status, message in due:
            code = {"ErrorCode": self.fates[message["To"]][1]} if status in _BAD else {}
            told = self.webhooks.status(sid, status, message["To"], **code)
            calls.append(self.webhooks.call(told))
        return calls

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        target = scope["path"] + "?" + scope["query_string"].decode()
        status, told, content = self._answer(scope["method"], target, headers, body)
        listed = [(name.encode(), value.encode()) for name, value in told.items()]
        await send({"type": "http.response.start", "status": status, "headers": listed})
        await send({"type": "http.response.body", "body": content})

    def _answer(
        self, verb: str, target: str, headers: Form, body: bytes
    ) -> tuple[int, Form, bytes]:
        if self.fails:
            return self.fails.pop(0), {"content-type": "text/html"}, b"<html>Oops</html>"
        plain = {"content-type": "application/json"}
        path = urlsplit(target).path
        if path.startswith("/kept/"):
            if "authorization" in headers:
                return 400, plain, b"Only one auth mechanism allowed"
            return 200, {"content-type": "image/jpeg"}, self.pictures[path.removeprefix("/kept/")]
        try:
            self._known(headers)
            below = path.removeprefix(f"/2010-04-01/Accounts/{self.account_sid}")
            if verb == "GET" and below.startswith("/Messages/MM"):
                return self._picture(below)
            status, made = self._called(verb, below, target, _form(verb, headers, body))
        except Refusal as no:
            about = f"https://www.twilio.com/docs/errors/{no.code}"
            told = {"code": no.code, "message": no.message, "more_info": about}
            return no.status, plain, json.dumps({**told, "status": no.status}).encode()
        return status, plain, json.dumps(made).encode()

    def _known(self, headers: Form) -> None:
        wanted = base64.b64encode(f"{self.account_sid}:{self.token}".encode()).decode()
        if headers.get("authorization") != f"Basic {wanted}":
            raise Refusal(401, 20003, "Authenticate")

    def _picture(self, below: str) -> tuple[int, Form, bytes]:
        name = below.rpartition("/")[2]
        if name not in self.pictures:
            raise Refusal(404, 20404, "The requested resource was not found")
        return 307, {"location": f"http://twilio.test/kept/{name}"}, b""

    def _called(self, verb: str, below: str, target: str, form: Form) -> tuple[int, Json]:
        query = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        match verb, below:
            case "POST", "/Messages.json":
                return 201, self._message(form)
            case "GET", ".json":
                return 200, {"sid": self.account_sid, "status": self.status}
            case "GET", "/IncomingPhoneNumbers.json":
                ours = query.get("PhoneNumber") == self.number
                return 200, {"incoming_phone_numbers": [self.numbers] if ours else []}
            case "POST", below if below == f"/IncomingPhoneNumbers/{self.numbers['sid']}.json":
                self.numbers |= {"sms_url": form["SmsUrl"], "sms_method": form["SmsMethod"]}
                return 200, self.numbers
            case "GET" | "POST", path if path == f"/v1/Services/{self.service['sid']}":
                if verb == "POST":
                    self.service["inbound_request_url"] = form["InboundRequestUrl"]
                    self.service["use_inbound_webhook_on_number"] = (
                        form["UseInboundWebhookOnNumber"] == "true"
                    )
                return 200, self.service
        raise Refusal(404, 20404, "The requested resource was not found")

    def _message(self, form: Form) -> Json:
        self._check(form)
        now = self.now_s()
        self._sent_at = [at for at in self._sent_at if at > now - 1]
        if len(self._sent_at) >= PER_SECOND:
            raise Refusal(429, 20429, "Too Many Requests")
        self._sent_at.append(now)
        sid = self.webhooks.new_sid()
        self.journal.append(form)
        if form.get("StatusCallback"):
            end = self.fates.get(form["To"], ("delivered", ""))[0]
            self._due += [
                (now + SENT_AFTER_S, sid, "sent", form),
                (now + ARRIVED_AFTER_S, sid, end, form),
            ]
        return {"sid": sid, "status": "queued", "to": form["To"], "error_code": None}

    def _check(self, form: Form) -> None:
        if strange := set(form) - SEND_FIELDS:
            raise Refusal(400, 20422, f"Unknown parameters: {strange}")
        to, sender = form.get("To", ""), form.get("From", "")
        if not to:
            raise Refusal(400, 21604, "A 'To' phone number is required.")
        if not sender and form.get("MessagingServiceSid") != self.service["sid"]:
            raise Refusal(400, 21603, "A 'From' phone number is required.")
        if not form.get("Body", "").strip():
            raise Refusal(400, 21602, "Message body is required.")
        if len(form["Body"]) > 1_600:
            raise Refusal(400, 21617, "The concatenated message body exceeds 1600 characters.")
        if not E164.fullmatch(to):
            raise Refusal(400, 21211, f"Invalid 'To' Phone Number: {to}")
        if sender and sender != self.number and not NAME.fullmatch(sender):
            raise Refusal(400, 21606, f"The From phone number {sender} is not yours.")
        if to.startswith(self.forbidden_countries):
            raise Refusal(400, 21408, f"Permission to send an SMS has not been enabled: {to}")
        if to in self.landlines:
            raise Refusal(400, 21614, f"'To' number is not a valid mobile number: {to}")
        if to in self.opted_out:
            raise Refusal(400, 21610, "Attempt to send to unsubscribed recipient")
        if hook := form.get("StatusCallback"):
            if not urlsplit(hook).scheme.startswith("http") or not urlsplit(hook).hostname:
                raise Refusal(400, 21609, f"The StatusCallback {hook} is not a valid URL.")
            if self.hook is not None and hook != self.hook:
                raise AssertionError(f"receipts would go to {hook}")


_BAD: Final = ("failed", "undelivered")


def _form(verb: str, headers: Form, body: bytes) -> Form:
    if verb == "GET":
        return {}
    if not headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Refusal(415, 20415, "Unsupported media type")
    fields = parse_qs(body.decode("ascii"), keep_blank_values=True, strict_parsing=True)
    if any(len(values) > 1 for values in fields.values()):
        raise Refusal(400, 20422, "A parameter was given twice.")
    return {name: values[0] for name, values in fields.items()}
