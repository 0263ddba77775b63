"""What a merchant types leads nowhere inside the server's own network, unless operators say so."""

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.channels import Account
from kaiwa.channels.email.account import mailbox
from kaiwa.channels.email.imap import mailbox_open
from kaiwa.channels.email.smtp import connected
from kaiwa.engines import network
from kaiwa.engines.http import AiohttpHttp, Http, vouched
from kaiwa.engines.network import Inside, Network, allowing, open_network
from kaiwa.vocabulary.errors import Invalid, Unreachable

CLOSED = Network()


class Door:
    """A listening port of this machine that counts who connects."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.callers = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            self.callers += 1
            with line:
                line.recv(4_096)
                line.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def door() -> Iterator[Door]:
    made = Door()
    yield made
    made.close()


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As an installation is that sets nothing."""
    monkeypatch.delenv(network.VARIABLE)
    open_network.cache_clear()
    yield
    open_network.cache_clear()


def called(http: Http, url: str) -> int:
    async def call() -> int:
        return (await http.call("GET", url)).status

    return asyncio.run(call())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.100.100.200", "168.63.129.16", "0.0.0.0", "255.255.255.255", "224.0.0.1",
        "198.18.0.1", "::", "::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1",
        "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::10.0.0.1", "64:ff9b::a00:1",
        "2002:a00:1::", "2001:0:1::1", "localhost", "",
    ],
)  # fmt: skip
def test_what_is_inside_is_refused_in_whatever_clothes(address: str) -> None:
    assert not CLOSED.permits(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_the_internet_is_open(address: str) -> None:
    assert CLOSED.permits(address)


@given(st.ip_addresses(v=4))
def test_an_address_is_as_open_as_itself_in_other_clothes(address: object) -> None:
    plain = CLOSED.permits(str(address))
    assert CLOSED.permits(f"::ffff:{address}") == plain
    assert CLOSED.permits(f"64:ff9b::{address}") == plain


def test_operators_allow_networks_and_nothing_besides() -> None:
    ours = allowing("10.1.0.0/16, 127.0.0.1,fd00::/8")
    open_to = ["10.1.2.3", "127.0.0.1", "fd00::1", "::ffff:10.1.2.3"]
    assert [one for one in open_to if ours.permits(one)] == open_to
    assert not any(ours.permits(one) for one in ("10.2.0.1", "127.0.0.2", "169.254.169.254"))


@pytest.mark.parametrize("text", ["10.1.0.0/33", "intranet", "10.1.2.3/16"])
def test_what_is_no_network_is_told(text: str) -> None:
    with pytest.raises(Invalid, match=r"KAIWA_PRIVATE_NETWORKS"):
        allowing(text)


def test_a_call_inside_is_not_made_by_number_nor_by_name(door: Door) -> None:
    http = AiohttpHttp(network=CLOSED)
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"):
        with pytest.raises(Unreachable) as caught:
            called(http, f"http://{host}:{door.port}/")
        assert not caught.value.maybe_done
        http = AiohttpHttp(network=CLOSED)
    assert door.callers == 0


def test_the_answer_to_a_name_is_what_is_connected_to(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        where = "8.8.8.8" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (where, door.port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    tried: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, where: tried.append(where))
    CLOSED.connected("mail.example", door.port, 1.0).close()
    assert asked == ["mail.example"]
    assert tried == [("8.8.8.8", door.port)]
    with pytest.raises(Inside):
        CLOSED.connected("mail.example", door.port, 1.0)
    assert len(tried) == 1
    assert door.callers == 0


def test_what_an_operator_gave_for_an_account_is_reached_and_nothing_beside_it(door: Door) -> None:
    base = f"http://127.0.0.1:{door.port}"
    assert called(vouched(AiohttpHttp(network=CLOSED), base), f"{base}/v1/messages") == 204
    other = Door()
    for url in (
        f"http://127.0.0.1:{other.port}/", f"{base}@127.0.0.1:{other.port}/",
        f"http://localhost:{door.port}/", f"http://127.0.0.1:{door.port}.nip.example/",
    ):  # fmt: skip
        with pytest.raises(Unreachable):
            called(vouched(AiohttpHttp(network=CLOSED), base), url)
    other.close()
    assert (door.callers, other.callers) == (1, 0)


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("scheme", ["", "s"])
def test_a_mail_server_inside_is_not_spoken_to(door: Door, scheme: str) -> None:
    where = f"127.0.0.1:{door.port}"
    box = mailbox(
        Account(
            1,
            {
                "address": "shop@shop.example",
                "password": "s3cret",
                "smtp_server": f"smtp{scheme}://{where}",
                "imap_server": f"imap{scheme}://{where}",
            },
        )
    )
    with pytest.raises(Unreachable, match="inside the server's own network"), connected(box):
        pass
    with (
        pytest.raises(Unreachable, match="inside the server's own network"),
        mailbox_open(box, readonly=True),
    ):
        pass
    assert door.callers == 0
