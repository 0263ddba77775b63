"""The door of connected stores: 200 means that the call is kept, anything else that none is."""

import pytest

from kaiwa.merchants.merchant import merchant_called
from kaiwa.merchants.store import ConnectedStore, NewStore, add_store
from kaiwa.stores import store_kinds
from tests.fakes.little_shop import KEY, SECRET, LittleShop
from tests.fakes.little_store import LittleStore
from tests.web.asgi import call
from tests.web.doors import NOW, Doors

SECRETS = {"api_key": KEY, "signing_secret": SECRET}


@pytest.fixture
def little() -> LittleShop:
    return LittleShop()


@pytest.fixture
def connected(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> ConnectedStore:
    monkeypatch.setitem(store_kinds(), "little", LittleStore())
    new = NewStore("little", credentials=SECRETS, api_base="http://little.example")
    sealing = doors.running.context.secrets
    return doors.db.write_now(lambda s: add_store(s, merchant_called(s, "1").id, new, sealing, NOW))


def kept(doors: Doors) -> tuple[int, int]:
    return doors.count("store_event"), doors.count("job", "kind = 'take_hook'")


async def test_a_signed_call_is_kept_once_however_often_it_comes(
    doors: Doors, connected: ConnectedStore, little: LittleShop
) -> None:
    body, headers = little.hook("products", little.product("1"))
    path = f"/webhooks/stores/{connected.key}"
    for _ in range(3):
        answer = await call(doors.app, "POST", path, headers=headers, body=body)
        assert (answer.status, answer.body) == (200, b"")
    assert kept(doors) == (1, 1)


async def test_a_forged_call_is_refused_and_not_kept(
    doors: Doors, connected: ConnectedStore, little: LittleShop
) -> None:
    body, headers = little.hook("products", little.product("1"))
    path = f"/webhooks/stores/{connected.key}"
    for forged, sent in ((body + b" ", headers), (body, {}), (b"", headers)):
        assert (await call(doors.app, "POST", path, headers=sent, body=forged)).status == 401
    assert kept(doors) == (0, 0)


@pytest.mark.parametrize("key", ["", "nobody", "a/b", "%00", "%ff", "k" * 5_000])
async def test_a_call_to_nobody_keeps_nothing(
    doors: Doors, connected: ConnectedStore, little: LittleShop, key: str
) -> None:
    body, headers = little.hook("products", little.product("1"))
    answer = await call(doors.app, "POST", f"/webhooks/stores/{key}", headers=headers, body=body)
    assert (answer.status, kept(doors)) == (404, (0, 0))


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
async def test_what_is_no_delivery_keeps_nothing(
    doors: Doors, connected: ConnectedStore, little: LittleShop, method: str
) -> None:
    body, headers = little.hook("products", little.product("1"))
    path = f"/webhooks/stores/{connected.key}"
    answer = await call(doors.app, method, path, headers=headers, body=body)
    assert (answer.status, kept(doors)) == (404, (0, 0))


async def test_a_body_that_is_too_large_is_refused(
    doors: Doors, connected: ConnectedStore, little: LittleShop
) -> None:
    body, headers = little.hook("products", little.product("1", html="x" * 5_000_000))
    path = f"/webhooks/stores/{connected.key}"
    answer = await call(doors.app, "POST", path, headers=headers, body=body)
    assert (answer.status, kept(doors)) == (413, (0, 0))


async def test_a_shop_that_is_here_has_no_door(doors: Doors) -> None:
    sealing = doors.running.context.secrets
    here = doors.db.write_now(
        lambda s: add_store(s, merchant_called(s, "1").id, NewStore("embedded"), sealing, NOW)
    )
    answer = await call(doors.app, "POST", f"/webhooks/stores/{here.key}", body=b"{}")
    assert (answer.status, kept(doors)) == (404, (0, 0))
