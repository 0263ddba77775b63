"""The pages: only files of the interface, each under a strict policy, framed only where allowed."""

import gzip
import os
from pathlib import Path

import msgspec
import pytest

from kaiwa.listeners import announce_orders
from kaiwa.web.asgi import App
from kaiwa.web.openings import Openings
from kaiwa.web.server import server
from tests.web.asgi import call
from tests.web.doors import CHAT, LINE, NEIGHBOUR, OTHER_CHAT, SHOP, Doors

FILES = {
    "widget.js": "loader",
    "widget.mjs": "module",
    "assets/app-1.js": "code",
    "assets/app-1.css": "looks",
    "panel/index.html": "<!doctype html>panel",
    "desk/index.html": "<!doctype html>desk",
    "secret.txt": "not for anybody",
}


@pytest.fixture
def app(doors: Doors, tmp_path: Path) -> App:
    """The server with an interface and the demo shop's page."""
    for name, text in FILES.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "index.html").write_text("<!doctype html>shop")
    context = msgspec.structs.replace(doors.running.context, static=tmp_path / "static")
    answering = doors.running._answering
    selling = (doors.running._paying, announce_orders)
    return server(context, Openings(answering.greeting), selling, tmp_path / "shop")


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/widget.js", b"loader", "text/javascript; charset=utf-8"),
        ("/widget.mjs", b"module", "text/javascript; charset=utf-8"),
        ("/assets/app-1.js", b"code", "text/javascript; charset=utf-8"),
        ("/assets/app-1.css", b"looks", "text/css; charset=utf-8"),
        ("/desk", b"<!doctype html>desk", "text/html; charset=utf-8"),
        ("/desk/conversations/7", b"<!doctype html>desk", "text/html; charset=utf-8"),
        ("/", b"<!doctype html>shop", "text/html; charset=utf-8"),
    ],
)
async def test_every_page_is_served_as_what_it_is(
    app: App, path: str, body: bytes, kind: str
) -> None:
    answer = await call(app, "GET", path)
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, body, kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/desk", "/", f"/widget/{CHAT}/panel"])
async def test_every_document_runs_only_our_own_code(app: App, path: str) -> None:
    answer = await call(app, "GET", path)
    policy = answer.headers["content-security-policy"].split(";")
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy}
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == ["'self'"]
    assert rules["base-uri"] == ["'none'"]
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "frames"),
    [
        ("/desk", ["'none'"]),
        ("/", ["'none'"]),
        (f"/widget/{CHAT}/panel", ["'self'", SHOP]),
        (f"/widget/{OTHER_CHAT}/panel", ["'self'", NEIGHBOUR]),
    ],
)
async def test_a_document_stands_only_in_the_frames_it_may(
    app: App, path: str, frames: list[str]
) -> None:
    policy = (await call(app, "GET", path)).headers["content-security-policy"]
    assert policy.split("frame-ancestors ")[1].split() == frames


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../secret.txt",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/secret.txt",
        "/assets/..%2fsecret.txt",
        "/assets/../../../../../../../../etc/passwd",
        "/assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/assets//etc/passwd",
        "/assets/",
        "/assets/nothing.js",
        "/assets/app-1.js/more",
        "/assets/%00",
        "/assets/app-1.js%00.css",
        "/assets/" + "x" * 5_000,
        "/assets/%ff%fe",
        "/../static/secret.txt",
        "/%2e%2e/static/secret.txt",
        "//etc/passwd",
        "/secret.txt",
        "/widget/nobody/panel",
        f"/widget/{LINE}/panel",
        f"/widget/{CHAT}/more/panel",
        "/widget//panel",
        "/widget/panel",
    ],
)
async def test_nothing_else_is_served(app: App, path: str) -> None:
    for method in ("GET", "HEAD"):
        answer = await call(app, method, path)
        assert answer.status == 404, answer.body
        assert b"not for anybody" not in answer.body
        assert b"root:" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
async def test_pages_are_only_read(app: App, method: str) -> None:
    assert (await call(app, method, "/desk")).status == 404


async def test_health_says_whether_the_database_answers(doors: Doors, app: App) -> None:
    well = await call(app, "GET", "/health")
    assert (well.status, well.body) == (200, b"ok")
    assert (await call(app, "GET", "/metrics")).status == 200
    doors.db.close()
    assert (await call(app, "GET", "/health")).status == 503
    assert (await call(app, "GET", "/metrics")).status == 503


@pytest.mark.parametrize("told", ["gzip", "br;q=1.0, gzip;q=0.8, *;q=0.1", "GZIP"])
async def test_who_reads_packed_files_gets_them_packed(app: App, told: str) -> None:
    plain = await call(app, "GET", "/assets/app-1.js")
    packed = await call(app, "GET", "/assets/app-1.js", headers={"accept-encoding": told})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body == b"code"
    assert packed.headers["content-type"] == plain.headers["content-type"]
    assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("told", ["", "br", "gzip;q=0", "gzip; q=0"])
async def test_who_does_not_gets_them_plain(app: App, told: str) -> None:
    answer = await call(app, "GET", "/assets/app-1.js", headers={"accept-encoding": told})
    assert (answer.body, "content-encoding" in answer.headers) == (b"code", False)


async def test_a_file_that_changed_is_packed_anew(app: App, tmp_path: Path) -> None:
    ask = {"accept-encoding": "gzip"}
    assert gzip.decompress((await call(app, "GET", "/widget.js", headers=ask)).body) == b"loader"
    file = tmp_path / "static" / "widget.js"
    file.write_text("another")
    os.utime(file, ns=(1, 1))
    assert gzip.decompress((await call(app, "GET", "/widget.js", headers=ask)).body) == b"another"
    file.unlink()
    assert (await call(app, "GET", "/widget.js", headers=ask)).status == 404
