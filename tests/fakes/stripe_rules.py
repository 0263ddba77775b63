"""Stripe's documented rules for what it is sent: versions, keys, forms, amounts, idempotency."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

ZERO = set("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".lower().split())
LEAST = {"jpy": 50, "usd": 50, "eur": 50, "gbp": 30}
_VERSION = re.compile(r"20\d\d-\d\d-\d\d(\.[a-z]+)?")
_PATH = re.compile(r"([^\[\]]+)|\[([^\[\]]*)\]")


class Refusal(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, kind: str, code: str | None, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message, **more}}


def bad(message: str, code: str | None = "parameter_invalid_empty") -> Refusal:
    """400: the request is wrong."""
    return Refusal(400, "invalid_request_error", code, message)


def require_caller(headers: dict[str, str], secret_key: str) -> None:
    """The right key, and a version: strictness beyond Stripe's, which would take its default."""
    if headers.get("authorization") != f"Bearer {secret_key}":
        raise Refusal(401, "invalid_request_error", None, "Invalid API Key provided")
    if not _VERSION.fullmatch(headers.get("stripe-version", "")):
        raise bad("Send a Stripe-Version.")


def form(body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    """A nested form as Stripe reads it; JSON is refused."""
    if not body:
        return {}
    if headers.get("content-type") != "application/x-www-form-urlencoded":
        raise bad("Send a form.")
    return nested(body.decode())


def nested(text: str) -> dict[str, Any]:
    """`a[b][0]=1` as {"a": {"b": ["1"]}}; an empty value would unset, so it is refused here."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True, strict_parsing=True):
        if value == "":
            raise bad(f"You passed an empty string for '{name}'.")
        path = [first or second for first, second in _PATH.findall(name)]
        place = tree
        for part in path[:-1]:
            place = place.setdefault(part, {})
        if path[-1] in place:
            raise bad(f"{name} comes twice.")
        place[path[-1]] = value
    listed: dict[str, Any] = _listed(tree)
    return listed


def _listed(tree: Any) -> Any:
    if not isinstance(tree, dict):
        return tree
    made = {name: _listed(value) for name, value in tree.items()}
    if made and all(name.isdecimal() for name in made):
        return [made[name] for name in sorted(made, key=int)]
    return made


def only(given: dict[str, Any], *known: str) -> None:
    """`parameter_unknown` for anything else."""
    for name in given:
        if name not in known:
            raise bad(f"Received unknown parameter: {name}", "parameter_unknown")


def amount_of(given: dict[str, Any], name: str = "amount") -> int:
    """A whole amount over the least of the currency, in steps Stripe takes."""
    currency, text = given.get("currency"), given.get(name)
    if not isinstance(currency, str) or not re.fullmatch("[a-z]{3}", currency):
        raise bad("Invalid currency: it is three small letters.")
    if not isinstance(text, str) or not text.isdecimal():
        raise bad(f"Invalid integer: {text}", "parameter_invalid_integer")
    count = int(text)
    if count < LEAST.get(currency, 1):
        raise bad("Amount must be at least the least of it.", "amount_too_small")
    if count > 99_999_999:
        raise bad("Amount must be no more than 99999999.", "amount_too_large")
    if currency in ("isk", "ugx") and count % 100:
        raise bad("Must be divisible by 100.", "invalid_charge_amount_no_decimal_compatible")
    if currency in ("bhd", "jod", "kwd", "omr", "tnd") and count % 10:
        raise bad("The last digit must be 0.", "parameter_invalid_integer")
    return count


class Keys:
    """Idempotency: the same key and the same request get the first answer, whatever it was."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, int, bytes]] = {}

    def before(self, key: str | None, path: str, given: dict[str, Any]) -> tuple[int, bytes] | None:
        """The answer this key had before; a conflict when it was another request."""
        if not key or len(key) > 255:
            raise bad("Send an Idempotency-Key of up to 255 characters.")
        print_ = self._print(path, given)
        if key not in self._known:
            return None
        first, status, body = self._known[key]
        if first != print_:
            raise Refusal(
                400,
                "idempotency_error",
                None,
                "Keys for idempotent requests can only be used with the same parameters.",
            )
        return status, body

    def keep(self, key: str, path: str, given: dict[str, Any], answer: tuple[int, bytes]) -> None:
        """Remember the answer."""
        self._known[key] = (self._print(path, given), *answer)

    def forget(self) -> None:
        """A day has passed."""
        self._known.clear()

    def _print(self, path: str, given: dict[str, Any]) -> str:
        return json.dumps([path, given], sort_keys=True)
