"""The least a webhook server can do: read the body, check its HMAC, answer 200. A peer to compare.

python -m bench.load.bare_server PORT SECRET
"""

import base64
import hashlib
import hmac
import sys
from typing import Any

import uvicorn

SECRET = sys.argv[2].encode() if len(sys.argv) > 2 else b""
HEADERS = [(b"content-type", b"text/plain"), (b"content-length", b"0")]


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answer one webhook."""
    body, more = b"", True
    while more:
        part = await receive()
        body += part.get("body", b"")
        more = part.get("more_body", False)
    given = dict(scope["headers"]).get(b"x-line-signature", b"")
    known = base64.b64encode(hmac.digest(SECRET, body, hashlib.sha256))
    status = 200 if hmac.compare_digest(given, known) else 401
    await send({"type": "http.response.start", "status": status, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        loop="uvloop",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
    )
