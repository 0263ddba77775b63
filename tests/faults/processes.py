"""Real processes for fault tests: a Kaiwa that can be killed, platforms that cannot."""

import io
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

import httpx

from kaiwa.cli import main
from tests.faults.kinds import Taken

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """One that no outgoing call is given while the server is dead: those are from 32768 up."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Kaiwa:
    """`kaiwa` with one data directory and database, served by a process of its own."""

    def __init__(self, data: Path, database_url: str, log: Path) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._options = ["--data", str(data), "--database-url", database_url]
        self._log = log.open("ab")
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, *words: str) -> str:
        """One command, in this process; what it printed."""
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            done = main([*words, *self._options])
        assert done == 0, err.getvalue()
        out.seek(0)
        return out.read()

    def start(self) -> None:
        """Serve; returns when it answers."""
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "kaiwa.cli", "serve", "--port", str(self.port)),
                *("--public-url", self.base, *self._options),
            ],
            cwd=ROOT,
            stdout=self._log,
            stderr=self._log,
        )
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            assert self._process.poll() is None, (
                f"the server ended with {self._process.returncode}: {self._tail()}"
            )
            try:
                if httpx.get(f"{self.base}/health", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.02)
        raise AssertionError("the server did not start")

    def _tail(self) -> str:
        return Path(self._log.name).read_text("utf-8", "replace")[-2_000:]

    def kill(self) -> None:
        """SIGKILL: no goodbye, no flush."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Ask it to end, as an operator would."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
        self._log.close()


class Platforms:
    """Strict stand-ins of every platform, in a process that outlives the killed ones."""

    def __init__(self, journal: Path) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._journal = journal
        words = ["--port", str(self.port), "--state", str(journal)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.outside", *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                self.mail = self.control("look")["mail"]
            except httpx.HTTPError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError("the stand-ins did not start")

    def control(self, what: str, **given: object) -> Any:
        """Set the scene: see `outside`."""
        return httpx.post(f"{self.base}/{what}", json=given, timeout=60).raise_for_status().json()

    def journal(self) -> list[Taken]:
        """Everything they ever took, from their own disk."""
        lines = self._journal.read_text("utf-8").splitlines()
        return [Taken(*json.loads(line)) for line in lines]

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def platforms_and_kaiwa(folder: Path, database_url: str) -> Iterator[tuple[Platforms, Kaiwa]]:
    """Both, stopped afterwards whatever happened."""
    platforms = Platforms(folder / "journal.jsonl")
    kaiwa = Kaiwa(folder / "data", database_url, folder / "kaiwa.log")
    try:
        yield platforms, kaiwa
    finally:
        kaiwa.stop()
        platforms.stop()
