"""Only Telegram knows the secret that the webhook was set with: it comes back in a header.

Bot API, `setWebhook`, parameter `secret_token`. The header does not cover the body: who has seen
it can send anything, so it is as secret as a password and travels by https only.
"""

import hmac

from kaiwa.channels.contract import Account, RawRequest, Verdict
from kaiwa.vocabulary.errors import NotAuthentic

HEADER = "x-telegram-bot-api-secret-token"


def verify(request: RawRequest, account: Account) -> Verdict:
    """Pass when the header holds one of the account's secrets; raise `NotAuthentic` otherwise."""
    given = request.headers.get(HEADER, "").encode("utf-8", "replace")
    if not given:
        raise NotAuthentic(f"The call has no {HEADER} header.")
    secrets = account.credentials.get("webhook_secret", "").split(",")
    known = [secret.strip().encode() for secret in secrets if secret.strip()]
    if not any(hmac.compare_digest(secret, given) for secret in known):
        raise NotAuthentic(f"The {HEADER} header is not the webhook secret of this account.")
    return Verdict()
