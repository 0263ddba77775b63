"""Calls to the outside, against a real socket that behaves as badly as the outside does."""

import asyncio
import gzip
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from kaiwa.engines.http import AiohttpHttp
from kaiwa.vocabulary.errors import TooLarge, Unreachable
from tests.fakes.certificate import certificate

Answering = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(answering: Answering) -> AsyncIterator[str]:
    """Reads one request (head and body) a connection and lets the test answer it."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = 0
            for line in head.lower().split(b"\r\n"):
                if line.startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            await answering(head + await reader.readexactly(length), writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/path?q=1"
    finally:
        listening.close()


def answer(body: bytes, *, status: str = "200 OK", headers: bytes = b"", length: int | None = None):
    size = len(body) if length is None else length
    head = f"HTTP/1.1 {status}\r\nContent-Length: {size}\r\n".encode()
    return head + headers + b"\r\n" + body


def saying(data: bytes) -> Answering:
    async def answering(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return answering


@pytest.fixture
async def http() -> AsyncIterator[AiohttpHttp]:
    made = AiohttpHttp(timeout_s=60.0, whole_s=60.0, limit_bytes=100_000)
    yield made
    await made.close()


@pytest.fixture
async def impatient() -> AsyncIterator[AiohttpHttp]:
    """For what is waited out."""
    made = AiohttpHttp(timeout_s=0.3, whole_s=1.0, limit_bytes=100_000)
    yield made
    await made.close()


@pytest.mark.parametrize("status", [200, 204, 302, 404, 429, 500, 599])
async def test_an_answer_of_any_status_is_returned_as_it_is(http: AiohttpHttp, status: int) -> None:
    told = answer(b"" if status == 204 else b"\x00body", status=f"{status} So")
    told = told.replace(b"\r\n\r\n", b"\r\nLocation: /else\r\nX-Thing: a\r\n\r\n", 1)
    async with server(saying(told)) as url:
        got = await http.call("GET", url)
    assert (got.status, got.headers["x-thing"]) == (status, "a")
    assert got.body == (b"" if status == 204 else b"\x00body")


async def test_what_is_sent_arrives(http: AiohttpHttp) -> None:
    heard: list[bytes] = []

    async def answering(request: bytes, writer: asyncio.StreamWriter) -> None:
        heard.append(request)
        writer.write(answer(b"ok"))

    async with server(answering) as url:
        await http.call("POST", url, headers={"X-Line-Retry-Key": "1"}, body="日本".encode())
    assert heard[0].startswith(b"POST /path?q=1 HTTP/1.1\r\n")
    assert b"X-Line-Retry-Key: 1\r\n" in heard[0]
    assert heard[0].endswith("\r\n\r\n日本".encode())


async def unreachable(http: AiohttpHttp, url: str) -> Unreachable:
    start = time.monotonic()
    with pytest.raises(Unreachable) as raised:
        await http.call("POST", url, body=b"{}")
    assert time.monotonic() - start < 30
    return raised.value


async def test_a_refused_connection_was_certainly_not_done(http: AiohttpHttp) -> None:
    error = await unreachable(http, "http://127.0.0.1:1/")
    assert error.maybe_done is False
    assert error.message == "Could not connect: 127.0.0.1:1: Connection refused"


async def test_a_name_that_is_none_was_certainly_not_done(http: AiohttpHttp) -> None:
    error = await unreachable(http, "http://no-such-host.invalid/")
    assert error.maybe_done is False
    assert error.message == "Could not connect: there is no host called no-such-host.invalid"


async def test_a_certificate_that_nobody_vouches_for_is_named(
    http: AiohttpHttp, tmp_path: Path
) -> None:
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(*certificate(tmp_path))
    listening = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0, ssl=own)
    port = listening.sockets[0].getsockname()[1]
    error = await unreachable(http, f"https://127.0.0.1:{port}/")
    listening.close()
    assert error.maybe_done is False
    assert error.message == "Could not connect: 127.0.0.1 has no certificate that is trusted"


async def test_a_server_without_tls_is_named(http: AiohttpHttp) -> None:
    async def plainly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    listening = await asyncio.start_server(plainly, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    error = await unreachable(http, f"https://127.0.0.1:{port}/")
    listening.close()
    assert error.maybe_done is False
    assert error.message == f"Could not connect: 127.0.0.1:{port} speaks no TLS"


@pytest.mark.parametrize("url", ["not a url", "ftp://a.example/", "http://[::1", ""])
async def test_an_address_that_is_none_was_certainly_not_done(http: AiohttpHttp, url: str) -> None:
    assert (await unreachable(http, url)).maybe_done is False


async def test_an_answer_that_does_not_come_may_have_been_done(impatient: AiohttpHttp) -> None:
    async def silent(request: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    async with server(silent) as url:
        assert (await unreachable(impatient, url)).maybe_done is True


async def test_an_answer_that_drips_for_ever_ends(impatient: AiohttpHttp) -> None:
    async def dripping(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"", length=1000))
        for _ in range(600):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.1)

    async with server(dripping) as url:
        error = await unreachable(impatient, url)
    assert error.maybe_done is True
    assert "within 1.0 s" in error.message


@pytest.mark.parametrize(
    "cut", [b"", b"HTTP/1.1 2", answer(b"half", length=100), b"garbage\r\n\r\n"]
)
async def test_an_answer_cut_in_the_middle_may_have_been_done(
    http: AiohttpHttp, cut: bytes
) -> None:
    async with server(saying(cut)) as url:
        assert (await unreachable(http, url)).maybe_done is True


async def test_an_answer_at_the_limit_is_whole_and_one_over_it_is_too_large(
    http: AiohttpHttp,
) -> None:
    async with server(saying(answer(b"x" * 100_000))) as url:
        assert len((await http.call("GET", url)).body) == 100_000
    async with server(saying(answer(b"x" * 100_001))) as url:
        with pytest.raises(TooLarge):
            await http.call("GET", url)


async def test_a_small_answer_that_unpacks_to_a_huge_one_is_too_large(http: AiohttpHttp) -> None:
    packed = gzip.compress(bytes(50_000_000))
    assert len(packed) < 100_000
    told = answer(packed, headers=b"Content-Encoding: gzip\r\n")
    async with server(saying(told)) as url:
        with pytest.raises(TooLarge):
            await http.call("GET", url)


async def test_after_trouble_the_next_call_is_served(http: AiohttpHttp) -> None:
    async with server(saying(b"")) as url:
        await unreachable(http, url)
    async with server(saying(answer(b"fine"))) as url:
        for _ in range(3):
            assert (await http.call("GET", url)).body == b"fine"
