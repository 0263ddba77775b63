"""Calls to Stripe: form-encoded, of one pinned version, and its errors as ours.

What Stripe refuses is told to the merchant's log in Stripe's words; to nobody else.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias, TypeVar
from urllib.parse import urlencode

import msgspec
import structlog

from kaiwa.engines.http import Http, HttpAnswer
from kaiwa.payments.contract import Account
from kaiwa.payments.stripe.shapes import Failure, Trouble
from kaiwa.vocabulary.errors import Refused, Unreachable

T = TypeVar("T")
Form: TypeAlias = Mapping[str, Any]

API_BASE: Final = "https://api.stripe.com"
VERSION: Final = "2026-10-28.endive"
_LATER: Final = frozenset({409, 424, 429})

log = structlog.get_logger()


class Declined(Exception):
    """Stripe answered 402: the money was asked for and did not come."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.code)
        self.trouble = trouble


class Stripe:
    """One merchant's account, called over our HTTP engine."""

    def __init__(self, account: Account, http: Http) -> None:
        self._base = (account.api_base or API_BASE).rstrip("/")
        self._key = account.credentials["secret_key"]
        self._http = http

    async def get(self, path: str, form: Form, kind: type[T]) -> T:
        """Read one thing. `Unreachable`, `Refused`."""
        query = urlencode([*_flat(form)])
        return _read(await self._call("GET", f"{path}?{query}" if query else path), kind)

    async def post(self, path: str, form: Form, kind: type[T], key: str) -> T:
        """Do one thing, once for this key. `Unreachable`, `Refused`, `Declined`."""
        body = urlencode([*_flat(form)]).encode()
        headers = {"idempotency-key": key, "content-type": "application/x-www-form-urlencoded"}
        return _read(await self._call("POST", path, headers, body), kind)

    async def _call(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> HttpAnswer:
        own = {"authorization": f"Bearer {self._key}", "stripe-version": VERSION}
        return await self._http.call(
            method, f"{self._base}{path}", headers={**own, **(headers or {})}, body=body
        )


def _read(answer: HttpAnswer, kind: type[T]) -> T:
    try:
        if answer.status < 300:
            return msgspec.json.decode(answer.body, type=kind)
        trouble = msgspec.json.decode(answer.body, type=Failure).error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreachable(
            f"Stripe answered {answer.status} with something else.", maybe_done=True
        ) from error
    if answer.status == 402:
        raise Declined(trouble)
    # A key that was used with other parameters: the first call may have gone through.
    if answer.status in _LATER or answer.status >= 500 or trouble.type == "idempotency_error":
        raise Unreachable(
            f"Stripe answered {answer.status} ({trouble.code or trouble.type}).",
            retry_after_s=_wait_s(answer),
            maybe_done=answer.status != 429,
        )
    log.error("stripe_refused", status=answer.status, code=trouble.code, words=trouble.message)
    raise Refused(f"Stripe refused: {trouble.message or trouble.type}", code=trouble.code)


def _wait_s(answer: HttpAnswer) -> float | None:
    wait = answer.headers.get("retry-after", "")
    return float(wait) if wait.isdecimal() else None


def _flat(form: Form, prefix: str = "") -> Iterator[tuple[str, str]]:
    """`{"a": {"b": [1]}}` as `a[b][0]=1`; what is None is left out."""
    for name, value in form.items():
        path = f"{prefix}[{name}]" if prefix else name
        if isinstance(value, Mapping):
            yield from _flat(value, path)
        elif isinstance(value, list):
            yield from _flat({str(place): one for place, one in enumerate(value)}, path)
        elif value is not None:
            yield path, str(value)
