"""Messenger, SMS and e-mail at the desk: kept before they are connected, well once they are."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from kaiwa.channels import Account, RawRequest, channel
from kaiwa.engines.http import AiohttpHttp
from kaiwa.engines.network import Network
from tests.fakes.gateway_platform import KEY, GatewayPlatform
from tests.fakes.line_http import InProcessHttp
from tests.fakes.mail_exchange import MailExchange
from tests.fakes.mailbox_server import MailboxServer
from tests.fakes.meta_platform import MetaPlatform
from tests.fakes.meta_samples import account as meta_account
from tests.fakes.twilio_platform import TwilioPlatform
from tests.web.desk.test_inboxes import listed, reach
from tests.web.desk.world import Browser, World
from tests.world import dump

PUBLIC = "https://kaiwa.example"
SID, TOKEN = "AC" + "0a" * 16, "an-auth-token-of-32-characters-x"
OURS = "+815012345678"
TWILIO = {"account_sid": SID, "auth_token": TOKEN, "sender": OURS}


@pytest.fixture
async def owner(world: World) -> Browser:
    browser = await world.browser(world.shop.hana)
    reach(world, public_url=PUBLIC)
    return browser


@pytest.fixture
def servers() -> Iterator[dict[str, str]]:
    """Credentials of a mailbox with both of its servers."""
    with MailboxServer() as inbound, MailExchange() as outbound:
        yield {
            "address": inbound.user,
            "password": inbound.password,
            "smtp_server": outbound.address,
            "imap_server": inbound.address,
        }


async def tried(owner: Browser, kind: str, given: dict[str, str]) -> list[tuple[str, bool]]:
    answer = await owner.post("/api/inboxes/try", {"channel": kind, "credentials": given})
    assert answer.status_code == 200, answer.text
    return [(one["ja"], one["stops"]) for one in answer.json()["troubles"]]


async def kept(owner: Browser, kind: str, given: dict[str, str]) -> dict[str, Any]:
    answer = await owner.post(
        "/api/inboxes", {"channel": kind, "name": "New", "credentials": given}
    )
    assert answer.status_code == 201, answer.text
    box: dict[str, Any] = answer.json()["inbox"]
    return box


async def connected(owner: Browser, box: dict[str, Any]) -> list[str]:
    done = await owner.post(f"/api/inboxes/{box['id']}/connect")
    assert done.status_code == 200, done.text
    return [one["en"] for one in done.json()["inbox"]["troubles"]]


@pytest.mark.parametrize(("kind", "object_"), [("messenger", "page"), ("instagram", "instagram")])
async def test_a_page_is_kept_before_it_is_connected(
    world: World, owner: Browser, kind: str, object_: str
) -> None:
    platform = MetaPlatform(kind, "s3cret", "t0ken", now_s=world.clock.now().timestamp())
    reach(world, http=InProcessHttp(platform))
    given = dict(meta_account(kind).credentials)

    async def asked(url: str, query: dict[str, str]) -> bytes:
        assert urlsplit(url).path.startswith(f"/webhooks/{kind}/")
        request = RawRequest(b"", {}, "GET", query)
        return channel(kind).verify(request, Account(1, given)).answer or b""

    platform.challenge = asked
    mended = "「つなぐ」を押すと届くようになります。"
    missing = f"アプリに{object_}のWebhookがありません。{mended}"
    unheard = f"アプリがアカウントに登録されていません。{mended}"
    assert await tried(owner, kind, given) == [(missing, False), (unheard, False)]
    box = await kept(owner, kind, given)
    assert [one["ja"] for one in box["troubles"]] == [missing, unheard]
    assert await connected(owner, box) == []
    assert platform.hooks[object_]["callback_url"] == box["webhook"]
    before = dump(world.db, world.shop.id)
    ((said, stops),) = await tried(owner, kind, given | {"access_token": "wrong"})
    assert said.startswith("アクセストークン")
    assert stops
    assert dump(world.db, world.shop.id) == before


async def test_a_number_is_kept_before_it_is_connected(world: World, owner: Browser) -> None:
    platform = TwilioPlatform(SID, TOKEN, OURS, lambda: world.clock.now().timestamp())
    reach(world, http=InProcessHttp(platform))
    # Nothing is said of our own address: what is only tried has none yet.
    assert await tried(owner, "sms_twilio", TWILIO) == [
        (f"{OURS}にWebhookが設定されていません。「つなぐ」を押すと届くようになります。", False)
    ]
    box = await kept(owner, "sms_twilio", TWILIO)
    assert await connected(owner, box) == []
    assert platform.numbers["sms_url"] == box["webhook"]
    assert box["webhook"].startswith(f"{PUBLIC}/webhooks/sms_twilio/")
    ((said, stops),) = await tried(owner, "sms_twilio", TWILIO | {"auth_token": "x"})
    assert (said.partition("を")[0], stops) == ("アカウントSIDか認証トークン", True)


async def test_a_mailbox_is_logged_in_to_before_it_is_kept(
    world: World, owner: Browser, servers: dict[str, str]
) -> None:
    before = dump(world.db, world.shop.id)
    wrong = servers | {"password": "wrong"}
    sending, receiving = await tried(owner, "email", wrong)
    no = "127.0.0.1がユーザー名とパスワードを認めません。"
    assert sending[0].startswith(f"送信できません：{no}")
    assert receiving[0].startswith(f"受信できません：{no}")
    refused = await owner.post("/api/inboxes", {"channel": "email", "credentials": wrong})
    assert (refused.status_code, refused.json()["detail"]["reason"]) == (409, "untaken")
    assert dump(world.db, world.shop.id) == before
    box = await kept(owner, "email", servers)
    assert box["troubles"] == []
    assert box["credentials"]["password"] is None
    assert servers["password"] not in str(await listed(owner))


async def test_a_gateway_is_asked_before_it_is_kept(world: World, owner: Browser) -> None:
    reach(world, http=InProcessHttp(GatewayPlatform()))
    given = {
        "url": "https://gateway.example/send",
        "check_url": "/balance",
        "inbound_secret": "a-secret-of-our-own",
    }
    assert await tried(owner, "sms_gateway", given) == [
        (
            "ゲートウェイがこのアカウントを知りません（応答401）。"
            "HTTPヘッダーのキーや利用者名を、API資料と見比べてください。",
            True,
        )
    ]
    known = given | {"headers": f'{{"X-API-Key": "{KEY}"}}'}
    assert await tried(owner, "sms_gateway", known) == []
    box = await kept(owner, "sms_gateway", known)
    assert (box["troubles"], box["credentials"]["url"]) == ([], None)


@pytest.mark.parametrize("host", ["169.254.169.254", "localhost:5432", "[::ffff:10.0.0.1]"])
async def test_who_types_an_address_inside_learns_nothing_of_it(
    world: World, owner: Browser, host: str
) -> None:
    http = AiohttpHttp(network=Network())
    reach(world, http=http)
    before = dump(world.db, world.shop.id)
    given = {"url": f"https://{host}/send", "inbound_secret": "a-secret-of-our-own"}
    ((said, stops),) = await tried(owner, "sms_gateway", given)
    assert "サーバー自身のネットワークの中のアドレス" in said
    assert stops
    refused = await owner.post("/api/inboxes", {"channel": "sms_gateway", "credentials": given})
    assert refused.status_code == 409
    assert dump(world.db, world.shop.id) == before
    await http.close()
