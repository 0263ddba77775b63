"""One call to a gateway, written by the merchant's template, and what its answer means."""

import json
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote, urljoin

import msgspec

from kaiwa.channels.contract import Account, SendOutcome, Wire
from kaiwa.channels.sms.numbers import national
from kaiwa.engines.http import Http, HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable

MESSAGE: Final = "message"
JSON: Final = "application/json"
TEMPLATE: Final = '{"to":"{to}","from":"{from}","text":"{text}","reference":"{reference}"}'
_PLACES: Final = ("to", "to_digits", "to_national", "from", "text", "reference")
_PLACE: Final = re.compile(rf"\{{({'|'.join(_PLACES)})\}}")
METHODS: Final = frozenset({"POST", "PUT", "GET"})
_WAITING: Final = (408, 425, 429)
_PAUSE_S: Final = 5.0
_IDS: Final = ("id", "message_id", "messageId", "uuid")


async def send(wire: Wire, account: Account, http: Http, reference: str) -> SendOutcome:
    """One message. Without an id of the gateway's, receipts find it by our reference."""
    if wire.operation != MESSAGE:
        raise Refused(f"A gateway has no operation {wire.operation!r}.", reason="invalid")
    told = account.credentials
    to, text = str(wire.body.get("to", "")), str(wire.body.get("text", ""))
    values = {
        "to": to,
        "to_digits": to.removeprefix("+"),
        "to_national": national(to),
        "from": told.get("sender", "").strip(),
        "text": text,
        "reference": reference,
    }
    url = urljoin(account.api_base or "", filled(told.get("url", ""), values, _in_url))
    method = told.get("method", "").strip().upper() or "POST"
    if method not in METHODS:
        raise Refused(f"The method {method!r} is none of POST, PUT, GET.", reason="credentials")
    heads, body = headers(account), None
    if method != "GET":
        kind = heads.setdefault("content-type", told.get("content_type", "").strip() or JSON)
        template = told.get("body", "") or TEMPLATE
        body = filled(template, values, _in_json if "json" in kind else _in_url).encode(
            "utf-8", "replace"
        )
    answer = await http.call(method, url, headers=heads, body=body)
    return _outcome(answer, account, reference)


def filled(template: str, values: dict[str, str], escape: Callable[[str], str]) -> str:
    """The template with each `{name}` it knows replaced; every other brace stays."""
    return _PLACE.sub(lambda place: escape(values[place[1]]), template)


def example(template: str) -> str:
    """The template filled with what is hardest to write in JSON."""
    return filled(template, dict.fromkeys(_PLACES, 'a "word"\n'), _in_json)


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _in_url(value: str) -> str:
    return quote(value, safe="", errors="replace")


def headers(account: Account) -> dict[str, str]:
    """What every call carries; `Refused` when it was not written as JSON."""
    given = account.credentials.get("headers", "").strip()
    if not given:
        return {}
    try:
        told = msgspec.json.decode(given, type=dict[str, str])
    except msgspec.DecodeError as error:
        raise Refused(
            f"The gateway's headers are no JSON object: {error}", reason="credentials"
        ) from error
    return {name.strip().lower(): value.strip() for name, value in told.items()}


def _outcome(answer: HttpAnswer, account: Account, reference: str) -> SendOutcome:
    words = answer.body[:500].decode("utf-8", "replace")
    if answer.status < 200 or 300 <= answer.status < 400 or answer.status >= 500:
        raise Unreachable(f"The gateway answered {answer.status}: {words[:200]}", maybe_done=True)
    if answer.status in _WAITING:
        asked = answer.headers.get("retry-after", "")
        wait = float(asked) if asked.isascii() and asked.isdigit() else _PAUSE_S
        raise Unreachable("The gateway asks to slow down.", retry_after_s=wait)
    if answer.status >= 400:
        reason = "credentials" if answer.status in (401, 402, 403) else "invalid"
        raise Refused(f"The gateway refused ({answer.status}): {words[:200]}", reason=reason)
    wanted = account.credentials.get("accepted_by", "")
    if wanted and wanted not in answer.body.decode("utf-8", "replace"):
        raise Refused(f"The gateway did not take the message: {words[:200]}", reason="invalid")
    return SendOutcome((_id(answer.body, account) or reference,))


def _id(body: bytes, account: Account) -> str:
    try:
        tree: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return ""
    path = account.credentials.get("id_field", "").strip()
    names = (path,) if path else _IDS
    found = next((one for one in (_at(tree, name) for name in names) if one), "")
    return found[:150]


def _at(tree: Any, path: str) -> str:
    for step in path.split("."):
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and step.isascii() and step.isdigit():
            tree = tree[int(step)] if int(step) < len(tree) else None
        else:
            return ""
    return str(tree) if isinstance(tree, str | int) and not isinstance(tree, bool) else ""
