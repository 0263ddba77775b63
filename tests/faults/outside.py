"""The strict stand-ins of every platform in one process that nobody kills.

    python -m tests.faults.outside --port 9100 --mail-port 9101 --state FILE

Each is below `/{kind}`, mail is taken by SMTP. Whatever one of them takes is on the disk before it
answers. `POST /fail {"kind","how","times","accept"}` lets coming calls go wrong: `500`, `drop`
(the answer breaks off), `slow` or `rate`; `accept` lets them take effect first. `POST /mood
{"mood"}` is the mail server's.
"""

import argparse
import asyncio
import json
import os
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn

from tests.fakes.mail_exchange import MailExchange
from tests.fakes.mail_exchange import Taken as Mail
from tests.faults.kinds import TOKEN, Email, Kind, Taken, kinds

SLOW_S = 0.4


class Fault(NamedTuple):
    how: str
    accept: bool


class Journal:
    """What was taken, by whomever: one line each."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._one = threading.Lock()

    def write(self, taken: Taken) -> None:
        with self._one:
            self._file.write(json.dumps(taken, ensure_ascii=False) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())


class Unsteady:
    """One platform, behind a line on which calls and answers get lost."""

    def __init__(self, kind: Kind, journal: Journal) -> None:
        self._kind, self._journal = kind, journal
        self._app = kind.platform()
        self.faults: list[Fault] = []

    async def answer(self, scope: Any, body: bytes) -> tuple[int, list[Any], bytes, bool]:
        """Status, headers, body, and whether the answer breaks off."""
        aside = scope["path"].startswith("/_fake/")
        fault = self.faults.pop(0) if self.faults and not aside else None
        if fault is None:
            return *await self._asked(scope, body), False
        if fault.how == "rate":
            return 429, [(b"retry-after", b"1")], b"{}", False
        if fault.how == "slow":
            await asyncio.sleep(SLOW_S)
        status, headers, said = (
            await self._asked(scope, body)
            if fault.accept or fault.how == "slow"
            else (200, [], b"")
        )
        if fault.how == "500":
            return 500, [], b"<html>Oops</html>", False
        return status, headers, said, fault.how == "drop"

    async def _asked(self, scope: Any, body: bytes) -> tuple[int, list[Any], bytes]:
        parts: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body}

        async def send(part: Any) -> None:
            parts.append(part)

        self._app.time_s = time.time()
        known = len(self._app.journal)
        await self._app(scope, receive, send)
        said = b"".join(part.get("body", b"") for part in parts[1:])
        for entry in self._app.journal[known:]:
            self._journal.write(self._kind.taken(entry, json.loads(said)))
        return parts[0]["status"], parts[0]["headers"], said


class Outside:
    """All of them as one ASGI app."""

    def __init__(self, state: Path, mail_port: int) -> None:
        journal = Journal(state)
        self._platforms = {
            kind.name: Unsteady(kind, journal) for kind in kinds() if not isinstance(kind, Email)
        }
        mail = Email()

        def keep(taken: Mail) -> None:
            journal.write(mail.taken(taken, {}))

        self.exchange = MailExchange(password=TOKEN, port=mail_port, keep=keep)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        name, _, path = scope["path"][1:].partition("/")
        broken = False
        if name in self._platforms:
            below = {**scope, "path": f"/{path}"}
            answered = await self._platforms[name].answer(below, body)
            status, headers, said, broken = answered
        else:
            status, headers, said = 200, [], json.dumps(self._told(name, body)).encode()
        kept = [each for each in headers if each[0].lower() != b"content-length"]
        length = str(len(said) + (100 if broken else 0)).encode()
        kept.append((b"content-length", length))
        await send({"type": "http.response.start", "status": status, "headers": kept})
        await send({"type": "http.response.body", "body": said, "more_body": broken})

    def _told(self, what: str, body: bytes) -> Any:
        given = json.loads(body or b"{}")
        if what == "fail":
            fault = Fault(given["how"], given["accept"])
            self._platforms[given["kind"]].faults += [fault] * given["times"]
        elif what == "mood":
            self.exchange.mood = given["mood"]
        return self.exchange.quarrels


def main() -> None:
    parser = argparse.ArgumentParser(description="Strict stand-ins of every platform.")
    for option, kind in (("port", int), ("mail-port", int), ("state", Path)):
        parser.add_argument(f"--{option}", type=kind, required=True)
    given = parser.parse_args()
    outside = Outside(given.state, given.mail_port)
    with outside.exchange:
        uvicorn.run(
            outside, host="127.0.0.1", port=given.port, log_level="critical", lifespan="off"
        )


if __name__ == "__main__":
    main()
