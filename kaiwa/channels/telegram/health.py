"""What is wrong with an account, in sentences; their keys are what translations go by."""

import re
from typing import Final

import msgspec

from kaiwa.channels.clause import clause
from kaiwa.channels.contract import Account
from kaiwa.channels.telegram.api import call
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused, Unreachable

SENTENCES: Final = {
    "no_secret": "There is no webhook secret: webhooks cannot be verified. Enter one of 16 "
    "characters or more, then connect.",
    "bad_secret": "The webhook secret may have A-Z a-z 0-9 _ and - only, at most 256 of them. "
    "Enter another one, then connect.",
    "token": "Telegram does not know the bot token. Take a new one from @BotFather.",
    "unreachable": "Telegram cannot be reached: {why}. Check again in some minutes; if it lasts, "
    "see whether the server may call api.telegram.org.",
    "slow": "Telegram asks us to wait: too many calls in a short time. Check again in a minute.",
    "refused": "Telegram refused to tell about the bot: {why}. See at @BotFather whether the bot "
    "is still there.",
    "no_webhook": "No webhook is set: no message arrives. Run `kaiwa channel connect`.",
    "webhook_elsewhere": "The webhook is {url}, not {expected}: messages go elsewhere. Unless "
    "another program needs them, run `kaiwa channel connect`.",
    "wrong_secret": "Telegram's calls are refused here ({why}): it has another webhook secret. "
    "Run `kaiwa channel connect`.",
    "failing": "Telegram could not deliver messages: {why}. See that the server's public address "
    "opens from outside, with a valid certificate. What waits comes then.",
}
# What we answer to a call whose secret is not ours, as Telegram tells it back.
_REFUSED: Final = re.compile(r"\b40[13]\b")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")


class _Bot(msgspec.Struct, frozen=True):
    id: int = 0


class _Webhook(msgspec.Struct, frozen=True):
    url: str = ""
    pending_update_count: int = 0
    last_error_message: str = ""


async def health(account: Account, http: Http) -> list[str]:
    """Sentences saying what is wrong; empty when well."""
    found = _secret(account)
    try:
        await call(account, http, "getMe", {}, _Bot)
        return [
            *found,
            *_webhook(account, await call(account, http, "getWebhookInfo", {}, _Webhook)),
        ]
    except Unreachable as error:
        key = "unreachable" if error.retry_after_s is None else "slow"
        return [*found, SENTENCES[key].format(why=clause(error.message))]
    except Refused as error:
        key = "token" if error.detail.get("reason") == "credentials" else "refused"
        return [*found, SENTENCES[key].format(why=clause(error.message))]


def _secret(account: Account) -> list[str]:
    given = [one.strip() for one in account.credentials.get("webhook_secret", "").split(",")]
    if not any(given):
        return [SENTENCES["no_secret"]]
    fit = all(_SECRET.fullmatch(one) for one in given if one)
    return [] if fit else [SENTENCES["bad_secret"]]


def _webhook(account: Account, told: _Webhook) -> list[str]:
    if not told.url:
        return [SENTENCES["no_webhook"]]
    expected = account.settings.get("webhook_url", "")
    if expected and told.url != expected:
        return [SENTENCES["webhook_elsewhere"].format(url=told.url, expected=expected)]
    # The last error stays on record after it is over: it matters while updates wait.
    if told.last_error_message and told.pending_update_count:
        key = "wrong_secret" if _REFUSED.search(told.last_error_message) else "failing"
        return [SENTENCES[key].format(why=clause(told.last_error_message))]
    return []
