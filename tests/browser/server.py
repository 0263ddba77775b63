"""The server the browser tests look at: the demo shop in a process of its own."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Several workers start theirs at once, each with ten seconds of work, on two cores or fewer.
STARTS_WITHIN_S = 240.0


@contextmanager
def demo_server(data: Path) -> Iterator[str]:
    """Serves the demo shop from `data` until the block ends; its address."""
    port = free_port()
    command = [sys.executable, "-m", "kaiwa.cli", "demo", "--port", str(port), "--data", str(data)]
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            base = f"http://127.0.0.1:{port}"
            await_health(base, process, data / "server.log")
            yield base
        finally:
            process.terminate()
            process.wait(20)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def await_health(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; its log when it does not."""
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{base}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The demo did not start:\n{log.read_text(errors='replace')[-2000:]}")
