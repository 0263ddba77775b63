"""Which pages may carry a chat: those the inbox names, exactly, and our own."""

import pytest

from kaiwa.channels import Account, channel
from kaiwa.conversations.intake import Place
from kaiwa.merchants.inbox import Inbox, InboxSettings
from kaiwa.merchants.merchant import Merchant, ShopSettings
from kaiwa.vocabulary.errors import NotAllowed
from kaiwa.web.places import Door
from kaiwa.web.visitor import require_origin

OWN = "https://kaiwa.example"
SHOP = "https://shop.example"


def door(*origins: str) -> Door:
    box = Inbox(1, 1, "web_chat", "key", "Chat", None, None, InboxSettings(origins), None)
    shop = Merchant(1, "Shop", "shop", "en", "JPY", "Asia/Tokyo", ShopSettings())
    return Door(Place(shop, box), channel("web_chat"), Account(1, {}))


@pytest.mark.parametrize(
    ("origins", "origin"),
    [
        ((SHOP,), SHOP),
        ((SHOP, "https://www.shop.example"), "https://www.shop.example"),
        (("*",), "https://anybody.example"),
        (("*",), "null"),
        ((), OWN),
        ((), None),
    ],
)
def test_these_may(origins: tuple[str, ...], origin: str | None) -> None:
    require_origin(door(*origins), origin, OWN)


@pytest.mark.parametrize(
    ("origins", "origin"),
    [
        ((), SHOP),
        ((SHOP,), ""),
        ((SHOP,), "null"),
        ((SHOP,), "http://shop.example"),
        ((SHOP,), "https://shop.example:8443"),
        ((SHOP,), "https://shop.example/"),
        ((SHOP,), "https://www.shop.example"),
        ((SHOP,), "https://shop.example.evil.example"),
        ((SHOP,), "https://evil.example/https://shop.example"),
        (("https://*.shop.example",), "https://a.shop.example"),
        ((), OWN + ".evil.example"),
    ],
)
def test_these_may_not(origins: tuple[str, ...], origin: str) -> None:
    with pytest.raises(NotAllowed):
        require_origin(door(*origins), origin, OWN)
