"""Real processes for fault tests: a Kaiwa that can be killed, a LINE that cannot."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
SECRET, TOKEN = "line-secret-of-the-test", "line-token-of-the-test"


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

    def run(self, *words: str, text: str | None = None) -> str:
        """One command; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "kaiwa.cli", *words, *self._options],
            capture_output=True,
            cwd=ROOT,
            check=False,
            input=None if text is None else text.encode(),
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def start(self) -> None:
        """Serve; returns when it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kaiwa.cli", "serve", "--port", str(self.port), *self._options],
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


class Line:
    """A strict LINE platform in a process that outlives the killed ones."""

    def __init__(self, journal: Path) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.journal_path = journal
        words = ["--port", str(self.port), "--secret", SECRET, "--token", TOKEN]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.line_platform", *words, "--state", str(journal)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                httpx.get(f"{self.base}/_fake/journal", timeout=2)
            except httpx.HTTPError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError("the fake LINE did not start")

    def control(self, what: str, **given: object) -> None:
        """Set the scene: see `tests/fakes/line_controls.py`."""
        httpx.post(f"{self.base}/_fake/{what}", json=given, timeout=5).raise_for_status()

    def journal(self) -> list[dict[str, Any]]:
        """Everything it ever accepted, from its own disk."""
        if not self.journal_path.exists():
            return []
        return [json.loads(line) for line in self.journal_path.read_text("utf-8").splitlines()]

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def line_and_kaiwa(folder: Path, database_url: str) -> Iterator[tuple[Line, Kaiwa]]:
    """Both, stopped afterwards whatever happened."""
    line = Line(folder / "journal.jsonl")
    kaiwa = Kaiwa(folder / "data", database_url, folder / "kaiwa.log")
    try:
        yield line, kaiwa
    finally:
        kaiwa.stop()
        line.stop()
