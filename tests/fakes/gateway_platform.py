"""A domestic SMS gateway: national numbers, a key in a header, one answer shape of its own."""

import json
from typing import Any, Final

Json = dict[str, Any]
KEY: Final = "gateway-key-1"


class GatewayPlatform:
    """It takes a message as JSON or as a form and answers with an id of its own."""

    def __init__(self) -> None:
        self.journal: list[tuple[str, str, bytes]] = []
        self.says: bytes = b""
        self.status = 200

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        target = f"{scope['path']}?{scope['query_string'].decode()}".rstrip("?")
        status, answer = self.status, self.says
        if headers.get("x-api-key") != KEY:
            status, answer = 401, b'{"result":"ng"}'
        elif status == 200:
            self.journal.append((scope["method"], target, body))
            number = len(self.journal)
            answer = (
                answer
                or json.dumps({"result": "ok", "data": [{"delivery_id": f"d-{number}"}]}).encode()
            )
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": answer})
