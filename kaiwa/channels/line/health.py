"""What is wrong with an account, in sentences; their keys are what translations go by."""

from typing import Final

import msgspec

from kaiwa.channels.contract import Account
from kaiwa.channels.line.api import call, quota_left, read
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused, Unreachable

SENTENCES: Final = {
    "no_secret": "There is no channel secret: webhooks cannot be verified.",
    "token": "LINE does not accept the channel access token. Issue a new one in the console.",
    "unreachable": "LINE cannot be reached: {why}",
    "refused": "LINE refused to tell about the account: {why}",
    "no_webhook": "No webhook URL is set in the LINE Developers Console.",
    "webhook_off": "“Use webhook” is off in the LINE Developers Console: no message arrives.",
    "webhook_elsewhere": "The webhook URL is {url}, not {expected}: messages go elsewhere.",
    "webhook_insecure": "The webhook URL {url} does not begin with https.",
    "quota_spent": "This month's messages are used up: only replies within a minute go out.",
    "quota_low": "Only {left} pushed messages are left this month.",
}
_LOW: Final = 20


class _Info(msgspec.Struct, frozen=True, rename="camel"):
    user_id: str = ""


class _Webhook(msgspec.Struct, frozen=True):
    endpoint: str = ""
    active: bool = False


async def health(account: Account, http: Http) -> list[str]:
    """Sentences saying what is wrong; empty when well."""
    missing = [] if _secrets(account) else [SENTENCES["no_secret"]]
    try:
        read(await call(account, http, "GET", "/v2/bot/info"), _Info)
        return [*missing, *await _webhook(account, http), *await _quota(account, http)]
    except Unreachable as error:
        return [*missing, SENTENCES["unreachable"].format(why=error.message)]
    except Refused as error:
        key = "token" if error.detail.get("reason") == "credentials" else "refused"
        return [*missing, SENTENCES[key].format(why=error.message)]


def _secrets(account: Account) -> list[str]:
    given = account.credentials.get("channel_secret", "")
    return [secret for secret in given.split(",") if secret.strip()]


async def _webhook(account: Account, http: Http) -> list[str]:
    answer = await call(account, http, "GET", "/v2/bot/channel/webhook/endpoint")
    if answer.status == 404:
        return [SENTENCES["no_webhook"]]
    webhook = read(answer, _Webhook)
    if not webhook.endpoint:
        return [SENTENCES["no_webhook"]]
    found = [] if webhook.active else [SENTENCES["webhook_off"]]
    expected = account.settings.get("webhook_url", "")
    if expected and webhook.endpoint != expected:
        wrong = SENTENCES["webhook_elsewhere"].format(url=webhook.endpoint, expected=expected)
        found.append(wrong)
    elif not webhook.endpoint.startswith("https://"):
        found.append(SENTENCES["webhook_insecure"].format(url=webhook.endpoint))
    return found


async def _quota(account: Account, http: Http) -> list[str]:
    left = await quota_left(account, http)
    if left is None or left > _LOW:
        return []
    return [SENTENCES["quota_low"].format(left=left) if left else SENTENCES["quota_spent"]]
