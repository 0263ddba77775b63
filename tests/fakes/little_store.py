"""The connector for `LittleShop`: what a third party's package would bring."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlencode

import msgspec

from kaiwa.engines.http import Http
from kaiwa.stores import (
    Ability,
    Account,
    CredentialField,
    Gone,
    Hook,
    Page,
    StoreCart,
    StoreLine,
    StoreOrder,
    StoreProduct,
    StoreStock,
    StoreVariant,
    Told,
    Unread,
    What,
)
from kaiwa.vocabulary.errors import NotAuthentic, Refused, Unreachable
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import parse_iso

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class LittleStore:
    kind = "little"
    name = "Little Shop"
    abilities = frozenset({Ability.PRODUCTS, Ability.STOCK, Ability.ORDERS, Ability.WEBHOOKS})
    credential_fields = (
        CredentialField("api_key", "API key"),
        CredentialField("signing_secret", "webhook signing secret"),
    )

    async def fetch(self, what: What, cursor: str | None, account: Account, http: Http) -> Page:
        query = f"?after={quote(cursor)}" if cursor else ""
        answer = await http.call(
            "GET",
            f"{account.api_base}/v1/{what}{query}",
            headers={"authorization": f"Bearer {account.credentials['api_key']}"},
        )
        if answer.status == 429:
            wait_s = float(answer.headers.get("retry-after", "1"))
            raise Unreachable("Little Shop asks to slow down.", retry_after_s=wait_s)
        if answer.status >= 500:
            raise Unreachable(f"Little Shop answered {answer.status}.")
        if answer.status != 200:
            raise Refused(f"Little Shop answered {answer.status}: look at its key.")
        try:
            page = msgspec.json.decode(answer.body)
            items, last, more = list(page["items"]), page["last"], bool(page["more"])
        except (msgspec.DecodeError, KeyError, TypeError) as error:
            raise Unreachable("Little Shop answered something else.") from error
        told = tuple(_read(what, one, account) for one in items)
        return Page(told, last if more else None, None if more else last)

    def verify(self, body: bytes, headers: Mapping[str, str], account: Account) -> Hook:
        key = account.credentials["signing_secret"].encode()
        signed = hmac.new(key, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(signed, headers.get("little-signature", "")):
            raise NotAuthentic("The signature is wrong.")
        return Hook(headers.get("little-event", signed), headers.get("little-topic", ""))

    def parse(self, topic: str, body: bytes, account: Account) -> list[Told]:
        try:
            item = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return [Unread(None, "This is not JSON.")]
        if topic == "products/deleted":
            return [_gone(item)]
        return [_read(topic, item, account)]

    def checkout_link(self, cart: StoreCart, account: Account) -> str | None:
        items = ",".join(f"{one.external_id}:{one.quantity}" for one in cart.wishes)
        return f"https://little.example/cart?{urlencode({'items': items})}"


def _read(what: str, item: Any, account: Account) -> Told:
    try:
        match what:
            case "products":
                return _product(item, account)
            case "stock":
                return StoreStock(str(item["id"]), _at(item), int(item["count"]))
            case "orders":
                return _order(item, account)
            case _:
                return Unread(None, f"Nobody knows {what!r}.")
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        name = item.get("id") if isinstance(item, dict) else None
        return Unread(str(name) if name else None, f"{type(error).__name__}: {error}")


def _product(item: Any, account: Account) -> StoreProduct:
    variants = tuple(
        StoreVariant(
            str(one["id"]),
            Money.parse(one["price"], account.currency),
            one.get("sku"),
            options=dict(one.get("options", {})),
            on_hand=one.get("count"),
        )
        for one in item["variants"]
    )
    return StoreProduct(
        str(item["id"]), _at(item), item["slug"], item["name"], variants, item.get("html", "")
    )


def _order(item: Any, account: Account) -> StoreOrder:
    lines = tuple(
        StoreLine(one["sku"], int(one["count"]), Money.parse(one["price"], account.currency))
        for one in item["lines"]
    )
    return StoreOrder(
        str(item["id"]),
        _at(item),
        item["number"],
        parse_iso(item["placed_at"]),
        lines,
        item.get("status", "unfulfilled"),
        item.get("name", ""),
        item.get("email", ""),
    )


def _gone(item: Any) -> Told:
    try:
        return Gone("products", str(item["id"]), _at(item))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        return Unread(None, f"{type(error).__name__}: {error}")


def _at(item: Any) -> datetime:
    return _EPOCH + timedelta(milliseconds=int(item["changed"]))
