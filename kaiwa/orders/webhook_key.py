"""The unguessable ends of the webhook addresses of payments and carriers.

They are derived from the master key, so nothing is stored and a wrong one never asks the database.
A carrier's signing secret is derived in the same way: it changes with the master key only.
"""

import base64
import hashlib
import hmac
import re
from typing import Final

from kaiwa.engines.secrets import Secrets
from kaiwa.vocabulary.errors import NotFound

_PAYMENT: Final = re.compile(r"([1-9][0-9]{0,17})-([1-9][0-9]{0,17})-([A-Za-z0-9_-]{22})", re.ASCII)
_CARRIER: Final = re.compile(r"([1-9][0-9]{0,17})-([A-Za-z0-9_-]{22})", re.ASCII)


def payment_path(secrets: Secrets, merchant_id: int, method_id: int) -> str:
    """Where a provider tells what became of payments."""
    return f"/webhooks/payments/{_sealed(secrets, 'payments', merchant_id, method_id)}"


def read_payment_key(secrets: Secrets, key: str) -> tuple[int, int]:
    """The merchant and method that a key means; `NotFound` when it is not one of ours."""
    found = _PAYMENT.fullmatch(key)
    if found is None:
        raise NotFound("There is no such webhook.")
    merchant_id, method_id = int(found[1]), int(found[2])
    _require_same(key, _sealed(secrets, "payments", merchant_id, method_id))
    return merchant_id, method_id


def carrier_path(secrets: Secrets, merchant_id: int, carrier: str) -> str:
    """Where news of a carrier's parcels is taken."""
    return f"/webhooks/carriers/{carrier}/{_sealed(secrets, 'carriers', merchant_id)}"


def read_carrier_key(secrets: Secrets, key: str) -> int:
    """The merchant that a key means; `NotFound` when it is not one of ours."""
    found = _CARRIER.fullmatch(key)
    if found is None:
        raise NotFound("There is no such webhook.")
    merchant_id = int(found[1])
    _require_same(key, _sealed(secrets, "carriers", merchant_id))
    return merchant_id


def carrier_secret(secrets: Secrets, merchant_id: int, carrier: str) -> str:
    """What the news of a carrier's parcels is signed with."""
    return f"ksec_{secrets.derived(f'carrier news {merchant_id} {carrier}').hex()}"


def _sealed(secrets: Secrets, purpose: str, *ids: int) -> str:
    plain = "-".join(map(str, ids))
    code = hmac.digest(secrets.derived(f"webhook {purpose}"), plain.encode(), hashlib.sha256)
    return f"{plain}-{base64.urlsafe_b64encode(code[:16]).decode().rstrip('=')}"


def _require_same(given: str, right: str) -> None:
    if not hmac.compare_digest(given.encode(), right.encode()):
        raise NotFound("There is no such webhook.")
