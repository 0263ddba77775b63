"""A connected store's products, stock and orders are here as they are there, whatever happens."""

import itertools
from typing import Any

import pytest

from kaiwa.catalog.product import product_by_handle
from kaiwa.catalog.sync.checkout_link import checkout_link
from kaiwa.catalog.variant import variants_of
from kaiwa.engines.db import Database
from kaiwa.engines.http import AiohttpHttp
from kaiwa.merchants.store import remove_store, stores
from kaiwa.orders.order import order, order_by_number
from kaiwa.vocabulary.errors import NotAuthentic
from tests.catalog.sync.world import SECRETS, Connected, Killed, MortalDatabase
from tests.fakes.line_http import served
from tests.fakes.little_shop import LittleShop

ORDER = {
    "number": "L-7",
    "placed_at": "2026-11-01T00:00:00Z",
    "email": "hanako@example.com",
    "lines": [{"sku": "SKU-1", "count": 2, "price": "1000"}],
}


@pytest.fixture
def shop(database: Database, monkeypatch: pytest.MonkeyPatch) -> Connected:
    connected = Connected(database, monkeypatch)
    for number in range(1, 8):
        connected.little.product(str(number), str(1000 + number))
    return connected


def all_seven() -> dict[str, int | None]:
    return {f"item-{number}": 1000 + number for number in range(1, 8)}


def order_state(shop: Connected, number: str) -> str | None:
    def look(s: Any) -> str | None:
        found = order_by_number(s, shop.merchant_id, number)
        return None if found is None else order(s, shop.merchant_id, found).state

    return shop.db.read_now(look)


def count(shop: Connected, table: str) -> int:
    row = shop.db.read_now(
        lambda s: s.one(f"SELECT count(*) FROM {table} WHERE merchant_id = :m", m=shop.merchant_id)
    )
    assert row is not None
    return int(row[0])


def test_all_of_a_store_is_taken_slice_by_slice(shop: Connected) -> None:
    shop.little.put("orders", "o1", **ORDER)
    shop.sync()
    assert shop.prices() == all_seven()
    assert shop.stock("item-3") == 5
    assert order_state(shop, "L-7") == "processing"
    assert [name for name, _ in shop.little.served].count("products") == 3
    pull = shop.pull()
    assert (pull.taken, pull.refused, pull.whole, pull.is_going) == (7, 0, True, False)


def test_later_only_what_changed_is_asked_for(shop: Connected) -> None:
    shop.sync()
    shop.little.served.clear()
    shop.little.product("2", "1900")
    shop.sync()
    assert shop.price("item-2") == 1900
    assert [name for name, _ in shop.little.served] == ["products", "stock", "orders"]
    assert (shop.pull().taken, shop.pull().whole) == (1, False)


def test_a_price_that_changes_between_two_pages_ends_as_it_is_there(shop: Connected) -> None:
    prices = itertools.count(5000)

    def change_twice() -> None:
        if (price := next(prices)) < 5002:
            shop.little.product("1", str(price))

    shop.little.after_page = change_twice
    shop.sync()
    assert shop.prices() == all_seven() | {"item-1": 5001}


def test_over_a_real_socket_a_store_that_slows_us_down_is_waited_for(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    little = LittleShop()
    for number in range(1, 8):
        little.product(str(number), str(1000 + number))
    little.every_nth_waits = 2
    with served(little) as base:
        shop = Connected(database, monkeypatch, shop=little, http=AiohttpHttp(), base=base)
        shop.begin()
        assert shop.work() == 6
    assert shop.prices() == all_seven()
    assert shop.pull().trouble is None


def test_a_store_that_is_away_is_asked_again_from_the_same_place(shop: Connected) -> None:
    shop.little.broken_with = 503
    shop.begin()

    def mended() -> None:
        shop.little.broken_with = None

    calls = itertools.count(1)
    real = shop.http.call

    async def call(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == 4:
            mended()
        return await real(*args, **kwargs)

    shop.http.call = call  # type: ignore[method-assign]
    assert shop.work() == 3
    assert shop.prices() == all_seven()


def test_a_wrong_key_ends_the_pull_and_says_so(shop: Connected) -> None:
    shop.little.broken_with = 403
    shop.sync()
    pull = shop.pull()
    assert (pull.is_going, pull.trouble) == (False, "Little Shop answered 403: look at its key.")
    assert shop.prices() == {}
    shop.little.broken_with = None
    shop.sync()
    assert shop.prices() == all_seven()


@pytest.mark.parametrize("committed", [False, True])
def test_killed_at_any_write_it_goes_on_where_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    for fatal in itertools.count(1):
        shop = Connected(database, monkeypatch, f"shop{fatal}")
        for number in range(1, 8):
            shop.little.product(str(number), str(1000 + number))
        shop.little.put("orders", "o1", **ORDER)
        shop.begin()
        mortal = MortalDatabase(database, fatal, committed=committed)
        try:
            shop.work(mortal)
        except Killed:
            assert shop.exists()
            shop.revive()
            shop.work()
        else:
            # Seven writes: three slices of products, three of stock, one of orders.
            assert fatal == 8
            return
        assert shop.prices() == all_seven()
        assert (shop.pull().taken, count(shop, "shop_order")) == (7, 1)
        assert count(shop, "store_link") == 7 + 7 + 1


def test_a_webhook_that_comes_twice_is_one(shop: Connected) -> None:
    shop.sync()
    body, headers = shop.little.hook("products", shop.little.product("1", "1234"))
    assert [shop.hook(body, headers), shop.hook(body, headers)] == [True, False]
    shop.work()
    assert (shop.price("item-1"), count(shop, "store_event")) == (1234, 1)


def test_a_webhook_that_comes_late_changes_nothing(shop: Connected) -> None:
    shop.sync()
    old = shop.little.hook("products", shop.little.product("1", "1111"))
    new = shop.little.hook("products", shop.little.product("1", "2222"))
    counts = [shop.little.hook("stock", shop.little.put("stock", "v1", count=n)) for n in (9, 4)]
    for hook in (new, old, *reversed(counts)):
        shop.hook(*hook)
        shop.work()
    assert (shop.price("item-1"), shop.stock("item-1")) == (2222, 4)


def test_a_page_fetched_before_a_webhook_does_not_undo_it(shop: Connected) -> None:
    shop.sync()
    stale = shop.little.product("1", "1500")
    shop.hook(*shop.little.hook("products", shop.little.product("1", "1700")))
    shop.work()
    shop.little.lists["products"]["1"] = stale
    shop.sync(whole=True)
    assert shop.price("item-1") == 1700


def test_a_forged_webhook_is_refused_and_not_kept(shop: Connected) -> None:
    body, headers = shop.little.hook("products", shop.little.product("1"))
    with pytest.raises(NotAuthentic):
        shop.hook(body + b" ", headers)
    assert count(shop, "store_event") == 0


def test_what_is_deleted_there_is_not_sold_here(shop: Connected) -> None:
    shop.sync()
    shop.hook(*shop.little.hook("products/deleted", shop.little.delete("1")))
    shop.work()
    shop.little.delete("2")
    shop.sync(whole=True)
    assert shop.prices() == all_seven() | {"item-1": None, "item-2": None}
    shop.little.product("2", "2000")
    shop.sync()
    assert shop.price("item-2") == 2000


def test_what_a_webhook_brings_during_a_whole_run_is_not_missed_at_its_end(
    shop: Connected,
) -> None:
    shop.sync()
    shop.begin(whole=True)
    new = shop.little.product("9", "9000")
    shop.hook(*shop.little.hook("products", new))
    del shop.little.lists["products"]["9"]
    shop.work()
    assert shop.price("item-9") == 9000


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": ""}, "1: The product has no title."),
        ({"slug": " "}, "1: The product has no handle."),
        ({"name": "a\x00b", "html": "x\x00y", "slug": "s\x00"}, "1: There is something in it"),
        ({"variants": []}, "1: A product has 1 to 2000 variants, not 0."),
        ({"variants": [{"id": "a", "price": "-5"}]}, "1: The price -5 cannot be."),
        ({"variants": [{"id": "a", "price": "9" * 30}]}, "cannot be."),
        ({"variants": [{"id": "a", "price": "cheap"}]}, "1: ValueError: not an amount: 'cheap'"),
        ({"variants": [{"id": "a", "price": "1"}] * 2}, "1: Two variants have the same options."),
        ({"variants": [{"id": "a", "price": "1", "count": 10**12}]}, "There cannot be"),
        ({"variants": [{"id": "a", "price": "1", "sku": "SKU-2"}]}, "has the SKU 'SKU-2'."),
        ({"variants": "?"}, "1: TypeError"),
    ],
)
def test_bad_data_is_refused_by_name_and_stops_nothing_else(
    shop: Connected, fields: dict[str, Any], told: str
) -> None:
    shop.sync()
    shop.little.product("1", **fields)
    shop.little.product("7", "7777")
    shop.sync()
    pull = shop.pull()
    assert (pull.taken, pull.refused) == (1, 1)
    assert told in (pull.trouble or "")
    assert shop.prices() == all_seven() | {"item-7": 7777}


def test_html_of_a_store_becomes_plain_text(shop: Connected) -> None:
    html = "<p>Warm</p><script>alert(1)</script><img src=x onerror=alert(2)>"
    shop.little.product("1", html=html, name="<b>Cup</b><script>x</script>")
    shop.sync()
    found = shop.db.read_now(lambda s: product_by_handle(s, shop.merchant_id, "item-1"))
    assert found is not None
    assert (found.title, found.body) == ("Cup", "Warm")


def test_a_product_that_gets_another_handle_stays_the_same_product(shop: Connected) -> None:
    shop.sync()
    shop.little.product("1", "1001", slug="renamed")
    shop.little.product("2", "1002", slug="item-3")
    shop.sync()
    renamed = all_seven() | {"renamed": 1001}
    del renamed["item-1"]
    # item-3 is another product: the second keeps the handle it had.
    assert shop.prices() == renamed


def test_two_stores_with_the_same_handle_keep_apart(
    shop: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.sync()
    second = Connected(shop.db, monkeypatch, "Second")
    second.little.product("1", "500")
    second.sync()
    assert second.prices() == {"item-1": 500}
    assert shop.prices() == all_seven()


def test_an_order_catches_up_and_never_goes_back(shop: Connected) -> None:
    shop.little.put("orders", "o1", **ORDER)
    shop.sync()
    late = shop.little.hook("orders", dict(shop.little.lists["orders"]["o1"]))
    shop.little.put("orders", "o1", status="delivered")
    shop.sync()
    shop.hook(*late)
    shop.work()
    assert (order_state(shop, "L-7"), count(shop, "shop_order")) == ("delivered", 1)


def test_a_store_that_is_removed_is_not_asked_any_more(shop: Connected) -> None:
    shop.begin()
    gone = shop.store.id
    shop.db.write_now(lambda s: remove_store(s, shop.merchant_id, gone, shop.clock.now()))
    shop.work()
    assert shop.little.served == []
    assert shop.db.read_now(lambda s: stores(s, shop.merchant_id)) == []


def test_a_cart_is_paid_where_it_is_sold(shop: Connected) -> None:
    shop.sync()
    ours = "https://shop.example/checkout/k"

    def look(s: Any) -> tuple[str, str]:
        found = product_by_handle(s, shop.merchant_id, "item-2")
        assert found is not None
        variant = variants_of(s, shop.merchant_id, found.id)[0].id
        return (
            checkout_link(s, shop.merchant_id, SECRETS, {variant: 2}, ours),
            checkout_link(s, shop.merchant_id, SECRETS, {variant: 2, 10**6: 1}, ours),
        )

    assert shop.db.read_now(look) == ("https://little.example/cart?items=v2%3A2", ours)
