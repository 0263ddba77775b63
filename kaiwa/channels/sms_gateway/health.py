"""What is wrong with a gateway's account, in sentences; their keys are what translations go by.

No two gateways can be asked the same thing. What the merchant typed is looked at; then the address
to check by is asked with the account's headers, or, without one, whether anybody is there at all.
"""

from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec

from kaiwa.channels.clause import clause
from kaiwa.channels.contract import Account
from kaiwa.channels.sms_gateway.api import JSON, METHODS, TEMPLATE, example, headers
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused, Unreachable

SENTENCES: Final = {
    "no_secret": "There is no inbound secret: what the gateway sends cannot be verified.",
    "address": "{url} is not an address: write https://…",
    "method": "The method is none of POST, PUT, GET.",
    "headers": "The HTTP headers are no JSON object of words.",
    "body": "The template of the body is no JSON once it is filled in.",
    "wordless": "Number or words have no place in the message: every message would be the same.",
    "plain": "{host} is spoken to without encryption: the key can be read on the way.",
    "key": "The gateway does not know the account: it answered {status}. Compare the HTTP headers "
    "(key, user) with its API reference.",
    "slow": "The gateway asks us to wait: too many calls in a short time. Check again in a minute.",
    "refused": "The gateway answered {status} where it is asked how the account is. See whether "
    "the address to check by is the one in its API reference.",
    "unreachable": "The gateway cannot be reached: {why}. See whether the address is right and the "
    "gateway is up, and check again in some minutes.",
}
_NUMBER: Final = ("{to}", "{to_digits}", "{to_national}")


async def health(account: Account, http: Http) -> list[str]:
    """Sentences saying what is wrong; empty when nothing can be seen to be."""
    found = _typed(account)
    url = _address(account.api_base or "", account.credentials.get("url", ""))
    check = _address(url, account.credentials.get("check_url", ""))
    for one in (url, check):
        if not one.startswith(("https://", "http://")):
            return [*found, SENTENCES["address"].format(url=one)]
    if url.startswith("http://") and not account.api_base:
        found.append(SENTENCES["plain"].format(host=urlsplit(url).hostname))
    try:
        if check == url:
            await http.call("HEAD", urljoin(url, "/"))
            return found
        answer = await http.call("GET", check, headers=headers(account))
    except Unreachable as error:
        return [*found, SENTENCES["unreachable"].format(why=clause(error.message))]
    except Refused:
        return found  # of the headers it has been told
    if 200 <= answer.status < 300:
        return found
    if answer.status == 429:
        return [*found, SENTENCES["slow"]]
    key = "key" if answer.status in (401, 402, 403) else "refused"
    return [*found, SENTENCES[key].format(status=answer.status)]


def _address(base: str, told: str) -> str:
    try:
        made = urljoin(base, told.strip())
        return made if urlsplit(made).hostname else told
    except ValueError:
        return told


def _typed(account: Account) -> list[str]:
    """What can be seen without asking."""
    told, found = account.credentials, []
    if not told.get("inbound_secret", "").strip(" ,"):
        found.append(SENTENCES["no_secret"])
    method = told.get("method", "").strip().upper() or "POST"
    if method not in METHODS:
        found.append(SENTENCES["method"])
    try:
        headers(account)
    except Refused:
        found.append(SENTENCES["headers"])
    template = told.get("body", "") or TEMPLATE
    kind = told.get("content_type", "").strip() or JSON
    if method != "GET" and "json" in kind and not _is_json(example(template)):
        found.append(SENTENCES["body"])
    whole = told.get("url", "") + (template if method != "GET" else "")
    if "{text}" not in whole or not any(place in whole for place in _NUMBER):
        found.append(SENTENCES["wordless"])
    return found


def _is_json(text: str) -> bool:
    try:
        msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return False
    return True
