"""Child processes of a bench: started, measured from outside, and gone when the bench is."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
START_WITHIN_S = 30.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024
_DIE_WITH_PARENT = 1


class Child:
    """One `python` process that listens on a loopback port."""

    def __init__(self, arguments: Sequence[str], port: int) -> None:
        self._arguments = [sys.executable, *arguments]
        self.port = port
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Child":
        self._process = subprocess.Popen(
            self._arguments,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            preexec_fn=_dies_with_us,  # noqa: PLW1509
        )
        try:
            self._await_port()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def cpu_s(self) -> float:
        """CPU the process has used, user and system, all threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def rss_kb(self) -> int:
        """Memory the process has in RAM now."""
        return int(Path(f"/proc/{self.pid}/statm").read_text("ascii").split()[1]) * _PAGE_KB

    def _await_port(self) -> None:
        end = time.monotonic() + START_WITHIN_S
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"It ended by itself: {' '.join(self._arguments[1:4])}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("It does not listen.")

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _dies_with_us() -> None:
    # Whatever ends the bench, SIGKILL too, ends its children.
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
