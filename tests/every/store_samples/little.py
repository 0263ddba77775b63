"""Little Shop with ten products, their stock and an order."""

from kaiwa.stores import Account
from tests.every.store_samples import StoreSamples
from tests.fakes.line_http import InProcessHttp
from tests.fakes.little_shop import KEY, SECRET, LittleShop


def _shop() -> LittleShop:
    little = LittleShop()
    for number in range(10):
        little.product(str(number), str(1000 + number))
    line = {"sku": "SKU-1", "count": 1, "price": "1001"}
    little.put("orders", "o", number="1", placed_at="2026-11-01T00:00:00Z", lines=[line])
    return little


_well = _shop()
SAMPLES = StoreSamples(
    Account(1, "JPY", {"api_key": KEY, "signing_secret": SECRET}, "http://little.example"),
    (
        _well.hook("products", _well.product("1", "1500")),
        _well.hook("stock", _well.put("stock", "v1", count=3)),
        _well.hook("orders", _well.lists["orders"]["o"]),
        _well.hook("products/deleted", {"id": "3", "changed": 1_760_000_100_000}),
    ),
    lambda: InProcessHttp(_shop()),
)
