"""Links to a form's page: signed, for one asking, until it can no longer be answered."""

from datetime import datetime

from kaiwa.conversations.form_asking import Asking
from kaiwa.engines.secrets import Secrets
from kaiwa.orders.hosted_link import Sealed


def form_link(secrets: Secrets, origin: str, asked: Asking) -> str:
    """The page; `origin` has no slash at its end."""
    token = _links(secrets).made(asked.merchant_id, asked.id, asked.expires_at)
    return f"{origin}/forms/{token}"


def form_behind(secrets: Secrets, token: str, now: datetime) -> tuple[int, int]:
    """Merchant and asking that such a link means; `NotFound` when it has ended."""
    return _links(secrets).read(token, now)


def _links(secrets: Secrets) -> Sealed:
    return Sealed(secrets, "form-link")
