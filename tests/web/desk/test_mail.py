"""An agent's own choice of mail: seen, kept, taken back, and only where mail can go out."""

import msgspec

from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import NewInbox, add_inbox
from tests.web.desk.test_staff import put
from tests.web.desk.world import World


async def test_a_choice_is_ones_own_and_kept(world: World) -> None:
    ken, hana = await world.browser(world.shop.ken), await world.browser(world.shop.hana)
    none = {"choice": None, "possible": False, "address": "ken@mori.example"}
    assert (await ken.get("/api/mail")).json() == none
    credentials = {
        "address": "shop@mori.example", "smtp_server": "smtp://127.0.0.1:9", "password": "x"
    }  # fmt: skip
    box, secrets = NewInbox("email", credentials=credentials), Secrets(b"0" * 32)
    now = world.clock.now()
    world.db.write_now(lambda s: add_inbox(s, world.shop.id, box, secrets, now))
    wanted = {"after_minutes": 10, "every_minutes": 240}
    kept = await put(ken, "/api/mail", {"choice": wanted})
    assert kept.json() == none | {"choice": wanted, "possible": True}
    assert (await ken.get("/api/mail")).json()["choice"] == wanted
    assert (await hana.get("/api/mail")).json()["choice"] is None
    for wrong in ({"after_minutes": 4}, {"every_minutes": 1441}, {"after_minutes": "10"}):
        assert (await put(ken, "/api/mail", {"choice": wrong})).status_code == 400
    assert (await put(ken, "/api/mail", {"choice": None})).json()["choice"] is None
    assert world.rows("SELECT count(*) FROM mail_choice") == [(0,)]


async def test_the_operators_server_is_enough(world: World) -> None:
    told = {"address": "desk@kaiwa.example", "smtp_server": "mail.example"}
    made = msgspec.structs.replace(world.context, mail_server=told)
    world.app.state["context"] = made
    ken = await world.browser(world.shop.ken)
    assert (await ken.get("/api/mail")).json()["possible"] is True
